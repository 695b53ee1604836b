"""Questions that are answered with a number or a text: how many answered, and where the numbers
lie.
"""

from collections.abc import Mapping
from math import floor, log10
from typing import Any

import numpy as np
import pandas as pd

from evaluation.base.frames import labelled
from evaluation.base.rounding import no_finer
from evaluation.disclosure import small_counts
from evaluation.disclosure.numbers import QUARTILES, summary
from evaluation.project.codebook import Codebook, Question
from evaluation.stats.location import mean, mean_bootstrap
from evaluation.survey.asked import follow
from evaluation.survey.population import population_of
from evaluation.survey.waves import gave_answers, known_again, told_by_few

FIGURES = ("mean", *QUARTILES)
INTERVAL = ("low", "high")
# answers up to which the interval takes no shape of theirs for granted; of more it makes no
# difference, and takes long
DRAWN_FROM = 1_000
KEPT = 2  # digits of how far an interval reaches: more would tell more of the answers than it means


def measures(
    responses: pd.DataFrame,
    codebook: Codebook,
    min_cell: int,
    published: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per wave and question of type number or text, as it may be published.

    codebook: the questions; responses: see `survey.responses.responses`, with a column wave;
    min_cell: the smallest count that may be shown; published: see `waves.indicators_by_wave`.
    Columns: wave, question, n (how many answered), mean, lower_quartile, median, upper_quartile (of
    numbers only, see `disclosure.numbers`), low and high (the 95 per cent interval of the mean, by
    the bootstrap, of more than `DRAWN_FROM` answers by the t distribution; kept to `KEPT` digits of
    its width where small counts are hidden), suppressed. An n of at most min_cell is hidden, as
    that of a question with options is: a filter that everybody passed would else be told by what
    follows it. So is the n of a question whose filter is hidden, or not known without `published`:
    it tells how many were asked.
    So is a question whose answers are told in groups.
    Where few have come or gone since an earlier wave, all is hidden, see `waves.told_by_few`.
    """
    small = small_counts(min_cell)
    few = told_by_few(responses, codebook, min_cell)
    rows = []
    for wave, rows_of_wave in labelled(responses.groupby("wave")):
        behind = _behind_hidden(rows_of_wave, codebook, published, int(wave))
        for question in codebook.questions.values():
            if question.type not in ("number", "text"):
                continue
            given = rows_of_wave[question.id].dropna()
            row: dict[str, Any] = {"wave": int(wave), "question": question.id, "n": len(given)}
            hidden = (
                (bool(small) and 0 < row["n"] <= min_cell)
                or (int(wave), question.id) in few
                or (bool(small) and _has_hidden_filter(question, int(wave), published))
                or (bool(small) and question.id in behind | codebook.grouped)
            )
            row["suppressed"] = hidden
            if hidden:
                row["n"] = None
            elif question.type == "number" and len(given):
                row |= summary(given.astype(float), min_cell)
                row |= _interval(given.astype(float), min_cell) if "mean" in row else {}
                row["suppressed"] = not all(name in row for name in FIGURES)
            rows.append(row)
    columns = ["wave", "question", "n", *FIGURES, *INTERVAL, "suppressed"]
    numbers = dict.fromkeys((*FIGURES, *INTERVAL), "Float64")
    return pd.DataFrame(rows, columns=columns).astype({"n": "Int64", **numbers})


def _interval(given: pd.Series, min_cell: int) -> dict[str, float]:
    """The 95 per cent interval of the mean; none of numbers that are all alike."""
    if given.nunique() == 1:
        return {}
    found = (mean_bootstrap if len(given) <= DRAWN_FROM else mean)(given.tolist())
    if min_cell == 1:
        return {"low": found.low, "high": found.high}
    places = KEPT - 1 - floor(log10(found.high - found.low))
    low, high = no_finer(np.array([found.low, found.high]), places)
    return {"low": float(low), "high": float(high)}


def _behind_hidden(
    rows: pd.DataFrame, codebook: Codebook, published: pd.DataFrame | None, wave: int
) -> set[str]:
    """The questions that only those answered whose earlier answer is hidden, see `asked.follow`."""
    if published is None:
        return set()
    hidden = published["id"][published["suppressed"] & (published["wave"] == wave)]
    return follow(rows, codebook, set(hidden)) if len(hidden) else set()


def _has_hidden_filter(question: Question, wave: int, published: pd.DataFrame | None) -> bool:
    """Whether the count of those who were asked a question is hidden, or may be."""
    if question.base is None:
        return False
    if published is None:
        return True
    name, option = question.base
    rows = published[(published["id"] == f"{name}.{option}") & (published["wave"] == wave)]
    return bool(rows["suppressed"].any()) or rows.empty


def answered(
    responses: pd.DataFrame, population: int | Mapping[int, int | None] | None
) -> pd.DataFrame:
    """How many answered anything in each wave: wave, respondents, population (missing where nobody
    knows it), known (how many of them did in the wave before too, missing for the first).

    responses: with a column wave; population: see `survey.population.population_of`.
    """
    counted = gave_answers(responses).groupby(responses["wave"]).sum().rename("respondents")
    table = counted.reset_index()
    known = known_again(responses).set_index("after")["known"]
    return table.assign(
        population=pd.array([population_of(population, wave) for wave in table["wave"]], "Int64"),
        known=table["wave"].map(known).astype("Int64"),
    )
