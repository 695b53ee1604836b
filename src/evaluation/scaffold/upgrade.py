"""A folder that an earlier version of the library made, as this version makes one."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import nbformat

from evaluation.base.version import installed, is_newer
from evaluation.base.whole_changes import replace_all
from evaluation.notebook.moved import Cell, upgraded, upgraded_cells
from evaluation.project import quarto_files
from evaluation.project.config import FILE as CONFIG
from evaluation.project.config import load_config
from evaluation.project.folder import Folder
from evaluation.scaffold.known_population import told_by_calls
from evaluation.scaffold.method import missing_tables

RECORD = "# the version of the library that made this folder, or upgraded it last\nmade_with: {}\n"
RECORDED = re.compile(r"(?m)^made_with:.*$")


def upgrade(root: Path) -> list[str]:
    """Write into the files of a folder what this version writes: all files, or none.

    Notebooks and modules import from where everything is now, what notebooks say of those who did
    not answer hangs on a known population, the files for Quarto keep it from the published site,
    evaluation.yml says which version it was, and tables that a method has got since are there,
    empty. Returns the files that changed.
    """
    made_with = load_config(root).made_with
    files = {root / CONFIG: _changed(root / CONFIG, partial(_with_version, made_with=made_with))}
    files |= {path: _notebook(path) for path in _found(root, "*.ipynb")}
    files |= {path: _changed(path, upgraded) for path in _found(root, "*.py")}
    files |= {
        path: _changed(path, quarto_files.upgraded) for path in quarto_files.quarto_files(root)
    }
    changed = {
        path.relative_to(root).as_posix(): content
        for path, content in files.items()
        if content != path.read_bytes()
    }
    notebooks = [files[path].decode() for path in _found(root, "*.ipynb")]
    changed |= missing_tables(Folder(root), notebooks)
    replace_all(root, changed)
    return list(changed)


def _found(root: Path, names: str) -> list[Path]:
    return sorted(
        path for folder in (".", "notebooks", "tests") for path in (root / folder).glob(names)
    )


def _changed(path: Path, change: Callable[[str], str]) -> bytes:
    """The content of a text file with a change; its lines end as they did."""
    text = path.read_bytes().decode("utf-8")
    if "\r\n" in text:
        return change(text.replace("\r\n", "\n")).replace("\n", "\r\n").encode()
    return change(text).encode()


def _notebook(path: Path) -> bytes:
    """The content of a notebook; where nothing is to change, byte by byte."""
    before = path.read_bytes()
    notebook = nbformat.reads(before.decode("utf-8"), as_version=nbformat.NO_CONVERT)
    cells = [Cell(cell.cell_type == "code", cell.source) for cell in notebook.cells]
    moved = [
        Cell(cell.is_code, source)
        for cell, source in zip(cells, upgraded_cells(cells), strict=True)
    ]
    sources = [cell.source for cell in told_by_calls(moved)]
    if sources == [cell.source for cell in cells]:
        return before
    for cell, source in zip(notebook.cells, sources, strict=True):
        cell.source = source
    return f"{nbformat.writes(notebook)}\n".encode()


def _with_version(text: str, made_with: str | None) -> str:
    if made_with is None:
        return f"{text.rstrip()}\n\n{RECORD.format(installed())}"
    if is_newer(installed(), made_with):
        return RECORDED.sub(f"made_with: {installed()}", text)
    return text
