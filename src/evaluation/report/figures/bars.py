"""Bars: shares below each other, each on the track of the whole."""

from dataclasses import replace
from itertools import chain
from typing import Any

from evaluation.language.texts import Texts
from evaluation.report.figures.drawing import BAR, FILL, GAP, LINE, TRACK, WIDTH, Drawing
from evaluation.report.figures.sheet import Sheet
from evaluation.report.provenance import Hidden, placed
from evaluation.report.shares import Share

BESIDE = 0.09  # inches from a bar to its number
STRONG: dict[str, Any] = {"fontweight": "semibold"}


def bars(rows: list[tuple[str, Share]], texts: Texts) -> Drawing:
    """Horizontal bars of k out of n in the order given; rows: (label, share).

    texts: of the language, `report.texts`.
    """
    sheet = Sheet()
    if not rows:
        return sheet.nothing(texts)
    whole = WIDTH - BESIDE - max(sheet.width(share.full, **STRONG) for _, share in rows)
    for label, share in rows:
        lines = sheet.lines(label, WIDTH)
        sheet.write_lines(0, sheet.y, lines, LINE)
        sheet.y += len(lines) * LINE + 0.02
        if share.hidden:
            sheet.hatched(0, sheet.y, whole, BAR)
        else:
            sheet.box(0, sheet.y, whole, BAR, facecolor=TRACK)
        if not share.hidden and share.k:
            sheet.box(0, sheet.y, whole * share.k / share.n, BAR, facecolor=FILL)
        sheet.write(whole + BESIDE, sheet.y + BAR / 2, share.full, **STRONG)
        sheet.y += BAR + GAP
    items = [texts("alt_item", label=label, value=share.full) for label, share in rows]
    bases = sorted({share.n for _, share in rows if not isinstance(share.n, Hidden)})
    n = texts.enumeration([texts.number(base) for base in bases]) or texts("hidden_count")
    numbers = [placed(label, texts("columns.share"), [share.full]) for label, share in rows]
    drawing = sheet.drawing(texts("alt_bars", n=n, items="; ".join(items)))
    return replace(drawing, numbers=tuple(chain(*numbers)))
