"""stats.contingency: groups against answers, and what is refused."""

from itertools import product
from math import comb, factorial, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import cases

from evaluation.stats import networks
from evaluation.stats.contingency import (
    chi_squared,
    cochran_armitage,
    fisher,
    fisher_freeman_halton,
)

TEA = [[3, 1], [1, 3]]


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
    for part in (
        "2 of 4 expected counts are below 5",
        "smallest is 2)",
        "use fisher_freeman_halton()",
    ):
        assert part in str(caught.value)
    with pytest.raises(ValueError, match="4 of 4 expected counts"):
        chi_squared([[0, 0], [0, 0]])
    assert chi_squared([[5, 5], [5, 5]]).smallest_expected == 5


# tables of any size


@pytest.mark.parametrize(("given", "found"), cases("contingency", "fisher_freeman_halton"))
def test_fisher_freeman_halton_is_that_of_r(given, found):
    test = fisher_freeman_halton(**given)
    # four standard errors of a share of 9,999 draws
    off = 1e-9 if test.exact else 4 * (found["p"] * (1 - found["p"]) / 9_999) ** 0.5
    assert test.p == pytest.approx(found["p"], abs=off)


def filled(n, cells):
    """Every way to put n answers into so many cells."""
    if cells == 1:
        yield (n,)
        return
    for here in range(n + 1):
        for rest in filled(n - here, cells - 1):
            yield here, *rest


def of_margins(n, columns):
    """The tables of two rows and n answers, by their margins, and how likely each is among them."""
    found = {}
    for cells in filled(n, 2 * columns):
        table = cells[:columns], cells[columns:]
        margins = (sum(table[0]), *(a + b for a, b in zip(*table, strict=True)))
        found.setdefault(margins, {})[table] = 1 / prod(map(factorial, cells))
    return found.values()


@pytest.mark.slow
@pytest.mark.parametrize("n", range(1, 8))
def test_fisher_freeman_halton_adds_all_tables_that_are_no_more_likely(n):
    for tables in of_margins(n, 3):
        whole, least = sum(tables.values()), []
        for table, likely in tables.items():
            found = fisher_freeman_halton(table)
            p = sum(other for other in tables.values() if other <= likely * (1 + 1e-9)) / whole
            assert found.exact and found.n == n
            assert found.p == pytest.approx(p), table
            least.append((found.least_p, found.p))
        # the smallest p of all tables with these margins is what each says it is
        smallest = min(p for _, p in least)
        assert all(least_p == pytest.approx(smallest) for least_p, _ in least)


def test_fisher_freeman_halton_of_two_by_two_is_fishers_test():
    for cells in filled(8, 4):
        table = cells[:2], cells[2:]
        assert fisher_freeman_halton(table).p == pytest.approx(fisher(table).p)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=4))
def test_fisher_freeman_halton_does_not_mind_order_or_names(table):
    counts = np.array(table)
    if not counts.any():
        return
    p = fisher_freeman_halton(counts).p
    for other in (counts[::-1], counts[:, ::-1], counts.T, np.vstack([counts, 0 * counts[0]])):
        assert fisher_freeman_halton(other).p == pytest.approx(p)


@pytest.mark.slow
def test_larger_tables_are_drawn_and_come_near_to_all_of_them(monkeypatch):
    table = [[4, 1], [3, 3], [0, 5], [2, 2], [1, 4]]
    every = fisher_freeman_halton(table)
    monkeypatch.setattr(networks, "WAYS", 1)
    drawn = fisher_freeman_halton(table)
    assert every.exact and not drawn.exact and drawn.least_p is None
    # four standard errors of a share of 9,999 draws
    assert drawn.p == pytest.approx(every.p, abs=4 * (every.p / 9_999) ** 0.5)
    assert fisher_freeman_halton(table) == drawn != fisher_freeman_halton(table, seed=2)


@pytest.mark.slow
def test_a_table_of_hundreds_is_tested():
    found = fisher_freeman_halton(np.arange(48).reshape(8, 6))
    assert 0 < found.p <= 1 and not found.exact


@pytest.mark.parametrize("test", [fisher_freeman_halton, chi_squared])
@pytest.mark.parametrize("wrong", [[[1, 2]], [[1], [2]], [1, 2]])
def test_a_table_has_rows_and_columns(test, wrong):
    with pytest.raises(ValueError, match="two rows and two columns"):
        test(wrong)


def test_nobody_is_compared_with_nobody():
    with pytest.raises(ValueError, match="nobody answered"):
        fisher_freeman_halton([[0, 0], [0, 0]])


# trends


@pytest.mark.parametrize(("given", "found"), cases("contingency", "cochran_armitage"))
def test_cochran_armitage_is_that_of_r(given, found):
    test = cochran_armitage(**given)
    assert test.z == pytest.approx(found["z"], abs=1e-9)
    assert test.exact
    if "p" in found:
        assert test.p == pytest.approx(found["p"], abs=1e-9)


def test_cochran_armitage_of_the_malformations():
    # Agresti (2002), table 3.5: drinks a day of the mother, chi-squared of the trend 6.57
    found = cochran_armitage([48, 38, 5, 1, 1], [17114, 14502, 793, 127, 38], [0, 0.5, 1.5, 4, 7])
    assert found.z**2 == pytest.approx(6.57, abs=5e-3)
    assert found.p < 0.05


@pytest.mark.slow
def test_cochran_armitage_tries_every_table():
    asked, scores = (2, 3, 1, 2), (0, 1, 2, 5)
    for yes in product(*(range(n + 1) for n in asked)):
        tables = [k for k in product(*(range(n + 1) for n in asked)) if sum(k) == sum(yes)]
        ways = [prod(comb(n, k) for n, k in zip(asked, ks, strict=True)) for ks in tables]
        sums = [sum(s * k for s, k in zip(scores, ks, strict=True)) for ks in tables]
        expected = sum(yes) * sum(s * n for s, n in zip(scores, asked, strict=True)) / sum(asked)
        far = abs(sum(s * k for s, k in zip(scores, yes, strict=True)) - expected)
        as_far = [w for w, s in zip(ways, sums, strict=True) if abs(s - expected) >= far - 1e-9]
        found = cochran_armitage(yes, asked, scores)
        assert found.p == pytest.approx(sum(as_far) / sum(ways))
        assert found.least_p <= found.p + 1e-12


def test_cochran_armitage_of_two_groups_asks_as_fisher_of_equal_ones():
    for a, b in product(range(7), repeat=2):
        found = cochran_armitage([a, b], [6, 6])
        assert found.p == pytest.approx(fisher([[a, 6 - a], [b, 6 - b]]).p)


def test_a_trend_turns_round_with_the_groups_and_does_not_mind_the_unit_of_scores():
    up = cochran_armitage([1, 2, 4], [5, 5, 5])
    down = cochran_armitage([4, 2, 1], [5, 5, 5])
    assert (down.z, down.p) == pytest.approx((-up.z, up.p))
    other = cochran_armitage([1, 2, 4], [5, 5, 5], [1e6, 2e6, 3e6])
    assert (other.z, other.p) == pytest.approx((up.z, up.p))
    assert cochran_armitage([3, 3], [3, 3]).p == cochran_armitage([0, 0], [3, 3]).p == 1


@pytest.mark.slow
def test_trends_of_many_are_drawn(monkeypatch):
    given_ = [12, 15, 8, 20, 16], [21, 21, 22, 25, 17]
    every = cochran_armitage(*given_)
    monkeypatch.setattr(networks, "WAYS", 1)
    drawn = cochran_armitage(*given_)
    assert every.exact and not drawn.exact
    assert drawn.p == pytest.approx(every.p, abs=4 * (every.p / 9_999) ** 0.5)


@pytest.mark.parametrize(
    ("given_", "rule"),
    [
        (([1], [2]), "two groups or more"),
        (([1, 1], [2, 2, 2]), "two groups or more"),
        (([3, 1], [2, 2]), "no more say yes"),
        (([0, 0], [0, 0]), "no more say yes"),
        (([-1, 1], [2, 2]), "at least 0"),
        (([1, 1], [2, 2], [1, 1]), "they differ"),
        (([1, 1], [2, 2], [1, float("nan")]), "they differ"),
        (([1, 1], [2, 2], [1, 2, 3]), "they differ"),
    ],
)
def test_what_is_no_trend_is_refused(given_, rule):
    with pytest.raises(ValueError, match=rule):
        cochran_armitage(*given_)
