"""Diverging bars: answers on an ordered scale, to either side of the middle of the scale.

The first half of the scale stands to the left of a line that all rows share, the second half to
the right, in the order of the options; the neutral option lies across the line. Answers beside
the scale, such as "don't know", stand apart at the right: they are on no side. What is hidden is
told below.
Source: Heiberger and Robbins (2014), Design of diverging stacked bar charts for Likert scales,
Journal of Statistical Software 57(5).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.language.texts import Texts
from evaluation.report.figures.drawing import BAR, GAP, INK, Drawing, blended
from evaluation.report.figures.sheet import Sheet, in_two_layouts
from evaluation.report.figures.stacked import (
    OFF_SCALE,
    Row,
    Segment,
    base,
    described,
    fill,
    notes,
    part,
    stacked,
    with_numbers,
)
from evaluation.report.shares import Share

# from the end of the scale towards its middle
FIRST = ("#0b4f6c", "#78b4cd", "#c4dfea")
LAST = ("#b5541c", "#e8ab6e", "#f6dfc4")
NEUTRAL = "#b9c2c9"
ROWS = 3  # from which on bars diverge
EMPTY = 0.12  # inches kept free where nobody is on one side
APART = 0.16  # inches between the scale and what stands beside it
TICK = 0.05  # inches the middle line reaches out of a bar


def diverging_bars(
    rows: list[Row],
    options: list[str],
    sides: Sequence[int | None],
    texts: Texts,
    title: str = "",
    neutral: Sequence[bool] = (),
) -> Drawing:
    """One bar a row around a common middle; rows: (label, share of each option).

    options: their labels; texts: of the language, `report.texts`; sides: for each option -1 or 1
    for the half of the scale it belongs to, 0 for its middle and None for an option beside the
    scale; those on the scale in its order; title: what the figure finds, to stand above it;
    neutral: for each option whether it is, or holds, the neutral one (default: those of side 0).

    Fewer rows than three have nothing to diverge from: they are stacked from the left.
    """
    colours = _colours(sides, neutral or [side == 0 for side in sides])
    shown = with_numbers(rows)
    if len(shown) < ROWS:
        return stacked(rows, options, colours, texts, title)

    def drawn(sheet: Sheet) -> Drawing:
        sheet.heading(title)
        _bars(sheet, shown, options, sides, colours, texts)
        notes(sheet, rows, options, texts)
        return described(sheet, rows, options, "alt_diverging", texts)

    return in_two_layouts(drawn)


def _bars(
    sheet: Sheet,
    rows: list[Row],
    options: list[str],
    sides: Sequence[int | None],
    colours: list[str],
    texts: Texts,
) -> None:
    left = sheet.label_room(label for label, _ in rows)
    plan = _Plan.of([shares for _, shares in rows], sides, left, sheet.span)
    for label, shares in rows:
        top, bottom = sheet.row(label, base(shares, texts), left, BAR)
        sheet.y = top
        segments = plan.segments(shares, sides)
        counts = [texts.number(shares[segment.option].k) for segment in segments]
        untold = fill(sheet, segments, counts, dict(enumerate(colours)))
        if plan.scaled:
            split = any(part(share) for share, side in zip(shares, sides, strict=True) if side == 0)
            _middle(sheet, plan.zero, top, split)
        if untold:
            sheet.y = max(sheet.y + 0.05, bottom)
            told = [
                texts("alt_item", label=options[one.option], value=shares[one.option].full)
                for one in sorted(untold, key=lambda one: one.option)
            ]
            sheet.small(texts.enumeration(told))
        sheet.y = max(sheet.y, bottom) + GAP

    def sample(x: float, y: float) -> None:
        sheet.line([(x, y - 0.09), (x, y + 0.09)], linewidth=1.2)

    chosen = [any(part(shares[option]) for _, shares in rows) for option in range(len(options))]
    entries = [
        (sheet.swatch(colour), option)
        for option, colour, found in zip(options, colours, chosen, strict=True)
        if found
    ]
    middle = [(sample, texts("figure_texts.bars.middle"))] if plan.scaled else []
    sheet.legend([*entries, *middle])
    sheet.y += 0.02


@dataclass(frozen=True)
class _Plan:
    """Where the middle stands, how long a whole is, and where what is apart begins, in inches."""

    zero: float
    whole: float
    beside: float
    scaled: bool

    @classmethod
    def of(
        cls, rows: list[list[Share]], sides: Sequence[int | None], left: float, right: float
    ) -> "_Plan":
        """As long as the widest rows allow between left and right."""
        reach = [_reach(shares, sides) for shares in rows]
        first, last, beside = (max(column) for column in zip(*reach, strict=True))
        empty = sum(EMPTY for side in (first, last) if not side) if first + last else 0.0
        apart = APART if first + last and beside else 0.0
        whole = (right - left - empty - apart) / (first + last + beside)
        zero = left + first * whole + (0.0 if first or not last else EMPTY)
        end = left + empty + (first + last) * whole
        return cls(zero, whole, end + apart, bool(first + last))

    def segments(self, shares: list[Share], sides: Sequence[int | None]) -> list[Segment]:
        """The segments of a row, from left to right."""
        first, *_ = _reach(shares, sides)
        left, apart = self.zero - first * self.whole, self.beside
        segments = []
        for option, (share, side) in enumerate(zip(shares, sides, strict=True)):
            width = part(share) * self.whole
            if not width:
                continue
            if side is None:
                segments.append(Segment(option, apart, width))
                apart += width
            else:
                segments.append(Segment(option, left, width))
                left += width
        return sorted(segments, key=lambda segment: segment.left)


def _reach(shares: list[Share], sides: Sequence[int | None]) -> tuple[float, float, float]:
    """What lies before and after the middle, and beside the scale, as parts of a bar."""
    on = {
        place: sum(part(share) for share, side in zip(shares, sides, strict=True) if side == place)
        for place in (-1, 0, 1, None)
    }
    return on[-1] + on[0] / 2, on[1] + on[0] / 2, on[None]


def _middle(sheet: Sheet, x: float, top: float, split: bool) -> None:
    """The middle line at a bar; through it only where no number of a neutral option stands."""
    bottom = top + BAR
    pieces = [(top - TICK, top), (bottom, bottom + TICK)]
    for start, end in pieces if split else [(top - TICK, bottom + TICK)]:
        sheet.line([(x, start), (x, end)], edgecolor=INK, linewidth=1.2, zorder=3)


def _colours(sides: Sequence[int | None], neutral: Sequence[bool]) -> list[str]:
    """Dark at the ends of the scale, light towards its middle; grey for the middle, for what holds
    it, and beside the scale."""
    standing = [0 if middle else side for side, middle in zip(sides, neutral, strict=True)]
    first = iter(_shades(FIRST, standing.count(-1)))
    last = iter(reversed(_shades(LAST, standing.count(1))))
    chosen = {-1: lambda: next(first), 0: lambda: NEUTRAL, 1: lambda: next(last)}
    return [OFF_SCALE if side is None else chosen[side]() for side in standing]


def _shades(shades: tuple[str, ...], count: int) -> list[str]:
    """The darkest shade, then as many lighter ones as there are further options."""
    if count <= len(shades):
        return list(shades[:count])
    return [shades[0], *blended(shades[1:], count - 1)]
