"""Signs that no font of the report has: the PDF shows a substitute for them."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from evaluation.base.fonts import SUBSTITUTE, other_fonts
from evaluation.project.codebook import Codebook
from evaluation.survey.check.answers import filled, texts_of
from evaluation.survey.check.problem import Problem


def in_answers(table: pd.DataFrame, codebook: Codebook, name: str) -> Iterator[Problem]:
    """Such signs in open answers; table, codebook, name: see `check.answers`."""
    yield from in_cells(table[list(texts_of(table, codebook))], name)


def in_cells(table: pd.DataFrame, name: str) -> Iterator[Problem]:
    """Such signs in a table.

    table: cells as text, index = line of the file; name: the file.
    """
    for column in map(str, table):
        for line, text in filled(table[column]):
            yield from _in(text, name, line, column)


def in_texts(path: Path, name: str) -> Iterator[Problem]:
    """Such signs in a file of texts; path: of the file; name: for messages."""
    for line, text in enumerate(path.read_text("utf-8").splitlines(), start=1):
        yield from _in(text, name, line, None)


def _in(text: str, name: str, line: int, column: str | None) -> Iterator[Problem]:
    if text.isascii():
        return
    _, unset = other_fonts(text)
    if unset:
        yield Problem(
            "sign",
            name,
            "a font of the report has every sign",
            f"write in words what has to be read in the PDF, which shows {SUBSTITUTE} for it",
            line,
            column,
            ", ".join(f"U+{ord(sign):04X} {_called(sign)}" for sign in sorted(unset)),
        )


def _called(sign: str) -> str:
    return unicodedata.name(sign, "without a name").lower()
