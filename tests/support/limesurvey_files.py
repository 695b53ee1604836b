"""Structure files of LimeSurvey (.lss), as its old and new versions write them."""

from xml.sax.saxutils import escape

SID, GID = "123", "7"


def table(name: str, rows: list[dict]) -> str:
    cells = "".join(
        "<row>"
        + "".join(f"<{key}>{escape(str(text))}</{key}>" for key, text in row.items())
        + "</row>"
        for row in rows
    )
    return f"<{name}><rows>{cells}</rows></{name}>"


def structure(path, asked: list[dict], languages=("da",), version=638, groups=()):
    """A structure file; `asked`: questions as code, type, text, sub (code -> text; a second scale
    under side), answers (code -> text; a second scale under second), other, relevance,
    mandatory, and group, the place of its group among `groups`, which are their titles. Texts are
    one per language, or the same in all.
    """

    def said(text, language):
        return text[language] if isinstance(text, dict) else text

    questions, subquestions, answers, texts, labels = [], [], [], [], []
    number = 0
    for order, question in enumerate(asked, start=1):
        number += 1
        qid = str(number)
        entry = {
            **{"qid": qid, "parent_qid": "0", "sid": SID, "type": question["type"]},
            "gid": str(int(GID) + question.get("group", 0)),
            **{"title": question["code"], "other": question.get("other", "N")},
            **{"question_order": order, "scale_id": "0"},
            "relevance": question.get("relevance", "1"),
            "mandatory": question.get("mandatory", "N"),
        }
        questions.append((entry, question["text"]))
        for scale, name in enumerate(("sub", "side")):
            for place, (code, text) in enumerate(question.get(name, {}).items()):
                number += 1
                part = {**entry, "qid": str(number), "parent_qid": qid, "title": code, "type": "T"}
                part |= {"scale_id": str(scale), "question_order": place, "relevance": "1"}
                subquestions.append((part, text))
        for scale, name in enumerate(("answers", "second")):
            for place, (code, text) in enumerate(question.get(name, {}).items()):
                option = {"qid": qid, "code": code, "sortorder": place, "scale_id": str(scale)}
                answers.append(({**option, "aid": str(len(answers) + 1)}, text))
    parts = []
    divided = [
        {"gid": str(int(GID) + at), "sid": SID, "group_order": str(at + 1)}
        for at in range(max(1, len(groups)))
    ]
    named = [
        {"gid": row["gid"], "group_name": said(text, language), "language": language}
        for language in languages
        for row, text in zip(divided, groups, strict=False)
    ]
    # versions before 4 have a row per language, later ones a table of texts
    if version < 400:
        for name, rows, field in (
            ("questions", questions, "question"),
            ("subquestions", subquestions, "question"),
            ("answers", answers, "answer"),
        ):
            parts.append(
                table(
                    name,
                    [
                        {
                            **{k: v for k, v in row.items() if k != "aid"},
                            field: said(text, language),
                        }
                        | {"language": language}
                        for language in languages
                        for row, text in rows
                    ],
                )
            )
    else:
        for language in languages:
            texts += [
                {"qid": row["qid"], "question": said(text, language), "language": language}
                for row, text in [*questions, *subquestions]
            ]
            labels += [
                {"aid": row["aid"], "answer": said(text, language), "language": language}
                for row, text in answers
            ]
        parts += [
            *(table("questions", [row for row, _ in questions]),),
            *(table("subquestions", [row for row, _ in subquestions]),),
            *(table("answers", [row for row, _ in answers]),),
            *(table("question_l10ns", texts), table("answer_l10ns", labels)),
        ]
    if version < 400 and groups:
        order = {row["gid"]: row for row in divided}
        told_groups = [table("groups", [order[row["gid"]] | row for row in named])]
    else:
        told_groups = [table("groups", divided), table("group_l10ns", named)]
    listed = "".join(f"<language>{language}</language>" for language in languages)
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<document>\n'
        "<LimeSurveyDocType>Survey</LimeSurveyDocType>\n"
        f"<DBVersion>{version}</DBVersion><languages>{listed}</languages>"
        + "".join(told_groups)
        + "".join(parts)
        + "</document>",
        "utf-8",
    )
    return path
