"""Several answers in one cell, with a separator between them: which, and what the options are."""

import re
from collections import Counter
from itertools import pairwise

import pandas as pd

from evaluation.exchange.reading.grid import one_line

SEPARATORS = (";", "\n", " | ", "|", ", ", ",", " / ", "/", " + ", " • ")
ENCLOSED = re.compile(r"\[(?:[\"'].*[\"'])?\]")
ITEM = re.compile(r"\"([^\"]*)\"|'([^']*)'")
# so many options, and signs of one, a list has at most
MOST, LONGEST = 40, 90
# the share of the options that stand alone or in two combinations
FREE = 0.6
# the share of the cells that end in the separator where a tool ends its lists in it
ENDED = 0.9


def answers(cells: pd.Series, *, told: bool = False) -> pd.Series | None:
    """The options that each cell lists, as tuples, () for none; None where it is one answer.

    A separator between two parts that only ever stand side by side belongs to one option. told:
    somebody has said that the cells hold options, so that most parts have to recur, no more.
    """
    counts = cells[cells != ""].value_counts()
    different = [str(cell) for cell in counts.index]
    if different and all(map(ENCLOSED.fullmatch, different)):
        # as programs write a list: ["Mad", "Sport"]
        enclosed = {cell: tuple(map("".join, ITEM.findall(cell[1:-1]))) for cell in different}
        return cells.map(lambda cell: enclosed.get(cell, ()))
    for separator in SEPARATORS:
        if not any(separator in cell for cell in different):
            continue
        ends = sum(counts[cell] for cell in different if cell.endswith(separator))
        closed = separator == ";" and ends >= ENDED * counts.sum()
        split = {cell: _joined_back(_parts(cell, separator)) for cell in different}
        # so many different parts are sentences
        if not closed and len({part for parts in split.values() for part in parts}) > 4 * MOST:
            continue
        split = _held_together(split, separator)
        lists = list(split.values())
        if _is_list(lists, closed) or (told and _recur(lists)):
            return cells.map(lambda cell, split=split: split.get(cell, ()))
    return None


def are_rankings(listed: pd.Series) -> bool:
    """Whether all who answered list the same options, in different orders."""
    return _in_orders({row for row in listed if row})


def _in_orders(orders: set[tuple[str, ...]]) -> bool:
    return len(orders) > 1 and len({frozenset(row) for row in orders}) == 1


def may_be(cells: pd.Series) -> bool:
    """Whether cells may list options, though it is not clear."""
    filled = cells[cells != ""]
    return any(
        _recur([_joined_back(_parts(cell, separator)) for cell in filled.unique()])
        for separator in SEPARATORS
    )


def _recur(lists: list[tuple[str, ...]]) -> bool:
    """Whether most lists of several parts have parts alone that other lists have too."""
    uses = Counter(part for parts in {*lists} for part in {*parts})
    several = [parts for parts in lists if len(parts) > 1]
    again = sum(all(uses[part] > 1 for part in parts) for parts in several)
    return again > 2 and 2 * again > len(several) and len(uses) <= 4 * MOST


def _parts(cell: str, separator: str) -> tuple[str, ...]:
    return tuple(part for part in map(str.strip, cell.split(separator)) if part)


def _joined_back(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Parts whose brackets are closed: a separator inside of them divides nothing."""
    found: list[str] = []
    for part in parts:
        if found and found[-1].count("(") > found[-1].count(")"):
            found[-1] = f"{found[-1]}, {part}"
        else:
            found.append(part)
    return tuple(found)


def _held_together(split: dict[str, tuple[str, ...]], separator: str) -> dict[str, tuple[str, ...]]:
    """The cells with parts joined that stand side by side wherever one of them stands."""
    while True:
        seen, pairs = Counter[str](), Counter[tuple[str, str]]()
        for parts in split.values():
            seen.update(parts)
            pairs.update(pairwise(parts))
        pair = next(
            (each for each, count in pairs.items() if count == seen[each[0]] == seen[each[1]] > 1),
            None,
        )
        if pair is None:
            return split
        joint = f"{pair[0]}{separator.rstrip()} {pair[1]}"
        split = {cell: _with_joint(parts, pair, joint) for cell, parts in split.items()}


def _with_joint(parts: tuple[str, ...], pair: tuple[str, str], joint: str) -> tuple[str, ...]:
    at = next((at for at, each in enumerate(pairwise(parts)) if each == pair), None)
    return parts if at is None else (*parts[:at], joint, *parts[at + 2 :])


def _is_list(lists: list[tuple[str, ...]], closed: bool) -> bool:
    combinations = set(lists)
    options = {option for parts in combinations for option in parts}
    if any(len(set(parts)) < len(parts) for parts in combinations):
        return False
    if closed or _in_orders(combinations):
        return True
    if not options or max(map(len, options)) > LONGEST or len(options) > MOST:
        return False
    if max(map(len, combinations)) < 2 or any(one_line(option)[-1] in ".?!" for option in options):
        return False
    alone = {parts[0] for parts in combinations if len(parts) == 1}
    uses = Counter(option for parts in combinations for option in parts)
    free = {option for option in options if option in alone or uses[option] > 1}
    together = {option for parts in combinations if len(parts) > 1 for option in parts}
    again = sum(
        len(parts) > 1 and all(uses[option] > 1 for option in parts) for parts in combinations
    )
    return (len(alone & together) > 1 or (len(alone & together) == 1 and again > 1)) and len(
        free
    ) >= FREE * len(options)
