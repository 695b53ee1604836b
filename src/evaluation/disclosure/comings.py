"""What two waves tell together of the few who answered in one of them only."""

from collections.abc import Mapping

import pandas as pd

from evaluation.disclosure.cells import small_counts


def tell_of_few(
    before: pd.Series, after: pd.Series, min_cell: int, *, counted: bool = True
) -> bool:
    """Whether the figures of two waves, one beside the other, would tell what a few answered.

    before, after: the answers of a wave, by who gave them, each once; min_cell: the smallest count
    that may be shown; counted: the figures are how many gave each answer. They would where 1 to
    min_cell - 1 answered in one wave only, fewer than min_cell of the others have changed their
    answer, and the counts differ as if nobody had: the difference is what those few answered. Not
    where nobody is known again: the waves are about other people.
    """
    both = before.index.intersection(after.index)
    alone = len(before) + len(after) - 2 * len(both)
    if both.empty or alone not in small_counts(min_cell):
        return False
    moved = int((before[both] != after[both]).sum())
    return moved < min_cell and (not counted or _difference(before, after) == alone)


def waves_of_few(
    waves: Mapping[int, pd.Series], min_cell: int, *, counted: bool = True
) -> set[int]:
    """The waves to hide, so that no two of the others `tell_of_few`; the later of two is hidden.

    waves: the answers of each wave, see `tell_of_few`, as are the other arguments.
    """
    hidden: set[int] = set()
    for after in sorted(waves):
        earlier = [wave for wave in waves if wave < after and wave not in hidden]
        if any(
            tell_of_few(waves[before], waves[after], min_cell, counted=counted)
            for before in earlier
        ):
            hidden.add(after)
    return hidden


def _difference(before: pd.Series, after: pd.Series) -> int:
    """By how many answers the counts of two waves differ."""
    difference = after.value_counts().sub(before.value_counts(), fill_value=0)
    return int(difference.abs().sum())
