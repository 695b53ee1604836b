"""Marks of no answer: signs and words that stand for an empty cell, and numbers that cannot be
answers."""

import re
from unicodedata import category

import pandas as pd

from evaluation.language.scales import is_beside

# so many signs of punctuation, and nothing else, are no answer to anything
SIGNS = 3
# what stands in brackets as a whole is a note of a program: (leer), [no answer], <ohne>
NOTED = r"(?=[^)\]>]{3})[^\W\d_]+(?: [^\W\d_]+){0,2}"
NOTE = re.compile(rf"\({NOTED}\)|\[{NOTED}\]|<{NOTED}>")
# what programs write for an empty cell; of free text it may be an answer
WORDS = frozenset(
    {"na", "n/a", "n.a.", "#n/a", "#na", "nan", "null", "#null!", "none", "nil"}
    | {"<na>", "missing", "#value!", "#ref!", "#div/0!", "sysmis", "blank"}
)
# those of them that nobody writes, but for R's NA in capitals
NOBODYS = WORDS - {"none", "nil", "missing", "blank", "na", "n/a", "n.a."}
# numbers that mark an answer as missing where all others are far from them
NEGATIVE = frozenset(
    f"-{code}" for code in (1, 7, 8, 9, 66, 77, 88, 97, 98, 99, 777, 888, 998, 999, 9999)
)
POSITIVE = frozenset(
    str(code)
    for code in (
        77,
        88,
        97,
        98,
        99,
        777,
        888,
        997,
        998,
        999,
        9999,
        99999,
        999999,
        9999999,
        99999999,
    )
)
# the same close to a scale of some steps
CLOSE, STEPS = frozenset("789"), 3
# a number so many times as large as the others is none of them
FAR, ONCE = 1.15, 3.0


def told(marks: dict[str, int]) -> str:
    """How often each mark stands in a column."""
    return ", ".join(f"{mark} × {count}" for mark, count in marks.items())


def without_signs(cells: pd.Series) -> tuple[pd.Series, dict[str, int]]:
    """The cells with signs that are no answer emptied, and how often each stood there."""
    return _emptied(cells, {cell for cell in cells.unique() if _is_sign(cell)})


def without_words(cells: pd.Series) -> tuple[pd.Series, dict[str, int]]:
    """The same of words that programs write for no answer."""
    given = [cell for cell in cells.unique() if cell]
    marks = {cell for cell in given if cell.casefold() in WORDS}
    noted = {cell for cell in given if NOTE.fullmatch(cell)}
    # options may all stand in brackets
    return _emptied(cells, marks | (noted if 2 * len(noted) < len(given) else set()))


def without_programs_words(cells: pd.Series) -> tuple[pd.Series, dict[str, int]]:
    """The same of free text, in which a word such as "none" may be an answer."""
    return _emptied(
        cells, {cell for cell in cells.unique() if cell == "NA" or cell.casefold() in NOBODYS}
    )


def without_beside(cells: pd.Series) -> tuple[pd.Series, dict[str, int]]:
    """The same of answers such as "don't know" among numbers; nothing where others are in words."""
    worded = {cell for cell in cells.unique() if cell and not any(map(str.isdigit, cell))}
    if not worded or not all(map(is_beside, worded)):
        return cells, {}
    return _emptied(cells, worded)


def without_codes(cells: pd.Series) -> tuple[pd.Series, dict[str, int]]:
    """The same of numbers that mark a missing answer, such as -99 among 1 to 5.

    Beside words any such number is one; beside numbers it is where it is far from all others.
    """
    present = [cell for cell in cells.unique() if cell]
    codes = {cell for cell in present if cell.removesuffix(".0") in NEGATIVE | POSITIVE}
    others = [cell for cell in present if cell not in codes]
    if not codes or not others:
        return cells, {}
    values = pd.to_numeric(pd.Series(others), errors="coerce")
    if values.isna().all():
        return _emptied(cells, codes)
    if values.isna().any():
        return cells, {}
    low, high, counts = values.min(), values.max(), cells.value_counts()
    found = set()
    for code in sorted(codes, key=float):
        value = float(code)
        often = counts[code] > 1
        if value < 0 and low >= 0 and (value <= -7 or often):
            found.add(code)
        if value > 0 and value > high * (FAR if often else ONCE):
            found.add(code)
    return _emptied(cells, found)


def apart(cells: pd.Series) -> dict[str, int]:
    """How often numbers stand there that may mark a missing answer, though they are not far from
    the others: 8 and 9 above the steps 1 to 4."""
    given = {cell for cell in cells.unique() if cell}
    marks = {cell for cell in given if cell in CLOSE}
    others = {int(cell) for cell in given - marks if cell.isdigit()}
    if not marks or len(others) < len(given - marks) or len(others) < STEPS:
        return {}
    low, high = min(others), max(others)
    if low > 1 or len(others) <= high - low or int(min(marks)) <= high + 1:
        return {}
    return _emptied(cells, marks)[1]


def _is_sign(cell: str) -> bool:
    return 0 < len(cell) <= SIGNS and all(category(sign).startswith("P") for sign in cell)


def _emptied(cells: pd.Series, marks: set[str]) -> tuple[pd.Series, dict[str, int]]:
    counts = cells.value_counts()
    return cells.where(~cells.isin(marks), ""), {mark: int(counts[mark]) for mark in sorted(marks)}
