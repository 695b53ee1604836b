"""The frameworks of the documents: their elements as lists, alone or under one another."""

import pandas as pd

from evaluation import tables
from evaluation.provenance import Count, Origin
from evaluation.report import Report
from evaluation.tables import Markdown

FILE = "data/raw/frameworks.csv"


def labels(report: Report, family: str) -> list[str]:
    """The elements of a framework in the order of its document."""
    return elements(report, family)[report.language].tolist()


def count(report: Report, *families: str) -> str:
    """How many elements some frameworks have, as a word up to twelve."""
    rows = tuple(int(row) for family in families for row in elements(report, family)["row"])
    return report.word(Count(len(rows), Origin(families, FILE, rows)))


def bullets(report: Report, family: str) -> Markdown:
    """The elements of a framework as a bullet list, with their notes."""
    return Markdown("\n".join(_bullet(report, row) for _, row in _iterate(report, family)))


def grouped(report: Report, parents: str, children: str) -> Markdown:
    """The elements of one framework, each with the elements of another that belong under it."""
    below = elements(report, children)
    blocks = []
    for _, parent in _iterate(report, parents):
        blocks.append(f"**{tables.escape(parent[report.language])}**")
        rows = below[below["parent"] == parent["id"]]
        note = parent[f"note_{report.language}"]
        if note:
            blocks.append(tables.escape(note))
        if not rows.empty:
            blocks.append("\n".join(_bullet(report, row) for _, row in rows.iterrows()))
    return Markdown("\n\n".join(blocks))


def elements(report: Report, family: str) -> pd.DataFrame:
    """The rows of a framework; raises KeyError, naming what exists, for an unknown one."""
    table = report.read("frameworks")
    rows = table[table["family"] == family]
    if rows.empty:
        raise KeyError(f"the frameworks are {', '.join(table['family'].unique())}, not {family}")
    return rows


def _bullet(report: Report, row) -> str:
    note = row[f"note_{report.language}"]
    text = f"{row[report.language]}. {note}" if note else row[report.language]
    return f"- {tables.escape(text)}"


def _iterate(report: Report, family: str):
    return elements(report, family).iterrows()
