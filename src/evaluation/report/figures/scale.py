"""Diverging bars: answers on an ordered scale, to either side of the middle of the scale.

The first half of the scale stands to the left of a line that all rows share, the second half to
the right, in the order of the options; the neutral option lies across the line. Answers beside
the scale, such as "don't know", and what is hidden stand apart at the right: they are on no side.
Source: Heiberger and Robbins (2014), Design of diverging stacked bar charts for Likert scales,
Journal of Statistical Software 57(5).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.language.texts import Texts
from evaluation.report.figures.drawing import BAR, INK, WIDTH, Drawing, blended
from evaluation.report.figures.sheet import Sheet
from evaluation.report.figures.stacked import (
    OFF_SCALE,
    Row,
    Segment,
    described,
    draw,
    hidden_part,
    key,
    part,
    titled,
)
from evaluation.report.shares import Share

# from the end of the scale towards its middle
FIRST = ("#0b4f6c", "#6fafca", "#c4dfea")
LAST = ("#b5541c", "#e39a54", "#f6dfc4")
NEUTRAL = "#b9c2c9"
EMPTY = 0.12  # inches kept free where nobody is on one side
APART = 0.16  # inches between the scale and what stands beside it
TICK = 0.05  # inches the middle line reaches out of a bar


def diverging_bars(
    rows: list[Row], options: list[str], sides: Sequence[int | None], texts: Texts
) -> Drawing:
    """One bar a row around a common middle; rows: (label, share of each option).

    options: their labels; texts: of the language, `report.texts`; sides: for each option -1 or 1
    for the half of the scale it belongs to, 0 for its middle and None for an option beside the
    scale; those on the scale in its order.
    """
    sheet = Sheet()
    if not rows:
        return sheet.nothing(texts)
    colours = _colours(sides)
    plan = _Plan.of([shares for _, shares in rows], sides)
    for label, shares in rows:
        titled(sheet, label, shares, texts)
        top = sheet.y
        draw(sheet, shares, plan.segments(shares, sides), options, colours, texts)
        if plan.scaled:
            split = any(part(share) for share, side in zip(shares, sides, strict=True) if side == 0)
            _middle(sheet, plan.zero, top, split)

    def sample(x: float, y: float) -> None:
        sheet.line([(x, y - 0.09), (x, y + 0.09)], linewidth=1.2)

    middle = [(sample, texts("figure_texts.bars.middle"))] if plan.scaled else []
    key(sheet, rows, options, colours, middle, texts)
    return described(sheet, rows, options, "alt_diverging", texts)


@dataclass(frozen=True)
class _Plan:
    """Where the middle stands, how long a whole is, and where what is apart begins, in inches."""

    zero: float
    whole: float
    beside: float
    hidden: float
    scaled: bool

    @classmethod
    def of(cls, rows: list[list[Share]], sides: Sequence[int | None]) -> "_Plan":
        """As long as the widest rows allow."""
        reach = [_reach(shares, sides) for shares in rows]
        first, last, beside, hidden = (max(column) for column in zip(*reach, strict=True))
        if not first + last:
            zero = room = 0.0
        else:
            room = sum(EMPTY for side in (first, last) if not side)
            zero = 0.0 if first else EMPTY
        blocks = [block for block in (first + last, beside, hidden) if block]
        whole = (WIDTH - room - APART * (len(blocks) - 1)) / (sum(blocks) or 1.0)
        zero += first * whole
        end = room + (first + last) * whole
        beside_at = end + (APART if end else 0.0)
        hidden_at = beside_at + (beside * whole + APART if beside else 0.0)
        return cls(zero, whole, beside_at, hidden_at, bool(first + last))

    def segments(self, shares: list[Share], sides: Sequence[int | None]) -> list[Segment]:
        first, *_ = _reach(shares, sides)
        left, apart = self.zero - first * self.whole, self.beside
        segments = []
        for option, (share, side) in enumerate(zip(shares, sides, strict=True)):
            width = part(share) * self.whole
            if side is None:
                segments.append(Segment(option, apart, width))
                apart += width
            else:
                segments.append(Segment(option, left, width))
                left += width
        return [*segments, Segment(None, self.hidden, hidden_part(shares) * self.whole)]


def _reach(shares: list[Share], sides: Sequence[int | None]) -> tuple[float, float, float, float]:
    """What lies before and after the middle, beside the scale and hidden, as parts of a bar."""
    on = {
        place: sum(part(share) for share, side in zip(shares, sides, strict=True) if side == place)
        for place in (-1, 0, 1, None)
    }
    return on[-1] + on[0] / 2, on[1] + on[0] / 2, on[None], hidden_part(shares)


def _middle(sheet: Sheet, x: float, top: float, split: bool) -> None:
    """The middle line at a bar; through it only where no number of a neutral option stands."""
    bottom = top + BAR
    pieces = [(top - TICK, top), (bottom, bottom + TICK)]
    for start, end in pieces if split else [(top - TICK, bottom + TICK)]:
        sheet.line([(x, start), (x, end)], edgecolor=INK, linewidth=1.2, zorder=3)


def _colours(sides: Sequence[int | None]) -> list[str]:
    """Dark at the ends of the scale, light towards its middle; grey for the middle and beside."""
    first = iter(_shades(FIRST, sides.count(-1)))
    last = iter(reversed(_shades(LAST, sides.count(1))))
    chosen = {-1: lambda: next(first), 0: lambda: NEUTRAL, 1: lambda: next(last)}
    return [OFF_SCALE if side is None else chosen[side]() for side in sides]


def _shades(shades: tuple[str, ...], count: int) -> list[str]:
    """The darkest shade, then as many lighter ones as there are further options."""
    if count <= len(shades):
        return list(shades[:count])
    return [shades[0], *blended(shades[1:], count - 1)]
