"""Collaboration across sectors: the register of projects, the cases and what came of them."""

import pandas as pd

from evaluation import tables
from evaluation.provenance import Count, Origin
from evaluation.report import Report
from evaluation.tables import Column, Markdown


def projects(report: Report) -> Markdown:
    """The projects of a document: name and partners, target group, purpose."""
    rows = [
        [
            Markdown(
                f"**{tables.escape(row['name'])}** "
                f"{tables.escape(row[f'partners_{report.language}'])}"
            ),
            row[f"target_{report.language}"],
            row[f"purpose_{report.language}"],
        ]
        for _, row in report.read("projects").iterrows()
    ]
    columns = [
        _column(report, "project", 38),
        _column(report, "target", 24),
        _column(report, "purpose", 38),
    ]
    return tables.pipe_table(columns, rows)


def cases(report: Report) -> Markdown:
    """The cases beside each other, a row an aspect."""
    aspect, case = (("aspect", f"aspect_{report.language}"), ("case", f"case_{report.language}"))
    return _crossed(report, report.read("cases"), aspect, case)


def outcomes(report: Report) -> Markdown:
    """What citizens with a large and a small need for support got out of it."""
    listed = report.read("case_outcomes")
    needs = listed["support_need"].map(lambda need: report.texts(f"collaboration.needs.{need}"))
    return _crossed(
        report,
        listed.assign(need=needs),
        ("effect_id", f"effect_{report.language}"),
        ("support_need", "need"),
    )


def case_count(report: Report) -> str:
    """How many cases are compared, as a word."""
    return _distinct(report, "cases", "case")


def outcome_count(report: Report) -> str:
    """How many effects the cases are asked about, as a word."""
    return _distinct(report, "case_outcomes", "effect_id")


def _crossed(
    report: Report, listed: pd.DataFrame, row: tuple[str, str], column: tuple[str, str]
) -> Markdown:
    """A table of texts; row and column: the columns of `listed` that hold their id and label."""
    labels = listed.drop_duplicates(column[0]).set_index(column[0])[column[1]]
    rows = []
    for _, cells in listed.groupby(row[0], sort=False):
        told = cells.set_index(column[0])[report.language]
        rows.append([cells.iloc[0][row[1]], *(told[label] for label in labels.index)])
    columns = [_column(report, row[0], 20), *(Column(label, 40) for label in labels)]
    return tables.pipe_table(columns, rows)


def _distinct(report: Report, table: str, column: str) -> str:
    first = report.read(table).drop_duplicates(column)
    rows = tuple(map(int, first["row"]))
    origin = Origin(tuple(first[column]), f"data/raw/{table}.csv", rows)
    return report.word(Count(len(rows), origin))


def _column(report: Report, name: str, width: int) -> Column:
    return Column(report.texts(f"collaboration.columns.{name}"), width)
