"""report.figures.profile: points on an ordered scale."""

from itertools import pairwise

import pytest
from drawings import HOSTILE, LONG, UNBROKEN, markers, sound, words
from legibility import record_drawings

from evaluation.language.texts import texts
from evaluation.report import figures
from evaluation.report.figures.drawing import WIDTH
from evaluation.report.figures.profile import Point, profile

DANISH, ENGLISH = texts("da"), texts("en")
SCALE = ["Ikke begyndt", "Begyndt", "På plads", "I brug"]
WAVES = ["Runde 1", "Runde 2"]
ROWS = [
    ("Vision", [Point("Runde 1", 1.5, 1, 2), Point("Runde 2", 3)]),
    ("Budget", [Point("Runde 1", 2), Point("Runde 2", None)]),
]


@pytest.fixture
def drawn(monkeypatch):
    return record_drawings(monkeypatch, figures)


def points(figure, series: int) -> list:
    """The markers below the key: (x, y, radius, shape)."""
    return markers(figure)[series:]


def lines(figure, width: float) -> list:
    """The ends (x, y) of the lines of a width in points, in inches."""
    return [
        [(x, y) for x, y in patch.get_path().vertices]
        for patch in figure.axes[0].patches
        if patch.get_linewidth() == pytest.approx(width)
    ]


def test_points_stand_where_they_are_on_the_scale(drawn):
    profile([("a", [Point("s", value)]) for value in (1, 2, 2.5, 4)], ["s"], SCALE, DANISH)
    band = WIDTH / 4
    places = [x for x, *_ in points(drawn[0], 1)]
    assert places == pytest.approx([0.5 * band, 1.5 * band, 2 * band, 3.5 * band])


@pytest.mark.slow
def test_levels_are_named_at_top_and_bottom_over_their_places(drawn):
    drawing = profile(ROWS, WAVES, SCALE, DANISH)
    assert [text for text in words(drawn[0]) if text in SCALE] == SCALE * 2
    places = {text.get_text(): text.get_position()[0] for text in drawn[0].axes[0].texts}
    middles = [(position + 0.5) * WIDTH / 4 for position in range(4)]
    assert [places[level] for level in SCALE] == pytest.approx(middles)
    sound(drawing, drawn[0])


def test_series_differ_in_shape_as_well_as_in_colour(drawn):
    names = [f"nr. {n}" for n in range(8)]
    profile([("a", [Point(name, 2) for name in names])], names, SCALE, DANISH)
    assert len({shape for *_, shape in markers(drawn[0])}) == 8
    colours = {line.get_markerfacecolor() for line in drawn[0].axes[0].lines}
    assert len(colours) == 8


def test_points_of_one_value_do_not_hide_each_other(drawn):
    profile([("a", [Point("x", 2), Point("y", 2), Point("z", 2)])], ["x", "y", "z"], SCALE, DANISH)
    found = sorted(points(drawn[0], 3), key=lambda point: point[1])
    for (_, upper, radius, _), (_, lower, other, _) in pairwise(found):
        assert lower - upper > radius + other


def test_the_points_of_a_row_are_joined_and_ranges_are_drawn(drawn):
    profile(ROWS, WAVES, SCALE, DANISH)
    (joined,) = lines(drawn[0], 2.2)
    first, second = points(drawn[0], 2)[:2]
    assert joined == [pytest.approx(first[:2]), pytest.approx(second[:2])]
    ranges = [line for line in lines(drawn[0], 0.9) if line[1][0] - line[0][0] > 1]
    assert [(start[0], end[0]) for start, end in ranges] == [
        pytest.approx((WIDTH / 8, WIDTH * 3 / 8))
    ]
    assert "Spændvidde" in words(drawn[0])


def test_without_ranges_the_key_names_none(drawn):
    profile([("a", [Point("s", 1)])], ["s"], SCALE, ENGLISH)
    assert "Range" not in words(drawn[0])


@pytest.mark.slow
def test_missing_points_are_named(drawn):
    drawing = profile([*ROWS, ("Møder", [])], WAVES, SCALE, DANISH)
    shown = words(drawn[0])
    assert shown.index("Budget") < shown.index("Vises ikke: Runde 2")
    # a row without points has no band of its own
    assert "Vises ikke: Møder" in shown and "Møder" not in shown
    assert len(points(drawn[0], 2)) == 3
    sound(drawing, drawn[0])


@pytest.mark.parametrize("points", [[], [Point("Runde 1", None), Point("Runde 2", None)]])
def test_where_no_point_can_be_shown_one_sentence_says_so(points, drawn):
    drawing = profile([("Møder", points), ("Budget", [])], WAVES, SCALE, DANISH)
    assert drawing.alt == DANISH("figure_texts.profile.nothing")
    sound(drawing, drawn[0])


@pytest.mark.slow
def test_the_alternative_text_tells_every_value():
    assert profile(ROWS, WAVES, SCALE, DANISH).alt == (
        "Punkter på en skala: 1 er Ikke begyndt, 2 er Begyndt, 3 er På plads, 4 er I brug. "
        "Vision (Runde 1: 1,5, spændvidde 1 til 2, Runde 2: 3); "
        "Budget (Runde 1: 2, Runde 2: vises ikke)."
    )
    assert profile([("a", [Point("s", 7 / 3)])], ["s"], ["x", "y", "z"], ENGLISH).alt == (
        "Points on a scale: 1 is x, 2 is y, 3 is z. a (s: 2.33)."
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "series", "scale"),
    [
        ([("én", [Point("s", 1)])], ["s"], ["kun ét trin"]),
        ([("", [Point("s", 4, 4, 4)])], ["s"], SCALE),
        ([("a", [Point("s", None, 1, 2)])], ["s"], SCALE),
        ([(f"nr. {n}", [Point("s", n % 4 + 1)]) for n in range(40)], ["s"], SCALE),
        ([("a", [Point("s", 9)])], ["s"], [f"Trin nr. {n}" for n in range(10)]),
    ],
    ids=["one level", "no label", "hidden", "rows", "levels"],
)
def test_small_and_extreme_profiles_are_drawn(rows, series, scale, drawn):
    sound(profile(rows, series, scale, DANISH), drawn[0])


@pytest.mark.parametrize("series", [[], ["s"]])
def test_an_empty_profile_says_so(series, drawn):
    drawing = profile([], series, SCALE, DANISH)
    assert drawing.alt == "Der er ingen data at vise."
    sound(drawing, drawn[0])


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("label", ["long", UNBROKEN])
def test_very_long_labels_stay_on_the_drawing(language, label, drawn):
    label = LONG[language] if label == "long" else label
    rows = [(label, [Point(label, 2, 1, 3)]), ("b", [])]
    sound(profile(rows, [label], [label, "x", "y", label], texts(language)), drawn[0])


@pytest.mark.slow
def test_levels_that_find_no_room_become_numbers_with_a_key(drawn):
    scale = [f"{UNBROKEN} {n}" for n in range(5)]
    profile([("a", [Point("s", 2)])], ["s"], scale, DANISH)
    shown = words(drawn[0])
    assert [text for text in shown if text.isdigit()][:5] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("label", HOSTILE)
def test_a_profile_with_any_label_is_sound(label, drawn):
    drawing = profile([(label, [Point(label, 1)])], [label], [label, "x"], DANISH)
    assert drawing.alt.count(label) == 3
    sound(drawing, drawn[0])


@pytest.mark.parametrize(
    "point", [Point("s", 0), Point("s", 5), Point("s", 2, 0), Point("s", 2, 1, 9)]
)
def test_a_point_off_the_scale_is_an_error(point):
    with pytest.raises(ValueError, match="is not on a scale of 1 to 4"):
        profile([("a", [point])], ["s"], SCALE, DANISH)


def test_an_unknown_series_is_an_error():
    with pytest.raises(ValueError, match="'a': 'x' is none of"):
        profile([("a", [Point("x", 1)])], ["s"], SCALE, DANISH)


@pytest.mark.slow
def test_the_same_profile_gives_the_same_bytes():
    assert profile(ROWS, WAVES, SCALE, DANISH).svg == profile(ROWS, WAVES, SCALE, DANISH).svg
