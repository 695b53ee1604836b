"""The headings of a plain table, wherever they stand: below notes, and in more lines than one.

Tools write a second and a third line of headings: the wording of each question (Qualtrics), the
options of a question whose name stands above the first of its columns alone (SurveyMonkey), or
labels below codes.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ruamel.yaml import YAML

from evaluation.exchange.reading.export import Remark
from evaluation.exchange.reading.grid import Grid, one_line
from evaluation.exchange.reading.values import DAY

IMPORT_ID = re.compile(r'\{\s*"ImportId"\s*:')
CODE = re.compile(r"[A-Za-zÆØÅæøå]{0,4}\d+([._-]\w+)*|[A-Za-z]\w*_\d+(_\w+)*")
# `code. wording` and `code[item]. wording`, as LimeSurvey writes both in one heading
CODED = re.compile(r"(?P<code>[^\W\d]\w*(?:\[\w+\])*)\.\s+(?P<text>.*\S)", re.DOTALL)
VALUE = re.compile(r"[-+]?[\d.,]+|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*")
# the lines below the names that may be headings too
LOOKED_AT = 3
NEARLY_ALL, CERTAIN = 0.8, 0.95


@dataclass(frozen=True)
class Headed:
    """grid: one line of names, each used once, and the rows of answers; wordings: name -> what was
    asked, where the file tells it apart from the name."""

    grid: Grid
    wordings: dict[str, str]
    remarks: tuple[Remark, ...]


def headed(grid: Grid) -> Headed:
    """The table of a grid below one line of names."""
    grid, remarks = _without_notes(grid)
    rows = [list(row) for row in grid.rows]
    below = rows[1 : 1 + LOOKED_AT]
    wordings: dict[int, str] = {}
    ids = next((at for at, row in enumerate(below, start=1) if _is_import_ids(row)), 0)
    further = ids
    if rows and ids:
        wordings = {at: one_line(text) for at, text in enumerate(rows[1]) if text and ids > 1}
    elif len(rows) > 1 and _are_options(rows[0], rows[1], rows[2:]):
        further = 1
        rows[0] = _joined(rows[0], rows[1])
    elif len(rows) > 2 and _are_labels(rows[0], rows[1], rows[2:]):
        further = 1
        wordings = {at: one_line(text) for at, text in enumerate(rows[1]) if text}
    if further:
        remarks.append(Remark("further_headings", grid.name, str(further)))
    elif rows and (coded := _coded(rows[0])):
        rows[0], wordings = coded
    names, told = _unique(rows[0] if rows else [], grid.name)
    remarks += told
    kept = [names, *rows[1 + further :]] if rows else []
    lines = [*grid.lines[:1], *grid.lines[1 + further :]]
    found = {names[at]: text for at, text in wordings.items() if names[at]}
    return Headed(Grid(grid.name, kept, lines, grid.remarks), found, tuple(remarks))


def _without_notes(grid: Grid) -> tuple[Grid, list[Remark]]:
    """The grid from the line that has as many cells as most of the others."""
    filled = [sum(map(bool, row)) for row in grid.rows]
    if len(filled) < 3:
        return grid, []
    wide = max(len(_trimmed(row)) for row in grid.rows)
    first = next((at for at, count in enumerate(filled) if 2 * count > wide), 0)
    if first and _are_names(grid.rows[first - 1 :], wide):
        first -= 1
    if not first or wide < 2 or any(2 * count > wide for count in filled[:first]):
        return grid, []
    notes = ", ".join(cell for row in grid.rows[:first] for cell in row if cell)
    left = Grid(grid.name, grid.rows[first:], grid.lines[first:], grid.remarks)
    return left, [Remark("notes_left_out", grid.name, notes[:80])]


def _are_names(rows: list[list[str]], wide: int) -> bool:
    """Whether a line is one of names above a second: each text stands above the first of its
    columns, where a note stands at the left, or names the columns that the second leaves without
    a name."""
    at = [position for position, cell in enumerate(rows[0]) if cell]
    if len(at) < 3:
        return False
    if 2 * at[-1] > wide and at[-1] - at[0] >= len(at):
        return True
    below = next((row for row in rows[1:] if any(row)), [])
    unnamed = [
        position
        for position in range(wide)
        if not "".join(below[position : position + 1])
        and any(any(row[position : position + 1]) for row in rows[1:])
    ]
    return bool(unnamed) and {*unnamed} <= {*at}


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row


def _is_import_ids(row: list[str]) -> bool:
    filled = [cell for cell in row if cell]
    return bool(filled) and sum(bool(IMPORT_ID.match(cell)) for cell in filled) >= NEARLY_ALL * len(
        filled
    )


def _are_options(names: list[str], second: list[str], rows: list[list[str]]) -> bool:
    """Whether the second line names the columns that the first leaves without a name, or says of
    each that it holds a response."""
    filled = [cell for cell in second if cell]
    if not filled:
        return False
    told = sum(cell.casefold() in _responses() for cell in filled)
    unnamed = [at for at, name in enumerate(names) if not name and at < len(second)]
    covered = [at for at in unnamed if second[at]]
    blank = any(
        not cell and any(row[at] for row in rows if at < len(row)) for at, cell in enumerate(second)
    )
    fitting = sum(
        _is_heading(cell, [row[at] for row in rows if at < len(row)])
        for at, cell in enumerate(second)
    )
    if told == len(filled):
        return True
    if not rows and not told:
        return False
    if fitting < CERTAIN * len(second):
        return False
    return bool(told and (blank or covered)) or len(covered) >= max(1, NEARLY_ALL * len(unnamed))


def _is_heading(cell: str, below: list[str]) -> bool:
    """Whether a cell of a second line can be a heading: no value, and no answer of several.

    A column with one option holds it below its heading too.
    """
    if not cell:
        return True
    return not (VALUE.fullmatch(cell) or DAY.match(cell)) and (
        cell not in below or not {*below} - {cell, ""}
    )


def _joined(names: list[str], second: list[str]) -> list[str]:
    """The two lines in one: `Question [option]` where several columns belong to a question."""
    stems, stem = [], ""
    for at, name in enumerate(names):
        stem = one_line(name) or (stem if at < len(second) and second[at] else "")
        stems.append(stem)
    several = Counter(stems)
    joined = []
    for at, stem in enumerate(stems):
        part = one_line(second[at]) if at < len(second) else ""
        # a whole question below another is one of its own
        if part.endswith("?"):
            stem = ""
        alone = several[stem] == 1 and part.casefold() in _responses()
        plain = not part or not stem or alone
        joined.append(
            stem or part if plain else f"{stem} [{part.replace('[', '(').replace(']', ')')}]"
        )
    return joined


def _coded(names: list[str]) -> tuple[list[str], dict[int, str]] | None:
    """The codes in headings that hold a code and a wording, and the wordings by their place."""
    found = {at: match for at, name in enumerate(names) if (match := CODED.fullmatch(name))}
    if len(found) < max(2, NEARLY_ALL * sum(map(bool, names))):
        return None
    codes = [found[at]["code"] if at in found else name for at, name in enumerate(names)]
    if len({*codes}) < len(codes):
        return None
    return codes, {at: one_line(match["text"]) for at, match in found.items()}


def _are_labels(names: list[str], second: list[str], rows: list[list[str]]) -> bool:
    """Whether the second line holds the wordings of the questions that the first has codes for."""
    pairs = [(at, name, second[at]) for at, name in enumerate(names) if name and at < len(second)]
    filled = [(at, name, text) for at, name, text in pairs if text]
    if len(filled) < NEARLY_ALL * len(pairs) or len({text for *_, text in filled}) < len(filled):
        return False
    coded = telling = 0
    for at, name, text in filled:
        below = [row[at] for row in rows if at < len(row) and row[at]]
        if text in below or VALUE.fullmatch(text) or DAY.match(text):
            return False
        coded += bool(CODE.fullmatch(name)) or " " not in name
        values = bool(below) and all(VALUE.fullmatch(cell) for cell in below)
        telling += values or text.endswith(("?", ":")) or len(text.split()) > 2
    return 2 * coded > len(filled) and 2 * telling > len(filled)


def _unique(names: list[str], file: str) -> tuple[list[str], list[Remark]]:
    """Names that are used once: the second of a name gets its number."""
    used: set[str] = set()
    found, repeated = [], []
    for name in map(one_line, names):
        written, count = name, 1
        while name and written in used:
            count += 1
            written = f"{name} ({count})"
        if written != name:
            repeated.append(name)
        used.add(written)
        found.append(written)
    told = ", ".join(dict.fromkeys(repeated))
    return found, [Remark("repeated_names", file, told)] if repeated else []


@cache
def _responses() -> frozenset[str]:
    source = resources.files("evaluation.exchange.reading").joinpath("header_rows.yml")
    lines = YAML(typ="safe").load(source.read_text("utf-8"))
    return frozenset(word.strip() for line in lines for word in line.split(","))
