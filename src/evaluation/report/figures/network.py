"""A network of actors, such as the partners of a collaboration and who works with whom."""

from collections.abc import Callable, Sequence
from math import inf, sqrt
from typing import Any

from evaluation.language.texts import Texts
from evaluation.report.figures.canvas import Place
from evaluation.report.figures.drawing import SMALL, TIGHT, Drawing, ink_on
from evaluation.report.figures.placing import Box, apart, around, placed
from evaluation.report.figures.sheet import (
    Sheet,
    distance,
    in_two_layouts,
    legend_of,
    number,
    shape_and_colour,
)

Node = tuple[str, str, str, float]
Tie = tuple[str, str, float | None, bool]

RADIUS = (0.08, 0.16)  # inches, of the smallest and of the largest node
NUMBERED = (0.13, 0.19)  # the same where a number stands in the node
MARGIN = 0.55  # inches around the network, for labels
HIGHEST = 5.2  # inches the network is high at most, without its margin
APART = 0.12  # inches between nodes
EDGE = 0.2  # inches above and below the network, for labels
SPARE = 0.06  # inches above and below ties that swing out
ROOMS = (1.7, 1.15, 0.85)  # inches a line of a label may be long
LINES = 3  # lines of a label
WEIGHT = (0.8, 4.0)  # points, of the lightest and of the heaviest tie
TIE = "#7b8894"
HEAD = 0.11  # inches the head of an arrow is long
# how far a tie swings out, as a share of its length: the least that avoids other nodes
SWINGS = (0.0, 0.2, -0.2, 0.4, -0.4, 0.6, -0.6)
TWICE = 0.3  # how far ties between the same nodes swing out from each other
STEPS = 24  # places along a tie


def network(
    nodes: Sequence[Node],
    ties: Sequence[Tie],
    positions: dict[str, Place],
    groups: dict[str, str],
    texts: Texts,
) -> Drawing:
    """Nodes (id, label, group, size) and ties (a, b, weight, directed) between their ids.

    positions: x and y of each id, from 0 to 1, y upwards; groups: what each group is called.
    Shape and colour tell the group, the area of a node its size, the width of a tie its weight
    (None where it is not known). A node with an empty label has no name to be shown. Nodes on
    each other are moved apart; where the labels find no room, numbers in the nodes stand for
    them, with a key below. Raises ValueError for an id that occurs twice or has no position, an
    unknown group, and a tie to an unknown node or to itself.
    """
    _check(nodes, ties, positions, groups)

    def drawn(sheet: Sheet) -> Drawing:
        if not nodes:
            return sheet.nothing(texts)
        looks = shape_and_colour(list(groups))
        legend = legend_of(looks, groups, texts)
        sheet.legend([(_symbol(sheet, *look), label) for look, label in legend.items()])
        actors = _Drawn(sheet, nodes, ties, positions)
        actors.draw(looks)
        sizes = [size for *_, size in nodes]
        weights = [weight for *_, weight, _ in ties if weight is not None]
        for values, name in ((weights, "weights"), (sizes, "sizes")):
            if len(set(values)) > 1:
                low, high = (number(end, texts) for end in (min(values), max(values)))
                sheet.small(texts(f"figure_texts.network.{name}", low=low, high=high))
        actors.key()
        return sheet.drawing(_alt(nodes, ties, groups, texts))

    return in_two_layouts(drawn)


def _check(
    nodes: Sequence[Node], ties: Sequence[Tie], positions: dict[str, Place], groups: Any
) -> None:
    ids = [id_ for id_, *_ in nodes]
    twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
    if twice:
        raise ValueError(f"nodes that occur twice: {twice}")
    for id_, _, group, size in nodes:
        if id_ not in positions:
            raise ValueError(f"no position for {id_!r}")
        if group not in groups:
            raise ValueError(f"{group!r} is none of the groups {list(groups)}")
        if size < 0:
            raise ValueError(f"the size of {id_!r} is {size}")
    for a, b, *_ in ties:
        if a == b:
            raise ValueError(f"{a!r} is tied to itself")
        for end in (a, b):
            if end not in ids:
                raise ValueError(f"a tie to the unknown node {end!r}")


def _symbol(
    sheet: Sheet, shape: str, factor: float, colour: str, size: float = 0.14
) -> Callable[[float, float], None]:
    return lambda x, y: sheet.marker(x, y, shape, size * factor, markerfacecolor=colour)


class _Drawn:
    """Where nodes, ties and labels stand."""

    def __init__(
        self, sheet: Sheet, nodes: Sequence[Node], ties: Sequence[Tie], positions: dict[str, Place]
    ) -> None:
        self.sheet, self.nodes, self.ties = sheet, nodes, ties
        self.top = sheet.y + 0.06
        self.index = {id_: position for position, (id_, *_) in enumerate(nodes)}
        self.named = [position for position, (_, label, *_) in enumerate(nodes) if label]
        self._settle(positions, RADIUS)
        labels = self._labels()
        self.labels = labels or []
        self.numbers: dict[int, str] = {}
        if labels is None:
            self.numbers = {position: str(n) for n, position in enumerate(self.named, start=1)}
            self._settle(positions, NUMBERED)

    def _settle(self, positions: dict[str, Place], limits: tuple[float, float]) -> None:
        """Radii, places and ties, for nodes of a size between the limits."""
        sizes = [size for *_, size in self.nodes]
        least, most = (limit**2 for limit in limits)
        # nodes of one size are small
        largest = max(sizes) if len(set(sizes)) > 1 else inf
        self.radii = [sqrt(least + (most - least) * size / largest) for size in sizes]
        xs, ys = ([positions[id_][axis] for id_, *_ in self.nodes] for axis in (0, 1))
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        room = self.sheet.span - 2 * MARGIN
        scale = min(room / wide if wide else room, HIGHEST / high if high else room)
        middle = (max(xs) + min(xs)) / 2
        places = [
            (self.sheet.span / 2 + (x - middle) * scale, (max(ys) - y) * scale)
            for x, y in zip(xs, ys, strict=True)
        ]
        spread = apart(places, self.radii, APART, self.sheet.span)
        margin = max(self.radii) + EDGE
        self.places = spread
        ways = [self._way(tie) for tie in range(len(self.ties))]
        # as high as the nodes with their labels, and as ties that swing out
        reached = [y for way in ways for _, y in way]
        heights = [y for _, y in spread]
        above = min(min(heights) - margin, min(reached, default=inf) - SPARE)
        below = max(max(heights) + margin, max(reached, default=-inf) + SPARE)
        down = self.top - above
        self.places = [(x, y + down) for x, y in spread]
        self.ways = [[(x, y + down) for x, y in way] for way in ways]
        self.frame = Box(0, self.top, self.sheet.span, below + down)

    def _way(self, tie: int) -> list[Place]:
        """Places along a tie, clear of other nodes if possible.

        Several ties between the same two nodes swing out to different sides.
        """
        a, b, *_ = self.ties[tie]
        alike = [n for n, (c, d, *_) in enumerate(self.ties) if {c, d} == {a, b}]
        if len(alike) == 1:
            swings: tuple[float, ...] = SWINGS
        else:
            side = 1 if self.index[a] < self.index[b] else -1
            swings = (side * (alike.index(tie) - (len(alike) - 1) / 2) * TWICE,)
        ends = self.index[a], self.index[b]
        return min((self._swung(*ends, swing) for swing in swings), key=self._struck(*ends))

    def _swung(self, one: int, other: int, swing: float) -> list[Place]:
        (x, y), (u, v) = self.places[one], self.places[other]
        bends = (x, y), ((x + u) / 2 - swing * (v - y), (y + v) / 2 + swing * (u - x)), (u, v)
        way = []
        for step in range(STEPS + 1):
            there = step / STEPS
            shares = (1 - there) * (1 - there), 2 * there * (1 - there), there * there
            across, down = (
                sum(share * place[axis] for share, place in zip(shares, bends, strict=True))
                for axis in (0, 1)
            )
            way.append((across, down))
        return way

    def _struck(self, one: int, other: int) -> Callable[[list[Place]], float]:
        """How many nodes that it does not tie a way runs over or close by, or whether it leaves
        the drawing."""
        discs = [
            (place, radius + 0.05)
            for position, (place, radius) in enumerate(zip(self.places, self.radii, strict=True))
            if position not in (one, other)
        ]

        def struck(way: list[Place]) -> int:
            outside = not all(0 <= x <= self.sheet.span for x, _ in way)
            return outside + sum(
                any(distance(place, centre) < reach for place in way) for centre, reach in discs
            )

        return struck

    def _labels(self) -> list[tuple[Box, str, list[str]]] | None:
        """Box, alignment and lines of each label; None where they find no room."""
        choices: dict[int, list[tuple[Box, str, list[str]]]] = {}
        for position in self.named:
            label, choices[position] = self.nodes[position][1], []
            for lines in self._broken(label):
                width = max(self.sheet.width(line, fontsize=SMALL) for line in lines)
                size = (width, len(lines) * TIGHT)
                for box, aligned in around(self.places[position], self.radii[position], *size):
                    choices[position].append((box, aligned, lines))
        found = placed(
            {position: [box for box, *_ in boxes] for position, boxes in choices.items()},
            list(zip(self.places, (radius + 0.03 for radius in self.radii), strict=True)),
            self.ways,
            self.frame,
        )
        if found is None:
            return None
        return [choices[position][chosen] for position, chosen in found.items()]

    def _broken(self, label: str) -> list[list[str]]:
        """The label in few lines, in the ways in which no word is broken."""
        found = []
        for room in ROOMS:
            lines = self.sheet.lines(label, room, fontsize=SMALL)
            whole = self.sheet.fits(label, room, fontsize=SMALL)
            if whole and len(lines) <= LINES and lines not in found:
                found.append(lines)
        return found

    def draw(self, looks: dict[str, tuple[str, float, str]]) -> None:
        heaviest = max((weight for *_, weight, _ in self.ties if weight is not None), default=0)
        for (_, b, weight, directed), way in zip(self.ties, self.ways, strict=True):
            width = WEIGHT[0]
            if weight is not None and heaviest > 0:
                width += (WEIGHT[1] - WEIGHT[0]) * weight / heaviest
            self._tie(way, self.index[b], width, directed)
        for position, (_, _, group, _) in enumerate(self.nodes):
            self._node(position, *looks[group])
        for box, aligned, lines in self.labels:
            x = {"left": box.left, "right": box.right, "center": (box.left + box.right) / 2}
            style: dict[str, Any] = {"ha": aligned, "fontsize": SMALL, "halo": True}
            self.sheet.write_lines(x[aligned], box.top, lines, **style)
        self.sheet.y = self.frame.bottom + 0.06

    def _tie(self, way: list[Place], target: int, width: float, directed: bool) -> None:
        style: dict[str, Any] = {"edgecolor": TIE, "linewidth": width, "capstyle": "butt"}
        if not directed:
            self.sheet.line(way, **style)
            return
        centre, head = self.places[target], HEAD + 0.012 * width
        reach = self.radii[target] + 0.03
        kept = [place for place in way if distance(place, centre) > reach + head * 0.7]
        origin = kept[-1] if kept else way[0]
        (x, y), away = centre, distance(origin, centre)
        tip, neck = (
            (x + (origin[0] - x) * share, y + (origin[1] - y) * share)
            for share in (reach / away, (reach + head * 0.7) / away)
        )
        self.sheet.line([*(kept or [origin]), neck], **style)
        self.sheet.arrowhead(tip, origin, size=head, colour=TIE)

    def _node(self, position: int, shape: str, factor: float, colour: str) -> None:
        (x, y), radius = self.places[position], self.radii[position]
        _symbol(self.sheet, shape, factor, colour, 2 * radius)(x, y)
        if position in self.numbers:
            # the middle of a triangle lies off the middle of its height
            y += {"^": 0.25, "v": -0.25}.get(shape, 0) * radius
            style: dict[str, Any] = {"ha": "center", "fontsize": SMALL, "fontweight": "semibold"}
            self.sheet.write(x, y, self.numbers[position], color=ink_on(colour), **style)

    def key(self) -> None:
        """What the numbers in the nodes stand for."""
        if self.numbers:
            labels = [self.nodes[position][1] for position in self.numbers]
            self.sheet.listed(zip(self.numbers.values(), labels, strict=True))


def _alt(nodes: Sequence[Node], ties: Sequence[Tie], groups: dict[str, str], texts: Texts) -> str:
    names: dict[str, str] = {}
    for id_, label, *_ in nodes:
        unnamed = sum(1 for other, shown, *_ in nodes if not shown and other in names)
        names[id_] = label or texts("figure_texts.network.unnamed", n=texts.number(unnamed + 1))
    sized = len({size for *_, size in nodes}) > 1
    weighted = len({weight for *_, weight, _ in ties}) > 1

    def actor(id_: str, size: float) -> str:
        if not sized:
            return names[id_]
        told = number(size, texts)
        return texts("figure_texts.network.actor", label=names[id_], size=told)

    def tie(a: str, b: str, weight: float | None, directed: bool) -> str:
        key = "towards" if directed else "between"
        told = texts(f"figure_texts.network.{key}", a=names[a], b=names[b])
        if not weighted or weight is None:
            return told
        return texts("figure_texts.network.tie", tie=told, weight=number(weight, texts))

    described = []
    for group, name in groups.items():
        members = [actor(id_, size) for id_, _, of, size in nodes if of == group]
        if members:
            actors = "; ".join(members)
            described.append(texts("figure_texts.network.group", group=name, actors=actors))
    fields = {"groups": ". ".join(described)}
    if not ties:
        return texts("figure_texts.network.alt_untied", **fields)
    told = "; ".join(tie(*found) for found in ties)
    return texts("figure_texts.network.alt", ties=told, **fields)
