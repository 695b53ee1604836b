"""notebook.inline_values: what the value of an inline expression reads as, in each language."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from IPython.display import Markdown as ShownMarkdown

from evaluation.notebook.inline import markdown, plain_text
from evaluation.notebook.inline_values import Unpublishable, shown
from evaluation.report.provenance import Count, Hidden, Origin, Told
from evaluation.report.tables import Markdown

ORIGIN = Origin(("a",), "f.csv", (2,), 1, 2)


def told(value, language="da") -> str:
    """What a reader sees, by way of what Jupyter records."""
    data = shown(value, language)._repr_mimebundle_()
    assert markdown({"data": data}) == data["text/markdown"]
    return plain_text({"data": data})


@pytest.mark.parametrize(
    ("value", "danish", "english"),
    [
        ("14 af 16", "14 af 16", "14 af 16"),
        ("", "", ""),
        (np.str_("ord"), "ord", "ord"),
        (16, "16", "16"),
        (2025, "2025", "2025"),
        (np.int64(-3), "−3", "−3"),
        (0.1 + 0.2, "0,3", "0.3"),
        (np.float64(7.9235), "7,92", "7.92"),
        (np.float32(0.1), "0,1", "0.1"),
        (2.675, "2,68", "2.68"),
        (16.0, "16", "16"),
        (1234.5, "1.234,5", "1,234.5"),
        (-0.5, "−0,5", "−0.5"),
        (0.000123, "0,00012", "0.00012"),
        (0.0, "0", "0"),
        (1e22, "10000000000000000000000", "10000000000000000000000"),
        (Decimal("62.50"), "62,5", "62.5"),
        (Fraction(1, 3), "0,33", "0.33"),
        (date(2026, 5, 1), "1. maj 2026", "1 May 2026"),
        (datetime(2026, 5, 1, 12), "1. maj 2026", "1 May 2026"),
        (pd.Timestamp("2026-05-01"), "1. maj 2026", "1 May 2026"),
    ],
    ids=repr,
)
def test_texts_numbers_and_dates_are_written_in_the_language(value, danish, english):
    assert told(value) == danish
    assert told(value, "en") == english


@pytest.mark.parametrize(
    "value",
    [Told("14 af 16", ORIGIN), Count(14, ORIGIN), Hidden("skjult", ORIGIN), Markdown("**a**")],
)
def test_what_the_library_returns_is_left_as_it_is(value):
    assert shown(value, "da") is value


def test_markdown_of_an_author_is_markdown():
    assert shown(ShownMarkdown("**a**"), "da").data == "**a**"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (None, "nothing"),
        (float("nan"), "no number"),
        (float("inf"), "no number"),
        (np.float64("nan"), "no number"),
        (Decimal("NaN"), "no number"),
        (pd.NaT, "no number"),
        (pd.NA, "NAType"),
        (True, "a truth value"),
        (np.bool_(False), "a truth value"),
        (pd.DataFrame({"a": [1]}), "DataFrame"),
        (pd.Series([1]), "Series"),
        (np.array([1.5]), "ndarray"),
        ([1, 2], "builtins.list"),
        ((1, 2), "builtins.tuple"),
        ({}, "builtins.dict"),
        (b"bytes", "builtins.bytes"),
        (1j, "builtins.complex"),
        (object(), "builtins.object"),
        (lambda: 1, "builtins.function"),
        (Markdown, "builtins.type"),
    ],
)
def test_what_is_no_part_of_a_sentence_is_refused_and_named(value, why):
    with pytest.raises(Unpublishable, match=why):
        shown(value, "da")


@pytest.mark.parametrize(
    "text", ["a\nb", 'it\'s "x"', "c:\\ny", "blødt\u00adt", "et\u00a0blankt", "🙂", "'", "\\"]
)
def test_a_text_survives_being_recorded(text):
    assert told(text) == text


class Broken:
    def _repr_markdown_(self):
        raise ZeroDivisionError


class Number:
    def _repr_markdown_(self):
        return 5


def test_an_object_that_fails_to_say_what_it_is_or_says_no_text_is_refused():
    with pytest.raises(ZeroDivisionError):
        shown(Broken(), "en")
    with pytest.raises(Unpublishable):
        shown(Number(), "en")


def test_a_text_that_no_sentence_holds_is_refused():
    with pytest.raises(Unpublishable, match="200,000 letters"):
        shown("x" * 200_000, "en")
