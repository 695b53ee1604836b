"""survey, waves: rows of a survey, the indicators of each wave, and what changed between them."""

from dataclasses import replace
from itertools import product

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from refusals import refusal, tells

from evaluation.base.errors import InputError
from evaluation.disclosure import attack, is_safe
from evaluation.project.codebook import Codebook, Collapse, Option, Question
from evaluation.project.rows import read_rows
from evaluation.survey.responses import responses
from evaluation.survey.waves import changes, indicators_by_wave, known_again

NONE = {"da": "x", "en": "x"}
NAME = "data/raw/survey.csv"


def question(name: str, kind: str, *codes: str, **fields) -> Question:
    return Question(name, kind, NONE, NONE, tuple(Option(code, NONE) for code in codes), **fields)


CODEBOOK = Codebook(
    {},
    {
        asked.id: asked
        for asked in (
            question("applied", "single", "yes", "no", headline=("yes",)),
            question("got", "single", "yes", "no", headline=("yes",), base=("applied", "yes")),
            question("topics", "multiple", "money", "space"),
            question("members", "number"),
            question("comment", "text"),
        )
    },
)
HEADER = "respondent,wave,applied,got,topics.money,topics.space,members,comment\n"


@pytest.fixture
def read(tmp_path):
    def read(*lines: str):
        path = tmp_path / "survey.csv"
        path.write_text(HEADER + "\n".join(lines), "utf-8")
        return responses(read_rows(path, CODEBOOK, NAME), CODEBOOK, NAME)

    return read


def test_the_rows_of_a_survey_become_responses(read):
    table = read("a,1,yes,no,1,0,12.5,æ", "b,1,no,,,,,", "a,2,yes,yes,0,1,13,")
    assert table["respondent"].tolist() == ["a", "b", "a"]
    assert table["wave"].tolist() == [1, 1, 2]
    assert set(table["origin"]) == {"survey"}
    assert table["applied"].tolist() == ["yes", "no", "yes"]
    assert table["got"].isna().tolist() == [False, True, False]
    assert table["topics.money"].tolist() == [True, pd.NA, False]
    assert table["members"].tolist()[::2] == [12.5, 13]
    assert table["comment"].isna().tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("line", "place", "rule"),
    [
        ("a,1,maybe,,,,,", "row 2, column applied", "one of yes, no, or empty"),
        ("a,1,yes,,2,,,", "row 2, column topics.money", "one of 0, 1, or empty"),
        ("a,0,yes,,,,,", "row 2, column wave", "at least 1"),
        (",1,yes,,,,,", "row 2, column respondent", "not empty"),
        ("a,1,yes,,,,many,", "row 2, column members", "a number, with a point"),
        (
            "a,1,no,yes,,,,",
            "row 2, column got",
            "got is asked of those who answered yes to applied",
        ),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_its_place(read, line, place, rule):
    tells(refusal(read, line), NAME, place, rule, "Remedy: ")


def test_a_respondent_answers_a_wave_once(read):
    message = refusal(read, "a,1,yes,,,,,", "a,1,no,,,,,")
    tells(message, f"{NAME}, row 3: respondent and wave together identify one row")


# waves

YES_NO = Codebook({}, {"q": question("q", "single", "yes", "no", headline=("yes",))})


def two_waves(pairs: dict[tuple, int]) -> pd.DataFrame:
    """Responses from (answer before, answer after) -> how many; None is not there that time."""
    rows = []
    people = [pair for pair, k in pairs.items() for _ in range(k)]
    for number, pair in enumerate(people):
        rows += [
            (f"r{number}", wave, "survey", answer)
            for wave, answer in enumerate(pair, 1)
            if answer is not None
        ]
    return pd.DataFrame(rows, columns=["respondent", "wave", "origin", "q"])


def test_each_wave_has_its_own_indicators():
    table = two_waves({("yes", "yes"): 5, ("no", "yes"): 4, ("no", None): 3})
    found = indicators_by_wave(table, YES_NO, 20, 1)
    shown = found.set_index(["wave", "option"])
    assert shown.loc[(1, "yes"), "k"] == 5 and shown.loc[(1, "yes"), "n"] == 12
    assert shown.loc[(2, "yes"), "k"] == 9 and shown.loc[(2, "no"), "k"] == 0
    assert not found["suppressed"].any()


def changed(pairs, min_cell=1):
    table = two_waves(pairs)
    published = indicators_by_wave(table, YES_NO, 60, min_cell)
    return changes(table, YES_NO, published, min_cell).iloc[0], published


@pytest.mark.slow
def test_a_change_is_counted_among_those_who_answered_both_times():
    row, _ = changed({("yes", "yes"): 4, ("no", "yes"): 8, ("yes", "no"): 1, (None, "yes"): 6})
    assert (row["pairs"], row["gained"], row["lost"], row["stayed"]) == (13, 8, 1, 4)
    # exact McNemar of 8 against 1: 2 * (1 + 9) / 2**9
    assert row["p"] == pytest.approx(20 / 512)
    assert (row["p_holm"], row["tests"], row["refused"]) == (row["p"], 1, "")


@pytest.mark.parametrize(
    ("pairs", "refused"),
    [
        ({("yes", "yes"): 4, ("no", "no"): 5}, "no_change"),
        ({("yes", None): 4, (None, "yes"): 5}, "alike"),
    ],
)
def test_where_there_is_nothing_to_test_the_table_says_why(pairs, refused):
    row, _ = changed(pairs)
    assert row["refused"] == refused and pd.isna(row["p"])


@pytest.mark.slow
@pytest.mark.parametrize("min_cell", [3, 5])
@pytest.mark.parametrize("few", [("no", "yes"), ("yes", "no"), ("yes", None), (None, "no")])
def test_a_change_of_few_is_hidden_with_all_its_counts(few, min_cell):
    pairs = {("yes", "yes"): 9, ("no", "no"): 9, ("no", "yes"): 9, few: min_cell - 1}
    row, _ = changed(pairs, min_cell)
    assert row["suppressed"] and row["refused"] == "hidden"
    assert row[["pairs", "gained", "lost", "stayed", "p"]].isna().all()


@pytest.mark.slow
def test_no_cell_of_any_change_that_is_shown_is_small():
    cells = list(product(("yes", "no", None), repeat=2))[:-1]
    each = {
        tuple((cell, k) for cell, k in zip(cells[start:], numbers, strict=False) if k)
        for numbers in product((0, 2, 3, 6), repeat=3)
        for start in range(len(cells) - 2)
    }
    seen, attacked = 0, set()
    for pairs in each - {()}:
        try:
            row, published = changed(dict(pairs), 3)
        except (InputError, IndexError):  # nothing is left to publish, or one wave only
            continue
        # the waves of many changes are alike
        for wave, table in published.drop(columns="wave").groupby(published["wave"]):
            if (looks := table.to_csv(index=False)) not in attacked:
                attacked.add(looks)
                assert is_safe(attack(table.assign(wave=wave), YES_NO, 3), 3), (pairs, wave)
        if not row["suppressed"] and row["method"] == "pairs":
            seen += 1
            assert 2 not in dict(pairs).values(), pairs
    assert seen > 10


@pytest.mark.slow
def test_what_a_wave_hides_of_a_headline_its_change_does_not_tell():
    degrees = question("q", "ordinal", "high", "some", "low", headline=("high",), collapse=())
    book = Codebook({}, {"q": degrees})
    table = two_waves({("high", "high"): 4, ("some", "some"): 4, ("low", "low"): 2})
    published = indicators_by_wave(table, book, 30, 3)
    hidden = published[published["suppressed"]]
    assert len(hidden)
    row = changes(table, book, published, 3).iloc[0]
    headline = published.loc[published["option"] == "high", "suppressed"].any()
    assert bool(row["suppressed"]) >= bool(headline)


@pytest.mark.slow
def test_collapsed_headlines_are_compared_as_one():
    joined = Collapse("some_or_more", NONE, ("high", "some"))
    asked = question(
        "q", "ordinal", "high", "some", "low", headline=("high", "some"), collapse=(joined,)
    )
    book = Codebook({}, {"q": asked})
    table = two_waves({("high", "some"): 6, ("low", "high"): 5, ("low", "low"): 5})
    published = indicators_by_wave(table, book, 30, 3)
    row = changes(table, book, published, 3).iloc[0]
    assert (row["gained"], row["lost"], row["stayed"]) == (5, 0, 6)


def test_nobody_answered_the_question_both_times_though_they_are_known():
    table = two_waves({("yes", "yes"): 6, ("no", "no"): 6}).assign(r="x")
    table.loc[(table["wave"] == 1) & (table.index % 4 < 2), "q"] = None
    table.loc[(table["wave"] == 2) & (table.index % 4 >= 2), "q"] = None
    published = indicators_by_wave(table, YES_NO, 60, 1)
    row = changes(table, YES_NO, published, 1).iloc[0]
    assert (row["method"], row["pairs"], row["refused"]) == ("pairs", 0, "no_pairs")


# cross-sections


@pytest.mark.slow
def test_waves_without_a_common_respondent_are_compared_by_fishers_test():
    # Fisher's tea table 3/1/1/3: two-sided p = .4857 (methods.md, 2)
    before = {("yes", None): 3, ("no", None): 1}
    row, _ = changed(before | {(None, "yes"): 1, (None, "no"): 3})
    assert row["method"] == "sections" and row["refused"] == ""
    assert round(row["p"], 4) == 0.4857 and row["p_holm"] == row["p"]
    assert row[["pairs", "gained", "lost", "stayed"]].isna().all()


@pytest.mark.slow
@pytest.mark.parametrize(("known", "method"), [(0, "sections"), (3, "sections"), (4, "pairs")])
def test_pairs_are_followed_where_enough_are_known_again(known, method):
    table = two_waves({("yes", "no"): known, ("no", None): 9, (None, "yes"): 9})
    (row,) = known_again(table).itertuples(index=False)
    assert tuple(row) == (1, 2, known)
    found = changes(table, YES_NO, indicators_by_wave(table, YES_NO, 60, 3), 3)
    assert found["method"].tolist() == [method]


@pytest.mark.slow
def test_a_cross_section_tells_nothing_of_what_a_wave_hides():
    degrees = question("q", "single", "a", "b", "c", "d", headline=("a",))
    book = Codebook({}, {"q": degrees})
    table = two_waves({("a", None): 2, ("b", None): 4, ("c", None): 8, ("d", None): 9})
    later = two_waves({(None, "a"): 7, (None, "b"): 7}).assign(
        respondent=lambda t: "x" + t.index.astype(str)
    )
    table = pd.concat([table, later], ignore_index=True)
    published = indicators_by_wave(table, book, 60, 3)
    row = changes(table, book, published, 3).iloc[0]
    assert row["method"] == "sections"
    assert row["suppressed"] and row["refused"] == "hidden" and pd.isna(row["p"])


@pytest.mark.slow
def test_the_tests_of_cross_sections_are_adjusted_together():
    two = Codebook({}, {name: replace(YES_NO.questions["q"], id=name) for name in ("q", "r")})
    table = two_waves({("yes", None): 9, ("no", None): 3, (None, "yes"): 3, (None, "no"): 9})
    table = table.assign(r=table["q"])
    found = changes(table, two, indicators_by_wave(table, two, 60, 3), 3)
    assert (found["p_holm"] == 2 * found["p"]).all() and (found["tests"] == 2).all()


@pytest.mark.slow
def test_a_question_of_one_wave_only_has_not_changed():
    two = Codebook({}, {name: replace(YES_NO.questions["q"], id=name) for name in ("q", "r")})
    table = two_waves({("yes", "yes"): 9, ("no", "no"): 9})
    table = table.assign(r=table["q"].where(table["wave"] == 1))
    published = indicators_by_wave(table, two, 60, 3)
    assert changes(table, two, published, 3)["question"].tolist() == ["q"]


@pytest.mark.slow
def test_each_wave_may_have_a_population_of_its_own():
    table = two_waves({("yes", "yes"): 9, ("no", "no"): 9})
    found = indicators_by_wave(table, YES_NO, {1: 20, 2: 30}, 3)
    assert found.groupby("wave")["population"].first().tolist() == [20, 30]
    message = refusal(indicators_by_wave, table, YES_NO, {1: 20}, 3)
    tells(message, "evaluation.yml", "population", "add the number of wave 2")
    found = indicators_by_wave(table, YES_NO, {1: 20, 2: None}, 3)
    assert found.groupby("wave")["upper_bound"].count().tolist() == [2, 0]


@given(
    st.dictionaries(
        st.sampled_from(list(product(("yes", "no", None), repeat=2))),
        st.integers(0, 12),
        min_size=2,
    )
)
@settings(max_examples=25, deadline=None)
@pytest.mark.slow
def test_a_population_that_nobody_knows_protects_as_much_as_one_that_is_known(groups):
    table = two_waves({pair: k for pair, k in groups.items() if k})
    assume(not table.empty and table["wave"].nunique() == 2)
    found = []
    for size in (len(table), None):
        try:
            found.append(indicators_by_wave(table, YES_NO, size, 3))
        except InputError as error:
            found.append(error.rule)
    known, unknown = found
    if isinstance(known, str):
        assert unknown == known
        return
    same = ["id", "wave", "k", "n", "suppressed"]
    pd.testing.assert_frame_equal(known[same], unknown[same])
    pd.testing.assert_frame_equal(
        changes(table, YES_NO, known, 3), changes(table, YES_NO, unknown, 3)
    )


# few who have come or gone between two waves

GENDER = Codebook({}, {"gender": question("gender", "single", "man", "woman")})


def by_place(first: str, second: str) -> pd.DataFrame:
    """Responses of two waves, m or w for each respondent, who is known again by the place; a dot
    for one who did not answer."""
    rows = [
        (str(place), wave, {"m": "man", "w": "woman"}[sign], "survey")
        for wave, answers in ((1, first), (2, second))
        for place, sign in enumerate(answers)
        if sign != "."
    ]
    return pd.DataFrame(rows, columns=["respondent", "wave", "gender", "origin"])


@pytest.mark.parametrize(
    ("first", "second", "hidden"),
    [
        ("mmmmmmwwwwww", "mmmmmmwwwwww", False),
        ("mmmmmmwwwwww", "mmmmmmwwwwwww", True),
        ("mmmmmmwwwwwww", "mmmmmmwwwwww.", True),
        # three changed besides, so that the difference is not the newcomer's
        ("mmmmmmwwwwww", "mmmwwwwwwwwww", False),
        ("mmmmmmwwwwww", "mmmmmmwwwwwwmmw", False),
        # nobody is known again
        ("mmmmmmwwwwww" + "." * 13, "." * 12 + "mmmmmmwwwwwww", False),
    ],
)
def test_what_the_only_newcomer_or_leaver_is_cannot_be_told_from_the_difference(
    first, second, hidden
):
    published = indicators_by_wave(by_place(first, second), GENDER, 30, 3)
    by_wave = published.groupby("wave")["suppressed"].all()
    assert not by_wave[1]
    assert by_wave[2] == hidden
    assert published.loc[published["wave"] == 2, "n"].isna().all() == hidden


def test_a_third_wave_is_compared_with_those_that_are_shown():
    third = by_place("mmmmmmwwwwww", "mmmmmmwwwwwww")
    again = third[third["wave"] == 2].assign(wave=3)
    published = indicators_by_wave(pd.concat([third, again]), GENDER, 30, 3)
    assert published.groupby("wave")["suppressed"].all().tolist() == [False, True, True]
