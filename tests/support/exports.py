"""Survey exports of tests: small tables in every dialect, and the real samples."""

import csv
import io
import os
import struct
import zipfile
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from conftest import LANGUAGES, REPOSITORY
from openpyxl import Workbook

SAMPLES = Path(os.environ.get("EVALUATION_SAMPLES", REPOSITORY.parent / "shared" / "samples"))
# the three forms in which SurveyXact and Excel write text, and what others write
DIALECTS = {
    "comma, ANSI": (",", "cp1252"),
    "semicolon, ANSI": (";", "cp1252"),
    "tab, UTF-16": ("\t", "utf-16"),
    "comma, UTF-8": (",", "utf-8"),
    "semicolon, UTF-8 with mark": (";", "utf-8-sig"),
    "tab, UTF-16 BE without mark": ("\t", "utf-16-be"),
    "comma, UTF-16 LE without mark": (",", "utf-16-le"),
}


def sample(*parts: str) -> Path:
    """A real export; the test is skipped where it is not at hand."""
    path = SAMPLES.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the real export {'/'.join(parts)} is not here: set EVALUATION_SAMPLES")
    return path


def written(rows: list[list[str]], delimiter: str, encoding: str) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(encoding)


def write_workbook(path: Path, sheets: dict[str, list[list]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def write_ods(path: Path, sheets: dict[str, list[list]], repeated: int = 1) -> Path:
    """A workbook of LibreOffice; `repeated`: how often it says that each row and cell stands."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        + "".join(
            f'<table:table-row table:number-rows-repeated="{repeated}">'
            + "".join(_ods_cell(cell, repeated) for cell in row)
            + "</table:table-row>"
            for row in rows
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    named = "".join(f' xmlns:{name}="{OFFICE}{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{named}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0"?><m:manifest xmlns:m="{OFFICE}manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{ODS}"/></m:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return path


def _ods_cell(cell: object, repeated: int) -> str:
    if cell in (None, ""):
        return "<table:table-cell/>"
    told = f'table:number-columns-repeated="{repeated}" office:value-type='
    if isinstance(cell, (int, float)):
        return f'<table:table-cell {told}"float" office:value="{cell!r}"/>'
    if isinstance(cell, datetime):
        return f'<table:table-cell {told}"date" office:date-value="{cell.date()}"/>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell).split("\n"))
    return f'<table:table-cell {told}"string">{lines}</table:table-cell>'


def with_sets(path, *lines: str):
    """The SPSS file with multiple response sets, put before the end of its dictionary."""
    content = path.read_bytes()
    text = "".join(f"{line}\n" for line in lines).encode()
    end = content.index(struct.pack("<ii", 999, 0))
    record = struct.pack("<iiii", 7, 7, 1, len(text)) + text
    path.write_bytes(content[:end] + record + content[end:])
    return path


def rules(export) -> list[str]:
    return [remark.rule for remark in export.remarks]


def told(export, rule: str) -> list[tuple[str, str]]:
    """(place, value) of every remark of a rule; all remarks have their texts."""
    assert all(remark.text(language) for remark in export.remarks for language in LANGUAGES)
    return [(remark.place, remark.value) for remark in export.remarks if remark.rule == rule]
