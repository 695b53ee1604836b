"""The attack: what a reader can work out from a published table."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from evaluation.base.frames import each_row, labelled
from evaluation.disclosure.cells import Sum, exactly, kept, pools
from evaluation.disclosure.rules import FIGURES, REST, base_of, multiple, primary
from evaluation.project.codebook import Codebook

# what tells of a published table how many there are at the most
SIZES = ("n", "upper_bound")


def attack(
    published: pd.DataFrame,
    codebook: Codebook,
    min_cell: int,
    known: Iterable[Sum] = (),
) -> pd.DataFrame:
    """What a reader can work out about every hidden count, and every small one that is shown.

    codebook: the questions behind it; min_cell: the threshold that the reader knows; published: see
    `suppress`; known: what is said elsewhere, in notes or prose, about rows together (by their
    ids). The reader uses all counts, every n, the filters (a filter's count is the n of its
    question) and that counts are whole and not negative. Shares, intervals and bounds follow from
    k, n and the population and tell nothing more.

    Returns id, question, option, minimum and maximum (from the figures alone), and
    informed_minimum and informed_maximum (for a reader who knows the rule as well). An option
    of a multiple-choice question has a second row for those who did not tick it.

    Raises ValueError where a hidden row still has a figure, which gives its count away, or
    where the published figures contradict each other.
    """
    hidden = published["suppressed"]
    for column in FIGURES:
        left = published["id"][hidden & published[column].notna()]
        if not left.empty:
            raise ValueError(f"{left.iloc[0]} is hidden, but its {column} is published")
    cells, sums, whole = _system(published, codebook, min_cell)
    beside = _beside_zeros(published, codebook)
    # in another wave than that of the list, options that were taken from answers may be zero
    positive = beside | _given(published, codebook), beside
    small = range(1, min_cell)
    found: dict[str, tuple[int, ...]] = {}
    for pool in pools(cells, [*sums, *known]):
        told = pool.extremes()
        # that a question is hidden whole tells nothing of its counts
        ruled = whole.isdisjoint(pool.cells)
        informed = pool.informed(small, told, *positive) if ruled else told
        found |= {cell: (*told[cell], *informed[cell]) for cell in pool.cells}
    shown = ~hidden & primary(published, codebook, min_cell)
    found |= {cell: (cells[cell],) * 4 for cell in published["id"][shown]}
    names = ["minimum", "maximum", "informed_minimum", "informed_maximum"]
    about = published.loc[hidden | shown, ["id", "question", "option"]]
    several = about[(hidden & multiple(published, codebook))[about.index]]
    rest = several.assign(id=several["id"] + REST)
    about = pd.concat([about, rest]).sort_index(kind="stable").reset_index(drop=True)
    limits = pd.DataFrame([found[cell] for cell in about["id"]], about.index, names, dtype="int64")
    return about.join(limits)


def _system(
    published: pd.DataFrame, codebook: Codebook, min_cell: int
) -> tuple[dict[str, int | None], list[Sum], set[str]]:
    """The cells of a published table, what is known of them together, and the cells of the
    questions that are hidden whole."""
    cells: dict[str, int | None] = {}
    sums: list[Sum] = []
    whole: set[str] = set()
    most: dict[str, int] = {}
    shown = ~published["suppressed"]
    sizes = (int(published[name].max()) for name in SIZES if published[name].any())
    largest = max((*sizes, min_cell))
    for question, rows in labelled(published.groupby("question", sort=False)):
        base = base_of(codebook, question)
        n = rows["n"].iloc[0]
        ids = list(rows["id"])
        cells |= {
            cell: int(k) if here else None
            for cell, k, here in zip(ids, rows["k"], shown[rows.index], strict=True)
        }
        if pd.isna(n):
            # hidden whole: by its filter, which let through whom it was asked, or for itself
            asked = base is not None and cells.get(base, 0) is None
            filtering = codebook.questions[question].base
            most[question] = most[filtering[0]] if filtering and asked else largest
            low, high = 0, most[question]
            whole |= set(ids)
        else:
            most[question] = low = high = int(n)
            if base is not None and cells.get(base, 0) is None:
                sums.append(exactly([base], int(n)))
        if codebook.questions[question].type == "multiple":
            for cell in ids:
                rest, k = cell + REST, cells[cell]
                cells[rest] = None if k is None else most[question] - k
                sums.append(Sum((cell, rest), low, high))
            if codebook.questions[question].coding_of is not None:
                # an answer without a code is not counted
                sums.append(Sum(tuple(ids), low, high * len(ids)))
        else:
            sums.append(Sum(tuple(ids), low, high))
    return cells, sums, whole


def _beside_zeros(published: pd.DataFrame, codebook: Codebook) -> frozenset[str]:
    """Hidden cells of exclusive questions that show a zero: they are not zero themselves."""
    zero = published["k"].eq(0).fillna(False) & ~multiple(published, codebook)
    beside = zero.groupby(published["question"]).transform("any")
    return frozenset(published["id"][published["suppressed"] & beside])


def _given(published: pd.DataFrame, codebook: Codebook) -> frozenset[str]:
    """Hidden cells of options that were taken from the answers."""
    inferred = published["question"].map(lambda name: codebook.questions[name].inferred)
    return frozenset(published["id"][published["suppressed"] & inferred.astype(bool)])


def is_safe(attacked: pd.DataFrame, min_cell: int) -> bool:
    """Whether the promise of this package holds for all counts.

    attacked: what `attack` returns; min_cell: the threshold.
    """
    return broken(attacked, min_cell).empty


def broken(attacked: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    """The rows of an attack for which the promise does not hold."""
    holds = [
        kept(
            (row.minimum, row.maximum),
            (row.informed_minimum, row.informed_maximum),
            range(1, min_cell),
        )
        for row in each_row(attacked)
    ]
    return attacked[~np.array(holds, dtype=bool)]
