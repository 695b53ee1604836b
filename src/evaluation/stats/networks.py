"""Exact probabilities over all tables with the margins of one.

Groups against answers are a table of counts; to permute who is in which group is to go through
the tables with its margins. A statistic that is a sum over the columns is gone through one column
at a time. What is left to fill is a state; states that can be reached are the nodes of a network,
and ways to fill a column lead from one to the next. Ways that can no longer lead to a statistic as
large as the one observed are left, and those that cannot but lead to one are counted at once.
Source: Mehta and Patel (1983), Journal of the American Statistical Association 78:427-434.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from evaluation.stats.permutations import TIE, Exact

# ways of a network, and paths through it, that are gone through: about a second's work
WAYS, PATHS = 200_000, 10_000_000

# what a column adds to the statistic: its place, what the rows have left before it, and a row each
# way to fill it
Part = Callable[[int, np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class _Column:
    """The ways to fill a column: of each state where its ways begin and how many they are; of each
    way the state that it leads to, what it adds and its probability.
    """

    begin: np.ndarray
    times: np.ndarray
    to: np.ndarray
    added: np.ndarray
    chance: np.ndarray


def largest(
    rows: Sequence[int], columns: Sequence[int], part: Part, observed: float
) -> Exact | None:
    """Probability of a statistic at least as large, over all tables with these margins.

    rows, columns: totals of the table; part: what a column adds to the statistic, from its place,
    what the rows have left before it and a row of counts for each way to fill it; observed: the
    statistic found. None where it is more than a second's work.
    """
    network = _network(rows, columns, part)
    if network is None:
        return None
    p, least = _above(network, observed), _above(network, _ends(network)[0])
    return Exact(p, least) if p is not None and least is not None else None


def furthest(
    rows: Sequence[int], columns: Sequence[int], part: Part, observed: float, expected: float
) -> Exact | None:
    """Probability of a statistic at least as far from what is expected, over all such tables.

    rows, columns, part, observed: as for `largest`; expected: the statistic that is expected.
    """
    network = _network(rows, columns, part)
    if network is None:
        return None
    most, least = _ends(network)
    end = max(most - expected, expected - least)
    p, least_p = (_beyond(network, expected, far) for far in (abs(observed - expected), end))
    return Exact(p, least_p) if p is not None and least_p is not None else None


def _beyond(network: list[_Column], expected: float, far: float) -> float | None:
    if far <= TIE:
        return 1.0
    down = [_Column(c.begin, c.times, c.to, -c.added, c.chance) for c in network]
    above, below = _above(network, expected + far), _above(down, far - expected)
    return None if above is None or below is None else min(1.0, above + below)


def _network(rows: Sequence[int], columns: Sequence[int], part: Part) -> list[_Column] | None:
    """The ways through all tables, column by column; None where they are too many."""
    states = np.array([rows], dtype=int)
    found, total = [], 0
    for place, size in enumerate(columns):
        after, added, chance = [], [], []
        for left in states:
            ways = _fillings(left, int(size), WAYS - total)
            if ways is None:
                return None
            total += len(ways)
            after.append(left - ways)
            added.append(part(place, left, ways))
            chance.append(_chances(left, ways))
        times = np.array([len(ways) for ways in after])
        states, to = np.unique(np.concatenate(after), axis=0, return_inverse=True)
        begin = times.cumsum() - times
        found.append(
            _Column(begin, times, to.ravel(), np.concatenate(added), np.concatenate(chance))
        )
    return found


def _fillings(left: np.ndarray, size: int, most: int) -> np.ndarray | None:
    """Every way to take `size` of what the rows have left, a row each; None where over `most`."""
    ways = np.zeros((1, 0), dtype=int)
    missing = np.array([size])
    for here, later in zip(left, left[::-1].cumsum()[::-1] - left, strict=True):
        low, high = np.maximum(0, missing - later), np.minimum(here, missing)
        times = high - low + 1
        if times.sum() > most:
            return None
        which, within = _repeated(times)
        taken = low[which] + within
        ways = np.column_stack([ways[which], taken])
        missing = missing[which] - taken
    return ways


def _repeated(times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each place as many times as is said, and the how manieth time it is."""
    which = np.repeat(np.arange(len(times)), times)
    return which, np.arange(len(which)) - np.repeat(times.cumsum() - times, times)


def _chances(left: np.ndarray, ways: np.ndarray) -> np.ndarray:
    """Probability of each way to take from what the rows have left, all being drawn alike."""
    taken, whole = ways[0].sum(), left.sum()
    logs = (gammaln(left + 1) - gammaln(ways + 1) - gammaln(left - ways + 1)).sum(1)
    among = gammaln(whole + 1) - gammaln(taken + 1) - gammaln(whole - taken + 1)
    return np.asarray(np.exp(logs - among))


def _ends(network: list[_Column]) -> tuple[float, float]:
    """The largest and the smallest statistic of all tables."""
    return float(_rest(network, np.maximum)[0][0]), float(_rest(network, np.minimum)[0][0])


def _rest(network: list[_Column], best: np.ufunc) -> list[np.ndarray]:
    """Of each state before each column, the best that is still to be added; last, nothing."""
    rest = [np.zeros(1)]
    for column in reversed(network):
        rest.insert(0, best.reduceat(column.added + rest[0][column.to], column.begin))
    return rest


def _above(network: list[_Column], observed: float) -> float | None:
    """Probability of a statistic of at least this; None where the paths are too many."""
    wanted = observed - TIE
    most, least = _rest(network, np.maximum), _rest(network, np.minimum)
    state, value, chance = np.zeros(1, dtype=int), np.zeros(1), np.ones(1)
    p, paths = 0.0, 0
    for column, most_left, least_left in zip(network, most[1:], least[1:], strict=True):
        times = column.times[state]
        paths += int(times.sum())
        if paths > PATHS:
            return None
        which, within = _repeated(times)
        way = column.begin[state[which]] + within
        to = column.to[way]
        reached, likely = value[which] + column.added[way], chance[which] * column.chance[way]
        sure = reached + least_left[to] >= wanted
        p += float(likely[sure].sum())
        open_ = ~sure & (reached + most_left[to] >= wanted)
        state, value, chance = _merged(to[open_], reached[open_], likely[open_])
    return min(1.0, p)


def _merged(
    state: np.ndarray, value: np.ndarray, chance: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Paths that have come to the same state with the same value, together."""
    if not len(state):
        return state, value, chance
    order = np.lexsort((value, state))
    state, value, chance = state[order], value[order], chance[order]
    first = np.ones(len(state), dtype=bool)
    first[1:] = (np.diff(state) > 0) | (np.diff(value) > TIE)
    begin = np.flatnonzero(first)
    return state[begin], value[begin], np.add.reduceat(chance, begin)
