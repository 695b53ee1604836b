"""Where discs and their labels stand on a plane so that none lies on another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from evaluation.report.figures.canvas import Place
from evaluation.report.figures.sheet import distance

ROUNDS = 400
# the part of an overlap that is taken away at a time
STEP = 0.52
TILT = 0.002  # inches
# multiples of it, modulo 1, differ from each other
GOLDEN, SILVER = 0.6180339887498949, 0.4142135623730951
CROSSED = 1.0  # what a label costs that lies on a line
LATER = 0.15  # what each less usual side of a disc costs


def apart(places: Sequence[Place], radii: Sequence[float], gap: float, width: float) -> list[Place]:
    """The places moved as little as it takes for discs to be `gap` apart.

    Discs stay between 0 and `width` sideways; up and down they may go as far as they must.
    """
    # places on one line or on one spot have to be able to leave it
    found = [
        [x + TILT * (number * SILVER % 1), y + TILT * (number * GOLDEN % 1)]
        for number, (x, y) in enumerate(places)
    ]
    for _ in range(ROUNDS):
        moved = False
        for one, other in combinations(range(len(found)), 2):
            x, y = (found[other][axis] - found[one][axis] for axis in (0, 1))
            found_apart, least = distance(found[one], found[other]), radii[one] + radii[other] + gap
            if found_apart >= least - 1e-6:
                continue
            moved = True
            push = (least - found_apart) * STEP / found_apart
            for disc, sign in ((one, -1), (other, 1)):
                found[disc][0] += sign * push * x
                found[disc][1] += sign * push * y
        for place, radius in zip(found, radii, strict=True):
            place[0] = min(max(place[0], radius), width - radius)
        if not moved:
            break
    return [(round(x, 4), round(y, 4)) for x, y in found]


@dataclass(frozen=True)
class Box:
    """A rectangle in inches."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > 0 and high > 0

    def meets_disc(self, centre: Place, radius: float) -> bool:
        x = max(self.left, min(centre[0], self.right))
        y = max(self.top, min(centre[1], self.bottom))
        return distance((x, y), centre) < radius

    def holds(self, place: Place) -> bool:
        return self.left <= place[0] <= self.right and self.top <= place[1] <= self.bottom

    def inside(self, other: "Box") -> bool:
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


def around(centre: Place, radius: float, width: float, height: float) -> list[tuple[Box, str]]:
    """The boxes of a label around a disc, the most usual side first, and how its lines align."""
    x, y = centre
    side, slanted = radius + 0.05, radius * 0.72 + 0.03
    corners = [
        (x + side, y - height / 2, "left"),
        (x - side - width, y - height / 2, "right"),
        (x - width / 2, y + side - 0.02, "center"),
        (x - width / 2, y - side + 0.02 - height, "center"),
        (x + slanted, y + slanted, "left"),
        (x + slanted, y - slanted - height, "left"),
        (x - slanted - width, y + slanted, "right"),
        (x - slanted - width, y - slanted - height, "right"),
    ]
    return [(Box(left, top, left + width, top + height), aligned) for left, top, aligned in corners]


def placed(
    choices: Mapping[int, Sequence[Box]],
    discs: Sequence[tuple[Place, float]],
    lines: Sequence[Sequence[Place]],
    frame: Box,
) -> dict[int, int] | None:
    """For each label the number of its box; None where the labels find no room together.

    choices: the boxes of each label, the best first; discs: (centre, radius), which no label may
    lie on; lines: places along lines, on which it should not. The label with the fewest boxes
    left is placed first.
    """
    open_boxes: dict[int, dict[int, tuple[float, Box]]] = {}
    for label, boxes in choices.items():
        open_boxes[label] = {}
        for number, box in enumerate(boxes):
            if not box.inside(frame) or any(box.meets_disc(*disc) for disc in discs):
                continue
            crossed = sum(any(map(box.holds, line)) for line in lines)
            open_boxes[label][number] = (CROSSED * crossed + LATER * number, box)
    chosen: dict[int, int] = {}
    while open_boxes:
        label = min(open_boxes, key=lambda name: (len(open_boxes[name]), name))
        if not open_boxes[label]:
            return None
        number, (_, box) = min(open_boxes.pop(label).items(), key=lambda item: item[1][0])
        chosen[label] = number
        for others in open_boxes.values():
            for other in [n for n, (_, taken) in others.items() if taken.meets(box)]:
                del others[other]
    return chosen
