"""Questions that nobody was asked: groupings of the answers to another, and indices of several.

They stand in the codebook below the questions that they are computed from:

    grouping: {of: age, bands: {young: [null, 29], older: [30, null]}}
    grouping: {of: municipality, joins: {east: [greve, koege], west: [holbaek]}}
    index: {items: [trust_1, trust_2, trust_3], reversed: [trust_3], minimum: 2, by: mean}
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaluation.project.codebook import Question

Band = tuple[float | None, float | None]
ITEMS = ("single", "ordinal", "number")


@dataclass(frozen=True)
class Grouping:
    """The answers to the question `of`, in groups: numbers by `bands` from and to (both within the
    band, None where it is open), options by `joins`."""

    of: str
    bands: Mapping[str, Band] | None = None
    joins: Mapping[str, tuple[str, ...]] | None = None

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> "Grouping":
        bands, joins = entry.get("bands"), entry.get("joins")
        return cls(
            entry["of"],
            bands and {code: (low, high) for code, (low, high) in bands.items()},
            joins and {code: tuple(codes) for code, codes in joins.items()},
        )

    def entry(self) -> dict[str, Any]:
        """As it stands in the codebook."""
        if self.bands is not None:
            return {"of": self.of, "bands": {code: [*band] for code, band in self.bands.items()}}
        return {"of": self.of, "joins": {code: [*parts] for code, parts in self._joins.items()}}

    @property
    def sources(self) -> tuple[str, ...]:
        """The questions that it is computed from."""
        return (self.of,)

    @property
    def codes(self) -> list[str]:
        """The codes of the groups."""
        return [*(self._joins if self.bands is None else self.bands)]

    def group_of(self, number: float) -> str | None:
        """The band that a number lies in, if any."""
        for code, (low, high) in (self.bands or {}).items():
            if (low is None or low <= number) and (high is None or number <= high):
                return code
        return None

    @property
    def joined(self) -> dict[str, str]:
        """Option -> the group that it belongs to."""
        return {part: code for code, parts in self._joins.items() for part in parts}

    @property
    def _joins(self) -> Mapping[str, tuple[str, ...]]:
        return self.joins or {}

    def breach(self, question: "Question", earlier: Mapping[str, "Question"]) -> str | None:
        """The rule that it breaks as a part of `question`, if any; earlier: the ones above it."""
        name, source = question.id, earlier.get(self.of)
        kinds = ("number",) if self.bands is not None else ("single", "ordinal")
        if source is None or source.type not in kinds:
            return f"grouping of {name} names an earlier question of type {' or '.join(kinds)}"
        if question.type not in ("single", "ordinal") or set(self.codes) != set(question.codes):
            return f"grouping of {name} has its options, {', '.join(question.codes)}"
        if any(
            other.grouping is not None and other.grouping.of == self.of
            for other in earlier.values()
        ):
            return f"one question groups the answers to {self.of}"
        if self.bands is None:
            parts = [part for codes in self._joins.values() for part in codes]
            if len(set(parts)) < len(parts) or not set(parts) <= set(source.codes):
                return f"grouping of {name} takes each option of {self.of} at most once"
            return None
        ends = sorted(self.bands.values(), key=lambda band: (band[0] is not None, band[0] or 0))
        for (_, high), (low, _) in pairwise(ends):
            if high is None or low is None or low <= high:
                return f"bands of {name} do not overlap"
        if any(None not in band and band[0] > band[1] for band in ends):  # type: ignore[operator]
            return f"bands of {name} begin below their end"
        return None


@dataclass(frozen=True)
class Index:
    """One number from the answers to several `items`: their mean, or sum, on the scale from 1 for
    the first option on (of numbers: as they were given).

    reversed: the items that count from the other end; minimum: how many have to be answered
    (default: all); a sum of fewer is made up by the mean of the others.
    """

    items: tuple[str, ...]
    reversed: tuple[str, ...] = ()
    minimum: int | None = None
    by: str = "mean"

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> "Index":
        return cls(
            tuple(entry["items"]),
            tuple(entry.get("reversed", ())),
            entry.get("minimum"),
            entry.get("by", "mean"),
        )

    def entry(self) -> dict[str, Any]:
        """As it stands in the codebook."""
        return {
            "items": [*self.items],
            **({"reversed": [*self.reversed]} if self.reversed else {}),
            **({"minimum": self.minimum} if self.minimum is not None else {}),
            **({"by": self.by} if self.by != "mean" else {}),
        }

    @property
    def sources(self) -> tuple[str, ...]:
        """The questions that it is computed from."""
        return self.items

    @property
    def needed(self) -> int:
        """How many items have to be answered."""
        return len(self.items) if self.minimum is None else self.minimum

    def breach(self, question: "Question", earlier: Mapping[str, "Question"]) -> str | None:
        """The rule that it breaks as a part of `question`, if any; earlier: the ones above it."""
        name, items = question.id, [earlier.get(item) for item in self.items]
        if question.type != "number":
            return f"{name} is an index: its type is number"
        known = [item for item in items if item is not None and item.type in ITEMS]
        if len(known) < len(items) or len(set(self.items)) < len(items):
            return f"index {name} names earlier questions with one answer each, each once"
        if not set(self.reversed) <= set(self.items):
            return f"reversed of {name} names some of its items"
        if self.needed > len(items):
            return f"minimum of {name} is at most the number of its items"
        if len({_length(item) for item in known}) > 1:
            return f"the items of {name} have scales of the same length"
        turned = [item for item in known if item.id in self.reversed and item.type == "number"]
        if any(None in (item.minimum, item.maximum) for item in turned):
            return f"a number that {name} reverses has a minimum and a maximum"
        return None


def _length(item: "Question") -> int | None:
    """How many levels an item has; None for a number."""
    return None if item.type == "number" else sum(not each.off_scale for each in item.options)
