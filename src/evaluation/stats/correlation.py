"""Whether two ordered answers of the same respondents go together, by permutation, and how much.

They need rows: nothing here may be applied to rows rebuilt from published figures.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial, inf, prod, sqrt
from typing import Any

import numpy as np
from scipy.stats import kendalltau, t

from evaluation.stats.checks import check_confidence, numbers
from evaluation.stats.estimates import Estimate
from evaluation.stats.permutations import PERMUTATIONS

PAIRED = "two answers of each respondent are lists of numbers, none missing"
# orders of the answers: as many are all tried, of more as many are drawn as PERMUTATIONS says
ENUMERATED = 50_000


@dataclass(frozen=True)
class TauB:
    """Kendall's tau-b of n pairs; p over `orders` orders, all there are where it is `exact`."""

    tau: float
    n: int
    p: float
    orders: int
    exact: bool


def tau_b(x: Sequence[float], y: Sequence[float], seed: int = 1) -> TauB:
    """Kendall's tau-b between two ordered answers of the same respondents, by permutation.

    x, y: the codes of the answers, one of each per respondent, in the same order. p is the share of
    the orders of one answer against the other with a |tau-b| at least as large. Up to `ENUMERATED`
    different orders are all tried; of more, `PERMUTATIONS` are drawn at random from `seed` and the
    observed one is counted with them. Sources: Kendall (1945); Phipson and Smyth (2010) for the
    drawn ones. Raises ValueError for lists of different length, missing answers, or answers that
    are all alike.
    """
    first, second = _pairs(x, y)
    if _orders(first) < _orders(second):
        first, second = second, first
    exact = _orders(second) <= ENUMERATED
    if exact:
        orders = np.array(list(_arrangements(tuple(second))))
    else:
        drawn = np.random.default_rng(seed).permuted(np.tile(second, (PERMUTATIONS, 1)), axis=1)
        orders = np.vstack([second, drawn])
    observed = _concordance(first, second[np.newaxis])
    as_strong = np.abs(_concordance(first, orders)) >= np.abs(observed)
    return TauB(
        tau=float(kendalltau(first, second, variant="b").statistic),
        n=len(first),
        p=float(as_strong.mean()),
        orders=len(orders),
        exact=exact,
    )


def tau_b_interval(x: Sequence[float], y: Sequence[float], confidence: float = 0.95) -> Estimate:
    """Kendall's tau-b between two ordered answers of the same respondents, and its interval.

    x, y: the codes of the answers, one of each per respondent, in the same order; confidence: from
    0 to 1.

    The interval is by the variance of the linearised tau-b, on Fisher's scale, with the t
    distribution of n - 2 degrees of freedom: simulated, 95 % held what is true for 91 to 98 % of
    lists of ten answers, for 94 to 97 % of twenty. Answers that go together without exception show
    no variance: the other end is infinite then. Sources: Brown and Benedetti (1977), Journal of the
    American Statistical Association 72:309-315, for the variance; Bonett and Wright (2000),
    Psychometrika 65:23-28, for the scale. Raises ValueError as `tau_b`.
    """
    check_confidence(confidence)
    first, second = _pairs(x, y)
    n = len(first)
    tau = float(kendalltau(first, second, variant="b").statistic)
    if abs(tau) > 1 - 1e-12:
        low, high = (-inf, 1.0) if tau > 0 else (-1.0, inf)
        return Estimate(tau, low, high, "fisher_z", confidence)
    signs = np.sign(first[:, None] - first), np.sign(second[:, None] - second)
    alike = [(each == 0).mean(1) for each in signs]
    apart = [1 - float(each.mean()) for each in alike]
    together = (signs[0] * signs[1]).mean(1)
    slope = 2 * together / sqrt(apart[0] * apart[1])
    slope += tau * (alike[0] / apart[0] + alike[1] / apart[1])
    error = sqrt(float(slope.var()) / n) / (1 - tau**2)
    half = float(t.ppf(0.5 + confidence / 2, n - 2)) * error
    low, high = (float(np.tanh(np.arctanh(tau) + end)) for end in (-half, half))
    return Estimate(tau, low, high, "fisher_z", confidence)


def _pairs(x: Sequence[float], y: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    first, second = numbers(x, PAIRED), numbers(y, PAIRED)
    if len(first) != len(second):
        raise ValueError(f"{len(first)} answers against {len(second)}: pairs have both")
    if min(len(np.unique(first)), len(np.unique(second))) < 2:
        raise ValueError("answers that are all alike go together with nothing")
    return first, second


def _concordance(x: np.ndarray, orders: np.ndarray) -> np.ndarray:
    """Concordant less discordant pairs of x with each row of `orders`, as whole numbers.

    The denominator of tau-b is the same for every order.
    """
    levels = np.unique(orders[0])
    before = np.zeros((len(orders), len(levels)), dtype=int)
    total = np.zeros(len(orders), dtype=int)
    for value in np.unique(x):
        answers = orders[:, x == value]
        here = np.column_stack([(answers == level).sum(1) for level in levels])
        up_to = before.cumsum(1)
        lower, higher = up_to - before, up_to[:, [-1]] - up_to
        total += (here * (lower - higher)).sum(1)
        before += here
    return total


def _orders(values: np.ndarray) -> int:
    """How many different orders the values have."""
    repeated = Counter(values.tolist()).values()
    return factorial(len(values)) // prod(factorial(times) for times in repeated)


def _arrangements(values: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Every different order of the values, once."""
    kinds = sorted(Counter(values).items())

    def place(
        kind: int, free: tuple[int, ...], placed: dict[int, Any]
    ) -> Iterator[tuple[Any, ...]]:
        if kind == len(kinds):
            yield tuple(placed[position] for position in range(len(values)))
            return
        value, times = kinds[kind]
        for chosen in combinations(free, times):
            rest = tuple(position for position in free if position not in chosen)
            yield from place(kind + 1, rest, placed | dict.fromkeys(chosen, value))

    yield from place(0, tuple(range(len(values))), {})
