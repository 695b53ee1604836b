"""A timeline: what was planned for when, what was done when, and what is late."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from evaluation.language.dates import day_text
from evaluation.language.texts import Texts
from evaluation.report.figures.drawing import BAND, FILL, GUIDE, LINE, QUIET, SMALL, Drawing
from evaluation.report.figures.sheet import Sheet, in_two_layouts

Row = tuple[str, str, date | None, date | None, str]

EDGE = 0.14  # inches from the edge to the first and to the last day
HEIGHT = 0.24  # inches the band of a step is high
LATE = "#b5541c"
LATE_INK = "#8f3d12"
DASHED = (0, (3, 1.6))
MOST = 12  # marks on an axis
CLEAR = 0.12  # inches between the names of marks
# from one mark of the axis to the next: days, or months
DAYS = (1, 2, 3, 4, 7, 14)
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)


def timeline(rows: list[Row], statuses: dict[str, str], today: date, texts: Texts) -> Drawing:
    """Steps by phase on an axis of time; rows: (label, group, planned, done, status).

    statuses: what each status is called, which stands beside the label. A ring is a planned day,
    a disc one on which the step was done; a diamond is one after the planned day, and a triangle
    at `today` a step that is late and not done. What was done after `today` counts as not done.
    Groups stand in the order in which they first occur. Raises ValueError for an unknown status.
    """
    unknown = sorted({status for *_, status in rows} - set(statuses))
    if unknown:
        raise ValueError(f"no name for the statuses {unknown}")
    rows = [
        (label, group, planned, done if done and done <= today else None, status)
        for label, group, planned, done, status in rows
    ]
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[1], []).append(row)

    def drawn(sheet: Sheet) -> Drawing:
        if not rows:
            return sheet.nothing(texts)
        days = [today, *(day for row in rows for day in row[2:4] if day)]
        axis = _Axis(sheet, min(days), max(days), texts)
        _key(sheet, rows, today, texts)
        axis.labels()
        for group, members in groups.items():
            sheet.y += 0.06
            lines = sheet.lines(group, sheet.span, fontweight="semibold")
            sheet.write_lines(0, sheet.y, lines, LINE, fontweight="semibold")
            sheet.y += len(lines) * LINE + 0.03
            for row in members:
                _row(sheet, axis, row, statuses, today)
        axis.labels()
        return sheet.drawing(_alt(groups, statuses, today, texts))

    return in_two_layouts(drawn)


def _late(planned: date | None, done: date | None, today: date) -> bool:
    return planned is not None and planned < (done or today)


class _Axis:
    """Days from left to right, with marks at round ones."""

    def __init__(self, sheet: Sheet, first: date, last: date, texts: Texts):
        self.sheet, self.texts = sheet, texts
        self.first, self.last = first.toordinal(), last.toordinal()
        if self.first == self.last:
            self.first = max(self.first - 15, date.min.toordinal())
            self.last = min(self.last + 15, date.max.toordinal())
        self.marks = self._marks()

    def x(self, day: date) -> float:
        return self._x(day.toordinal())

    def _x(self, ordinal: int) -> float:
        share = (ordinal - self.first) / (self.last - self.first)
        return EDGE + share * (self.sheet.span - 2 * EDGE)

    def labels(self) -> None:
        """The names of the marks on one line."""
        for _, name, x in self.marks:
            style: dict[str, Any] = {"ha": "center", "fontsize": SMALL, "color": QUIET}
            self.sheet.write(x, self.sheet.y + LINE / 2, name, **style)
        self.sheet.y += LINE

    def _marks(self) -> list[tuple[float, str, float]]:
        """The closest marks whose names keep clear of each other: (x, name, x of the name)."""
        for pattern, ordinals in self._candidates():
            marks, ends = [], []
            for ordinal in ordinals:
                day = date.fromordinal(ordinal)
                name = day_text(day, self.texts.language, pattern)
                half = self.sheet.width(name, fontsize=SMALL) / 2
                x = min(max(self._x(ordinal), half), self.sheet.span - half)
                marks.append((self._x(ordinal), name, x))
                ends.append((x - half, x + half))
            if marks and all(
                following - end >= CLEAR for (_, end), (following, _) in pairwise(ends)
            ):
                return marks
        return []

    def _candidates(self) -> Iterator[tuple[str, Iterable[int]]]:
        """Marks from close to far: (pattern of the names, ordinals of the days)."""
        for step in DAYS:
            if (self.last - self.first) / step <= MOST:
                first = -(-self.first // step) * step
                yield "medium", range(first, self.last + 1, step)
        start, end = date.fromordinal(self.first), date.fromordinal(self.last)
        months = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
        for step in MONTHS:
            if len(months) / step <= MOST:
                chosen = [month for month in months if month % step == 0]
                firsts = [date(month // 12, month % 12 + 1, 1).toordinal() for month in chosen]
                inside = [ordinal for ordinal in firsts if self.first <= ordinal]
                yield ("y" if step % 12 == 0 else "MMM y"), inside


def _row(sheet: Sheet, axis: _Axis, row: Row, statuses: dict[str, str], today: date) -> None:
    label, _, planned, done, status = row
    late = _late(planned, done, today)
    word = {"color": LATE_INK, "fontweight": "semibold"} if late else {"color": QUIET}
    sheet.titled(label, statuses[status], fontsize=SMALL, **word)
    sheet.y += 0.02
    sheet.box(0, sheet.y, sheet.span, HEIGHT, facecolor=BAND)
    for x, *_ in axis.marks:
        sheet.line(
            [(x, sheet.y), (x, sheet.y + HEIGHT)], edgecolor=GUIDE, linewidth=0.8, zorder=1.5
        )
    now = axis.x(today)
    sheet.line(
        [(now, sheet.y), (now, sheet.y + HEIGHT)], linewidth=1.1, linestyle=DASHED, zorder=1.6
    )
    y, symbols = sheet.y + HEIGHT / 2, _Symbols(sheet)
    end = done or (today if late else None)
    if planned and end and planned != end:
        style: dict[str, Any] = (
            {"edgecolor": LATE, "linewidth": 2.4} if late else {"edgecolor": QUIET}
        )
        sheet.line([(axis.x(planned), y), (axis.x(end), y)], **style)
    if planned:
        symbols.planned(axis.x(planned), y)
    if done:
        (symbols.done_late if late else symbols.done)(axis.x(done), y)
    elif late:
        symbols.late(now, y)
    sheet.y += HEIGHT + 0.09


class _Symbols:
    """The markers of a timeline."""

    def __init__(self, sheet: Sheet):
        self.marker = sheet.marker

    def planned(self, x: float, y: float) -> None:
        self.marker(
            x, y, "o", 0.16, markerfacecolor="white", markeredgecolor=FILL, markeredgewidth=1.4
        )

    def done(self, x: float, y: float) -> None:
        self.marker(x, y, "o", 0.1, markerfacecolor=FILL, markeredgewidth=0)

    def done_late(self, x: float, y: float) -> None:
        self.marker(x, y, "D", 0.12, markerfacecolor=LATE, markeredgewidth=0)

    def late(self, x: float, y: float) -> None:
        self.marker(
            x, y, ">", 0.16, markerfacecolor="white", markeredgecolor=LATE, markeredgewidth=1.6
        )


def _key(sheet: Sheet, rows: list[Row], today: date, texts: Texts) -> None:
    """What the markers mean, as far as there are any, and the day of the status."""
    symbols = _Symbols(sheet)
    found = set()
    for _, _, planned, done, _ in rows:
        late = _late(planned, done, today)
        found |= {"planned"} if planned else set()
        if done:
            found.add("done_late" if late else "done")
        elif late:
            found.add("late")
    entries = [
        (getattr(symbols, name), texts(f"figure_texts.timeline.{name}"))
        for name in ("planned", "done", "done_late", "late")
        if name in found
    ]

    def now(x: float, y: float) -> None:
        sheet.line([(x, y - 0.09), (x, y + 0.09)], linewidth=1.1, linestyle=DASHED)

    told = texts("figure_texts.timeline.today", day=_day(today, texts))
    sheet.legend([*entries, (now, told)])
    sheet.y += 0.06


def _day(day: date, texts: Texts) -> str:
    return day_text(day, texts.language)


def _alt(groups: dict[str, list[Row]], statuses: dict[str, str], today: date, texts: Texts) -> str:
    described = []
    for group, rows in groups.items():
        steps = []
        for label, _, planned, done, status in rows:
            parts = [statuses[status]]
            for name, day in (("planned_for", planned), ("done_on", done)):
                if day:
                    parts.append(texts(f"figure_texts.timeline.{name}", day=_day(day, texts)))
            steps.append(texts("figure_texts.timeline.step", label=label, parts=", ".join(parts)))
        described.append(texts("figure_texts.timeline.group", group=group, steps="; ".join(steps)))
    return texts("figure_texts.timeline.alt", today=_day(today, texts), items=" ".join(described))
