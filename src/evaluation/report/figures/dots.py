"""Dots: the shares of groups on one axis from none to all, a row a question or an option."""

from dataclasses import replace
from itertools import chain
from typing import Any

from evaluation.language.texts import Texts
from evaluation.report.figures.drawing import (
    BAND,
    FILL,
    GUIDE,
    OTHERS,
    QUIET,
    SMALL,
    TIGHT,
    Drawing,
)
from evaluation.report.figures.sheet import Look, Sheet, Symbol, in_two_layouts, shape_and_colour
from evaluation.report.provenance import placed
from evaluation.report.shares import Share

TOLD_APART = 6  # groups that have a shape each; of more, the ends of a row are named
HEIGHT = 0.26  # inches of a row
MARKER = 0.14  # inches
TICKS = (0, 25, 50, 75, 100)  # per cent
AROUND = ("o", 0.8, OTHERS)  # the groups between the ends
END = ("o", 1.0, FILL)

Row = tuple[str, list[Share]]


def dots(rows: list[Row], groups: list[str], texts: Texts, title: str = "") -> Drawing:
    """The share of each group as a dot between none and all; rows: (label, share of each group).

    groups: what they are called; texts: of the language, `report.texts`; title: what the figure
    finds, to stand above it. Up to `TOLD_APART` groups have a shape and a colour each; of more, the
    highest and the lowest of each row are named. Groups that are hidden are named below their row.
    """
    if not rows:
        return in_two_layouts(lambda sheet: sheet.nothing(texts))
    if all(share.hidden for _, shares in rows for share in shares):
        return in_two_layouts(lambda sheet: sheet.all_hidden(texts))
    drawing = in_two_layouts(lambda sheet: _drawn(sheet, rows, groups, texts, title))
    numbers = [
        placed(label, group, [share.full])
        for label, shares in rows
        for group, share in zip(groups, shares, strict=True)
    ]
    return replace(drawing, numbers=tuple(chain(*numbers)))


def _drawn(sheet: Sheet, rows: list[Row], groups: list[str], texts: Texts, title: str) -> Drawing:
    sheet.heading(title)
    apart = len(groups) <= TOLD_APART
    looks: dict[str, Look] = shape_and_colour(groups) if apart else {}
    if apart:
        sheet.legend([(_symbol(sheet, looks[group]), group) for group in groups])
        sheet.y += 0.05
    room = sheet.width(texts("percent", value=TICKS[-1]), fontsize=SMALL) / 2
    axis = (room, sheet.span - room)
    for label, shares in rows:
        _row(sheet, label, dict(zip(groups, shares, strict=True)), looks, axis, texts)
    for tick in TICKS:
        name = texts("percent", value=tick)
        style: dict[str, Any] = {"ha": "center", "fontsize": SMALL, "color": QUIET}
        sheet.write(_place(axis, tick / TICKS[-1]), sheet.y + TIGHT / 2, name, **style)
    sheet.y += TIGHT
    return sheet.drawing(_alt(rows, groups, texts))


def _row(
    sheet: Sheet,
    label: str,
    shares: dict[str, Share],
    looks: dict[str, Look],
    axis: tuple[float, float],
    texts: Texts,
) -> None:
    sheet.titled(label)
    sheet.y += 0.03
    shown = {group: share for group, share in shares.items() if not share.hidden}
    sheet.box(axis[0], sheet.y, axis[1] - axis[0], HEIGHT, facecolor=BAND)
    for tick in TICKS:
        x = _place(axis, tick / TICKS[-1])
        sheet.line([(x, sheet.y), (x, sheet.y + HEIGHT)], edgecolor=GUIDE, linewidth=0.8)
    middle = sheet.y + HEIGHT / 2
    parts = {group: share.k / share.n for group, share in shown.items()}
    if parts:
        ends = [(_place(axis, end(parts.values())), middle) for end in (min, max)]
        sheet.line(ends, edgecolor=QUIET, linewidth=1.6, zorder=2.5)
    outer = {min(parts.values()), max(parts.values())} if parts else set()
    # the ends last, so that nothing lies over them
    for group, part in sorted(parts.items(), key=lambda item: item[1] in outer):
        look = looks.get(group, END if part in outer else AROUND)
        _symbol(sheet, look)(_place(axis, part), middle)
    sheet.y += HEIGHT + 0.03
    if not looks and parts:
        _named_ends(sheet, shown, parts, texts)
    hidden = [group for group, share in shares.items() if share.hidden]
    if hidden:
        sheet.small(texts("figure_texts.bars.kept_back", options="; ".join(hidden)))
    sheet.y += 0.1


def _named_ends(
    sheet: Sheet, shown: dict[str, Share], parts: dict[str, float], texts: Texts
) -> None:
    """The groups with the smallest and with the largest share, named below the row."""
    for end in dict.fromkeys((min(parts.values()), max(parts.values()))):
        named = [group for group, part in parts.items() if part == end]
        told = texts("alt_item", label=texts.enumeration(named), value=shown[named[0]].full)
        sheet.small(told)


def _place(axis: tuple[float, float], part: float) -> float:
    return axis[0] + part * (axis[1] - axis[0])


def _symbol(sheet: Sheet, look: Look) -> Symbol:
    shape, factor, colour = look
    return lambda x, y: sheet.marker(x, y, shape, MARKER * factor, markerfacecolor=colour)


def _alt(rows: list[Row], groups: list[str], texts: Texts) -> str:
    items = []
    for label, shares in rows:
        told = [
            texts("alt_item", label=group, value=share.full)
            for group, share in zip(groups, shares, strict=True)
        ]
        items.append(texts("figure_texts.profile.row", label=label, points=", ".join(told)))
    return texts("figure_texts.dots.alt", items="; ".join(items))
