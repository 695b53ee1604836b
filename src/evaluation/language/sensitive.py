"""Words that touch what is nobody else's business, in the texts of questions: see sensitive.yml."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from ruamel.yaml import YAML

WORD = re.compile(r"[^\W_]+")
HARMLESS, ANYWHERE, ASKED, NAMED = "harmless", "anywhere", "asked", "named"
# words that come again and again
KEPT = 1 << 14

# words that follow each other, as sensitive.yml writes them, and several of these in one text
Run = tuple[str, ...]
Entry = tuple[Run, ...]


def touching(text: str, *, asked: bool) -> str | None:
    """The words by which a text touches such a thing, in small letters; None where it does not.

    asked: whether it is the text of a question, and not of one of its options.
    """
    words = _words(text)
    fitting = [_patterns(word) for word in words]
    for spans in list(_found(HARMLESS, fitting)):
        for start, end in spans:
            fitting[start:end] = [frozenset()] * (end - start)
    found = list(_found(ANYWHERE, fitting))
    if asked:
        found += _found(ASKED, fitting)
        found += [spans for spans in _found(NAMED, fitting) if spans == [(0, len(words))]]
    if not found:
        return None
    return " … ".join(" ".join(words[start:end]) for start, end in min(found))


def _words(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFC", text).casefold())


def _found(section: str, fitting: list[frozenset[str]]) -> Iterator[list[tuple[int, int]]]:
    """Where each entry of a section stands among words: the start and the end of its runs."""
    for pattern in frozenset().union(*fitting):
        for entry in _entries(section).get(pattern, ()):
            places = [_place(run, fitting) for run in entry]
            if None not in places:
                yield sorted(place for place in places if place)


def _place(run: Run, fitting: list[frozenset[str]]) -> tuple[int, int] | None:
    for start in range(len(fitting) - len(run) + 1):
        if all(word in fitting[start + at] for at, word in enumerate(run)):
            return start, start + len(run)
    return None


@lru_cache(maxsize=KEPT)
def _patterns(word: str) -> frozenset[str]:
    """What sensitive.yml may write for a word: itself, or a part of it with stars."""
    size = len(word)
    begins = {f"{word[:end]}*" for end in range(1, size + 1)}
    ends = {f"*{word[start:]}" for start in range(size)}
    parts = {f"*{word[at:end]}*" for at in range(size) for end in range(at + 1, size + 1)}
    return frozenset({word} | begins | ends | parts) & _known()


@cache
def _known() -> frozenset[str]:
    """Every word that sensitive.yml writes."""
    return frozenset(
        word
        for section in (HARMLESS, ANYWHERE, ASKED, NAMED)
        for entries in _entries(section).values()
        for entry in entries
        for run in entry
        for word in run
    )


@cache
def _entries(section: str) -> dict[str, list[Entry]]:
    """The entries of a section, by their first word."""
    content = _content()
    listed = (
        [content[HARMLESS]]
        if section == HARMLESS
        else [
            kind[section] for name, kind in content.items() if name != HARMLESS and section in kind
        ]
    )
    by_first: dict[str, list[Entry]] = defaultdict(list)
    for written in ",".join(listed).split(","):
        entry = tuple(tuple(run.casefold().split()) for run in written.split("+"))
        by_first[entry[0][0]].append(entry)
    return by_first


@cache
def _content() -> Any:
    source = resources.files("evaluation.language").joinpath("sensitive.yml")
    return YAML(typ="safe").load(source.read_text("utf-8"))
