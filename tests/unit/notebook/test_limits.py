"""What a cell may take, by `limits` in evaluation.yml: more ends in a message that says where."""

import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from processes import working_in
from refusals import refusal, tells

from evaluation.notebook.execute import execute
from evaluation.project.config import Limits

pytestmark = pytest.mark.slow

SECONDS = Limits(cell_seconds=2)
LETTERS = Limits(cell_megabytes=1)
MEMORY = Limits(notebook_megabytes=2_000)
BEYOND = {
    "an endless cell": (SECONDS, "while True:\n    pass", "at most 2 seconds", "cell_seconds"),
    "a long output": (LETTERS, "print('x' * 3_000_000)", "at most 1 MB", "cell_megabytes"),
    "a long result": (LETTERS, "'x' * 3_000_000", "at most 1 MB", "cell_megabytes"),
    "an endless output": (
        LETTERS,
        "while True:\n    print('x' * 10_000)",
        "at most 1 MB",
        "cell_megabytes",
    ),
    "a long table": (
        LETTERS,
        "from IPython.display import HTML\nHTML('<td>' * 1_000_000)",
        "at most 1 MB",
        "cell_megabytes",
    ),
}


@pytest.fixture
def root(tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "evaluation.yml").touch()
    return tmp_path


def executed(root: Path, cell, limits: Limits) -> Path:
    source, target = root / "notebooks/one.ipynb", root / "reports/executed/one.ipynb"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nbformat.write(new_notebook(cells=[cell], metadata={"kernelspec": kernel}), source)
    execute(source, target, {}, limits=limits)
    return target


@pytest.mark.parametrize(("limits", "code", "rule", "name"), BEYOND.values(), ids=BEYOND)
def test_more_than_a_cell_may_take_is_refused_with_its_cell(root, limits, code, rule, name):
    message = refusal(executed, root, new_code_cell(code, id="only"), limits)
    tells(message, "notebooks/one.ipynb, cell only", rule, f"{name} under limits in evaluation.yml")
    assert not list(root.rglob("reports/executed/*"))


@pytest.mark.parametrize("code", ["(lambda f: f(f))(lambda f: __import__('time').sleep(60))"])
def test_an_endless_inline_expression_is_refused_with_its_cell(root, code):
    cell = new_markdown_cell(f"See `{{python}} {code}`.", id="prose")
    tells(refusal(executed, root, cell, SECONDS), "cell prose", "at most 2 seconds")


def test_a_long_inline_result_is_refused_with_its_cell(root):
    cell = new_markdown_cell("See `{python} 'x' * 3_000_000`.", id="prose")
    tells(refusal(executed, root, cell, LETTERS), "cell prose", "a text of 3,000,000 letters")
    long = "__import__('IPython').display.Markdown('x' * 3_000_000)"
    cell = new_markdown_cell(f"See `{{python}} {long}`.", id="prose")
    tells(refusal(executed, root, cell, LETTERS), "cell prose", "at most 1 MB")


def test_a_cell_that_leaves_is_no_good_end(root):
    message = refusal(executed, root, new_code_cell("raise SystemExit(0)", id="only"), Limits())
    tells(message, "cell only", "left by SystemExit")


@pytest.mark.skipif(sys.platform != "linux", reason="memory of a process is bounded on Linux only")
def test_more_memory_than_a_notebook_may_take_is_refused_with_its_cell(root):
    code = "import numpy\nnumpy.ones(4_000_000_000, dtype='int8')"
    message = refusal(executed, root, new_code_cell(code, id="only"), MEMORY)
    tells(message, "cell ", "2000 MB of memory", "notebook_megabytes under limits")
    message = refusal(executed, root, new_code_cell("raise MemoryError", id="only"), MEMORY)
    tells(message, "a cell asked for more. Remedy")


def test_no_kernel_outlives_its_limit(root):
    refusal(executed, root, new_code_cell("while True: pass", id="only"), SECONDS)
    assert working_in(root) == []


def test_what_is_within_them_is_executed(root):
    target = executed(root, new_code_cell("print('x' * 900_000)", id="only"), LETTERS)
    (cell,) = nbformat.read(target, as_version=4).cells
    assert len(cell.outputs[0].text) == 900_001
