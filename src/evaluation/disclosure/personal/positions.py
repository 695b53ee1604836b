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
# by the letter or the word of a direction, with few decimals too
LETTERED = re.compile(
    r"(?<!\w)[NS]\s?\d{1,2}[.,]\d{2,8}\W{1,3}[EWØO]\s?\d{1,3}[.,]\d{2,8}(?!\d)"
    r"|(?<!\w)(?i:lat(?:itude)?|breddegrad|breitengrad)\W{0,3}-?\d{1,2}[.,]\d{1,8}\W{1,4}"
    r"(?i:lon(?:g(?:itude)?)?|lng|længdegrad|lengdegrad|längengrad)\W{0,3}-?\d{1,3}[.,]\d{1,8}"
)
# an address of a map that shows a place
MAP = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:[\w-]{1,30}\.){0,3}(?:maps?|goo\.gl|openstreetmap|waze)[\w.-]{0,30}/"
    r"[^\s,]{0,200}?-?\d{1,2}\.\d{2,8}(?:,|%2C|/)-?\d{1,3}\.\d{2,8}\S{0,200}",
    re.IGNORECASE,
)
# a square of the military grid, and a code of a place that maps give
GRID = re.compile(
    r"(?<!\w)\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z]{2}\d{6,10}(?!\w)"
    r"|(?<!\w)[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(?!\w)"
)
NEAREST = 10  # degrees from the equator; smaller pairs are shares and p-values


def find(text: str) -> Iterator[Found]:
    """Coordinates in a plain text."""
    for pattern in (POINTS, COMMAS):
        for match in pattern.finditer(text):
            north, east = (float(part.replace(",", ".")) for part in match.groups())
            if NEAREST <= abs(north) <= 90 and abs(east) <= 180:
                yield Found(KIND, match.start(), match.end())
    for pattern in (DEGREES, DECIMAL_DEGREES, LETTER_FIRST, LETTERED, MAP, GRID):
        for match in pattern.finditer(text):
            yield Found(KIND, match.start(), match.end())
