"""disclosure.numbers: what mean and quartiles tell, against a reader who tries all answers."""

from collections import defaultdict
from itertools import combinations_with_replacement, pairwise

import pandas as pd
import pytest

from evaluation.disclosure.numbers import gives_away, quartiles, summary

PERSONS, MIN_CELL, LARGEST = 8, 2, 4


def worlds(*, mean: bool) -> dict[tuple, list[tuple[int, ...]]]:
    """The figures that a reader knows -> all answers from 0 to `LARGEST` that have them."""
    found = defaultdict(list)
    for answers in combinations_with_replacement(range(LARGEST + 1), PERSONS):
        told = quartiles(pd.Series(answers, dtype=float), MIN_CELL)
        total = sum(answers) if mean else None
        found[total, *told.values()].append(answers)
    return found


def a_reader_is_certain(truth: tuple[int, ...], alike: list[tuple[int, ...]]) -> bool:
    """Whether all answers between the smallest and the largest have a number that few gave."""
    inside = [answers for answers in alike if truth[0] <= answers[0] and answers[-1] <= truth[-1]]
    small = range(1, MIN_CELL)
    return any(all(answers.count(value) in small for answers in inside) for value in set(truth))


@pytest.mark.slow
@pytest.mark.parametrize("mean", [False, True])
def test_what_is_not_given_away_is_what_a_reader_who_tries_all_answers_does_not_find(mean):
    told = {False: 0, True: 0}
    for alike in list(worlds(mean=mean).values())[::3]:
        truth = alike[0]
        # the reader knows by what step numbers grow, which is 1 for all answers here
        if 1 not in {after - before for before, after in pairwise(truth)}:
            continue
        certain = a_reader_is_certain(truth, alike)
        told[certain] += 1
        assert gives_away(pd.Series(truth, dtype=float), MIN_CELL, mean=mean) == certain, alike
    assert all(told.values())


def test_a_single_person_with_two_children_is_not_told_by_mean_and_quartiles():
    """Of 12, 5 children in all; the upper quartile rests on 2 of them: who has the other 3?"""
    given = pd.Series([0.0] * 8 + [1, 1, 1, 2])
    assert gives_away(given, 3, mean=True) and not gives_away(given, 3, mean=False)
    assert summary(given, 3).keys() == {"lower_quartile", "median", "upper_quartile"}
    assert "mean" in summary(given, 1)


def test_numbers_in_thousands_are_tried_in_thousands():
    given = pd.Series([0.0] * 8 + [1, 1, 1, 2])
    assert gives_away(given * 5000, 3, mean=True)
    assert gives_away(given / 10, 3, mean=True)


def test_ages_keep_their_mean():
    ages = pd.Series([19, 23, 24, 24, 31, 35, 35, 38, 41, 44, 52, 52, 61, 67, 70], dtype=float)
    assert len(summary(ages, 3)) == 4
