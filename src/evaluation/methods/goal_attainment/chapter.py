"""Goal attainment: how far each goal was attained, and how the units' scores moved."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd

from evaluation.base.frames import each_row, labelled
from evaluation.methods import items
from evaluation.report import formats
from evaluation.report.figures import Drawing, diverging_bars
from evaluation.report.figures.profile import Point, profile
from evaluation.report.provenance import Count, Hidden, Origin, told
from evaluation.report.report import Report
from evaluation.report.shares import Share
from evaluation.report.tables import Column, Markdown
from evaluation.stats.goal_attainment import LEVELS, attainment_score

NAME = "goal_attainment"
RAW = "data/raw/goal_levels.csv"
WORST = LEVELS[0]


# figures
# the method's own words
_text = partial(formats.text, method=NAME)
_column = partial(formats.column, method=NAME)


def attainment(report: Report) -> Drawing:
    """How many units are at each level of each goal, one bar a goal and wave.

    report: from `open_report`.
    """
    rows = [
        (
            _text(report, "goal_in_wave", goal=_goal(report, goal), wave=report.number(wave)),
            list(shares.values()),
        )
        for goal, wave, shares, _ in _each(report)
    ]
    # to either side of the expected level
    sides = [(level < 0) - (level > 0) for level in _levels(report)]
    return diverging_bars(rows, list(_levels(report).values()), sides, report.texts)


def medians(report: Report) -> Drawing:
    """The median level of each goal in the first and in the last wave.

    report: from `open_report`.
    """
    found = list(_each(report))
    waves = sorted({wave for _, wave, _, _ in found})
    ends = {wave: _wave(report, wave) for wave in {*waves[:1], *waves[-1:]}}
    rows: dict[str, list[Point]] = {_goal(report, goal): [] for goal, _, _, _ in found}
    for goal, wave, _, median in found:
        if wave in ends:
            point = Point(ends[wave], None if pd.isna(median) else _place(median))
            rows[_goal(report, goal)].append(point)
    series = [ends[wave] for wave in sorted(ends)]
    return profile(list(rows.items()), series, _scale(report), report.texts)


# tables


def levels(report: Report) -> Markdown:
    """How many units are at each level of each goal, wave by wave.

    report: from `open_report`.
    """
    rows = [
        [
            _goal(report, goal),
            report.number(wave),
            *(report.number(share.k) for share in shares.values()),
            report.number(next(iter(shares.values())).n),
            _median(report, median),
        ]
        for goal, wave, shares, median in _each(report)
    ]
    columns = [
        _column(report, "goal", 20),
        _column(report, "wave", 8, numeric=True),
        *(Column(heading, 11, numeric=True) for heading in _levels(report).values()),
        _column(report, "n", 8, numeric=True),
        _column(report, "median", 18),
    ]
    return formats.table(report, columns, rows, "goal_levels")


def scores(report: Report) -> Markdown:
    """The T-scores of the units, wave by wave.

    report: from `open_report`.
    """
    rows = [
        [
            report.number(int(row.wave)),
            report.number(_count(report, row.n, row.wave)),
            _score(report, row.mean, row.suppressed),
            _score(report, row.sd, row.suppressed or row.n > 1),
        ]
        for row in each_row(report.read("goal_attainment_summary"))
    ]
    names = ("wave", "n", "mean", "sd")
    columns = [_column(report, name, 20, numeric=True) for name in names]
    return formats.table(report, columns, rows, "goal_levels")


def changes(report: Report) -> Markdown:
    """How many units have a higher, the same or a lower T-score in the last wave.

    report: from `open_report`.
    """
    nobody = report.texts("not_available")
    rows = [
        [_text(report, f"directions.{direction}"), share.full if share.n else nobody]
        for direction, share in _directions(report).items()
    ]
    columns = [_column(report, "direction", 40), _column(report, "units", 30)]
    return formats.table(report, columns, rows, "goal_levels")


# sentences


def scored(report: Report) -> str:
    """The mean T-score of each wave.

    report: from `open_report`.
    """
    sentences = []
    for row in each_row(report.read("goal_attainment_summary")):
        fields = {"wave": report.number(int(row.wave))}
        if row.suppressed:
            sentences.append(_text(report, "scored.hidden", **fields))
            continue
        count = _count(report, row.n, row.wave)
        fields |= {"n": report.number(count), "mean": formats.decimal(report, row.mean, 1)}
        key = "one" if row.n == 1 else "several" if pd.notna(row.sd) else "sd_hidden"
        if key == "several":
            fields["sd"] = formats.decimal(report, row.sd, 1)
        sentences.append(told(_text(report, f"scored.{key}", **fields), count))
    if not sentences:
        return _text(report, "scored.none")
    return told(" ".join(sentences), *sentences)


def moved(report: Report) -> str:
    """How many units' T-scores rose and fell from the first wave to the last.

    report: from `open_report`.
    """
    table, shares = report.read("goal_attainment_change"), _directions(report)
    if table.empty:
        return _text(report, "moved.one_wave")
    if shares["up"].hidden and isinstance(shares["up"].n, Hidden):
        return _text(report, "moved.hidden")
    if not shares["up"].n:
        return _text(report, "moved.nobody")
    fields = {direction: share.full for direction, share in shares.items()}
    fields |= {end: report.number(int(table[end].iloc[0])) for end in ("before", "after")}
    sentences = [_text(report, "moved.counted", **fields)]
    mean = table["mean"].iloc[0]
    if pd.notna(mean):
        sentences.append(_text(report, "moved.mean", mean=formats.decimal(report, mean, 1)))
    return told(" ".join(sentences), *(share.k for share in shares.values()))


def left_out(report: Report) -> str:
    """A sentence on the goals of which nothing is shown, because few units have them.

    report: from `open_report`.
    """
    table = report.read("goal_attainment_distribution")
    shown = {goal for goal, _, _, _ in _each(report)}
    hidden = set(table["goal"]) - shown
    if not hidden:
        return ""
    goals = formats.of_all(report, len(hidden), len(hidden | shown))
    return formats.sourced(_text(report, "left_out", goals=goals), "goal_levels")


def expected(report: Report) -> str:
    """The T-score where every goal is attained as expected.

    report: from `open_report`.
    """
    return formats.decimal(report, attainment_score([0]), 1)


# what they share


def _each(report: Report) -> Iterator[tuple[Any, Any, dict[int, Share], Any]]:
    """(goal, wave, share of each level from the best, median level) of each goal and wave in
    which the number of units is shown."""
    table = report.read("goal_attainment_distribution")
    for (goal, wave), rows in labelled(table.groupby(["goal", "wave"], sort=False)):
        if rows["n"].isna().all():
            continue
        by_level = rows.set_index("level")
        shares = {
            level: _share(report, by_level.loc[level], goal, f"{wave}", f"{level}")
            for level in reversed(LEVELS)
        }
        yield goal, int(wave), shares, rows["median"].iloc[0]


def _goal(report: Report, goal: str) -> str:
    """What a goal is called; without declared goals the table has their names."""
    return items.options(report, NAME, "name").get(goal, goal)


def _directions(report: Report) -> dict[str, Share]:
    table = report.read("goal_attainment_change")
    return {row["direction"]: _share(report, row, row["direction"]) for _, row in table.iterrows()}


def _share(report: Report, row: Any, *about: str) -> Share:
    k, n = (None if pd.isna(row[name]) else int(row[name]) for name in ("k", "n"))
    return Share(k, n, report.texts, origin=Origin(about, RAW))


def _count(report: Report, value: Any, *about: object) -> Count | Hidden:
    origin = Origin(tuple(map(str, about)), RAW)
    return Hidden(report.texts("hidden"), origin) if pd.isna(value) else Count(int(value), origin)


def _levels(report: Report) -> dict[int, str]:
    """Level -> label, the best first."""
    labels = items.options(report, NAME, "level").values()
    return dict(zip(reversed(LEVELS), labels, strict=True))


def _scale(report: Report) -> list[str]:
    """The levels from the worst."""
    return list(_levels(report).values())[::-1]


def _place(level: float) -> float:
    """A level as a place on the scale, the worst being 1."""
    return float(level) - WORST + 1


def _median(report: Report, median: Any) -> str:
    if pd.isna(median):
        return report.texts("hidden")
    return formats.level(report, _place(median), _scale(report))


def _score(report: Report, value: Any, hidden: bool) -> str:
    if pd.notna(value):
        return formats.decimal(report, value, 1)
    return report.texts("hidden" if hidden else "not_available")


def _wave(report: Report, wave: int) -> str:
    return _text(report, "wave", number=report.number(wave))
