"""The evidence synthesis: who says what, how it fits the figures, and what is argued from it.

A number of findings in a table leads to these findings in the chapter that lists them.
"""

from typing import TYPE_CHECKING

import networkx as nx
import pandas as pd

from evaluation import tables
from evaluation.evidence import LINK_CLASSES
from evaluation.provenance import Count, Origin, told
from evaluation.raw_tables.evidence import BASES, DIRECTIONS
from evaluation.report import Report, lower_first
from evaluation.tables import Column, Markdown

if TYPE_CHECKING:
    from evaluation.figures import Drawing

FINDINGS = "data/raw/findings.csv"
LINKS = "data/raw/links.csv"
DOCUMENTS = "data/raw/documents.csv"
THEMES = "data/raw/cross_themes.csv"
LISTING = "94_findings.ipynb"


def count(report: Report, **where: str) -> str:
    """How many findings there are, of those that have some values: `document="001"`."""
    table = report.read("findings")
    for column, value in where.items():
        table = table[table[column] == value]
    return report.number(_counted(table, tuple(where.values())))


def element_count(report: Report, *families: str) -> str:
    """How many elements the frameworks (default: all) have."""
    table = report.read("frameworks")
    if families:
        table = table[table["family"].isin(families)]
    return report.number(_counted(table, families, "data/raw/frameworks.csv"))


def joint_count(report: Report, column: str, *classes: str) -> str:
    """How many indicators stand to the findings (column own_class, other_class) in some way."""
    table = report.read("joint_display")
    return report.word(int(table[column].isin(classes).sum()))


def link_count(report: Report, *classes: str) -> str:
    """How many links of the theory of change have some kind of evidence."""
    table = report.read("link_evidence")
    return report.number(_counted(table[table["class"].isin(classes)], classes, LINKS))


def themes_of_all(report: Report) -> str:
    """The themes on which every document has findings, in a sentence."""
    counts = report.read("theme_recurrence").groupby("theme")["document"].nunique()
    documents = len(_documents(report))
    names = _themes(report)[report.language]
    everywhere = [name for theme, name in names.items() if counts.get(theme, 0) == documents]
    return report.texts.enumeration([lower_first(name) for name in everywhere])


def main_theme(report: Report, document: str) -> str:
    """The themes on which a document has the largest number of findings, in a sentence."""
    counts = report.read("theme_recurrence")
    own = counts[counts["document"] == document].set_index("theme")["findings"]
    names = _themes(report)[report.language]
    return report.texts.enumeration([lower_first(names[t]) for t in own.index[own == own.max()]])


def sources(report: Report) -> Markdown:
    """The documents, how many findings they have and what these rest on."""
    findings = report.read("findings")
    rows = []
    for _, document in report.read("documents").iterrows():
        own = findings[findings["document"] == document["id"]]
        bases = [basis for basis in BASES if basis in set(own["basis"])]
        year = Count(
            int(document["year"]), Origin((document["id"],), DOCUMENTS, (document["row"],))
        )
        rows.append(
            [
                document["id"],
                document[f"title_{report.language}"],
                document["author"],
                told(str(int(year)), year),
                report.number(_counted(own, (document["id"],))),
                ", ".join(_basis(report, basis) for basis in bases),
            ]
        )
    columns = [
        _column(report, "number", 7),
        _column(report, "title", 34),
        _column(report, "author", 22),
        _column(report, "year", 7, numeric=True),
        _column(report, "findings", 9, numeric=True),
        _column(report, "bases", 21),
    ]
    return tables.pipe_table(columns, rows)


def theme_figure(report: Report) -> "Drawing":
    """Themes by documents, with the number of findings in each cell."""
    from evaluation.figures.matrix import matrix as grid

    counts, documents = report.read("theme_recurrence"), _documents(report)
    rows = [
        (name, [_sum(counts, theme=theme, document=document) for document in documents])
        for theme, name in _themes(report)[report.language].items()
    ]
    return grid(rows, documents, report.texts)


def themes(report: Report) -> Markdown:
    """What the themes cover, and how many documents have findings on them."""
    counts = report.read("theme_recurrence").groupby("theme")["document"].nunique()
    rows = [
        [
            theme[report.language],
            theme[f"definition_{report.language}"],
            report.number(
                Count(int(counts.get(key, 0)), Origin((key,), THEMES, (int(theme["row"]),)))
            ),
        ]
        for key, theme in _themes(report).iterrows()
    ]
    columns = [
        _column(report, "theme", 26),
        _column(report, "definition", 60),
        _column(report, "documents", 14, numeric=True),
    ]
    return tables.pipe_table(columns, rows)


def theory_of_change(report: Report) -> "Drawing":
    """The links from activities to purposes; the kind of line shows the evidence."""
    from evaluation.figures.diagram import Link, Node, layers

    names = report.read("frameworks").set_index("id")[report.language]
    evidence = report.read("link_evidence")
    graph = nx.from_pandas_edgelist(evidence, "from_element", "to_element", create_using=nx.DiGraph)
    nodes = [
        Node(element, layer, names[element])
        for layer, elements in enumerate(nx.topological_generations(graph))
        for element in elements
    ]
    drawn = [
        Link(row["from_element"], row["to_element"], row["class"]) for _, row in evidence.iterrows()
    ]
    kinds = {kind: report.texts(f"evidence.links.{kind}") for kind in LINK_CLASSES}
    return layers(nodes, drawn, kinds, report.texts)


def matrix(report: Report, *families: str) -> Markdown:
    """Elements and documents: how many findings, each number leading to them, on what basis."""
    frameworks, counts = report.read("frameworks"), report.read("recurrence")
    wanted = frameworks[frameworks["family"].isin(families)]
    documents = _documents(report)
    rows = []
    for _, element in wanted.iterrows():
        found = counts[counts["element"] == element["id"]].set_index("document")
        bases = {basis for joined in found["bases"] for basis in joined.split(";")}
        rows.append(
            [
                element[report.language],
                *(_linked(found, element["id"], document) for document in documents),
                ", ".join(_basis(report, basis) for basis in BASES if basis in bases),
            ]
        )
    columns = [_column(report, "element", 40)]
    columns += [Column(document, 7, numeric=True) for document in documents]
    return tables.pipe_table([*columns, _column(report, "bases", 25)], rows)


def matrices(report: Report) -> Markdown:
    """The matrix of every framework, one section a framework."""
    blocks = []
    for _, family in report.read("families").iterrows():
        heading = f"{family['document']}: {family[report.language]}"
        blocks += [f"### {tables.escape(heading)} {{.unnumbered}}"]
        blocks += [matrix(report, family["id"]).source]
    return Markdown("\n\n".join(blocks))


def joint_display(report: Report) -> Markdown:
    """Each indicator beside the field work of the evaluation and the other documents."""
    rows = []
    for row in report.read("joint_display").itertuples():
        question = report.question(row.question)
        share = report.share(row.question)
        over_all = share.bounds if share.population else report.texts("not_available")
        rows.append(
            [
                report.label(question),
                share.count_of_n,
                over_all,
                _found(report, row, "own"),
                report.texts(f"evidence.classes.{row.own_class}"),
                _found(report, row, "other"),
                report.texts(f"evidence.classes.{row.other_class}"),
            ]
        )
    columns = [
        _column(report, "indicator", 22),
        _column(report, "answers", 11),
        _column(report, "bounds", 16),
        _column(report, "own", 14),
        _column(report, "own_class", 13),
        _column(report, "other", 14),
        _column(report, "other_class", 13),
    ]
    return tables.pipe_table(columns, rows)


def gaps(report: Report) -> Markdown:
    """Elements that research calls decisive and that the evaluation has no finding on."""
    names = report.read("frameworks").set_index("id")[report.language]
    theme_names = _themes(report)[report.language]
    rows = [
        [
            names[row.element],
            theme_names.get(row.theme, report.texts("not_available")),
            _number(report, row.theme_findings),
            _number(report, row.other_documents),
        ]
        for row in report.read("gaps").itertuples()
    ]
    columns = [
        _column(report, "element", 42),
        _column(report, "theme", 28),
        _column(report, "theme_findings", 15, numeric=True),
        _column(report, "other_documents", 15, numeric=True),
    ]
    return tables.pipe_table(columns, rows)


def gap_count(report: Report) -> str:
    """How many elements that research calls decisive the evaluation has no finding on."""
    return report.number(len(report.read("gaps")))


def links(report: Report) -> Markdown:
    """The links of the theory of change, with the findings that carry both ends."""
    names = report.read("frameworks").set_index("id")[report.language]
    rows = [
        [
            names[row["from_element"]],
            names[row["to_element"]],
            row[report.language],
            _number(report, row["own_findings"]),
            _number(report, row["other_findings"]),
            report.texts(f"evidence.links.{row['class']}"),
        ]
        for _, row in report.read("link_evidence").iterrows()
    ]
    columns = [
        _column(report, "from", 18),
        _column(report, "to", 18),
        _column(report, "assumption", 32),
        _column(report, "own_findings", 10, numeric=True),
        _column(report, "other_findings", 10, numeric=True),
        _column(report, "evidence", 14),
    ]
    return tables.pipe_table(columns, rows)


def contributions(report: Report) -> Markdown:
    """Each conclusion with evidence for and against, rival explanations and strength."""
    rows = []
    for _, row in report.read("contributions").iterrows():
        figures = [
            f"{report.label(report.question(name))}: {report.share(name).count_of_n}"
            for name in filter(None, row["figures"].split(";"))
        ]
        evidence = report.texts(
            "evidence.for_and_against",
            own_for=_number(report, row["own_for"]),
            own_against=_number(report, row["own_against"]),
            other_for=_number(report, row["other_for"]),
            other_against=_number(report, row["other_against"]),
        )
        rivals = row[f"rivals_{report.language}"].split(" | ")
        rows.append(
            [
                row[report.language],
                "; ".join(figures) or report.texts("not_available"),
                evidence,
                " ".join(rivals),
                report.texts(f"evidence.strengths.{row['strength']}"),
            ]
        )
    columns = [
        _column(report, "conclusion", 24),
        _column(report, "figures", 18),
        _column(report, "for_and_against", 18),
        _column(report, "rivals", 30),
        _column(report, "strength", 10),
    ]
    return tables.pipe_table(columns, rows)


def findings(report: Report) -> Markdown:
    """Every finding under the element it is most about, with references from the other elements.

    A place `#f-ELEMENT-DOCUMENT` holds what a document says of an element.
    """
    frameworks, table = report.read("frameworks"), report.read("findings").set_index("id")
    codings = report.read("codings")
    blocks = []
    for _, family in report.read("families").iterrows():
        heading = f"{family['document']}: {family[report.language]}"
        blocks.append(f"## {tables.escape(heading)} {{.unnumbered}}")
        for _, element in frameworks[frameworks["family"] == family["id"]].iterrows():
            found = codings[codings["element"] == element["id"]]
            blocks.append(f"### {tables.escape(element[report.language])} {{.unnumbered}}")
            blocks += _of_element(report, element["id"], found, table)
    return Markdown("\n\n".join(blocks))


def _of_element(
    report: Report, element: str, found: pd.DataFrame, table: pd.DataFrame
) -> list[str]:
    """What each document says of an element: findings in full, then references."""
    if found.empty:
        return [tables.escape(report.texts("evidence.no_findings"))]
    blocks = []
    for document, rows in found.groupby("document"):
        lines = []
        for identifier in rows.loc[rows["central"], "finding"]:
            finding = table.loc[identifier]
            place = report.texts("evidence.place", document=document, section=finding["section"])
            direction = report.texts(f"evidence.directions.{finding['direction']}")
            source = tables.escape(f"{place}; {direction}; {_basis(report, finding['basis'])}")
            text = tables.escape(finding[report.language])
            lines.append((text, f"[{source}]{{#{_place(identifier)} .source}}"))
        others = [
            f"[{tables.escape(table.loc[identifier, 'section'])}](#{_place(identifier)})"
            for identifier in rows.loc[~rows["central"], "finding"]
        ]
        if others:
            also = report.texts("evidence.also", document=document)
            lines.append((tables.escape(also), ", ".join(others)))
        # a place without words does not exist on paper
        first, rest = lines[0]
        lines[0] = (f"[{first}]{{#f-{_place(element)}-{document}}}", rest)
        blocks.append("\n".join(f"- {text} {source}" for text, source in lines))
    return blocks


def _linked(found: pd.DataFrame, element: str, document: str) -> str | Markdown:
    if document not in found.index:
        return ""
    number = found.loc[document, "findings"]
    return Markdown(f"[{number}]({LISTING}#f-{_place(element)}-{document})")


def _found(report: Report, row, prefix: str) -> str:
    counts = {
        direction: _number(report, getattr(row, f"{prefix}_{direction}"))
        for direction in DIRECTIONS
    }
    return report.texts("evidence.directions_counted", **counts)


def _counted(table: pd.DataFrame, about: tuple[str, ...], file: str = FINDINGS) -> Count:
    rows = tuple(map(int, table["row"]))
    return Count(len(rows), Origin(about, file, (rows[0], rows[-1]) if rows else ()))


def _sum(counts: pd.DataFrame, theme: str, document: str) -> int:
    rows = counts[(counts["theme"] == theme) & (counts["document"] == document)]
    return int(rows["findings"].sum())


def _themes(report: Report) -> pd.DataFrame:
    return report.read("cross_themes").set_index("id")


def _documents(report: Report) -> list[str]:
    return report.read("documents")["id"].tolist()


def _basis(report: Report, basis: str) -> str:
    return report.texts(f"evidence.bases.{basis}")


def _number(report: Report, value) -> str:
    return report.texts.number(int(value))


def _column(report: Report, name: str, width: int, numeric: bool = False) -> Column:
    return Column(report.texts(f"evidence.columns.{name}"), width, numeric)


def _place(identifier: str) -> str:
    return identifier.replace("_", "-")
