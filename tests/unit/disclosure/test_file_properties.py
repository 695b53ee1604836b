"""Who made a workbook, as its properties say, stays in the workbook."""

import openpyxl
import pytest
from openpyxl.comments import Comment

from evaluation.scaffold.folder import create

AUTHOR = "Gunhild Opdigtet"  # made up


@pytest.mark.slow
def test_the_author_of_a_workbook_is_carried_nowhere(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Er du tilfreds?", "Alder"])
    for number in range(12):
        sheet.append([["Ja", "Nej"][number % 2], 20 + number])
    sheet["A1"].comment = Comment("?", AUTHOR)
    for name in ("creator", "lastModifiedBy", "title", "keywords", "description"):
        setattr(book.properties, name, AUTHOR)
    export = tmp_path / "answers.xlsx"
    book.save(export)
    made = tmp_path / "made"
    told = create(made, export, None, None)
    assert not any(AUTHOR in line for line in told)
    files = [path for path in made.rglob("*") if path.is_file()]
    assert any(path.name == "codebook.yml" for path in files)
    assert not [path for path in files if AUTHOR.encode() in path.read_bytes()]
