"""exchange.reading.workbooks: every format of a workbook gives the same cells, within bounds."""

from datetime import datetime

import pytest
from exports import write_ods, write_workbook
from refusals import refusal, tells
from source_packages import sample_of

from evaluation.exchange.reading import other_workbooks, workbooks
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


def test_a_workbook_that_unpacks_to_more_than_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "LARGEST", 1 << 20)
    path = write_ods(tmp_path / "a.ods", {"x": [["a" * (1 << 20), "b"], ["c", "d"]]})
    tells(refusal(read_export, path), "a.ods", "unpacks to 1 MB at most", "as CSV")
