"""Elements of frameworks with the findings that are coded under them.

A number of findings leads to these findings in the chapter that lists them. What stands under
an element of one framework, such as the advice for a phase, is gathered with it.
"""

from dataclasses import replace

import pandas as pd

from evaluation import figures, tables
from evaluation.evidence import by_theme
from evaluation.figures import Drawing
from evaluation.provenance import Count, Origin
from evaluation.report import Report
from evaluation.tables import Column, Markdown
from evaluation.views.evidence import FINDINGS, LISTING
from evaluation.views.frameworks import elements

ORDER = ("promotes", "mixed", "hinders")  # from best to worst


def count(report: Report, *names: str, **where: str) -> str:
    """How many findings there are on elements, or on all elements of families, and on what
    stands under them; of those that have some values: `direction="hinders"`.

    Raises KeyError for a name that is neither an element nor a family.
    """
    return report.number(_counted(report, names, where))


def share(report: Report, part: str, *names: str) -> str:
    """How many of these findings have a direction, out of all of them: `19 of 23`."""
    some, whole = _counted(report, names, {"direction": part}), _counted(report, names, {})
    return report.share_of(some, whole).count_of_n


def by_direction(report: Report, family: str) -> Drawing:
    """The findings on each element of a framework and on what stands under it, by direction."""
    counted = by_theme(report.read("codings"), _groups(report, family))
    counted = counted.groupby("theme")[list(ORDER)].sum()
    words = [report.texts(f"elements.directions.{direction}") for direction in ORDER]
    rows, described = [], []
    for _, element in elements(report, family).iterrows():
        counts = [int(count) for count in counted.loc[element["id"]]]
        rows.append((element[report.language], [report.share_of(k, sum(counts)) for k in counts]))
        parts = [
            report.texts("alt_item", label=word, value=report.number(k))
            for word, k in zip(words, counts, strict=True)
        ]
        described.append(
            report.texts(
                "elements.alt_row",
                label=element[report.language],
                findings=report.number(sum(counts)),
                parts=", ".join(parts),
            )
        )
    drawing = figures.stacked_bars(rows, words, [False] * len(ORDER), report.texts)
    return replace(drawing, alt=report.texts("elements.alt", items="; ".join(described)))


def nested(report: Report, family: str, below: str) -> Markdown:
    """The elements of a framework, under each those of another that belong to it."""
    children = elements(report, below)
    rows = []
    for _, parent in elements(report, family).iterrows():
        label = f"**{tables.escape(parent[report.language])}**{_note(report, parent)}"
        rows.append([Markdown(label), _found(report, parent["id"])])
        for _, child in children[children["parent"] == parent["id"]].iterrows():
            label = tables.escape(child[report.language])
            rows.append([Markdown(label), _found(report, child["id"])])
    columns = [_column(report, family, 74), _column(report, "found", 26)]
    return tables.pipe_table(columns, rows)


def beside(report: Report, first: str, second: str) -> Markdown:
    """The elements of two frameworks in two columns, each in the order of its document."""
    listed = [_told(report, family) for family in (first, second)]
    length = max(map(len, listed))
    rows = [
        [cells[position] if position < len(cells) else "" for cells in listed]
        for position in range(length)
    ]
    columns = [_column(report, kind, 50) for kind in ("enablers", "barriers")]
    return tables.pipe_table(columns, rows)


def bullets(report: Report, family: str) -> Markdown:
    """The elements of a framework as a list."""
    return Markdown("\n".join(f"- {told.source}" for told in _told(report, family)))


def _told(report: Report, family: str) -> list[Markdown]:
    return [
        Markdown(
            f"{tables.escape(element[report.language])} "
            f"[{_found(report, element['id']).source}]{{.source}}"
        )
        for _, element in elements(report, family).iterrows()
    ]


def _found(report: Report, element: str) -> Markdown:
    """`001: 2, 003: 1`: how many findings a document has on an element, as links to them."""
    counts = report.read("recurrence")
    found = counts[counts["element"] == element]
    if found.empty:
        return Markdown(tables.escape(report.texts("elements.none")))
    links = []
    for row in found.itertuples():
        number = report.texts.number(int(row.findings))
        told = report.texts("elements.found", document=row.document, findings=number)
        place = f"{LISTING}#f-{element.replace('_', '-')}-{row.document}"
        links.append(f"[{tables.escape(told)}]({place})")
    return Markdown(", ".join(links))


def _counted(report: Report, names: tuple[str, ...], where: dict[str, str]) -> Count:
    frameworks, codings = report.read("frameworks"), report.read("codings")
    unknown = set(names) - set(frameworks["id"]) - set(frameworks["family"])
    if unknown:
        raise KeyError(f"neither an element nor a family: {', '.join(sorted(unknown))}")
    meant = frameworks["id"].isin(names) | frameworks["family"].isin(names)
    meant |= frameworks["parent"].isin(frameworks.loc[meant, "id"])
    found = codings[codings["element"].isin(frameworks.loc[meant, "id"])]
    for column, wanted in where.items():
        found = found[found[column] == wanted]
    table = report.read("findings")
    rows = tuple(map(int, table.loc[table["id"].isin(found["finding"]), "row"]))
    about = tuple(found["element"].unique())
    return Count(len(rows), Origin(about, FINDINGS, rows))


def _groups(report: Report, family: str) -> pd.DataFrame:
    """theme: an element of the family; element: it, or one that stands under it."""
    frameworks, own = report.read("frameworks"), elements(report, family)["id"]
    within = frameworks["id"].where(frameworks["id"].isin(own), frameworks["parent"])
    groups = pd.DataFrame({"theme": within, "element": frameworks["id"]})
    return groups[groups["theme"].isin(own)]


def _note(report: Report, element) -> str:
    note = element[f"note_{report.language}"]
    return f". {tables.escape(note)}" if note else ""


def _column(report: Report, name: str, width: int) -> Column:
    return Column(report.texts(f"elements.columns.{name}"), width)
