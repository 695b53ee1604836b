"""The evidence synthesis: who says what, how it fits the figures, and what is argued from it.

A number of findings in a table leads to these findings in the chapter that lists them.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import networkx as nx
import pandas as pd

from evaluation.base.frames import each_row, labelled
from evaluation.base.markdown import escape
from evaluation.methods.evidence.scores import (
    CLASSES,
    COUNTED,
    LINK_CLASSES,
    POINTS,
    READINGS,
    STRENGTHS,
)
from evaluation.methods.evidence.tables import BASES, DIRECTIONS
from evaluation.report import formats, tables
from evaluation.report.provenance import Count, Origin, Placed, origin_of, placed, told
from evaluation.report.report import Report, lower_first
from evaluation.report.sources import short_name
from evaluation.report.tables import Cell, Column, Markdown

if TYPE_CHECKING:
    from evaluation.report.figures import Drawing

FINDINGS = "data/raw/findings.csv"
FRAMEWORKS = "data/raw/frameworks.csv"
LINKS = "data/raw/links.csv"
CONCLUSIONS = "data/raw/conclusions.csv"
DOCUMENTS = "data/raw/documents.csv"
THEMES = "data/raw/cross_themes.csv"
LISTING = "94_findings.ipynb"
SIGNS = {"promotes": "+", "hinders": "−", "mixed": "±"}
# the method's own words
_column = partial(formats.column, method="evidence")


def count(report: Report, **where: str) -> str:
    """How many findings there are, of those that have some values.

    report: from `open_report`; where: column and value, such as `document="001"`.
    """
    table = report.read("findings")
    for column, value in where.items():
        table = table[table[column] == value]
    return report.number(_counted(table, tuple(where.values())))


def entered(report: Report) -> str:
    """A sentence that says so where no finding has been entered; empty where some have.

    report: from `open_report`.
    """
    return "" if len(report.read("findings")) else report.texts("evidence.nothing_entered")


def element_count(report: Report, *families: str) -> str:
    """How many elements the frameworks (default: all) have.

    report: from `open_report`; families: ids of frameworks, see `data/raw/families.csv`.
    """
    table = report.read("frameworks")
    if families:
        table = table[table["family"].isin(families)]
    return report.number(_counted(table, families, FRAMEWORKS))


def joint_split(report: Report, column: str) -> str:
    """How many indicators stand to the findings in which way, or read how, in a sentence: `eight
    agreeing, seven complementing`.

    report: from `open_report`; column: `own_class` or `other_class` for the findings of the own
    document or of the others, `reading` for how figures read.
    """
    table = report.read("joint_display")
    shares = [report.share(question).k for question in table["question"]]
    origin = origin_of(*shares) or Origin()
    group, kinds = ("readings", READINGS) if column == "reading" else ("classes", CLASSES)
    return _split(report, table[column], origin, {kind: f"{group}.{kind}" for kind in kinds})


def compared(report: Report) -> str:
    """A sentence on how the findings stand to the figures, or that there are no figures.

    report: from `open_report`.
    """
    if report.read("joint_display").empty:
        return report.texts("evidence.compared.none")
    split = {side: joint_split(report, f"{side}_class") for side in ("own", "other")}
    return told(report.texts("evidence.compared.some", **split), *split.values())


def link_split(report: Report) -> str:
    """How many links of the theory of change have which kind of evidence, in a sentence.

    report: from `open_report`.
    """
    table = report.read("link_evidence")
    names = {kind: f"links.{kind}" for kind in LINK_CLASSES}
    return _split(report, table["class"], _counted(table, (), LINKS).origin, names)


def evidenced(report: Report) -> str:
    """A sentence on the evidence on the links, or that there are none.

    report: from `open_report`.
    """
    return _sentence(report, "evidenced", "link_evidence", link_split)


def strength_split(report: Report) -> str:
    """How many conclusions have which strength, in a sentence.

    report: from `open_report`.
    """
    table = report.read("contributions")
    names = {kind: f"strengths.{kind}" for kind in STRENGTHS}
    return _split(report, table["strength"], _counted(table, (), CONCLUSIONS).origin, names)


def argued(report: Report) -> str:
    """A sentence on the strength of the conclusions, or that there are none.

    report: from `open_report`.
    """
    return _sentence(report, "argued", "contributions", strength_split)


def themes_of_all(report: Report) -> str:
    """On how many of the themes every document has findings: `18 of 20`.

    report: from `open_report`.
    """
    told_by, documents = _told_by(report), _documents(report)
    everywhere = [theme for theme, found in told_by.items() if len(found) == len(documents)]
    whole = _counted(_themes(report), (), THEMES)
    return report.share_of(Count(len(everywhere), whole.origin), whole).count_of_n


def themes_missed(report: Report) -> str:
    """For each document that has no findings on some themes, a sentence that names them; empty
    where there is none.

    report: from `open_report`.
    """
    told_by, rows = _told_by(report), report.read("documents").set_index("id")["row"]
    said, behind = [], []
    for document in _documents(report):
        missed = [theme for theme, found in told_by.items() if document not in found]
        if missed:
            names = _enumerated(report, missed)
            called = document_name(report, document)
            said.append(report.texts("evidence.themes_missed", document=called, themes=names))
            behind.append(Count(0, Origin((document,), DOCUMENTS, (int(rows[document]),))))
    return told(" ".join(said), *behind)


def themes_of_one(report: Report) -> str:
    """A sentence on the themes that only one document has findings on.

    report: from `open_report`.
    """
    alone = [theme for theme, found in _told_by(report).items() if len(found) == 1]
    key = f"evidence.themes_of_one.{'some' if alone else 'none'}"
    text = report.texts(key, themes=_enumerated(report, alone) if alone else "")
    return told(text, _counted(_themes(report), (), THEMES))


def main_theme(report: Report, document: str) -> str:
    """What a document has the largest number of findings on: `most findings on “anchoring”`.

    report: from `open_report`; document: id of one, such as `001`.
    """
    counts = report.read("theme_recurrence")
    own = counts[counts["document"] == document].set_index("theme")["findings"]
    first = own.index[own == own.max()].tolist()
    text = report.texts("evidence.main_theme", themes=_enumerated(report, first))
    return told(text, *(_on(report, theme, document) for theme in first))


def sources(report: Report) -> Markdown:
    """The documents, what kind they are, how many findings they have and what these rest on.

    report: from `open_report`.
    """
    findings = report.read("findings")
    rows: list[list[Cell]] = []
    for _, document in report.read("documents").iterrows():
        own = findings[findings["document"] == document["id"]]
        bases = [basis for basis in BASES if basis in set(own["basis"])]
        place = Count(0, Origin((document["id"],), DOCUMENTS, (int(document["row"]),)))
        title, kind = document[f"title_{report.language}"], document[report.language]
        rows.append(
            [
                document_name(report, document["id"]),
                told(f"{document['author']}, {document['year']}", place),
                Markdown(f"{escape(title)}. *{escape(kind)}*"),
                report.number(_counted(own, (document["id"],))),
                ", ".join(_basis(report, basis) for basis in bases),
            ]
        )
    columns = [
        _column(report, "document", 14),
        _column(report, "author", 18),
        _column(report, "title_kind", 43),
        _column(report, "findings", 9, numeric=True),
        _column(report, "bases", 16),
    ]
    return formats.told_table(report, columns, rows)


def theme_figure(report: Report) -> "Drawing":
    """Themes by documents, with the number of findings in each cell.

    report: from `open_report`.
    """
    from evaluation.report.figures.matrix import matrix as grid

    documents, rows = _documents(report), []
    called = [document_name(report, document) for document in documents]
    numbers: list[Placed] = []
    for theme, row in labelled(_themes(report).iterrows()):
        counts = [_on(report, theme, name) for name in documents]
        rows.append((row[report.language], counts))
        for name, number in zip(called, counts, strict=True):
            numbers += placed(row[report.language], name, [report.number(number)])
    return replace(grid(rows, called, report.texts), numbers=tuple(numbers))


def themes(report: Report) -> Markdown:
    """What the themes cover.

    report: from `open_report`.
    """
    rows = [
        [theme[report.language], theme[f"definition_{report.language}"]]
        for _, theme in _themes(report).iterrows()
    ]
    columns = [_column(report, "theme", 34), _column(report, "definition", 66)]
    return formats.told_table(report, columns, rows)


def theory_of_change(report: Report) -> "Drawing":
    """The links from activities to purposes; the kind of line shows the evidence.

    report: from `open_report`.
    """
    from evaluation.report.figures.diagram import Link, Node, layers

    names = report.read("frameworks").set_index("id")[report.language]
    evidence = report.read("link_evidence")
    if evidence.empty:
        return layers([], [], {}, report.texts)
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
    described = []
    for kind, name in kinds.items():
        links = [
            report.texts("evidence.link", source=names[link.source], target=names[link.target])
            for link in drawn
            if link.kind == kind
        ]
        if links:
            described.append(report.texts("alt_item", label=name, value=", ".join(links)))
    alt = report.texts("evidence.theory_alt", items="; ".join(described))
    return replace(layers(nodes, drawn, kinds, report.texts), alt=alt)


def matrix(report: Report, *families: str, listing: str = LISTING) -> Markdown:
    """Elements and documents: how many findings, each number leading to them, on what basis.

    report: from `open_report`; families: ids of frameworks, see `data/raw/families.csv`; listing:
    the file of the chapter that lists the findings, empty for the chapter itself.
    """
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
                *(_linked(found, element["id"], document, listing) for document in documents),
                ", ".join(_basis(report, basis) for basis in BASES if basis in bases),
            ]
        )
    columns = [_column(report, "element", 40)]
    columns += [Column(document_name(report, each), 9, numeric=True) for each in documents]
    return formats.told_table(report, [*columns, _column(report, "bases", 25)], rows)


def matrices(report: Report, listing: str = LISTING, level: int = 3) -> Markdown:
    """The matrix of every framework, a section a document and below it one a framework.

    report: from `open_report`; listing: see `matrix`; level: of the headings of the documents.
    """
    families, blocks = report.read("families"), []
    for _, document in report.read("documents").iterrows():
        blocks += _opening(document, "#" * level, f"matrix-{document['id']}", report)
        for _, family in families[families["document"] == document["id"]].iterrows():
            place = f"matrix-{_place(family['id'])}"
            heading = escape(family[report.language])
            blocks += [
                f"{'#' * (level + 1)} {heading} {{#{place} .unnumbered}}",
                matrix(report, family["id"], listing=listing).source,
            ]
    return _blocks(report, blocks)


def joint_display(report: Report) -> Markdown:
    """Each indicator beside the field work of the evaluation and the other documents.

    report: from `open_report`.
    """
    rows = []
    for row in each_row(report.read("joint_display")):
        share = report.share(row.question)
        reading = report.texts(f"evidence.readings.{row.reading}")
        rows.append(
            [
                report.label(report.question(row.question)),
                told(f"{share.count_of_n}, {reading}", share.k),
                _relation(report, row, "own"),
                _relation(report, row, "other"),
            ]
        )
    columns = [
        _column(report, "indicator", 31),
        _column(report, "figure", 21),
        _column(report, "own", 24),
        _column(report, "other", 24),
    ]
    return formats.told_table(report, columns, rows)


def gaps(report: Report) -> Markdown:
    """Elements that research calls decisive and that the evaluation has no finding on; those
    whose theme it says least about first.

    report: from `open_report`.
    """
    elements = report.read("frameworks").set_index("id")
    theme_names = _themes(report)[report.language]
    rows = []
    for row in each_row(report.read("gaps").sort_values("theme_findings", kind="stable")):
        place = (row.element, int(elements.loc[row.element, "row"]))
        rows.append(
            [
                elements.loc[row.element, report.language],
                theme_names.get(row.theme, report.texts("not_available")),
                report.number(_behind(report, row.theme_ids.split(";"), place)),
                report.number(
                    _behind(report, row.other_ids.split(";"), place, row.other_documents)
                ),
            ]
        )
    columns = [
        _column(report, "element", 42),
        _column(report, "theme", 30),
        _column(report, "theme_findings", 14, numeric=True),
        _column(report, "other_documents", 14, numeric=True),
    ]
    return formats.told_table(report, columns, rows)


def gap_share(report: Report, *families: str) -> str:
    """How many of the elements of some frameworks the evaluation has no finding on: `5 of 21`.

    report: from `open_report`; families: ids of frameworks, see `data/raw/families.csv`.
    """
    table = report.read("frameworks")
    among = table[table["family"].isin(families)]
    missing = int(report.read("gaps")["element"].isin(among["id"]).sum())
    whole = _counted(among, families, FRAMEWORKS)
    return report.share_of(Count(missing, whole.origin), whole).count_of_n


def links(report: Report) -> Markdown:
    """The links of the theory of change, their classes and the passages about each.

    report: from `open_report`.
    """
    names = report.read("frameworks").set_index("id")[report.language]
    counted = ("own_supports", "other_supports", "contradicts", "mixed", "aims")
    rows = []
    for _, row in report.read("link_evidence").iterrows():
        ends = {"source": names[row["from_element"]], "target": names[row["to_element"]]}
        found = _passages_counted(report, row, counted, "relations", "link")
        kind = report.texts(f"evidence.links.{row['class']}")
        rows.append(
            [
                report.texts("evidence.link_arrow", **ends),
                row[report.language],
                [kind, *filter(None, [found])],
            ]
        )
    columns = [
        _column(report, "link", 36),
        _column(report, "assumption", 40),
        _column(report, "evidence", 24),
    ]
    return formats.told_table(report, columns, rows)


def contributions(report: Report) -> Markdown:
    """Each conclusion with claims for and against it, what points it has, and its strength.

    report: from `open_report`.
    """
    rows = []
    for _, row in report.read("contributions").iterrows():
        points = [
            report.texts(f"evidence.points.{point}")
            for point in filter(None, row["points"].split(";"))
        ]
        evidence = _passages_counted(report, row, COUNTED, "claims", "conclusion")
        rows.append(
            [
                row[report.language],
                evidence or report.texts("not_available"),
                ", ".join(points) or report.texts("not_available"),
                report.texts(f"evidence.strengths.{row['strength']}"),
            ]
        )
    columns = [
        _column(report, "conclusion", 42),
        _column(report, "for_and_against", 22),
        _column(report, "points", 21),
        _column(report, "strength", 15),
    ]
    return formats.told_table(report, columns, rows)


def relations(report: Report) -> Markdown:
    """Every passage about a link of the theory of change, under the link.

    report: from `open_report`.
    """
    return _passages(report, "link_evidence", "relations", "link")


def claims(report: Report) -> Markdown:
    """Every passage about what a conclusion claims, under the conclusion.

    report: from `open_report`.
    """
    return _passages(report, "contributions", "claims", "conclusion")


def _passages(report: Report, argued: str, coded: str, about: str) -> Markdown:
    """What is argued, each with its passages; argued, coded: the processed tables; about: the
    column of `coded` that names it."""
    passages, blocks = report.read(coded), []
    for _, row in report.read(argued).iterrows():
        lines = []
        for _, passage in passages[passages[about] == row["id"]].iterrows():
            source = report.texts(
                "evidence.passage",
                document=document_name(report, passage["document"]),
                section=passage["section"],
                direction=report.texts(f"evidence.passage_directions.{passage['direction']}"),
                basis=_basis(report, passage["basis"]),
            )
            lines.append(f"- {escape(passage[report.language])} [{escape(source)}]{{.source}}")
        if lines:
            blocks += [f"**{escape(row[report.language])}**", "\n".join(lines)]
    return _blocks(report, blocks)


def _passages_counted(
    report: Report, row: pd.Series, names: Iterable[str], coded: str, about: str
) -> str:
    """How many passages stand how to a link or a conclusion, without what there is none of."""
    found = report.read(coded)
    found = found[found[about] == row["id"]]
    parts = [
        report.texts(f"evidence.counted.{name}", number=_number(report, row[name]))
        for name in names
        if row[name]
    ]
    return told(", ".join(parts), _counted(found, (row["id"],), f"data/raw/{coded}.csv"))


def strength_rule(report: Report) -> Markdown:
    """The points that a conclusion may have, in words.

    report: from `open_report`.
    """
    return tables.bullets([report.texts(f"evidence.rule.{point}") for point in POINTS])


def rivals(report: Report) -> Markdown:
    """Each conclusion with what else could explain it.

    report: from `open_report`.
    """
    blocks = []
    for _, row in report.read("contributions").iterrows():
        blocks.append(f"**{escape(row[report.language])}**")
        blocks.append(tables.bullets(row[f"rivals_{report.language}"].split(" | ")).source)
    return _blocks(report, blocks)


def findings(report: Report, level: int = 2) -> Markdown:
    """Every finding under the element it is most about, with references from the other elements.

    report: from `open_report`; level: of the headings of the documents.

    A place `#f-ELEMENT-DOCUMENT` holds what a document says of an element.
    """
    frameworks, families = report.read("frameworks"), report.read("families")
    table = {row["id"]: row for row in report.read("findings").to_dict("records")}
    called = {document: document_name(report, document) for document in _documents(report)}
    codings = dict(labelled(report.read("codings").groupby("element")))
    blocks = []
    for _, document in report.read("documents").iterrows():
        blocks += _opening(document, "#" * level, f"findings-{document['id']}", report)
        for _, family in families[families["document"] == document["id"]].iterrows():
            below = "#" * (level + 1)
            blocks.append(f"{below} {escape(family[report.language])} {{.unnumbered}}")
            for _, element in frameworks[frameworks["family"] == family["id"]].iterrows():
                found = codings.get(element["id"])
                blocks.append(f"{below}# {escape(element[report.language])} {{.unnumbered}}")
                blocks.append(_of_element(report, element["id"], found, table, called))
    return _blocks(report, blocks)


def _of_element(
    report: Report,
    element: str,
    found: pd.DataFrame | None,
    table: Mapping[str, Mapping[Hashable, Any]],
    called: Mapping[str, str],
) -> str:
    """What each document says of an element: findings in full, then references.

    found: which findings are about it, None where there are none; table: every finding by its id;
    called: what each document is called.
    """
    if found is None:
        return escape(report.texts("evidence.no_findings"))
    items = []
    for document, rows in labelled(found.groupby("document")):
        lines = []
        for identifier in rows.loc[rows["central"], "finding"]:
            finding, name = table[identifier], called[document]
            place = report.texts("evidence.place", document=name, section=finding["section"])
            direction = report.texts(f"evidence.directions.{finding['direction']}")
            source = escape(f"{place}; {direction}; {_basis(report, finding['basis'])}")
            text = escape(finding[report.language])
            lines.append((text, f"[{source}]{{#{_place(identifier)} .source}}"))
        others = [
            f"[{escape(table[identifier]['section'])}](#{_place(identifier)})"
            for identifier in rows.loc[~rows["central"], "finding"]
        ]
        if others:
            also = escape(report.texts("evidence.also"))
            place = escape(report.texts("evidence.also_in", document=called[document]))
            lines.append((also, f"[{place} {', '.join(others)}]{{.source}}"))
        # a place without words does not exist on paper
        first, rest = lines[0]
        lines[0] = (f"[{first}]{{#f-{_place(element)}-{document}}}", rest)
        items += [f"- {text} {source}" for text, source in lines]
    return "\n".join(items)


def _linked(found: pd.DataFrame, element: str, document: str, listing: str) -> str | Markdown:
    if document not in found.index:
        return ""
    number = found["findings"][document]
    return Markdown(f"[{number}]({listing}#f-{_place(element)}-{document})")


def _opening(document: pd.Series, level: str, place: str, report: Report) -> list[str]:
    """The heading of what belongs to a document, named by who made it, with title and name."""
    title = escape(document[f"title_{report.language}"])
    return [
        f"{level} {escape(document['author'])} {{#{place} .unnumbered}}",
        f"*{title}* [{escape(document_name(report, document['id']))}]{{.source}}",
    ]


def _relation(report: Report, row: Any, prefix: str) -> str:
    """How findings stand to a figure, and in which directions they point: `Agreeing (2+ 1−)`."""
    relation = report.texts(f"evidence.classes.{getattr(row, f'{prefix}_class')}")
    counts = {direction: int(getattr(row, f"{prefix}_{direction}")) for direction in DIRECTIONS}
    if not any(counts.values()):
        return relation
    found = "\u00a0".join(f"{_number(report, k)}{SIGNS[name]}" for name, k in counts.items() if k)
    identifiers = getattr(row, f"{prefix}_ids").split(";")
    return told(f"{relation} ({found})", _behind(report, identifiers))


def _behind(
    report: Report,
    identifiers: Iterable[str],
    place: tuple[Any, ...] = (),
    number: int | None = None,
) -> Count:
    """A number (default: how many) of some findings, or 0 at the place of what has none.

    place: id and row of an element.
    """
    table = report.read("findings")
    found = table[table["id"].isin(list(identifiers))]
    if found.empty:
        return Count(0, Origin(place[:1], FRAMEWORKS, place[1:]))
    counted = _counted(found, tuple(sorted(found["document"].unique())))
    return counted if number is None else Count(number, counted.origin)


def _on(report: Report, theme: str, document: str) -> Count:
    """How many findings a document has on a theme; 0 leads to the theme."""
    among = report.read("theme_elements")
    codings = report.read("codings")
    elements = among.loc[among["theme"] == theme, "element"]
    found = codings[codings["element"].isin(elements) & (codings["document"] == document)]
    if found.empty:
        return Count(0, Origin((theme,), THEMES, (int(_themes(report)["row"][theme]),)))
    return _behind(report, found["finding"])


def _sentence(report: Report, key: str, table: str, split: Callable[[Report], str]) -> str:
    """What a table is split into, in the words below `key`, or that it has no rows."""
    if report.read(table).empty:
        return report.texts(f"evidence.{key}.none")
    parts = split(report)
    return told(report.texts(f"evidence.{key}.some", split=parts), parts)


def _blocks(report: Report, blocks: list[str]) -> Markdown:
    """Blocks below each other, or that there is nothing."""
    nothing = escape(report.texts("instrument_texts.no_rows"))
    return Markdown("\n\n".join(blocks or [nothing]))


def _split(report: Report, found: pd.Series, origin: Origin, names: Mapping[str, str]) -> str:
    """How many there are of each kind that occurs; names: kind -> its text below `evidence`.

    Whatever its number, all rows were looked at: they are the origin.
    """
    parts = [
        f"{report.word(int(number))} {lower_first(report.texts(f'evidence.{name}'))}"
        for kind, name in names.items()
        if (number := (found == kind).sum())
    ]
    return told(report.texts.enumeration(parts), Count(len(found), origin))


def _counted(table: pd.DataFrame, about: tuple[str, ...], file: str = FINDINGS) -> Count:
    return Count(len(table), Origin(about, file, tuple(map(int, table["row"]))))


def _told_by(report: Report) -> dict[str, set[str]]:
    """Theme -> the documents that have findings on it, in the order of the themes."""
    counts = report.read("theme_recurrence")
    found = counts.groupby("theme")["document"].agg(set)
    return {theme: found.get(theme, set()) for theme in _themes(report).index}


def _enumerated(report: Report, themes: list[str]) -> str:
    names = _themes(report)[report.language]
    return report.texts.enumeration(
        [report.texts("evidence.quoted", name=lower_first(names[t])) for t in themes]
    )


def _themes(report: Report) -> pd.DataFrame:
    return report.read("cross_themes").set_index("id")


def document_name(report: Report, document: str) -> str:
    """What a document is called where there is no room for its title.

    report: from `open_report`; document: id of one, such as `001`.
    """
    documents = report.read("documents")
    (row,) = each_row(documents[documents["id"] == document])
    return short_name(row._asdict())


def _documents(report: Report) -> list[str]:
    return report.read("documents")["id"].tolist()


def _basis(report: Report, basis: str) -> str:
    return report.texts(f"evidence.bases.{basis}")


def _number(report: Report, value: Any) -> str:
    return report.texts.number(int(value))


def _place(identifier: str) -> str:
    return identifier.replace("_", "-")
