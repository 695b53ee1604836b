"""stats.shifts: how far two groups, or two times, lie apart, and what is refused."""

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import cases
from scipy.stats import norm

from evaluation.stats import shifts
from evaluation.stats.pairs import wilcoxon
from evaluation.stats.ranks import mann_whitney
from evaluation.stats.shifts import cliffs_delta, hodges_lehmann, hodges_lehmann_pairs

codes = st.lists(st.integers(1, 5), min_size=2, max_size=8)


def told(estimate):
    return {"value": estimate.value, "low": estimate.low, "high": estimate.high}


@pytest.mark.parametrize(
    ("of", "given", "found"),
    [
        (of, *case.values)
        for of, least in ((hodges_lehmann, 8), (hodges_lehmann_pairs, 8), (cliffs_delta, 7))
        for case in cases("ranks", of.__name__, least)
    ],
)
def test_shifts_are_those_of_r(of, given, found):
    estimate = told(of(**given))
    assert {end: estimate[end] for end in found} == pytest.approx(found, abs=1e-9)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(codes, codes)
def test_delta_is_how_much_more_often_one_is_larger(x, y):
    estimate = cliffs_delta(x, y)
    assert estimate.value == pytest.approx(2 * mann_whitney(x, y).u / len(x) / len(y) - 1)
    assert -1 <= estimate.low <= estimate.value <= estimate.high <= 1
    turned = cliffs_delta(y, x)
    assert (turned.low, turned.high) == pytest.approx((-estimate.high, -estimate.low))


def test_delta_of_groups_apart_has_the_other_end_of_feng_and_cliff():
    estimate, z = cliffs_delta([5, 6, 7, 8], [1, 2, 3, 4, 4]), norm.ppf(0.975) ** 2
    assert (estimate.value, estimate.high) == (1, 1)
    assert estimate.low == pytest.approx((4 - z) / (4 + z))
    assert cliffs_delta([1, 2], [3, 4]).low == -1
    assert cliffs_delta([1], [3, 4]).low == -inf


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(codes, codes)
def test_a_shift_within_the_interval_is_not_rejected(x, y):
    estimate = hodges_lehmann(x, y)
    assert estimate.low <= estimate.value <= estimate.high
    # a whole number and a half: no ties, for which the interval is too wide
    for shift in np.arange(-5.5, 6):
        if not estimate.low <= shift <= estimate.high:
            assert mann_whitney(np.array(x) - shift, y).p <= 0.05


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(-4, 4), min_size=1, max_size=9))
def test_a_move_beyond_the_interval_is_rejected(differences):
    estimate = hodges_lehmann_pairs(differences)
    assert estimate.low <= estimate.value <= estimate.high
    for move in np.arange(-4.75, 5):
        if not estimate.low <= move <= estimate.high:
            assert wilcoxon(np.array(differences) - move, "wilcox").p <= 0.05


def test_so_few_cannot_bound_a_shift():
    for estimate in (hodges_lehmann([1, 2], [3, 5]), hodges_lehmann_pairs([1, 2, 4])):
        assert (estimate.low, estimate.high) == (-inf, inf)
    assert hodges_lehmann([1, 2], [3, 5]).value == -2.5


def test_groups_of_hundreds_take_the_normal_distribution_which_comes_near(monkeypatch):
    generator = np.random.default_rng(2)
    x, y = generator.normal(1, 1, 40), generator.normal(0, 1, 50)
    every = hodges_lehmann(x, y), hodges_lehmann_pairs(x)
    monkeypatch.setattr(shifts, "SUMMED", 1)
    for exact, normal in zip(every, (hodges_lehmann(x, y), hodges_lehmann_pairs(x)), strict=True):
        assert (exact.method, normal.method) == ("exact", "normal")
        assert (normal.low, normal.high) == pytest.approx((exact.low, exact.high), abs=0.02)


@pytest.mark.parametrize("of", [cliffs_delta, hodges_lehmann])
@pytest.mark.parametrize("wrong", [[], [1, float("nan")], [[1, 2]]])
def test_what_are_no_answers_is_refused(of, wrong):
    for groups in ((wrong, [1]), ([1], wrong)):
        with pytest.raises(ValueError, match="at least one number"):
            of(*groups)
    with pytest.raises(ValueError, match="at least one number"):
        hodges_lehmann_pairs(wrong)
    with pytest.raises(ValueError, match="between 0 and 1"):
        of([1, 2], [3, 4], 95)
