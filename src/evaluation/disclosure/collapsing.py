"""Options joined into one before anything is hidden."""

from collections.abc import Mapping

import pandas as pd

from evaluation.disclosure.rules import BOUNDS, base_of
from evaluation.project.codebook import Codebook
from evaluation.stats.intervals import hypergeometric, wilson, worst_case


def collapse(
    table: pd.DataFrame,
    codebook: Codebook,
    collapses: Mapping[str, list[tuple[str, list[str]]]],
    confidence: float = 0.95,
) -> pd.DataFrame:
    """An indicator table in which some options are joined into one, before anything is hidden.

    table: see `survey.indicators.indicators`; codebook: the questions behind it; confidence: of the
    intervals, from 0 to 1; collapses: per question the new code and the codes it joins. The new row
    stands where the first of them stood; its count is their sum, its Wilson interval and bounds are
    computed anew. Apply it to the same questions whatever they were answered: a reader who sees
    joined options would else know that one was small.

    Raises ValueError for an unknown question or code, a code that is joined twice or taken, the
    options of a multiple-choice question (they overlap), and an option that filters another
    question (its count is the other's n).
    """
    filters = {base_of(codebook, name) for name in codebook.questions}
    for question, joins in collapses.items():
        for code, parts in joins:
            rows = table[(table["question"] == question) & table["option"].isin(parts)]
            taken = table["option"][table["question"] == question]
            if len(rows) != len(parts) or (code in set(taken) and code not in parts):
                raise ValueError(f"{question} cannot join {', '.join(parts)} as {code}")
            if codebook.questions[question].type == "multiple":
                raise ValueError(f"several answers to {question} may come from one respondent")
            if not filters.isdisjoint(rows["id"]):
                raise ValueError(f"{', '.join(parts)} of {question} filter another question")
            row = _joined(rows, f"{question}.{code}", code, confidence)
            table = pd.concat([table.drop(rows.index), row]).sort_index()
    return table.reset_index(drop=True)


def _joined(rows: pd.DataFrame, id_: str, code: str, confidence: float) -> pd.DataFrame:
    k, n = int(rows["k"].sum()), int(rows["n"].iloc[0])
    low, high = wilson(k, n, confidence)
    bounds = dict.fromkeys(BOUNDS)
    if rows["upper_bound"].notna().all():
        # what all the silent could add, they can add once
        silent = int(rows["upper_bound"].iloc[0] - rows["lower_bound"].iloc[0])
        ends = (*worst_case(k, n, n + silent), *hypergeometric(k, n, n + silent, confidence))
        bounds = dict(zip(BOUNDS, ends, strict=True))
    return rows.iloc[:1].assign(
        id=id_,
        option=code,
        k=k,
        share=k / n,
        low=low,
        high=high,
        **{name: pd.array([value], dtype="Int64") for name, value in bounds.items()},
    )
