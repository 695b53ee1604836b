"""stats.repeated: the same respondents several times, and what is refused."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import cases
from scipy.stats import friedmanchisquare

from evaluation.stats import permutations as drawing
from evaluation.stats.pairs import mcnemar, sign_test
from evaluation.stats.repeated import cochran_q, friedman

scales = st.lists(st.lists(st.integers(1, 3), min_size=3, max_size=3), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("test", "given", "found"),
    [
        (test, *case.values)
        for test in (cochran_q, friedman)
        for case in cases("contingency", test.__name__)
    ],
)
def test_statistic_and_p_are_those_of_r(test, given, found):
    result = test(**given)
    assert result.exact
    if found["statistic"] != "NaN":
        assert result.statistic == pytest.approx(found["statistic"], abs=1e-9)
    assert result.p == pytest.approx(found["p"], abs=1e-9)


def test_cochrans_q_of_two_times_is_mcnemars_test():
    for b, c in product(range(5), repeat=2):
        rows = [[1, 1], [0, 0]] + [[0, 1]] * b + [[1, 0]] * c
        found = cochran_q(rows)
        assert found.p == pytest.approx(mcnemar(b, c).p)
        assert found.least_p == pytest.approx(mcnemar(0, b + c).p)
        assert found.statistic == pytest.approx((b - c) ** 2 / max(b + c, 1))


def test_friedman_of_two_times_is_the_sign_test():
    rows = [[1, 4], [2, 3], [5, 5], [4, 1], [2, 5], [1, 2]]
    assert friedman(rows).p == pytest.approx(sign_test([y - x for x, y in rows]).p)


def test_friedman_of_answers_of_two_kinds_is_cochrans_q():
    rows = [[1, 1, 0], [1, 0, 0], [1, 1, 1], [0, 1, 0]]
    one, other = cochran_q(rows), friedman(rows)
    assert (one.statistic, one.p, one.w) == pytest.approx((other.statistic, other.p, other.w))


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(scales)
def test_friedman_tries_every_order(rows):
    def uneven(answers):
        return sum(sum(column) ** 2 for column in zip(*answers, strict=True))

    ranks = [[sum((a > b) + (a == b) / 2 for b in row) for a in row] for row in rows]
    every = [uneven(chosen) for chosen in product(*(list(permutations(row)) for row in ranks))]
    as_far = np.mean([value >= uneven(ranks) - 1e-9 for value in every])
    found = friedman(rows)
    assert found.p == pytest.approx(as_far)
    assert found.least_p == pytest.approx(np.mean([v >= max(every) - 1e-9 for v in every]))
    if np.ptp(rows, axis=1).any() and len(rows) > 1:
        assert found.statistic == pytest.approx(friedmanchisquare(*np.transpose(rows)).statistic)
    assert 0 <= found.w <= 1 + 1e-12


def test_rows_alike_show_nothing():
    found = cochran_q([[1, 1, 1], [0, 0, 0]])
    assert (found.statistic, found.w, found.p, found.least_p) == (0, 0, 1, 1)


@pytest.mark.slow
def test_many_rows_are_drawn(monkeypatch):
    generator = np.random.default_rng(4)
    rows = (generator.random((30, 3)) < [0.4, 0.5, 0.7]).astype(int)
    every = cochran_q(rows)
    monkeypatch.setattr(drawing, "ORDERS", 1)
    drawn = cochran_q(rows)
    assert every.exact and not drawn.exact and drawn.least_p is None
    assert drawn.p == pytest.approx(every.p, abs=4 * (every.p / 9_999) ** 0.5)
    assert cochran_q(rows) == drawn


@pytest.mark.slow
def test_hundreds_of_respondents_with_seven_items_are_tested():
    rows = np.random.default_rng(5).integers(1, 6, (300, 7))
    found = friedman(rows)
    assert 0 < found.p <= 1 and not found.exact


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([], "rows of as many answers"),
        ([[1], [2]], "rows of as many answers"),
        ([[1, 0], [1, float("nan")]], "none missing"),
    ],
)
@pytest.mark.parametrize("test", [cochran_q, friedman])
def test_rows_that_are_not_whole_are_refused(test, rows, rule):
    with pytest.raises(ValueError, match=rule):
        test(rows)


def test_cochrans_q_is_of_yes_and_no():
    with pytest.raises(ValueError, match="0 and 1"):
        cochran_q([[1, 2], [0, 1]])
