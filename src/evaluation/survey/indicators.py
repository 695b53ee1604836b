"""Indicators: for each question and option, how many of those who answered chose it."""

from collections.abc import Mapping

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.project.codebook import Codebook, Question, column_of
from evaluation.stats.intervals import hypergeometric, wilson, worst_case

COUNTED = ("single", "ordinal", "multiple")
INTERVAL = "wilson"


def indicators(
    responses: pd.DataFrame, codebook: Codebook, population: int, confidence: float = 0.95
) -> pd.DataFrame:
    """One row per question and option, in the order of the codebook.

    responses: one row per respondent (see `survey.reconstruction.responses`). Columns: id
    (question.option), question, option, k, n, population (how many there are to ask, missing where
    a filter decides who was asked), share, interval (its kind), low and high (its ends, as shares),
    lower_bound and upper_bound (counts in the population), random_low and random_high (exact
    hypergeometric interval of the count in the population, which holds only if those who did not
    answer are a random part of it), source ("reconstructed" or "survey"), section.

    population: how many there are to ask; confidence: of all intervals. Sources of the methods:
    see `intervals`. Raises InputError for a population smaller than the number of responses.
    """
    if population < len(responses):
        raise InputError(
            "evaluation.yml",
            f"the population is at least as large as the {len(responses)} who answered",
            "correct it, or the fact it names",
            column="population",
            value=population,
        )
    rows = []
    source = responses["origin"].iloc[0]
    for question in codebook.questions.values():
        if question.type not in COUNTED:
            continue
        for code, k, n in _counts(responses, question):
            low, high = wilson(k, n, confidence)
            bounds = random = (None, None)
            if question.base is None:
                bounds = worst_case(k, n, population)
                random = hypergeometric(k, n, population, confidence)
            rows.append(
                {
                    "id": f"{question.id}.{code}",
                    "question": question.id,
                    "option": code,
                    "k": k,
                    "n": n,
                    "population": population if question.base is None else None,
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
    whole = ["population", "lower_bound", "upper_bound", "random_low", "random_high"]
    return pd.DataFrame(rows).astype(dict.fromkeys(whole, "Int64"))


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


def population_size(declared: int | str, facts: pd.DataFrame) -> int:
    """The population as evaluation.yml declares it.

    declared: a number, or the id of a row of facts (id, value). Raises InputError for an id that is
    not among the facts.
    """
    if isinstance(declared, int):
        return declared
    values = facts.set_index("id")["value"]
    if isinstance(declared, Mapping) or declared not in values:
        raise InputError(
            "evaluation.yml",
            "population is a number or the id of a row in data/raw/facts.csv",
            f"use one of {', '.join(values.index)}",
            column="population",
            value=str(declared),
        )
    return int(values[declared])


def population_of(declared: int | Mapping[int, int], wave: int) -> int:
    """The population of one `wave`; `declared` is a number for each, or one that is that of all.

    Raises InputError where there is a number for each wave, but none for this one.
    """
    if not isinstance(declared, Mapping):
        return declared
    if wave not in declared:
        raise InputError(
            "evaluation.yml",
            "population has one number, or one for each wave of the survey",
            f"add the number of wave {wave}",
            column="population",
            value=", ".join(map(str, declared)),
        )
    return declared[wave]
