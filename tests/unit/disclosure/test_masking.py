"""disclosure.masking: what may name a person is found, and masked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.disclosure.masking import KINDS, find, has_checksum, mask
from evaluation.language.texts import LANGUAGES, texts

WORDS = {kind: f"[{kind}]" for kind in KINDS}
NAMES = ("Ahmed", "Åse Bø-Jensen", "Lone")


def kinds(text: str, names=NAMES) -> list[str]:
    return [one.kind for one in find(text, names)]


# the numbers that handbooks and libraries print as examples; none belongs to a person
@pytest.mark.parametrize("digits", ["2110625629", "0707614285"])
def test_the_published_examples_of_cpr_numbers_obey_their_check_digit(digits):
    assert has_checksum(digits)
    written = f"{digits[:6]}-{digits[6:]}"
    assert kinds(f"Mit nummer er {written}.") == ["cpr"]
    assert kinds(f"nr. {digits}") == ["cpr"]
    assert kinds(f"{digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}") == ["cpr"]


def test_one_wrong_digit_breaks_the_checksum_and_stays_suspect():
    assert kinds("070761-4286") == ["cpr_without_checksum"]


def test_a_cpr_number_begins_with_a_day_of_its_century():
    assert kinds("310262-5629") == []  # 31 February
    assert "cpr_without_checksum" in kinds("290200-4000")  # 2000 was a leap year,
    assert kinds("290200-0000") == []  # 1900 was none


@pytest.mark.parametrize(
    "text", ["40 12 34 56", "4012 3456", "40123456", "+45 40123456", "+46 70 123 45 67"]
)
def test_telephone_numbers_are_found_as_people_write_them(text):
    assert kinds(f"Ring på {text}, tak") == ["phone"]


@pytest.mark.parametrize(
    "text",
    [
        "12 34 56 78 medlemmer",
        "25.000.000 kr.",
        "kl. 12.30",
        "5 af 12",
        "31-12-1973",
        "2024-03-31",
        "1/12/2024",
        "i 2023-2024",
    ],
)
def test_other_numbers_are_no_telephone_numbers(text):
    assert kinds(text) == []


def test_addresses_and_names_are_found_as_whole_words():
    assert kinds("skriv til a.b+c@kommunen.odense.dk.") == ["email"]
    assert kinds("Ahmeds mor, AHMED og åse  bø-jensen") == ["name", "name", "name"]
    assert kinds("Lone og lone") == ["name"]  # a word in small letters is no name
    assert kinds("Ahmedabad") == []
    decomposed = "A\u030ase Bo\u0338-Jensen"
    assert kinds("Åse Bø-Jensen", (decomposed.replace("o\u0338", "ø"),)) == ["name"]


def test_everything_found_is_masked_and_the_rest_stands():
    text = "Jeg, Ahmed (070761-4285), har a@b.dk og 40 12 34 56: ring!"
    assert mask(text, WORDS, NAMES) == "Jeg, [name] ([cpr]), har [email] og [phone]: ring!"


@given(st.text(alphabet="ab 0123456789-@.Ahmeds'æø\n", max_size=60))
def test_places_found_are_in_order_apart_and_gone_when_masked(text):
    found = find(text, NAMES)
    ends = [0, *(one.end for one in found)]
    assert all(end <= one.start < one.end for end, one in zip(ends, found, strict=False))
    rest = mask(text, dict.fromkeys(KINDS, "\x00"), NAMES)
    assert rest.count("\x00") == len(found)
    assert len(rest) == len(text) - sum(one.end - one.start - 1 for one in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_mask_for_every_kind(language):
    masks = texts(language)("masks")
    assert set(masks) == set(KINDS)
    assert not any(find(word, NAMES) for word in masks.values())
