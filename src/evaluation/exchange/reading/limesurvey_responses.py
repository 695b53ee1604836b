"""The responses of LimeSurvey as its database holds them: in an archive (.lsr) and in a file for
corrections (.vv). Both tell a question that was not shown from one that was left empty.
"""

import re
from pathlib import Path

import pandas as pd

from evaluation.exchange.reading import dialects, grid
from evaluation.exchange.reading.export import Remark
from evaluation.exchange.reading.xml_files import parse_xml

RESPONSES = b"<LimeSurveyDocType>Responses<"
NOT_SHOWN = "{question_not_shown}"
# what stands in a file for corrections for signs that would break it; the brace comes last
SIGNS = {"{newline}": "\n", "{cr}": "\r", "{tab}": "\t", "{quote}": '"', "{lbrace}": "{"}
# the second line of such a file has the names of the database, these among them
COLUMNS = {"id", "submitdate", "lastpage", "startlanguage"}


def is_archived(path: Path) -> bool:
    """Whether a file is the responses in an archive of a survey, by its content."""
    with path.open("rb") as file:
        return RESPONSES in re.sub(rb"\s+", b"", file.read(1000))


def is_for_corrections(path: Path) -> bool:
    """Whether a file is the responses as LimeSurvey writes them for corrections (VV)."""
    with path.open("rb") as file:
        lines = file.read(1 << 20).splitlines()[:2]
    names = (
        {cell.strip('"') for cell in lines[-1].decode("utf-8", "replace").split("\t")}
        if (len(lines) == 2)
        else set()
    )
    return names >= COLUMNS


def read_archived(path: Path) -> tuple[pd.DataFrame, list[Remark]]:
    """The table of responses in an archive, with `NOT_SHOWN` for what was not asked.

    Columns have the names of the database; index: the numbers of the rows. Raises InputError for
    XML that cannot be read.
    """
    root = parse_xml(path.read_bytes(), path.name)
    names = [field.text or "" for field in root.findall("responses/fields/fieldname")]
    rows = [
        {cell.tag: grid.cleaned(cell.text or "") for cell in row}
        for row in root.findall("responses/rows/row")
    ]
    # names of elements cannot begin with a digit or have a #
    tags = {name: f"_{name}".replace("#", "-") if name[:1].isdigit() else name for name in names}
    table = pd.DataFrame(
        [[row.get(tag, NOT_SHOWN) for tag in tags.values()] for row in rows],
        columns=list(tags),
        index=range(1, len(rows) + 1),
        dtype=str,
    )
    return table, []


def read_for_corrections(path: Path) -> tuple[pd.DataFrame, list[Remark]]:
    """The same of a file for corrections; index: its lines. Raises InputError as `grid.table`."""
    text, remarks = dialects.decode(path.read_bytes(), path.name)
    read = dialects.split(text, path.name, remarks)
    table, told = grid.table(grid.Grid(read.name, read.rows[1:], read.lines[1:], read.remarks))
    for sign, meant in SIGNS.items():
        table = table.apply(
            lambda cells, sign=sign, meant=meant: cells.str.replace(sign, meant, regex=False)
        )
    return table, told
