"""Text and numbers in a sentence that remember where they come from.

A chapter's inline expression gives one of these, and tables and figures hold them; Jupyter and
Quarto show the text, and beside it stand the origins in a media type of its own, from which the
number ledger is made.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from numbers import Real
from typing import Any, Self

from evaluation.base.markdown import escape

MEDIA_TYPE = "application/vnd.evaluation.origin+json"
PLACED = "application/vnd.evaluation.numbers+json"
ASKED = "application/vnd.evaluation.questions+json"
PHONE = "application/vnd.evaluation.phone+svg"  # a drawing as it stands on a phone
WORDING = "application/vnd.evaluation.wording+json"
NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:\s?%)?")
OWN = "application/vnd.evaluation.own+json"  # a table with numbers that nothing is known of


@dataclass(frozen=True)
class Origin:
    """Where a value comes from: what it is about, the counts behind it, file and rows.

    about: ids of indicators or facts; k and n: the counts, where the value rests on some; own:
    whether a number without an origin, which somebody computed, went into it too.
    """

    about: tuple[str, ...] = ()
    file: str = ""
    rows: tuple[int, ...] = ()
    k: int | None = None
    n: int | None = None
    own: bool = False


def as_text(value: Any) -> dict[str, str]:
    """How Jupyter and Quarto show a value letter by letter: its Markdown is escaped.

    value: text or a whole number.
    """
    plain = str(value) if isinstance(value, int) else repr(str(value))
    return {"text/plain": plain, "text/markdown": escape(str(value))}


class _Remembering:
    origin: Origin

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {**as_text(self), MEDIA_TYPE: asdict(self.origin)}


class Wording(str):
    """A text of the library that tells no number, and has no entry in the number ledger."""

    def __new__(cls, text: str) -> Self:
        return super().__new__(cls, text)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {**as_text(self), WORDING: {}}


class Told(_Remembering, str):
    """Text with an origin."""

    def __new__(cls, text: str, origin: Origin) -> Self:
        told = super().__new__(cls, text)
        told.origin = origin
        return told


class Count(_Remembering, int):
    """A whole number with an origin; sums, differences and products keep it."""

    def __new__(cls, number: int, origin: Origin) -> Self:
        count = super().__new__(cls, number)
        count.origin = origin
        return count

    def __add__(self, other: Any) -> Any:
        return self._calculated(super().__add__(other), other)

    def __sub__(self, other: Any) -> Any:
        return self._calculated(super().__sub__(other), other)

    def __mul__(self, other: Any) -> Any:
        return self._calculated(super().__mul__(other), other)

    def __rsub__(self, other: Any) -> Any:
        return self._calculated(super().__rsub__(other), other)

    __radd__ = __add__
    __rmul__ = __mul__

    def _calculated(self, result: Any, other: Any) -> Any:
        if not isinstance(result, int):  # NotImplemented: the other operand takes over
            return result
        return Count(result, replace(origin_of(self, other) or self.origin, k=None, n=None))


class Hidden(_Remembering):
    """A number that disclosure control keeps back; whatever is calculated from it is too."""

    def __init__(self, text: str, origin: Origin):
        self.text = text
        self.origin = origin

    def __str__(self) -> str:
        return self.text

    def _kept_back(self, other: Any) -> "Hidden":
        return Hidden(self.text, replace(origin_of(self, other) or self.origin, k=None, n=None))

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _kept_back


@dataclass(frozen=True)
class Placed:
    """A value in a table or figure: what stands there, of what, and where it comes from.

    row and column: the labels of the place; anchor and section: id and title of the section it
    is in, where an output has several.
    """

    value: str
    row: str
    column: str
    origin: Origin
    anchor: str = ""
    section: str = ""


def placed(row: str, column: str, values: Iterable[object]) -> tuple[Placed, ...]:
    """Those of the values in one place that remember where they come from.

    row, column: the labels of the place; values: what stands there.
    """
    return tuple(
        Placed(str(value), str(row), str(column), value.origin)
        for value in values
        if isinstance(value, _Remembering)
    )


def numbers_in(text: str, origin: Origin) -> list[Told]:
    """The numbers that a text of a raw table holds, as they stand there.

    text: of a cell; origin: its file and row.
    """
    return [Told(number, origin) for number in NUMBER.findall(text)]


def beside(numbers: tuple[Placed, ...]) -> dict[str, list[dict[str, Any]]]:
    """What an output carries beside its text or drawing, by media type; nothing where empty.

    numbers: see `placed`.
    """
    return {PLACED: [asdict(number) for number in numbers]} if numbers else {}


def origin_of(*values: object) -> Origin | None:
    """The origins of values, joined; the counts are kept where there is one origin only.

    values: of which texts without an origin play no part; None where none has an origin.
    """
    origins = list(
        dict.fromkeys(value.origin for value in values if isinstance(value, _Remembering))
    )
    if not origins:
        return None
    files = {origin.file for origin in origins}
    return Origin(
        about=tuple(dict.fromkeys(name for origin in origins for name in origin.about)),
        file=", ".join(sorted(files)),
        rows=tuple(dict.fromkeys(row for origin in origins for row in origin.rows)),
        k=origins[0].k if len(origins) == 1 else None,
        n=origins[0].n if len(origins) == 1 else None,
        own=any(origin.own for origin in origins) or any(map(_is_own, values)),
    )


def _is_own(value: object) -> bool:
    """Whether a value is a number without an origin; sums begin with zero, which adds nothing."""
    return isinstance(value, Real) and not isinstance(value, _Remembering) and value != 0


def is_own_text(text: object) -> bool:
    """Whether `text` tells a number, as far as digits do, and does not remember where from."""
    return not isinstance(text, _Remembering) and any(sign.isdigit() for sign in str(text))


def told(text: str, *values: object) -> str:
    """`text` with the origins of the values it was made from.

    values: of which those without an origin play no part.
    """
    origin = origin_of(*values)
    return text if origin is None else Told(text, origin)


def declared(value: object, why: str) -> Told:
    """A value that somebody computed from rows about respondents, to stand in a sentence.

    value: text, or a number as it is to be read; why: the reason that it tells of nobody. Raises
    ValueError for a reason without words.
    """
    if not why.strip():
        raise ValueError("say why the value tells of nobody")
    return Told(str(value), Origin((why,)))
