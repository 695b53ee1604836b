"""What columns are, what ids and codes become, which questions make a battery."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.exchange.reading.batteries import batteries, item
from evaluation.exchange.reading.names import LONGEST, option_code, question_id
from evaluation.exchange.reading.values import days, numbers, whole
from evaluation.language.detection import language_of, other_language_of


def read(reader, cells, **options):
    found = reader(pd.Series(cells, dtype=str), **options)
    return found and (list(found[0]), found[1])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1", "", "-2", "+3"], ["1", "", "-2", "3"]),
        (["1,5", "2", "0,25"], ["1.5", "2", "0.25"]),
        (["1.5", "2", ".25"], ["1.5", "2", "0.25"]),
        (["0.8999999761581421", "1", "-0.00000000004"], ["0.899999976", "1", "0"]),
        (["0,512", "1,059", "0,899"], ["0.512", "1.059", "0.899"]),
        (["4e-04", "1.2e-3", "0.5"], ["0.0004", "0.0012", "0.5"]),
        (["1.234,5", "2.000", "7"], ["1234.5", "2000", "7"]),
        (["1,234.5", "2,000", "7"], ["1234.5", "2000", "7"]),
        (["0", "-0", "2.50", "-0,0"], None),
        (["0", "2.50", "-0.0"], ["0", "2.5", "0"]),
    ],
)
def test_numbers_of_every_form_are_written_alike(cells, expected):
    assert read(numbers, cells) == (expected and (expected, None))


@pytest.mark.parametrize(
    "cells", [["", ""], ["1", "ja"], ["0800", "4000"], ["1.5", "2,5"], ["1" * 16], ["1-2"], ["1e5"]]
)
def test_names_in_digits_and_mixed_marks_are_no_numbers(cells):
    assert read(numbers, cells) is None


def test_a_mark_that_may_divide_thousands_is_told():
    assert read(numbers, ["1.234", "12.500"]) == (["1.234", "12.5"], "number_unclear")
    assert read(numbers, ["1,234", "5"]) == (["1.234", "5"], "number_unclear")


@pytest.mark.slow
@given(st.lists(st.decimals(-(10**6), 10**6, places=2), min_size=1), st.sampled_from(".,"))
def test_a_number_keeps_its_value(values, mark):
    cells = [f"{value:f}".replace(".", mark) for value in values]
    found, unclear = numbers(pd.Series(cells, dtype=str))
    assert [float(cell) for cell in found] == [float(value) for value in values]
    assert unclear is None


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["2025-03-31", ""], ["2025-03-31", ""]),
        (["31-03-2025 10:15:00", "01.04.2025"], ["2025-03-31", "2025-04-01"]),
        (["2025-03-31T10:15:00Z", "2025-04-01 08:00:00.123"], ["2025-03-31", "2025-04-01"]),
        (["3/31/2025", "4/1/2025 08:00"], ["2025-03-31", "2025-04-01"]),
        (["04-04-2025"], ["2025-04-04"]),
    ],
)
def test_days_of_every_form_are_written_alike(cells, expected):
    assert read(days, cells) == (expected, None)


def test_days_whose_order_is_open_stay_as_they_are_unless_the_format_tells():
    cells = ["01-02-2025", "03-04-2025"]
    assert read(days, cells) == (cells, "day_unclear")
    assert read(days, cells, day_first=True) == (["2025-02-01", "2025-04-03"], None)


@pytest.mark.parametrize(
    "cells", [["", ""], ["31-02-2025"], ["2025"], ["01-02-25"], ["1.2.3"], ["13-13-2025"], ["nej"]]
)
def test_what_is_no_day_is_left(cells):
    assert read(days, cells) is None


@pytest.mark.parametrize(
    ("value", "code"),
    [
        *[
            ("1", "1"),
            ("-9", "minus_9"),
            ("1.5", "1_5"),
            ("Ja", "ja"),
            ("Nej, aldrig", "nej_aldrig"),
        ],
        *[("Æ ø Å", "ae_oe_aa"), ("???", "option"), ("naïve", "naive"), ("-", "option")],
    ],
)
def test_a_code_keeps_what_the_file_says(value, code):
    assert option_code(value, set()) == code


@pytest.mark.slow
@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_ids_and_codes_fit_their_patterns_and_are_used_once(values):
    codes, ids = set(), set()
    found = [option_code(value, codes) for value in values]
    names = [question_id(value, ids) for value in values]
    assert len(set(found)) == len(set(names)) == len(values)
    assert all(re.fullmatch("[a-z0-9][a-z0-9_]*", code) for code in found)
    assert all(re.fullmatch("[a-z][a-z0-9_]*", name) for name in names)
    assert max(map(len, names)) <= LONGEST + 4


def test_a_question_gets_no_name_that_another_column_of_the_responses_has():
    assert question_id("Respondent", set()) == "respondent_2"
    assert question_id("wave", set()) == "wave_2"
    assert question_id("1. Navn", set()) == "q_1_navn"


def test_a_code_loses_the_decimals_of_spreadsheets():
    assert [whole(cell) for cell in ("5.0", "5,00", "5.5", "5", "a.0", "")] == [
        *("5", "5", "5.5", "5", "a.0", "")
    ]


def test_a_battery_is_a_run_with_one_stem_and_one_scale():
    texts = ["A - x", "A - y", "B", "A - z", "C - x", "C - y", "C - z"]
    assert batteries(texts, [1, 1, 1, 1, 2, 2, 3]) == [(0, 1, "A"), (4, 5, "C")]


def test_a_stem_may_hold_the_sign_and_so_may_an_item():
    stem = "Hvor enig er du - alt i alt"
    texts = [f"{stem} - bus", f"{stem} - tog - og fly"]
    assert batteries(texts, [0, 0]) == [(0, 1, stem)]
    assert item(texts[1], stem) == "tog - og fly"
    assert batteries(["S - bus - linje 5", "S - bus - linje 6", "S - tog"], [0] * 3) == [
        (0, 2, "S")
    ]


def test_equal_items_stay_items():
    assert batteries(["S - x", "S - x"], [0, 0]) == [(0, 1, "S")]


@pytest.mark.parametrize(
    ("language", "wording"),
    [
        ("sv", "Hur nöjd är du med kursen? Jag är mycket nöjd"),
        ("no", "Hvor fornøyd er du med kurset? Hva synes du, og hvordan gikk det? Noe mer?"),
        ("de", "Wie zufrieden sind Sie mit dem Kurs? Was haben Sie gelernt?"),
        ("fr", "Êtes-vous satisfait de votre travail ? Quelle est votre opinion sur la science ?"),
        ("es", "¿Está usted satisfecho con el curso? ¿Qué es lo más útil para su trabajo?"),
        ("it", "Quanto è soddisfatto del corso? Che cosa le è piaciuto di più?"),
        ("nl", "Hoe tevreden bent u met het programma? Wat heeft u geleerd van deze cursus?"),
        ("fi", "Kuinka tyytyväinen olet kurssiin? Mitä opit ja miten se oli?"),
        (None, "Hvor tilfreds er du med kurset? Hvad synes du om det, og hvordan gik det?"),
        (None, "How satisfied are you with the course? What did you learn, and who was there?"),
        (None, "Q1 Q2 Q3"),
    ],
)
def test_another_language_than_those_of_a_report_is_known(language, wording):
    assert other_language_of([wording]) == language


def test_the_language_is_that_of_the_small_words():
    assert language_of(["Hvor enig er du i følgende?", "Køn"]) == "da"
    assert language_of(["How much do you agree with the following?", "Sex"]) == "en"
    assert language_of(["Hva synes du om faget?"]) == "da"
    assert language_of([]) == "da"
