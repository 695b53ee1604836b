"""notebook.moved: notebooks of earlier versions import what is somewhere else now."""

import ast
from importlib import import_module
from importlib.util import find_spec
from itertools import chain

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from refusals import refusal, tells

from evaluation.cli import main
from evaluation.notebook.execute import execute
from evaluation.notebook.moved import MOVED, upgraded

OLD = """from evaluation import check, measures, survey
from evaluation.folder import Folder
from evaluation.report import open_report
from evaluation.views import (
    actor_network,
    waves as chapters,
)

folder = Folder()"""
NEW = """from evaluation.survey import check, measures, responses as survey
from evaluation import Folder
from evaluation import open_report
from evaluation.methods.actor_network import chapter as actor_network
from evaluation.report.chapters import waves as chapters

folder = Folder()"""


def test_imports_lead_to_where_modules_are_now_and_names_stay():
    assert upgraded(OLD) == NEW


@pytest.mark.parametrize("moved", MOVED.values())
def test_what_has_moved_is_there(moved):
    parent, _, name = f"evaluation.{moved}".rpartition(".")
    assert hasattr(import_module(parent), name) or find_spec(f"{parent}.{name}")


@pytest.mark.parametrize(
    "code",
    [
        NEW,
        "from evaluation.survey import responses",
        "from evaluation.report import figures, shares",
        "from evaluation.disclosure import suppress",
        "import pandas as pd\nfrom pathlib import Path",
        "%%bash\nls",
        "",
    ],
)
def test_what_is_written_as_now_stays(code):
    assert upgraded(code) == code


def test_names_of_a_module_that_has_the_name_of_a_room_follow_it():
    assert upgraded("from evaluation.report import Report, figures") == (
        "from evaluation.report.report import Report\nfrom evaluation.report import figures"
    )


def test_every_notebook_of_the_repository_imports_what_is_there(repository):
    folders = (".", "notebooks", "examples/*/notebooks", "src/evaluation/methods/*/notebooks")
    found = {folder: list(repository.glob(f"{folder}/*.ipynb")) for folder in folders}
    assert all(found.values()), found
    for path in chain(*found.values()):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                assert upgraded(cell.source) == cell.source, path
                assert ast.parse(cell.source) is not None


def test_the_command_changes_the_notebooks_that_need_it(tmp_path, repository, capsys):
    (tmp_path / "evaluation.yml").write_bytes((repository / "evaluation.yml").read_bytes())
    (tmp_path / "notebooks").mkdir()
    for name, code in {"10_old": OLD, "20_new": NEW}.items():
        cells = [new_markdown_cell("from evaluation.folder import Folder"), new_code_cell(code)]
        nbformat.write(new_notebook(cells=cells), tmp_path / f"notebooks/{name}.ipynb")
    untouched = (tmp_path / "notebooks/20_new.ipynb").read_bytes()
    assert main(["upgrade", str(tmp_path)]) == 0
    assert "notebooks/10_old.ipynb" in capsys.readouterr().out
    old = nbformat.read(tmp_path / "notebooks/10_old.ipynb", as_version=4)
    assert [cell.source for cell in old.cells] == ["from evaluation.folder import Folder", NEW]
    assert (tmp_path / "notebooks/20_new.ipynb").read_bytes() == untouched


def test_a_cell_that_fails_for_it_names_the_command(tmp_path, repository):
    (tmp_path / "evaluation.yml").write_bytes((repository / "evaluation.yml").read_bytes())
    source = tmp_path / "notebooks/10_old.ipynb"
    source.parent.mkdir()
    kernel = {"kernelspec": {"display_name": "p", "language": "python", "name": "python3"}}
    nbformat.write(new_notebook(cells=[new_code_cell(OLD)], metadata=kernel), source)
    message = refusal(execute, source, tmp_path / "executed.ipynb", {})
    tells(message, "notebooks/10_old.ipynb, cell 0", "ImportError", "`evaluation upgrade`")
