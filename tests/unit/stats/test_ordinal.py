"""stats.ordinal: answers on an ordered scale, summed up from their counts."""

from itertools import product
from statistics import median as middle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.stats.ordinal import agreement, median

counts = st.lists(st.integers(0, 20), min_size=3, max_size=7).filter(any)


def test_agreement_of_the_example_in_the_r_package():
    # R package agrmt, ?agreement: "The rate of agreement is given as 0.6113333"
    assert agreement([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.6113333, abs=5e-8)


@pytest.mark.parametrize("levels", range(3, 8))
def test_agreement_has_the_ends_that_van_der_eijk_gives_it(levels):
    # van der Eijk (2001): 1 unimodal in one level, 0 uniform, -1 half at each end
    assert agreement([0, 7, *[0] * (levels - 2)]) == 1
    assert agreement([3] * levels) == 0
    assert agreement([5, *[0] * (levels - 2), 5]) == pytest.approx(-1)


def test_agreement_of_filled_levels_side_by_side_falls_evenly():
    # a block of S of K levels: 1 - (S - 1) / (K - 1)
    assert [agreement([1] * s + [0] * (5 - s)) for s in range(1, 6)] == [1, 0.75, 0.5, 0.25, 0]


def test_a_gap_between_answers_counts_against_agreement():
    near, far, ends = [4, 4, 0, 0, 0], [4, 0, 4, 0, 0], [4, 0, 0, 0, 4]
    assert agreement(near) > agreement(far) > agreement(ends)


@pytest.mark.slow
@given(counts)
def test_agreement_does_not_mind_the_direction_of_the_scale_or_how_many_answered(given_):
    found = agreement(given_)
    assert -1 - 1e-9 <= found <= 1 + 1e-9
    assert agreement(given_[::-1]) == pytest.approx(found)
    assert agreement([3 * count for count in given_]) == pytest.approx(found)


def test_the_median_is_the_middle_answer():
    for given_ in product(range(4), repeat=4):
        if any(given_):
            answers = [position for position, k in enumerate(given_, 1) for _ in range(k)]
            assert median(given_) == middle(answers)


@pytest.mark.parametrize("of", [median, agreement])
@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ([0, 0, 0], "nobody answered"),
        ([1, -1, 2], "at least 0"),
        ([0.5, 1, 1], "whole numbers"),
        ([1, float("nan"), 1], "whole numbers"),
    ],
)
def test_what_are_no_counts_of_answers_is_refused(of, wrong, rule):
    with pytest.raises(ValueError, match=rule):
        of(wrong)


def test_agreement_needs_a_scale():
    with pytest.raises(ValueError, match="at least three levels, not 2"):
        agreement([1, 2])
