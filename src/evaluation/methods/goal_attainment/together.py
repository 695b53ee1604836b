"""What the counts of goals and the scores of units tell together.

Counts tell how many units are at each level of one goal. A deviation of scores, or how many scores
rose, tells besides how the levels of two goals go together, and so may tell of single units.
"""

from collections.abc import Collection
from itertools import combinations

import numpy as np
import pandas as pd

from evaluation.base.rounding import no_finer
from evaluation.stats.goal_attainment import attainment_score

DEVIATION, CHANGE = "deviation", "change"
# what may be left out until nothing is given away, the least first
LEFT_OUT = (set[str](), {DEVIATION}, {CHANGE}, {DEVIATION, CHANGE})
DECIMALS = 1  # of scores, as they are told
SAME = 1e-9  # differences of scores below it come from rounding
TRIES = 200  # one after the other, in vain
EXCHANGES = 2000  # that are looked at in one

# two columns, and a level in each
Group = tuple[int, int, float, float]


def may_be_told(
    levels: pd.DataFrame, goals: Collection[str], told: set[str], min_cell: int
) -> set[str] | None:
    """What of `told` may be, besides the mean score of each wave and the counts of some goals; None
    where not even the means may.

    levels: the raw table `goal_levels`, of the waves in question; goals: those whose counts are
    shown; told: `DEVIATION` of the scores of each wave, `CHANGE` from the first wave to the last,
    or both; min_cell: the smallest count that may be shown, more than 1. A group of 1 to
    min_cell - 1 units, by their levels of two goals or in two waves, is given away where no other
    levels of the units are found that have the same counts and scores, and none or min_cell units
    in the group.
    """
    units = _Units(levels, goals)
    for left_out in LEFT_OUT:
        if left_out <= told and not units.are_given_away(told - left_out, min_cell):
            return told - left_out
    return None


class _Units:
    """The levels of units: a row a unit, a column a wave and goal, not a number where unrated."""

    def __init__(self, levels: pd.DataFrame, goals: Collection[str]) -> None:
        by_unit = levels.astype({"level": float}).pivot(index="unit", columns=["wave", "goal"])
        columns = list(by_unit["level"].columns)
        self.levels, weights = by_unit["level"].to_numpy(), by_unit["weight"].to_numpy()
        rated = ~np.isnan(self.levels)
        self.shown = [place for place, (_, goal) in enumerate(columns) if goal in goals]
        # a unit and a column of which its level may be another
        self.cells = np.argwhere(rated & np.isin(np.arange(len(columns)), self.shown))
        waves = sorted({wave for wave, _ in columns})
        in_wave = {wave: np.array([each == wave for each, _ in columns]) for wave in waves}
        scores = [_shares(weights, rated & in_wave[wave]) for wave in waves]
        # of the change: goals that were rated in the first and in the last wave
        other = {waves[0]: waves[-1], waves[-1]: waves[0]}
        twice = np.zeros_like(rated)
        for place, (wave, goal) in enumerate(columns):
            if (other.get(wave), goal) in columns:
                again = rated[:, columns.index((other[wave], goal))]
                twice[:, place] = rated[:, place] & again
        before, after = (_shares(weights, twice & in_wave[wave]) for wave in (waves[0], waves[-1]))
        # what a level adds to the score of each wave, and to the change
        self.adds = np.array([*scores, after - before])

    def are_given_away(self, told: set[str], min_cell: int) -> bool:
        """Whether a small group is; told, min_cell: see `may_be_told`. From one state to the next
        that has the same figures, until each group was seen to be none or enough."""
        random = np.random.default_rng(0)
        nothing = np.zeros((1, 3), dtype=int)
        known, now = self._figures(self.levels, nothing, told), self.levels
        small, in_vain = self._small_groups(now, min_cell), 0
        while small and in_vain < TRIES:
            in_vain += 1
            group = small[random.integers(len(small))]
            column = group[:2][random.integers(2)]
            others = self.cells[self.cells[:, 1] == column, 0]
            member, other = random.choice(_members(now, group)), random.choice(others)
            once = _exchanged(now, member, other, column)
            # one exchange more makes up for it, or none has to
            more = np.vstack([nothing, self._exchanges(random)])
            fitting = np.flatnonzero((self._figures(once, more, told) == known).all(axis=1))
            if len(fitting):
                now = _exchanged(once, *more[random.choice(fitting)])
                still = [group for group in small if 0 < len(_members(now, group)) < min_cell]
                in_vain = in_vain if len(still) == len(small) else 0
                small = still
        return bool(small)

    def _exchanges(self, random: np.random.Generator) -> np.ndarray:
        """Pairs of units and a column in which they may exchange their levels."""
        one, other = self.cells[random.integers(len(self.cells), size=(2, EXCHANGES))]
        alike = one[:, 1] == other[:, 1]
        return np.column_stack([one[alike, 0], other[alike]])

    def _small_groups(self, levels: np.ndarray, min_cell: int) -> list[Group]:
        found = []
        for left, right in combinations(self.shown, 2):
            both = levels[:, [left, right]]
            pairs, counts = np.unique(both[~np.isnan(both).any(axis=1)], axis=0, return_counts=True)
            found += [(left, right, x, y) for x, y in pairs[counts < min_cell]]
        return found

    def _figures(self, levels: np.ndarray, exchanges: np.ndarray, told: set[str]) -> np.ndarray:
        """What is told of the scores after each of some exchanges, a row each, as it is told."""
        one, other, column = exchanges.T
        step = np.nan_to_num(levels[other, column] - levels[one, column])
        found = []
        for adds in self.adds[:-1]:
            scores = np.nansum(levels * adds, axis=1)
            up, down = adds[one, column] * step, -adds[other, column] * step
            n = adds.any(axis=1).sum()
            total = scores.sum() + up + down
            found.append(total / n)
            if DEVIATION in told and n > 1:
                squares = (scores**2).sum() + 2 * scores[one] * up + 2 * scores[other] * down
                squares += up**2 + down**2
                found.append(np.sqrt(np.maximum(squares - total**2 / n, 0) / (n - 1)))
        if CHANGE in told:
            adds = self.adds[-1]
            changes = np.nansum(levels * adds, axis=1)
            up, down = adds[one, column] * step, -adds[other, column] * step
            found.append((changes.sum() + up + down) / max(adds.any(axis=1).sum(), 1))
            for sign in (1, -1):
                before = (sign * changes > SAME).astype(int)
                found.append(
                    before.sum()
                    - before[one]
                    - before[other]
                    + (sign * (changes[one] + up) > SAME)
                    + (sign * (changes[other] + down) > SAME)
                )
        return no_finer(np.column_stack(found), DECIMALS)


def _members(levels: np.ndarray, group: Group) -> np.ndarray:
    """The units of a group."""
    left, right, x, y = group
    return np.flatnonzero((levels[:, left] == x) & (levels[:, right] == y))


def _exchanged(levels: np.ndarray, one: int, other: int, column: int) -> np.ndarray:
    """The levels after two units have exchanged theirs in a column: the counts stay."""
    exchanged = levels.copy()
    exchanged[[one, other], column] = exchanged[[other, one], column]
    return exchanged


def _shares(weights: np.ndarray, rated: np.ndarray) -> np.ndarray:
    """What a level of each goal adds to the score of its unit; nothing for goals left out."""
    shares = np.zeros(weights.shape)
    for unit, goals in enumerate(rated):
        places = np.flatnonzero(goals)
        for place in places:
            one = [int(each == place) for each in places]
            score = attainment_score(one, list(weights[unit, places]))
            shares[unit, place] = score - attainment_score([0])
    return shares
