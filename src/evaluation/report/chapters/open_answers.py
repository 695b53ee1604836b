"""What people wrote in answer to an open question, where it was approved for quotation.

How many wrote what is the question that sorts the answers: see `Report.ranked`.
"""

import pandas as pd

from evaluation.base.markdown import escape
from evaluation.project.codebook import Question
from evaluation.report.order import Order, Ranked
from evaluation.report.provenance import told
from evaluation.report.report import Report
from evaluation.report.tables import Markdown


def themes(report: Report, question: str) -> str:
    """A sentence on how many wrote about what; empty where nobody has sorted the answers to a
    question, and in a wave without sorted answers.

    report: from `open_report`; question: id of an open one.
    """
    sorting = _sorting(report, question)
    if sorting is None or not report.has_answers(sorting.id):
        return ""
    found = Order(
        [
            Ranked(
                option.code,
                report.texts("questions.quoted", label=option.label[report.language]),
                report.share(sorting.id, option.code),
            )
            for option in sorting.options
        ],
        report.texts,
    ).full
    return told(report.texts("open_answers.themes", themes=found), found)


def quotations(report: Report, question: str, code: str | None = None) -> Markdown:
    """The approved answers to a question of the report's wave, as quotations, those sorted under
    one code together; empty without any, and where it is hidden how many answered, which quotations
    would count.

    report: from `open_report`; question: id of an open one; code: only those sorted under it, of
    which the codes are not told once more. What may name a person is masked; an answer is text,
    whatever it says, and in the first language of the folder.
    """
    table, measured = (_of_wave(report, name, question) for name in ("quotations", "measures"))
    if measured["n"].isna().any():
        return Markdown("")
    labels = _labels(report, question)
    places = {each: place for place, each in enumerate(labels)}
    answers = zip(table["codes"].str.split(";"), table["answer"], strict=True)
    voices = []
    for codes, answer in sorted(
        answers, key=lambda row: min(places.get(each, len(places)) for each in row[0])
    ):
        if code is not None and code not in codes:
            continue
        lines = [report.texts("open_answers.quoted", answer=_spoken(report, answer))]
        named = [labels[each] for each in codes if each]
        if named and code is None:
            lines.append(escape("; ".join(named)))
        voices.append("\n\n".join(["::: {.voice}", *lines, ":::"]))
    return Markdown("\n\n".join(voices))


def _of_wave(report: Report, name: str, question: str) -> pd.DataFrame:
    """The rows of a table that are about a question of the report's wave."""
    table = report.read(name)
    return table[(table["question"] == question) & (table["wave"] == report.wave)]


def _spoken(report: Report, answer: str) -> str:
    """An answer as text, with its language where that is not the report's."""
    language = report.folder.config().languages[0]
    return (
        escape(answer) if language == report.language else f"[{escape(answer)}]{{lang={language}}}"
    )


def _labels(report: Report, question: str) -> dict[str, str]:
    """Code -> label, of the question that sorts the answers to `question`."""
    sorting = _sorting(report, question)
    options = sorting.options if sorting else ()
    return {option.code: option.label[report.language] for option in options}


def _sorting(report: Report, question: str) -> Question | None:
    """The question that sorts the answers to `question`, if there is one."""
    questions = report.codebook.questions.values()
    return next((each for each in questions if each.coding_of == question), None)
