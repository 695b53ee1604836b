"""report.figures.scale: answers on an ordered scale, to either side of its middle."""

import re
from itertools import combinations

import pytest
from drawings import HOSTILE, LONG, UNBROKEN, contrast, segments, sound, words
from hypothesis import given, settings
from hypothesis import strategies as st
from legibility import record_drawings
from matplotlib.colors import to_rgb

from evaluation.language.texts import texts
from evaluation.project.codebook import Collapse, Option, Question
from evaluation.report import figures
from evaluation.report.figures import diverging_bars
from evaluation.report.figures.drawing import WIDTH, ink_on
from evaluation.report.figures.scale import FIRST, LAST, NEUTRAL
from evaluation.report.figures.stacked import OFF_SCALE
from evaluation.report.provenance import Origin
from evaluation.report.shares import Share

DANISH, ENGLISH = texts("da"), texts("en")
FIVE = ["I høj grad", "I nogen grad", "Hverken/eller", "I mindre grad", "Slet ikke"]
SIX = [*FIVE, "Ved ikke"]
SIDES = [-1, -1, 0, 1, 1, None]
AGREE, DISAGREE = set(FIRST), set(LAST)
NEAR = 0.002  # inches that a coordinate in the SVG may be off


def shares(counts, n=None):
    """Shares of n (default: the sum of the counts); None: hidden."""
    n = n or sum(count for count in counts if count is not None)
    return [Share(count, n, DANISH) for count in counts]


def draw(*rows, options=SIX, sides=SIDES):
    """A figure with a row for each list of counts."""
    named = [(f"Række {n}", shares(counts)) for n, counts in enumerate(rows, start=1)]
    return diverging_bars(named, options, sides, DANISH)


def middle_lines(figure) -> list[tuple[float, float, float]]:
    """(x, top, bottom) of each piece of the dark line at the bars and in the key."""
    return [
        (path[0][0], path[0][1], path[1][1])
        for patch in figure.axes[0].patches
        if len(path := patch.get_path().vertices) == 2 and patch.get_linewidth() == 1.2
    ]


def by_row(drawing) -> list[list[tuple[str, float, float]]]:
    """The segments (fill, left, width) of each row."""
    rows: dict[float, list] = {}
    for fill, left, width, top in segments(drawing.svg):
        rows.setdefault(round(top, 1), []).append((fill, left, width))
    return list(rows.values())


@pytest.fixture
def drawn(monkeypatch):
    """The matplotlib figures that are drawn."""
    return record_drawings(monkeypatch, figures)


ANSWERS = st.lists(st.integers(0, 40), min_size=6, max_size=6).filter(any)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(ANSWERS, min_size=3, max_size=4))
def test_any_counts_stand_around_one_line_in_their_proportion(rows):
    with pytest.MonkeyPatch.context() as patched:
        drawn = record_drawings(patched, figures)
        drawing = draw(*rows)
    sound(drawing, drawn[0])
    lines = [x for x, *_ in middle_lines(drawn[0])][:-1]
    assert len(set(lines)) <= 1
    found = by_row(drawing)
    assert len(found) == len(rows)
    whole = sum(width for *_, width in found[0])
    for row, counts in zip(found, rows, strict=True):
        chosen = [count for count in counts if count]
        assert [width / whole for *_, width in row] == pytest.approx(
            [count / sum(counts) for count in chosen], abs=0.01
        )
        for fill, left, width in row:
            assert left >= -NEAR and left + width <= WIDTH + NEAR
            if fill in AGREE:
                assert left + width <= lines[0] + NEAR
            elif fill in DISAGREE:
                assert left >= lines[0] - NEAR
            elif fill == NEUTRAL:
                assert left + width / 2 == pytest.approx(lines[0], abs=NEAR)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(ANSWERS, min_size=1, max_size=4))
def test_every_count_is_told_in_its_segment_or_below(rows):
    with pytest.MonkeyPatch.context() as patched:
        drawn = record_drawings(patched, figures)
        draw(*rows)
    shown = words(drawn[0])
    starts = [shown.index(f"Række {n}") for n in range(1, len(rows) + 1)]
    for counts, start, end in zip(rows, starts, [*starts[1:], len(shown)], strict=True):
        told, below = shown[start:end], " ".join(shown[start:end])
        for option, count in zip(SIX, counts, strict=True):
            full = Share(count, sum(counts), DANISH).full
            assert not count or str(count) in told or f"{option}: {full}" in below


@pytest.mark.slow
@pytest.mark.parametrize(
    ("counts", "fills"),
    [
        ([12, 4, 0, 0, 0, 0], [FIRST[0], FIRST[1]]),
        ([16, 0, 0, 0, 0, 0], [FIRST[0]]),
        ([0, 0, 16, 0, 0, 0], [NEUTRAL]),
        ([0, 0, 0, 0, 16, 0], [LAST[0]]),
        ([0, 0, 0, 0, 0, 9], [OFF_SCALE]),
        ([0, 1, 0, 0, 0, 0], [FIRST[1]]),
        ([0, 0, 0, 1, 0, 0], [LAST[1]]),
        ([996, 1, 1, 1, 1, 40], [FIRST[0], FIRST[1], NEUTRAL, LAST[1], LAST[0], OFF_SCALE]),
    ],
    ids=["nobody disagrees", "first", "neutral", "last", "beside", "n=1", "n=1, last", "large"],
)
def test_lopsided_answers_are_drawn(counts, fills, drawn):
    # methods.md 2: R's likert fails where nobody disagrees
    drawing = draw(counts)
    assert [fill for fill, *_ in segments(drawing.svg)] == fills
    sound(drawing, drawn[0])


def test_where_nobody_disagrees_there_is_room_beyond_the_line(drawn):
    drawing = draw(*[[12, 4, 0, 0, 0, 0]] * 3)
    *_, (_, left, width, _) = segments(drawing.svg)
    assert left + width < WIDTH - 0.1
    assert middle_lines(drawn[0])[0][0] == pytest.approx(left + width, abs=NEAR)


@pytest.mark.slow
@pytest.mark.parametrize("steps", range(1, 10))
@pytest.mark.parametrize("beside", [0, 1])
def test_scales_of_any_length_are_drawn_in_the_order_of_their_options(steps, beside, drawn):
    options = [f"svar {n}" for n in range(steps + beside)]
    sides = [(2 * n > steps - 1) - (2 * n < steps - 1) for n in range(steps)] + [None] * beside
    drawing = draw([2] * len(options), options=options, sides=sides)
    fills = [fill for fill, *_ in segments(drawing.svg)]
    assert len(fills) == len(set(fills)) == len(options)
    assert [text for text in words(drawn[0]) if text in options] == options
    assert all(contrast(fill, ink_on(fill)) >= 4.5 for fill in fills)
    sound(drawing, drawn[0])


@pytest.mark.parametrize("neutral", [0, 4])
def test_the_line_does_not_run_through_the_number_of_the_neutral_option(neutral, drawn):
    draw(*[[3, 3, neutral, 3, 3, 0]] * 3)
    middle = next(
        y
        for text in drawn[0].axes[0].texts
        for _, y in [text.get_position()]
        if text.get_text() == "3"
    )
    crossed = any(top < middle < bottom for _, top, bottom in middle_lines(drawn[0]))
    assert crossed == (neutral == 0)


@pytest.mark.slow
def test_dont_know_stands_apart_at_the_same_place_in_every_row():
    first, second, _ = by_row(draw([9, 1, 2, 3, 0, 2], [0, 1, 0, 4, 8, 5], [9, 1, 2, 3, 0, 2]))
    assert first[-1][0] == second[-1][0] == OFF_SCALE
    assert first[-1][1] == pytest.approx(second[-1][1], abs=NEAR)
    reached = max(left + width for row in (first, second) for _, left, width in row[:-1])
    assert first[-1][1] > reached + 0.1


@pytest.mark.slow
def test_hidden_counts_are_told_and_not_drawn(drawn):
    partly = shares([10, None, 3, None, 0, 0], 16)
    rows = [(name, partly) for name in "abc"]
    drawing = diverging_bars([*rows, ("d", shares([None] * 6, 16))], SIX, SIDES, DANISH)
    for row in by_row(drawing):
        assert [fill for fill, *_ in row] == [FIRST[0], NEUTRAL]
    assert len(by_row(drawing)) == 3
    assert "a. Skjult: I nogen grad, I mindre grad" in words(drawn[0])
    assert "Skjult: d" in words(drawn[0])
    assert "I nogen grad: et skjult antal af 16" in drawing.alt
    sound(drawing, drawn[0])


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_where_all_is_hidden_one_sentence_says_so(rows, drawn):
    hidden = [("a", [Share(None, None, DANISH)] * 6)] * rows
    drawing = diverging_bars(hidden, SIX, SIDES, DANISH)
    assert segments(drawing.svg) == []
    assert drawing.alt == DANISH("figure_texts.all_hidden")
    assert drawing.numbers == ()
    sound(drawing, drawn[0])


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 2])
def test_fewer_rows_than_three_have_nothing_to_diverge_from(rows, drawn):
    drawing = draw(*[[9, 1, 2, 3, 0, 1]] * rows)
    found = by_row(drawing)
    assert len(found) == rows
    for row in found:
        assert row[0][1] == pytest.approx(0, abs=NEAR)
        assert sum(width for *_, width in row) == pytest.approx(WIDTH, abs=NEAR)
        assert [fill for fill, *_ in row] == [FIRST[0], FIRST[1], NEUTRAL, LAST[1], OFF_SCALE]
    assert middle_lines(drawn[0]) == []
    assert drawing.alt.startswith("Liggende stablede søjler.")


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 3])
def test_answers_that_were_merged_with_the_neutral_one_have_its_colour(rows):
    lower = question(*"abcdex", off_scale="x", collapse=[("cde", tuple("cde"))]).collapsed()
    named = [(f"Række {n}", shares([9, 3, 4, 0])) for n in range(rows)]
    drawing = diverging_bars(named, lower.codes, lower.sides, DANISH, neutral=lower.neutral)
    for row in by_row(drawing):
        assert [fill for fill, *_ in row] == [FIRST[0], FIRST[1], NEUTRAL]


def test_options_that_nobody_chose_stay_in_words(drawn):
    drawing = draw([12, 4, 0, 0, 0, 0])
    assert [text for text in words(drawn[0]) if text in SIX] == FIVE[:2]
    assert "Ingen: Hverken/eller, I mindre grad, Slet ikke, Ved ikke" in words(drawn[0])
    assert drawing.alt == (
        "Liggende stablede søjler. Række 1 (16 svar): "
        "I høj grad: 12\u00a0af\u00a016 (75\u00a0%), I nogen grad: 4\u00a0af\u00a016 (25\u00a0%). "
        "Ingen: Hverken/eller, I mindre grad, Slet ikke, Ved ikke."
    )


def test_the_numbers_of_the_figure_are_those_of_its_alternative_text():
    row = [Share(k, 16, ENGLISH, origin=Origin((f"q.{k}",))) for k in (3, 0, 12, 1, 0, 0)]
    drawing = diverging_bars([("Question", row)], SIX, SIDES, ENGLISH)
    assert [(one.column, one.origin.k) for one in drawing.numbers] == [
        (FIVE[0], 3),
        (FIVE[2], 12),
        (FIVE[3], 1),
    ]
    told = set(re.findall(r"\d+", " ".join(one.value for one in drawing.numbers)))
    assert set(re.findall(r"\d+", drawing.alt)) == told


@pytest.mark.slow
@pytest.mark.parametrize("label", [*LONG.values(), UNBROKEN, *HOSTILE])
def test_any_label_and_option_stays_on_the_drawing(label, drawn):
    rows = [(label, shares([3, 0, 1, 1, 0, 2])), ("kort", shares([0, 0, 0, 0, 9, 0]))]
    for options in (SIX, [label, *SIX[1:]]):
        drawing = diverging_bars(rows, options, SIDES, DANISH)
        sound(drawing, drawn[-1])
        assert label in drawing.alt


def test_no_rows_say_so():
    assert diverging_bars([], SIX, SIDES, DANISH).alt == "Der er ingen data at vise."


# how those see colours who see few of them; Machado, Oliveira and Fernandes (2009), severity 1
VISION = {
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
# linear sRGB to XYZ, relative to white
XYZ = ((0.4339, 0.3762, 0.1899), (0.2126, 0.7152, 0.0722), (0.0177, 0.1095, 0.8728))


def seen(colour: str, vision: tuple) -> tuple[float, float, float]:
    """CIELAB of a colour as it is seen."""

    def times(matrix, vector):
        return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]

    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    x, y, z = (
        value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116
        for value in times(XYZ, times(vision, linear))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.slow
@pytest.mark.parametrize("vision", VISION)
def test_the_colours_of_a_scale_of_five_differ_for_the_colour_blind(vision):
    colours = [fill for fill, *_ in segments(draw([3] * 6).svg)]
    assert len(colours) == 6
    for one, other in combinations(colours, 2):
        apart = zip(seen(one, VISION[vision]), seen(other, VISION[vision]), strict=True)
        assert sum((a - b) ** 2 for a, b in apart) ** 0.5 > 12, (one, other)


# which side an option belongs to


def question(*codes: str, off_scale=(), collapse=()) -> Question:
    text = {"da": "x", "en": "x"}
    options = tuple(Option(code, text, code in off_scale) for code in codes)
    joined = tuple(Collapse(code, text, parts) for code, parts in collapse)
    return Question("q", "ordinal", text, text, options, collapse=joined)


@pytest.mark.parametrize(
    ("codes", "sides"),
    [
        ("a", [0]),
        ("ab", [-1, 1]),
        ("abc", [-1, 0, 1]),
        ("abcd", [-1, -1, 1, 1]),
        ("abcde", [-1, -1, 0, 1, 1]),
        ("abcdefg", [-1, -1, -1, 0, 1, 1, 1]),
    ],
)
def test_the_halves_of_a_scale_stand_on_its_sides(codes, sides):
    assert question(*codes).sides == sides
    assert question(*codes, "x", off_scale="x").sides == [*sides, None]


def test_what_is_left_of_a_collapsed_scale_keeps_its_middle():
    lower = question(*"abcdex", off_scale="x", collapse=[("cde", tuple("cde"))])
    assert lower.sides == [-1, -1, 0, 1, 1, None]
    assert lower.collapsed().codes == ["a", "b", "cde", "x"]
    assert lower.collapsed().sides == [-1, -1, 1, None]
    ends = question(*"abcde", collapse=[("ab", ("a", "b")), ("d", ("d", "e"))])
    assert ends.collapsed().sides == [-1, 0, 1]


def test_what_is_merged_is_neutral_where_the_middle_of_the_scale_is_among_it():
    assert question(*"abcde").neutral == [False, False, True, False, False]
    assert question(*"abcd").neutral == [False] * 4
    lower = question(*"abcdex", off_scale="x", collapse=[("cde", tuple("cde"))]).collapsed()
    assert lower.neutral == [False, False, True, False]
    ends = question(*"abcde", collapse=[("ab", ("a", "b")), ("d", ("d", "e"))]).collapsed()
    assert ends.neutral == [False, True, False]


def test_what_is_told_below_a_bar_stands_below_a_label_of_several_lines(drawn):
    label = "Jeg kender mine rettigheder som medlem af foreningen og dens udvalg"
    rows = [(f"{label} {n}", shares([94, 56, 10, 6, 2, 4])) for n in (1, 2)]
    diverging_bars(rows, SIX, SIDES, DANISH)
    figures.stacked_bars(rows, SIX, [False] * 6, DANISH)
    assert len(drawn) == 2  # each was legible on a page too
