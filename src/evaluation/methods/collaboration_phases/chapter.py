"""The collaboration phases: which steps are taken, which are late, which nobody planned."""

from datetime import date
from functools import partial
from typing import Any

import pandas as pd

from evaluation.base.frames import each_row
from evaluation.methods import items
from evaluation.methods.collaboration_phases.scores import NEVER, STATUSES
from evaluation.report import formats
from evaluation.report.figures import Drawing
from evaluation.report.figures.matrix import matrix
from evaluation.report.figures.timeline import timeline
from evaluation.report.report import Report
from evaluation.report.tables import Column, Markdown

NAME = "collaboration_phases"
RAW = "phase_steps"
DONE = ("done", "done_late", "done_without_evidence")


# figures
# the method's own words
_text = partial(formats.text, method=NAME)
_column = partial(formats.column, method=NAME)


def steps(report: Report) -> Drawing:
    """Each step on an axis of time: when it was planned for, when it was done, what is late.

    report: from `open_report`.
    """
    found = report.read("collaboration_phases_status")
    dated = found[found[["planned", "done"]].notna().any(axis=1)]
    names = items.options(report, NAME, "phase")
    rows = [
        (_step(report, row), names[row.phase], _date(row.planned), _date(row.done), row.status)
        for row in each_row(dated)
    ]
    drawing = timeline(rows, _statuses(report), _seen_on(found), report.texts)
    days = [
        (_step(report, row), _text(report, f"columns.{name}"), formats.day(report, value))
        for row in each_row(dated)
        for name, value in (("planned", row.planned), ("done", row.done))
    ]
    return formats.with_numbers(drawing, days, RAW, NAME)


def phases(report: Report) -> Drawing:
    """How many steps of each phase have which status.

    report: from `open_report`.
    """
    found = report.read("collaboration_phases_phases").set_index("phase")
    rows = [
        (name, [int(found[status][phase]) for status in STATUSES])
        for phase, name in items.options(report, NAME, "phase").items()
    ]
    columns = list(_statuses(report).values())
    counts = [
        (name, column, report.number(count))
        for name, numbers in rows
        for column, count in zip(columns, numbers, strict=True)
    ]
    return formats.with_numbers(matrix(rows, columns, report.texts), counts, RAW, NAME)


# tables


def listing(report: Report) -> Markdown:
    """Every step with its phase, days and status.

    report: from `open_report`.
    """
    names, statuses = items.options(report, NAME, "phase"), _statuses(report)
    rows = [
        [
            names[row.phase],
            _step(report, row),
            formats.day(report, row.planned),
            formats.day(report, row.done),
            statuses[row.status],
            report.texts("not_available") if pd.isna(row.days_late) else _days(report, row),
        ]
        for row in each_row(report.read("collaboration_phases_status"))
    ]
    columns = [
        _column(report, "phase", 16),
        _column(report, "step", 32),
        _column(report, "planned", 14),
        _column(report, "done", 14),
        _column(report, "status", 16),
        _column(report, "days_late", 10, numeric=True),
    ]
    return formats.table(report, columns, rows, RAW, NAME)


def by_phase(report: Report) -> Markdown:
    """How many steps of each phase have which status, and how much of the model is planned.

    report: from `open_report`.
    """
    names = items.options(report, NAME, "phase")
    rows = [
        [
            names[row["phase"]],
            *(report.number(int(row[column])) for column in ("steps", *STATUSES)),
            formats.of_all(report, int(row["model_steps_planned"]), int(row["model_steps"])),
        ]
        for _, row in report.read("collaboration_phases_phases").iterrows()
    ]
    columns = [
        _column(report, "phase", 22),
        _column(report, "steps", 10, numeric=True),
        *(Column(name, 11, numeric=True) for name in _statuses(report).values()),
        _column(report, "model", 14, numeric=True),
    ]
    return formats.table(report, columns, rows, RAW, NAME)


def missing(report: Report) -> Markdown:
    """The steps that the model advises and nobody planned.

    report: from `open_report`.
    """
    phase_names = items.options(report, NAME, "phase")
    names = items.options(report, NAME, "step")
    rows = [
        [phase_names[row.phase], names[row.step]]
        for row in each_row(report.read("collaboration_phases_missing"))
    ]
    columns = [_column(report, "phase", 30), _column(report, "step", 60)]
    return formats.table(report, columns, rows, RAW, NAME)


# sentences


def standing(report: Report) -> str:
    """How many steps are done, and how many of these late or without evidence.

    report: from `open_report`.
    """
    found = report.read("collaboration_phases_status")
    if found.empty:
        return _sourced(_text(report, "standing.empty"))
    done = found[found["status"].isin(DONE)]
    counts = {
        "done": len(done),
        "done_late": (done["days_late"].fillna(0) > 0).sum(),
        "bare": (done["status"] == "done_without_evidence").sum(),
        "late": (found["status"] == "late").sum(),
    }
    fields = {name: report.number(int(count)) for name, count in counts.items()}
    fields["done"] = formats.of_all(report, len(done), len(found))
    told = _text(report, "standing.found", **fields)
    if _seen_on(found) == NEVER.date():
        return _sourced(told)
    seen = formats.day(report, found["on"].iloc[0])
    return _sourced(_text(report, "standing.seen_on", day=seen), told)


def lateness(report: Report) -> str:
    """The steps that are late by most days and not done.

    report: from `open_report`.
    """
    found = report.read("collaboration_phases_status")
    late = found[found["status"] == "late"]
    if late.empty:
        return _sourced(_text(report, "lateness.none"))
    most = late[late["days_late"] == late["days_late"].max()]
    labels = [_step(report, row) for row in each_row(most)]
    days = _days(report, next(each_row(most)))
    steps = formats.quoted(report, labels)
    return _sourced(_text(report, "lateness.most", steps=steps, days=days))


def gaps(report: Report) -> str:
    """How many of the steps that the model advises are in the plan.

    report: from `open_report`.
    """
    found = report.read("collaboration_phases_phases")
    planned, advised = (
        int(found[column].sum()) for column in ("model_steps_planned", "model_steps")
    )
    if planned == advised:
        return _sourced(_text(report, "gaps.none"))
    missing = formats.of_all(report, advised - planned, advised)
    return _sourced(_text(report, "gaps.found", missing=missing))


# what they share


def _sourced(*told: str) -> str:
    return formats.sourced(" ".join(told), RAW, NAME)


def _statuses(report: Report) -> dict[str, str]:
    return {status: _text(report, f"statuses.{status}") for status in STATUSES}


def _step(report: Report, row: Any) -> str:
    """What a step is called: the model's word for it, or the plan's own id."""
    if row.step:
        return items.options(report, NAME, "step")[row.step]
    return _text(report, "own_step", id=row.id)


def _days(report: Report, row: Any) -> str:
    return report.number(int(row.days_late))


def _seen_on(found: pd.DataFrame) -> date:
    return _date(found["on"].iloc[0]) if len(found) else NEVER.date()


def _date(value: Any) -> Any:
    return None if pd.isna(value) else value.date()
