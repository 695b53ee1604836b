"""Numbers under which an authority, a club or a firm keeps somebody: behind their names."""

import re
from collections.abc import Iterator

from evaluation.disclosure.personal.found import Found
from evaluation.language.identifying import any_of

KIND = "case_number"
HEADED = re.compile(
    rf"(?<!\w){any_of('case')}(?!\w)(?:\W{{1,3}}{any_of('linking')}(?!\w)"
    # "my case number at the council is …"
    rf"|(?:\s\w+){{1,3}}\s{any_of('linking')}(?!\w)){{0,2}}\W{{0,4}}"
    r"(?P<number>(?-i:[A-ZÆØÅa-z]{0,4}[ -]?)\d[\w]*(?:(?:[./-]|\s(?=[A-Z]{0,2}\s?\d))[\w]+)*)",
    re.IGNORECASE,
)
# a year and a number, or a sign for the number: "sag 2023-14567", "case #44123"
NUMBERED = re.compile(
    rf"(?<!\w){any_of('case_year')}\W{{1,2}}"
    r"(?P<number>(?:19|20)?\d\d[-/]\d{3,}(?:[-/]\d+)?|#\s?\d{4,})(?!\w)",
    re.IGNORECASE,
)
DIGITS = 3  # fewer tell which item of a list it is


def find(text: str) -> Iterator[Found]:
    """Numbers of cases, members, customers, patients, passports in a plain text."""
    for match in HEADED.finditer(text):
        if sum(sign.isdecimal() for sign in match.group("number")) >= DIGITS:
            yield Found(KIND, match.start("number"), match.end("number"))
    for match in NUMBERED.finditer(text):
        yield Found(KIND, match.start("number"), match.end("number"))
