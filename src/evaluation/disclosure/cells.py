"""Cells that are published or hidden, and what sums tell a reader who attacks them.

The rule and the promise are those of the package `disclosure`. Solved by scipy's HiGHS.
"""

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from evaluation.base.rounding import counts_printed_as

# of scipy's milp
INFEASIBLE = 2

Range = tuple[int, int]


@dataclass(frozen=True)
class Sum:
    """What is published of some cells together: low <= their sum <= high."""

    cells: tuple[str, ...]
    low: int
    high: int


def exactly(cells: Iterable[str], value: int) -> Sum:
    """The cells named in `cells` add up to `value`."""
    return Sum(tuple(cells), value, value)


def printed(cells: Iterable[str], percent: int, n: int) -> Sum:
    """The cells together are printed as `percent`, whole per cent of n, rounded half up.

    cells: their names; n: the whole.

    Raises ValueError where no count gives the percentage.
    """
    counts = counts_printed_as(percent, n)
    if not counts:
        raise ValueError(f"no count of {n} is printed as {percent} %")
    return Sum(tuple(cells), counts[0], counts[-1])


def ranges(
    cells: Mapping[str, int | None], sums: Iterable[Sum], small: range | None = None
) -> dict[str, Range]:
    """Smallest and largest count of every hidden cell that agree with all that is published.

    cells: a count, or None where it is hidden; sums: what is known of cells together, with
    every hidden cell in at least one. Counts are whole and not negative. With `small`, the
    reader knows the rule as well: hidden cells that are linked by sums hold a count in `small`
    among them. Solved by scipy's HiGHS.

    Raises ValueError where the sums contradict each other, or leave a cell without limit.
    """
    found: dict[str, Range] = {}
    for pool in pools(cells, sums):
        told = pool.extremes()
        found |= told if small is None else pool.informed(small, told)
    return found


def protect(
    counts: Mapping[str, int],
    sums: Iterable[Sum],
    small: range,
    hidden: Iterable[str] = (),
    given: frozenset[str] = frozenset(),
) -> set[str]:
    """Cells to hide so that the promise of this package holds.

    counts: the true count of every cell; sums: what is published besides; small: the counts
    that must not be known (from 0 where zeros are to be hidden too); hidden: further cells
    that are hidden in any case; given: cells that a reader takes for one at least. Hides all
    counts in `small` and adds the smallest others, ties in the order of `counts`; afterwards an
    added cell that is not needed is shown again.

    Raises ValueError where even hiding every cell is not enough.
    """
    sums = list(sums)
    first = {cell for cell, k in counts.items() if k in small} | set(hidden)
    chosen = set(first)
    while found := exposed(_without(counts, chosen), sums, small, given):
        near = _beside(found, sums) - chosen or _beside(chosen, sums) - chosen
        if not near:
            raise ValueError(f"no further cell protects {', '.join(found)}")
        chosen.add(min((cell for cell in counts if cell in near), key=counts.__getitem__))
    added = [cell for cell in counts if cell in chosen - first]
    for cell in sorted(added, key=counts.__getitem__, reverse=True):
        if not exposed(_without(counts, chosen - {cell}), sums, small, given):
            chosen.remove(cell)
    return chosen


def small_counts(min_cell: int) -> range:
    """The counts that are small: 1 to `min_cell` - 1, so none at 1. Raises ValueError for one below
    1."""
    if min_cell < 1:
        raise ValueError(f"min_cell is at least 1, not {min_cell}")
    return range(1, min_cell)


def exclusive(counts: Mapping[str, int], min_cell: int) -> tuple[dict[str, int | None], int | None]:
    """The counts of one exclusive question and their n as they may be published.

    min_cell: the smallest count that may be shown; counts: how many gave each answer. None stands
    for what is hidden by the rule of this package; with n it is the whole question. With min_cell 1
    nothing is hidden. Raises ValueError for min_cell below 1.
    """
    small = small_counts(min_cell)
    n = sum(counts.values())
    if small and n <= min_cell:
        return dict.fromkeys(counts), None
    if not any(k in small for k in counts.values()):
        return dict(counts), n
    zeros = [cell for cell, k in counts.items() if k == 0]
    return _without(counts, protect(counts, [exactly(counts, n)], small, zeros)), n


def are_safe_together(counts: Mapping[str, int], min_cell: int) -> bool:
    """Whether the promise of this package holds for counts of which only the sum is published.

    counts: how many gave each answer; min_cell: the smallest count that may be shown. It does where
    none of them is small: there is nothing to tell then.
    """
    small = small_counts(min_cell)
    if not any(k in small for k in counts.values()):
        return True
    return not exposed(dict.fromkeys(counts), [exactly(counts, sum(counts.values()))], small)


def exposed(
    cells: Mapping[str, int | None],
    sums: list[Sum],
    small: range,
    given: frozenset[str] = frozenset(),
) -> list[str]:
    """Hidden cells for which the promise of this package does not hold.

    cells, sums: see `ranges`; small: the counts that must not be known; given: cells that a reader
    takes for one at least.
    """
    return [
        cell
        for pool in pools(cells, sums)
        for told in [pool.extremes()]
        for cell, informed in pool.informed(small, told, given).items()
        if not kept(told[cell], informed, small)
    ]


def kept(told: Range, informed: Range, small: range) -> bool:
    """Whether the promise holds for a cell, by its range without and with the rule."""
    low, high = informed
    return low < high and not (low in small and high in small) and told[1] >= small.stop


def _without(counts: Mapping[str, int], hidden: set[str]) -> dict[str, int | None]:
    return {cell: None if cell in hidden else k for cell, k in counts.items()}


def _beside(cells: Iterable[str], sums: list[Sum]) -> set[str]:
    """All cells that share a sum with one of `cells`."""
    cells = set(cells)
    return {cell for known in sums if cells & set(known.cells) for cell in known.cells}


class Contradiction(ValueError):
    def __init__(self) -> None:
        super().__init__("the published figures contradict each other")


@dataclass(frozen=True)
class Pool:
    """Hidden cells that are linked by sums: low <= matrix @ counts <= high."""

    cells: list[str]
    matrix: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def informed(
        self, small: range, told: dict[str, Range], *positive: frozenset[str]
    ) -> dict[str, Range]:
        """Range of each cell for a reader who knows the rule too; `told` without the rule.

        Each of `positive` are cells that the reader takes for more than zero unless the figures
        contradict it; the first first.
        """
        for least in (*positive, frozenset[str]()):
            with contextlib.suppress(Contradiction):
                return self.extremes(small, told, least)
        # no small count fits: these cells were not hidden by the rule, which tells nothing
        return told

    def extremes(
        self,
        small: range | None = None,
        outer: dict[str, Range] | None = None,
        positive: frozenset[str] = frozenset(),
    ) -> dict[str, Range]:
        """Range of each cell; `outer` holds ranges that are known to contain them."""
        upper = self._upper()
        if outer is None:
            outer = {cell: (0, int(top)) for cell, top in zip(self.cells, upper, strict=True)}
        least = [int(cell in positive) for cell in self.cells]
        if (known := self._of_one_sum(upper, small, least)) is not None:
            return known
        solve = self._programme(upper, small, least)
        points: list[np.ndarray] = []

        def extreme(position: int, sign: int, limit: int) -> int:
            # a point found on the way may already lie on the limit
            if not any(point[position] == limit for point in points):
                points.append(solve(position, sign))
                return int(points[-1][position])
            return limit

        return {
            cell: (extreme(i, 1, outer[cell][0]), extreme(i, -1, outer[cell][1]))
            for i, cell in enumerate(self.cells)
        }

    def _of_one_sum(
        self, upper: np.ndarray, small: range | None, least: list[int]
    ) -> dict[str, Range] | None:
        """What `extremes` returns, without a programme, where at most one sum links the cells,
        as in any exclusive question; else None. Other sums may limit single cells.

        upper: the largest count of each cell; least: the smallest.
        """
        several = self.matrix.sum(axis=1) > 1
        linking = self.matrix[several]
        if not linking.all():
            return None
        bottom, top = np.array(least, dtype=float), upper
        for row, low in zip(self.matrix[~several], self.low[~several], strict=True):
            bottom = np.maximum(bottom, row * low)
        total = (
            self.low[several].max(initial=0),
            self.high[several].min(initial=top.sum()),
        )
        # with the rule, each cell in turn is the one that is small
        boxes = [(bottom, top)]
        if small is not None:
            one = np.eye(len(self.cells), dtype=bool)
            boxes = [
                (
                    np.where(here, np.maximum(bottom, small.start), bottom),
                    np.where(here, np.minimum(top, small.stop - 1), top),
                )
                for here in one
            ]
        found = [box for box in (_within(*box, *total) for box in boxes) if box is not None]
        if not found:
            raise Contradiction
        lows = np.min([low for low, _ in found], axis=0)
        highs = np.max([high for _, high in found], axis=0)
        return {
            cell: (int(low), int(high))
            for cell, low, high in zip(self.cells, lows, highs, strict=True)
        }

    def _upper(self) -> np.ndarray:
        """The largest count that a single sum allows each cell."""
        limits = np.where(self.matrix > 0, self.high[:, None], np.inf)
        upper: np.ndarray = limits.min(axis=0, initial=np.inf)
        if np.isinf(upper).any():
            raise ValueError(f"no sum limits {self.cells[int(np.isinf(upper).argmax())]}")
        if (upper < 0).any():
            raise Contradiction
        return upper

    def _programme(
        self, upper: np.ndarray, small: range | None, least: list[int]
    ) -> Callable[[int, int], np.ndarray]:
        """A function that takes a cell's position and a sign, and returns the counts of all
        cells at which the cell is smallest (sign 1) or largest (sign -1)."""
        size = len(self.cells)
        rows = [LinearConstraint(self.matrix, self.low, self.high)]
        bottom, top = np.array(least, dtype=float), upper
        if (bottom > top).any():
            raise Contradiction
        if small is not None:
            # one switch a cell: where it is on, the count is small; one switch at least is on
            one = np.eye(size)
            excess = np.maximum(upper - (small.stop - 1), 0)
            rows = [
                LinearConstraint(np.hstack([self.matrix, 0 * self.matrix]), self.low, self.high),
                LinearConstraint(np.hstack([one, -small.start * one]), 0, np.inf),
                LinearConstraint(np.hstack([one, np.diag(excess)]), -np.inf, upper),
                LinearConstraint(np.r_[np.zeros(size), np.ones(size)], 1, np.inf),
            ]
            bottom, top = np.r_[bottom, np.zeros(size)], np.r_[upper, np.ones(size)]

        def solve(position: int, sign: int) -> np.ndarray:
            aim = np.zeros(len(top))
            aim[position] = sign
            result = milp(
                aim, constraints=rows, bounds=Bounds(bottom, top), integrality=np.ones(len(top))
            )
            if result.status == INFEASIBLE:
                raise Contradiction
            if not result.success:
                raise RuntimeError(result.message)
            counts: np.ndarray = np.rint(result.x[:size])
            return counts

        return solve


def _within(
    bottom: np.ndarray, top: np.ndarray, low: float, high: float
) -> tuple[np.ndarray, np.ndarray] | None:
    """(smallest, largest) of whole counts from `bottom` to `top` that add up to low .. high; None
    where none do."""
    if (bottom > top).any() or bottom.sum() > high or top.sum() < low or low > high:
        return None
    return (
        np.maximum(bottom, low - (top.sum() - top)),
        np.minimum(top, high - (bottom.sum() - bottom)),
    )


def pools(cells: Mapping[str, int | None], sums: Iterable[Sum]) -> list[Pool]:
    """The hidden cells in sets that no sum links, with what the sums leave for them."""
    hidden = [cell for cell, k in cells.items() if k is None]
    linked, lows, highs = [], [], []
    for known in sums:
        members = set(known.cells)
        if members.isdisjoint(hidden):
            continue
        shown = sum(cells[cell] or 0 for cell in members)
        linked.append([cell in members for cell in hidden])
        lows.append(known.low - shown)
        highs.append(known.high - shown)
    if not hidden:
        return []
    matrix = np.array(linked, dtype=float).reshape(-1, len(hidden))
    low, high = np.array(lows, dtype=float), np.array(highs, dtype=float)
    found = []
    count, label = connected_components(matrix.T @ matrix, directed=False)
    for number in range(count):
        inside = label == number
        rows = matrix[:, inside].any(axis=1)
        names = [cell for cell, here in zip(hidden, inside, strict=True) if here]
        found.append(Pool(names, matrix[np.ix_(rows, inside)], low[rows], high[rows]))
    return found
