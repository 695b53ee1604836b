"""Bars: shares below each other, each on the track of the whole."""

from dataclasses import replace
from itertools import chain
from typing import Any

from evaluation.language.texts import Texts
from evaluation.report.figures.drawing import BAR, FILL, GAP, OTHERS, TRACK, Drawing
from evaluation.report.figures.sheet import Sheet, in_two_layouts
from evaluation.report.figures.whole import silent, units
from evaluation.report.provenance import Hidden, placed, told
from evaluation.report.shares import Share

BESIDE = 0.09  # inches from a bar to its number
STRONG: dict[str, Any] = {"fontweight": "semibold"}

Row = tuple[str, Share]


def bars(rows: list[Row], texts: Texts, title: str = "") -> Drawing:
    """Horizontal bars of k out of n in the order given; rows: (label, share).

    texts: of the language, `report.texts`; title: what the figure finds, to stand above it.

    Where the population is known and small, each bar is as long as the population, and what is
    left of it stands for those who did not answer. What is hidden has no bar: it is named below.
    """
    if not rows:
        return in_two_layouts(lambda sheet: sheet.nothing(texts))
    shown = [row for row in rows if not row[1].hidden]
    if not shown:
        return in_two_layouts(lambda sheet: sheet.all_hidden(texts))
    drawing = in_two_layouts(lambda sheet: _drawn(sheet, rows, shown, texts, title))
    numbers = [placed(label, texts("columns.share"), [share.full]) for label, share in rows]
    if units(share for _, share in shown):
        name = texts("figure_texts.bars.silent")
        numbers += [placed(label, name, [silent(share)]) for label, share in shown]
    return replace(drawing, numbers=tuple(chain(*numbers)))


def _drawn(sheet: Sheet, rows: list[Row], shown: list[Row], texts: Texts, title: str) -> Drawing:
    sheet.heading(title)
    left = sheet.label_room(label for label, _ in shown)
    widest = max(sheet.width(share.full, **STRONG) for _, share in shown)
    whole = sheet.span - left - BESIDE - widest
    most = units(share for _, share in shown)
    for label, share in shown:
        top, bottom = sheet.row(label, "", left, BAR)
        if most:
            _units(sheet, share, left, top, whole / most)
        else:
            sheet.box(left, top, whole, BAR, facecolor=TRACK)
            if share.k:
                sheet.box(left, top, whole * share.k / share.n, BAR, facecolor=FILL)
        sheet.write(left + whole + BESIDE, top + BAR / 2, share.full, **STRONG)
        sheet.y = bottom + GAP
    unheard = _silent([share for _, share in shown], texts) if most else ""
    if most:
        entries = [(sheet.swatch(OTHERS), texts("figure_texts.bars.others"))]
        sheet.legend([*entries, *([(sheet.swatch("white"), unheard)] if unheard else [])])
    hidden = [label for label, share in rows if share.hidden]
    if hidden:
        sheet.small(texts("figure_texts.bars.kept_back", options="; ".join(hidden)))
    return sheet.drawing(_alt(rows, unheard, texts))


def _units(sheet: Sheet, share: Share, left: float, top: float, unit: float) -> None:
    """A bar of units: those that are counted, the others who answered, those who did not."""
    rest = share.n - share.k
    unheard = share.population - share.n if share.population else 0
    for count, colour in ((share.k, FILL), (rest, OTHERS), (unheard, "white")):
        sheet.units(left, top, unit, int(count), colour)
        left += unit * count


def _silent(shares: list[Share], texts: Texts) -> str:
    """Who did not answer, with their number where it is the same of all shares; empty where
    everybody did."""
    found = dict.fromkeys(filter(None, map(silent, shares)))
    name = texts("figure_texts.bars.silent")
    if len(found) != 1:
        return name if found else ""
    return told(texts("alt_item", label=name, value=next(iter(found))), *found)


def _alt(rows: list[Row], unheard: str, texts: Texts) -> str:
    items = [texts("alt_item", label=label, value=share.full) for label, share in rows]
    bases = sorted({share.n for _, share in rows if not isinstance(share.n, Hidden)})
    n = texts.enumeration([texts.number(base) for base in bases]) or texts("hidden_count")
    alt = texts("alt_bars", n=n, items="; ".join(items))
    return f"{alt} {unheard}." if unheard else alt
