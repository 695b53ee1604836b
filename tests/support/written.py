"""Every text that people write for readers, in one language: notebooks, words and raw tables."""

import csv
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import nbformat
from ruamel.yaml import YAML

import evaluation
from evaluation.base.methods import methods

LIBRARY = Path(evaluation.__file__).parent
REPORT = Path(__file__).parents[2]
WORDS = (LIBRARY / "language/locales", LIBRARY / "publish/locales")
MADE = (LIBRARY / "scaffold", REPORT / "examples")  # notebooks of folders that people get


def notebooks() -> Iterator[Path]:
    yield REPORT / "index.ipynb"
    yield from sorted((REPORT / "notebooks").glob("*.ipynb"))
    for method in methods().values():
        yield from sorted((method.folder / "notebooks").glob("*.ipynb"))
    for folder in MADE:
        yield from (path for path in sorted(folder.rglob("*.ipynb")) if "reports" not in path.parts)


def prose(path: Path, language: str) -> Iterator[str]:
    """The cells and captions of a notebook in a language, without what is evaluated."""
    for cell in nbformat.read(path, 4)["cells"]:
        source = cell["source"]
        if cell["cell_type"] == "code":
            captions = re.findall(rf"^#\|\s+{language}: (.*)$", source, re.MULTILINE)
            source = "\n".join(map(YAML(typ="safe").load, captions))
        elif language not in cell["metadata"].get("tags", []):
            continue
        yield from re.sub(r"`[^`\n]*`|\{#[^}]*\}", "", source).splitlines()


def leaves(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        children = node.values() if isinstance(node, dict) else node
        yield from chain.from_iterable(map(leaves, children))


def told_in(node: Any, language: str) -> Iterator[str]:
    """The texts of a codebook, which stand as `{da: …, en: …}` wherever there is one."""
    if isinstance(node, dict):
        if language in node:
            yield from leaves(node[language])
        yield from chain.from_iterable(told_in(child, language) for child in node.values())
    elif isinstance(node, list):
        yield from chain.from_iterable(told_in(child, language) for child in node)


def columns(path: Path, language: str) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name, text in row.items():
                if name == language or name.endswith(f"_{language}"):
                    yield text


def texts_of(language: str) -> Iterator[tuple[Path, str]]:
    """Every text that readers may meet in a language, with the file that it stands in."""
    read = YAML(typ="safe").load
    for path in notebooks():
        yield from ((path, line) for line in prose(path, language))
    words = [path for folder in WORDS for path in sorted(folder.rglob(f"{language}*"))]
    words += [method.folder / f"words/{language}.yml" for method in methods().values()]
    for path in chain.from_iterable(
        sorted(path.iterdir()) if path.is_dir() else [path] for path in words
    ):
        yield from ((path, text) for text in leaves(read(path.read_text("utf-8"))))
    books = [REPORT / "data/raw/codebook.yml"]
    books += [path for method in methods().values() for path in [method.folder / "items.yml"]]
    for path in filter(Path.exists, books):
        yield from ((path, text) for text in told_in(read(path.read_text("utf-8")), language))
    for path in sorted((REPORT / "data/raw").glob("*.csv")):
        yield from ((path, text) for text in columns(path, language))
