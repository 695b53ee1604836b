"""Who was asked a question: everybody, or those whose earlier answer its filter lets through."""

from collections.abc import Collection, Iterator

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.project.codebook import Codebook, Question, column_of

# so many questions at the end may be what a filter left out
FEW_LAST = 3


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


def follow(table: pd.DataFrame, codebook: Codebook, cells: Collection[str]) -> set[str]:
    """The questions that only those answered who gave one of some answers before, as far as the
    rows tell: a filter that no codebook declares.

    table: a response table; codebook: its questions, in the order in which they were asked; cells:
    the answers, as `question.option`. Who gave another answer, and left out the question and
    all after it, may have left the survey; where these are few it is taken for a filter.
    """
    names = list(codebook.questions)
    answered = pd.DataFrame(
        {
            name: table[own].notna().any(axis=1)
            for name in names
            if (own := own_columns(table, codebook.questions[name]))
        }
    )
    # column by column from the last: whether anything after it was answered
    later = answered.iloc[:, ::-1].shift(axis=1, fill_value=False).cummax(axis=1).iloc[:, ::-1]
    later.iloc[:, max(answered.shape[1] - FEW_LAST, 0) :] = True
    found = set()
    for question in codebook.questions.values():
        for option in question.codes:
            if f"{question.id}.{option}" not in cells or question.id not in answered:
                continue
            gave = _gave(table, question, option)
            others = answered[question.id] & ~gave
            for name in names[names.index(question.id) + 1 :]:
                if name not in answered or not answered[name].any():
                    continue
                only = not (answered[name] & ~gave).any()
                if only and (others & later[name]).any():
                    found.add(name)
    return found


def _gave(table: pd.DataFrame, question: Question, option: str) -> pd.Series:
    if question.type == "multiple":
        return table[column_of(question, option)].fillna(False).astype(bool)
    return (table[question.id] == option).fillna(False).astype(bool)


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
