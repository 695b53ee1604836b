"""Pages that Quarto has rendered, with what those of the embedded renderer have: tables in frames,
notes at numbers, the search, what a page says of itself, and a link to the same page in the other
language."""

import os
import re
from collections.abc import Collection
from html import escape, unescape
from pathlib import Path
from typing import Any

from evaluation.base.markdown import metadata
from evaluation.publish import scripted
from evaluation.publish.embedded import html, pandoc, search
from evaluation.publish.embedded.book import Book, read_book
from evaluation.publish.embedded.description import description
from evaluation.publish.embedded.editions import each
from evaluation.publish.embedded.kept import Kept, digest
from evaluation.publish.embedded.words import words_of
from evaluation.publish.framed import framed
from evaluation.publish.language_switch import to_same_page

# what is known of the pages from one rendering to the next, below the staged project
KEPT = "reports/kept"
# where Quarto says what it has rendered, a file a line
RENDERED = "QUARTO_PROJECT_OUTPUT_FILES"
# the chapters in Quarto's side bar, above which the search stands
CHAPTERS = '<div class="sidebar-menu-container">'
PAGE_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
# the front page has its title below that of the book
HEADINGS = (
    re.compile(r'<section [^>]*class="level1[^>]*>\s*<h1[^>]*>(.*?)</h1>', re.DOTALL),
    re.compile(r'<h1 class="title">(.*?)</h1>', re.DOTALL),
)
MAIN = re.compile(
    r'<header id="title-block-header".*?</header>(.*?)(?=<nav class="page-navigation"|</main>)',
    re.DOTALL,
)
# whatever it warns of has come well through Quarto
READING = ["--quiet", "-f", "html", "-t", "json"]
TAG = re.compile(r"<[^>]*>")
PLACE = re.compile(r'\bid="((?:sec|fig|tbl)-(?:(?!-caption-)[^"])+)"')


def finish(root: Path, output: Path, book: Book, rendered: Collection[Path] | None = None) -> None:
    """Finish the pages of a site.

    root: the staged project; output: the folder of the site; rendered: the pages that were rendered
    now, all of them where it is None.
    """
    now = [*output.rglob("*.html")] if rendered is None else rendered
    if not now:
        return
    words, kept = words_of(book.language, book.words), Kept(root / KEPT)
    for path in now:
        href = path.relative_to(output).as_posix()
        text = _with_its_title(path.read_text("utf-8"), book)
        path.write_text(framed(to_same_page(text, href), words), "utf-8")
    there = [file for file in book.pages if (output / html.page_of(file)).is_file()]
    texts = [(output / html.page_of(file)).read_text("utf-8") for file in there]
    known = each(lambda at: _known(texts[at], html.page_of(there[at]), book, kept), len(there))
    for file, text, said in zip(there, texts, known, strict=True):
        if output / html.page_of(file) in now:
            told = _told(text, html.page_of(file), said["description"], book, words)
            (output / html.page_of(file)).write_text(told, "utf-8")
    records = [(file, said["records"]) for file, said in zip(there, known, strict=True)]
    places = {
        place: html.page_of(file)
        for file, text in zip(there, texts, strict=True)
        for place in PLACE.findall(text)
    }
    files = search.files(book, records, places) | {scripted.FILE: scripted.script(words)}
    # of its own search, which would stay as it is
    (output / "search.json").unlink(missing_ok=True)
    for name, text in files.items():
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_text(text, "utf-8")


def finish_rendered(root: Path, language: str) -> None:
    """Finish the pages that Quarto has rendered in the current folder, which it runs this in.

    root: the folder of the evaluation that is previewed there; language: of the edition.
    """
    book, staged = read_book(root, language), Path.cwd()
    names = os.environ[RENDERED].splitlines()
    pages = [staged / name for name in names if name.endswith(".html")]
    finish(staged, staged / book.output, book, pages)


def _with_its_title(text: str, book: Book) -> str:
    """Quarto reads a book's title as Markdown, but not in the titles of the chapters' pages."""
    said, meant = escape(metadata(book.title), quote=False), escape(book.title, quote=False)
    return text.replace(said, meant)


def _known(text: str, href: str, book: Book, kept: Kept) -> dict[str, Any]:
    """What is known of a page by its HTML: its first sentence, and its records for the search."""
    heading = next(filter(None, (pattern.search(text) for pattern in HEADINGS)), None)
    title = unescape(TAG.sub("", heading[1])) if heading else book.title
    main = MAIN.search(text)
    body = main[1] if main else ""

    def look() -> dict[str, Any]:
        read = pandoc.blocks(pandoc.run(READING, body, href))
        blocks = _flat(pandoc.rebuild(read, {"Image": lambda _: [], "Span": _seen}))
        return {
            "description": description(blocks, book.subtitle),
            "records": search.records(href, title, blocks, book.language),
        }

    found: dict[str, Any] = kept.value(digest("page", href, title, body, book.subtitle), look)
    return found


def _flat(blocks: list[Any]) -> list[Any]:
    """Blocks with the headings of sections among them, each with the anchor of its section."""
    found = []
    for block in blocks:
        if not _is_section(block):
            found.append(block)
            continue
        (anchor, _, _), (heading, *rest) = block["c"]
        level, (_, classes, _), content = heading["c"]
        if level > 1:
            # its number is part of its text
            found.append({"t": "Header", "c": [level, [anchor, classes, []], content]})
        found += _flat(rest)
    return found


def _seen(span: dict[str, Any]) -> Any:
    """A part of a line that is not there for screen readers alone."""
    return [] if "screen-reader-only" in span["c"][0][1] else span


def _is_section(block: dict[str, Any]) -> bool:
    if block["t"] != "Div":
        return False
    (_, classes, _), inside = block["c"]
    return "section" in classes and bool(inside) and inside[0]["t"] == "Header"


def _told(text: str, href: str, said: str, book: Book, words: dict[str, str]) -> str:
    """A page that tells what it is, and has the search above its chapters."""
    title = PAGE_TITLE.search(text)
    # by which the scripts find the top of the site: Quarto says it for its own search only
    head = f'<meta name="quarto:offset" content="{html.up(href)}">\n'
    head += html.about(unescape(title[1]) if title else book.title, href, said, book.language)
    for name in (scripted.FILE, search.SCRIPT):
        head += f'<script src="{html.up(href)}{name}" defer></script>\n'
    text = text.replace("</head>", f"{head}</head>", 1)
    return text.replace(CHAPTERS, html.search_box(words) + CHAPTERS, 1)
