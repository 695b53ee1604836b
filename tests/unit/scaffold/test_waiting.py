"""new, add-wave: questions without answers make a folder that waits, and is whole with these."""

import shutil

import pandas as pd
import pyreadstat
import pytest
from exports import sample, write_workbook, written
from limesurvey_files import structure
from refusals import refusal, tells

from evaluation.cli import main
from evaluation.project.folder import Folder
from evaluation.scaffold.folder import create
from evaluation.scaffold.wave import add_wave
from evaluation.survey import responses
from evaluation.survey.check import check

pytestmark = pytest.mark.slow

COMPARED = ("data/raw/codebook.yml", "data/raw/survey.csv", "data/raw/open_answers.csv")


def surveyxact(folder):
    source = sample("surveyxact", "ex_survey2_semicolon_ansi")
    for name in ("structure.csv", "labels.csv"):
        shutil.copy(source / name, folder / name)
    return lambda: shutil.copy(source / "dataset.csv", folder / "dataset.csv")


def xlsform(folder):
    form = {
        "survey": [
            ["type", "name", "label"],
            ["select_one yesno", "useful", "Was it useful?"],
            ["integer", "age", "How old are you?"],
            ["text", "more", "Anything else?"],
        ],
        "choices": [["list_name", "name", "label"], ["yesno", "y", "Yes"], ["yesno", "n", "No"]],
    }
    write_workbook(folder / "form.xlsx", form)
    rows = [["useful", "age", "more"], ["y", "31", "No"], ["n", "40", ""], ["y", "22", ""]]
    return lambda: (folder / "answers.csv").write_bytes(written(rows, ",", "utf-8"))


def limesurvey(folder):
    structure(
        folder / "survey.lss",
        [
            {"code": "q1", "type": "Y", "text": "Was it useful?"},
            {"code": "q2", "type": "N", "text": "How old are you?"},
        ],
        languages=("en",),
    )
    rows = [["id", "submitdate", "q1", "q2"]]
    rows += [[str(at), "2025-01-01 10:00:00", "Y", str(30 + at)] for at in range(4)]
    return lambda: (folder / "answers.csv").write_bytes(written(rows, ",", "utf-8"))


def redcap(folder):
    header = [
        *("Variable / Field Name", "Field Type", "Field Label"),
        "Choices, Calculations, OR Slider Labels",
    ]
    fields = [
        ["record_id", "text", "Record ID", ""],
        ["useful", "radio", "Was it useful?", "1, Yes | 2, No"],
        ["more", "notes", "Anything else?", ""],
    ]
    (folder / "dictionary.csv").write_bytes(written([header, *fields], ",", "utf-8"))
    rows = [["record_id", "useful", "more"], ["1", "1", "Fine"], ["2", "2", ""]]
    return lambda: (folder / "records.csv").write_bytes(written(rows, ",", "utf-8"))


def spss(folder):
    def write(rows):
        pyreadstat.write_sav(
            pd.DataFrame({"useful": rows, "age": [20.0 + row for row in rows]}, dtype=float),
            folder / "a.sav",
            column_labels={"useful": "Was it useful?"},
            variable_value_labels={"useful": {1: "Yes", 2: "No"}},
        )

    write([])
    return lambda: write([1.0, 2.0, 1.0, 1.0])


FORMATS = [
    *(xlsform, limesurvey, redcap, spss, surveyxact),
]


def source(folder):
    files = list(folder.iterdir())
    return files[0] if len(files) == 1 and files[0].suffix == ".sav" else folder


@pytest.mark.parametrize("asked", FORMATS)
def test_a_folder_waits_for_answers_and_is_the_same_with_them(asked, tmp_path):
    export = tmp_path / "export"
    export.mkdir()
    answer = asked(export)
    told = create(tmp_path / "waits", source(export))
    tells("\n".join(told), "add-wave")
    folder = Folder(tmp_path / "waits")
    (problem,) = [each for each in check(folder) if each.severity == "error"]
    tells(problem.remedy, "evaluation add-wave FOLDER --from")
    rows = folder.read_survey()
    tells(
        refusal(responses.responses, rows, folder.codebook(), folder.survey()),
        "evaluation add-wave",
    )
    # what the remedy says
    answer()
    told = add_wave(folder.root, source(export))
    create(tmp_path / "whole", source(export))
    whole = Folder(tmp_path / "whole")
    for file in COMPARED:
        assert (folder.root / file).read_text("utf-8") == (whole.root / file).read_text("utf-8")
    assert folder.config() == whole.config()
    notebooks = {path.relative_to(whole.root) for path in whole.root.rglob("*.ipynb")}
    assert {path.relative_to(folder.root) for path in folder.root.rglob("*.ipynb")} == notebooks
    for path in notebooks:
        assert (folder.root / path).read_bytes() == (whole.root / path).read_bytes()
    assert not [each for each in check(folder) if each.severity == "error"]


def test_the_first_answers_keep_what_was_written_while_the_folder_waited(tmp_path):
    export = tmp_path / "export"
    export.mkdir()
    answer = xlsform(export)
    create(tmp_path / "waits", export)
    config, front = tmp_path / "waits" / "evaluation.yml", tmp_path / "waits" / "index.ipynb"
    config.write_text(
        config.read_text("utf-8").replace("population: null", "population: 50"), "utf-8"
    )
    front.write_text(front.read_text("utf-8").replace("# Overview", "# Our report"), "utf-8")
    codebook = tmp_path / "waits" / "data/raw/codebook.yml"
    codebook.write_text(
        codebook.read_text("utf-8").replace("Was it useful?", "Was it of use to you?"), "utf-8"
    )
    answer()
    assert main(["add-wave", str(tmp_path / "waits"), "--from", str(export)]) == 0
    folder = Folder(tmp_path / "waits")
    assert folder.config().population == 50 and "# Our report" in front.read_text("utf-8")
    assert folder.codebook().questions["useful"].label["en"] == "Was it of use to you?"
    assert sorted(folder.read_survey()["useful"]) == ["n", "y", "y"]


def test_a_key_that_comes_with_the_first_answers_is_kept(tmp_path):
    export = tmp_path / "export"
    export.mkdir()
    answer = xlsform(export)
    create(tmp_path / "waits", export)
    answer()
    add_wave(tmp_path / "waits", export, key="age")
    folder = Folder(tmp_path / "waits")
    assert folder.config().key == "age"
    assert set(folder.read_survey()["respondent"]) == {"31", "40", "22"}
