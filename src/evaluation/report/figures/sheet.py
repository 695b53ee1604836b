"""What figures are put together from: titles, keys, lists, markers and arrows on a canvas."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain, repeat
from math import sqrt
from typing import Any

from matplotlib.lines import Line2D

from evaluation.language.texts import Texts
from evaluation.report.figures.canvas import Canvas, Place
from evaluation.report.figures.drawing import (
    BAR,
    GUIDE,
    HATCH,
    INK,
    LINE,
    QUIET,
    SMALL,
    TIGHT,
    WIDE,
    Drawing,
    contrast,
    ink_on,
)
from evaluation.report.provenance import Hidden

# what tells groups and series apart: shape (with the factor that makes it look as large as the
# others) and colour, on each of which either INK or white stands out
SHAPES = (
    ("o", 1.0),
    ("s", 0.92),
    ("^", 1.12),
    ("D", 0.84),
    ("v", 1.12),
    ("P", 1.1),
    ("X", 1.1),
    ("h", 1.06),
)
COLOURS = (
    "#0b4f6c",
    "#e0a458",
    "#7fb2cc",
    "#b5541c",
    "#d3dbe1",
    "#f3d9b8",
    "#b5dcc4",
    "#5b6773",
)
SEEN = 3.0  # contrast to the page from which on a fill needs no outline; WCAG 2.1, 1.4.11
NARROW = 0.16  # inches of a unit up to which the lines between units are thin
CLEAR = 0.15  # inches between a label and its bar
HAIR = 0.005  # inches that keep a word from being broken by the rounding of its width
LABELS = 0.42  # of the width that labels beside bars take at most
# of a shape that comes again: by the ink that stands out on its first colour, one far from it
AGAIN = {"white": "#d3dbe1", INK: "#0b4f6c"}

Symbol = Callable[[float, float], None]  # draws at a place
Look = tuple[str, float, str]  # shape, factor of its size, colour


class Sheet(Canvas):
    """A canvas with what several kinds of figures have in common."""

    def titled(self, label: str, note: str = "", **style: Any) -> None:
        """A label over the full width, its note at the right end or, if it is long, below."""
        if self.width(note, **style) <= 0.4 * self.span:
            room = self.span - self.width(note, **style) - 0.15 if note else self.span
            lines = self.lines(label, room)
            self.write_lines(0, self.y, lines, LINE)
            self.y += len(lines) * LINE
            if note:
                self.write(self.span, self.y - LINE / 2, note, ha="right", **style)
        else:
            self.titled(label)
            self.small(note, **style)

    def heading(self, title: str) -> None:
        """What the figure finds, above all else."""
        if title:
            lines = self.lines(title, self.span, fontweight="semibold")
            self.write_lines(0, self.y, lines, LINE, fontweight="semibold")
            self.y += len(lines) * LINE + 0.1

    def label_room(self, labels: Iterable[str]) -> float:
        """Inches that labels take beside their bars; none where these stand below them."""
        if self.span < WIDE:
            return 0.0
        return min(max(map(self.width, labels)) + HAIR + CLEAR, LABELS * self.span)

    def row(self, label: str, note: str, left: float, height: float) -> tuple[float, float]:
        """A label and its note, to the left of or above what stands `height` high; returns where
        that begins and where the row ends.

        left: as `label_room` gives it.
        """
        if not left:
            if label or note:
                self.titled(label, note, color=QUIET)
                self.y += 0.02
            return self.y, self.y + height
        lines = self.lines(label, left - CLEAR)
        tall = len(lines) * LINE + (TIGHT if note else 0)
        room = max(tall, height)
        top = self.y + (room - tall) / 2
        self.write_lines(0, top, lines, LINE)
        if note:
            style: dict[str, Any] = {"fontsize": SMALL, "color": QUIET}
            self.write_lines(0, top + len(lines) * LINE, [note], **style)
        return self.y + (room - height) / 2, self.y + room

    def small(self, text: str, **style: Any) -> None:
        """Small text over the full width."""
        style = {"fontsize": SMALL, "color": QUIET, **style}
        lines = self.lines(text, self.span, **style)
        self.write_lines(0, self.y, lines, **style)
        self.y += len(lines) * TIGHT

    def sentence(self, text: str) -> Drawing:
        """A drawing of one sentence, where nothing else can be drawn."""
        self.small(text)
        return self.drawing(text)

    def nothing(self, texts: Texts) -> Drawing:
        """A drawing that says that there is nothing to draw."""
        return self.sentence(texts("figure_texts.nothing"))

    def all_hidden(self, texts: Texts) -> Drawing:
        """A drawing that says that all of its numbers are kept back."""
        return self.sentence(texts("figure_texts.all_hidden"))

    def filled(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        """A box, outlined where its colour is too pale to be seen on the page."""
        outline = {"edgecolor": QUIET, "linewidth": 0.7} if contrast(colour, "white") < SEEN else {}
        self.box(left, top, width, height, facecolor=colour, **outline)

    def units(self, left: float, top: float, unit: float, count: int, colour: str) -> None:
        """A box for each of some units, side by side; unit: inches that one is wide."""
        if not count:
            return
        self.filled(left, top, unit * count, BAR, colour)
        between: dict[str, Any] = {
            "edgecolor": GUIDE if colour == "white" else "white",
            "linewidth": 0.9 if unit > NARROW else 0.5,
            "capstyle": "butt",
        }
        for number in range(1, count):
            x = left + unit * number
            self.line([(x, top), (x, top + BAR)], **between)

    def swatch(self, colour: str) -> Symbol:
        """The colour of a bar in a key."""
        return lambda x, y: self.filled(x - 0.08, y - 0.07, 0.16, 0.14, colour)

    def hatched(self, left: float, top: float, width: float, height: float) -> None:
        """A box for a number that is kept back."""
        style: dict[str, Any] = {
            "facecolor": "white",
            "edgecolor": QUIET,
            "hatch": HATCH,
            "linewidth": 0.4,
        }
        self.box(left, top, width, height, **style)

    def arrowhead(self, tip: Place, origin: Place, size: float = 0.09, colour: str = INK) -> None:
        """The head of an arrow that comes from `origin`."""
        along = (tip[0] - origin[0], tip[1] - origin[1])
        length = distance(tip, origin) or 1.0
        x, y = along[0] / length * size, along[1] / length * size
        base = (tip[0] - x, tip[1] - y)
        sides = [(base[0] - y * 0.45, base[1] + x * 0.45), (base[0] + y * 0.45, base[1] - x * 0.45)]
        self.shape([tip, *sides, tip], facecolor=colour, linewidth=0, zorder=3)

    def marker(self, x: float, y: float, shape: str, size: float, **style: Any) -> None:
        """A marker that is `size` inches wide."""
        style = {"markeredgecolor": INK, "markeredgewidth": 0.9, "zorder": 4, **style}
        drawn = Line2D([x], [y], marker=shape, markersize=size * 72, ls="none", **style)
        self.axes.add_line(drawn)

    def legend(self, entries: list[tuple[Symbol, str]], sample: float = 0.2) -> None:
        """What symbols mean, as many on a line as there is room for.

        sample: inches kept free for a symbol, which is drawn around the middle of that room.
        """
        x = 0.0
        for draw, label in entries:
            lines = self.lines(label, self.span - sample - 0.06, fontsize=SMALL)
            width = sample + 0.06 + max(self.width(line, fontsize=SMALL) for line in lines)
            if x and x + width > self.span:
                x, self.y = 0.0, self.y + LINE
            draw(x + sample / 2, self.y + LINE / 2)
            self.write_lines(x + sample + 0.06, self.y + (LINE - TIGHT) / 2, lines, fontsize=SMALL)
            self.y += (len(lines) - 1) * TIGHT
            x += width + 0.2
        self.y += LINE

    def listed(self, entries: Iterable[tuple[str, str]]) -> None:
        """A sign and what it stands for, one below the other; in two columns where they fit."""
        entries = [(sign, label or "–") for sign, label in entries]
        indent = max(self.width(sign, fontsize=SMALL) for sign, _ in entries) + 0.1
        half = self.span / 2 - indent - 0.1
        short = all(self.width(label, fontsize=SMALL) <= half for _, label in entries)
        rows = -(-len(entries) // 2) if short else len(entries)
        top, lowest = self.y, self.y
        for first in range(0, len(entries), rows):
            self.y, left = top, self.span / 2 if first else 0.0
            for sign, label in entries[first : first + rows]:
                lines = self.lines(label, half if short else self.span - indent, fontsize=SMALL)
                style: dict[str, Any] = {"fontsize": SMALL, "fontweight": "semibold"}
                self.write_lines(left, self.y, [sign], **style)
                self.write_lines(left + indent, self.y, lines, fontsize=SMALL)
                self.y += len(lines) * TIGHT
            lowest = max(lowest, self.y)
        self.y = lowest + 0.04


def in_two_layouts(draw: Callable[[Sheet], Drawing]) -> Drawing:
    """A drawing as it stands on a phone, and as on a page and on paper.

    draw: fills a sheet of either width.
    """
    return replace(draw(Sheet()), wide=draw(Sheet(WIDE)).svg)


def distance(one: Sequence[float], other: Sequence[float]) -> float:
    """Inches between two places, the same on every machine."""
    x, y = other[0] - one[0], other[1] - one[1]
    return sqrt(x * x + y * y)


def shape_and_colour(names: list[str]) -> dict[str, Look]:
    """How the marker of each name looks.

    The shapes come once in a colour each, then again in a colour far from their first, but for
    the last, which in the colour of another is too like it. Names beyond that share the last of
    these looks: see `legend_of`.
    """
    looks = [(sign, size, colour) for (sign, size), colour in zip(SHAPES, COLOURS, strict=True)]
    looks += [(sign, size, AGAIN[ink_on(colour)]) for sign, size, colour in looks[:-1]]
    return dict(zip(names, chain(looks, repeat(looks[-1])), strict=False))


def legend_of(
    looks: Mapping[str, Look], labels: Mapping[str, str], texts: Texts
) -> dict[Look, str]:
    """What each look stands for in a legend: the labels of all names that have it."""
    shared: dict[Look, list[str]] = {}
    for name, look in looks.items():
        shared.setdefault(look, []).append(labels[name])
    return {look: texts.enumeration(listed) for look, listed in shared.items()}


def number(value: Any, texts: Texts) -> str:
    """A number to at most two decimals, half up; what is hidden says so."""
    if isinstance(value, Hidden):
        return str(value)
    if isinstance(value, int):
        return texts.number(value)
    short = Decimal(str(float(value))).quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole = short.to_integral_value()
    return texts.number(whole if whole == short else short.normalize())
