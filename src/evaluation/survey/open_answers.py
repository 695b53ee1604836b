"""Open answers: sorted under codes that people gave them, quoted where people approved it.

Arguments of the same name are the same in all functions:

- responses: the response table, see `survey.responses.responses`;
- coding: the sheet on which people work, one row an answer: question, respondent, wave, answer,
  codes (of the question that has `coding_of`, separated by ;), approved ("yes": it may be
  quoted); index = line of the file, see `project.raw_tables.open_answers`;
- codebook: the questions, with those that have `coding_of`.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import each_row
from evaluation.disclosure.personal import mask
from evaluation.project.codebook import Codebook, Question, column_of
from evaluation.project.rows import KEY

FILE = "data/raw/open_answers.csv"


def sheet(rows: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """A coding sheet with every open answer among `rows` (see `project.rows`), not yet coded.

    codebook: with the open questions.
    """
    parts = []
    for question in _open(codebook):
        given = rows.loc[rows[question.id].fillna("") != "", [*KEY, question.id]]
        parts.append(given.rename(columns={question.id: "answer"}).assign(question=question.id))
    table = pd.concat(parts) if parts else pd.DataFrame(columns=["question", *KEY, "answer"])
    return table[["question", *KEY, "answer"]].assign(codes="", approved="")


def breaches(
    responses: pd.DataFrame, coding: pd.DataFrame, codebook: Codebook
) -> Iterator[InputError]:
    """Every row of the sheet `coding` that does not fit `responses` and `codebook`, line by
    line."""
    given = {
        question.id: responses.set_index(KEY)[question.id].dropna().map(_plain)
        for question in _open(codebook)
    }
    codings = _codings(codebook)
    for line, row in coding.iterrows():
        if row["question"] not in given:
            yield _refusal(
                line, "question", row, "is an open question", f"use one of {', '.join(given)}"
            )
            continue
        answer = given[row["question"]].get((row["respondent"], row["wave"]))
        if answer is None:
            yield _refusal(
                line,
                "respondent",
                row,
                f"answered {row['question']} in wave {row['wave']}",
                "remove the row, or correct respondent, wave and question",
            )
        elif answer != _plain(row["answer"]):
            # what the answer says is not for a log
            yield _refusal(
                line,
                "answer",
                {"answer": None},
                "is the answer in the survey",
                "copy it from there: rows may have been shifted when the sheet was sorted",
            )
        known = codings[row["question"]].codes if row["question"] in codings else []
        for code in split(row["codes"]):
            if code not in known:
                yield _refusal(
                    line,
                    "codes",
                    {"codes": code},
                    "names options of the question with coding_of in the codebook",
                    f"use {', '.join(known) or 'none yet'}, separated by ;, or add the option",
                )


def coded(responses: pd.DataFrame, coding: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """The responses with a true/false column `question.option` for every code in `coding`.

    An answer without any code is not coded yet, and missing in these columns. Raises InputError for
    a row that does not fit `responses` or `codebook`.
    """
    for breach in breaches(responses, coding, codebook):
        raise breach
    columns = {}
    rows = pd.MultiIndex.from_frame(responses[KEY])
    for asked, question in _codings(codebook).items():
        own = coding[coding["question"] == asked].set_index(KEY)["codes"].map(split)
        given = own[own.map(len) > 0].reindex(rows)
        for code in question.codes:
            found = given.map(lambda codes, code=code: code in codes, na_action="ignore")
            columns[column_of(question, code)] = found.astype("boolean").array
    return responses.assign(**columns)


def masked(
    responses: pd.DataFrame, codebook: Codebook, words: dict[str, str], names: tuple[str, ...] = ()
) -> pd.DataFrame:
    """The responses with what may name a person masked in every open answer.

    responses, codebook: see the module; words: kind -> what stands in its place; names: of a
    register, masked in each form. Kinds and rules: see `disclosure.personal`.
    """
    answers = {
        question.id: responses[question.id].map(
            lambda text: mask(text, words, names), na_action="ignore"
        )
        for question in _open(codebook)
    }
    return responses.assign(**answers)


def quotations(
    responses: pd.DataFrame, coding: pd.DataFrame, codebook: Codebook, published: pd.DataFrame
) -> pd.DataFrame:
    """The approved answers: question, wave, codes, answer, in alphabetical order.

    responses: with masked answers, which are what is quoted; coding: the sheet; codebook: the
    questions; published: the indicators as they are published. A code whose count is hidden is left
    out of `codes`, or its quotations could be counted. Nothing tells who answered.
    """
    approved = coding.loc[coding["approved"] == "yes", ["question", *KEY, "codes"]]
    answers = responses.set_index(KEY)
    suppressed = published.loc[published["suppressed"].astype(bool), ["question", "option", "wave"]]
    hidden = set(suppressed.itertuples(index=False, name=None))
    codings = _codings(codebook)
    rows = [
        {
            "question": row.question,
            "wave": int(row.wave),
            "codes": ";".join(
                code
                for code in split(row.codes)
                if (codings[row.question].id, code, row.wave) not in hidden
            ),
            "answer": _plain(answers[row.question][(row.respondent, row.wave)]),
        }
        for row in each_row(approved)
    ]
    columns = ["question", "wave", "codes", "answer"]
    return pd.DataFrame(rows, columns=columns).sort_values(columns, ignore_index=True)


def split(codes: str) -> list[str]:
    """The codes of a cell `codes`, separated by ;."""
    return [code for code in map(str.strip, codes.split(";")) if code]


def _open(codebook: Codebook) -> list[Question]:
    return [question for question in codebook.questions.values() if question.type == "text"]


def _codings(codebook: Codebook) -> dict[str, Question]:
    """Open question -> the question that sorts its answers."""
    questions = codebook.questions.values()
    return {question.coding_of: question for question in questions if question.coding_of}


def _plain(text: str) -> str:
    """An answer on one line: spreadsheets write line ends in their own way."""
    return " ".join(text.split())


def _refusal(line: Any, column: str, row: Any, rule: str, remedy: str) -> InputError:
    return InputError(
        FILE, f"{column} {rule}", remedy, row=int(line), column=column, value=row[column]
    )
