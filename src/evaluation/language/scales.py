"""The order of answer options, from their wording: known scales, numbers and ranges of numbers."""

import re
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML

WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
# "3", "3 - enig", "3: enig", "3 (enig)"
NUMBERED = re.compile(r"(-?\d+)(?:\s*[-–.:(=]?\s+\D.*|\s*[-–:(]\D.*)?$")
# "18-29 år", "under 18", "65 år eller derover", "1.000-4.999 kr."
NUMBER = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d+")
LEAST = re.compile(
    r"^(?:under|mindre end|færre end|op til|højst|less than|fewer than|below|up to|"
    r"at most|mindre enn|høyst|mindre än|högst)\b",
    re.IGNORECASE,
)


def is_beside(label: str) -> bool:
    """Whether an answer stands beside any scale: `Ved ikke`, `Not applicable`."""
    return _normal(label) in _known()["beside"]


def is_yes(label: str) -> bool:
    """Whether an answer is the affirmative one of two."""
    return _normal(label) in _known()["yes"]


def is_no(label: str) -> bool:
    """Whether an answer is the negative one of two."""
    return _normal(label) in _known()["no"]


def ranks(labels: list[str]) -> list[int] | None:
    """The rank of each option on its scale, 0 = the most; None where no order is recognised.

    labels: the options without those beside the scale. An order is recognised where three or more
    are all steps of one known scale, or numbers in a row.
    """
    if len(labels) < 3 or len(set(labels)) < len(labels):
        return None
    return _on_known_scale(labels) or _by_number(labels)


def _on_known_scale(labels: list[str]) -> list[int] | None:
    wordings = [_normal(label) for label in labels]
    for steps in _known()["scales"]:
        found = [steps.get(wording) for wording in wordings]
        if None not in found and len(set(found)) == len(found):
            return found
    return None


def _by_number(labels: list[str]) -> list[int] | None:
    """Numbers, also where the ends or all are worded: more is more."""
    matches = [match for label in labels if (match := NUMBERED.match(label.strip()))]
    if len(matches) < len(labels):
        return None
    numbers = [int(match.group(1)) for match in matches]
    steps = {high - low for low, high in pairwise(sorted(numbers))}
    return [max(numbers) - number for number in numbers] if steps == {1} else None


def places(labels: list[str]) -> list[int] | None:
    """The place of each option among ranges of numbers, such as ages or amounts, the lowest first;
    None where they are none, or overlap."""
    spans = [span for label in labels if (span := _span(label))]
    if len(spans) < max(2, len(labels)):
        return None
    ordered = sorted(spans)
    if any(low[1] > high[0] for low, high in pairwise(ordered)):
        return None
    return [ordered.index(span) for span in spans]


def _span(label: str) -> tuple[float, float] | None:
    numbers = [float(re.sub(r"\D", "", number)) for number in NUMBER.findall(label)]
    if len(numbers) == 2 and numbers[0] < numbers[1]:
        return numbers[0], numbers[1]
    if len(numbers) != 1:
        return None
    if LEAST.match(label.strip()):
        return float("-inf"), numbers[0]
    return numbers[0], numbers[0] + 0.5 if _is_bare(label) else float("inf")


def _is_bare(label: str) -> bool:
    """A number alone or with one word after it (`3`, `3 timer`), which is no open end."""
    return len(WORDS.findall(label)) <= 2


def _normal(label: str) -> str:
    return " ".join(WORDS.findall(label.casefold().replace("’", "'")))


@cache
def _known() -> dict[str, Any]:
    source = resources.files("evaluation.language").joinpath("scales.yml")
    content = YAML(typ="safe").load(source.read_text("utf-8"))

    def wordings(line: str) -> list[str]:
        return [_normal(wording) for wording in line.split(",")]

    return {
        "beside": {wording for line in content["beside"] for wording in wordings(line)},
        "scales": [
            {wording: rank for rank, line in enumerate(steps) for wording in wordings(line)}
            for steps in content["scales"].values()
        ],
        "yes": {_normal(word) for word in content["pairs"][0]},
        "no": {_normal(word) for word in content["pairs"][1]},
    }
