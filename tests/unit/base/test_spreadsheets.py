"""base.spreadsheets: an answer that looks like a formula is text in every CSV, and reads back
so."""

import csv
import re

import pandas as pd
import pytest
from exports import written
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evaluation.base.spreadsheets import guard, guarded, unguard, write_csv
from evaluation.project.folder import Folder
from evaluation.project.tables import one_of, text
from evaluation.scaffold.folder import create
from evaluation.survey.check import table as check_table

# what OWASP lists: a cell that begins so is run as a formula
FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A1"]
HOSTILE = st.text("'=+-@\t\r\n;, a＝\ufeff\"", max_size=12)


@pytest.mark.slow
@settings(max_examples=500)
@given(HOSTILE | st.text())
@example("'=1")
@example("'\t'=1")
def test_every_text_comes_back_as_it_was(text):
    assert unguard(guard(text)) == text


@given(HOSTILE)
def test_no_cell_of_a_text_begins_as_a_formula_where_it_is_cut_at_semicolons(text):
    for cell in re.split("[;\t\r\n]", guard(text)):
        assert not cell.strip(" \ufeff").startswith(("=", "+", "-", "@", "＝"))


@pytest.mark.parametrize("text", [*FORMULAS, " =1", "\ufeff=1", "'=1", "''=1"])
def test_a_text_that_would_be_run_begins_with_an_apostrophe_more(text):
    assert guard(text).startswith("'") and len(guard(text)) > len(text)


@pytest.mark.parametrize(
    "words", ["", "Aarhus", "a=b", "12 - 14", "e-mail@adresse.dk", "'citat'", "s'-t", "10 + 2; 3"]
)
def test_ordinary_text_is_left_alone(words):
    assert guard(words) == words == unguard(words)


def test_numbers_days_and_truth_values_are_left_alone(tmp_path):
    table = pd.DataFrame(
        {
            "n": [-1, 2],
            "share": [-0.5, None],
            "day": pd.to_datetime(["2025-03-31", None]),
            "k": pd.array([-3, None], dtype="Int64"),
            "yes": pd.array([True, None], dtype="boolean"),
            "said": ["-1", None],
        }
    )
    write_csv(table, tmp_path / "t.csv")
    stored = (tmp_path / "t.csv").read_text("utf-8")
    assert stored == "n,share,day,k,yes,said\n-1,-0.5,2025-03-31,-3,True,'-1\n2,,,,,\n"
    pd.testing.assert_frame_equal(guarded(table).drop(columns="said"), table.drop(columns="said"))


def test_every_line_break_in_a_cell_is_inside_quotes(tmp_path):
    texts = ["a\rb", "a\nb", "a\r\nb", 'a "b", c', "\r"]
    write_csv(pd.DataFrame({"said": texts, "n": range(len(texts))}), tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, strict=True))
    assert [unguard(said) for said, _ in rows[1:]] == texts


def test_a_processed_table_is_safe_in_a_spreadsheet(repository, tmp_path):
    (tmp_path / "evaluation.yml").write_bytes((repository / "evaluation.yml").read_bytes())
    folder = Folder(tmp_path)
    folder.write("t", pd.DataFrame({"said": FORMULAS}))
    with (tmp_path / "data/processed/t.csv").open(encoding="utf-8", newline="") as stream:
        rows = [cell for (cell,) in csv.reader(stream)]
    assert all(cell.startswith("'") for cell in rows[1:])
    assert folder.read("t")["said"].tolist() == FORMULAS


@pytest.mark.slow
def test_a_new_folder_holds_the_answers_that_the_export_holds(tmp_path):
    said = ["=HYPERLINK(A1)", "'=1", "- ja", "@alle", "Godt; -nej", "＝1", *"abcdefghijkl"]
    rows = [["id", "Hvad vil du sige?", "Forskel"]]
    rows += [[str(at), text, str(-at)] for at, text in enumerate(said, start=1)]
    (tmp_path / "svar.csv").write_bytes(written(rows, ",", "utf-8"))
    create(tmp_path / "mit", tmp_path / "svar.csv")
    answers = Folder(tmp_path / "mit").read_survey()
    assert answers["hvad_vil_du_sige"].tolist() == said
    sheet = Folder(tmp_path / "mit").read_raw("open_answers")
    assert sheet["answer"].tolist() == said
    assert answers["forskel"].tolist() == [-at for at in range(1, len(said) + 1)]
    stored = (tmp_path / "mit/data/raw/survey.csv").read_text("utf-8")
    assert ",'=HYPERLINK(A1),-1\n" in stored and ",''=1,-2\n" in stored
    coded = (tmp_path / "mit/data/raw/open_answers.csv").read_text("utf-8")
    assert ",'=HYPERLINK(A1),,\n" in coded and ",''=1,,\n" in coded


def test_a_check_of_the_data_sees_the_answers_themselves(tmp_path):
    columns = {"said": text(), "code": one_of("a", "b")}
    table = pd.DataFrame({"said": ["=1+1", "'=1"], "code": ["a", "x"]})
    write_csv(table, tmp_path / "t.csv")
    read, problems = check_table.read(tmp_path / "t.csv", columns, ["said"], "t.csv", "here")
    assert read["said"].tolist() == ["=1+1", "'=1"]
    assert len(problems) == 1
