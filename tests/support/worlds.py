"""An attacker who knows what is published and tries every state that the world could be in.

A world is any state of the raw data; its facts are all figures that the tables could show of it,
its secrets the counts of it, none of which may be seen to be small. The attacker keeps the worlds
whose facts agree with every figure that is shown.
"""

from collections.abc import Callable, Container, Hashable, Iterable, Mapping

import numpy as np
import pandas as pd


def figures(table: pd.DataFrame, keys: list[str], of: list[str]) -> dict[tuple, float]:
    """The figures that a table shows: (name, key, ...) -> value, none for a missing one."""
    return {
        (name, *(getattr(row, key) for key in keys)): round(float(value), 9)
        for row in table.itertuples()
        for name in of
        if pd.notna(value := getattr(row, name))
    }


class Column:
    """One fact or secret of all worlds: which of its values each world has."""

    def __init__(self, size: int) -> None:
        self.values: dict[Hashable, int] = {None: 0}
        self.codes = np.zeros(size, dtype=np.int32)

    def put(self, world: int, value: Hashable) -> None:
        self.codes[world] = self.values.setdefault(value, len(self.values))

    def has(self, value: Hashable) -> np.ndarray:
        """Whether each world has the value."""
        return self.codes == self.values.get(value, -1)

    def among(self, worlds: np.ndarray) -> set:
        """The values of some worlds (their numbers)."""
        seen = np.bincount(self.codes[worlds], minlength=len(self.values))
        return {value for value, code in self.values.items() if seen[code]}


class Worlds:
    """Every world with its facts and secrets, which are computed once."""

    def __init__(
        self,
        worlds: Iterable,
        facts: Callable[[object], Mapping],
        secrets: Callable[[object], Mapping],
    ) -> None:
        self.worlds = list(worlds)
        self.facts = self._columns(facts)
        self.secrets = self._columns(secrets)

    def _columns(self, of: Callable[[object], Mapping]) -> dict[tuple, Column]:
        columns: dict[tuple, Column] = {}
        for number, world in enumerate(self.worlds):
            for name, value in of(world).items():
                if name not in columns:
                    columns[name] = Column(len(self.worlds))
                columns[name].put(number, value)
        return columns

    def without_small(self, small: range) -> list:
        """The worlds of which no secret is a small count."""
        none = np.ones(len(self.worlds), dtype=bool)
        for column in self.secrets.values():
            for value in small:
                none &= ~column.has(value)
        return [self.worlds[number] for number in np.flatnonzero(none)]

    def given_away(
        self, published: Iterable[Mapping], small: range, kept: Container[str] = ()
    ) -> list:
        """(figures shown, name, its values) for everything that the attacker should not see.

        published: the figures shown of some worlds; kept: names of figures that may not be seen
        at all where they are hidden, however large they are.
        """
        varied = {name for name, column in self.facts.items() if np.ptp(column.codes)}
        found = []
        for shown in {tuple(sorted(figure.items(), key=str)) for figure in published}:
            agree = np.ones(len(self.worlds), dtype=bool)
            for name, value in shown:
                agree &= self.facts[name].has(value) if name in self.facts else False
            left = np.flatnonzero(agree)
            assert left.size, f"nothing agrees with {shown}"
            for name, column in self.secrets.items():
                values = column.among(left)
                if values <= set(small):
                    found.append((dict(shown), name, values))
            for name in varied - {key for key, _ in shown}:
                values = self.facts[name].among(left)
                if name[0] in kept and len(values) == 1:
                    found.append((dict(shown), name, values))
        return found
