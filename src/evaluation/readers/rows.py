"""The rows of a survey, one per respondent and wave, checked against the codebook."""

from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from evaluation.codebook import Codebook, Question
from evaluation.readers.delimited import decimal, one_of, read_table, text, whole

KEY = ["respondent", "wave"]
OPTIONAL = {"required": False}


def read_rows(path: Path, codebook: Codebook, name: str) -> pd.DataFrame:
    """The checked rows of a survey: text as in the file, index = line of the file.

    Columns, in this order: respondent, wave, then the questions in the order of the codebook: one
    column with a code, a number or a text, and for a multiple-choice question one column
    `question.option` per option with 0 or 1. An empty cell is no answer. Raises InputError as
    `read_table`.
    """
    columns = {"respondent": text(), "wave": whole(1)}
    for question in codebook.questions.values():
        columns |= _columns(question)
    return read_table(path, columns, KEY, name)


def _columns(question: Question) -> dict[str, pa.Column]:
    if question.type == "multiple":
        return {f"{question.id}.{code}": one_of("0", "1", **OPTIONAL) for code in question.codes}
    if question.type == "number":
        return {question.id: decimal(**OPTIONAL)}
    if question.type == "text":
        return {question.id: text(**OPTIONAL)}
    return {question.id: one_of(*question.codes, **OPTIONAL)}
