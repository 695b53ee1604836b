"""Tests of tables of counts: groups against answers, exact where the numbers are small.

Where they are not, tests draw tables with the same margins, and say so: `exact`.

They need counts taken from rows: nothing here may be applied to rows rebuilt from published
figures, and `crosstabs` refuses them. Every p is two-sided unless it says otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import gammaln
from scipy.stats import chi2_contingency, fisher_exact

from evaluation.stats.checks import check_counts, counts_of
from evaluation.stats.networks import furthest, largest
from evaluation.stats.permutations import TIE, drawn_p, drawn_tables

# expected counts below this do not follow the chi-squared distribution: Cochran (1954)
SMALLEST_EXPECTED = 5


@dataclass(frozen=True)
class Fisher:
    """The table ((a, b), (c, d)), its sample odds ratio ad/bc, the alternative and its p."""

    table: tuple[tuple[int, int], tuple[int, int]]
    odds_ratio: float
    alternative: str
    p: float


@dataclass(frozen=True)
class ChiSquared:
    """An asymptotic test: its statistic and the smallest count expected under the hypothesis."""

    statistic: float
    degrees: int
    smallest_expected: float
    p: float


@dataclass(frozen=True)
class FisherFreemanHalton:
    """The exact test of a table of n answers; p is over all tables where it is `exact`, else drawn.

    `least_p` is the smallest p that a table with these margins can have, where all were gone
    through.
    """

    n: int
    p: float
    exact: bool
    least_p: float | None


@dataclass(frozen=True)
class CochranArmitage:
    """The trend `z` of the shares over groups with `scores`: above 0 where the shares rise.

    p is over all tables where it is `exact`, else over drawn ones; `least_p` is the smallest p that
    a table with these margins can have, where all were gone through.
    """

    scores: tuple[float, ...]
    z: float
    p: float
    exact: bool
    least_p: float | None


def fisher(table: Sequence[Sequence[int]], alternative: str = "two-sided") -> Fisher:
    """Fisher's exact test of the counts ((a, b), (c, d)), computed by scipy.

    table: two rows of two counts; alternative: `two-sided`, `greater` or `less`.

    Two-sided: all tables with these margins that are no more likely. "greater" asks for an odds
    ratio above 1, "less" for one below. Source: Fisher (1935). Raises ValueError unless the
    table holds two by two counts, and for another alternative.
    """
    counts = counts_of(table)
    if counts.shape != (2, 2):
        raise ValueError(f"Fisher's test takes two rows and two columns, not {counts.tolist()}")
    found = fisher_exact(counts, alternative)
    (a, b), (c, d) = counts.tolist()
    return Fisher(((a, b), (c, d)), float(found.statistic), alternative, float(found.pvalue))


def chi_squared(table: Sequence[Sequence[int]]) -> ChiSquared:
    """Pearson's chi-squared test of independence without correction, computed by scipy.

    table: counts, a row a group and a column an answer. Source: Pearson (1900). Raises ValueError
    unless the table holds counts in rows and columns, and where a cell is expected to hold fewer
    than 5.
    """
    counts = counts_of(table)
    expected = np.outer(counts.sum(1), counts.sum(0)) / max(counts.sum(), 1)
    check_expected(expected, "use fisher_freeman_halton()")
    found = chi2_contingency(counts, correction=False)
    smallest = float(expected.min())
    return ChiSquared(float(found.statistic), int(found.dof), smallest, float(found.pvalue))


def fisher_freeman_halton(table: Sequence[Sequence[int]], seed: int = 1) -> FisherFreemanHalton:
    """Fisher's exact test of a table of any size: the answers of several groups.

    table: counts, a row a group and a column an answer. The p is the probability of all tables with
    these margins that are no more likely; where they are more than a second's work, `PERMUTATIONS`
    tables are drawn at random from `seed` and the observed one is counted with them. No count is
    too small for it. Sources: Freeman and Halton (1951); Phipson and Smyth (2010) for drawn tables.
    Raises ValueError unless the table holds counts in at least two rows and two columns, and for a
    table of nobody.
    """
    counts = _filled(table)
    if counts.shape[0] > counts.shape[1]:
        counts = counts.T
    observed = float(_rarity(counts))
    every = largest(
        counts.sum(1).tolist(),
        counts.sum(0).tolist(),
        lambda place, left, ways: _rarity(ways, 1),
        observed,
    )
    n = int(counts.sum())
    if every:
        return FisherFreemanHalton(n, every.p, True, every.least_p)
    drawn = [_rarity(tables, (1, 2)) >= observed - TIE for tables in drawn_tables(counts, seed)]
    return FisherFreemanHalton(n, drawn_p(np.concatenate(drawn)), False, None)


def _rarity(counts: np.ndarray, axis: int | tuple[int, int] | None = None) -> np.ndarray:
    """How unlikely a table with these counts is, up to what all tables of its margins share."""
    return np.asarray(gammaln(counts + 1).sum(axis=axis))


def cochran_armitage(
    yes: Sequence[int],
    asked: Sequence[int],
    scores: Sequence[float] | None = None,
    seed: int = 1,
) -> CochranArmitage:
    """The Cochran-Armitage test: whether the share who said yes rises or falls with the groups.

    yes, asked: how many said yes and how many answered in each group, in the order of the groups;
    scores: how far apart the groups are, by default 1, 2, 3 ...

    The p is the probability, with the same numbers of answers and of yes in all, of a trend at
    least as far from none. Where the tables are more than a second's work, `PERMUTATIONS` are drawn
    at random from `seed` and the observed one is counted with them. `z` is the square root of the
    asymptotic statistic, and 0 where all said the same. Sources: Cochran (1954); Armitage (1955);
    Agresti (2002), Categorical Data Analysis, section 3.4, on the exact test. Raises ValueError for
    fewer than two groups, scores that are no numbers, all alike or of another number than the
    groups, and unless yes <= asked in each group and somebody answered.
    """
    check_counts([*yes, *asked])
    if not 2 <= len(yes) == len(asked):
        raise ValueError(f"a trend has two groups or more: {len(yes)} and {len(asked)} counts")
    if any(k > n for k, n in zip(yes, asked, strict=True)) or sum(asked) == 0:
        raise ValueError(f"no more say yes than answer: {list(yes)} of {list(asked)}")
    steps = np.asarray(range(1, len(yes) + 1) if scores is None else scores, dtype=float)
    if steps.shape != (len(yes),) or not np.isfinite(steps).all() or len(set(steps)) < 2:
        raise ValueError(f"each group has a score, and they differ: {steps.tolist()}")
    said, of = np.asarray(yes, dtype=int), np.asarray(asked, dtype=int)
    n, share = int(of.sum()), said.sum() / of.sum()
    centred = steps - (steps * of).sum() / n
    # the sums of scores are compared: their size is no part of the trend
    centred /= np.abs(centred).max()
    trend = float(centred @ said)
    variance = share * (1 - share) * float((of * centred**2).sum())
    z = trend / sqrt(variance) if variance > 0 else 0.0
    every = furthest(
        [int(said.sum()), int(n - said.sum())],
        of.tolist(),
        lambda place, left, ways: centred[place] * ways[:, 0],
        trend,
        expected=0,
    )
    if every:
        return CochranArmitage(tuple(steps.tolist()), z, every.p, True, every.least_p)
    drawn = [
        np.abs(tables[:, :, 0] @ centred) >= abs(trend) - TIE
        for tables in drawn_tables(np.column_stack([said, of - said]), seed)
    ]
    return CochranArmitage(tuple(steps.tolist()), z, drawn_p(np.concatenate(drawn)), False, None)


def check_expected(expected: np.ndarray, remedy: str) -> None:
    """Refuse an asymptotic test of too few answers.

    expected: counts under the hypothesis; remedy: what to use in its place. Raises ValueError where
    one is below `SMALLEST_EXPECTED`.
    """
    small = int((expected < SMALLEST_EXPECTED).sum())
    if small:
        raise ValueError(
            f"{small} of {expected.size} expected counts are below {SMALLEST_EXPECTED} (the"
            f" smallest is {expected.min():.2g}), too few for an asymptotic test: {remedy}"
        )


def _filled(table: Sequence[Sequence[int]]) -> np.ndarray:
    """The counts of a table of somebody."""
    counts = counts_of(table)
    if not counts.any():
        raise ValueError("nobody answered: there is nothing to compare")
    return counts
