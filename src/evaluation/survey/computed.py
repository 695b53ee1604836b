"""The answers to questions that are computed from others, see `project.computed`."""

import pandas as pd

from evaluation.project.codebook import Codebook, Question
from evaluation.project.computed import Grouping, Index


def with_computed(table: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """A response table with the columns of the groupings and indices of the codebook.

    table: see `survey.responses.responses`, with the columns of the questions that were asked;
    codebook: its questions. Who gave no answer that counts has none here either.
    """
    for question in codebook.questions.values():
        if question.grouping is not None:
            table = table.assign(**{question.id: _grouped(table, question.grouping)})
        elif question.index is not None:
            table = table.assign(**{question.id: _index(table, question.index, codebook)})
    return table


def _grouped(table: pd.DataFrame, grouping: Grouping) -> pd.Series:
    answers = table[grouping.of]
    if grouping.bands is None:
        return answers.map(grouping.joined).astype(object)
    found = [None if pd.isna(each) else grouping.group_of(float(each)) for each in answers]
    return pd.Series(found, index=table.index, dtype=object)


def _index(table: pd.DataFrame, index: Index, codebook: Codebook) -> pd.Series:
    items = scored(table, index, codebook)
    enough = items.notna().sum(axis=1) >= index.needed
    factor = len(index.items) if index.by == "sum" else 1
    return (items.mean(axis=1) * factor).where(enough)


def scored(table: pd.DataFrame, index: Index, codebook: Codebook) -> pd.DataFrame:
    """The items of an index as numbers, one column each, those that are reversed turned.

    table, codebook: as for `with_computed`; index: one of the codebook. The first option of a
    scale counts 1, the next 2 and so on; what is beside the scale is no answer.
    """
    columns = {}
    for name in index.items:
        item = codebook.questions[name]
        numbers, ends = _numbers(table[name], item)
        columns[name] = sum(ends) - numbers if name in index.reversed else numbers
    return pd.DataFrame(columns, index=table.index)


def _numbers(answers: pd.Series, item: Question) -> tuple[pd.Series, tuple[float, float]]:
    """The answers as numbers, and the smallest and the largest that there can be."""
    if item.type == "number":
        return answers.astype(float), (item.minimum or 0.0, item.maximum or 0.0)
    levels = [option.code for option in item.options if not option.off_scale]
    places = {code: float(place) for place, code in enumerate(levels, start=1)}
    return answers.map(places).astype(float), (1.0, float(len(levels)))
