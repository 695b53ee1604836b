"""Answers by the groups that background questions make.

Arguments of the same name are the same in all functions:

- responses: one row per respondent and wave, see `survey.responses.responses`;
- codebook: the questions, with those that make groups;
- published: the indicators of all waves, see `survey.waves.indicators_by_wave`;
- min_cell: the smallest count that may be shown.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from evaluation.base.frames import labelled
from evaluation.disclosure.numbers import summary
from evaluation.project.codebook import RECONSTRUCTED, Codebook, Question
from evaluation.survey.asked import follow
from evaluation.survey.crosstabs import OPTIONS, cross_tabulated, is_behind_hidden
from evaluation.survey.crosstabs import published as crosstab
from evaluation.survey.indicators import COUNTED
from evaluation.survey.waves import told_by_few

FIGURES = ("mean", "median")
TYPES: dict[str, Any] = {"k": "Int64", "n": "Int64", "suppressed": bool}
KEYS = ["wave", "by", "group", "question"]


def by_group(
    responses: pd.DataFrame, codebook: Codebook, published: pd.DataFrame, min_cell: int
) -> pd.DataFrame:
    """How many of each group gave each answer: one row per wave, background question (`by`), its
    option (`group`), question and option of it: these, k (how many), n (of how many in the group
    who answered), suppressed, level (see `survey.crosstabs.published`).

    responses, codebook, published, min_cell: as for the module. A question that a wave did not ask
    has no rows in it. Rows that were rebuilt from published figures have no groups.
    """
    parts = []
    for wave, groups, of_wave in _groups(responses, codebook, published, min_cell):
        tables = {
            question.id: crosstab(
                responses, wave, groups.id, question.id, codebook, of_wave, min_cell
            )
            for question in codebook.questions.values()
            if question.type in COUNTED and question.id in set(of_wave["question"]) - {groups.id}
        }
        rows = cross_tabulated(responses[responses["wave"] == wave], codebook, min_cell)
        for name, table in _without_followers(tables, rows, _shown_as(codebook, min_cell)).items():
            told = table.rename(columns={"row": "group", "column": "option"})
            parts.append(told.assign(wave=wave, by=groups.id, question=name))
    columns = [*KEYS, "option", "k", "n", "suppressed", "level"]
    if not parts:
        return pd.DataFrame(columns=columns).astype(TYPES)
    return pd.concat(parts, ignore_index=True)[columns]


def _without_followers(
    tables: dict[str, pd.DataFrame], rows: pd.DataFrame, codebook: Codebook
) -> dict[str, pd.DataFrame]:
    """The tables, with those hidden of questions that only such answered whose earlier answer is
    hidden in some group: how many of a group answered would tell it."""
    while True:
        further = _followers(tables, rows, codebook) & set(tables)
        further = {name for name in further if not tables[name]["suppressed"].all()}
        if not further:
            return tables
        nothing: dict[str, Any] = {"k": pd.NA, "n": pd.NA, "suppressed": True}
        tables |= {name: tables[name].assign(**nothing).astype(TYPES) for name in further}


def _followers(tables: dict[str, pd.DataFrame], rows: pd.DataFrame, codebook: Codebook) -> set[str]:
    """The questions that only those answered who gave an answer that is hidden in some group."""
    hidden = set()
    for name, table in tables.items():
        told = table[table["level"] == OPTIONS].groupby("column")["suppressed"].any()
        shown = set(told.index[~told])
        hidden |= {f"{name}.{code}" for code in codebook.questions[name].codes if code not in shown}
    return follow(rows, codebook, hidden) if hidden else set()


def _shown_as(codebook: Codebook, min_cell: int) -> Codebook:
    """The codebook as it is published."""
    return codebook if min_cell == 1 else codebook.collapsed()


def numbers_by_group(
    responses: pd.DataFrame,
    codebook: Codebook,
    published: pd.DataFrame,
    counts: pd.DataFrame,
    min_cell: int,
) -> pd.DataFrame:
    """Where the numbers lie that each group gave: one row per wave, background question (`by`), its
    option (`group`) and question of type number: these, n (how many answered), mean, median (see
    `disclosure.numbers`), suppressed.

    responses, codebook, published, min_cell: as for the module; counts: what `by_group` makes of
    them. A group is hidden whose numbers may not be told, and further ones, the smallest first,
    until those of all that are hidden might be: the figures of all respondents, less those of the
    groups that are shown, are theirs. All groups are hidden where the question was asked of those
    whose answer is hidden in some group, and where an earlier wave would tell of few.
    """
    few = told_by_few(responses, codebook, min_cell)
    rows: list[dict[str, Any]] = []
    for wave, groups, of_wave in _groups(responses, codebook, published, min_cell):
        told = cross_tabulated(responses[responses["wave"] == wave], codebook, min_cell)
        of_groups = counts[(counts["wave"] == wave) & (counts["by"] == groups.id)]
        tables = {
            str(name): table.rename(columns={"option": "column"})
            for name, table in labelled(of_groups.groupby("question"))
        }
        followers = _followers(tables, told, _shown_as(codebook, min_cell))
        for question in codebook.questions.values():
            if question.type != "number" or not told[question.id].notna().any():
                continue
            given = {
                code: told.loc[told[groups.id] == code, question.id].dropna().astype(float)
                for code in groups.codes
            }
            whole = (
                (wave, question.id) in few
                or question.id in followers
                or (min_cell > 1 and question.id in codebook.grouped)
                or bool(of_wave.loc[of_wave["question"] == groups.id, "suppressed"].any())
                or is_behind_hidden(
                    responses, wave, groups.id, question, codebook, of_wave, min_cell
                )
            )
            shown = {} if whole else _shown(given, min_cell)
            for code, numbers in given.items():
                figures = shown.get(code, {})
                n = None if whole or 0 < len(numbers) < min_cell else len(numbers)
                key = (wave, groups.id, code, question.id)
                row = {**dict(zip(KEYS, key, strict=True)), "n": n, "suppressed": not figures}
                rows.append(row | {name: figures.get(name) for name in FIGURES})
    table = pd.DataFrame(rows, columns=[*KEYS, "n", *FIGURES, "suppressed"])
    return table.astype({"n": "Int64", **dict.fromkeys(FIGURES, "Float64"), "suppressed": bool})


def _groups(
    responses: pd.DataFrame, codebook: Codebook, published: pd.DataFrame, min_cell: int
) -> Iterator[tuple[int, Question, pd.DataFrame]]:
    """(wave, background question as it is published, the indicators of the wave)."""
    if (responses["origin"] == RECONSTRUCTED).any():
        return
    shown = _shown_as(codebook, min_cell)
    for wave, of_wave in labelled(published.groupby("wave")):
        asked = set(of_wave["question"])
        for question in shown.backgrounds:
            if question.id in asked:
                yield int(wave), question, of_wave


def _shown(given: dict[str, pd.Series], min_cell: int) -> dict[str, dict[str, float]]:
    """Group -> its figures, of the groups that are shown."""
    figures = {
        code: found
        for code, numbers in given.items()
        if len(numbers) and "mean" in (found := summary(numbers, min_cell))
    }
    if min_cell == 1:
        return figures
    while figures:
        hidden = [numbers for code, numbers in given.items() if code not in figures]
        rest = pd.concat(hidden) if hidden else pd.Series(dtype=float)
        if rest.empty or "mean" in summary(rest, min_cell):
            break
        del figures[min(figures, key=lambda code: len(given[code]))]
    return figures
