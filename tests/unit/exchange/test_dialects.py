"""exchange.reading.dialects and exchange.reading.grid: bytes in, the same cells out, or one
message."""

import pytest
from exports import DIALECTS, written
from hypothesis import given, settings
from hypothesis import strategies as st
from refusals import refusal, tells

from evaluation.exchange.reading.dialects import one_column, read_grid
from evaluation.exchange.reading.grid import table

ROWS = [
    ["navn", "alder", "ønsker, ideer; og håb"],
    ["Åse", "1,5", 'hun sagde "ja"'],
    ["Bjørn", "2", "linje et\nlinje to; med, tegn\tog tab"],
    ["", "", "ærligt"],
]


@pytest.fixture
def grid(tmp_path):
    def read(content: bytes | str):
        path = tmp_path / "svar.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_grid(path)

    return read


@pytest.mark.parametrize(("delimiter", "encoding"), DIALECTS.values(), ids=DIALECTS)
def test_every_dialect_gives_the_same_cells(grid, delimiter, encoding):
    found = grid(written(ROWS, delimiter, encoding))
    assert found.rows == ROWS
    assert found.lines == [1, 2, 3, 5]


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(
            st.lists(
                st.text("abæøå ÆØÅéß123,;\t\n\"'|.-", max_size=8).map(str.strip),
                min_size=width,
                max_size=width,
            ),
            min_size=2,
            max_size=6,
        )
    ),
    st.sampled_from(sorted(DIALECTS.values())),
)
def test_a_table_under_plain_names_is_read_back(tmp_path_factory, rows, dialect):
    names = [f"navn{position} på" for position in range(len(rows[0]))]
    path = tmp_path_factory.mktemp("dialect") / "svar.csv"
    path.write_bytes(written([names, *rows], *dialect))
    found = read_grid(path)
    assert found.rows == [names, *rows]


def test_ansi_is_told_with_the_letters_to_check(grid):
    """The letters alone: the word that they stand in may be a name."""
    (remark,) = grid("navn;ønske\nSøren;æble".encode("cp1252")).remarks
    assert (remark.rule, remark.value) == ("encoding_assumed", "ø, æ")
    assert grid("navn;ønske\nBo;æble").remarks == ()


def test_the_delimiter_that_excel_is_told_counts(grid):
    found = grid("sep=;\nnavn;alder\nBo;1,5\n")
    assert found.rows == [["navn", "alder"], ["Bo", "1,5"]]
    assert found.lines == [2, 3]


def test_decimal_commas_are_no_delimiters(grid):
    assert grid("a;b\n1,5;2,5\n3,5;4,5\n").rows[1] == ["1,5", "2,5"]


def test_two_delimiters_that_both_fit_are_told(grid):
    found = grid("hus, have;by, land\n1,5;2\n2,5;3\n")
    assert found.rows == [["hus, have", "by, land"], ["1,5", "2"], ["2,5", "3"]]
    assert found.remarks == ()
    found = grid("a,b;c\n1,2;3\n")
    assert [remark.rule for remark in found.remarks] == ["delimiter_unclear"]
    assert found.remarks[0].value == "semicolon, comma"


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (b"", ["empty", "Remedy: export it again"]),
        (b"\xef\xbb\xbf \r\n", ["empty"]),
        (b"en linje prosa\nog en til\n", ["two columns or more", "row 1"]),
        (b'a;b\n"x" y;2\n', ["row 2", "quotes"]),
        (b'a;b\n1;2\n"x;2\n3;4\n', ["row 3", "quotes"]),
        (b"a;b\n1;\x812\n", ["UTF-8", "0x81"]),
        (b"a;b\n1;\x00\x012\n", ["text"]),
        (b"\xff\xfea\x00;\x00\x00\xd8;\x00", ["broken UTF-16"]),
    ],
)
def test_what_is_no_table_is_refused(grid, content, parts):
    tells(refusal(grid, content), "svar.csv", *parts)


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("a;b\n1;2;3\n4;5\n", ["row 2", "3 cells", "a row has 2 cells"]),
        ("a;b;c\n1;2;3\n4;5\n", ["row 3", "2 cells", "a row has 3 cells"]),
        ("a;b;a\n1;2;3\n", ["row 1", "'a'", "used once", "Remedy: rename"]),
        ("a;b\n", ["answers below its names"]),
        ("a;b\n;\n;\n", ["answers below its names"]),
    ],
)
def test_a_table_with_a_flaw_is_refused_with_its_row(grid, content, parts):
    tells(refusal(lambda: table(grid(content))), "svar.csv", *parts)


def test_empty_cells_columns_and_rows_at_the_ends_are_left_out_and_told(grid):
    content, remarks = table(grid("a;b;\n1;2;;\n;;\n3;4;\n;;\n\n;;\n"))
    assert content.to_dict("list") == {"a": ["1", "", "3"], "b": ["2", "", "4"]}
    assert list(content.index) == [2, 3, 4]
    assert {(remark.rule, remark.value) for remark in remarks} == {
        ("empty_cells", ""),
        ("empty_rows", "2"),
    }


def test_a_column_with_answers_and_no_name_gets_one(grid):
    content, remarks = table(grid(";a\n1;2\n"))
    assert list(content) == ["column 1", "a"]
    assert [(remark.rule, remark.value) for remark in remarks] == [("unnamed_column", "column 1")]


@pytest.mark.parametrize(
    "text",
    [
        "Alder\n31\n40\n",
        "Alder\n1,5\n2,25\n3\n",
        "Hvad synes du?\nGodt, men langt; og koldt\nGodt\nVarmt, rart, sjovt\n",
        '"Svar"\n"a;b"\n"Ja,nej"\n',
    ],
)
def test_one_column_that_nothing_divides_is_a_table(text):
    assert {len(row) for row in one_column(text, "svar.csv").rows} == {1}


@pytest.mark.parametrize(
    "text",
    ["a;b\n1;2\n", "Udtræk\n\na,b\n1,2\n", "Udtræk\na, b\n1, 2\n", "a\tb\n1\t2\n", "en linje\n"],
)
def test_what_is_divided_is_no_single_column(text):
    assert one_column(text, "svar.csv") is None


def test_a_vertical_bar_may_divide_cells_that_hold_other_signs(tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text("Hvilke?|Ok\nKaffe; Te|Ja\nKaffe|Nej\n", "utf-8")
    assert read_grid(file).rows == [["Hvilke?", "Ok"], ["Kaffe; Te", "Ja"], ["Kaffe", "Nej"]]


@pytest.mark.parametrize(
    "text",
    [
        "På en skala, hvor tilfreds er du?\n5\n4\n3\n",
        "Hvad er vigtigst, synes du?\nMad; ro\nRo; mad\nMad; ro\n",
    ],
)
def test_a_heading_with_a_comma_is_one_column_where_the_answers_have_none(text):
    assert one_column(text, "svar.csv").rows[0] == [text.partition("\n")[0]]
