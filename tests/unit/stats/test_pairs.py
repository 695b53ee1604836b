"""stats.pairs: the same respondents twice, and what is refused."""

from dataclasses import FrozenInstanceError
from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import cases
from scipy.stats import PermutationMethod, binomtest
from scipy.stats import wilcoxon as scipy_wilcoxon

from evaluation.stats import pairs
from evaluation.stats.pairs import (
    marginal_homogeneity,
    mcnemar,
    mcnemar_asymptotic,
    sign_test,
    wilcoxon,
)

# Darwin's maize: crossed less self-fertilised, in eighths of an inch (Wilcoxon 1945)
DARWIN = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]

small = st.integers(-3, 3)


def test_mcnemar_of_1_against_7():
    # Fagerland, Lydersen and Laake (2013): airway hyper-responsiveness in 21 children, 1 and 7
    # discordant pairs; 18/256, less the chance of exactly this split
    found = mcnemar(1, 7)
    assert (found.b, found.c, found.discordant) == (1, 7, 8)
    assert found.p == pytest.approx(18 / 256)
    assert found.mid_p == pytest.approx(10 / 256)


@pytest.mark.slow
def test_mcnemar_is_the_share_of_all_splits_at_least_as_uneven():
    for n in range(1, 21):
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


@pytest.mark.parametrize("zeros", pairs.ZEROS)
def test_wilcoxon_of_darwins_maize(zeros):
    # scipy documentation of wilcoxon: W = 24, p = .041259765625
    found = wilcoxon(DARWIN, zeros)
    assert found.statistic == 24
    assert found.p == pytest.approx(0.041259765625, abs=1e-12)
    assert (found.zeros, found.zero_count, found.n) == (zeros, 0, 15)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(
    st.lists(small, max_size=9).filter(lambda values: sum(map(bool, values)) > 1),
    st.sampled_from(pairs.ZEROS),
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
    found = {zeros: wilcoxon(differences, zeros) for zeros in pairs.ZEROS}
    assert {zeros: test.statistic for zeros, test in found.items()} == {
        "wilcox": 1,
        "pratt": 3,
        "zsplit": 3 + 1.5,
    }
    assert all(test.p == pytest.approx(2 * 2 / 16) for test in found.values())


def test_wilcoxon_of_zeros_alone_shows_nothing():
    assert all(wilcoxon([0, 0, 0], zeros).p == 1 for zeros in pairs.ZEROS)


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


def test_results_do_not_change():
    with pytest.raises(FrozenInstanceError):
        mcnemar(1, 7).p = 0.01


@pytest.mark.slow
def test_wilcoxon_of_many_draws_what_it_would_else_go_through(monkeypatch):
    generator = np.random.default_rng(7)
    moved = generator.integers(1, 6, 40) - generator.integers(1, 7, 40)
    every = wilcoxon(moved, "pratt")
    monkeypatch.setattr(pairs, "SUMMED", 1)
    drawn = wilcoxon(moved, "pratt")
    assert every.exact and not drawn.exact
    # four standard errors of a share of 9,999 draws
    assert drawn.p == pytest.approx(every.p, abs=4 * (every.p / 9_999) ** 0.5)
    assert wilcoxon(moved, "pratt") == drawn != wilcoxon(moved, "pratt", seed=2)


@pytest.mark.slow
def test_wilcoxon_of_thousands_ends():
    x, y = np.arange(3_000) % 7, (np.arange(3_000) + 1) % 7
    assert 0 < wilcoxon(x - y, "wilcox").p <= 1


# answers of one choice


@pytest.mark.parametrize(("given", "found"), cases("contingency", "marginal_homogeneity"))
def test_marginal_homogeneity_is_that_of_r(given, found):
    test = marginal_homogeneity(**given)
    assert test.exact
    assert (test.statistic, test.p) == pytest.approx((found["statistic"], found["p"]), abs=1e-9)


def test_marginal_homogeneity_of_two_answers_is_mcnemars_test():
    for b, c in product(range(6), repeat=2):
        found = marginal_homogeneity([[3, b], [c, 2]])
        assert found.p == pytest.approx(mcnemar(b, c).p)
        assert found.least_p == pytest.approx(mcnemar(0, b + c).p)
        assert (found.changes, found.discordant, found.n) == ((c - b, b - c), b + c, b + c + 5)
        assert found.net_change == pytest.approx(abs(b - c) / (b + c + 5))


def test_marginal_homogeneity_does_not_mind_the_order_of_answers_or_of_times():
    table = np.array([[2, 3, 1], [0, 4, 2], [0, 1, 5]])
    p = marginal_homogeneity(table).p
    for other in (table[::-1, ::-1], table.T, table[[1, 2, 0]][:, [1, 2, 0]]):
        assert marginal_homogeneity(other).p == pytest.approx(p)


@pytest.mark.slow
def test_many_changes_are_drawn(monkeypatch):
    table = [[9, 2, 3], [0, 7, 1], [0, 3, 8]]
    every = marginal_homogeneity(table)
    monkeypatch.setattr(pairs, "CHANGES", 1)
    drawn = marginal_homogeneity(table)
    assert every.exact and not drawn.exact and drawn.least_p is None
    assert drawn.p == pytest.approx(every.p, abs=4 * (every.p / 9_999) ** 0.5)


@pytest.mark.parametrize("wrong", [[[1, 2, 3], [4, 5, 6]], [[0, 0], [0, 0]]])
def test_pairs_stand_in_a_square(wrong):
    with pytest.raises(ValueError, match="as many rows as columns"):
        marginal_homogeneity(wrong)
