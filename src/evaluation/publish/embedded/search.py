"""What the search of a site knows: the text of each section, and how words are inflected.

The script of the pages, `search.js`, finds by it. A word is found by its root, the part of it that
its inflections share, also within a compound.
"""

import json
import re
from collections.abc import Iterable
from importlib import resources
from itertools import takewhile
from typing import Any

import snowballstemmer

from evaluation.publish.embedded import pandoc
from evaluation.publish.embedded.book import Book
from evaluation.publish.embedded.crossref import NBSP

STEMMERS = {"da": "danish", "en": "english"}
WORD = re.compile(r"[^\W\d_]+")
# shorter ones say too little of a word
SHORTEST = 3
SCRIPT, INDEX = "site_libs/search.js", "site_libs/search-index.js"


def records(href: str, title: str, blocks: list[Any], language: str) -> list[dict[str, Any]]:
    """One record a section of a page, and one for what stands before the first.

    href, title: of the page, with its number; blocks: what it holds below its title; language: of
    the book. What is written in another language is left out, and a section that holds nothing
    else.
    """
    sections: list[tuple[str, str, list[Any]]] = [(href, "", [])]
    for block in blocks:
        if block["t"] == "Header":
            _, (identifier, _, attributes), content = block["c"]
            number = dict(attributes).get("number")
            heading = pandoc.plain(content).strip()
            if number:
                heading = f"{number}{NBSP} {heading}"
            sections.append((f"{href}#{identifier}", heading, []))
        else:
            sections[-1][2].append(block)
    found = []
    for place, heading, content in sections:
        own = _own(content, language)
        if own or not content:
            text = pandoc.unbroken(pandoc.plain(own))
            section = pandoc.unbroken(heading)
            found.append(
                {"href": place, "title": pandoc.unbroken(title), "section": section, "text": text}
            )
    return found


def files(
    book: Book, pages: list[tuple[str, list[dict[str, Any]]]], places: dict[str, str]
) -> dict[str, str]:
    """Path -> text of the script and the index of a site; the arguments are those of `index`."""
    code = resources.files("evaluation.publish").joinpath("templates", "search.js")
    # a script, since a page opened from disk may not fetch a file
    known = f"window.SEARCH_INDEX = {index(book, pages, places)};\n"
    return {SCRIPT: code.read_text("utf-8"), INDEX: known}


def index(book: Book, pages: list[tuple[str, list[dict[str, Any]]]], places: dict[str, str]) -> str:
    """The index of a site as JSON.

    pages: the file of each, with its records; places: the page of each anchor that can be referred
    to, by which an address that names one on a page that it has left leads to where it is now.
    `turn` of a record tells in which turn its page is shown: chapters first, then the appendices of
    the report, and last what is there to look things up in.
    """
    all_records = [
        {**record, "turn": _turn(book, file)} for file, found in pages for record in found
    ]
    texts = (record[part] for record in all_records for part in ("title", "section", "text"))
    roots, endings = inflections(texts, book.language)
    known = {"records": all_records, "roots": roots, "endings": endings, "places": places}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"))


def inflections(texts: Iterable[str], language: str) -> tuple[list[str], list[str]]:
    """The roots of all words of some texts, and the endings that these words have, sorted."""
    stemmer = snowballstemmer.stemmer(STEMMERS[language])
    words = sorted({word for text in texts for word in WORD.findall(text.lower())})
    forms: dict[str, list[str]] = {}
    for word, stem in zip(words, stemmer.stemWords(words), strict=True):
        # the stem of `community` and `communities` is `communiti`: words begin with less of it
        forms.setdefault(stem, []).append(word)
    roots, endings = set(), set()
    for stem, found in forms.items():
        root = _beginning([stem, *found])
        if len(root) >= SHORTEST:
            roots.add(root)
            endings |= {word.removeprefix(root) for word in found}
    return sorted(roots), sorted(endings)


def _beginning(words: list[str]) -> str:
    """What all of some words begin with."""
    return "".join(
        signs[0]
        for signs in takewhile(lambda signs: len(set(signs)) == 1, zip(*words, strict=False))
    )


def _turn(book: Book, file: str) -> int:
    if file in book.chapters:
        return 0
    return 2 if file in {*book.annexes, *book.site_only} else 1


def _own(node: Any, language: str) -> Any:
    """A tree without what says that it is in another language."""
    if isinstance(node, list):
        return [_own(item, language) for item in node if not _is_foreign(item, language)]
    if isinstance(node, dict):
        return {name: _own(part, language) for name, part in node.items()}
    return node


def _is_foreign(node: Any, language: str) -> bool:
    if not isinstance(node, dict) or node.get("t") not in ("Div", "Span"):
        return False
    return dict(node["c"][0][2]).get("lang", language) != language
