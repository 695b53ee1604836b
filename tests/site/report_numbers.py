"""All numbers of a built report: on its pages, in its PDF and in its number ledger."""

import copy
import csv
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path, PurePosixPath
from posixpath import normpath

from bs4 import BeautifulSoup
from pages import VOLUMES, own_pages, pages, pdf, pdf_texts, site, squeezed, words

LEDGER = "notebooks/93_number_ledger.html"
# the functions of the library are described by code and by the years of publications, on the
# website only; nothing there is said of the evaluation
API = "notebooks/95_api.html"
# the ledger lists the numbers of the others
NOT_COUNTED = (LEDGER, API)
# the pages that are not printed
SITE_ONLY = (*NOT_COUNTED, "notebooks/96_start_your_own.html")
# a fraction as one sign is a number too
NUMBER = re.compile(r"(\d+(?:[.,]\d+)*|[¼-¾⅐-⅞])(\s?%)?")
# how the report counts its own parts, and leads from one to another
OWN_NUMBERING = (
    "nav, .header-section-number, .chapter-number, a.quarto-xref, a.footnote-ref, a.footnote-back"
)
FLOAT = "div.quarto-float[id]"
CAPTION_NUMBER = re.compile(r"(?:Figur|Tabel|Figure|Table)\s[\dA-Z]+\.\d+: ")
REFERENCE_ON_PAPER = re.compile(
    r"\b(?:Figur|Tabel|Kapitel|Bilag|Figure|Table|Chapter|Appendix)\s(?:\d+|[A-Z])(?:\.\d+)*\b"
    r"|\([sp]\.\s\d+\)"  # the page that a link leads to
)
# on paper, a section of this report looks like one of the source
SECTION = re.compile(r"\b(?:Afsnit|Section)\s(?:\d+|[A-Z])(?:\.\d+)*\b")


def numbers(text: str, language: str) -> Counter:
    """The numbers in a text, as often as they stand there, in one notation: `1234`, `62.5%`."""
    thousands, decimal = (r"\.", ",") if language == "da" else (",", r"\.")
    found: Counter = Counter()
    for digits, sign in NUMBER.findall(text.replace("\u00a0", " ")):
        whole = re.sub(rf"(?<=\d){thousands}(?=\d{{3}}(?!\d))", "", digits)
        # a section number (3.3.2) is written alike in both languages
        found[re.sub(rf"^(\d+){decimal}(\d+)$", r"\1.\2", whole) + sign.strip()] += 1
    return found


def ledger(built: Path, language: str) -> list[dict[str, str]]:
    """The rows of the ledger: where each number stands, how it was made, what is behind it."""
    path = site(built, language) / f"downloads/number_ledger_{language}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows, path
    return rows


def book_order(every: dict[str, BeautifulSoup]) -> list[str]:
    """The paths of all pages of a report, in the order of the book."""
    return [normpath(link["href"]) for link in every["index.html"].select("a.sidebar-link")]


def chapter_pages(built: Path, language: str) -> dict[str, BeautifulSoup]:
    """The pages of a report but `NOT_COUNTED`, without what numbers the report's own parts, in the
    order of the book."""
    every = own_pages(built, language)
    found = {path: every[path] for path in book_order(every) if path not in NOT_COUNTED}
    for page in found.values():
        for tag in page.main.select(OWN_NUMBERING):
            tag.decompose()
        for caption in page.main.select("figcaption"):
            text = caption.find(string=True)
            text.replace_with(CAPTION_NUMBER.sub("", text, count=1))
    return found


def places(page: BeautifulSoup) -> dict[tuple[str, str], str]:
    """(anchor, kind) -> text: caption and cells or alternative text of tables and figures, the
    data under a figure, the cells of other tables by the anchor of their section, and the rest,
    which is prose."""
    page = copy.deepcopy(page)
    found = {}
    for tag in page.main.select(".figure-data"):
        values = tag.extract().select("tbody td[style*=right]")
        found[tag["id"].removeprefix("data-"), "data"] = " ".join(map(words, values))
    for tag in page.main.select(FLOAT):
        found[tag["id"], "caption"] = words(tag.figcaption.extract())
        images = [image["alt"] for image in tag.select("img:not(.figure-phone)")]
        kind = "alt" if images else "cells"
        found[tag["id"], kind] = " ".join([*images, words(tag.extract())])
    for tag in page.main.select("table"):
        anchor = tag.find_parent(id=True)["id"]
        found[anchor, "cells"] = words(tag.extract())
    page.main.select_one("#title-block-header").extract()
    found["", "prose"] = words(page.main)
    return found


def differences(
    page: BeautifulSoup, rows: list[dict[str, str]], language: str
) -> dict[tuple[str, str], Counter]:
    """By place, the numbers of a page that the ledger does not have there, and the reverse.

    rows: those of this page. An alternative text may say a number again, as how many answered
    stands before the answers and with each, or once for all bars, as how many did not.
    """
    shown = places(page)
    known = {place: Counter() for place in shown}
    for row in rows:
        kind = "prose" if not row["place"] else "cells" if row["column"] else "caption"
        if kind == "cells" and (row["place"], "alt") in shown:
            kind = "alt"
        kinds = [kind, "data"] if kind == "alt" else [kind]
        for each in kinds:
            place = (row["place"], each)
            known.setdefault(place, Counter()).update(numbers(row["value"], language))
    found = {}
    for place in known:
        there, listed = numbers(shown.get(place, ""), language), known[place]
        if place[1] == "alt":
            there = Counter({n: listed[n] if n in listed else there[n] for n in there})
        found[place] = (there - listed) + (listed - there)
    return {place: numbers for place, numbers in found.items() if numbers}


def rows_of(path: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows of the ledger for one page."""
    stem = PurePosixPath(path).stem
    return [row for row in rows if PurePosixPath(row["file"]).stem == stem]


def page_numbers(page: BeautifulSoup, language: str, kinds: tuple[str, ...]) -> Counter:
    """All numbers of a page in some kinds of places."""
    return shown_numbers(places(page), language, kinds)


def shown_numbers(
    shown: dict[tuple[str, str], str], language: str, kinds: tuple[str, ...]
) -> Counter:
    """The same of what `places` found on a page."""
    text = " ".join(text for (_, kind), text in shown.items() if kind in kinds)
    return numbers(SECTION.sub("", text), language)


def pdf_numbers(built: Path, language: str) -> dict[str, Counter]:
    """Page of the site -> all numbers in the text of its chapter in a PDF.

    Left out are the cover and the contents, running heads, page numbers, what numbers the report's
    own parts, and the marks of notes, which a PDF counts from its beginning.
    """
    every = pages(built, language)
    headings = [
        words(heading)
        for page in every.values()
        for heading in page.main.select("h2, h3")
        if heading.select(".header-section-number")
    ]
    printed = [_chapters(built, language, names) for names in VOLUMES]
    found, marks = {}, [0, 0]
    for path in book_order(every):
        title = squeezed(words(every[path].find_all("h1")[-1]))
        held = [
            (number, texts)
            for number, chapters in enumerate(printed)
            for name, texts in chapters.items()
            if title.endswith(name)
        ]
        if not held:
            continue
        number, texts = held[0]
        lines = []
        for at, text in enumerate(texts):
            # above the text is the running head, and on the first page the chapter's title too;
            # below it the page number
            above = 2 if at == 0 else 1
            lines += text.replace("\u00a0", " ").strip().split("\n")[above:-1]
        text = " ".join(" ".join(lines).split())
        for heading in headings:
            text = text.replace(heading, "", 1)
        found[path] = numbers(SECTION.sub("", REFERENCE_ON_PAPER.sub("", text)), language)
        # each note has a mark in the text and one below it
        for _ in every[path].main.select("#footnotes li"):
            marks[number] += 1
            found[path] -= Counter({str(marks[number]): 2})
    return found


def _chapters(built: Path, language: str, names: dict[str, str]) -> dict[str, list[str]]:
    """Title of a chapter without its number, see `squeezed` -> the texts of its pages in a PDF."""
    document, texts = pdf(built, language, names), pdf_texts(built, language, names)
    entries = [entry for entry in document.outline if not isinstance(entry, list)]
    starts = [document.get_destination_page_number(entry) for entry in entries]
    return {
        squeezed(re.sub(r"^[A-Z\d]+ ", "", entry.title)): texts[start:end]
        for entry, (start, end) in zip(entries, pairwise([*starts, len(texts)]), strict=True)
    }


def pdf_alternatives(built: Path, language: str) -> list[str]:
    """The alternative texts in the tags of both PDFs, in order."""

    def texts_in(node) -> list[str]:
        node = node.get_object()
        if isinstance(node, list):
            return [text for part in node for text in texts_in(part)]
        if not hasattr(node, "get"):
            return []
        own = [str(node["/Alt"])] if "/Alt" in node else []
        return own + (texts_in(node["/K"]) if "/K" in node else [])

    return [
        text
        for names in VOLUMES
        for text in texts_in(pdf(built, language, names).trailer["/Root"]["/StructTreeRoot"])
    ]
