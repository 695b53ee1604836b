"""Telephone numbers, as people in Denmark and abroad write them.

What looks like one is taken for one, unless the signs around it tell what else it is: years, days,
times, amounts, measures, ranges of round numbers, marks in a row.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import phonenumbers

from evaluation.disclosure.personal.found import Found
from evaluation.language.identifying import any_of

KIND = "phone"
REGION = "DK"  # where a telephone number without a country code is read as belonging
ABROAD = ("SE", "NO", "DE", "GB", "NL", "FI")  # and where next
INTERNATIONAL = re.compile(
    r"(?<![\d+])(?:\((?:\+|00)[1-9]\d{0,2}\)|(?:\+|00 ?)[1-9]\d{0,2})"
    r"(?:[\s()./-]{0,3}\d){6,13}(?!\d)"
)
HOME = re.compile(r"(?<!\d)(?<!\d[.,/-])(?:45[ -]?)?\d(?:[ ./-]?\d){7}(?![.,/-]?\d)(?![^\W\d_])")
# with the zero before an area, which Danish numbers have not
WITH_ZERO = re.compile(
    r"(?<!\d)(?<!\d[.,/-])(?:\(0[1-9]\d{0,4}\)|0[1-9]\d{0,4})(?:[ /.-]{0,2}\d){5,10}"
    r"(?![.,/-]?\d)(?![^\W\d_])"
)
# three, three and four digits, as in America
AMERICAN = re.compile(
    r"(?<![\d.,/-])(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d([-.]))\d{3}[-. ]\d{4}(?![\d-]|[.,]\d)"
)
HEADED = re.compile(rf"(?<![^\W\d_]){any_of('phone')}\W{{0,4}}$", re.IGNORECASE)
PUBLIC = re.compile(rf"(?<!\w){any_of('public')}\W{{0,4}}[\d-]{{0,14}}$", re.IGNORECASE)
MONEY_BEFORE = re.compile(rf"(?:(?<!\w)|(?<=\W)){any_of('currencies')}\.?\s?$", re.IGNORECASE)
MONEY_AFTER = re.compile(rf"\s?(?:[%€$£°]|{any_of('units')}(?!\w))", re.IGNORECASE)
YEAR = r"(?:19|20)\d\d"
TIME = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
DAY = r"(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])"
ELSE = re.compile(
    rf"{YEAR}\W{{1,3}}{YEAR}|\d\d?([-./])\d\d?\1{YEAR}|{YEAR}([-./ ])\d\d?\2\d\d?"
    rf"|{TIME} ?[-/] ?{TIME}|{DAY}\.? ?[-/] ?{DAY}|\d\d?\d?(?:[ .]\d{{3}})* ?000"
)


def find(text: str) -> Iterator[Found]:
    """Telephone numbers in a plain text."""
    for match in INTERNATIONAL.finditer(text):
        if _is_valid(match.group(), REGION) or "+" in match.group():
            yield Found(KIND, match.start(), match.end())
    for match in AMERICAN.finditer(text):
        yield Found(KIND, match.start(), match.end())
    for match in WITH_ZERO.finditer(text):
        if ELSE.fullmatch(match.group()):
            continue
        if any(_is_valid(match.group(), region) for region in ABROAD):
            yield Found(KIND, match.start(), match.end())
    for match in HOME.finditer(text):
        before, behind = text[max(0, match.start() - 30) : match.start()], text[match.end() :]
        headed = HEADED.search(before)
        # "tlf40123456", but not the digits in a name of a file
        if PUBLIC.search(before) or (re.search(r"\w$", before) and not headed):
            continue
        number = match.group()
        if sum(map(str.isdecimal, number)) == 10:  # with the country code
            number = number[2:].strip(" -")
        is_number = headed or not _is_else(number, before, behind)
        if is_number and any(_is_valid(number, region) for region in (REGION, "NO")):
            yield Found(KIND, match.start(), match.end())


def is_number(digits: str) -> bool:
    """Whether a cell that holds a number may hold a Danish telephone number."""
    return digits.isdecimal() and len(digits) in (8, 10) and _is_valid(digits[-8:], REGION)


def _is_else(number: str, before: str, behind: str) -> bool:
    """Whether the eight digits are something else: see the module."""
    if ELSE.fullmatch(number) or MONEY_BEFORE.search(before) or MONEY_AFTER.match(behind):
        return True
    groups = re.findall(r"\d+", number)
    if len(groups) > 4 or (len(groups) == 1 and _is_day(number)):
        return True
    values = [int(group) for group in groups]
    steps = {high - low for low, high in pairwise(values)}
    # 40 50 60 70, and 2500-3000
    return (len(values) > 2 and len(steps) == 1) or (
        len(values) == 2 and all(value % 100 == 0 for value in values)
    )


def _is_day(digits: str) -> bool:
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2099
    except ValueError:
        return False


def _is_valid(number: str, region: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False
