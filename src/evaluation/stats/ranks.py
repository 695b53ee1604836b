"""Tests of ranks between groups and between ordered answers, exact where the numbers are small.

Where they are not, tests draw from what they would else go through, and say so: `exact`. Values
are only ranked, so codes of an ordinal scale may be used. Every p is two-sided.

They need rows: nothing here may be applied to rows rebuilt from published figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from evaluation.stats.checks import numbers
from evaluation.stats.networks import furthest, largest
from evaluation.stats.permutations import PERMUTATIONS, SUMMED, TIE, drawn_p, drawn_tables

GROUP = "a group is a list of at least one number, none missing"


@dataclass(frozen=True)
class MannWhitney:
    """In how many of the n_x * n_y pairs x is the larger one, a tie counting half.

    p is over all divisions where it is `exact`, else over drawn ones.
    """

    u: float
    n_x: int
    n_y: int
    p: float
    exact: bool


@dataclass(frozen=True)
class KruskalWallis:
    """The statistic `h`, corrected for ties, of groups of some sizes.

    `epsilon_squared` is h over the largest that it can be: 0 where groups are alike, 1 where they
    tell the ranks. p is over all divisions where it is `exact`, else over drawn ones; `least_p` is
    the smallest p that such groups and ties can have, where all were gone through.
    """

    h: float
    epsilon_squared: float
    sizes: tuple[int, ...]
    p: float
    exact: bool
    least_p: float | None


@dataclass(frozen=True)
class Jonckheere:
    """In how many pairs of answers of two groups the later group's is the larger, ties half.

    `expected` is how many there are where the groups are alike. p is over all divisions where it is
    `exact`, else over drawn ones; `least_p` is the smallest p that such groups and ties can have,
    where all were gone through.
    """

    statistic: float
    expected: float
    sizes: tuple[int, ...]
    p: float
    exact: bool
    least_p: float | None


def mann_whitney(x: Sequence[float], y: Sequence[float], seed: int = 1) -> MannWhitney:
    """Mann-Whitney's test (Wilcoxon's rank-sum test) of two groups, exact with ties.

    x, y: the values of each group. p is the share of all ways to divide the observed values into
    groups of these sizes with a rank sum (means for ties) at least as far from its expectation; of
    groups of more than about a hundred, `PERMUTATIONS` divisions are drawn at random from `seed`,
    as for `tau_b`. Asks only which of two values is larger, so codes of an ordinal scale may be
    used. Sources: Mann and Whitney (1947); Bergmann, Ludbrook and Spooren (2000), The American
    Statistician 54:72, on ties. Raises ValueError for a missing value or an empty group.
    """
    groups = [numbers(values, GROUP) for values in (x, y)]
    n_x, n_y = map(len, groups)
    ranks = np.rint(2 * rankdata(np.concatenate(groups))).astype(int)
    doubled = int(ranks[:n_x].sum())
    exact = len(ranks) * min(n_x, n_y) * int(ranks.sum()) <= SUMMED
    return MannWhitney(
        u=doubled / 2 - n_x * (n_x + 1) / 2,
        n_x=n_x,
        n_y=n_y,
        p=_divided(ranks, n_x, doubled) if exact else _divided_at_random(ranks, n_x, doubled, seed),
        exact=exact,
    )


def rank_sum_chances(ranks: np.ndarray, size: int) -> np.ndarray:
    """Probability of each sum of `size` of the ranks, drawn at random.

    ranks: whole numbers; size: how many are drawn, best the fewer.

    The ranks are gone through one by one; `chance[j, s]` is that j were drawn, with sum s.
    """
    chance = np.zeros((size + 1, int(ranks.sum()) + 1))
    chance[0, 0] = 1
    for gone, rank in enumerate(ranks):
        drawn = np.clip((size - np.arange(size + 1)) / (len(ranks) - gone), 0, 1)[:, None]
        taken = chance * drawn
        chance *= 1 - drawn
        chance[1:, rank:] += taken[:-1, : chance.shape[1] - rank]
    return np.asarray(chance[size])


def _divided(ranks: np.ndarray, size: int, observed: int) -> float:
    """Probability that `size` of the doubled ranks, drawn at random, have a sum at least as far
    from its expectation as `observed`.
    """
    if 2 * size > len(ranks):
        # the sums of both groups are equally far from what is expected
        size, observed = len(ranks) - size, int(ranks.sum()) - observed
    expected, chances = size * (len(ranks) + 1), rank_sum_chances(ranks, size)
    far = np.abs(np.arange(len(chances)) - expected) >= abs(observed - expected)
    return min(1.0, float(chances[far].sum()))


def _divided_at_random(ranks: np.ndarray, size: int, observed: int, seed: int) -> float:
    """The same over drawn divisions and the one observed."""
    generator, expected = np.random.default_rng(seed), size * (len(ranks) + 1)
    sums = np.array([generator.permutation(ranks)[:size].sum() for _ in range(PERMUTATIONS)])
    return drawn_p(np.abs(sums - expected) >= abs(observed - expected))


def kruskal_wallis(groups: Sequence[Sequence[float]], seed: int = 1) -> KruskalWallis:
    """The test of Kruskal and Wallis: are answers higher in one group than in another?

    groups: the values of each. The p is the share of all ways to divide the observed values into
    groups of these sizes with a statistic at least as large; where they are more than a second's
    work, `PERMUTATIONS` are drawn at random from `seed` and the observed one is counted with them.
    Sources: Kruskal and Wallis (1952); Tomczak and Tomczak (2014) for epsilon squared. Raises
    ValueError for a missing value, an empty group or fewer than two groups.
    """
    table, ranks = _levels(groups)
    sizes = table.sum(1)
    n = int(sizes.sum())
    centred = ranks - (n + 1) / 2
    between = float(((table @ centred) ** 2 / sizes).sum())
    whole = float((table.sum(0) * centred**2).sum())
    share = between / whole if whole > 0 else 0.0
    every = largest(
        table.sum(0).tolist(),
        sizes.tolist(),
        lambda at, left, ways: (ways @ centred) ** 2 / sizes[at],
        between,
    )
    if every:
        p, least_p = every.p, every.least_p
    else:
        drawn = [
            ((tables @ centred) ** 2 / sizes).sum(1) >= between - TIE
            for tables in drawn_tables(table, seed)
        ]
        p, least_p = drawn_p(np.concatenate(drawn)), None
    return KruskalWallis(
        (n - 1) * share, share, tuple(sizes.tolist()), p, least_p is not None, least_p
    )


def jonckheere(groups: Sequence[Sequence[float]], seed: int = 1) -> Jonckheere:
    """The test of Jonckheere and Terpstra: do answers rise or fall with the order of the groups?

    groups: the values of each, in their order. The p is the share of all ways to divide the
    observed values into groups of these sizes with a statistic at least as far from its
    expectation; where they are more than a second's work, `PERMUTATIONS` are drawn at random from
    `seed` and the observed one is counted with them. Sources: Terpstra (1952); Jonckheere (1954).
    Raises ValueError for a missing value, an empty group or fewer than two groups.
    """
    table, _ = _levels(groups)
    sizes = table.sum(1)
    expected = float(sizes.sum() ** 2 - (sizes**2).sum()) / 4
    observed = float(_rising(table[None])[0])
    every = furthest(
        sizes.tolist(),
        table.sum(0).tolist(),
        lambda at, left, ways: _risen(sizes - left, ways),
        observed,
        expected,
    )
    if every:
        p, least_p = every.p, every.least_p
    else:
        drawn = [
            np.abs(_rising(tables) - expected) >= abs(observed - expected) - TIE
            for tables in drawn_tables(table, seed)
        ]
        p, least_p = drawn_p(np.concatenate(drawn)), None
    return Jonckheere(observed, expected, tuple(sizes.tolist()), p, least_p is not None, least_p)


def _levels(groups: Sequence[Sequence[float]]) -> tuple[np.ndarray, np.ndarray]:
    """How often each group has each value, a row a group, and the mean rank of each value."""
    values = [numbers(group, GROUP) for group in groups]
    if len(values) < 2:
        raise ValueError("groups are compared where there are at least two")
    levels, of = np.unique(np.concatenate(values), return_inverse=True)
    ends = np.cumsum([len(group) for group in values])[:-1]
    table = np.array([np.bincount(part, minlength=len(levels)) for part in np.split(of, ends)])
    times = table.sum(0)
    return table, times.cumsum() - (times - 1) / 2


def _rising(tables: np.ndarray) -> np.ndarray:
    """The statistic of Jonckheere of each table, with a row a group and a column a value."""
    lower = tables.cumsum(2) - tables / 2
    pairs = tables.astype(float) @ lower.transpose(0, 2, 1)
    return np.asarray(np.tril(pairs, -1).sum((1, 2)))


def _risen(lower: np.ndarray, here: np.ndarray) -> np.ndarray:
    """Pairs in which the later group has this value and the earlier a lower one, or half for alike.

    lower: how many of each group have a lower value; here: how many have this one, a row each way.
    """
    either = lower + here / 2
    return np.asarray((here * (either.cumsum(1) - either)).sum(1))
