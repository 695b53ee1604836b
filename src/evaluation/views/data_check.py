"""What was looked for in the data of a survey, and how often it was found."""

from evaluation import tables
from evaluation.provenance import Count, Hidden, Origin, Told
from evaluation.report import Report
from evaluation.tables import Column, Markdown


def table(report: Report) -> Markdown:
    """One row per rule that the answers were checked by, and how many break it."""
    rows = []
    for row in report.read("data_check").itertuples():
        origin = Origin((row.kind,), report.folder.config().survey)
        rows.append([report.texts(f"data_check.kinds.{row.kind}"), _found(report, row, origin)])
    columns = [
        Column(report.texts("data_check.rule"), 60),
        Column(report.texts("data_check.found"), 20, numeric=True),
    ]
    return tables.pipe_table(columns, rows)


def _found(report: Report, row, origin: Origin) -> str:
    if row.suppressed:
        return report.number(Hidden(report.texts("hidden"), origin))
    if row.cells == 0:
        return Told(report.texts("data_check.nothing"), origin)
    return report.number(Count(int(row.cells), origin))
