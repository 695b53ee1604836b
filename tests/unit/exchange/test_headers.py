"""exchange.reading.headers: headings in several lines, below notes, and repeated ones."""

import json

import pytest
from exports import told, written
from refusals import refusal, tells

from evaluation.exchange.reading.recognise import read_export

ROWS = [["1", "Ja", "31"], ["2", "Nej", "45"], ["3", "Ja", "52"]]


@pytest.fixture
def export(tmp_path):
    def read(rows, delimiter=";"):
        path = tmp_path / "svar.csv"
        path.write_bytes(written(rows, delimiter, "utf-8"))
        return read_export(path)

    return read


def wordings(export):
    return [next(iter(q.question.values())) for q in export.codebook.questions.values()]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("notes", [[["Udtræk 1. marts"]], [["Skema A"], ["hentet i går"]]])
def test_notes_above_the_names_are_passed_over(export, delimiter, notes):
    found = export([*notes, ["id", "Er I med?", "Alder"], *ROWS], delimiter)
    assert wordings(found) == ["Er I med?", "Alder"]
    assert told(found, "notes_left_out") == [("svar.csv", ", ".join(note for (note,) in notes))]


def test_a_line_of_import_ids_and_one_of_wordings_are_headings(export):
    ids = [json.dumps({"ImportId": name}) for name in ("_recordId", "QID1", "QID2_TEXT")]
    header = [["ResponseId", "Q1", "Q2"], ["Response ID", "Er I med?", "Hvor gammel er du?"], ids]
    found = export([*header, *ROWS])
    assert wordings(found) == ["Er I med?", "Hvor gammel er du?"]
    assert list(found.responses) == ["q1", "q2"]
    assert len(found.responses) == 3


def test_wordings_below_codes_are_headings_in_any_order_of_columns(export):
    header = [["Q2", "Q1", "id"], ["Hvor gammel er du?", "Er du med i klubben?", "Løbenummer"]]
    found = export([*header, *(row[::-1] for row in ROWS)])
    assert wordings(found) == ["Hvor gammel er du?", "Er du med i klubben?"]


@pytest.mark.parametrize("word", ["Response", "Svar", "Antwort", "Öppet svar"])
def test_options_below_one_name_are_of_one_question(export, word):
    header = [
        ["Respondent ID", "Er I med?", "Hvad laver I?", "", ""],
        ["", word, "Mad", "Sport", "Råd"],
    ]
    rows = [
        ["1", "Ja", "Mad", "", ""],
        ["2", "Nej", "", "Sport", ""],
        ["3", "Ja", "Mad", "", "Råd"],
    ]
    found = export([*header, *rows])
    several = found.codebook.questions["hvad_laver_i"]
    assert [next(iter(option.label.values())) for option in several.options] == [
        *("Mad", "Sport", "Råd")
    ]
    assert list(found.responses["hvad_laver_i.mad"]) == ["1", "0", "1"]


def test_a_name_that_several_columns_have_gets_a_number(export):
    found = export(
        [["id", "Kommentar", "Kommentar"], ["1", "godt nok", "bedre mad"]] * 1 + [["2", "fint", ""]]
    )
    assert wordings(found) == ["Kommentar", "Kommentar (2)"]
    assert told(found, "repeated_names") == [("svar.csv", "Kommentar")]


def test_a_first_row_of_answers_is_no_heading(export):
    rows = [
        ["Q1", "Q2", "Q3"],
        ["Jeg kan lide mad", "Nej", "4"],
        ["Nej", "Ja", "5"],
        ["Ja", "Ja", "3"],
    ]
    assert len(export(rows).responses) == 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "stems", [("Hvad laver I?", "Hvor ofte?"), ("What do you do?", "How often?")]
)
def test_questions_above_their_parts_are_no_notes(export, stems):
    """A line above the names stands above the first of each question's columns."""
    what, often = stems
    found = export(
        [
            [what, "", "", often, "", "Alder", ""],
            ["Mad", "Sport", "Råd", "Møder", "Ture", "", "Andet?"],
            *[["Ja", "Nej", "Nej", "Sjældent", "Ofte", str(at), ""] for at in range(3)],
            *[["Nej", "Ja", "Nej", "Ofte", "Aldrig", str(at), "x"] for at in range(20, 25)],
        ]
    )
    assert not told(found, "notes_left_out")
    assert wordings(found)[0] == what
    assert [q.type for q in found.codebook.questions.values()][:3] == [
        "multiple",
        "single",
        "single",
    ]
    assert len(found.responses) == 8


def test_a_column_without_a_name_makes_no_heading_of_the_first_answers(export):
    """As R writes the numbers of the rows."""
    rows = [[str(at), f"id{at}", ("Ja", "Nej")[at % 2], "", "Mest"] for at in range(1, 9)]
    found = export([["", "kode", "Er I med?", "tom", "Hvor?"], *rows])
    assert len(found.responses) == 8
    assert "Er I med?" in wordings(found)


def test_a_table_without_names_is_refused_and_read_when_it_has_some(export):
    rows = [
        ["1/5/2015 16:07:30", "Ja", "Mand"],
        *[
            ["1/6/2015 10:00:00", ("Ja", "Nej")[at % 2], ("Mand", "Kvinde")[at % 2]]
            for at in range(6)
        ],
    ]
    message = refusal(export, rows, ",")
    assert tells(message, "names its columns", "write a line with the names")
    assert "2015" not in message
    read = export([["Tidsstempel", "Er I med?", "Køn"], *rows], ",")
    assert len(read.responses) == 7


@pytest.mark.parametrize("code", ["{}", "{}[SQ001]"])
def test_a_code_before_each_wording_is_its_name(export, code):
    named = [("id", "Response ID"), ("lastpage", "Last page")]
    asked = [("Q1", "Er I med?"), ("Q2", "Hvor gammel er du?")]
    header = [f"{code.format(name)}. {text}" for name, text in (*named, *asked)]
    found = export([header, *[[str(at * 7), "3", "Ja", "31"] for at in range(1, 4)]])
    assert wordings(found) == ["Er I med?", "Hvor gammel er du?"]


@pytest.mark.parametrize("word", ["Response", "Besvarelse", "Antwort", "Svar"])
def test_the_names_of_few_questions_above_many_options_are_no_note(export, word):
    parts = ["Mad", "Sport", "Råd", "Ture", "Musik"]
    ticks = [[part if (row + at) % 2 else "" for at, part in enumerate(parts)] for row in range(6)]
    found = export(
        [
            ["Respondent ID", "Er I med?", "Hvad laver I?", *[""] * 4],
            ["", word, *parts],
            *([str(70 + row), "Ja" if row % 2 else "Nej", *ticks[row]] for row in range(6)),
        ]
    )
    assert not told(found, "notes_left_out")
    assert list(found.codebook.questions) == ["er_i_med", "hvad_laver_i"]
    assert len(found.responses) == 6
