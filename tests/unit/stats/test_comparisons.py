"""stats.comparisons: tests between groups and over time, and what they refuse."""

from dataclasses import FrozenInstanceError
from itertools import combinations, permutations, product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import PermutationMethod, binomtest, kendalltau, mannwhitneyu, rankdata
from scipy.stats import wilcoxon as scipy_wilcoxon
from statsmodels.stats.multitest import multipletests

from evaluation.stats import comparisons
from evaluation.stats.comparisons import (
    Family,
    chi_squared,
    fisher,
    holm,
    mann_whitney,
    mcnemar,
    mcnemar_asymptotic,
    sign_test,
    tau_b,
    wilcoxon,
)

# Darwin's maize: crossed less self-fertilised, in eighths of an inch (Wilcoxon 1945)
DARWIN = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]
TEA = [[3, 1], [1, 3]]

small = st.integers(-3, 3)


# pairs


def test_mcnemar_of_1_against_7():
    # Fagerland, Lydersen and Laake (2013): airway hyper-responsiveness in 21 children, 1 and 7
    # discordant pairs; 18/256, less the chance of exactly this split
    found = mcnemar(1, 7)
    assert (found.b, found.c, found.discordant) == (1, 7, 8)
    assert found.p == pytest.approx(18 / 256)
    assert found.mid_p == pytest.approx(10 / 256)


@pytest.mark.slow
def test_mcnemar_is_the_share_of_all_splits_at_least_as_uneven():
    for n in range(1, 31):
        ways = {x: comb(n, x) for x in range(n + 1)}
        for b in range(n + 1):
            uneven = abs(2 * b - n)
            beyond = sum(w for x, w in ways.items() if abs(2 * x - n) > uneven)
            equal = sum(w for x, w in ways.items() if abs(2 * x - n) == uneven)
            found = mcnemar(b, n - b)
            assert found.p == pytest.approx((beyond + equal) / 2**n)
            assert found.mid_p == pytest.approx((beyond + equal / 2) / 2**n)
            assert found.p == pytest.approx(binomtest(b, n).pvalue)
            assert found.mid_p < found.p <= 1


def test_without_discordant_pairs_nothing_speaks_for_a_change():
    assert mcnemar(0, 0).p == 1


def test_asymptotic_mcnemar_is_what_statpsych_prints():
    # R package statpsych, test.prop.ps(156, 96, 68, 80): z = 2.108346, p = .03500109
    found = mcnemar_asymptotic(96, 68)
    assert found.statistic**0.5 == pytest.approx(2.108346, abs=5e-7)
    assert found.p == pytest.approx(0.03500109, abs=5e-9)
    assert (found.degrees, found.smallest_expected) == (1, 82)


def test_asymptotic_mcnemar_of_the_presidents_approval():
    # Agresti (1990), p. 350; R 4: mcnemar.test(matrix(c(794, 86, 150, 570), nrow = 2)) prints
    # McNemar's chi-squared = 16.818, p-value = 4.115e-05, with continuity correction
    found = mcnemar_asymptotic(150, 86)
    assert found.statistic == pytest.approx(16.818, abs=5e-4)
    assert found.p == pytest.approx(4.115e-05, abs=5e-9)


def test_asymptotic_mcnemar_needs_ten_discordant_pairs():
    with pytest.raises(ValueError) as caught:
        mcnemar_asymptotic(1, 8)
    for part in ("2 of 2 expected counts are below 5", "smallest is 4.5", "use mcnemar()"):
        assert part in str(caught.value)
    assert mcnemar_asymptotic(2, 8).smallest_expected == 5


@pytest.mark.parametrize("pairs", [5, 6, 50])
def test_asymptotic_mcnemar_of_as_many_each_way_sees_no_change(pairs):
    found = mcnemar_asymptotic(pairs, pairs)
    assert (found.statistic, found.p) == (0, 1)
    assert mcnemar_asymptotic(pairs, pairs + 1).p == 1


@pytest.mark.parametrize("test", [mcnemar, mcnemar_asymptotic])
@pytest.mark.parametrize("counts", [(-1, 20), (10.5, 20), (float("nan"), 20)])
def test_discordant_pairs_are_counts(test, counts):
    with pytest.raises(ValueError, match="whole numbers of at least 0"):
        test(*counts)


def test_sign_test_of_darwins_maize():
    found = sign_test(DARWIN)
    assert (found.positive, found.negative, found.zeros) == (13, 2, 0)
    assert found.p == pytest.approx(2 * (1 + 15 + 105) / 2**15)


def test_sign_test_leaves_zeros_out_and_is_mcnemar_of_the_rest():
    found = sign_test([0, 1, 2, -1, 0, 1])
    assert (found.positive, found.negative, found.zeros) == (3, 1, 2)
    assert found.p == mcnemar(3, 1).p
    assert sign_test([0, 0]).p == 1


@pytest.mark.parametrize("zeros", comparisons.ZEROS)
def test_wilcoxon_of_darwins_maize(zeros):
    # scipy documentation of wilcoxon: W = 24, p = .041259765625
    found = wilcoxon(DARWIN, zeros)
    assert found.statistic == 24
    assert found.p == pytest.approx(0.041259765625, abs=1e-12)
    assert (found.zeros, found.zero_count, found.n) == (zeros, 0, 15)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.lists(small, max_size=9).filter(lambda values: sum(map(bool, values)) > 1),
    st.sampled_from(comparisons.ZEROS),
)
def test_wilcoxon_tries_every_sign(differences, zeros):
    # every way of giving the observed sizes a sign, by another implementation
    method = PermutationMethod(n_resamples=np.inf)
    other = scipy_wilcoxon(differences, zero_method=zeros, method=method)
    found = wilcoxon(differences, zeros)
    assert found.statistic == pytest.approx(other.statistic)
    assert found.p == pytest.approx(other.pvalue)
    assert found.zero_count == differences.count(0)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=40, unique=True), st.data())
def test_wilcoxon_without_ties_or_zeros_is_the_tabulated_test(sizes, data):
    signs = data.draw(st.lists(st.sampled_from([1, -1]), min_size=len(sizes), max_size=len(sizes)))
    differences = [size * sign for size, sign in zip(sizes, signs, strict=True)]
    other = scipy_wilcoxon(differences, method="exact")
    found = wilcoxon(differences, "wilcox")
    assert (found.statistic, found.p) == pytest.approx((other.statistic, other.pvalue))


def test_the_treatments_of_zeros_differ():
    # sizes 0 0 1 2 3 4, the 1 being negative: ranks 1 to 4 without the zeros, 3 to 6 with them
    differences = [0, 0, -1, 2, 3, 4]
    found = {zeros: wilcoxon(differences, zeros) for zeros in comparisons.ZEROS}
    assert {zeros: test.statistic for zeros, test in found.items()} == {
        "wilcox": 1,
        "pratt": 3,
        "zsplit": 3 + 1.5,
    }
    assert all(test.p == pytest.approx(2 * 2 / 16) for test in found.values())


def test_wilcoxon_of_zeros_alone_shows_nothing():
    assert all(wilcoxon([0, 0, 0], zeros).p == 1 for zeros in comparisons.ZEROS)


def test_the_treatment_of_zeros_is_named():
    with pytest.raises(TypeError):
        wilcoxon(DARWIN)
    with pytest.raises(ValueError, match="wilcox, pratt, zsplit, not 'drop'"):
        wilcoxon(DARWIN, "drop")


@pytest.mark.parametrize("wrong", [[], [1, float("nan")], [1, None], [[1, 2]]])
def test_a_missing_difference_is_refused(wrong):
    for test in (sign_test, lambda values: wilcoxon(values, "pratt")):
        with pytest.raises(ValueError, match="none missing"):
            test(wrong)


# groups


def test_fisher_of_the_lady_who_tasted_tea():
    # Fisher (1935); methods.md: two-sided .4857, one-sided .2429
    assert fisher(TEA).p == pytest.approx(0.4857, abs=5e-5)
    assert fisher(TEA, "greater").p == pytest.approx(0.2429, abs=5e-5)
    assert fisher(TEA).table == ((3, 1), (1, 3))
    assert fisher(TEA).odds_ratio == 9


@pytest.mark.slow
def test_fisher_adds_the_tables_that_are_no_more_likely():
    for a, b, c, d in product(range(5), repeat=4):
        rows, column, n = a + b, a + c, a + b + c + d
        cells = range(max(0, rows + column - n), min(rows, column) + 1)
        ways = {x: comb(column, x) * comb(n - column, rows - x) for x in cells}
        unlikely = sum(way for way in ways.values() if way <= ways[a])
        assert fisher([[a, b], [c, d]]).p == pytest.approx(unlikely / sum(ways.values()))
        above = sum(way for x, way in ways.items() if x >= a)
        assert fisher([[a, b], [c, d]], "greater").p == pytest.approx(above / sum(ways.values()))


def test_fisher_takes_two_by_two_counts():
    for wrong in ([[1, 2]], [1, 2]):
        with pytest.raises(ValueError, match="two rows and two columns"):
            fisher(wrong)
    with pytest.raises(ValueError, match="two rows and two columns, not"):
        fisher([[1, 2, 3], [4, 5, 6]])
    with pytest.raises(ValueError, match="whole numbers"):
        fisher([[1, -2], [3, 4]])
    with pytest.raises(ValueError, match="alternative"):
        fisher(TEA, "bigger")


def test_chi_squared_is_the_sum_over_the_cells():
    table = np.array([[12, 8, 10], [9, 20, 7]])
    expected = np.outer(table.sum(1), table.sum(0)) / table.sum()
    found = chi_squared(table)
    assert found.statistic == pytest.approx(((table - expected) ** 2 / expected).sum())
    assert found.degrees == 2
    assert found.smallest_expected == pytest.approx(expected.min())
    assert found.p == pytest.approx(np.exp(-found.statistic / 2))  # with two degrees of freedom


def test_chi_squared_refuses_small_expected_counts_and_says_why():
    with pytest.raises(ValueError) as caught:
        chi_squared([[3, 1], [7, 9]])
    for part in ("2 of 4 expected counts are below 5", "smallest is 2)", "use fisher()"):
        assert part in str(caught.value)
    with pytest.raises(ValueError, match="4 of 4 expected counts"):
        chi_squared([[0, 0], [0, 0]])
    assert chi_squared([[5, 5], [5, 5]]).smallest_expected == 5


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
    ranks = rankdata(x + y)
    mean = len(x) * (len(x) + len(y) + 1) / 2
    sums = [ranks[list(group)].sum() for group in combinations(range(len(ranks)), len(x))]
    far = np.abs(np.array(sums) - mean) >= abs(ranks[: len(x)].sum() - mean)
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
    monkeypatch.setattr(comparisons, "ENUMERATED", 0)
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


# several tests


@pytest.mark.slow
def test_holm_of_four():
    # methods.md: Holm(.01, .04, .03, .005) = .03, .06, .06, .02
    found = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005})
    assert found.tests == 4
    assert list(found.adjusted) == ["a", "b", "c", "d"]
    assert list(found.adjusted.values()) == pytest.approx([0.03, 0.06, 0.06, 0.02])


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_is_that_of_statsmodels(values):
    found = holm({str(i): p for i, p in enumerate(values)})
    assert found.tests == len(values)
    expected = multipletests(values, method="holm")[1]
    assert list(found.adjusted.values()) == pytest.approx(list(expected))


@pytest.mark.slow
def test_a_family_has_tests_and_their_p():
    assert holm({"alone": 0.04}) == Family(1, {"alone": 0.04})
    for wrong in ({}, {"a": 1.2}, {"a": float("nan")}):
        with pytest.raises(ValueError, match="a family"):
            holm(wrong)


def test_results_do_not_change():
    with pytest.raises(FrozenInstanceError):
        mcnemar(1, 7).p = 0.01


@pytest.mark.slow
@pytest.mark.parametrize(
    "run",
    [
        lambda x, y, **seed: mann_whitney(x, y, **seed),
        lambda x, y, **seed: wilcoxon(np.subtract(x, y), "pratt", **seed),
    ],
)
def test_rank_tests_of_many_draw_what_they_would_else_go_through(run, monkeypatch):
    generator = np.random.default_rng(7)
    x, y = generator.integers(1, 6, 40), generator.integers(1, 6, 40) + generator.integers(0, 2, 40)
    every = run(x, y)
    monkeypatch.setattr(comparisons, "SUMMED", 1)
    drawn = run(x, y)
    assert every.exact and not drawn.exact
    # four standard errors of a share of 9,999 draws
    assert drawn.p == pytest.approx(every.p, abs=4 * (every.p / 9_999) ** 0.5)
    assert run(x, y) == drawn != run(x, y, seed=2)


@pytest.mark.slow
def test_rank_tests_of_thousands_end():
    x, y = np.arange(3_000) % 7, (np.arange(3_000) + 1) % 7
    assert 0 < mann_whitney(x, y).p <= 1
    assert 0 < wilcoxon(x - y, "wilcox").p <= 1
