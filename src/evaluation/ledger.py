"""The number ledger: every number in the prose, with its sentence, expression and origin.

A number is an inline expression with a recorded result. In the chapter it links to its entry in
the ledger, and the entry links back.
"""

import re
from dataclasses import dataclass
from itertools import count

import pandas as pd
from nbformat import NotebookNode

from evaluation import inline
from evaluation.provenance import MEDIA_TYPE
from evaluation.sentences import START, sentences, unmarked
from evaluation.tables import one_line

ANCHOR = re.compile(r"^#\s.*\{#sec-([\w-]+)", re.MULTILINE)
TITLE = re.compile(r"^#\s+(.*?)\s*(?:\{.*)?$", re.MULTILINE)
LISTING = "number_ledger.listing("  # the call by which the ledger chapter lists the others' numbers


@dataclass(frozen=True)
class Entry:
    """A number in the prose: where it stands, how it was computed, what is behind it."""

    id: str
    chapter: str
    sentence: str
    expression: str
    value: str
    about: tuple[str, ...]
    k: int | None
    n: int | None
    file: str
    rows: tuple[int, ...]


def entries(notebook: NotebookNode) -> list[Entry]:
    """The numbers in the prose of an executed chapter, in the order of the text.

    An expression that gives nothing here, such as a note that is not called for, is none.
    """
    name = chapter_name(notebook)
    if name is None:
        return []
    found: list[Entry] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and inline.METADATA in cell.metadata:
            found += _cell_entries(cell, name, _title(notebook), len(found))
    return found


def chapter_name(notebook: NotebookNode) -> str | None:
    """What identifies a chapter in both languages: the anchor of its title."""
    for cell in notebook.cells:
        match = ANCHOR.search(cell.source) if cell.cell_type == "markdown" else None
        if match:
            return match.group(1)
    return None


def is_ledger(notebook: NotebookNode) -> bool:
    """Whether a notebook is the ledger chapter."""
    return any(LISTING in cell.source for cell in notebook.cells)


def link(notebook: NotebookNode, ledger_file: str) -> None:
    """Make each number of an executed chapter a link to its entry in the ledger chapter.

    The ledger chapter itself is left alone.
    """
    if is_ledger(notebook):
        return
    name = chapter_name(notebook)
    numbers = count(1)
    for cell in notebook.cells:
        if name and cell.cell_type == "markdown" and inline.METADATA in cell.metadata:
            results = inline.results(cell)

            def linked(match: re.Match, results=results) -> str:
                prefix, expression = match.groups()
                if not inline.plain_text(results[expression.strip()]):
                    return match.group()
                identifier = f"{name}-{next(numbers)}"
                return (
                    f"{prefix}[[`{{python}} {expression}`]({ledger_file}#ledger-{identifier})]"
                    f"{{#number-{identifier} .number}}"
                )

            cell.source = inline.EXPRESSION.sub(linked, cell.source)


def table(chapters: list[tuple[str, NotebookNode]]) -> pd.DataFrame:
    """The ledger of a report; chapters: (file name, executed notebook).

    One row per number: id, chapter, file_name, sentence, value, expression, k, n, about, source
    (file and lines).
    """
    rows = [
        {
            "id": entry.id,
            "file_name": file_name,
            "chapter": entry.chapter,
            "sentence": entry.sentence,
            "value": entry.value,
            "expression": entry.expression,
            "k": entry.k,
            "n": entry.n,
            "about": ", ".join(entry.about),
            "source": source_of(entry),
        }
        for file_name, notebook in chapters
        for entry in entries(notebook)
    ]
    columns = [
        *("id", "file_name", "chapter", "sentence", "value"),
        *("expression", "k", "n", "about", "source"),
    ]
    return pd.DataFrame(rows, columns=columns).astype({"k": "Int64", "n": "Int64"})


def source_of(entry: Entry) -> str:
    """`data/raw/facts.csv: 4, 11`: the file and the lines behind a number."""
    lines = ", ".join(map(str, entry.rows))
    return f"{entry.file}: {lines}" if lines else entry.file


def _cell_entries(cell, name: str, chapter: str, before: int) -> list[Entry]:
    results = inline.results(cell)
    expressions = [
        expression
        for match in inline.EXPRESSION.finditer(cell.source)
        if inline.plain_text(results[expression := match.group(2).strip()])
    ]
    around = [
        sentence
        for sentence in sentences(cell.source, results)
        for _ in range(sentence.count(START))
    ]
    found = []
    for position, (expression, sentence) in enumerate(
        zip(expressions, around, strict=True), start=before + 1
    ):
        result = results[expression]
        origin = result["data"].get(MEDIA_TYPE, {})
        found.append(
            Entry(
                id=f"{name}-{position}",
                chapter=chapter,
                sentence=one_line(unmarked(sentence)),
                expression=expression,
                value=inline.plain_text(result),
                about=tuple(origin.get("about", ())),
                k=origin.get("k"),
                n=origin.get("n"),
                file=origin.get("file", ""),
                rows=tuple(origin.get("rows", ())),
            )
        )
    return found


def _title(notebook: NotebookNode) -> str:
    for cell in notebook.cells:
        match = TITLE.search(cell.source) if cell.cell_type == "markdown" else None
        if match:
            return match.group(1)
    return ""
