"""Counts that exclude each other, as they may be published."""

import pandas as pd

from evaluation.disclosure import exactly, protect


def check_threshold(min_cell: int) -> None:
    """Raise ValueError for a threshold below 1, which hides nothing."""
    if min_cell < 1:
        raise ValueError(f"min_cell is at least 1, not {min_cell}")


def publish(table: pd.DataFrame, groups: list[str], min_cell: int) -> pd.DataFrame:
    """The table with its counts hidden where the rule of `disclosure` says so.

    table: a column k of counts; the rows that agree in the columns `groups` (none: all rows)
    count different people or organisations. Returns the table with k and n (the sum of k in
    the group) as Int64 and a column suppressed. A hidden row has no k; n is hidden with all
    counts of its group where it is at most min_cell. With min_cell 1 nothing is hidden.

    Raises ValueError for min_cell below 1.
    """
    check_threshold(min_cell)
    table = table.reset_index(drop=True)
    hidden = pd.Series(False, index=table.index)
    whole = hidden.copy()
    n = pd.Series(0, index=table.index)
    grouped = table.groupby(groups, sort=False).indices if groups else {"": table.index}
    for rows in grouped.values():
        counts = table["k"].iloc[rows].astype(int).to_dict()
        n.iloc[rows] = sum(counts.values())
        cells = _hidden(counts, min_cell)
        hidden.iloc[rows] = [row in cells for row in counts]
        whole.iloc[rows] = min_cell > 1 and sum(counts.values()) <= min_cell
    return table.assign(
        k=table["k"].astype("Int64").mask(hidden),
        n=n.astype("Int64").mask(whole),
        suppressed=hidden,
    )


def _hidden(counts: dict[int, int], min_cell: int) -> set[int]:
    """The counts of one group that are hidden."""
    small = range(1, min_cell)
    total = sum(counts.values())
    if min_cell > 1 and total <= min_cell:
        return set(counts)
    if not any(k in small for k in counts.values()):
        return set()
    # beside a hidden count, a zero that is shown would tell that the hidden one is none
    zeros = [cell for cell, k in counts.items() if k == 0]
    return protect(counts, [exactly(counts, total)], small, zeros)
