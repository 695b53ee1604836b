"""The number ledger as a chapter."""

import re
from pathlib import PurePosixPath

import pandas as pd

from evaluation import ledger, tables
from evaluation.report import Report
from evaluation.tables import Markdown


def listing(report: Report) -> Markdown:
    """Every number in the prose of the executed chapters, as a section a chapter."""
    listed = ledger.table(_chapters(report))
    blocks = []
    for (file_name, chapter), rows in listed.groupby(["file_name", "chapter"], sort=False):
        heading = f"## {tables.escape(chapter)} {{.unnumbered}}"
        blocks += [heading, _entries(report, file_name, rows)]
    return Markdown("\n\n".join(blocks))


def size(report: Report) -> str:
    """How many numbers the ledger holds."""
    return report.texts.number(len(ledger.table(_chapters(report))))


def _chapters(report: Report) -> list:
    own = PurePosixPath(report.folder.config().ledger or "").name
    return report.folder.executed(report.language, besides=own)


def _entries(report: Report, file_name: str, rows: pd.DataFrame) -> str:
    absent = report.texts("not_available")
    cells = [
        [
            Markdown(
                f"[[{tables.escape(row.value)}]({file_name}#number-{row.id})]{{#ledger-{row.id}}}"
            ),
            row.sentence,
            absent if pd.isna(row.k) else report.texts.number(row.k),
            absent if pd.isna(row.n) else report.texts.number(row.n),
            _breakable(row.expression),
            _breakable(row.source.removeprefix("data/raw/")) or absent,
        ]
        for row in rows.itertuples()
    ]
    columns = [
        report.column("value", 14),
        report.column("sentence", 38),
        report.column("k", 5, numeric=True),
        report.column("n", 5, numeric=True),
        report.column("expression", 21),
        report.column("origin", 17),
    ]
    return tables.pipe_table(columns, cells).source


def _breakable(code: str) -> str:
    """Code with places to break a line: a zero-width space after its punctuation."""
    return re.sub(r"([._(,:])", "\\1\u200b", code)
