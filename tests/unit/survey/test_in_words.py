"""The response table in words: what pandas, seaborn and statsmodels need of each question."""

from dataclasses import replace

import pandas as pd
import pytest

from evaluation.project.codebook import Codebook, Option, Question
from evaluation.survey.in_words import in_words


def words(text):
    return {"da": f"{text} (da)", "en": text}


def question(name, type, *options, **more):
    return Question(name, type, words(f"{name}?"), words(name.title()), options, **more)


SCALE = (
    Option("high", words("High")),
    Option("some", words("Some")),
    Option("low", words("Low")),
    Option("dk", words("Don't know"), off_scale=True),
)
TOWNS = (Option("z", words("Zealand")), Option("a", words("Als")), Option("x", words("X"), True))
ASKED = [
    question("trust", "ordinal", *SCALE),
    question("town", "single", *TOWNS),
    question("help", "multiple", Option("m", words("Money")), Option("t", words("Time"))),
    question("age", "number"),
    question("since", "text"),
    question("why", "text"),
]
CODEBOOK = Codebook({}, {each.id: each for each in ASKED})
RESPONSES = pd.DataFrame(
    {
        "respondent": ["1", "2", "3", "4"],
        "wave": [1, 1, 1, 2],
        "origin": "survey",
        "trust": ["low", "dk", "high", None],
        "town": ["a", "x", "z", "a"],
        "help.m": pd.array([True, False, None, True], dtype="boolean"),
        "help.t": pd.array([False, False, None, True], dtype="boolean"),
        "age": [31, 40, None, 22],
        "since": ["2025-03-31", None, "2024-02-29", "1999-12-24"],
        "why": ["2025-03-31", None, "because", None],
    }
)


def told(off_scale=False, language="en", codebook=CODEBOOK):
    return in_words(RESPONSES, codebook, language, off_scale)


def test_a_scale_is_in_its_order_and_what_is_beside_it_is_missing():
    trust = told()["trust"]
    assert trust.cat.ordered and list(trust.cat.categories) == ["High", "Some", "Low"]
    assert trust.isna().tolist() == [False, True, False, True]
    assert trust.min() == "High" and (trust > "High").tolist() == [True, False, False, False]


def test_what_is_beside_a_scale_may_be_kept_and_has_no_place_on_it():
    trust = told(off_scale=True)["trust"]
    assert list(trust.cat.categories) == ["High", "Some", "Low", "Don't know"]
    assert trust.tolist()[:3] == ["Low", "Don't know", "High"]
    with pytest.raises(TypeError):
        trust.min()
    whole = Codebook({}, {"trust": question("trust", "ordinal", *SCALE[:3])})
    assert told(off_scale=True, codebook=whole)["trust"].cat.ordered, "nothing is beside this one"


def test_options_without_order_have_none_and_keep_the_order_of_the_codebook():
    town = told()["town"]
    assert not town.cat.ordered and list(town.cat.categories) == ["Zealand", "Als"]
    assert list(told().groupby("town", observed=True)["age"].mean().index) == ["Zealand", "Als"]


def test_several_answers_are_columns_with_readable_names_true_false_or_missing():
    table = told()
    assert [name for name in table if name.startswith("help")] == ["help: Money", "help: Time"]
    assert table["help: Money"].mean() == pytest.approx(2 / 3)


def test_numbers_are_numbers_and_days_are_days():
    table = told()
    assert table["age"].dtype == float and table["age"].mean() == 31
    assert table["since"].dt.year.tolist()[2:] == [2024, 1999]
    assert table["why"].tolist()[2] == "because", "not all of them are days"


def test_words_are_those_of_the_language_and_ids_stay():
    danish, english = told(language="da"), told()
    assert danish["trust"].iloc[0] == "Low (da)" and english["trust"].iloc[0] == "Low"
    assert "help: Money (da)" in danish
    assert danish.attrs["label"]["help: Money (da)"] == "Help (da): Money (da)"
    assert english.attrs["question"]["trust"] == "trust?"
    assert {"respondent", "wave", "origin", "trust", "age"} <= {*danish} & {*english}


def test_options_of_the_same_name_stay_apart():
    """A register may have two places of one name."""
    town = replace(CODEBOOK.questions["town"], options=(TOWNS[0], Option("a", words("Zealand"))))
    found = told(codebook=Codebook({}, {"town": town}))["town"]
    assert list(found.cat.categories) == ["Zealand (z)", "Zealand (a)"]
    assert found.iloc[0] == "Zealand (a)"


def test_the_responses_themselves_are_left_as_they_are():
    before = RESPONSES.copy()
    told()
    pd.testing.assert_frame_equal(RESPONSES, before)
    assert not RESPONSES.attrs
