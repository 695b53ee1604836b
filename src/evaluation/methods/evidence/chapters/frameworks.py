"""The frameworks of the documents: their elements as lists, alone or under one another."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from evaluation.base.markdown import escape
from evaluation.methods.evidence.chapter import document_name
from evaluation.report.provenance import Count, Origin, Placed, placed
from evaluation.report.report import Report
from evaluation.report.tables import Markdown

if TYPE_CHECKING:
    from evaluation.report.figures import Drawing

FILE = "data/raw/frameworks.csv"
FINDINGS = "data/raw/findings.csv"


def labels(report: Report, family: str) -> list[str]:
    """The elements of a framework in the order of its document.

    report: from `open_report`; family: id of a framework, see `data/raw/families.csv`.
    """
    return elements(report, family)[report.language].tolist()


def count(report: Report, *families: str) -> str:
    """How many elements some frameworks have, as a word up to twelve.

    report: from `open_report`; families: ids of frameworks, see `data/raw/families.csv`.
    """
    rows = tuple(int(row) for family in families for row in elements(report, family)["row"])
    return report.word(Count(len(rows), Origin(families, FILE, rows)))


def bullets(report: Report, family: str) -> Markdown:
    """The elements of a framework as a bullet list, with their notes.

    report: from `open_report`; family: id of a framework, see `data/raw/families.csv`.
    """
    return Markdown("\n".join(_bullet(report, row) for _, row in _iterate(report, family)))


def grouped(report: Report, parents: str, children: str) -> Markdown:
    """The elements of one framework, each with the elements of another that belong under it.

    report: from `open_report`; parents, children: ids of frameworks, see `data/raw/families.csv`.
    """
    below = elements(report, children)
    blocks = []
    for _, parent in _iterate(report, parents):
        blocks.append(f"**{escape(parent[report.language])}**")
        rows = below[below["parent"] == parent["id"]]
        note = parent[f"note_{report.language}"]
        if note:
            blocks.append(escape(note))
        if not rows.empty:
            blocks.append("\n".join(_bullet(report, row) for _, row in rows.iterrows()))
    return Markdown("\n\n".join(blocks))


def elements(report: Report, family: str) -> pd.DataFrame:
    """The rows of a framework; raises KeyError, naming what exists, for an unknown one.

    report: from `open_report`; family: id of a framework, see `data/raw/families.csv`.
    """
    table = report.read("frameworks")
    rows = table[table["family"] == family]
    if rows.empty:
        raise KeyError(f"the frameworks are {', '.join(table['family'].unique())}, not {family}")
    return rows


def finding_grid(report: Report, rows: Iterable[tuple[pd.Series, str, pd.DataFrame]]) -> "Drawing":
    """How many findings each document has on each of some elements.

    report: from `open_report`; rows: the element, what its findings are coded with, these findings.
    """
    from evaluation.report.figures.matrix import matrix

    documents = report.read("documents")["id"].tolist()
    called = [document_name(report, document) for document in documents]
    grid = []
    numbers: list[Placed] = []
    for element, code, findings in rows:
        name = element[report.language]
        counts = [
            _counted(findings[findings["document"] == document], code, element)
            for document in documents
        ]
        grid.append((name, counts))
        for document, count in zip(called, counts, strict=True):
            numbers += placed(name, document, [report.number(count)])
    return replace(matrix(grid, called, report.texts), numbers=tuple(numbers))


def _counted(findings: pd.DataFrame, code: str, element: pd.Series) -> Count:
    """How many findings there are; where there are none, the element itself is the origin."""
    if findings.empty:
        return Count(0, Origin((element["id"],), FILE, (int(element["row"]),)))
    return Count(len(findings), Origin((code,), FINDINGS, tuple(map(int, findings["row"]))))


def _bullet(report: Report, row: Any) -> str:
    note = row[f"note_{report.language}"]
    text = f"{row[report.language]}. {note}" if note else row[report.language]
    return f"- {escape(text)}"


def _iterate(report: Report, family: str) -> Iterable[tuple[Any, Any]]:
    return elements(report, family).iterrows()
