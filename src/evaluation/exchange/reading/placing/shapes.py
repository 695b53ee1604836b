"""What the cells of a column look like: numbers of persons, telephones, addresses, names, times.

A shape is a property of most cells that are filled; one cell alone tells nothing. `distinct` counts
where the same few values of many respondents would be no identity.
"""

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pandas as pd

from evaluation.exchange.reading.placing.vocabulary import is_first_name, is_role, named, words
from evaluation.language import identifying

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
IP = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{1,4}:){3,7}:?[0-9a-f]{1,4}", re.IGNORECASE)
COORDINATES = re.compile(r"-?\d{1,3}[.,]\d{3,}\s*[,; ]\s*-?\d{1,3}[.,]\d{3,}(?:\s+-?[\d.]+)*")
# digits in groups, as people write telephones; with a country code or not
PHONE = re.compile(r"(?:\+|00)?\(?\d{1,4}\)?(?:[ \-/.]?\(?\d{2,5}\)?){1,5}")
DECIMAL = re.compile(r"\d+[.,]\d+")
LONG_NUMBER = re.compile(r"\d{7,15}")
TOKEN = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w{}-]{7,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
STREET = re.compile(
    r"\b\w+(?:vej|gade|gaden|vejen|allé|alle|stræde|plads|parken|torv|vænget|boulevard|gata|gatan"
    r"|vegen|veien|väg|vägen|straße|strasse|platz|weg)\s+\d+|\b\d+\s+\w+\s+(?:street|road|avenue|lane)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_][\w'’.-]*")
# a name with one of its parts as a letter: J. Nowak, Lone K.
INITIAL = re.compile(
    r"[^\W\d_]\. ?(?:[^\W\d_]\. ?)?[^\W\d_][^\W\d_'’-]+|[^\W\d_][^\W\d_'’-]+ [^\W\d_]\."
)
INITIALS = re.compile(r"(?:[A-ZÆØÅÄÖÜ]\.? ?){2,4}")
HANDLE = re.compile(r"@[\w.]{3,}|[\w.]{2,}#\d{4}")
PARTICLES = frozenset(
    ["van", "von", "de", "der", "den", "af", "el", "al", "bin", "ibn", "la", "di", "da"]
)
TIME_OF_DAY = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T ,]+\d{1,2}[:.]\d{2}([:.]\d{2})?([.,]\d+)?"
    r"(\s*[ap]\.?m\.?)?(\s*\(?(Z|[A-Z]{2,5}([+-]\d{1,2}(:?\d{2})?)?|[+-]\d{2}(:?\d{2})?)\)?)*",
    re.IGNORECASE,
)
CLOCK = re.compile(r"\d{1,3}[:.]\d{2}(:\d{2})?(\s*[ap]\.?m\.?)?", re.IGNORECASE)
WORDED_DAY = re.compile(
    r"\d{1,2}\.?\s+[^\W\d]{3,10}\.?,?\s+\d{4}|[^\W\d]{3,10}\s+\d{1,2},?\s+\d{4}"
)
# what stands before digits that are no telephone, and after a road that is only driven on
NO_PHONE = re.compile(
    r"(?:cvr|org|kr|dkk|eur|sek|nok|usd|[€$£])\W{0,2}(?:(?:nr|no)\W{0,2})?$|[\d.,-]$", re.IGNORECASE
)
DRIVEN = re.compile(r"\s*(?:km|m|min|minutter|minuter|minutes|meter|minuten)\b", re.IGNORECASE)
YEARS = re.compile(r"(?:(?:19|20)\d\d ?){2}|(?:19|20)\d\d[01]\d[0-3]\d")
VERSION = re.compile(r"(?:\bv|version|versjon|kap\w*|section|§)\W*$", re.IGNORECASE)
EIGHT = re.compile(r"(?<!\d)(?:\+45 ?)?(\d{2} ?\d{2} ?\d{2} ?\d{2})(?![\d-])")
# what may name a person inside of longer text
WITHIN = (
    EMAIL,
    re.compile(r"(?<!\d)\d{6}[- ]?\d{4}(?!\d)"),
)
MOST, HALF = 0.8, 0.5
# a name has so many words at most
NAMED = 4


def share(cells: pd.Series, fits: Callable[[str], object]) -> float:
    """The share of the filled cells that `fits`, each different text counting by its cells."""
    counts = cells[cells != ""].value_counts()
    total = int(counts.sum())
    fitting = sum(count for text, count in counts.items() if fits(str(text)))
    return fitting / total if total else 0.0


def is_email(text: str) -> bool:
    return EMAIL.fullmatch(text.strip("<>;, ")) is not None


def is_machine(text: str) -> bool:
    return IP.fullmatch(text) is not None


def is_coordinates(text: str) -> bool:
    return COORDINATES.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """Digits as a telephone number has them, at least seven."""
    digits = re.sub(r"\D", "", text)
    written = PHONE.fullmatch(text) is not None and not DECIMAL.fullmatch(text)
    return 7 <= len(digits) <= 15 and written and not _is_day(text) and not is_moment(text)


def is_grouped_phone(text: str) -> bool:
    """A telephone number by its groups or its country code; plain digits may be any number."""
    return is_phone(text) and (text.startswith(("+", "00")) or bool(re.search(r"\d[ -/]\d", text)))


def is_person_number(text: str) -> bool:
    """A number that begins with the day of birth: Danish, also as a spreadsheet writes it without
    a leading zero, Norwegian, Swedish, or Finnish."""
    text = text.removesuffix(".0").strip()
    if re.fullmatch(r"\d{6}[-+A]\d{3}[\dA-Y]", text):
        return _is_born(text[:2], text[2:4]) or _is_born(text[4:6], text[2:4])
    match = re.fullmatch(r"(\d{2})?(\d{6})[ -]?(\d{4})", text)
    if match and match[1]:
        return match[1] in ("19", "20") and _is_born(match[2][4:6], match[2][2:4])
    digits = re.sub(r"[ -]", "", text)
    if not digits.isdigit() or len(digits) not in (9, 10, 11):
        return False
    digits = digits.zfill(10)
    return _is_born(digits[:2], digits[2:4])


def is_long_number(text: str) -> bool:
    return LONG_NUMBER.fullmatch(text.removesuffix(".0")) is not None


def is_token(text: str) -> bool:
    """Letters and digits without a meaning, as programs make them to tell things apart."""
    return " " not in text and TOKEN.fullmatch(text) is not None


def is_street(text: str) -> bool:
    return STREET.search(text) is not None


def is_name(text: str) -> bool:
    """Two to four words that all begin with a capital, as names of persons do."""
    parts = text.replace(",", " ").split()
    telling = [part for part in parts if part.casefold() not in PARTICLES]
    return 2 <= len(parts) <= 4 and all(
        WORD.fullmatch(part) and part[0].isupper() and not part[1:].isupper() for part in telling
    )


def has_initial(text: str) -> bool:
    """A name with one of its parts as a letter, both with a capital."""
    return INITIAL.fullmatch(text) is not None and all(
        part[0][0].isupper() for part in WORD.finditer(text)
    )


def has_title(text: str) -> bool:
    """A name behind what a person is addressed as: Fru Hansen, Hr. Schmidt."""
    title, _, name = text.partition(" ")
    return title.rstrip(".").casefold() in identifying.words("titles") and bool(
        re.fullmatch(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*)?", name) and name[0].isupper()
    )


def has_role(text: str) -> bool:
    """A first name behind what somebody is: Lærer Lone, Sygeplejerske Hanne Berg."""
    role, _, name = text.partition(" ")
    return is_role(role) and name[:1].isupper() and has_first_name(name)


def are_initials(text: str) -> bool:
    """Two to four capitals, with points or not: KH, M.J.L."""
    return INITIALS.fullmatch(text) is not None


def is_handle(text: str) -> bool:
    """What somebody is called on a platform."""
    return HANDLE.fullmatch(text) is not None


def has_first_name(text: str) -> bool:
    parts = text.split()
    return bool(parts) and is_first_name(parts[0].strip(",")) and len(parts) <= 4


def starts_with_person(text: str) -> bool:
    """A first name, or a name behind a title or what somebody is."""
    return has_first_name(text) or has_title(text) or has_role(text)


def holds_first_name(text: str) -> bool:
    """Whether a word with a capital is a first name: Til Mette fra kantinen."""
    return any(part[0][0].isupper() and is_first_name(part[0]) for part in WORD.finditer(text))


def is_time(text: str) -> bool:
    """A time of the day, how long something took, or a day with its month in words."""
    return CLOCK.fullmatch(text) is not None or WORDED_DAY.fullmatch(text) is not None


def is_moment(text: str) -> bool:
    """A day with its time."""
    return TIME_OF_DAY.fullmatch(text) is not None


def is_nobodys_name(text: str) -> bool:
    """Whether a text can be no name of a column: a day with its time, a mail, an IP address."""
    return is_moment(text) or is_email(text) or is_machine(text)


def tells_of_person(text: str) -> bool:
    """Whether something in a text may name a person: a mail, a telephone, a number, an address, or
    a first name before another word with a capital."""
    return (
        any(form.search(text) for form in WITHIN)
        or _has_phone(text)
        or _has_machine(text)
        or any(not DRIVEN.match(text, found.end()) for found in STREET.finditer(text))
        or has_full_name(text)
    )


def _has_phone(text: str) -> bool:
    """Whether eight digits stand in a text that are no years, no amount and no firm's number."""
    return any(
        not YEARS.fullmatch(found[1]) and not NO_PHONE.search(text[: found.start()])
        for found in EIGHT.finditer(text)
    )


def _has_machine(text: str) -> bool:
    """Whether an IP address stands in a text; the number of a version or a chapter is none."""
    return any(
        re.search(r"\d\d|:", found[0]) and not VERSION.search(text[: found.start()])
        for found in IP.finditer(text)
    )


def has_full_name(text: str) -> bool:
    """Whether a first name stands before another word with a capital."""
    parts = re.findall(r"[^\W\d_][\w'’-]*", text)
    return any(
        first[0].isupper() and second[0].isupper() and is_first_name(first)
        for first, second in pairwise(parts)
    )


def names_in(text: str) -> tuple[str, ...]:
    """The full names in a heading or a wording: a first name and the capitals after it. Where most
    words have capitals, as English headings may, only a text of a few words is a name."""
    parts = list(WORD.finditer(text))
    capital = [part[0][0].isupper() for part in parts]
    if len(parts) > NAMED and 2 * sum(capital[1:]) > len(parts) - 1:
        return ()
    if len(parts) <= NAMED and not (is_name(text) or sum(capital[1:]) < len(parts) - 1):
        return ()
    found, end = [], 0
    for at, part in enumerate(parts):
        if part.start() < end or not capital[at] or not is_first_name(part[0]):
            continue
        last = at
        while last + 1 < len(parts) and _goes_on(text, parts[last], parts[last + 1]):
            last += 1
        if last > at:
            end = parts[last].end()
            found.append(text[part.start() : end].rstrip(".'’-"))
    return tuple(found)


def names_person(text: str) -> bool:
    """Whether a short text may be about a person by the name: `Karen Holm`, `Mettes bror`, `karen
    holm`. What is called after somebody is no person: a school, a street, a prize."""
    if named(words(text), "institutions"):
        return False
    if names_in(text):
        return True
    parts = re.findall(r"[^\W\d_]+", text)
    capital = [part for part in parts if part[0].isupper() and _is_mere_name(part)]
    small = 1 < len(parts) < NAMED and text == text.casefold() and _is_mere_name(parts[0])
    return bool(capital) or (small and not any(map(_is_mere_word, parts[1:])))


def _is_mere_name(word: str) -> bool:
    """Whether a word is a first name, also in the genitive, and nothing else."""
    small = word.casefold()
    forms = {small, small.removesuffix("s")} - {*identifying.words("words_too")}
    return len(small) > 2 and any(is_first_name(form) for form in forms)


def _is_mere_word(word: str) -> bool:
    return len(word) < 3 or word in identifying.words("linking")


def _goes_on(text: str, before: re.Match[str], after: re.Match[str]) -> bool:
    """Whether a word is a part of the name that the one before it belongs to."""
    return text[before.end() : after.start()] == " " and after[0][0].isupper()


def _is_born(day: str, month: str) -> bool:
    try:
        date(2000, int(month), int(day))
    except ValueError:
        return False
    return True


def _is_day(text: str) -> bool:
    return (
        re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", text)
        is not None
    )
