"""report.chapters.questions: what a made chapter says of a question."""

import pandas as pd
import pytest

from evaluation.report.chapters import questions
from evaluation.report.report import open_report

CONFIG = """\
languages: [da, en]
population: null
survey: data/raw/survey.csv
pipeline: [notebooks/10_survey.ipynb]
parameters:
  language: {type: string, choices: [da, en]}
"""
CODEBOOK = """\
questions:
  - id: q
    type: single
    question: {da: "Q?", en: "Q?"}
    label: {da: Q, en: Q}
    options: [{code: a, label: {da: A, en: A}}, {code: b, label: {da: B, en: B}}]
"""


@pytest.fixture
def report_of(tmp_path):
    """language, whether all is hidden -> the report of one question."""

    def report_of(language: str, hidden: bool):
        for folder in ("data/raw", "data/processed"):
            (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / "evaluation.yml").write_text(CONFIG, "utf-8")
        (tmp_path / "data/raw/codebook.yml").write_text(CODEBOOK, "utf-8")
        table = pd.DataFrame({"id": ["q.a", "q.b"], "question": "q", "option": ["a", "b"]})
        k = pd.array([None, None] if hidden else [8, 6], dtype="Int64")
        counts = {"k": k, "n": 14, "population": pd.NA, "suppressed": hidden, "wave": 1}
        table.assign(**counts).to_parquet(tmp_path / "data/processed/indicators.parquet")
        return open_report(language, tmp_path)

    return report_of


@pytest.mark.parametrize(("language", "word"), [("da", "skjult"), ("en", "hidden")])
def test_of_a_question_that_is_hidden_whole_no_most_frequent_answer_is_told(
    report_of, language, word
):
    said = questions.said(report_of(language, hidden=True), "q")
    assert word in said and not any(sign in said for sign in "“”")
    assert "8" in questions.said(report_of(language, hidden=False), "q")
