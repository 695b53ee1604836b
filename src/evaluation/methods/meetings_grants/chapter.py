"""Meetings and grants: how many came, who is new, and how far grants are spread.

Everything counts actors; none appears by its id.
"""

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from evaluation.base.frames import each_row
from evaluation.methods import items
from evaluation.report import formats
from evaluation.report.figures import Drawing, bars
from evaluation.report.provenance import Origin
from evaluation.report.report import Report
from evaluation.report.shares import Share
from evaluation.report.tables import Column, Markdown

NAME = "meetings_grants"
ATTENDANCE = "data/raw/attendance.csv"
GRANTS = "data/raw/grants.csv"


# figures
# the method's own words
_column = partial(formats.column, method=NAME)


def attendance(report: Report) -> Drawing:
    """How many of the actors came to each meeting, by date.

    report: from `open_report`.
    """
    found = report.read("meetings_grants_meetings")
    return _bars(
        report,
        [(_meeting(report, row), _came(report, row)) for row in each_row(found)],
    )


def themes(report: Report) -> Drawing:
    """How many of the actors received grants for each theme.

    report: from `open_report`.
    """
    found = report.read("meetings_grants_themes")
    return _bars(
        report,
        [
            (_theme(report, row.theme), _share(report, row.actors, row.members, GRANTS))
            for row in each_row(found)
        ],
    )


def spread(report: Report) -> Drawing:
    """How many of the actors received no grant, one, two and so on.

    report: from `open_report`.
    """
    return _bars(
        report,
        [
            (_grants(report, row), _share(report, row.actors, row.members, GRANTS))
            for row in each_row(_spread(report))
        ],
    )


def _bars(report: Report, rows: list[tuple[str, Share]]) -> Drawing:
    if not rows or not rows[0][1].n:
        return bars([], report.texts)
    listed = [report.texts("alt_item", label=label, value=share.full) for label, share in rows]
    actors = report.number(rows[0][1].n)
    alt = report.texts(f"{NAME}.alt", actors=actors, items="; ".join(listed))
    return replace(bars(rows, report.texts), alt=alt)


# tables


def meetings(report: Report) -> Markdown:
    """Every meeting with how many came, and how many of these for the first time.

    report: from `open_report`.
    """
    kinds = items.options(report, NAME, "kind")
    rows = [
        [
            formats.day(report, row.date),
            kinds[row.kind],
            *(
                formats.number(report, count)
                for count in (row.attended, row.members, row.newcomers, row.returners)
            ),
        ]
        for row in each_row(report.read("meetings_grants_meetings"))
    ]
    columns = [
        _column(report, "date", 16),
        _column(report, "kind", 24),
        *(
            _column(report, name, 15, numeric=True)
            for name in ("attended", "members", "newcomers", "returners")
        ),
    ]
    return formats.table(report, columns, rows, "attendance", NAME)


def by_theme(report: Report) -> Markdown:
    """Every theme with its grants, the actors that received them, and what was given.

    report: from `open_report`.
    """
    rows = [
        [
            _theme(report, row.theme),
            *(formats.number(report, count) for count in (row.grants, row.actors, row.amount)),
            report.texts("hidden") if pd.isna(row.median) else formats.decimal(report, row.median),
        ]
        for row in each_row(report.read("meetings_grants_themes"))
    ]
    columns = [
        Column(items.label(report, NAME, "theme"), 30),
        *(_column(report, name, 16, numeric=True) for name in ("grants", "actors")),
        *(_amount_column(report, name) for name in ("amount", "median")),
    ]
    return formats.table(report, columns, rows, "grants", NAME)


def by_number(report: Report) -> Markdown:
    """How many actors received no grant, one, two and so on.

    report: from `open_report`.
    """
    rows = []
    table = _spread(report)
    for row in each_row(table[table["members"] > 0]):
        share = _share(report, row.actors, row.members, GRANTS)
        told = [share.k, share.percent]
        rows.append([_grants(report, row), *(str(cell) for cell in told)])
    columns = [
        _column(report, "number", 40),
        _column(report, "actors", 15, numeric=True),
        _column(report, "share", 15, numeric=True),
    ]
    return formats.table(report, columns, rows, "grants", NAME)


# numbers and sentences


def meeting_count(report: Report) -> str:
    """How many meetings were held.

    report: from `open_report`.
    """
    held = len(report.read("meetings_grants_meetings"))
    return formats.sourced(report.number(held), "meetings", NAME)


def ends(report: Report) -> str:
    """The meetings that most and fewest actors came to, as far as their numbers are shown.

    report: from `open_report`.
    """
    found = report.read("meetings_grants_meetings")
    if found.empty:
        return _sourced(report, "attendance", "ends.no_meetings")
    shown = found.dropna(subset="attended")
    if shown.empty:
        return _sourced(report, "attendance", "ends.hidden")
    most, fewest = (
        shown[shown["attended"] == value]
        for value in (shown["attended"].max(), shown["attended"].min())
    )
    fields = {"most": _held(report, most), "most_came": _came_to(report, most)}
    key = "ends.alike"
    if len(most) < len(shown):
        fields |= {"fewest": _held(report, fewest), "fewest_came": _came_to(report, fewest)}
        key = "ends.found"
    told = [report.texts(f"{NAME}.{key}", **fields)]
    if len(shown) < len(found):
        hidden = formats.of_all(report, len(found) - len(shown), len(found))
        told.append(report.texts(f"{NAME}.ends.rest", hidden=hidden))
    return formats.sourced(" ".join(told), "attendance", NAME)


def funded(report: Report) -> Share:
    """The actors that received a grant, of all.

    report: from `open_report`.
    """
    table = _spread(report)
    members = int(table["members"].iloc[0])
    none = table["actors"].iloc[0]
    return _share(report, pd.NA if pd.isna(none) else members - none, members, GRANTS)


def grants(report: Report) -> str:
    """How many actors received a grant, of all of them.

    report: from `open_report`.
    """
    share = funded(report)
    if not share.n:
        return _sourced(report, "grants", "no_actors")
    return _sourced(report, "grants", "funded", actors=share.full)


def widest_themes(report: Report) -> str:
    """The themes for which most actors received grants, as far as their numbers are shown, and what
    their medians rest on.

    report: from `open_report`.
    """
    found = report.read("meetings_grants_themes")
    if found.empty:
        return _sourced(report, "grants", "themes.no_grants")
    shown = found.dropna(subset="actors")
    if shown.empty:
        return _sourced(report, "grants", "themes.hidden")
    most = shown[shown["actors"] == shown["actors"].max()]
    row = next(each_row(most))
    told = [
        report.texts(
            f"{NAME}.themes.most",
            themes=formats.quoted(report, [_theme(report, theme) for theme in most["theme"]]),
            actors=_share(report, row.actors, row.members, GRANTS).count_of_n,
        )
    ]
    if len(shown) < len(found):
        hidden = formats.of_all(report, len(found) - len(shown), len(found))
        told.append(report.texts(f"{NAME}.themes.rest", hidden=hidden))
    min_cell = report.folder.config().min_cell
    if min_cell > 1 and shown["median"].notna().any():
        count = report.texts.number_word(min_cell)
        told.append(report.texts(f"{NAME}.themes.median", count=count))
    return formats.sourced(" ".join(told), "grants", NAME)


# what they share


def _spread(report: Report) -> pd.DataFrame:
    return report.read("meetings_grants_spread")


def _sourced(report: Report, raw: str, key: str, **fields: object) -> str:
    return formats.sourced(report.texts(f"{NAME}.{key}", **fields), raw, NAME)


def _amount_column(report: Report, key: str) -> Column:
    (currency,) = items.options(report, NAME, "currency").values()
    return Column(report.texts(f"{NAME}.columns.{key}", currency=currency), 16, numeric=True)


def _theme(report: Report, theme: str) -> str:
    """What a theme is called; without declared themes the table has their names."""
    return items.options(report, NAME, "theme").get(theme, theme)


def _share(report: Report, k: Any, n: Any, file: str) -> Share:
    count = None if pd.isna(k) else int(k)
    return Share(count, int(n), report.texts, origin=Origin((NAME,), file))


def _came(report: Report, row: Any) -> Share:
    return _share(report, row.attended, row.members, ATTENDANCE)


def _came_to(report: Report, meetings: pd.DataFrame) -> str:
    return _came(report, next(each_row(meetings))).count_of_n


def _meeting(report: Report, row: Any) -> str:
    kind = items.options(report, NAME, "kind")[row.kind]
    return report.texts(f"{NAME}.meeting", kind=kind, day=formats.day(report, row.date))


def _held(report: Report, meetings: pd.DataFrame) -> str:
    return formats.quoted(report, [_meeting(report, row) for row in each_row(meetings)])


def _grants(report: Report, row: Any) -> str:
    """`Number of grants: 2`, `Number of grants: 3 or more`, or that nothing can be told apart."""
    if row.suppressed:
        return report.texts(f"{NAME}.numbers.hidden")
    key = "or_more" if row.or_more else "exactly"
    return report.texts(f"{NAME}.numbers.{key}", number=report.number(int(row.grants)))
