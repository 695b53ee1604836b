"""stats.comparisons: several tests that answer one question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from evaluation.stats.comparisons import Family, holm


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
