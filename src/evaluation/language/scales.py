"""The order of answer options, from their wording: known scales, numbers and ranges of numbers."""

import re
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML

# what is left of an answer beside a scale without the words for who and what has so many letters
LETTERS = 3
# answers that are asked for again and again
KEPT = 4096
WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
# "3", "3 - enig", "3: enig", "3 (enig)"
NUMBERED = re.compile(r"(-?\d+)(?:\s*[-–.:(=]?\s+\D.*|\s*[-–:(]\D.*)?$")
# "18-29 år", "under 18", "65 år eller derover", "1.000-4.999 kr."
NUMBER = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d+")
NUMBER_BESIDE = re.compile(r"^-?\d{1,3}\s*[-–.:)=]\s*(?=[^\W\d])|(?<=[^\W\d])\s*\(-?\d{1,3}\)$")
# StronglyAgree is two words
JOINT = re.compile(r"(?<=[a-zæøåäöü])(?=[A-ZÆØÅÄÖÜ][a-zæøåäöü])")
# what is said to interviewers, or of who may give an answer
NOTE = re.compile(r"\([^()]*\)|\[[^][]*\]")
# the same where it is one word or shouted: (spontaneous), (DO NOT READ)
INSTRUCTION = re.compile(r"\((?:[^\W\d_]+|[^()a-zæøåäöü]+)\)|\[(?:[^\W\d_]+|[^][a-zæøåäöü]+)\]")
# what stands before a reason: N/A - did not attend
REASON = re.compile(r"\s+[-–—]\s+|:\s+")
# what joins answers beside a scale into one
JOINED = re.compile(
    r"\s*[/,;|]\s*|\s+(?:eller|or|oder|och|og|and|ou|y|of)\s+",
    re.IGNORECASE,
)
# N/A is one answer, and no two
ABBREVIATED = re.compile(r"\bn\s?/\s?a\b\.?", re.IGNORECASE)
# an answer beside the scale with what is said besides has so many words at most
EXPLAINED = 8
# a step of a scale of numbers, with the few words that it may have: a long number, or a number at
# the beginning of a sentence, is something else
STEP = re.compile(r"-?\d{1,3}(?:\s*(?:[-–:=]\s*(?P<words>\D+)|\((?:\D+)\)))?")
MOST_WORDS = 4
# a scale of numbers goes so far
STEPS = 10
AMOUNT = r"\d{1,3}(?:[. ]?\d{3})?(?: ?[^\W\d]+\.?)?"
RANGE = re.compile(
    r"(?:(?:under|over|mindre end|færre end|mere end|flere end|op til|mindst|højst|less than|"
    r"fewer than|more than|below|above|up to|at least|at most|mindre enn|mer enn|minst|høyst|"
    r"mindre än|mer än|högst|weniger als|mehr als|unter|über|bis|ca\.?|about) )?"
    rf"{AMOUNT}(?: ?(?:-|–|to|til|till|bis) ?{AMOUNT})?"
    r"(?: ?\+| (?:eller|or|og|and|oder|und|och) [^\W\d]+)?",
    re.IGNORECASE,
)
# what people have in mind who are neither for nor against, in the words of a label
BETWEEN = re.compile(
    r"(?:hverken|verken|varken) .+ eller .+|neither .+ n?or .+|weder .+ noch .+|ni .+ ni .+"
    r"|både .+ (?:og|och) .+|sowohl .+ als auch .+"
)
LEAST = re.compile(
    r"^(?:under|mindre end|færre end|op til|højst|less than|fewer than|below|up to|"
    r"at most|mindre enn|høyst|mindre än|högst)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=KEPT)
def is_beside(label: str) -> bool:
    """Whether an answer stands beside any scale: `Ved ikke`, `Not applicable`, or several of them
    in one: `Don't know/Refused`; what stands in brackets or behind a dash is a note, and so is what
    is no answer of its own: `Ved ikke/har ikke prøvet det`."""
    plain = NUMBER_BESIDE.sub("", NOTE.sub(" ", label).strip() or label)
    answer, *_ = REASON.split(plain)
    return _is_wholly_beside(answer) or _is_explained(answer)


def _is_wholly_beside(label: str) -> bool:
    return _says_nothing(label) or all(map(_says_nothing, _parts(label)))


def _is_explained(label: str) -> bool:
    first, *rest = _parts(label)
    answers = any(is_worded(part) and not _is_wholly_beside(part) for part in rest)
    return bool(rest) and _says_nothing(first) and not answers and len(label.split()) <= EXPLAINED


def _parts(label: str) -> list[str]:
    return JOINED.split(ABBREVIATED.sub("na", label))


def beside_of(labels: list[str]) -> set[str]:
    """Those of `labels` that stand beside the scale that the others are steps of.

    Besides what says so itself it is `Har ikke brugt det` beside a scale of satisfaction; `Ikke
    relevant` is a step below `Meget relevant`.
    """
    said = {label for label in labels if is_beside(label)}
    rest = [label for label in labels if label not in said]
    found = {label for label in said if not _by_degree([*rest, label])}
    untried = {label for label in rest if _is_untried(label)}
    if untried and ranks([label for label in rest if label not in untried]):
        found |= untried
    return found


def _is_untried(label: str) -> bool:
    """Whether an answer says that somebody has not tried what was asked about."""
    bare = _bare(_normal(label)) + " "
    return any(bare.startswith(f"{begin} ") for begin in _known()["untried"])


def _says_nothing(answer: str) -> bool:
    """Whether an answer is one of those beside any scale, whomever or whatever it says it of: `Kan
    ikke svare på det`, `Does not apply to my organisation`."""
    wording = _normal(answer)
    if wording in _known()["beside"]:
        return True
    # trifft zu is more than trifft
    return wording not in _known()["words"] and _bare(wording) in _known()["bare_beside"]


def _bare(wording: str) -> str:
    """A wording without the words for who answers and what was asked."""
    return _without(wording, _known()["said_of"])


def _without(wording: str, words: set[str]) -> str:
    return " ".join(word for word in wording.split() if word not in words)


def is_worded(label: str) -> bool:
    """Whether a text is an answer that surveys have in words: a step of a scale, yes, no, or one
    beside any scale. What somebody noted besides is none: `Ved ikke (spørg min leder)`."""
    plain = INSTRUCTION.sub(" ", label).strip() or label
    return _normal(label) in _known()["words"] or _is_wholly_beside(plain)


@lru_cache(maxsize=KEPT)
def is_known(label: str) -> bool:
    """The same, or a number of few digits, or a range of numbers."""
    text = label.strip()
    step = STEP.fullmatch(text)
    named = step is not None and (
        not step["words"] or len(step["words"].split()) <= MOST_WORDS or is_worded(step["words"])
    )
    return is_worded(label) or named or RANGE.fullmatch(text) is not None


def _on(name: str, labels: list[str]) -> list[int | None]:
    """The rank of each label on the scale of a name, None for one that is no step of it. What says
    that it is neither the one nor the other is the neutral step of any scale that has one."""
    steps, middle = _known()["scales"][name], _known()["neutral"].get(name)
    found = [steps.get(_normal(label)) for label in labels]
    if middle is None or steps[middle] in found:
        return found
    return [
        steps[middle] if rank is None and _is_between(label) else rank
        for rank, label in zip(found, labels, strict=True)
    ]


def _is_between(label: str) -> bool:
    """Whether an answer says that it is neither the one nor the other, or both, in whatever words:
    `Hverken godt eller skidt`, `Neither agree or disagree`."""
    wording = _normal(label)
    return wording in _known()["between"] or BETWEEN.fullmatch(wording) is not None


def on_one_scale(labels: list[str]) -> bool:
    """Whether two or more labels are all steps of one known scale."""
    return len({_normal(label) for label in labels}) > 1 and any(
        None not in _on(name, labels) for name in _known()["scales"]
    )


def neutral(labels: list[str]) -> set[int]:
    """The places of the options that are the neutral step of the scale of all `labels`."""
    for name, wording in _known()["neutral"].items():
        found = _on(name, labels)
        if None not in found:
            middle = _known()["scales"][name][wording]
            return {at for at, rank in enumerate(found) if rank == middle}
    return {at for at, label in enumerate(labels) if _by_degree(labels) and _is_between(label)}


def completed(labels: list[str]) -> list[str]:
    """The labels that a known scale has besides `labels`, which are two or more of its steps.

    Of several scales that have them all, it is the shortest and the first, unless these lack
    different steps. They are written with a capital letter where all of `labels` are.
    """
    wordings = {_normal(label) for label in labels}
    if len(wordings) < 2:
        return []
    if numbers := _numbers(labels):
        return [str(step) for step in range(min(numbers), max(numbers)) if step not in numbers]
    whole = _known()["complete"]
    if not any(wordings <= {*scale} for scale in whole):
        whole = [_with_middle(scale, labels) for scale in whole]
    fitting = [scale for scale in whole if wordings <= {*scale}]
    fewest = min(map(len, fitting), default=0)
    fitting = [scale for scale in fitting if len(scale) == fewest]
    # the steps that are missing, whatever words a scale has for them
    places = {
        tuple(at for at, step in enumerate(scale) if step not in wordings) for scale in fitting
    }
    if len(places) != 1:
        return []
    capital = all(label[:1].isupper() for label in labels)
    return [step.capitalize() if capital else step for step in fitting[0] if step not in wordings]


def _numbers(labels: list[str]) -> list[int]:
    """The numbers of a scale from 0 or 1 whose ends are worded and most of whose steps are there;
    none where the labels are no such scale."""
    matches = [NUMBERED.fullmatch(label.strip()) for label in labels]
    if not all(matches):
        return []
    numbers = [int(match[1]) for match in matches if match]
    worded = {number for number, label in zip(numbers, labels, strict=True) if not label.isdigit()}
    low, high = min(numbers), max(numbers)
    whole = low in (0, 1) and high <= STEPS and worded == {low, high}
    return numbers if whole and 2 * len({*numbers}) > high - low + 1 else []


def _with_middle(scale: list[str], labels: list[str]) -> list[str]:
    """A whole scale with its neutral step in the words that the labels have for it."""
    middle = next((_normal(label) for label in labels if _is_between(label)), None)
    if middle is None:
        return scale
    return [middle if _is_between(step) else step for step in scale]


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
    return _on_known_scale(labels) or _by_number(labels) or _by_degree(labels)


def _on_known_scale(labels: list[str]) -> list[int] | None:
    for name in _known()["scales"]:
        found = [rank for rank in _on(name, labels) if rank is not None]
        if len(set(found)) == len(labels):
            return found
    return None


def _by_degree(labels: list[str]) -> list[int] | None:
    """How much of one thing each of three or more labels says: `Very useful`, `Slightly useful`,
    `Not at all useful`; with its opposite, and what is neither: `Hverken tryg eller utryg`."""
    wordings = [_normal(label) for label in labels]
    between = [_is_between(label) for label in labels]
    degrees = [_degree(wording) for wording in wordings]
    of = {
        thing for (_, thing), middle in zip(degrees, between, strict=True) if thing and not middle
    }
    thing = min(of, key=len, default="")
    against = {prefix + thing for prefix in _known()["opposites"]} & of
    told = sum(bool(each) and rank != _known()["bare"] for rank, each in degrees) + len(against)
    if not thing or of - {thing} - against or len(against) > 1 or told < 2:
        return None
    if any(between) and not against:
        return None
    last = len(_known()["degrees"])
    found = [
        last if middle else 2 * last - rank if each in against else rank
        for (rank, each), middle in zip(degrees, between, strict=True)
    ]
    return found if len({*found}) == len(labels) > 2 else None


def _degree(wording: str) -> tuple[int, str]:
    """(the step of the words of degree that a wording begins with, what it is a degree of)."""
    for words, rank in _known()["degrees_by_length"]:
        if wording == words:
            return rank, ""
        if wording.startswith(f"{words} "):
            return rank, wording.removeprefix(f"{words} ")
    return _known()["bare"], wording


def _by_number(labels: list[str]) -> list[int] | None:
    """Numbers, also where the ends or all are worded: more is more."""
    matches = [match for label in labels if (match := NUMBERED.match(label.strip()))]
    if len(matches) < len(labels):
        return None
    numbers = [int(match.group(1)) for match in matches]
    if {high - low for low, high in pairwise(sorted(numbers))} != {1}:
        return None
    if _least_last(labels, numbers):
        return [number - min(numbers) for number in numbers]
    return [max(numbers) - number for number in numbers]


def _least_last(labels: list[str], numbers: list[int]) -> bool:
    """Whether the words beside some of the numbers say that the higher ones are less of it: from
    `1: Strongly agree` to `5: Strongly disagree`."""
    words = {number: _normal(label) for number, label in zip(numbers, labels, strict=True)}
    worded = [words[number] for number in sorted(words) if not words[number].isdigit()]
    for steps in _known()["scales"].values():
        found = [steps[word] for word in worded if word in steps]
        if len(found) > 1 and len(found) == len(worded):
            return found == sorted(found)
    return False


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
    """The words of a label in small letters, without the number that a form puts before them or
    behind: `4: Enig`, `Agree (4)`."""
    label = NUMBER_BESIDE.sub("", label.strip())
    return " ".join(WORDS.findall(JOINT.sub(" ", label).casefold().replace("’", "'")))


@cache
def _known() -> dict[str, Any]:
    source = resources.files("evaluation.language").joinpath("scales.yml")
    content = YAML(typ="safe").load(source.read_text("utf-8"))

    def wordings(line: str) -> list[str]:
        return [_normal(wording) for wording in line.split(",")]

    scales = {
        name: {wording: rank for rank, line in enumerate(steps) for wording in wordings(line)}
        for name, steps in content["scales"].items()
    }
    beside = {wording for line in content["beside"] for wording in wordings(line)}
    beside |= {
        f"{begin} {end}"
        for words in content["unwilling"]
        for begin in wordings(words["begins"])
        for end in wordings(words["ends"])
    }
    degrees = [wordings(line) for line in content["degrees"]]
    by_length = sorted(
        ((words, rank) for rank, step in enumerate(degrees) for words in step if words),
        key=lambda each: -len(each[0]),
    )
    said_of = {word for line in content["said_of"] for word in wordings(line)}

    common = {wording for line in content["common"] for wording in wordings(line)}
    between = {wording for line in content["between"] for wording in wordings(line)}
    pairs = {_normal(word) for words in content["pairs"] for word in words}
    return {
        "beside": beside,
        "bare_beside": {bare for each in beside if len(bare := _without(each, said_of)) > LETTERS},
        "said_of": said_of,
        "untried": [wording for line in content["untried"] for wording in wordings(line)],
        "degrees": degrees,
        "degrees_by_length": by_length,
        "bare": degrees.index([""]),
        "opposites": content["opposites"],
        "between": between,
        "scales": scales,
        "words": common.union(pairs, between, *scales.values()),
        "neutral": content["neutral"],
        "complete": content["complete"],
        "yes": {_normal(word) for word in content["pairs"][0]},
        "no": {_normal(word) for word in content["pairs"][1]},
    }
