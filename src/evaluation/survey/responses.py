"""From the checked rows of a survey to the response table that indicators are made from."""

import pandas as pd

from evaluation.project.codebook import Codebook, column_of
from evaluation.survey.asked import unasked_answers
from evaluation.survey.computed import with_computed
from evaluation.survey.waiting import no_answers

SURVEY = "survey"


def responses(rows: pd.DataFrame, codebook: Codebook, name: str) -> pd.DataFrame:
    """The response table of a survey: see `survey.reconstruction.responses`, with a column wave.

    rows: see `project.rows.read_rows`; codebook: the questions; name: the file of the rows, for
    messages. `origin` is "survey". The codes of open answers come from elsewhere (see
    `open_answers`); groupings and indices are computed, see `survey.computed`. Raises InputError
    for a survey without answers, and for an answer to a question that its filter keeps from the
    respondent.
    """
    if rows.empty:
        raise no_answers(name)
    table = rows[["respondent", "wave"]].assign(origin=SURVEY)
    for question in codebook.questions.values():
        if not question.was_asked:
            continue
        if question.type == "multiple":
            for code in question.codes:
                column = column_of(question, code)
                table[column] = rows[column].map({"0": False, "1": True}).astype("boolean")
        else:
            answers = rows[question.id]
            table[question.id] = answers if question.type == "number" else answers.replace("", None)
    for breach in unasked_answers(table, codebook, name):
        raise breach
    return with_computed(table.reset_index(drop=True), codebook)
