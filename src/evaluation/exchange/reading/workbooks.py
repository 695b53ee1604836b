"""Workbooks: one grid of text cells per sheet. openpyxl reads today's format of Excel."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import ParseError, iterparse
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from evaluation.base.errors import InputError
from evaluation.exchange.reading import zip_files
from evaluation.exchange.reading.export import Remark
from evaluation.exchange.reading.grid import SHEET, Grid, cleaned
from evaluation.exchange.reading.other_workbooks import is_other_workbook, read_other_sheets

# what openpyxl lets through of a file that is not whole
BROKEN = (*zip_files.BROKEN, ParseError, ValueError, TypeError, IndexError, AttributeError)
PLAIN = (int, float, datetime, date, time, timedelta, type(None))
LARGEST = 1 << 30
TRUE = ("1", "true")
# of the hidden rows and columns, so many are named
TOLD = 10


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook of any format that is read, by its content."""
    return _is_xlsx(path) or is_other_workbook(path)


def _is_xlsx(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except BROKEN:
        return False


def headers(path: Path) -> dict[str, list[str]]:
    """Name of the sheet -> the cells of its first row that has any; cheap where sheets are long.

    Raises InputError for a workbook that cannot be read.
    """
    _check_size(path)
    if not _is_xlsx(path):
        return {name: grid.header for name, grid in read_other_sheets(path).items()}

    def first(sheet: Any) -> list[str]:
        rows = ([_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
        return next(filter(any, rows), [])

    return _of_sheets(path, first)


def read_sheets(path: Path) -> dict[str, Grid]:
    """Name of the sheet -> its cells, empty sheets included, rows and columns from the first.

    Numbers are written with a decimal point, days as 2025-03-31, times after a space, truth
    values as 1 and 0. A formula counts by the value that Excel saved with it. Raises InputError
    for a workbook that cannot be read, and for a formula without a saved value.
    """
    _check_size(path)
    if not _is_xlsx(path):
        return read_other_sheets(path)
    sources = _of_sheets(path, _rows)
    values = sources
    if any(map(_may_be_formula, chain.from_iterable(chain(*sources.values())))):
        values = _of_sheets(path, _rows, data_only=True)
    hidden = _of_sheets(path, _hidden)
    return {
        sheet: _grid(f"{path.name}{SHEET}{sheet}", rows, sources[sheet], hidden[sheet])
        for sheet, rows in values.items()
    }


def _rows(sheet: Any) -> list[list[Any]]:
    # a note in the last row of a sheet has a million empty ones before it
    return [
        list(row) if any(cell is not None for cell in row) else []
        for row in sheet.iter_rows(values_only=True)
    ]


def _hidden(sheet: Any) -> list[str]:
    """The hidden rows and columns of a sheet, as its user would name them."""
    rows, columns = [], []
    with sheet._get_source() as source:
        for _, element in iterparse(source):
            kind = element.tag.rpartition("}")[2]
            if kind == "row":
                if element.get("hidden") in TRUE:
                    rows.append(element.get("r", "?"))
                element.clear()
            elif kind == "col" and element.get("hidden") in TRUE:
                ends = (int(element.get(name, 1)) for name in ("min", "max"))
                columns.append("–".join(dict.fromkeys(map(get_column_letter, ends))))
    return [*columns, *rows]


def _may_be_formula(value: Any) -> bool:
    """Whether a cell may be a formula: text as =A1+1, or an object for a whole array."""
    return value.startswith("=") if isinstance(value, str) else not isinstance(value, PLAIN)


def _check_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except BROKEN:  # one of the formats that are no archive
        return
    if size > LARGEST:
        raise InputError(
            path.name,
            f"a workbook unpacks to {LARGEST >> 20} MB at most",
            "export the answers alone, or as CSV",
            value=f"{size >> 20} MB",
        )


def _of_sheets(path: Path, read: Callable[..., Any], *, data_only: bool = False) -> dict[str, Any]:
    """Name of the sheet -> what `read` makes of it."""
    try:
        # an open file, because a path would be judged by its name
        with path.open("rb") as stream:
            book = load_workbook(stream, read_only=True, data_only=data_only)
            found = {}
            for sheet in book.worksheets:
                # programs write wrong extents; without them the rows themselves are counted
                sheet.reset_dimensions()
                found[sheet.title] = read(sheet)
            return found
    except BROKEN as error:
        raise InputError(
            path.name,
            "the file is a whole Excel workbook",
            "open it in Excel and save it again as .xlsx, or export it again",
            value=type(error).__name__,
        ) from None


def _grid(name: str, rows: list[list[Any]], formulas: list[list[Any]], hidden: list[str]) -> Grid:
    written: list[list[str]] = []
    lines = []
    width = max(map(len, rows), default=0)
    nothing = [""] * width
    for line, (row, sources) in enumerate(zip(rows, formulas, strict=True), start=1):
        cells = []
        for value, source in zip(row or [None] * len(sources), sources, strict=True):
            if value is None and source is not None:
                raise InputError(
                    name,
                    "a formula has the value that Excel saved with it",
                    "open the workbook in Excel and save it, or put values for formulas",
                    row=line,
                    value=str(source),
                )
            cells.append(_text(value))
        if any(cells) or written:
            written.append(cells + [""] * (width - len(cells)) if cells else nothing)
            lines.append(line)
    told = ", ".join([*hidden[:TOLD], *(["…"] if len(hidden) > TOLD else [])])
    remarks = (Remark("hidden_in_sheet", name, told),) if hidden else ()
    return Grid(name, written, lines, remarks)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        # repr is the shortest text that is this number; Decimal writes it without an exponent
        return f"{Decimal(repr(value)).normalize():f}"
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, (date, time, int)):
        return str(value)
    return cleaned(str(value))
