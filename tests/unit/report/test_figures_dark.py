"""A drawing in the dark: theme.css inverts its lightness and keeps its hues."""

import re

import pytest
from conftest import REPOSITORY
from drawings import contrast
from matplotlib.colors import to_hex, to_rgb

from evaluation.report.figures.drawing import FILL, INK, OTHERS, QUIET, ink_on
from evaluation.report.figures.matrix import SHADES
from evaluation.report.figures.scale import FIRST, LAST, NEUTRAL
from evaluation.report.figures.sheet import AGAIN, COLOURS, SEEN
from evaluation.report.figures.stacked import DISTINCT, OFF_SCALE, PAIR
from evaluation.report.figures.timeline import LATE, LATE_INK

THEME = (REPOSITORY / "_extensions/rapport/theme.css").read_text("utf-8")
PAPER = re.search(r"body\.quarto-dark \{\s*--paper: (#\w{6})", THEME)[1]
FILLS = sorted(
    {
        FILL,
        OTHERS,
        NEUTRAL,
        OFF_SCALE,
        LATE,
        *FIRST,
        *LAST,
        *DISTINCT,
        *PAIR,
        *COLOURS,
        *AGAIN.values(),
    }
)
SHADED = [to_hex(SHADES(share)) for share in (0.0, 0.5, 1.0)]
# of a half turn of the hue, by the W3C's Filter Effects
TURNED = (
    (-0.574, 1.430, 0.144),
    (0.426, 0.430, 0.144),
    (0.426, 1.430, -0.856),
)


def dark(colour: str) -> str:
    """A colour of a drawing as it is seen on the dark page."""
    inverted = [1 - part for part in to_rgb(colour)]
    turned = [sum(a * b for a, b in zip(row, inverted, strict=True)) for row in TURNED]
    shown = [min(1.0, max(0.0, part)) for part in turned]
    return to_hex([max(part, paper) for part, paper in zip(shown, to_rgb(PAPER), strict=True)])


def test_the_theme_turns_drawings_and_no_other_pictures():
    rule = re.search(r"([^\n{}]*)\{ filter: invert\(1\) hue-rotate\(180deg\); ([^}]*)\}", THEME)
    assert rule[1].strip() == "body.quarto-dark main.content img:is(.figure-page, .figure-phone)"
    assert "mix-blend-mode: lighten" in rule[2]
    assert dark("white") == PAPER


@pytest.mark.parametrize("ink", [INK, QUIET, LATE_INK])
def test_words_can_be_read_in_the_light_and_in_the_dark(ink):
    assert contrast(ink, "white") >= 4.5
    assert contrast(dark(ink), PAPER) >= 4.5


@pytest.mark.parametrize("fill", FILLS)
def test_fills_are_seen_on_the_page_in_the_light_and_in_the_dark(fill):
    # a pale one has an outline, see Sheet.filled
    edge = fill if contrast(fill, "white") >= SEEN else QUIET
    assert contrast(edge, "white") >= 3
    assert contrast(dark(edge), PAPER) >= 3


@pytest.mark.parametrize("fill", [*FILLS, *SHADED])
def test_numbers_can_be_read_on_fills_in_the_light_and_in_the_dark(fill):
    ink = ink_on(fill)
    assert contrast(ink, fill) >= 4.5
    assert contrast(dark(ink), dark(fill)) >= 4.5
