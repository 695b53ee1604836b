"""A table of text cells, wherever it was read from, and the checks that every table passes."""

from dataclasses import dataclass, replace

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.exchange.reading.export import Remark

# between the name of a workbook and that of a sheet
SHEET = ", sheet "
# so many notes may stand below a table, and so many empty rows set any of them apart
MOST_NOTES, GAP = 10, 20


@dataclass(frozen=True)
class Grid:
    """Rows of text cells as a file has them, each with its line (or row of a sheet).

    name: the file, and the sheet of a workbook, for messages. Cells are stripped, line ends in
    them are "\\n", and what a file writes for nothing is "".
    """

    name: str
    rows: list[list[str]]
    lines: list[int]
    remarks: tuple[Remark, ...] = ()

    @property
    def title(self) -> str:
        """The name of the sheet, or of the file that has none."""
        return self.name.rpartition(SHEET)[2]

    @property
    def header(self) -> list[str]:
        return self.rows[0] if self.rows else []


def cleaned(cell: str) -> str:
    """A cell without white space around it, with one kind of line end."""
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()


def one_line(text: str) -> str:
    """Text without line ends and runs of spaces."""
    return " ".join(text.split())


def table(grid: Grid) -> tuple[pd.DataFrame, list[Remark]]:
    """The grid as a table named by its first row: cells as text, index = line of the file.

    Cells and columns without a name that are empty all the way are left out, a column with
    answers and no name is called "column N"; both are told in remarks, as are notes below the
    table, and rows without a single answer after the last one that has any. Raises InputError
    for an empty table, a header without rows, a row of another length, names that stand there again
    and a name that is used twice.
    """
    if not grid.rows:
        raise InputError(
            grid.name, "the table has a line of names and rows", "export it again: it is empty"
        )
    grid, remarks = _without_notes_below(grid)
    names, rows = [one_line(name) for name in grid.header], grid.rows[1:]
    width = len(names)
    if any(len(row) > width and not any(row[width:]) for row in rows):
        remarks.append(Remark("empty_cells", grid.name))
    for row, line in zip(rows, grid.lines[1:], strict=True):
        if len(row) < width or any(row[width:]):
            raise InputError(
                grid.name,
                f"a row has {width} cells, as the first line has names",
                "put quotes around a cell that holds the separator or a line end",
                row=line,
                value=f"{len(row)} cells",
            )
        if row[:width] == grid.header:
            raise InputError(
                grid.name,
                "the names of the columns stand in the first line alone",
                "remove this line",
                row=line,
                value=row[0],
            )
    content = pd.DataFrame(
        [row[:width] for row in rows], columns=range(width), index=grid.lines[1:], dtype=str
    )
    filled = (content != "").any(axis=1)
    last = filled[::-1].idxmax() if filled.any() else -1
    # where rows without an answer stand among the others, one at the end is a respondent too
    inner = int((~filled & (content.index < last)).sum())
    if 0 < int((content.index > last).sum()) <= inner:
        last = content.index[-1]
    if (content.index > last).any():
        remarks.append(Remark("empty_rows", grid.name, str(int((content.index > last).sum()))))
    content = content[content.index <= last]
    if content.empty:
        raise InputError(
            grid.name, "the table has answers below its names", "export it again: there are none"
        )
    for position, name in enumerate(names):
        if name == "" and (content[position] != "").any():
            names[position] = f"column {position + 1}"
            remarks.append(Remark("unnamed_column", grid.name, names[position]))
    content.columns = names
    content = content.loc[:, [name != "" for name in names]]
    repeated = content.columns[content.columns.duplicated()]
    if len(repeated):
        raise InputError(
            grid.name,
            "the name of a column is used once",
            "rename one of the columns",
            row=grid.lines[0],
            value=repeated[0],
        )
    return content, remarks


def _without_notes_below(grid: Grid) -> tuple[Grid, list[Remark]]:
    """The grid without what somebody wrote below the table, which answers nothing: a few rows with
    one cell each, apart from the rest by a row without any, or without the separators of a text."""
    rows, last = grid.rows, len(grid.rows)
    width = sum(map(bool, grid.header))
    while last > 1 and width > 2 and len(rows[last - 1]) == 1 and len(rows) - last < MOST_NOTES:
        last -= 1
    notes = len(rows) - last
    while True:
        end = next((at for at in range(last - 1, 0, -1) if any(rows[at])), 0)
        gap = next((at for at in range(end, 0, -1) if not any(rows[at])), 0)
        above = next((at for at in range(gap, 0, -1) if any(rows[at])), 0)
        below = [row for row in rows[gap + 1 : end + 1] if any(row)]
        # in a table of two columns a single answer is no rare thing
        apart = width > 2 or gap - above >= GAP
        alone = all(sum(map(bool, row)) == 1 for row in below)
        if not (gap and above and apart and alone and len(below) <= MOST_NOTES):
            break
        notes, last = notes + len(below), gap
    remarks = list(grid.remarks)
    if not notes:
        return grid, remarks
    remarks.append(Remark("notes_below", grid.name, str(notes)))
    # the empty rows before a note are there because of it
    last = next(at for at in range(last, 0, -1) if any(rows[at - 1]))
    return replace(grid, rows=rows[:last], lines=grid.lines[:last]), remarks
