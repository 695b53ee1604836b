"""Rows, cells and groups of a table, of types that only the table knows: pandas cannot tell."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import pandas as pd

Part = TypeVar("Part")


def each_row(table: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table, with their cells as attributes."""
    return iter(table.itertuples(index=False))


def labelled(parts: Iterable[tuple[Any, Part]]) -> Iterator[tuple[Any, Part]]:
    """Groups, rows or cells with their labels."""
    return iter(parts)
