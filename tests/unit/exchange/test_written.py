"""What was read is written: a codebook and rows that read back to the same, and every remark."""

import re
from pathlib import Path

import pandas as pd
import pytest
from conftest import LANGUAGES
from exports import sample
from hypothesis import given, settings
from hypothesis import strategies as st
from refusals import refusal, tells
from ruamel.yaml import YAML
from test_surveyxact import write_trio

import evaluation
from evaluation.exchange.reading.export import Export, Remark
from evaluation.exchange.reading.recognise import read_export
from evaluation.project.codebook import (
    Codebook,
    Collapse,
    Group,
    Option,
    Question,
    load_codebook,
    write_codebook,
)
from evaluation.project.rows import read_rows
from evaluation.scaffold.rows import write_rows

PACKAGE = Path(evaluation.__file__).parent
BREAKS = st.sampled_from("\r\n\t\x85\u2028\u2029\ufeff :#-'\"{é")
TEXT = st.text(min_size=1, max_size=30) | st.text(BREAKS, min_size=1, max_size=6)


@pytest.fixture
def export(tmp_path):
    return read_export(write_trio(tmp_path / "eksport", ";", "cp1252"))


def read_back(codebook: Codebook, folder: Path, languages=("da",)) -> Codebook:
    write_codebook(codebook, folder / "codebook.yml")
    return load_codebook(folder / "codebook.yml", languages=languages)


@pytest.mark.slow
def test_the_codebook_of_an_export_reads_back_to_itself(export, tmp_path):
    assert read_back(export.codebook, tmp_path) == export.codebook
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["codebook.yml"]


@pytest.mark.slow
def test_the_codebook_of_the_repository_reads_back_to_itself(repository, tmp_path):
    codebook = load_codebook(repository / "data/raw/codebook.yml")
    assert read_back(codebook, tmp_path, LANGUAGES) == codebook


def test_every_field_of_a_codebook_is_written(tmp_path):
    yes = Option("1", {"da": "Ja"}, in_text={"da": "ja"})
    no, unsure = Option("0", {"da": "Nej"}), Option("minus_9", {"da": "?"}, off_scale=True)
    asked = Question(
        *("q", "ordinal", {"da": "Hvad?"}, {"da": "Hvad"}, (yes, no, unsure), "g"),
        headline=("1", "0"),
        note={"da": "Obs: { }"},
        elements=("e1",),
        section="3.2",
        collapse=(Collapse("alle", {"da": "Alle"}, ("1", "0")),),
        in_text={"da": "hvad"},
    )
    follow = Question("f", "text", {"da": "Fordi?"}, {"da": "Fordi"}, base=("q", "minus_9"))
    group = Group("g", {"da": "Stamme"}, {"da": "Stamme?"})
    codebook = Codebook({"g": group}, {"q": asked, "f": follow})
    assert read_back(codebook, tmp_path) == codebook


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.lists(TEXT, min_size=2, max_size=5))
def test_any_text_of_an_export_survives_the_file(tmp_path_factory, texts):
    options = tuple(Option(str(at), {"da": text}) for at, text in enumerate(texts))
    question = Question("q", "single", {"da": texts[0]}, {"da": texts[1]}, options)
    codebook = Codebook({}, {"q": question})
    assert read_back(codebook, tmp_path_factory.mktemp("texts")) == codebook


def rows_of(export: Export, folder: Path, wave: int = 1) -> pd.DataFrame:
    write_rows(export, folder / "survey.csv", wave)
    return read_rows(folder / "survey.csv", export.codebook, "survey.csv")


@pytest.mark.slow
def test_the_answers_of_an_export_are_the_rows_of_a_survey(export, tmp_path):
    rows = rows_of(export, tmp_path, wave=2)
    assert list(rows["respondent"]) == ["901", "902", "903"]
    assert list(rows["wave"]) == [2, 2, 2]
    numbers = ["s_5"]
    texts = export.responses.drop(columns=numbers)
    assert rows[texts.columns].reset_index(drop=True).equals(texts.reset_index(drop=True))
    assert list(rows["s_5"].astype(object).where(rows["s_5"].notna(), None)) == [12.5, 7.0, None]


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("æa\n\r,;\"'= \t", max_size=12).map(str.strip), min_size=1, max_size=4))
def test_any_answer_survives_the_file(tmp_path_factory, answers):
    answers = [answer.replace("\r\n", "\n").replace("\r", "\n") for answer in answers]
    question = Question("q", "text", {"da": "?"}, {"da": "?"})
    names = pd.Series([str(at) for at in range(len(answers))])
    responses = pd.DataFrame({"q": answers}, dtype=str)
    export = Export(responses, Codebook({}, {"q": question}), names, "da", "x")
    assert list(rows_of(export, tmp_path_factory.mktemp("rows"))["q"]) == answers


@pytest.mark.parametrize("cell", ["0", "-3", "2.5", "-0.25"])
def test_zero_and_numbers_below_it_are_answers(tmp_path, cell):
    question = Question("q", "number", {"da": "?"}, {"da": "?"})
    path = tmp_path / "survey.csv"
    path.write_text(f"respondent,wave,q\na,1,{cell}\n", "utf-8")
    rows = read_rows(path, Codebook({}, {"q": question}), "survey.csv")
    assert rows["q"].iloc[0] == float(cell)


def test_a_cell_that_is_no_number_is_refused(tmp_path):
    path = tmp_path / "survey.csv"
    path.write_text('respondent,wave,q\na,1,"1,5"\n', "utf-8")
    codebook = Codebook({}, {"q": Question("q", "number", {"da": "?"}, {"da": "?"})})
    message = refusal(read_rows, path, codebook, "survey.csv")
    tells(message, "survey.csv, row 2, column q", "'1,5'", "a number, with a point")


@pytest.mark.slow
def test_a_real_export_is_written_and_read_back(tmp_path):
    export = read_export(sample("surveyxact", "ex_survey2_tab_utf16"))
    assert read_back(export.codebook, tmp_path) == export.codebook
    rows = rows_of(export, tmp_path)
    assert len(rows) == 999
    assert (rows[export.responses.columns].to_numpy() == export.responses.to_numpy()).all()


# remarks


def remarked() -> set[str]:
    """The rules of all remarks that readers make, as far as they are written out in the code."""
    found = set()
    for path in (PACKAGE / "exchange" / "reading").glob("*.py"):
        found |= set(re.findall(r'\bRemark\(\s*"(\w+)"', path.read_text("utf-8")))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_remark_has_a_text_that_tells_what_it_was_given(language):
    texts = YAML(typ="safe").load(
        (PACKAGE / "language" / "locales" / language / "readers.yml").read_text("utf-8")
    )["remarks"]
    assert {"nothing_ticked", "respondent_repeated"} < remarked() <= set(texts)
    for rule in texts:
        told = Remark(rule, "HER", "DETTE").text(language)
        assert "HER" in told or "DETTE" in told
        assert told.endswith(".") and "{" not in told


def test_the_remarks_of_both_languages_are_the_same():
    danish, english = (
        YAML(typ="safe").load(
            (PACKAGE / "language" / "locales" / language / "readers.yml").read_text("utf-8")
        )
        for language in LANGUAGES
    )
    assert list(danish["remarks"]) == list(english["remarks"])
    for rule, text in danish["remarks"].items():
        fields = re.findall(r"{(\w+)}", text)
        assert sorted(fields) == sorted(re.findall(r"{(\w+)}", english["remarks"][rule])), rule


def test_a_remark_repeats_what_the_file_says_as_it_stands():
    assert "{value}{0}" in Remark("background", "b_1", "{value}{0}").text("en")
