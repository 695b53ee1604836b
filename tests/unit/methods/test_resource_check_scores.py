"""resource_check: levels of associations and municipalities, and how they change."""

from functools import cache
from itertools import combinations_with_replacement, product
from math import comb
from random import Random
from statistics import median

import pandas as pd
import pytest
from fragments import codes_of, fragment
from refusals import refusal, tells
from worlds import Worlds, figures

from evaluation.disclosure import exactly, ranges
from evaluation.methods.resource_check.scores import (
    SIDES,
    change,
    check_sides,
    first_to_last,
    profile,
    sides,
)
from evaluation.methods.resource_check.tables import LEVELS, TABLES, TOPICS
from evaluation.project.raw_tables import describe
from evaluation.project.tables import read_table
from evaluation.stats.comparisons import holm
from evaluation.stats.pairs import sign_test, wilcoxon
from evaluation.stats.ranks import mann_whitney

COLUMNS = ["unit", "side", "wave", "topic", "level"]


def checks(*blocks) -> pd.DataFrame:
    """Rows from (side, wave, topic, positions by unit); None for no answer."""
    rows = [
        (f"{side}_{number}", side, wave, topic, LEVELS[position - 1])
        for side, wave, topic, positions in blocks
        for number, position in enumerate(positions)
        if position is not None
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"wave": "Int64"})


def moves(steps, side="association", topic="vision") -> pd.DataFrame:
    """Two waves of one topic from (position before, position after) by unit."""
    before, after = zip(*steps, strict=True)
    return checks((side, 1, topic, before), (side, 2, topic, after))


def of(table: pd.DataFrame, **where) -> pd.DataFrame:
    for column, value in where.items():
        table = table[table[column] == value]
    return table


def row(table: pd.DataFrame, **where) -> pd.Series:
    found = of(table, **where)
    assert len(found) == 1
    return found.iloc[0]


# the data


def test_the_table_is_read_and_a_level_of_another_scale_refused(tmp_path):
    path = tmp_path / "resource_checks.csv"
    good = "unit,side,wave,topic,level\na,association,1,vision,begun\n"
    path.write_text(good)
    assert read_table(path, *describe(path, "resource_checks")[:2], "x.csv")["wave"].tolist() == [1]
    path.write_text(good + "b,municipality,1,vision,3\n")
    message = refusal(read_table, path, *describe(path, "resource_checks")[:2], "x.csv")
    tells(message, "row 3, column level", "not_started, begun, in_place, in_use", "'3'")


def test_a_unit_on_both_sides_is_refused():
    table = checks(("association", 1, "vision", [1, 2]), ("association", 2, "vision", [1, 2]))
    table.index = range(2, 6)
    check_sides(table)
    table.loc[5, "side"] = "municipality"
    message = refusal(check_sides, table)
    tells(message, "data/raw/resource_checks.csv, row 5, column side", "association_1")
    tells(message, "'municipality'", "Remedy: correct the side")


def test_the_codebook_has_a_question_a_topic_with_the_levels_of_the_table_best_first():
    codebook = fragment("resource_check")
    columns = TABLES["resource_checks"][0]
    for topic in codes_of(columns["topic"]):
        question = codebook.questions[f"resource_check_{topic}"]
        assert question.type == "ordinal"
        assert tuple(question.codes[::-1]) == LEVELS
    assert set(LEVELS) == codes_of(columns["level"])
    assert len(codebook.questions) == 1 + len(TOPICS) == 9


# one wave


def test_a_profile_counts_the_units_on_each_level():
    table = checks(
        ("municipality", 1, "vision", [4, 4]),
        ("association", 1, "vision", [1, 2, 2, None]),
        ("association", 1, "strategy", [1, 1, 2, 3]),
        ("association", 2, "vision", [2, 2, 2, 2]),
    )
    found = profile(table, 1)
    # sides in their own order, every topic and level of the sides and waves that occur
    assert len(found) == 3 * 8 * 4
    assert list(found[["side", "wave"]].drop_duplicates().itertuples(index=False, name=None)) == [
        ("association", 1),
        ("municipality", 1),
        ("association", 2),
    ]
    vision = of(found, side="association", wave=1, topic="vision")
    assert vision["level"].tolist() == list(LEVELS)
    assert vision["k"].tolist() == [1, 2, 0, 0]
    assert (vision["n"] == 3).all()
    assert (vision["median"] == 2).all()
    # an even number: half-way between the two in the middle
    assert row(found, side="association", topic="strategy", wave=1, level="begun")["median"] == 1.5
    assert not found["suppressed"].any()
    # nobody answered
    unasked = of(found, side="municipality", topic="strategy")
    assert unasked["n"].tolist() == [0] * 4
    assert unasked["median"].isna().all()


@pytest.mark.slow
def test_a_profile_without_threshold_adds_up_to_the_rows():
    random = Random(1)
    table = checks(
        *(
            (side, wave, topic, [random.choice([None, 1, 2, 3, 4]) for _ in range(9)])
            for side, wave, topic in product(SIDES, (1, 2), TOPICS)
        )
    )
    found = profile(table, 1)
    assert found["k"].sum() == len(table)
    for (side, wave, topic), rows in found.groupby(["side", "wave", "topic"]):
        positions = of(table, side=side, wave=wave, topic=topic)["level"].map(LEVELS.index) + 1
        assert rows["n"].iloc[0] == len(positions)
        assert rows["median"].iloc[0] == median(positions)


@pytest.mark.slow
def test_both_sides_are_compared_by_medians_and_ranks():
    association, municipality = [1, 1, 2, 2, 2, 3], [2, 3, 3, 4, 4]
    table = checks(
        ("association", 1, "vision", association), ("municipality", 1, "vision", municipality)
    )
    found = row(sides(table, 1), topic="vision")
    assert (found["median_association"], found["median_municipality"], found["gap"]) == (2, 3, -1)
    expected = mann_whitney(association, municipality)
    assert (found["u"], found["p"]) == (expected.u, expected.p)
    # the seven other topics had no answers: one test was run
    assert (found["tests"], found["p_holm"], found["refused"]) == (1, expected.p, "")
    others = of(sides(table, 1), tests=1).drop(found.name)
    assert set(others["refused"]) == {"no_group"}
    assert others["p"].isna().all()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("associations", "municipalities", "refused", "least"),
    [
        (6, 1, "no_group", None),
        (3, 3, "too_few", None),  # 2 of 20 divisions are as far apart as can be
        (4, 3, "", 1 / comb(7, 3)),
        (4, 4, "", 2 / comb(8, 4)),
        (20, 2, "", 1 / comb(22, 2)),
        (6, 2, "", 1 / comb(8, 2)),
        (5, 2, "", 1 / comb(7, 2)),
        (4, 2, "too_few", None),
    ],
)
def test_sides_are_not_compared_where_no_answers_could_tell_them_apart(
    associations, municipalities, refused, least
):
    table = checks(
        ("association", 1, "vision", [4] * associations),
        ("municipality", 1, "vision", [1] * municipalities),
    )
    found = row(sides(table, 1), topic="vision")
    assert found["refused"] == refused
    assert found["gap"] == 3
    if least is None:
        assert pd.isna(found["p"])
        assert found["tests"] == 0
    else:
        # as far apart as can be: this is the smallest p
        assert found["p"] == pytest.approx(least)
        assert found["least_p_holm"] == pytest.approx(least)


# two waves


@pytest.mark.slow
def test_change_counts_the_units_that_are_in_both_waves():
    steps = [(1, 3), (1, 2), (2, 2), (3, 2), (1, None), (None, 4)]
    found = row(change(moves(steps), 1, 2, 1), topic="vision")
    assert found[["pairs", "up", "same", "down"]].tolist() == [4, 2, 1, 1]
    # four pairs cannot give a p of 5 per cent: 2 of 16 signs
    assert found["refused"] == "too_few"
    assert pd.isna(found["p_sign"])
    turned = row(change(moves(steps), 2, 1, 1), topic="vision")
    assert turned[["up", "down"]].tolist() == [1, 2]


@pytest.mark.slow
def test_change_is_tested_by_sign_and_by_rank():
    steps = [(1, 3), (1, 2), (2, 2), (3, 2), (1, 4), (1, 2), (2, 3), (2, 2)]
    found = row(change(moves(steps), 1, 2, 1), topic="vision")
    differences = [after - before for before, after in steps]
    assert found["p_sign"] == sign_test(differences).p
    assert found["zeros"] == "pratt"
    assert found["p_wilcoxon"] == wilcoxon(differences, "pratt").p
    assert wilcoxon(differences, "pratt").zero_count == found["same"] == 2


@pytest.mark.slow
@pytest.mark.parametrize(("pairs", "refused"), [(0, "no_pairs"), (5, "too_few"), (6, "")])
def test_a_test_is_refused_for_the_number_of_pairs(pairs, refused):
    steps = [(1, 2)] * pairs + [(1, None), (None, 2)]
    found = row(change(moves(steps), 1, 2, 1), topic="vision")
    assert found["refused"] == refused
    # never for what they answered: six units that all stayed are tested
    if pairs == 6:
        still = row(change(moves([(2, 2)] * 6), 1, 2, 1), topic="vision")
        assert (still["refused"], still["p_sign"], still["p_wilcoxon"]) == ("", 1, 1)


@pytest.mark.slow
def test_the_tests_of_a_side_are_one_family():
    random = Random(2)
    waves = {
        (side, topic): [
            (before, min(4, before + random.choice([0, 0, 1, 1, 1, 2])))
            for before in random.choices([1, 2, 3], k=units)
        ]
        for side, units in (("association", 12), ("municipality", 7))
        for topic in TOPICS[: 8 if side == "association" else 5]
    }
    table = pd.concat([moves(steps, *where) for where, steps in waves.items()])
    found = change(table, 1, 2, 1)
    for side, tests, units in (("association", 8, 12), ("municipality", 5, 7)):
        rows = of(found, side=side, refused="").set_index("topic")
        assert rows["tests"].tolist() == [tests] * tests
        for name in ("p_sign", "p_wilcoxon"):
            assert rows[f"{name}_holm"].to_dict() == holm(rows[name].to_dict()).adjusted
        assert (rows["least_p_holm"] == tests * 2 / 2**units).all()


@pytest.mark.slow
def test_no_outcome_of_a_family_goes_below_its_least_p():
    best = [moves([(1, 4)] * 9, topic=topic) for topic in TOPICS]
    found = change(pd.concat(best), 1, 2, 1)
    assert found["p_sign_holm"].tolist() == pytest.approx(found["least_p_holm"].tolist())
    assert found["least_p_holm"].iloc[0] == pytest.approx(8 * 2 / 2**9)


def test_a_change_is_between_two_waves():
    with pytest.raises(ValueError, match="between two waves, not 1 and 1"):
        change(moves([(1, 2)]), 1, 1, 1)


# what is hidden


def published(table: pd.DataFrame, min_cell: int) -> dict[tuple, float]:
    levels = of(profile(table, min_cell), topic="vision")
    moved = of(change(table, 1, 2, min_cell), topic="vision")
    return figures(levels, ["wave", "level"], ["k"]) | figures(
        moved, ["topic"], ["up", "same", "down", "p_wilcoxon"]
    )


def facts(steps) -> dict[tuple, float]:
    """What `published` could show of steps between answered levels."""
    found = {}
    for wave, position in product((1, 2), range(1, 5)):
        k = sum(step[wave - 1] == position for step in steps)
        found["k", wave, LEVELS[position - 1]] = k
    differences = [after - before for before, after in steps]
    for name, sign in (("up", 1), ("same", 0), ("down", -1)):
        found[name, "vision"] = sum((d > 0) - (d < 0) == sign for d in differences)
    found["p_wilcoxon", "vision"] = p_wilcoxon(tuple(sorted(differences)))
    return found


@cache
def p_wilcoxon(differences: tuple[int, ...]) -> float:
    return round(wilcoxon(differences, "pratt").p, 9)


def secrets(steps) -> dict[tuple, int]:
    """Units by where they came from and went, by level, and by the direction of the step."""
    found = {("step", *step): steps.count(step) for step in product((1, 2, 3), repeat=2)}
    for position in (1, 2, 3):
        found["before", position] = sum(step[0] == position for step in steps)
        found["after", position] = sum(step[1] == position for step in steps)
        found["moved from", position] = sum(a == position != b for a, b in steps)
    found["up"] = sum(a < b for a, b in steps)
    found["down"] = sum(a > b for a, b in steps)
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("units", "min_cell"), [(7, 2), (8, 3)])
def test_nobody_finds_a_small_group_in_profile_and_change_together(units, min_cell):
    # every way in which the units could have moved between three levels
    all_steps = combinations_with_replacement(list(product((1, 2, 3), repeat=2)), units)
    worlds = Worlds(all_steps, facts, secrets)
    small = range(1, min_cell)
    some = Random(3).sample(worlds.worlds, 12)
    some += Random(4).sample(worlds.without_small(small), 12)
    shown = [published(moves(steps), min_cell) for steps in some]
    assert any(("up", "vision") in figure for figure in shown)
    assert worlds.given_away(shown, small, kept={"k"}) == []


@pytest.mark.slow
def test_the_attacker_finds_what_is_not_hidden():
    worlds = Worlds(combinations_with_replacement([(1, 1), (1, 2)], 5), facts, secrets)
    shown = [published(moves(steps), 1) for steps in worlds.worlds]
    assert worlds.given_away(shown, range(1, 3))


@pytest.mark.slow
def test_a_solver_recovers_no_hidden_count_of_a_profile():
    random = Random(5)
    table = checks(
        *(
            (side, wave, topic, random.choices([None, 1, 2, 3, 4], [1, 5, 4, 2, 1], k=units))
            for side, units in (("association", 21), ("municipality", 5))
            for wave in (1, 2)
            for topic in TOPICS
        )
    )
    found = profile(table, 3)
    assert 0 < found["suppressed"].sum() < len(found)
    small = range(1, 3)
    for _, rows in found.groupby(["side", "wave", "topic"]):
        assert not any(k in small for k in rows["k"].dropna())
        if not rows["suppressed"].any():
            continue
        assert rows["median"].isna().all()
        if rows["n"].isna().all():
            continue
        cells = {r.level: None if pd.isna(r.k) else int(r.k) for r in rows.itertuples()}
        n = exactly(cells, int(rows["n"].iloc[0]))
        told, informed = ranges(cells, [n]), ranges(cells, [n], small)
        for cell, (low, high) in informed.items():
            assert low < high
            assert not (low in small and high in small)
            assert told[cell][1] >= 3


@pytest.mark.slow
def test_a_solver_recovers_no_small_step_from_a_change_that_is_shown():
    steps = [(1, 2)] * 4 + [(1, 1)] * 3 + [(2, 3)] * 4 + [(3, 2)] * 3 + [(2, 2)] * 3
    table = moves(steps)
    moved = row(change(table, 1, 2, 3), topic="vision")
    levels = of(profile(table, 3), topic="vision").set_index(["wave", "level"])["k"]
    assert not moved["suppressed"]
    pairs = list(product(LEVELS, repeat=2))
    going = {step: LEVELS.index(step[1]) - LEVELS.index(step[0]) for step in pairs}
    sums = [exactly([s for s in pairs if going[s] > 0], moved["up"])]
    sums += [exactly([s for s in pairs if going[s] == 0], moved["same"])]
    for level in LEVELS:
        sums += [exactly([s for s in pairs if s[0] == level], levels[1, level])]
        sums += [exactly([s for s in pairs if s[1] == level], levels[2, level])]
    found = ranges(dict.fromkeys(pairs), sums)
    assert not any(low in (1, 2) and high in (1, 2) for low, high in found.values())


@pytest.mark.slow
def test_a_change_that_would_single_out_one_unit_is_hidden():
    # all counts of both tables are large, but together they leave one unit that stayed put
    steps = [(1, 1)] + [(1, 2)] * 3 + [(2, 1)] * 3 + [(2, 2)] * 3
    table = moves(steps)
    assert of(profile(table, 3), topic="vision", suppressed=True).empty
    moved = row(change(table, 1, 2, 3), topic="vision")
    assert (moved["suppressed"], moved["refused"]) == (True, "hidden")
    assert moved[["pairs", "up", "same", "down", "p_sign", "p_wilcoxon"]].isna().all()
    assert row(change(table, 1, 2, 1), topic="vision")["up"] == 3


@pytest.mark.slow
def test_how_far_few_units_moved_is_hidden_alone():
    up, down = [(1, 2)] * 5 + [(2, 3)] * 4 + [(1, 3)], [(2, 1)] * 3 + [(3, 2)] * 3
    steps = up + down + [(1, 1)] * 4 + [(2, 2)] * 5 + [(3, 3)] * 4
    moved = row(change(moves(steps), 1, 2, 3), topic="vision")
    assert not moved["suppressed"]
    assert moved[["up", "same", "down"]].tolist() == [10, 13, 6]
    assert moved["p_sign"] == sign_test([1] * 10 + [-1] * 6).p
    assert pd.isna(moved["p_wilcoxon"])
    assert pd.isna(moved["p_wilcoxon_holm"])


@pytest.mark.slow
def test_a_hidden_test_counts_in_its_family_and_tells_nothing():
    clear = [(1, 2)] * 12 + [(2, 2)] * 4 + [(2, 3)] * 4
    hidden = {name: [(1, 2)] * 12 + [(3, last)] * 2 for name, last in (("up", 4), ("down", 1))}
    found = {
        name: change(pd.concat([moves(clear), moves(steps, topic="strategy")]), 1, 2, 3)
        for name, steps in hidden.items()
    }
    pd.testing.assert_frame_equal(found["up"], found["down"])
    vision = row(found["up"], topic="vision")
    assert vision["tests"] == 8  # the six without answers are hidden, too
    assert vision["p_sign_holm"] == pytest.approx(8 * vision["p_sign"])


@pytest.mark.slow
def test_sides_are_hidden_where_a_level_of_either_is():
    table = checks(
        ("association", 1, "vision", [1] * 5 + [2] * 5),
        ("municipality", 1, "vision", [1] * 4 + [2]),
        ("association", 1, "strategy", [1] * 5 + [2] * 5),
        ("municipality", 1, "strategy", [3] * 5),
    )
    found = sides(table, 3)
    vision, strategy = row(found, topic="vision"), row(found, topic="strategy")
    assert (vision["refused"], vision["median_association"]) == ("hidden", 1.5)
    assert vision[["median_municipality", "gap", "u", "p", "p_holm"]].isna().all()
    assert (strategy["gap"], strategy["refused"]) == (-1.5, "")


@pytest.mark.slow
def test_the_change_from_the_first_wave_to_the_last_names_them_and_one_wave_has_none():
    table = pd.DataFrame(
        [
            (f"u{unit}", "association", wave, "vision", level)
            for unit in range(4)
            for wave, level in ((1, "begun"), (2, "not_started"), (4, "in_use"))
        ],
        columns=["unit", "side", "wave", "topic", "level"],
    ).astype({"wave": "Int64"})
    found = first_to_last(table, 1)
    waves = found[["before", "after"]].drop_duplicates().to_numpy().tolist()
    assert waves == [[1, 4]]
    counts = found.drop(columns=["before", "after"])
    pd.testing.assert_frame_equal(counts, change(table, 1, 4, 1))
    assert first_to_last(table[table["wave"] == 2], 1).empty
    assert first_to_last(table.iloc[:0], 3).empty


def test_what_the_only_newcomer_answered_is_not_the_difference_of_two_waves():
    before = [1, 1, 1, 2, 2, 2, 3, 3, 3]
    side = "association"
    table = checks(
        (side, 1, "vision", before),
        (side, 2, "vision", [*before, 3]),
        (side, 1, "strategy", before),
    )
    told = of(profile(table, 3), topic="vision").drop_duplicates("wave").set_index("wave")
    assert told["n"].isna().tolist() == [False, True]
    assert row(sides(table, 3), topic="vision", wave=2)[f"n_{side}"] is pd.NA
    assert row(change(table, 1, 2, 3), topic="vision")["refused"] == "hidden"
    assert row(of(profile(table, 3), topic="strategy"), wave=1, level=LEVELS[0])["k"] == 3
    assert of(profile(table, 1), topic="vision", wave=2)["k"].sum() == 10
