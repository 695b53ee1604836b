"""What was looked for in the data of a survey, and how often it was found."""

from typing import Any

from evaluation.base.frames import each_row
from evaluation.report import tables
from evaluation.report.provenance import Count, Hidden, Origin
from evaluation.report.report import Report
from evaluation.report.tables import Column, Markdown


def table(report: Report) -> Markdown:
    """One row per rule that the answers were checked by, and how many break it.

    report: from `open_report`.
    """
    rows = [
        [report.texts(f"data_check.kinds.{row.kind}"), _found(report, row)]
        for row in each_row(report.read("data_check"))
    ]
    columns = [
        Column(report.texts("data_check.rule"), 60),
        Column(report.texts("data_check.found"), 20, numeric=True),
    ]
    return tables.pipe_table(columns, rows)


def _found(report: Report, row: Any) -> str:
    origin = Origin((row.kind,), report.survey)
    if row.suppressed:
        return report.number(Hidden(report.texts("hidden"), origin))
    if row.cells == 0:  # no number, and so none for the ledger
        return report.texts("data_check.nothing")
    return report.number(Count(int(row.cells), origin))
