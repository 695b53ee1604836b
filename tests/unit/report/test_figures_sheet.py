"""report.figures.sheet: what the figures beyond bars have in common."""

import subprocess
import sys
from decimal import Decimal
from os import pathsep

import pytest
from drawings import LONG, UNBROKEN, sound
from hypothesis import given, settings
from hypothesis import strategies as st
from legibility import boxes_as_drawn, record_drawings

from evaluation.language.texts import texts
from evaluation.report import figures
from evaluation.report.figures.drawing import SMALL, WIDE
from evaluation.report.figures.sheet import Sheet, number
from evaluation.report.provenance import Hidden, Origin

DANISH = texts("da")
SHEET = Sheet()


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.text("abcæøm -\u00a0\n", max_size=60), st.floats(0.2, 5))
def test_lines_hold_the_whole_text_and_fit_the_room(text, room):
    lines = SHEET.lines(text, room)
    assert "".join("".join(lines).split(" ")) == "".join(text.replace("\n", " ").split(" "))
    assert all(SHEET.width(line) <= room for line in lines)


@pytest.mark.parametrize("room", [0.9, 1.2, 2.0, 5.0])
def test_only_a_word_longer_than_a_line_is_broken(room):
    known = set(LONG["da"].split())
    broken = {word for line in SHEET.lines(LONG["da"], room) for word in line.split()} - known
    assert not broken or not SHEET.fits(LONG["da"], room)
    longest = max(map(SHEET.width, known))
    assert SHEET.fits(LONG["da"], longest) and not SHEET.fits(LONG["da"], longest - 0.01)


@pytest.mark.parametrize("label", ["Fællesspisning", "Idræt", "Kultur", "Rådgivning", "Måling 1"])
def test_a_label_with_room_beside_its_bar_is_not_broken(label):
    sheet = Sheet(WIDE)
    sheet.row(label, "", sheet.label_room([label]), 0.27)
    assert [text.get_text() for text in sheet.axes.texts] == [label]


def test_a_word_that_is_broken_is_broken_at_its_hyphen():
    assert SHEET.lines("kapacitets-opbygning", 1.0) == ["kapacitets-", "opbygning"]


def test_words_are_measured_as_they_are_drawn(monkeypatch):
    drawn = record_drawings(monkeypatch, figures)
    sheet = Sheet()
    for style in ({}, {"fontsize": SMALL}, {"fontsize": SMALL, "fontweight": "semibold"}):
        sheet.y += 0.3
        sheet.write(0, sheet.y - 0.15, UNBROKEN[:40], **style)
        told = sheet.width(UNBROKEN[:40], **style)
        drawing = sheet.drawing("")
        assert boxes_as_drawn(drawn[-1])[-1][3] == pytest.approx(told, abs=0.01)
    sound(drawing, drawn[-1])


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "0"),
        (1234, "1.234"),
        (1.0, "1"),
        (20.0, "20"),
        (2.5, "2,5"),
        (2.345, "2,35"),
        (1 / 3, "0,33"),
        (1234.5, "1.234,5"),
        (Decimal("0.125"), "0,13"),
        (-1.5, "-1,5"),
        (Hidden("skjult", Origin()), "skjult"),
    ],
)
def test_numbers_are_rounded_half_up_to_two_decimals(value, told):
    assert number(value, DANISH) == told


@pytest.mark.slow
def test_figures_are_the_same_bytes_in_another_process():
    code = """
import hashlib
from datetime import date
from evaluation.report.figures.diagram import Link, Node, layers
from evaluation.report.figures.flow import Step, flow
from evaluation.report.figures.matrix import matrix
from evaluation.report.figures.network import network
from evaluation.report.figures.profile import Point, profile
from evaluation.report.figures.timeline import timeline
from evaluation.language.texts import texts
words = texts("da")
ids = [str(n) for n in range(9)]
drawn = [
    matrix([("a", [1, 0, None])], ["x", "y", "z"], words),
    layers([Node(i, int(i) % 3, i) for i in ids],
           [Link(a, b, "k") for a in ids for b in ids if int(a) % 3 < int(b) % 3],
           {"k": "K"}, words),
    flow([Step("a", 3, left=1), Step("b", None), Step("c", 1)], words),
    network([(i, f"Navn {i}", "g", int(i)) for i in ids],
            [(a, b, int(a), True) for a in ids for b in ids[::3] if a != b],
            {i: (int(i) * 0.37 % 1, int(i) * 0.61 % 1) for i in ids}, {"g": "G"}, words),
    profile([("a", [Point("s", 2.5, 1, 3)])], ["s"], ["x", "y", "z"], words),
    timeline([("a", "b", date(2025, 1, 1), date(2025, 3, 1), "s")], {"s": "S"},
             date(2025, 6, 1), words),
]
print([hashlib.sha256(drawing.svg.encode()).hexdigest() for drawing in drawn])
"""
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(told) == 1
