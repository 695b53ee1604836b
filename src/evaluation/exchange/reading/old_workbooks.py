"""Excel workbooks of the format before 2007 (.xls): one grid of text cells per sheet."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import xlrd

from evaluation.base.errors import InputError
from evaluation.exchange.reading.grid import SHEET, Grid, cleaned
from evaluation.exchange.reading.parts import number_text

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_old_workbook(path: Path) -> bool:
    """Whether a file begins as the old documents of Office do."""
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK


def read_old_sheets(path: Path) -> dict[str, Grid]:
    """Name of the sheet -> its cells, as `workbooks.read_sheets` gives them.

    Raises InputError for a workbook that cannot be read.
    """
    with _whole(path.name):
        book = xlrd.open_workbook(path, logfile=io.StringIO())
        return {
            sheet.name: _grid(f"{path.name}{SHEET}{sheet.name}", sheet, book.datemode)
            for sheet in book.sheets()
        }


def _grid(name: str, sheet: xlrd.sheet.Sheet, datemode: int) -> Grid:
    rows = [[_text(cell, datemode) for cell in row] for row in sheet.get_rows()]
    filled = [number for number, row in enumerate(rows, start=1) if any(row)]
    first = filled[0] if filled else len(rows) + 1
    return Grid(name, rows[first - 1 :], list(range(first, len(rows) + 1)))


def _text(cell: xlrd.sheet.Cell, datemode: int) -> str:
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return number_text(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        moment = xlrd.xldate_as_datetime(cell.value, datemode)
        if cell.value < 1:  # no whole day: a time
            return str(moment.time().isoformat("seconds"))
        return str(moment.date()) if not moment.time() else moment.isoformat(" ", "seconds")
    if cell.ctype in (xlrd.XL_CELL_BOOLEAN, xlrd.XL_CELL_TEXT):
        return cleaned(str(cell.value))
    return ""


@contextmanager
def _whole(name: str) -> Iterator[None]:
    """Whatever the library runs into in a damaged workbook is told as that."""
    try:
        yield
    except Exception as error:
        raise InputError(
            name,
            "the file is a whole Excel workbook, without a password",
            "open it in Excel and save it again as .xlsx",
            value=type(error).__name__,
        ) from None
