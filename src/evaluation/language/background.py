"""Words of questions about who answers, such as their age or municipality: see background.yml."""

import re
import unicodedata
from functools import cache
from importlib import resources
from typing import Any

from ruamel.yaml import YAML

WORD = re.compile(r"[^\W_]+")
BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
OPENERS, NAMED, ASKED = "openers", "named", "asked"
# what a star alone stands for, in words that are parted by spaces
SOME_WORDS = r"(?:\w+ ){0,3}"


def about_respondent(text: str) -> str | None:
    """The words by which a question asks who answers, in small letters; None where it does not.

    text: the wording of a question, or its label.
    """
    words = _words(BRACKETED.sub(" ", text))
    if asked := _pattern(ASKED).search(words):
        return asked.group().strip()
    named = _openers().sub("", words)
    return named.strip() if _pattern(NAMED).fullmatch(named) else None


def _words(text: str) -> str:
    """The words of a text in small letters, each with a space behind it."""
    found = WORD.findall(unicodedata.normalize("NFC", text).casefold())
    return "".join(f"{word} " for word in found)


@cache
def _openers() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_any_of(_content()[OPENERS])})*")


@cache
def _pattern(section: str) -> re.Pattern[str]:
    """Any entry of a section, of all kinds of questions."""
    listed = ",".join(kind[section] for name, kind in _content().items() if name != OPENERS)
    return re.compile(rf"(?<!\w)(?:{_any_of(listed)})")


def _any_of(listed: str) -> str:
    entries = sorted({" ".join(entry.split()).casefold() for entry in listed.split(",")})
    # of two that begin alike the longer one first
    return "|".join(map(_expression, reversed(entries)))


def _expression(entry: str) -> str:
    """An entry of background.yml as a regular expression on words with a space behind each."""
    parts = []
    for word in entry.split():
        if word == "+":
            parts.append(".*(?<!\\w)")
        elif word == "*":
            parts.append(SOME_WORDS)
        else:
            end = r"\w*" if word.endswith("*") else ""
            parts.append(f"{re.escape(word.rstrip('*'))}{end} ")
    return "".join(parts)


@cache
def _content() -> Any:
    source = resources.files("evaluation.language").joinpath("background.yml")
    return YAML(typ="safe").load(source.read_text("utf-8"))
