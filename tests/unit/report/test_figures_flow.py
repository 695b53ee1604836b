"""report.figures.flow: from step to step."""

import pytest
from drawings import HOSTILE, LONG, UNBROKEN, sound, words
from legibility import boxes_as_drawn, record_drawings

from evaluation.language.texts import texts
from evaluation.report import figures
from evaluation.report.figures.flow import Step, flow
from evaluation.report.provenance import Hidden, Origin

DANISH, ENGLISH = texts("da"), texts("en")
HIDDEN = Hidden("skjult", Origin())
STEPS = [
    Step("Kendskab", 140, "Hørte om det"),
    Step("Følgeskab", 61, left=85, entered=6),
    Step("Værtsskab", None, "Ikke talt"),
    Step("Fællesskab", 22, entered=3, left=1),
]


@pytest.fixture
def drawn(monkeypatch):
    return record_drawings(monkeypatch, figures)


def frames(figure) -> list:
    """The boxes of the steps, from top to bottom, as (left, top, right, bottom) in inches."""
    found = []
    for patch in figure.axes[0].patches:
        if patch.get_linewidth() == pytest.approx(1.2) and len(patch.get_path().vertices) == 5:
            corners = patch.get_path().vertices
            (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
            found.append((left, top, right, bottom))
    return found


def connectors(figure) -> list:
    """The vertical lines between boxes, from top to bottom."""
    return [
        patch
        for patch in figure.axes[0].patches
        if len(patch.get_path().vertices) == 2
        and patch.get_path().vertices[0][0] == patch.get_path().vertices[1][0]
    ]


@pytest.mark.slow
def test_every_reported_step_has_a_box_with_its_number(drawn):
    drawing = flow(STEPS, DANISH)
    assert len(frames(drawn[0])) == 3
    for value, (left, top, right, bottom) in zip(
        ["140", "61", "22"], frames(drawn[0]), strict=True
    ):
        (box,) = [place for text, *place in boxes_as_drawn(drawn[0]) if text == value]
        assert left < box[0] and box[2] < right and top < box[1] and box[3] < bottom
    sound(drawing, drawn[0])


@pytest.mark.slow
def test_a_step_that_nobody_reported_has_no_box_and_is_named_below(drawn):
    flow(STEPS, DANISH)
    lowest = max(bottom for *_, bottom in frames(drawn[0]))
    (told,) = [place for text, *place in boxes_as_drawn(drawn[0]) if text == "Værtsskab"]
    (heading,) = [place for text, *place in boxes_as_drawn(drawn[0]) if text == "Ikke oplyst:"]
    assert lowest < heading[1] < told[1]


@pytest.mark.slow
def test_the_arrow_that_passes_an_unreported_step_is_dashed_and_says_so(drawn):
    flow(STEPS, DANISH)
    patterns = [patch.get_linestyle() for patch in connectors(drawn[0])]
    assert patterns[:2].count("solid") == 1
    assert "ét trin er ikke oplyst" in " ".join(words(drawn[0]))
    flow([Step("a", 3), Step("b", None), Step("c", None), Step("d", 1)], ENGLISH)
    assert "two steps not reported" in " ".join(words(drawn[1]))


def test_a_flow_that_nobody_reported_draws_nothing_but_the_names(drawn):
    drawing = flow([Step("Screenede", None), Step("Inkluderede", None)], DANISH)
    assert frames(drawn[0]) == []
    assert {"Screenede", "Inkluderede"} <= set(words(drawn[0]))
    sound(drawing, drawn[0])


def test_a_zero_is_a_number_and_not_missing(drawn):
    drawing = flow([Step("Inkluderede", 0)], DANISH)
    assert len(frames(drawn[0])) == 1 and "0" in words(drawn[0])
    assert drawing.alt == "Forløb. Inkluderede: 0."


def test_a_hidden_number_has_a_box_that_says_so(drawn):
    drawing = flow([Step("a", 9), Step("b", HIDDEN, entered=HIDDEN)], DANISH)
    assert len(frames(drawn[0])) == 2 and "skjult" in words(drawn[0])
    assert any(patch.get_hatch() for patch in drawn[0].axes[0].patches)
    assert drawing.alt == "Forløb. a: 9. b: skjult (kom til: skjult)."
    sound(drawing, drawn[0])


@pytest.mark.slow
def test_who_left_and_who_entered_stand_beside_the_flow(drawn):
    drawing = flow(STEPS, DANISH)
    left, right = min(f[0] for f in frames(drawn[0])), max(f[2] for f in frames(drawn[0]))
    places = {text: place for text, *place in boxes_as_drawn(drawn[0])}
    assert places["kom til: 6"][2] < left and places["kom til: 3"][2] < left
    assert places["faldt fra: 85"][0] > right and places["faldt fra: 1"][0] > right
    assert drawing.alt == (
        "Forløb. Kendskab: 140. Hørte om det. Følgeskab: 61 (kom til: 6, faldt fra: 85). "
        "Værtsskab: ikke oplyst. Ikke talt. Fællesskab: 22 (kom til: 3, faldt fra: 1)."
    )


def test_the_numbers_beside_an_unreported_step_are_told(drawn):
    drawing = flow([Step("Screened", None, left=12), Step("Included", 1234)], ENGLISH)
    assert "Screened (left: 12)" in words(drawn[0])
    assert drawing.alt == "Flow. Screened: not stated (left: 12). Included: 1,234."


@pytest.mark.slow
@pytest.mark.parametrize(
    "steps",
    [
        [Step("én", 1)],
        [Step("", 1), Step("", None)],
        [Step("nul", 0, left=0, entered=0)],
        [Step("stor", 123456789, entered=12345678, left=87654321), Step("lille", 1)],
        [Step(f"nr. {n}", 100 - n, left=1) for n in range(30)],
        [Step(f"nr. {n}", n if n % 3 else None) for n in range(30)],
    ],
    ids=["one", "no label", "zeros", "large", "many", "gaps"],
)
def test_small_and_extreme_flows_are_drawn(steps, drawn):
    sound(flow(steps, DANISH), drawn[0])
    assert len(frames(drawn[0])) == sum(step.value is not None for step in steps)


def test_no_steps_say_so(drawn):
    drawing = flow([], ENGLISH)
    assert drawing.alt == "There are no data to show."
    sound(drawing, drawn[0])


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("label", ["long", UNBROKEN])
def test_very_long_labels_and_notes_stay_in_their_boxes(language, label, drawn):
    label = LONG[language] if label == "long" else label
    steps = [
        Step(label, 1234567, label, entered=3, left=4),
        Step(label, None, label),
        Step("b", HIDDEN, label),
    ]
    sound(flow(steps, texts(language)), drawn[0])
    for text, left, top, right, bottom in boxes_as_drawn(drawn[0]):
        for frame in frames(drawn[0]):
            if left < frame[2] and right > frame[0] and top < frame[3] and bottom > frame[1]:
                assert frame[0] < left and right < frame[2], f"{text!r} leaves its box"


@pytest.mark.parametrize("label", HOSTILE)
def test_a_flow_with_any_label_is_sound(label, drawn):
    drawing = flow([Step(label, 3, label), Step(label, None, label)], DANISH)
    assert drawing.alt.count(label) == 4
    sound(drawing, drawn[0])


@pytest.mark.slow
def test_the_same_flow_gives_the_same_bytes():
    assert flow(STEPS, DANISH).svg == flow(STEPS, DANISH).svg
