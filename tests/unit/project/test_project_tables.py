"""project.tables: comma-separated tables, checked cell by cell."""

import pandas as pd
import pytest
from refusals import refusal, tells

from evaluation.project.tables import day, decimal, one_of, read_table, text, whole

COLUMNS = {
    "id": text(),
    "n": whole(1, 20),
    "of": whole(required=False),
    "kind": one_of("a", "b"),
    "note": text(required=False),
}
GOOD = "id,n,of,kind,note\nx,1,,a,\ny,20,300,b,Blåbær\n"


@pytest.fixture
def read(tmp_path):
    def read(content, encoding="utf-8", key=("id",)):
        path = tmp_path / "t.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return read_table(path, COLUMNS, list(key), "data/raw/t.csv")

    return read


def test_a_good_table_keeps_its_texts_and_gets_its_numbers(read):
    table = read(GOOD)
    assert table["n"].tolist() == [1, 20]
    assert str(table["of"].dtype) == "Int64"
    assert table["of"].isna().tolist() == [True, False]
    assert table["note"].tolist() == ["", "Blåbær"]


def test_the_words_na_and_null_are_texts_and_not_gaps(read):
    assert read("id,n,of,kind,note\nNA,1,,a,null\n")[["id", "note"]].to_numpy().tolist() == [
        ["NA", "null"]
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(read, ending):
    assert len(read(GOOD.replace("\n", ending))) == 2


def test_a_byte_order_mark_from_excel_does_no_harm(read):
    assert read(GOOD, "utf-8-sig")["id"].tolist() == ["x", "y"]


def test_a_missing_file_is_named(tmp_path):
    message = refusal(read_table, tmp_path / "t.csv", COLUMNS, ["id"], "data/raw/t.csv")
    assert message == (
        "Rule broken in data/raw/t.csv: the file exists, but it is missing. "
        "Remedy: restore it or correct the path."
    )


def test_an_older_windows_encoding_is_refused_with_the_row_it_shows_in(read):
    message = refusal(read, GOOD, "cp1252")
    tells(message, "data/raw/t.csv, row 3: the file is in UTF-8", "Remedy: save it as UTF-8")


@pytest.mark.parametrize(
    ("cell", "column", "rule"),
    [
        ("z,0,,a,", "n", "a whole number from 1 to 20. Found: '0'"),
        ("z,21,,a,", "n", "a whole number from 1 to 20. Found: '21'"),
        ("z,1.5,,a,", "n", "Found: '1.5'"),
        ("z,-1,,a,", "n", "Found: '-1'"),
        ("z, 1,,a,", "n", "Found: ' 1'"),
        ('z,"1,5",,a,', "n", "Found: '1,5'"),
        ("z,,,a,", "n", "Found: ''"),
        ("z,ten,,a,", "n", "Found: 'ten'"),
        ("z,1e1,,a,", "n", "Found: '1e1'"),
        ("z,٣,,a,", "n", "Found: '٣'"),
        ("z,1,x,a,", "of", "a whole number of at least 0, or empty. Found: 'x'"),
        ("z,1,99999999999999999999,a,", "of", "Found: '99999999999999999999'"),
        ("z,1,,c,", "kind", "one of a, b. Found: 'c'"),
        (",1,,a,", "id", "not empty. Found: ''"),
    ],
)
def test_a_cell_against_its_rule_is_refused_with_row_column_and_value(read, cell, column, rule):
    message = refusal(read, GOOD + cell + "\n")
    tells(message, f"data/raw/t.csv, row 4, column {column}: this cell is ", rule, "Remedy: ")


def test_the_first_of_several_bad_cells_is_told(read):
    tells(refusal(read, GOOD + "z,1,,c,\nw,0,,a,\n"), "row 4, column kind")


def test_a_row_number_is_the_line_of_the_file_below_blank_lines_and_long_cells(read):
    content = 'id,n,of,kind,note\n\nx,1,,a,"two\nlines"\ny,0,,a,\n'
    tells(refusal(read, content), "row 5, column n")


def test_a_duplicate_row_is_refused_with_row_value_and_remedy(read):
    message = refusal(read, GOOD + "x,2,,b,\n")
    tells(
        message, "data/raw/t.csv, row 4: id ", "Found: 'x'", "Remedy: remove or rename the second"
    )
    assert "together" not in message  # there is one column only


def test_rows_that_differ_in_one_part_of_the_key_are_two_rows(read):
    assert len(read(GOOD + "x,2,,b,\n", key=("id", "n"))) == 3
    tells(refusal(read, GOOD + "x,1,,b,\n", key=("id", "n")), "row 4", "id and n", "'x, 1'")


def test_a_row_with_a_cell_too_many_is_refused_with_a_hint_at_quotes(read):
    message = refusal(read, GOOD + "z,1,,a,first, second\n")
    tells(message, "row 4", "a row has 5 cells", "'6 cells'", "Remedy: put quotes around a cell")


def test_a_row_with_a_cell_too_few_is_refused(read):
    tells(refusal(read, GOOD + "z,1,,a\n"), "row 4", "a row has 5 cells", "'4 cells'")


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("id,n,of,kind", "Remedy: add note"),
        ("id,n,of,kind,notes", "column notes"),
        ("id,n,of,kind,note,more", "column more"),
        ("n,id,of,kind,note", "in this order"),
        ("id,n,of,kind,kind", "Remedy: add note"),
    ],
)
def test_a_header_with_other_columns_is_refused(read, header, told):
    message = refusal(read, GOOD.replace("id,n,of,kind,note", header))
    tells(message, "data/raw/t.csv, row 1", "the columns are id, n, of, kind, note", told)


def test_a_table_that_excel_saved_with_semicolons_is_refused_for_its_semicolons(read):
    tells(refusal(read, GOOD.replace(",", ";")), "row 1", "comma")


def test_a_table_that_has_no_room_in_memory_is_named_with_what_to_do(read, monkeypatch):
    def full(*_, **__):
        raise MemoryError

    monkeypatch.setattr(pd, "DataFrame", full)
    tells(refusal(read, GOOD), "data/raw/t.csv", "has room in the memory", "notebook_megabytes")


def test_an_empty_file_is_refused(read):
    tells(refusal(read, ""), "data/raw/t.csv, row 1", "the columns are")


def test_a_quote_without_end_is_refused_with_the_row_it_starts_on(read):
    message = refusal(read, GOOD + '"z,1,,a,\nw,1,,a,\n')
    tells(
        message,
        "data/raw/t.csv, row 4: the file is a valid table, but: ",
        "Remedy: check the quotes",
    )


def days(tmp_path, *cells, required=True):
    path = tmp_path / "days.csv"
    path.write_text("\n".join(["id,day", *(f"r{i},{cell}" for i, cell in enumerate(cells))]))
    columns = {"id": text(), "day": day(required=required)}
    return read_table(path, columns, ["id"], "data/raw/days.csv")["day"]


def test_days_become_dates_and_empty_cells_gaps(tmp_path):
    read = days(tmp_path, "2024-02-29", "", "1899-12-31", required=False)
    assert pd.api.types.is_datetime64_any_dtype(read)
    assert read[2] == pd.Timestamp(2024, 2, 29)
    assert read[4] == pd.Timestamp(1899, 12, 31)
    assert pd.isna(read[3])


def test_a_column_without_any_day_still_holds_dates(tmp_path):
    assert pd.api.types.is_datetime64_any_dtype(days(tmp_path, "", required=False))


@pytest.mark.parametrize(
    "cell", ["2025-02-29", "2025-13-01", "31-03-2025", "2025-3-31", "20250331", "2025-03-31 10:00"]
)
def test_what_is_no_day_of_the_calendar_is_refused(tmp_path, cell):
    message = refusal(days, tmp_path, "2025-01-01", cell)
    tells(
        message, "data/raw/days.csv, row 3, column day", "a day written as 2025-03-31", f"'{cell}'"
    )


def test_a_day_that_is_required_is_not_empty(tmp_path):
    tells(refusal(days, tmp_path, ""), "row 2, column day", "Found: ''")


@pytest.fixture
def read_numbers(tmp_path):
    def read(cells: str):
        path = tmp_path / "t.csv"
        path.write_text(f"level,weight\n{cells}\n", "utf-8")
        columns = {"level": whole(-2, 2), "weight": decimal()}
        return read_table(path, columns, ["level"], "data/raw/t.csv")

    return read


def test_numbers_below_zero_and_with_decimals_are_read(read_numbers):
    table = read_numbers("-2,0.5\n0,3")
    assert table["level"].tolist() == [-2, 0]
    assert table["weight"].tolist() == [0.5, 3]
    assert [str(kind) for kind in table.dtypes] == ["Int64", "float64"]


@pytest.mark.parametrize(
    ("cells", "column", "rule"),
    [
        ("-3,1", "level", "a whole number from -2 to 2. Found: '-3'"),
        ("--1,1", "level", "Found: '--1'"),
        ("-,1", "level", "Found: '-'"),
        ("1,0", "weight", "a number above 0, with a point before its decimals. Found: '0'"),
        ("1,0.0", "weight", "Found: '0.0'"),
        ("1,-1", "weight", "Found: '-1'"),
        ('1,"1,5"', "weight", "Found: '1,5'"),
        ("1,.5", "weight", "Found: '.5'"),
        ("1,1e3", "weight", "Found: '1e3'"),
        ("1,inf", "weight", "Found: 'inf'"),
        ("1,", "weight", "Found: ''"),
    ],
)
def test_a_number_against_its_rule_is_refused(read_numbers, cells, column, rule):
    message = refusal(read_numbers, cells)
    tells(message, f"data/raw/t.csv, row 2, column {column}: this cell is ", rule, "Remedy: ")


def test_a_control_character_is_refused_with_its_line(read):
    tells(refusal(read, GOOD.replace("Blåbær", "Bl\0bær")), "row 3", "no control characters")


def test_ten_thousand_columns_are_refused_in_a_message_of_a_few_lines(read):
    many = "".join(f",n{number}" for number in range(10_000))
    message = refusal(read, GOOD.replace("note\n", f"note{many}\n"))
    assert len(message) < 1_000
