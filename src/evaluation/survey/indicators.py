"""Indicators: for each question and option, how many of those who answered chose it."""

import pandas as pd

from evaluation.project.codebook import Codebook, Question, column_of
from evaluation.stats.intervals import hypergeometric, wilson, worst_case
from evaluation.survey.population import check_population

COUNTED = ("single", "ordinal", "multiple")
INTERVAL = "wilson"
# the columns of the table, and the types of those that no table without rows would have
WHOLE = ("population", "lower_bound", "upper_bound", "random_low", "random_high")
TYPES = {"k": "int64", "n": "int64", "share": "float64", "low": "float64", "high": "float64"}
COLUMNS = (
    *("id", "question", "option", "k", "n", "population", "share", "interval", "low", "high"),
    *("lower_bound", "upper_bound", "random_low", "random_high", "source", "section"),
)


def indicators(
    responses: pd.DataFrame, codebook: Codebook, population: int | None, confidence: float = 0.95
) -> pd.DataFrame:
    """One row per question and option, in the order of the codebook.

    codebook: the questions; responses: one row per respondent (see
    `survey.reconstruction.responses`). Columns: id (question.option), question, option, k, n,
    population (how many there are to ask, missing where a filter decides who was asked), share,
    interval (its kind), low and high (its ends, as shares), lower_bound and upper_bound (counts in
    the population), random_low and random_high (exact hypergeometric interval of the count in the
    population, which holds only if those who did not answer are a random part of it), source
    ("reconstructed" or "survey"), section.

    population: how many there are to ask, None where nobody knows: then it is missing, and so are
    the bounds; confidence: of all intervals. Sources of the methods: see `intervals`. Raises
    InputError for a population smaller than the number of responses.
    """
    check_population(population, len(responses))
    rows = []
    source = responses["origin"].iloc[0]
    for question in codebook.questions.values():
        if question.type not in COUNTED:
            continue
        for code, k, n in _counts(responses, question):
            low, high = wilson(k, n, confidence)
            bounds: tuple[int | None, int | None] = (None, None)
            random = bounds
            asked = population if question.base is None else None
            if asked is not None:
                bounds = worst_case(k, n, asked)
                random = hypergeometric(k, n, asked, confidence)
            rows.append(
                {
                    "id": f"{question.id}.{code}",
                    "question": question.id,
                    "option": code,
                    "k": k,
                    "n": n,
                    "population": asked,
                    "share": k / n,
                    "interval": INTERVAL,
                    "low": low,
                    "high": high,
                    "lower_bound": bounds[0],
                    "upper_bound": bounds[1],
                    "random_low": random[0],
                    "random_high": random[1],
                    "source": source,
                    "section": question.section,
                }
            )
    types = dict.fromkeys(WHOLE, "Int64") | TYPES
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(types)


def _counts(responses: pd.DataFrame, question: Question) -> list[tuple[str, int, int]]:
    """(code, k, n) of the options of a question that somebody was asked."""
    if question.type == "multiple":
        columns = {code: column_of(question, code) for code in question.codes}
        return [
            (code, int(responses[column].sum()), int(responses[column].notna().sum()))
            for code, column in columns.items()
            if column in responses and responses[column].notna().any()
        ]
    if question.id not in responses:
        return []
    given = responses[question.id].value_counts()
    n = int(given.sum())
    if n == 0:
        return []
    return [(code, int(given.get(code, 0)), n) for code in question.codes]
