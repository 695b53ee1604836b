"""What a figure is, and the sizes and colours that all figures share.

Text is drawn as paths: a drawing looks the same in every viewer and its bytes depend on the data
only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.colors import to_rgb

from evaluation.base.fonts import FAMILY
from evaluation.report.provenance import ASKED, PHONE, Placed, beside

# A phone of 360 pixels shows a drawing about 336 pixels wide: text of 10 points on 4.2 inches is
# then 11 pixels high. A page shows one that fills its column, at its natural size.
WIDTH = 4.2  # inches, on a phone
WIDE = 6.0  # inches, on a page and on paper
TEXT = 11  # points
SMALL = 10  # points
LINE = 0.22  # inches a line of text takes
TIGHT = 0.18  # inches a line of small text takes
BAR = 0.27  # inches a bar is high
GAP = 0.13  # inches below a bar
HATCH = "////"
INK = "#1d2733"
QUIET = "#5b6773"
TRACK = "#e6eaee"
BAND = "#f5f7f8"
GUIDE = "#cfd6db"
FILL = "#0b4f6c"
OTHERS = "#b9c2c9"  # who answered otherwise

STYLE: Any = {
    "patch.edgecolor": "white",
    "patch.force_edgecolor": True,
    "font.family": FAMILY,
    "font.size": TEXT,
    "svg.fonttype": "path",
    "svg.hashsalt": "evaluation",
    "text.parse_math": False,
    "text.color": INK,
    "figure.dpi": 100,
}


@dataclass(frozen=True)
class Drawing:
    """A figure as SVG with its alternative text, the numbers in both, and the questions as asked
    where it shows answers; Jupyter shows the SVG.

    svg: as it stands on a phone; wide: on a page and on paper.
    """

    svg: str
    alt: str
    wide: str
    numbers: tuple[Placed, ...] = ()
    asked: tuple[str, ...] = ()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        asked = {ASKED: list(self.asked)} if self.asked else {}
        drawn = {"image/svg+xml": self.wide, PHONE: self.svg}
        return {**drawn, "text/plain": self.alt, **beside(self.numbers), **asked}


def blended(colours: Sequence[str], count: int) -> list[str]:
    """As many colours, from the first to the last of those that are given."""
    # seaborn is slow to import, and few figures show so many answers
    from seaborn import blend_palette

    return blend_palette(colours, count).as_hex()


def ink_on(colour: str) -> str:
    """The text colour that stands out against a background: the one of the higher contrast."""
    return max((INK, "white"), key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21. Source: WCAG 2.1."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
