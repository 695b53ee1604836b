"""Excel workbooks: one grid of text cells per sheet."""

import zipfile
import zlib
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from evaluation.errors import InputError
from evaluation.readers.grid import Grid, cleaned

# what openpyxl lets through of a file that is not whole
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, ParseError, NotImplementedError, RuntimeError),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, EOFError),
)


def is_workbook(path: Path) -> bool:
    """Whether a file is an Excel workbook of today's format, by its content."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return "xl/workbook.xml" in archive.namelist()


def read_sheets(path: Path) -> dict[str, Grid]:
    """Name of the sheet -> its cells, empty sheets included, rows and columns from the first.

    Numbers are written with a decimal point, days as 2025-03-31, times after a space, truth
    values as 1 and 0. A formula counts by the value that Excel saved with it. Raises InputError
    for a workbook that cannot be read, and for a formula without a saved value.
    """
    values = _cells(path, data_only=True)
    formulas = _cells(path, data_only=False)
    return {
        sheet: _grid(f"{path.name}, sheet {sheet}", rows, formulas[sheet])
        for sheet, rows in values.items()
    }


def _cells(path: Path, *, data_only: bool) -> dict[str, list[list]]:
    try:
        # an open file, because a path would be judged by its name
        with path.open("rb") as stream:
            book = load_workbook(stream, read_only=True, data_only=data_only)
            found = {}
            for sheet in book.worksheets:
                # programs write wrong extents; without them the rows themselves are counted
                sheet.reset_dimensions()
                found[sheet.title] = [list(row) for row in sheet.iter_rows(values_only=True)]
            return found
    except BROKEN as error:
        raise InputError(
            path.name,
            "the file is a whole Excel workbook",
            "open it in Excel and save it again as .xlsx, or export it again",
            value=type(error).__name__,
        ) from None


def _grid(name: str, rows: list[list], formulas: list[list]) -> Grid:
    written, lines = [], []
    width = max(map(len, rows), default=0)
    for line, (row, sources) in enumerate(zip(rows, formulas, strict=True), start=1):
        cells = []
        for value, source in zip(row, sources, strict=True):
            if value is None and source is not None:
                raise InputError(
                    name,
                    "a formula has the value that Excel saved with it",
                    "open the workbook in Excel and save it, or put values for formulas",
                    row=line,
                    value=str(source),
                )
            cells.append(_text(value))
        cells += [""] * (width - len(cells))
        if any(cells) or written:
            written.append(cells)
            lines.append(line)
    return Grid(name, written, lines)


def _text(value) -> str:
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
