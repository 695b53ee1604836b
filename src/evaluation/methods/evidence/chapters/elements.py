"""Elements of frameworks with the findings that are coded under them.

A number of findings leads to these findings in the chapter that lists them. What stands under
an element of one framework, such as the advice for a phase, is gathered with it.
"""

from dataclasses import replace
from itertools import zip_longest
from typing import Any

import pandas as pd

from evaluation.base.markdown import escape
from evaluation.methods.evidence.chapter import FINDINGS, LISTING, document_name
from evaluation.methods.evidence.chapters.frameworks import FILE, elements
from evaluation.report import figures, tables
from evaluation.report.figures import Drawing
from evaluation.report.provenance import Count, Origin, Placed, placed, told
from evaluation.report.report import Report
from evaluation.report.tables import Cell, Column, Markdown

DIRECTIONS = ("promotes", "mixed", "hinders")  # from best to worst


def count(report: Report, *names: str, **where: str) -> str:
    """How many findings there are on elements, and on what stands under them.

    report: from `open_report`; names: ids of elements, or of families, which stand for all their
    elements; where: values that the findings have, such as `direction="hinders"`. Raises KeyError
    for a name that is neither an element nor a family.
    """
    return report.number(_counted(report, names, where))


def share(report: Report, direction: str, *names: str) -> str:
    """How many of these findings have a direction, out of all of them: `19 of 23`.

    report: from `open_report`; direction: `promotes`, `hinders` or `mixed`; names: as in `count`.
    """
    some = _counted(report, names, {"direction": direction})
    return report.share_of(some, _counted(report, names, {})).count_of_n


def by_direction(report: Report, family: str) -> Drawing:
    """The findings on each element of a framework and on what stands under it, by direction.

    report: from `open_report`; family: id of a framework, see `data/raw/families.csv`.
    """
    words = {name: report.texts(f"evidence.elements.directions.{name}") for name in DIRECTIONS}
    rows, described = [], []
    numbers: list[Placed] = []
    for _, element in elements(report, family).iterrows():
        label = element[report.language]
        whole = _counted(report, (element["id"],), {})
        counts = {
            word: _counted(report, (element["id"],), {"direction": name})
            for name, word in words.items()
        }
        rows.append((label, [report.share_of(number, whole) for number in counts.values()]))
        found = {word: report.number(number) for word, number in counts.items() if number}
        numbers += placed(
            label, report.texts("evidence.elements.columns.all"), [report.number(whole)]
        )
        for word, number in found.items():
            numbers += placed(label, word, [number])
        parts = [
            report.texts("alt_item", label=word, value=number) for word, number in found.items()
        ]
        described.append(
            report.texts(
                "evidence.elements.alt_row",
                label=label,
                findings=report.number(whole),
                parts=", ".join(parts),
            )
        )
    drawing = figures.diverging_bars(rows, list(words.values()), [-1, 0, 1], report.texts)
    alt = report.texts("evidence.elements.alt", items="; ".join(described))
    return replace(drawing, alt=alt, numbers=tuple(numbers))


def nested(report: Report, family: str, below: str) -> Markdown:
    """The elements of a framework, under each those of another that belong to it.

    report: from `open_report`; family: id of a framework, see `data/raw/families.csv`; below: id of
    the other.
    """
    children = elements(report, below)
    parts: list[tuple[str, pd.Series | None]] = []
    for _, parent in elements(report, family).iterrows():
        note = parent[f"note_{report.language}"]
        heading = f"**{escape(parent[report.language])}**"
        parts.append((f"{heading}. {escape(note)}" if note else heading, parent))
        for _, child in children[children["parent"] == parent["id"]].iterrows():
            parts.append((escape(child[report.language]), child))
    return _listed(report, family, parts)


def listed(report: Report, *families: str) -> Markdown:
    """The elements of some frameworks, one below the other, each under its name.

    report: from `open_report`; families: ids of frameworks, see `data/raw/families.csv`.
    """
    names = report.read("families").set_index("id")[report.language]
    parts: list[tuple[str, pd.Series | None]] = []
    for family in families:
        parts.append((f"**{escape(names[family])}**", None))
        for _, element in elements(report, family).iterrows():
            parts.append((escape(element[report.language]), element))
    return _listed(report, "element", parts)


def beside(report: Report, first: str, second: str) -> Markdown:
    """The elements of two frameworks in two columns, each in the order of its document.

    report: from `open_report`; first, second: ids of frameworks, see `data/raw/families.csv`.
    """
    columns = [_column(report, kind, 50) for kind in ("enablers", "barriers")]
    cells: list[list[Cell]] = []
    numbers: list[Placed] = []
    for column, family in zip(columns, (first, second), strict=True):
        cells.append([])
        for _, element in elements(report, family).iterrows():
            links, found = _told(report, element, column)
            label = escape(element[report.language])
            cells[-1].append(Markdown(f"{label} [{links.source}]{{.source}}"))
            numbers += found
    rows = [list(row) for row in zip_longest(*cells, fillvalue="")]
    return replace(tables.pipe_table(columns, rows), numbers=tuple(numbers))


def _listed(report: Report, heading: str, parts: list[tuple[str, pd.Series | None]]) -> Markdown:
    """A table of elements and their findings, a column a document that has some; parts: (Markdown
    of the label, element)."""
    found = [{} if element is None else _found(report, element) for _, element in parts]
    documents = sorted({document for each in found for document in each})
    columns = [
        _column(report, heading, 46),
        *(Column(document_name(report, each), 11, numeric=True) for each in documents),
    ]
    rows: list[list[Cell]] = []
    numbers: list[Placed] = []
    for (label, element), counts in zip(parts, found, strict=True):
        cells: list[Cell] = [
            _link(report.number(counts[each]), element, each) if each in counts else ""
            for each in documents
        ]
        if element is not None and documents and not counts:
            cells[0] = report.texts("evidence.elements.none")
        rows.append([Markdown(label), *cells])
        for column, document in zip(columns[1:], documents, strict=True):
            if element is not None and document in counts:
                value = report.number(counts[document])
                numbers += placed(element[report.language], column.heading, [value])
    return replace(tables.pipe_table(columns, rows), numbers=tuple(numbers))


def _told(report: Report, element: Any, column: Column) -> tuple[Markdown, tuple[Placed, ...]]:
    """`VIVE: 2, VIVE/RUC: 1`: how many findings a document has on an element, as links to them."""
    found = _found(report, element)
    if not found:
        return Markdown(escape(report.texts("evidence.elements.none"))), ()
    links, values = [], []
    for document, number in found.items():
        value = report.texts(
            "evidence.elements.found",
            document=document_name(report, document),
            findings=report.number(number),
        )
        links.append(_link(value, element, document).source)
        values.append(told(value, number))
    return Markdown(", ".join(links)), placed(element[report.language], column.heading, values)


def _found(report: Report, element: Any) -> dict[str, Count]:
    """How many findings on an element each document has that has some."""
    codings = report.read("codings")
    documents = codings.loc[codings["element"] == element["id"], "document"].unique()
    return {
        document: _findings(report, [element["id"]], {"document": document})
        for document in sorted(documents)
    }


def _link(text: str, element: Any, document: str) -> Markdown:
    """A link to what a document says of an element."""
    place = f"{LISTING}#f-{element['id'].replace('_', '-')}-{document}"
    return Markdown(f"[{escape(text)}]({place})")


def _counted(report: Report, names: tuple[str, ...], where: dict[str, str]) -> Count:
    frameworks = report.read("frameworks")
    unknown = set(names) - set(frameworks["id"]) - set(frameworks["family"])
    if unknown:
        raise KeyError(f"neither an element nor a family: {', '.join(sorted(unknown))}")
    meant = frameworks["id"].isin(names) | frameworks["family"].isin(names)
    meant |= frameworks["parent"].isin(frameworks.loc[meant, "id"])
    return _findings(report, frameworks.loc[meant, "id"], where)


def _findings(report: Report, among: Any, where: dict[str, str]) -> Count:
    """How many findings are coded with some elements; one with several of them counts once. Where
    there are none, the elements themselves are the origin."""
    codings, table = report.read("codings"), report.read("findings")
    found = codings[codings["element"].isin(among)]
    for column, wanted in where.items():
        found = found[found[column] == wanted]
    rows = tuple(map(int, table.loc[table["id"].isin(found["finding"]), "row"]))
    if not rows:
        meant = report.read("frameworks").set_index("id").loc[list(among), "row"]
        return Count(0, Origin(tuple(among), FILE, tuple(map(int, meant))))
    return Count(len(rows), Origin(tuple(found["element"].unique()), FINDINGS, rows))


def _column(report: Report, name: str, width: int) -> Column:
    return Column(report.texts(f"evidence.elements.columns.{name}"), width)
