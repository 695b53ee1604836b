"""Tests between groups and over time, exact where the numbers are small.

Where they are not, rank tests draw from what they would else go through, and say so: `exact`.

They need rows, or counts taken from rows: nothing here may be applied to rows rebuilt from
published figures, and `crosstabs` refuses them. Every p is two-sided unless it says otherwise.
Comparisons that answer one question belong to one family, see `holm`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial, prod
from typing import Any

import numpy as np
from scipy.stats import binom, chi2, chi2_contingency, fisher_exact, kendalltau, rankdata

from evaluation.stats.checks import check_counts

# expected counts below this do not follow the chi-squared distribution: Cochran (1954)
SMALLEST_EXPECTED = 5
ZEROS = ("wilcox", "pratt", "zsplit")
# orders of the answers: as many are all tried, of more as many are drawn as PERMUTATIONS says
ENUMERATED = 50_000
PERMUTATIONS = 9_999
# numbers that an exact rank test adds up, a second's work; beyond it, signs or divisions are drawn
SUMMED = 1_000_000_000


@dataclass(frozen=True)
class McNemar:
    """Pairs that changed: `b` one way, `c` the other; exact p and mid-p."""

    b: int
    c: int
    p: float
    mid_p: float

    @property
    def discordant(self) -> int:
        """How many pairs changed, either way."""
        return self.b + self.c


@dataclass(frozen=True)
class SignTest:
    """Differences above and below zero, and those that are zero and left out."""

    positive: int
    negative: int
    zeros: int
    p: float


@dataclass(frozen=True)
class Wilcoxon:
    """The smaller rank sum `statistic`, what was done with zeros, and how many there were.

    `n` counts all differences; p is over all signs where it is `exact`, else over drawn ones.
    """

    statistic: float
    zeros: str
    zero_count: int
    n: int
    p: float
    exact: bool


@dataclass(frozen=True)
class Fisher:
    """The table ((a, b), (c, d)), its sample odds ratio ad/bc, the alternative and its p."""

    table: tuple[tuple[int, int], tuple[int, int]]
    odds_ratio: float
    alternative: str
    p: float


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
class TauB:
    """Kendall's tau-b of n pairs; p over `orders` orders, all there are where it is `exact`."""

    tau: float
    n: int
    p: float
    orders: int
    exact: bool


@dataclass(frozen=True)
class ChiSquared:
    """An asymptotic test: its statistic and the smallest count expected under the hypothesis."""

    statistic: float
    degrees: int
    smallest_expected: float
    p: float


@dataclass(frozen=True)
class Family:
    """Tests declared together: how many, and for each its p adjusted for that number."""

    tests: int
    adjusted: dict[str, float]


# pairs


def mcnemar(b: int, c: int) -> McNemar:
    """McNemar's test of b pairs that changed one way against c that changed the other.

    b, c: numbers of pairs.

    Exact: the binomial probability of a split at least as uneven. Mid-p counts splits exactly
    as uneven by half; the exact test is too cautious with few pairs. Pairs that did not change
    play no part. Source: Fagerland, Lydersen and Laake (2013), BMC Medical Research Methodology
    13:91. Raises ValueError for negative counts.
    """
    check_counts([b, c])
    p, as_uneven = _uneven(b, c)
    return McNemar(int(b), int(c), p, p - as_uneven / 2)


def mcnemar_asymptotic(b: int, c: int) -> ChiSquared:
    """McNemar's test of b pairs against c with continuity correction.

    b, c: numbers of pairs.

    The correction takes away no more of the difference than there is: 5 against 5 is no change.
    Source: Edwards (1948). Raises ValueError for negative counts, and where fewer than 5 are
    expected each way.
    """
    check_counts([b, c])
    _refuse_small(np.array([b + c, b + c]) / 2, "use mcnemar()")
    statistic = max(abs(b - c) - 1, 0) ** 2 / (b + c)
    return ChiSquared(statistic, 1, (b + c) / 2, float(chi2.sf(statistic, 1)))


def sign_test(differences: Sequence[float]) -> SignTest:
    """Exact sign test of paired differences: as many up as down? Zeros are left out.

    differences: one per pair. Asks only which way a pair moved, so ordinal codes may be subtracted.
    Source: Conover (1999), section 3.4. Raises ValueError for a missing difference or none at all.
    """
    values = _numbers(differences)
    positive, negative = int((values > 0).sum()), int((values < 0).sum())
    zeros = len(values) - positive - negative
    return SignTest(positive, negative, zeros, _uneven(positive, negative)[0])


def wilcoxon(differences: Sequence[float], zeros: str, seed: int = 1) -> Wilcoxon:
    """Wilcoxon's signed-rank test of paired differences, exact with ties and zeros.

    differences: one per pair.

    The p is over all ways to give the differences that are not zero a sign, with the ranks
    (means for ties) that they have; of more than several hundred, `PERMUTATIONS` ways are drawn at
    random from `seed`, as for `tau_b`. `zeros` names what is done with differences of zero:

    - "wilcox": left out before ranking (Wilcoxon 1945);
    - "pratt": ranked with the others, their ranks left out (Pratt 1959);
    - "zsplit": ranked with the others, their ranks split evenly between both sums; the p is
      that of "pratt".

    The differences themselves are ranked: codes of an ordinal scale then count as numbers.
    Raises ValueError for another treatment, a missing difference or none at all.
    """
    if zeros not in ZEROS:
        raise ValueError(f"zeros are treated as one of {', '.join(ZEROS)}, not {zeros!r}")
    values = _numbers(differences)
    ranked = values[values != 0] if zeros == "wilcox" else values
    ranks = rankdata(np.abs(ranked))
    up, down = ranks[ranked > 0].sum(), ranks[ranked < 0].sum()
    shared = ranks[ranked == 0].sum() / 2 if zeros == "zsplit" else 0.0
    # ranks are whole or half
    doubled, smaller = np.rint(2 * ranks[ranked != 0]).astype(int), int(2 * min(up, down))
    exact = len(doubled) * int(doubled.sum()) <= SUMMED
    return Wilcoxon(
        statistic=float(min(up, down) + shared),
        zeros=zeros,
        zero_count=int((values == 0).sum()),
        n=len(values),
        p=_signed(doubled, smaller) if exact else _signed_at_random(doubled, smaller, seed),
        exact=exact,
    )


def _signed(doubled: np.ndarray, smaller: int) -> float:
    """Two-sided probability of a sum of doubled ranks of at most `smaller` under random signs.

    The ways to reach each sum are counted one rank at a time.
    """
    chance = np.zeros(doubled.sum() + 1)
    chance[0] = 1
    for rank in doubled:
        chance[rank:] += chance[: len(chance) - rank].copy()
        chance /= 2
    return min(1.0, 2 * float(chance[: smaller + 1].sum()))


def _signed_at_random(doubled: np.ndarray, smaller: int, seed: int) -> float:
    """The same over drawn signs and those observed."""
    generator, total = np.random.default_rng(seed), int(doubled.sum())
    sums = np.array([doubled @ generator.integers(0, 2, len(doubled)) for _ in range(PERMUTATIONS)])
    return _drawn(np.minimum(sums, total - sums) <= smaller)


def _drawn(as_far: np.ndarray) -> float:
    """The p of what was drawn, with the observed counted among it: Phipson and Smyth (2010)."""
    return (int(as_far.sum()) + 1) / (len(as_far) + 1)


def _uneven(a: int, b: int) -> tuple[float, float]:
    """Probability of a split of a + b at least as uneven as a to b, and of one exactly so."""
    n, smaller = a + b, min(a, b)
    if a == b:
        return 1.0, float(binom.pmf(a, n, 0.5))
    at_least = min(1.0, 2 * float(binom.cdf(smaller, n, 0.5)))
    return at_least, 2 * float(binom.pmf(smaller, n, 0.5))


def _numbers(values: Sequence[float]) -> np.ndarray:
    numbers = np.asarray(values, dtype=float)
    if numbers.ndim != 1 or len(numbers) == 0 or not np.isfinite(numbers).all():
        raise ValueError("a paired test takes a list with one number per pair, none missing")
    return numbers


# groups


def fisher(table: Sequence[Sequence[int]], alternative: str = "two-sided") -> Fisher:
    """Fisher's exact test of the counts ((a, b), (c, d)), computed by scipy.

    table: two rows of two counts; alternative: `two-sided`, `greater` or `less`.

    Two-sided: all tables with these margins that are no more likely. "greater" asks for an odds
    ratio above 1, "less" for one below. Source: Fisher (1935). Raises ValueError unless the
    table holds two by two counts, and for another alternative.
    """
    counts = _table(table)
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
    counts = _table(table)
    expected = np.outer(counts.sum(1), counts.sum(0)) / max(counts.sum(), 1)
    _refuse_small(expected, "use fisher() on a table of two by two, or tau_b() on ordered answers")
    found = chi2_contingency(counts, correction=False)
    smallest = float(expected.min())
    return ChiSquared(float(found.statistic), int(found.dof), smallest, float(found.pvalue))


def tau_b(x: Sequence[float], y: Sequence[float], seed: int = 1) -> TauB:
    """Kendall's tau-b between two ordered answers of the same respondents, by permutation.

    x, y: the codes of the answers, one of each per respondent, in the same order. p is the share of
    the orders of one answer against the other with a |tau-b| at least as large. Up to `ENUMERATED`
    different orders are all tried; of more, `PERMUTATIONS` are drawn at random from `seed` and the
    observed one is counted with them. Sources: Kendall (1945); Phipson and Smyth (2010) for the
    drawn ones. Raises ValueError for lists of different length, missing answers, or answers that
    are all alike.
    """
    first, second = _numbers(x), _numbers(y)
    if len(first) != len(second):
        raise ValueError(f"{len(first)} answers against {len(second)}: pairs have both")
    if min(len(np.unique(first)), len(np.unique(second))) < 2:
        raise ValueError("answers that are all alike go together with nothing")
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


def mann_whitney(x: Sequence[float], y: Sequence[float], seed: int = 1) -> MannWhitney:
    """Mann-Whitney's test (Wilcoxon's rank-sum test) of two groups, exact with ties.

    x, y: the values of each group. p is the share of all ways to divide the observed values into
    groups of these sizes with a rank sum (means for ties) at least as far from its expectation; of
    groups of more than about a hundred, `PERMUTATIONS` divisions are drawn at random from `seed`,
    as for `tau_b`. Asks only which of two values is larger, so codes of an ordinal scale may be
    used. Sources: Mann and Whitney (1947); Bergmann, Ludbrook and Spooren (2000), The American
    Statistician 54:72, on ties. Raises ValueError for a missing value or an empty group.
    """
    groups = [np.asarray(values, dtype=float) for values in (x, y)]
    if any(g.ndim != 1 or len(g) == 0 or not np.isfinite(g).all() for g in groups):
        raise ValueError("a group is a list of at least one number, none missing")
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


def _divided(ranks: np.ndarray, size: int, observed: int) -> float:
    """Probability that `size` of the doubled ranks, drawn at random, have a sum at least as far
    from its expectation as `observed`.

    The ranks are gone through one by one; `chance[j, s]` is that j were drawn, with sum s.
    """
    expected = size * (len(ranks) + 1)
    if 2 * size > len(ranks):
        # the sums of both groups are equally far from what is expected
        size, observed = len(ranks) - size, int(ranks.sum()) - observed
        expected = size * (len(ranks) + 1)
    chance = np.zeros((size + 1, int(ranks.sum()) + 1))
    chance[0, 0] = 1
    for gone, rank in enumerate(ranks):
        drawn = np.clip((size - np.arange(size + 1)) / (len(ranks) - gone), 0, 1)[:, None]
        taken = chance * drawn
        chance *= 1 - drawn
        chance[1:, rank:] += taken[:-1, : chance.shape[1] - rank]
    far = np.abs(np.arange(chance.shape[1]) - expected) >= abs(observed - expected)
    return min(1.0, float(chance[size, far].sum()))


def _divided_at_random(ranks: np.ndarray, size: int, observed: int, seed: int) -> float:
    """The same over drawn divisions and the one observed."""
    generator, expected = np.random.default_rng(seed), size * (len(ranks) + 1)
    sums = np.array([generator.permutation(ranks)[:size].sum() for _ in range(PERMUTATIONS)])
    return _drawn(np.abs(sums - expected) >= abs(observed - expected))


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


# several tests, and where they may come from


def holm(p_values: Mapping[str, float]) -> Family:
    """The p of every test of a declared family, adjusted by Holm's method.

    p_values: the name of each test that was run and its p. Leaving out the tests that came to
    nothing makes the adjustment void. Source: Holm (1979). Raises
    ValueError for an empty family and for a p that is none.
    """
    if not p_values or not all(0 <= p <= 1 for p in p_values.values()):
        raise ValueError("a family has at least one test, and every p lies from 0 to 1")
    # the function of statsmodels collects garbage first, which takes a tenth of a second
    tests, highest = len(p_values), 0.0
    adjusted = dict.fromkeys(p_values, highest)
    for rank, name in enumerate(sorted(p_values, key=p_values.__getitem__)):
        highest = max(highest, min(1.0, (tests - rank) * float(p_values[name])))
        adjusted[name] = highest
    return Family(tests, adjusted)


def _table(table: Sequence[Sequence[int]]) -> np.ndarray:
    """The counts as an array of at least two rows and two columns."""
    counts = np.asarray(table)
    if counts.ndim != 2 or min(counts.shape) < 2:
        raise ValueError("a table has at least two rows and two columns")
    check_counts(counts.ravel())
    return counts.astype(int)


def _refuse_small(expected: np.ndarray, remedy: str) -> None:
    small = int((expected < SMALLEST_EXPECTED).sum())
    if small:
        raise ValueError(
            f"{small} of {expected.size} expected counts are below {SMALLEST_EXPECTED} (the"
            f" smallest is {expected.min():.2g}), too few for an asymptotic test: {remedy}"
        )
