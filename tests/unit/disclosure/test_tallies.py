"""exclusive: counts that exclude each other, as they may be published."""

import pandas as pd
import pytest

from evaluation.disclosure.tallies import publish


def published(*counts: int, min_cell: int) -> pd.DataFrame:
    return publish(pd.DataFrame({"k": counts}), [], min_cell)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("counts", "min_cell", "hidden"),
    [
        ((9, 5, 2), 1, [False] * 3),
        ((9, 5, 3), 3, [False] * 3),
        ((9, 5, 2), 3, [False, True, True]),
        # a zero beside a hidden count is hidden, and both together are still a small count
        ((9, 5, 2, 0), 3, [False, True, True, True]),
        ((9, 5, 0), 3, [False] * 3),
        ((2, 1), 3, [True, True]),
    ],
)
def test_small_counts_are_hidden_with_others_that_tell_of_them(counts, min_cell, hidden):
    found = published(*counts, min_cell=min_cell)
    assert found["suppressed"].tolist() == hidden
    assert found["k"].isna().tolist() == hidden


def test_a_group_of_few_is_hidden_with_its_number():
    assert published(2, 1, min_cell=3)["n"].isna().all()
    assert published(2, 2, min_cell=3)["n"].tolist() == [4, 4]
    assert published(1, min_cell=1)["n"].tolist() == [1]


def test_groups_are_hidden_each_by_itself():
    table = pd.DataFrame({"group": ["b", "a", "b", "a"], "k": [9, 2, 8, 7]}, index=[5, 5, 1, 0])
    found = publish(table, ["group"], 3)
    assert found["group"].tolist() == ["b", "a", "b", "a"]
    assert found["suppressed"].tolist() == [False, True, False, True]
    assert found["n"].tolist() == [17, 9, 17, 9]
