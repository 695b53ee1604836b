"""Survey exports of tests: small tables in every dialect, and the real samples."""

import csv
import io
import os
import struct
from pathlib import Path

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
