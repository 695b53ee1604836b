"""A layered diagram, such as a theory of change: boxes in rows, links from row to row.

Layers run from top to bottom, so that boxes keep room for their words on a phone and on paper.
A link that passes a layer keeps a lane of its own between the boxes (Sugiyama, Tagawa and Toda
1981), and boxes stand in the order of what they are linked with, which keeps crossings few.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from evaluation.language.texts import Texts
from evaluation.report.figures.canvas import words
from evaluation.report.figures.drawing import INK, QUIET, SMALL, TIGHT, Drawing
from evaluation.report.figures.sheet import Sheet, in_two_layouts

GAP = 0.1  # inches between boxes
LANE = 0.08  # inches a passing link takes
ROOM = 0.42  # inches between layers
WIDEST = 2.1  # inches a box is wide at most
INSIDE = 0.05  # inches between the edge of a box and its text
HAIR = 0.005  # inches that keep a word from being broken by the rounding of its width
SWEEPS = 8
# line style and width, from the firmest kind of link to the loosest
STYLES: tuple[tuple[Any, float], ...] = (
    ("-", 2.0),
    ((0, (5, 2)), 1.3),
    ((0, (1.2, 1.6)), 1.3),
    ((0, (5, 1.5, 1, 1.5)), 1.3),
    ((0, (2.5, 6)), 1.6),
    ((0, (1, 4)), 0.9),
)


@dataclass(frozen=True)
class Node:
    """A box; layers are counted from 0, at the top."""

    id: str
    layer: int
    label: str


@dataclass(frozen=True)
class Link:
    """An arrow from a box to one in a lower layer."""

    source: str
    target: str
    kind: str


def layers(nodes: list[Node], links: list[Link], kinds: dict[str, str], texts: Texts) -> Drawing:
    """Boxes in layers and the links between them.

    kinds: the kinds of links with their names, the firmest first. Raises ValueError for more
    kinds than can be told apart, and for a link that does not lead to a lower layer.
    """
    if len(kinds) > len(STYLES):
        raise ValueError(f"{len(kinds)} kinds of links; {len(STYLES)} can be told apart")
    by_id = {node.id: node for node in nodes}
    for link in links:
        if by_id[link.source].layer >= by_id[link.target].layer:
            raise ValueError(f"{link.source} is not above {link.target}")

    def drawn(sheet: Sheet) -> Drawing:
        if not nodes:
            return sheet.nothing(texts)
        made, chains = _with_lanes(nodes, links, by_id)
        rows = _ordered(made, chains)
        places = _boxes(sheet, rows, by_id)
        styles = dict(zip(kinds, STYLES, strict=False))
        for link, chain in zip(links, chains, strict=True):
            _arrow(sheet, [places[name] for name in chain], styles[link.kind])
        used = [kind for kind in kinds if any(link.kind == kind for link in links)]
        sheet.legend([(_sample(sheet, styles[kind]), kinds[kind]) for kind in used], sample=0.35)
        return sheet.drawing(_alt(nodes, links, kinds, by_id, texts))

    return in_two_layouts(drawn)


def _with_lanes(
    nodes: list[Node], links: list[Link], by_id: dict[str, Node]
) -> tuple[list[list[Any]], list[list[Any]]]:
    """The rows of boxes and lanes, and for each link what it leads through; a lane is a tuple."""
    rows: list[list[Any]] = [[] for _ in range(1 + max(node.layer for node in nodes))]
    for node in nodes:
        rows[node.layer].append(node.id)
    chains = []
    for link in links:
        first, last = by_id[link.source].layer, by_id[link.target].layer
        lanes = [(link.source, link.target, layer) for layer in range(first + 1, last)]
        for lane in lanes:
            rows[lane[2]].append(lane)
        chains.append([link.source, *lanes, link.target])
    return rows, chains


def _ordered(rows: list[list[Any]], chains: list[list[Any]]) -> list[list[Any]]:
    """The rows with what is linked near each other: the order with the fewest crossings found."""
    pairs = [pair for chain in chains for pair in pairwise(chain)]
    best = rows
    for sweep in range(SWEEPS):
        downwards = sweep % 2 == 0
        order = range(1, len(rows)) if downwards else range(len(rows) - 2, -1, -1)
        rows = [list(row) for row in rows]
        for position in order:
            beside = rows[position - 1 if downwards else position + 1]
            place = {name: (n + 0.5) / len(beside) for n, name in enumerate(beside)}
            here = {name: (n + 0.5) / len(rows[position]) for n, name in enumerate(rows[position])}

            def centre(
                name: Any,
                place: dict[Any, float] = place,
                here: dict[Any, float] = here,
                downwards: bool = downwards,
            ) -> float:
                near = [a if downwards else b for a, b in pairs if (b if downwards else a) == name]
                found = [place[other] for other in near if other in place]
                return sum(found) / len(found) if found else here[name]

            rows[position] = sorted(rows[position], key=centre)
        if _crossings(rows, pairs) < _crossings(best, pairs):
            best = rows
    return best


def _crossings(rows: list[list[Any]], pairs: list[tuple[Any, ...]]) -> int:
    place = {name: (layer, n) for layer, row in enumerate(rows) for n, name in enumerate(row)}
    ends = [(place[a], place[b]) for a, b in pairs]
    return sum(
        (a[1] - c[1]) * (b[1] - d[1]) < 0
        for n, (a, b) in enumerate(ends)
        for c, d in ends[:n]
        if a[0] == c[0]
    )


def _boxes(sheet: Sheet, rows: list[list[Any]], by_id: dict[str, Node]) -> dict[str, Any]:
    """Draws the boxes; returns for each box and lane its middle, top and bottom."""
    places = {}
    for number, row in enumerate(rows):
        lanes = sum(isinstance(name, tuple) for name in row)
        room = sheet.span - lanes * LANE - (len(row) - 1) * GAP
        labels = {name: by_id[name].label for name in row if not isinstance(name, tuple)}
        widths = _widths(sheet, labels, room)
        spare = (room - sum(widths.values())) / (len(row) + 1)
        lines = {
            name: sheet.lines(label, widths[name] - 2 * INSIDE, fontsize=SMALL)
            for name, label in labels.items()
        }
        height = max(map(len, lines.values())) * TIGHT + 2 * INSIDE
        left = spare
        for name in row:
            own = widths.get(name, LANE)
            places[name] = (left + own / 2, sheet.y, sheet.y + height)
            if name in lines:
                style: dict[str, Any] = {
                    "facecolor": "white",
                    "edgecolor": INK,
                    "linewidth": 0.9,
                    "zorder": 3,
                }
                sheet.box(left, sheet.y, own, height, **style)
                top = sheet.y + (height - len(lines[name]) * TIGHT) / 2
                sheet.write_lines(left + own / 2, top, lines[name], ha="center", fontsize=SMALL)
            left += own + GAP + spare
        sheet.y += height + (ROOM if number < len(rows) - 1 else 0.15)
    return places


def _widths(sheet: Sheet, labels: dict[str, str], room: float) -> dict[str, float]:
    """Inches of each box of a row: equal parts of the room, and more for longer words as far as
    the others can spare it."""
    needed = {
        name: HAIR
        + 2 * INSIDE
        + max(sheet.width(word, fontsize=SMALL) for word in words(label) or [""])
        for name, label in labels.items()
    }
    widths: dict[str, float] = {}
    for name in sorted(needed, key=needed.__getitem__, reverse=True):
        equal = (room - sum(widths.values())) / (len(needed) - len(widths))
        least = sum(width for other, width in needed.items() if other not in widths)
        spared = least <= room - sum(widths.values())
        widths[name] = min(max(equal, needed[name]) if spared else equal, WIDEST)
    return widths


def _arrow(sheet: Sheet, stops: list[tuple[float, float, float]], style: tuple[Any, float]) -> None:
    line, width = style
    for (x, top, bottom), (to_x, to_top, _) in pairwise(stops):
        middle = (bottom + to_top) / 2
        path = [(x, bottom), (x, middle), (to_x, middle), (to_x, to_top)]
        sheet.curve(path, linestyle=line, linewidth=width, edgecolor=QUIET)
        if (x, top, bottom) != stops[0]:  # straight through a lane
            sheet.line([(x, top), (x, bottom)], linestyle=line, linewidth=width, edgecolor=QUIET)
    tip = (stops[-1][0], stops[-1][1])
    sheet.arrowhead(tip, (tip[0], tip[1] - 1), colour=QUIET)


def _sample(sheet: Sheet, style: tuple[Any, float]) -> Callable[[float, float], None]:
    line, width = style

    def draw(x: float, y: float) -> None:
        ends = [(x - 0.17, y), (x + 0.17, y)]
        sheet.line(ends, linestyle=line, linewidth=width, edgecolor=QUIET)

    return draw


def _alt(
    nodes: list[Node], links: list[Link], kinds: Any, by_id: dict[str, Node], texts: Texts
) -> str:
    rows = [
        texts(
            "figure_texts.diagram.layer",
            layer=texts.number(layer + 1),
            boxes=", ".join(node.label for node in nodes if node.layer == layer),
        )
        for layer in sorted({node.layer for node in nodes})
    ]
    fields = {"n": texts.number(len(rows)), "layers": "; ".join(rows)}
    if not links:
        return texts("figure_texts.diagram.alt_unlinked", **fields)
    told = []
    for kind, name in kinds.items():
        drawn = [
            texts(
                "figure_texts.diagram.link",
                source=by_id[link.source].label,
                target=by_id[link.target].label,
            )
            for link in links
            if link.kind == kind
        ]
        if drawn:
            told.append(texts("figure_texts.diagram.kind", kind=name, links=", ".join(drawn)))
    return texts("figure_texts.diagram.alt", links="; ".join(told), **fields)
