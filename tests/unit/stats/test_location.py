"""stats.location: answers in numbers summed up, and what is refused."""

from math import ceil, inf
from statistics import median as middle
from statistics import stdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import cases
from scipy.stats import binom, bootstrap, hypergeom

from evaluation.stats.location import (
    mean,
    mean_bootstrap,
    median,
    net_promoter_score,
    quantile,
    standard_deviation,
)

answers = st.lists(st.integers(-5, 20), min_size=1, max_size=25)
NAN = float("nan")


def told(estimate):
    return estimate.value, estimate.low, estimate.high


@pytest.mark.parametrize(
    ("of", "given", "found"),
    [
        (of, *case.values)
        for of in (mean, quantile, net_promoter_score)
        for case in cases("location", of.__name__)
    ],
)
def test_estimates_are_those_of_r(of, given, found):
    wanted = tuple(float(found[end]) for end in ("value", "low", "high"))
    assert told(of(**given)) == pytest.approx(wanted, abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize(("given", "found"), cases("location", "mean_bootstrap"))
def test_the_bootstrap_of_a_mean_comes_near_to_that_of_r(given, found):
    estimate = mean_bootstrap(**given)
    assert estimate.value == pytest.approx(np.mean(given["values"]))
    # of drawn ends, and of the skew, which R takes from a regression
    near = 0.25 * found["error"]
    assert (estimate.low, estimate.high) == pytest.approx((found["low"], found["high"]), abs=near)


@pytest.mark.slow
def test_the_bootstrap_of_whole_numbers_comes_near_to_that_of_scipy():
    for values in ([7, 9, 8, 10, 6, 8, 9], [1, 2, 2, 3, 3, 3, 4, 4, 5], [0, 0, 0, 0, 12, 3]):
        other = bootstrap((values,), np.mean, rng=np.random.default_rng(1)).confidence_interval
        estimate = mean_bootstrap(values)
        near = 0.15 * np.std(values) / len(values) ** 0.5
        assert (estimate.low, estimate.high) == pytest.approx((other.low, other.high), abs=near)


def test_the_bootstrap_is_drawn_from_its_seed():
    values = [1, 5, 2, 8, 3, 3.5]
    assert mean_bootstrap(values) == mean_bootstrap(values) != mean_bootstrap(values, seed=2)
    assert mean_bootstrap(values, draws=99).low >= 1


def test_the_standard_deviation_is_that_of_a_sample():
    assert standard_deviation([1, 2, 4]) == pytest.approx(stdev([1, 2, 4]))
    with pytest.raises(ValueError, match="one answer"):
        standard_deviation([1])


@settings(max_examples=60, deadline=None)
@given(answers, st.integers(0, 30), st.sampled_from([0.1, 0.25, 0.5, 0.9]))
def test_a_quantile_lies_in_its_interval(values, silent, share):
    for population in (None, len(values) + silent):
        estimate = quantile(values, share, population=population)
        assert estimate.value == pytest.approx(np.quantile(values, share))
        assert estimate.low <= estimate.value <= estimate.high
    assert median(values).value == middle(values)
    assert median(values) == quantile(values, 0.5)


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.25, 0.5])
def test_the_interval_of_a_quantile_holds_it_at_least_as_often_as_it_says(share):
    for n in (3, 5, 6, 9, 20):
        estimate = quantile(range(n), share)
        low = 0 if estimate.low == -inf else int(estimate.low) + 1
        high = n if estimate.high == inf else int(estimate.high)
        # so many of n lie below what is true where both ends hold it
        covered = binom.cdf(high, n, share) - binom.cdf(low - 1, n, share)
        assert covered >= 0.95 - 1e-12, n
        for population in (n, n + 1, 2 * n, 50):
            estimate = quantile(range(n), share, population=population)
            rank = ceil((population - 1) * share) + 1
            low = 0 if estimate.low == -inf else int(estimate.low) + 1
            at_or_below = hypergeom.sf(low - 1, population, rank, n)
            assert at_or_below >= 0.975 - 1e-12, (n, population)


def test_six_answers_bound_a_median_and_five_do_not():
    # 2 / 2**6 is less than 5 %, 2 / 2**5 is not
    assert told(median([1, 2, 3, 4, 5])) == (3, -inf, inf)
    assert told(median([1, 2, 3, 4, 5, 6])) == (3.5, 1, 6)
    # of five of six, or of seven, the sixth cannot lie anywhere
    assert told(median([1, 2, 3, 4, 5], population=6))[1:] == (2, 4)


@pytest.mark.parametrize("of", [mean, median, net_promoter_score])
def test_where_all_answered_the_interval_is_the_value(of):
    estimate = of([9, 2, 10, 7], population=4)
    assert estimate.low == estimate.value == estimate.high
    assert of([9], population=1).low == of([9], population=1).high
    with pytest.raises(ValueError, match="4 answered of 3"):
        of([9, 2, 10, 7], population=3)


@pytest.mark.parametrize("of", [mean, net_promoter_score])
def test_a_larger_population_widens_the_interval_up_to_none_at_all(of):
    values, wide = [9, 2, 10, 7, 8, 0], 0
    for population in (7, 10, 50, 10_000, None):
        estimate = of(values, population=population)
        assert estimate.high - estimate.low > wide
        wide = estimate.high - estimate.low


def test_the_net_promoter_score_is_promoters_less_detractors():
    assert net_promoter_score([10, 9, 8, 7, 6, 0, 10, 9]).value == pytest.approx(25)
    assert net_promoter_score([9, 10]).value == 100 and net_promoter_score([0, 6]).value == -100
    assert net_promoter_score([7, 8]).value == 0
    for wrong in ([11], [-1], [7.5]):
        with pytest.raises(ValueError, match="0 to 10"):
            net_promoter_score(wrong)


@pytest.mark.slow
@pytest.mark.parametrize("shares", [(0.2, 0.3, 0.5), (0.05, 0.15, 0.8), (0.4, 0.4, 0.2)])
def test_the_interval_of_the_net_promoter_score_holds_it_about_as_often_as_it_says(shares):
    generator, held = np.random.default_rng(8), 0
    drawn = generator.multinomial(20, shares, 400)
    for counts in drawn:
        estimate = net_promoter_score(np.repeat([3, 7, 10], counts))
        held += estimate.low <= 100 * (shares[2] - shares[0]) <= estimate.high
    assert held / 400 > 0.92


@pytest.mark.parametrize("of", [mean, mean_bootstrap])
@pytest.mark.parametrize("wrong", [[3], [2, 2, 2]])
def test_answers_without_spread_have_no_interval_of_a_mean(of, wrong):
    with pytest.raises(ValueError, match="no spread"):
        of(wrong)


@pytest.mark.parametrize(
    "of", [mean, mean_bootstrap, median, net_promoter_score, standard_deviation]
)
@pytest.mark.parametrize("wrong", [[], [1, NAN], [[1, 2]]])
def test_what_are_no_answers_is_refused(of, wrong):
    with pytest.raises(ValueError, match="at least one number"):
        of(wrong)


def test_a_share_and_a_confidence_lie_between_none_and_all():
    for share in (-0.1, 1.1, NAN):
        with pytest.raises(ValueError, match="a share from 0 to 1"):
            quantile([1, 2], share)
    for of in (mean, mean_bootstrap, median, net_promoter_score):
        with pytest.raises(ValueError, match="between 0 and 1"):
            of([1, 2], 95)
