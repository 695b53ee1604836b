"""notebook.execute: notebooks as their authors have them."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from refusals import refusal, tells

from evaluation.notebook.execute import execute


def executed(root, kernel: dict | None, code: str):
    (root / "notebooks").mkdir()
    (root / "evaluation.yml").touch()
    notebook = new_notebook(cells=[new_code_cell(code)])
    if kernel is not None:
        notebook.metadata["kernelspec"] = kernel
    source = root / "notebooks/mine.ipynb"
    nbformat.write(notebook, source)
    execute(source, root / "executed.ipynb", {})
    return nbformat.read(root / "executed.ipynb", as_version=4)


@pytest.mark.slow
@pytest.mark.parametrize("name", [None, "conda-env-analysis-py"])
def test_a_notebook_is_executed_whatever_kernel_its_author_had(tmp_path, name):
    kernel = name and {"name": name, "display_name": name, "language": "python"}
    made = executed(tmp_path, kernel, "1 + 1")
    assert made.cells[0].outputs[0]["data"]["text/plain"] == "2"


def test_a_notebook_in_another_language_is_refused(tmp_path):
    kernel = {"name": "ir", "display_name": "R", "language": "R"}
    message = refusal(executed, tmp_path, kernel, "x <- 1")
    assert tells(message, "notebooks/mine.ipynb", "'R'", "Python")
    assert not (tmp_path / "executed.ipynb").exists()
