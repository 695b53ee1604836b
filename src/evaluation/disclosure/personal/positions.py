"""Coordinates of places on earth, in degrees with decimals, minutes or seconds."""

import re
from collections.abc import Iterator

from evaluation.disclosure.personal.found import Found

KIND = "position"
POINTS = re.compile(
    r"(?<![\d.,-])(-?\d{1,2}\.\d{4,8})(?:\s?°?\s?[NS]\b)?[\s,;/]{1,3}(?:[a-z]{3,9}\W{1,2})?"
    r"(-?\d{1,3}\.\d{4,8})(?:\s?°?\s?[EWØOV]\b)?(?!\d|\.\d)"
)
COMMAS = re.compile(
    r"(?<![\d.,-])(-?\d{1,2},\d{4,8})(?:\s?°?\s?[NS]\b)?(?:\s|;\s?|\s?/\s?)"
    r"(-?\d{1,3},\d{4,8})(?:\s?°?\s?[EWØOV]\b)?(?!\d|,\d)"
)
PART = (
    r"\d{1,3}\s?°\s?(?:\d{1,2}(?:[.,]\d+)?\s?['′]\s?)?(?:\d{1,2}(?:[.,]\d+)?\s?(?:[\"″”]|'')\s?)?"
)
DEGREES = re.compile(rf"(?<!\d){PART}[NS],?\s?{PART}[EWØOVL](?!\w)")
DECIMAL_DEGREES = re.compile(
    r"(?<!\d)\d{1,2}[.,]\d{2,8}\s?°\s?[NS],?\s?\d{1,3}[.,]\d{2,8}\s?°\s?[EWØOV](?!\w)"
)
LETTER_FIRST = re.compile(
    r"(?<!\w)[NS]\s?\d{1,2}[°\s.]\s?\d{1,2}(?:[.,]\d+)?'?[,\s]{1,2}[EWØO]\s?\d{1,3}[°\s.]\s?"
    r"\d{1,2}(?:[.,]\d+)?'?(?!\w)"
)
NEAREST = 10  # degrees from the equator; smaller pairs are shares and p-values


def find(text: str) -> Iterator[Found]:
    """Coordinates in a plain text."""
    for pattern in (POINTS, COMMAS):
        for match in pattern.finditer(text):
            north, east = (float(part.replace(",", ".")) for part in match.groups())
            if NEAREST <= abs(north) <= 90 and abs(east) <= 180:
                yield Found(KIND, match.start(), match.end())
    for pattern in (DEGREES, DECIMAL_DEGREES, LETTER_FIRST):
        for match in pattern.finditer(text):
            yield Found(KIND, match.start(), match.end())
