"""exchange.reading.quantities: numbers that are no quantities are told, and read the safe way."""

import pandas as pd
import pytest

from evaluation.exchange.reading.quantities import doubt


def doubted(heading: str, *cells: str) -> tuple[str, bool]:
    remark, safer_as_text = doubt(pd.Series(cells, dtype=object), heading, "q")
    return (remark.rule if remark else "", safer_as_text)


COMBINED = ("1", "3", "13", "135", "24", "35", "", "245", "12", "5")
THREE_EACH = ("111", "222", "223", "113", "423", "213", "441", "222")


@pytest.mark.parametrize(
    "cells", [COMBINED, THREE_EACH, ("1", "1.3", "2.4", "2.5", "1.2", "3.4", "3.5")]
)
def test_several_codes_in_one_number_are_text_and_told(cells):
    assert doubted("What do you use?", *cells) == ("combined_codes", True)


@pytest.mark.parametrize(
    "cells",
    [
        # the ages of a school, and of its pupils
        [str(age) for age in range(11, 20)],
        [str(age) for age in (6, 9, 12, 13, 14, 15, 16, 17, 18, 19)],
        # heights, and grades with halves
        ["151", "163", "172", "168", "175", "183", "190"],
        ["1.5", "2.5", "3.5", "4.5", "2", "3", "4"],
        ["11", "12", "13", "14", "15"],
    ],
)
def test_quantities_are_left_alone(cells):
    assert doubted("How many?", *cells) == ("", False)


@pytest.mark.parametrize(
    "heading",
    [
        "Household income",
        "Hvad er din månedsløn?",
        "Haushaltseinkommen",
        "Hushållets inkomst",
        "Revenu",
    ],
)
def test_amounts_too_small_for_what_was_asked_may_be_ranges(heading):
    assert doubted(heading, *(str(n) for n in range(4, 18)), *["9"] * 20)[0] == "number_or_code"
    assert doubted(heading, "25000", "31000", "25000", "48000") == ("", False)


def test_numbers_that_the_heading_lists_are_codes():
    heading = "Your school: 11: North, 12: South, 20: none"
    assert doubted(heading, "11", "20", "12")[0] == "number_or_code"
    assert doubted(heading, "11", "21", "12") == ("", False)
    assert doubted("Minutes from 8:30 to 9:15", "30", "15") == ("", False)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("start", ("13500864000", "13553000000")),
        ("gregorian", ("86400", "172800")),
        ("Dato for mødet", ("45123", "45130.5")),
        ("Wann? (Datum)", ("45123", "45130")),
    ],
)
def test_days_and_times_as_programs_count_them_are_text_and_told(heading, cells):
    assert doubted(heading, *cells) == ("may_be_moments", True)


def test_amounts_of_money_are_no_days():
    assert doubted("Budget", "45123", "51000", "30000") == ("", False)
