"""The response table and its codebook as an Excel workbook in which every text is text.

A cell of text is marked as text and quoted, so that no answer is a formula, an error value or a
number. Control characters, which the format cannot hold, are written as Excel writes them
(`_x0001_`), and so is a text that happens to look like that. A text ends where Excel ends it, at
32,767 characters.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from evaluation.base.frames import each_row
from evaluation.exchange.writing.variables import Variable
from evaluation.language.texts import Texts
from evaluation.project.config import RESPONSES

CODEBOOK = "codebook"
COLUMNS = ("variable", "title", "question", "type", "code", "option")
LONGEST_TEXT = 32_767
SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
PROPERTIES = "docProps/core.xml"
MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def write(
    table: pd.DataFrame, described: list[Variable], path: Path, texts: Texts, day: date
) -> None:
    """Write a workbook with the sheets responses and codebook, as if written on `day`."""
    book = Workbook(write_only=True)
    _fill(book.create_sheet(RESPONSES), list(table.columns), each_row(table.astype(object)))
    headings = [texts(f"exchange.columns.{name}") for name in COLUMNS]
    _fill(book.create_sheet(CODEBOOK), headings, _codebook(described, texts))
    made = io.BytesIO()
    book.save(made)
    _store(made, path, day)


def escaped(text: str) -> str:
    """A text as the XML of a workbook holds it."""
    return SPECIAL.sub(lambda sign: f"_x{ord(sign.group()):04X}_", text[:LONGEST_TEXT])


def _codebook(described: list[Variable], texts: Texts) -> Iterator[tuple[str, ...]]:
    """A line for each variable, and for one with labels a line for each of them."""
    for variable in described:
        kind = texts(f"exchange.types.{variable.question.type}") if variable.question else ""
        about = (variable.name, variable.title, variable.description, kind)
        for code, label in variable.labels.items() or [("", "")]:
            yield *about, code, label


def _fill(sheet: WriteOnlyWorksheet, headings: list[str], rows: Iterable[Iterable[Any]]) -> None:
    sheet.freeze_panes = "A2"
    bold = [_text(sheet, heading) for heading in headings]
    for cell in bold:
        cell.font = Font(bold=True)
    sheet.append(bold)
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: WriteOnlyWorksheet, value: Any) -> Any:
    if isinstance(value, str):
        return _text(sheet, value)
    if pd.isna(value):
        return None
    return int(value) if isinstance(value, bool) else value


def _text(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, escaped(text))
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _store(made: io.BytesIO, path: Path, day: date) -> None:
    """Write the parts of a workbook with `day` for the time of their making, so that equal data
    make equal files."""
    moment = f"{day.isoformat()}T00:00:00Z".encode()
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(path, "w") as stored:
        for name in parts.namelist():
            content = parts.read(name)
            if name == PROPERTIES:
                content = MOMENT.sub(moment, content)
            part = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            stored.writestr(part, content, zipfile.ZIP_DEFLATED)
