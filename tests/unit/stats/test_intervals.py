"""stats.intervals: how far a count may be from the truth."""

from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import comb, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest, hypergeom
from statsmodels.stats.tests.results.results_proportion import res_binom, res_binom_methods

from evaluation.stats.intervals import (
    bonett,
    clopper_pearson,
    finite_population_se,
    hypergeometric,
    jeffreys,
    logit_interval,
    to_overturn,
    wilson,
    worst_case,
    worst_case_shares,
)

LARGEST = 60


def closed_form(k, n, confidence):
    """Wilson (1927), from the formula."""
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    p = k / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return middle - half, middle + half


def test_wilson_of_12_of_16_is_what_methods_md_says():
    # methods.md 0.4: 50.5-89.8 %
    assert wilson(12, 16) == pytest.approx((0.505, 0.898), abs=0.0005)


@pytest.mark.slow
def test_wilson_agrees_with_another_implementation_for_every_share_up_to_60():
    for n in range(1, 61):
        for k in range(n + 1):
            other = binomtest(k, n).proportion_ci(0.95, method="wilson")
            assert wilson(k, n) == pytest.approx((other.low, other.high), abs=1e-9), (k, n)


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.9, 0.99])
def test_wilson_agrees_with_the_formula_at_other_levels(confidence):
    for n in (1, 7, 16, 50):
        for k in range(n + 1):
            assert wilson(k, n, confidence) == pytest.approx(
                closed_form(k, n, confidence), abs=1e-9
            )


@pytest.mark.slow
def test_wilson_holds_the_share_and_stays_between_none_and_all():
    for n in range(1, 61):
        for k in range(n + 1):
            low, high = wilson(k, n)
            assert -1e-12 <= low <= k / n + 1e-12, (k, n)
            assert k / n - 1e-12 <= high <= 1 + 1e-12, (k, n)


def test_wilson_turns_round_with_the_question():
    for k in range(17):
        low, high = wilson(k, 16)
        assert wilson(16 - k, 16) == pytest.approx((1 - high, 1 - low))


@pytest.mark.slow
@given(st.floats(0.5, 0.99), st.floats(0.5, 0.99))
def test_more_confidence_gives_a_wider_interval(a, b):
    less, more = sorted((a, b))
    assert wilson(12, 16, more)[0] <= wilson(12, 16, less)[0] + 1e-12


def test_worst_case_holds_what_all_the_silent_could_say_and_no_more():
    for population in range(1, 31):
        for n in range(population + 1):
            for k in range(n + 1):
                possible = [k + silent for silent in range(population - n + 1)]
                assert worst_case(k, n, population) == (possible[0], possible[-1])


def test_worst_case_of_12_of_16_among_21_is_what_methods_md_says():
    # methods.md 0.4: 12 to 17 of 21
    assert worst_case(12, 16, 21) == (12, 17)


# every count that document 000 gives for 16 answers of 21, from the facts compiled about it:
# k: (worst case, exact hypergeometric interval at 95 %), computed independently of this library
FACTS = {
    0: ((0, 5), (0, 2)),
    1: ((1, 6), (1, 4)),
    2: ((2, 7), (2, 5)),
    3: ((3, 8), (3, 7)),
    4: ((4, 9), (4, 8)),
    5: ((5, 10), (5, 9)),
    6: ((6, 11), (6, 10)),
    7: ((7, 12), (7, 12)),
    8: ((8, 13), (8, 13)),
    9: ((9, 14), (9, 14)),
    10: ((10, 15), (11, 15)),
    11: ((11, 16), (12, 16)),
    12: ((12, 17), (13, 17)),
    13: ((13, 18), (14, 18)),
    14: ((14, 19), (16, 19)),
    15: ((15, 20), (17, 20)),
}


@pytest.mark.parametrize("k", FACTS)
def test_bounds_of_every_published_count(k):
    assert (worst_case(k, 16, 21), hypergeometric(k, 16, 21)) == FACTS[k]


# binomial intervals


def test_clopper_pearson_of_7_of_50():
    # scipy documentation: binomtest(7, 50).proportion_ci()
    assert clopper_pearson(7, 50) == pytest.approx((0.058192, 0.267396), abs=5e-7)


@pytest.mark.parametrize(
    ("method", "name"), [(wilson, "wilson"), (clopper_pearson, "exact")], ids=["wilson", "exact"]
)
@pytest.mark.parametrize(("k", "n"), list(res_binom))
def test_binomial_intervals_agree_with_r(method, name, k, n):
    # R package binom, binom.confint: results_proportion.py of statsmodels
    at = res_binom_methods.index(name)
    published = res_binom[(k, n)].ci_low[at], res_binom[(k, n)].ci_upp[at]
    assert method(k, n) == pytest.approx(published, abs=1e-6)


@pytest.mark.slow
def test_clopper_pearson_covers_every_share_at_least_as_often_as_it_says():
    for n in range(1, LARGEST + 1):
        low, high = np.array([clopper_pearson(k, n) for k in range(n + 1)]).T
        shares = np.concatenate([np.linspace(0, 1, 101), low + 1e-12, high - 1e-12])
        shares = shares[(shares >= 0) & (shares <= 1)][:, None]
        inside = (low <= shares) & (shares <= high)
        covered = (binom.pmf(np.arange(n + 1), n, shares) * inside).sum(1)
        assert covered.min() >= 0.95 - 1e-9, n


@pytest.mark.slow
def test_jeffreys_lies_within_clopper_pearson():
    # Brown, Cai and DasGupta (2001)
    for n in range(1, LARGEST + 1):
        for k in range(n + 1):
            low, high = clopper_pearson(k, n)
            inner, outer = jeffreys(k, n)
            assert low <= inner < outer <= high, (k, n)
            if 0 < k < n:
                assert inner < k / n < outer, (k, n)


@pytest.mark.parametrize("method", [clopper_pearson, jeffreys])
def test_binomial_intervals_rise_with_the_count_and_turn_round_with_the_question(method):
    for n in (1, 2, 7, 16, LARGEST):
        found = [method(k, n) for k in range(n + 1)]
        for (low, high), (next_low, next_high) in pairwise(found):
            assert low < next_low and high < next_high
        for (low, high), (against_low, against_high) in zip(found, reversed(found), strict=True):
            assert (low, high) == pytest.approx((1 - against_high, 1 - against_low), abs=1e-9)


def test_clopper_pearson_ends_at_none_and_all():
    for n in range(1, LARGEST + 1):
        assert clopper_pearson(0, n)[0] == 0
        assert clopper_pearson(n, n)[1] == 1


# the exact interval among a finite population


@cache
def limits(n, population):
    """The ends for every k, as two arrays."""
    return np.array([hypergeometric(k, n, population) for k in range(n + 1)]).T


def every(largest=LARGEST):
    """Every n among every N."""
    return [(n, population) for population in range(1, largest + 1) for n in range(population + 1)]


def test_hypergeometric_of_45_of_100_among_300():
    # samplingbook, Sprop: [111, 160] by its current source; its README still prints [110, 161]
    assert hypergeometric(45, 100, 300) == (111, 160)


@pytest.mark.slow
def test_hypergeometric_is_the_definition_in_whole_numbers():
    # the tails as integers, so that a probability of exactly 2.5 % is one
    for n, population in every(40):
        ways = comb(population, n)
        drawn = [
            [comb(m, x) * comb(population - m, n - x) for x in range(n + 1)]
            for m in range(population + 1)
        ]
        for k in range(n + 1):
            low = next(m for m, row in enumerate(drawn) if 40 * sum(row[k:]) > ways)
            high = max(m for m, row in enumerate(drawn) if 40 * sum(row[: k + 1]) > ways)
            assert hypergeometric(k, n, population) == (low, high), (k, n, population)


@pytest.mark.slow
def test_hypergeometric_covers_every_population_at_least_as_often_as_it_says():
    for n, population in every():
        low, high = limits(n, population)
        m = np.arange(population + 1)[:, None]
        chances = hypergeom.pmf(np.arange(n + 1), population, m, n)
        covered = (chances * ((low <= m) & (m <= high))).sum(1)
        assert covered.min() >= 0.95 - 1e-9, (n, population)


@pytest.mark.slow
def test_hypergeometric_rises_with_the_count_within_the_worst_case():
    for n, population in every():
        low, high = limits(n, population)
        k = np.arange(n + 1)
        assert (np.diff(low) >= 0).all() and (np.diff(high) >= 0).all(), (n, population)
        assert (k <= low).all() and (low <= high).all(), (n, population)
        assert (high <= population - n + k).all(), (n, population)
        assert (low + high[::-1] == population).all(), (n, population)


@pytest.mark.slow
def test_hypergeometric_ends():
    for n, population in every():
        assert hypergeometric(0, n, population)[0] == 0
        assert hypergeometric(n, n, population)[1] == population
    for n in range(LARGEST + 1):
        assert hypergeometric(0, 0, n) == (0, n)
        assert all(hypergeometric(k, n, n) == (k, k) for k in range(n + 1))


@pytest.mark.slow
@given(st.floats(0.5, 0.999), st.floats(0.5, 0.999), st.integers(0, 16))
def test_more_confidence_holds_more_populations(a, b, k):
    less, more = sorted((a, b))
    inner, outer = hypergeometric(k, 16, 21, less), hypergeometric(k, 16, 21, more)
    assert outer[0] <= inner[0] and inner[1] <= outer[1]


@pytest.mark.parametrize(("k", "n", "population"), [(40, 900, 5000), (4000, 10_000, 200_000)])
def test_hypergeometric_holds_for_large_populations(k, n, population):
    low, high = hypergeometric(k, n, population)
    assert hypergeom.sf(k - 1, population, low, n) > 0.025
    assert hypergeom.sf(k - 1, population, low - 1, n) <= 0.025
    assert hypergeom.cdf(k, population, high, n) > 0.025
    assert hypergeom.cdf(k, population, high + 1, n) <= 0.025


# approximations among a finite population


def test_taylor_and_logit_of_12_of_16_among_21():
    # svy 0.35.0: SE .0546, interval .6174 to .8480
    assert finite_population_se(12, 16, 21) == pytest.approx(0.0546, abs=5e-5)
    assert logit_interval(12, 16, 21) == pytest.approx((0.6174, 0.8480), abs=5e-5)


@pytest.mark.parametrize(
    ("numbers", "published"),
    [
        ((61, 75, 415), (0.7974684, 0.04097594, 0.717157, 0.8777797)),
        ((12, 100, 400), (0.1346154, 0.0290208, 0.0777357, 0.1914951)),
    ],
)
def test_bonett_is_what_statpsych_prints(numbers, published):
    # R package statpsych, ci.prop.fpc: estimate, standard error and both ends
    low, high = bonett(*numbers)
    se = (high - low) / 2 / NormalDist().inv_cdf(0.975)
    assert ((low + high) / 2, se, low, high) == pytest.approx(published, abs=5e-7)


@pytest.mark.slow
def test_the_standard_error_shrinks_with_the_silence_and_is_none_without():
    for population in range(3, LARGEST + 1):
        for n in range(2, population):
            for k in range(n + 1):
                among = finite_population_se(k, n, population)
                endless = sqrt(k / n * (1 - k / n) / (n - 1))
                assert among == pytest.approx(endless * sqrt(1 - n / population)), (k, n)
                assert among == pytest.approx(finite_population_se(n - k, n, population))
        for k in range(population + 1):
            assert finite_population_se(k, population, population) == 0


@pytest.mark.slow
def test_the_logit_interval_holds_the_share_within_none_and_all():
    for n, population in every():
        found = [logit_interval(k, n, population) for k in range(1, n)]
        for k, (low, high) in enumerate(found, start=1):
            assert 0 < low <= k / n <= high < 1, (k, n, population)
            assert (low < high) == (n < population), (k, n, population)
        turned = [(1 - high, 1 - low) for low, high in reversed(found)]
        assert np.allclose(found, turned), (n, population)


def test_the_logit_interval_of_everybody_is_the_share():
    assert logit_interval(0, 5, 5) == (0, 0)
    assert logit_interval(5, 5, 5) == (1, 1)


@pytest.mark.slow
def test_bonett_rises_with_the_count_and_stays_between_none_and_all():
    for n, population in every():
        if n == 0:
            continue
        found = [bonett(k, n, population) for k in range(n + 1)]
        for low, high in found:
            assert 0 <= low <= high <= 1
        for (low, high), (next_low, next_high) in pairwise(found):
            assert low <= next_low and high <= next_high, (n, population)
        turned = [(1 - high, 1 - low) for low, high in reversed(found)]
        assert np.allclose(found, turned), (n, population)


# silence


def test_worst_case_shares_of_12_of_16_among_21():
    # methods.md 0.4: 57.1 to 81.0 %
    assert worst_case_shares(12, 16, 21) == pytest.approx((0.571, 0.810), abs=5e-4)


@pytest.mark.slow
def test_worst_case_shares_are_the_bounds_over_the_population():
    for n, population in every():
        for k in range(n + 1):
            low, high = worst_case(k, n, population)
            assert worst_case_shares(k, n, population) == (low / population, high / population)


@pytest.mark.slow
@pytest.mark.parametrize("threshold", [Fraction(0), Fraction(1, 2), Fraction(2, 3), Fraction(1)])
def test_to_overturn_tries_every_answer_of_the_silent(threshold):
    for n, population in every(30):
        for k in range(n + 1):
            silent = population - n
            enough = (
                against
                for against in range(silent + 1)
                if Fraction(k + silent - against, population) <= threshold
            )
            expected = next(enough, None)
            assert to_overturn(k, n, population, threshold) == expected, (k, n, population)
            holds = worst_case_shares(k, n, population)[0] > threshold
            assert (expected is None) == holds


def test_to_overturn_a_majority_of_21():
    # 12 of 16 stay a majority of 21 whatever the five say, 10 of 16 only if one of them agrees
    assert to_overturn(12, 16, 21) is None
    assert to_overturn(10, 16, 21) == 5
    assert to_overturn(2, 16, 21) == 0


def test_counts_of_a_table_are_counts():
    counts = np.int64(10), np.int64(16), np.int64(21)
    assert hypergeometric(*counts) == hypergeometric(10, 16, 21)
    assert to_overturn(*counts) == 5


# refusals


SAMPLES = (wilson, clopper_pearson, jeffreys)
RANDOM_PARTS = (bonett, finite_population_se, hypergeometric, logit_interval)
BOUNDS = (worst_case, worst_case_shares, to_overturn)
NAN = float("nan")


@pytest.mark.parametrize("method", [*SAMPLES, *RANDOM_PARTS, *BOUNDS])
@pytest.mark.parametrize(
    ("k", "n", "population", "rule"),
    [
        (-1, 2, 3, "at least 0"),
        (1.5, 2, 3, "whole numbers"),
        (NAN, 2, 3, "whole numbers"),
        (1, float("inf"), 3, "whole numbers"),
        (3, 2, 3, "no more say yes"),
    ],
)
def test_counts_that_are_none_are_refused_alike(method, k, n, population, rule):
    numbers = (k, n) if method in SAMPLES else (k, n, population)
    with pytest.raises(ValueError, match=rule):
        method(*numbers)


@pytest.mark.parametrize("method", [*RANDOM_PARTS, *BOUNDS])
def test_no_more_answer_than_there_are(method):
    with pytest.raises(ValueError, match="than there are: 1 <= 4 <= 3"):
        method(1, 4, 3)


@pytest.mark.parametrize("method", [*SAMPLES, bonett, finite_population_se, logit_interval])
def test_nobody_has_no_share(method):
    with pytest.raises(ValueError, match="nobody answered"):
        method(0, 0, *([] if method in SAMPLES else [5]))


@pytest.mark.parametrize("method", [*SAMPLES, bonett, hypergeometric, logit_interval])
@pytest.mark.parametrize("confidence", [95, 1, 0, -0.95, NAN, None, "0.95"])
def test_a_confidence_that_is_none_is_refused_alike(method, confidence):
    numbers = (3, 5) if method in SAMPLES else (3, 5, 9)
    with pytest.raises(ValueError, match="a share between 0 and 1"):
        method(*numbers, confidence)


def test_what_has_no_spread_is_refused():
    with pytest.raises(ValueError, match="one answer"):
        finite_population_se(1, 1, 5)
    for k in (0, 4):
        with pytest.raises(ValueError, match="no logit interval"):
            logit_interval(k, 4, 5)
    with pytest.raises(ValueError, match="empty population"):
        worst_case_shares(0, 0, 0)
    with pytest.raises(ValueError, match="threshold"):
        to_overturn(1, 2, 3, Fraction(3, 2))
