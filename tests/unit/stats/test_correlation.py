"""stats.correlation: two ordered answers, and what is refused."""

from itertools import permutations
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import cases
from scipy.stats import kendalltau

from evaluation.stats import correlation
from evaluation.stats.contingency import fisher
from evaluation.stats.correlation import tau_b, tau_b_interval

TEA = [[3, 1], [1, 3]]

small = st.integers(-3, 3)


def test_tau_b_of_two_by_two_answers_is_fishers_test():
    x = [1, 1, 1, 1, 2, 2, 2, 2]
    found = tau_b(x, [1, 1, 1, 2, 1, 2, 2, 2])
    assert found.tau == pytest.approx(0.5)
    assert found.p == pytest.approx(fisher(TEA).p)
    assert (found.n, found.orders, found.exact) == (8, 70, True)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(small, small), min_size=2, max_size=5))
def test_tau_b_tries_every_order(pairs):
    x, y = map(list, zip(*pairs, strict=True))
    if min(len(set(x)), len(set(y))) < 2:
        return
    taus = [kendalltau(x, order).statistic for order in permutations(y)]
    observed = kendalltau(x, y).statistic
    found = tau_b(x, y)
    assert found.exact
    assert found.tau == pytest.approx(observed)
    assert found.p == pytest.approx(np.mean(np.abs(taus) >= abs(observed) - 1e-9))


@pytest.mark.slow
def test_tau_b_without_ties_is_the_tabulated_test():
    for order in ((2, 1, 4, 3, 6, 5, 7), (7, 5, 6, 4, 3, 1, 2), (3, 6, 1, 7, 2, 5, 4)):
        other = kendalltau(range(7), order, method="exact")
        found = tau_b(range(7), order)
        assert (found.tau, found.p) == pytest.approx((other.statistic, other.pvalue))
        assert found.orders == 5040


@pytest.mark.slow
def test_tau_b_does_not_mind_which_answer_comes_first():
    x, y = [5] * 12 + [4, 3, 3, 2], [1, 2, 3, 4, 5, 5, 4, 5, 2, 3, 4, 5, 5, 5, 5, 5]
    assert tau_b(x, y) == tau_b(y, x)
    assert tau_b(x, y).orders == 21840  # 16! / (12! 1! 2! 1!)


@pytest.mark.slow
def test_more_orders_are_drawn_from_a_seed():
    x, y = list(range(16)), [1, 0, 3, 5, 2, 8, 6, 4, 10, 7, 9, 15, 11, 13, 12, 14]
    found = tau_b(x, y, seed=7)
    assert not found.exact
    assert found == tau_b(x, y, seed=7)
    # the observed order counts with those drawn, so p is never nought
    assert (found.orders, found.p) == (10_000, 1 / 10_000)
    weak = y[::2] + y[1::2]
    assert len({tau_b(x, weak, seed=seed).p for seed in range(5)}) > 1


@pytest.mark.slow
def test_drawn_orders_come_near_to_all_of_them(monkeypatch):
    x, y = [1] * 8 + [2] * 8, [1, 2, 3, 4, 5, 5, 4, 5, 2, 3, 4, 5, 5, 5, 5, 5]
    every = tau_b(x, y)
    monkeypatch.setattr(correlation, "ENUMERATED", 0)
    drawn = tau_b(x, y)
    assert every.exact and not drawn.exact
    assert drawn.p == pytest.approx(every.p, abs=0.02)


@pytest.mark.parametrize(
    ("x", "y", "rule"),
    [
        ([1, 2, 3], [1, 2], "3 answers against 2"),
        ([1, 1, 1], [1, 2, 3], "all alike"),
        ([1, 2, 3], [2, 2, 2], "all alike"),
        ([1, 2, None], [1, 2, 3], "none missing"),
    ],
)
def test_tau_b_refuses_what_has_no_order(x, y, rule):
    with pytest.raises(ValueError, match=rule):
        tau_b(x, y)


@pytest.mark.parametrize(("given", "found"), cases("ranks", "tau_b_interval"))
def test_the_interval_of_tau_b_is_that_of_its_change_with_each_respondent(given, found):
    estimate = tau_b_interval(**given)
    told = estimate.value, estimate.low, estimate.high
    assert told == pytest.approx((found["value"], found["low"], found["high"]), abs=1e-6)
    turned = tau_b_interval(given["y"], given["x"])
    assert (turned.low, turned.high) == pytest.approx((estimate.low, estimate.high))


def test_answers_that_go_together_without_exception_have_no_other_end():
    up, down = tau_b_interval([1, 2, 3], [4, 5, 6]), tau_b_interval([1, 2, 3], [6, 5, 4])
    assert (up.value, up.low, up.high) == (1, -inf, 1)
    assert (down.value, down.low, down.high) == (-1, -1, inf)
    with pytest.raises(ValueError, match="all alike"):
        tau_b_interval([1, 1], [1, 2])
