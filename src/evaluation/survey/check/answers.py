"""What is wrong with the answers to a survey, besides its form.

Arguments of the same name are the same in all functions:

- table: the cells of the survey as text, index = line of the file; columns may be missing;
- codebook: the questions; name: the file, for messages.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import ftfy
import pandas as pd
from ftfy.badness import is_bad

from evaluation.base.frames import labelled
from evaluation.project.codebook import Codebook
from evaluation.project.rows import KEY
from evaluation.survey.asked import asked, own_columns, unasked_answers
from evaluation.survey.check.problem import Problem

DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
YEARS = (1900, 2100)
# so many equal answers are no chance: a few in the same words, or many ticks
MANY_ANSWERS = 5
MANY_TICKS = 20
LONGEST = 60  # signs of a value in a message


def mojibake(table: pd.DataFrame, codebook: Codebook, name: str) -> Iterator[Problem]:
    """Letters that were read in the wrong encoding somewhere before, and letters that are lost."""
    for column in texts_of(table, codebook):
        for line, text in filled(table[column]):
            word = next((word for word in text.split() if _is_broken(word)), None)
            if word is not None:
                repaired = ftfy.fix_encoding(word)
                meant = "look it up in the survey tool" if repaired == word else f"write {repaired}"
                yield Problem(
                    "mojibake",
                    name,
                    "the letters are those that were written",
                    meant,
                    line,
                    column,
                    word[:LONGEST],
                )


def impossible_numbers(table: pd.DataFrame, codebook: Codebook, name: str) -> Iterator[Problem]:
    """Numbers outside the minimum and maximum of their question."""
    for question in codebook.questions.values():
        if question.id not in table or question.type != "number":
            continue
        low, high = question.minimum, question.maximum
        given = pd.to_numeric(table[question.id], errors="coerce")
        outside = pd.Series(False, table.index)
        if low is not None:
            outside |= given < low
        if high is not None:
            outside |= given > high
        limits = [f"at least {low:g}"] if low is not None else []
        limits += [f"at most {high:g}"] if high is not None else []
        for line in table.index[outside]:
            yield Problem(
                "impossible_number",
                name,
                f"an answer to {question.id} is {' and '.join(limits)}",
                "check it with the respondent, or correct the limit in the codebook",
                line,
                question.id,
                str(table.at[line, question.id]),
            )


def impossible_days(table: pd.DataFrame, codebook: Codebook, name: str) -> Iterator[Problem]:
    """Answers that are written as a day and are none of the calendar."""
    for column in texts_of(table, codebook):
        for line, text in filled(table[column]):
            match = DAY.fullmatch(text)
            if match and not _is_day(match):
                yield Problem(
                    "impossible_day",
                    name,
                    f"a day is one of the calendar, from {YEARS[0]} to {YEARS[1]}",
                    "correct the day",
                    line,
                    column,
                    text,
                )


def filters(table: pd.DataFrame, codebook: Codebook, name: str) -> Iterator[Problem]:
    """Answers of respondents whom a filter keeps from the question."""
    for breach in unasked_answers(table, codebook, name):
        yield replace(Problem.of("filter", breach), value=None)


def required(table: pd.DataFrame, codebook: Codebook, name: str) -> Iterator[Problem]:
    """Missing answers to questions that everybody had to answer who was asked."""
    for question in codebook.questions.values():
        reached, own = asked(table, question, codebook), own_columns(table, question)
        if not question.required or reached is None or not own:
            continue
        silent = (table[own] == "").all(axis=1)
        for line in table.index[silent & reached]:
            yield Problem(
                "required",
                name,
                f"{question.id} is answered by everybody who was asked",
                "look whether the response was completed, or take required out of the codebook",
                line,
                question.id,
            )


def equal_answers(table: pd.DataFrame, codebook: Codebook, name: str) -> Iterator[Problem]:
    """Respondents of one wave who gave the same answers to many questions."""
    answers = table.drop(columns=KEY, errors="ignore")
    given = (~answers.isin(["", "0"])).sum(axis=1)
    in_words = (answers[texts_of(table, codebook)] != "").any(axis=1)
    alike = table.columns.drop("respondent", errors="ignore")
    many = (given >= MANY_TICKS) | (in_words & (given >= MANY_ANSWERS))
    repeated = table.duplicated(list(alike)) & many
    for line in table.index[repeated]:
        same = (table.loc[:line, alike] == table.loc[line, alike]).all(axis=1).idxmax()
        yield Problem(
            "equal_answers",
            name,
            "two respondents do not give the same answers throughout",
            "look whether somebody answered twice",
            line,
            value=f"as row {same}",
        )


def texts_of(table: pd.DataFrame, codebook: Codebook, *besides: str) -> list[str]:
    """The columns with text that people wrote."""
    named = [question.id for question in codebook.questions.values() if question.type == "text"]
    return [column for column in (*besides, *named) if column in table]


def filled(column: pd.Series) -> Iterator[tuple[int, str]]:
    """Line and text of every cell that is not empty."""
    return labelled(column[column != ""].items())


def _is_broken(word: str) -> bool:
    return "\ufffd" in word or (is_bad(word) and ftfy.fix_encoding(word) != word)


def _is_day(match: re.Match[str]) -> bool:
    year, month, day, first, second, third = match.groups()
    if year is not None:
        return _is_in_calendar(year, month, day)
    # the day or the month may come first
    return _is_in_calendar(third, second, first) or _is_in_calendar(third, first, second)


def _is_in_calendar(year: str, month: str, day: str) -> bool:
    try:
        return YEARS[0] <= date(int(year), int(month), int(day)).year <= YEARS[1]
    except ValueError:
        return False
