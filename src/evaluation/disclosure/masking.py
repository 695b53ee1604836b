"""What in an open answer may name a person: CPR numbers, telephone numbers, e-mail addresses and
the names of a register.

What looks like one is taken for one: two years side by side can be a telephone number, and it is
better that a harmless number is masked than that a person is named. Only days and spans of years,
in their usual forms, are left alone.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from phonenumbers import Leniency, PhoneNumberMatcher

REGION = "DK"  # where a telephone number without a country code is read as belonging
CPR = re.compile(r"(?<!\d)(\d{2})[ ./]?(\d{2})[ ./]?(\d{2}) ?[-–]? ?(\d{4})(?!\d)")
YEAR = r"(?:19|20)\d\d"
CALENDAR = re.compile(rf"\d\d?([-./])\d\d?\1{YEAR}|{YEAR}-\d\d-\d\d|{YEAR}[-–/]{YEAR}")
EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# "Det Centrale Personregister: Personnummeret i CPR": the weighted sum is a multiple of 11, but
# since October 2007 numbers are also given out for which it is not
WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
# the kinds, the most revealing first: where two overlap, the earlier is what was found
KINDS = ("cpr", "cpr_without_checksum", "email", "phone", "name")


@dataclass(frozen=True)
class Found:
    """A place in a text, from `start` to before `end`, and the kind of what stands there."""

    kind: str
    start: int
    end: int


def find(text: str, names: tuple[str, ...] = ()) -> list[Found]:
    """What may name a person in `text`, in its order and without overlaps.

    names: of a register, as whole words; of one word they count as written there and with a
    capital letter, and each also in the genitive.
    """
    found = [*_cpr(text), *_emails(text), *_phones(text), *_names(text, names)]
    found.sort(key=lambda one: (KINDS.index(one.kind), one.start))
    kept: list[Found] = []
    for one in found:
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def mask(text: str, words: dict[str, str], names: tuple[str, ...] = ()) -> str:
    """`text` with `words[kind]` in place of what may name a person."""
    parts, end = [], 0
    for one in find(text, names):
        parts += [text[end : one.start], words[one.kind]]
        end = one.end
    return "".join([*parts, text[end:]])


def has_checksum(digits: str) -> bool:
    """Whether the ten digits of a CPR number obey its check digit."""
    weighted = (weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return sum(weighted) % 11 == 0


def _cpr(text: str) -> Iterable[Found]:
    for match in CPR.finditer(text):
        digits = "".join(match.groups())
        if _is_born(digits):
            kind = "cpr" if has_checksum(digits) else "cpr_without_checksum"
            yield Found(kind, match.start(), match.end())


def _is_born(digits: str) -> bool:
    """Whether a CPR number begins with a day; its seventh digit tells the century."""
    day, month, year, seventh = (int(digits[at:to]) for at, to in ((0, 2), (2, 4), (4, 6), (6, 7)))
    if seventh <= 3:
        century = 1900
    elif seventh in (4, 9):
        century = 2000 if year <= 36 else 1900
    else:
        century = 2000 if year <= 57 else 1800
    try:
        date(century + year, month, day)
    except ValueError:
        return False
    return True


def _emails(text: str) -> Iterable[Found]:
    return (Found("email", match.start(), match.end()) for match in EMAIL.finditer(text))


def _phones(text: str) -> Iterable[Found]:
    for match in PhoneNumberMatcher(text, REGION, leniency=Leniency.VALID):
        if not CALENDAR.fullmatch(match.raw_string):
            yield Found("phone", match.start, match.end)


def _names(text: str, names: tuple[str, ...]) -> Iterable[Found]:
    pattern = _pattern(names)
    for match in pattern.finditer(text) if pattern else ():
        yield Found("name", match.start(), match.end())


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of the names as a whole word, or in the genitive; None without names."""
    forms = set()
    for name in names:
        # a letter with its accent is one sign or two
        for form in ("NFC", "NFD"):
            words = [re.escape(word) for word in unicodedata.normalize(form, name).split()]
            if len(words) == 1:
                # many names are words too, but not with a capital letter
                forms |= {words[0], words[0].capitalize(), words[0].upper()}
            elif words:
                forms.add("(?i:" + r"\s+".join(words) + ")")
    any_form = "|".join(sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{any_form})(?:['’]?s|['’])?(?!\w)") if forms else None
