"""The start notebook of `make lab`: it runs on a built folder and shows what it says."""

import nbformat
import pytest
from conftest import LANGUAGES, REPOSITORY
from nbclient import NotebookClient

from evaluation.project.config import load_config
from evaluation.publish.embedded.book import read_book

START = "notebooks/00_start.ipynb"


@pytest.fixture(scope="module", params=LANGUAGES)
def started(request, built):
    """The notebook after all its cells were run in a language, as JupyterLab runs them."""
    notebook = nbformat.read(built / START, as_version=4)
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    cell.source = f'language = "{request.param}"'
    resources = {"metadata": {"path": str(built / "notebooks")}}
    NotebookClient(notebook, kernel_name="python3", resources=resources).execute()
    return request.param, notebook


def outputs(notebook, code):
    """The outputs of the one cell that holds `code`."""
    (cell,) = [c for c in notebook.cells if c.cell_type == "code" and code in c.source]
    return cell.outputs


def shown(notebook, code, kind="text/plain"):
    (output,) = outputs(notebook, code)
    return output["data"][kind]


def test_make_lab_opens_it():
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    assert f"--LabApp.default_url=/lab/tree/{START}" in makefile


def test_it_is_neither_a_chapter_nor_part_of_the_pipeline():
    assert START not in load_config(REPOSITORY).pipeline
    for language in LANGUAGES:
        assert START not in read_book(REPOSITORY, language).pages


def test_it_loads_the_codebook_responses_indicators_and_findings(started):
    language, notebook = started
    assert "volunteers_change" in shown(notebook, "explore.questions")
    answers = shown(notebook, 'groupby(["origin"')
    risen = {"da": "Antallet er steget", "en": "The number has risen"}
    assert "reconstructed" in answers and risen[language] in answers and "increased" not in answers
    indicators = shown(notebook, 'report.read("indicators")')
    assert indicators.count("volunteers_change.") == 3
    full = {"da": "10\u00a0af\u00a016 (63\u00a0%)", "en": "10\u00a0of\u00a016 (63%)"}
    assert shown(notebook, '"volunteers_change").full') == repr(full[language])
    assert "d000_" in shown(notebook, "explore.findings")


def test_it_draws(started):
    _, notebook = started
    for code in ("report.ranked", "bars([("):
        assert shown(notebook, code, "image/svg+xml").startswith("<?xml")
    assert "image/png" in outputs(notebook, "plot.barh")[0]["data"]


def test_it_tests_and_tells_what_the_silent_leave_open(started):
    """10 of 16 among 21: 5 silent, all of whom would have to be against to leave no majority."""
    _, notebook = started
    told = shown(notebook, "to_overturn(")
    assert "'hypergeometric': (11, 15)" in told and "'to_overturn': 5" in told
    assert shown(notebook, "fisher(compared").startswith("Fisher(table=((")


def test_it_shows_that_rebuilt_rows_are_not_cross_tabulated_and_nothing_else_fails(started):
    _, notebook = started
    (refusal,) = outputs(notebook, "crosstab(responses")
    assert refusal["ename"] == "InputError"
    assert "which answers go together was never published" in refusal["evalue"]
    kinds = [o.output_type for c in notebook.cells for o in c.get("outputs", [])]
    assert kinds.count("error") == 1
