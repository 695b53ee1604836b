"""The sheets of an XLSForm, the questionnaire that KoboToolbox and ODK keep in a workbook,
as rows with today's names for its columns.
"""

import re
from pathlib import Path
from typing import Any

from evaluation.base.errors import InputError
from evaluation.exchange.reading.grid import Grid, one_line
from evaluation.exchange.reading.workbooks import headers, is_workbook, read_sheets

# names that forms still use -> those of the present specification
OLD_NAMES = {
    "command": "type",
    "list name": "list_name",
    "value": "name",
    "text": "label",
    "caption": "label",
    "relevance": "relevant",
    "bind::relevant": "relevant",
}
SHEETS = ("survey", "choices", "external_choices", "settings")


def is_form(path: Path) -> bool:
    """Whether it is a workbook with a sheet of questions, each with a type."""
    if not path.is_file():
        return False
    try:
        if not is_workbook(path):
            return False
        found = headers(path)
    except InputError:
        return False
    sheets = {name.strip().casefold(): map(_named, header) for name, header in found.items()}
    header = set(sheets.get("survey", ()))
    # a heading may be a formula, which is not worked out here
    return "type" in header or ("name" in header and "choices" in sheets)


def read_form(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Sheet -> its rows as {column: text}, with their number under "row"; rows without any text
    are left out.

    Columns have small letters, and a language after two colons ("label::dansk (da)"). Raises
    InputError for a workbook that cannot be read.
    """
    called = {name.strip().casefold(): grid for name, grid in read_sheets(path).items()}
    return {sheet: _rows(called[sheet]) if sheet in called else [] for sheet in SHEETS}


def _named(cell: str) -> str:
    name, *language = re.split(r"\s*::?\s*", one_line(cell).casefold(), maxsplit=1)
    whole = "::".join([name, *language])
    return OLD_NAMES.get(whole) or "::".join([OLD_NAMES.get(name, name), *language])


def _rows(grid: Grid) -> list[dict[str, Any]]:
    header, found = [_named(cell) for cell in grid.header], []
    for texts, number in zip(grid.rows[1:], grid.lines[1:], strict=True):
        if not any(texts):
            continue
        row: dict[str, Any] = {}
        for name, text in zip(header, texts, strict=False):
            # a form may have a column twice: what stands first counts where it is filled
            row[name] = row.get(name) or text
        found.append({**row, "row": number})
    return found
