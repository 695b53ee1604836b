"""The indicator table as it may be published."""

from collections.abc import Collection, Mapping

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import labelled
from evaluation.disclosure.attacks import attack, broken
from evaluation.disclosure.collapsing import collapse
from evaluation.disclosure.rules import COUNTS, FIGURES, hidden_whole, secondary
from evaluation.project.codebook import Codebook


def suppress(
    table: pd.DataFrame,
    codebook: Codebook,
    min_cell: int,
    collapses: Mapping[str, list[tuple[str, list[str]]]] | None = None,
    confidence: float = 0.95,
    withheld: Collection[str] = (),
) -> pd.DataFrame:
    """The indicator table as it may be published, with a column `suppressed`.

    codebook: the questions behind the table; min_cell: the smallest count that may be shown, at
    least 1; table: see `indicators`. collapses: options to join first, see `collapse`; confidence:
    of the intervals of joined options; withheld: questions to hide whole, for what is said of them
    elsewhere. Hidden rows have no k, share, interval or bounds, and no n
    where the whole question is hidden. With min_cell 1 nothing is joined or hidden.

    Raises InputError where nothing would be left to publish though nothing is withheld, or where
    an attack on the result breaks the promise of this package; ValueError for min_cell below 1.
    """
    if min_cell < 1:
        raise ValueError(f"min_cell is at least 1, not {min_cell}")
    if min_cell == 1:
        return table.assign(suppressed=False).astype(dict.fromkeys(COUNTS, "Int64"))
    joined = collapse(table, codebook, collapses or {}, confidence)
    hidden = secondary(joined, codebook, min_cell, withheld)
    published = joined.assign(suppressed=hidden).astype(dict.fromkeys(COUNTS, "Int64"))
    ids = set(joined["id"][hidden])
    for question, rows in labelled(joined.groupby("question", sort=False)):
        if question in withheld or hidden_whole(question, rows, codebook, min_cell, ids):
            published.loc[rows.index, "n"] = pd.NA
    for column in FIGURES:
        published[column] = published[column].mask(hidden)
    exposed = broken(attack(published, codebook, min_cell), min_cell)
    if not exposed.empty:
        _refuse(
            "no hidden count can be worked out from what is published",
            f"{min_cell} (exposed: {', '.join(exposed['id'])})",
        )
    if len(hidden) and hidden.all() and not withheld:
        _refuse("at least one count reaches the threshold and can be shown", min_cell)
    return published


def _refuse(rule: str, value: object) -> None:
    raise InputError(
        "evaluation.yml",
        rule,
        "join options of the questions concerned (collapse; `evaluation check` proposes which), or"
        " lower the threshold",
        column="min_cell",
        value=value,
    )
