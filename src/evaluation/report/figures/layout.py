"""Places to draw the actors of a network, the same on every machine.

Stress majorisation: the distance on paper comes as near as it can to the number of steps
between two actors, near ones counting most. Source: Gansner, Koren and North (2005), "Graph
drawing by stress majorization", the localised process; weights d^-2 as in Kamada and Kawai
(1989).

The layouts of networkx start from sines and minimise by BLAS, which round differently from one
machine to the next, and a difference in the last bit can grow into one that is seen. Here are
only sums, products, quotients and square roots of single numbers in a fixed order, which the
standard for floating point determines to the last bit.
"""

from math import sqrt
from typing import Any

import networkx as nx

Place = tuple[float, float]

SWEEPS = 400
# a sweep that lowers the stress by less than this share ends the search
GAIN = 1e-7
STARTS = 4
# multiples of it, modulo 1, fill an interval evenly
GOLDEN = 0.6180339887498949
DECIMALS = 4


def layout(graph: nx.Graph) -> dict[object, Place]:
    """A place (x, y) for every actor of the undirected network `graph`, x and y from 0 to 1.

    The longer side of the drawing fills the range; the shorter one is centred. Actors that no
    path links are drawn one step further apart than the longest path in the network. The places
    depend on the order of the actors.
    """
    actors = list(graph)
    if len(actors) < 2:
        return dict.fromkeys(actors, (0.5, 0.5))
    steps = _steps(graph, actors)
    found = [_settle(_start(len(actors), number), steps) for number in range(STARTS)]
    best = min(found, key=lambda places: _stress(places, steps))
    return dict(zip(actors, _framed(best), strict=True))


def _steps(graph: nx.Graph, actors: list[Any]) -> list[list[float]]:
    """Steps on the shortest path between every two actors."""
    paths = dict(nx.all_pairs_shortest_path_length(graph))
    beyond = 1 + max(max(lengths.values()) for lengths in paths.values())
    return [[float(paths[a].get(b, beyond)) for b in actors] for a in actors]


def _start(size: int, number: int) -> list[Place]:
    """Points spread evenly over a square; each number gives the actors other points."""
    shift = number * GOLDEN / STARTS
    return [
        (size * ((i + 0.5) / size), size * (((i * (number + 1) + 1) * GOLDEN + shift) % 1.0))
        for i in range(size)
    ]


def _settle(places: list[Place], steps: list[list[float]]) -> list[Place]:
    """The places after moving one actor at a time to where its stress is least."""
    places = list(places)
    before = _stress(places, steps)
    for _ in range(SWEEPS):
        for i, (x, y) in enumerate(places):
            total = across = up = 0.0
            for j, (other_x, other_y) in enumerate(places):
                if i == j:
                    continue
                weight = 1.0 / (steps[i][j] * steps[i][j])
                dx, dy = x - other_x, y - other_y
                length = sqrt(dx * dx + dy * dy)
                pull = steps[i][j] / length if length > 0 else 0.0
                total += weight
                across += weight * (other_x + pull * dx)
                up += weight * (other_y + pull * dy)
            places[i] = (across / total, up / total)
        after = _stress(places, steps)
        if before - after <= GAIN * before:
            break
        before = after
    return places


def _stress(places: list[Place], steps: list[list[float]]) -> float:
    """Sum over all pairs of the squared relative error of their distance."""
    total = 0.0
    for i, (x, y) in enumerate(places):
        for j in range(i):
            dx, dy = x - places[j][0], y - places[j][1]
            error = sqrt(dx * dx + dy * dy) / steps[i][j] - 1.0
            total += error * error
    return total


def _framed(places: list[Place]) -> list[Place]:
    left, right = min(x for x, _ in places), max(x for x, _ in places)
    low, high = min(y for _, y in places), max(y for _, y in places)
    side = max(right - left, high - low)
    return [
        (
            round(0.5 + (x - (left + right) / 2) / side, DECIMALS),
            round(0.5 + (y - (low + high) / 2) / side, DECIMALS),
        )
        for x, y in places
    ]
