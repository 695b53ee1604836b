"""report.figures.timeline: planned and done, on an axis of time."""

from datetime import date, timedelta

import pytest
from drawings import HOSTILE, LONG, UNBROKEN, contrast, markers, sound, words
from legibility import record_drawings

from evaluation.language.texts import texts
from evaluation.report import figures
from evaluation.report.figures.timeline import LATE_INK, timeline

DANISH, ENGLISH = texts("da"), texts("en")
STATUSES = {
    "done": "Udført",
    "done_late": "Udført senere",
    "late": "Bagud",
    "planned": "På vej",
    "undated": "Uden dato",
}
TODAY = date(2025, 11, 21)
ROWS = [
    ("Formål", "Før start", date(2025, 1, 10), date(2025, 1, 10), "done"),
    ("Værdier", "Før start", date(2025, 2, 1), date(2025, 4, 20), "done_late"),
    ("Aftale", "Opstart", date(2025, 6, 1), None, "late"),
    ("Kursus", "Drift", date(2026, 2, 1), None, "planned"),
    ("Forankring", "Drift", None, None, "undated"),
    ("Møde", "Opstart", None, date(2025, 5, 5), "done"),
]
RING, DISC, DIAMOND, TRIANGLE = ("o", 0.16), ("o", 0.1), ("D", 0.12), (">", 0.16)


@pytest.fixture
def drawn(monkeypatch):
    return record_drawings(monkeypatch, figures)


def kinds(figure) -> list:
    """The (shape, width) of every marker."""
    return [(shape, round(2 * radius, 2)) for *_, radius, shape in markers(figure)]


def of_one(planned, done, status="done", today=TODAY):
    return timeline([("trin", "fase", planned, done, status)], STATUSES, today, DANISH)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("planned", "done", "expected"),
    [
        (date(2025, 1, 10), date(2025, 1, 10), [RING, DISC]),
        (date(2025, 1, 10), date(2025, 1, 9), [RING, DISC]),
        (date(2025, 1, 10), date(2025, 1, 11), [RING, DIAMOND]),
        (date(2025, 1, 10), None, [RING, TRIANGLE]),
        (TODAY, None, [RING]),
        (TODAY + timedelta(1), None, [RING]),
        (None, date(2025, 1, 10), [DISC]),
        (None, None, []),
        # what was done after the day of the status counts as not done
        (TODAY + timedelta(9), TODAY + timedelta(2), [RING]),
        (TODAY - timedelta(9), TODAY + timedelta(2), [RING, TRIANGLE]),
    ],
)
def test_the_markers_of_a_step_tell_what_became_of_it(planned, done, expected, drawn):
    drawing = of_one(planned, done)
    found = kinds(drawn[0])
    # once in the key, once in the row
    assert found == expected * 2
    sound(drawing, drawn[0])


@pytest.mark.slow
def test_late_steps_have_their_word_in_bold_and_in_a_colour_that_can_be_read(drawn):
    timeline(ROWS, STATUSES, TODAY, DANISH)
    weights = {text.get_text(): text.get_fontweight() for text in drawn[0].axes[0].texts}
    bold = {label for label in STATUSES.values() if weights[label] == "semibold"}
    assert bold == {"Bagud", "Udført senere"}
    assert contrast(LATE_INK, "white") >= 4.5


@pytest.mark.slow
def test_days_stand_in_their_order_on_the_axis(drawn):
    days = [date(2025, 1, 1), date(2025, 3, 1), date(2025, 5, 1), date(2025, 12, 31)]
    rows = [(str(day), "fase", None, day, "done") for day in days]
    timeline(rows, STATUSES, days[-1], DANISH)
    places = [x for x, *_ in markers(drawn[0])][1:]
    shares = [(place - places[0]) / (places[-1] - places[0]) for place in places]
    assert shares == pytest.approx([(day - days[0]).days / 364 for day in days])


@pytest.mark.slow
def test_steps_stand_by_phase_in_the_order_of_the_phases(drawn):
    timeline(ROWS, STATUSES, TODAY, DANISH)
    wanted = ["Før start", "Formål", "Værdier", "Opstart", "Aftale", "Møde", "Drift"]
    assert [text for text in words(drawn[0]) if text in wanted] == wanted


@pytest.mark.slow
def test_the_axis_is_named_at_top_and_bottom(drawn):
    drawing = timeline(ROWS, STATUSES, TODAY, DANISH)
    shown = words(drawn[0])
    assert shown.count("apr. 2025") == 2
    assert "Pr. 21. november 2025" in shown
    sound(drawing, drawn[0])
    timeline(ROWS, STATUSES, TODAY, ENGLISH)
    assert words(drawn[1]).count("Apr 2025") == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "span", [0, 1, 3, 10, 30, 45, 90, 200, 400, 800, 2000, 8000, 40000, 300000]
)
def test_the_axis_of_any_span_has_names_that_keep_apart(span, drawn):
    first = date(1990, 3, 14)
    drawing = of_one(first, None, "late", first + timedelta(span))
    sound(drawing, drawn[0])
    # two marks at least, at top and bottom; key, word, label and phase are the others
    assert len(words(drawn[0])) >= 6 + 2 * 2


@pytest.mark.slow
def test_the_first_and_the_last_day_of_the_calendar_can_be_drawn(drawn):
    sound(of_one(date.min, date.max, "late", date.max), drawn[0])
    sound(of_one(date.max, date.max, "late", date.max), drawn[1])


@pytest.mark.slow
def test_the_alternative_text_tells_every_date():
    assert timeline(ROWS, STATUSES, TODAY, DANISH).alt == (
        "Tidslinje pr. 21. november 2025. "
        "Før start: Formål (Udført, planlagt til 10. januar 2025, gennemført 10. januar 2025); "
        "Værdier (Udført senere, planlagt til 1. februar 2025, gennemført 20. april 2025). "
        "Opstart: Aftale (Bagud, planlagt til 1. juni 2025); "
        "Møde (Udført, gennemført 5. maj 2025). "
        "Drift: Kursus (På vej, planlagt til 1. februar 2026); Forankring (Uden dato)."
    )
    assert timeline(ROWS[:1], STATUSES, TODAY, ENGLISH).alt == (
        "Timeline, as of 21 November 2025. Før start: Formål "
        "(Udført, planned for 10 January 2025, done on 10 January 2025)."
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "rows",
    [
        [("", "", None, None, "undated")],
        [(f"nr. {n}", f"fase {n // 7}", TODAY - timedelta(n), None, "late") for n in range(50)],
    ],
    ids=["no labels", "many"],
)
def test_small_and_extreme_timelines_are_drawn(rows, drawn):
    sound(timeline(rows, STATUSES, TODAY, DANISH), drawn[0])


def test_no_steps_say_so(drawn):
    drawing = timeline([], STATUSES, TODAY, DANISH)
    assert drawing.alt == "Der er ingen data at vise."
    sound(drawing, drawn[0])


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("label", ["long", UNBROKEN])
def test_very_long_labels_stay_on_the_drawing(language, label, drawn):
    label = LONG[language] if label == "long" else label
    rows = [(label, label, date(2025, 1, 1), None, "late"), ("b", "c", None, None, "late")]
    sound(timeline(rows, {"late": label}, TODAY, texts(language)), drawn[0])


@pytest.mark.slow
@pytest.mark.parametrize("label", HOSTILE)
def test_a_timeline_with_any_label_is_sound(label, drawn):
    drawing = timeline([(label, label, TODAY, None, label)], {label: label}, TODAY, DANISH)
    assert drawing.alt.count(label) == 3
    sound(drawing, drawn[0])


def test_a_status_without_a_name_is_an_error():
    with pytest.raises(ValueError, match="no name for the statuses \\['lost'\\]"):
        timeline([("a", "b", None, None, "lost")], STATUSES, TODAY, DANISH)


@pytest.mark.slow
def test_the_same_timeline_gives_the_same_bytes():
    one, other = (timeline(ROWS, STATUSES, TODAY, DANISH).svg for _ in range(2))
    assert one == other
