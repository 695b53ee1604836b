"""The objectives: the evaluator's verdicts beside what the data support."""

from dataclasses import replace

import pandas as pd

from evaluation.base.markdown import escape
from evaluation.report import tables
from evaluation.report.provenance import Count, Origin, told
from evaluation.report.report import Report, lower_first, upper_first
from evaluation.report.tables import Markdown

# a full, a divided and an empty circle: how much of the objective was reached
SIGNS = {
    "achieved": "●",
    "reshaped": "◕",
    "partly": "◐",
    "not_as_intended": "◔",
    "not_achieved": "○",
    "open": "◌",
}
UNJUDGED = "unjudged"  # the source states the objective, and does not say whether it was reached
OVERVIEW = "objectives-overview"  # anchor of the table
# in an overview, so that what was not reached is seen first
ORDER = ("not_achieved", "not_as_intended", "partly", "open", "reshaped", UNJUDGED, "achieved")


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


def overview(report: Report) -> Markdown:
    """The objectives that the source states, those that were not reached first: the judgement, the
    first figure it can be held against, and how far the data support it.

    report: from `open_report`.
    """
    stated = pd.concat([_of(report, ""), _of(report, "verdict").assign(verdict=UNJUDGED)])
    ordered = stated.sort_values(
        "verdict", key=lambda verdicts: verdicts.map(ORDER.index), kind="stable"
    )
    rows: list[list[tables.Cell]] = [
        [
            _objective(report, row),
            badge(report, row["verdict"]),
            _first_figure(report, row["evidence"]),
            report.texts(f"support.{row['support']}"),
        ]
        for _, row in ordered.iterrows()
    ]
    table = tables.pipe_table(
        [
            report.column("objective", 37),
            report.column("verdict", 17),
            report.column("evidence", 28),
            report.column("limits", 18),
        ],
        rows,
    )
    anchored = tuple(replace(number, anchor=OVERVIEW) for number in table.numbers)
    return Markdown(f"::: {{#{OVERVIEW}}}\n{table.source}\n:::", anchored)


def named(report: Report, *verdicts: str) -> str:
    """The objectives that the source judges as one of `verdicts`, a sentence each; a word where
    there are none.

    report: from `open_report`.
    """
    table = _of(report, "")
    found = table[table["verdict"].isin(verdicts)]
    sentences = [f"{objective}." for objective in found[f"objective_{report.language}"]]
    return told(" ".join(sentences) or report.texts("evidence.no_objective"), _counted(found))


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
    figures = [_figure(report, reference) for reference in _listed(references)]
    return figures or [report.texts("not_available")]


def _first_figure(report: Report, references: str) -> tables.Cell:
    """The first of them, a share with its units beside it."""
    listed = _listed(references)
    figure = _evidence(report, references)[0]
    if not listed or listed[0] not in report.codebook.questions:
        return figure
    return tables.with_units(figure, report.share(listed[0]))


def _listed(references: str) -> list[str]:
    return [reference for reference in references.split(";") if reference]


def _figure(report: Report, reference: str) -> str:
    questions = report.codebook.questions
    if reference in questions:
        share = report.share(reference)
        asked = report.label(questions[reference])
        return told(f"{asked} – {_counted_answers(report, reference)}: {share.full}", share.k)
    fact = report.fact(reference)
    words = report.fact_row(reference)[report.language]
    # a label and a number are right together, whatever the number
    return told(f"{upper_first(words)}: {fact}", fact)


def _counted_answers(report: Report, question: str) -> str:
    """The answers to a question that its share counts, inside a sentence."""
    asked = report.question(question)
    labels = [option.label for option in asked.options if option.code in asked.headline]
    return report.texts.enumeration([lower_first(label[report.language]) for label in labels])
