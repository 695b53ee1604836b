"""figures: from small tables to drawings."""

import re
import subprocess
import sys
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from legibility import legible, record_drawings

from evaluation import figures
from evaluation.figures import FILL, OFF_SCALE, ORDERED, TRACK, bars, stacked_bars
from evaluation.provenance import PLACED, Origin
from evaluation.texts import texts
from evaluation.wording import Share

DANISH, ENGLISH = texts("da"), texts("en")
SVG = "{http://www.w3.org/2000/svg}"
BAR_HEIGHT = figures.BAR * 72  # points; the squares of the key are lower
FIVE = ["I høj grad", "I nogen grad", "Hverken/eller", "I mindre grad", "Slet ikke"]
LONG = "Udvikling af aktiviteter, der sætter fokus på medborgerskab og demokratisk deltagelse " * 4


def share(k, n=16, words=DANISH):
    return Share(k, n, words)


def rectangles(svg: str) -> list[tuple[str, float, float, float]]:
    """(colour, left, width, top) of the bars, from the outline of each path."""
    found = []
    for path in ElementTree.fromstring(svg).iter(f"{SVG}path"):
        colour = re.search(r"fill: (#\w+)", path.get("style", ""))
        points = [float(number) for number in re.findall(r"-?\d+\.?\d*", path.get("d", ""))]
        if colour and len(points) == 8:
            left, width = min(points[::2]), max(points[::2]) - min(points[::2])
            if max(points[1::2]) - min(points[1::2]) == pytest.approx(BAR_HEIGHT, abs=0.5):
                found.append((colour.group(1), left, width, min(points[1::2])))
    return found


def widths(svg: str, colour: str) -> list[float]:
    return [width for filled, _, width, _ in rectangles(svg) if filled == colour]


def stacked(counts: list[int], options=FIVE, off_scale=None, words=DANISH):
    n = sum(counts)
    off_scale = off_scale or [False] * len(options)
    return stacked_bars(
        [("Spørgsmål", [share(k, n, words) for k in counts])], options, off_scale, words
    )


@pytest.fixture
def drawn(monkeypatch):
    """The matplotlib figures that are drawn."""
    return record_drawings(monkeypatch, figures)


# bars


def test_bars_are_as_long_as_their_shares():
    counts = [16, 14, 8, 1]
    svg = bars([(f"nr {k}", share(k)) for k in counts], DANISH).svg
    (track, *others) = widths(svg, TRACK)
    assert others == pytest.approx([track] * 3)
    assert [width / track for width in widths(svg, FILL)] == pytest.approx(
        [k / 16 for k in counts], abs=0.001
    )


def test_bars_of_different_bases_are_as_long_as_their_shares():
    svg = bars([("a", share(6, 12)), ("b", share(8, 16)), ("c", share(1, 2))], DANISH).svg
    assert len({round(width, 2) for width in widths(svg, FILL)}) == 1


def test_bars_stand_in_the_order_given():
    svg = bars([("a", share(1)), ("b", share(16)), ("c", share(8))], DANISH).svg
    tops = {round(width): top for colour, _, width, top in rectangles(svg) if colour == FILL}
    assert [tops[width] for width in tops] == sorted(tops.values())
    assert list(tops) != sorted(tops)


@pytest.mark.parametrize(
    "rows",
    [
        [("én", share(16))],
        [("ingen", share(0))],
        [("ingen", share(0)), ("heller ingen", share(0))],
        [("n er 1", share(1, 1))],
        [("n er 1", share(0, 1))],
        [("", share(3))],
        [(f"nr. {k}", share(k)) for k in range(17)],
        [("mange", share(12345, 67890))],
    ],
    ids=["one", "zero", "zeros", "n=1", "0\u00a0of\u00a01", "no label", "many", "large"],
)
def test_small_and_extreme_tables_are_drawn(rows, drawn):
    drawing = bars(rows, DANISH)
    ElementTree.fromstring(drawing.svg)
    assert len(widths(drawing.svg, TRACK)) == len(rows)
    assert len(widths(drawing.svg, FILL)) == sum(row[1].k > 0 for row in rows)
    legible(drawn[0])


# stacked bars


def test_segments_are_as_long_as_their_shares_and_leave_no_gap():
    counts = [11, 2, 2, 1, 0]
    found = sorted(rectangles(stacked(counts).svg), key=lambda bar: bar[1])
    total = sum(width for _, _, width, _ in found)
    assert [width / total for _, _, width, _ in found] == pytest.approx(
        [11 / 16, 2 / 16, 2 / 16, 1 / 16], abs=0.001
    )
    for (_, left, width, _), (_, following, _, _) in pairwise(found):
        assert left + width == pytest.approx(following, abs=0.01)


def test_segments_have_the_colours_of_their_options_in_order():
    found = sorted(rectangles(stacked([3, 3, 3, 3, 4]).svg), key=lambda bar: bar[1])
    assert [colour for colour, *_ in found] == list(ORDERED)


def test_bars_on_a_scale_that_nobody_disagrees_on_are_drawn(drawn):
    # methods.md 2: R's likert fails on exactly this shape
    drawing = stacked([12, 4, 0, 0, 0])
    assert len(rectangles(drawing.svg)) == 2
    legible(drawn[0])


@pytest.mark.parametrize(
    ("counts", "options"),
    [
        ([16], ["Ja"]),
        ([1], ["Ja"]),
        ([0, 1], ["Ja", "Nej"]),
        ([0, 0, 0, 0, 16], FIVE),
        ([1, 1, 1, 1, 1], FIVE),
        ([8, 8], ["Ja", "Nej"]),
    ],
)
def test_scales_of_any_length_with_zeros_are_drawn(counts, options, drawn):
    drawing = stacked(counts, options)
    ElementTree.fromstring(drawing.svg)
    assert len(rectangles(drawing.svg)) == sum(k > 0 for k in counts)
    legible(drawn[0])


def test_an_answer_beside_the_scale_is_grey_and_last():
    options = [*FIVE, "Ved ikke"]
    found = rectangles(stacked([3, 3, 3, 3, 3, 1], options, [False] * 5 + [True]).svg)
    assert max(found, key=lambda bar: bar[1])[0] == OFF_SCALE
    assert OFF_SCALE not in ORDERED


@pytest.mark.parametrize("length", range(1, 8))
def test_no_two_options_of_a_scale_share_a_colour(length):
    counts = [2] * (length + 1)
    options = [f"svar {index}" for index in range(length)] + ["Ved ikke"]
    found = rectangles(stacked(counts, options, [False] * length + [True]).svg)
    assert len({colour for colour, *_ in found}) == length + 1


def test_several_questions_stand_below_each_other_with_their_own_n(drawn):
    rows = [("første", [share(12), share(4)]), ("anden", [share(11, 12), share(1, 12)])]
    drawing = stacked_bars(rows, ["Ja", "Nej"], [False, False], DANISH)
    assert len({top for *_, top in rectangles(drawing.svg)}) == 2
    shown = [text.get_text() for text in drawn[0].axes[0].texts]
    assert "n\u00a0=\u00a016" in shown
    assert "n\u00a0=\u00a012" in shown
    assert "(16 svar)" in drawing.alt
    assert "(12 svar)" in drawing.alt


def test_counts_stand_in_the_segments_so_that_colour_is_not_needed(drawn):
    stacked([11, 2, 2, 1, 0])
    shown = [text.get_text() for text in drawn[0].axes[0].texts]
    assert [text for text in shown if text.isdigit()] == ["11", "2", "2", "1"]


def test_every_option_is_in_the_key_even_if_nobody_chose_it(drawn):
    stacked([12, 4, 0, 0, 0])
    shown = [text.get_text() for text in drawn[0].axes[0].texts]
    assert [text for text in shown if text in FIVE] == FIVE


# labels


@pytest.mark.parametrize(
    "label", [LONG, LONG[:74], "ORD MED STORE BOGSTAVER " * 8, "x" * 300, "i " * 200]
)
def test_very_long_labels_stay_on_the_drawing(label, drawn):
    bars([(label, share(14)), ("kort", share(2))], DANISH)
    stacked_bars([(label, [share(14), share(2)])], ["Ja", "Nej"], [False, False], DANISH)
    for figure in drawn:
        legible(figure)


def test_very_long_options_stay_on_the_drawing(drawn):
    stacked_bars([("kort", [share(14), share(2)])], [LONG, "Nej"], [False, False], DANISH)
    legible(drawn[0])


def test_narrow_segments_of_a_large_survey_stay_legible(drawn):
    stacked([996, 1, 1, 1, 1])
    legible(drawn[0])


HOSTILE = ["$x$", "<b>&amp;</b>", "]]>", "a -- b -->", "\\frac{1}{2}", "_a_ ^2", '"x"', "æøå ”é”"]


@pytest.mark.parametrize("label", HOSTILE)
def test_a_drawing_with_any_label_is_valid_xml(label):
    for drawing in (
        bars([(label, share(3))], DANISH),
        stacked_bars([(label, [share(14), share(2)])], [label, "Nej"], [False, False], DANISH),
    ):
        root = ElementTree.fromstring(drawing.svg)
        assert root.tag == f"{SVG}svg"
        assert not list(root.iter(f"{SVG}script"))
        assert label in drawing.alt


def test_dollars_are_drawn_as_dollars():
    def glyphs(label):
        svg = bars([(label, share(3))], DANISH).svg
        return len(list(ElementTree.fromstring(svg).iter(f"{SVG}use")))

    assert glyphs("$x$") == glyphs("axa")


def test_text_is_drawn_as_paths_so_that_no_font_is_needed():
    assert "<text" not in bars([("a", share(3))], DANISH).svg


# bytes


def test_the_same_table_gives_the_same_bytes_twice():
    rows = [("første", share(14)), ("anden", share(2))]
    assert bars(rows, DANISH).svg == bars(rows, DANISH).svg
    assert stacked([11, 2, 2, 1, 0]).svg == stacked([11, 2, 2, 1, 0]).svg


def test_the_same_table_gives_the_same_bytes_in_another_process():
    code = (
        "import hashlib;from evaluation.figures import bars;from evaluation.texts import texts;"
        "from evaluation.wording import Share;d=texts('da');"
        "print(hashlib.sha256(bars([('a', Share(3, 16, d))], d).svg.encode()).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(told) == 1


def test_the_bytes_hold_no_date():
    svg = bars([("a", share(3))], DANISH).svg
    assert "dc:date" not in svg


# alternative text


def test_the_alternative_text_of_bars_holds_every_label_and_count():
    drawing = bars([("første", share(14)), ("anden", share(0))], DANISH)
    assert drawing.alt == (
        "Liggende søjler, 16 svar. første: 14\u00a0af\u00a016 (88\u00a0%); "
        "anden: 0\u00a0af\u00a016 (0\u00a0%)."
    )


def test_the_alternative_text_of_bars_with_several_bases_names_them_in_order():
    rows = [
        ("a", share(9, 100, ENGLISH)),
        ("b", share(3, 16, ENGLISH)),
        ("c", share(1, 2, ENGLISH)),
    ]
    assert bars(rows, ENGLISH).alt.startswith("Horizontal bars, 2, 16 and 100 answers.")


def test_the_alternative_text_of_stacked_bars_holds_every_count_that_is_not_zero():
    alt = stacked([11, 2, 2, 1, 0]).alt
    assert alt == (
        "Liggende stablede søjler. Spørgsmål (16 svar): "
        "I høj grad: 11\u00a0af\u00a016 (69\u00a0%), "
        "I nogen grad: 2\u00a0af\u00a016 (13\u00a0%), "
        "Hverken/eller: 2\u00a0af\u00a016 (13\u00a0%), "
        "I mindre grad: 1\u00a0af\u00a016 (6\u00a0%)."
    )


def test_jupyter_shows_the_drawing_and_tells_its_text():
    drawing = bars([("a", share(3, words=ENGLISH))], ENGLISH)
    bundle = drawing._repr_mimebundle_()
    assert bundle == {"image/svg+xml": drawing.svg, "text/plain": drawing.alt}


def remembered(k, n=16):
    return Share(k, n, DANISH, origin=Origin((f"q.{k}",), "data/raw/x.csv", (k,)))


def test_a_figure_carries_every_number_that_is_drawn_with_its_label_and_origin():
    drawing = bars([("en", remembered(12)), ("to", remembered(0, 9))], DANISH)
    assert [(number.row, number.value) for number in drawing.numbers] == [
        ("en", "12\u00a0af\u00a016 (75\u00a0%)"),
        ("to", "0\u00a0af\u00a09 (0\u00a0%)"),
    ]
    assert [number.origin.k for number in drawing.numbers] == [12, 0]
    assert len(drawing._repr_mimebundle_()[PLACED]) == 2


def test_a_stacked_figure_carries_the_numbers_of_its_segments_under_their_options():
    rows = [("Spørgsmål", [remembered(3), remembered(0), remembered(13)])]
    drawing = stacked_bars(rows, FIVE[:3], [False] * 3, DANISH)
    assert [(number.row, number.column) for number in drawing.numbers] == [
        ("Spørgsmål", FIVE[0]),
        ("Spørgsmål", FIVE[2]),
    ]
    told = set(re.findall(r"\d+", " ".join(number.value for number in drawing.numbers)))
    assert set(re.findall(r"\d+", drawing.alt)) <= told


def test_a_figure_of_numbers_without_origin_carries_the_drawing_only():
    bundle = bars([("en", share(12))], DANISH)._repr_mimebundle_()
    assert set(bundle) == {"image/svg+xml", "text/plain"}
