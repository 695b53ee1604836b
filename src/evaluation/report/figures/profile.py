"""A profile: where things stand on an ordered scale, in two waves or as two sides see it."""

from dataclasses import dataclass
from typing import Any

from evaluation.language.texts import Texts
from evaluation.report.figures.drawing import BAND, GUIDE, INK, QUIET, SMALL, TIGHT, Drawing
from evaluation.report.figures.sheet import (
    Sheet,
    Symbol,
    in_two_layouts,
    legend_of,
    number,
    shape_and_colour,
)

STEP = 0.19  # inches from the points of one series to those of the next
MARKER = 0.14  # inches


@dataclass(frozen=True)
class Point:
    """Where a series stands, 1 being the first level of the scale, with its range.

    value: None where it is not shown; low and high: None where there is no range.
    """

    series: str
    value: float | None
    low: float | None = None
    high: float | None = None


def profile(
    rows: list[tuple[str, list[Point]]], series: list[str], scale: list[str], texts: Texts
) -> Drawing:
    """Points on an ordered scale, one row a topic; rows: (label, points).

    Each series has its shape, its colour and its height in the row; a line joins the points of
    a row in the order of the series, and a thinner one shows a range. Points that are missing
    are named. Raises ValueError for a point off the scale or of an unknown series.
    """
    _check(rows, series, scale)

    def drawn(sheet: Sheet) -> Drawing:
        if not rows or not series:
            return sheet.nothing(texts)
        shown = [(label, points) for label, points in rows if any(map(_known, points))]
        if not shown:
            return sheet.sentence(texts("figure_texts.profile.nothing"))
        band = sheet.span / len(scale)
        named = all(sheet.fits(label, band - 0.08, fontsize=SMALL) for label in scale)
        numbers = [texts.number(position) for position in range(1, len(scale) + 1)]
        headings = scale if named else numbers
        looks = shape_and_colour(series)

        legend = legend_of(looks, dict(zip(series, series, strict=True)), texts)
        entries = [(_symbol(sheet, *look), label) for look, label in legend.items()]
        if any(_ranged(point) for _, points in rows for point in points):

            def sample(x: float, y: float) -> None:
                _range(sheet, x - 0.1, x + 0.1, y)

            entries.append((sample, texts("figure_texts.profile.range")))
        sheet.legend(entries)
        sheet.y += 0.08
        _headings(sheet, headings, band)
        for label, points in shown:
            _row(sheet, label, {point.series: point for point in points}, looks, band, texts)
        sheet.y += 0.04
        _headings(sheet, headings, band)
        if not named:
            sheet.listed(zip(numbers, scale, strict=True))
        left = [label for label, points in rows if (label, points) not in shown]
        if left:
            sheet.small(texts("figure_texts.profile.missing", series="; ".join(left)))
        return sheet.drawing(_alt(rows, series, scale, texts))

    return in_two_layouts(drawn)


def _check(rows: list[tuple[str, list[Point]]], series: list[str], scale: list[str]) -> None:
    if not scale:
        raise ValueError("a scale without levels")
    for label, points in rows:
        for point in points:
            if point.series not in series:
                raise ValueError(f"{label!r}: {point.series!r} is none of {series}")
            for value in (point.value, point.low, point.high):
                if value is not None and not 1 <= value <= len(scale):
                    raise ValueError(f"{label!r}: {value} is not on a scale of 1 to {len(scale)}")


def _known(point: Point) -> bool:
    return point.value is not None


def _ranged(point: Point) -> bool:
    return None not in (point.value, point.low, point.high)


def _symbol(sheet: Sheet, shape: str, factor: float, colour: str) -> Symbol:
    return lambda x, y: sheet.marker(x, y, shape, MARKER * factor, markerfacecolor=colour)


def _headings(sheet: Sheet, headings: list[str], band: float) -> None:
    """The levels of the scale, each over or under its place."""
    found = [sheet.lines(heading, band - 0.08, fontsize=SMALL) for heading in headings]
    for position, lines in enumerate(found):
        style: dict[str, Any] = {"ha": "center", "fontsize": SMALL, "color": QUIET}
        sheet.write_lines((position + 0.5) * band, sheet.y, lines, **style)
    sheet.y += max(map(len, found)) * TIGHT + 0.06


def _row(
    sheet: Sheet,
    label: str,
    points: dict[str, Point],
    looks: dict[str, Any],
    band: float,
    texts: Texts,
) -> None:
    def place(value: Any) -> float:
        middle: float = (value - 0.5) * band
        return middle

    known = {name for name, point in points.items() if _known(point)}
    missing = [name for name in looks if name not in known]
    sheet.titled(label)
    sheet.y += 0.03
    height = STEP * len(looks)
    levels = round(sheet.span / band)
    sheet.box(0, sheet.y, sheet.span, height, facecolor=BAND)
    for level in range(1, levels + 1):
        ends = [(place(level), sheet.y), (place(level), sheet.y + height)]
        sheet.line(ends, edgecolor=GUIDE, linewidth=0.8, zorder=1.5)
    shown = []
    for row, (name, (shape, factor, colour)) in enumerate(looks.items()):
        if name not in known:
            continue
        point, y = points[name], sheet.y + (row + 0.5) * STEP
        shown.append((place(point.value), y))
        if _ranged(point):
            _range(sheet, place(point.low), place(point.high), y)
        _symbol(sheet, shape, factor, colour)(place(point.value), y)
    if len(shown) > 1:
        sheet.line(shown, edgecolor=QUIET, linewidth=2.2, zorder=2.5)
    sheet.y += height + 0.03
    if missing:
        sheet.small(texts("figure_texts.profile.missing", series=texts.enumeration(missing)))
    sheet.y += 0.1


def _range(sheet: Sheet, low: float, high: float, y: float) -> None:
    """A thin line with an end at each side."""
    style: dict[str, Any] = {"edgecolor": INK, "linewidth": 0.9}
    sheet.line([(low, y), (high, y)], **style)
    for end in (low, high):
        sheet.line([(end, y - 0.04), (end, y + 0.04)], **style)


def _alt(
    rows: list[tuple[str, list[Point]]], series: list[str], scale: list[str], texts: Texts
) -> str:
    described = []
    for label, points in rows:
        by_name = {point.series: point for point in points}
        parts = [
            texts("alt_item", label=name, value=_told(by_name.get(name), texts)) for name in series
        ]
        described.append(texts("figure_texts.profile.row", label=label, points=", ".join(parts)))
    levels = [
        texts("figure_texts.profile.level", n=texts.number(position), label=label)
        for position, label in enumerate(scale, start=1)
    ]
    return texts("figure_texts.profile.alt", scale=", ".join(levels), items="; ".join(described))


def _told(point: Point | None, texts: Texts) -> str:
    if point is None or point.value is None:
        return texts("figure_texts.profile.not_shown")
    value = number(point.value, texts)
    if not _ranged(point):
        return value
    low, high = number(point.low, texts), number(point.high, texts)
    return texts("figure_texts.profile.with_range", value=value, low=low, high=high)
