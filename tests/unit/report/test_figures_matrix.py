"""report.figures.matrix: a grid of counts."""

import pytest
from drawings import HOSTILE, LONG, UNBROKEN, contrast, sound, words
from legibility import record_drawings

from evaluation.language.texts import texts
from evaluation.report import figures
from evaluation.report.figures.drawing import INK
from evaluation.report.figures.matrix import SHADES, matrix

DANISH, ENGLISH = texts("da"), texts("en")
ROWS = [("Partnerskaber", [12, 0, 31]), ("Frivillige", [3, None, 1])]
COLUMNS = ["000", "001", "002"]


@pytest.fixture
def drawn(monkeypatch):
    return record_drawings(monkeypatch, figures)


def cells(figure) -> list:
    """The boxes of the grid, row by row; the sample of the key is smaller."""
    return [patch for patch in figure.axes[0].patches if patch.get_extents().width > 25]


def test_every_count_stands_in_its_cell(drawn):
    drawing = matrix(ROWS, COLUMNS, DANISH)
    assert words(drawn[0])[:9] == [*COLUMNS, "Partnerskaber", "12", "31", "Frivillige", "3", "1"]
    sound(drawing, drawn[0])


def test_a_row_that_is_hidden_is_named_below_and_has_no_cells(drawn):
    drawing = matrix([*ROWS, ("Bestyrelse", [None] * 3)], COLUMNS, DANISH)
    assert len(cells(drawn[0])) == 6
    assert "Skjult: Bestyrelse" in words(drawn[0])
    assert "Bestyrelse (000: skjult" in drawing.alt
    sound(drawing, drawn[0])
    hidden = matrix([("Bestyrelse", [None] * 3)], COLUMNS, DANISH)
    assert hidden.alt == DANISH("figure_texts.all_hidden")


def test_the_alternative_text_tells_every_count():
    assert matrix(ROWS, COLUMNS, DANISH).alt == (
        "Skema med antal. Partnerskaber (000: 12, 001: 0, 002: 31); "
        "Frivillige (000: 3, 001: skjult, 002: 1)."
    )
    assert matrix([("Total", [1234])], ["x"], ENGLISH).alt == "Grid of counts. Total (x: 1,234)."


def test_larger_counts_are_darker_and_zeros_and_hidden_ones_have_no_shade(drawn):
    matrix([("a", [1, 5, 9, 0, None])], list("vwxyz"), DANISH)
    shades = [sum(patch.get_facecolor()[:3]) for patch in cells(drawn[0])[:5]]
    assert shades[0] > shades[1] > shades[2]
    assert shades[3] == shades[4] == 3
    assert [bool(patch.get_hatch()) for patch in cells(drawn[0])[:5]] == [False] * 4 + [True]


def test_a_count_of_one_is_no_darker_than_its_share_of_the_largest(drawn):
    matrix([("a", [1, 100])], ["x", "y"], DANISH)
    matrix([("a", [50, 100])], ["x", "y"], DANISH)
    assert cells(drawn[0])[0].get_facecolor()[0] > cells(drawn[1])[0].get_facecolor()[0]


def test_numbers_can_be_read_on_the_darkest_and_on_the_lightest_shade():
    assert min(contrast(INK, SHADES(share)) for share in (0.0, 0.5, 1.0)) >= 4.5


def test_the_key_explains_only_what_there_is(drawn):
    matrix([("a", [1, 2])], ["x", "y"], ENGLISH)
    matrix([("a", [1, 0])], ["x", "y"], ENGLISH)
    matrix([("a", [1, None])], ["x", "y"], ENGLISH)
    none, zero, hidden = map(words, drawn)
    assert "None" not in none and "A hidden number" not in none
    assert "None" in zero and "A hidden number" not in zero
    assert "A hidden number" in hidden and "None" not in hidden


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([("én", [1])], ["x"]),
        ([("nul", [0])], ["x"]),
        ([("skjult", [None])], ["x"]),
        ([("nul", [0, 0]), ("igen", [0, 0])], ["x", "y"]),
        ([("", [1])], [""]),
        ([(f"Tema {n}", [n, 0, None, 7 * n]) for n in range(40)], list("abcd")),
        ([("mange", list(range(30)))], [f"Dokument nr. {n}" for n in range(30)]),
        ([("store", [1234567, 0])], ["x", "y"]),
        ([("store", [1234567] * 12)], [f"nr. {n}" for n in range(12)]),
    ],
    ids=["one", "zero", "hidden", "zeros", "no label", "rows", "columns", "large", "large, many"],
)
def test_small_and_extreme_grids_are_drawn(rows, columns, drawn):
    drawing = matrix(rows, columns, DANISH)
    shown = [text for text in words(drawn[0]) if text.replace(".", "").isdigit()]
    assert len(shown) >= sum(bool(count) for _, counts in rows for count in counts)
    sound(drawing, drawn[0])


@pytest.mark.parametrize("rows", [[], [("a", []), ("b", [])]])
def test_an_empty_grid_says_so(rows, drawn):
    drawing = matrix(rows, [], DANISH)
    assert drawing.alt == "Der er ingen data at vise."
    sound(drawing, drawn[0])


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("label", ["long", UNBROKEN])
def test_very_long_labels_and_headings_stay_on_the_drawing(language, label, drawn):
    label = LONG[language] if label == "long" else label
    drawing = matrix(
        [(label, [1, 0, None]), ("b", [2, 3, 4])], [label, "x", label], texts(language)
    )
    sound(drawing, drawn[0])


@pytest.mark.slow
def test_headings_that_find_no_room_become_letters_with_a_key(drawn):
    columns = [f"En lang overskrift, nr. {n}" for n in range(28)]
    matrix([("a", [5] * 28)], columns, DANISH)
    shown = words(drawn[0])
    assert shown.index("A") < shown.index("Z") < shown.index("AA") < shown.index("AB")
    assert [text for text in shown if text in columns] == columns


@pytest.mark.parametrize("label", HOSTILE)
def test_a_grid_with_any_label_is_sound(label, drawn):
    drawing = matrix([(label, [1, 0])], [label, "x"], DANISH)
    assert drawing.alt.count(label) == 2
    sound(drawing, drawn[0])


def test_a_row_of_another_length_is_an_error():
    with pytest.raises(ValueError, match="'a' has 1 counts for 2 columns"):
        matrix([("a", [1])], ["x", "y"], DANISH)


@pytest.mark.slow
def test_the_same_grid_gives_the_same_bytes():
    assert matrix(ROWS, COLUMNS, DANISH).svg == matrix(ROWS, COLUMNS, DANISH).svg


def test_blocks_of_columns_are_about_as_wide_as_each_other(drawn):
    columns = [f"k{n}" for n in range(13)]
    matrix([("a", [1] * 13)], columns, DANISH)
    tops = [text.get_position()[1] for text in drawn[0].axes[0].texts if text.get_text() in columns]
    assert sorted(tops.count(top) for top in set(tops)) == [6, 7]
