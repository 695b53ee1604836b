"""survey.measures: numbers and texts as answers, and how many answered."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.disclosure import suppress
from evaluation.disclosure.numbers import QUARTILES, quartiles
from evaluation.project.codebook import Codebook, Option, Question
from evaluation.stats.location import mean_bootstrap
from evaluation.survey.asked import follow
from evaluation.survey.indicators import indicators
from evaluation.survey.measures import FIGURES, answered, measures
from evaluation.survey.waves import indicators_by_wave

CODEBOOK = Codebook(
    {},
    {
        name: Question(name, kind, {"da": "?"}, {"da": name})
        for name, kind in (("age", "number"), ("why", "text"))
    },
)


def responses(ages, texts=(), wave=1):
    length = max(len(ages), len(texts))
    return pd.DataFrame(
        {
            "respondent": [str(number) for number in range(length)],
            "wave": wave,
            "origin": "survey",
            "age": pd.Series(ages, dtype="Float64").reindex(range(length)),
            "why": pd.Series(texts, dtype=object).reindex(range(length)),
        }
    )


def measured(question, **given):
    table = measures(responses(**given), CODEBOOK, 3)
    return table[table["question"] == question].iloc[0]


def test_mean_and_quartiles_are_those_of_the_textbook():
    """Hyndman and Fan (1996), definition 7: the quartiles of 1 to 13 are 4, 7 and 10."""
    row = measured("age", ages=list(range(1, 14)))
    found = row[["n", "mean", "lower_quartile", "median", "upper_quartile"]].tolist()
    assert found == [13, 7, 4, 7, 10]
    assert not row["suppressed"]


@pytest.mark.parametrize(("several", "n"), [(0, 0), (1, None), (3, None), (4, 4), (11, 11)])
def test_few_numbers_have_no_mean_and_very_few_no_count(several, n):
    row = measured("age", ages=[20.0] * several, texts=["a"] * 12)
    assert (None if pd.isna(row["n"]) else row["n"]) == n
    assert row[["mean", "lower_quartile", "median", "upper_quartile"]].isna().all()
    assert row["suppressed"] == (several > 0)


def test_texts_are_counted_and_never_shown():
    row = measured("why", ages=[1.0], texts=["secret"] * 5)
    assert row["n"] == 5 and not row["suppressed"]
    assert "secret" not in row.to_string()


def test_who_answered_nothing_has_not_answered():
    first = responses(ages=[1.0, None, 3.0], texts=[None, None, "x"])
    again = responses(ages=[1.0, 2.0, None], texts=[None, None, None], wave=2)
    table = answered(pd.concat([first, again]), {1: 10, 2: 12})
    columns = ["wave", "respondents", "population"]
    assert table[columns].to_numpy().tolist() == [[1, 2, 10], [2, 2, 12]]
    unset = answered(pd.concat([first, again]), {1: None, 2: 12})
    assert unset["population"].isna().tolist() == [True, False]
    assert str(unset["population"].dtype) == str(table["population"].dtype) == "Int64"
    # of the two who answered the second time, one had answered the first time
    assert pd.isna(table["known"][0]) and table["known"][1] == 1


# numbers that tell of single persons


def alike(*groups: tuple[float, int]) -> list[float]:
    return [value for value, several in groups for _ in range(several)]


@pytest.mark.parametrize(
    "given",
    [
        alike((0, 12), (1, 1)),
        alike((0, 11), (1, 2)),
        alike((0, 11), (1, 1), (5, 1)),
        alike((40, 13)),
    ],
)
def test_a_column_in_which_few_differ_from_the_rest_is_a_count_and_hidden(given):
    row = measured("age", ages=given)
    assert row["n"] == 13 and row["suppressed"]
    assert row[list(FIGURES)].isna().all()


def test_a_mean_that_one_person_dominates_is_hidden_and_the_quartiles_are_not():
    row = measured("age", ages=[*range(1, 13), 1_000_000])
    assert pd.isna(row["mean"]) and row["suppressed"]
    assert row[list(QUARTILES)].notna().all()


@given(
    st.lists(st.integers(0, 1000), min_size=12, max_size=40),
    st.integers(2, 3),
    st.integers(1, 100),
)
def test_no_person_alone_moves_a_quartile_by_all_that_they_moved(ages, min_cell, more):
    """A quartile that is a person's own answer follows it all the way."""
    given_ = pd.Series(sorted(ages), dtype=float)
    before = quartiles(given_, min_cell)
    for position in range(len(given_)):
        moved = given_.copy()
        room = (
            moved.iloc[position + 1] - moved.iloc[position] if position + 1 < len(moved) else more
        )
        moved.iloc[position] += room
        after = quartiles(moved, min_cell)
        for name in QUARTILES:
            assert abs(after[name] - before[name]) <= room / min_cell + 1e-9


def filtered_book():
    options = tuple(Option(code, {"da": code}) for code in ("yes", "no"))
    asked = Question("joined", "single", {"da": "?"}, {"da": "joined"}, options)
    why = replace(CODEBOOK.questions["why"], base=("joined", "yes"))
    return Codebook({}, {"joined": asked, "plain": replace(asked, id="plain"), "why": why})


@pytest.mark.parametrize(("yes", "n"), [(19, None), (15, 15)])
def test_the_count_of_a_question_says_nothing_of_a_filter_that_is_hidden(yes, n):
    """20 answered: where one said No, the number of those who were asked why would tell it."""
    book = filtered_book()
    rows = responses(ages=[1.0] * 20, texts=["x"] * yes)
    rows["joined"] = ["yes"] * yes + ["no"] * (20 - yes)
    rows["plain"] = ["yes"] * 10 + ["no"] * 10
    published = suppress(indicators(rows, book, 30), book, 3).assign(wave=1)
    found = measures(rows, book, 3, published).set_index("question").loc["why", "n"]
    assert (None if pd.isna(found) else found) == n
    unknown = measures(rows, book, 3).set_index("question").loc["why", "n"]
    assert pd.isna(unknown)


@pytest.mark.parametrize(("changed", "hidden"), [(0, True), (2, True), (3, False)])
def test_what_the_only_newcomer_answered_is_not_the_difference_of_two_waves(changed, hidden):
    first = responses(ages=[float(age) for age in range(20, 40)])
    moved = [float(70 + each) for each in range(changed)]
    later = responses(ages=[*moved, *map(float, range(20 + changed, 40)), 80.0], wave=2)
    rows = pd.concat([first, later])
    table = measures(rows, Codebook({}, {"age": CODEBOOK.questions["age"]}), 3)
    rows_of = table.set_index("wave")
    assert not rows_of.loc[1, "suppressed"]
    assert rows_of.loc[2, "suppressed"] == hidden
    assert pd.isna(rows_of.loc[2, "n"]) == hidden


def skipping(*answers: str) -> tuple[pd.DataFrame, Codebook]:
    """Rows of letters, one an answer to a question, a dot for none; and their codebook."""
    names = [f"q{number}" for number in range(len(answers[0]))]
    rows = pd.DataFrame([list(each) for each in answers], columns=names, dtype=object)
    options = tuple(Option(code, {"da": code}) for code in "yn")
    book = {name: Question(name, "single", {"da": "?"}, {"da": name}, options) for name in names}
    return rows.where(rows != ".", None), Codebook({}, book)


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        # who said no was not asked q1, and went on
        (["yyy"] * 4 + ["n.y"], {"q1"}),
        # the last question may be what a filter left out
        (["yyyy"] * 4 + ["nyy."], {"q3"}),
        # somebody who said no was asked too
        (["yyyy"] * 4 + ["n.yy", "nyyy"], set()),
        # one who left the survey
        (["yyyyyyyy"] * 4 + ["ny......"], {"q5", "q6", "q7"}),
        (["yyyyyyyy"] * 4 + ["yy......"], set()),
    ],
)
def test_a_question_that_only_those_answered_who_said_yes_is_filtered_by_it(answers, found):
    rows, book = skipping(*answers)
    assert follow(rows, book, {"q0.y"}) == found
    assert follow(rows, book, set()) == set()


def test_a_follow_up_without_a_declared_filter_does_not_tell_the_hidden_count():
    rows, book = skipping(*(["yyyyyy"] * 10 + ["yynyny"] * 9 + ["n.yyyn"]))
    rows = rows.assign(origin="survey", wave=1, respondent=list(map(str, range(len(rows)))))
    table = indicators_by_wave(rows, book, 30, 3).set_index("question")
    assert table.loc["q0", "suppressed"].all()
    assert table.loc["q1", "n"].isna().all()
    assert table.loc["q5", "n"].notna().all()


def test_the_interval_of_a_mean_is_told_no_finer_than_it_means():
    rows = pd.DataFrame({"age": [float(20 + i % 31) for i in range(60)]})
    rows = rows.assign(respondent=range(60), wave=1, origin="survey")
    book = Codebook({}, {"age": CODEBOOK.questions["age"]})
    exact, kept = (measures(rows, book, min_cell).iloc[0] for min_cell in (1, 3))
    found = mean_bootstrap(rows["age"].tolist())
    assert exact[["low", "high"]].tolist() == [found.low, found.high]
    # about four and a half years wide: to the tenth of a year
    assert kept[["low", "high"]].tolist() == [round(found.low, 1), round(found.high, 1)]


def test_numbers_that_are_all_alike_have_no_interval():
    rows = pd.DataFrame({"age": [20.0] * 30, "respondent": range(30), "wave": 1})
    table = measures(
        rows.assign(origin="survey"), Codebook({}, {"age": CODEBOOK.questions["age"]}), 1
    )
    assert table["low"].isna().all() and table["mean"].tolist() == [20.0]
