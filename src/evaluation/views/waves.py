"""A survey of several waves: the answers to a question in each, and what changed between them."""

from typing import TYPE_CHECKING

import pandas as pd

from evaluation import tables
from evaluation.provenance import Count, Hidden, Origin
from evaluation.report import Report
from evaluation.tables import Column, Markdown
from evaluation.views import instrument

if TYPE_CHECKING:
    from evaluation.figures import Drawing


def answers(report: Report, question: str) -> "Drawing":
    """The answers to one question, one bar a wave."""
    asked = report.question(question)
    rows = [
        (
            report.texts("waves.wave", wave=report.texts.number(wave)),
            [report.share(question, option.code, wave=wave) for option in asked.options],
        )
        for wave in _waves(report)
    ]
    return report.drawn_answers(asked, rows)


def changes(report: Report) -> Markdown:
    """For each headline: how many of those who answered both times gained and lost it."""
    rows = []
    for row in report.read("changes").itertuples():
        question = report.question(row.question)
        waves = [report.share(row.question, wave=wave) for wave in (row.before, row.after)]
        counts = [_count(report, row, name) for name in ("pairs", "gained", "lost")]
        test = (
            report.texts(f"waves.refused.{row.refused}")
            if row.refused
            else instrument.p_value(report, row.p_holm)
        )
        rows.append([report.label(question), *(share.full for share in waves), *counts, test])
    columns = [
        _column(report, "question", 30),
        _column(report, "before", 17),
        _column(report, "after", 17),
        _column(report, "pairs", 9, numeric=True),
        _column(report, "gained", 9, numeric=True),
        _column(report, "lost", 9, numeric=True),
        _column(report, "test", 16),
    ]
    return tables.pipe_table(columns, rows)


def tested(report: Report) -> str:
    """How many changes were tested together."""
    tests = report.read("changes")["tests"].dropna()
    return report.number(Count(int(tests.max()) if len(tests) else 0, _origin(report, ())))


def _waves(report: Report) -> list[int]:
    return sorted(report.read("indicators")["wave"].unique())


def _count(report: Report, row, name: str) -> str:
    value, origin = getattr(row, name), _origin(report, (f"{row.question}.{name}",))
    if pd.isna(value):
        return report.number(Hidden(report.texts("hidden"), origin))
    return report.number(Count(int(value), origin))


def _origin(report: Report, about: tuple[str, ...]) -> Origin:
    return Origin(about, report.folder.config().survey)


def _column(report: Report, name: str, width: int, numeric: bool = False) -> Column:
    return Column(report.texts(f"waves.columns.{name}"), width, numeric)
