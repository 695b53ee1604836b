"""Shares in order of size, for a sentence: what comes first, what last and what between.

A typed `most widespread` stays where it is when the data change; a place in an order names
whatever holds it. What ties is named together. Where disclosure control keeps a share back, so
is who comes first and last.
"""

from dataclasses import dataclass
from itertools import groupby

from evaluation.provenance import Hidden, origin_of, told
from evaluation.texts import Texts
from evaluation.wording import Share


@dataclass(frozen=True)
class Ranked:
    """An entry of an order: its id, its name in running text, its share."""

    id: str
    name: str
    share: Share


@dataclass(frozen=True)
class Place:
    """The entries with one share: their names together, and the share they have each."""

    entries: tuple[Ranked, ...]
    share: Share

    @property
    def label(self) -> str:
        """`knowledge`, and where entries tie `knowledge and skills`."""
        texts = self.share.texts
        names = [entry.name for entry in self.entries] or [texts("order.hidden")]
        return told(texts.enumeration(names), *self._counts)

    @property
    def full(self) -> str:
        """`14 of 16 (88%)`, and where entries tie `14 of 16 (88%) each`."""
        if len(self.entries) < 2:
            return self.share.full
        return told(self.share.texts("order.each", share=self.share.full), *self._counts)

    @property
    def _counts(self) -> list:
        return [entry.share.k for entry in self.entries] or [self.share.k]


class Order:
    """Entries from the largest share to the smallest; what is hidden stands last."""

    def __init__(self, entries: list[Ranked], texts: Texts):
        self._entries = entries
        self._texts = texts
        if any(entry.share.hidden for entry in entries):
            kept_back = _kept_back(entries, texts)
            ends = Place((), kept_back)
            self._places = [ends, Place(tuple(entries), kept_back), ends]
        else:
            tied = groupby(entries, lambda entry: entry.share.k / entry.share.n)
            self._places = [_place(tuple(group)) for _, group in tied]

    @property
    def first(self) -> Place:
        return self._places[0]

    @property
    def last(self) -> Place:
        return self._places[-1]

    @property
    def between(self) -> str:
        """A sentence with the entries neither first nor last; empty where there are none."""
        return self._sentence("between", self._places[1:-1])

    @property
    def after_first(self) -> str:
        """A sentence with the entries after the first; empty where there are none."""
        return self._sentence("after_first", self._places[1:])

    def standing(self, identifier: str) -> str:
        """Where an entry stands: `first`, `joint last`, `neither first nor last`.

        Raises KeyError, naming what exists, for an unknown id.
        """
        known = {entry.id: entry for entry in self._entries}
        if identifier not in known:
            raise KeyError(f"the order has {', '.join(known)}, not {identifier}")
        place = next(place for place in self._places if known[identifier] in place.entries)
        if place.share.hidden:
            key = "hidden"
        elif place is not self.first and place is not self.last:
            key = "between"
        else:
            end = "first" if place is self.first else "last"
            key = end if len(place.entries) == 1 else f"joint_{end}"
        return told(self._texts(f"order.standing.{key}"), *(e.share.k for e in self._entries))

    def _sentence(self, key: str, places: list[Place]) -> str:
        entries = [entry for place in places for entry in place.entries]
        if not entries:
            return ""
        number = "one" if len(entries) == 1 else "several"
        text = self._texts(f"order.{key}.{number}", items=listed(entries, self._texts))
        return told(text, *(entry.share.k for entry in entries))


def listed(entries: list[Ranked], texts: Texts) -> str:
    """`knowledge (12 of 16), skills (12 of 16) and networks (9 of 16)`."""
    return texts.enumeration(
        [texts("order.item", name=entry.name, share=entry.share.count_of_n) for entry in entries]
    )


def _place(tied: tuple[Ranked, ...]) -> Place:
    return Place(tied, tied[0].share)


def _kept_back(entries: list[Ranked], texts: Texts) -> Share:
    """A hidden share of those who were asked."""
    share = entries[0].share
    n = None if isinstance(share.n, Hidden) else int(share.n)
    origin = origin_of(*(entry.share.k for entry in entries))
    return Share(None, n, texts, population=share.population, origin=origin)
