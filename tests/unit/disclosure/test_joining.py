"""disclosure.joining: which options to join, so that most counts of a question may be shown."""

from itertools import combinations, pairwise, product

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evaluation.disclosure import attack, exclusive, is_safe, suppress
from evaluation.disclosure.joining import chains, joinings, proposed
from evaluation.project.codebook import Codebook, Option, Question
from evaluation.stats.intervals import wilson
from evaluation.survey.indicators import COLUMNS, TYPES, WHOLE

NONE = {"da": "x", "en": "x"}
CODES = "abcdef"
MIN_CELL = 3
COUNTS = st.sampled_from([0, 1, 2, 3, 4, 6, 9])


def question(kind: str, codes: str, **fields) -> Question:
    return Question("q", kind, NONE, NONE, tuple(Option(code, NONE) for code in codes), **fields)


def proposal(kind: str, waves: list[dict[str, int]]) -> list[tuple[str, ...]]:
    asked = question(kind, "".join(waves[0]))
    totals = {code: sum(wave[code] for wave in waves) for code in asked.codes}
    return proposed(waves, chains(asked, set(), totals), MIN_CELL)


def joined(wave: dict[str, int], groups) -> dict[str, int]:
    first = {code: group[0] for group in groups for code in group}
    sums: dict[str, int] = {}
    for code, k in wave.items():
        sums[first.get(code, code)] = sums.get(first.get(code, code), 0) + k
    return sums


def shown(wave: dict[str, int], groups=()) -> list[bool]:
    cells, _ = exclusive(joined(wave, groups), MIN_CELL)
    return [k is not None for k in cells.values()]


def published(wave: dict[str, int], groups) -> tuple[pd.DataFrame, Codebook]:
    """A wave as a build publishes it with the options joined."""
    asked = question("single", "".join(wave))
    n = sum(wave.values())
    rows = [
        dict.fromkeys(COLUMNS)
        | {"id": f"q.{code}", "question": "q", "option": code, "k": k, "n": n, "share": k / n}
        | dict(zip(("low", "high"), wilson(k, n), strict=True))
        for code, k in wave.items()
    ]
    types = dict.fromkeys(WHOLE, "Int64") | TYPES
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(types)
    book = Codebook({}, {"q": asked})
    collapses = {"q": [(group[0], list(group)) for group in groups]}
    return suppress(table, book, MIN_CELL, collapses), book


@given(
    st.sampled_from(["single", "ordinal"]),
    st.integers(2, 6).flatmap(
        lambda size: st.lists(
            st.lists(COUNTS, min_size=size, max_size=size).filter(any), min_size=1, max_size=2
        )
    ),
)
@example("ordinal", [[5, 2, 1, 6]])
@example("single", [[9, 1, 1, 2, 6]])
@settings(max_examples=150, deadline=None)
@pytest.mark.slow
def test_what_is_proposed_is_safe_and_shows_more_than_half_and_more_than_before(kind, rows):
    waves = [dict(zip(CODES, row, strict=False)) for row in rows]
    groups = proposal(kind, waves)
    before = [here for wave in waves for here in shown(wave)]
    after = [here for wave in waves for here in shown(wave, groups)]
    if not groups:
        return
    assert sum(after) > sum(before) and 2 * sum(after) > len(after)
    for wave in waves:
        if any(shown(wave, groups)):
            table, book = published(wave, groups)
            assert is_safe(attack(table, book, MIN_CELL), MIN_CELL)
            assert (~table["suppressed"]).sum() == sum(shown(wave, groups))
        for group in groups:
            parts = [wave[code] for code in group]
            if any(0 < k < MIN_CELL for k in parts):
                # who knows why they were joined finds no part, and no group of few
                told = [
                    each
                    for each in product(range(sum(parts) + 1), repeat=len(parts))
                    if sum(each) == sum(parts) and any(0 < k < MIN_CELL for k in each)
                ]
                for values in map(set, zip(*told, strict=True)):
                    assert len(values) > 1 and not values <= {1, 2}
                assert sum(parts) >= MIN_CELL


@given(st.integers(3, 5).flatmap(lambda size: st.lists(COUNTS, min_size=size, max_size=size)))
@settings(max_examples=100, deadline=None)
@pytest.mark.slow
def test_no_fewer_joins_of_neighbours_on_a_scale_would_do(row):
    wave = dict(zip(CODES, row, strict=False))
    if not any(row):
        return
    groups = proposal("ordinal", [wave])
    codes, most = list(wave), sum(len(group) - 1 for group in groups) if groups else len(wave)
    for number in range(1, most):
        for cuts in combinations(range(1, len(codes)), len(codes) - 1 - number):
            ends = [0, *cuts, len(codes)]
            runs = [tuple(codes[a:b]) for a, b in pairwise(ends)]
            tried = [run for run in runs if len(run) > 1]
            cells = shown(wave, tried)
            more = sum(cells) > sum(shown(wave)) and 2 * sum(cells) > len(cells)
            whole = len(runs) == 1
            parts = [[wave[code] for code in run] for run in tried]
            few = any(sum(k) <= MIN_CELL and any(0 < each < MIN_CELL for each in k) for k in parts)
            telling = any(len(k) == 2 and sum(k) <= MIN_CELL for k in parts)
            assert not more or whole or few or telling, tried


def test_a_scale_is_joined_with_neighbours_and_other_answers_from_the_rarest_on():
    wave = {"a": 9, "b": 1, "c": 6, "d": 2}
    assert proposal("ordinal", [wave]) == [("a", "b"), ("c", "d")]
    assert proposal("single", [wave]) == [("b", "d", "c")]
    assert proposal("single", [wave | {"e": 3}]) == [("b", "d", "e")]


def test_what_the_headline_counts_a_filter_and_what_is_beside_a_scale_stay_apart():
    options = tuple(Option(code, NONE, off_scale=code in "fg") for code in "abcdefg")
    asked = Question("q", "ordinal", NONE, NONE, options, headline=("a", "b"))
    assert chains(asked, {"d"}, {"f": 2, "g": 1}) == [["a", "b"], ["c"], ["e"], ["g", "f"]]


def test_the_fewest_joins_are_tried_first_and_each_once():
    tried = list(joinings(["abc", "xy"]))
    assert tried[:3] == [[("a", "b")], [("b", "c")], [("x", "y")]]
    assert tried[-1] == [("a", "b", "c"), ("x", "y")] and len(tried) == 7


@pytest.mark.parametrize("row", [[1, 1, 1], [3, 0, 0], [1, 1], [2, 30], [0, 0, 0]])
def test_where_nothing_helps_nothing_is_proposed(row):
    for kind in ("single", "ordinal"):
        assert proposal(kind, [dict(zip(CODES, row, strict=False))]) == []
