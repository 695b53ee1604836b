"""What one question or battery of a survey says, whatever its type: for chapters made from an
export, until their author writes better.
"""

import pandas as pd

from evaluation import tables
from evaluation.codebook import Question
from evaluation.measures import QUARTILES
from evaluation.provenance import Count, Hidden, Origin, Told, told
from evaluation.report import Report
from evaluation.tables import Markdown
from evaluation.views import instrument


def answered(report: Report) -> str:
    """`16 of 21`: how many answered in the last wave, of how many there are to ask."""
    row = report.read("answered").iloc[-1]
    origin = Origin(("answered",), report.folder.config().survey)
    counts = (Count(int(row[name]), origin) for name in ("respondents", "population"))
    return report.share_of(*counts).full


def caption(report: Report, *names: str) -> str:
    """The wording of a question, or the stem of a battery."""
    return " ".join(report.wording(*names))


def compared(report: Report, *names: str) -> str:
    """A sentence on a battery: the highest and the lowest of its headlines; empty without any."""
    questions = [report.question(name) for name in names]
    if not all(question.headline for question in questions):
        return ""
    order = report.order(*names)
    first, last = order.first, order.last
    text = report.texts(
        "questions.compared",
        answer=_quoted(report, questions[0], questions[0].headline),
        first=first.label,
        first_share=first.full,
        last=last.label,
        last_share=last.full,
    )
    return told(text, first.label, last.label)


def said(report: Report, name: str) -> str:
    """A sentence on one question: the share of its headline, else what most answered."""
    question = report.question(name)
    if question.type in ("number", "text"):
        n = _count(report, _measured(report, name), "n")
        return told(report.texts(f"questions.{question.type}", n=str(n)), n)
    if question.headline:
        share = report.share(name).full
        answer = _quoted(report, question, question.headline)
        return told(report.texts("questions.headline", share=share, answer=answer), share)
    first = report.order(name).first
    return told(report.texts("questions.most", answer=first.label, share=first.full), first.label)


def numbers(report: Report, name: str) -> Markdown:
    """Where the answers to a question with a number lie."""
    row = _measured(report, name)
    columns = ["n", "mean", *QUARTILES]
    cells = [_count(report, row, "n"), *(_value(report, row, each) for each in columns[1:])]
    headings = [
        tables.Column(report.texts(f"questions.columns.{each}"), 12, True) for each in columns
    ]
    return tables.pipe_table(headings, [cells])


def _measured(report: Report, name: str) -> pd.Series:
    table = report.read("measures")
    return table[table["question"] == name].iloc[-1]


def _count(report: Report, row: pd.Series, column: str) -> str:
    origin = _origin(report, row)
    if pd.isna(row[column]):
        return report.number(Hidden(report.texts("hidden"), origin))
    return report.number(Count(int(row[column]), origin))


def _value(report: Report, row: pd.Series, column: str) -> str:
    if pd.isna(row[column]):
        hidden = "hidden" if row["suppressed"] else "not_available"
        return Told(report.texts(hidden), _origin(report, row))
    return Told(instrument.decimal(report, row[column], 1), _origin(report, row))


def _origin(report: Report, row: pd.Series) -> Origin:
    return Origin((row["question"],), report.folder.config().survey)


def _quoted(report: Report, question: Question, codes: tuple[str, ...]) -> str:
    labels = [
        report.texts("questions.quoted", label=option.label[report.language])
        for option in question.options
        if option.code in codes
    ]
    return report.texts("questions.or").join(labels)
