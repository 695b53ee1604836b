"""Reading a built report: its pages, its words and its numbers."""

import json
import re
from functools import cache, lru_cache
from pathlib import Path

from bs4 import BeautifulSoup
from pdf_text import Printed
from pdf_text import printed as pages_of
from pypdf import PdfReader

COUNT = re.compile(r"\b(\d+) (?:af|of) (\d+)\b")
PERCENT = re.compile(r"\b(\d+)\s?%")
PDF = {"da": "Evaluering-af-ALLIANCEN.pdf", "en": "Evaluation-of-ALLIANCEN.pdf"}
ANNEXES = {
    "da": "Evaluering-af-ALLIANCEN-Data-og-bilag.pdf",
    "en": "Evaluation-of-ALLIANCEN-Data-and-annexes.pdf",
}
# what both volumes have is printed once more on a page
PAGE = {
    "da": "Evaluering-af-ALLIANCEN-På-én-side.pdf",
    "en": "Evaluation-of-ALLIANCEN-On-one-page.pdf",
}
VOLUMES = (PDF, ANNEXES)


def site(folder: Path, language: str) -> Path:
    return folder / "reports" / "site" / language


def pages(folder: Path, language: str) -> dict[str, BeautifulSoup]:
    """Path below the site -> parsed page, which tests only read: parsing all takes seconds."""
    root = site(folder, language)
    return _parsed(root, tuple(path.stat().st_mtime_ns for path in sorted(root.rglob("*.html"))))


def own_pages(folder: Path, language: str) -> dict[str, BeautifulSoup]:
    """As `pages`, for a test that changes them."""
    root = site(folder, language)
    found = {
        path.relative_to(root).as_posix(): BeautifulSoup(path.read_text("utf-8"), "lxml")
        for path in sorted(root.rglob("*.html"))
    }
    assert found, root
    return found


@lru_cache(maxsize=2)
def _parsed(root: Path, saved: tuple[int, ...]) -> dict[str, BeautifulSoup]:
    """saved: when each page was, so that what a build has changed is parsed again."""
    return own_pages(root.parents[2], root.name)


def words(element) -> str:
    """The text of an element on one line, with ordinary blanks."""
    return " ".join(element.get_text(" ").replace("\u00a0", " ").split())


def search_records(root: Path) -> list[dict]:
    """What the search of a site knows of each section."""
    script = (root / "site_libs/search-index.js").read_text("utf-8")
    return json.loads(script.removeprefix("window.SEARCH_INDEX = ").rstrip(";\n"))["records"]


def squeezed(text: str) -> str:
    """Text without blanks and hyphens: where a line breaks is no matter."""
    return re.sub(r"[\s\u00ad-]", "", text)


def pdf(folder: Path, language: str, names: dict[str, str] = PDF) -> PdfReader:
    """A PDF of the report; names: the file in each language."""
    return PdfReader(site(folder, language) / names[language])


@cache
def _printed(path: Path) -> list[Printed]:
    return pages_of(path)


def printed(folder: Path, language: str, names: dict[str, str] = PDF) -> list[Printed]:
    """The pages of a PDF."""
    return _printed(site(folder, language) / names[language])


def pdf_texts(folder: Path, language: str, names: dict[str, str] = PDF) -> list[str]:
    return [page.text for page in printed(folder, language, names)]


def pdf_words(folder: Path, language: str, volumes: tuple[dict[str, str], ...] = VOLUMES) -> str:
    """The words of both PDFs, or of some, on one line."""
    text = " ".join(text for names in volumes for text in pdf_texts(folder, language, names))
    return " ".join(text.replace("\u00a0", " ").split())


def numbers(text: str) -> dict[str, list]:
    """The counts (k of n) and percentages in a text, in order."""
    return {
        "counts": [tuple(map(int, match)) for match in COUNT.findall(text)],
        "percentages": [int(match) for match in PERCENT.findall(text)],
    }
