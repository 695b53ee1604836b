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
UNJUDGED = "unjudged"  # the source states the objective, and does not say whether it was reached
STATUS = "objective-status"  # anchor and style of the list


def table(report: Report, *parts: str) -> Markdown:
    """The objectives of some parts of the programme, with judgement and key figures.

    report: from `open_report`; parts: as the column part has them. Raises KeyError, naming what
    exists, where no objective is of any of them.
    """
    table = report.read("objectives")
    rows: list[list[tables.Cell]] = [
        [
            _objective(report, row),
            _verdict(report, row),
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
    """How many of the objectives of the source were judged as what: a list, a line for each
    judgement given, and one for those that the source does not judge.

    report: from `open_report`.
    """
    judged, unjudged = _of(report, ""), _of(report, "verdict")
    kinds = [(verdict, judged[judged["verdict"] == verdict]) for verdict in SIGNS]
    lines = []
    numbers: list[Placed] = []
    for verdict, found in [*kinds, (UNJUDGED, unjudged)]:
        if found.empty:
            continue
        count = report.number(_counted(found))
        lines.append(f"- {badge(report, verdict).source} {escape(count)}")
        numbers += placed(
            report.texts(f"verdicts.{verdict}"), report.texts("columns.count"), [count]
        )
    anchored = tuple(replace(number, anchor=STATUS) for number in numbers)
    return Markdown("\n".join([f"::: {{#{STATUS} .{STATUS}}}", *lines, ":::"]), anchored)


def badge(report: Report, verdict: str) -> Markdown:
    """A judgement as sign and word, for a style to colour.

    report: from `open_report`; verdict: one of `SIGNS`, or `UNJUDGED`.
    """
    word = escape(report.texts(f"verdicts.{verdict}"))
    sign = f'[{SIGNS.get(verdict, SIGNS["open"])}]{{aria-hidden="true"}}'
    style = verdict if verdict in SIGNS else "open"
    return Markdown(f"[{sign} {word}]{{.status .status-{style}}}")


def judged(report: Report, *verdicts: str) -> str:
    """How many objectives the source judges as one of `verdicts`, as a word.

    report: from `open_report`.
    """
    table = _of(report, "")
    return report.word(_counted(table[table["verdict"].isin(verdicts)]))


def count(report: Report) -> str:
    """How many objectives the source states, as a word.

    report: from `open_report`.
    """
    return report.word(_counted(_of(report, "", "verdict")))


def unjudged(report: Report) -> str:
    """How many objectives the source states and does not judge, as a word.

    report: from `open_report`.
    """
    return report.word(_counted(_of(report, "verdict")))


def added(report: Report) -> str:
    """How many objectives are listed that the source does not state, as a word.

    report: from `open_report`.
    """
    return report.word(_counted(_of(report, "objective")))


def _of(report: Report, *ours: str) -> pd.DataFrame:
    """The objectives by what of them is the authors' own; nothing is in a table of earlier
    versions."""
    table = report.read("objectives")
    return table[table["ours"].isin(ours)] if "ours" in table else table[["" in ours] * len(table)]


def _objective(report: Report, objective: pd.Series) -> str:
    """What is to be reached, and that the source does not say so, where it does not."""
    words = str(objective[f"objective_{report.language}"])
    if objective.get("ours", "") != "objective":
        return words
    return f"{words} {report.texts('evidence.ours.objective')}"


def _verdict(report: Report, objective: pd.Series) -> Markdown:
    """The judgement, marked where the source gives none."""
    found = badge(report, objective["verdict"])
    if objective.get("ours", "") == "":
        return found
    return Markdown(f"{found.source} {escape(report.texts('evidence.ours.verdict'))}")


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
