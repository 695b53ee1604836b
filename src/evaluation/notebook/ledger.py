"""The number ledger: every number of a report, with its place, expression and origin.

In prose, captions and alternative texts a number is an inline expression with a recorded result;
in a table or figure it is a value that remembers its origin. A number in prose links to its entry
in the ledger, and the entry links back; the others are found by their table or figure.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import pandas as pd
from nbformat import NotebookNode

from evaluation.base.markdown import one_line
from evaluation.language.texts import Texts
from evaluation.notebook import edition, inline
from evaluation.notebook.sentences import START, sentences, unmarked, without_markup
from evaluation.report.provenance import MEDIA_TYPE, PLACED

FLOAT = re.compile(r"(?:fig|tbl)-")
ANCHOR = re.compile(r"^#\s.*\{#sec-([\w-]+)", re.MULTILINE)
HEADING = re.compile(r"^#{1,6}\s.*$", re.MULTILINE)
OWN_ANCHOR = re.compile(r"\{#([\w-]+)[^{}]*\}\s*$")
TITLE = re.compile(r"^#\s+(.*?)\s*(?:\{.*)?$", re.MULTILINE)
CHAPTER = "chapter"  # of an executed notebook: what it is called without an anchor
LINKED = " .number}"  # ends the attributes of a number that is a link to its entry
LISTING = "number_ledger.listing("  # the call by which the ledger chapter lists the others' numbers


@dataclass(frozen=True)
class Entry:
    """A number: where it stands, how it was computed, what is behind it.

    place: the anchor of the table, figure or section that it is in; empty in prose. output: the
    label, or else the id, of the cell that shows it; empty in prose too. row and column: what its
    place in the table or figure is called; empty in prose and captions.
    """

    sentence: str
    expression: str
    value: str
    about: tuple[str, ...]
    k: int | None
    n: int | None
    file: str
    rows: tuple[int, ...]
    id: str = ""
    chapter: str = ""
    place: str = ""
    output: str = ""
    row: str = ""
    column: str = ""


def entries(notebook: NotebookNode, texts: Texts) -> list[Entry]:
    """The numbers of an executed chapter, in the order of the text.

    An expression that gives nothing here, such as a note that is not called for, is none.
    """
    name = chapter_name(notebook)
    if name is None:
        return []
    chapter = _title(notebook) or name
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(1))
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and inline.METADATA in cell.metadata:
            found += _in_prose(cell, name)
        elif cell.cell_type == "code":
            found += _in_outputs(cell, texts)
    return [
        replace(
            entry,
            id="-".join(filter(None, (name, place, str(next(numbers[place]))))),
            chapter=chapter,
        )
        for entry in found
        for place in [entry.place or entry.output]
    ]


def chapter_name(notebook: NotebookNode) -> str | None:
    """What identifies a chapter in both languages: the anchor of its title, or else its file."""
    for cell in notebook.cells:
        match = ANCHOR.search(cell.source) if cell.cell_type == "markdown" else None
        if match:
            return match.group(1)
    named: str | None = notebook.metadata.get(CHAPTER)
    return named


def is_ledger(notebook: NotebookNode) -> bool:
    """Whether a notebook is the ledger chapter."""
    return any(LISTING in cell.source for cell in notebook.cells)


def link(notebook: NotebookNode, ledger_file: str) -> None:
    """Make each number of an executed chapter a link to its entry in the ledger chapter.

    The ledger chapter itself is left alone, and so are headings: they stand in contents and
    references too, where a link would be there twice.
    """
    if is_ledger(notebook):
        return
    name = chapter_name(notebook)
    numbers = count(1)
    for cell in notebook.cells:
        if name and cell.cell_type == "markdown" and inline.METADATA in cell.metadata:
            results = inline.results(cell)

            def linked(match: re.Match[str], results: dict[str, dict[str, Any]] = results) -> str:
                prefix, expression = match.groups()
                if _heading(match, name):
                    return match.group()
                if not inline.tells_number(results[expression.strip()]):
                    return match.group()
                identifier = f"{name}-{next(numbers)}"
                return (
                    f"{prefix}[[`{{python}} {expression}`]({ledger_file}#ledger-{identifier})]"
                    f"{anchor(identifier)}"
                )

            cell.source = inline.EXPRESSION.sub(linked, cell.source)


def anchor(identifier: str) -> str:
    """The attributes of a number that is a link to its entry; identifier: of the entry."""
    return f"{{#number-{identifier}{LINKED}"


def has_links(notebook: NotebookNode) -> bool:
    """Whether numbers of an executed chapter are links to their entries, see `link`."""
    return any(LINKED in cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def table(chapters: list[tuple[str, NotebookNode]], texts: Texts) -> pd.DataFrame:
    """The ledger of a report; chapters: (file, executed notebook).

    One row per number: id, file, chapter, place, output, row, column, sentence, value,
    expression, k, n, about, source (file and lines).
    """
    rows = [
        {
            "id": entry.id,
            "file": file,
            "chapter": entry.chapter,
            "place": entry.place,
            "output": entry.output,
            "row": entry.row,
            "column": entry.column,
            "sentence": entry.sentence,
            "value": entry.value,
            "expression": entry.expression,
            "k": entry.k,
            "n": entry.n,
            "about": ", ".join(entry.about),
            "source": source_of(entry),
        }
        for file, notebook in chapters
        for entry in entries(notebook, texts)
    ]
    columns = [
        *("id", "file", "chapter", "place", "output", "row", "column"),
        *("sentence", "value", "expression", "k", "n", "about", "source"),
    ]
    return pd.DataFrame(rows, columns=columns).astype({"k": "Int64", "n": "Int64"})


def source_of(entry: Entry) -> str:
    """`data/raw/facts.csv: 4, 11–15`: the file and the lines behind a number."""
    return f"{entry.file}: {spans(entry.rows)}" if entry.rows else entry.file


def rows_of(source: str) -> tuple[str, list[int]]:
    """The file and the lines that `source_of` has written together; source: what it gave."""
    file, _, lines = source.partition(": ")
    rows: list[int] = []
    for span in filter(None, lines.split(", ")):
        first, _, last = span.partition("–")
        rows += range(int(first), int(last or first) + 1)
    return file, rows


def spans(rows: Sequence[int]) -> str:
    """Lines with what follows without a gap as a span: `2–5, 9`."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    # two lines that follow one another are no shorter as a span
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )


def _heading(match: re.Match[str], chapter: str) -> str:
    """The anchor of the heading that an expression stands in, or of its chapter where the heading
    has none; empty elsewhere."""
    for heading in HEADING.finditer(match.string):
        if heading.start() <= match.start() < heading.end():
            own = OWN_ANCHOR.search(heading.group())
            return own.group(1) if own else f"sec-{chapter}"
    return ""


def _in_prose(cell: NotebookNode, chapter: str) -> list[Entry]:
    results = inline.results(cell)
    expressions = [
        (expression, _heading(match, chapter))
        for match in inline.EXPRESSION.finditer(cell.source)
        if inline.tells_number(results[expression := match.group(2).strip()])
    ]
    around = [
        sentence
        for sentence in sentences(cell.source, results)
        for _ in range(sentence.count(START))
    ]
    return [
        _entry(
            value := inline.plain_text(results[expression]),
            results[expression]["data"].get(MEDIA_TYPE, {}),
            # a value of several sentences has none around it
            sentence=one_line(unmarked(sentence) if value in unmarked(sentence) else value),
            expression=expression,
            place=place,
        )
        for (expression, place), sentence in zip(expressions, around, strict=True)
    ]


def _in_outputs(cell: NotebookNode, texts: Texts) -> list[Entry]:
    options = edition.read_options(cell)
    if not cell.outputs:
        return []
    if options.get("include", True) is False or options.get("output", True) is False:
        return []
    label = str(options.get("label", ""))
    anchor = label if FLOAT.match(label) else ""
    kind = anchor.partition("-")[0]
    where = texts(f"ledger.{kind}", label=label) if kind else ""
    output = label or cell.id
    expression = _shown_expression(cell.source)
    found = []
    for shown in cell.outputs:
        for told in shown.get("metadata", {}).get(PLACED, []):
            found.append(
                _entry(
                    told["value"],
                    told["origin"],
                    sentence=one_line(without_markup(told["text"])),
                    expression=told["expression"],
                    place=anchor,
                    output=output,
                )
            )
        for placed in shown.get("data", {}).get(PLACED, []):
            row = f"{placed['section']}: {placed['row']}".removeprefix(": ")
            found.append(
                _entry(
                    placed["value"],
                    placed["origin"],
                    sentence=f"{where}: {row}, {placed['column']}".removeprefix(": "),
                    expression=expression,
                    place=placed["anchor"] or anchor,
                    output=output,
                    row=row,
                    column=placed["column"],
                )
            )
    return found


def _entry(value: str, origin: dict[str, Any], **where: str) -> Entry:
    return Entry(
        value=value,
        about=tuple(origin.get("about", ())),
        k=origin.get("k"),
        n=origin.get("n"),
        file=origin.get("file", ""),
        rows=tuple(origin.get("rows", ())),
        **where,
    )


def _shown_expression(source: str) -> str:
    """What a code cell shows: its last expression, or what the name there was last given."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:  # a command of IPython among the lines
        return source.rstrip().rpartition("\n")[2]
    given = {
        target.id: statement.value
        for statement in statements
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    shown = statements[-1]
    value = shown.value if isinstance(shown, ast.Expr) else shown
    if isinstance(value, ast.Name):
        value = given.get(value.id, value)
    return one_line(ast.get_source_segment(source, value) or "")


def _title(notebook: NotebookNode) -> str:
    for cell in notebook.cells:
        match = TITLE.search(cell.source) if cell.cell_type == "markdown" else None
        if match:
            return match.group(1)
    return ""
