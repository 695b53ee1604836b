"""The notebook filter for a native render with Quarto (see `_extensions/rapport/language.py`).

Quarto runs it before it executes a notebook and again afterwards. Which of the two it is shows
in the notebook: the first pass leaves its mark, and execution gives code cells their count.
"""

import json
import sys
from pathlib import PurePosixPath

import nbformat

from evaluation import edition, ledger
from evaluation.folder import Folder

MARK = "evaluation_language"


def filtered(notebook, language: str):
    """The notebook in one language; completed where it has been executed."""
    if notebook.metadata.get(MARK) != language:
        edition.begin(notebook, language)
        _set_language(notebook, language)
        notebook.metadata[MARK] = language
    elif any(cell.get("execution_count") for cell in notebook.cells):
        edition.finish(notebook)
        ledger_file = Folder().config().ledger
        if ledger_file:
            ledger.link(notebook, PurePosixPath(ledger_file).name)
        edition.for_publication(notebook)
    return notebook


def _set_language(notebook, language: str) -> None:
    """Execute with this language: a line after the defaults, as papermill would inject it."""
    cell = edition.parameter_cell(notebook)
    if cell is not None and "language" in cell.source:
        cell.source += f"\nlanguage = {language!r}"


def main(language: str) -> None:
    notebook = nbformat.reads(sys.stdin.read(), as_version=4)
    json.dump(filtered(notebook, language), sys.stdout, ensure_ascii=False)
