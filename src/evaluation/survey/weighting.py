"""Weights: how many of the population each respondent stands for, and shares that rest on them.

Weights come from how the sample was drawn (the raw table `weights`), from what a register knows of
all (`margins`, see `survey.margins`), or both: then those of the sample are fitted to the margins.
"""

from typing import Any

import numpy as np
import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import each_row, labelled
from evaluation.base.rounding import no_finer
from evaluation.project.codebook import Codebook, Question, column_of
from evaluation.stats.weights import design_effect, rake, weighted_share
from evaluation.survey.crosstabs import OPTIONS, cross_tabulated
from evaluation.survey.indicators import COUNTED
from evaluation.survey.margins import FILE as MARGINS

WEIGHTS = "data/raw/weights.csv"
COLUMNS = (
    *("wave", "question", "option", "n", "share", "low", "high", "effective_n", "design_effect"),
    "suppressed",
)


def respondent_weights(
    responses: pd.DataFrame,
    codebook: Codebook,
    design: pd.DataFrame | None,
    margins: pd.DataFrame | None,
) -> pd.Series:
    """The weight of each row of the responses, whose mean is 1 in each wave; missing for who did
    not answer a question that has margins, and for all of a wave without either table.

    responses: see `survey.responses.responses`; codebook: its questions; design, margins: the raw
    tables `weights` and `margins`, None where there is none. Raises InputError for a respondent
    without a weight, and where the margins cannot be met: a group that nobody answered of.
    """
    found = pd.Series(float("nan"), index=responses.index)
    if design is None and margins is None:
        return found
    for wave, part in labelled(responses.groupby("wave")):
        start = pd.Series(1.0, index=part.index)
        if design is not None:
            start = _drawn(part, design[design["wave"] == wave], int(wave))
        if margins is not None:
            names = list(dict.fromkeys(margins["question"]))
            part = part.dropna(subset=[name for name in names if name in part])
            start = _fitted(part, start[part.index], margins)
        if len(start):
            found[start.index] = start / start.mean()
    return found


def _drawn(part: pd.DataFrame, design: pd.DataFrame, wave: int) -> pd.Series:
    known = design.set_index("respondent")["weight"]
    weights = part["respondent"].astype(str).map(known)
    without = part.loc[weights.isna(), "respondent"].astype(str)
    if len(without):
        raise InputError(
            WEIGHTS,
            f"each respondent of wave {wave} has a weight, if any has",
            "add the missing rows",
            column="respondent",
            value=", ".join(without.head(5)),
        )
    return weights.astype(float)


def _fitted(part: pd.DataFrame, start: pd.Series, margins: pd.DataFrame) -> pd.Series:
    wanted = {
        str(name): dict(zip(given["option"], given["count"].astype(float), strict=True))
        for name, given in labelled(margins.groupby("question", sort=False))
    }
    try:
        raked = rake(part[list(wanted)].astype(object), wanted, start.tolist())
    except (ValueError, KeyError) as error:
        raise InputError(
            MARGINS,
            "weights are fitted to margins that the respondents can have",
            "join options in the codebook and in the margins, or correct the counts",
            value=str(error),
        ) from None
    if not raked.converged:
        raise InputError(
            MARGINS,
            "margins do not contradict each other for those who answered",
            "leave out one of the questions, or join options",
            value=f"a share is {float(no_finer(np.array(raked.largest_difference), 4))} off",
        )
    return pd.Series(raked.weights, index=part.index)


def weighted_shares(
    responses: pd.DataFrame,
    codebook: Codebook,
    weights: pd.Series,
    published: pd.DataFrame,
    groups: pd.DataFrame,
    min_cell: int,
    margins: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per wave, question and option with weights: n (who answered and has a weight), share
    (weighted), low and high (of its 95 per cent interval), effective_n, design_effect (see
    `stats.weights`), suppressed.

    responses, codebook: as for `respondent_weights`; weights: what it gives; published: the
    indicators; groups: see `survey.groups.by_group`; min_cell: their threshold; margins: the raw
    table, where the weights rest on it. Hidden is what is hidden without weights; and where the
    weights rest on margins, what is not told of every group that has one: from the share with and
    without weights, a reader can work out the counts of the groups.
    """
    told = cross_tabulated(responses, codebook, min_cell)
    shown = codebook if min_cell == 1 else codebook.collapsed()
    by = [] if margins is None or min_cell == 1 else list(dict.fromkeys(margins["question"]))
    rows: list[dict[str, Any]] = []
    for wave, cells in labelled(published.groupby("wave")):
        of_wave = told[(told["wave"] == wave) & weights.notna()]
        if of_wave.empty:
            continue
        for cell in each_row(cells):
            question = shown.questions[cell.question]
            if question.type not in COUNTED:
                continue
            row = {"wave": int(wave), "question": question.id, "option": cell.option}
            hidden = cell.suppressed or not all(
                _told_by(groups, int(wave), name, question, cell.option) for name in by
            )
            figures = {} if hidden else _weighted(of_wave, question, cell.option, weights)
            rows.append({**row, **figures, "suppressed": bool(hidden)})
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    numbers = ("share", "low", "high", "effective_n", "design_effect")
    return table.astype({"n": "Int64", **dict.fromkeys(numbers, "Float64"), "suppressed": bool})


def _told_by(groups: pd.DataFrame, wave: int, by: str, question: Question, option: str) -> bool:
    """Whether the counts of an option are told of all groups of a question with margins."""
    if question.id == by:
        return True
    rows = groups[
        (groups["wave"] == wave)
        & (groups["by"] == by)
        & (groups["question"] == question.id)
        & (groups["option"] == option)
    ]
    return bool(len(rows) and not rows["suppressed"].any() and (rows["level"] == OPTIONS).all())


def _weighted(
    answers: pd.DataFrame, question: Question, option: str, weights: pd.Series
) -> dict[str, Any]:
    if question.type == "multiple":
        said = answers[column_of(question, option)]
    else:
        given = answers[question.id]
        said = (given == option).where(given.notna())
    said = said.dropna().astype(bool)
    of = weights[said.index]
    if said.empty:
        return {}
    figures: dict[str, Any] = {"n": len(said), "design_effect": design_effect(of.tolist())}
    figures["effective_n"] = len(said) / figures["design_effect"]
    if said.nunique() == 1:
        # all or none of them: there is no interval that rests on the spread of answers
        return {**figures, "share": float(said.iloc[0])}
    found = weighted_share(said.tolist(), of.tolist()).estimate
    return {**figures, "share": found.value, "low": found.low, "high": found.high}
