"""Figures: pure functions from small tables to drawings, in one style.

Labels stand above their bars and counts inside or beside them, so that a figure reads the same
on a phone, on a wide screen and on paper, and never by colour alone. Text is drawn as paths:
the drawing looks the same in every viewer and its bytes depend on the data only.
"""

import io
from dataclasses import dataclass, replace
from itertools import chain
from textwrap import wrap

import matplotlib
import seaborn as sns
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from evaluation.fonts import FAMILY, font_file
from evaluation.provenance import ASKED, Hidden, Placed, beside, placed
from evaluation.texts import Texts
from evaluation.wording import Share

WIDTH = 5.6  # inches
LINE = 0.21  # inches a line of text takes
SMALL = 9.5  # points
BAR = 0.25  # inches a bar is high
GAP = 0.12  # inches below a bar
INK = "#1d2733"
QUIET = "#5b6773"
TRACK = "#e6eaee"
# dark to light, then grey for answers beside the scale; each with the ink that reads on it
ORDERED = ("#0b4f6c", "#3a86a8", "#a9b4bd", "#e0a458", "#b5541c")
FILL = ORDERED[0]
OFF_SCALE = TRACK

STYLE = {
    **sns.axes_style("white"),
    "font.family": FAMILY,
    "font.size": 10.5,
    "svg.fonttype": "path",
    "svg.hashsalt": "evaluation",
    "text.parse_math": False,
    "text.color": INK,
    "figure.dpi": 100,
}


@dataclass(frozen=True)
class Drawing:
    """A figure as SVG with its alternative text, the numbers in both, and the questions as asked
    where it shows answers; Jupyter shows the SVG."""

    svg: str
    alt: str
    numbers: tuple[Placed, ...] = ()
    asked: tuple[str, ...] = ()

    def _repr_mimebundle_(self, include=None, exclude=None):
        asked = {ASKED: list(self.asked)} if self.asked else {}
        return {"image/svg+xml": self.svg, "text/plain": self.alt, **beside(self.numbers), **asked}


def bars(rows: list[tuple[str, Share]], texts: Texts) -> Drawing:
    """Horizontal bars of k out of n in the order given; rows: (label, share)."""
    canvas = _Canvas()
    canvas.keep_free([share.full for _, share in rows])
    for label, share in rows:
        canvas.label(label)
        canvas.bar(0 if share.hidden else share.k / share.n, share.full)
    items = [texts("alt_item", label=label, value=share.full) for label, share in rows]
    bases = sorted({share.n for _, share in rows if not isinstance(share.n, Hidden)})
    n = texts.enumeration([texts.number(base) for base in bases]) or texts("hidden_count")
    numbers = [placed(label, texts("columns.share"), [share.full]) for label, share in rows]
    drawing = canvas.drawing(texts("alt_bars", n=n, items="; ".join(items)))
    return replace(drawing, numbers=tuple(chain(*numbers)))


def stacked_bars(
    rows: list[tuple[str, list[Share]]], options: list[str], off_scale: list[bool], texts: Texts
) -> Drawing:
    """One stacked bar a row, one segment an option; rows: (label, share of each option).

    Options are ordered from best to worst; those `off_scale` are grey, at the end. An option
    that nobody chose has no segment and keeps its place in the key. What hidden options have
    together is one hatched segment at the end.
    """
    colours = _option_colours(off_scale)
    canvas = _Canvas()
    described, numbers = [], []
    for label, shares in rows:
        known = not isinstance(shares[0].n, Hidden)
        n = texts.number(shares[0].n) if known else texts("hidden_count")
        values = {
            option: share.full
            for option, share in zip(options, shares, strict=True)
            if share.hidden or share.k
        }
        numbers += [placed(label, option, [value]) for option, value in values.items()]
        told = {
            option: texts("alt_item", label=option, value=value) for option, value in values.items()
        }
        canvas.label(label, f"n\u00a0=\u00a0{n}" if known else n)
        segments = [
            (share.k / share.n, colour, texts.number(share.k))
            for share, colour in zip(shares, colours, strict=True)
            if not share.hidden
        ]
        narrow = canvas.segments(segments)
        # a count that does not fit its segment stands below, with the option's name
        shown = [option for option, share in zip(options, shares, strict=True) if not share.hidden]
        below = [told[shown[position]] for position in narrow]
        below += [told[option] for option in options if option not in shown]
        canvas.below(texts.enumeration(below))
        described.append(texts("alt_row", label=label, n=n, parts=", ".join(told.values())))
    canvas.key(dict(zip(options, colours, strict=True)))
    drawing = canvas.drawing(texts("alt_rows", items="; ".join(described)))
    return replace(drawing, numbers=tuple(chain(*numbers)))


def _option_colours(off_scale: list[bool]) -> list[str]:
    """A colour an option, spread over the ordered palette; grey for those off the scale."""
    on_scale = off_scale.count(False)
    spread = {1: (0,), 2: (0, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: range(5)}
    if on_scale in spread:
        palette = iter(ORDERED[index] for index in spread[on_scale])
    else:
        palette = iter(sns.blend_palette(ORDERED, on_scale).as_hex())
    return [OFF_SCALE if off else next(palette) for off in off_scale]


def _ink_on(colour: str) -> str:
    """The text colour that stands out against a background."""
    red, green, blue = matplotlib.colors.to_rgb(colour)
    return INK if 0.3 * red + 0.59 * green + 0.11 * blue > 0.55 else "white"


class _Canvas:
    """A figure filled from top to bottom; x runs from 0 to 1 over its width, y in inches."""

    def __init__(self):
        _register_font()
        with matplotlib.rc_context(STYLE):
            self.figure = Figure()
            FigureCanvasAgg(self.figure)  # measures words
            self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.axis("off")
        self.y = 0.0
        self.full = 1.0  # where a full bar ends
        self._fit()

    def keep_free(self, numbers: list[str]) -> None:
        """Leave room for numbers beside the bars."""
        widest = max(self._width(number, fontweight="semibold") for number in numbers)
        self.full = 1 - widest - 0.02

    def label(self, text: str, note: str = "") -> None:
        """The label of a bar, above it; a note stands at the right end of its last line."""
        room = 1 - self._width(note) - 0.03 if note else 1
        for line in self._lines(text, room):
            self._text(0, self.y + LINE / 2, line)
            self.y += LINE
        if note:
            self._text(1, self.y - LINE / 2, note, ha="right", color=QUIET)
        self.y += 0.02

    def bar(self, share: float, number: str) -> None:
        """A share on the track of the whole, with its number beside it."""
        for width, colour in ((1, TRACK), (share, FILL)):
            if width:
                self._rectangle(0, width * self.full, colour, BAR)
        middle = self.y + BAR / 2
        self._text(self.full + 0.02, middle, number, fontweight="semibold")
        self.y += BAR + GAP

    def segments(self, parts: list[tuple[float, str, str]]) -> list[int]:
        """Segments (share, colour, count) of one bar; returns those too narrow for their count."""
        self._rectangle(0, 1, "white", BAR, hatch="////", edgecolor=QUIET, linewidth=0.4)
        left, narrow = 0.0, []
        for position, (share, colour, count) in enumerate(parts):
            if share == 0:
                continue
            self._rectangle(left, share, colour, BAR, edgecolor="white", linewidth=0.8)
            if self._width(count) + 0.01 < share:
                middle = (left + share / 2, self.y + BAR / 2)
                self._text(*middle, count, ha="center", color=_ink_on(colour))
            else:
                narrow.append(position)
            left += share
        self.y += BAR + GAP
        return narrow

    def below(self, text: str) -> None:
        """A remark under the bar drawn last."""
        if text:
            self.y -= GAP / 2
            for line in self._lines(text, 1, fontsize=SMALL):
                self._text(0, self.y + LINE / 2, line, fontsize=SMALL, color=QUIET)
                self.y += LINE
            self.y += GAP / 2

    def key(self, colours: dict[str, str]) -> None:
        """The colour of each option, as many on a line as there is room for."""
        x = 0.0
        for option, colour in colours.items():
            lines = self._lines(option, 1 - 0.03, fontsize=SMALL)
            width = 0.03 + max(self._width(line, fontsize=SMALL) for line in lines)
            if x and x + width > 1:
                x, self.y = 0.0, self.y + LINE + 0.04
            self._rectangle(x, 0.022, colour, 0.13, edgecolor=QUIET, linewidth=0.4, row=LINE)
            for number, line in enumerate(lines):
                self.y += LINE if number else 0
                self._text(x + 0.03, self.y + LINE / 2, line, fontsize=SMALL)
            x += width + 0.035
        self.y += LINE

    def drawing(self, alt: str) -> Drawing:
        target = io.BytesIO()
        self._fit()
        with matplotlib.rc_context(STYLE):
            self.figure.savefig(target, format="svg", metadata={"Date": None})
        return Drawing(target.getvalue().decode("utf-8"), alt)

    def _fit(self) -> None:
        """As high as what is drawn."""
        height = max(self.y, LINE)
        self.figure.set_size_inches(WIDTH, height)
        self.axes.set(xlim=(0, 1), ylim=(height, 0))

    def _rectangle(self, left, width, colour, height, row=BAR, **style) -> None:
        """A rectangle in the middle of a row that begins at the current y."""
        style = {"linewidth": 0, **style}
        self.axes.barh(self.y + row / 2, width, height, left, color=colour, **style)

    def _text(self, x: float, y: float, text: str, **style):
        with matplotlib.rc_context(STYLE):
            return self.axes.text(x, y, text, va="center", **style)

    def _width(self, text: str, **style) -> float:
        """Width of a text as a share of the figure's."""
        drawn = self._text(0, 0, text, **style)
        width = drawn.get_window_extent().width / self.figure.dpi / WIDTH
        drawn.remove()
        return width

    def _lines(self, text: str, room: float, **style) -> list[str]:
        """The text in lines that fit; a word longer than a line is broken."""
        characters = max(len(text), 1)
        while True:
            lines = wrap(text, characters) or [""]
            widest = max(self._width(line, **style) for line in lines)
            if widest <= room or characters == 1:
                return lines
            # as many characters as the widest line suggests, and at least one fewer
            characters = max(1, min(characters - 1, int(len(max(lines, key=len)) * room / widest)))


def _register_font() -> None:
    if FAMILY not in font_manager.get_font_names():
        for style in ("Regular", "Semibold"):
            font_manager.fontManager.addfont(str(font_file(style)))
