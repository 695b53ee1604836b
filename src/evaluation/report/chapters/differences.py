"""Whether groups differ, and whether by more than chance: in sentences, a table and a figure.

Arguments of the same name are the same in all functions:

- report: from `open_report`;
- by: id of a background question; another raises KeyError, naming those there are;
- question: id of a question with a headline, or with a number.
"""

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

import pandas as pd

from evaluation.base.frames import each_row
from evaluation.language.dates import day_text
from evaluation.project.analyses import FILE as PLAN_FILE
from evaluation.report import formats, groups, tables
from evaluation.report.provenance import Count, Hidden, Origin, Told, Wording, told
from evaluation.report.report import Report
from evaluation.report.tables import Column, Markdown

if TYPE_CHECKING:
    from evaluation.report.figures import Drawing

TABLE, NUMBERS = "differences", "group_numbers"
SIGNS = 8  # of a digest, by which a file is known again
PLACES = 2  # decimals of the size of a difference
PER_CENT = 100


@dataclass(frozen=True)
class End:
    """The group, or groups, with the highest or the lowest value, and that value in words."""

    name: str
    value: str


def found(report: Report, by: str) -> str:
    """How many comparisons by one background question show a difference, and how many were tested.

    report, by: as for the module.
    """
    rows = _rows(report, by)
    origin = _origin(report, by)
    tests = Count(int((rows["refused"] == "").sum()), origin)
    hidden = Count(int((rows["refused"] == "hidden").sum()), origin)
    clear = Count(len(_clear(report, by)), origin)
    key = "untested" if not tests else "some" if clear else "none"
    sentences = [
        _text(
            report,
            f"found.{key}",
            tests=report.number(tests),
            count=report.texts.number_word(clear),
        )
    ]
    if hidden:
        sentences.append(_text(report, "found.hidden", count=report.texts.number_word(hidden)))
    return told(" ".join(sentences), tests, hidden)


def listed(report: Report, by: str) -> Markdown:
    """What is said of each comparison that shows a difference, as a list; empty where none does.

    report, by: as for the module.
    """
    return tables.bullets([said(report, row.question, by) for row in each_row(_clear(report, by))])


def said(report: Report, question: str, by: str) -> str:
    """In which group a question is answered most and in which least, whether that is more than
    chance, and how large the difference is.

    report, question, by: as for the module.
    """
    row = _row(report, question, by)
    sentences = _tested(report, row)
    if row["refused"] != "hidden":
        sentences.insert(0, _ends(report, question, by))
    return Told(" ".join(sentences), _origin(report, by, question))


def table(report: Report, by: str) -> Markdown:
    """One row a question: its highest and its lowest group, the test, the size of the difference.

    report, by: as for the module.
    """
    rows = []
    for row in each_row(_rows(report, by)):
        question = report.question(row.question)
        name = report.label(question)
        if row.planned:
            name = _text(report, "planned_mark", question=name)
        if row.refused == "hidden":
            kept_back = Hidden(report.texts("hidden"), _origin(report, by, row.question))
            rows.append([name, report.number(kept_back), *[report.texts("not_available")] * 3])
            continue
        high, low = _highest_and_lowest(report, row.question, by)
        test = (
            formats.p_value(report, row.p_holm)
            if not row.refused
            else _text(report, f"refused.{row.refused}")
        )
        size = report.texts("not_available") if pd.isna(row.value) else _size(report, row)
        cells = [f"{end.name}: {end.value}" for end in (high, low)]
        remembered = [
            Told(cell, _origin(report, by, row.question)) for cell in (*cells, test, size)
        ]
        rows.append([name, *remembered])
    widths = {"question": 26, "highest": 24, "lowest": 24, "test": 12, "size": 28}
    columns = [Column(_text(report, f"columns.{name}"), width) for name, width in widths.items()]
    return tables.pipe_table(columns, rows)


def figure(report: Report, by: str) -> "Drawing":
    """The headline shares of the groups, the questions from the highest share on.

    report, by: as for the module.
    """
    names = [
        name
        for name in dict.fromkeys(_rows(report, by)["question"])
        if report.question(name).headline and report.question(name).type != "multiple"
    ]
    return report.ranked(*names, by=by)


def caption(report: Report, by: str) -> str:
    """What the table of `table` shows.

    report, by: as for the module.
    """
    name = report.in_text(groups.background(report, by))
    return Wording(_text(report, "caption", by=name))


def figure_caption(report: Report, by: str) -> str:
    """What the figure of `figure` shows.

    report, by: as for the module.
    """
    name = report.in_text(groups.background(report, by))
    return Wording(_text(report, "figure_caption", by=name))


def planned(report: Report) -> str:
    """Whether comparisons were planned, when, and by which file, and what the p are adjusted for.

    report: as for the module.
    """
    plan = report.folder.plan()
    if plan is None:
        return Wording(_text(report, "families.explored"))
    origin = Origin((TABLE,), PLAN_FILE)
    day = day_text(plan.declared, report.language)
    text = _text(report, "families.planned", day=day, digest=plan.digest[:SIGNS])
    return Told(text, origin)


def _tested(report: Report, row: pd.Series) -> list[str]:
    """Sentences on the test of a comparison, and on the size of the difference."""
    if row["refused"]:
        return [_text(report, f"refused.{row['refused']}")]
    name = _text(report, f"tests.{row['test']}")
    if not pd.isna(row["least_p"]) and row["least_p"] >= formats.CHANCE:
        return [_text(report, "too_few", test=name)]
    differ = "differ" if row["p_holm"] < formats.CHANCE else "unclear"
    sentences = [_text(report, differ, test=name, p=_p(report, row))]
    if not pd.isna(row["value"]):
        sentences.append(_text(report, "sized", size=_size(report, row)))
    return sentences


def _p(report: Report, row: pd.Series) -> str:
    p, tests = formats.p_told(report, row["p_holm"]), int(row["tests"])
    return p if tests == 1 else _text(report, "adjusted", p=p, tests=report.texts.number(tests))


def _size(report: Report, row: Any) -> str:
    """The size of a difference with its interval, as far as it has ends."""
    factor = PER_CENT if row.effect == "risk_difference" else 1
    places = 0 if row.effect == "risk_difference" else PLACES
    value, low, high = (
        formats.decimal(report, factor * number, places) if isfinite(number) else ""
        for number in (row.value, row.low, row.high)
    )
    if row.effect == "risk_difference":
        value = _text(report, "points", value=value)
    name = _text(report, f"effects.{row.effect}")
    key = "size" if low and high else "size_alone"
    return _text(report, key, effect=name, value=value, low=low, high=high)


def _ends(report: Report, question: str, by: str) -> str:
    """In which group a question is answered most, and in which least."""
    asked = report.question(question)
    high, low = _highest_and_lowest(report, question, by)
    kind = "mean" if asked.type == "number" else "share"
    return _text(
        report,
        f"{kind}.{'alike' if high == low else 'ends'}",
        question=formats.quoted(report, [report.label(asked)]),
        by=report.in_text(groups.background(report, by)),
        answer=groups.headline(report, asked),
        first=high.name,
        first_value=high.value,
        last=low.name,
        last_value=low.value,
    )


def _highest_and_lowest(report: Report, question: str, by: str) -> tuple[End, End]:
    """The groups with the highest and with the lowest value, which are shown."""
    if report.question(question).type != "number":
        order = report.share(question, by=by)
        first, last = order.first, order.last
        return End(first.label, first.share.full), End(last.label, last.share.full)
    rows = groups.numbers(report, question, by)
    names = {
        group.code: groups.named(report, group) for group in groups.background(report, by).options
    }
    ends = []
    for value in (rows["mean"].max(), rows["mean"].min()):
        named = [names[code] for code in rows.loc[rows["mean"] == value, "group"]]
        ends.append(End(report.texts.enumeration(named), formats.decimal(report, value, 1)))
    return ends[0], ends[1]


def _rows(report: Report, by: str) -> pd.DataFrame:
    """The comparisons by one background question in the report's wave."""
    groups.background(report, by)
    rows = report.rows_of(TABLE, "by", by)
    return rows[rows["wave"] == report.wave]


def _clear(report: Report, by: str) -> pd.DataFrame:
    """The comparisons that show more than chance alone usually gives, the surest first."""
    rows = _rows(report, by)
    return rows[(rows["p_holm"] < formats.CHANCE).fillna(False)].sort_values(
        "p_holm", kind="stable"
    )


def _row(report: Report, question: str, by: str) -> pd.Series:
    groups.background(report, by)
    rows = report.rows(TABLE, question)
    rows = rows[(rows["by"] == by) & (rows["wave"] == report.wave)]
    if rows.empty:
        raise KeyError(f"{question} is not compared by {by} in wave {report.wave}")
    return rows.iloc[0]


def _origin(report: Report, by: str, *about: str) -> Origin:
    return Origin((*about, by), report.survey)


def _text(report: Report, key: str, **fields: object) -> str:
    return report.texts(f"differences.{key}", **fields)
