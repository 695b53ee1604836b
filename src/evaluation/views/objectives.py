"""The objectives: the evaluator's verdicts beside what the data can carry."""

import pandas as pd

from evaluation import tables
from evaluation.provenance import Count, Origin, told
from evaluation.report import Report
from evaluation.tables import Markdown


def table(report: Report, *parts: str) -> Markdown:
    """The objectives of some parts of the programme, with judgement and key figures."""
    table = report.read("objectives")
    rows = [
        [
            row[f"objective_{report.language}"],
            report.texts(f"verdicts.{row['verdict']}"),
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


def judged(report: Report, *verdicts: str) -> str:
    """How many objectives were judged as one of `verdicts`, as a word."""
    table = report.read("objectives")
    return _counted(report, table[table["verdict"].isin(verdicts)])


def count(report: Report) -> str:
    """How many objectives there are, as a word."""
    return _counted(report, report.read("objectives"))


def _carried(report: Report, objective: pd.Series) -> str:
    """What the data can carry of a verdict, and why."""
    support = report.texts(f"support.{objective['support']}")
    return f"{support}. {objective[f'limits_{report.language}']}"


def _counted(report: Report, objectives: pd.DataFrame) -> str:
    rows = tuple(map(int, objectives["row"]))
    origin = Origin(tuple(objectives["id"]), "data/raw/objectives.csv", rows)
    return report.word(Count(len(rows), origin))


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
            figures.append(told(f"{fact} {words}", fact))
    return figures or [report.texts("not_available")]
