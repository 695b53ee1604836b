"""Answers that stand for more or fewer than one: weights to known margins, and what they estimate.

Arguments of the same name are the same in all functions:

- weights: how many each respondent stands for, above 0, up to a common factor;
- strata: of each respondent, the part of the population that was drawn from by itself; None where
  all were drawn from one;
- population: how many there are to ask, by stratum where there are strata; None for no end of them;
- confidence: how often the interval holds what is true, from 0 to 1.

The weights are taken as given. Where they come from margins, the estimates are in truth a little
more certain than told.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
import pandas as pd
from scipy.special import expit, logit
from scipy.stats import t

from evaluation.stats.checks import check_confidence, check_counts
from evaluation.stats.estimates import Estimate

Margins = Mapping[str, Mapping[Hashable, float]]
# largest difference from a margin, as a share of all, with which weights are as wanted
CLOSE = 1e-9
ROUNDS = 500
# margins are of one population where their sums differ by no more, as a share: they may be rounded
ADD_UP = 1e-6


@dataclass(frozen=True)
class Raked:
    """Weights to margins: whether they came as near as is wanted, and the largest difference left.

    `largest_difference` is the share of the population by which the margin is missed that is missed
    most; `rounds` is how often all margins were gone through.
    """

    weights: tuple[float, ...]
    converged: bool
    rounds: int
    largest_difference: float


@dataclass(frozen=True)
class Weighted:
    """An estimate from n weighted answers, its standard error, and how many they are worth."""

    estimate: Estimate
    standard_error: float
    n: int
    effective_n: float


def rake(
    table: pd.DataFrame,
    margins: Margins,
    weights: Sequence[float] | None = None,
    bounds: tuple[float, float] | None = None,
) -> Raked:
    """Weights with which the respondents have the margins of the population.

    table: a row a respondent, with a column for each margin; margins: of each column, how many of
    the population, or which share, have each value; weights: to begin with, by default alike;
    bounds: the smallest and the largest that a weight may be, in multiples of their mean, or None.

    Iterative proportional fitting: each margin in turn, until all fit; with bounds, weights beyond
    them are cut off after each round, and margins may then be missed. The weights add up to the
    population where margins are counts, to the number of respondents where they are shares.
    Sources: Deming and Stephan (1940); Battaglia, Hoaglin and Frankel (2009), Survey Practice 2(5),
    on trimming. Raises ValueError, naming what it is about, for a margin of no column, margins that
    do not add up to the same, values of a margin that nobody in the table has, values in the table
    without a margin, missing values, and bounds that do not hold the mean.
    """
    start = np.ones(len(table)) if weights is None else check_weights(weights, len(table))
    if bounds is not None and not 0 <= bounds[0] <= 1 <= bounds[1]:
        raise ValueError(
            f"bounds are multiples of the mean weight, below and above 1, not {bounds}"
        )
    total = _total(margins)
    members = {column: _members(table, column, wanted) for column, wanted in margins.items()}
    shares = {
        column: np.array([*wanted.values()]) / sum(wanted.values())
        for column, wanted in margins.items()
    }
    made, rounds, missed = start / start.sum(), 0, inf
    while missed > CLOSE and rounds < ROUNDS:
        for column, member in members.items():
            made = made * (shares[column] / (member.T @ made))[member.argmax(1)]
        if bounds is not None:
            made = np.clip(made, bounds[0] / len(table), bounds[1] / len(table))
            made /= made.sum()
        missed = max(
            float(np.abs(member.T @ made - shares[column]).max())
            for column, member in members.items()
        )
        rounds += 1
    size = len(table) if abs(total - 1) < ADD_UP else total
    return Raked(tuple((made * size).tolist()), missed <= CLOSE, rounds, missed)


def _total(margins: Margins) -> float:
    """What the margins add up to, each of them."""
    if not margins:
        raise ValueError("weights are made to one margin or more")
    sums = {}
    for column, wanted in margins.items():
        wrong = [value for value, number in wanted.items() if not 0 < number < inf]
        if wrong or not wanted:
            named = ", ".join(map(str, wrong))
            raise ValueError(f"a margin is a number above 0 for each value of {column}: {named}")
        sums[column] = float(sum(wanted.values()))
    if max(sums.values()) > min(sums.values()) * (1 + ADD_UP):
        told = ", ".join(f"{column} {total:g}" for column, total in sums.items())
        raise ValueError(f"margins of one population add up to the same: {told}")
    return max(sums.values())


def _members(table: pd.DataFrame, column: str, wanted: Mapping[Hashable, float]) -> np.ndarray:
    """Who has which value of a margin: a row a respondent, a column a value."""
    if column not in table:
        raise ValueError(f"no column {column} in the table that is weighted")
    if table[column].isna().any():
        raise ValueError(f"{int(table[column].isna().sum())} respondents have no {column}")
    member = np.column_stack([(table[column] == value).to_numpy() for value in wanted])
    held = member.sum(0)
    empty = [str(value) for value, found in zip(wanted, held, strict=True) if not found]
    if empty:
        raise ValueError(f"nobody answered of {column} {', '.join(empty)}: join it with another")
    without = table[column].to_numpy()[member.sum(1) == 0]
    if len(without):
        raise ValueError(f"no margin of {column} for {', '.join(map(str, dict.fromkeys(without)))}")
    return member


def effective_n(weights: Sequence[float]) -> float:
    """How many unweighted answers are as certain as these: Kish's effective number.

    weights: how many each respondent stands for. Source: Kish (1965), Survey sampling, section
    11.7. Raises ValueError for a weight that is not above 0, and for none.
    """
    given = check_weights(weights, len(weights))
    return float(given.sum() ** 2 / (given**2).sum())


def design_effect(weights: Sequence[float]) -> float:
    """How much larger the variance is than without weights: 1 where they are all alike.

    weights: how many each respondent stands for. Source: Kish (1992), Journal of Official
    Statistics 8:183-200. Raises ValueError as `effective_n`.
    """
    return len(weights) / effective_n(weights)


def weighted_mean(
    values: Sequence[float],
    weights: Sequence[float],
    strata: Sequence[Hashable] | None = None,
    population: int | Mapping[Hashable, int] | None = None,
    confidence: float = 0.95,
) -> Weighted:
    """The weighted mean, its linearised standard error and an interval by the t distribution.

    values: the answers; weights: how many each stands for; strata: of each, the part of the
    population that was drawn from by itself, or None; population: how many there are to ask, by
    stratum where there are strata, or None for no end of them; confidence: from 0 to 1.

    The degrees of freedom are the answers less the strata. Source: `svymean` and `confint` with
    `degf` of the R package survey (Lumley 2004); Sarndal, Swensson and Wretman (1992), section 5.7.
    Raises ValueError for missing answers, a weight that is not above 0, lists of different length,
    a stratum of one answer that is not all of it, and more answers than there are to ask.
    """
    answers, given = _weighted(values, weights, confidence)
    middle, error, degrees = _linearised(answers, given, strata, population)
    half = float(t.ppf(0.5 + confidence / 2, degrees)) * error if error > 0 else 0.0
    estimate = Estimate(middle, middle - half, middle + half, "t", confidence)
    return Weighted(estimate, error, len(answers), effective_n(weights))


def weighted_share(
    said: Sequence[bool],
    weights: Sequence[float],
    strata: Sequence[Hashable] | None = None,
    population: int | Mapping[Hashable, int] | None = None,
    confidence: float = 0.95,
) -> Weighted:
    """The weighted share who said yes, its linearised standard error and a logit interval.

    said: of each respondent, whether they said yes; weights, strata, population, confidence: as for
    `weighted_mean`.

    Source: `svyciprop(method="logit")` of the R package survey (Lumley 2004). Raises ValueError as
    `weighted_mean`, for another answer than yes or no, and where none or all of several said yes,
    of whom the logit is infinite, unless all who there are answered.
    """
    answers, given = _weighted(said, weights, confidence)
    if not np.isin(answers, (0, 1)).all():
        raise ValueError("a share is of answers that are yes or no")
    share, error, degrees = _linearised(answers, given, strata, population)
    low = high = share
    if error > 0:
        half = float(t.ppf(0.5 + confidence / 2, degrees)) * error / (share * (1 - share))
        low, high = (float(expit(logit(share) + end)) for end in (-half, half))
    elif np.ptp(answers) == 0 and not _everybody(len(answers), strata, population):
        raise ValueError(
            f"none or all of {len(answers)} have no logit interval: use clopper_pearson() without"
            " weights"
        )
    estimate = Estimate(share, low, high, "logit", confidence)
    return Weighted(estimate, error, len(answers), effective_n(weights))


def _linearised(
    answers: np.ndarray,
    weights: np.ndarray,
    strata: Sequence[Hashable] | None,
    population: int | Mapping[Hashable, int] | None,
) -> tuple[float, float, int]:
    """The weighted mean, its standard error and its degrees of freedom."""
    middle = float((weights * answers).sum() / weights.sum())
    parts = weights * (answers - middle) / weights.sum()
    variance = 0.0
    found = _strata(len(answers), strata, population)
    for name, (which, size) in found.items():
        n = int(which.sum())
        if n == size:
            continue
        if n == 1:
            raise ValueError(f"one answer shows no spread{name and f': stratum {name}'}")
        variance += (
            n / (n - 1) * float(((parts[which] - parts[which].mean()) ** 2).sum()) * (1 - n / size)
        )
    return middle, sqrt(variance), len(answers) - len(found)


def _strata(
    n: int,
    strata: Sequence[Hashable] | None,
    population: int | Mapping[Hashable, int] | None,
) -> dict[Hashable, tuple[np.ndarray, float]]:
    """Of each stratum, who is in it, and how many there are to ask."""
    of = np.array([""] * n if strata is None else [*strata], dtype=object)
    if len(of) != n:
        raise ValueError(f"{n} answers, and strata of {len(of)}")
    if (strata is not None) != isinstance(population, Mapping) and population is not None:
        raise ValueError("a population is told by stratum where there are strata, and only there")
    sizes = population if isinstance(population, Mapping) else {"": population}
    found = {}
    for name in dict.fromkeys(of.tolist()):
        size = sizes.get(name, None) if population is not None else inf
        which = of == name
        if size is None:
            raise ValueError(f"no population of stratum {name}")
        if size != inf:
            check_counts([size])
        if which.sum() > size:
            raise ValueError(f"{int(which.sum())} answered of {size} that there are to ask {name}")
        found[name] = which, float(size)
    return found


def _everybody(
    n: int, strata: Sequence[Hashable] | None, population: int | Mapping[Hashable, int] | None
) -> bool:
    return all(which.sum() == size for which, size in _strata(n, strata, population).values())


def check_weights(weights: Sequence[float], n: int) -> np.ndarray:
    """The weights of n respondents, as an array.

    weights: how many each stands for; n: of how many respondents. Raises ValueError unless there
    are as many, at least one, and each is above 0.
    """
    given = np.asarray(weights, dtype=float)
    if given.shape != (n,) or n == 0 or not ((given > 0) & (given < inf)).all():
        raise ValueError(f"each of {n} respondents has a weight above 0")
    return given


def _weighted(
    values: Sequence[float], weights: Sequence[float], confidence: float
) -> tuple[np.ndarray, np.ndarray]:
    check_confidence(confidence)
    answers = np.asarray(values, dtype=float)
    if answers.ndim != 1 or not np.isfinite(answers).all():
        raise ValueError("answers are a list of numbers, none missing")
    return answers, check_weights(weights, len(answers))
