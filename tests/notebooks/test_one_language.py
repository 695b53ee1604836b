"""A report in one language: its registers need the other one nowhere."""

import nbformat
import pytest
from one_language import keep_language

from evaluation.language.texts import LANGUAGES
from evaluation.notebook.execute import execute
from evaluation.project.folder import Folder

CHAPTERS = ("notebooks/40_evidence.ipynb", "notebooks/42_inclusion.ipynb")


@pytest.mark.parametrize("language", LANGUAGES)
def test_data_and_chapters_are_made_from_registers_in_one_language(folder, language):
    assert keep_language(folder, language)
    config = Folder(folder).config()
    for notebook in config.pipeline:
        execute(folder / notebook, folder / "reports/executed" / notebook, {})
    for chapter in CHAPTERS:
        made = folder / "reports/executed" / language / chapter
        execute(folder / chapter, made, {"language": language})
        figures = [
            output
            for cell in nbformat.read(made, as_version=4).cells
            for output in cell.get("outputs", [])
        ]
        assert figures
    (other,) = set(LANGUAGES) - {language}
    processed = Folder(folder)
    assert other not in processed.read("findings")
    assert f"paraphrase_{other}" not in processed.read("audit_statements")
