"""Answers in numbers, summed up: mean, quantiles, spread and net promoter score, with intervals.

Arguments of the same name are the same in all functions:

- values: the answers, none missing;
- confidence: how often the interval holds what is true, from 0 to 1;
- population: how many there are to ask, where those who answered are a random part of them. Where
  all answered, an interval is the value alone. The bootstrap has no such correction, and takes
  none.
"""

from collections.abc import Sequence
from math import ceil, floor, inf, sqrt

import numpy as np
from scipy.stats import binom, hypergeom, norm, t

from evaluation.stats.bootstrap import DRAWS, bca
from evaluation.stats.checks import check_confidence, check_counts, numbers
from evaluation.stats.estimates import Estimate

RULE = "answers are a list of at least one number, none missing"
# Rocks (2016): as many answers are added to detractors, passives and promoters
ADDED = (0.75, 1.5, 0.75)
# numbers that are held at a time
HELD = 5_000_000
TIE = 1e-9


def mean(
    values: Sequence[float], confidence: float = 0.95, population: int | None = None
) -> Estimate:
    """The mean and its interval by the t distribution.

    values: the answers; confidence: from 0 to 1; population: how many there are to ask, or None for
    no end of them.

    Among a population the standard error takes the factor sqrt(1 - n / N). Of few and skewed
    answers the interval holds the mean less often than it says: see `mean_bootstrap`. Source:
    Student (1908); Cochran (1977), section 2.8, among a population. Raises ValueError for a missing
    answer, more answers than there are to ask, and for one answer or such as are all alike, which
    show no spread, unless all answered.
    """
    answers, everybody = _answers(values, confidence, population)
    value, n = float(answers.mean()), len(answers)
    if everybody:
        return Estimate(value, value, value, "everybody", confidence)
    _check_spread(answers)
    asked = 1 - n / population if population else 1.0
    half = float(t.ppf(0.5 + confidence / 2, n - 1)) * answers.std(ddof=1) * sqrt(asked / n)
    return Estimate(value, value - float(half), value + float(half), "t", confidence)


def mean_bootstrap(
    values: Sequence[float], confidence: float = 0.95, draws: int = DRAWS, seed: int = 1
) -> Estimate:
    """The mean and its bias-corrected and accelerated bootstrap interval.

    values: the answers; confidence: from 0 to 1; draws: how many lists of answers are drawn from
    them with replacement; seed: of the random draws.

    Takes no shape of the answers for granted, and lies as unevenly around the mean as they do; of
    fewer than about twenty it is narrower than it says. There is no correction for a population.
    Source: Efron (1987), Journal of the American Statistical Association 82:171-185. Raises
    ValueError for a missing answer, and for one answer or such as are all alike.
    """
    answers, _ = _answers(values, confidence, None)
    _check_spread(answers)
    n, generator = len(answers), np.random.default_rng(seed)
    size = max(1, HELD // n)
    drawn = np.concatenate(
        [
            answers[generator.integers(0, n, (min(size, draws - start), n))].mean(1)
            for start in range(0, draws, size)
        ]
    )
    value = float(answers.mean())
    low, high = bca(drawn, value, (answers.sum() - answers) / (n - 1), confidence)
    return Estimate(value, float(low), float(high), "bca", confidence)


def median(
    values: Sequence[float], confidence: float = 0.95, population: int | None = None
) -> Estimate:
    """The median and its exact interval: see `quantile`.

    values: the answers; confidence: from 0 to 1; population: how many there are to ask, or None.
    """
    return quantile(values, 0.5, confidence, population)


def quantile(
    values: Sequence[float],
    share: float,
    confidence: float = 0.95,
    population: int | None = None,
) -> Estimate:
    """The value that a share of the answers lie below, and its exact interval.

    values: the answers; share: from 0 to 1, 0.5 for the median; confidence: from 0 to 1;
    population: how many there are to ask, or None for no end of them.

    Between two answers the value is interpolated (the usual one of R, numpy and Excel). The
    interval ends at answers: as many are cut off at each end as the binomial distribution allows,
    the hypergeometric among a population, and it holds what is true at least as often as it says,
    with ties too. An end is infinite where so few answers cannot bound it. Sources: Hyndman and Fan
    (1996), type 7; Conover (1999), section 3.2; Wilks (1962), section 11.4, among a population.
    Raises ValueError for a missing answer, more answers than there are to ask, and another share.
    """
    answers, everybody = _answers(values, confidence, population)
    if not 0 <= share <= 1:
        raise ValueError(f"a quantile is of a share from 0 to 1, not {share}")
    ordered, n = np.sort(answers), len(answers)
    value = float(np.quantile(ordered, share))
    if everybody:
        return Estimate(value, value, value, "everybody", confidence)
    tail, below = (1 - confidence) / 2 * (1 + TIE), np.arange(n + 1)
    if population is None:
        at_most = at_least = binom.cdf(below, n, share)
    else:
        # the two of the population between which its quantile lies
        place = (population - 1) * share
        at_most = hypergeom.cdf(below, population, floor(place) + 1, n)
        at_least = hypergeom.cdf(below, population, ceil(place), n)
    # an answer is too high for the low end unless hardly ever so few lie below what is true
    first = int(np.searchsorted(at_most, tail, side="right"))
    last = int(np.argmax(1 - at_least <= tail)) + 1
    low = float(ordered[first - 1]) if first > 0 else -inf
    high = float(ordered[last - 1]) if last <= n else inf
    return Estimate(value, low, high, "exact", confidence)


def standard_deviation(values: Sequence[float]) -> float:
    """How far answers lie from their mean, in their own units, with n - 1 in the denominator.

    values: the answers. Raises ValueError for a missing answer and for fewer than two.
    """
    answers = numbers(values, RULE)
    if len(answers) < 2:
        raise ValueError("one answer has no standard deviation")
    return float(answers.std(ddof=1))


def net_promoter_score(
    values: Sequence[int], confidence: float = 0.95, population: int | None = None
) -> Estimate:
    """The share of promoters (9 and 10) less that of detractors (0 to 6), from -100 to 100.

    values: answers from 0 to 10 in whole numbers; confidence: from 0 to 1; population: how many
    there are to ask, or None for no end of them.

    The interval is that of Wald after three answers are added, a quarter of them to promoters and a
    quarter to detractors: one of those that did best in Rocks's comparison. The variance takes the
    factor (N - n) / (N - 1) among a population, as that of `bonett` does.
    Source: Rocks (2016), The American Statistician 70:365-372. Raises ValueError for another answer
    and for more answers than there are to ask.
    """
    answers, everybody = _answers(values, confidence, population)
    if not np.isin(answers, range(11)).all():
        raise ValueError("would you recommend us is answered from 0 to 10 in whole numbers")
    counts = np.array([(answers <= 6).sum(), 0, (answers >= 9).sum()])
    counts[1] = len(answers) - counts.sum()
    n = int(counts.sum())
    value = 100 * float(counts[2] - counts[0]) / n
    if everybody:
        return Estimate(value, value, value, "everybody", confidence)
    detractors, _, promoters = (counts + ADDED) / (n + sum(ADDED))
    middle = float(promoters - detractors)
    silent = (population - n) / (population - 1) if population else 1.0
    variance = float(promoters + detractors) - middle**2
    half = float(norm.ppf(0.5 + confidence / 2)) * sqrt(variance * silent / (n + sum(ADDED)))
    low, high = 100 * max(-1.0, middle - half), 100 * min(1.0, middle + half)
    return Estimate(value, low, high, "adjusted_wald", confidence)


def _answers(
    values: Sequence[float], confidence: float, population: int | None
) -> tuple[np.ndarray, bool]:
    """The answers, and whether everybody gave one."""
    check_confidence(confidence)
    answers = numbers(values, RULE)
    if population is None:
        return answers, False
    check_counts([population])
    if population < len(answers):
        raise ValueError(f"{len(answers)} answered of {population} that there are to ask")
    return answers, len(answers) == population


def _check_spread(answers: np.ndarray) -> None:
    if np.ptp(answers) == 0:
        raise ValueError("one answer, or such as are all alike, show no spread: no interval")
