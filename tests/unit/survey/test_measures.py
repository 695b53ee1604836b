"""survey.measures: numbers and texts as answers, and how many answered."""

import pandas as pd
import pytest

from evaluation.project.codebook import Codebook, Question
from evaluation.survey.measures import answered, measures

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


@pytest.mark.parametrize(("several", "n"), [(0, 0), (1, None), (2, None), (3, 3), (11, 11)])
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
