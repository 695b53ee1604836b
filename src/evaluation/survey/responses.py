"""From the checked rows of a survey to the response table that indicators are made from."""

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.project.codebook import Codebook, Question, column_of

SURVEY = "survey"


def responses(rows: pd.DataFrame, codebook: Codebook, name: str) -> pd.DataFrame:
    """The response table of a survey: see `survey.reconstruction.responses`, with a column wave.

    rows: see `project.rows.read_rows`; name: its file, for messages. `origin` is "survey". The
    codes of open answers come from elsewhere (see `open_answers`).
    Raises InputError for an answer to a question that its filter keeps from the respondent.
    """
    table = rows[["respondent", "wave"]].assign(origin=SURVEY)
    for question in codebook.questions.values():
        if question.coding_of is not None:
            continue
        if question.type == "multiple":
            for code in question.codes:
                column = column_of(question, code)
                table[column] = rows[column].map({"0": False, "1": True}).astype("boolean")
        else:
            answers = rows[question.id]
            table[question.id] = answers if question.type == "number" else answers.replace("", None)
        if question.base is not None:
            _check_filter(question, table, codebook, name)
    return table.reset_index(drop=True)


def _check_filter(question: Question, table: pd.DataFrame, codebook: Codebook, name: str) -> None:
    asked, option = question.base
    several = column_of(codebook.questions[asked], option)
    passed = table[several] if several in table else table[asked] == option
    own = [column for column in table if column.split(".")[0] == question.id]
    answered = table[own].notna().any(axis=1)
    wrong = table.index[answered & ~passed.fillna(False).astype(bool)]
    if len(wrong):
        raise InputError(
            name,
            f"{question.id} is asked of those who answered {option} to {asked}",
            f"empty the cell, or correct the answer to {asked}",
            row=int(wrong[0]),
            column=question.id,
            value=str(table.loc[wrong[0], own].dropna().iloc[0]),
        )
