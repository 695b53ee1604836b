"""The collaboration phases: a checklist of steps, and where a collaboration stands with it.

Five phases, from before the start to anchoring, with the steps that experienced projects advise
(`methods.collaboration_phases.tables.PHASES`); a plan may leave steps out and add its own.
Source of the model: Social- og Boligstyrelsen (2023), Flere med i lokale fællesskaber, chapter 6.

Everything is as seen on a given day: what was done later counts as not done.

Arguments of the same name are the same in all functions:

- steps: the plan, see `methods.collaboration_phases.tables`;
- statuses: what had become of each step, see `status`.
"""

from datetime import date, datetime

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import each_row
from evaluation.methods.collaboration_phases.tables import PHASES
from evaluation.project.tables import DAY_FORMAT
from evaluation.project.whole_tables import of_tables

STATUSES = ("done", "done_late", "done_without_evidence", "late", "planned", "undated")
DAYS = ("planned", "done", "on")
# stands in for the day where a plan has no days: nothing in it depends on one
NEVER = pd.Timestamp(0)


def check_steps(steps: pd.DataFrame) -> None:
    """Raise InputError where a step is none of the steps that the model has for its phase.

    steps: the raw table `phase_steps`.

    An empty step is one of the plan's own.
    """
    for row, phase, step in zip(steps.index, steps["phase"], steps["step"], strict=True):
        if step and step not in PHASES[phase]:
            known = ", ".join(PHASES[phase])
            raise InputError(
                "data/raw/phase_steps.csv",
                f"step is empty, or a step that the model has for {phase}",
                f"use one of {known}" if known else "leave it empty, or correct the phase",
                row=int(row),
                column="step",
                value=step,
            )


def seen_on(steps: pd.DataFrame, day: str) -> date:
    """The day on which to look at a plan: `day`, written as 2025-03-31.

    steps: the raw table `phase_steps`.

    Where it is empty, the last day on which a step was done; before any was, the first planned
    day, on which nothing is late yet. Raises InputError where `day` is none.
    """
    if not day:
        days = [steps["done"].max(), steps["planned"].min(), NEVER]
        return next(day for day in days if pd.notna(day)).date()
    try:
        return datetime.strptime(day, DAY_FORMAT).date()
    except ValueError:
        raise InputError(
            "evaluation.yml",
            "a day is written as 2025-03-31",
            "correct it, or leave it empty for the last day on which a step was done",
            column="status_day",
            value=day,
        ) from None


def status(steps: pd.DataFrame, on: date) -> pd.DataFrame:
    """What had become of each step on a day.

    on: the day, see `seen_on`; steps: see `methods.collaboration_phases.tables`. One row per step,
    in the order of the phases: id, phase, step, planned, done (missing where it was done later than
    the day), on (the day), status, days_late (0 where it was not late; missing without a planned
    day). status is "done", "done_late" (after the planned day), "done_without_evidence" (whenever;
    its days_late still count), "late" (not done, the planned day gone), "planned" (not done, the
    planned day not gone) or "undated" (not done, no day planned).
    """
    day = pd.Timestamp(on)
    rows = []
    for step in each_row(steps):
        done = pd.notna(step.done) and step.done <= day
        late = None
        if pd.notna(step.planned):
            late = max(0, ((step.done if done else day) - step.planned).days)
        if done:
            found = "done_late" if late else "done"
            found = found if step.evidence else "done_without_evidence"
        elif late is None:
            found = "undated"
        else:
            found = "late" if late else "planned"
        known = step.done if done else pd.NaT
        rows.append((step.id, step.phase, step.step, step.planned, known, day, found, late))
    columns = ["id", "phase", "step", *DAYS, "status", "days_late"]
    table = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(DAYS, "datetime64[ns]"))
    order = {phase: position for position, phase in enumerate(PHASES)}
    table = table.sort_values("phase", key=lambda phase: phase.map(order), kind="stable")
    return table.reset_index(drop=True).astype({"days_late": "Int64"})


def phases(statuses: pd.DataFrame) -> pd.DataFrame:
    """How many steps of each phase have which status, and how much of the model is planned.

    statuses: see `status`. One row per phase of the model: phase, steps, one column per status,
    model_steps (steps that the model advises), model_steps_planned (those of them in the plan).
    """
    counted = pd.crosstab(statuses["phase"], statuses["status"])
    counted = counted.reindex(index=list(PHASES), columns=list(STATUSES), fill_value=0)
    absent = missing(statuses)["phase"].value_counts()
    advised = pd.Series({phase: len(advice) for phase, advice in PHASES.items()})
    counted.insert(0, "steps", counted.sum(axis=1))
    counted["model_steps"] = advised
    counted["model_steps_planned"] = advised - absent.reindex(advised.index, fill_value=0)
    counted.columns.name = None
    return counted.rename_axis("phase").reset_index().astype(dict.fromkeys(counted, "Int64"))


def missing(steps: pd.DataFrame) -> pd.DataFrame:
    """The steps of the model that nobody planned: phase, step, in the order of the model.

    steps: the plan, or its `status`. A step without a planned day is in the plan.
    """
    in_plan = set(steps["step"])
    rows = [
        (phase, step) for phase, advice in PHASES.items() for step in advice if step not in in_plan
    ]
    return pd.DataFrame(rows, columns=["phase", "step"], dtype=str)


def late(statuses: pd.DataFrame) -> pd.DataFrame:
    """The steps that are late and not done, the latest first: id, phase, step, days_late.

    statuses: see `status`.
    """
    found = statuses[statuses["status"] == "late"]
    found = found.sort_values("days_late", ascending=False, kind="stable")
    return found[["id", "phase", "step", "days_late"]].reset_index(drop=True)


# what `evaluation check` asks of whole tables, as the notebook does
CHECKS = (of_tables(check_steps, "phase_steps"),)
