"""What the cells of one column are: numbers, days or text. Nothing is inferred of a single cell.

A column is a series of text, "" where there is no answer. What the cells leave open is told in
the name of a remark, never decided in silence.
"""

import re
from datetime import date
from decimal import Decimal

import pandas as pd

PLAIN = re.compile(r"[+-]?\d+")
POINT = re.compile(r"[+-]?\d*\.\d+|[+-]?\d(\.\d+)?[eE]-\d{1,2}")
COMMA = re.compile(r"[+-]?\d*,\d+")
# no thousands begin with a zero: 0,512 is about a half
POINT_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
COMMA_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
STYLES = {".": (PLAIN, POINT, POINT_GROUPED), ",": (PLAIN, COMMA, COMMA_GROUPED)}
# numbers are kept to as many places as the tables of an evaluation folder hold
PLACES = 9
# so many different numbers are told one by one
TOLD = 12
# days since the end of the year 1899
COUNTED_DAYS = (20_000, 60_000)
# one to three digits, a mark and three digits: 1.234 may be a thousand or one and a bit
UNCLEAR = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
UNIT = re.compile(
    r"(?:ca\.?|about|approx\.?|cirka|around|omkring)?\s*(?P<before>kr\.?|dkk|eur|sek|nok|[€$£])?"
    r"\s*(?P<number>[+-]?\d[\d.,]*)"
    r"\s*(?P<unit>[^\W\d_]*\.?|[%€$£])",
    re.IGNORECASE,
)
PLURALS = frozenset({"r", "er", "e", "s", "n", "en", "ar", "or", "utter", "uter", "utes", "oner"})
DAY = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{4}|\d{1,2})")
# 0045 and 17 digits in a row are names written in digits: reading them as numbers would lose some
NAME = re.compile(r"[+-]?(0\d+([.,]\d+)?|\d{16,})")
TIME = re.compile(r"[T ]\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?")


def whole(cell: str) -> str:
    """A code as the file means it: spreadsheets and services write 5 as 5.0 too."""
    return re.sub(r"^([+-]?\d+)[.,]0+$", r"\1", cell)


def numbers(column: pd.Series) -> tuple[pd.Series, str | None] | None:
    """The column with its numbers written as -1234.5, and the name of a remark where the mark
    was unclear; None where a cell is no number, or none is filled.

    One mark is the decimal mark of the whole column: 1,5 beside 2.5 is no column of numbers.
    """
    cells = [cell for cell in column if cell]
    if not cells or any(NAME.fullmatch(cell) for cell in cells):
        return None
    marked = [cell for cell in cells if not PLAIN.fullmatch(cell)]
    if marked and all(UNCLEAR.fullmatch(cell) for cell in marked):
        # a mark that is decimal in one reading and a thousands mark in the other
        marks = {cell.strip("+-0123456789") for cell in marked}
        if len(marks) > 1:
            return None
        return _written(column, marks.pop()), "number_unclear"
    for mark, style in STYLES.items():
        if all(any(form.fullmatch(cell) for form in style) for cell in cells):
            return _written(column, mark), None
    return None


def _written(column: pd.Series, mark: str) -> pd.Series:
    other = "," if mark == "." else "."

    def write(cell: str) -> str:
        plain = cell.replace(other, "").replace(mark, ".")
        if "e" in plain.casefold() or len(plain.partition(".")[2]) > PLACES:
            plain = f"{Decimal(plain).quantize(Decimal(1).scaleb(-PLACES)):f}"
        sign = "-" if plain.startswith("-") else ""
        whole, _, part = plain.lstrip("+-").partition(".")
        whole, part = whole.lstrip("0") or "0", part.rstrip("0")
        text = f"{whole}.{part}" if part else whole
        return text if text == "0" else sign + text

    return column.map(lambda cell: write(cell) if cell else "")


def told(number: pd.Series) -> str:
    """The different numbers of a column, the least first; of many the first, and how many more."""
    different = sorted({cell for cell in number if cell}, key=float)
    more = len(different) - TOLD
    listed = ", ".join(different[:TOLD] if more > 1 else different)
    return f"{listed}, … (+{more})" if more > 1 else listed


def are_counted_days(column: pd.Series) -> bool:
    """Whether all cells are days as spreadsheets count them, of the years from 1954 to 2064."""
    read = numbers(column)
    if read is None:
        return False
    values = pd.to_numeric(read[0][read[0] != ""])
    return bool(values.between(*COUNTED_DAYS).all())


def with_unit(column: pd.Series) -> tuple[pd.Series, str] | None:
    """(the column without the unit that stands after its numbers, the unit, "" for `ca. 30`); None
    where a cell has no number or another unit."""
    matches = {cell: UNIT.fullmatch(cell) for cell in column.unique() if cell}
    units = {
        (match["unit"] or match["before"] or "").casefold().rstrip(".")
        for match in matches.values()
        if match
    }
    units.discard("")
    # one time, two timer
    unit = min(units, key=len, default="")
    if not matches or not all(matches.values()) or not all(_is_form(each, unit) for each in units):
        return None
    bare = {cell: match["number"] for cell, match in matches.items() if match}
    return column.map(bare | {"": ""}), unit


def _is_form(word: str, unit: str) -> bool:
    """Whether a word is a unit, or more of it: dag, dage, Stunde, Stunden."""
    return word == unit or (len(unit) > 1 and word.removeprefix(unit) in PLURALS)


def days(column: pd.Series, *, day_first: bool = False) -> tuple[pd.Series, str | None] | None:
    """The column with its days written as 2025-03-31, and the name of a remark where the order
    of day and month was unclear; None where a cell is no day, or none is filled.

    A time of the day is left out. The order is the one that makes every cell a day; where both
    do, `day_first` says that the format has the day first, else the column is no column of days.
    """
    cells = [cell for cell in column if cell]
    parts = {cell: three for cell in set(cells) if (three := _parts(cell))}
    if not cells or not parts.keys() >= set(cells):
        return None
    fitting = {}
    for order in ("day", "month"):
        found = {cell: _day(*parts[cell], order) for cell in parts}
        if None not in found.values():
            fitting[order] = found
    if not fitting:
        return None
    if len(fitting) == 2 and fitting["day"] != fitting["month"]:
        if not day_first:
            return column, "day_unclear"
        fitting = {"day": fitting["day"]}
    written = next(iter(fitting.values()))
    return column.map(lambda cell: written[cell] if cell else ""), None


def _parts(cell: str) -> tuple[int, int, int] | None:
    match = DAY.match(cell)
    if match is None or (cell[match.end() :] and not TIME.fullmatch(cell[match.end() :])):
        return None
    first, second, third = match.groups()
    # one part is a year of four digits; with two digits a day and a year look the same
    if (len(first) == 4) == (len(third) == 4) or len(first) == 3:
        return None
    return int(first), int(second), int(third)


def _day(first: int, second: int, third: int, order: str) -> str | None:
    if first > 999:
        year, month, day = first, second, third
    elif order == "day":
        day, month, year = first, second, third
    else:
        month, day, year = first, second, third
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
