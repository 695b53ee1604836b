"""exchange.reading.stata: labels, extended missing values, days and periods, in written and real
files."""

import pandas as pd
import pyreadstat
import pytest
from exports import rules, told
from refusals import refusal, tells
from source_packages import samples

from evaluation.exchange.reading.recognise import read_export
from evaluation.exchange.reading.stata import read, recognises

NOTHING = float("nan")


def write(path, columns: dict, **described):
    pyreadstat.write_dta(pd.DataFrame(columns), path, **described)
    return path


def labels(export, name):
    return [option.label[export.language] for option in export.codebook.questions[name].options]


def test_extended_missing_values_are_no_answers_and_told_with_their_labels(tmp_path):
    path = write(
        tmp_path / "a.dta",
        {"x": [1.0, 2.0, "a", "b", "a", NOTHING]},
        column_labels={"x": "Hvor tilfreds er du?"},
        variable_value_labels={"x": {1: "Meget", 2: "Slet ikke", "a": "Ønsker ikke at svare"}},
        missing_user_values={"x": ["a", "b"]},
    )
    export = read_export(path)
    assert export.format == "Stata (.dta)"
    assert list(export.responses["x"]) == ["1", "2", "", "", "", ""]
    assert labels(export, "x") == ["Meget", "Slet ikke"]
    assert told(export, "missing_not_counted") == [("x", ".a = Ønsker ikke at svare × 2, .b × 1")]


@pytest.mark.parametrize("version", [8, 10, 12, 13, 14, 15])
def test_every_version_of_the_file_is_known_by_its_content(tmp_path, version):
    path = tmp_path / "a.csv"
    table = pd.DataFrame({"X1": [1.0, 2.0], "X2": ["Ja", "Nej"]})
    pyreadstat.write_dta(table, path, version=version, variable_value_labels={"X1": {1: "Nord"}})
    assert recognises(path)
    assert list(read_export(path).responses["x2"]) == ["Ja", "Nej"]


@pytest.mark.parametrize(
    ("format", "number", "written"),
    [
        *[("%td", 23831.0, "2025-03-31"), ("%tdDD/NN/CCYY", 23831.0, "2025-03-31")],
        *[("%d", 23831.0, "2025-03-31"), ("%-td", -1.0, "1959-12-31")],
        *[("%tc", 2059045509000.0, "2025-03-31 13:05:09"), ("%tm", 782.0, "2025-03")],
        *[("%tq", 261.0, "2025-Q2"), ("%th", -1.0, "1959-H2"), ("%tw", 3393.0, "2025-W14")],
        *[("%ty", 2025.0, "2025"), ("%9.0g", 2025.5, "2025.5")],
    ],
)
def test_days_and_periods_are_written_by_their_format(tmp_path, format, number, written):
    path = write(
        tmp_path / "a.dta",
        {"x": [number, NOTHING], "y": [1.0, 2.0]},
        column_labels={"x": "Hvornår?"},
        variable_format={"x": format},
        # with a label somewhere the variables are what the file says of them
        variable_value_labels={"y": {1: "Nord", 2: "Syd"}},
    )
    assert list(read(path).responses["x"]) == [written, ""]


def test_numbers_of_four_bytes_have_no_more_digits_than_they_tell(tmp_path):
    path = tmp_path / "a.dta"
    table = pd.DataFrame({"timer": [0.2, 3.1, NOTHING]}, dtype="float32")
    table.to_stata(path, write_index=False)
    assert list(read(path).responses["timer"]) == ["0.2", "3.1", ""]


def test_a_file_without_labels_is_read_as_any_table(tmp_path):
    columns = {
        "email": [f"navn{each}@eksempel.dk" for each in range(6)],
        "sted": ["Nord", "Syd", "Nord", "Syd", "Nord", "Syd"] * 1,
    }
    path = write(tmp_path / "a.dta", {name: cells * 3 for name, cells in columns.items()})
    export = read_export(path)
    assert list(export.codebook.questions) == ["sted"]
    assert labels(export, "sted") == ["Nord", "Syd"]
    assert "identity_beside" in rules(export)
    assert read_export(path, {"sted": "text"}).codebook.questions["sted"].type == "text"


@pytest.mark.parametrize("labels", [{}, {"sted": {1: "Nord", 2: "Syd"}}])
def test_who_a_person_is_is_kept_out_with_labels_and_without(tmp_path, labels):
    path = write(
        tmp_path / "a.dta",
        {
            "mail": [f"navn{each}@eksempel.dk" for each in range(8)],
            "ip": [f"10.0.0.{each}" for each in range(8)],
            "cpr": [f"01019{each}-123{each}" for each in range(8)],
            "sted": [1.0, 2.0] * 4,
        },
        variable_value_labels=labels,
    )
    export = read_export(path)
    assert list(export.codebook.questions) == ["sted"]
    assert set(export.background) == {"mail", "ip", "cpr"}


def test_options_with_a_variable_each_are_one_question(tmp_path):
    path = write(
        tmp_path / "a.dta",
        {
            "m_1": [1.0, NOTHING, NOTHING],
            "m_2": [1.0, 1.0, NOTHING],
            "ja_1": [1.0, 2.0, 1.0],
            "ja_2": [2.0, 1.0, 1.0],
        },
        column_labels={
            **{"m_1": "Hvad læser du? - Selected Choice Avis", "m_2": "Hvad læser du? - Bøger"},
            **{"ja_1": "Har du? - Bil", "ja_2": "Har du? - Hus"},
        },
        variable_value_labels={
            **{"m_1": {1: "Avis"}, "m_2": {1: "Bøger"}},
            **{"ja_1": {1: "Ja", 2: "Nej"}, "ja_2": {1: "Ja", 2: "Nej"}},
        },
    )
    export = read(path)
    assert list(export.codebook.questions) == ["hvad_laeser_du", "ja_1", "ja_2"]
    assert labels(export, "hvad_laeser_du") == ["Avis", "Bøger"]
    ticks = export.responses[["hvad_laeser_du.avis", "hvad_laeser_du.boeger"]]
    assert ticks.to_numpy().tolist() == [["1", "1"], ["0", "1"], ["", ""]]


def test_a_damaged_file_is_refused_by_the_name_of_its_format(tmp_path):
    path = write(tmp_path / "a.dta", {"x": [1.0, 2.0] * 50})
    path.write_bytes(path.read_bytes()[:300])
    tells(refusal(read_export, path), "a.dta", "whole Stata file", "Remedy: save it again")


@pytest.mark.slow
def test_every_real_file_is_read(tmp_path):
    files = samples("linearmodels", ".dta")
    assert len(files) == 4
    for path in files.values():
        export = read_export(path)
        assert len(export.responses) > 100, path
        assert {question.type for question in export.codebook.questions.values()} <= {
            *("number", "single", "text")
        }
