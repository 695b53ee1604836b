"""Titles from wordings of questionnaires."""

import pytest

from evaluation.scaffold.titles import LONGEST, title


@pytest.mark.parametrize(
    "wording, called",
    [
        ("Hvor ofte deltager du?", "Hvor ofte deltager du?"),
        ("Hvor enig er du? Sæt ét kryds i hver linje", "Hvor enig er du?"),
        ("Spørgsmål 3: Hvad synes du?", "Spørgsmål 3: Hvad synes du?"),
        ("Hej! Hvad synes du om det?", "Hej! Hvad synes du om det?"),
        ("Hvad synes du om dr. Hansen", "Hvad synes du om dr. Hansen"),
        ("Sæt et kryds. Hvis du er i tvivl, så spring over", "Sæt et kryds"),
        ("Tilfredshed -", "Tilfredshed"),
        ("Mødet (d. 3. maj)", "Mødet (d. 3. maj)"),
        (
            "Hvor tilfreds er du med det samlede forløb (sæt gerne flere krydser i listen her)?",
            "Hvor tilfreds er du med det samlede forløb?",
        ),
        (
            "Når du tænker tilbage på de seneste tolv måneder i din forening, hvor tilfreds er"
            " du så med hver af disse",
            "Når du tænker tilbage på de seneste tolv måneder i din forening",
        ),
        ("?", "?"),
        (" - ", "-"),
    ],
)
def test_a_long_wording_is_cut_at_its_natural_end(wording, called):
    assert title(wording) == called


def test_what_has_no_end_is_cut_after_a_word_and_says_so():
    found = title("ordet " * 40)
    assert found.endswith("ordet …") and len(found) <= LONGEST + 2
