"""Shares in order of size, for a sentence: what comes first, what last and what between.

A typed `most widespread` stays where it is when the data change; a place in an order names
whatever holds it. What ties is named together. A share that disclosure control keeps back has no
place, and the others are said to come first or last among those shown.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from evaluation.language.texts import Texts
from evaluation.report.provenance import told
from evaluation.report.shares import Share


@dataclass(frozen=True)
class Ranked:
    """An entry of an order: its id, its name in running text, its share."""

    id: str
    name: str
    share: Share


@dataclass(frozen=True)
class Place:
    """The entries with one share: their names together, and the share they have each.

    `among_shown` where other entries are hidden.
    """

    entries: tuple[Ranked, ...]
    share: Share
    among_shown: bool = False

    @property
    def label(self) -> str:
        """`knowledge`, and where entries tie `knowledge and skills`."""
        texts = self.share.texts
        if self.share.hidden:
            return told(texts("order.hidden"), self.share.k)
        names = texts.enumeration([entry.name for entry in self.entries])
        if self.among_shown:
            names = texts("order.label_among_shown", names=names)
        return told(names, *self._counts)

    @property
    def full(self) -> str:
        """`12 of 16 (75%)`, and where entries tie `12 of 16 (75%) each`."""
        if self.share.hidden or len(self.entries) == 1:
            return self.share.full
        return told(self.share.texts("order.each", share=self.share.full), *self._counts)

    @property
    def _counts(self) -> list[Any]:
        return [entry.share.k for entry in self.entries]


class Order:
    """Entries from the largest share to the smallest; what is hidden has no place."""

    def __init__(self, entries: list[Ranked], texts: Texts):
        """entries: in any order, which those that tie keep."""
        self._entries = entries
        self._texts = texts
        shown = [entry for entry in entries if not entry.share.hidden]
        shown.sort(key=lambda entry: entry.share.k / entry.share.n, reverse=True)
        self._all_shown = len(shown) == len(entries)
        tied = [
            tuple(group) for _, group in groupby(shown, lambda entry: entry.share.k / entry.share.n)
        ]
        # where all are hidden, so is the place they share
        self._places = [
            Place(group, group[0].share, not self._all_shown) for group in tied or [tuple(entries)]
        ]

    @property
    def first(self) -> Place:
        """What has the largest share."""
        return self._places[0]

    @property
    def last(self) -> Place:
        """What has the smallest share."""
        return self._places[-1]

    @property
    def ends(self) -> str:
        """`highest in Odense (12 of 15) and lowest in Aarhus (5 of 14)`; with one place, what all
        have."""
        if self.first.share.hidden:
            return self.first.label
        counts = [entry.share.k for entry in self._entries]
        if self.first == self.last:
            return told(self._texts("order.alike", share=self.first.full), *counts)
        text = self._texts(
            "order.ends",
            first=self.first.label,
            first_share=self.first.share.count_of_n,
            last=self.last.label,
            last_share=self.last.share.count_of_n,
        )
        return told(text, *counts)

    @property
    def full(self) -> str:
        """`knowledge (12 of 16), skills (9 of 16) and networks (hidden)`: all, the largest first,
        what is hidden last."""
        entries = self.entries
        return told(listed(entries, self._texts), *(entry.share.k for entry in entries))

    @property
    def entries(self) -> list[Ranked]:
        """All entries, the largest share first, what is hidden last."""
        shown = [entry for place in self._places for entry in place.entries]
        hidden = [entry for entry in self._entries if entry.share.hidden]
        return [*(entry for entry in shown if not entry.share.hidden), *hidden]

    @property
    def between(self) -> str:
        """A sentence with the entries neither first nor last; empty where there are none."""
        return self._sentence("between", self._places[1:-1])

    @property
    def after_first(self) -> str:
        """A sentence with the entries after the first; empty where there are none."""
        return self._sentence("after_first", self._places[1:])

    def share(self, identifier: str) -> Share:
        """The share of an entry.

        identifier: as for `standing`, which it raises as.
        """
        return self._entry(identifier).share

    def standing(self, identifier: str) -> str:
        """Where an entry stands: `first`, `joint last`, `neither first nor last`.

        identifier: id of a question, or code of an option or a group. Raises KeyError, naming what
        exists, for an unknown id.
        """
        entry = self._entry(identifier)
        counts = [entry.share.k for entry in self._entries]
        if entry.share.hidden:
            return told(self._texts("order.standing.hidden"), *counts)
        place = next(place for place in self._places if entry in place.entries)
        joint = "joint_" if len(place.entries) > 1 else ""
        if place is self.first:
            key = f"{joint}first"
        elif place is self.last:
            key = f"{joint}last"
        else:
            key = "between"
        standing = self._texts(f"order.standing.{key}")
        if not self._all_shown:
            standing = self._texts("order.standing.among_shown", standing=standing)
        return told(standing, *counts)

    def _entry(self, identifier: str) -> Ranked:
        known = {entry.id: entry for entry in self._entries}
        if identifier not in known:
            raise KeyError(f"the order has {', '.join(known)}, not {identifier}")
        return known[identifier]

    def _sentence(self, key: str, places: list[Place]) -> str:
        entries = [entry for place in places for entry in place.entries]
        if not entries:
            return ""
        number = "one" if len(entries) == 1 else "several"
        text = self._texts(f"order.{key}.{number}", items=listed(entries, self._texts))
        return told(text, *(entry.share.k for entry in entries))


def listed(entries: list[Ranked], texts: Texts) -> str:
    """`knowledge (12 of 16), skills (12 of 16) and networks (9 of 16)`.

    entries: of an order; texts: of the language, `report.texts`.
    """
    return texts.enumeration(
        [texts("order.item", name=entry.name, share=entry.share.count_of_n) for entry in entries]
    )
