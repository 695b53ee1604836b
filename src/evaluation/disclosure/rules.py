"""The rule of suppression, applied to an indicator table."""

from collections.abc import Collection

import pandas as pd

from evaluation.base.frames import labelled
from evaluation.disclosure.cells import Sum, exactly, exposed, protect
from evaluation.disclosure.lists import told_by_sum, told_of_parts
from evaluation.project.codebook import Codebook, Question

BOUNDS = ("lower_bound", "upper_bound", "random_low", "random_high")
FIGURES = ("k", "share", "low", "high", *BOUNDS)
COUNTS = ("k", "n", *BOUNDS)
# ends the id of those who did not tick an option of a multiple-choice question
REST = " (not ticked)"


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
    question that is hidden whole, what `protect` adds, and what a list that was taken from the
    answers would tell (see `disclosure.lists`).
    """
    small = primary(table, codebook, min_cell)
    several = multiple(table, codebook)
    hidden = small.copy()
    for question, rows in labelled(table.groupby("question", sort=False)):
        ids = set(table["id"][hidden])
        if question in withheld or hidden_whole(question, rows, codebook, min_cell, ids):
            hidden[rows.index] = True
        elif several[rows.index[0]]:
            chosen = _hidden_of_several(rows, small[rows.index], min_cell)
            hidden[rows.index] = rows["option"].isin(chosen)
        else:
            few = bool(small[rows.index].any())
            chosen = _hidden_exclusive(codebook.questions[question], rows, few, min_cell)
            hidden[rows.index] = rows["option"].isin(chosen)
    return hidden


def _hidden_of_several(rows: pd.DataFrame, small: pd.Series, min_cell: int) -> Collection[str]:
    """The options of a multiple-choice question that are hidden; small: which counts are.

    Where everybody may have chosen one at the least, who chose none of the options that are shown
    chose a hidden one, and the count of a single hidden one may be known by that.
    """
    counts = dict(zip(rows["option"], map(int, rows["k"]), strict=True))
    chosen, n = set(rows["option"][small]), int(rows["n"].iloc[0])
    shown = sorted((code for code in counts if code not in chosen), key=counts.__getitem__)
    sums = [exactly((code, code + REST), n) for code in counts]
    sums.append(Sum(tuple(counts), n, n * len(counts)))

    def told() -> bool:
        if not chosen or not sum(map(counts.__getitem__, shown)) < n <= sum(counts.values()):
            return False
        cells: dict[str, int | None] = dict.fromkeys((*counts, *(code + REST for code in counts)))
        cells |= {code: counts[code] for code in shown}
        cells |= {code + REST: n - counts[code] for code in shown}
        return bool(exposed(cells, sums, range(1, min_cell)))

    while shown and told():
        chosen.add(shown.pop(0))
    return chosen


def _hidden_exclusive(
    asked: Question, rows: pd.DataFrame, few: bool, min_cell: int
) -> Collection[str]:
    """The options of an exclusive question that are hidden; few: whether any count is small."""
    counts = dict(zip(rows["option"], map(int, rows["k"]), strict=True))
    joined = told_of_parts(asked, counts, min_cell)
    if not few and not joined:
        return ()
    zeros = {code for code, k in counts.items() if k == 0}
    sums = [exactly(counts, int(rows["n"].iloc[0]))]
    given = frozenset(counts) if asked.inferred else frozenset()
    chosen = protect(counts, sums, range(1, min_cell), zeros | joined, given)
    shown = sorted((code for code in counts if code not in chosen), key=counts.__getitem__)
    while shown and told_by_sum(asked, chosen, sum(counts[code] for code in chosen)):
        chosen.add(shown.pop(0))
    return chosen


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
    if counts.lt(min_cell).any() and told_by_sum(asked, list(rows["option"]), n):
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
