"""survey.crosstabs: pairs of answers, and rows that have none."""

import pandas as pd
import pytest
from refusals import refusal, tells

from evaluation.project.folder import Folder
from evaluation.stats.comparisons import fisher
from evaluation.survey.crosstabs import crosstab
from evaluation.survey.reconstruction import counts, responses


def survey() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "respondent": range(1, 6),
            "origin": "survey",
            "applied": pd.Series(["yes", "yes", "no", "no", None], dtype="str"),
            "topics.funds": pd.array([True, True, True, False, True], dtype="boolean"),
        }
    )


def test_a_crosstab_counts_pairs_of_answers():
    table = crosstab(survey(), "applied", "topics.funds")
    assert table.to_dict("index") == {"no": {False: 1, True: 1}, "yes": {False: 0, True: 2}}
    assert fisher(table.to_numpy()).p == 1


def test_reconstructed_rows_are_not_crosstabulated():
    rows = survey().assign(origin="reconstructed")
    message = refusal(crosstab, rows, "applied", "topics.funds")
    assert tells(
        message,
        "column origin",
        "which answers go together was never published",
        "'reconstructed'",
        "applied and topics.funds one at a time",
    )


def test_one_reconstructed_row_is_enough_to_refuse():
    rows = survey()
    rows.loc[3, "origin"] = "reconstructed"
    refusal(crosstab, rows, "applied", "topics.funds")


@pytest.mark.slow
def test_the_published_evaluation_has_rows_that_are_refused(repository):
    folder = Folder(repository)
    codebook = folder.codebook()
    rows = responses(counts(folder.read_raw("published_figures"), codebook), codebook)
    questions = [name for name in rows if name not in ("respondent", "origin")]
    refusal(crosstab, rows, questions[0], questions[1])


@pytest.mark.parametrize("absent", ["origin", "applied", "topics.funds"])
def test_a_crosstab_needs_both_columns_and_where_the_rows_come_from(absent):
    with pytest.raises(ValueError, match=f"no column {absent}"):
        crosstab(survey().drop(columns=absent), "applied", "topics.funds")
