"""Comparisons that answer one question: a family, and the p of each adjusted for their number."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """Tests declared together: how many, and for each its p adjusted for that number."""

    tests: int
    adjusted: dict[str, float]


def holm(p_values: Mapping[str, float]) -> Family:
    """The p of every test of a declared family, adjusted by Holm's method.

    p_values: the name of each test that was run and its p. Leaving out the tests that came to
    nothing makes the adjustment void. Source: Holm (1979). Raises
    ValueError for an empty family and for a p that is none.
    """
    if not p_values or not all(0 <= p <= 1 for p in p_values.values()):
        raise ValueError("a family has at least one test, and every p lies from 0 to 1")
    # the function of statsmodels collects garbage first, which takes a tenth of a second
    tests, highest = len(p_values), 0.0
    adjusted = dict.fromkeys(p_values, highest)
    for rank, name in enumerate(sorted(p_values, key=p_values.__getitem__)):
        highest = max(highest, min(1.0, (tests - rank) * float(p_values[name])))
        adjusted[name] = highest
    return Family(tests, adjusted)
