"""disclosure.personal: what may name a person is found, and masked."""

import csv
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.base.errors import InputError
from evaluation.disclosure.personal import KINDS, find, find_in_number, mask
from evaluation.disclosure.personal.cpr import has_checksum
from evaluation.disclosure.personal.telling import message, safe_cell
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


@pytest.mark.slow
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


CORPUS = Path(__file__).parents[2] / "data/personal"
FOUND, HARMLESS = 0.95, 0.02  # the least share of each kind, the most false alarms


def corpus(name: str) -> list[dict[str, str]]:
    with (CORPUS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


REGISTER = tuple(row["name"] for row in corpus("register"))


def marked(text: str) -> tuple[str, list[int]]:
    """An answer, and the places of the letters and digits in it that have to be found."""
    plain, places, within = "", [], False
    for sign in text:
        if sign in "⟦⟧":
            within = sign == "⟦"
            continue
        if within and sign.isalnum():
            places.append(len(plain))
        plain += sign
    return plain, places


@pytest.mark.slow
def test_of_each_kind_nearly_all_is_found_whole():
    known, all_of = Counter(), Counter()
    for row in corpus("items"):
        text, places = marked(row["text"])
        hidden = {at for one in find(text, REGISTER) for at in range(one.start, one.end)}
        assert places
        all_of[row["kind"]] += 1
        known[row["kind"]] += set(places) <= hidden
    for kind, number in all_of.items():
        print(f"{kind}: {known[kind]} of {number} ({known[kind] / number:.1%})")
    assert all_of.total() >= 300
    assert all_of.keys() == set(KINDS) - {"cpr_without_checksum"}
    assert all(known[kind] >= FOUND * number for kind, number in all_of.items())


def test_hardly_anything_harmless_is_found():
    rows = corpus("harmless")
    alarms = [row["text"] for row in rows if find(row["text"], REGISTER)]
    print(f"false alarms: {len(alarms)} of {len(rows)} ({len(alarms) / len(rows):.1%})")
    assert len(rows) >= 300
    assert {row["language"] for row in rows} == {"da", "en", "sv", "no", "de"}
    assert len(alarms) < HARMLESS * len(rows), alarms


@pytest.mark.slow
def test_no_text_takes_long():
    """No rule looks again and again through a text that is none of its kind."""
    for part in ("12 ", "a.", "Vej ", "(at) ", "1.", "::", "A-", "0 0-", "Fatima ", "@a", "ab12"):
        start = time.perf_counter()
        find(part * 2000, REGISTER)
        assert time.perf_counter() - start < 3, part


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("707614285", "cpr"),  # a table took the zero away
        ("707614285.0", "cpr"),
        ("0707614286", "cpr_without_checksum"),
        ("40123456", "phone"),
        ("4540123456", "phone"),
        ("12345678", None),
        ("2024", None),
        ("451", None),
        ("-99", None),
        ("3,5", None),
    ],
)
def test_a_number_may_be_that_of_a_person(cell, kind):
    assert [one.kind for one in find_in_number(cell)] == ([kind] if kind else [])


def test_overlapping_places_are_one():
    text = "Nørregade 12, 1165 København K"
    assert [(one.start, one.end) for one in find(text)] == [(0, len(text))]


def test_a_message_shows_no_person():
    error = InputError(
        "data/raw/survey.csv",
        "an answer is a number",
        "ask Ahmed, or correct the cell",
        row=2,
        column="age",
        value="12 ring til 40 12 34 56",
    )
    told = message(error, NAMES)
    assert told == (
        "Rule broken in data/raw/survey.csv, row 2, column age: an answer is a number."
        " Found: '12 ring til [telephone number]'."
        " Remedy: ask [name], or correct the cell."
    )
    assert "40 12" not in message(InputError.passed_on(str(error)), NAMES)


def test_a_long_answer_is_told_by_its_length():
    assert safe_cell("Jeg mødte Gunhild ved den gamle kirke") == "[a text of 7 words]"
    assert safe_cell("I meget høj grad") == "I meget høj grad"
    assert safe_cell("707614285") == "[CPR number]"


def test_a_value_that_is_no_text_is_masked_too():
    error = InputError("data/raw/t.csv", "r", "m", row=2, value=707614285)
    assert "Found: [CPR number]." in message(error)
    assert "Found: 0." in message(InputError("data/raw/t.csv", "r", "m", value=0))


def test_what_an_author_wrote_is_shown_at_length():
    line = "this is a line of the configuration of an author"
    assert line in message(InputError("evaluation.yml", "r", "m", row=2, value=line))
    chapter = InputError("31_a.ipynb", "r", "m", value="@fig-nowhere or 40 12 34 56")
    assert "Found: '@fig-nowhere or [telephone number]'." in message(chapter)
