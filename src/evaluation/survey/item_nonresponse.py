"""How many left out each question of those who were asked it."""

from typing import Any

import pandas as pd

from evaluation.base.frames import labelled
from evaluation.project.codebook import Codebook
from evaluation.survey.asked import asked, own_columns
from evaluation.survey.waves import gave_answers

COLUMNS = ("wave", "question", "asked", "answered", "suppressed")


def item_nonresponse(
    responses: pd.DataFrame, codebook: Codebook, published: pd.DataFrame, measures: pd.DataFrame
) -> pd.DataFrame:
    """One row per wave and question that was asked in it: asked (how many who answered anything
    were), answered (how many of them answered it), suppressed.

    responses: see `survey.responses.responses`; codebook: its questions; published: the indicators,
    measures: of numbers and texts, both as they are published: where these keep back how many
    answered a question, or it was asked of those whose answer is hidden, so does this. Questions
    that are computed, or sort open answers, are left out, and those that nobody of a wave answered.
    """
    told = {
        (int(wave), str(name)): bool(cells["n"].isna().any())
        for table in (published, measures)
        for (wave, name), cells in labelled(table.groupby(["wave", "question"]))
    }
    rows: list[dict[str, Any]] = []
    for wave, part in labelled(responses[gave_answers(responses)].groupby("wave")):
        for question in codebook.questions.values():
            columns = own_columns(part, question)
            if not question.was_asked or not columns or not part[columns].notna().any(axis=None):
                continue
            reached = asked(part, question, codebook)
            hidden = told.get((int(wave), question.id), True) or reached is None
            row: dict[str, Any] = {"wave": int(wave), "question": question.id}
            if not hidden:
                row["asked"] = int(reached.fillna(False).sum()) if reached is not None else None
                row["answered"] = int(part[columns].notna().any(axis=1).sum())
            rows.append(row | {"suppressed": hidden})
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"asked": "Int64", "answered": "Int64", "suppressed": bool})
