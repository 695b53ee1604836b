"""Citations of a book: made in one go, so that a work is called the same on every page."""

import json
import re
from collections.abc import Iterator
from typing import Any

from evaluation.publish.embedded import pandoc
from evaluation.publish.embedded.book import Book
from evaluation.publish.embedded.crossref import NBSP, is_reference

NO_BREAK = {"t": "Str", "c": NBSP}
ABBREVIATION = re.compile(r"[^\W\d_]{1,5}\.")
WORKS = "refs"  # the id of the Div that holds the list of works


def citations(blocks: list[Any]) -> list[Any]:
    """The citations of works in some blocks, in the order of `with_works`."""
    found: list[Any] = []

    def keep(node: dict[str, Any]) -> dict[str, Any]:
        if not is_reference(node):
            found.append(node)
        return node

    pandoc.rebuild(blocks, {"Cite": keep})
    return found


def cited(book: Book, pages: list[list[Any]]) -> tuple[list[list[Any]], list[Any]]:
    """The citations of each page as they read, and the list of the works.

    Raises InputError for a citation whose key is not in the bibliography.
    """
    if not book.bibliography:
        return pages, []
    options = [
        "--citeproc",
        f"--bibliography={book.root / book.bibliography}",
        "--metadata=link-citations:true",
    ]
    together = [{"t": "Para", "c": [cite]} for page in pages for cite in page]
    place = {"t": "Div", "c": [[WORKS, [], []], []]}
    text = pandoc.write(
        [*together, place],
        "json",
        "the report",
        options,
        {"lang": pandoc.meta(book.language)},
    )
    *read, works = json.loads(text)["blocks"]
    each = iter(read)
    return [[next(each)["c"][0] for _ in page] for page in pages], [works]


def joined(node: Any) -> Any:
    """A citation whose lines do not break between an abbreviation and its number: `afs. 3.4`."""
    if isinstance(node, dict):
        return {name: joined(part) for name, part in node.items()}
    if not isinstance(node, list):
        return node
    parts = [joined(part) for part in node]
    return [NO_BREAK if _parts_a_number(parts, at) else part for at, part in enumerate(parts)]


def _parts_a_number(parts: list[Any], at: int) -> bool:
    around = [part.get("c") for part in parts[at - 1 : at + 2] if isinstance(part, dict)]
    if parts[at] != {"t": "Space"} or len(around) != 3:
        return False
    before, _, after = map(str, around)
    return bool(ABBREVIATION.fullmatch(before)) and after[0].isdigit()


def with_works(blocks: list[Any], read: list[Any], works: list[Any]) -> list[Any]:
    """Blocks with their citations as they read, and the list of works where it has its place."""
    each: Iterator[Any] = iter(read)
    return pandoc.rebuild(
        blocks,
        {
            "Cite": lambda node: node if is_reference(node) else joined(next(each)),
            "Div": lambda node: works if works and _holds_works(node) else node,
        },
    )


def lists_works(blocks: list[Any]) -> bool:
    """Whether the list of works has its place among some blocks."""
    divs = [block for block in blocks if block["t"] == "Div"]
    return any(_holds_works(div) or lists_works(div["c"][1]) for div in divs)


def _holds_works(div: dict[str, Any]) -> bool:
    return bool(div["c"][0][0] == WORKS)
