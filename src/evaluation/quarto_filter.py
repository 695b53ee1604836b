"""The notebook filter for a native render with Quarto (`evaluation filter LANGUAGE`).

Quarto runs it before it executes a notebook and again afterwards. Which of the two it is shows
in the notebook: the first pass leaves its mark, and execution gives code cells their count.
"""

import json
import os
import sys
from pathlib import Path

import nbformat

from evaluation import edition, figure_data, ledger
from evaluation.folder import Folder
from evaluation.publish.stage import DOWNLOADS
from evaluation.texts import texts

MARK = "evaluation_language"
COMPLETE = "evaluation_complete"


def filtered(notebook, language: str):
    """The notebook in one language; completed where it has been executed, once."""
    if notebook.metadata.get(COMPLETE):
        return notebook
    if notebook.metadata.get(MARK) != language:
        edition.begin(notebook, language)
        _set_language(notebook, language)
        notebook.metadata[MARK] = language
    elif any(cell.get("execution_count") for cell in notebook.cells):
        edition.finish(notebook)
        folder = Folder()
        ledger_file = folder.config().ledger
        if ledger_file:
            ledger.link(notebook, _from_here(folder.root / ledger_file))
        edition.for_publication(notebook)
        figure_data.add(notebook, texts(language), _from_here(folder.root / DOWNLOADS))
        notebook.metadata[COMPLETE] = True
    return notebook


def _from_here(path: Path) -> str:
    """The way to a file from the notebook's folder, in which the filter runs."""
    return Path(os.path.relpath(path)).as_posix()


def _set_language(notebook, language: str) -> None:
    """Execute with this language: a line after the defaults, as papermill would inject it."""
    cell = edition.parameter_cell(notebook)
    if cell is not None and "language" in cell.source:
        cell.source += f"\nlanguage = {language!r}"


def main(language: str) -> None:
    """Filter the notebook on stdin to stdout."""
    notebook = nbformat.reads(sys.stdin.read(), as_version=4)
    json.dump(filtered(notebook, language), sys.stdout, ensure_ascii=False)
