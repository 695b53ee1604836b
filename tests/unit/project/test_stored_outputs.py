"""project.stored_outputs: what JupyterLab saves in a notebook does not reach git."""

import shutil
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from refusals import refusal, tells

from evaluation.project import stored_outputs
from evaluation.project.stored_outputs import ATTRIBUTES, LINE, set_up_filter, stripped, unprotected

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
SECRET = "Anna lives in Northby"


def git(root, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", root, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def root(tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "evaluation.yml").touch()
    shown = new_output("execute_result", data={"text/plain": SECRET}, execution_count=3)
    cell = new_code_cell("report.read('responses').head()", outputs=[shown], execution_count=3)
    cell.metadata["execution"] = {"iopub.execute_input": "2026-01-01"}
    notebook = new_notebook(cells=[new_markdown_cell("Æbler & pærer"), cell])
    nbformat.write(notebook, tmp_path / "notebooks/one.ipynb")
    git(tmp_path, "init", "-q")
    return tmp_path


@pytest.mark.slow
def test_a_saved_result_is_told_until_git_strips_it_and_is_not_stored(root):
    assert unprotected(root) == ["notebooks/one.ipynb"]
    (root / ATTRIBUTES).write_text(f"{LINE}\n", "utf-8")
    assert unprotected(root) == ["notebooks/one.ipynb"]
    set_up_filter(root)
    assert unprotected(root) == []
    git(root, "add", "-A")
    stored = git(root, "show", ":notebooks/one.ipynb")
    assert SECRET not in stored and "2026-01-01" not in stored
    assert SECRET in (root / "notebooks/one.ipynb").read_text("utf-8")
    kept = nbformat.reads(stored, as_version=4)
    assert [cell.source for cell in kept.cells] == [
        "Æbler & pærer",
        "report.read('responses').head()",
    ]


@pytest.mark.parametrize("place", ["widgets", "user_expressions"])
def test_results_outside_of_outputs_are_told_and_not_stored(root, place):
    path = root / "notebooks/one.ipynb"
    notebook = nbformat.v4.new_notebook(cells=[new_markdown_cell("`{python} rows.name[0]`")])
    told = notebook if place == "widgets" else notebook.cells[0]
    told.metadata[place] = {"state": SECRET}
    nbformat.write(notebook, path)
    assert unprotected(root) == ["notebooks/one.ipynb"]
    assert SECRET not in stripped(path.read_text("utf-8"))


@pytest.mark.slow
def test_the_remedy_that_is_told_works(root):
    (root / ATTRIBUTES).write_text(f"{LINE}\n", "utf-8")
    told = stored_outputs.remedy()
    command = told[told.index("git config") : told.index(", or clear")]
    subprocess.run(command, shell=True, cwd=root, check=True)
    assert unprotected(root) == []


def test_nothing_is_told_of_what_git_does_not_see(root):
    (root / ".gitignore").write_text("notebooks/\n", "utf-8")
    assert unprotected(root) == []
    shutil.rmtree(root / ".git")
    (root / ".gitignore").unlink()
    assert unprotected(root) == []
    set_up_filter(root)  # there is no repository: nothing happens


def test_stripping_again_changes_nothing(root):
    text = (root / "notebooks/one.ipynb").read_text("utf-8")
    once = stripped(text)
    assert stripped(once) == once != text


@pytest.mark.parametrize("text", ["", "no notebook", "[1]", '{"cells": 1}', '{"cells": [1]}'])
def test_what_is_no_notebook_is_not_stored(text):
    tells(refusal(stripped, text), "what git stores", "a notebook is JSON with cells")


@pytest.mark.slow
def test_the_command_reads_and_writes_like_any_filter(root):
    done = subprocess.run(
        [sys.executable, "-m", "evaluation.cli", "strip"],
        input=(root / "notebooks/one.ipynb").read_bytes(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0 and SECRET.encode() not in done.stdout
    assert "Æbler".encode() in done.stdout
