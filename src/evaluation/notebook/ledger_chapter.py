"""The number ledger as a chapter."""

import re
from collections.abc import Callable
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import PurePosixPath
from posixpath import relpath
from typing import Any

import pandas as pd

from evaluation.base.frames import each_row, labelled
from evaluation.base.markdown import escape
from evaluation.notebook import ledger
from evaluation.project.config import Config
from evaluation.project.downloads import DOWNLOADS, RAW
from evaluation.report import tables
from evaluation.report.report import Report
from evaluation.report.sources import RAW as RAW_TABLES
from evaluation.report.sources import Sources
from evaluation.report.tables import Cell, Markdown

# what numbers have in common that stand on one line
ALIKE = attrgetter("place", "row", "k", "n", "about", "source")
MOST_SPANS = 3  # lines without a gap between them that are named one by one


def listing(report: Report) -> Markdown:
    """Every number of the executed chapters, a section a chapter: first those in prose and
    captions, each with its sentence, then those of each table and figure.

    report: from `open_report`.
    """
    listed = ledger.table(_chapters(report), report.texts)
    # read once: a report has thousands of numbers
    sources = Sources(report.folder, report.texts)
    origin = partial(_origin, report, sources, report.folder.config())
    blocks = []
    for (file, chapter), numbers in labelled(listed.groupby(["file", "chapter"], sort=False)):
        blocks.append(f"## {escape(chapter)} {{.unnumbered}}")
        told, shown = numbers[numbers["column"] == ""], numbers[numbers["column"] != ""]
        if not told.empty:
            blocks.append(_told(report, origin, file, told))
        if not shown.empty:
            blocks.append(_shown(report, origin, file, shown))
    return Markdown("\n\n".join(blocks))


def size(report: Report) -> str:
    """How many numbers the ledger holds.

    report: from `open_report`.
    """
    return report.texts.number(len(ledger.table(_chapters(report), report.texts)))


def _chapters(report: Report) -> list[Any]:
    own = report.folder.config().ledger or ""
    chapters = report.folder.executed(report.language, besides=own)
    here = PurePosixPath(own).parent
    return [(relpath(file, here), notebook) for file, notebook in chapters]


def _told(
    report: Report, origin: Callable[[str], Markdown], file: str, numbers: pd.DataFrame
) -> str:
    """Numbers in sentences: each with its sentence and expression, linked to where it stands."""
    whole = report.texts("whole_sentence")
    cells: list[list[Cell]] = [
        [
            Markdown(
                f"[[{escape(whole if row.value == row.sentence else row.value)}]"
                f"({file}#{row.place or f'number-{row.id}'})]{{#ledger-{row.id}}}"
            ),
            report.texts("same_sentence") if repeated else row.sentence,
            *_counts(report, row),
            _breakable(row.expression),
            origin(row.source),
        ]
        for row, repeated in zip(each_row(numbers), _repeated(numbers), strict=True)
    ]
    columns = [
        report.column("value", 12),
        report.column("sentence", 40),
        report.column("k", 5, numeric=True),
        report.column("n", 5, numeric=True),
        report.column("expression", 21),
        report.column("origin", 24),
    ]
    return tables.pipe_table(columns, cells).source


def _shown(
    report: Report, origin: Callable[[str], Markdown], file: str, numbers: pd.DataFrame
) -> str:
    """Numbers in tables and figures, each of these headed by its name and expression; numbers of
    one place and origin, such as a count and its percentage, stand on one line."""
    cells: list[list[Cell]] = []
    for output, values in groupby(each_row(numbers), attrgetter("output")):
        alike: dict[Any, list[Any]] = {}
        for row in values:
            alike.setdefault(ALIKE(row), []).append(row)
        first = next(iter(alike.values()))[0]
        name = f"@{output}" if first.place == output else escape(first.chapter)
        cells.append([Markdown(f"**{name}**"), _breakable(first.expression), *[""] * 4])
        for row, *others in alike.values():
            same = [row, *others]
            value = escape("; ".join(each.value for each in same))
            cells.append(
                [
                    Markdown(f"[{value}]{{#ledger-{row.id}}}"),
                    row.row if row.place in ("", output) else _link(row.row, f"{file}#{row.place}"),
                    ", ".join(dict.fromkeys(each.column for each in same)),
                    *_counts(report, row),
                    origin(row.source),
                ]
            )
    columns = [
        report.column("value", 20),
        report.column("row", 27),
        report.column("column", 17),
        report.column("k", 5, numeric=True),
        report.column("n", 5, numeric=True),
        report.column("origin", 32),
    ]
    return tables.pipe_table(columns, cells).source


def _repeated(numbers: pd.DataFrame) -> pd.Series:
    """Whether each number stands in the sentence of the number before it."""
    return numbers["sentence"] == numbers["sentence"].shift()


def _link(text: str, target: str) -> Markdown:
    return Markdown(f"[{escape(text)}]({target})")


def _counts(report: Report, row: Any) -> list[str]:
    absent = report.texts("not_available")
    return [absent if pd.isna(count) else report.texts.number(count) for count in (row.k, row.n)]


def _origin(report: Report, sources: Sources, config: Config, source: str) -> Markdown:
    """Where a number was printed, and its lines in the file, which can be downloaded where
    evaluation.yml says so."""
    file, rows = ledger.rows_of(source)
    if not file:
        return Markdown(report.texts("not_available"))
    lines = escape(_breakable(_lines(report, PurePosixPath(file).name, rows)))
    raw = PurePosixPath(file)
    if raw.parent == RAW_TABLES and raw.stem in config.raw_downloads:
        here = PurePosixPath(config.ledger or "").parent
        target = relpath(f"{DOWNLOADS}/{RAW}/{raw.name}", here)
        lines = f"[{lines}]({target})"
    return Markdown("; ".join(filter(None, [escape(sources.words(file, rows)), lines])))


def _lines(report: Report, name: str, rows: list[int]) -> str:
    """`facts.csv, line 4`, and where they are many `350 rows in findings.csv`."""
    if not rows:
        return name
    if (spans := ledger.spans(rows)).count(",") < MOST_SPANS:
        return report.texts(
            f"sources.{'lines' if len(rows) > 1 else 'line'}", file=name, lines=spans
        )
    return report.texts("sources.many", file=name, number=report.texts.number(len(rows)))


def _breakable(code: str) -> str:
    """Code with places to break a line: a zero-width space after its punctuation."""
    return re.sub(r"([._(,:])", "\\1\u200b", code)
