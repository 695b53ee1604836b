"""goal_attainment: T-scores over goals with declared levels."""

import pandas as pd
import pytest
from attackers import nothing_found
from fragments import fragment
from hypothesis import given, settings
from hypothesis import strategies as st
from refusals import refusal, tells

from evaluation.disclosure import exactly
from evaluation.methods.goal_attainment.scores import (
    DIRECTIONS,
    change_summary,
    changes,
    check_goal_levels,
    distribution,
    first_to_last,
    scores,
    summary,
)
from evaluation.project.raw_tables import read_raw_table
from evaluation.stats.goal_attainment import LEVELS, attainment_score

FILE = "data/raw/goal_levels.csv"
HEADER = "unit,goal,wave,level,weight\n"
GOOD = "a,members,1,-2,1\na,funds,1,-1,2.5\na,members,2,0,1\na,funds,2,1,2.5\n"


@pytest.fixture
def read(tmp_path):
    def read(content: str) -> pd.DataFrame:
        path = tmp_path / "goal_levels.csv"
        path.write_text(HEADER + content, "utf-8")
        return read_raw_table(path, "goal_levels")

    return read


def levels_of(*rows: tuple) -> pd.DataFrame:
    """Rows of unit, goal, wave, level, each with weight 1."""
    table = pd.DataFrame(rows, columns=["unit", "goal", "wave", "level"])
    table.index = range(2, 2 + len(table))
    kinds = {"wave": "Int64", "level": "Int64", "weight": "float64"}
    return table.assign(weight=1.0).astype(kinds)


def one_goal(*levels: int, wave: int = 1, first: int = 0) -> pd.DataFrame:
    """Units with one goal each, at these levels."""
    return levels_of(*((f"u{first + i}", "funds", wave, level) for i, level in enumerate(levels)))


# the table


def test_the_table_is_read(read):
    table = read(GOOD)
    check_goal_levels(table)
    assert table["level"].tolist() == [-2, -1, 0, 1]
    assert table["weight"].tolist() == [1, 2.5, 1, 2.5]


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("b,funds,1,3,1", "level", "3"),
        ("b,funds,1,-3,1", "level", "-3"),
        ("b,funds,1,0.5,1", "level", "0.5"),
        ("b,funds,1,,1", "level", ""),
        ("b,funds,0,0,1", "wave", "0"),
        ("b,funds,1,0,0", "weight", "0"),
        ("b,funds,1,0,-1", "weight", "-1"),
        ('b,funds,1,0,"1,5"', "weight", "1,5"),
        ("b,funds,1,0,", "weight", ""),
    ],
)
def test_a_cell_against_its_rule_is_refused(read, row, column, value):
    message = refusal(read, GOOD + row + "\n")
    tells(message, f"{FILE}, row 6, column {column}: this cell is", f"Found: '{value}'")


def test_a_goal_that_is_rated_twice_in_a_wave_is_refused(read):
    tells(refusal(read, GOOD + "a,funds,2,0,2.5\n"), "row 6", "unit and goal and wave together")


def test_a_weight_that_changes_between_waves_is_refused(read):
    message = refusal(check_goal_levels, read(GOOD.replace("funds,2,1,2.5", "funds,2,1,2")))
    tells(message, f"{FILE}, row 5, column weight: a goal of a unit has one weight", "2.5", "'2'")


def test_the_items_have_the_levels_of_the_table():
    codes = fragment("goal_attainment").questions["goal_attainment_level"].codes
    number = {"plus": 1, "minus": -1}
    best_first = [
        0 if code == "level_0" else number[code.split("_")[1]] * int(code[-1]) for code in codes
    ]
    assert best_first == sorted(LEVELS, reverse=True)


# scores


def test_the_worked_scores_are_reproduced():
    # methods.md section 2, row GAS: four goals at +1, and all goals as expected
    table = levels_of(
        *(("a", goal, 1, 1) for goal in "wxyz"), *(("b", goal, 1, 0) for goal in "wx")
    )
    found = scores(table)
    assert found["score"].round(2).tolist() == [64.51, 50.0]
    assert found["goals"].tolist() == [4, 2]


def test_weights_count_in_their_wave_and_unit(read):
    found = scores(read(GOOD)).set_index(["unit", "wave"])["score"]
    assert found["a", 1] == pytest.approx(attainment_score([-2, -1], [1, 2.5]))
    assert found["a", 2] == pytest.approx(attainment_score([0, 1], [1, 2.5]))


def test_change_is_taken_over_the_goals_of_both_waves():
    table = levels_of(
        *[("a", "x", 1, -2), ("a", "y", 1, 2), ("a", "x", 2, 0), ("a", "z", 2, 2)],
        *[("b", "x", 1, 0), ("b", "y", 2, 1)],
        *[("c", "x", 1, 1), ("c", "x", 2, 1), ("c", "x", 3, -2)],
    )
    found = changes(table, 1, 2)
    assert found["unit"].tolist() == ["a", "c"]
    assert found["goals"].tolist() == [1, 1]
    assert found[["score_before", "score_after"]].to_numpy().tolist() == [[30, 50], [60, 60]]
    assert found["change"].tolist() == [20, 0]
    assert changes(table, 2, 1)["change"].tolist() == [-20, 0]


def test_waves_without_a_common_goal_have_no_change():
    assert changes(levels_of(("a", "x", 1, 0)), 1, 2).empty


# what is published


def test_levels_are_counted_goal_by_goal_with_the_empty_ones():
    found = distribution(one_goal(-1, 0, 0, 1, 0), 1)
    assert found["level"].tolist() == [-2, -1, 0, 1, 2]
    assert found["k"].tolist() == [0, 1, 3, 1, 0]
    assert set(found["n"]) == {5}
    assert set(found["median"]) == {0}
    waves = distribution(pd.concat([one_goal(0), one_goal(1, wave=2)]), 1)
    assert waves.groupby("wave")["k"].sum().tolist() == [1, 1]


def test_scores_are_summed_up_wave_by_wave():
    found = summary(pd.concat([one_goal(-1, 0, 1), one_goal(1, wave=2)]), 1)
    assert found["n"].tolist() == [3, 1]
    assert found["mean"].tolist() == [50, 60]
    assert found["sd"].round(6).tolist()[0] == 10
    assert pd.isna(found["sd"][1])
    assert not found["suppressed"].any()


def test_directions_of_change_are_counted():
    table = pd.concat([one_goal(-1, 0, 1, 0), one_goal(0, 1, 1, -1, wave=2)])
    found = change_summary(table, 1, 2, 1)
    assert found["direction"].tolist() == list(DIRECTIONS)
    assert found["k"].tolist() == [2, 1, 1]
    assert found["mean"].tolist() == [2.5] * 3


def test_changes_that_only_rounding_makes_are_none():
    # the same levels, on goals in another order
    rows = [("a", goal, 1, level) for goal, level in zip("xyz", (-2, -1, -2), strict=True)]
    table = levels_of(*rows, *((unit, goal, 2, level) for unit, goal, _, level in rows[::-1]))
    table["weight"] = table["goal"].map({"x": 0.1, "y": 0.1, "z": 0.2})
    assert changes(table, 1, 2)["change"].tolist() != [0]
    assert change_summary(table, 1, 2, 1)["k"].tolist() == [0, 1, 0]


@pytest.mark.slow
@given(st.lists(st.sampled_from(list(LEVELS)), min_size=1, max_size=25), st.sampled_from([2, 3, 5]))
@settings(max_examples=20, deadline=None)
def test_no_hidden_number_of_units_at_a_level_is_found(levels, min_cell):
    table = one_goal(*levels)
    found, overall = distribution(table, min_cell), summary(table, min_cell).iloc[0]
    shown = dict(zip(map(str, found["level"]), found["k"], strict=True))
    assert not found["k"].between(1, min_cell - 1).any()
    if len(levels) <= min_cell:
        assert found[["k", "n", "median"]].isna().all(axis=None)
    elif found["suppressed"].any():
        assert found["median"].isna().all()
        cells = {level: None if pd.isna(k) else int(k) for level, k in shown.items()}
        assert nothing_found(cells, [exactly(cells, len(levels))], min_cell)
    # with one goal, the mean score is 50 and ten times the mean level: an equation more
    assert pd.isna(overall["mean"]) == (found["suppressed"].any())
    assert pd.isna(overall["sd"]) or found["k"].notna().all()


def test_a_goal_of_few_units_is_not_found_from_the_mean_over_all():
    shared = [(f"u{i}", "funds", 1, 0) for i in range(8)]
    # two units more with a goal of their own: the mean over ten less that over eight tells of it
    own = [("v", "garden", 1, 2), ("w", "garden", 1, 1)]
    hidden = summary(levels_of(*shared, *own), 3)
    assert hidden[["n", "mean", "sd"]].isna().all(axis=None)
    # of five units with a goal each of their own it tells the mean only
    alone = [(f"w{i}", f"goal {i}", 1, 1) for i in range(5)]
    assert summary(levels_of(*shared, *alone), 3)["n"].tolist() == [13]


@pytest.mark.parametrize("levels", [(0, 0, 1, 0), (2, 1, 0, -1), (1,) * 13, (1,) * 12 + (2,)])
def test_few_scores_or_scores_alike_of_goals_of_their_own_have_no_mean(levels):
    """Mean and deviation of four scores tell each of them, and a mean of 60 that all are."""
    table = levels_of(*((f"u{i}", f"goal {i}", 1, level) for i, level in enumerate(levels)))
    assert summary(table, 3)[["n", "mean", "sd"]].isna().all(axis=None)


def test_a_unit_of_one_wave_is_not_found_from_the_difference_of_two_means():
    before, after = one_goal(*[-1] * 5, *[0] * 5), one_goal(*[0] * 4, *[1] * 4, wave=2)
    assert change_summary(pd.concat([before, after]), 1, 2, 3)["suppressed"].all()
    # two units too few to be told of; with six of them, only their mean could be found
    after = one_goal(*[0] * 4, wave=2)
    found = change_summary(pd.concat([before, after]), 1, 2, 3)
    assert found["k"].tolist() == [4, 0, 0]
    assert set(found["mean"]) == {10}


@pytest.mark.slow
def test_few_changes_in_one_direction_are_hidden_with_the_mean():
    before = one_goal(*[-1] * 6, *[0] * 6)
    after = one_goal(*[0] * 5, -1, *[-1] * 2, *[0] * 4, wave=2)
    table = pd.concat([before, after])
    assert not distribution(table, 3)["suppressed"].any()
    found = change_summary(table, 1, 2, 3)
    assert found["k"].isna().sum() >= 2
    assert found["mean"].isna().all()
    assert change_summary(table, 1, 2, 1)["k"].tolist() == [5, 5, 2]


@pytest.mark.parametrize("call", [distribution, summary, lambda t, m: change_summary(t, 1, 2, m)])
def test_a_threshold_below_one_is_refused(call):
    with pytest.raises(ValueError, match="at least 1"):
        call(one_goal(0), 0)


# what may stand beside each other


@pytest.mark.slow
def test_from_the_first_wave_to_the_last():
    table = levels_of(
        *((f"u{i}", goal, wave, wave - 2) for i in range(6) for goal in "ab" for wave in (1, 2, 3))
    )
    found = first_to_last(table, 3)
    assert found["k"].tolist() == [6, 0, 0]
    assert found[["before", "after"]].drop_duplicates().values.tolist() == [[1, 3]]
    assert first_to_last(table[table["wave"] == 2], 1).empty
    assert first_to_last(table.iloc[:0], 3).empty


@pytest.mark.slow
def test_a_unit_with_one_goal_hides_the_change_where_the_levels_are_shown():
    rows = [(f"u{i}", goal, wave, wave - 1) for i in range(6) for goal in "ab" for wave in (1, 2)]
    single = [(f"v{i}", "a", wave, wave - 1) for i in range(4) for wave in (1, 2)]
    table = levels_of(*rows, *single)
    assert change_summary(table, 1, 2, 3)["k"].tolist() == [10, 0, 0]
    found = first_to_last(table, 3)
    assert found["suppressed"].all()
    assert found[["k", "n", "mean"]].isna().all(axis=None)
    assert first_to_last(table, 1)["k"].tolist() == [10, 0, 0]


def test_what_the_only_newcomer_attained_is_not_the_difference_of_two_waves():
    before = [0] * 5 + [1] * 5
    table = pd.concat([one_goal(*before), one_goal(*before, 1, wave=2)])
    assert distribution(table, 3).groupby("wave")["n"].first().isna().tolist() == [False, True]
    assert summary(table, 3)["suppressed"].tolist() == [False, True]
    assert distribution(table, 1)["n"].notna().all()


def two_goals(*units: tuple[int, int]) -> pd.DataFrame:
    """Units with two goals, at 0 before and at these levels after."""
    rows = [
        (f"u{place}", goal, wave, level * (wave - 1))
        for place, levels in enumerate(units)
        for goal, level in zip("ab", levels, strict=True)
        for wave in (1, 2)
    ]
    return levels_of(*rows)


@pytest.mark.slow
def test_how_the_goals_of_one_unit_go_together_is_told_by_no_deviation_and_no_change():
    """Of six at 1 on each goal, five are on both: the deviation, or how many rose, tells it."""
    table = two_goals(*[(1, 1)] * 5, (1, 0), (0, 1), *[(0, 0)] * 5)
    assert not distribution(table, 3)["suppressed"].any()
    found = summary(table, 3)
    assert found["mean"].notna().all() and found["sd"].isna().all()
    assert first_to_last(table, 3)["suppressed"].all()
    assert summary(table, 1)["sd"].notna().all()


@pytest.mark.slow
def test_the_deviation_of_goals_that_may_go_together_in_many_ways_is_told():
    table = two_goals(*[(place % 3, place % 4 - 1) for place in range(20)])
    assert not distribution(table, 3)["suppressed"].any()
    assert summary(table, 3)["sd"].notna().all()
