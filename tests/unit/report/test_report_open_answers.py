"""Quotations of open answers as a chapter shows them."""

import pandas as pd
import pytest

from evaluation.project.folder import Folder
from evaluation.report.chapters import open_answers
from evaluation.report.report import open_report

CONFIG = """languages: [da, en]
population: 9
survey: data/raw/survey.csv
pipeline: [notebooks/10_survey.ipynb]
parameters: {language: {type: string}}
"""
CODEBOOK = """questions:
  - {id: wrote, type: text, question: {da: Hvad?, en: What?}, label: {da: Hvad, en: What}}
  - id: sorted
    type: multiple
    coding_of: wrote
    question: {da: Hvad?, en: What?}
    label: {da: Hvad, en: What}
    options:
      - {code: praise, label: {da: Ros, en: Praise}}
      - {code: harm, label: {da: Skade, en: Harm}}
"""
QUOTED = [
    ("wrote", 1, "praise", "Fra sidste år"),
    ("wrote", 2, "", "Uden kode"),
    ("wrote", 2, "harm;praise", "Begge *dele* <b>"),
    ("other", 2, "harm", "Et andet spørgsmål"),
]


@pytest.fixture
def report(tmp_path):
    (tmp_path / "data/raw").mkdir(parents=True)
    (tmp_path / "evaluation.yml").write_text(CONFIG, "utf-8")
    (tmp_path / "data/raw/codebook.yml").write_text(CODEBOOK, "utf-8")
    folder = Folder(tmp_path)
    folder.write("indicators", pd.DataFrame({"wave": [1, 2]}))
    columns = ["question", "wave", "codes", "answer"]
    folder.write("quotations", pd.DataFrame(QUOTED, columns=columns))
    folder.write("measures", measured([4, 4]))
    return lambda language: open_report(language, tmp_path)


def measured(n: list[int | None]) -> pd.DataFrame:
    """How many answered the question in each wave, None where that is hidden."""
    return pd.DataFrame({"question": "wrote", "wave": [1, 2], "n": pd.array(n, dtype="Int64")})


def test_the_answers_of_the_last_wave_are_quoted_with_the_labels_of_their_codes(report):
    shown = open_answers.quotations(report("da"), "wrote").source
    assert shown.split("\n\n") == [
        *["::: {.voice}", "”Begge \\*dele\\* \\<b\\>”", "Skade; Ros", ":::"],
        *["::: {.voice}", "”Uden kode”", ":::"],
    ]


def test_in_another_language_an_answer_keeps_its_own(report):
    shown = open_answers.quotations(report("en"), "wrote").source
    assert "“[Uden kode]{lang=da}”" in shown
    assert "Harm; Praise" in shown


def test_one_code_shows_its_answers_without_telling_the_code_again(report):
    shown = open_answers.quotations(report("da"), "wrote", "praise").source
    assert shown.count(".voice") == 1 and "Ros" not in shown


def test_nothing_is_shown_where_nothing_was_approved(report):
    assert open_answers.quotations(report("da"), "nothing").source == ""


def test_quotations_do_not_count_those_whose_number_is_hidden(report, tmp_path):
    """Two of at most two who answered, behind a filter whose count is hidden, tell that count."""
    Folder(tmp_path).write("measures", measured([4, None]))
    assert open_answers.quotations(report("da"), "wrote").source == ""
