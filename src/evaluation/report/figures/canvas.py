"""A canvas that is filled from top to bottom; x and y are inches from the top left corner.

Words are measured as they are drawn, without hinting, so that what fits here fits in every viewer.
"""

import io
import re
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.textpath import text_to_path

from evaluation.base.fonts import FAMILY, SUBSTITUTE, font_file, other_fonts
from evaluation.report.figures.drawing import INK, LINE, STYLE, TEXT, TIGHT, WIDTH, Drawing

# characters that XML cannot hold, not even in the comments that matplotlib writes
UNDRAWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BLANKS = re.compile(r"[ \t\r\n\f\v]+")

Place = tuple[float, float]  # inches from the left and from the top


class Canvas:
    """Text and shapes on a drawing `span` inches wide that is as high as what stands on it.

    `y` is where to go on.
    """

    def __init__(self, span: float = WIDTH) -> None:
        register(font_file("Regular"), font_file("Semibold"))
        with matplotlib.rc_context(STYLE):
            self.figure = Figure()
            FigureCanvasAgg(self.figure)
            self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.axis("off")
        self.span = span
        self.y = 0.0
        self._measured: dict[tuple[Any, ...], float] = {}

    # text

    def width(self, text: str, **style: Any) -> float:
        """Inches a line of text takes."""
        key = (_drawable(text), style.get("fontsize", TEXT), style.get("fontweight", "regular"))
        if key not in self._measured:
            font = FontProperties(family=_families(key[0]), size=key[1], weight=key[2])
            points, _, _ = text_to_path.get_text_width_height_descent(key[0], font, ismath=False)
            self._measured[key] = points / 72
        return self._measured[key]

    def lines(self, text: str, room: float, **style: Any) -> list[str]:
        """The text in lines of at most `room` inches; only a word longer than a line is broken."""
        lines = [""]
        for word in words(text):
            for part in self._parts(word, room, style):
                longer = f"{lines[-1]} {part}" if lines[-1] else part
                if self.width(longer, **style) <= room:
                    lines[-1] = longer
                elif lines[-1]:
                    lines.append(part)
                else:
                    lines[-1] = part
        return lines

    def fits(self, text: str, room: float, **style: Any) -> bool:
        """Whether no word of the text is longer than a line of `room` inches."""
        return all(self.width(word, **style) <= room for word in words(text))

    def _parts(self, word: str, room: float, style: dict[str, Any]) -> list[str]:
        """The word, or what it is broken into where it is longer than a line."""
        parts = []
        while len(word) > 1 and self.width(word, **style) > room:
            fitting = [n for n in range(1, len(word)) if self.width(word[:n], **style) <= room]
            end = max(fitting, default=1)
            hyphen = word.rfind("-", 1, end) + 1
            parts.append(word[: hyphen or end])
            word = word[hyphen or end :]
        return [*parts, word]

    def write(self, x: float, y: float, text: str, halo: bool = False, **style: Any) -> None:
        """One line of text; y is its middle. A halo keeps it clear of lines that it crosses."""
        if halo:
            style["path_effects"] = [withStroke(linewidth=2.5, foreground="white")]
        shown = _drawable(text)
        with matplotlib.rc_context(STYLE | {"font.family": _families(shown)}):
            self.axes.text(x, y, shown, va="center", zorder=5, **style)

    def write_lines(
        self, x: float, top: float, lines: list[str], step: float = TIGHT, **style: Any
    ) -> None:
        """Lines of text below each other."""
        for number, line in enumerate(lines):
            self.write(x, top + (number + 0.5) * step, line, **style)

    # shapes

    def box(self, left: float, top: float, width: float, height: float, **style: Any) -> None:
        """A rectangle."""
        right, bottom = left + width, top + height
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        self.shape(corners, **{"linewidth": 0, "joinstyle": "miter", **style})

    def shape(self, corners: list[Place], **style: Any) -> None:
        """A filled polygon."""
        codes = [Path.MOVETO, *[Path.LINETO] * (len(corners) - 2), Path.CLOSEPOLY]
        self._path(corners, codes, style)

    def line(self, places: list[Place], **style: Any) -> None:
        """A line through places."""
        self._path(places, None, {"facecolor": "none", "edgecolor": INK, "zorder": 2, **style})

    def curve(self, places: list[Place], **style: Any) -> None:
        """A start, then two control points and an end for each cubic curve."""
        codes = [Path.MOVETO, *[Path.CURVE4] * (len(places) - 1)]
        self._path(places, codes, {"facecolor": "none", "edgecolor": INK, "zorder": 2, **style})

    def _path(self, places: list[Place], codes: list[Any] | None, style: dict[str, Any]) -> None:
        self.axes.add_patch(PathPatch(Path(places, codes), **style))

    # the whole

    def drawing(self, alt: str) -> Drawing:
        """All that was drawn, with its alternative text."""
        target = io.BytesIO()
        height = max(self.y, LINE)
        self.figure.set_size_inches(self.span, height)
        self.axes.set(xlim=(0, self.span), ylim=(height, 0))
        with matplotlib.rc_context(STYLE):
            self.figure.savefig(target, format="svg", metadata={"Date": None})
        svg = target.getvalue().decode("utf-8")
        return Drawing(svg, alt, svg)


def words(text: str) -> list[str]:
    """The words of a text; no-break spaces stay in them."""
    return [word for word in BLANKS.split(text) if word]


@cache
def _drawable(text: str) -> str:
    """The text on one line, with a mark in the place of each character that cannot be drawn."""
    text = UNDRAWABLE.sub(SUBSTITUTE, BLANKS.sub(" ", text))
    _, unset = other_fonts(text)
    return text.translate(dict.fromkeys(map(ord, unset), SUBSTITUTE))


@cache
def _families(text: str) -> list[str]:
    """The families that have the signs of a text, in the order in which they are asked."""
    files, _ = other_fonts(text)
    return [FAMILY, *register(*files)]


def register(*files: Traversable) -> list[str]:
    """Make fonts known to matplotlib; returns the names of their families."""
    return [_family(str(file)) for file in files]


@cache
def _family(path: str) -> str:
    font_manager.fontManager.addfont(path)
    return FontProperties(fname=path).get_name()
