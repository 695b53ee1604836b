"""Batteries of a plain table: neighbours whose headings share a stem, with the answers of one
scale."""

from collections.abc import Callable, Sequence
from itertools import groupby

import pandas as pd

from evaluation.exchange.reading.forms.closed import Closed, closed
from evaluation.exchange.reading.forms.stems import parts
from evaluation.language.scales import is_beside, is_known, on_one_scale

# the answers of two items are of one scale where they share so many, or all are known steps of one
SHARED = 2


def pooled(
    texts: Sequence[str],
    cells: Sequence[pd.Series],
    is_open: Callable[[int], bool],
    stem_of: Callable[[str], tuple[str | None, str]] = parts,
) -> list[tuple[int, int, str, Closed]]:
    """(first, last, stem, options) of every battery among columns in the order of the table."""
    found, start = [], 0
    stems = [None if is_open(at) else stem_of(text)[0] for at, text in enumerate(texts)]
    for stem, run in groupby(stems):
        end = start + len(list(run))
        if stem is not None and end - start > 1:
            items = cells[start:end]
            options = closed(items)
            if options is not None and not options.rare and _are_of_one(items):
                found.append((start, end - 1, stem, options))
        start = end
    return found


def _are_of_one(items: Sequence[pd.Series]) -> bool:
    labels = [{cell for cell in item.unique() if cell and not is_beside(cell)} for item in items]
    together = set().union(*labels)
    if together and all(map(str.isdigit, together)):
        return False
    if on_one_scale(sorted(together)):
        return True
    first = max(labels, key=len)
    return all(len(each & first) >= min(SHARED, len(each)) for each in labels) and (
        len(together) <= len(first) + 1 or all(map(is_known, together))
    )
