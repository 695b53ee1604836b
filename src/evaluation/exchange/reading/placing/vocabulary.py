"""The words of headings, in the languages of the surveys that are read: see words.yml."""

import re
from functools import cache
from importlib import resources
from itertools import zip_longest
from typing import Any

from ruamel.yaml import YAML

# StartDate and IPAddress are two words each, start_date too
JOINTS = re.compile(r"(?<=[a-zæøåäöü])(?=[A-ZÆØÅÄÖÜ])|(?<=[A-Z])(?=[A-Z][a-zæøåäöü])|_")
WORDS = re.compile(r"[^\W_]+")
DIGITS = "0123456789"
# 0-10, 1 to 5
SCALE = re.compile(r"\b[01] ?(?:-|–|to|til|till|bis|à) ?(?:[5-9]|10)\b")
# so long a word may be part of a compound
COMPOUND = 5
# a heading of so many words may ask for one person
ASKED = 6


def words(heading: str) -> list[str]:
    """The words of a heading in small letters; names of variables fall apart into theirs."""
    return WORDS.findall(JOINTS.sub(" ", heading).casefold())


def named(heading: list[str], section: str) -> str | None:
    """The kind of the longest phrase of a section of words.yml in a heading, None without one."""
    found = [
        (len(phrase), kind)
        for kind, phrases in _sections()[section].items()
        for phrase in phrases
        if _stands_in(phrase, heading)
    ]
    return max(found)[1] if found else None


def is_wholly(heading: list[str], section: str) -> str | None:
    """The kind of a phrase that the heading is, but for numbers."""
    plain = tuple(filter(None, (word.rstrip(DIGITS) for word in heading)))
    return next((kind for kind, phrases in _sections()[section].items() if plain in phrases), None)


def is_part(heading: list[str], section: str) -> bool:
    """Whether a word of a heading is one of a section, or a longer one begins with it."""
    return any(
        word == phrase[0] or (len(phrase[0]) >= COMPOUND and word.startswith(phrase[0]))
        for (_, phrases) in _sections()[section].items()
        for phrase in phrases
        if len(phrase) == 1
        for word in heading
    )


def asks_one(heading: list[str]) -> bool:
    """Whether a heading asks for one person in a role: `Din socialrådgiver`, `Which tutor?`."""
    if not heading or len(heading) > ASKED or (heading[0],) not in _sections()["which"]["which"]:
        return False
    # a volunteer, and no volunteer work
    persons = [
        word
        for word, after in zip_longest(heading[1:3], heading[2:4])
        if after is None
        or (after,) in _sections()["had"]["had"]
        or (after,) in _sections()["which"]["which"]
    ]
    return any(map(is_role, persons))


def is_role(word: str) -> bool:
    """Whether a word says what a person is to somebody: a teacher, a school nurse."""
    small = word.casefold()
    return any(
        small.endswith(role) if len(role) >= COMPOUND else small == role
        for (role,) in _sections()["roles"]["roles"]
    )


def is_numbered(heading: list[str]) -> bool:
    """Whether a heading ends as one of the number of something: `Medarb.nr.`, `Kundenummer`."""
    ends = [end for (end,) in _sections()["numbers"]["numbers"]]
    return bool(heading) and (
        (len(heading) > 1 and heading[-1] in ends)
        or any(len(end) >= COMPOUND and heading[-1].endswith(end) for end in ends)
    )


def is_first_name(word: str) -> bool:
    return word.casefold() in _first_names()


def asks_scale(heading: str) -> bool:
    """Whether a question speaks of a scale or a ranking, which numbers are steps of."""
    return named(words(heading), "scale") is not None or SCALE.search(heading) is not None


def asks_amount(heading: str) -> bool:
    """Whether a question is about an amount of money that people have in a year or month."""
    return named(words(heading), "amounts") is not None


def asks_day(heading: str) -> bool:
    """Whether a question asks for a day."""
    return named(words(heading), "days") is not None


def is_status(cell: str) -> bool:
    """Whether a cell is what tools write of a response: how far it is, or where it came from."""
    told = words(cell)
    return any(map(str.isdigit, cell)) or is_wholly(told, "status_cells") is not None


def is_device(cell: str) -> bool:
    """Whether a cell names what somebody answered on."""
    return named(words(cell), "device_cells") is not None


def _stands_in(phrase: tuple[str, ...], heading: list[str]) -> bool:
    if len(phrase) == 1 and len(phrase[0]) >= COMPOUND:
        part = phrase[0]
        return any(word.startswith(part) or word.endswith(part) for word in heading)
    size = len(phrase)
    return any(tuple(heading[at : at + size]) == phrase for at in range(len(heading) - size + 1))


@cache
def _sections() -> dict[str, dict[str, set[tuple[str, ...]]]]:
    """Section -> kind -> its phrases; a section without kinds has one of its own name."""

    def phrases(lines: list[str]) -> set[tuple[str, ...]]:
        return {tuple(words(each)) for line in lines for each in line.split(",")}

    return {
        section: {kind: phrases(lines) for kind, lines in content.items()}
        if isinstance(content, dict)
        else {section: phrases(content)}
        for section, content in _content("words.yml").items()
    }


@cache
def _first_names() -> frozenset[str]:
    return frozenset(name for line in _content("first_names.yml") for name in line.split())


def _content(file: str) -> Any:
    source = resources.files("evaluation.exchange.reading.placing").joinpath(file)
    return YAML(typ="safe").load(source.read_text("utf-8"))
