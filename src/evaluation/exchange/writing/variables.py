"""What the columns of the response table are: their questions, options and words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.language.texts import Texts
from evaluation.project.codebook import FILE, RECONSTRUCTED, Codebook, Option, Question, column_of
from evaluation.project.config import RESPONSES
from evaluation.project.rows import KEY

BESIDE = (*KEY, "origin")  # the columns that are no questions


@dataclass(frozen=True)
class Variable:
    """A column: what it is called, and the question as asked, with its filter.

    `option` is that of a column of a multiple-choice question. `labels` are those of the codes,
    and of 0 and 1 where an option may be chosen; empty for numbers and texts.
    """

    name: str
    title: str
    description: str = ""
    question: Question | None = None
    option: Option | None = None
    labels: dict[str, str] = field(default_factory=dict)


def question_columns(codebook: Codebook) -> Iterator[tuple[str, Question, Option | None]]:
    """(column, question, option) of every column that a response table with this codebook has."""
    for question in codebook.questions.values():
        if question.type == "multiple":
            for option in question.options:
                yield column_of(question, option.code), question, option
        else:
            yield question.id, question, None


def variables(table: pd.DataFrame, codebook: Codebook, texts: Texts) -> list[Variable]:
    """The columns of a response table in their order, in the words of a language.

    Raises InputError for a column that is no question and for a code that is no option.
    """
    asked = {column: (question, option) for column, question, option in question_columns(codebook)}
    found = []
    for name in table.columns:
        if name in BESIDE:
            found.append(Variable(name, texts(f"exchange.columns.{name}")))
            continue
        if name not in asked:
            _refuse("a column of the responses is a question of the codebook", name)
        question, option = asked[name]
        if option is None and question.options:
            unknown = set(table[name].dropna()) - set(question.codes)
            if unknown:
                _refuse(f"an answer to {name} is one of its options", min(unknown))
        title = question.label[texts.language]
        labels = {each.code: each.label[texts.language] for each in question.options}
        if option is not None:
            title = f"{title}: {labels[option.code]}"
            labels = {"0": texts("exchange.not_chosen"), "1": texts("exchange.chosen")}
        asked_as = _asked(question, codebook, texts)
        found.append(Variable(name, title, asked_as, question, option, labels))
    return found


def is_reconstructed(responses: pd.DataFrame) -> bool:
    """Whether the rows were rebuilt from published figures, see
    `survey.reconstruction.responses`."""
    return "origin" in responses and bool((responses["origin"] == RECONSTRUCTED).any())


def _asked(question: Question, codebook: Codebook, texts: Texts) -> str:
    """The question as asked, after the stem of its battery, and who was asked."""
    language = texts.language
    group = codebook.groups.get(question.group) if question.group else None
    parts = [group.question[language]] if group and group.question else []
    parts.append(question.question[language])
    if question.base is not None:
        name, code = question.base
        earlier = codebook.questions[name]
        (label,) = (each.label[language] for each in earlier.options if each.code == code)
        told = texts("exchange.base", option=label, question=earlier.label[language])
        parts.append(told)
    return " ".join(dict.fromkeys(parts))


def _refuse(rule: str, value: str) -> NoReturn:
    raise InputError(
        f"data/processed/{RESPONSES}.parquet",
        rule,
        f"run `evaluation execute`, for {FILE} has changed since",
        value=value,
    )
