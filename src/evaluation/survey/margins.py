"""Who answered of those who could have: respondents held against what a register knows of all.

Arguments of the same name are the same in all functions:

- margins: the raw table of that name: question (a background question), option, count (how many of
  the population), index = line of the file;
- codebook: the questions;
- published: the indicators of all waves, see `survey.waves.indicators_by_wave`.
"""

from typing import Any

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import labelled
from evaluation.project.codebook import Codebook
from evaluation.stats.contingency import fisher_freeman_halton

FILE = "data/raw/margins.csv"
COLUMNS = ("wave", "question", "option", "k", "population", "expected", "p", "suppressed")


def response_by_group(
    margins: pd.DataFrame, codebook: Codebook, published: pd.DataFrame
) -> pd.DataFrame:
    """One row per wave, background question with margins and option: k (who answered it so),
    population (how many there are), expected (how many would have been k, had as many of each group
    answered), p (of the exact test whether groups answered alike often, the same in all rows of a
    question), suppressed.

    margins, codebook, published: as for the module. Options that are published as one are one here
    too. Nothing is told of a question of which a count is hidden. Raises InputError for margins of
    another question or option, for an option without margin, and for fewer than answered.
    """
    rows: list[dict[str, Any]] = []
    for name, given in labelled(margins.groupby("question", sort=False)):
        sizes = _sizes(str(name), given, codebook)
        told = published[published["question"] == name]
        for wave, cells in labelled(told.groupby("wave")):
            hidden = bool(cells["suppressed"].any())
            joined = {
                option: sum(sizes[code] for code in _parts(codebook, str(name), option))
                for option in cells["option"]
            }
            k = dict(zip(cells["option"], cells["k"], strict=True))
            p = None if hidden else _alike(k, joined, given)
            answered, everybody = sum(k.values()) if not hidden else None, sum(joined.values())
            for option, population in joined.items():
                row = {"wave": int(wave), "question": name, "option": option}
                expected = None if answered is None else answered * population / everybody
                row |= {"population": population, "expected": expected, "p": p}
                rows.append(row | {"k": None if hidden else k[option], "suppressed": hidden})
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    whole = dict.fromkeys(("k", "population"), "Int64")
    return table.astype({**whole, "expected": "Float64", "p": "Float64", "suppressed": bool})


def _sizes(name: str, given: pd.DataFrame, codebook: Codebook) -> dict[str, int]:
    """Option -> how many of the population it is true of."""
    known = {question.id: question for question in codebook.backgrounds}
    line = int(given.index[0])
    if name not in known:
        raise InputError(
            FILE,
            "a margin is of a question with background: true in the codebook",
            f"name one of {', '.join(known) or 'those that are marked so'}",
            row=line,
            column="question",
            value=name,
        )
    for at, option in given["option"].items():
        if option not in known[name].codes:
            raise InputError(
                FILE,
                f"a margin of {name} is of one of its options",
                f"use one of {', '.join(known[name].codes)}",
                row=int(str(at)),
                column="option",
                value=option,
            )
    sizes = dict(zip(given["option"], map(int, given["count"]), strict=True))
    missing = [code for code in known[name].codes if code not in sizes]
    if missing:
        raise InputError(
            FILE,
            f"each option of {name} has a margin, if any has",
            "add a row with how many of the population it is true of",
            row=line,
            column="option",
            value=", ".join(missing),
        )
    return sizes


def _parts(codebook: Codebook, name: str, option: str) -> list[str]:
    """The options of a question that are published as `option`."""
    joined = {each.code: each.options for each in codebook.questions[name].collapse}
    return list(joined.get(option, (option,)))


def _alike(k: dict[str, int], sizes: dict[str, int], given: pd.DataFrame) -> float | None:
    """The p of groups that answered alike often; None where there is one group, or all answered."""
    for option, answered in k.items():
        if answered > sizes[option]:
            raise InputError(
                FILE,
                f"no more answered than there are: {answered} gave {option}",
                "correct the count",
                row=int(given.index[0]),
                column="count",
                value=sizes[option],
            )
    silent = [sizes[option] - answered for option, answered in k.items()]
    if len(k) < 2 or not any(silent) or not any(k.values()):
        return None
    return fisher_freeman_halton([list(map(int, k.values())), silent]).p
