"""report.figures: from small tables to drawings."""

import re
import subprocess
import sys
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from drawings import HOSTILE, SVG, UNBROKEN, contrast, segments, sound, words
from legibility import boxes_as_drawn, record_drawings

from evaluation.language.texts import texts
from evaluation.report import figures
from evaluation.report.figures import bars, stacked_bars
from evaluation.report.figures.drawing import FILL, SMALL, TEXT, TRACK, WIDE, WIDTH, ink_on
from evaluation.report.figures.stacked import DISTINCT, OFF_SCALE
from evaluation.report.provenance import PHONE, PLACED, Origin
from evaluation.report.shares import Share

DANISH, ENGLISH = texts("da"), texts("en")
FIVE = ["I høj grad", "I nogen grad", "Hverken/eller", "I mindre grad", "Slet ikke"]
LONG = "Udvikling af aktiviteter, der sætter fokus på medborgerskab og demokratisk deltagelse " * 4


def share(k, n=16, words=DANISH):
    return Share(k, n, words)


def widths(svg: str, colour: str) -> list[float]:
    return [width for filled, _, width, _ in segments(svg) if filled == colour]


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


@pytest.mark.slow
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
    found = widths(svg, FILL)
    assert found[1] > found[2] > found[0]


def test_what_is_hidden_has_no_bar_and_its_name_below(drawn):
    drawing = bars([("en", Share(None, 16, DANISH)), ("ingen", share(0))], DANISH)
    assert [fill for fill, *_ in segments(drawing.svg)] == [TRACK]
    assert "Skjult: en" in words(drawn[0])
    assert "en: et skjult antal af 16" in drawing.alt


def test_where_all_is_hidden_one_sentence_says_so():
    for drawing in (
        bars([("en", Share(None, 16, DANISH))], DANISH),
        stacked_bars([("en", [Share(None, 16, DANISH)] * 2)], FIVE[:2], [False] * 2, DANISH),
    ):
        assert segments(drawing.svg) == segments(drawing.wide) == []
        assert drawing.alt == DANISH("figure_texts.all_hidden")
        assert drawing.numbers == ()


# the whole


def of_all(k, n=16, population=21, words=DANISH):
    return Share(k, n, words, population=population, origin=Origin((f"q.{k}",)))


def test_bars_show_those_who_did_not_answer_where_all_are_few(drawn):
    drawing = bars([("a", of_all(14)), ("b", of_all(8))], DANISH)
    (_, *first), (_, *second) = units_of(drawing.svg)
    whole = sum(first)
    assert [width / whole for width in first] == pytest.approx([14 / 21, 2 / 21, 5 / 21], abs=0.002)
    assert [width / whole for width in second] == pytest.approx([8 / 21, 8 / 21, 5 / 21], abs=0.002)
    assert "Svarede ikke: 5\u00a0af\u00a021" in words(drawn[0])
    assert drawing.alt.endswith("Svarede ikke: 5\u00a0af\u00a021.")
    told = [one.value for one in drawing.numbers if one.column == "Svarede ikke"]
    assert told == ["5\u00a0af\u00a021"] * 2


def units_of(svg: str) -> list[tuple[float, ...]]:
    """(top, width of each part) of the bars of a drawing."""
    rows: dict[float, list[float]] = {}
    for _, _, width, top in segments(svg):
        rows.setdefault(round(top, 1), []).append(width)
    return [(top, *parts) for top, parts in rows.items()]


@pytest.mark.parametrize("population", [None, 16, 41, 5000])
def test_nobody_is_silent_where_all_answered_are_many_or_are_not_known(population, drawn):
    drawing = bars([("a", of_all(14, population=population))], DANISH)
    assert "Svarede ikke" not in drawing.alt
    assert not any("Svarede ikke" in word for word in words(drawn[0]))


def test_yes_no_and_no_answer_are_labelled_on_the_units_of_all(drawn):
    drawing = stacked_bars(
        [("Spørgsmål", [of_all(12), of_all(4)])], ["Ja", "Nej"], [False] * 2, DANISH
    )
    assert {"Ja: 12", "Nej: 4", "Svarede ikke: 5"} <= set(words(drawn[0]))
    ((_, *parts),) = units_of(drawing.svg)
    assert [width / WIDTH for width in parts] == pytest.approx([12 / 21, 4 / 21, 5 / 21], abs=0.002)
    assert "Svarede ikke: 5\u00a0af\u00a021" in drawing.alt


def test_a_question_to_some_stands_on_the_same_units_with_its_own_n(drawn):
    rows = [
        ("søgt", [of_all(12), of_all(4)]),
        ("fået", [of_all(11, 12, None), of_all(1, 12, None)]),
    ]
    drawing = stacked_bars(rows, ["Ja", "Nej"], [False] * 2, DANISH)
    (_, *first), (_, *second) = units_of(drawing.svg)
    assert second[0] / 11 == pytest.approx(first[0] / 12, abs=0.001)
    assert len(second) == 2
    assert {"n\u00a0=\u00a016", "n\u00a0=\u00a012"} <= set(words(drawn[0]))


@pytest.mark.slow
@pytest.mark.parametrize("answers", [[15, 1], [1, 15], [16, 0], [8, 8], [0, 0, 16]])
def test_no_number_of_units_is_struck_through(answers, drawn):
    options = [f"svar {n}" for n in range(len(answers))]
    shares = [of_all(k) for k in answers]
    stacked_bars([("a", shares)], options, [False] * len(options), DANISH)
    for figure in drawn:
        lines = [
            path.vertices
            for patch in figure.axes[0].patches
            if len((path := patch.get_path()).vertices) == 2
        ]
        for text, left, top, right, bottom in boxes_as_drawn(figure):
            for (x, y), (_, end) in lines:
                assert not (left < x < right and y < bottom and end > top), text


def test_a_title_stands_above_the_bars(drawn):
    bars([("a", share(3))], DANISH, "Størst andel: a")
    assert words(drawn[0])[0] == "Størst andel: a"


@pytest.mark.slow
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
    assert len(widths(drawing.svg, TRACK)) == len(rows)
    assert len(widths(drawing.svg, FILL)) == sum(row[1].k > 0 for row in rows)
    sound(drawing, drawn[0])


def test_no_bars_say_so():
    assert bars([], DANISH).alt == "Der er ingen data at vise."
    assert stacked_bars([], [], [], DANISH).alt == "Der er ingen data at vise."


# how large words are


def test_words_are_at_least_11_pixels_high_on_a_phone():
    # 360 pixels less the margins that theme.css leaves
    assert SMALL / (WIDTH * 72) * 336 >= 11


# stacked bars


@pytest.mark.slow
def test_segments_are_as_long_as_their_shares_and_leave_no_gap():
    found = segments(stacked([11, 2, 2, 1, 0]).svg)
    assert [width / WIDTH for _, _, width, _ in found] == pytest.approx(
        [11 / 16, 2 / 16, 2 / 16, 1 / 16], abs=0.001
    )
    for (_, left, width, _), (_, following, _, _) in pairwise(found):
        assert left + width == pytest.approx(following, abs=0.001)


def test_segments_have_the_colours_of_their_options_in_order():
    found = segments(stacked([3, 3, 3, 3, 4]).svg)
    assert [colour for colour, *_ in found] == list(DISTINCT[:5])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("counts", "options"),
    [
        ([16], ["Ja"]),
        ([1], ["Ja"]),
        ([0, 1], ["Ja", "Nej"]),
        ([0, 0, 0, 0, 16], FIVE),
        ([1, 1, 1, 1, 1], FIVE),
        ([996, 1, 1, 1, 1], FIVE),
        ([8, 8], ["Ja", "Nej"]),
    ],
)
def test_answers_of_any_number_with_zeros_are_drawn(counts, options, drawn):
    drawing = stacked(counts, options)
    assert len(segments(drawing.svg)) == sum(k > 0 for k in counts)
    sound(drawing, drawn[0])


def test_an_answer_beside_the_others_is_grey_and_last():
    options = [*FIVE, "Ved ikke"]
    found = segments(stacked([3, 3, 3, 3, 3, 1], options, [False] * 5 + [True]).svg)
    assert found[-1][0] == OFF_SCALE
    assert OFF_SCALE not in DISTINCT


@pytest.mark.slow
@pytest.mark.parametrize("length", range(1, 12))
def test_no_two_options_share_a_colour(length):
    counts = [2] * (length + 1)
    options = [f"svar {index}" for index in range(length)] + ["Ved ikke"]
    found = segments(stacked(counts, options, [False] * length + [True]).svg)
    assert len({colour for colour, *_ in found}) == length + 1


def test_neighbours_differ_in_lightness_and_all_carry_legible_numbers():
    for one, other in pairwise(DISTINCT):
        assert contrast(one, other) > 1.5
    for colour in (*DISTINCT, OFF_SCALE):
        assert contrast(colour, ink_on(colour)) >= 4.5


def test_several_questions_stand_below_each_other_with_their_own_n(drawn):
    rows = [("første", [share(12), share(4)]), ("anden", [share(11, 12), share(1, 12)])]
    drawing = stacked_bars(rows, ["Ja", "Nej"], [False, False], DANISH)
    assert len({round(top, 3) for *_, top in segments(drawing.svg)}) == 2
    assert {"n\u00a0=\u00a016", "n\u00a0=\u00a012"} <= set(words(drawn[0]))
    assert "(16 svar)" in drawing.alt
    assert "(12 svar)" in drawing.alt


def test_counts_stand_in_the_segments_so_that_colour_is_not_needed(drawn):
    stacked([11, 2, 2, 1, 0])
    assert [text for text in words(drawn[0]) if text.isdigit()] == ["11", "2", "2", "1"]


def test_a_count_too_wide_for_its_segment_stands_below_with_the_name_of_its_option(drawn):
    stacked([996, 1, 3], FIVE[:3])
    assert "I nogen grad: 1\u00a0af\u00a01.000 (0\u00a0%)" in " ".join(words(drawn[0]))
    assert "Hverken/eller: 3\u00a0af\u00a01.000 (0\u00a0%)" in " ".join(words(drawn[0]))


def test_the_key_holds_the_options_that_somebody_chose_and_the_others_stay_in_words(drawn):
    drawing = stacked([12, 4, 0, 0, 0])
    shown = words(drawn[0])
    assert [text for text in shown if text in FIVE] == FIVE[:2]
    assert "Ingen: Hverken/eller, I mindre grad, Slet ikke" in shown
    assert drawing.alt.endswith("Ingen: Hverken/eller, I mindre grad, Slet ikke.")


def test_hidden_counts_have_one_hatched_segment_and_their_names_below(drawn):
    shares = [share(10), Share(None, 16, DANISH), share(2), Share(None, 16, DANISH)]
    drawing = stacked_bars([("a", shares)], FIVE[:4], [False] * 4, DANISH)
    found = segments(drawing.svg)
    assert [fill for fill, *_ in found] == [DISTINCT[0], DISTINCT[2], "url"]
    assert found[-1][2] == pytest.approx(WIDTH * 4 / 16, abs=0.001)
    assert "Skjult: I nogen grad, I mindre grad" in words(drawn[0])
    assert not any("Ingen" in text for text in words(drawn[0]))


# labels


@pytest.mark.slow
@pytest.mark.parametrize(
    "label", [LONG, LONG[:74], "ORD MED STORE BOGSTAVER " * 8, UNBROKEN, "x" * 300, "i " * 200]
)
def test_very_long_labels_stay_on_the_drawing(label, drawn):
    made = [
        bars([(label, share(14)), ("kort", share(2))], DANISH),
        stacked_bars([(label, [share(14), share(2)])], ["Ja", "Nej"], [False] * 2, DANISH),
        stacked_bars([("kort", [share(14), share(2)])], [label, "Nej"], [False] * 2, DANISH),
    ]
    for drawing, figure in zip(made, drawn, strict=True):
        sound(drawing, figure)


@pytest.mark.slow
@pytest.mark.parametrize("label", HOSTILE)
def test_a_drawing_with_any_label_is_sound(label, drawn):
    made = [
        bars([(label, share(3))], DANISH),
        stacked_bars([(label, [share(14), share(2)])], [label, "Nej"], [False] * 2, DANISH),
    ]
    for drawing, figure in zip(made, drawn, strict=True):
        sound(drawing, figure)
        assert label in drawing.alt


def test_dollars_are_drawn_as_dollars():
    def glyphs(label):
        svg = bars([(label, share(3))], DANISH).svg
        return len(list(ElementTree.fromstring(svg).iter(f"{SVG}use")))

    assert glyphs("$x$") == glyphs("axa")


@pytest.mark.slow
@pytest.mark.parametrize(
    "label",
    [
        "• ✓ ≥ 😀",
        "Кирилиця",
        "你好",
        "สวัสดี",
        "ትግርኛ",
        "مرحبا",
        "नमस्ते",
        "🙂",
        "👍🏽",
        "🇩🇰",
        "\uf0b7\ue000\u0378",
    ],
)
def test_no_sign_of_a_label_is_missing_from_its_fonts(label, recwarn):
    assert label in bars([(label, share(3))], DANISH).alt
    assert not [str(each.message) for each in recwarn if "missing from font" in str(each.message)]


def test_text_is_drawn_as_paths_so_that_no_font_is_needed():
    assert "<text" not in bars([("a", share(3))], DANISH).svg


# bytes


@pytest.mark.slow
def test_the_same_table_gives_the_same_bytes_twice():
    rows = [("første", share(14)), ("anden", share(2))]
    assert bars(rows, DANISH).svg == bars(rows, DANISH).svg
    assert stacked([11, 2, 2, 1, 0]).svg == stacked([11, 2, 2, 1, 0]).svg


@pytest.mark.slow
def test_the_same_table_gives_the_same_bytes_in_another_process():
    code = (
        "import hashlib;from evaluation.report.figures import bars;"
        "from evaluation.language.texts import texts;"
        "from evaluation.report.shares import Share;d=texts('da');"
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
        "I mindre grad: 1\u00a0af\u00a016 (6\u00a0%). Ingen: Slet ikke."
    )


def test_jupyter_shows_the_drawing_and_tells_its_text():
    drawing = bars([("a", share(3, words=ENGLISH))], ENGLISH)
    bundle = drawing._repr_mimebundle_()
    assert bundle == {"image/svg+xml": drawing.wide, PHONE: drawing.svg, "text/plain": drawing.alt}


def test_a_page_shows_labels_beside_bars_and_a_phone_above_them(drawn):
    drawing = bars([("første", share(14)), ("anden", share(2))], DANISH)
    phone, page = (
        [left for fill, left, *_ in segments(svg) if fill == TRACK]
        for svg in (drawing.svg, drawing.wide)
    )
    assert phone == [0, 0] and page[0] == page[1] > 0.5
    assert f'width="{WIDE * 72:g}pt"' in drawing.wide
    # no larger than a caption, which theme.css sets in 15 pixels
    assert TEXT / 72 * 96 <= 15


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
    assert set(bundle) == {"image/svg+xml", PHONE, "text/plain"}
