"""Answers on an ordered scale, summed up from their counts.

counts: how many chose each level, in the order of the scale.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from evaluation.stats.checks import check_counts


def median(counts: Sequence[int]) -> float:
    """Position of the median on the scale, 1 being its first level.

    counts: how many chose each level, in the order of the scale. Of an even number of answers the
    median lies half-way between the two in the middle. Raises ValueError unless the counts are
    those of at least one answer.
    """
    _check(counts)
    positions = np.repeat(np.arange(1, len(counts) + 1), counts)
    return float(np.median(positions))


def agreement(counts: Sequence[int]) -> float:
    """Van der Eijk's agreement A: 1 where all chose one level, 0 where as many chose each.

    counts: how many chose each level, in the order of the scale.

    -1 where one half chose each end. The distribution is cut into layers that are equally high
    wherever they are not empty; A is the mean of the layers' agreement, weighted by their size.
    Empty levels between filled ones count against agreement. Unlike a standard deviation it
    takes no distance between levels as known. Source: van der Eijk (2001), Quality & Quantity
    35:325-341. Raises ValueError for fewer than three levels or no answers.
    """
    _check(counts)
    if len(counts) < 3:
        raise ValueError(f"agreement needs at least three levels, not {len(counts)}")
    left = np.asarray(counts, dtype=int)
    total = 0.0
    while left.any():
        layer = left > 0
        height = left[layer].min()
        total += height * layer.sum() * _of_layer(layer)
        left = left - height * layer
    return total / sum(counts)


def _of_layer(layer: np.ndarray) -> float:
    """Agreement of a layer: its unimodality, the less the more levels it fills."""
    levels = len(layer)
    triples = [
        (bool(low), bool(middle), bool(high)) for low, middle, high in combinations(layer, 3)
    ]
    together = triples.count((True, True, False)) + triples.count((False, True, True))
    apart = triples.count((True, False, True))
    unimodality = 1.0
    if together + apart:
        shape = (levels - 2) * together - (levels - 1) * apart
        unimodality = shape / ((levels - 2) * (together + apart))
    return unimodality * (1 - (int(layer.sum()) - 1) / (levels - 1))


def _check(counts: Sequence[int]) -> None:
    check_counts(counts)
    if sum(counts) == 0:
        raise ValueError("nobody answered: there is nothing to sum up")
