"""What may be told of numbers that persons gave: where they lie, resting on enough of them.

Sources: Hundepool et al., Statistical Disclosure Control (2012), chapter 4 (the p % rule of
dominance), and the rule of research data centres that a quantile is the mean of several answers
(Eurostat, Guidelines for output checking, 2010, section 5).
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from evaluation.disclosure.otherwise import all_may_be_otherwise

QUARTILES = {"lower_quartile": 0.25, "median": 0.5, "upper_quartile": 0.75}
QUARTERS = 4  # parts that the quartiles divide the answers into
HALVES = 2
# the next largest contributor must not know the largest more closely than this part of it
DOMINANCE = 0.1
DECIMALS = 6  # of a number, as far as a reader counts them


def summary(given: pd.Series, min_cell: int) -> dict[str, float]:
    """The mean and the quartiles of numbers, those that may be told; empty where none may.

    given: at least one number, none missing; min_cell: the smallest count that may be shown, at
    least 1. Nothing is told where `tells_of_few`: ones beside zeros are a count, and where all are
    alike it is the answer of each. No mean where one answer dominates the sum, or where it would
    tell, with the quartiles, how many gave a number; no quartiles where they would by themselves.
    """
    if min_cell == 1:
        return {"mean": float(given.mean()), **quartiles(given, 1)}
    if tells_of_few(given, min_cell) or gives_away(given, min_cell, mean=False):
        return {}
    without_mean = is_dominated(given) or gives_away(given, min_cell, mean=True)
    mean = {} if without_mean else {"mean": float(given.mean())}
    return {**mean, **quartiles(given, min_cell)}


def tells_of_few(given: pd.Series, min_cell: int) -> bool:
    """Whether figures of some numbers together would tell those of fewer than `min_cell` persons:
    where a quarter holds fewer, or fewer differ from the commonest.

    given: at least one number; min_cell: the smallest count that may be shown, more than 1.
    """
    others = len(given) - int(given.value_counts().iloc[0])
    return len(given) < QUARTERS * min_cell or others < min_cell


def quartiles(given: pd.Series, persons: int) -> dict[str, float]:
    """The quartiles of numbers, each the mean of the `persons` answers around its place.

    given: at least `persons` numbers, none missing. Of one person: type 7 of Hyndman and Fan
    (1996), linear interpolation.
    """
    if persons == 1:
        return {name: float(given.quantile(share)) for name, share in QUARTILES.items()}
    ordered = given.sort_values().to_numpy()
    return {name: float(ordered[place].mean()) for name, place in _places(len(given), persons)}


def _places(n: int, persons: int) -> list[tuple[str, slice]]:
    """Where among n ordered numbers the `persons` stand whose mean is a quartile."""
    found = []
    for name, share in QUARTILES.items():
        # as many on either side of the place; the upper half of a tie
        first = math.floor((n - 1) * share - (persons - 1) / 2 + 0.5)
        first = min(max(first, 0), n - persons)
        found.append((name, slice(first, first + persons)))
    return found


def gives_away(given: pd.Series, min_cell: int, *, mean: bool) -> bool:
    """Whether quartiles, and the mean where `mean`, tell how many gave a number that few gave.

    given: at least `min_cell` numbers; min_cell: the smallest count that may be shown, more than 1.
    The reader knows the figures exactly, between which limits the numbers lie (those of the given
    ones), and of how many decimals or thousands they are. They tell of a number that 1 to
    min_cell - 1 gave where no other answers have these figures, of which nobody or min_cell gave
    it.
    """
    scaled = np.rint(np.sort(given.to_numpy(float)) * 10**DECIMALS).astype(np.int64)
    unit = int(np.gcd.reduce(scaled - scaled[0])) or 1
    places = [place for _, place in _places(len(given), min_cell)]
    known = np.zeros((len(places) + mean, len(given)))
    for row, place in enumerate(places):
        known[row, place] = 1
    known[len(places) :] = 1
    return not all_may_be_otherwise((scaled - scaled[0]) // unit, known, min_cell)


def middle(given: pd.Series, persons: Sequence[Any], min_cell: int) -> float | None:
    """The median of numbers as it may be told, the mean of the `min_cell` around it; None where
    these, or those that differ from the commonest, are of fewer persons, or half are fewer numbers.

    given: numbers, none missing; persons: whose each is, of the same length, one of whom may have
    several; min_cell: the smallest count that may be shown, at least 1.
    """
    if min_cell == 1:
        return float(given.median()) if len(given) else None
    if len(given) < HALVES * min_cell:
        return None
    table = pd.DataFrame({"number": given.to_numpy(float), "person": list(persons)})
    others = table["person"][table["number"] != table["number"].mode().iloc[0]]
    places = dict(_places(len(table), min_cell))
    around = table.sort_values("number", kind="stable").iloc[places["median"]]
    if min(others.nunique(), around["person"].nunique()) < min_cell:
        return None
    return float(around["number"].mean())


def is_at_an_end(given: pd.Series, scale: tuple[int, int], min_cell: int) -> bool:
    """Whether the mean of answers lies so near an end of their scale that fewer than `min_cell` can
    have given another answer than that end.

    given: whole numbers; scale: the smallest and the largest that could be given; min_cell: the
    smallest count that may be shown; with 1 only where all gave it.
    """
    low, high = scale
    total, n = int(given.sum()), len(given)
    return min(total - n * low, n * high - total) < min_cell


def is_dominated(given: pd.Series) -> bool:
    """Whether the largest of some numbers is nearly known from their sum to the second largest.

    given: at least two numbers, of any sign.
    """
    sizes = given.abs().sort_values(ascending=False)
    return bool(sizes.iloc[2:].sum() < DOMINANCE * sizes.iloc[0])
