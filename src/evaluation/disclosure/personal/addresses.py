"""Addresses: a road and a number, a postcode and a town, a box."""

import re
from collections.abc import Iterator

from evaluation.disclosure.personal.found import Found
from evaluation.language.identifying import any_of, words

KIND = "address"
NUMBER = (
    r"(?:\s?(?:nr|no)\.?)?\s?\d{1,4}(?:[A-Za-zÆØÅ](?!\w)|\s(?-i:[A-HJ-Z])(?!\w))?"
    r"(?!\d|[.,:]\d|\s?[%°])"
)
FLOOR = (
    r"(?:,?\s(?:(?:st|kl|th|tv|mf)\b\.?|\d{1,2}\.?\s?(?:sal|tr|th|tv|mf|etg|og)\b\.?"
    r"|\d{1,2}\.?(?=,?\s\d{4}))(?:,?\s(?:th|tv|mf|dør \d+)\b\.?)?)?"
)
TOWN = rf"(?-i:{any_of('towns')})(?!\w)(?:\s(?-i:[A-ZÆØÅ]{{1,2}})(?!\w))?"
COUNTRY = r"(?:(?:DK|SE|S|NO|N|DE|D|NL|FI|CH|AT|A)[- ])?"
POSTCODE = r"(?:\d{3} ?\d{2}|\d{4}(?: ?[A-Z]{2})?)"
BEHIND = (
    rf"{FLOOR}(?:[,\s]\s?{COUNTRY}{POSTCODE}\s(?-i:[^\W\d_][\w.-]+)"
    r"(?:\s(?-i:[A-ZÆØÅ]{1,2})(?!\w))?)?"
)
ROAD = re.compile(
    rf"(?<!\w)(?P<road>(?:(?-i:[A-ZÆØÅÄÖ])[\w'.]*\s){{0,3}}?"
    rf"(?:(?P<compound>[^\W\d_][\w-]*?{any_of('road_endings')}\.?"
    rf"|(?-i:[^\W\d_a-zæøåäöü])[\w-]+?{any_of('road_endings_capital')}\.?)"
    rf"|(?!{any_of('not_named')}\s)(?-i:[A-ZÆØÅÄÖÜ])[\w'.]*\s{any_of('road_words')}\.?))"
    rf"\s?(?P<number>{NUMBER}){BEHIND}",
    re.IGNORECASE,
)
# any name, where a postcode and a town follow
WITH_PLACE = re.compile(
    rf"(?<!\w)[A-ZÆØÅÄÖÜ][\w'.]*(?:\s[A-ZÆØÅÄÖÜ][\w'.]*){{0,3}}\s\d{{1,4}}[A-Za-z]?{FLOOR},\s"
    rf"{COUNTRY}{POSTCODE}\s[A-ZÆØÅÄÖÜ][\w.-]+(?:\s[A-ZÆØÅ]{{1,2}}(?!\w))?"
)
ENGLISH = re.compile(
    rf"(?<![\w.,])\d{{1,4}}[A-Za-z]?\s(?:[A-Z][\w'.]*\s){{1,3}}{any_of('road_english')}(?![\w])"
)
# a number and a road in the Romance languages
ROMANCE = re.compile(
    rf"(?<![\w.,])\d{{1,4}}(?: ?(?:bis|ter|[A-D]))?,?\s{any_of('road_first')}\.?\s"
    rf"(?:(?:de|du|des|la|le|les|del|di)\s|d'|l'){{0,3}}(?-i:[A-ZÀ-Þ])[\w'-]+(?:\s(?-i:[A-ZÀ-Þ])[\w'-]+)*"
    rf"(?:,?\s\d{{5}}\s(?-i:[A-ZÀ-Þ])[\w-]+)?",
    re.IGNORECASE,
)
BRITISH = re.compile(r"(?<!\w)(?:[A-Z][a-z]+,?\s)?[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?!\w)")
PLACE = re.compile(rf"(?<![\w.,])(?:{COUNTRY}{POSTCODE})\s{TOWN}")
COUNTRY_PLACE = re.compile(r"(?<!\w)(?:DK|SE|S|NO|N|DE|D|NL|FI|CH|A)-\d{4,5}\s[A-ZÆØÅÄÖÜ][\w-]+")
BOX = re.compile(rf"(?<!\w){any_of('box')}\s?\d+", re.IGNORECASE)
BEFORE_NUMBER = re.compile(r"([^\W\d_][\w.]*)\s?(?:(?:nr|no)\.?\s?)?(?<!\d)\d", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")
COUNTED = re.compile(rf"\s?{any_of('units')}(?!\w)", re.IGNORECASE)


def find(text: str) -> Iterator[Found]:
    """Addresses in a plain text."""
    none = set(words("no_road"))
    for match in ROAD.finditer(text) if _has_road(text) else ():
        compound = (match.group("compound") or "").casefold().rstrip(".")
        if compound not in none and not COUNTED.match(text[match.end("number") :]):
            yield Found(KIND, match.start(), match.end())
    for pattern in (WITH_PLACE, ROMANCE, BRITISH, COUNTRY_PLACE, BOX):
        for match in pattern.finditer(text):
            yield Found(KIND, match.start(), match.end())
    for match in ENGLISH.finditer(text):
        # "3 High Street shops": what is counted
        if not re.match(r"\s(?!and\b|in\b|is\b)[a-z]", text[match.end() :]):
            yield Found(KIND, match.start(), match.end())
    for match in PLACE.finditer(text):
        if not YEAR.match(match.group()) or "Frederiksberg" in match.group():
            yield Found(KIND, match.start(), match.end())


def _has_road(text: str) -> bool:
    """Whether a word that may be a road's stands before a number."""
    endings = (*words("road_endings"), *words("road_endings_capital"), *words("road_words"))
    before = (word.casefold().rstrip(".") for word in BEFORE_NUMBER.findall(text))
    return any(word.endswith(endings) for word in before)
