"""Tests of the same respondents several times or on several items, exact where numbers are small.

Where they are not, tests draw from what they would else go through, and say so: `exact`.

rows: one per respondent, an answer each time; every row has all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from evaluation.stats.permutations import TIE, drawn_orders, drawn_p, over_orders


@dataclass(frozen=True)
class Repeated:
    """The `statistic` of n respondents `times` times, and Kendall's `w`: 0 no difference, 1 most.

    p is over all orders of each respondent's answers where it is `exact`, else over drawn ones;
    `least_p` is the smallest p that such answers can have, where all were gone through.
    """

    statistic: float
    w: float
    n: int
    times: int
    p: float
    exact: bool
    least_p: float | None


def cochran_q(rows: Sequence[Sequence[int]], seed: int = 1) -> Repeated:
    """Cochran's Q: do as many say yes each time, or to each item?

    rows: of 0 and 1, one per respondent, an answer each time. The p is the share of all orders of
    the answers within each row with a Q at least as large; where they are more than a second's
    work, `PERMUTATIONS` are drawn at random from `seed` and those observed are counted with them.
    Rows of the same answer each time play no part in it. `w` is Q over its largest value,
    n (times - 1). Sources: Cochran (1950), Biometrika 37:256-266; Serlin, Carr and Marascuilo
    (1982) for w. Raises ValueError for another answer than 0 and 1, and as `friedman`.
    """
    answers = _complete(rows)
    if not np.isin(answers, (0, 1)).all():
        raise ValueError("Cochran's Q takes answers of 0 and 1")
    return _repeated(answers.astype(int), seed)


def friedman(rows: Sequence[Sequence[float]], seed: int = 1) -> Repeated:
    """Friedman's test: are answers higher at one time, or to one item, than at another?

    rows: one per respondent, an answer each time. Answers are ranked within each row (means for
    ties), so codes of an ordinal scale may be used, of one scale. The p is the share of all orders
    within each row with a statistic at least as large; where they are more than a second's work,
    `PERMUTATIONS` are drawn at random from `seed` and those observed are counted with them.
    Sources: Friedman (1937); Conover (1999), section 5.8, on ties. Raises ValueError for a missing
    answer, fewer than two times or nobody.
    """
    return _repeated(np.rint(2 * rankdata(_complete(rows), axis=1)).astype(int), seed)


def _repeated(scores: np.ndarray, seed: int) -> Repeated:
    """The test of whole numbers in place of answers."""
    n, times = scores.shape
    total, sums = int(scores.sum()), scores.sum(0)
    spread = float((scores**2).sum() - (scores.sum(1) ** 2).sum() / times) / (times - 1)
    statistic = (float((sums**2).sum()) - total**2 / times) / spread if spread > TIE else 0.0
    # what all times of a respondent have in common takes no part in what differs
    varying = scores - scores.min(1, keepdims=True)
    varying = varying[varying.any(1)] // max(1, int(np.gcd.reduce(varying, axis=None)))
    every = over_orders(varying)
    if every:
        p, least_p = every.p, every.least_p
    else:
        p, least_p = drawn_p(drawn_orders(varying, seed) >= (varying.sum(0) ** 2).sum()), None
    w = statistic / (n * (times - 1))
    return Repeated(statistic, w, n, times, p, least_p is not None, least_p)


def _complete(rows: Sequence[Sequence[float]]) -> np.ndarray:
    answers = np.asarray(rows, dtype=float)
    if answers.ndim != 2 or len(answers) == 0 or answers.shape[1] < 2:
        raise ValueError("repeated answers are rows of as many answers each, at least two")
    if not np.isfinite(answers).all():
        raise ValueError("repeated answers are none missing")
    return answers
