"""Tables to explore with: they hold what the codebook and the findings hold, in one language."""

import pandas as pd
import pytest

from evaluation import open_report
from evaluation.project.codebook import load_codebook
from evaluation.project.computed import Index
from evaluation.project.folder import Folder
from evaluation.report import explore
from evaluation.survey.computed import scored

CONFIG = """\
languages: [en]
population: null
survey: data/raw/survey.csv
pipeline: [notebooks/10_survey.ipynb]
parameters: {language: {type: string, choices: [en]}}
"""
CODEBOOK = """\
questions:
  - id: trust
    type: ordinal
    question: {en: "Do you trust us?"}
    label: {en: Trust}
    options: &scale
      - {code: high, label: {en: High}}
      - {code: some, label: {en: Some}}
      - {code: low, label: {en: Low}}
      - {code: dk, label: {en: Don't know}, off_scale: true}
    collapse:
      - {code: less, label: {en: Some or low}, options: [some, low]}
  - id: hope
    type: ordinal
    question: {en: "Do you hope?"}
    label: {en: Hope}
    options: *scale
  - id: age
    type: number
    question: {en: "How old are you?"}
    label: {en: Age}
"""
GIVEN = ["high", "some", "low", "dk", None]


@pytest.fixture
def answered(tmp_path):
    """The report of a folder in which small counts are hidden, and its responses."""
    (tmp_path / "data/raw").mkdir(parents=True)
    (tmp_path / "evaluation.yml").write_text(CONFIG, "utf-8")
    (tmp_path / "data/raw/codebook.yml").write_text(CODEBOOK, "utf-8")
    rows = pd.DataFrame({"trust": GIVEN, "hope": GIVEN[::-1], "age": [20.0, 30, 40, 50, None]})
    rows.insert(0, "respondent", list("abcde"))
    rows = rows.assign(wave=1, origin="survey")
    Folder(tmp_path).write("responses", rows)
    return open_report("en", tmp_path), rows


def test_answers_that_are_published_as_one_are_apart(answered):
    """Who explores has what was answered: the joined option is none of the answers."""
    report, _ = answered
    trust = explore.responses(report)["trust"]
    assert trust.tolist()[:3] == ["High", "Some", "Low"] and trust.isna().sum() == 2
    kept = explore.responses(report, off_scale=True)["trust"]
    assert kept.tolist()[3] == "Don't know" and kept.isna().sum() == 1


def test_scores_are_those_that_an_index_counts_by(answered, tmp_path):
    report, rows = answered
    codebook = load_codebook(tmp_path / "data/raw/codebook.yml", languages=("en",))
    items = ["trust", "hope"]
    found = explore.scores(explore.responses(report), items)
    pd.testing.assert_frame_equal(found, scored(rows, Index(tuple(items)), codebook))
    assert found["trust"].tolist()[:3] == [1, 2, 3]


@pytest.mark.parametrize(("name", "kept"), [("age", False), ("trust", True)])
def test_only_a_scale_has_scores(answered, name, kept):
    """Beside the scale nothing has a place on it."""
    answers = explore.responses(answered[0], off_scale=kept)
    with pytest.raises(ValueError, match=name):
        explore.scores(answers, [name])


@pytest.mark.slow
def test_the_questions_are_those_of_the_codebook(da, en):
    danish, english = explore.questions(da), explore.questions(en)
    assert list(danish.index) == list(english.index) == list(da.codebook.questions)
    asked = da.codebook.questions["received_funds"]
    row = danish.loc["received_funds"]
    assert row["label"] == asked.label["da"] != english.loc["received_funds", "label"]
    assert row["asked"] == "applied_for_funds.yes"
    assert [part.split(": ")[0] for part in row["options"].split("; ")] == asked.codes


def test_every_finding_is_counted_once_by_its_central_element(da):
    found, stored = explore.findings(da), da.read("findings")
    central = found[found["central"]]
    assert sorted(central["finding"]) == sorted(stored["id"])
    assert len(found) == len(da.read("codings"))
    assert found["label"].notna().all()


@pytest.mark.parametrize("column", ["text", "label"])
def test_findings_are_told_in_the_language_of_the_report(da, en, column):
    danish, english = explore.findings(da), explore.findings(en)
    assert (danish[column] != english[column]).mean() > 0.9
    unchanged = ["finding", "document", "element", "direction", "basis", "central"]
    assert danish[unchanged].equals(english[unchanged])
