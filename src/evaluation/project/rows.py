"""The rows of a survey, one per respondent and wave, checked against the codebook."""

from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from evaluation.base.spreadsheets import guarded
from evaluation.project.codebook import Codebook, Question, column_of
from evaluation.project.tables import number, one_of, read_table, text, whole

KEY = ["respondent", "wave"]
OPTIONAL = {"required": False}


def read_rows(path: Path, codebook: Codebook, name: str) -> pd.DataFrame:
    """The checked rows of a survey: text as in the file, index = line of the file.

    Columns, in this order: respondent, wave, then the questions in the order of the codebook: one
    column with a code, a number or a text, and for a multiple-choice question one column
    `question.option` per option with 0 or 1. An empty cell is no answer. Raises InputError as
    `read_table`.
    """
    return read_table(path, columns_of(codebook), KEY, name)


def columns_of(codebook: Codebook) -> dict[str, pa.Column]:
    """What the columns of a survey hold."""
    columns = {"respondent": text(), "wave": whole(1)}
    for question in codebook.questions.values():
        columns |= _columns(question)
    return columns


def guarded_rows(rows: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Rows of a survey, all text, in which no answer is taken for a formula; see `spreadsheets`."""
    # numbers are text here: the sign of a negative one would be guarded
    told = [name for name in rows.columns if not _is_number(name, codebook)]
    return rows.assign(**guarded(rows[told]))


def _is_number(column: str, codebook: Codebook) -> bool:
    asked = codebook.questions.get(column)
    return asked is not None and asked.type == "number"


def _columns(question: Question) -> dict[str, pa.Column]:
    if not question.was_asked:
        return {}
    if question.type == "multiple":
        return {
            column_of(question, code): one_of("0", "1", required=False) for code in question.codes
        }
    if question.type == "number":
        return {question.id: number(**OPTIONAL)}
    if question.type == "text":
        return {question.id: text(**OPTIONAL)}
    return {question.id: one_of(*question.codes, required=False)}
