"""What the owner of a file says that its questions are, where the file describes them itself."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.exchange.reading.drafting import NUMBER, OPTIONS, not_numbers
from evaluation.exchange.reading.export import Export
from evaluation.exchange.reading.names import option_code, slug
from evaluation.exchange.reading.placing import TEXT
from evaluation.exchange.reading.tables import BESIDE
from evaluation.exchange.reading.values import numbers
from evaluation.project.codebook import Codebook, Option, Question


def reread(export: Export, readings: Mapping[str, str], file: str) -> Export:
    """The export with questions read as its owner says: kept apart, or of another type.

    readings: id or wording of a question -> one of `tables.READINGS`. Raises InputError for what is
    no question of the file, a question of several answers that is to be another, and numbers that
    are none.
    """
    for called, reading in readings.items():
        found = [
            question
            for question in export.codebook.questions.values()
            if called in (question.id, *question.question.values())
            or slug(called) in (question.id, *map(slug, question.question.values()))
        ]
        if not found and not (reading in BESIDE and called in export.background):
            raise InputError(
                file,
                "a column that --read names is in the file",
                f"use one of {', '.join(export.codebook.questions)}",
                column=called,
            )
        for question in found:
            if reading in BESIDE:
                export = _apart(export, question)
            else:
                export = _as(export, question, reading, file)
    return export


def _apart(export: Export, question: Question) -> Export:
    """The export with a question in its background."""
    columns = question.columns
    written = export.responses[columns] if question.type == "multiple" else _texts(export, question)
    questions = {name: each for name, each in export.codebook.questions.items() if each != question}
    return replace(
        export,
        codebook=Codebook(export.codebook.groups, questions),
        responses=export.responses.drop(columns=columns),
        background=pd.concat([export.background, written], axis=1),
    )


def _as(export: Export, question: Question, reading: str, file: str) -> Export:
    """The export with a question of another type."""
    if question.type == "multiple":
        raise InputError(
            file,
            "a question of several answers has a column for each, and is read as it is",
            "leave its --read out, or keep it apart with =technical",
            column=question.id,
            value=reading,
        )
    cells = _texts(export, question)
    asked = replace(question, type=TEXT, options=(), headline=(), group=None, inferred=False)
    given = cells
    if reading == NUMBER:
        asked, given = replace(asked, type=NUMBER), _numbers(cells, question, file)
    elif reading == OPTIONS and question.options:
        asked, given = question, export.responses[question.id]
    elif reading == OPTIONS:
        codes: set[str] = set()
        meaning = {label: option_code(label, codes) for label in sorted({*cells} - {""})}
        language = next(iter(question.question))
        options = tuple(Option(code, {language: label}) for label, code in meaning.items())
        asked = replace(asked, type="single", options=options, inferred=True)
        given = cells.map(meaning | {"": ""})
    return replace(
        export,
        codebook=Codebook(export.codebook.groups, export.codebook.questions | {question.id: asked}),
        responses=export.responses.assign(**{question.id: given}),
        remarks=tuple(each for each in export.remarks if each.place != question.id),
    )


def _texts(export: Export, question: Question) -> pd.Series:
    """The answers as a person reads them: labels for codes."""
    labels = {option.code: next(iter(option.label.values())) for option in question.options}
    return export.responses[question.id].map(lambda cell: labels.get(cell, cell))


def _numbers(cells: pd.Series, question: Question, file: str) -> pd.Series:
    read = numbers(cells)
    if read is None and (cells != "").any():
        raise not_numbers(file, question.id, cells)
    return read[0] if read else cells
