"""A literature study: how its literature was found and chosen, and how traditions differ."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from evaluation.base.frames import labelled
from evaluation.base.markdown import escape
from evaluation.methods.evidence.chapters.frameworks import elements, finding_grid
from evaluation.report import tables
from evaluation.report.provenance import Count, Origin, placed
from evaluation.report.report import Report
from evaluation.report.shares import Share
from evaluation.report.tables import Cell, Column, Markdown

if TYPE_CHECKING:
    from evaluation.report.figures import Drawing
    from evaluation.report.figures.flow import Step

STEPS = "data/raw/search_steps.csv"
TOTALS = "data/raw/totals.csv"


def search(report: Report) -> "Drawing":
    """The search from step to step; a step without a reported number is named and not drawn.

    report: from `open_report`.
    """
    from evaluation.report.figures.flow import flow

    drawn = steps(report)
    what = report.texts("evidence.literature.columns.number")
    numbers = [
        number
        for step in drawn
        if step.value is not None
        for number in placed(step.label, what, [report.number(step.value)])
    ]
    return replace(flow(drawn, report.texts), numbers=tuple(numbers))


def steps(report: Report) -> "list[Step]":
    """The steps of the search, in order; no value where the source reports none.

    report: from `open_report`.

    A number beside a step that is not marked as reported is somebody's guess and is left out.
    """
    from evaluation.report.figures.flow import Step

    return [
        Step(
            row[report.language],
            _value(row, "value", STEPS) if reported else None,
            row[f"note_{report.language}"],
        )
        for reported, (_, row) in zip(_reported(report), _steps(report).iterrows(), strict=True)
    ]


def step_count(report: Report, reported: bool | None = None) -> str:
    """How many steps the search has, as a word.

    report: from `open_report`; reported: True for those with a reported number only, False for
    those without, None for all.
    """
    table = _steps(report)
    if reported is not None:
        table = table[_reported(report) == reported]
    return report.word(_counted(table, STEPS))


def sources(report: Report) -> Markdown:
    """Each source that was searched: hits where they are printed, items selected; their sum.

    report: from `open_report`.
    """
    parts = _parts(report)
    rows = [
        [
            row[report.language],
            _or_not_stated(report, _value(row, "found", TOTALS)),
            _or_not_stated(report, _value(row, "value", TOTALS)),
        ]
        for _, row in parts.iterrows()
    ]
    chosen: list[Any] = [_value(row, "value", TOTALS) for _, row in parts.iterrows()]
    total = sum(chosen)
    hits = report.texts("not_available")
    rows.append([report.texts("evidence.literature.sum"), hits, report.number(total)])
    columns = [
        _column(report, "source", 46),
        _column(report, "found", 14, numeric=True),
        _column(report, "selected", 12, numeric=True),
    ]
    return tables.pipe_table(columns, rows)


def with_hits(report: Report) -> str:
    """For how many sources the number of hits is printed, as a word.

    report: from `open_report`.
    """
    parts = _parts(report)
    return report.word(_counted(parts[parts["found"].notna()], TOTALS))


def selected(report: Report, source: str) -> Share:
    """How many hits of a source were selected.

    report: from `open_report`; source: id of one, see `data/raw/totals.csv`.

    Raises KeyError, naming what exists, for a source that is not listed or has no hits printed.
    """
    parts = _parts(report).set_index("id")
    known = parts[parts["found"].notna()]
    if source not in known.index:
        raise KeyError(f"hits are printed for {', '.join(known.index)}, not for {source}")
    row: Any = known.loc[source]
    origin = Origin((source,), TOTALS, (int(row["row"]),))
    return report.share_of(*(Count(int(row[part]), origin) for part in ("value", "found")))


def criteria(report: Report, included: str, excluded: str) -> Markdown:
    """Criteria for what is included beside what each leaves out; families of frameworks.

    report: from `open_report`; included, excluded: ids of frameworks; a criterion of the second
    belongs under one of the first.
    """
    left_out = elements(report, excluded)
    rows = []
    for _, criterion in elements(report, included).iterrows():
        against = left_out[left_out["parent"] == criterion["id"]][report.language].tolist()
        rows.append([criterion[report.language], ". ".join(against)])
    return tables.pipe_table(
        [_column(report, "included", 40), _column(report, "excluded", 60)], rows
    )


def comparison(report: Report, table: str) -> Markdown:
    """The traditions under each other, aspect by aspect, each aspect on a line of its own.

    report: from `open_report`; table: one that the column of that name has.

    Raises KeyError, naming what exists, for an unknown table.
    """
    listed = report.read("traditions")
    found = listed[listed["table"] == table]
    if found.empty:
        raise KeyError(f"the tables are {', '.join(listed['table'].unique())}, not {table}")
    names = elements(report, "traditions").set_index("id")[report.language]
    rows: list[list[Cell]] = []
    for aspect, answers in labelled(found.groupby(f"row_{report.language}", sort=False)):
        rows.append([Markdown(f"**{escape(aspect)}**"), ""])
        rows += [
            [names[tradition], answer]
            for tradition, answer in zip(
                answers["tradition"], answers[report.language], strict=True
            )
        ]
    columns = [_column(report, "tradition", 26), _column(report, "answer", 74)]
    return tables.pipe_table(columns, rows)


def levels(report: Report) -> "Drawing":
    """How many findings of each document are on each level that an evaluation can ask about.

    report: from `open_report`.
    """
    findings = report.read("findings")
    rows = []
    for _, level in elements(report, "evaluation_levels").iterrows():
        on_level = findings[findings["level"] == level["level"]]
        rows.append((level, level["level"], on_level))
    return finding_grid(report, rows)


def _steps(report: Report) -> pd.DataFrame:
    return report.read("search_steps")


def _reported(report: Report) -> pd.Series:
    table = _steps(report)
    return (table["reported"] == "true") & table["value"].notna()


def _parts(report: Report) -> pd.DataFrame:
    table = report.read("totals")
    return table[table["kind"] == "part"]


def _counted(table: pd.DataFrame, file: str) -> Count:
    return Count(len(table), Origin(tuple(table["id"]), file, tuple(map(int, table["row"]))))


def _value(row: pd.Series, column: str, file: str) -> Count | None:
    """A printed number with where it stands in the data; None where there is none."""
    if pd.isna(row[column]):
        return None
    return Count(int(row[column]), Origin((row["id"],), file, (int(row["row"]),)))


def _or_not_stated(report: Report, value: Count | None) -> str:
    return report.texts("not_stated") if value is None else report.number(value)


def _column(report: Report, name: str, width: int, numeric: bool = False) -> Column:
    return Column(report.texts(f"evidence.literature.columns.{name}"), width, numeric)
