"""Who was asked a question: everybody, or those whose earlier answer its filter lets through."""

from collections.abc import Iterator

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.project.codebook import Codebook, Question, column_of


def asked(table: pd.DataFrame, question: Question, codebook: Codebook) -> pd.Series | None:
    """Whether each respondent was asked `question`; None where the table does not tell.

    table: answers as text, as in a file, or as in a response table; codebook: with the question
    that filters.
    """
    if question.base is None:
        return pd.Series(True, table.index)
    earlier, option = question.base
    several = column_of(codebook.questions[earlier], option)
    if several in table:
        return table[several].isin((True, "1"))
    return table[earlier] == option if earlier in table else None


def own_columns(table: pd.DataFrame, question: Question) -> list[str]:
    """The columns of `table` that hold the answers to `question`."""
    return [column for column in question.columns if column in table]


def unasked_answers(table: pd.DataFrame, codebook: Codebook, name: str) -> Iterator[InputError]:
    """Every answer of a respondent whom a filter keeps from the question, question by question.

    table: see `asked`, index = line of the file, no answer "" or missing; codebook: the questions;
    name: the file.
    """
    for question in codebook.questions.values():
        reached, own = asked(table, question, codebook), own_columns(table, question)
        if question.base is None or reached is None or not own:
            continue
        given = table[own].notna() & (table[own] != "")
        for line in table.index[given.any(axis=1) & ~reached.fillna(False).astype(bool)]:
            rule, remedy = rule_of(question)
            first = table.loc[line, own][given.loc[line]].iloc[0]
            yield InputError(
                name, rule, remedy, row=int(line), column=question.id, value=str(first)
            )


def rule_of(question: Question) -> tuple[str, str]:
    """The rule of the filter of `question`, and what to do where an answer breaks it."""
    earlier, option = question.base or ("", "")
    return (
        f"{question.id} is asked of those who answered {option} to {earlier}",
        f"empty the cell, or correct the answer to {earlier}",
    )
