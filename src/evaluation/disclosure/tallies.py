"""Counts that exclude each other, as they may be published."""

import pandas as pd

from evaluation.base.frames import labelled
from evaluation.disclosure import exclusive


def publish(table: pd.DataFrame, groups: list[str], min_cell: int) -> pd.DataFrame:
    """The table with its counts hidden where the rule of `disclosure` says so.

    table: a column k of counts; the rows that agree in the columns `groups` (none: all rows)
    count different people or organisations. Returns the table with k and n (the sum of k in
    the group) as Int64 and a column suppressed. A hidden row has no k; n is hidden with all
    counts of its group where it is at most min_cell. With min_cell 1 nothing is hidden.

    min_cell: the smallest count that may be shown. Raises ValueError for one below 1.
    """
    table = table.reset_index(drop=True)
    k, n = (dict.fromkeys(table.index) for _ in range(2))
    grouped = table.groupby(groups, sort=False).indices if groups else {"": table.index}
    for rows in grouped.values():
        counts = dict(labelled(table["k"].iloc[rows].astype(int).items()))
        shown, total = exclusive(counts, min_cell)
        k |= shown
        n |= dict.fromkeys(counts, total)
    published = {name: pd.Series(cells, dtype="Int64") for name, cells in (("k", k), ("n", n))}
    return table.assign(**published, suppressed=published["k"].isna())
