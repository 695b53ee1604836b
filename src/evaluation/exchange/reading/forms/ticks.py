"""A question of several answers with one column an option: 0 and 1, words for chosen and not
chosen, a mark or nothing, or the label of the option or nothing."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

import pandas as pd
from ruamel.yaml import YAML

from evaluation.exchange.reading.names import slug
from evaluation.project.config import MIN_CELL

MARKS = frozenset({"x", "✓", "✔", "☑"})


@dataclass(frozen=True)
class Ticks:
    """cells: "1", "0" or "" a respondent; label: of the option, where the cells tell it; is_blank:
    whether an empty cell is an option that was not chosen."""

    cells: pd.Series
    label: str | None
    is_blank: bool


def marked(columns: list[pd.Series]) -> list[Ticks] | None:
    """The ticks of columns that all hold marks of chosen and not chosen; None where one does not.

    Yes and no are marks where everybody answered all columns or none.
    """
    given = [frozenset(cell.casefold() for cell in column.unique() if cell) for column in columns]
    chosen, other, answers = _words()
    together = frozenset().union(*given)
    if not together or not together <= chosen | other or not all(given):
        return None
    if not together & chosen and not together <= {"0"}:
        return None
    is_blank = not together & other
    if together <= answers and not is_blank:
        empty = pd.concat([column == "" for column in columns], axis=1)
        if (empty.any(axis=1) & ~empty.all(axis=1)).any():
            return None
    return [
        Ticks(column.map(lambda cell: _tick(cell, chosen)), None, is_blank) for column in columns
    ]


def labelled(column: pd.Series, part: str) -> Ticks | None:
    """The ticks of a column that holds one label, or nothing or a word for not chosen.

    part: what the heading says of the option. A label that the heading does not tell is one where
    several respondents have it: a single text may be anything.
    """
    _, other, _ = _words()
    counts = column[column != ""].value_counts()
    labels = [cell for cell in counts.index if cell.casefold() not in other]
    if len(labels) != 1:
        return None
    label = labels[0]
    named = slug(label) == slug(part)
    if not named and counts[label] < MIN_CELL and len(counts) == 1:
        return None
    cells = column.map(lambda cell: "1" if cell == label else "0" if cell else "")
    return Ticks(cells, label, is_blank=len(counts) == 1)


def is_mark(cell: str) -> bool:
    """Whether a cell holds a sign that is no word: it can only mean chosen."""
    return cell.casefold() in MARKS


def is_no(cell: str) -> bool:
    """Whether a cell says that something was not chosen."""
    return cell.casefold() in _words()[1]


def says_ticked(cell: str) -> bool:
    """Whether a cell says in words that something was chosen or not, and answers nothing else."""
    chosen, other, answers = _words()
    word = cell.casefold()
    return word in (chosen | other) - answers and not word.isdigit() and len(word) > 1


def is_ticked(column: pd.Series, part: str) -> bool:
    """Whether a column tells of one option that it was chosen, or not: by marks, or by the label
    that its heading has."""
    chosen, other, answers = _words()
    given = {cell.casefold() for cell in column.unique() if cell}
    if given <= chosen | other and given & chosen:
        return not given <= answers
    return len(given) == 1 and slug(next(iter(given))) == slug(part)


def own_codes(columns: list[pd.Series]) -> list[Ticks] | None:
    """The ticks of columns that each hold the number of one option or nothing; else None."""
    given = [{cell for cell in column.unique() if cell} for column in columns]
    codes = [next(iter(cells)) for cells in given if len(cells) == 1]
    if len({*codes}) < len(columns) or not all(map(str.isdigit, codes)):
        return None
    return [Ticks(column.map(lambda cell: "1" if cell else ""), None, True) for column in columns]


def _tick(cell: str, chosen: frozenset[str]) -> str:
    return ("1" if cell.casefold() in chosen else "0") if cell else ""


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """(chosen, not chosen, those that may be answers to a battery too)."""
    source = resources.files("evaluation.exchange.reading.forms").joinpath("ticks.yml")
    content = YAML(typ="safe").load(source.read_text("utf-8"))
    return tuple(frozenset(content[part]) for part in ("chosen", "not_chosen", "answers"))  # type: ignore[return-value]
