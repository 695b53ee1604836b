"""survey.differences: whether groups differ by more than chance."""

from dataclasses import replace

import pandas as pd
import pytest
from test_groups import AGE, BOOK, FULL, PLACE, TOPICS, VIEW, question, rows_of

from evaluation.project.analyses import Plan, Planned
from evaluation.project.codebook import Codebook
from evaluation.stats.contingency import fisher
from evaluation.stats.ranks import mann_whitney
from evaluation.survey.differences import differences
from evaluation.survey.groups import by_group, numbers_by_group
from evaluation.survey.waves import indicators_by_wave

TICKED = replace(TOPICS, headline=("funds",))
WHOLE = Codebook({}, {each.id: each for each in (PLACE, VIEW, TICKED, AGE)})


def compared(rows: pd.DataFrame, book=WHOLE, min_cell=3, plan=None) -> pd.DataFrame:
    published = indicators_by_wave(rows, book, None, min_cell)
    counts = by_group(rows, book, published, min_cell)
    numbers = numbers_by_group(rows, book, published, counts, min_cell)
    return differences(rows, book, counts, numbers, min_cell, plan).set_index("question")


def test_ordered_answers_of_two_groups_are_compared_by_ranks():
    row = compared(rows_of(FULL)).loc["view"]
    places = {code: at for at, code in enumerate(VIEW.codes, start=1)}
    north, south = (
        [places[code] for (place, code), k in FULL.items() for _ in range(k) if place == group]
        for group in ("north", "south")
    )
    assert (row["test"], row["effect"]) == ("mann_whitney", "cliffs_delta")
    assert row["p"] == mann_whitney(north, south).p and row["n"] == 42 and row["groups"] == 2


def test_where_only_the_headline_is_told_it_is_what_is_tested():
    row = compared(rows_of(FULL | {("north", "bad"): 1})).loc["view"]
    assert row["test"] == "fisher" and row["p"] == fisher([(11, 5), (9, 11)]).p
    assert row["value"] == pytest.approx(11 / 16 - 9 / 20)


def test_numbers_and_ticked_options_are_compared_too():
    table = compared(rows_of(FULL))
    assert table.loc["age", "test"] == "mann_whitney"
    assert table.loc["topics", "test"] == "fisher"


def test_each_p_is_adjusted_for_all_that_was_tested_unless_a_plan_names_it():
    rows = rows_of(FULL)
    plan = Plan(None, (Planned("view", "place", {}),), "")
    explored, planned = compared(rows), compared(rows, plan=plan)
    assert set(explored["tests"]) == {3} and not explored["planned"].any()
    assert planned["tests"].to_dict() == {"view": 1, "topics": 2, "age": 2}
    assert planned.loc["view", "p_holm"] == planned.loc["view", "p"]
    assert (explored["p_holm"] >= explored["p"]).all()


def test_what_is_hidden_is_not_tested():
    few = rows_of({("north", "good"): 1, ("south", "good"): 9, ("south", "bad"): 8})
    table = compared(few)
    assert table["suppressed"].all() and set(table["refused"]) == {"hidden"}
    told = ["n", "groups", "value", "low", "high", "p", "p_holm", "least_p", "tests"]
    assert table[told].isna().all(axis=None)


@pytest.mark.parametrize(
    ("counts", "refused"),
    [
        ({("north", "good"): 9, ("south", "good"): 8}, "alike"),
        ({("north", "good"): 9, ("north", "bad"): 8}, "one_group"),
    ],
)
def test_what_cannot_differ_is_not_tested(counts, refused):
    assert compared(rows_of(counts), min_cell=1).loc["view", "refused"] == refused


def test_ordered_groups_are_tested_for_a_trend():
    sizes = question("place", "ordinal", "north", "south", "west", background=True)
    book = Codebook({}, {"place": sizes, "view": VIEW})
    counts = FULL | {("west", code): 4 for code in VIEW.codes}
    assert compared(rows_of(counts), book).loc["view", "test"] == "jonckheere"


def test_an_answer_beside_the_scale_has_no_place_on_it():
    options = [*VIEW.options, replace(VIEW.options[0], code="dk", off_scale=True)]
    book = Codebook({}, {"place": PLACE, "view": replace(VIEW, options=tuple(options))})
    counts = FULL | {("north", "dk"): 9, ("south", "dk"): 3}
    assert compared(rows_of(counts), book).loc["view", "n"] == 42


def test_without_groups_there_is_nothing_to_compare():
    book = Codebook({}, {"view": VIEW})
    assert compared(rows_of(FULL), book).empty
    assert BOOK.backgrounds == [PLACE]
