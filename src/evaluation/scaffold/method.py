"""Adding an installed method to an evaluation folder: its notebooks, and the tables to fill in."""

from collections.abc import Iterable
from pathlib import Path

import nbformat

from evaluation.base.errors import InputError
from evaluation.base.methods import Method, methods
from evaluation.base.whole_changes import replace_all
from evaluation.language.texts import texts
from evaluation.project.config import FILE as CONFIG_FILE
from evaluation.project.config import Config
from evaluation.project.folder import Folder
from evaluation.project.parameters import defaults
from evaluation.project.raw_tables import described_by
from evaluation.project.tables import in_report
from evaluation.scaffold.edits import BOOK, with_chapters, with_method
from evaluation.scaffold.starters import starter

SCORES, CHAPTER = "scores", "chapter"


def add_method(root: Path, name: str) -> list[str]:
    """Add the method `name` to the folder `root`; returns what was done and what is to be filled
    in, as sentences in the first language of the report.

    Raises InputError for a method that is not installed and a folder that has it already; no file
    is changed then.
    """
    method = _installed(name)
    folder = Folder(root)
    config = folder.config()
    files = list(notebooks(name).values())
    if not files:
        raise InputError(
            f"method {name}", "a method that is added has notebooks", "write a chapter"
        )
    if all((root / file).exists() for file in files):
        raise InputError(
            files[0],
            "a method is added where the folder does not have it yet",
            "remove the notebook to have it written anew",
        )
    empty = _missing(folder, method)
    replace_all(root, notebook_files(folder, name) | _headers(empty))
    words = texts(config.languages[0])
    told = [words("add.notebooks", files=words.enumeration(files))]
    told += [
        words("add.table", file=file, columns=", ".join(columns)) for file, columns in empty.items()
    ]
    declared = _undeclared(config, method)
    if declared:
        told.append(words("add.parameters", names=words.enumeration(list(declared))))
    return told


def missing_tables(folder: Folder, sources: Iterable[str]) -> dict[str, bytes]:
    """Path in the folder -> content, for the tables that notebooks count by and the folder lacks.

    sources: the code of the notebooks. One that reads the tables of a method takes all of them,
    also those that the method has got since; they are empty then.
    """
    code = "\n".join(sources)
    wanted = [each for each in methods().values() if f"from {each.package}.tables import" in code]
    return {
        file: header
        for method in wanted
        for file, header in _headers(_missing(folder, method)).items()
    }


def _missing(folder: Folder, method: Method) -> dict[str, list[str]]:
    """Path in the folder -> columns, for the tables of a method that the folder lacks."""
    languages = folder.config().languages
    return {
        f"data/raw/{table}.csv": [
            name for name, column in in_report(columns, languages).items() if column.required
        ]
        for table, (columns, _) in described_by(method).items()
        if not folder.has_raw(table)
    }


def _headers(columns: dict[str, list[str]]) -> dict[str, bytes]:
    return {file: f"{','.join(names)}\n".encode() for file, names in columns.items()}


def notebooks(name: str) -> dict[str, str]:
    """Kind, scores or chapter -> where the notebook of a method lies in an evaluation folder."""
    method = _installed(name)
    return {
        kind: f"notebooks/{kind}_{name}.ipynb"
        for kind in (SCORES, CHAPTER)
        if _starter(method, kind).is_file()
    }


def notebook_files(folder: Folder, name: str) -> dict[str, bytes]:
    """Path in the folder -> content, for the notebooks of a method that the folder does not have
    and the files that name them."""
    method = _installed(name)
    root, config = folder.root, folder.config()
    files = {}
    missing = {kind: file for kind, file in notebooks(name).items() if not (root / file).exists()}
    for kind, file in missing.items():
        notebook = starter(_starter(method, kind), config.languages[0], folder.items())
        files[file] = nbformat.writes(notebook).encode()
    if SCORES in missing or _undeclared(config, method):
        scores = [missing[SCORES]] if SCORES in missing else []
        declared = _undeclared(config, method)
        files[CONFIG_FILE] = with_method(root / CONFIG_FILE, scores, declared).encode()
    if CHAPTER in missing:
        files[BOOK] = with_chapters(root / BOOK, [missing[CHAPTER]]).encode()
    return files


def _installed(name: str) -> Method:
    if name not in methods():
        offered = [method for method in methods() if notebooks(method)]
        raise InputError(
            "the command line",
            "a method is one that is installed",
            f"use one of {', '.join(offered)}, or install the package that has it",
            value=name,
        )
    return methods()[name]


def _undeclared(config: Config, method: Method) -> dict[str, object]:
    """Parameter -> default, of the method's notebooks and not declared in evaluation.yml."""
    found: dict[str, object] = {}
    for kind in (SCORES, CHAPTER):
        if _starter(method, kind).is_file():
            found |= defaults(_starter(method, kind), f"{kind}.ipynb")
    return {name: value for name, value in found.items() if name not in config.parameters}


def _starter(method: Method, kind: str) -> Path:
    return method.folder / "notebooks" / f"{kind}.ipynb"
