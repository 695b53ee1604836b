"""Reading a built report: its pages, its words and its numbers."""

import re
from pathlib import Path

from bs4 import BeautifulSoup
from pypdf import PdfReader

COUNT = re.compile(r"\b(\d+) (?:af|of) (\d+)\b")
PERCENT = re.compile(r"\b(\d+)\s?%")
PDF = {"da": "Evaluering-af-ALLIANCEN.pdf", "en": "Evaluation-of-ALLIANCEN.pdf"}


def site(folder: Path, language: str) -> Path:
    return folder / "reports" / "site" / language


def pages(folder: Path, language: str) -> dict[str, BeautifulSoup]:
    """Path below the site -> parsed page."""
    root = site(folder, language)
    found = {
        path.relative_to(root).as_posix(): BeautifulSoup(path.read_text("utf-8"), "lxml")
        for path in sorted(root.rglob("*.html"))
    }
    assert found, root
    return found


def words(element) -> str:
    """The text of an element on one line, with ordinary blanks."""
    return " ".join(element.get_text(" ").replace("\u00a0", " ").split())


def pdf(folder: Path, language: str) -> PdfReader:
    return PdfReader(site(folder, language) / PDF[language])


def pdf_words(folder: Path, language: str) -> str:
    text = " ".join(page.extract_text() for page in pdf(folder, language).pages)
    return " ".join(text.replace("\u00a0", " ").split())


def numbers(text: str) -> dict[str, list]:
    """The counts (k of n) and percentages in a text, in order."""
    return {
        "counts": [tuple(map(int, match)) for match in COUNT.findall(text)],
        "percentages": [int(match) for match in PERCENT.findall(text)],
    }
