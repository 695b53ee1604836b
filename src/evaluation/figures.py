"""Figures: pure functions from small tables to drawings, in one style.

Labels stand above their bars and counts inside or beside them, so that a figure reads the same
on a phone, on a wide screen and on paper, and never by colour alone. Text is drawn as paths:
the drawing looks the same in every viewer and its bytes depend on the data only.
"""

import io
from dataclasses import dataclass
from importlib import resources
from textwrap import wrap

import matplotlib
import seaborn as sns
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from evaluation.texts import Texts
from evaluation.wording import Share

FONT_PACKAGE = "font_source_sans_pro"
FONT = "Source Sans Pro"
WIDTH = 6.2  # inches
LINE = 0.21  # inches a line of text takes
BAR = 0.30  # inches a bar is high
INK = "#1d2733"
QUIET = "#5b6773"
TRACK = "#e6eaee"
# dark to light, then grey for answers beside the scale; each with the ink that reads on it
ORDERED = ("#0b4f6c", "#3a86a8", "#a9b4bd", "#e0a458", "#b5541c")
FILL = ORDERED[0]
OFF_SCALE = TRACK
INK_ON = {"#0b4f6c": "white", "#3a86a8": "white", "#b5541c": "white"}

STYLE = {
    **sns.axes_style("white"),
    "font.family": FONT,
    "font.size": 10.5,
    "svg.fonttype": "path",
    "svg.hashsalt": "evaluation",
    "text.parse_math": False,
    "text.color": INK,
    "figure.dpi": 100,
}


@dataclass(frozen=True)
class Drawing:
    """A figure as SVG with its alternative text; Jupyter shows the SVG."""

    svg: str
    alt: str

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"image/svg+xml": self.svg, "text/plain": self.alt}


def bars(rows: list[tuple[str, Share]], texts: Texts) -> Drawing:
    """Horizontal bars of k out of n in the order given; rows: (label, share)."""
    labels = [_lines(label) for label, _ in rows]
    canvas = _Canvas(sum(len(lines) * LINE + BAR + 0.16 for lines in labels))
    for lines, (_, share) in zip(labels, rows, strict=True):
        canvas.label(lines)
        canvas.bar([(1.0, TRACK)])
        canvas.bar([(share.k / share.n, FILL)], advance=True)
        canvas.beside(share.full)
    items = [texts("alt_item", label=label, value=share.full) for label, share in rows]
    n = texts.enumeration(sorted({texts.number(share.n) for _, share in rows}))
    return canvas.drawing(texts("alt_bars", n=n, items="; ".join(items)))


def stacked_bars(
    rows: list[tuple[str, list[Share]]], options: list[str], off_scale: list[bool], texts: Texts
) -> Drawing:
    """One stacked bar a row, one segment an option; rows: (label, share of each option).

    Options are ordered from best to worst; those `off_scale` are grey, at the end. An option
    that nobody chose has no segment and keeps its place in the key.
    """
    colours = _option_colours(off_scale)
    labels = [_lines(label) for label, _ in rows]
    key = _key_lines(options)
    canvas = _Canvas(
        sum(len(lines) * LINE + BAR + 0.18 for lines in labels) + len(key) * (LINE + 0.06) + 0.1
    )
    described = []
    for lines, (label, shares) in zip(labels, rows, strict=True):
        n = shares[0].n
        canvas.label(lines, f"n = {texts.number(n)}")
        parts = [(share.k / n, colour) for share, colour in zip(shares, colours, strict=True)]
        canvas.bar(parts, [texts.number(share.k) for share in shares], advance=True)
        told = [
            texts("alt_item", label=option, value=share.full)
            for option, share in zip(options, shares, strict=True)
            if share.k
        ]
        described.append(texts("alt_row", label=label, n=texts.number(n), parts=", ".join(told)))
    canvas.key(key, dict(zip(options, colours, strict=True)))
    return canvas.drawing(texts("alt_rows", items="; ".join(described)))


def _option_colours(off_scale: list[bool]) -> list[str]:
    """A colour an option, spread over the ordered palette; grey for those off the scale."""
    on_scale = off_scale.count(False)
    spread = {1: (0,), 2: (0, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4)}.get(on_scale, range(on_scale))
    palette = iter(ORDERED[index % len(ORDERED)] for index in spread)
    return [OFF_SCALE if off else next(palette) for off in off_scale]


def _lines(label: str, width: int = 74) -> list[str]:
    return wrap(label, width) or [""]


def _key_lines(options: list[str], width: int = 78) -> list[list[str]]:
    """The options of the key, as many on a line as there is room for."""
    lines, used = [[]], 0
    for option in options:
        if lines[-1] and used + len(option) + 5 > width:
            lines.append([])
            used = 0
        lines[-1].append(option)
        used += len(option) + 5
    return lines


class _Canvas:
    """A figure filled from top to bottom; x runs from 0 to 1 over the width of a full bar."""

    BESIDE = 0.22  # share of the width kept for the numbers beside a bar

    def __init__(self, height: float):
        _register_font()
        with matplotlib.rc_context(STYLE):
            self.figure = Figure(figsize=(WIDTH, height))
            FigureCanvasAgg(self.figure)  # measures the words of the key
            self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, 1), ylim=(height, 0))
        self.axes.axis("off")
        self.y = 0.0
        self.full = 1.0

    def label(self, lines: list[str], note: str = "") -> None:
        for line in lines:
            self._text(0, self.y + LINE * 0.5, line)
            self.y += LINE
        if note:
            self._text(1, self.y - LINE * 0.5, note, ha="right", color=QUIET)
        self.y += 0.02

    def bar(self, parts, counts=None, advance: bool = False) -> None:
        """Segments (share, colour) from the left; a bar with counts takes the full width."""
        width = 1.0 if counts else 1.0 - self.BESIDE
        left = 0.0
        for index, (share, colour) in enumerate(parts):
            if share == 0:
                continue
            self.axes.barh(
                self.y + BAR / 2,
                share * width,
                BAR,
                left,
                color=colour,
                edgecolor="white",
                linewidth=0.8 if counts else 0,
            )
            if counts:
                ink = INK_ON.get(colour, INK)
                middle = left + share * width / 2
                self._text(middle, self.y + BAR / 2, counts[index], ha="center", color=ink)
            left += share * width
        if advance:
            self.y += BAR + 0.14

    def beside(self, text: str) -> None:
        """A number to the right of the bar drawn last."""
        middle = self.y - 0.14 - BAR / 2
        self._text(1 - self.BESIDE + 0.015, middle, text, fontweight="semibold")

    def key(self, lines: list[list[str]], colours: dict[str, str]) -> None:
        self.y += 0.02
        for line in lines:
            x = 0.0
            for option in line:
                self.axes.barh(
                    self.y + LINE / 2,
                    0.022,
                    0.13,
                    x,
                    color=colours[option],
                    edgecolor=QUIET,
                    linewidth=0.4,
                )
                drawn = self._text(x + 0.03, self.y + LINE / 2, option, fontsize=9.5)
                extent = drawn.get_window_extent()
                x += 0.03 + extent.width / self.figure.dpi / WIDTH + 0.035
            self.y += LINE + 0.06

    def drawing(self, alt: str) -> Drawing:
        target = io.BytesIO()
        with matplotlib.rc_context(STYLE):
            self.figure.savefig(target, format="svg", metadata={"Date": None})
        return Drawing(target.getvalue().decode("utf-8"), alt)

    def _text(self, x: float, y: float, text: str, **style):
        with matplotlib.rc_context(STYLE):
            return self.axes.text(x, y, text, va="center", **style)


def _register_font() -> None:
    if FONT in font_manager.get_font_names():
        return
    for style in ("Regular", "Semibold"):
        path = resources.files(FONT_PACKAGE).joinpath("files", f"SourceSansPro-{style}.ttf")
        font_manager.fontManager.addfont(str(path))
