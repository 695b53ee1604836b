"""exchange.reading.workbooks: every format of a workbook gives the same cells, within bounds."""

from datetime import datetime

import pytest
from exports import write_ods, write_workbook
from openpyxl import Workbook
from refusals import refusal, tells
from source_packages import sample_of

from evaluation.exchange.reading import other_workbooks, tables, workbooks
from evaluation.exchange.reading.recognise import read_export
from evaluation.exchange.reading.workbooks import headers, is_workbook, read_sheets

ROWS = [["sted", "alder", "dag"], ["Nord", 3.5, datetime(2025, 3, 31)], ["Syd\nVest", 4, None]]


def test_every_format_has_the_same_cells(tmp_path):
    paths = [
        write_workbook(tmp_path / "a.xlsx", {"Svar": ROWS, "Mere": []}),
        write_ods(tmp_path / "a.csv", {"Svar": ROWS, "Mere": []}),
    ]
    for path in paths:
        assert is_workbook(path)
        assert headers(path) == {"Svar": ["sted", "alder", "dag"], "Mere": []}
        rows = read_sheets(path)["Svar"].rows
        assert rows[1:] == [["Nord", "3.5", "2025-03-31"], ["Syd\nVest", "4", ""]]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["base.xls", "base.xlsb", "base.ods"])
def test_real_cells_of_every_kind_are_written_as_in_other_workbooks(name):
    grid = read_sheets(sample_of("python-calamine", name))["Sheet1"]
    assert grid.lines[0] == 2
    assert grid.rows[0][:8] == [
        *("String", "1", "1.1", "1", "0", "2010-10-10", "2010-10-10 10:10:10", "10:10:10")
    ]


@pytest.mark.parametrize("name", ["password.xls", "password.xlsb", "password.ods"])
def test_a_password_is_named_and_so_is_the_way_out(name):
    message = refusal(read_export, sample_of("python-calamine", name))
    tells(message, name, "a workbook with a password", "without the password")


@pytest.mark.parametrize("name", ["base.xls", "base.xlsb", "base.ods"])
def test_a_workbook_that_is_cut_off_is_refused(tmp_path, name):
    content = sample_of("python-calamine", name).read_bytes()
    path = tmp_path / name
    for tenth in range(1, 10):
        path.write_bytes(content[: len(content) * tenth // 10])
        tells(refusal(read_export, path), name, "Remedy: ")


@pytest.mark.parametrize("repeated", [50, 1_000_000_000])
def test_cells_that_are_said_to_be_repeated_without_end_are_refused(
    tmp_path, repeated, monkeypatch
):
    monkeypatch.setattr(other_workbooks, "CELLS", 2_000)
    path = write_ods(tmp_path / "a.ods", {"x": [["a"]]}, repeated)
    tells(refusal(read_export, path), "a.ods", "Remedy: ")


def workbook(path, *below, hidden=()):
    """A sheet with twelve respondents, further rows at their places, and hidden rows or columns."""
    book = Workbook()
    sheet = book.active
    sheet.append(["id", "Content?", "Where?"])
    for number in range(12):
        sheet.append([f"p{number}", ("Yes", "No")[number % 2], ("North", "South")[number % 2]])
    for row, column, text in below:
        sheet.cell(row, column).value = text
    for place in hidden:
        kind = sheet.row_dimensions if isinstance(place, int) else sheet.column_dimensions
        kind[place].hidden = True
    book.save(path)
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    "below",
    [
        [(1_048_576, 1, "exported by hand")],
        [(40, 2, "a note")],
        [(16, 1, "a note"), (17, 1, "another"), (20, 3, "a third")],
    ],
)
def test_notes_below_a_table_are_no_respondents_however_far_below(tmp_path, below):
    export = tables.read(workbook(tmp_path / "a.xlsx", *below))
    assert len(export.responses) == 12
    told = [each.value for each in export.remarks if each.rule == "notes_below"]
    assert told == [str(len(below))]


def test_notes_below_a_table_of_text_are_no_respondents(tmp_path):
    rows = "".join(f"p{n},{['yes', 'no'][n % 2]},{n}\n" for n in range(12))
    path = tmp_path / "a.csv"
    path.write_text(f"id,Content?,Age\n{rows}\n\nA note\n", "utf-8")
    assert len(tables.read(path).responses) == 12


def test_a_respondent_of_few_answers_after_an_empty_row_stays(tmp_path):
    path = workbook(tmp_path / "a.xlsx", (15, 1, "p13"), (15, 2, "Yes"))
    export = tables.read(path)
    assert len(export.responses) == 14
    assert not [each for each in export.remarks if each.rule == "notes_below"]


def test_hidden_rows_and_columns_are_read_and_told(tmp_path):
    export = tables.read(workbook(tmp_path / "a.xlsx", hidden=(5, 6, "C")))
    assert len(export.responses) == 12
    told = [each.value for each in export.remarks if each.rule == "hidden_in_sheet"]
    assert told == ["C, 5, 6"]


def test_a_workbook_that_unpacks_to_more_than_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "LARGEST", 1 << 20)
    path = write_ods(tmp_path / "a.ods", {"x": [["a" * (1 << 20), "b"], ["c", "d"]]})
    tells(refusal(read_export, path), "a.ods", "unpacks to 1 MB at most", "as CSV")
