"""Under each figure, the numbers it shows: as a table that opens in place, and as a file.

A figure's output carries its numbers (`report.provenance.PLACED`) and the questions as asked
(`report.provenance.ASKED`); both are made from these, on either rendering route.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from evaluation.base.markdown import escape
from evaluation.language.texts import Texts
from evaluation.notebook import edition
from evaluation.report import tables
from evaluation.report.provenance import ASKED, PLACED
from evaluation.report.tables import Column, Markdown

FIGURE = "fig-"
COLUMNS = ["row", "column", "value", "k", "n"]
MOST_COLUMNS = 6  # of a table that has a column for each column of the figure


def add(notebook: NotebookNode, texts: Texts, downloads: str) -> None:
    """Put the numbers of each figure after it; downloads: the way to their files from here.

    The PDF has no room for them and leaves them out.
    """
    cells = []
    for cell in notebook.cells:
        cells.append(cell)
        numbers = _numbers(cell)
        if numbers is not None:
            cells.append(_below(cell, numbers, texts, downloads))
    notebook.cells = cells


def files(notebook: NotebookNode, texts: Texts) -> Iterator[tuple[str, pd.DataFrame]]:
    """(file name, numbers) of each figure of an executed chapter.

    Columns: row, column (the labels of the place in the figure), value as shown, k, n (the
    counts behind it, where it rests on some).
    """
    for cell in notebook.cells:
        numbers = _numbers(cell)
        if numbers is not None:
            yield _file_name(cell, texts), numbers


def _numbers(cell: NotebookNode) -> pd.DataFrame | None:
    """The numbers that a figure shows; None for a cell that is none, or has none.

    Most cells are none, and making a table of nothing takes as long as one of some rows.
    """
    label = str(edition.read_options(cell).get("label", ""))
    found = _carried(cell, PLACED) if label.startswith(FIGURE) else []
    if not found:
        return None
    rows = [{**number, **number["origin"]} for number in found]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"k": "Int64", "n": "Int64"})


def _carried(cell: NotebookNode, media_type: str) -> list[Any]:
    return [item for output in cell.outputs for item in output.get("data", {}).get(media_type, [])]


def _file_name(cell: NotebookNode, texts: Texts) -> str:
    return f"{edition.read_options(cell)['label']}_{texts.language}.csv"


def _below(cell: NotebookNode, numbers: pd.DataFrame, texts: Texts, downloads: str) -> NotebookNode:
    label = edition.read_options(cell)["label"]
    title = texts("figure_data.title")
    asked = [f"{texts('figure_data.asked')} {escape(text)}" for text in _carried(cell, ASKED)]
    blocks = [
        '::::: {.content-visible when-format="html"}',
        f":::: {{#data-{label} .figure-data}}",
        f'::: {{.callout-note collapse="true" title="{title}"}}',
        *asked,
        table(numbers, texts).source,
        f"[{texts('figure_data.download')}]({downloads}/{_file_name(cell, texts)})",
        ":::",
        "::::",
        ":::::",
    ]
    below = new_markdown_cell("\n\n".join(blocks))
    below.id = f"{cell.id}-data"
    return below


def table(numbers: pd.DataFrame, texts: Texts) -> Markdown:
    """The numbers of a figure: a column for each of its columns where these are few, else a line
    for each number."""
    columns = list(numbers["column"].unique())
    about = Column(texts("columns.row"), 30)
    if len(columns) > MOST_COLUMNS or numbers.duplicated(["row", "column"]).any():
        rows = numbers[["row", "column", "value"]].to_numpy().tolist()
        headings = [Column(texts("columns.column"), 20), Column(texts("columns.value"), 20, True)]
        return tables.pipe_table([about, *headings], rows)
    values = numbers.pivot(index="row", columns="column", values="value").fillna("")
    rows = [[row, *values.loc[row, columns]] for row in numbers["row"].unique()]
    return tables.pipe_table([about, *(Column(column, 14, True) for column in columns)], rows)
