"""Collaboration across sectors: the register of projects, the cases and what came of them."""

from dataclasses import replace

import pandas as pd

from evaluation.base.frames import labelled
from evaluation.base.markdown import escape
from evaluation.report import tables
from evaluation.report.provenance import Count, Origin, Placed, numbers_in, placed
from evaluation.report.report import Report
from evaluation.report.tables import Column, Markdown


def projects(report: Report) -> Markdown:
    """The projects of a document: name and partners, target group and purpose.

    report: from `open_report`.
    """
    columns = [_column(report, "project", 44), _column(report, "purpose", 56)]
    rows = []
    numbers: list[Placed] = []
    for _, row in report.read("projects").iterrows():
        partners, target, purpose = (
            row[f"{part}_{report.language}"] for part in ("partners", "target", "purpose")
        )
        pairs = [("**", row["name"], partners), ("*", target, purpose)]
        rows.append(
            [Markdown(f"{mark}{escape(head)}:{mark} {escape(text)}") for mark, head, text in pairs]
        )
        origin = Origin((row["id"],), "data/raw/projects.csv", (int(row["row"]),))
        for column, (_, head, text) in zip(columns, pairs, strict=True):
            found = numbers_in(f"{head} {text}", origin)
            numbers += placed(row["name"], column.heading, found)
    return replace(tables.pipe_table(columns, rows), numbers=tuple(numbers))


def cases(report: Report) -> Markdown:
    """The cases beside each other, a row an aspect.

    report: from `open_report`.
    """
    aspect, case = ("aspect", f"aspect_{report.language}"), ("case", f"case_{report.language}")
    return _crossed(report, "cases", report.read("cases"), aspect, case)


def outcomes(report: Report) -> Markdown:
    """What citizens with a large and a small need for support got out of it.

    report: from `open_report`.
    """
    listed = report.read("case_outcomes")
    needs = listed["support_need"].map(
        lambda need: report.texts(f"evidence.collaboration.needs.{need}")
    )
    return _crossed(
        report,
        "case_outcomes",
        listed.assign(need=needs),
        ("effect_id", f"effect_{report.language}"),
        ("support_need", "need"),
    )


def case_count(report: Report) -> str:
    """How many cases are compared, as a word.

    report: from `open_report`.
    """
    return _distinct(report, "cases", "case")


def outcome_count(report: Report) -> str:
    """How many effects the cases are asked about, as a word.

    report: from `open_report`.
    """
    return _distinct(report, "case_outcomes", "effect_id")


def _crossed(
    report: Report, name: str, listed: pd.DataFrame, row: tuple[str, str], column: tuple[str, str]
) -> Markdown:
    """The texts of the raw table `name`; row and column: where `listed` has their id and label."""
    labels = listed.drop_duplicates(column[0]).set_index(column[0])[column[1]]
    columns = [_column(report, row[0], 20), *(Column(label, 40) for label in labels)]
    rows = []
    numbers: list[Placed] = []
    for _, cells in listed.groupby(row[0], sort=False):
        told = cells.set_index(column[0])
        label = cells.iloc[0][row[1]]
        rows.append([label, *(told.loc[each, report.language] for each in labels.index)])
        for each, heading in labelled(labels.items()):
            cell = told.loc[each]
            origin = Origin((each,), f"data/raw/{name}.csv", (int(cell["row"]),))
            numbers += placed(label, heading, numbers_in(cell[report.language], origin))
    return replace(tables.pipe_table(columns, rows), numbers=tuple(numbers))


def _distinct(report: Report, table: str, column: str) -> str:
    first = report.read(table).drop_duplicates(column)
    rows = tuple(map(int, first["row"]))
    origin = Origin(tuple(first[column]), f"data/raw/{table}.csv", rows)
    return report.word(Count(len(rows), origin))


def _column(report: Report, name: str, width: int) -> Column:
    return Column(report.texts(f"evidence.collaboration.columns.{name}"), width)
