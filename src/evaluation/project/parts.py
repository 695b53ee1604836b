"""Parts of a processed table: who takes only the rows of one question depends only on them.

A chapter about one question then stays as it is when another is counted anew.
"""

import hashlib
import io
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from evaluation.base.digests import digest
from evaluation.project.touched import note_part, read_in_parts


class Parts:
    """A processed table of which parts are taken; which ones is noted, see `touched`."""

    def __init__(self, path: Path):
        self._path = path
        self._taken: dict[tuple[str, str | None], pd.DataFrame] = {}
        with read_in_parts(path):
            self._whole, self._table = _loaded(path)

    def rows(self, column: str, value: str) -> pd.DataFrame:
        """The rows that have `value` in `column`; not to be changed."""
        return self._take(column, value)

    def values(self, column: str) -> list[Any]:
        """The values that `column` has, in the order of the rows; none where there is no such
        column."""
        taken = self._take(column, None)
        return taken[column].tolist() if column in taken else []

    def _take(self, column: str, value: str | None) -> pd.DataFrame:
        if (column, value) not in self._taken:
            part = self._taken[column, value] = _part(self._table, column, value)
            note_part(self._path, self._whole, (column, value, _digest(part)))
        return self._taken[column, value]


def are_unchanged(path: Path, parts: list[tuple[str, str | None, str]]) -> bool:
    """Whether parts that were taken of a table are what they would be now.

    path: of the table; parts: for each a column, a value or None, and its digest, see `note_part`.
    """
    now = digest(path)
    return now is not None and all(
        _digest_now(path, now, column, value) == told for column, value, told in parts
    )


def _part(table: pd.DataFrame, column: str, value: str | None) -> pd.DataFrame:
    if column not in table:
        return pd.DataFrame()
    if value is None:
        return table[[column]].drop_duplicates()
    return table[table[column] == value]


def _digest(part: pd.DataFrame) -> str:
    # Parquet keeps what a text would not: types, what is missing, every digit
    return hashlib.sha256(part.reset_index(drop=True).to_parquet()).hexdigest()


def _loaded(path: Path) -> tuple[str, pd.DataFrame]:
    """The digest of what is read, and the table in it: also while another writes the file."""
    content = path.read_bytes()
    return hashlib.sha256(content).hexdigest(), pd.read_parquet(io.BytesIO(content))


@lru_cache(maxsize=8)
def _table_now(path: Path, whole: str) -> pd.DataFrame | None:
    found, table = _loaded(path)
    return table if found == whole else None


# many chapters take the same parts
@lru_cache(maxsize=4096)
def _digest_now(path: Path, whole: str, column: str, value: str | None) -> str | None:
    table = _table_now(path, whole)
    return None if table is None else _digest(_part(table, column, value))
