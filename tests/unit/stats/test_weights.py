"""stats.weights: weights to margins and what they estimate, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from oracles import cases

from evaluation.stats.intervals import finite_population_se, logit_interval
from evaluation.stats.location import mean
from evaluation.stats.weights import (
    design_effect,
    effective_n,
    rake,
    weighted_mean,
    weighted_share,
)

SEX = {"sex": {"f": 50, "m": 50}}
PEOPLE = pd.DataFrame({"sex": [*"fffmffmf"], "age": [*"oyyoyyyo"]})
NAN = float("nan")


def held(table, weights, column):
    return pd.Series(weights).groupby(table[column]).sum().to_dict()


# margins


@pytest.mark.parametrize(("given", "found"), cases("weights", "rake"))
def test_weights_to_margins_are_those_of_the_survey_package(given, found):
    table = pd.DataFrame(given["table"])
    made = rake(table, given["margins"], given.get("weights"))
    assert made.converged
    assert list(made.weights) == pytest.approx(found["weights"], rel=1e-6)


def test_weights_have_the_margins_of_the_population():
    margins = {"sex": {"f": 105, "m": 95}, "age": {"o": 60, "y": 140}}
    made = rake(PEOPLE, margins)
    assert made.converged and made.largest_difference < 1e-9
    for column, wanted in margins.items():
        assert held(PEOPLE, made.weights, column) == pytest.approx(wanted)
    shares = {column: {k: n / 200 for k, n in wanted.items()} for column, wanted in margins.items()}
    # weights to shares stand for the respondents themselves
    assert sum(rake(PEOPLE, shares).weights) == pytest.approx(len(PEOPLE))
    assert rake(PEOPLE, margins).weights[0] / rake(PEOPLE, shares).weights[0] == pytest.approx(25)


def test_weights_within_bounds_stay_there_and_say_what_they_miss():
    wide = rake(PEOPLE, {"sex": {"f": 30, "m": 70}}, bounds=(0.1, 5))
    assert wide.converged
    assert wide.weights == pytest.approx(rake(PEOPLE, {"sex": {"f": 30, "m": 70}}).weights)
    tight = rake(PEOPLE, {"sex": {"f": 30, "m": 70}}, bounds=(0.5, 1.5))
    weights = np.array(tight.weights) / np.mean(tight.weights)
    assert not tight.converged
    assert weights.max() / weights.min() <= 3 + 1e-9
    missed = abs(held(PEOPLE, tight.weights, "sex")["m"] / 100 - 0.7)
    assert tight.largest_difference == pytest.approx(missed)


def test_margins_that_cannot_hold_together_are_said_to_be_missed():
    # everybody of the one is of the other
    table = pd.DataFrame({"a": [*"ppqq"], "b": [*"rrss"]})
    made = rake(table, {"a": {"p": 60, "q": 40}, "b": {"r": 40, "s": 60}})
    assert not made.converged and made.largest_difference > 0.05


@pytest.mark.parametrize(
    ("margins", "rule"),
    [
        ({}, "one margin or more"),
        ({"sex": {"f": 50, "m": 50}, "age": {"o": 30, "y": 60}}, "sex 100, age 90"),
        ({"sex": {"f": 50, "m": 40, "x": 10}}, "nobody answered of sex x"),
        ({"sex": {"f": 50}}, "no margin of sex for m"),
        ({"sex": {"f": 50, "m": 0}}, "above 0 for each value of sex: m"),
        ({"sex": {"f": 50, "m": NAN}}, "above 0 for each value of sex: m"),
        ({"place": {"n": 50}}, "no column place"),
    ],
)
def test_margins_that_are_none_are_refused_and_named(margins, rule):
    with pytest.raises(ValueError, match=rule):
        rake(PEOPLE, margins)


def test_respondents_without_a_value_and_bounds_that_are_none_are_refused():
    with pytest.raises(ValueError, match="1 respondents have no sex"):
        rake(PEOPLE.assign(sex=[*"fffmffm", None]), SEX)
    for bounds in ((1.2, 3), (0.2, 0.9), (-1, 2)):
        with pytest.raises(ValueError, match="multiples of the mean weight"):
            rake(PEOPLE, SEX, bounds=bounds)
    for weights in ([1] * 7, [0] + [1] * 7, [NAN] + [1] * 7):
        with pytest.raises(ValueError, match="each of 8 respondents has a weight above 0"):
            rake(PEOPLE, SEX, weights)


# estimates


@pytest.mark.parametrize(
    ("of", "given", "found"),
    [
        (of, *case.values)
        for of, fewest in ((weighted_mean, 8), (weighted_share, 4))
        for case in cases("weights", of.__name__, fewest)
    ],
)
def test_weighted_estimates_are_those_of_the_survey_package(of, given, found):
    given = dict(given)
    if "strata" in given:
        given["strata"] = [str(stratum) for stratum in given["strata"]]
    result = of(**given)
    told = result.estimate.value, result.standard_error, result.estimate.low, result.estimate.high
    wanted = [found[name] for name in ("value", "standard_error", "low", "high")]
    assert told == pytest.approx(wanted, abs=1e-9)


def test_weights_that_are_all_alike_change_nothing():
    values = [7, 9, 8, 10, 6, 8]
    for population in (None, 21):
        result = weighted_mean(values, [3] * 6, population=population)
        plain = mean(values, population=population)
        told = result.estimate.low, result.estimate.high
        assert told == pytest.approx((plain.low, plain.high))
    said = [1] * 12 + [0] * 4
    share = weighted_share(said, [2] * 16, population=21)
    assert (share.estimate.low, share.estimate.high) == pytest.approx(logit_interval(12, 16, 21))
    assert share.standard_error == pytest.approx(finite_population_se(12, 16, 21))
    assert (share.n, share.effective_n) == (16, pytest.approx(16))


def test_kishs_effective_number():
    # Kish (1965): (sum of weights) squared over the sum of their squares
    assert effective_n([1, 1, 2]) == pytest.approx(16 / 6)
    assert design_effect([1, 1, 2]) == pytest.approx(18 / 16)
    assert effective_n([5] * 7) == pytest.approx(7) and design_effect([5] * 7) == pytest.approx(1)


def test_where_all_answered_nothing_is_uncertain():
    result = weighted_share([1, 1, 1], [1, 2, 3], population=3)
    assert (result.estimate.low, result.estimate.high, result.standard_error) == (1, 1, 0)
    result = weighted_mean([1, 2, 9], [1, 2, 3], [*"aab"], {"a": 2, "b": 1})
    assert result.estimate.low == result.estimate.value == result.estimate.high


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        (([1, 0], [1, 2, 3]), "each of 2 respondents has a weight"),
        (([1, 0], [1, -2]), "weight above 0"),
        (([1, NAN], [1, 2]), "none missing"),
        (([1, 0, 1], [1, 2, 3], ["a", "a"]), "3 answers, and strata of 2"),
        (([1, 0, 1], [1, 2, 3], ["a", "a", "b"]), "one answer shows no spread: stratum b"),
        (([1], [1]), "one answer shows no spread"),
        (([1, 0], [1, 2], None, 1), "2 answered of 1"),
        (([1, 0], [1, 2], None, {"a": 3}), "by stratum where there are strata"),
        (([1, 0], [1, 2], ["a", "a"], 3), "by stratum where there are strata"),
        (([1, 0], [1, 2], ["a", "a"], {"b": 3}), "no population of stratum a"),
        (([1, 0], [1, 2], None, 2.5), "whole numbers"),
        (([1, 0], [1, 2], None, None, 95), "between 0 and 1"),
    ],
)
@pytest.mark.parametrize("of", [weighted_mean, weighted_share])
def test_what_is_no_weighted_answer_is_refused(of, given, rule):
    with pytest.raises(ValueError, match=rule):
        of(*given)


def test_a_share_is_of_yes_and_no_and_of_some():
    with pytest.raises(ValueError, match="yes or no"):
        weighted_share([1, 2], [1, 1])
    for said in ([0, 0], [1, 1]):
        with pytest.raises(ValueError, match="no logit interval"):
            weighted_share(said, [1, 2])
