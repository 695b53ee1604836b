"""How far a count may be from the truth: intervals for samples, bounds for silence.

k of n answered yes, in a population of N. Three questions, three families:

- the n are a sample of something without end: `wilson`, `clopper_pearson`, `jeffreys`;
- the n are a random part of the N: `hypergeometric`, `finite_population_se`, `logit_interval`,
  `bonett`. Silence is then taken to be random, which has to be said where they are shown;
- nothing is known about the silent: `worst_case`, `worst_case_shares`, `to_overturn`.

Arguments of the same name are the same in all functions:

- k: how many said yes;
- n: how many answered;
- population: how many there are to ask;
- confidence: how often the interval holds what is true, from 0 to 1.

All refuse what is no such number with the same ValueError, see `checks`.
"""

from fractions import Fraction
from math import ceil, sqrt

import numpy as np
from scipy.special import expit, gammaln, logit
from scipy.stats import norm, t
from statsmodels.stats.proportion import proportion_confint

from evaluation.stats.checks import check_confidence, check_share

# a probability of exactly alpha/2 is computed a little above or below it
TIE = 1e-9


def wilson(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson score interval of the share k of n, as shares.

    k: how many said yes; n: how many answered; confidence: from 0 to 1. Source: Wilson (1927),
    computed by statsmodels. Raises ValueError unless 0 <= k <= n and n > 0.
    """
    return _binomial(k, n, confidence, "wilson")


def clopper_pearson(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Exact binomial interval of a share, as shares: never covers less than `confidence`.

    k, n: as for `wilson`.

    Source: Clopper and Pearson (1934), computed by statsmodels. Raises ValueError unless
    0 <= k <= n and n > 0.
    """
    return _binomial(k, n, confidence, "beta")


def jeffreys(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Equal-tailed interval of a share under the Jeffreys prior, as shares.

    k, n, confidence: as for `wilson`.

    With k = 0 or k = n it leaves out the share itself by a little. Source: Brown, Cai and
    DasGupta (2001), computed by statsmodels. Raises ValueError unless 0 <= k <= n and n > 0.
    """
    return _binomial(k, n, confidence, "jeffreys")


def _binomial(k: int, n: int, confidence: float, method: str) -> tuple[float, float]:
    check_share(k, n)
    check_confidence(confidence)
    low, high = proportion_confint(k, n, alpha=1 - confidence, method=method)
    return float(low), float(high)


def hypergeometric(k: int, n: int, population: int, confidence: float = 0.95) -> tuple[int, int]:
    """Exact interval of the number M in the population who would say yes, as counts.

    k, n, confidence: as for `wilson`; population: how many there are to ask.

    The smallest M with P(X >= k) > alpha/2 and the largest with P(X <= k) > alpha/2, where X is
    the number of yes among n drawn without replacement from a population with M: for every M
    the interval covers it with at least `confidence`. Assumes that the n are a random part of
    the population. Never leaves the bounds of `worst_case`. Source: Buonaccorsi (1987).
    Raises ValueError unless 0 <= k <= n <= population.
    """
    check_share(k, n, population, fewest=0)
    check_confidence(confidence)
    low = _fewest(k, n, population, 1 - confidence)
    return low, population - _fewest(n - k, n, population, 1 - confidence)


def _fewest(k: int, n: int, population: int, alpha: float) -> int:
    """Smallest M with P(X >= k) > alpha/2.

    With the M who say yes numbered first, X >= k means that the k-th smallest number drawn is
    at most M. One sum over the places of that number therefore serves every M at once.
    """
    if k == 0:
        return 0
    place = np.arange(k, population - n + k + 1)
    logs = gammaln(np.arange(1, population + 2))  # of the factorials of 0, 1, ...
    before = logs[place - 1] - logs[place - k]
    after = logs[population - place] - logs[population - place - n + k]
    weight = np.exp(before + after - (before + after).max())
    reached = np.cumsum(weight) / weight.sum()
    return int(place[np.searchsorted(reached, alpha / 2 * (1 + TIE), side="right")])


def finite_population_se(k: int, n: int, population: int) -> float:
    """Standard error of the share k of n among a finite population: none where all answered.

    k, n: as for `wilson`; population: N.

    Taylor linearisation, sqrt((1 - n/N) p (1 - p) / (n - 1)). Source: Cochran (1977), section
    3.2. Raises ValueError unless 0 <= k <= n <= population, and for a single answer among
    several, which shows no spread.
    """
    check_share(k, n, population)
    if n == population:
        return 0.0
    if n == 1:
        raise ValueError("one answer has no standard error")
    share = k / n
    return sqrt((1 - n / population) * share * (1 - share) / (n - 1))


def logit_interval(
    k: int, n: int, population: int, confidence: float = 0.95
) -> tuple[float, float]:
    """Interval of a share among a finite population on the logit scale, as shares.

    k, n, confidence: as for `wilson`; population: N.

    From `finite_population_se` and the t distribution with n - 1 degrees of freedom. Source:
    `svyciprop(method="logit")` of the R package survey, and svy in Python. Raises ValueError as
    `finite_population_se` does, and for none or all of n < N, where the logit is infinite.
    """
    check_confidence(confidence)
    se = finite_population_se(k, n, population)
    share = k / n
    if n == population:
        return share, share
    if k in (0, n):
        raise ValueError(f"{k} of {n} has no logit interval: use hypergeometric()")
    middle = logit(share)
    half = t.ppf(0.5 + confidence / 2, n - 1) * se / (share * (1 - share))
    return float(expit(middle - half)), float(expit(middle + half))


def bonett(k: int, n: int, population: int, confidence: float = 0.95) -> tuple[float, float]:
    """Adjusted Wald interval of a share among a finite population, as shares.

    k, n, confidence: as for `wilson`; population: N.

    Two yes and two no are added to the answers; the variance takes the factor
    (N - n) / (N - 1). Source: Agresti and Coull (1998) with the correction of `ci.prop.fpc` in
    the R package statpsych (Bonett). Raises ValueError unless 0 <= k <= n <= population, n > 0.
    """
    check_share(k, n, population)
    check_confidence(confidence)
    share = (k + 2) / (n + 4)
    silent = (population - n) / (population - 1) if n < population else 0.0
    half = norm.ppf(0.5 + confidence / 2) * sqrt(share * (1 - share) / (n + 4) * silent)
    return max(0.0, float(share - half)), min(1.0, float(share + half))


def worst_case(k: int, n: int, population: int) -> tuple[int, int]:
    """Smallest and largest count in the population, whatever the silent would have said.

    k, n: as for `wilson`; population: how many there are to ask.

    No assumption about those who did not answer. Source: Manski (1989). Raises ValueError
    unless 0 <= k <= n <= population.
    """
    check_share(k, n, population, fewest=0)
    return k, k + population - n


def worst_case_shares(k: int, n: int, population: int) -> tuple[float, float]:
    """The bounds of `worst_case` as shares of a population of at least one.

    k, n, population: as for `worst_case`.
    """
    check_share(k, n, population, fewest=0)
    if population == 0:
        raise ValueError("an empty population has no shares")
    low, high = worst_case(k, n, population)
    return low / population, high / population


def to_overturn(
    k: int, n: int, population: int, threshold: Fraction = Fraction(1, 2)
) -> int | None:
    """How many of the silent would have to be against a claim to overturn it.

    k, n, population: as for `worst_case`.

    The claim: more than `threshold` of the population are for it, as k of the n who answered
    are. The result is the smallest number of silent against it, the other silent being for it,
    with which the share falls to the threshold or below; None where even all of them cannot.
    Raises ValueError unless 0 <= k <= n <= population and 0 <= threshold <= 1.
    """
    check_share(k, n, population, fewest=0)
    if not 0 <= threshold <= 1:
        raise ValueError(f"a threshold is a share from 0 to 1, not {threshold}")
    silent = population - n
    needed = max(0, ceil(k + silent - Fraction(threshold) * population))
    return needed if needed <= silent else None
