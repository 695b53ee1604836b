"""Workbooks of other formats than .xlsx, read by calamine: Excel before 2007 (.xls) and binary
(.xlsb), LibreOffice (.ods).
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

from evaluation.base.errors import InputError
from evaluation.exchange.reading.grid import SHEET, Grid, cleaned
from evaluation.exchange.reading.parts import number_text
from evaluation.exchange.reading.zip_files import BROKEN

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# what the streams of a compound file are called: a workbook, an older one, one with a password
STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book", "EncryptedPackage"))
BINARY, SPREADSHEET = "xl/workbook.bin", b"application/vnd.oasis.opendocument.spreadsheet"
# a file may say that a cell is repeated a million times
CELLS = 20_000_000


def is_other_workbook(path: Path) -> bool:
    """Whether a file is such a workbook, or any with a password, by its content."""
    with path.open("rb") as file:
        if file.read(len(OLE)) == OLE:
            content = path.read_bytes()
            return any(name in content for name in STREAMS)
    try:
        with zipfile.ZipFile(path) as archive:
            if BINARY in archive.namelist():
                return True
            with archive.open("mimetype") as kind:
                return kind.read(len(SPREADSHEET)) == SPREADSHEET
    except BROKEN:
        return False


def read_other_sheets(path: Path) -> dict[str, Grid]:
    """Name of the sheet -> its cells, as `workbooks.read_sheets` gives them.

    Raises InputError for a workbook that cannot be read, has a password or is too large.
    """
    with _whole(path.name), CalamineWorkbook.from_path(path) as book:
        return {
            sheet.name: _grid(
                f"{path.name}{SHEET}{sheet.name}", _cells(path.name, book, sheet.name)
            )
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        }


def _cells(file: str, book: CalamineWorkbook, name: str) -> list[list[Any]]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > CELLS:
        raise InputError(
            file,
            f"a sheet has {CELLS:,} cells at most".replace(",", " "),
            "delete the rows and columns without answers, or save the answers as CSV",
            value=f"{sheet.total_height} rows and {sheet.total_width} columns",
        )
    # from the first row, so that the numbers of the rows are those of the sheet
    return sheet.to_python(skip_empty_area=False)


def _grid(name: str, cells: list[list[Any]]) -> Grid:
    rows = [[_text(cell) for cell in row] for row in cells]
    filled = [number for number, row in enumerate(rows, start=1) if any(row)]
    first = filled[0] if filled else len(rows) + 1
    return Grid(name, rows[first - 1 :], list(range(first, len(rows) + 1)))


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, (int, float)):
        return number_text(cell)
    if isinstance(cell, datetime):
        return str(cell.date()) if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, time):
        return cell.isoformat("seconds")
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(int(cell.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return str(cell) if isinstance(cell, date) else cleaned(str(cell))


@contextmanager
def _whole(name: str) -> Iterator[None]:
    """Whatever the library runs into in a damaged workbook is told as that."""
    try:
        yield
    except (InputError, KeyboardInterrupt):
        raise
    except PasswordError:
        raise InputError(
            name,
            "a workbook has no password",
            "open it, and save it again without the password",
            value="a workbook with a password",
        ) from None
    except BaseException as error:  # a panic of the library is no Exception
        raise InputError(
            name,
            "the file is a whole workbook",
            "open it in Excel or LibreOffice and save it again as .xlsx",
            value=type(error).__name__,
        ) from None
