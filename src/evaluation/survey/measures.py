"""Questions that are answered with a number or a text: how many answered, and where the numbers
lie.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from evaluation.base.frames import labelled
from evaluation.disclosure import small_counts
from evaluation.project.codebook import Codebook
from evaluation.survey.population import population_of
from evaluation.survey.waves import gave_answers, known_again

QUARTILES = {"lower_quartile": 0.25, "median": 0.5, "upper_quartile": 0.75}
QUARTERS = 4  # parts that the quartiles divide the answers into


def measures(responses: pd.DataFrame, codebook: Codebook, min_cell: int) -> pd.DataFrame:
    """One row per wave and question of type number or text, as it may be published.

    codebook: the questions; responses: see `survey.responses.responses`, with a column wave.
    Columns: wave, question, n (how many answered), mean, lower_quartile, median, upper_quartile (of
    numbers only; linear interpolation, type 7 of Hyndman and Fan 1996), suppressed. A small n is
    hidden, and so are the mean and the quartiles unless each quarter holds at least `min_cell`
    answers: fewer could be told apart.
    """
    small = small_counts(min_cell)
    rows = []
    for wave, rows_of_wave in labelled(responses.groupby("wave")):
        for question in codebook.questions.values():
            if question.type not in ("number", "text"):
                continue
            given = rows_of_wave[question.id].dropna()
            row: dict[str, Any] = {"wave": int(wave), "question": question.id, "n": len(given)}
            row["suppressed"] = row["n"] in small
            if row["suppressed"]:
                row["n"] = None
            elif question.type == "number":
                if len(given) and len(given) >= QUARTERS * min_cell:
                    row |= _placed(given.astype(float))
                else:
                    row["suppressed"] = len(given) > 0
            rows.append(row)
    columns = ["wave", "question", "n", "mean", *QUARTILES, "suppressed"]
    numbers = dict.fromkeys(["mean", *QUARTILES], "Float64")
    return pd.DataFrame(rows, columns=columns).astype({"n": "Int64", **numbers})


def _placed(given: pd.Series) -> dict[str, float]:
    quartiles = {name: float(given.quantile(share)) for name, share in QUARTILES.items()}
    return {"mean": float(given.mean()), **quartiles}


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
