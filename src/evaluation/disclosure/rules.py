"""The rule of suppression, applied to an indicator table."""

from collections.abc import Collection

import pandas as pd

from evaluation.base.frames import labelled
from evaluation.disclosure.cells import exactly, protect
from evaluation.project.codebook import Codebook

BOUNDS = ("lower_bound", "upper_bound", "random_low", "random_high")
FIGURES = ("k", "share", "low", "high", *BOUNDS)
COUNTS = ("k", "n", *BOUNDS)


def primary(table: pd.DataFrame, codebook: Codebook, min_cell: int) -> pd.Series:
    """Which rows of an indicator table hold a small count: true or false, by its index.

    table: see `survey.indicators.indicators`; codebook: the questions behind it; min_cell: the
    smallest count that may be shown.

    Small is a count k from 1 to min_cell - 1, and where the question is multiple-choice or has
    two options also a count with such a complement n - k. A zero is not small.
    """
    answers = table.groupby("question")["option"].transform("size")
    paired = multiple(table, codebook) | (answers == 2)
    rest = table["n"] - table["k"]
    small = table["k"].between(1, min_cell - 1) | (paired & rest.between(1, min_cell - 1))
    return small.fillna(False).astype(bool)


def secondary(
    table: pd.DataFrame, codebook: Codebook, min_cell: int, withheld: Collection[str] = ()
) -> pd.Series:
    """Which rows of an indicator table are hidden in all: true or false, by its index.

    table, codebook, min_cell: as for `primary`; withheld: questions to hide whole.

    The rows of `primary`, the zeros beside them in an exclusive question, every row of a
    question that is hidden whole, and what `protect` adds.
    """
    small = primary(table, codebook, min_cell)
    several = multiple(table, codebook)
    hidden = small.copy()
    for question, rows in labelled(table.groupby("question", sort=False)):
        ids = set(table["id"][hidden])
        if question in withheld or hidden_whole(question, rows, codebook, min_cell, ids):
            hidden[rows.index] = True
        elif small[rows.index].any() and not several[rows.index[0]]:
            counts = dict(zip(rows["id"], map(int, rows["k"]), strict=True))
            zeros = [cell for cell, k in counts.items() if k == 0]
            sums = [exactly(counts, int(rows["n"].iloc[0]))]
            given = frozenset(counts) if codebook.questions[question].inferred else frozenset()
            chosen = protect(counts, sums, range(1, min_cell), zeros, given)
            hidden[rows.index] = rows["id"].isin(chosen)
    return hidden


def shown_whole(published: pd.DataFrame) -> list[str]:
    """The questions of the table `published` (see `suppress`) none of whose counts is hidden."""
    hidden = published.groupby("question", sort=False)["suppressed"].any()
    return hidden.index[~hidden].tolist()


def hidden_whole(
    question: str, rows: pd.DataFrame, codebook: Codebook, min_cell: int, hidden: set[str]
) -> bool:
    """Whether a question is hidden with its n; `hidden` are the ids hidden before it."""
    n, counts = int(rows["n"].iloc[0]), rows["k"].astype(int)
    asked = codebook.questions[question]
    if n <= min_cell or base_of(codebook, question) in hidden:
        return True
    if asked.sensitive and n - counts.max() < min_cell:
        return True
    # each was given, so that even hidden together they leave too little room for one of them
    few = n - (len(rows) - 1) < min_cell
    is_list = asked.inferred and asked.type != "multiple"
    return bool(is_list and few and counts.lt(min_cell).any())


def base_of(codebook: Codebook, question: str) -> str | None:
    """Id of the cell that filters who was asked."""
    base = codebook.questions[question].base
    return base and f"{base[0]}.{base[1]}"


def multiple(table: pd.DataFrame, codebook: Codebook) -> pd.Series:
    kinds = {name: question.type == "multiple" for name, question in codebook.questions.items()}
    return table["question"].map(kinds).astype(bool)
