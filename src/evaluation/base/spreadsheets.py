"""CSV files that a spreadsheet opens as what they are: text stays text and is never a formula.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, whoever wrote it
into a questionnaire. An apostrophe before the sign makes it text. Reading takes one apostrophe
away, and a text that has some already gets one more, so that every text comes back as it was.

The sign counts at the start of a cell, also after spaces and in the full width of East Asian
keyboards, and at the start of what would be a cell elsewhere: a spreadsheet that is set to
semicolons, as Danish ones are, cuts a text of a comma-separated file at its semicolons, tabs and
line breaks. A tab or line break at the start, which some spreadsheets skip, is guarded itself.
The rules are those of OWASP on CSV injection.
"""

import io
import re
from pathlib import Path

import pandas as pd

APOSTROPHE = "'"
_SKIPPED = "[ \u00a0\u200b-\u200f\u2060\u3000\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]*"
_SIGN = "[=+\\-@\uff1d\uff0b\uff0d\uff20]"
_START = r"(?:\A|(?<=[;\t\r\n]))"
_TO_GUARD = re.compile(rf"{_START}(?='*{_SKIPPED}{_SIGN})|\A(?='*[\t\r\n])")
_GUARDED = re.compile(rf"{_START}'(?='*{_SKIPPED}{_SIGN})|\A'(?='*[\t\r\n])")


def guard(text: str) -> str:
    """`text` with an apostrophe where a spreadsheet would see the start of a formula."""
    return _TO_GUARD.sub(APOSTROPHE, text)


def unguard(text: str) -> str:
    """What `guard` was given: `unguard(guard(text)) == text` for every text."""
    return _GUARDED.sub("", text)


def guarded(table: pd.DataFrame) -> pd.DataFrame:
    """A copy whose texts are guarded; numbers, days and truth values are as they were."""
    safe = table.copy()
    for position, dtype in enumerate(table.dtypes):
        if pd.api.types.is_object_dtype(dtype) or pd.api.types.is_string_dtype(dtype):
            cells = [
                guard(cell) if isinstance(cell, str) else cell for cell in table.iloc[:, position]
            ]
            safe.isetitem(position, pd.Series(cells, index=table.index, dtype=dtype))
    return safe


def write_csv(table: pd.DataFrame, path: Path, missing: str = "") -> None:
    """Write a table as comma-separated UTF-8 with guarded texts; `missing` stands for no value."""
    write_guarded(guarded(table), path, missing)


def write_guarded(table: pd.DataFrame, path: Path, missing: str = "") -> None:
    """As `write_csv`, of a table whose texts need no guard or have it."""
    path.write_text(guarded_lines(table, missing), "utf-8", newline="")


def guarded_lines(table: pd.DataFrame, missing: str = "", header: bool = True) -> str:
    """The lines that `write_guarded` writes, with those of the columns' names or without."""
    lines = _Lines()
    table.to_csv(lines, index=False, lineterminator=_Lines.ending, na_rep=missing, header=header)
    return lines.getvalue()


class _Lines(io.StringIO):
    """Rows that end in a line feed, in which a carriage return of a cell is quoted all the same.

    The csv module quotes the signs that end its rows, and no other line breaks.
    """

    ending = "\r\n"

    def write(self, row: str) -> int:
        return super().write(row.removesuffix(self.ending) + "\n")
