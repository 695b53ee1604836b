"""Rows of people who were asked and answered nothing, though a table says something of them: what
was filled in before the survey, and how far they came."""

from collections.abc import Iterable, Sequence

import pandas as pd

from evaluation.exchange.reading.drafting import Column
from evaluation.exchange.reading.export import Remark
from evaluation.exchange.reading.forms.missing import told
from evaluation.exchange.reading.placing import ANSWER, TECHNICAL, TEXT, place

STATUS = "status"
# what was filled in beforehand stands in so many rows, and an answer in so many of those who gave
# any
NEARLY_ALL, HALF = 0.9, 0.5
# so many rows that say nothing else are no chance
SEVERAL = 3


def without_untouched(answers: pd.DataFrame, file: str, remarks: list[Remark]) -> pd.DataFrame:
    """The rows without those whose status is one in which nobody has answered anything; these are
    told, each status with its rows.

    answers: a table of text cells; file: its name, for the remark.
    """
    for name in answers.columns:
        found = place(name, answers[name])
        if (found.role, found.kind) != (TECHNICAL, STATUS):
            continue
        counts = answers[name].value_counts().drop("", errors="ignore")
        rest = answers.drop(columns=name)
        silent = {
            str(status): int(count)
            for status, count in counts.items()
            if _are_untouched(rest[answers[name] == status], rest[answers[name] != status])
        }
        if silent:
            remarks.append(Remark("untouched_left_out", file, told(silent)))
            return answers[~answers[name].isin(silent)]
    return answers


def doubted(columns: Sequence[Column]) -> Iterable[Remark]:
    """A remark where many rows hold nothing but what stands in all rows: that may have been filled
    in before the survey."""
    asked = [each for each in columns if each.place.role in (ANSWER, TEXT)]
    filled = pd.DataFrame({each.name: each.cells != "" for each in asked})
    before = [name for name in filled if filled[name].all()]
    others = filled.drop(columns=before)
    silent = ~others.any(axis=1)
    if not before or silent.sum() < SEVERAL or silent.all():
        return
    # who does something is asked more of it: that is an answer, and none of it is prefilled
    filters = any(
        not {*each.cells[silent]} & {*each.cells[~silent]} for each in asked if each.name in before
    )
    closed = [each.name for each in asked if each.place.role == ANSWER and each.name in others]
    if not filters and len(closed) > 1 and _mean(others.loc[~silent, closed]) >= HALF:
        yield Remark("may_be_untouched", ", ".join(map(str, before)), str(int(silent.sum())))


def _are_untouched(silent: pd.DataFrame, others: pd.DataFrame) -> bool:
    """Whether rows hold only what nearly all rows do, and lack what the others were asked."""
    here, there = _filled(silent), _filled(others)
    asked = [name for name in here if here[name] == 0 and there[name] >= HALF]
    if not any(place(name, others[name]).role in (ANSWER, TEXT) for name in asked):
        return False
    return all(
        min(here[name], there[name]) >= NEARLY_ALL
        or place(name, silent[name]).role not in (ANSWER, TEXT)
        for name in here
        if here[name] > 0
    )


def _filled(table: pd.DataFrame) -> dict[str, float]:
    """The share of the cells of each column that are filled."""
    return {str(name): float((table[name] != "").mean()) for name in table.columns}


def _mean(filled: pd.DataFrame) -> float:
    return float(filled.to_numpy().mean()) if filled.size else 0.0
