"""The response table in words: labels in the place of codes, for a researcher's own analysis."""

from collections import Counter
from typing import Any

import pandas as pd

from evaluation.project.codebook import Codebook, Question, column_of

DAY = "%Y-%m-%d"


def in_words(
    responses: pd.DataFrame, codebook: Codebook, language: str, off_scale: bool
) -> pd.DataFrame:
    """The responses with the labels of a language, see `report.explore.responses`.

    responses: see `survey.responses.responses`; codebook: its questions, with all their options;
    language: of the labels; off_scale: whether answers beside a scale are kept, or missing.
    """
    columns: dict[str, Any] = {}
    labels: dict[str, str] = {}
    wordings: dict[str, str] = {}
    questions = {name: each for each in codebook.questions.values() for name in each.columns}
    for name in map(str, responses):
        question = questions.get(name)
        if question is None:
            columns[name] = responses[name]
            continue
        label = question.label[language]
        column = name
        if question.type == "multiple":
            option = _names(question, language)[name.removeprefix(column_of(question, ""))]
            column, label = f"{question.id}: {option}", f"{label}: {option}"
        columns[column] = _answers(responses[name], question, language, off_scale)
        labels[column], wordings[column] = label, question.question[language]
    table = pd.DataFrame(columns, index=responses.index)
    table.attrs = {"label": labels, "question": wordings}
    return table


def _names(question: Question, language: str) -> dict[str, str]:
    """Code -> label of each option of a question; where two have the same, with the code."""
    labels = {option.code: option.label[language] for option in question.options}
    if max(Counter(labels.values()).values()) == 1:
        return labels
    return {code: f"{label} ({code})" for code, label in labels.items()}


def _answers(answers: pd.Series, question: Question, language: str, off_scale: bool) -> pd.Series:
    if question.type == "multiple":
        return answers.astype("boolean")
    if question.type == "number":
        return answers.astype(float)
    if question.type == "text":
        return _days(answers)
    names = _names(question, language)
    kept = [option for option in question.options if off_scale or not option.off_scale]
    on_scale = question.type == "ordinal" and not any(option.off_scale for option in kept)
    levels = pd.CategoricalDtype([names[option.code] for option in kept], ordered=on_scale)
    return answers.map({option.code: names[option.code] for option in kept}).astype(levels)


def _days(answers: pd.Series) -> pd.Series:
    """Answers that are all days as such; others as they are."""
    days = pd.to_datetime(answers, format=DAY, errors="coerce")
    return days if answers.notna().any() and days.notna().equals(answers.notna()) else answers
