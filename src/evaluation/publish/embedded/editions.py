"""A book in one format, ready to be written chapter by chapter.

A chapter is a text until it is written, and again afterwards: the tree of a long one takes much
memory, so that no more of them are there than are worked on.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, TypeVar

from evaluation.notebook.cachekey import library_digest
from evaluation.publish.embedded import pandoc
from evaluation.publish.embedded.blocks import visible
from evaluation.publish.embedded.book import Book
from evaluation.publish.embedded.citations import citations, cited, lists_works, with_works
from evaluation.publish.embedded.crossref import (
    Page,
    Target,
    number_pages,
    numbered,
    outline,
    resolve_references,
)
from evaluation.publish.embedded.kept import Kept, digest

Made = TypeVar("Made")


@dataclass(frozen=True)
class Chapter:
    """A chapter of an edition. `blocks` makes what it holds below its title, and `made_of` is the
    digest of all that this depends on."""

    page: Page
    blocks: Callable[[], list[Any]]
    made_of: str


@dataclass(frozen=True)
class Edition:
    """The chapters of a book in a format, and what they refer to."""

    book: Book
    words: dict[str, str]
    chapters: tuple[Chapter, ...]
    targets: dict[str, Target]

    @property
    def pages(self) -> list[Page]:
        return [chapter.page for chapter in self.chapters]


def edition(
    book: Book, texts: Sequence[str], words: dict[str, str], writer: str, kept: Kept
) -> Edition:
    """The edition of a book for one of pandoc's writers, html or typst.

    texts: the Markdown of each page; words: of the book's language; kept: what is known of them.
    Raises InputError for what is no chapter, and for references and citations that lead nowhere.
    """

    def shown(place: int) -> list[Any]:
        blocks = pandoc.blocks(
            kept.get(names[place], partial(_parsed, texts[place], places[place]))
        )
        return visible(blocks, book.language, writer)

    def looked_through(place: int) -> dict[str, Any]:
        def look() -> dict[str, Any]:
            blocks = shown(place)
            return {"outline": outline(blocks), "citations": citations(blocks)}

        found: dict[str, Any] = kept.value(digest("looked through", names[place], *format), look)
        return found

    def blocks(place: int) -> list[Any]:
        content = numbered(pages[place], shown(place))
        content = resolve_references(pages[place], content, targets, words, html=writer == "html")
        return with_works(content, read[place], works)

    places, format = book.pages, (book.language, writer)
    names = [digest("parsed", library_digest(), text) for text in texts]
    found = each(looked_through, len(places))
    kinds = ["chapter"] * len(book.chapters) + ["appendix"] * len(book.appendices)
    outlines = [part["outline"] for part in found]
    pages, targets = number_pages(list(zip(places, kinds, outlines, strict=True)))
    read, works = _citations(book, [part["citations"] for part in found], kept)
    common = digest(
        {name: asdict(target) for name, target in targets.items()},
        *((page.file, page.title_id) for page in pages),
        *(format, words),
    )
    made_of = [
        digest(names[place], common, asdict(page), read[place], lists_works(part) and works)
        for place, (page, part) in enumerate(zip(pages, outlines, strict=True))
    ]
    chapters = (
        Chapter(page, partial(blocks, place), made_of[place]) for place, page in enumerate(pages)
    )
    return Edition(book, words, tuple(chapters), targets)


def _parsed(text: str, file: str) -> bytes:
    return pandoc.parsed(text, file).encode()


def _citations(book: Book, asked: list[list[Any]], kept: Kept) -> tuple[list[list[Any]], list[Any]]:
    works = (book.root / book.bibliography).read_text("utf-8") if book.bibliography else ""
    name = digest("citations", library_digest(), asked, works, book.language)
    read, listed = kept.value(name, lambda: cited(book, asked))
    return read, listed


def each(make: Callable[[int], Made], number: int) -> list[Made]:
    """What `make` makes of each place, several at once."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(make, range(number)))
