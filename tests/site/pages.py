"""Reading a built report: its pages, its words and its numbers."""

import hashlib
import json
import math
import os
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup
from pypdf import PageObject, PdfReader

COUNT = re.compile(r"\b(\d+) (?:af|of) (\d+)\b")
FOOT = 72  # points, in which the page number stands
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


class Printed(NamedTuple):
    """A page of the PDF: its text, and how far above the foot of the page its content ends, in
    points, without the page number."""

    text: str
    lowest: float


@cache
def printed(folder: Path, language: str) -> list[Printed]:
    """The pages of the PDF, written down beside the folder: reading them takes long, and every
    worker needs them."""
    digest = hashlib.sha256((site(folder, language) / PDF[language]).read_bytes()).hexdigest()
    notes = folder.parent / f"{digest}.json"
    if not notes.is_file():
        partial = notes.with_suffix(f".{os.getpid()}")
        partial.write_text(json.dumps([_read(page) for page in pdf(folder, language).pages]))
        partial.replace(notes)
    return [Printed(*page) for page in json.loads(notes.read_text())]


def _read(page: PageObject) -> Printed:
    heights = []

    def see(text, matrix, *_):
        if text.strip() and matrix[5] > FOOT:
            heights.append(matrix[5])

    text = page.extract_text(visitor_text=see)
    return Printed(text, min(heights, default=math.inf))


def pdf_texts(folder: Path, language: str) -> list[str]:
    return [page.text for page in printed(folder, language)]


def pdf_words(folder: Path, language: str) -> str:
    text = " ".join(pdf_texts(folder, language))
    return " ".join(text.replace("\u00a0", " ").split())


def numbers(text: str) -> dict[str, list]:
    """The counts (k of n) and percentages in a text, in order."""
    return {
        "counts": [tuple(map(int, match)) for match in COUNT.findall(text)],
        "percentages": [int(match) for match in PERCENT.findall(text)],
    }
