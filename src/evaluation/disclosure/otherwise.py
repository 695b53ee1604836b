"""Whether answers in whole numbers may be other ones, for a reader who knows some of their sums.

Arguments of the same name are the same in all functions:

- answers: whole numbers in order; the reader knows of none below the first or above the last;
- known: a row of ones and zeros for each sum that the reader knows;
- min_cell: the smallest count that may be shown, more than 1.
"""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

# of the answers only so many on either side of a number are taken to be other ones, and as many
# ends of runs of equal answers
NEAREST = 20
TRADERS = 6  # are tried first


def all_may_be_otherwise(answers: np.ndarray, known: np.ndarray, min_cell: int) -> bool:
    """Whether of each number that 1 to min_cell - 1 persons gave the reader may take it that nobody
    gave it, or that min_cell did.

    answers, known, min_cell: see the module.
    """
    values, first, counts = np.unique(answers, return_index=True, return_counts=True)
    few = counts < min_cell
    return all(
        (count == 1 and _trades(answers, at, known)) or _solved(answers, value, known, min_cell)
        for value, at, count in zip(values[few], first[few], counts[few], strict=True)
    )


def _trades(answers: np.ndarray, one: int, known: np.ndarray) -> bool:
    """Whether a single answer may be one more or less, and another of the same sums make up for it,
    without changing places: most answers may, and this is quick."""
    start = max(one - TRADERS, 0)
    for other in range(start, min(one + TRADERS + 1, len(answers))):
        if other == one or (known[:, other] != known[:, one]).any():
            continue
        for step in (1, -1):
            near = slice(max(start - 1, 0), one + TRADERS + 2)
            moved = answers[near].copy()
            moved[one - near.start] += step
            moved[other - near.start] -= step
            inside = answers[0] <= moved[0] and moved[-1] <= answers[-1]
            gone = moved[other - near.start] != answers[one]
            if inside and gone and (np.diff(moved) >= 0).all():
                return True
    return False


def _solved(answers: np.ndarray, value: int, known: np.ndarray, min_cell: int) -> bool:
    """Whether a programme finds answers with the same sums where nobody or min_cell persons gave
    `value`."""
    first = int(np.searchsorted(answers, value))
    end = int(np.searchsorted(answers, value, "right"))
    places = _free(answers, first, end)
    low, high = _limits(answers, places)
    sums = known[:, places]
    told = [
        LinearConstraint(sums, sums @ answers[places], sums @ answers[places]),
        LinearConstraint(np.diff(np.eye(len(places)), axis=0), 0, np.inf),
    ]

    def fits(here: np.ndarray, least: int, below: np.ndarray, most: int) -> bool:
        """Whether answers exist of which those `here` are at least `least`, and those `below` at
        most `most`."""
        bottom = np.where(here, np.maximum(low, least), low)
        top = np.where(below, np.minimum(high, most), high)
        if (bottom > top).any():
            return False
        whole = np.ones(len(places))
        found = milp(0 * whole, constraints=told, bounds=Bounds(bottom, top), integrality=whole)
        return bool(found.success)

    starts = range(max(end - min_cell, 0), min(first, len(answers) - min_cell) + 1)
    enough = [(places >= start) & (places < start + min_cell) for start in starts]
    return any(
        fits(places >= split, value + 1, places < split, value - 1)
        for split in range(first, end + 1)
    ) or any(fits(here, value, here, value) for here in enough)


def _free(answers: np.ndarray, first: int, end: int) -> np.ndarray:
    """The places of the answers that may be other ones: those near the places from `first` to
    `end`, and the nearest ends of runs."""
    free = np.zeros(len(answers), dtype=bool)
    free[max(first - NEAREST, 0) : end + NEAREST] = True
    ends = np.flatnonzero(np.diff(answers))
    near = ends[np.argsort(np.abs(ends - first), kind="stable")][: 2 * NEAREST]
    free[near] = free[near + 1] = True
    return np.flatnonzero(free)


def _limits(answers: np.ndarray, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The smallest and the largest value of each free answer between those that are not."""
    before, after = np.maximum(places - 1, 0), np.minimum(places + 1, len(answers) - 1)
    low = np.where(np.isin(before, places), answers[0], answers[before])
    high = np.where(np.isin(after, places), answers[-1], answers[after])
    return low, high
