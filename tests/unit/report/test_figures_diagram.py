"""report.figures.diagram: a layered diagram, such as a theory of change."""

import itertools
from xml.etree import ElementTree

import pytest

from evaluation.language.texts import texts
from evaluation.report.figures.diagram import (
    INSIDE,
    Link,
    Node,
    _crossings,
    _ordered,
    _widths,
    _with_lanes,
    layers,
)
from evaluation.report.figures.drawing import SMALL
from evaluation.report.figures.sheet import Sheet

KINDS = {"firm": "Shown here and elsewhere", "loose": "Assumed"}
NODES = [
    Node("a", 0, "Advice"),
    Node("b", 0, "Money"),
    Node("c", 1, "Activities"),
    Node("d", 1, "Contacts <b>x</b>"),
    Node("e", 2, "Capacity $x$"),
]
LINKS = [
    Link("a", "d", "firm"),
    Link("b", "c", "loose"),
    Link("c", "e", "firm"),
    Link("a", "e", "loose"),
]


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_alternative_text_tells_every_box_and_link(language):
    drawing = layers(NODES, LINKS, KINDS, texts(language))
    ElementTree.fromstring(drawing.svg)
    assert all(node.label in drawing.alt for node in NODES)
    assert all(kind in drawing.alt for kind in KINDS.values())
    assert drawing.alt.count("Advice") == 3  # its layer, and two links
    assert "{" not in drawing.alt


@pytest.mark.slow
def test_the_same_diagram_has_the_same_bytes():
    first, again = (layers(NODES, LINKS, KINDS, texts("en")) for _ in range(2))
    assert first == again


def test_a_kind_that_no_link_has_is_not_in_the_key():
    drawing = layers(NODES, LINKS[:1], KINDS, texts("en"))
    assert "Assumed" not in drawing.alt


def test_boxes_stand_where_links_cross_least():
    by_id = {node.id: node for node in NODES}
    rows, chains = _with_lanes(NODES, LINKS, by_id)
    assert any(isinstance(name, tuple) for name in rows[1])  # the long link has a lane
    pairs = [pair for chain in chains for pair in itertools.pairwise(chain)]
    assert _crossings(rows, pairs) > _crossings(_ordered(rows, chains), pairs) == 0


def test_a_link_that_leads_up_is_refused():
    with pytest.raises(ValueError, match="e is not above a"):
        layers(NODES, [Link("e", "a", "firm")], KINDS, texts("en"))


def test_more_kinds_than_can_be_told_apart_are_refused():
    kinds = {f"kind{number}": "x" for number in range(7)}
    with pytest.raises(ValueError, match="7 kinds of links; 6 can be told apart"):
        layers(NODES, [], kinds, texts("en"))


def test_a_diagram_of_nothing_says_so():
    assert layers([], [], KINDS, texts("en")).alt == texts("en")("figure_texts.nothing")


@pytest.mark.slow
def test_long_labels_stay_within_the_drawing():
    long = "Et meget langt led med mange ord om samarbejde, tillid og fælles ansvar"
    nodes = [Node(f"n{number}", number // 5, long) for number in range(10)]
    drawing = layers(nodes, [Link("n0", "n9", "firm")], KINDS, texts("da"))
    ElementTree.fromstring(drawing.svg)


def test_a_box_with_a_long_word_takes_room_from_those_that_can_spare_it():
    sheet = Sheet()
    labels = {"a": "Samarbejdsmøder", "b": "At få midler", "c": "Netværk i byen", "d": "Viden"}
    widths = _widths(sheet, labels, 3.6)
    assert sum(widths.values()) <= 3.6 + 1e-9
    for name, label in labels.items():
        assert sheet.fits(label, widths[name] - 2 * INSIDE, fontsize=SMALL)
    assert widths["a"] > 3.6 / 4
