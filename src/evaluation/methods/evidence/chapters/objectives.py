"""The objectives: the evaluator's verdicts beside what the data support."""

from dataclasses import replace

import pandas as pd

from evaluation.base.markdown import escape
from evaluation.report import tables
from evaluation.report.provenance import Count, Origin, Placed, placed, told
from evaluation.report.report import Report, upper_first
from evaluation.report.tables import Markdown

# a full, a divided and an empty circle: how much of the objective was reached
SIGNS = {"achieved": "●", "reshaped": "◕", "partly": "◐", "not_achieved": "○", "open": "◌"}
STATUS = "objective-status"  # anchor and style of the list


def table(report: Report, *parts: str) -> Markdown:
    """The objectives of some parts of the programme, with judgement and key figures.

    report: from `open_report`; parts: as the column part has them. Raises KeyError, naming what
    exists, where no objective is of any of them.
    """
    table = report.read("objectives")
    rows = [
        [
            row[f"objective_{report.language}"],
            badge(report, row["verdict"]),
            _evidence(report, row["evidence"]),
            _carried(report, row),
        ]
        for _, row in table[table["part"].isin(parts)].iterrows()
    ]
    if not rows:
        raise KeyError(f"the parts are {', '.join(table['part'].unique())}, not {parts}")
    return tables.pipe_table(
        [
            report.column("objective", 26),
            report.column("verdict", 13),
            report.column("evidence", 36),
            report.column("limits", 25),
        ],
        rows,
    )


def status(report: Report) -> Markdown:
    """How many of the objectives were judged as what: a list, a line for each judgement given.

    report: from `open_report`.
    """
    table = report.read("objectives")
    lines = []
    numbers: list[Placed] = []
    for verdict in SIGNS:
        judged = table[table["verdict"] == verdict]
        if judged.empty:
            continue
        count = report.number(_counted(judged))
        lines.append(f"- {badge(report, verdict).source} {escape(count)}")
        numbers += placed(
            report.texts(f"verdicts.{verdict}"), report.texts("columns.count"), [count]
        )
    anchored = tuple(replace(number, anchor=STATUS) for number in numbers)
    return Markdown("\n".join([f"::: {{#{STATUS} .{STATUS}}}", *lines, ":::"]), anchored)


def badge(report: Report, verdict: str) -> Markdown:
    """A judgement as sign and word, for a style to colour.

    report: from `open_report`; verdict: one of `SIGNS`.
    """
    word = escape(report.texts(f"verdicts.{verdict}"))
    sign = f'[{SIGNS[verdict]}]{{aria-hidden="true"}}'
    return Markdown(f"[{sign} {word}]{{.status .status-{verdict}}}")


def judged(report: Report, *verdicts: str) -> str:
    """How many objectives were judged as one of `verdicts`, as a word.

    report: from `open_report`.
    """
    table = report.read("objectives")
    return report.word(_counted(table[table["verdict"].isin(verdicts)]))


def count(report: Report) -> str:
    """How many objectives there are, as a word.

    report: from `open_report`.
    """
    return report.word(_counted(report.read("objectives")))


def _carried(report: Report, objective: pd.Series) -> str:
    """How far the data support a verdict, and why."""
    support = report.texts(f"support.{objective['support']}")
    return f"{support}. {objective[f'limits_{report.language}']}"


def _counted(objectives: pd.DataFrame) -> Count:
    rows = tuple(map(int, objectives["row"]))
    origin = Origin(tuple(objectives["id"]), "data/raw/objectives.csv", rows)
    return Count(len(rows), origin)


def _evidence(report: Report, references: str) -> list[str]:
    """The figures that a verdict can be held against, each with what it is about."""
    questions = report.codebook.questions
    figures = []
    for reference in filter(None, references.split(";")):
        if reference in questions:
            share = report.share(reference)
            figures.append(told(f"{report.label(questions[reference])}: {share.full}", share.k))
        else:
            fact = report.fact(reference)
            words = report.fact_row(reference)[report.language]
            # a label and a number are right together, whatever the number
            figures.append(told(f"{upper_first(words)}: {fact}", fact))
    return figures or [report.texts("not_available")]
