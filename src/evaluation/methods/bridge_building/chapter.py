"""Bridge-building: how many reached each step into a community, and how many went on."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd

from evaluation.base.frames import each_row, labelled
from evaluation.methods import items
from evaluation.methods.bridge_building.scores import CONFIDENCE, LEFT, OUTSIDE, PASSAGES
from evaluation.methods.bridge_building.tables import STEPS
from evaluation.report import formats
from evaluation.report.figures import Drawing
from evaluation.report.figures.flow import Step, flow
from evaluation.report.provenance import Count, Hidden, Origin, told
from evaluation.report.report import Report, upper_first
from evaluation.report.shares import Share
from evaluation.report.tables import Column, Markdown

NAME = "bridge_building"
RAW = "data/raw/bridge_counts.csv"


# figures
# the method's own words
_text = partial(formats.text, method=NAME)
_column = partial(formats.column, method=NAME)


def steps(report: Report, role: str) -> Drawing:
    """The people in a role from step to step in the last period: who came, went on and left.

    report: from `open_report`; role: its code.
    """
    people, found = _last(report, role)
    if not people:
        return flow([], report.texts)
    labels, drawn = items.options(report, NAME, "step"), []
    for place, step in enumerate(STEPS):
        gone_on = _share(report, found, (STEPS[place - 1], step)) if place else None
        after = found.get((step, LEFT))
        drawn.append(
            Step(
                labels[step],
                people[step],
                _went_on(report, gone_on, STEPS[place - 1]),
                entered=_people(report, found[OUTSIDE, step]) if place else None,
                left=None if after is None else _people(report, after),
            )
        )
    return flow(drawn, report.texts)


def _went_on(report: Report, share: Share | None, step: str) -> str:
    """Below a step: how many of those at the step before came on to it."""
    if share is None:
        return ""
    return _text(report, "went_on", share=share.full, step=_name(report, step))


# tables


def reached(report: Report) -> Markdown:
    """How many people reached each step, in every period and role.

    report: from `open_report`.
    """
    table = report.read("bridge_building_reached")
    rows = [
        [period, _role(report, role), *(report.number(of_role[step]) for step in STEPS)]
        for period, role, of_role in _each(report, table)
    ]
    columns = [_column(report, "period", 18), _role_column(report, 26)]
    columns += [Column(_heading(report, step), 14, numeric=True) for step in STEPS]
    return formats.table(report, columns, rows, "bridge_counts")


def passages(report: Report) -> Markdown:
    """How many went on from each step to the next, in every period and role.

    report: from `open_report`.
    """
    rows = []
    table = report.read("bridge_building_flows")
    for (period, role), of_role in labelled(table.groupby(["period", "role"], sort=False)):
        found = _by_flow(of_role)
        for passage in PASSAGES:
            share, row = _share(report, found, passage), found[passage]
            rows.append(
                [
                    period,
                    _role(report, role),
                    *(_heading(report, step) for step in passage),
                    _text(report, "nobody_there") if share is None else share.full,
                    _interval(report, row, share),
                    report.number(_people(report, found[OUTSIDE, passage[1]])),
                ]
            )
    columns = [
        _column(report, "period", 12),
        _role_column(report, 18),
        _column(report, "from", 15),
        _column(report, "to", 15),
        _column(report, "went_on", 18),
        _column(report, "interval", 14),
        _column(report, "outside", 12, numeric=True),
    ]
    return formats.table(report, columns, rows, "bridge_counts")


# sentences


def onward(report: Report, role: str) -> str:
    """How many people in a role went on from each step to the next in the last period.

    report: from `open_report`; role: its code.
    """
    people, found = _last(report, role)
    if not people:
        return _text(report, "no_role")
    told_of, empty = [], []
    for before, after in PASSAGES:
        share = _share(report, found, (before, after))
        if share is None:
            empty.append(_name(report, before))
            continue
        ends = {"before": _name(report, before), "after": _name(report, after)}
        told_of.append(told(_text(report, "passage", share=share.full, **ends), share.k))
    sentences = []
    if told_of:
        listed = report.texts.enumeration(told_of)
        sentences.append(_text(report, "onward", period=_period(report, role), passages=listed))
    if empty:
        listed = report.texts.enumeration(empty)
        sentences.append(_text(report, "empty", period=_period(report, role), steps=listed))
    return told(" ".join(sentences), *people.values())


def people(report: Report, role: str) -> str:
    """Those in a role as a heading: `Brugere`, `Users`.

    report: from `open_report`; role: its code.
    """
    items.check_code(report, NAME, "role", role)
    return upper_first(items.in_text(report, NAME, "role")[role])


def confidence(report: Report) -> str:
    """The confidence of the intervals, in percent.

    report: from `open_report`.
    """
    return formats.percentage(report, CONFIDENCE)


# what they share


def _last(report: Report, role: str) -> tuple[dict[str, Any], dict[tuple[str, str], Any]]:
    """In the last period of a role: people by step, and the row of each flow; empty for none."""
    items.check_code(report, NAME, "role", role)
    period = _period(report, role)
    if period is None:
        return {}, {}
    table = report.read("bridge_building_reached")
    people = next(
        of_role for when, who, of_role in _each(report, table) if (when, who) == (period, role)
    )
    table = report.read("bridge_building_flows")
    return people, _by_flow(table[(table["period"] == period) & (table["role"] == role)])


def _period(report: Report, role: str) -> str | None:
    """The last period in which a role was counted, in the order of the raw table."""
    table = report.read("bridge_building_reached")
    periods = table["period"][table["role"] == role]
    return None if periods.empty else periods.iloc[-1]


def _each(
    report: Report, table: pd.DataFrame
) -> Iterator[tuple[str, str, dict[str, Count | Hidden]]]:
    """(period, role, people by step) of each period and role."""
    for (period, role), rows in labelled(table.groupby(["period", "role"], sort=False)):
        yield period, role, {row.step: _people(report, row) for row in each_row(rows)}


def _by_flow(table: pd.DataFrame) -> dict[tuple[str, str], pd.Series]:
    return {(row["from"], row["to"]): row for _, row in table.iterrows()}


def _people(report: Report, row: Any) -> Count | Hidden:
    """The count of a row."""
    origin = _origin(row)
    return Hidden(report.texts("hidden"), origin) if pd.isna(row.k) else Count(int(row.k), origin)


def _share(
    report: Report, found: dict[tuple[str, str], Any], passage: tuple[str, str]
) -> Share | None:
    """How many of those at a step went on; None where nobody was there."""
    row = found[passage]
    k, n = (None if pd.isna(row[name]) else int(row[name]) for name in ("k", "n"))
    return None if n == 0 else Share(k, n, report.texts, origin=_origin(row))


def _origin(row: Any) -> Origin:
    ends = (row.step,) if hasattr(row, "step") else (row["from"], row["to"])
    return Origin((row.period, row.role, *ends), RAW)


def _interval(report: Report, row: pd.Series, share: Share | None) -> str:
    if share is None or share.hidden:
        return report.texts("hidden" if share else "not_available")
    low, high = (formats.percentage(report, row[end]) for end in ("low", "high"))
    return told(report.texts.span(low, high), share.k)


def _role(report: Report, role: str) -> str:
    return items.options(report, NAME, "role")[role]


def _name(report: Report, step: str) -> str:
    """What a step is called inside a sentence."""
    return items.in_text(report, NAME, "step")[step]


def _heading(report: Report, step: str) -> str:
    return upper_first(_name(report, step))


def _role_column(report: Report, width: int) -> Column:
    return Column(items.label(report, NAME, "role"), width)
