"""Numbers as words: shares, their bounds and the quantifier that fits them.

A quantifier is chosen by a published table (`QUANTIFIERS`), so that prose and figure cannot
disagree.
"""

from dataclasses import dataclass, replace
from typing import Any

from evaluation.base.rounding import percent
from evaluation.language.quantifiers import QUANTIFIERS, quantifier
from evaluation.language.texts import Texts
from evaluation.report.provenance import Count, Hidden, Origin, Told, told

__all__ = ["QUANTIFIERS", "Share", "quantifier"]


@dataclass(frozen=True)
class Share:
    """k of n in the words of one language; population and worst-case bounds where they are known.

    `random` is the interval of the count in the population under the assumption that those who
    did not answer are a random part of it.

    With an `origin`, every text and number taken from the share remembers it. Where k is None,
    disclosure control keeps the count back (and n too, where that is None): every text says so.
    """

    k: Any  # a whole number, or Hidden
    n: Any
    texts: Texts
    lower: Any = None
    upper: Any = None
    population: Any = None
    random: tuple[Any, Any] | None = None
    origin: Origin | None = None

    def __post_init__(self) -> None:
        origin = self.origin
        if origin is not None:
            # plain numbers, zero too: an origin that held itself could not be told
            k, n = (None if value is None else int(value) for value in (self.k, self.n))
            origin = replace(origin, k=k, n=n)
            object.__setattr__(self, "origin", origin)
        for name in ("k", "n"):
            value = getattr(self, name)
            if value is None:
                value = Hidden(self.texts("hidden"), origin or Origin())
            elif origin is not None:
                value = Count(value, origin)
            object.__setattr__(self, name, value)
        if self.hidden:
            for name, value in (("lower", self.k), ("upper", self.k), ("random", (self.k, self.k))):
                object.__setattr__(self, name, value)

    @property
    def hidden(self) -> bool:
        """Whether disclosure control keeps the count back."""
        return isinstance(self.k, Hidden)

    @property
    def count_of_n(self) -> str:
        """`12 of 16`: the headline of a small number."""
        if self.hidden:
            return self._kept_back_of(self.n)
        number = self.texts.number
        return self._tell(self.texts("count_of_n", k=number(self.k), n=number(self.n)))

    @property
    def percent(self) -> str:
        """`88%`: the whole percentage, rounded half up."""
        if self.hidden:
            return self._tell(self.texts("hidden"))
        value = self.texts.number(percent(self.k, self.n))
        return self._tell(self.texts("percent", value=value))

    @property
    def exact(self) -> str:
        """The percentage without rounding where it ends, else to two decimals: `62,5 %`."""
        if self.hidden:
            return self._tell(self.texts("hidden"))
        value = percent(self.k, self.n, 2)
        short = next(v for d in (0, 1, 2) if (v := percent(self.k, self.n, d)) == value)
        return self._tell(self.texts("percent", value=self.texts.number(short)))

    @property
    def full(self) -> str:
        """`12 of 16 (75%)`."""
        if self.hidden:
            return self.count_of_n
        return self._tell(self.texts("full", count_of_n=self.count_of_n, percent=self.percent))

    @property
    def words(self) -> str:
        """The quantifier alone: `almost two thirds`."""
        if self.hidden:
            return self._tell(self.texts("hidden_count"))
        return self._tell(self.texts(f"quantifiers.{quantifier(self.k, self.n)}"))

    def of(self, group: str) -> str:
        """The quantifier with the group it is about: `almost two thirds of the associations`.

        group: what it is called in a sentence, in the language of the share.
        """
        if not self.hidden and self.k == self.n:
            return self._tell(self.texts("all_of_group", group=group))
        return self._tell(self.texts("of_group", words=self.words, group=group))

    @property
    def bounds(self) -> str:
        """Worst-case bounds over the population: `between 14 and 19 of 21`.

        Raises ValueError where the population of the question is unknown.
        """
        self._require_population()
        if self.hidden:
            return self._kept_back_of(self.population)
        return self._between(self.lower, self.upper)

    @property
    def if_random(self) -> str:
        """The exact interval over the population, if the silent are a random part of it.

        To be shown only with this assumption in words. Raises ValueError where it is unknown.
        """
        if self.hidden:
            return self._tell(self.texts("hidden"))
        if self.random is None:
            raise ValueError("no interval is known for this share")
        return self._between(*self.random)

    @property
    def rest(self) -> "Share":
        """Those who did not: n - k of n, with the bounds turned round."""
        if self.hidden:
            return self
        flipped: dict[str, Any] = {}
        if self.population is not None:
            flipped = {
                "lower": self.n - self.k,
                "upper": self.population - self.k,
                "population": self.population,
            }
        return Share(self.n - self.k, self.n, self.texts, origin=self.origin, **flipped)

    @property
    def silent(self) -> str:
        """`5 of 21`: who did not answer, of all there are to ask.

        Raises ValueError where the population of the question is unknown.
        """
        self._require_population()
        if isinstance(self.n, Hidden):
            return self._kept_back_of(self.population)
        silent, number = self.population - self.n, self.texts.number
        return told(self.texts("count_of_n", k=number(silent), n=number(self.population)), silent)

    def _require_population(self) -> None:
        if self.population is None:
            raise ValueError(
                "the population behind this share is unknown: a filter decides who was asked, or"
                " population in evaluation.yml is not set"
            )

    def _between(self, low: int, high: int) -> str:
        ends = {"low": self.texts.number(low), "high": self.texts.number(high)}
        total = self.texts.number(self.population)
        if low == high:
            return self._tell(self.texts("count_of_n", k=ends["low"], n=total))
        return self._tell(self.texts("between", **ends, total=total))

    def _kept_back_of(self, total: "int | Hidden") -> str:
        """`a hidden number of 16`, and without the total where that is kept back too."""
        if isinstance(total, Hidden):
            return self._tell(self.texts("hidden_count"))
        words, group = self.texts("hidden_count"), self.texts.number(total)
        return self._tell(self.texts("of_group", words=words, group=group))

    def _tell(self, text: str) -> str:
        return text if self.origin is None else Told(text, self.origin)
