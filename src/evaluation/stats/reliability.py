"""Whether the items of a scale measure one thing: Cronbach's alpha and McDonald's omega.

Arguments of the same name are the same in all functions:

- table: answers, a row a respondent and a column an item, reversed items turned round; rows with a
  missing answer play no part;
- confidence: how often the interval holds what is true, from 0 to 1.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd
from scipy.stats import f

from evaluation.stats.bootstrap import bca
from evaluation.stats.checks import check_confidence
from evaluation.stats.estimates import Estimate

# Yurdugul (2008), Hacettepe University Journal of Education 35:397-405: of fewer, alpha is biased
FEWEST_FOR_ALPHA = 30
# de Winter, Dodou and Wieringa (2009), Multivariate Behavioral Research 44:147-181: of fewer, the
# loadings of a factor are not found again
FEWEST_FOR_OMEGA = 50
DRAWS = 2_000
# no item is without an error of its own: as factanal of R has it
LEAST_UNIQUE = 0.005
# rounds after which loadings are taken as found, and how little they move then
ROUNDS, CLOSE = 500, 1e-8


@dataclass(frozen=True)
class Item:
    """An item of a scale: how it goes with the sum of the others, and alpha without it.

    There is no alpha without an item of two.
    """

    name: str
    item_total: float
    alpha_without: float | None


@dataclass(frozen=True)
class Alpha:
    """Cronbach's alpha of n respondents, its interval, and what each item does to it."""

    alpha: Estimate
    n: int
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Omega:
    """McDonald's omega of n respondents, its interval, and the loading of each item, by name."""

    omega: Estimate
    n: int
    loadings: dict[str, float]


def cronbach_alpha(table: pd.DataFrame, confidence: float = 0.95) -> Alpha:
    """Cronbach's alpha: how far the sum of the items would come out alike with other such items.

    table: answers, a row a respondent and a column an item, reversed items turned round;
    confidence: from 0 to 1.

    1 where all items rise and fall together, 0 where none do, below 0 where they go against each
    other: then an item is not turned round. The interval is Feldt's, by the F distribution. An
    item's correlation with the total is with the sum of the other items. Sources: Cronbach (1951);
    Feldt (1965), Psychometrika 30:357-370. Raises ValueError for fewer than two items, fewer
    complete rows than `FEWEST_FOR_ALPHA`, items that are all alike, and answers that are no
    numbers.
    """
    check_confidence(confidence)
    answers = _complete(table, 2, FEWEST_FOR_ALPHA, "alpha")
    n, width = answers.shape
    value = _alpha(np.cov(answers, rowvar=False))
    degrees = n - 1, (n - 1) * (width - 1)
    low, high = (
        float(1 - (1 - value) * f.ppf(tail, *degrees))
        for tail in ((1 + confidence) / 2, (1 - confidence) / 2)
    )
    items = tuple(_item(answers, at, str(name)) for at, name in enumerate(table.columns))
    return Alpha(Estimate(value, low, high, "feldt", confidence), n, items)


def _alpha(covariances: np.ndarray) -> float:
    width = len(covariances)
    return float(width / (width - 1) * (1 - np.trace(covariances) / covariances.sum()))


def _item(answers: np.ndarray, at: int, name: str) -> Item:
    others = np.delete(answers, at, axis=1)
    total = others.sum(1)
    together = float(np.corrcoef(answers[:, at], total)[0, 1]) if np.ptp(total) > 0 else 0.0
    covariances = np.cov(others, rowvar=False)
    shows = others.shape[1] > 1 and covariances.sum() > 0
    return Item(name, together, _alpha(covariances) if shows else None)


def mcdonald_omega(
    table: pd.DataFrame, confidence: float = 0.95, draws: int = DRAWS, seed: int = 1
) -> Omega:
    """McDonald's omega: the part of the variance of the sum that one factor behind the items gives.

    table: answers, a row a respondent and a column an item, reversed items turned round;
    confidence: from 0 to 1; draws: how many lists of respondents are drawn with replacement for the
    interval; seed: of the random draws.

    Unlike alpha it does not take the items to measure equally well. The factor is found by minimum
    residuals; `loadings` are correlations with it. The interval is the bias-corrected and
    accelerated bootstrap's; draws in which an item is all alike are left out. Sources: McDonald
    (1999), Test theory; Harman and Jones (1966) for minimum residuals; Kelley and Pornprasertmanit
    (2016), Psychological Methods 21:69-92, for the interval. Raises ValueError for fewer than three
    items, fewer complete rows than `FEWEST_FOR_OMEGA`, items that are all alike, and answers that
    are no numbers.
    """
    check_confidence(confidence)
    answers = _complete(table, 3, FEWEST_FOR_OMEGA, "omega")
    n = len(answers)
    generator = np.random.default_rng(seed)
    times = generator.multinomial(n, np.full(n, 1 / n), draws)
    without = np.ones((n, n)) - np.eye(n)
    loadings = _loadings(_correlations(answers, np.ones((1, n)))[0])
    (value,), drawn, left = (
        _omega(answers, counts) for counts in (np.ones((1, n)), times, without)
    )
    low, high = bca(drawn[~np.isnan(drawn)], float(value), left[~np.isnan(left)], confidence)
    estimate = Estimate(float(value), float(low), float(high), "bca", confidence)
    names = map(str, table.columns)
    return Omega(estimate, n, dict(zip(names, loadings[0].tolist(), strict=True)))


def _correlations(answers: np.ndarray, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Correlations of the items, and their standard deviations, with each row so many times.

    times: how often each respondent counts, a row a draw.
    """
    sums = times.sum(1)[:, None]
    means = times @ answers / sums
    products = np.einsum("dn,ni,nj->dij", times, answers, answers, optimize=True)
    covariances = products / sums[..., None] - means[:, :, None] * means[:, None, :]
    spread = np.sqrt(np.maximum(np.diagonal(covariances, axis1=1, axis2=2), 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        return covariances / (spread[:, :, None] * spread[:, None, :]), spread


def _loadings(correlations: np.ndarray) -> np.ndarray:
    """Loadings of one factor with the smallest residuals, a row a matrix of correlations.

    Each in turn is what the others leave for it, until none moves.
    """
    _, vectors = np.linalg.eigh(correlations)
    first = vectors[:, :, -1]
    loadings = 0.7 * first * np.sqrt(first.shape[1]) * np.where(first.sum(1) < 0, -1, 1)[:, None]
    most = sqrt(1 - LEAST_UNIQUE)
    loadings = np.clip(loadings, -most, most)
    for _ in range(ROUNDS):
        before = loadings.copy()
        for item in range(loadings.shape[1]):
            squares = (loadings**2).sum(1) - loadings[:, item] ** 2
            left = (correlations[:, item] * loadings).sum(1) - loadings[:, item]
            loadings[:, item] = np.clip(left / np.maximum(squares, CLOSE), -most, most)
        if np.abs(loadings - before).max() < CLOSE:
            break
    return np.asarray(loadings)


def _omega(answers: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Omega of each draw; missing where an item is all alike in it."""
    correlations, spread = _correlations(answers, times)
    found = np.full(len(times), np.nan)
    shows = np.isfinite(correlations).all((1, 2))
    loadings, spread = _loadings(correlations[shows]), spread[shows]
    common = (loadings * spread).sum(1) ** 2
    own = ((1 - loadings**2) * spread**2).sum(1)
    found[shows] = common / (common + own)
    return found


def _complete(table: pd.DataFrame, fewest_items: int, fewest: int, of: str) -> np.ndarray:
    """The rows without a missing answer, refused where they cannot carry the coefficient."""
    if table.shape[1] < fewest_items:
        raise ValueError(f"{of} is of {fewest_items} items or more, not {table.shape[1]}")
    answers = table.dropna().to_numpy(dtype=float)
    if len(answers) < fewest:
        raise ValueError(f"{of} is of {fewest} complete answers or more, not {len(answers)}")
    alike = [
        str(name)
        for name, spread in zip(table.columns, np.ptp(answers, axis=0), strict=True)
        if not spread
    ]
    if alike:
        raise ValueError(f"items that all answered alike show no variance: {', '.join(alike)}")
    if np.ptp(answers.sum(1)) == 0:
        raise ValueError("the sum of the items is the same for all: it shows no variance")
    return answers
