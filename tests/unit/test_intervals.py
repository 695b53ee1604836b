"""intervals: how far a count may be from the truth."""

from math import sqrt
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from evaluation.intervals import wilson, worst_case


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


@pytest.mark.parametrize("numbers", [(-1, 2, 3), (3, 2, 3), (1, 4, 3)])
def test_impossible_counts_have_no_bounds(numbers):
    with pytest.raises(ValueError, match="does not hold"):
        worst_case(*numbers)
