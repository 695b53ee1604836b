"""The words of a PDF, as a reader sees them."""

import math
from pathlib import Path
from typing import NamedTuple

import pypdfium2

FOOT = 72  # points, in which the page number stands
# what a line that is broken at a hyphen ends with
HYPHEN = "\ufffe"


class Printed(NamedTuple):
    """A page: its text, and how far above the foot of the page its content ends, in points,
    without the page number."""

    text: str
    lowest: float


def printed(path: Path) -> list[Printed]:
    """The pages of a PDF."""
    with pypdfium2.PdfDocument(path) as document:
        return [_read(page) for page in document]


def pdf_text(path: Path) -> str:
    """All text of a PDF, its lines as they are."""
    return " ".join(page.text for page in printed(path))


def _read(page: pypdfium2.PdfPage) -> Printed:
    content = page.get_textpage()
    bottoms = [content.get_rect(place)[1] for place in range(content.count_rects())]
    text = content.get_text_range().replace(HYPHEN, "-")
    return Printed(text, min((bottom for bottom in bottoms if bottom > FOOT), default=math.inf))
