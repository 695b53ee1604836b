"""exchange.reading.rereading: what the owner of a file says of its questions, in any format."""

import pandas as pd
import pyreadstat
import pytest
from exports import written
from refusals import refusal, tells

from evaluation.exchange.reading.recognise import read_export


@pytest.fixture
def labelled(tmp_path):
    pyreadstat.write_sav(
        pd.DataFrame({"sex": [1.0, 2.0, 1.0], "pay": [1.0, 2.0, 2.0], "said": ["a", "b", ""]}),
        tmp_path / "a.sav",
        column_labels={"sex": "Are you a man?"},
        variable_value_labels={"sex": {1: "Yes", 2: "No"}},
    )
    return tmp_path / "a.sav"


@pytest.mark.parametrize(
    ("readings", "kind", "cells"),
    [
        ({"sex": "text"}, "text", ["Yes", "No", "Yes"]),
        ({"Are you a man?": "text"}, "text", ["Yes", "No", "Yes"]),
        ({"sex": "options"}, "single", ["1", "2", "1"]),
        ({"pay": "text"}, "text", ["1", "2", "2"]),
        ({"pay": "options"}, "single", ["1", "2", "2"]),
        ({"pay": "number"}, "number", ["1", "2", "2"]),
        ({"said": "options"}, "single", ["a", "b", ""]),
    ],
)
def test_a_question_is_of_the_type_that_its_owner_says(labelled, readings, kind, cells):
    (name,) = readings
    name = "sex" if name not in ("pay", "said") else name
    export = read_export(labelled, readings)
    assert export.codebook.questions[name].type == kind
    assert list(export.responses[name]) == cells


@pytest.mark.parametrize("reading", ["identity", "technical", "weight"])
def test_a_question_that_its_owner_keeps_apart_is_none(labelled, reading):
    export = read_export(labelled, {"sex": reading})
    assert list(export.codebook.questions) == ["pay", "said"] == list(export.responses)
    assert list(export.background["sex"]) == ["Yes", "No", "Yes"]


@pytest.mark.slow
def test_a_column_that_is_not_there_is_refused_and_the_remedy_works(labelled):
    tells(refusal(read_export, labelled, {"gender": "text"}), "column gender", "one of sex, pay")
    assert read_export(labelled, {"sex": "text"}).codebook.questions["sex"].type == "text"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["said", "sex"])
def test_words_are_no_numbers_whoever_says_so(labelled, name):
    value = {"said": "a", "sex": "Yes"}[name]
    tells(refusal(read_export, labelled, {name: "number"}), "row 1", f"column {name}", value)
    assert read_export(labelled, {name: "text"}).codebook.questions[name].type == "text"


def test_words_are_no_numbers_in_a_table_either(tmp_path):
    rows = [["Alder", "Er I med?"], ["31", "Ja"], ["mange", "Nej"], ["22", "Ja"]]
    path = tmp_path / "svar.csv"
    path.write_bytes(written(rows, ";", "utf-8"))
    tells(refusal(read_export, path, {"Alder": "number"}), "row 3, column Alder", "mange")
    assert read_export(path, {"Alder": "text"}).codebook.questions["alder"].type == "text"
