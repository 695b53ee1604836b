"""Danish CPR numbers: six or eight digits of a birth, and four more, in any spelling."""

import re
from collections.abc import Iterator
from datetime import date

from evaluation.disclosure.personal.found import Found
from evaluation.language.identifying import any_of

CPR = re.compile(
    r"(?<!\d)(\d{2})([ ./-]?)(\d{2})([ ./-]?)((?:18|19|20)?\d{2})"
    r"(\s{0,2}[-./_:]{0,2}\s{0,2})(\d{2})( ?)(\d{2})(?!\d)"
)
YEARS = re.compile(r"(?:(?:19|20)\d\d[ ./-]{0,3}){2,3}|(?:19|20)\d\d-\d\d-\d\d.*", re.DOTALL)
# nine digits, as a table of numbers leaves them, beside what they are called
WITHOUT_ZERO = re.compile(r"(?<![\d.,-])[1-9]\d{8}(?![\d-]|[.,]\d)")
CALLED = re.compile(rf"(?<!\w){any_of('national')}(?!\w)", re.IGNORECASE)
HEADED = re.compile(rf"(?<!\w){any_of('national')}\W{{0,4}}$", re.IGNORECASE)
# "Det Centrale Personregister: Personnummeret i CPR": the weighted sum is a multiple of 11, but
# since October 2007 numbers are also given out for which it is not
WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
REPLACED = 60  # is added to the day in a number for somebody who has none yet


def find(text: str) -> Iterator[Found]:
    """CPR numbers in a plain text, with and without the old check digit."""
    for match in CPR.finditer(text):
        day, first, month, second, year, between, *rest = match.groups()
        digits = day + month + year[-2:] + rest[0] + rest[2]
        born = _is_day(day, month, year) if len(year) == 4 else is_born(digits)
        if not born or YEARS.fullmatch(match.group()):
            continue
        obeys = has_checksum(digits)
        # what may be pairs of numbers in a row, or a date and a number behind it
        loose = (rest[1] and first == second == between == " ") or (
            len(year) == 4 and between.isspace()
        )
        if loose and not obeys and not HEADED.search(text[: match.start()]):
            continue
        yield Found("cpr" if obeys else "cpr_without_checksum", match.start(), match.end())
    for match in WITHOUT_ZERO.finditer(text) if CALLED.search(text) else ():
        digits = match.group().zfill(10)
        if is_born(digits):
            obeys = has_checksum(digits)
            yield Found("cpr" if obeys else "cpr_without_checksum", match.start(), match.end())


def is_number(digits: str) -> bool:
    """Whether a cell that holds a number may hold a CPR number, perhaps without its first zero."""
    return digits.isdecimal() and len(digits) in (9, 10) and is_born(digits.zfill(10))


def has_checksum(digits: str) -> bool:
    """Whether the ten digits of a CPR number obey its check digit."""
    weighted = (weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return sum(weighted) % 11 == 0


def is_born(digits: str) -> bool:
    """Whether a CPR number begins with a day; its seventh digit tells the century."""
    year, seventh = int(digits[4:6]), int(digits[6])
    if seventh <= 3:
        century = 1900
    elif seventh in (4, 9):
        century = 2000 if year <= 36 else 1900
    else:
        century = 2000 if year <= 57 else 1800
    return _is_day(digits[:2], digits[2:4], str(century + year))


def _is_day(day: str, month: str, year: str) -> bool:
    try:
        date(int(year), int(month), int(day) % REPLACED if int(day) > REPLACED else int(day))
    except ValueError:
        return False
    return True
