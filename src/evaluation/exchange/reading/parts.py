"""An export put together from its questions, one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.exchange.reading.export import Export, Remark
from evaluation.exchange.reading.values import PLACES
from evaluation.project.codebook import Codebook, Group, Question

NINTH = Decimal(1).scaleb(-PLACES)


@dataclass(frozen=True)
class Part:
    """A question and its answers: the columns that `Export` describes."""

    question: Question
    answers: pd.DataFrame


def assembled(
    name: str,
    parts: list[Part],
    groups: Iterable[Group],
    respondents: pd.Series,
    language: str,
    format: str,
    remarks: Iterable[Remark],
    background: pd.DataFrame | None = None,
) -> Export:
    """The export of the questions in `parts`; groups without a question are left out.

    Raises InputError where there is no question.
    """
    told = list(remarks)
    if not parts:
        left_out = ", ".join(
            f"{remark.place} ({remark.value or remark.rule})"
            for remark in told
            if remark.rule.endswith("left_out")
        )
        raise InputError(
            name,
            "the survey has a question whose answers can be counted or read",
            "check that it is the whole survey",
            value=left_out or None,
        )
    used = {part.question.group for part in parts}
    codebook = Codebook(
        {group.id: group for group in groups if group.id in used},
        {part.question.id: part.question for part in parts},
    )
    answers = pd.concat([part.answers for part in parts], axis=1)
    # a copy, in one piece: hundreds of columns were put side by side
    responses = answers.set_axis(respondents.index, axis=0).copy()
    if responses.empty:
        told.append(Remark("no_answers", name))
    if background is None:
        background = pd.DataFrame(index=respondents.index)
    return Export(responses, codebook, respondents, language, format, tuple(told), background)


def number_text(value: float | int) -> str:
    """A number with a decimal point, to nine places, without an exponent."""
    number = Decimal(str(value))
    if int(number.as_tuple().exponent) < int(NINTH.as_tuple().exponent):
        number = number.quantize(NINTH)
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
