"""Capacity: topics, questions and advice for the parties of a cooperation, and what is found."""

from itertools import zip_longest
from typing import TYPE_CHECKING

import pandas as pd

from evaluation.base.markdown import escape
from evaluation.methods.evidence.chapters.frameworks import elements, finding_grid
from evaluation.report import tables
from evaluation.report.provenance import Count, Origin, told
from evaluation.report.report import Report, lower_first
from evaluation.report.tables import Column, Markdown

if TYPE_CHECKING:
    from evaluation.report.figures import Drawing

FINDINGS = "data/raw/findings.csv"
FRAMEWORKS = "data/raw/frameworks.csv"


def side_by_side(report: Report, *families: str) -> Markdown:
    """Lists of the frameworks beside each other, in the order of their document.

    report: from `open_report`; families: ids of frameworks, see `data/raw/families.csv`.
    """
    names = report.read("families").set_index("id")[report.language]
    lists = [elements(report, family)[report.language] for family in families]
    rows = [list(row) for row in zip_longest(*lists, fillvalue="")]
    return tables.pipe_table([Column(names[family], 40) for family in families], rows)


def topics(report: Report, *families: str) -> "Drawing":
    """How many findings of each document are coded with each element of some frameworks.

    report: from `open_report`; families: ids of frameworks, see `data/raw/families.csv`.
    """
    return finding_grid(
        report,
        [
            (element, element["id"], _found(report, element["id"]))
            for family in families
            for _, element in elements(report, family).iterrows()
        ],
    )


def finding_count(report: Report, element: str, document: str, direction: str = "") -> str:
    """How many findings of a document are coded with an element, as a word.

    report: from `open_report`; element: id of one, see `data/raw/frameworks.csv`; document: id of
    one, such as `001`; direction: `promotes`, `hinders` or `mixed`, where empty any.
    """
    found = _found(report, element, document)
    if direction:
        found = found[found["direction"] == direction]
    origin = Origin((element,), FINDINGS, tuple(map(int, found["row"])))
    return report.word(Count(len(found), origin))


def untouched(report: Report, family: str, document: str) -> str:
    """The elements of a framework on which a document has no finding, in quotation marks.

    report: from `open_report`; family: id of a framework, see `data/raw/families.csv`; document: id
    of one, such as `001`.
    """
    table = elements(report, family)
    silent = table[[_found(report, name, document).empty for name in table["id"]]]
    items = [
        report.texts("evidence.capacity.quoted", name=lower_first(name))
        for name in silent[report.language]
    ]
    rows = tuple(map(int, silent["row"]))
    count = Count(len(silent), Origin(tuple(silent["id"]), FRAMEWORKS, rows))
    return told(report.texts.enumeration(items), count)


def own_findings(report: Report, family: str, document: str) -> Markdown:
    """What a document says of the elements of a framework, under those it is coded with.

    report: from `open_report`; family: id of a framework, see `data/raw/families.csv`; document: id
    of one, such as `001`.

    A finding that is coded with several of them stands once, under their names together.
    """
    names = elements(report, family).set_index("id")[report.language]
    findings = report.read("findings")
    mine = findings[findings["document"] == document]
    groups: dict[tuple[str, ...], list[str]] = {}
    for _, finding in mine.iterrows():
        coded = finding["elements"].split(";")
        about = tuple(element for element in names.index if element in coded)
        if about:
            groups.setdefault(about, []).append(_bullet(report, finding))
    blocks = []
    for about in sorted(groups, key=lambda group: [list(names.index).index(i) for i in group]):
        joined = [names[about[0]], *(lower_first(names[element]) for element in about[1:])]
        heading = escape(report.texts.enumeration(joined))
        place = "-".join(about).replace("_", "-")
        blocks.append(f"### {heading} {{#own-{place} .unnumbered}}")
        blocks.append("\n".join(groups[about]))
    return Markdown("\n\n".join(blocks))


def _bullet(report: Report, finding: pd.Series) -> str:
    source = report.texts(
        "evidence.capacity.source",
        section=finding["section"],
        direction=report.texts(f"evidence.directions.{finding['direction']}"),
        basis=report.texts(f"evidence.bases.{finding['basis']}"),
    )
    return f"- {escape(finding[report.language])} [({escape(source)})]{{.source}}"


def _found(report: Report, element: str, document: str = "") -> pd.DataFrame:
    """The findings coded with an element: those of one document, or of all."""
    codings, findings = report.read("codings"), report.read("findings")
    wanted = codings.loc[codings["element"] == element, "finding"]
    found = findings[findings["id"].isin(wanted)]
    return found[found["document"] == document] if document else found
