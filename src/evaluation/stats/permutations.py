"""What permutation tests share: how much is gone through, how much is drawn, and the p of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from math import factorial, prod

import numpy as np
from scipy.stats import random_table

PERMUTATIONS = 9_999
# numbers that an exact rank test adds up, a second's work; beyond it, signs or divisions are drawn
SUMMED = 1_000_000_000
# the same for orders within rows
ORDERS = 100_000_000
# numbers of drawn tables that are held at a time
HELD = 5_000_000
# equal sums of the same numbers in another order differ by less
TIE = 1e-8


@dataclass(frozen=True)
class Exact:
    """The p of what was observed, and the smallest that there can be."""

    p: float
    least_p: float


def exact(values: np.ndarray, chances: np.ndarray, observed: float) -> Exact:
    """The p of a statistic from all values that it can have.

    values: the larger the further from the hypothesis; chances: their probabilities; observed: the
    value found.
    """
    p, least_p = (chances[values >= end - TIE].sum() for end in (observed, values.max()))
    return Exact(min(1.0, float(p)), min(1.0, float(least_p)))


def drawn_p(as_far: np.ndarray) -> float:
    """The p of what was drawn, with the observed counted among it.

    as_far: of each drawn arrangement, whether it is at least as far from what is expected as the
    observed one. Source: Phipson and Smyth (2010).
    """
    return (int(as_far.sum()) + 1) / (len(as_far) + 1)


def drawn_tables(table: np.ndarray, seed: int) -> Iterator[np.ndarray]:
    """`PERMUTATIONS` tables with the margins of a table, some at a time.

    table: counts; seed: of the random draws. Source: Patefield (1981), computed by scipy.
    """
    generator = np.random.default_rng(seed)
    tables = random_table(table.sum(1), table.sum(0), seed=generator)
    size = max(1, HELD // table.size)
    for start in range(0, PERMUTATIONS, size):
        yield np.asarray(tables.rvs(min(size, PERMUTATIONS - start))).astype(int)


def over_orders(rows: np.ndarray) -> Exact | None:
    """Probability of column sums at least as uneven, over all orders of the numbers within each
    row.

    rows: whole numbers of at least 0. Uneven is measured by the sum of squares. None where this is
    more than a second's work.
    """
    width = rows.shape[1]
    kinds = Counter(tuple(row) for row in np.sort(rows, axis=1).tolist())
    total = int(rows.sum())
    # the last sum is what the others leave of the total
    size = [int(rows.max(1).sum()) + 1] * (width - 1)
    if sum(times * _arrangements(kind) for kind, times in kinds.items()) * prod(size) > ORDERS:
        return None
    chance = np.zeros(size)
    chance[(0,) * (width - 1)] = 1
    for kind, times in kinds.items():
        orders = sorted(set(permutations(kind)))
        for _ in range(times):
            after = np.zeros_like(chance)
            for order in orders:
                to = tuple(slice(value, None) for value in order[:-1])
                of = tuple(slice(0, end - value) for end, value in zip(size, order, strict=False))
                after[to] += chance[of]
            chance = after / len(orders)
    sums = np.argwhere(chance)
    squares = (sums**2).sum(1) + (total - sums.sum(1)) ** 2
    observed = float((rows.sum(0) ** 2).sum())
    return exact(squares.astype(float), chance[tuple(sums.T)], observed)


def _arrangements(values: tuple[int, ...]) -> int:
    """How many different orders the values have."""
    return factorial(len(values)) // prod(map(factorial, Counter(values).values()))


def drawn_orders(rows: np.ndarray, seed: int) -> np.ndarray:
    """The sum of `over_orders` for `PERMUTATIONS` drawn orders.

    rows: whole numbers; seed: of the random draws.
    """
    generator = np.random.default_rng(seed)
    size = max(1, HELD // rows.size)
    found = []
    for start in range(0, PERMUTATIONS, size):
        drawn = np.broadcast_to(rows, (min(size, PERMUTATIONS - start), *rows.shape))
        sums = generator.permuted(drawn, axis=2).sum(1)
        found.append((sums**2).sum(1))
    return np.concatenate(found)
