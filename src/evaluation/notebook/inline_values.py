"""What the value of an inline expression reads as in a sentence, or why it cannot stand in one.

The engine has every inline expression evaluated through `shown`, in the kernel of the notebook.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import isfinite
from numbers import Integral, Real
from typing import Any

from evaluation.language.dates import day_text
from evaluation.language.texts import texts
from evaluation.report.provenance import as_text

DECIMALS = 2  # of a number of one or more
DIGITS = 2  # that mean something, of a smaller one
LONGEST = 100_000  # letters of a text in a sentence
LARGE = 20  # digits before the decimal mark, from which none is left behind it


class Unpublishable(Exception):
    """A value that is neither text, number nor date, and no Markdown either."""


class Words(str):
    """A text that Jupyter and Quarto show letter by letter."""

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return as_text(self)


def shown(value: Any, language: str) -> Any:
    """A value as what Jupyter records as text or Markdown.

    Text stays text. Numbers have the marks of the language and two decimals at the most (of a
    number below one, two digits), rounded half up; whole numbers have no mark for thousands, or
    years would. A date is written out. What this library returns, and any other object with
    Markdown of its own, is left as it is. Raises Unpublishable for everything else, and for a
    number that is none.
    """
    if _is_markdown(value):
        return value
    if isinstance(value, str):
        if len(value) > LONGEST:
            raise Unpublishable(f"a text of {len(value):,} letters: show a part of it")
        return Words(str(value))
    if isinstance(value, date) and value == value:  # a missing time of pandas is unlike itself
        return Words(day_text(value, language))
    if type(value).__name__ in ("bool", "bool_"):  # Python's own and numpy's
        raise Unpublishable("a truth value: write what a reader should see in each case")
    if isinstance(value, Integral):
        return Words(str(int(value)).replace("-", "−"))
    if isinstance(value, Real | Decimal | Fraction) and isfinite(value):
        number = _rounded(value)
        told = str(number) if isinstance(number, int) else texts(language).number(number)
        return Words(told.replace("-", "−"))
    raise Unpublishable(_what(value))


def _is_markdown(value: Any) -> bool:
    """Whether Jupyter shows an object as Markdown; one that fails to say what it is fails here,
    where Jupyter would show the address of the object instead."""
    if isinstance(value, type):
        return False
    if hasattr(value, "_repr_mimebundle_"):
        told = value._repr_mimebundle_()
        # with the metadata of each form, or without
        forms = told[0] if isinstance(told, tuple) else told
        return isinstance(forms, dict) and isinstance(forms.get("text/markdown"), str)
    return hasattr(value, "_repr_markdown_") and isinstance(value._repr_markdown_(), str)


def _rounded(value: Any) -> int | Decimal:
    if isinstance(value, Fraction):
        number = Decimal(value.numerator) / value.denominator
    elif isinstance(value, Decimal):
        number = value
    else:
        # the shortest decimal that is this number, not the binary fraction nearest to it
        number = Decimal(repr(float(value)))
    places = DECIMALS if abs(number) >= 1 or not number else DIGITS - 1 - number.adjusted()
    if number.adjusted() < LARGE:
        number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return int(number) if number == number.to_integral_value() else number.normalize()


def _what(value: Any) -> str:
    if value is None:
        return "nothing (None): give an empty text where nothing is to be said"
    if isinstance(value, Real | Decimal | date):
        return f"no number ({value}): say in words what is missing"
    kind = type(value)
    return f"an object of type {kind.__module__}.{kind.__qualname__}: choose a text or number of it"
