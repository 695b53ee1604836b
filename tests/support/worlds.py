"""An attacker who knows what is published and tries every state that the world could be in.

A world is any state of the raw data; its facts are all figures that the tables could show of it.
The attacker keeps the worlds whose facts agree with every figure that is shown.
"""

from collections.abc import Callable, Container, Iterable, Mapping

import pandas as pd


def figures(table: pd.DataFrame, keys: list[str], of: list[str]) -> dict[tuple, float]:
    """The figures that a table shows: (name, key, ...) -> value, none for a missing one."""
    return {
        (name, *(getattr(row, key) for key in keys)): round(float(value), 9)
        for row in table.itertuples()
        for name in of
        if pd.notna(value := getattr(row, name))
    }


def given_away(
    worlds: Mapping,
    published: Mapping,
    secrets: Callable[[object], Mapping],
    small: range,
    kept: Container[str] = (),
) -> list:
    """(figures shown, name, its values) for everything that the attacker should not see.

    worlds: every world and its facts; published: some worlds and the figures shown of each;
    secrets: the counts of a world, none of which may be seen to be small; kept: names of
    figures that may not be seen at all where they are hidden, however large they are.
    """
    secret = {world: secrets(world) for world in worlds}
    every = list(worlds.values())
    varied = {name for name in every[0] if len({facts.get(name) for facts in every}) > 1}
    found = []
    for shown in {tuple(sorted(figure.items(), key=str)) for figure in published.values()}:
        left = [world for world, facts in worlds.items() if _agree(facts, shown)]
        assert left, f"nothing agrees with {shown}"
        for name in secret[left[0]]:
            values = {secret[world][name] for world in left}
            if values <= set(small):
                found.append((dict(shown), name, values))
        for name in varied - {key for key, _ in shown}:
            values = {worlds[world].get(name) for world in left}
            if name[0] in kept and len(values) == 1:
                found.append((dict(shown), name, values))
    return found


def _agree(facts: Mapping, shown: Iterable) -> bool:
    return all(facts.get(name) == value for name, value in shown)
