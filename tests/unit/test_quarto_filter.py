"""quarto_filter: what Quarto runs before and after it executes a notebook.

Quarto is simulated as quarto.md 1 and 4 describe it: the filter, the code cells, the inline
expressions of Markdown cells into `user_expressions`, the filter again.
"""

import io
import json
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from evaluation import edition, inline, quarto_filter

CODE = "#| fig-cap: {da: 'N er `{python} n`', en: 'N is `{python} n`'}\nfigure"


def source(saved_with_outputs: bool = False):
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# Titel", id="da-1", metadata={"tags": ["da"]}),
            new_markdown_cell("# Title", id="en-1", metadata={"tags": ["en"]}),
            new_code_cell('language = "da"', id="p", metadata={"tags": ["parameters"]}),
            new_code_cell("n = 16", id="c-1"),
            new_code_cell(CODE, id="c-2"),
        ]
    )
    return run(notebook) if saved_with_outputs else notebook


def run(notebook):
    """Code cells as executed; a cell that ends in an expression has an output."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 1
            shows = "=" not in cell.source.split("\n")[-1]
            cell.outputs = [new_output("display_data", {"text/plain": "x"})] if shows else []
    return notebook


def quarto_executes(notebook, value: str):
    run(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (found := inline.expressions(cell.source)):
            cell.metadata["user_expressions"] = [
                {
                    "expression": expression,
                    "result": {"status": "ok", "data": {"text/plain": repr(value)}, "metadata": {}},
                }
                for expression in found
            ]
    return notebook


def piped(notebook, language: str, monkeypatch):
    """The filter as Quarto runs it: notebook on stdin and stdout."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(nbformat.writes(notebook)))
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    quarto_filter.main(language)
    return nbformat.from_dict(json.loads(sys.stdout.getvalue()))


def caption(notebook) -> str:
    cell = next(cell for cell in notebook.cells if cell.id == "c-2")
    return edition.read_options(cell)["fig-cap"]


@pytest.mark.parametrize(
    ("language", "told", "kept"),
    [("da", "N er 1\\*6", ["da-1", "c-2"]), ("en", "N is 1\\*6", ["en-1", "c-2"])],
)
def test_run_twice_it_gives_the_finished_notebook(language, told, kept, monkeypatch):
    first = piped(source(), language, monkeypatch)
    second = piped(quarto_executes(first, "1*6"), language, monkeypatch)
    assert [cell.id for cell in second.cells] == kept
    assert caption(second) == told
    nbformat.validate(second)


def test_the_first_run_leaves_all_code_to_execute_in_the_chosen_language(monkeypatch):
    first = piped(source(), "en", monkeypatch)
    assert [cell.id for cell in first.cells] == ["en-1", "p", "c-1", "c-2", "c-2-options"]
    values = {}
    exec(first.cells[1].source, values)
    assert values["language"] == "en"


def test_a_notebook_without_language_keeps_its_parameters_as_they_are(monkeypatch):
    notebook = new_notebook(
        cells=[new_code_cell("confidence = 0.9", metadata={"tags": ["parameters"]})]
    )
    assert piped(notebook, "en", monkeypatch).cells[0].source == "confidence = 0.9"


def test_the_finished_notebook_is_left_alone_by_a_third_run(monkeypatch):
    first = piped(source(), "da", monkeypatch)
    second = piped(quarto_executes(first, "16"), "da", monkeypatch)
    assert nbformat.writes(piped(second, "da", monkeypatch)) == nbformat.writes(second)


def test_a_notebook_that_was_saved_with_outputs_gets_its_captions_too(monkeypatch):
    first = piped(source(saved_with_outputs=True), "da", monkeypatch)
    assert "p" in [cell.id for cell in first.cells]  # or the language could not be set
    second = piped(quarto_executes(first, "16"), "da", monkeypatch)
    assert caption(second) == "N er 16"


def test_every_chapter_goes_through_both_runs(repository, monkeypatch):
    for path in sorted((repository / "notebooks").glob("3*.ipynb")):
        first = piped(nbformat.read(path, as_version=4), "en", monkeypatch)
        second = piped(quarto_executes(first, "værdi"), "en", monkeypatch)
        told = [str(edition.read_options(cell)) for cell in second.cells]
        assert not any("{python}" in options for options in told), path.name
        assert not any("da" in edition.tags(cell) for cell in second.cells), path.name
