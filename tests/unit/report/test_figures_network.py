"""report.figures.network: actors and who works with whom."""

import random
import re
from itertools import combinations

import pytest
from drawings import HOSTILE, LONG, UNBROKEN, contrast, markers, sound, words
from legibility import boxes_as_drawn, record_drawings

from evaluation.language.texts import texts
from evaluation.report import figures
from evaluation.report.figures.drawing import WIDTH, ink_on
from evaluation.report.figures.network import network
from evaluation.report.figures.sheet import COLOURS, shape_and_colour

DANISH, ENGLISH = texts("da"), texts("en")
GROUPS = {"m": "Kommune", "a": "Forening", "b": "Erhverv"}
NODES = [
    ("v", "Vejle Kommune", "m", 3),
    ("k", "Foreningen for Somaliske Kvinder", "a", 1),
    ("f", "Frivilligcentret", "a", 2),
    ("u", "", "b", 0),
]
TIES = [("v", "k", 4, True), ("k", "v", 1, True), ("v", "f", 2.5, False), ("f", "u", None, False)]
POSITIONS = {"v": (0.5, 1.0), "k": (0.0, 0.4), "f": (1.0, 0.3), "u": (0.6, 0.0)}


@pytest.fixture
def drawn(monkeypatch):
    return record_drawings(monkeypatch, figures)


def of_size(count: int, labels: str = "Aktør {}", seed: int = 0):
    """A network of a size, its places at random."""
    chance = random.Random(seed)
    ids = [str(n) for n in range(count)]
    nodes = [(id_, labels.format(id_), chance.choice("mab"), chance.randint(1, 9)) for id_ in ids]
    ties = [(a, b, chance.randint(1, 4), chance.random() < 0.5) for a, b in combinations(ids, 2)]
    ties = [tie for tie in ties if chance.random() < 2 / count]
    return nodes, ties, {id_: (chance.random(), chance.random()) for id_ in ids}, GROUPS


def actors(figure, groups=GROUPS) -> list:
    """The markers of the nodes, which follow those of the key."""
    return markers(figure)[len(groups) :]


def ways(figure) -> list:
    return [patch for patch in figure.axes[0].patches if patch.get_path().codes is None]


def proper(drawing, figure, groups=GROUPS) -> None:
    """Nodes stand apart and on the drawing; a label lies on no node, a number in its own."""
    sound(drawing, figure)
    found = actors(figure, groups)
    for x, _, radius, _ in found:
        assert radius - 0.02 <= x <= WIDTH - radius + 0.02
    for one, other in combinations(found, 2):
        apart = ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5
        assert apart > one[2] + other[2]
    for text, left, top, right, bottom in boxes_as_drawn(figure):
        for x, y, radius, _ in found:
            away = (x - min(max(x, left), right), y - min(max(y, top), bottom))
            on = (away[0] ** 2 + away[1] ** 2) ** 0.5 < radius * 0.8
            in_it = abs((left + right) / 2 - x) < 0.02 and abs((top + bottom) / 2 - y) < 0.06
            assert not on or (in_it and text.isdigit()), f"{text!r} lies on a node"


@pytest.mark.slow
def test_a_small_network_has_its_names_beside_its_nodes(drawn):
    drawing = network(NODES, TIES, POSITIONS, GROUPS, DANISH)
    shown = " ".join(words(drawn[0]))
    assert all(label in shown for _, label, *_ in NODES)
    assert not any(text.isdigit() for text in words(drawn[0]))
    proper(drawing, drawn[0])


@pytest.mark.slow
def test_nodes_stand_where_their_positions_are_with_y_upwards(drawn):
    network(NODES, TIES, POSITIONS, GROUPS, DANISH)
    found = actors(drawn[0])
    by_x = sorted(range(4), key=lambda n: found[n][0])
    by_y = sorted(range(4), key=lambda n: found[n][1])
    assert [NODES[n][0] for n in by_x] == ["k", "v", "u", "f"]
    assert [NODES[n][0] for n in by_y] == ["v", "k", "f", "u"]


def test_groups_differ_in_shape_as_well_as_in_colour(drawn):
    groups = {str(n): f"Gruppe {n}" for n in range(8)}
    nodes = [(f"n{n}", "", str(n), 1) for n in range(8)]
    positions = {f"n{n}": (n / 7, 0.5) for n in range(8)}
    network(nodes, [], positions, groups, DANISH)
    found = actors(drawn[0], groups)
    assert [shape for *_, shape in found] == [shape for *_, shape in markers(drawn[0])[:8]]
    assert len({shape for *_, shape in found}) == 8
    assert len({line.get_markerfacecolor() for line in drawn[0].axes[0].lines}) == 8


def test_more_groups_than_shapes_differ_in_the_lightness_of_one_shape():
    found = shape_and_colour([str(n) for n in range(15)])
    assert len(set(found.values())) == 15
    by_shape = {}
    for shape, _, colour in found.values():
        by_shape.setdefault(shape, []).append(colour)
    pairs = [colours for colours in by_shape.values() if len(colours) == 2]
    assert len(pairs) == 7
    # WCAG 2.1, 1.4.11: what graphics need to be told apart
    assert all(contrast(*colours) >= 3 for colours in pairs)


@pytest.mark.slow
def test_groups_beyond_all_markers_share_one_and_are_named_together(drawn):
    groups = {str(n): f"Gruppe {chr(65 + n)}" for n in range(17)}
    nodes = [(f"n{n}", "", str(n), 1) for n in range(17)]
    positions = {f"n{n}": (n / 16, 0.5) for n in range(17)}
    drawing = network(nodes, [], positions, groups, DANISH)
    assert "Gruppe O, Gruppe P og Gruppe Q" in " ".join(words(drawn[0]))
    assert all(label in drawing.alt for label in groups.values())


def test_numbers_can_be_read_on_every_colour():
    assert min(contrast(ink_on(colour), colour) for colour in COLOURS) >= 4.5


@pytest.mark.slow
def test_larger_nodes_have_a_larger_size_and_heavier_ties_more_width(drawn):
    drawing = network(NODES, TIES, POSITIONS, GROUPS, DANISH)
    radii = [radius for *_, radius, _ in (actors(drawn[0])[n] for n in (3, 2, 0))]
    assert radii == sorted(radii)
    widths = [patch.get_linewidth() for patch in ways(drawn[0])]
    assert widths[0] > widths[2] > widths[1] > widths[3]
    shown = words(drawn[0])
    assert "Jo tykkere streg, jo stærkere forbindelse: 1 til 4" in shown
    assert "Jo større figur, jo større værdi: 0 til 3" in shown
    sound(drawing, drawn[0])


def test_where_all_are_alike_nothing_is_said_of_size_and_weight(drawn):
    nodes = [(id_, label, group, 5) for id_, label, group, _ in NODES]
    drawing = network(nodes, [("v", "k", 1, False)], POSITIONS, GROUPS, DANISH)
    assert not any(text.startswith("Jo ") for text in words(drawn[0]))
    assert "størrelse" not in drawing.alt


@pytest.mark.slow
def test_ties_to_and_fro_do_not_lie_on_each_other(drawn):
    network(NODES, TIES, POSITIONS, GROUPS, DANISH)
    there, back = (patch.get_path().vertices for patch in ways(drawn[0])[:2])
    middle, other = there[len(there) // 2], back[len(back) // 2]
    assert abs(middle - other).max() > 0.05


def test_a_tie_keeps_clear_of_a_node_that_it_does_not_tie(drawn):
    nodes = [(id_, "", "m", 1) for id_ in "abc"]
    positions = {"a": (0.0, 0.5), "b": (0.5, 0.5), "c": (1.0, 0.5)}
    network(nodes, [("a", "c", 1, False)], positions, GROUPS, DANISH)
    x, y, radius, _ = actors(drawn[0])[1]
    (way,) = (patch.get_path().vertices for patch in ways(drawn[0]))
    assert min(((u - x) ** 2 + (v - y) ** 2) ** 0.5 for u, v in way) > radius


@pytest.mark.slow
def test_nodes_on_one_spot_are_moved_apart(drawn):
    nodes = [(str(n), f"Aktør {n}", "m", n) for n in range(12)]
    drawing = network(nodes, [], dict.fromkeys(map(str, range(12)), (0.5, 0.5)), GROUPS, DANISH)
    proper(drawing, drawn[0])


@pytest.mark.slow
@pytest.mark.parametrize("axis", [0, 1])
def test_nodes_on_one_line_are_moved_apart(axis, drawn):
    nodes = [(str(n), "", "m", n) for n in range(40)]
    positions = {str(n): (n / 39, 0.5)[:: 1 - 2 * axis] for n in range(40)}
    proper(network(nodes, [], positions, GROUPS, DANISH), drawn[0])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("count", [6, 12, 25, 60])
def test_names_or_numbers_lie_on_nothing(count, seed, drawn):
    drawing = network(*of_size(count, "Forening nummer {}", seed), DANISH)
    proper(drawing, drawn[0])
    shown = " ".join(words(drawn[0]))
    assert all(f"Forening nummer {n}" in shown for n in range(count))


@pytest.mark.slow
def test_where_names_find_no_room_numbers_stand_for_them(drawn):
    network(*of_size(60), DANISH)
    shown = words(drawn[0])
    assert [text for text in shown if text.isdigit()] == [str(n) for n in range(1, 61)] * 2
    assert shown[shown.index("Aktør 7") - 1] == "8"


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 60])
def test_a_node_without_a_name_has_no_label_and_no_number(count, drawn):
    nodes, ties, positions, groups = of_size(count)
    network([("x", "", "m", 1), *nodes], ties, positions | {"x": (0.2, 0.2)}, groups, DANISH)
    numbers = [text for text in words(drawn[0]) if text.isdigit()]
    assert len(numbers) == (0 if count == 1 else 120)


@pytest.mark.slow
def test_the_alternative_text_tells_every_actor_and_every_tie():
    assert network(NODES, TIES, POSITIONS, GROUPS, DANISH).alt == (
        "Netværk. Kommune: Vejle Kommune (størrelse 3). "
        "Forening: Foreningen for Somaliske Kvinder (størrelse 1); Frivilligcentret "
        "(størrelse 2). Erhverv: ikke navngivet 1 (størrelse 0). Forbindelser: "
        "fra Vejle Kommune til Foreningen for Somaliske Kvinder (4); "
        "fra Foreningen for Somaliske Kvinder til Vejle Kommune (1); "
        "mellem Vejle Kommune og Frivilligcentret (2,5); "
        "mellem Frivilligcentret og ikke navngivet 1."
    )
    assert network(NODES[:1], [], POSITIONS, GROUPS, ENGLISH).alt == (
        "Network without ties. Kommune: Vejle Kommune."
    )


def test_nodes_without_a_name_are_told_apart_in_the_alternative_text():
    nodes = [("a", "", "m", 1), ("b", "B", "m", 1), ("c", "", "m", 1)]
    drawing = network(
        nodes,
        [("a", "c", 1, False)],
        {"a": (0, 0), "b": (0, 1), "c": (1, 0)},
        GROUPS,
        ENGLISH,
    )
    assert drawing.alt == (
        "Network. Kommune: not named 1; B; not named 2. Ties: between not named 1 and not named 2."
    )


def test_an_empty_network_says_so(drawn):
    drawing = network([], [], {}, GROUPS, ENGLISH)
    assert drawing.alt == "There are no data to show."
    sound(drawing, drawn[0])


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("label", ["long", UNBROKEN])
def test_very_long_labels_stay_on_the_drawing(language, label, drawn):
    label = LONG[language] if label == "long" else label
    nodes = [("a", label, "m", 1), ("b", "kort", "a", 123456.789)]
    positions = {"a": (0, 0), "b": (1, 0)}
    groups = {"m": label, "a": "a"}
    drawing = network(nodes, [("a", "b", 1e-3, True)], positions, groups, texts(language))
    proper(drawing, drawn[0], groups)


@pytest.mark.slow
@pytest.mark.parametrize("label", HOSTILE)
def test_a_network_with_any_label_is_sound(label, drawn):
    nodes = [("a", label, "m", 1), ("b", "b", "m", 1)]
    positions = {"a": (0, 0), "b": (1, 1)}
    drawing = network(nodes, [("a", "b", 1, True)], positions, {"m": label}, DANISH)
    assert drawing.alt.count(label) == 3
    sound(drawing, drawn[0])


@pytest.mark.parametrize(
    ("nodes", "ties", "positions", "message"),
    [
        ([*NODES, NODES[0]], [], POSITIONS, "nodes that occur twice: ['v']"),
        (NODES, [], {}, "no position for 'v'"),
        ([("v", "V", "x", 1)], [], POSITIONS, "'x' is none of the groups"),
        ([("v", "V", "m", -1)], [], POSITIONS, "the size of 'v' is -1"),
        (NODES, [("v", "x", 1, True)], POSITIONS, "a tie to the unknown node 'x'"),
        (NODES, [("v", "v", 1, True)], POSITIONS, "'v' is tied to itself"),
    ],
)
def test_what_cannot_be_drawn_is_an_error(nodes, ties, positions, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        network(nodes, ties, positions, GROUPS, DANISH)


@pytest.mark.slow
def test_the_same_network_gives_the_same_bytes():
    one, other = (network(*of_size(12), DANISH).svg for _ in range(2))
    assert one == other
