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
from evaluation.publish.embedded.volumes import PREFACE, Volume, volumes, whole

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
    volume: Volume

    @property
    def pages(self) -> list[Page]:
        return [chapter.page for chapter in self.chapters]


class Reading:
    """A book as one of pandoc's writers, html or typst, shows it: what its pages hold, and how they
    are numbered."""

    def __init__(self, book: Book, texts: Sequence[str], writer: str, kept: Kept):
        """texts: the Markdown of each page; kept: what is known of them.

        Raises InputError for what is no chapter, and for a label that is used twice.
        """
        self.book, self.writer, self.kept = book, writer, kept
        self._texts = texts
        self.names = [digest("parsed", library_digest(), text) for text in texts]
        self._found = each(self._looked_through, len(texts))
        kinds = ["chapter"] * len(book.chapters) + ["appendix"] * len(book.appendices)
        outlines = [part["outline"] for part in self._found]
        self.pages, self.targets = number_pages(list(zip(book.pages, kinds, outlines, strict=True)))

    def shown(self, place: int) -> list[Any]:
        """The blocks of a page, with its title."""
        text, file = self._texts[place], self.book.pages[place]
        parsed = self.kept.get(self.names[place], partial(_parsed, text, file))
        return visible(pandoc.blocks(parsed), self.book.language, self.writer)

    def citations(self, place: int) -> list[Any]:
        found: list[Any] = self._found[place]["citations"]
        return found

    def lists_works(self, place: int) -> bool:
        return lists_works(self._found[place]["outline"])

    def _looked_through(self, place: int) -> dict[str, Any]:
        def look() -> dict[str, Any]:
            blocks = self.shown(place)
            return {"outline": outline(blocks), "citations": citations(blocks)}

        name = digest("looked through", self.names[place], self.book.language, self.writer)
        found: dict[str, Any] = self.kept.value(name, look)
        return found


def edition(reading: Reading, words: dict[str, str], volume: Volume | None = None) -> Edition:
    """The edition of a book as it was read: all its pages, or those of a PDF.

    words: of the book's language. Raises InputError for references and citations that lead nowhere.
    """
    book, kept, html = reading.book, reading.kept, reading.writer == "html"
    volume = volume or whole(book)
    held = [place for place, page in enumerate(reading.pages) if page.file in volume.pages]
    hrefs = {reading.pages[place].href for place in held}
    targets = {name: target for name, target in reading.targets.items() if target.page in hrefs}
    elsewhere = volume.elsewhere
    read, works = _citations(book, [reading.citations(place) for place in held], kept)
    # as citeproc does where a text has no place for the works
    unplaced = volume.brief and not any(reading.lists_works(place) for place in held)

    def blocks(place: int, read: list[Any]) -> list[Any]:
        page = reading.pages[place]
        content = numbered(page, reading.shown(place))
        content = resolve_references(page, content, targets, words, html=html, elsewhere=elsewhere)
        shown = with_works(content, read, works)
        return [*shown, *works] if unplaced and place == held[-1] else shown

    common = digest(
        {name: asdict(target) for name, target in targets.items()},
        {name: asdict(place) for name, place in elsewhere.items()},
        *((page.file, page.title_id) for page in reading.pages),
        *(book.language, reading.writer, words, unplaced and works),
    )
    chapters = [
        Chapter(
            reading.pages[place],
            partial(blocks, place, told),
            digest(
                reading.names[place],
                common,
                asdict(reading.pages[place]),
                told,
                reading.lists_works(place) and works,
            ),
        )
        for place, told in zip(held, read, strict=True)
    ]
    if volume.preface:
        chapters.insert(0, _preface(volume.preface))
    return Edition(book, words, tuple(chapters), targets, volume)


def volumes_of(reading: Reading, words: dict[str, str]) -> list[Volume]:
    """The PDFs of a book as it was read for Typst; words: of the book's language."""
    files = list(enumerate(reading.book.pages))
    return volumes(
        reading.book,
        reading.pages,
        reading.targets,
        words,
        {file for place, file in files if reading.lists_works(place)},
        {file for place, file in files if reading.citations(place)},
    )


def _preface(text: str) -> Chapter:
    title, *blocks = pandoc.parse(text, PREFACE)
    page = Page(PREFACE, "chapter", None, title["c"][2], "")
    return Chapter(page, lambda: blocks, digest("preface", text))


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
