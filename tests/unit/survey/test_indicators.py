"""survey.indicators: for each question and option, how many of those who answered chose it."""

import pandas as pd
import pytest
from refusals import refusal, tells

from evaluation.project.folder import Folder
from evaluation.survey.indicators import WHOLE, indicators
from evaluation.survey.population import population_size
from evaluation.survey.reconstruction import counts, responses


@pytest.fixture(scope="module")
def folder(repository):
    return Folder(repository)


@pytest.fixture(scope="module")
def published(folder):
    return counts(folder.read_raw("published_figures"), folder.codebook())


@pytest.fixture(scope="module")
def rows(folder, published):
    return responses(published, folder.codebook())


@pytest.fixture(scope="module")
def table(folder, rows):
    return indicators(rows, folder.codebook(), 21).set_index("id")


@pytest.mark.slow
def test_every_count_is_the_published_one(table, published):
    found = table.reset_index()[["question", "option", "k", "n"]]
    both = published.merge(found, on=["question", "option"], suffixes=("", "_found"))
    assert len(both) == len(published) == len(table)
    assert (both["k"] == both["k_found"]).all()
    assert (both["n"] == both["n_found"]).all()


@pytest.mark.slow
def test_the_rows_are_in_the_order_of_the_codebook(folder, table):
    expected = [
        f"{question.id}.{code}"
        for question in folder.codebook().questions.values()
        for code in question.codes
    ]
    assert table.index.tolist() == expected


def test_twelve_of_sixteen_among_21_is_what_methods_md_says(table):
    # methods.md 0.4: Wilson 50.5-89.8 %, worst case 12 to 17 of 21
    row = table.loc["applied_for_funds.yes"]
    assert (row["k"], row["n"], row["share"]) == (12, 16, 0.75)
    assert (row["low"], row["high"]) == pytest.approx((0.505, 0.898), abs=0.0005)
    assert (row["lower_bound"], row["upper_bound"]) == (12, 17)
    assert row["interval"] == "wilson"


def test_a_filtered_question_has_no_bounds_because_nobody_knows_who_was_to_be_asked(table):
    row = table.loc["received_funds.yes"]
    assert (row["k"], row["n"]) == (11, 12)
    assert pd.isna(row["lower_bound"])
    assert pd.isna(row["upper_bound"])
    assert table["lower_bound"].isna().sum() == 2


def test_an_option_that_nobody_chose_is_counted_as_none(table):
    assert table.loc["volunteers_change.decreased", "k"] == 0
    assert table.loc["volunteers_change.decreased", "n"] == 16


def test_options_of_a_multiple_choice_question_are_counted_apart(table):
    topics = table[table["question"] == "advice_topics"]["k"]
    assert topics.tolist() == [8, 10, 4, 7, 1]


def test_every_row_says_that_it_rests_on_a_reconstruction(table):
    assert set(table["source"]) == {"reconstructed"}


@pytest.mark.slow
def test_the_level_of_confidence_changes_the_interval_and_nothing_else(folder, rows, table):
    narrow = indicators(rows, folder.codebook(), 21, 0.8).set_index("id")
    assert (narrow["low"] >= table["low"]).all()
    assert (narrow["high"] <= table["high"]).all()
    known = table["random_low"].notna()
    assert (narrow["random_low"] >= table["random_low"])[known].all()
    ends = ["low", "high", "random_low", "random_high"]
    pd.testing.assert_frame_equal(narrow.drop(columns=ends), table.drop(columns=ends))


@pytest.mark.slow
def test_real_answers_are_counted_among_those_who_gave_one(folder, rows):
    survey = rows.assign(origin="survey")
    survey.loc[[0, 1], "local_meetings"] = None
    table = indicators(survey, folder.codebook(), 21).set_index("id")
    row = table.loc["local_meetings.yes"]
    assert (row["k"], row["n"], row["source"]) == (11, 14, "survey")
    assert (row["lower_bound"], row["upper_bound"]) == (11, 18)


@pytest.mark.slow
def test_several_answers_are_counted_among_those_who_gave_any(folder, rows):
    survey = rows.copy()
    columns = [column for column in rows if column.startswith("advice_topics.")]
    survey.loc[[0, 15], columns] = pd.NA
    table = indicators(survey, folder.codebook(), 21).set_index("id")
    row = table.loc["advice_topics.activities"]
    assert (row["k"], row["n"]) == (9, 14)
    assert (row["lower_bound"], row["upper_bound"]) == (9, 16)


@pytest.mark.slow
def test_a_question_that_is_not_in_the_data_is_left_out(folder, rows):
    table = indicators(rows.drop(columns="local_meetings"), folder.codebook(), 21)
    assert "local_meetings" not in set(table["question"])


@pytest.mark.slow
def test_a_question_that_nobody_answered_is_left_out(folder, rows):
    table = indicators(rows.assign(received_funds=None), folder.codebook(), 21)
    assert "received_funds" not in set(table["question"])


@pytest.mark.slow
def test_a_population_smaller_than_those_who_answered_is_refused(folder, rows):
    message = refusal(indicators, rows, folder.codebook(), 15)
    tells(message, "population", "15", "16")


@pytest.mark.slow
def test_a_population_that_nobody_knows_has_no_bounds_and_changes_no_count(folder, rows):
    known, unknown = (indicators(rows, folder.codebook(), size) for size in (21, None))
    assert unknown[list(WHOLE)].isna().all(axis=None)
    rest = known.columns.difference(WHOLE)
    pd.testing.assert_frame_equal(known[rest], unknown[rest])
    assert known.dtypes.equals(unknown.dtypes)


def test_the_population_is_a_number_or_a_fact(folder):
    facts = folder.read_raw("facts")
    assert population_size(30, facts) == 30
    assert population_size(None, facts) is None
    assert population_size("associations", facts) == 21


def test_an_unknown_population_is_refused_with_the_facts_that_exist(folder):
    message = refusal(population_size, "association", folder.read_raw("facts"))
    tells(
        message, "evaluation.yml, column population", "Found: 'association'", "Remedy: use one of"
    )
    tells(message, "period_start", "associations, municipalities")
