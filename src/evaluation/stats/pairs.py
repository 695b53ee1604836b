"""Tests of paired answers: the same respondents twice, exact where the numbers are small.

Where they are not, tests draw from what they would else go through, and say so: `exact`.

They need rows, or counts taken from rows: nothing here may be applied to rows rebuilt from
published figures. Every p is two-sided.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from scipy.stats import binom, chi2, rankdata

from evaluation.stats.checks import check_counts, counts_of, numbers
from evaluation.stats.contingency import ChiSquared, check_expected
from evaluation.stats.permutations import PERMUTATIONS, SUMMED, TIE, drawn_p, exact

PAIRED = "a paired test takes a list with one number per pair, none missing"
# numbers of pairs that changed both ways: as many are all tried
CHANGES = 1_000_000
ZEROS = ("wilcox", "pratt", "zsplit")


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
class MarginalHomogeneity:
    """Answers of one choice, twice: the net `changes` of each answer, and how far they are from 0.

    p is over all ways in which the pairs can have changed where it is `exact`, else over drawn
    ones; `least_p` is the smallest p that as many changes can have, where all were gone through.
    """

    changes: tuple[int, ...]
    statistic: float
    discordant: int
    n: int
    p: float
    exact: bool
    least_p: float | None

    @property
    def net_change(self) -> float:
        """The share of the pairs that answers have won or lost, all answers together."""
        return sum(map(abs, self.changes)) / 2 / self.n


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
    check_expected(np.array([b + c, b + c]) / 2, "use mcnemar()")
    statistic = max(abs(b - c) - 1, 0) ** 2 / (b + c)
    return ChiSquared(statistic, 1, (b + c) / 2, float(chi2.sf(statistic, 1)))


def sign_test(differences: Sequence[float]) -> SignTest:
    """Exact sign test of paired differences: as many up as down? Zeros are left out.

    differences: one per pair. Asks only which way a pair moved, so ordinal codes may be subtracted.
    Source: Conover (1999), section 3.4. Raises ValueError for a missing difference or none at all.
    """
    values = numbers(differences, PAIRED)
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
    values = numbers(differences, PAIRED)
    ranked = values[values != 0] if zeros == "wilcox" else values
    ranks = rankdata(np.abs(ranked))
    up, down = ranks[ranked > 0].sum(), ranks[ranked < 0].sum()
    shared = ranks[ranked == 0].sum() / 2 if zeros == "zsplit" else 0.0
    # ranks are whole or half
    doubled, smaller = np.rint(2 * ranks[ranked != 0]).astype(int), int(2 * min(up, down))
    every = len(doubled) * int(doubled.sum()) <= SUMMED
    return Wilcoxon(
        statistic=float(min(up, down) + shared),
        zeros=zeros,
        zero_count=int((values == 0).sum()),
        n=len(values),
        p=_signed(doubled, smaller) if every else _signed_at_random(doubled, smaller, seed),
        exact=every,
    )


def signed_rank_chances(ranks: np.ndarray) -> np.ndarray:
    """Probability of each sum of the ranks that get a positive sign, where signs are random.

    ranks: whole numbers, gone through one by one.
    """
    chance = np.zeros(ranks.sum() + 1)
    chance[0] = 1
    for rank in ranks:
        chance[rank:] += chance[: len(chance) - rank].copy()
        chance /= 2
    return chance


def _signed(doubled: np.ndarray, smaller: int) -> float:
    """Two-sided probability of a sum of doubled ranks of at most `smaller` under random signs."""
    return min(1.0, 2 * float(signed_rank_chances(doubled)[: smaller + 1].sum()))


def _signed_at_random(doubled: np.ndarray, smaller: int, seed: int) -> float:
    """The same over drawn signs and those observed."""
    generator, total = np.random.default_rng(seed), int(doubled.sum())
    sums = np.array([doubled @ generator.integers(0, 2, len(doubled)) for _ in range(PERMUTATIONS)])
    return drawn_p(np.minimum(sums, total - sums) <= smaller)


def _uneven(a: int, b: int) -> tuple[float, float]:
    """Probability of a split of a + b at least as uneven as a to b, and of one exactly so."""
    n, smaller = a + b, min(a, b)
    if a == b:
        return 1.0, float(binom.pmf(a, n, 0.5))
    at_least = min(1.0, 2 * float(binom.cdf(smaller, n, 0.5)))
    return at_least, 2 * float(binom.pmf(smaller, n, 0.5))


def marginal_homogeneity(table: Sequence[Sequence[int]], seed: int = 1) -> MarginalHomogeneity:
    """The test of Stuart and Maxwell: do as many give each answer the second time as the first?

    table: counts of pairs, a row an answer of the first time and a column the same answers of the
    second. With two answers it is `mcnemar`. The p is the share, among all ways in which each pair
    that changed can have changed the one way or back, of a statistic at least as large; of more
    than a second's work, `PERMUTATIONS` are drawn at random from `seed` and those observed are
    counted with them. Sources: Stuart (1955); Maxwell (1970); Fay (1996) on the exact test. Raises
    ValueError unless the table holds counts in as many rows as columns, and for nobody.
    """
    counts = counts_of(table)
    if counts.shape[0] != counts.shape[1] or not counts.any():
        raise ValueError("pairs stand in a table of as many rows as columns, and there are some")
    first, second = np.triu_indices(len(counts), 1)
    both = counts[first, second] + counts[second, first]
    moved = both > 0
    first, second, both = first[moved], second[moved], both[moved]
    # how each kind of change adds to the answers: away from the first, to the second
    ways = np.zeros((len(both), len(counts)))
    ways[np.arange(len(both)), first], ways[np.arange(len(both)), second] = -1, 1
    inverse = np.linalg.pinv(ways.T @ (both[:, None] * ways))
    seen = 2 * counts[first, second] - both
    observed = _from_none(seen[None], ways, inverse)[0]
    changes = (counts.sum(0) - counts.sum(1)).tolist()
    discordant = int(both.sum())
    every_way = prod((both + 1).tolist())
    if every_way <= CHANGES:
        to = np.indices(both + 1).reshape(len(both), every_way).T
        chances = binom.pmf(to, both, 0.5).prod(1)
        every = exact(_from_none(2 * to - both, ways, inverse), chances, float(observed))
        p, least_p = every.p, every.least_p
    else:
        to = np.random.default_rng(seed).binomial(both, 0.5, (PERMUTATIONS, len(both)))
        p = drawn_p(_from_none(2 * to - both, ways, inverse) >= observed - TIE)
        least_p = None
    return MarginalHomogeneity(
        tuple(changes),
        float(observed),
        discordant,
        int(counts.sum()),
        p,
        least_p is not None,
        least_p,
    )


def _from_none(net: np.ndarray, ways: np.ndarray, inverse: np.ndarray) -> np.ndarray:
    """The statistic of each row of net numbers of pairs that changed."""
    changes = net @ ways
    return np.asarray(((changes @ inverse) * changes).sum(1))
