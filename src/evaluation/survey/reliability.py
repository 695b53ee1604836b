"""Whether the items of an index measure one thing, see `stats.reliability`."""

from typing import Any

import numpy as np
import pandas as pd

from evaluation.base.frames import labelled
from evaluation.base.rounding import no_finer
from evaluation.project.codebook import Codebook
from evaluation.project.computed import Index
from evaluation.stats.estimates import Estimate
from evaluation.stats.reliability import (
    FEWEST_FOR_ALPHA,
    FEWEST_FOR_OMEGA,
    cronbach_alpha,
    mcdonald_omega,
)
from evaluation.survey.computed import scored

COLUMNS = (
    *("wave", "question", "item", "n", "alpha", "alpha_low", "alpha_high"),
    *("omega", "omega_low", "omega_high", "item_total", "alpha_without", "refused"),
)
DECIMALS = 3  # of a coefficient: more would tell more of the answers than it means
ITEMS_FOR_OMEGA = 3
# respondents up to which the interval of omega is drawn: of more it takes minutes
MOST_FOR_OMEGA = 3_000


def reliability(responses: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Two kinds of rows per wave and index (`question`) of the codebook: one with an empty `item`
    and n (who answered all items), alpha and omega with their intervals; and one an item with
    item_total (its correlation with the sum of the others) and alpha_without (it).

    responses: see `survey.responses.responses`; codebook: its questions. `refused` says why there
    is no alpha: "few" respondents answered all items, or "alike": an item, or the sum, was answered
    alike by all. There is no omega of two items, and of few or very many respondents.
    """
    rows: list[dict[str, Any]] = []
    for wave, part in labelled(responses.groupby("wave")):
        for question in codebook.questions.values():
            if question.index is not None and part[question.id].notna().any():
                found = _of_index(scored(part, question.index, codebook).dropna(), question.index)
                rows += [{"wave": int(wave), "question": question.id, **row} for row in found]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    numbers = [name for name in COLUMNS[4:] if name != "refused"]
    return table.astype({"n": "Int64", **dict.fromkeys(numbers, "Float64")})


def _of_index(items: pd.DataFrame, index: Index) -> list[dict[str, Any]]:
    if len(items) < FEWEST_FOR_ALPHA:
        # how many they are would tell how many left some item out
        return [{"item": "", "refused": "few"}]
    try:
        alpha = cronbach_alpha(items)
    except ValueError:
        return [{"item": "", "n": len(items), "refused": "alike"}]
    whole = {"item": "", "n": alpha.n, "refused": "", **_estimate("alpha", alpha.alpha)}
    if len(index.items) >= ITEMS_FOR_OMEGA and FEWEST_FOR_OMEGA <= alpha.n <= MOST_FOR_OMEGA:
        whole |= _estimate("omega", mcdonald_omega(items).omega)
    return [
        whole,
        *(
            {
                "item": item.name,
                "refused": "",
                "item_total": _kept(item.item_total),
                "alpha_without": None if item.alpha_without is None else _kept(item.alpha_without),
            }
            for item in alpha.items
        ),
    ]


def _estimate(name: str, found: Estimate) -> dict[str, float]:
    ends = {f"{name}_low": found.low, f"{name}_high": found.high}
    return {name: _kept(found.value), **{end: _kept(value) for end, value in ends.items()}}


def _kept(value: float) -> float:
    return float(no_finer(np.array(value), DECIMALS))
