"""Numbers that may be no quantities: codes of answers, several codes in one number, or days and
times as programs count them.

What a column looks like as a whole decides; a doubt is told, and never one that a person has
answered.
"""

import re

import pandas as pd

from evaluation.exchange.reading.export import Remark
from evaluation.exchange.reading.placing.vocabulary import asks_amount, asks_day, asks_scale
from evaluation.exchange.reading.values import are_counted_days, told

# a scale of numbers has at most so many steps, and a list of ranges of an amount
SCALE, RANGES = 10, 30
# 1 = Yes, 2: No in a heading
LISTED = re.compile(r"(?<![\d.,])(\d{1,3})\s?[:=]")
# so many different numbers that all look like combined codes are no chance
COMBINED = 6
# codes that stand side by side in each number are of questions with so many options
SIDE_BY_SIDE = frozenset("12345")
# seconds of a day, and of the years that surveys are held in since the first day of the calendar
# that statistics programs count from: 1900 to 2100
DAY, YEARS = 86_400, (1.0e10, 1.64e10)


def doubt(number: pd.Series, heading: str, name: str) -> tuple[Remark | None, bool]:
    """(what is not sure of numbers, as `values.numbers` writes them, None where nothing is;
    whether they are safer read as text than as quantities).

    heading: what was asked; name: the question, for the remark.
    """
    filled = number[number != ""]
    if filled.empty:
        return None, False
    if _are_combined(filled):
        return Remark("combined_codes", name, told(filled)), True
    if _are_moments(filled, heading):
        return Remark("may_be_moments", name, told(filled)), True
    if _are_codes(filled, heading):
        return Remark("number_or_code", name, told(filled)), False
    return None, False


def _are_codes(filled: pd.Series, heading: str) -> bool:
    """Whether numbers may be codes of answers: small whole ones, given by several or asked for on a
    scale; ranges of an amount of money, which is none in itself; or codes that the heading lists.
    """
    values = pd.to_numeric(filled)
    if (values % 1 != 0).any() or values.min() < 0:
        return False
    listed = {int(code) for code in LISTED.findall(heading)}
    if len(listed) > 1 and {*values.astype(int)} <= listed:
        return True
    few = 3 * filled.nunique() <= 2 * len(filled)
    if values.max() <= SCALE:
        return few or asks_scale(heading)
    return few and filled.nunique() > 2 and values.max() <= RANGES and asks_amount(heading)


def _are_combined(filled: pd.Series) -> bool:
    """Whether each number may hold several codes: 135 for the options 1, 3 and 5, or 231 for the
    answers 2, 3 and 1 to three questions."""
    different = [cell.replace(".", "") for cell in filled.unique()]
    several = [cell for cell in different if len(cell) > 1]
    if len(several) < COMBINED or not all(cell.isdigit() and "0" not in cell for cell in different):
        return False
    lengths = {*map(len, different)}
    if any("." in cell for cell in filled) and lengths != {1, 2}:
        return False
    if len(lengths) == 1:
        return {digit for cell in different for digit in cell} <= SIDE_BY_SIDE
    # ages of the young grow too: 12 to 19
    varied = all(len({cell[at] for cell in several}) > 2 for at in (0, 1))
    return varied and all("".join(sorted({*cell})) == cell for cell in several)


def _are_moments(filled: pd.Series, heading: str) -> bool:
    """Whether numbers may be days or times: seconds since the calendar began, or days that a
    spreadsheet counted where the heading speaks of one."""
    values = pd.to_numeric(filled)
    low, high = YEARS
    if values.between(low, high).all() or (values.gt(0) & (values % DAY == 0)).all():
        return True
    return asks_day(heading) and are_counted_days(filled)
