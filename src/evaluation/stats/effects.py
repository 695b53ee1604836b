"""How much groups differ in their answers: differences and ratios of shares, and association.

Arguments of the same name are the same in all functions:

- k_x, n_x: how many said yes and how many answered in the one group; k_y, n_y: in the other;
- confidence: how often the interval holds what is true, from 0 to 1.

They need counts taken from rows, as the tests of `contingency` do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf, nan, sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.stats import chi2, chi2_contingency, ncx2, norm

from evaluation.stats.checks import check_confidence, check_counts, check_share, counts_of
from evaluation.stats.estimates import Estimate
from evaluation.stats.intervals import wilson
from evaluation.stats.ranks import KruskalWallis
from evaluation.stats.repeated import Repeated


@dataclass(frozen=True)
class CramersV:
    """Cramer's V of the answers, `corrected` for what chance alone gives, and an interval.

    V of few answers in many cells lies above 0 by chance alone.
    """

    v: float
    corrected: float
    low: float
    high: float
    confidence: float


def risk_difference(k_x: int, n_x: int, k_y: int, n_y: int, confidence: float = 0.95) -> Estimate:
    """The share of the one group less that of the other, and Newcombe's hybrid score interval.

    k_x, n_x: yes and answers of the one group; k_y, n_y: of the other; confidence: from 0 to 1.

    The interval joins the Wilson intervals of both shares. Source: Newcombe (1998), Statistics in
    Medicine 17:873-890, method 10. Raises ValueError unless 0 <= k <= n and n > 0 in both groups.
    """
    (low_x, high_x), (low_y, high_y) = wilson(k_x, n_x, confidence), wilson(k_y, n_y, confidence)
    x, y = k_x / n_x, k_y / n_y
    low = x - y - sqrt((x - low_x) ** 2 + (high_y - y) ** 2)
    high = x - y + sqrt((high_x - x) ** 2 + (y - low_y) ** 2)
    return Estimate(x - y, low, high, "newcombe", confidence)


def risk_ratio(k_x: int, n_x: int, k_y: int, n_y: int, confidence: float = 0.95) -> Estimate:
    """The share of the one group over that of the other, and Koopman's score interval.

    k_x, n_x: yes and answers of the one group; k_y, n_y: of the other; confidence: from 0 to 1.

    The interval holds the ratios that the score test does not reject. It is there for counts of
    none and of all: without a yes in the one group it begins at 0, without one in the other it has
    no upper end, and without any it holds every ratio and the value is missing (nan). Source:
    Koopman (1984), Biometrics 40:513-517. Raises ValueError unless 0 <= k <= n and n > 0 in both
    groups.
    """
    check_share(k_x, n_x)
    check_share(k_y, n_y)
    check_confidence(confidence)
    if k_x == k_y == 0:
        return Estimate(nan, 0.0, inf, "koopman", confidence)
    value = k_x / n_x / (k_y / n_y) if k_y else inf
    critical = float(chi2.ppf(confidence, 1))

    def beyond(log_ratio: float) -> float:
        return _score(k_x, n_x, k_y, n_y, float(np.exp(log_ratio))) - critical

    low = float(np.exp(_crossing(beyond, value, -1))) if k_x else 0.0
    high = float(np.exp(_crossing(beyond, value, 1))) if k_y else inf
    return Estimate(value, low, high, "koopman", confidence)


def _score(k_x: int, n_x: int, k_y: int, n_y: int, ratio: float) -> float:
    """Koopman's statistic of a ratio: how far the counts are from the likeliest with that ratio."""
    n, yes = n_x + n_y, k_x + k_y
    b = ratio * (n_x + k_y) + k_x + n_y
    p_y = 2 * yes / (b + sqrt(max(0.0, b * b - 4 * ratio * n * yes)))
    p_x = ratio * p_y
    # what cannot vary is as it has to be
    parts = [
        (k - n * p) ** 2 / (n * p * (1 - p))
        for k, n, p in ((k_x, n_x, p_x), (k_y, n_y, p_y))
        if 0 < p < 1
    ]
    return sum(parts)


def _crossing(beyond: Callable[[float], float], value: float, direction: int) -> float:
    """Where the statistic leaves what is not rejected, from the value in one direction."""
    near = float(np.log(value)) if 0 < value < inf else -40.0 * direction
    step = 1.0
    while beyond(near + direction * step) < 0:
        step *= 2
    return float(brentq(beyond, near, near + direction * step, xtol=1e-12))


def paired_difference(b: int, c: int, n: int, confidence: float = 0.95) -> Estimate:
    """How much the share changed among n pairs, of which b changed to yes and c to no.

    b, c: numbers of pairs that changed either way; n: of all pairs; confidence: from 0 to 1.

    The interval is that of Wald after one is added to each way of changing. Source: Bonett and
    Price (2012), Journal of Educational and Behavioral Statistics 37:479-488; Fagerland, Lydersen
    and Laake (2014), Statistics in Medicine 33:2850-2875, on when it holds. Raises ValueError
    unless b + c <= n and n > 0.
    """
    check_counts([b, c])
    check_share(b + c, n)
    check_confidence(confidence)
    up, down = (b + 1) / (n + 2), (c + 1) / (n + 2)
    half = float(norm.ppf(0.5 + confidence / 2)) * sqrt((up + down - (up - down) ** 2) / (n + 2))
    low, high = max(-1.0, up - down - half), min(1.0, up - down + half)
    return Estimate((b - c) / n, low, high, "bonett_price", confidence)


def cramers_v(table: Sequence[Sequence[int]], confidence: float = 0.95) -> CramersV:
    """Cramer's V of groups against answers, and its interval by the noncentral chi-squared.

    table: counts, a row a group and a column an answer; rows and columns of nobody play no part;
    confidence: from 0 to 1.

    The interval is by the noncentral chi-squared distribution, in symmetric ranges: it holds V, and
    begins above 0 where the chi-squared test rejects. It is asymptotic. `corrected` takes away what
    is expected where nothing is associated. Sources: Cramer (1946); Kent and Hainsworth (1995),
    Journal of Statistical Planning and Inference 46:147-159, for the interval; Bergsma (2013),
    Journal of the Korean Statistical Society 42:323-328, for the correction, which is kept within
    the interval. Raises ValueError unless the table holds counts and at least two rows and two
    columns of it somebody.
    """
    counts = counts_of(table)
    counts = counts[counts.any(1)][:, counts.any(0)]
    if min(counts.shape) < 2:
        raise ValueError("answers that are all alike, or of one group, go together with nothing")
    check_confidence(confidence)
    n, (rows, columns) = int(counts.sum()), counts.shape
    found = chi2_contingency(counts, correction=False)
    statistic, degrees, most = float(found.statistic), int(found.dof), min(rows, columns) - 1
    low, high = (
        min(1.0, sqrt(end / (n * most))) for end in _noncentralities(statistic, degrees, confidence)
    )
    v = min(1.0, sqrt(statistic / (n * most)))
    corrected = min(max(_corrected(statistic, n, rows, columns), low), high)
    return CramersV(v, corrected, low, high, confidence)


def eta_squared(found: KruskalWallis, confidence: float = 0.95) -> Estimate:
    """How much of the ranks the groups tell, from 0 to 1, and its interval.

    found: what `kruskal_wallis` found; confidence: from 0 to 1.

    (h - k + 1) / (n - k) for k groups of n answers, which takes away what chance alone gives. The
    interval is by the noncentral chi-squared, as that of `cramers_v`, whose square it is where
    answers are yes or no; the value is kept within it. Where every group is of one answer they show
    no spread, and the ends are infinite. Sources: Tomczak and Tomczak (2014), Trends in Sport
    Sciences 1:19-25; Kent and Hainsworth (1995) for the interval.
    """
    check_confidence(confidence)
    n, k = sum(found.sizes), len(found.sizes)
    if n == k:
        return Estimate(found.epsilon_squared, -inf, inf, "noncentral", confidence)
    ends = _noncentralities(found.h, k - 1, confidence)
    low, high = (min(1.0, end / (n - 1)) for end in ends)
    value = min(max((found.h - k + 1) / (n - k), low), high)
    return Estimate(value, low, high, "noncentral", confidence)


def kendalls_w(found: Repeated, confidence: float = 0.95) -> Estimate:
    """How far respondents agree on which time or item is higher, from 0 to 1, and its interval.

    found: what `cochran_q` or `friedman` found; confidence: from 0 to 1.

    The interval is by the noncentral chi-squared, as that of `cramers_v`. W of few respondents lies
    above 0 by chance alone. Sources: Kendall and Babington Smith (1939); Kent and Hainsworth (1995)
    for the interval.
    """
    check_confidence(confidence)
    most = found.n * (found.times - 1)
    ends = _noncentralities(found.statistic, found.times - 1, confidence)
    low, high = (min(1.0, end / most) for end in ends)
    return Estimate(found.w, low, high, "noncentral", confidence)


def _noncentralities(statistic: float, degrees: int, confidence: float) -> tuple[float, float]:
    """The noncentralities with which a statistic is as near as this as often as is confident.

    Near is told by the roots: of the statistic, and of the noncentrality that it would be without
    chance. The statistic itself always lies between them.
    """
    root = sqrt(statistic)

    def beyond(middle: float) -> float:
        low, high = sorted((root, max(0.0, 2 * middle - root)))
        ends = ncx2.cdf([low**2, high**2], degrees, max(middle**2, 1e-12))
        return float(ends[1] - ends[0]) - confidence

    low = float(brentq(beyond, 0, root)) if root > 0 and beyond(0) > 0 else 0.0
    step = 1.0
    while beyond(root + step) < 0:
        step *= 2
    return low**2, float(brentq(beyond, root, root + step)) ** 2


def _corrected(statistic: float, n: int, rows: int, columns: int) -> float:
    if n < 2:
        return 0.0
    phi = max(0.0, statistic / n - (rows - 1) * (columns - 1) / (n - 1))
    narrowest = min(rows - (rows - 1) ** 2 / (n - 1), columns - (columns - 1) ** 2 / (n - 1)) - 1
    return min(1.0, sqrt(phi / narrowest)) if narrowest > 0 else 0.0
