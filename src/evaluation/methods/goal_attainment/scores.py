"""Goal attainment scaling: goals with declared levels, unit by unit and wave by wave.

For each goal of a unit (a person, an association, a project) five levels were described
beforehand, from -2, much less than expected, over 0, what is expected, to +2, much more. The
T-score sums up a unit's goals, see `stats.goal_attainment.attainment_score`. It is 50 where all
goals are attained as expected. If levels were set so that falling short and exceeding are equally
likely, scores over many units have a mean of about 50 and a standard deviation of about 10; a mean
well away from 50 tells as much of how the levels were set as of what was attained. A wave before
the intervention usually lies below 50, because its levels describe what is not attained yet.

Privacy: `scores` and `changes` have a row a unit, for analysis; `distribution`, `summary` and
`change_summary` may be published, together and at one threshold. Where units have one goal
only, publish either its distribution or the direction of change: together they may tell more.

Arguments of the same name are the same in all functions:

- levels: one row per unit, goal and wave, see `methods.goal_attainment.tables`;
- before, after: two of its waves;
- min_cell: the smallest count that may be shown, at least 1; with 1 nothing is hidden.
"""

from typing import Any

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import labelled
from evaluation.base.rounding import no_finer
from evaluation.disclosure.comings import waves_of_few
from evaluation.disclosure.numbers import tells_of_few
from evaluation.disclosure.tallies import publish
from evaluation.methods.goal_attainment.together import (
    CHANGE,
    DECIMALS,
    DEVIATION,
    SAME,
    may_be_told,
)
from evaluation.project.whole_tables import of_tables
from evaluation.stats.goal_attainment import LEVELS, attainment_score

DIRECTIONS = ("up", "same", "down")
# a row that is told nothing of
HIDDEN: dict[str, Any] = {"k": pd.NA, "n": pd.NA, "suppressed": True}


def check_goal_levels(levels: pd.DataFrame) -> None:
    """Raise InputError where the weight of a unit's goal is not the same in every wave.

    levels: the raw table `goal_levels`.
    """
    first = levels.groupby(["unit", "goal"])["weight"].transform("first")
    other = levels["weight"] != first
    if other.any():
        row: Any = other.idxmax()
        raise InputError(
            "data/raw/goal_levels.csv",
            f"a goal of a unit has one weight in all waves, here {first[row]:g}",
            "correct the weight",
            row=int(row),
            column="weight",
            value=f"{levels['weight'][row]:g}",
        )


def scores(levels: pd.DataFrame) -> pd.DataFrame:
    """The T-score of each unit in each wave: unit, wave, goals (how many were rated), score.

    levels: the raw table `goal_levels`.
    """
    rows = [
        (unit, wave, len(rated), attainment_score(list(rated["level"]), list(rated["weight"])))
        for (unit, wave), rated in levels.groupby(["unit", "wave"], sort=False)
    ]
    table = pd.DataFrame(rows, columns=["unit", "wave", "goals", "score"])
    return table.astype({"wave": "Int64", "goals": "Int64", "score": "float64"})


def changes(levels: pd.DataFrame, before: int, after: int) -> pd.DataFrame:
    """The T-score of each unit in two waves, over the goals that were rated in both.

    levels: the raw table `goal_levels`; before, after: two of its waves.

    Columns: unit, goals, score_before, score_after, change. Units without such a goal have no
    row: a score over other goals would not be comparable.
    """
    both = levels[levels["wave"].isin([before, after])]
    twice = both.groupby(["unit", "goal"])["wave"].transform("nunique") == 2
    found = scores(both[twice]).pivot(index=["unit", "goals"], columns="wave", values="score")
    found = found.reindex(columns=[before, after]).reset_index()
    found.columns = ["unit", "goals", "score_before", "score_after"]
    order = list(dict.fromkeys(levels["unit"]))
    found = found.sort_values("unit", key=lambda unit: unit.map(order.index), ignore_index=True)
    return found.assign(change=found["score_after"] - found["score_before"])


def distribution(levels: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    """How many units are at each level of each goal, one row per goal, wave and level.

    levels: the raw table `goal_levels`; min_cell: the smallest count that may be shown.

    Columns: goal, wave, level (-2 to 2), k (units), n (units rated on the goal), median (level),
    suppressed; k and n are hidden by `tallies.publish`, the median with any of them, and all of a
    goal in a wave that would tell, beside an earlier one, of the few units that came or left (see
    `disclosure.comings`). Raises ValueError for min_cell below 1.
    """
    rows = [
        (goal, wave, level, int((rated["level"] == level).sum()), float(rated["level"].median()))
        for (goal, wave), rated in levels.groupby(["goal", "wave"], sort=False)
        for level in LEVELS
    ]
    table = pd.DataFrame(rows, columns=["goal", "wave", "level", "k", "median"])
    table = publish(table, ["goal", "wave"], min_cell)
    few = _told_by_few(levels, min_cell)
    whole = [each in few for each in zip(table["goal"], table["wave"], strict=True)]
    table.loc[whole, [*HIDDEN]] = [*HIDDEN.values()]
    hidden = table.groupby(["goal", "wave"])["suppressed"].transform("any")
    table["median"] = table["median"].mask(hidden)
    kinds = {"wave": "Int64", "level": "Int64", "median": "float64"}
    return table[["goal", "wave", "level", "k", "n", "median", "suppressed"]].astype(kinds)


def summary(levels: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    """The T-scores of each wave together: wave, n (units), mean, sd, suppressed.

    levels: the raw table `goal_levels`; min_cell: the smallest count that may be shown.

    With a threshold, a wave is hidden where at most min_cell units have a score, where it would
    tell, beside an earlier one, of the few that came or left, and where `distribution` hides some
    counts of a goal and shows others, or hides goals whole on which at most min_cell units were
    rated together or which are those of scores so few, or so alike, that mean and deviation tell
    them. The deviation is left out, or all, where with the counts of goals
    it would tell of few units (see `methods.goal_attainment.together`). One score has no standard
    deviation. Raises ValueError for min_cell below 1.
    """
    found = scores(levels).groupby("wave")["score"].agg(["size", "mean", "std"]).reset_index()
    few = (found["size"] <= min_cell) & (min_cell > 1)
    hidden = few | found["wave"].isin(_closed(levels, min_cell))
    told = _told(levels, min_cell)
    hidden |= told is None
    table = pd.DataFrame(
        {
            "wave": found["wave"].astype("Int64"),
            "n": found["size"].astype("Int64").mask(hidden),
            "mean": found["mean"].mask(hidden),
            "sd": found["std"].mask(hidden | (told is not None and DEVIATION not in told)),
            "suppressed": hidden,
        }
    )
    # what is told is kept no more precisely
    kept = (
        {} if min_cell == 1 else {name: no_finer(table[name], DECIMALS) for name in ("mean", "sd")}
    )
    return table.assign(**kept)


def change_summary(levels: pd.DataFrame, before: int, after: int, min_cell: int) -> pd.DataFrame:
    """How many units have a higher, the same or a lower T-score in the later of two waves.

    levels: the raw table `goal_levels`; before, after: two of its waves; min_cell: the smallest
    count that may be shown.

    Columns: direction, one of `DIRECTIONS`; k, n (units with goals in both waves), mean (of all
    changes, the same in each row), suppressed. With a threshold, everything is hidden where
    `summary` hides one of the waves, or where the units with a score in only one of them are 1
    to min_cell, whose scores could be found from the difference; else by `tallies.publish`,
    the mean with any count.
    """
    found = changes(levels, before, after)["change"]
    counts = [(found > SAME).sum(), (found.abs() <= SAME).sum(), (found < -SAME).sum()]
    table = publish(pd.DataFrame({"direction": DIRECTIONS, "k": counts}), [], min_cell)
    units = levels.groupby("wave")["unit"].nunique()
    left_over = [int(units.get(wave, 0)) - len(found) for wave in (before, after)]
    found_by_difference = any(0 < few <= min_cell for few in left_over) and min_cell > 1
    if found_by_difference or _closed(levels, min_cell) & {before, after}:
        table = table.assign(**HIDDEN).astype({"k": "Int64", "n": "Int64"})
    mean = None if table["suppressed"].any() or found.empty else float(found.mean())
    table["mean"] = pd.Series(mean, index=table.index, dtype="float64")
    return table[["direction", "k", "n", "mean", "suppressed"]]


def first_to_last(levels: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    """`change_summary` from the first wave to the last, which stand in the columns before and
    after, as it may be published beside `distribution`.

    levels: the raw table `goal_levels`; min_cell: the smallest count that may be shown.

    Without rows where there is one wave only. With a threshold, everything is hidden where a
    unit has a single goal in both waves: its change of score is then a change of level. So it is
    where it would tell of few units, see `methods.goal_attainment.together`.
    """
    waves = sorted(levels["wave"].unique())
    if len(waves) < 2:
        levels, waves = levels.iloc[:0], [1, 2]
    before, after = waves[0], waves[-1]
    table = change_summary(levels, before, after, min_cell)
    if min_cell > 1 and CHANGE not in (_told(levels, min_cell) or ()):
        table = table.assign(**HIDDEN, mean=None)
        table = table.astype({"k": "Int64", "n": "Int64", "mean": "float64"})
    elif min_cell > 1:
        table = table.assign(mean=no_finer(table["mean"], DECIMALS))
    table = table.assign(before=before, after=after)
    table = table.astype({"before": "Int64", "after": "Int64"})
    return table if len(levels) else table.iloc[:0]


def _told_by_few(levels: pd.DataFrame, min_cell: int) -> set[tuple[str, int]]:
    """The goals, each with a wave, that would tell of the few units that came or left."""
    return {
        (goal, wave)
        for goal, rated in labelled(levels.groupby("goal"))
        for wave in waves_of_few(_by_wave(rated, "level"), min_cell)
    }


def _by_wave(table: pd.DataFrame, column: str) -> dict[int, pd.Series]:
    """A column of each wave, by unit."""
    waves = labelled(table.groupby("wave"))
    return {int(wave): rows.set_index("unit")[column] for wave, rows in waves}


def _closed(levels: pd.DataFrame, min_cell: int) -> set[int]:
    """The waves of whose scores nothing may be told."""
    return {
        *(wave for _, wave in _told_by_few(levels, min_cell)),
        *waves_of_few(_by_wave(scores(levels), "score"), min_cell, counted=False),
        *(int(wave) for wave in levels["wave"].unique() if not _open(levels, wave, min_cell)),
    }


def _told(levels: pd.DataFrame, min_cell: int) -> set[str] | None:
    """Whether the deviation of scores and their change may be told beside the counts of goals; None
    where not even means may."""
    closed = _closed(levels, min_cell)
    rated = levels[~levels["wave"].isin(closed)]
    told = {DEVIATION}
    waves = sorted(map(int, levels["wave"].unique()))
    ends = waves[:1] + waves[1:][-1:]
    if len(ends) == 2 and closed.isdisjoint(ends):
        single = bool((changes(levels, *ends)["goals"] == 1).any())
        told |= set() if single and min_cell > 1 else {CHANGE}
    counts = distribution(rated, min_cell)
    goals = set(counts["goal"]) - set(counts["goal"][counts["n"].isna()])
    several = bool(rated.groupby(["unit", "wave"]).size().gt(1).any())
    return may_be_told(rated, goals, told, min_cell) if min_cell > 1 and several and goals else told


def _open(levels: pd.DataFrame, wave: int, min_cell: int) -> bool:
    """Whether means of a wave's scores tell of no count that is hidden."""
    rated = levels[levels["wave"] == wave]
    goals = distribution(rated, min_cell).groupby("goal")
    whole = goals["n"].first().isna()
    if (goals["suppressed"].any() & ~whole).any():
        return False
    concerned = rated["unit"][rated["goal"].isin(whole.index[whole])].nunique()
    if concerned == 0:
        return True
    return concerned > min_cell and not tells_of_few(scores(rated)["score"], min_cell)


# what `evaluation check` asks of whole tables, as the notebook does
CHECKS = (of_tables(check_goal_levels, "goal_levels"),)
