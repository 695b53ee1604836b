"""How far the answers of two groups, or of one group twice, lie apart: in order and in units.

Arguments of the same name are the same in all functions:

- x, y: the values of each group;
- confidence: how often the interval holds what is true, from 0 to 1.

They need rows, as the tests of `ranks` and `pairs` do.
"""

from collections.abc import Sequence
from math import inf, sqrt

import numpy as np
from scipy.stats import norm, t

from evaluation.stats.checks import check_confidence, numbers
from evaluation.stats.estimates import Estimate
from evaluation.stats.pairs import signed_rank_chances
from evaluation.stats.permutations import SUMMED
from evaluation.stats.ranks import rank_sum_chances

RULE = "answers are a list of at least one number, none missing"


def cliffs_delta(x: Sequence[float], y: Sequence[float], confidence: float = 0.95) -> Estimate:
    """Cliff's delta: how much more often x is the larger of a pair than y, and its interval.

    x, y: the values of each group; confidence: from 0 to 1.

    1 where every x is larger than every y, 0 where as many are larger as smaller. Values are only
    compared, so codes of an ordinal scale may be used. The interval lies unevenly around delta,
    with the t distribution of n_x + n_y - 2 degrees of freedom; where delta is 1 or -1, its other
    end is (n - z squared) / (n + z squared) for the smaller group of n. A group of one shows no
    spread: both ends are infinite then. Sources: Cliff (1996); Feng and Cliff (2004), Journal of
    Modern Applied Statistical Methods 3:322-332; Cliff (1993) for the variance.
    Raises ValueError for a missing value or an empty group.
    """
    first, second = numbers(x, RULE), numbers(y, RULE)
    check_confidence(confidence)
    n_x, n_y = len(first), len(second)
    larger = np.sign(first[:, None] - second)
    delta = float(larger.mean())
    if min(n_x, n_y) < 2:
        return Estimate(delta, -inf, inf, "feng_cliff", confidence)
    if abs(delta) == 1:
        z, n = float(norm.ppf(0.5 + confidence / 2)), min(n_x, n_y)
        end = (n - z * z) / (n + z * z)
        low, high = (end, 1.0) if delta > 0 else (-1.0, -end)
        return Estimate(delta, low, high, "feng_cliff", confidence)
    rows, columns = larger.mean(1).var(ddof=1), larger.mean(0).var(ddof=1)
    cells = larger.var() * larger.size / ((n_x - 1) * (n_y - 1))
    variance = float((n_y - 1) * rows + (n_x - 1) * columns + cells) / (n_x * n_y)
    steps = float(t.ppf(0.5 + confidence / 2, n_x + n_y - 2))
    below = 1 - delta**2 + steps**2 * variance
    half = steps * sqrt(variance) * sqrt((1 - delta**2) ** 2 + steps**2 * variance)
    low, high = (delta - delta**3 - half) / below, (delta - delta**3 + half) / below
    return Estimate(delta, max(-1.0, low), min(1.0, high), "feng_cliff", confidence)


def hodges_lehmann(x: Sequence[float], y: Sequence[float], confidence: float = 0.95) -> Estimate:
    """How far x lies above y in units of the answers: the median of all differences x - y.

    x, y: the values of each group; confidence: from 0 to 1.

    The interval ends at differences that the test of Mann and Whitney does not reject, from its
    exact distribution without ties; with ties the interval holds at least as often. Of groups of
    several hundred the normal approximation is taken ("normal" in place of "exact"). Assumes that
    the groups differ by a shift. Ends are infinite where so few answers cannot bound it. Sources:
    Hodges and Lehmann (1963); Lehmann (1975), section 2.4; Noether (1967) on ties. Raises
    ValueError for a missing value or an empty group.
    """
    first, second = numbers(x, RULE), numbers(y, RULE)
    n_x, n_y = len(first), len(second)
    ranks = np.arange(1, n_x + n_y + 1)
    size = min(n_x, n_y)
    chances = None
    if len(ranks) * size * int(ranks.sum()) <= SUMMED:
        chances = rank_sum_chances(ranks, size)[size * (size + 1) // 2 :]
    spread = sqrt(n_x * n_y * (n_x + n_y + 1) / 12)
    return _middle((first[:, None] - second).ravel(), chances, spread, confidence)


def hodges_lehmann_pairs(differences: Sequence[float], confidence: float = 0.95) -> Estimate:
    """How far answers moved, in their units: the median of the means of every two differences.

    differences: one per pair, zeros among them; confidence: from 0 to 1.

    The interval ends at moves that Wilcoxon's signed-rank test does not reject, as in
    `hodges_lehmann`. Assumes that differences lie evenly around the move. Sources: Hodges and
    Lehmann (1963); Lehmann (1975), section 4.4. Raises ValueError for a missing difference or none
    at all.
    """
    moved = numbers(differences, RULE)
    n = len(moved)
    ranks = np.arange(1, n + 1)
    chances = signed_rank_chances(ranks) if n * int(ranks.sum()) <= SUMMED else None
    one, other = np.triu_indices(n)
    spread = sqrt(n * (n + 1) * (2 * n + 1) / 24)
    return _middle((moved[one] + moved[other]) / 2, chances, spread, confidence)


def _middle(
    values: np.ndarray, chances: np.ndarray | None, spread: float, confidence: float
) -> Estimate:
    """The median of values, and as many of them cut off at either end as the confidence allows.

    chances: of each number of values below what is true; spread: their standard error.
    """
    check_confidence(confidence)
    tail = (1 - confidence) / 2
    if chances is not None:
        cut = int(np.searchsorted(chances.cumsum(), tail * (1 + 1e-9), side="right"))
    else:
        cut = int(len(values) / 2 + float(norm.ppf(tail)) * spread)
    ordered = np.sort(values)
    low, high = (float(ordered[cut - 1]), float(ordered[-cut])) if cut > 0 else (-inf, inf)
    method = "normal" if chances is None else "exact"
    return Estimate(float(np.median(ordered)), low, high, method, confidence)
