"""exchange.reading.sas: data sets with their catalogue (real ones: no library writes them), and
transport files, which hold neither labels of values nor long texts.
"""

import zipfile
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from exports import rules, told
from refusals import refusal, tells

from evaluation.exchange.reading.recognise import read_export

REAL = Path(__file__).parents[2] / "data" / "sas" / "haven.zip"
NOTHING = float("nan")


def real(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(REAL) as archive:
        for name in names:
            archive.extract(name, folder)
    return folder


def labels(export, name):
    return [option.label[export.language] for option in export.codebook.questions[name].options]


@pytest.mark.slow
def test_a_data_set_beside_its_catalogue_has_labels(tmp_path):
    folder = real(tmp_path / "a", "hadley.sas7bdat", "formats.sas7bcat")
    export = read_export(folder)
    assert export.format == "SAS (.sas7bdat, .xpt)"
    assert labels(export, "workshop") == ["R", "SAS"]
    assert labels(export, "gender") == ["Female", "Male"]
    assert list(export.responses["gender"])[:5] == ["f", "f", "f", "", "m"]
    assert list(export.respondents) == [str(each) for each in range(1, 9)]
    assert export.codebook.questions["q1"].question == {"en": "The instructor was well prepared"}


@pytest.mark.slow
def test_a_data_set_alone_says_where_its_labels_are_and_the_remedy_works(tmp_path):
    folder = real(tmp_path / "a", "hadley.sas7bdat")
    export = read_export(folder / "hadley.sas7bdat")
    assert told(export, "labels_elsewhere") == [("workshop", "WORKSHOP"), ("gender", "$GENDER")]
    again = read_export(real(folder, "formats.sas7bcat"))
    assert told(again, "labels_elsewhere") == []


@pytest.mark.slow
def test_a_catalogue_alone_is_refused_by_its_name_and_the_remedy_works(tmp_path):
    folder = real(tmp_path / "a", "formats.sas7bcat")
    for path in (folder, folder / "formats.sas7bcat"):
        tells(refusal(read_export, path), "SAS catalogue", "data set", "Remedy: put the catalogue")
    assert len(read_export(real(folder, "hadley.sas7bdat")).responses) == 8


def test_special_missing_values_are_no_answers_and_told(tmp_path):
    folder = real(tmp_path / "a", "tagged-na.sas7bdat", "tagged-na.sas7bcat")
    export = read_export(folder)
    assert told(export, "missing_not_counted") == [("x", ".A = Apple × 1, .H × 1, .Z = Zebra × 1")]
    assert list(export.responses["x"]) == ["1", "2", "3", "4", "5", "", "", ""]


def test_days_and_times_are_written_by_their_format(tmp_path):
    real(tmp_path, "datetime.sas7bdat")
    export = read_export(tmp_path / "datetime.sas7bdat")
    assert export.background.iloc[0].to_list() == ["2015-02-02 14:42:12"]
    assert export.responses.iloc[0].to_list() == [*["2015-02-02"] * 3, "14:42:12"]


@pytest.mark.parametrize("version", [5, 8])
def test_a_transport_file_is_read_as_any_table(tmp_path, version):
    table = pd.DataFrame(
        {
            "Q1": ["Nord", "Syd", "Nord", "Syd", "Nord", "Syd"] * 2,
            "Q2": [1.5, NOTHING, 3.0, 4.0, 5.0, 6.0] * 2,
            "MAIL": [f"navn{each}@eksempel.dk" for each in range(12)],
        }
    )
    path = tmp_path / "svar.csv"
    pyreadstat.write_xport(
        table, path, file_format_version=version, column_labels={"Q1": "Hvor bor du?"}
    )
    export = read_export(path)
    assert list(export.codebook.questions) == ["q1", "q2"]
    assert export.codebook.questions["q1"].question == {"da": "Hvor bor du?"}
    assert labels(export, "q1") == ["Nord", "Syd"]
    assert list(export.responses["q2"])[:3] == ["1.5", "", "3"]
    assert "identity_beside" in rules(export)


@pytest.mark.parametrize("name", ["hadley.sas7bdat", "formats.sas7bcat"])
def test_what_is_cut_off_is_refused_by_the_name_of_its_format(tmp_path, name):
    folder = real(tmp_path / "a", "hadley.sas7bdat", "formats.sas7bcat")
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: len(content) // 3])
    tells(refusal(read_export, folder), name, "whole SAS data", "Remedy: ")
