"""report.shares: numbers as words."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.language.texts import texts
from evaluation.report.provenance import Count, Origin
from evaluation.report.shares import QUANTIFIERS, Share, quantifier
from evaluation.stats.intervals import worst_case

DANISH, ENGLISH = texts("da"), texts("en")
EXACT = [low for low, high, _ in QUANTIFIERS if low == high]
shares = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_the_table_of_quantifiers_covers_every_share_exactly_once():
    ranges = [(low, high) for low, high, _ in QUANTIFIERS if low < high]
    assert ranges[0][0] == 0
    assert ranges[-1][1] == 1
    assert all(up == start for (_, up), (start, _) in pairwise(ranges))
    assert len(set(EXACT)) == len(EXACT)
    assert {0, 1} <= set(EXACT)
    assert len({key for _, _, key in QUANTIFIERS}) == len(QUANTIFIERS)


@pytest.mark.slow
def test_every_share_up_to_200_answers_has_the_one_quantifier_of_its_row():
    for n in range(1, 201):
        for k in range(n + 1):
            share = Fraction(k, n)
            rows = [key for low, high, key in QUANTIFIERS if low == high == share] or [
                key for low, high, key in QUANTIFIERS if low <= share < high
            ]
            assert rows == [quantifier(k, n)], (k, n)


@pytest.mark.slow
@given(shares, shares)
def test_a_larger_share_never_has_a_smaller_quantifier(one, other):
    order = [key for _, _, key in QUANTIFIERS]
    less, more = sorted((one, other), key=lambda share: Fraction(*share))
    assert order.index(quantifier(*less)) <= order.index(quantifier(*more))


@pytest.mark.slow
@given(shares)
def test_an_exact_fraction_is_said_of_exactly_that_share_only(share):
    key = quantifier(*share)
    is_exact = any(key == name for low, high, name in QUANTIFIERS if low == high)
    assert is_exact == (Fraction(*share) in EXACT)


@pytest.mark.parametrize(
    ("k", "n", "danish", "english"),
    [
        (0, 16, "ingen", "none"),
        (1, 16, "et lille mindretal", "a small minority"),
        (4, 16, "en fjerdedel", "a quarter"),
        (5, 16, "næsten en tredjedel", "almost a third"),
        (8, 16, "halvdelen", "half"),
        (9, 16, "lidt over halvdelen", "just over half"),
        (10, 16, "næsten to tredjedele", "almost two thirds"),
        (11, 16, "lidt over to tredjedele", "just over two thirds"),
        (12, 16, "tre fjerdedele", "three quarters"),
        (14, 16, "langt de fleste", "the great majority"),
        (16, 16, "alle", "all"),
        (7, 21, "en tredjedel", "a third"),
        (14, 21, "to tredjedele", "two thirds"),
        (1, 1, "alle", "all"),
        (0, 1, "ingen", "none"),
        (999, 1000, "næsten alle", "almost all"),
        (1, 1000, "et lille mindretal", "a small minority"),
    ],
)
def test_a_share_has_these_words(k, n, danish, english):
    # design.md: 10/16 is "næsten to tredjedele", "almost two thirds"
    assert Share(k, n, DANISH).words == danish
    assert Share(k, n, ENGLISH).words == english


@pytest.mark.parametrize(("k", "n"), [(-1, 4), (5, 4), (0, 0)])
def test_what_is_no_share_has_no_quantifier(k, n):
    with pytest.raises(ValueError, match=f"{k} of {n}"):
        quantifier(k, n)


def test_a_share_is_told_as_count_percentage_or_both():
    share = Share(14, 16, DANISH)
    assert share.count_of_n == "14\u00a0af\u00a016"
    assert share.percent == "88\u00a0%"
    assert share.full == "14\u00a0af\u00a016 (88\u00a0%)"
    assert Share(14, 16, ENGLISH).full == "14\u00a0of\u00a016 (88%)"


def test_large_counts_have_thousands_marks():
    assert Share(1234, 2468, DANISH).full == "1.234\u00a0af\u00a02.468 (50\u00a0%)"
    assert Share(1234, 2468, ENGLISH).count_of_n == "1,234\u00a0of\u00a02,468"


@pytest.mark.parametrize(
    ("k", "n", "exact"),
    [
        (10, 16, "62,5\u00a0%"),
        (12, 16, "75\u00a0%"),
        (1, 3, "33,33\u00a0%"),
        (2, 3, "66,67\u00a0%"),
        (8, 16, "50\u00a0%"),
        (16, 16, "100\u00a0%"),
        (0, 16, "0\u00a0%"),
        (1, 10, "10\u00a0%"),
    ],
)
def test_an_exact_percentage_has_the_decimals_it_needs(k, n, exact):
    assert Share(k, n, DANISH).exact == exact


@pytest.mark.slow
@given(shares)
def test_an_exact_percentage_is_a_plain_number(share):
    told = Share(*share, ENGLISH).exact
    assert set(told.removesuffix("%")) <= set("0123456789.")
    assert abs(Decimal(told.removesuffix("%")) - Decimal(100) * share[0] / share[1]) <= Decimal(
        "0.005"
    )


def test_a_group_is_named_with_its_quantifier():
    assert Share(10, 16, DANISH).of("foreningerne") == "næsten to tredjedele af foreningerne"
    assert Share(16, 16, DANISH).of("foreningerne") == "alle foreningerne"
    assert Share(0, 16, DANISH).of("foreningerne") == "ingen af foreningerne"
    assert Share(16, 16, ENGLISH).of("the associations") == "all the associations"


def test_bounds_say_what_the_silent_could_change():
    # methods.md 0.4: 12\u00a0of\u00a016 among 21
    share = Share(12, 16, DANISH, lower=12, upper=17, population=21)
    assert share.bounds == "mellem 12 og 17\u00a0af\u00a021"
    assert Share(12, 16, ENGLISH, 12, 17, 21).bounds == "between 12 and 17\u00a0of\u00a021"


def test_bounds_that_meet_are_one_count():
    assert Share(12, 16, DANISH, 12, 12, 16).bounds == "12\u00a0af\u00a016"


def test_bounds_without_population_are_an_error_and_no_guess():
    with pytest.raises(ValueError, match="population"):
        _ = Share(11, 12, DANISH).bounds


def test_the_rest_has_the_bounds_of_the_opposite_answer():
    for population in range(1, 22):
        for n in range(1, population + 1):
            for k in range(n + 1):
                rest = Share(k, n, DANISH, *worst_case(k, n, population), population).rest
                assert (rest.k, rest.n, rest.population) == (n - k, n, population)
                assert (rest.lower, rest.upper) == worst_case(n - k, n, population)


def test_the_rest_of_a_share_without_population_has_none():
    rest = Share(11, 12, DANISH).rest
    assert (rest.k, rest.population) == (1, None)


def test_a_share_of_none_shows_its_origin_like_any_other():
    none = Count(0, Origin(("a",), "data/raw/facts.csv", (2,)))
    shown = Share(none, 4, texts("en"), origin=none.origin).count_of_n
    (origin,) = [value for value in shown._repr_mimebundle_().values() if isinstance(value, dict)]
    assert (origin["k"], origin["n"], origin["rows"]) == (0, 4, (2,))


def test_who_did_not_answer_is_told_of_all_who_could():
    origin = Origin(("a.b",), "data/raw/published_figures.csv", (4,))
    told = Share(12, 16, texts("en"), population=21, origin=origin).silent
    assert told == "5\u00a0of\u00a021"
    # the number is about no answer: an attack must not take it for the count of one
    assert told.origin.k is None and told.origin.about == ("a.b",)
    assert Share(12, 16, texts("en"), population=16).silent == "0\u00a0of\u00a016"
    assert Share(None, None, texts("en"), population=21).silent == "a hidden number of 21"
    with pytest.raises(ValueError, match="population"):
        _ = Share(11, 12, texts("en")).silent
