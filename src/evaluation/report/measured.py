"""Numbers that people gave, summed up for a sentence: `report.mean("hours").full`."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from evaluation.language.texts import Texts
from evaluation.report.provenance import Origin, Told, told

PLACES = 1  # decimals
FIGURES = ("n", "mean", "low", "high", "lower_quartile", "median", "upper_quartile")


@dataclass(frozen=True)
class Measured:
    """What is published of some numbers: how many, their mean with its interval, their quartiles.

    figures: n, mean, low, high, lower_quartile, median, upper_quartile, those that are told; name:
    whose numbers they are. What is not told says that it is hidden.
    """

    figures: Mapping[str, float]
    texts: Texts
    origin: Origin
    name: str = ""

    @property
    def hidden(self) -> bool:
        """Whether the mean is kept back."""
        return "mean" not in self.figures

    @property
    def n(self) -> str:
        """How many gave a number."""
        return self._tell("{n}", "n")

    @property
    def mean(self) -> str:
        """`7.9`: the mean."""
        return self._tell("{mean}", "mean")

    @property
    def median(self) -> str:
        """`8`: the median."""
        return self._tell("{median}", "median")

    @property
    def full(self) -> str:
        """`7.9 on average (42 answers)`."""
        return self._tell(self.texts("measured.full"), "mean", "n")

    @property
    def middle_half(self) -> str:
        """`between 4 and 11`: where the middle half of the answers lies."""
        return self._tell(self.texts("measured.middle_half"), "lower_quartile", "upper_quartile")

    @property
    def interval(self) -> str:
        """`between 7.1 and 8.7`: the 95 per cent interval of the mean, by the bootstrap."""
        return self._tell(self.texts("measured.interval"), "low", "high")

    def _tell(self, text: str, *names: str) -> str:
        if not set(names) <= set(self.figures):
            return Told(self.texts("hidden"), self.origin)
        told_ = {name: number(self.figures[name], self.texts) for name in names}
        return Told(text.format(**told_), self.origin)


class Means:
    """The means of groups, in order of size; what is hidden has no place."""

    def __init__(self, entries: Mapping[str, Measured], texts: Texts):
        self._entries, self._texts = entries, texts
        shown = [entry for entry in entries.values() if not entry.hidden]
        self._shown = sorted(shown, key=lambda entry: -entry.figures["mean"])

    def of(self, group: str) -> Measured:
        """The numbers of one group.

        group: code of an option of the background question; another raises KeyError, naming those
        there are.
        """
        if group not in self._entries:
            raise KeyError(f"the groups are {', '.join(self._entries)}, not {group}")
        return self._entries[group]

    @property
    def ends(self) -> str:
        """`highest in Odense (8.1) and lowest in Aarhus (5.3)`; with one value, what all have."""
        if not self._shown:
            return told(
                self._texts("order.hidden"), *(each.mean for each in self._entries.values())
            )
        first, last = (self._of_value(entry.figures["mean"]) for entry in self._ends)
        key = "alike" if first == last else "ends"
        value, last_value = (entry.mean for entry in self._ends)
        text = self._texts(
            f"order.{key}",
            share=value,
            first=first,
            first_share=value,
            last=last,
            last_share=last_value,
        )
        return told(text, value, last_value)

    @property
    def full(self) -> str:
        """`Odense (8.1), Aarhus (5.3) and Ribe (hidden)`: all, the highest first."""
        hidden = [entry for entry in self._entries.values() if entry.hidden]
        entries = [*self._shown, *hidden]
        items = [self._texts("order.item", name=each.name, share=each.mean) for each in entries]
        return told(self._texts.enumeration(items), *(each.mean for each in entries))

    @property
    def _ends(self) -> tuple[Measured, Measured]:
        return self._shown[0], self._shown[-1]

    def _of_value(self, value: float) -> str:
        named = [entry.name for entry in self._shown if entry.figures["mean"] == value]
        return self._texts.enumeration(named)


def told_figures(row: pd.Series) -> dict[str, float]:
    """The figures of a row of a table of numbers that are told.

    row: with those of `FIGURES` that the table has.
    """
    return {name: float(row[name]) for name in FIGURES if name in row and not pd.isna(row[name])}


def number(value: float, texts: Texts) -> str:
    """A number to one decimal at most, half up.

    value: the number; texts: of the language, `report.texts`.
    """
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP)
    whole = rounded.to_integral_value()
    return texts.number((whole if rounded == whole else rounded) + 0)
