"""Linkage: do the details printed with a quotation point at one association?

A quotation without a name is not anonymous where the municipality and the project that are
printed with it are those of one association only.
"""

from itertools import combinations

import pandas as pd


def pointers(
    passages: pd.DataFrame, register: pd.DataFrame, details: list[str], min_cell: int
) -> pd.DataFrame:
    """The passages whose details fit fewer than `min_cell` units, with the details to blur.

    passages: one row per published quotation or case, with an id and a column per detail
    (missing or empty where it is not told). register: one row per unit and, where it has
    several, per project or place: a column unit and a column per detail. A passage fits a unit
    that has all its details in one row.

    Returns id, fits (how many units fit; none means that the register does not know the
    combination), and details: the smallest combination that is enough to leave fewer than
    min_cell units, joined by ";", ties in the order of `details`.
    """
    rows = []
    for _, passage in passages.iterrows():
        told = [name for name in details if pd.notna(passage[name]) and passage[name] != ""]
        fits = _fits(passage, told, register)
        if fits < min_cell:
            enough = next(
                chosen
                for size in range(len(told) + 1)
                for chosen in combinations(told, size)
                if _fits(passage, chosen, register) < min_cell
            )
            rows.append((passage["id"], fits, ";".join(enough)))
    return pd.DataFrame(rows, columns=["id", "fits", "details"])


def _fits(passage: pd.Series, details: list[str] | tuple[str, ...], register: pd.DataFrame) -> int:
    """How many units of the register have these details of the passage."""
    same = pd.Series(True, index=register.index)
    for detail in details:
        same &= register[detail] == passage[detail]
    return register["unit"][same].nunique()
