"""publish.manifest: what it says of the sources of a report."""

import pytest

from evaluation.publish import manifest

CONFIG = """languages: [en]
population: 9
pipeline: [notebooks/10_survey.ipynb]
parameters: {language: {type: string}}
"""
SHOWN = "min_cell: 1\nmin_cell_reason: {en: The data are public.}\n"


@pytest.mark.parametrize(
    ("more", "told"), [(SHOWN, True), ("", False), (f"{SHOWN}survey: data/raw/survey.csv\n", False)]
)
def test_answers_that_are_not_shown_are_not_guessed_from_a_digest(tmp_path, more, told):
    """Of seven answers each table that fits what is published is soon tried."""
    (tmp_path / "data/raw").mkdir(parents=True)
    (tmp_path / "data/raw/survey.csv").write_text("respondent,ill\n1,no\n2,yes\n", "utf-8")
    (tmp_path / "evaluation.yml").write_text(CONFIG + more, "utf-8")
    found = manifest.inputs(tmp_path)
    assert [name for name in found if name.startswith("data")] == ["data/raw"] * told
    assert "evaluation.yml" in found
