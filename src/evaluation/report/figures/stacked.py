"""Stacked bars: the answers to questions with the same options, one segment an option."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Any

from evaluation.language.texts import Texts
from evaluation.report.figures.drawing import (
    BAR,
    GAP,
    QUIET,
    TRACK,
    WIDTH,
    Drawing,
    blended,
    ink_on,
)
from evaluation.report.figures.sheet import Sheet, Symbol
from evaluation.report.provenance import Hidden, placed
from evaluation.report.shares import Share

Row = tuple[str, list[Share]]

OFF_SCALE = TRACK
# neighbours differ in lightness, so that they differ in print without colour too
DISTINCT = ("#0b4f6c", "#e0a458", "#b5541c", "#b5dcc4", "#5b6773", "#f3d9b8", "#7fb2cc")
INSIDE = 0.03  # inches between a number and the ends of its segment, together
SEPARATED = 0.03  # inches that two segments are wide at least to have a line between them


@dataclass(frozen=True)
class Segment:
    """What an option takes of a bar, in inches; option: its position, None for what is hidden."""

    option: int | None
    left: float
    width: float


def stacked_bars(
    rows: list[Row], options: list[str], off_scale: list[bool], texts: Texts
) -> Drawing:
    """One stacked bar a row, one segment an option; rows: (label, share of each option).

    options: their labels; off_scale: for each option, whether it is; texts: of the language,
    `report.texts`.

    For options without an order; those `off_scale` are grey. What hidden options have together
    is one hatched segment at the end.
    """
    sheet = Sheet()
    if not rows:
        return sheet.nothing(texts)
    colours = _option_colours(off_scale)
    for label, shares in rows:
        titled(sheet, label, shares, texts)
        draw(sheet, shares, _end_to_end(shares), options, colours, texts)
    key(sheet, rows, options, colours, [], texts)
    return described(sheet, rows, options, "alt_rows", texts)


def _end_to_end(shares: list[Share]) -> list[Segment]:
    segments, left = [], 0.0
    for option, share in enumerate(shares):
        width = WIDTH * part(share)
        segments.append(Segment(option, left, width))
        left += width
    return [*segments, Segment(None, left, WIDTH * hidden_part(shares))]


def _option_colours(off_scale: list[bool]) -> list[str]:
    count = off_scale.count(False)
    many = blended(DISTINCT, count) if count > len(DISTINCT) else DISTINCT
    palette = iter(many)
    return [OFF_SCALE if off else next(palette) for off in off_scale]


# what bars of segments have in common


def part(share: Share) -> float:
    """A share as a fraction of its bar; nothing where it is hidden."""
    return 0.0 if share.hidden or not share.k else share.k / share.n


def hidden_part(shares: list[Share]) -> float:
    """What hidden shares have together, as a fraction of the bar; all of it where n is hidden."""
    if not any(share.hidden for share in shares):
        return 0.0
    if isinstance(shares[0].n, Hidden):
        return 1.0
    return (shares[0].n - sum(share.k for share in shares if not share.hidden)) / shares[0].n


def titled(sheet: Sheet, label: str, shares: list[Share], texts: Texts) -> None:
    """The label of a bar, with n at the right end."""
    known = not isinstance(shares[0].n, Hidden)
    n = _base(shares, texts)
    sheet.titled(label, f"n\u00a0=\u00a0{n}" if known else n, color=QUIET)
    sheet.y += 0.02


def draw(
    sheet: Sheet,
    shares: list[Share],
    segments: list[Segment],
    options: list[str],
    colours: list[str],
    texts: Texts,
) -> None:
    """The segments of a bar with their counts; below, the counts that do not fit and the options
    whose counts are hidden."""
    told = set()
    hidden = [name for name, share in zip(options, shares, strict=True) if share.hidden]
    drawn = sorted((one for one in segments if one.width > 0), key=lambda one: one.left)
    for segment in drawn:
        if segment.option is None:
            sheet.hatched(segment.left, sheet.y, segment.width, BAR)
            continue
        colour = colours[segment.option]
        sheet.box(segment.left, sheet.y, segment.width, BAR, facecolor=colour)
        count = texts.number(shares[segment.option].k)
        if sheet.width(count) + INSIDE <= segment.width:
            middle = segment.left + segment.width / 2
            sheet.write(middle, sheet.y + BAR / 2, count, ha="center", color=ink_on(colour))
        else:
            told.add(segment.option)
    for one, other in pairwise(drawn):
        touching = other.left - one.left - one.width < SEPARATED
        if touching and min(one.width, other.width) > SEPARATED:
            ends = [(other.left, sheet.y), (other.left, sheet.y + BAR)]
            sheet.line(ends, edgecolor="white", linewidth=0.9, capstyle="butt")
    sheet.y += BAR
    sheet.y += 0.05 if told or hidden else 0
    if told:
        named = [
            texts("alt_item", label=options[option], value=shares[option].full)
            for option in sorted(told)
        ]
        sheet.small(texts.enumeration(named))
    if hidden:
        sheet.small(texts("figure_texts.bars.kept_back", options=", ".join(hidden)))
    sheet.y += GAP


def key(
    sheet: Sheet,
    rows: list[Row],
    options: list[str],
    colours: list[str],
    more: Iterable[tuple[Symbol, str]],
    texts: Texts,
) -> None:
    """The colours of the options that somebody chose; those that nobody chose, in words."""
    given = [any(part(shares[option]) for _, shares in rows) for option in range(len(options))]
    entries = [
        (_swatch(sheet, colour), option)
        for option, colour, found in zip(options, colours, given, strict=True)
        if found
    ]
    if any(hidden_part(shares) for _, shares in rows):
        square = _square(sheet.hatched)
        entries.append((square, texts("figure_texts.bars.hidden")))
    sheet.y += 0.02
    sheet.legend([*entries, *more])
    nobody = _nobody(rows, options, texts)
    if nobody:
        sheet.y += 0.03
        sheet.small(nobody)
    sheet.y += 0.02


def _nobody(rows: list[Row], options: list[str], texts: Texts) -> str:
    """The options that nobody chose in any row, in words; empty where there are none."""
    left = [
        name
        for option, name in enumerate(options)
        if not any(shares[option].hidden or shares[option].k for _, shares in rows)
    ]
    return texts("figure_texts.bars.nobody", options=", ".join(left)) if left else ""


def described(sheet: Sheet, rows: list[Row], options: list[str], alt: str, texts: Texts) -> Drawing:
    """The drawing with its alternative text, `alt` being its frame, and the numbers in both."""
    items, numbers = [], []
    for label, shares in rows:
        values = {
            option: share.full
            for option, share in zip(options, shares, strict=True)
            if share.hidden or share.k
        }
        numbers.append(chain(*(placed(label, name, [value]) for name, value in values.items())))
        parts = [texts("alt_item", label=name, value=value) for name, value in values.items()]
        n = _base(shares, texts)
        items.append(texts("alt_row", label=label, n=n, parts=", ".join(parts)))
    told = texts(alt, items="; ".join(items))
    nobody = _nobody(rows, options, texts)
    drawing = sheet.drawing(f"{told} {nobody}." if nobody else told)
    return replace(drawing, numbers=tuple(chain(*numbers)))


def _swatch(sheet: Sheet, colour: str) -> Symbol:
    style: dict[str, Any] = {"facecolor": colour, "edgecolor": QUIET, "linewidth": 0.4}
    return _square(lambda *box: sheet.box(*box, **style))


def _square(box: Callable[[float, float, float, float], None]) -> Symbol:
    return lambda x, y: box(x - 0.08, y - 0.07, 0.16, 0.14)


def _base(shares: list[Share], texts: Texts) -> str:
    known = not isinstance(shares[0].n, Hidden)
    return texts.number(shares[0].n) if known else texts("hidden_count")
