"""What may be told of numbers that persons gave: where they lie, resting on enough of them.

Sources: Hundepool et al., Statistical Disclosure Control (2012), chapter 4 (the p % rule of
dominance), and the rule of research data centres that a quantile is the mean of several answers
(Eurostat, Guidelines for output checking, 2010, section 5).
"""

import math

import pandas as pd

QUARTILES = {"lower_quartile": 0.25, "median": 0.5, "upper_quartile": 0.75}
QUARTERS = 4  # parts that the quartiles divide the answers into
# the next largest contributor must not know the largest more closely than this part of it
DOMINANCE = 0.1


def summary(given: pd.Series, min_cell: int) -> dict[str, float]:
    """The mean and the quartiles of numbers, those that may be told; empty where none may.

    given: at least one number, none missing; min_cell: the smallest count that may be shown, at
    least 1. Nothing is told where `tells_of_few`: ones beside zeros are a count, and where all are
    alike it is the answer of each. No mean where one answer dominates the sum.
    """
    if min_cell == 1:
        return {"mean": float(given.mean()), **quartiles(given, 1)}
    if tells_of_few(given, min_cell):
        return {}
    mean = {} if is_dominated(given) else {"mean": float(given.mean())}
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
    found = {}
    for name, share in QUARTILES.items():
        # as many on either side of the place; the upper half of a tie
        first = math.floor((len(ordered) - 1) * share - (persons - 1) / 2 + 0.5)
        first = min(max(first, 0), len(ordered) - persons)
        found[name] = float(ordered[first : first + persons].mean())
    return found


def is_dominated(given: pd.Series) -> bool:
    """Whether the largest of some numbers is nearly known from their sum to the second largest.

    given: at least two numbers, of any sign.
    """
    sizes = given.abs().sort_values(ascending=False)
    return bool(sizes.iloc[2:].sum() < DOMINANCE * sizes.iloc[0])
