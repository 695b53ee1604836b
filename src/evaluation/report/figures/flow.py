"""A flow from step to step, such as a literature search or people on their way into a community."""

from dataclasses import dataclass
from typing import Any

from evaluation.language.texts import Texts
from evaluation.report.figures.drawing import (
    FILL,
    HATCH,
    INK,
    LINE,
    QUIET,
    SMALL,
    TIGHT,
    TRACK,
    Drawing,
)
from evaluation.report.figures.sheet import Sheet, in_two_layouts, number
from evaluation.report.provenance import Hidden

Value = int | Hidden | None

SIDE = (1.1, 0.85)  # inches a box beside the flow is wide, and one on each side
REACH = 0.24  # inches from the flow to a box beside it
PAD = 0.09  # inches between a box and its text
APART = 0.1  # inches from a box to what stands below it at the side
EDGE = 0.01  # inches a line needs at the edge of the drawing
TALL = 0.25  # inches the number of a step takes
DOWN = 0.34  # inches from one box to the next
NUMBER: dict[str, Any] = {"fontsize": 14, "fontweight": "semibold"}


@dataclass(frozen=True)
class Step:
    """A step: how many there were, who came in from outside at it and who left after it.

    None: nobody reported it; Hidden: disclosure control keeps it back.
    """

    label: str
    value: Value
    note: str = ""
    entered: Value = None
    left: Value = None


def flow(steps: list[Step], texts: Texts) -> Drawing:
    """Boxes from top to bottom, one a step that has a number, joined by arrows.

    A step that nobody reported has no box: it is named below, and the arrow that passes it is
    dashed and says how many steps it passes.
    """

    def drawn(sheet: Sheet) -> Drawing:
        if not steps:
            return sheet.nothing(texts)
        drawn = [step for step in steps if step.value is not None]
        missing = [step for step in steps if step.value is None]
        column = _Column(sheet, drawn, texts)
        passed, before = 0, None
        for step in steps:
            if step.value is None:
                passed += 1
                continue
            if before:
                column.arrow(before, passed)
            column.box(step)
            before, passed = step, 0
        if before:
            column.end(before)
        if missing:
            _not_reported(sheet, missing, texts)
        return sheet.drawing(_alt(steps, texts))

    return in_two_layouts(drawn)


class _Column:
    """Where the boxes stand: in the middle, beside them who came and who left."""

    def __init__(self, sheet: Sheet, steps: list[Step], texts: Texts):
        self.sheet, self.texts = sheet, texts
        entered = any(step.entered is not None for step in steps)
        left = any(step.left is not None for step in steps)
        self.side = SIDE[entered and left]
        self.left = self.side + REACH if entered else EDGE
        self.width = sheet.span - self.left - (self.side + REACH if left else EDGE)
        self.middle = self.left + self.width / 2
        numbers = [number(step.value, texts) for step in steps]
        widest = max((sheet.width(text, **NUMBER) for text in numbers), default=0)
        # a number too long to stand beside its label stands above it
        self.indent = widest + 0.14 if widest < self.width / 3 else 0.0
        sheet.y = EDGE

    def box(self, step: Step) -> None:
        """The number of a step with its label and note."""
        sheet, top = self.sheet, self.sheet.y
        room = self.width - 2 * PAD - self.indent
        label = sheet.lines(step.label, room)
        note = sheet.lines(step.note, room, fontsize=SMALL) if step.note else []
        text = len(label) * LINE + len(note) * TIGHT
        above = 0.0 if self.indent else TALL
        height = above + max(text, TALL) + 2 * PAD
        box = (self.left, top, self.width, height)
        if isinstance(step.value, Hidden):
            sheet.box(*box, facecolor="white", edgecolor=TRACK, hatch=HATCH)
        sheet.box(*box, facecolor="none", edgecolor=FILL, linewidth=1.2)
        x, y = self.left + PAD, top + PAD
        told = number(step.value, self.texts)
        sheet.write(x, y + TALL / 2, told, color=FILL, **NUMBER)
        y += above + max(0, TALL - text) / 2
        sheet.write_lines(x + self.indent, y, label, LINE)
        y += len(label) * LINE
        sheet.write_lines(x + self.indent, y, note, fontsize=SMALL, color=QUIET)
        sheet.y = top + height
        if step.entered is not None:
            self._beside(top + height / 2, EDGE, "entered", step.entered)

    def arrow(self, before: Step, passed: int) -> None:
        """The way from one box to the next."""
        sheet, top = self.sheet, self.sheet.y
        bottom = top + DOWN
        if before.left is not None:
            bottom = max(bottom, self._out(before) + 0.12)
        if passed:
            told = self._passed(passed)
            bottom = max(bottom, top + len(told) * TIGHT + 0.24)
            first = (top + bottom - len(told) * TIGHT) / 2
            style: dict[str, Any] = {"ha": "right", "fontsize": SMALL, "color": QUIET}
            sheet.write_lines(self.middle - 0.12, first, told, **style)
        style = {"linestyle": (0, (3, 2))} if passed else {}
        sheet.line([(self.middle, top), (self.middle, bottom - 0.05)], linewidth=1.3, **style)
        sheet.arrowhead((self.middle, bottom), (self.middle, top))
        sheet.y = bottom

    def end(self, step: Step) -> None:
        """Who left after the last step."""
        if step.left is not None:
            top = self.sheet.y
            bottom = self._out(step)
            turn = (top + APART + bottom) / 2
            self.sheet.line([(self.middle, top), (self.middle, turn)], linewidth=1.3)
            self.sheet.y = bottom
        self.sheet.y += EDGE

    def _passed(self, passed: int) -> list[str]:
        key = "passed_one" if passed == 1 else "passed"
        told = self.texts(f"figure_texts.flow.{key}", n=self.texts.number_word(passed))
        return self.sheet.lines(told, self.middle - self.left - 0.12, fontsize=SMALL)

    def _out(self, step: Step) -> float:
        """Who left after a step; returns how far down the box reaches."""
        middle = self.sheet.y + APART + self._height("left", step.left) / 2
        return self._beside(middle, self.sheet.span - self.side, "left", step.left)

    def _lines(self, kind: str, value: Value) -> list[str]:
        told = self.texts(f"figure_texts.flow.{kind}", n=number(value, self.texts))
        return self.sheet.lines(told, self.side - 2 * 0.07, fontsize=SMALL)

    def _height(self, kind: str, value: Value) -> float:
        return len(self._lines(kind, value)) * TIGHT + 0.1

    def _beside(self, middle: float, left: float, kind: str, value: Value) -> float:
        sheet, lines = self.sheet, self._lines(kind, value)
        height = self._height(kind, value)
        sheet.box(left, middle - height / 2, self.side, height, facecolor=TRACK)
        sheet.write_lines(left + 0.07, middle - height / 2 + 0.05, lines, fontsize=SMALL, color=INK)
        if kind == "left":
            origin, tip = (self.middle, middle), (left, middle)
        else:
            origin, tip = (left + self.side, middle), (self.left, middle)
        sheet.line([origin, (tip[0] - 0.05, middle)], linewidth=1.3)
        sheet.arrowhead(tip, origin)
        return middle + height / 2


def _not_reported(sheet: Sheet, steps: list[Step], texts: Texts) -> None:
    sheet.y += 0.12
    sheet.write(
        0, sheet.y + LINE / 2, texts("figure_texts.flow.not_reported"), fontweight="semibold"
    )
    sheet.y += LINE
    for step in steps:
        lines = sheet.lines(_with_sides(step, step.label, texts), sheet.span - 0.15, fontsize=SMALL)
        sheet.write_lines(0, sheet.y, ["–"], fontsize=SMALL, color=QUIET)
        sheet.write_lines(0.15, sheet.y, lines, fontsize=SMALL)
        sheet.y += len(lines) * TIGHT
        if step.note:
            lines = sheet.lines(step.note, sheet.span - 0.15, fontsize=SMALL)
            sheet.write_lines(0.15, sheet.y, lines, fontsize=SMALL, color=QUIET)
            sheet.y += len(lines) * TIGHT
        sheet.y += 0.04


def _with_sides(step: Step, text: str, texts: Texts) -> str:
    """The text, with who came and who left in brackets behind it."""
    beside = [
        texts(f"figure_texts.flow.{kind}", n=number(value, texts))
        for kind, value in (("entered", step.entered), ("left", step.left))
        if value is not None
    ]
    return f"{text} ({', '.join(beside)})" if beside else text


def _alt(steps: list[Step], texts: Texts) -> str:
    parts = []
    for step in steps:
        told = texts("not_stated") if step.value is None else number(step.value, texts)
        item = _with_sides(step, texts("alt_item", label=step.label, value=told), texts)
        parts.append(f"{item}. {step.note.rstrip('.')}" if step.note else item)
    items = " ".join(f"{part}." for part in parts)
    return texts("figure_texts.flow.alt", items=items)
