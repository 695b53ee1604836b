"""Evaluation folders counted and shown as a build does it, without a kernel and without pages."""

import ast
import contextlib
from pathlib import Path

import nbformat

from evaluation.notebook import inline
from evaluation.notebook.edition import begin, read_options, tags


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def count(folder: Path) -> Path:
    """Run the notebook that counts the answers."""
    show(folder / "notebooks/10_survey.ipynb", "da")
    return folder


def show(path: Path, language: str, **parameters) -> dict[str, object]:
    """The value of every inline expression of a notebook in a language, and of every cell that
    ends in one, by its label."""
    notebook = nbformat.read(path, as_version=4)
    begin(notebook, language)
    names: dict[str, object] = {}
    values: dict[str, object] = {}
    with contextlib.chdir(path.parent):
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                values |= {each: eval(each, names) for each in inline.expressions(cell.source)}
                continue
            body = ast.parse(cell.source).body
            ends = isinstance(body[-1], ast.Expr)
            exec(compile(ast.Module(body[: len(body) - ends], []), path.name, "exec"), names)
            if ends:
                shown = eval(compile(ast.Expression(body[-1].value), path.name, "eval"), names)
                values[read_options(cell).get("label", cell.id)] = shown
            if "parameters" in tags(cell):
                given = {"language": language} | parameters
                names |= {name: value for name, value in given.items() if name in names}
    return values
