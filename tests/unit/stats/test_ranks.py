"""stats.ranks: ranks between groups, and what is refused."""

from itertools import combinations, permutations, product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import cases
from scipy.stats import mannwhitneyu, rankdata

from evaluation.stats import networks, ranks
from evaluation.stats.ranks import jonckheere, kruskal_wallis, mann_whitney

small = st.integers(-3, 3)


def test_mann_whitney_of_the_rotating_rats():
    # Bergmann, Ludbrook and Spooren (2000); R package coin, ?rotarod: 12 control rats that all
    # held out to the end, 12 treated; exact two-sided p = .0373, asymptotic .0147. Both are those
    # of five treated rats that fell earlier; when they fell makes no difference
    control, treated = [300] * 12, [10, 20, 30, 40, 50, *[300] * 7]
    other = mannwhitneyu(control, treated, method="asymptotic", use_continuity=False)
    assert other.pvalue == pytest.approx(0.0147, abs=5e-5)
    found = mann_whitney(control, treated)
    assert found.p == pytest.approx(2 * comb(19, 7) / comb(24, 12))
    assert found.p == pytest.approx(0.0373, abs=5e-5)
    assert (found.u, found.n_x, found.n_y) == (5 * 12 + 7 * 12 / 2, 12, 12)


def test_mann_whitney_of_groups_of_different_size_with_ties():
    # R package exactRankTests, tests/reg-tests.R, blood pressure, from StatXact: p = .0989
    treatment = [94, 108, 110, 90]
    control = [80, 94, 85, 90, 90, 90, 108, 94, 78, 105, 88]
    assert mann_whitney(treatment, control).p == pytest.approx(0.0989, abs=5e-5)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(small, min_size=1, max_size=5), st.lists(small, min_size=1, max_size=5))
def test_mann_whitney_tries_every_division(x, y):
    ranked = rankdata(x + y)
    mean = len(x) * (len(x) + len(y) + 1) / 2
    sums = [ranked[list(group)].sum() for group in combinations(range(len(ranked)), len(x))]
    far = np.abs(np.array(sums) - mean) >= abs(ranked[: len(x)].sum() - mean)
    found = mann_whitney(x, y)
    assert found.p == pytest.approx(far.mean())
    assert found.u == sum((a > b) + (a == b) / 2 for a, b in product(x, y))
    assert found.p == pytest.approx(mann_whitney(y, x).p)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=40, unique=True), st.data())
def test_mann_whitney_without_ties_is_the_tabulated_test(values, data):
    cut = data.draw(st.integers(1, len(values) - 1))
    other = mannwhitneyu(values[:cut], values[cut:], method="exact")
    found = mann_whitney(values[:cut], values[cut:])
    assert (found.u, found.p) == pytest.approx((other.statistic, other.pvalue))


def test_groups_that_are_all_alike_do_not_differ():
    assert mann_whitney([2, 2], [2, 2, 2]).p == 1


@pytest.mark.parametrize("wrong", [[], [1, float("nan")], [[1, 2]]])
def test_an_empty_group_or_a_missing_value_is_refused(wrong):
    for groups in ((wrong, [1]), ([1], wrong)):
        with pytest.raises(ValueError, match="a group is a list of at least one number"):
            mann_whitney(*groups)


@pytest.mark.slow
def test_mann_whitney_of_many_draws_what_it_would_else_go_through(monkeypatch):
    generator = np.random.default_rng(7)
    x, y = generator.integers(1, 6, 40), generator.integers(1, 6, 40) + generator.integers(0, 2, 40)
    every = mann_whitney(x, y)
    monkeypatch.setattr(ranks, "SUMMED", 1)
    drawn = mann_whitney(x, y)
    assert every.exact and not drawn.exact
    # four standard errors of a share of 9,999 draws
    assert drawn.p == pytest.approx(every.p, abs=4 * (every.p / 9_999) ** 0.5)
    assert mann_whitney(x, y) == drawn != mann_whitney(x, y, seed=2)


@pytest.mark.slow
def test_mann_whitney_of_thousands_ends():
    x, y = np.arange(3_000) % 7, (np.arange(3_000) + 1) % 7
    assert 0 < mann_whitney(x, y).p <= 1


# several groups


@pytest.mark.parametrize(("given", "found"), cases("ranks", "kruskal_wallis"))
def test_kruskal_wallis_is_that_of_r(given, found):
    test = kruskal_wallis(**given)
    assert test.exact
    assert (test.h, test.p) == pytest.approx((found["h"], found["p"]), abs=1e-9)


@pytest.mark.parametrize(("given", "found"), cases("ranks", "jonckheere"))
def test_jonckheere_is_that_of_r(given, found):
    test = jonckheere(**given)
    assert test.exact
    assert (test.statistic, test.p) == pytest.approx((found["statistic"], found["p"]), abs=1e-9)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(small, min_size=1, max_size=5), st.lists(small, min_size=1, max_size=5))
def test_of_two_groups_both_are_mann_whitneys_test(x, y):
    test = mann_whitney(x, y)
    trend = jonckheere([y, x])
    assert (trend.statistic, trend.p) == pytest.approx((test.u, test.p))
    assert kruskal_wallis([x, y]).p == pytest.approx(test.p)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(small, min_size=1, max_size=3), min_size=2, max_size=3))
def test_kruskal_wallis_and_jonckheere_try_every_division(groups):
    flat = [value for group in groups for value in group]
    sizes = [len(group) for group in groups]
    ranked, ends = rankdata(flat), np.cumsum(sizes)[:-1]

    def both(order):
        parts = np.split(np.array(order), ends)
        between = sum(ranked[part].sum() ** 2 / len(part) for part in parts)
        rising = sum(
            (flat[a] < flat[b]) + (flat[a] == flat[b]) / 2
            for one, other in combinations(parts, 2)
            for a, b in product(one, other)
        )
        return between, rising - (len(flat) ** 2 - sum(n**2 for n in sizes)) / 4

    # the values within a group have no order
    kinds = (
        {
            tuple(tuple(sorted(part)) for part in np.split(np.array(order), ends))
            for order in permutations(range(len(flat)))
        }
        if len(flat) < 7
        else None
    )
    if kinds is None:
        return
    every = np.array([both([at for part in kind for at in part]) for kind in kinds])
    between, rising = both(range(len(flat)))
    found, trend = kruskal_wallis(groups), jonckheere(groups)
    assert found.p == pytest.approx(np.mean(every[:, 0] >= between - 1e-9))
    assert trend.p == pytest.approx(np.mean(np.abs(every[:, 1]) >= abs(rising) - 1e-9))
    assert found.least_p == pytest.approx(np.mean(every[:, 0] >= every[:, 0].max() - 1e-9))


def test_kruskal_wallis_does_not_mind_the_order_of_groups_and_jonckheere_turns_round():
    groups = [[1, 2, 2], [3, 3, 4, 1], [5, 4]]
    one, other = kruskal_wallis(groups), kruskal_wallis(groups[::-1])
    assert (one.h, one.p) == pytest.approx((other.h, other.p))
    up, down = jonckheere(groups), jonckheere(groups[::-1])
    assert up.p == pytest.approx(down.p)
    assert up.statistic - up.expected == pytest.approx(down.expected - down.statistic)


def test_groups_alike_show_nothing():
    found, trend = kruskal_wallis([[2, 2], [2], [2, 2]]), jonckheere([[2, 2], [2], [2, 2]])
    assert (found.h, found.epsilon_squared, found.p, trend.p) == (0, 0, 1, 1)


@pytest.mark.slow
@pytest.mark.parametrize("test", [kruskal_wallis, jonckheere])
def test_many_divisions_are_drawn(test, monkeypatch):
    groups = [[1, 2, 3, 3], [2, 3, 4, 4, 2], [4, 5, 1, 5]]
    every = test(groups)
    monkeypatch.setattr(networks, "WAYS", 1)
    drawn = test(groups)
    assert every.exact and not drawn.exact and drawn.least_p is None
    assert drawn.p == pytest.approx(every.p, abs=4 * (every.p / 9_999) ** 0.5)
    assert test(groups) == drawn


@pytest.mark.slow
@pytest.mark.parametrize("test", [kruskal_wallis, jonckheere])
def test_several_groups_of_hundreds_are_tested(test):
    generator = np.random.default_rng(6)
    found = test([generator.integers(1, 6, 75) for _ in range(8)])
    assert 0 < found.p <= 1


@pytest.mark.parametrize("test", [kruskal_wallis, jonckheere])
def test_one_group_is_compared_with_nothing(test):
    with pytest.raises(ValueError, match="at least two"):
        test([[1, 2]])
    for wrong in ([], [1, float("nan")]):
        with pytest.raises(ValueError, match="a group is a list"):
            test([[1, 2], wrong])
