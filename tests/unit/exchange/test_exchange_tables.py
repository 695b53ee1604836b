"""exchange.reading.tables and exchange.reading.workbooks: a plain table becomes answers and a draft
of a codebook."""

from datetime import datetime

import pytest
from exports import told, write_workbook, written
from refusals import refusal, tells

from evaluation.base.errors import InputError
from evaluation.exchange.reading import workbooks
from evaluation.exchange.reading.recognise import read_export
from evaluation.exchange.reading.workbooks import read_sheets

HEADER = [
    "Respondent",
    "Er I med?",
    "Gør I: sport",
    "Gør I: mad",
    "Alder",
    "Start",
    "Hvad mangler?",
]
ANSWERS = [
    ["r1", "Ja", "1", "0", "12,5", "31-03-2025", "Mere tid, og et kort til kommunen"],
    ["r2", "Nej", "0", "0", "7", "", ""],
    ["r3", "Ja", "", "", "", "01-04-2025", "Flere hænder"],
    ["r4", "Ja", "0", "1", "40", "", "=2+2"],
]


@pytest.fixture
def export(tmp_path):
    def read(rows, delimiter=";", encoding="utf-8", name="svar.csv"):
        path = tmp_path / name
        path.write_bytes(written(rows, delimiter, encoding))
        return read_export(path)

    return read


@pytest.mark.slow
def test_columns_become_questions_of_the_type_their_cells_have(export):
    found = export([HEADER, *ANSWERS])
    questions = found.codebook.questions
    assert {name: question.type for name, question in questions.items()} == {
        "er_i_med": "single",
        "goer_i": "multiple",
        "alder": "number",
        "start": "text",
        "hvad_mangler": "text",
    }
    assert questions["er_i_med"].question == {"da": "Er I med?"}
    assert questions["goer_i"].question == {"da": "Gør I"}
    assert [option.label["da"] for option in questions["goer_i"].options] == ["sport", "mad"]
    assert found.responses.iloc[0].to_dict() == {
        "er_i_med": "ja",
        "goer_i.sport": "1",
        "goer_i.mad": "0",
        "alder": "12.5",
        "start": "2025-03-31",
        "hvad_mangler": "Mere tid, og et kort til kommunen",
    }
    assert list(found.responses["goer_i.mad"]) == ["0", "0", "", "1"]
    assert list(found.respondents) == ["r1", "r2", "r3", "r4"]
    assert told(found, "identity") == [("Respondent", "")]


@pytest.mark.parametrize(
    ("names", "question", "codes"),
    [
        (["Hvad? [Mad]", "Hvad? [Råd]"], "hvad", ["mad", "raad"]),
        (["gruppe/mad", "gruppe/råd"], "gruppe", ["mad", "raad"]),
        (["Hvad - mad", "Hvad - råd"], "hvad", ["mad", "raad"]),
        (["v_1_1", "v_1_2"], "v_1", ["1", "2"]),
        (["hvad.mad", "hvad.råd"], "hvad", ["mad", "raad"]),
    ],
)
def test_neighbours_of_0_and_1_with_one_stem_are_one_question(export, names, question, codes):
    found = export([["x", *names], ["a", "1", "0"], ["b", "0", "1"]])
    assert found.codebook.questions[question].codes == codes
    assert list(found.responses[f"{question}.{codes[0]}"]) == ["1", "0"]


def test_columns_with_one_stem_and_other_answers_stay_apart(export):
    found = export([["a_1", "a_2"], ["1", "2"], ["0", "1"]])
    assert {question.type for question in found.codebook.questions.values()} == {"number"}
    assert told(found, "number_or_code") == []


def test_few_whole_numbers_given_by_several_may_be_codes_and_are_told(export):
    found = export([["score", "x"], *[[value, "a"] for value in "1122"]])
    assert told(found, "number_or_code") == [("score", "1, 2")]


def test_many_or_long_texts_are_text(export):
    long = "et langt svar " * 8
    found = export([["kort", "langt"], *[[f"svar {at}", long] for at in range(9)]])
    assert {question.type for question in found.codebook.questions.values()} == {"text"}


def test_the_order_of_the_rows_does_not_change_the_codebook(export):
    header, rows = ["x", "svar"], [["a", "Tit"], ["b", "Af og til"], ["c", "Tit"]]
    assert export([header, *rows]).codebook == export([header, *rows[::-1]]).codebook


def test_answers_that_are_nearly_the_same_are_kept_apart_and_told(export):
    found = export(
        [["svar", "x"], *[[value, "1"] for value in ("Ja", "ja", "Ja", "ja", "Nej", "Nej")]]
    )
    assert found.codebook.questions["svar"].codes == ["ja", "ja_2", "nej"]
    assert told(found, "options_alike") == [("svar", "Ja, ja")]


def test_days_that_can_be_read_two_ways_stay_as_they_are_and_are_told(export):
    found = export([["dag", "x"], ["01-02-2025", "a"], ["03-04-2025", "b"]])
    assert list(found.responses["dag"]) == ["01-02-2025", "03-04-2025"]
    assert told(found, "day_unclear") == [("dag", "")]


def test_an_empty_column_is_left_out_and_told(export):
    found = export([["a", "b", "c"], ["1", "", "2"], ["3", "", "4"]])
    assert list(found.responses) == ["a", "c"]
    assert told(found, "empty_column") == [("b", "")]


def test_names_of_columns_that_the_responses_need_are_given_way_to(export):
    found = export([["wave", "origin"], ["1", "a"], ["2", "b"]])
    assert list(found.responses) == ["wave_2", "origin_2"]


# workbooks


def test_cells_of_a_workbook_are_written_as_text(tmp_path):
    moment = datetime(2025, 3, 31, 10, 15)
    row = [1, 2.0, 0.1, 1e-7, 10**15, True, moment, datetime(2025, 3, 31), " a\r\nb ", None]
    (grid,) = read_sheets(write_workbook(tmp_path / "a.xlsx", {"x": [row]})).values()
    assert grid.rows == [
        [
            *["1", "2", "0.1", "0.0000001", "1000000000000000", "1"],
            *["2025-03-31 10:15:00", "2025-03-31", "a\nb"],
        ]
    ]


def test_empty_columns_at_the_right_are_no_matter(tmp_path):
    rows = [["Køn", "Alder", "", "", ""], *[["M", str(at), "", "", ""] for at in range(20, 30)]]
    path = tmp_path / "a.csv"
    path.write_bytes(written(rows, ";", "utf-8"))
    assert list(read_export(path).codebook.questions) == ["koen", "alder"]


def test_a_small_sheet_before_the_answers_is_left_out(tmp_path):
    rows = [["Er I med?", "Alder"], *[["Ja", str(at)] for at in range(20, 40)]]
    path = write_workbook(tmp_path / "a.xlsx", {"Pivot": [["Antal", "Ja"], [20, 20]], "Data": rows})
    found = read_export(path)
    assert len(found.responses) == 20
    assert told(found, "other_sheets") == [("a.xlsx, sheet Data", "Pivot")]


def test_other_sheets_are_left_out_and_told(tmp_path):
    sheets = {"Tom": [], "Svar": [["a", "b"], [1, 2]], "Noter": [["x"]]}
    found = read_export(write_workbook(tmp_path / "a.xlsx", sheets))
    assert list(found.responses) == ["a", "b"]
    assert told(found, "other_sheets") == [("a.xlsx, sheet Svar", "Noter")]


@pytest.mark.slow
def test_a_title_above_the_names_is_passed_over_and_told(tmp_path):
    rows = [["Undersøgelsen 2025"], ["a", "b", "c"], [1, 2, 3], [4, 5, 6]]
    found = read_export(write_workbook(tmp_path / "a.xlsx", {"x": rows}))
    assert list(found.responses) == ["a", "b", "c"]
    assert told(found, "notes_left_out") == [("a.xlsx, sheet x", "Undersøgelsen 2025")]


def test_a_formula_that_was_never_computed_is_refused(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", {"x": [["a", "b"], [1, "=A2+1"]]})
    tells(refusal(read_export, path), "sheet x, row 2", "'=A2+1'", "Remedy: open the workbook")


def test_a_workbook_without_answers_is_refused(tmp_path):
    tells(refusal(read_export, write_workbook(tmp_path / "a.xlsx", {"x": []})), "a.xlsx")
    tells(refusal(read_export, write_workbook(tmp_path / "b.xlsx", {"x": [["a", "b"]]})), "b.xlsx")


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "LARGEST", 1 << 10)
    path = write_workbook(tmp_path / "a.xlsx", {"x": [["a", "b"], [1, 2]]})
    tells(refusal(read_sheets, path), "a.xlsx", "unpacks to 0 MB", "Remedy: export the answers")


def test_a_workbook_with_damage_inside_is_refused(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", {"x": [["a", "b"], [1, 2]]})
    content = path.read_bytes()
    place = content.index(b"xl/worksheets/sheet1.xml") + 60
    path.write_bytes(content[:place] + b"\x00" * 40 + content[place + 40 :])
    tells(refusal(read_export, path), "a.xlsx", "whole Excel workbook")


@pytest.mark.slow
def test_damage_anywhere_in_a_workbook_is_no_harm_or_refused(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", {"x": [["a", "b"], [1, 2]]})
    content = path.read_bytes()
    for place in range(0, len(content), 61):
        path.write_bytes(content[:place] + b"\x00\xff\x07" + content[place + 3 :])
        try:
            assert list(read_export(path).responses) == ["a", "b"]
        except InputError as error:
            assert "a.xlsx" in str(error)
