"""Whether groups differ by more than chance: the test that fits, its size, and when none is run.

What is tested is what is told of the groups, see `survey.groups`: where that is hidden in part,
nothing is tested. Comparisons that a plan names (see `project.analyses`) are one family, all others
of the wave another, and each p is adjusted for the number of tests in its family (Holm).
"""

from typing import Any

import numpy as np
import pandas as pd

from evaluation.base.frames import labelled
from evaluation.base.rounding import no_finer
from evaluation.project.analyses import Plan
from evaluation.project.codebook import Codebook, Question, column_of
from evaluation.stats.choice import compare
from evaluation.stats.comparisons import holm
from evaluation.survey.crosstabs import HEADLINE, cross_tabulated

COLUMNS = (
    *("wave", "by", "question", "planned", "groups", "n", "test", "effect", "value", "low", "high"),
    *("p", "p_holm", "tests", "least_p", "exact", "refused", "suppressed"),
)
TYPES: dict[str, Any] = (
    dict.fromkeys(("groups", "n", "tests"), "Int64")
    | dict.fromkeys(("value", "low", "high", "p", "p_holm", "least_p"), "Float64")
    | {"exact": "boolean", "planned": bool, "suppressed": bool}
)
# of a test of numbers, so that it tells no more of them than their figures do
DECIMALS = 3


def differences(
    responses: pd.DataFrame,
    codebook: Codebook,
    counts: pd.DataFrame,
    numbers: pd.DataFrame,
    min_cell: int,
    plan: Plan | None = None,
) -> pd.DataFrame:
    """One row per wave, background question (`by`) and question with a headline or a number.

    responses: see `survey.responses.responses`; codebook: its questions; counts: see
    `survey.groups.by_group`; numbers: see `survey.groups.numbers_by_group`; min_cell: their
    threshold; plan: the comparisons that were planned. Columns: planned, groups (how many were
    compared), n (whose answers were), test and effect (see `stats.choice`), value, low and high (of
    the effect and its interval), p, p_holm, tests (how many the family has), least_p (the smallest
    p that so many answers could have had; missing where it is not known), exact, refused ("": no;
    "hidden"; "alike": all answered alike; "one_group": only one group answered), suppressed.
    """
    told = cross_tabulated(responses, codebook, min_cell)
    shown = codebook if min_cell == 1 else codebook.collapsed()
    planned = {(each.question, each.by) for each in plan.comparisons} if plan else set()
    rows: list[dict[str, Any]] = []
    for table in (counts, numbers):
        for (wave, by, name), cells in labelled(
            table.groupby(["wave", "by", "question"], sort=False)
        ):
            question, groups = shown.questions[name], shown.questions[by]
            if not _has_one_answer(question):
                continue
            row = {"wave": wave, "by": by, "question": name, "planned": (name, by) in planned}
            hidden = bool(cells["suppressed"].any())
            level = "" if question.type == "number" else cells["level"].iloc[0]
            found = (
                {"refused": "hidden"}
                if hidden
                else _tested(told[told["wave"] == wave], groups, question, level, min_cell)
            )
            rows.append({**row, "suppressed": hidden, **found})
    for family in _families(rows):
        adjusted = holm({str(at): row["p"] for at, row in enumerate(family)}).adjusted
        for at, row in enumerate(family):
            row |= {"p_holm": adjusted[str(at)], "tests": len(family)}
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(TYPES)


def _has_one_answer(question: Question) -> bool:
    """Whether one thing is told of each group: a number, or the share of a headline."""
    if question.type == "multiple":
        return len(question.headline) == 1
    return question.type == "number" or bool(question.headline)


def _families(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The rows with a test that belong to one family: of one wave, planned or not."""
    found: dict[tuple[int, bool], list[dict[str, Any]]] = {}
    for row in rows:
        if "p" in row:
            found.setdefault((row["wave"], row["planned"]), []).append(row)
    return list(found.values())


def _tested(
    answers: pd.DataFrame, groups: Question, question: Question, level: str, min_cell: int
) -> dict[str, Any]:
    """The test of a question by groups, or why there is none."""
    kind, given = _answers(answers, question, level)
    grouping, members = _members(answers[groups.id], groups)
    both = given.notna() & members.notna()
    given, members = given[both], members[both]
    if members.nunique() < 2:
        return {"refused": "one_group"}
    if given.nunique() < 2:
        return {"refused": "alike"}
    found = compare(members.tolist(), given.tolist(), grouping, kind)
    of_numbers = kind == "number" and min_cell > 1
    size = found.effect
    figures = {
        "value": size and size.value,
        "low": size and size.low,
        "high": size and size.high,
        "p": found.p,
        "least_p": found.least_p,
    }
    return {
        **{
            name: float(no_finer(np.array(value), DECIMALS)) if of_numbers and value else value
            for name, value in figures.items()
        },
        "refused": "",
        "groups": members.nunique(),
        "n": len(given),
        "test": found.choice.test,
        "effect": found.choice.effect,
        "exact": found.exact,
    }


def _answers(answers: pd.DataFrame, question: Question, level: str) -> tuple[str, pd.Series]:
    """Of what kind the answers are that are compared, and each respondent's."""
    if question.type == "number":
        return "number", answers[question.id].astype(float)
    if question.type == "multiple":
        chosen = answers[column_of(question, question.headline[0])]
        return "yes_no", chosen.map({True: 1, False: 0})
    given = answers[question.id]
    if question.type == "ordinal" and level != HEADLINE:
        return "ordinal", _places(given, question)
    return "yes_no", given.isin(question.headline).astype(float).where(given.notna())


def _members(answers: pd.Series, groups: Question) -> tuple[str, pd.Series]:
    """Whether the groups have an order, and the group of each respondent."""
    if groups.type == "ordinal":
        return "ordered", _places(answers, groups)
    return "groups", answers.astype(object)


def _places(answers: pd.Series, question: Question) -> pd.Series:
    """The place of each answer on its scale; none of what is beside the scale."""
    levels = [option.code for option in question.options if not option.off_scale]
    return answers.map({code: place for place, code in enumerate(levels, start=1)}).astype(float)
