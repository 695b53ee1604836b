"""What a reader of a rendered book finds where: the same description whichever tool rendered it.

Texts have single ordinary blanks, except page titles and captions, whose no-break spaces are kept.
Links are paths from the top of the site.
"""

import re
from collections import Counter
from pathlib import Path
from posixpath import normpath
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from bs4 import BeautifulSoup
from pages import numbers, search_records, words
from pdf_text import printed

NOT_SHOWN = re.compile(r"display:\s*none")
# a word, and the sign of where it is broken
WORD = re.compile(r"(\w+)([\u00ad\u2010]|-(?=\s))?")
# what depends on where pages end: the number below a page, those of the contents and of links
PAGE_NUMBER = re.compile(r"\n\d+\s*$|(?:\s*\.){3,}\s*\d+|\([sp]\.\s\d+\)")
BLANKS = re.compile(r"[ \n]+")
CALLOUTS = ("note", "tip", "important", "warning", "caution")


def described(site: Path) -> dict:
    """Path -> description of every page: those of the book in its order, then any others."""
    order = [entry["page"] for entry in sidebar(site)]
    every = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    paths = dict.fromkeys([*order, *every])
    return {path: _described(_page(site, path), path) for path in paths}


def language(site: Path) -> str:
    return _page(site, "index.html").html["lang"]


def sidebar(site: Path) -> list[dict]:
    """The chapters that the contents beside every page name, and the group they are in."""
    entries = []
    for link in _page(site, "index.html").select("#quarto-sidebar a.sidebar-link[href]"):
        target = _target(link, "index.html")
        if not target.endswith(".html"):
            continue  # the title of a group, which opens and closes it
        entry = {"page": target, "text": words(link)}
        group = link.find_parent("li", class_="sidebar-item-section")
        if group is not None:
            entry["group"] = words(group.select_one(".sidebar-section-title, .menu-text"))
        entries.append(entry)
    return entries


def pdf_texts(site: Path) -> dict[str, str]:
    """Name -> words of each PDF, without the numbers of its pages."""
    return {
        path.name: " ".join(PAGE_NUMBER.sub(" ", page.text) for page in printed(path))
        for path in sorted(site.glob("*.pdf"))
    }


def searched(site: Path) -> list[tuple]:
    """What the search finds: each place, what it is called, and in which turn it is shown."""
    return [
        (normpath(record["href"]), record["title"], record["section"], record["turn"])
        for record in search_records(site)
    ]


def _page(site: Path, path: str) -> BeautifulSoup:
    return BeautifulSoup((site / path).read_text("utf-8"), "lxml")


def _described(page: BeautifulSoup, path: str) -> dict:
    main = page.select_one("main")
    title = main.select_one("h1.title")
    anchor = title.select_one(".quarto-section-identifier[id]")
    notes = main.select_one("#footnotes")
    contents = page.select_one("#toc-title")
    found = {
        "title": BLANKS.sub(" ", page.title.get_text()).strip(" "),
        "about": _about(page),
        "heading": {"id": anchor["id"]} if anchor else {},
        "headings": [_heading(tag) for tag in _headings(main)],
        "floats": [_float(tag) for tag in main.select("div.quarto-float[id]")],
        "references": [[words(a), _target(a, path)] for a in main.select("a.quarto-xref")],
        "callouts": [_callout(tag) for tag in main.select(".callout")],
        "citations": [
            [_close(tag), *(_target(link, path) for link in tag.select("a"))]
            for tag in main.select("span.citation")
        ],
        "notes": [_note(tag) for tag in notes.select("li")] if notes else [],
        "works": [tag["id"] for tag in main.select("#refs:not([style]) .csl-entry")],
        "links": [[words(a), _target(a, path)] for a in main.select("p > a:not([class])")],
        "contents": contents and words(contents),
        "listed": [[words(a), _target(a, path)] for a in page.select("nav#TOC a")],
        "previous": _neighbour(page, "previous", path),
        "next": _neighbour(page, "next", path),
        "frames": [[frame["class"], frame["aria-label"]] for frame in main.select(".table-scroll")],
        "said": [*filter(None, map(_close, _seen(main.select("p, li, td, th"))))],
        "text": _close(main),
    }
    found["heading"]["text"] = words(title)
    return found


class Said(NamedTuple):
    """What a PDF says: its words, the first parts of those that a line or page breaks, whose other
    parts are among the words, and how often it gives each count and percentage."""

    words: set[str]
    broken: set[str]
    numbers: Counter

    def says(self, word: str) -> bool:
        if word in self.words or word in self.broken:
            return True
        return any(
            word.startswith(part) and word[len(part) :] in self.words for part in self.broken
        )

    def does_not_say(self, other: "Said") -> set[str]:
        """The words of another PDF that this one does not say, wherever either breaks them."""
        return {
            word
            for word in other.words
            if not self.says(word) and not any(self.says(part + word) for part in other.broken)
        }


def said_in_pdf(text: str) -> Said:
    """What a PDF says, wherever its pages break and its floats stand. What follows a broken word is
    not always its other part: a note or a figure may stand between."""
    text = text.replace("\u00a0", " ").replace("\u2060", "")
    words, broken = set(), set()
    for word, hyphen in WORD.findall(text):
        (broken if hyphen else words).add(word)
    told = numbers(re.sub(r"[\u00ad\u2010]\s*", "", text))
    return Said(words, broken, Counter([*told["counts"], *told["percentages"]]))


def _about(page: BeautifulSoup) -> dict[str, str]:
    """What a page says of itself to those who find or share it."""
    told = {
        tag.get("name") or tag.get("property"): tag["content"]
        for tag in page.head.select("meta[name=description], meta[property^=og]")
    }
    return told | {"icon": page.head.select_one("link[rel=icon]")["href"]}


def _seen(tags) -> list:
    """The elements that are not there for scripts only."""
    return [tag for tag in tags if not (tag.find_parent("nav") or tag.find_parent(style=NOT_SHOWN))]


def _close(tag) -> str:
    """The text of an element as it is read: markup within a word sets no blank."""
    return " ".join(tag.get_text("").replace("\u00a0", " ").split())


def _target(link, path: str) -> str:
    target = unquote(urljoin(f"/{path}", link["href"]))
    return f"/{path}{target}".lstrip("/") if target.startswith("#") else target.lstrip("/")


def _headings(main) -> list:
    return [
        tag
        for tag in main.select("h1, h2, h3, h4, h5, h6")
        if "title" not in tag.get("class", []) and tag.get("id") != "toc-title"
    ]


def _heading(tag) -> dict:
    section = tag.find_parent("section")
    number = tag.select_one(".header-section-number")
    found = {"level": int(tag.name[1]), "id": tag.get("id") or section["id"]}
    if number is not None:
        found["number"] = words(number.extract())
    return {**found, "text": words(tag)}


def _float(tag) -> dict:
    caption = tag.select_one("figcaption")
    found = {
        "id": tag["id"],
        "caption": BLANKS.sub(" ", caption.get_text("")).strip(" "),
        "place": "above" if caption.find_next_sibling() else "below",
    }
    image = tag.select_one("img")
    return {**found, "alt": image["alt"]} if image else found


def _callout(tag) -> dict:
    for hidden in tag.select(".screen-reader-only"):
        hidden.extract()
    found = {
        "kind": next(kind for kind in CALLOUTS if f"callout-{kind}" in tag["class"]),
        "title": words(tag.select_one(".callout-title-container")),
        "text": words(tag.select_one(".callout-body")),
    }
    folded = tag.name == "details" or tag.select_one(".callout-collapse")
    return {**found, "folded": True} if folded else found


def _note(tag) -> str:
    tag.select_one("a.footnote-back").extract()
    return _close(tag)


def _neighbour(page: BeautifulSoup, side: str, path: str) -> list[str] | None:
    link = page.select_one(f".nav-page-{side} a")
    return [words(link.select_one(".nav-page-text")), _target(link, path)] if link else None
