"""Numbers as words: shares, their bounds and the quantifier that fits them.

A quantifier is chosen by a published table (`QUANTIFIERS`), so that prose and figure cannot
disagree.
"""

from dataclasses import dataclass
from fractions import Fraction as F

from evaluation.rounding import percent
from evaluation.texts import Texts

# (from, up to, key): shares s with from <= s < up to; equal ends mean exactly that share
QUANTIFIERS = (
    (F(0), F(0), "none"),
    (F(0), F(20, 100), "few"),
    (F(20, 100), F(1, 4), "almost_quarter"),
    (F(1, 4), F(1, 4), "quarter"),
    (F(1, 4), F(30, 100), "over_quarter"),
    (F(30, 100), F(1, 3), "almost_third"),
    (F(1, 3), F(1, 3), "third"),
    (F(1, 3), F(40, 100), "over_third"),
    (F(40, 100), F(1, 2), "almost_half"),
    (F(1, 2), F(1, 2), "half"),
    (F(1, 2), F(60, 100), "over_half"),
    (F(60, 100), F(2, 3), "almost_two_thirds"),
    (F(2, 3), F(2, 3), "two_thirds"),
    (F(2, 3), F(72, 100), "over_two_thirds"),
    (F(72, 100), F(3, 4), "almost_three_quarters"),
    (F(3, 4), F(3, 4), "three_quarters"),
    (F(3, 4), F(80, 100), "over_three_quarters"),
    (F(80, 100), F(95, 100), "great_majority"),
    (F(95, 100), F(1), "almost_all"),
    (F(1), F(1), "all"),
)


def quantifier(k: int, n: int) -> str:
    """Key of the quantifier that fits k of n. Raises ValueError unless 0 <= k <= n, n > 0."""
    if n <= 0 or not 0 <= k <= n:
        raise ValueError(f"a share needs 0 <= k <= n and n > 0, not {k} of {n}")
    share = F(int(k), int(n))
    exact = next((key for low, high, key in QUANTIFIERS if low == high == share), None)
    return exact or next(key for low, high, key in QUANTIFIERS if low <= share < high)


@dataclass(frozen=True)
class Share:
    """k of n in the words of one language; `population` and `bounds` where they are known."""

    k: int
    n: int
    texts: Texts
    lower: int | None = None
    upper: int | None = None
    population: int | None = None

    @property
    def count_of_n(self) -> str:
        """`14 of 16`: the headline of a small number."""
        return self.texts("count_of_n", k=self.texts.number(self.k), n=self.texts.number(self.n))

    @property
    def percent(self) -> str:
        return self.texts("percent", value=self.texts.number(percent(self.k, self.n)))

    @property
    def exact(self) -> str:
        """The percentage without rounding where it ends, else to two decimals: `62,5 %`."""
        value = percent(self.k, self.n, 2)
        short = next(v for d in (0, 1, 2) if (v := percent(self.k, self.n, d)) == value)
        return self.texts("percent", value=self.texts.number(short))

    @property
    def full(self) -> str:
        """`14 of 16 (88%)`."""
        return self.texts("full", count_of_n=self.count_of_n, percent=self.percent)

    @property
    def words(self) -> str:
        """The quantifier alone: `almost two thirds`."""
        return self.texts(f"quantifiers.{quantifier(self.k, self.n)}")

    def of(self, group: str) -> str:
        """The quantifier with the group it is about: `almost two thirds of the associations`."""
        if self.k == self.n:
            return self.texts("all_of_group", group=group)
        return self.texts("of_group", words=self.words, group=group)

    @property
    def bounds(self) -> str:
        """Worst-case bounds over the population: `between 14 and 19 of 21`.

        Raises ValueError where the population of the question is unknown.
        """
        if self.population is None:
            raise ValueError("the population behind this share is unknown")
        number = self.texts.number
        low, high, total = number(self.lower), number(self.upper), number(self.population)
        if self.lower == self.upper:
            return self.texts("count_of_n", k=low, n=total)
        return self.texts("between", low=low, high=high, total=total)

    @property
    def rest(self) -> "Share":
        """Those who did not: n - k of n, with the bounds turned round."""
        flipped = {}
        if self.population is not None:
            flipped = {
                "lower": self.n - self.k,
                "upper": self.population - self.k,
                "population": self.population,
            }
        return Share(self.n - self.k, self.n, self.texts, **flipped)
