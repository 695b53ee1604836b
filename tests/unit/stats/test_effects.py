"""stats.effects: how much groups differ, and what is refused."""

from itertools import product
from math import inf, isnan

import numpy as np
import pytest
from oracles import cases
from scipy.stats import binom, chi2_contingency

from evaluation.stats.effects import (
    cramers_v,
    eta_squared,
    kendalls_w,
    paired_difference,
    risk_difference,
    risk_ratio,
)
from evaluation.stats.ranks import kruskal_wallis
from evaluation.stats.repeated import friedman

NAN = float("nan")


def ends(estimate):
    return estimate.low, estimate.high


# shares


@pytest.mark.parametrize(("given", "found"), cases("contingency", "risk_difference"))
def test_newcombes_interval_is_that_of_r(given, found):
    estimate = risk_difference(**given)
    told = estimate.value, *ends(estimate)
    assert told == pytest.approx((found["value"], found["low"], found["high"]), abs=1e-9)


def test_newcombes_own_example():
    # Newcombe (1998), table II (a): 56 of 70 against 48 of 80, method 10: .0524 to .3339
    estimate = risk_difference(56, 70, 48, 80)
    assert estimate.value == pytest.approx(0.2)
    assert ends(estimate) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@pytest.mark.parametrize(("given", "found"), cases("contingency", "risk_ratio"))
def test_koopmans_interval_is_that_of_r(given, found):
    # R stops at a tolerance of 1e-4
    wanted = float(found["low"]), float(found["high"])
    assert ends(risk_ratio(**given)) == pytest.approx(wanted, rel=1e-4)


def test_koopmans_own_example():
    # Koopman (1984): 36 of 40 against 16 of 80: 4.5, from 2.94 to 7.15
    estimate = risk_ratio(36, 40, 16, 80)
    assert (estimate.value, *ends(estimate)) == pytest.approx((4.5, 2.94, 7.15), abs=5e-3)


def test_koopmans_interval_turns_round_with_the_groups():
    for k_x, k_y in product(range(6), range(8)):
        one, other = risk_ratio(k_x, 5, k_y, 7), risk_ratio(k_y, 7, k_x, 5)
        if k_x and k_y:
            assert ends(one) == pytest.approx((1 / other.high, 1 / other.low))
        assert one.low <= one.value <= one.high or isnan(one.value)
        assert (one.low == 0) == (k_x == 0) and (one.high == inf) == (k_y == 0)
    assert isnan(risk_ratio(0, 5, 0, 7).value)


@pytest.mark.parametrize(("given", "found"), cases("contingency", "paired_difference"))
def test_bonett_and_prices_interval_is_that_of_r(given, found):
    estimate = paired_difference(**given)
    assert estimate.value == pytest.approx((given["b"] - given["c"]) / given["n"])
    assert ends(estimate) == pytest.approx((found["low"], found["high"]), abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize(("p_x", "p_y"), [(0.2, 0.5), (0.5, 0.5), (0.05, 0.1), (0.9, 0.6)])
def test_intervals_of_shares_hold_what_is_true_about_as_often_as_they_say(p_x, p_y):
    n_x, n_y = 12, 17
    difference = ratio = 0.0
    for k_x, k_y in product(range(n_x + 1), range(n_y + 1)):
        chance = binom.pmf(k_x, n_x, p_x) * binom.pmf(k_y, n_y, p_y)
        low, high = ends(risk_difference(k_x, n_x, k_y, n_y))
        difference += chance * (low <= p_x - p_y <= high)
        low, high = ends(risk_ratio(k_x, n_x, k_y, n_y))
        ratio += chance * (low <= p_x / p_y <= high)
    assert difference > 0.93 and ratio > 0.93


@pytest.mark.parametrize("of", [risk_difference, risk_ratio])
@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ((3, 2, 1, 2), "no more say yes"),
        ((1, 2, 1, 0), "no more say yes"),
        ((0, 0, 1, 2), "nobody answered"),
        ((NAN, 2, 1, 2), "whole numbers"),
        ((1, 2, 1, 2, 95), "between 0 and 1"),
    ],
)
def test_what_are_no_shares_is_refused(of, given, rule):
    with pytest.raises(ValueError, match=rule):
        of(*given)


def test_no_more_pairs_change_than_there_are():
    with pytest.raises(ValueError, match="no more say yes"):
        paired_difference(3, 3, 5)


# association


@pytest.mark.parametrize(("given", "found"), cases("contingency", "cramers_v"))
def test_cramers_v_is_that_of_r(given, found):
    v = cramers_v(**given)
    assert v.v == pytest.approx(found["v"], abs=1e-9)
    # R stops at a tolerance of 1e-4
    assert (v.low, v.high) == pytest.approx((found["low"], found["high"]), abs=1e-5)


@pytest.mark.parametrize(("given", "found"), cases("contingency", "bergsma"))
def test_the_corrected_v_is_that_of_r(given, found):
    v = cramers_v(**given)
    assert v.corrected == pytest.approx(found["corrected"], abs=1e-9)


@pytest.mark.slow
def test_the_interval_of_v_holds_it_and_begins_above_nought_where_the_test_rejects():
    generator = np.random.default_rng(3)
    rejected = 0
    for _ in range(60):
        table = generator.integers(1, 9, (3, 2)) + np.array([[0, 4], [0, 0], [4, 0]])
        v, test = cramers_v(table), chi2_contingency(table, correction=False)
        assert 0 <= v.low <= v.v <= v.high <= 1 and v.low <= v.corrected <= v.high
        assert (v.low > 0) == (test.pvalue < 0.05)
        rejected += test.pvalue < 0.05
    assert 0 < rejected < 60


def test_v_of_nobody_more_is_the_same():
    table = [[7, 2, 1], [3, 4, 5]]
    wider = [[7, 0, 2, 1], [0, 0, 0, 0], [3, 0, 4, 5]]
    assert cramers_v(table) == cramers_v(wider)
    for wrong in ([[3, 0], [4, 0]], [[3, 4], [0, 0]], [[0, 0], [0, 0]]):
        with pytest.raises(ValueError, match="go together with nothing"):
            cramers_v(wrong)


def test_eta_squared_of_yes_and_no_has_the_interval_of_v():
    counts = [[9, 3], [5, 6], [2, 8]]
    n = sum(map(sum, counts))
    ranks = kruskal_wallis([[0] * no + [1] * yes for no, yes in counts])
    assert ranks.epsilon_squared == pytest.approx(cramers_v(counts).v ** 2)
    # h is chi-squared less an n-th of it
    found, v = eta_squared(ranks), cramers_v(counts)
    assert found.low <= found.value <= found.high
    assert found.high == pytest.approx(v.high**2, abs=2 / n)


def test_eta_squared_of_groups_that_tell_all_and_nothing():
    apart = eta_squared(kruskal_wallis([[1, 2, 3], [7, 8, 9], [14, 15, 16]]))
    assert 0.5 < apart.value <= 1 and apart.low > 0
    alike = eta_squared(kruskal_wallis([[1, 2, 3], [1, 2, 3]]))
    assert (alike.value, alike.low) == (0, 0) and 0 < alike.high < 1
    assert ends(eta_squared(kruskal_wallis([[1], [2], [3]]))) == (-inf, inf)


def test_kendalls_w_is_one_where_all_agree():
    found = kendalls_w(friedman([[1, 2, 3]] * 6))
    assert (found.value, found.high) == (1, 1) and 0 < found.low < 1
    found = kendalls_w(friedman([[1, 2, 3], [3, 2, 1]]))
    assert (found.value, found.low) == (0, 0) and found.high > 0
