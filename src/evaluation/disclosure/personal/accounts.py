"""Accounts at a bank: IBAN, payment cards, and numbers behind the word for an account."""

import re
from collections.abc import Iterator

from evaluation.disclosure.personal.found import Found
from evaluation.disclosure.personal.national import luhn
from evaluation.language.identifying import any_of

KIND = "account"
IBAN = re.compile(
    r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,4})?(?!\w)", re.IGNORECASE
)
CARD = re.compile(r"(?<!\d)[3-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?!\d)")
NORWEGIAN = re.compile(r"(?<!\d)\d{4}[. ]\d\d[. ]\d{5}(?!\d)")
NORWEGIAN_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
HEADED = re.compile(
    rf"(?<!\w){any_of('account')}(?!\w)(?:\W{{1,3}}{any_of('linking')}(?!\w)){{0,2}}\W{{0,4}}"
    r"(?P<number>\d(?:(?:[ .-]|, )?\d){3,19})(?!\w)",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:19|20)\d\d")


def find(text: str) -> Iterator[Found]:
    """Accounts and cards in a plain text."""
    for match in IBAN.finditer(text):
        if _obeys(re.sub(r"\s", "", match.group()).upper()):
            yield Found(KIND, match.start(), match.end())
    for match in CARD.finditer(text):
        if luhn(re.sub(r"\D", "", match.group())):
            yield Found(KIND, match.start(), match.end())
    for match in NORWEGIAN.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        weighted = zip(digits, NORWEGIAN_WEIGHTS, strict=True)
        if sum(int(digit) * weight for digit, weight in weighted) % 11 == 0:
            yield Found(KIND, match.start(), match.end())
    for match in HEADED.finditer(text):
        if not YEAR.fullmatch(match.group("number")):
            yield Found(KIND, match.start("number"), match.end("number"))


def _obeys(iban: str) -> bool:
    """Whether the check digits of an IBAN are right: ISO 7064, mod 97, 10."""
    return int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 == 1
