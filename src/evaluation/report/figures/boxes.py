"""Boxes: where the middle half of numbers lies, their median and their mean, a row a question or a
group."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import chain
from math import floor, log10
from typing import Any

from evaluation.language.texts import Texts
from evaluation.report.figures.drawing import (
    BAND,
    FILL,
    GUIDE,
    INK,
    OTHERS,
    QUIET,
    SMALL,
    TIGHT,
    Drawing,
)
from evaluation.report.figures.sheet import Sheet, in_two_layouts
from evaluation.report.measured import Measured
from evaluation.report.provenance import placed

HEIGHT = 0.26  # inches of a row
MARKER = 0.13  # inches
MOST = 6  # marks of the axis
STEPS = (1, 2, 5, 10)

Row = tuple[str, Measured]


def boxes(rows: list[Row], texts: Texts) -> Drawing:
    """The middle half of numbers as a box with its median, and their mean as a point; rows: (label,
    numbers).

    texts: of the language, `report.texts`. Numbers that are hidden are named below.
    """
    shown = [row for row in rows if not row[1].hidden]
    if not rows:
        return in_two_layouts(lambda sheet: sheet.nothing(texts))
    if not shown:
        return in_two_layouts(lambda sheet: sheet.all_hidden(texts))
    drawing = in_two_layouts(lambda sheet: _drawn(sheet, rows, shown, texts))
    numbers = [
        placed(label, texts(f"measured.columns.{name}"), [getattr(measured, name)])
        for label, measured in rows
        for name in ("n", "mean", "median")
    ]
    return replace(drawing, numbers=tuple(chain(*numbers)))


def _drawn(sheet: Sheet, rows: list[Row], shown: list[Row], texts: Texts) -> Drawing:
    told = [
        measured.figures[name]
        for _, measured in shown
        for name in ("mean", "lower_quartile", "median", "upper_quartile")
        if name in measured.figures
    ]
    marks = _marks(min(told), max(told))
    room = (
        max(sheet.width(texts.number(mark), fontsize=SMALL) for mark in (marks[0], marks[-1])) / 2
    )
    whole = sheet.span - 2 * room

    def place(value: float) -> float:
        return room + whole * (value - marks[0]) / (marks[-1] - marks[0])

    keys = [(lambda x, y: _mean(sheet, x, y), texts("measured.columns.mean"))]
    if any("median" in measured.figures for _, measured in shown):
        keys.append(
            (lambda x, y: _median(sheet, x, y - HEIGHT / 2), texts("measured.columns.median"))
        )
    if any("lower_quartile" in measured.figures for _, measured in shown):
        keys.append((sheet.swatch(OTHERS), texts("measured.columns.middle_half")))
    sheet.legend(keys)
    sheet.y += 0.05
    for label, measured in shown:
        sheet.titled(label, texts("measured.base", n=measured.n), color=QUIET)
        sheet.y += 0.03
        _row(sheet, measured.figures, marks, place)
        sheet.y += HEIGHT + 0.1
    for mark in marks:
        style: dict[str, Any] = {"ha": "center", "fontsize": SMALL, "color": QUIET}
        sheet.write(place(mark), sheet.y + TIGHT / 2, texts.number(mark), **style)
    sheet.y += TIGHT
    hidden = [label for label, measured in rows if measured.hidden]
    if hidden:
        sheet.small(texts("figure_texts.bars.kept_back", options="; ".join(hidden)))
    items = [
        texts("figure_texts.boxes.row", label=label, n=each.n, mean=each.mean, median=each.median)
        for label, each in rows
    ]
    return sheet.drawing(texts("figure_texts.boxes.alt", items="; ".join(items)))


def _row(
    sheet: Sheet, figures: Mapping[str, float], marks: list[int], place: Callable[[float], float]
) -> None:
    sheet.box(place(marks[0]), sheet.y, place(marks[-1]) - place(marks[0]), HEIGHT, facecolor=BAND)
    for mark in marks:
        ends = [(place(mark), sheet.y), (place(mark), sheet.y + HEIGHT)]
        sheet.line(ends, edgecolor=GUIDE, linewidth=0.8)
    if {"lower_quartile", "upper_quartile"} <= set(figures):
        left, right = place(figures["lower_quartile"]), place(figures["upper_quartile"])
        sheet.box(left, sheet.y + 0.03, right - left, HEIGHT - 0.06, facecolor=OTHERS)
    if "median" in figures:
        _median(sheet, place(figures["median"]), sheet.y)
    _mean(sheet, place(figures["mean"]), sheet.y + HEIGHT / 2)


def _mean(sheet: Sheet, x: float, y: float) -> None:
    sheet.marker(x, y, "D", MARKER, markerfacecolor=FILL)


def _median(sheet: Sheet, x: float, top: float) -> None:
    sheet.line([(x, top), (x, top + HEIGHT)], edgecolor=INK, linewidth=2.4, zorder=3)


def _marks(low: float, high: float) -> list[int]:
    """Whole numbers below, between and above all that is shown, in round steps."""
    spread = max(high - low, 1.0)
    unit = 10 ** floor(log10(spread / MOST)) if spread > MOST else 1
    step = next(unit * each for each in STEPS if spread / (unit * each) <= MOST)
    first, last = floor(low / step) * step, -floor(-high / step) * step
    last = max(last, first + step)
    return list(range(int(first), int(last) + 1, int(step)))
