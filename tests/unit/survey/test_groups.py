"""survey.groups: answers by the groups that background questions make, as they may be published."""

from dataclasses import replace
from itertools import product

import pandas as pd
import pytest

from evaluation.project.codebook import Codebook, Collapse, Option, Question
from evaluation.survey.crosstabs import published as crosstab
from evaluation.survey.groups import by_group, numbers_by_group
from evaluation.survey.waves import indicators_by_wave

TEXT = {"da": "?", "en": "?"}


def question(name: str, kind: str, *codes: str, **fields) -> Question:
    return Question(name, kind, TEXT, TEXT, tuple(Option(code, TEXT) for code in codes), **fields)


PLACE = question("place", "single", "north", "south", background=True)
VIEW = question("view", "ordinal", "good", "fair", "poor", "bad", headline=("good", "fair"))
TOPICS = question("topics", "multiple", "funds", "people")
AGE = question("age", "number")
BOOK = Codebook({}, {each.id: each for each in (PLACE, VIEW, TOPICS, AGE)})


def rows_of(counts: dict[tuple[str, str], int], book=BOOK, **columns) -> pd.DataFrame:
    pairs = [pair for pair, k in counts.items() for _ in range(k)]
    table = pd.DataFrame(pairs, columns=["place", "view"])
    for code in TOPICS.codes:
        table[f"topics.{code}"] = pd.array([i % 2 == 0 for i in range(len(table))], "boolean")
    table["age"] = [20.0 + i for i in range(len(table))]
    return table.assign(respondent=range(len(table)), wave=1, origin="survey", **columns)


def told(rows: pd.DataFrame, min_cell: int = 3, book: Codebook = BOOK) -> pd.DataFrame:
    return by_group(rows, book, indicators_by_wave(rows, book, None, min_cell), min_cell)


FULL = dict(zip(product(("north", "south"), VIEW.codes), (5, 6, 4, 7, 4, 5, 8, 3), strict=True))
SPARSE = FULL | {("north", "bad"): 1}


def test_each_group_has_its_answers_and_how_many_gave_any():
    table = told(rows_of(FULL))
    of = table[table["question"] == "view"]
    counted = dict(zip(zip(of["group"], of["option"], strict=True), of["k"], strict=True))
    assert counted == FULL
    assert of.groupby("group")["n"].first().to_dict() == {"north": 22, "south": 20}
    assert set(of["level"]) == {"options"}
    assert set(table["question"]) == {"view", "topics"}


def test_where_an_option_would_be_hidden_the_headline_is_told_and_nothing_finer():
    table = told(rows_of(SPARSE))
    of = table[table["question"] == "view"]
    assert set(of["level"]) == {"headline"}
    shown = {(row.group, row.option): row.k for row in of.itertuples()}
    assert shown == {
        ("north", "headline"): 11,
        ("north", "others"): 5,
        ("south", "headline"): 9,
        ("south", "others"): 11,
    }


def test_without_a_threshold_all_options_are_told():
    assert set(told(rows_of(SPARSE), 1)["level"]) == {"options"}


def test_an_authors_own_table_of_the_two_has_the_same_answers_either_way():
    """A finer one would tell what this one hides."""
    rows = rows_of(SPARSE)
    indicators = indicators_by_wave(rows, BOOK, None, 3)
    one, other = (
        crosstab(rows, 1, *names, BOOK, indicators, 3)
        for names in (("place", "view"), ("view", "place"))
    )
    cells = {(row.row, row.column): row.k for row in one.itertuples()}
    assert cells == {(row.column, row.row): row.k for row in other.itertuples()}
    assert set(one["level"]) == set(other["level"]) == {"headline"}


def test_two_small_groups_are_not_told_by_their_headline_either():
    table = told(rows_of({("north", "good"): 1, ("south", "good"): 9, ("south", "bad"): 8}))
    assert table["suppressed"].all()


def test_what_only_some_were_asked_is_hidden_where_their_answer_is_by_group():
    """How many of a group were asked is how many of it gave that answer."""
    more = question("more", "single", "yes", "no", base=("view", "good"))
    book = Codebook({}, {each.id: each for each in (PLACE, VIEW, more)})
    for counts, hidden in ((FULL, False), (SPARSE, True)):
        rows = rows_of(counts)
        asked = rows["view"] == "good"
        rows["more"] = pd.Series(["yes", "no"] * len(rows))[: len(rows)].where(asked)
        whole = pd.concat([rows] * 3, ignore_index=True)
        if hidden:  # three times one would be no small count
            whole = pd.concat([whole, rows[rows["view"] != "bad"]], ignore_index=True)
            whole = whole.drop(
                whole.index[(whole["view"] == "bad") & (whole["place"] == "north")][1:]
            )
        whole["respondent"] = range(len(whole))
        table = told(whole, 3, book)
        assert table.loc[table["question"] == "more", "suppressed"].all() == hidden


def test_small_groups_are_joined_as_the_codebook_says():
    place = question("place", "single", "north", "south", "west", background=True)
    joined = replace(place, collapse=(Collapse("elsewhere", TEXT, ("south", "west")),))
    book = Codebook({}, {"place": joined, "view": VIEW})
    counts = FULL | {("west", "good"): 1}
    table = told(rows_of(counts), 3, book)
    assert set(table["group"]) == {"north", "elsewhere"} and not table["suppressed"].any()


def test_rows_that_were_rebuilt_have_no_groups():
    rows = rows_of(FULL).assign(origin="reconstructed")
    published = indicators_by_wave(rows, BOOK, None, 1)
    assert by_group(rows, BOOK, published, 1).empty
    counts = by_group(rows, BOOK, published, 1)
    assert numbers_by_group(rows, BOOK, published, counts, 1).empty


# numbers


def numbers(sizes: dict[str, int], min_cell: int = 3) -> pd.DataFrame:
    place = question("place", "single", *sizes, background=True)
    book = Codebook({}, {"place": place, "age": AGE})
    groups = [name for name, size in sizes.items() for _ in range(size)]
    rows = pd.DataFrame({"place": groups, "age": [20.0 + i % 17 for i in range(len(groups))]})
    rows = rows.assign(respondent=range(len(rows)), wave=1, origin="survey")
    published = indicators_by_wave(rows, book, None, min_cell)
    counts = by_group(rows, book, published, min_cell)
    return numbers_by_group(rows, book, published, counts, min_cell).set_index("group")


def test_the_mean_of_each_group_is_told():
    table = numbers({"a": 34, "b": 17})
    assert table["mean"].to_dict() == {"a": 28, "b": 28}
    assert table["n"].to_dict() == {"a": 34, "b": 17}


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"a": 34, "b": 17, "c": 4}, {"a"}),  # the others are not enough without b
        ({"a": 34, "b": 17, "c": 6, "d": 8}, {"a", "b"}),  # two small ones together are
        ({"a": 34, "b": 5}, set()),
    ],
)
def test_no_difference_of_means_is_that_of_few(sizes, shown):
    table = numbers(sizes)
    assert set(table.index[~table["suppressed"]]) == shown
    assert not numbers(sizes, 1)["suppressed"].any()
