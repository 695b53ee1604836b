"""Numbers that other countries give to persons.

Each is known by its form and its check digits; what stands behind its name, such as `personnummer`
or `Steuer-ID`, is taken for one whatever it is. The rules are those that the authorities publish:

- Sweden: Skatteverket, SKV 704 (the Luhn algorithm; coordination numbers add 60 to the day).
- Norway: folkeregisterforskriften § 2-2-1 (two sums modulo 11; D numbers add 40 to the day).
- Finland: Digi- ja väestötietovirasto, henkilötunnus (a sign for the remainder modulo 31).
- Germany: Bundeszentralamt für Steuern, IdNr (ISO 7064, mod 11, 10).
- United Kingdom: HMRC NIM39110 (National Insurance), NHS data dictionary (modulo 11).
- Poland: PESEL; Belgium: rijksregisternummer (97 - n modulo 97); France: NIR (the same);
  Spain: DNI and NIE (modulo 23); Italy: codice fiscale; Switzerland: AHV (EAN-13);
  Turkey: T.C. Kimlik No; Estonia and Lithuania: isikukood (modulo 11); Czechia and Slovakia:
  rodné číslo (modulo 11); United States: the form of a social security number alone.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

from evaluation.disclosure.personal.found import Found
from evaluation.language.identifying import any_of

KIND = "national_number"
HEADED = re.compile(
    rf"(?<!\w){any_of('national')}(?!\w)(?:\W{{1,3}}{any_of('linking')}(?!\w)){{0,2}}\W{{0,4}}"
    r"(?P<number>[A-Za-z]{0,2}[\d](?:[ .+/-]{0,2}[\dA-Z]){5,16}(?!\w))",
    re.IGNORECASE,
)
FINNISH_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


def find(text: str) -> Iterator[Found]:
    """Numbers of persons of other countries in a plain text."""
    for pattern, obeys in RULES:
        for match in pattern.finditer(text):
            if obeys(re.sub(r"[\s./-]", "", match.group())):
                yield Found(KIND, match.start(), match.end())
    for match in HEADED.finditer(text):
        yield Found(KIND, match.start("number"), match.end("number"))


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of Luhn's algorithm."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _swedish(number: str) -> bool:
    digits = re.sub(r"\D", "", number)[-10:]
    return _is_day(digits[4:6], digits[2:4], digits[:2], 60) and luhn(digits)


def _born_in_full(number: str) -> bool:
    """Of eight digits of a day and four more with a sign between them, no check digit is needed."""
    digits = re.sub(r"\D", "", number)
    return _is_day(digits[6:8], digits[4:6], digits[:4], 60)


def _born_first(digits: str) -> bool:
    """Of eleven digits in a row that begin with a day neither: numbers of 2032 and later obey other
    rules, and people mistype them."""
    return _is_day(digits[:2], digits[2:4], digits[4:6], 40, 40)


def _norwegian(digits: str) -> bool:
    first = _sum(digits, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) % 11
    second = _sum(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11
    return first == second == 0 and _is_day(digits[:2], digits[2:4], digits[4:6], 40, 40)


def _finnish(number: str) -> bool:
    digits = re.sub(r"\D", "", number[:-1])
    if len(digits) != 9 or not _is_day(digits[:2], digits[2:4], digits[4:6]):
        return False
    # a letter at the end is telling enough, though it be a wrong one
    return number[-1].isalpha() or FINNISH_SIGNS[int(digits) % 31] == number[-1]


def _german(digits: str) -> bool:
    counts = [digits[:10].count(digit) for digit in "0123456789"]
    if sorted(counts)[-2:] not in ([1, 2], [1, 3]):
        return False
    product = 10
    for digit in digits[:10]:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == int(digits[10])


def _german_insurance(number: str) -> bool:
    return _is_day(number[2:4], number[4:6], number[6:8], 50)


def _nhs(digits: str) -> bool:
    return _sum(digits, (10, 9, 8, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0 and len(set(digits)) > 2


def _polish(digits: str) -> bool:
    total = _sum(digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1))
    return total % 10 == 0 and _is_day(digits[4:6], str(int(digits[2:4]) % 20), digits[:2])


def _belgian(digits: str) -> bool:
    checks = {97 - int(century + digits[:9]) % 97 for century in ("", "2")}
    return int(digits[9:]) in checks and _is_day(digits[4:6], digits[2:4], digits[:2])


def _french(number: str) -> bool:
    number = re.sub(r"\s", "", number).replace("2A", "19").replace("2B", "18")
    return number.isdecimal() and 97 - int(number[:13]) % 97 == int(number[13:])


def _spanish(number: str) -> bool:
    digits = number[:-1]
    if digits[0] in "XYZ":
        digits = str("XYZ".index(digits[0])) + digits[1:]
    return SPANISH_LETTERS[int(digits) % 23] == number[-1]


def _swiss(digits: str) -> bool:
    return _sum(digits, (1, 3) * 6 + (1,)) % 10 == 0


def _turkish(digits: str) -> bool:
    numbers = [int(digit) for digit in digits]
    tenth = (7 * sum(numbers[:9:2]) - sum(numbers[1:8:2])) % 10
    return tenth == numbers[9] and sum(numbers[:10]) % 10 == numbers[10]


def _baltic(digits: str) -> bool:
    check = _sum(digits, (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)) % 11
    if check == 10:
        check = _sum(digits, (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)) % 11 % 10
    return check == int(digits[10]) and _is_day(digits[5:7], digits[3:5], digits[1:3])


def _czech(digits: str) -> bool:
    month = int(digits[2:4]) % 50
    return int(digits) % 11 == 0 and _is_day(digits[4:6], str(month % 20), digits[:2])


def _always(number: str) -> bool:
    return bool(number)


def _sum(digits: str, weights: tuple[int, ...]) -> int:
    """The sum of the first digits, each times its weight."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _is_day(day: str, month: str, year: str, later: int = 0, later_month: int = 0) -> bool:
    """Whether there is such a day; later: what numbers of some persons add to it."""
    days = {int(day), int(day) - later}
    months = {int(month), int(month) - later_month}
    for one in days:
        for in_month in months:
            try:
                date(2000 + int(year) % 100, in_month, one)
            except ValueError:
                continue
            return True
    return False


RULES: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(r"(?<!\d)(?:18|19|20)?\d{6}\s?[-+]?\s?\d{4}(?!\d)"), _swedish),
    (re.compile(r"(?<!\d)(?:19|20)\d{6}\s?-\s?\d{4}(?!\d)"), _born_in_full),
    (re.compile(r"(?<![\d-])\d{11}(?![\d-])"), _born_first),
    (re.compile(r"(?<!\d)\d\d\.?\d\d\.?\d\d[ -]?\d{3} ?\d\d(?!\d)"), _norwegian),
    (re.compile(r"(?<!\w)\d{6}[-+A-FU-Y]\d{3}[0-9A-Y](?!\w)"), _finnish),
    (re.compile(r"(?<!\d)[1-9]\d ?\d{3} ?\d{3} ?\d{3}(?!\d)"), _german),
    (re.compile(r"(?<!\w)\d\d ?\d{6} ?[A-Z] ?\d{3}(?!\w)"), _german_insurance),
    (
        re.compile(
            r"(?<!\w)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\d\d ?\d\d ?\d\d[ -]?[A-D](?!\w)"
        ),
        _always,
    ),
    (re.compile(r"(?<!\d)\d{3}[ -]\d{3}[ -]\d{4}(?!\d)"), _nhs),
    (re.compile(r"(?<!\d)\d{11}(?!\d)"), _polish),
    (re.compile(r"(?<!\d)\d\d\.?\d\d\.?\d\d[- ]?\d{3}[. -]?\d\d(?!\d)"), _belgian),
    (
        re.compile(r"(?<!\d)[12] ?\d\d ?[0-9]\d ?\d[\dAB] ?\d{3} ?\d{3} ?\d\d(?!\d)"),
        _french,
    ),
    (re.compile(r"(?<!\w)[XYZ\d]\d{7}[ -]?[A-Z](?!\w)"), _spanish),
    (re.compile(r"(?<!\w)[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z](?!\w)"), _always),
    (re.compile(r"(?<!\d)756[. ]?\d{4}[. ]?\d{4}[. ]?\d\d(?!\d)"), _swiss),
    (re.compile(r"(?<!\d)[1-9]\d{10}(?!\d)"), _turkish),
    (re.compile(r"(?<!\d)[1-6]\d{10}(?!\d)"), _baltic),
    (re.compile(r"(?<!\d)\d{6}/\d{4}(?!\d)"), _czech),
    (re.compile(r"(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\d-])"), _always),
)
