"""prose: no number is typed."""

import pytest

from evaluation.prose import typed_numbers
from evaluation.texts import texts
from evaluation.wording import QUANTIFIERS

# words that name a share without a number
PLAIN = {"none", "few", "great_majority", "almost_all", "all"}


def found(text: str, language: str = "da", allowed: tuple[str, ...] = ()) -> list[str]:
    return [number.number for number in typed_numbers(text, language, allowed)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Der var 16 foreninger.", ["16"]),
        ("Det er 62,5 % af 1.234.", ["62,5", "1.234"]),
        ("I 2025 sluttede det.", ["2025"]),
        ("3/4 af dem", ["3", "4"]),
        ("**16** og *21*", ["16", "21"]),
        ("| celle | 16 |", ["16"]),
        ("## De 3 dele", ["3"]),
        ("K3", ["3"]),
    ],
)
def test_digits_are_found_wherever_they_are_typed(text, numbers):
    assert found(text) == numbers


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("value", range(2, 13))
def test_number_words_up_to_twelve_are_found_in_both_languages(language, value):
    word = texts(language).number_word(value)
    assert found(f"xx {word} xx", language) == [word]
    assert found(f"{word.capitalize()}, xx", language) == [word.capitalize()]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("key", [key for _, _, key in QUANTIFIERS if key not in PLAIN])
def test_every_fraction_the_library_can_say_is_found_where_it_is_typed(language, key):
    assert found(f"xx {texts(language)(f'quantifiers.{key}')} xx", language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("tretten foreninger", "da"),
        ("tredive foreninger", "da"),
        ("thirteen associations", "en"),
        ("thirty associations", "en"),
    ],
)
def test_larger_number_words_are_found_too(text, language):
    assert found(text, language) == [text.split()[0]]


def test_words_that_only_contain_a_number_word_are_left_alone():
    assert found("tonen, femininum, nitter, totalt, tidlig") == []
    assert found("often, tents, behalf, network", "en") == []


def test_a_number_word_of_the_other_language_is_left_alone():
    assert found("to find ti", "en") == []


@pytest.mark.parametrize(
    "text",
    [
        '`{python} report.share("applied_for_funds").full` har søgt',
        "(`{python} report.share_of(1, 16).percent`)",
        '`{python} report.year("2025")`',
        'fra `{python} report.year("period_start") + 2022` til',
        "`{python} a16`: `{python} b21`",
        "Se @fig-development2 og [-@tbl-3].",
        "# Titel {#sec-local-3}",
        "## Titel {#sec-3 .unnumbered data-x=4}",
        "Se [@sommer2025, afsnit 3.4].",
        "[se @sommer2025, s. 12; @vive2023, kap. 2]",
        "@sommer2025 konkluderer",
        "@sommer2025 [afsnit 3.4] konkluderer",
        "[kilden](https://example.org/2025/01)",
        "tekst[^note-1]",
        "[^note-1]: tekst",
        "1. første\n2. anden",
        "   3. tredje",
        "<!-- husk 16 -->",
        "`kode 16`",
        "Hele netværket",
    ],
)
def test_numbers_that_are_no_statement_are_left_alone(text):
    assert found(text) == []


def test_a_number_beside_an_expression_is_found():
    assert found("`{python} a.full` af 21 [@sommer2025, s. 3]") == ["21"]


def test_a_number_in_the_text_of_a_link_or_footnote_is_found():
    assert found("[de 16 svar](https://example.org/2025)[^n-1]\n\n[^n-1]: Kun 2 svar.") == [
        "16",
        "2",
    ]


def test_names_that_hold_a_number_can_be_allowed():
    assert found("Projekt 21 har 16", allowed=("Projekt 21",)) == ["16"]


def test_a_finding_names_its_line_and_its_text():
    text = "# Titel\n\n<!-- en\nkommentar -->\nDer var  \n`{python} x` og 16 foreninger.\n"
    (finding,) = typed_numbers(text, "da")
    assert (finding.line, finding.number) == (6, "16")
    assert finding.text == "`{python} x` og 16 foreninger."


def test_the_linter_looks_at_the_language_of_the_text():
    assert found("tre", "da") == ["tre"]
    assert found("tre", "en") == []
    assert found("three", "en") == ["three"]
