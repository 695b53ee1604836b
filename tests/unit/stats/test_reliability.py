"""stats.reliability: whether items measure one thing, and what cannot carry it."""

import numpy as np
import pandas as pd
import pytest
from oracles import cases

from evaluation.stats.reliability import (
    FEWEST_FOR_ALPHA,
    FEWEST_FOR_OMEGA,
    cronbach_alpha,
    mcdonald_omega,
)


def made(n, loadings, seed=1):
    generator = np.random.default_rng(seed)
    factor = generator.normal(size=(n, 1))
    own = np.sqrt(1 - np.square(loadings))
    table = factor * loadings + own * generator.normal(size=(n, len(loadings)))
    return pd.DataFrame(table, columns=list("abcdefgh"[: len(loadings)]))


@pytest.mark.parametrize(("given", "found"), cases("reliability", "cronbach_alpha"))
def test_alpha_is_that_of_psych(given, found):
    result = cronbach_alpha(pd.DataFrame(given["table"]))
    told = result.alpha.value, result.alpha.low, result.alpha.high
    assert told == pytest.approx((found["value"], found["low"], found["high"]), abs=1e-9)
    assert [item.item_total for item in result.items] == pytest.approx(found["item_total"])
    without = [item.alpha_without for item in result.items]
    assert without == (pytest.approx(found["alpha_without"]) if len(without) > 2 else [None, None])


@pytest.mark.slow
@pytest.mark.parametrize(("given", "found"), cases("reliability", "mcdonald_omega", 7))
def test_omega_is_that_of_psych(given, found):
    result = mcdonald_omega(pd.DataFrame(given["table"]), draws=99)
    # R's search stops earlier
    assert result.omega.value == pytest.approx(found["value"], abs=1e-5)
    assert list(result.loadings.values()) == pytest.approx(found["loadings"], abs=1e-4)
    assert result.omega.low < result.omega.value < result.omega.high


def test_items_that_are_the_same_agree_wholly():
    one = np.random.default_rng(2).integers(1, 6, 60)
    table = pd.DataFrame({"a": one, "b": one, "c": one})
    assert cronbach_alpha(table).alpha.value == pytest.approx(1)
    assert mcdonald_omega(table, draws=49).omega.value > 0.99


def test_alpha_does_not_mind_the_order_of_items_or_respondents_or_their_unit():
    table = made(50, [0.5, 0.7, 0.9])
    alpha = cronbach_alpha(table).alpha
    for other in (table[["c", "a", "b"]], table[::-1], 10 * table + 3):
        assert cronbach_alpha(other).alpha.value == pytest.approx(alpha.value)
    assert cronbach_alpha(table.assign(a=-table["a"])).alpha.value < alpha.value


@pytest.mark.slow
def test_omega_of_many_finds_what_they_were_made_from():
    loadings = [0.4, 0.6, 0.8, 0.7]
    result = mcdonald_omega(made(2_000, loadings), draws=99)
    common = sum(loadings) ** 2
    true = common / (common + sum(1 - loading**2 for loading in loadings))
    assert result.omega.value == pytest.approx(true, abs=0.02)
    assert list(result.loadings.values()) == pytest.approx(loadings, abs=0.06)
    assert result == mcdonald_omega(made(2_000, loadings), draws=99)


def test_rows_with_a_missing_answer_play_no_part():
    table = made(60, [0.5, 0.7, 0.9])
    with_gaps = pd.concat([table, table.head(5).assign(b=np.nan)], ignore_index=True)
    assert cronbach_alpha(with_gaps) == cronbach_alpha(table)
    assert cronbach_alpha(with_gaps).n == 60
    one, other = (mcdonald_omega(each, draws=49) for each in (with_gaps, table))
    assert one == other


@pytest.mark.parametrize(
    ("of", "table", "rule"),
    [
        (cronbach_alpha, made(60, [0.5]), "2 items or more, not 1"),
        (mcdonald_omega, made(60, [0.5, 0.7]), "3 items or more, not 2"),
        (cronbach_alpha, made(FEWEST_FOR_ALPHA - 1, [0.5, 0.7]), "30 complete answers or more"),
        (mcdonald_omega, made(FEWEST_FOR_OMEGA - 1, [0.5, 0.7, 0.6]), "50 complete answers"),
        (cronbach_alpha, made(60, [0.5, 0.7]).assign(b=3), "alike show no variance: b"),
        (mcdonald_omega, made(60, [0.5, 0.7, 0.8]).assign(b=3, c=1), "no variance: b, c"),
    ],
)
def test_what_cannot_carry_a_coefficient_is_refused_and_named(of, table, rule):
    with pytest.raises(ValueError, match=rule):
        of(table)


def test_items_whose_sum_is_the_same_for_all_are_refused():
    table = made(60, [0.5])
    with pytest.raises(ValueError, match="the same for all"):
        cronbach_alpha(pd.DataFrame({"a": np.arange(60), "b": -np.arange(60)}))
    with pytest.raises(ValueError, match="between 0 and 1"):
        cronbach_alpha(table.assign(b=table["a"] + 1), 95)
