"""disclosure: which counts stay hidden, and proof that nobody can work them out."""

from dataclasses import replace
from itertools import combinations_with_replacement, count, product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refusals import refusal, tells

from evaluation.base.rounding import percent
from evaluation.disclosure import (
    BOUNDS,
    FIGURES,
    REST,
    Sum,
    attack,
    collapse,
    exactly,
    exclusive,
    is_safe,
    primary,
    printed,
    protect,
    ranges,
    secondary,
    suppress,
    suppression,
)
from evaluation.disclosure.reidentification import pointers
from evaluation.project.codebook import Codebook, Collapse, Option, Question
from evaluation.project.folder import Folder
from evaluation.stats.intervals import hypergeometric, wilson, worst_case
from evaluation.survey.indicators import indicators
from evaluation.survey.reconstruction import counts, responses

NONE = {"da": "x", "en": "x"}
POPULATION = 21


def question(name: str, kind: str, *codes: str, base=None, **more) -> Question:
    options = tuple(Option(code, NONE) for code in codes)
    return Question(name, kind, NONE, NONE, options, base=base, **more)


def survey(answers: dict[str, tuple], population: int = POPULATION, **more):
    """(indicator table, codebook) from question -> (type, n, counts by code[, base]).

    more: what else the codebook says of each question.
    """
    book, rows = {}, []
    for name, (kind, n, by_code, *base) in answers.items():
        book[name] = question(name, kind, *by_code, base=base[0] if base else None, **more)
        for code, k in by_code.items():
            low, high = wilson(k, n)
            bounds = [None] * 4
            if not base:
                bounds = [*worst_case(k, n, population), *hypergeometric(k, n, population)]
            id_ = f"{name}.{code}"
            rows.append((id_, name, code, k, n, k / n, "wilson", low, high, *bounds, "survey"))
    columns = ["id", "question", "option", "k", "n", "share", "interval", "low", "high"]
    columns += [*BOUNDS, "source"]
    table = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(BOUNDS, "Int64"))
    return table, Codebook({}, book)


def one(kind: str, *by_position: int, n: int | None = None, **more):
    """A survey of one question q with the options a, b, c, ..."""
    by_code = dict(zip("abcdef", by_position, strict=False))
    return survey({"q": (kind, n or sum(by_position), by_code)}, **more)


def hidden_in(published: pd.DataFrame) -> list[str]:
    return published["option"][published["suppressed"]].tolist()


def shown_again(published: pd.DataFrame, table: pd.DataFrame, *ids: str) -> pd.DataFrame:
    """A published table in which some hidden rows have their figures back."""
    weak = published.copy()
    rows = weak["id"].isin(ids)
    assert weak["suppressed"][rows].all()
    assert rows.sum() == len(ids)
    for column in FIGURES:
        weak.loc[rows, column] = table.loc[rows, column]
    weak.loc[rows, "suppressed"] = False
    return weak


@pytest.fixture(scope="module")
def folder(repository):
    return Folder(repository)


@pytest.fixture(scope="module")
def codebook(folder):
    return folder.codebook()


@pytest.fixture(scope="module")
def table(folder, codebook):
    """The indicators of document 000."""
    published = counts(folder.read_raw("published_figures"), codebook)
    return indicators(responses(published, codebook), codebook, POPULATION)


@pytest.fixture(scope="module", params=[3, 5])
def safe(request, table, codebook):
    """(threshold, document 000's table as published at it)."""
    return request.param, suppress(table, codebook, request.param)


# the core: ranges


def vectors(cells, sums):
    """All counts of the hidden cells that agree with the sums, by enumeration."""
    hidden = [cell for cell, k in cells.items() if k is None]

    def fits(whole):
        for known in sums:
            total = sum(whole[cell] or 0 for cell in known.cells)
            complete = all(whole[cell] is not None for cell in known.cells)
            if total > known.high or (complete and total < known.low):
                return False
        return True

    def filled(whole, left):
        if not left:
            yield {cell: whole[cell] for cell in hidden}
            return
        for k in count():
            more = {**whole, left[0]: k}
            if sum(more[cell] or 0 for cell in sums_of[left[0]].cells) > sums_of[left[0]].high:
                return
            if fits(more):
                yield from filled(more, left[1:])

    sums_of = {cell: next(known for known in sums if cell in known.cells) for cell in hidden}
    yield from filled(dict(cells), hidden)


def extremes(found: list[dict]) -> dict:
    return {
        cell: (min(each[cell] for each in found), max(each[cell] for each in found))
        for cell in found[0]
    }


def has_small(pools, small):
    """Whether a vector holds a small count in every pool."""
    return lambda vector: all(any(vector[cell] in small for cell in pool) for pool in pools)


def linked(hidden, sums):
    """Sets of hidden cells that sums link, by merging."""
    pools = [{cell} for cell in hidden]
    for known in sums:
        touched = [pool for pool in pools if pool & set(known.cells)]
        pools = [pool for pool in pools if pool not in touched] + [set().union(*touched)]
    return [pool for pool in pools if pool]


@st.composite
def partly_hidden(draw):
    """A small table of one or two rows with its sums, some cells hidden, one sum only rounded."""
    height, width = draw(st.integers(1, 2)), draw(st.integers(2, 3))
    true = {
        f"{row}{column}": draw(st.integers(0, 4))
        for row in range(height)
        for column in range(width)
    }
    lines = [[f"{r}{c}" for c in range(width)] for r in range(height)]
    if height == 2:
        lines += [[f"{r}{c}" for r in range(height)] for c in range(width)]
    sums = [exactly(line, sum(true[cell] for cell in line)) for line in lines]
    n = sum(true.values())
    if n:
        pair = lines[0][:2]
        sums.append(printed(pair, int(percent(sum(true[cell] for cell in pair), n)), n))
    hidden = draw(st.sets(st.sampled_from(sorted(true)), min_size=1, max_size=5))
    return true, {cell: None if cell in hidden else k for cell, k in true.items()}, sums


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(partly_hidden(), st.sampled_from([range(1, 2), range(1, 3), range(0, 2), range(1, 5)]))
def test_the_solver_finds_what_enumeration_finds(example, small):
    _, cells, sums = example
    found = list(vectors(cells, sums))
    assert ranges(cells, sums) == extremes(found)
    pools = linked(found[0], sums)
    for pool in pools:
        ruled = [vector for vector in found if has_small([pool], small)(vector)]
        # where no small count fits, the rule tells nothing
        expected = extremes(ruled or found)
        told = ranges(cells, sums, small)
        assert {cell: told[cell] for cell in pool} == {cell: expected[cell] for cell in pool}


def test_a_percentage_is_a_range_of_counts():
    assert printed(["a"], 63, 16) == Sum(("a",), 10, 10)
    # 99 of 200 is 49.5 %, which half up is printed as 50 %; 101 of 200 is 50.5 %, printed as 51 %
    assert printed(["a"], 50, 200) == Sum(("a",), 99, 100)
    with pytest.raises(ValueError, match="no count of 16"):
        printed(["a"], 62, 16)


def test_sums_that_contradict_each_other_are_refused():
    cells = {"a": None, "b": None}
    with pytest.raises(ValueError, match="contradict"):
        ranges(cells, [exactly(cells, 3), exactly(["a"], 4)])
    with pytest.raises(ValueError, match="contradict"):
        ranges(cells, [exactly(cells, 3), exactly(["a"], 1), exactly(["b"], 1)])


def test_a_cell_without_a_limit_is_refused():
    with pytest.raises(ValueError, match="limits b"):
        ranges({"a": None, "b": None}, [exactly(["a"], 3)])


# the core: protection


# GaussSuppression (R), vignette "Small count frequency table suppression": maxN = 1 protects
# zeros as well; columns Spain, Iceland, Portugal
VIGNETTE = {
    **{"young-Spain": 5, "young-Iceland": 2, "young-Portugal": 0},
    **{"old-Spain": 6, "old-Iceland": 3, "old-Portugal": 4},
}


def margins(cells: dict[str, int]) -> list[Sum]:
    ends = {part for cell in cells for part in cell.split("-")}
    lines = [[cell for cell in cells if end in cell.split("-")] for end in sorted(ends)]
    return [exactly(line, sum(cells[cell] for cell in line)) for line in lines]


def test_a_two_way_table_is_protected_as_published():
    hidden = protect(VIGNETTE, margins(VIGNETTE), range(0, 2))
    assert hidden == {"old-Iceland", "old-Portugal", "young-Iceland", "young-Portugal"}
    cells = {cell: None if cell in hidden else k for cell, k in VIGNETTE.items()}
    found = ranges(cells, margins(VIGNETTE))
    assert [high - low for low, high in found.values()] == [2, 2, 2, 2]


def test_the_smallest_further_counts_are_hidden():
    cells = {"a": 9, "b": 5, "c": 2}
    assert protect(cells, [exactly(cells, 16)], range(1, 3)) == {"b", "c"}


@pytest.mark.slow
def test_a_further_count_that_turned_out_needless_is_shown_again():
    # b does not do, because d gives it away; c comes next, then d, with which b does
    cells = {"a": 1, "b": 3, "c": 4, "d": 20}
    sums = [exactly(["a", "b", "c"], 8), exactly(["b", "d"], 23)]
    assert protect(cells, sums, range(1, 3)) == {"a", "b", "d"}


def test_sums_that_give_a_count_away_whatever_is_hidden_are_refused():
    cells = {"a": 1, "b": 3}
    sums = [exactly(["a", "b"], 4), exactly(["b"], 3)]
    with pytest.raises(ValueError, match="no further cell protects a, b"):
        protect(cells, sums, range(1, 3))


@pytest.mark.slow
def test_two_counts_that_the_rule_gives_away_are_not_enough():
    # 1 and 2 of three: whoever knows that one is small knows that both are
    cells = {"a": 13, "b": 2, "c": 1}
    assert protect(cells, [exactly(cells, 16)], range(1, 3)) == {"a", "b", "c"}


def promised(true, hidden, sums, small):
    """The promise, checked by enumeration over all whole numbers."""
    cells = {cell: None if cell in hidden else k for cell, k in true.items()}
    found = list(vectors(cells, sums))
    pools = linked(hidden, sums)
    informed = [vector for vector in found if has_small(pools, small)(vector)]
    for cell in hidden:
        values = {vector[cell] for vector in informed}
        assert len(values) > 1
        assert not values <= set(small)
        assert max(vector[cell] for vector in found) >= small.stop


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 7), min_size=2, max_size=4), st.integers(2, 5))
def test_no_hidden_answer_to_a_question_is_narrowed_to_one_value(by_position, min_cell):
    small = range(1, min_cell)
    true = dict(zip("abcd", by_position, strict=False))
    n = sum(by_position)
    if n <= min_cell:
        return
    sums = [exactly(true, n)]
    hidden = protect(true, sums, small)
    assert {cell for cell, k in true.items() if k in small} <= hidden
    promised(true, hidden, sums, small)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=6, max_size=6), st.sampled_from([2, 3]))
def test_no_hidden_cell_of_a_two_way_table_is_narrowed_to_one_value(by_position, min_cell):
    small = range(1, min_cell)
    true = dict(zip(VIGNETTE, by_position, strict=True))
    sums = margins(true)
    try:
        hidden = protect(true, sums, small)
    except ValueError:
        # its margins give it away whatever is hidden inside: then some cell is exposed
        with pytest.raises(AssertionError):
            promised(true, set(true), sums, small)
        return
    promised(true, hidden, sums, small)


# the rule


@pytest.mark.parametrize(
    ("kind", "by_position", "n", "min_cell", "small"),
    [
        ("single", (14, 2), 16, 3, "ab"),
        ("single", (13, 3), 16, 3, ""),
        ("single", (16, 0), 16, 3, ""),
        ("ordinal", (14, 2, 0), 16, 3, "b"),
        ("ordinal", (9, 5, 2), 16, 5, "c"),
        ("multiple", (14, 8, 2, 16, 0), 16, 3, "ac"),
        ("multiple", (13, 8, 3, 16, 0), 16, 3, ""),
    ],
)
def test_small_counts_and_the_complements_that_reveal_them(kind, by_position, n, min_cell, small):
    table, book = one(kind, *by_position, n=n)
    assert "".join(table["option"][primary(table, book, min_cell)]) == small


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "by_position", "n", "min_cell", "hidden"),
    [
        ("single", (14, 2), 16, 3, "ab"),
        ("single", (10, 6, 0), 16, 3, ""),
        ("ordinal", (12, 1, 2, 1, 0, 0), 16, 3, "bcdef"),
        # two persons chose b, c or d: more than the zeros is hidden
        ("ordinal", (14, 2, 0, 0), 16, 3, "abcd"),
        ("ordinal", (9, 5, 2), 16, 3, "bc"),
        ("multiple", (14, 8, 2, 16, 0), 16, 3, "ac"),
        # at most as many answers as the threshold: hidden whatever they are
        ("single", (3, 0), 3, 3, "ab"),
        ("multiple", (3, 0, 1), 3, 3, "abc"),
        ("single", (4, 0), 4, 3, ""),
        ("single", (3, 1), 4, 3, "ab"),
    ],
)
def test_what_is_hidden(kind, by_position, n, min_cell, hidden):
    table, book = one(kind, *by_position, n=n)
    assert "".join(table["option"][secondary(table, book, min_cell)]) == hidden
    if n > min_cell and "".join(hidden) != "".join(table["option"]):
        assert hidden_in(suppress(table, book, min_cell)) == list(hidden)


def filtered(no: int, yes: int, yes_of_them: int, **more):
    """Did you apply, and if so, did you receive? And a question that nothing hides."""
    return survey(
        {
            "plain": ("single", 16, {"yes": 8, "no": 8}),
            "applied": ("single", yes + no, {"yes": yes, "no": no}),
            "received": (
                *("single", yes, {"yes": yes_of_them, "no": yes - yes_of_them}),
                ("applied", "yes"),
            ),
            **more,
        }
    )


@pytest.mark.slow
def test_the_number_asked_does_not_give_its_filter_away():
    table, book = filtered(2, 14, 7)
    published = suppress(table, book, 3).set_index("id")
    received = published.loc[["received.yes", "received.no"]]
    assert received["suppressed"].all()
    assert received["n"].isna().all()
    assert published.loc["applied.yes", "suppressed"]
    assert published.loc["applied.yes", "n"] == 16


@pytest.mark.slow
def test_a_filter_behind_a_filter_is_hidden_too():
    spent = {"spent": ("multiple", 7, {"all": 3, "half": 4}, ("received", "yes"))}
    table, book = filtered(2, 14, 7, **spent)
    published = suppress(table, book, 3).set_index("id")
    assert published.loc["spent.all", "suppressed"]
    assert pd.isna(published.loc["spent.half", "n"])
    assert is_safe(attack(published.reset_index(), book, 3), 3)


@pytest.mark.slow
def test_the_attack_sees_the_filter_in_the_number_asked():
    table, book = filtered(2, 14, 7)
    weak = suppress(table, book, 3)
    weak.loc[weak["question"] == "received", "n"] = 14
    found = attack(weak, book, 3).set_index("id")
    assert tuple(found.loc["applied.no", ["minimum", "maximum"]]) == (2, 2)
    assert not is_safe(found, 3)


def test_a_filter_that_is_shown_leaves_its_question_alone():
    table, book = filtered(4, 12, 7)
    assert not suppress(table, book, 3)["suppressed"].any()


def test_a_table_with_nothing_small_stays_as_it_is():
    table, book = one("single", 8, 8)
    published = suppress(table, book, 3)
    assert not published["suppressed"].any()
    pd.testing.assert_frame_equal(published[table.columns], table, check_dtype=False)


@pytest.mark.slow
def test_at_the_threshold_of_one_everything_is_shown(table, codebook):
    published = suppress(table, codebook, 1, {"equal_terms": [("less", ["neutral", "lesser"])]})
    assert not published["suppressed"].any()
    pd.testing.assert_frame_equal(published[table.columns], table, check_dtype=False)


def test_a_threshold_below_one_is_refused(table, codebook):
    with pytest.raises(ValueError, match="at least 1"):
        suppress(table, codebook, 0)


# document 000


@pytest.mark.slow
def test_every_small_count_of_document_000_is_hidden(safe, table):
    min_cell, published = safe
    small = table["k"].between(1, min_cell - 1)
    assert published["suppressed"][small].all()
    assert not published["k"].between(1, min_cell - 1).any()
    assert published.loc[published["suppressed"], list(FIGURES)].isna().all(axis=None)
    shown = ~published["suppressed"]
    pd.testing.assert_frame_equal(
        published.loc[shown, table.columns], table[shown], check_dtype=False
    )


def test_no_percentage_or_sum_of_document_000_is_off_by_a_small_count(safe):
    min_cell, published = safe
    exclusive = published[published["question"] != "advice_topics"]
    asked = [rows for _, rows in exclusive.groupby("question") if rows["n"].notna().all()]
    assert asked
    for rows in asked:
        rest = rows["n"].iloc[0] - rows["k"].sum()
        assert rest not in range(1, min_cell)


@pytest.mark.slow
def test_what_is_hidden_in_document_000_at_three(table, codebook):
    published = suppress(table, codebook, 3)
    found = published[published["suppressed"]].groupby("question", sort=False)["option"].apply(list)
    scale = ["some", "neutral", "lesser", "not_at_all", "dont_know"]
    assert found.to_dict() == {
        "development_knowledge": ["improved", "not_improved"],
        "received_funds": ["yes", "no"],
        "members_change": ["unchanged", "decreased"],
        "advice_satisfaction": scale,
        "advice_topics": ["other"],
        "equal_terms": scale,
        "future_cooperation": ["yes", "no_or_dont_know"],
    }


@pytest.mark.slow
def test_the_attack_recovers_nothing_of_document_000(safe, table, codebook):
    min_cell, published = safe
    found = attack(published, codebook, min_cell)
    assert set(published["id"][published["suppressed"]]) == {
        id_ for id_ in found["id"] if not id_.endswith(REST)
    }
    assert (found["informed_minimum"] < found["informed_maximum"]).all()
    assert is_safe(found, min_cell)
    both = found.merge(table[["id", "k"]], on="id")
    assert (both["informed_minimum"] <= both["k"]).all()
    assert (both["k"] <= both["informed_maximum"]).all()


@pytest.mark.slow
def test_showing_one_further_count_of_document_000_again_is_caught(safe, table, codebook):
    min_cell, published = safe
    small = primary(table, codebook, min_cell)
    few = published["n"].isna()
    further = table["id"][published["suppressed"] & ~small & (table["k"] > 0) & ~few]
    assert len(further) > 0
    for id_ in further:
        weak = shown_again(published, table, id_)
        alone = weak[weak["question"] == id_.split(".")[0]]
        assert not is_safe(attack(alone, codebook, min_cell), min_cell), id_


@pytest.mark.slow
def test_showing_a_small_count_of_document_000_again_is_caught(safe, table, codebook):
    min_cell, published = safe
    small = table["id"][primary(table, codebook, min_cell) & published["n"].notna()]
    assert len(small)
    for id_ in small:
        weak = shown_again(published, table, id_)
        alone = weak[weak["question"] == id_.split(".")[0]]
        assert not is_safe(attack(alone, codebook, min_cell), min_cell), id_


@pytest.mark.slow
def test_zeros_that_tell_what_is_not_zero_are_caught(table, codebook):
    published = suppress(table, codebook, 3)
    zeros = ["advice_satisfaction.not_at_all", "advice_satisfaction.dont_know"]
    found = attack(shown_again(published, table, *zeros), codebook, 3).set_index("id")
    # four answers in three options of which none is empty
    some = found.loc["advice_satisfaction.some"]
    assert (some["informed_minimum"], some["informed_maximum"]) == (1, 2)
    assert not is_safe(found, 3)


@pytest.mark.slow
def test_what_a_note_says_of_hidden_counts_is_part_of_the_attack(table, codebook):
    published = suppress(table, codebook, 3)
    ids = [f"members_change.{code}" for code in ("unchanged", "decreased")]
    assert is_safe(attack(published, codebook, 3, [exactly(ids, 7)]), 3)
    # a headline that joins a shown option with a hidden one, as a percentage: 14 of 16
    headline = printed(["members_change.increased", ids[0]], 88, 16)
    found = attack(published, codebook, 3, [headline]).set_index("id")
    assert tuple(found.loc[ids[1], ["minimum", "maximum"]]) == (2, 2)
    assert not is_safe(found, 3)


def test_a_note_on_those_who_did_not_tick_is_part_of_the_attack():
    table, book = one("multiple", 14, 8, n=16)
    published = suppress_anyway(table, book, 3)
    found = attack(published, book, 3, [Sum(("q.a",), 14, 16)]).set_index("id")
    assert tuple(found.loc["q.a" + REST, ["informed_minimum", "informed_maximum"]]) == (1, 2)
    assert not is_safe(found, 3)


@pytest.mark.slow
@pytest.mark.parametrize("column", FIGURES)
def test_a_figure_left_in_a_hidden_row_is_refused(table, codebook, column):
    published = suppress(table, codebook, 3)
    row = table["id"] == "advice_satisfaction.some"
    published.loc[row, column] = table.loc[row, column]
    with pytest.raises(ValueError, match=rf"advice_satisfaction\.some is hidden, but its {column}"):
        attack(published, codebook, 3)


# refusals


@pytest.mark.slow
def test_a_weakened_suppression_stops_the_build(table, codebook, monkeypatch):
    monkeypatch.setattr(suppression, "secondary", lambda *given: primary(*given[:3]))
    message = refusal(suppress, table, codebook, 3)
    tells(message, "evaluation.yml, column min_cell", "no hidden count can be worked out")
    tells(message, "members_change.decreased", "collapse", "lower the threshold")


@pytest.mark.slow
def test_a_threshold_that_leaves_nothing_is_refused(table, codebook):
    message = refusal(suppress, table, codebook, 16)
    tells(message, "evaluation.yml, column min_cell", "at least one count reaches", "Found: 16")


# any survey


@st.composite
def surveys(draw):
    """A survey with an exclusive, a multiple-choice and a filtered question."""
    first = draw(st.lists(st.integers(0, 9), min_size=2, max_size=4).filter(lambda each: sum(each)))
    n = sum(first)
    ticked = draw(st.lists(st.integers(0, n), min_size=1, max_size=3))
    answers = {
        "plain": ("single", 20, {"a": 10, "b": 10}),
        "first": ("ordinal", n, dict(zip("abcd", first, strict=False))),
        "many": ("multiple", n, dict(zip("abc", ticked, strict=False))),
    }
    if first[0]:
        yes = draw(st.integers(0, first[0]))
        answers["then"] = ("single", first[0], {"a": yes, "b": first[0] - yes}, ("first", "a"))
    given = all(k for _, _, counts, *_ in answers.values() for k in counts.values())
    more = {"inferred": given and draw(st.booleans()), "sensitive": draw(st.booleans())}
    return survey(answers, population=40, **more)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(surveys(), st.integers(2, 5))
def test_no_hidden_count_of_any_survey_is_narrowed_to_one_value(example, min_cell):
    table, book = example
    published = suppress(table, book, min_cell)
    assert not published["k"].between(1, min_cell - 1).any()
    found = attack(published, book, min_cell)
    assert is_safe(found, min_cell)
    both = found.merge(table[["id", "k"]], on="id")
    assert len(both) == published["suppressed"].sum()
    assert (both["informed_minimum"] <= both["k"]).all()
    assert (both["k"] <= both["informed_maximum"]).all()
    assert (both["minimum"] <= both["informed_minimum"]).all()
    assert (both["informed_maximum"] <= both["maximum"]).all()


# what a list of options tells, and that all answered alike


def test_options_that_were_taken_from_the_answers_are_known_to_be_given():
    told = [hidden_in(suppress_anyway(*one("single", 10, 1, 1, 1), 3))]
    told.append(hidden_in(suppress_anyway(*one("single", 10, 1, 1, 1, inferred=True), 3)))
    assert told == [["b", "c", "d"], ["a", "b", "c", "d"]]


@pytest.mark.parametrize("n", range(4, 9))
@pytest.mark.parametrize("min_cell", [2, 3])
def test_a_reader_who_counts_the_options_finds_no_small_count(n, min_cell):
    seen = 0
    for width in range(2, min(n, 5)):
        for given_by in product(range(1, n), repeat=width):
            if sum(given_by) != n:
                continue
            published = suppress_anyway(*one("single", *given_by, inferred=True), min_cell)
            if published["n"].isna().any():
                continue
            hidden = published["k"].isna()
            left = n - int(published["k"].sum())
            worlds = [
                world
                for world in product(range(1, n), repeat=int(hidden.sum()))
                if sum(world) == left and min(world, default=0) < min_cell
            ]
            for possible in zip(*worlds, strict=True):
                seen += 1
                assert max(possible) >= min_cell, (given_by, possible)
                assert len(set(possible)) > 1
    assert seen or n < 6


@pytest.mark.parametrize(
    ("given_by", "hidden"),
    [
        # three at least gave b, or it would be no option: three and one are left
        ((10, 3, 1), ["a", "b", "other_answers"]),
        ((10, 4, 1), ["b", "other_answers"]),
        ((10, 3, 3), []),
    ],
)
def test_a_list_of_what_several_gave_does_not_tell_how_many_gave_the_rest(given_by, hidden):
    by_code = dict(zip(("a", "b", "other_answers"), given_by, strict=True))
    table, book = survey({"q": ("single", sum(given_by), by_code)}, inferred=True)
    assert hidden_in(suppress_anyway(table, book, 3)) == hidden


def test_a_known_answer_may_be_an_option_that_one_person_gave():
    table, book = survey({"q": ("single", 14, {"a": 10, "b": 3, "c": 1})}, inferred=True)
    known = [replace(each, label={"en": "No"}) for each in book.questions["q"].options[2:]]
    options = (*book.questions["q"].options[:2], *known)
    book = Codebook({}, {"q": replace(book.questions["q"], options=options)})
    assert hidden_in(suppress_anyway(table, book, 3)) == ["a", "b", "c"]


def test_two_options_joined_are_hidden_where_the_list_tells_both():
    table, book = survey({"q": ("single", 18, {"a": 10, "b": 4, "c": 3, "other_answers": 1})})
    parts = Collapse("few", {"en": "Few"}, ("c", "other_answers"))
    asked = replace(book.questions["q"], inferred=True, collapse=(parts,))
    joined = collapse(table, book, {"q": [("few", ["c", "other_answers"])]})
    found = secondary(joined, Codebook({}, {"q": asked}), 3)
    assert set(joined["option"][found]) == {"b", "few"}


@pytest.mark.parametrize(
    ("given_by", "n", "hidden"),
    [
        # three at least are about b, or would be about nothing; so it is hidden for the two others
        ((7, 8), 10, ["a", "b"]),
        # who is not about a is about b or c
        ((7, 4, 2), 10, ["c"]),
        # some are about nothing
        ((4, 2), 10, ["b"]),
    ],
)
def test_that_each_answer_has_a_code_does_not_tell_a_hidden_one(given_by, n, hidden):
    table, book = one("multiple", *given_by, n=n, coding_of="why" if sum(given_by) >= n else None)
    assert hidden_in(suppress_anyway(table, book, 3)) == hidden


def test_the_attack_sees_that_each_answer_has_a_code():
    table, book = one("multiple", 7, 8, n=10, coding_of="why")
    hidden = table["option"] == "b"
    weak = table.assign(suppressed=hidden)
    weak[[*FIGURES]] = weak[[*FIGURES]].astype("Float64").mask(hidden)
    assert not is_safe(attack(weak, book, 3), 3)
    uncoded = Codebook({}, {"q": replace(book.questions["q"], coding_of=None)})
    assert is_safe(attack(weak, uncoded, 3), 3)


def suppress_anyway(table, book, min_cell):
    """A published table of which nothing may be left."""
    plain = survey({"plain": ("single", 20, {"a": 10, "b": 10})})
    whole = pd.concat([table, plain[0]], ignore_index=True)
    published = suppress(whole, Codebook({}, book.questions | plain[1].questions), min_cell)
    return published[published["question"] == "q"]


@pytest.mark.parametrize("counts", [(16, 0), (0, 16), (15, 1, 0), (14, 1, 1)])
def test_that_all_answered_a_sensitive_question_alike_is_hidden_with_its_n(counts):
    published = suppress_anyway(*one("single", *counts, sensitive=True), 3)
    assert published["suppressed"].all() and published["n"].isna().all()


@pytest.mark.parametrize("ticked", [(16, 8), (14, 0)])
def test_that_all_chose_an_option_of_a_sensitive_question_is_hidden(ticked):
    published = suppress_anyway(*one("multiple", *ticked, n=16, sensitive=True), 3)
    assert published["suppressed"].all()


def test_a_sensitive_question_with_several_answers_is_shown():
    published = suppress(*one("single", 8, 8, sensitive=True), 3)
    assert not published["suppressed"].any()


# joining options


LOW = ("neutral_or_lower", ["neutral", "lesser", "not_at_all"])


def test_joined_options_have_the_sum_of_their_counts(table, codebook):
    joined = collapse(table, codebook, {"equal_terms": [LOW]})
    assert len(joined) == len(table) - 2
    rows = joined[joined["question"] == "equal_terms"].set_index("option")
    assert rows.index.tolist() == ["high", "some", "neutral_or_lower", "dont_know"]
    row = rows.loc["neutral_or_lower"]
    assert (row["id"], row["k"], row["n"]) == ("equal_terms.neutral_or_lower", 3, 16)
    assert row["share"] == 3 / 16
    assert (row["low"], row["high"]) == wilson(3, 16)
    assert (row["lower_bound"], row["upper_bound"]) == worst_case(3, 16, 21)
    others = joined[joined["question"] != "equal_terms"].reset_index(drop=True)
    expected = table[table["question"] != "equal_terms"].reset_index(drop=True)
    pd.testing.assert_frame_equal(others, expected)


def test_joined_options_of_a_filtered_question_have_no_bounds():
    answers = {"all": 5, "half": 4, "none": 3}
    spent = {"spent": ("single", 12, answers, ("applied", "yes"))}
    table, book = filtered(4, 12, 8, **spent)
    joined = collapse(table, book, {"spent": [("some", ["half", "none"])]}).set_index("id")
    assert joined.loc["spent.some", "k"] == 7
    assert pd.isna(joined.loc["spent.some", "upper_bound"])


@pytest.mark.slow
def test_options_are_joined_before_anything_is_hidden(table, codebook):
    joins = {"members_change": [("not_increased", ["unchanged", "decreased"])]}
    published = suppress(table, codebook, 3, joins)
    rows = published[published["question"] == "members_change"]
    assert rows["k"].tolist() == [9, 7]
    assert not rows["suppressed"].any()


@pytest.mark.parametrize(
    ("joins", "match"),
    [
        ({"nothing": [("x", ["a", "b"])]}, "nothing cannot join a, b"),
        ({"equal_terms": [("x", ["some", "other"])]}, "cannot join some, other"),
        ({"equal_terms": [("high", ["some", "neutral"])]}, "cannot join some, neutral as high"),
        ({"equal_terms": [("x", ["some", "neutral"]), ("y", ["some", "high"])]}, "cannot join"),
        ({"advice_topics": [("x", ["funding", "other"])]}, "one respondent"),
        ({"applied_for_funds": [("any", ["yes", "no"])]}, "filter another question"),
    ],
)
def test_options_that_cannot_be_joined_are_refused(table, codebook, joins, match):
    with pytest.raises(ValueError, match=match):
        collapse(table, codebook, joins)


# linkage


REGISTER = pd.DataFrame(
    [
        ("A", "north", "kitchen"),
        ("A", "north", "choir"),
        ("B", "north", "kitchen"),
        ("C", "south", "kitchen"),
        ("D", "south", "choir"),
        ("E", "south", "choir"),
    ],
    columns=["unit", "municipality", "project"],
)
PASSAGES = pd.DataFrame(
    [
        ("q1", "north", None),
        ("q2", "north", "kitchen"),
        ("q3", "north", "choir"),
        ("q4", "", "choir"),
        ("q5", "south", "kitchen"),
        ("q6", None, None),
        ("q7", "east", "choir"),
    ],
    columns=["id", "municipality", "project"],
)
DETAILS = ["municipality", "project"]


def test_a_quotation_whose_details_point_at_one_unit_is_reported():
    found = pointers(PASSAGES, REGISTER, DETAILS, 2)
    assert found.values.tolist() == [
        ["q3", 1, "municipality;project"],
        ["q5", 1, "municipality;project"],
        ["q7", 0, "municipality"],
    ]


def test_a_higher_threshold_finds_single_details():
    found = pointers(PASSAGES, REGISTER, DETAILS, 3).set_index("id")
    assert found["details"].to_dict() == {
        **{"q1": "municipality", "q2": "municipality", "q3": "municipality"},
        **{"q5": "municipality;project", "q7": "municipality"},
    }


def test_a_quotation_without_details_is_reported_where_there_are_few_units():
    found = pointers(PASSAGES[PASSAGES["id"] == "q6"], REGISTER, DETAILS, 6)
    assert found.values.tolist() == [["q6", 5, ""]]


# one question by itself


@pytest.mark.slow
@pytest.mark.parametrize("min_cell", [2, 3])
def test_one_exclusive_question_keeps_the_promise_whatever_was_answered(min_cell):
    small = range(1, min_cell)
    for answers in combinations_with_replacement(range(6), 4):
        given_ = dict(zip("abcd", answers, strict=True))
        shown, n = exclusive(given_, min_cell)
        assert all(k in (None, given_[cell]) for cell, k in shown.items())
        if n is None:
            assert sum(answers) <= min_cell
            assert set(shown.values()) == {None}
            continue
        assert n == sum(answers)
        told = ranges(shown, [exactly(shown, n)])
        informed = ranges(shown, [exactly(shown, n)], small)
        assert not any(k in small for k in shown.values())
        for cell in told:
            low, high = informed[cell]
            assert low < high
            assert not (low in small and high in small)
            assert told[cell][1] >= min_cell


def test_a_threshold_of_one_hides_nothing_of_a_question():
    assert exclusive({"a": 1, "b": 0}, 1) == ({"a": 1, "b": 0}, 1)
    with pytest.raises(ValueError, match="at least 1"):
        exclusive({"a": 1}, 0)
