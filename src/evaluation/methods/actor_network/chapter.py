"""The actor network: who works with whom, how far it holds together, and through whom.

Actors that may not be named never appear by name: they have no row, and in the figure no label.
"""

from functools import partial
from typing import Any

import pandas as pd

from evaluation.base.frames import each_row, labelled
from evaluation.methods import items
from evaluation.methods.actor_network.scores import CENTRALISATION, PLACES, RATINGS
from evaluation.report import formats
from evaluation.report.figures import Drawing
from evaluation.report.figures.network import network
from evaluation.report.provenance import Origin, told
from evaluation.report.report import Report
from evaluation.report.shares import Share
from evaluation.report.tables import Column, Markdown

NAME = "actor_network"
RAW = "ties"


# figures
# the method's own words
_text = partial(formats.text, method=NAME)
_column = partial(formats.column, method=NAME)


def drawing(report: Report) -> Drawing:
    """Who works with whom; the more partners, the larger, and the closer, the thicker.

    report: from `open_report`.
    """
    actors, ties = _drawn(report)
    partners = _partners(report)
    nodes = [
        (str(row.node), _actor_name(row.actor), row.sector, len(partners[row.node]))
        for row in each_row(actors)
    ]
    edges = [
        (str(row.a), str(row.b), None if pd.isna(row.closeness) else int(row.closeness), False)
        for row in each_row(ties)
    ]
    positions = {str(row.node): (float(row.x), float(row.y)) for row in each_row(actors)}
    groups = {code: label for code, label in _sectors(report).items() if code in set(actors.sector)}
    return network(nodes, edges, positions, groups, report.texts)


# tables


def actors(report: Report) -> Markdown:
    """The actors that may be named, and with whom of the others in the figure they work.

    report: from `open_report`.
    """
    drawn, _ = _drawn(report)
    names = {row.node: _actor_name(row.actor) for row in each_row(drawn)}
    partners = _partners(report)
    rows = [
        [
            row.actor,
            _sectors(report)[row.sector],
            report.number(len(partners[row.node])),
            _listed(report, [names[other] for other in partners[row.node]]),
        ]
        for row in each_row(drawn)
        if names[row.node]
    ]
    columns = [
        _column(report, "actor", 24),
        _sector_column(report, 24),
        _column(report, "partners", 12, numeric=True),
        _column(report, "works_with", 40),
    ]
    return formats.table(report, columns, rows, RAW)


def brokers(report: Report) -> Markdown:
    """Through whom the others reach each other, the strongest first.

    report: from `open_report`.
    """
    rows = [
        [
            row.actor,
            _sectors(report)[row.sector],
            report.number(int(row.partners)),
            formats.decimal(report, row.betweenness),
            _yes_or_no(report, row.articulation),
        ]
        for row in each_row(report.read("actor_network_brokers"))
    ]
    columns = [
        _column(report, "actor", 28),
        _sector_column(report, 26),
        _column(report, "partners", 12, numeric=True),
        _column(report, "betweenness", 14, numeric=True),
        _column(report, "articulation", 20),
    ]
    return formats.table(report, columns, rows, RAW)


def measures(report: Report) -> Markdown:
    """Figures on the network as a whole, with what they may be whatever the silent would say.

    report: from `open_report`.
    """
    rows = [
        [
            _text(report, f"measures.{row.measure}"),
            _value(report, row),
            _range(report, row),
            report.number(int(row.actors)),
        ]
        for row in each_row(report.read("actor_network_measures"))
    ]
    columns = [
        _column(report, "measure", 44),
        _column(report, "value", 20),
        _column(report, "range", 24),
        _column(report, "actors", 12, numeric=True),
    ]
    return formats.table(report, columns, rows, RAW)


def ratings(report: Report) -> Markdown:
    """The mean of what the others say of each actor that may be named, and how many said it.

    report: from `open_report`.
    """
    table = report.read("actor_network_ratings")
    rows = []
    for actor, of_actor in labelled(table.groupby("actor", sort=False)):
        by_rating = {row.rating: row for row in each_row(of_actor)}
        cells = [
            cell
            for rating in RATINGS
            for cell in (
                _mean(report, by_rating[rating]),
                formats.number(report, by_rating[rating].raters),
            )
        ]
        rows.append([actor, *cells])
    columns = [_column(report, "actor", 28)]
    for rating in RATINGS:
        columns.append(Column(items.label(report, NAME, rating), 18, numeric=True))
        columns.append(_column(report, "raters", 12, numeric=True))
    return formats.table(report, columns, rows, RAW)


# sentences


def density(report: Report) -> str:
    """How many pairs of actors work together, and how many it may be at the most.

    report: from `open_report`.
    """
    row = _measure(report, "density_undirected")
    share = _share(report, row)
    if not row.actors:
        return _text(report, "density.none")
    if share.hidden:
        return _text(report, "density.hidden")
    if not share.n:
        return _text(report, "density.none")
    sentences = [_text(report, "density.told", share=share.full)]
    if row.silence == "bounded":
        hidden = pd.isna(row.highest)
        fields = {} if hidden else {"highest": formats.percentage(report, row.highest)}
        sentences.append(_text(report, "density.open" if hidden else "density.bounded", **fields))
    return told(" ".join(sentences), share.k)


def held_together(report: Report) -> str:
    """How many actors are in the largest part that holds together, in smaller ones, and alone.

    report: from `open_report`.
    """
    table = report.read("actor_network_components")
    shares = {row.place: _share(report, row) for row in each_row(table)}
    if not _measure(report, "components").actors:
        return _text(report, "density.none")
    if all(share.hidden for share in shares.values()):
        return _text(report, "places.hidden")
    fields = {place: shares[place].full for place in PLACES}
    return told(_text(report, "places.told", **fields), *(share.k for share in shares.values()))


def between(report: Report) -> str:
    """Through whom most of the shortest paths run, and without whom the network falls apart.

    report: from `open_report`.
    """
    table = report.read("actor_network_brokers")
    if table.empty:
        return _text(report, "between.nobody")
    most = table["betweenness"].max()
    sentences = []
    if most > 0:
        names = report.texts.enumeration(list(table["actor"][table["betweenness"] == most]))
        fields = {"actors": names, "value": formats.decimal(report, most)}
        sentences.append(_text(report, "between.strongest", **fields))
    else:
        sentences.append(_text(report, "between.none"))
    holding = list(table["actor"][table["articulation"]])
    if holding:
        names = report.texts.enumeration(holding)
        sentences.append(_text(report, "between.holding", actors=names))
    return formats.sourced(" ".join(sentences), RAW)


def silent(report: Report) -> str:
    """A sentence on what is unknown because actors did not answer; empty where nothing is.

    report: from `open_report`.
    """
    silence = report.read("actor_network_measures")["silence"]
    return "" if (silence == "none").all() else _text(report, "silent")


def shown(report: Report) -> str:
    """Who is in the figure: everybody, or those that may be named.

    report: from `open_report`.
    """
    named = report.folder.config().min_cell > 1
    return _text(report, "shown.named" if named else "shown.everybody")


# what they share


def _drawn(report: Report) -> tuple[pd.DataFrame, pd.DataFrame]:
    return report.read("actor_network_actors"), report.read("actor_network_ties")


def _partners(report: Report) -> dict[int, list[int]]:
    """Node -> the nodes that it is tied to."""
    nodes, ties = _drawn(report)
    found: dict[int, list[int]] = {node: [] for node in nodes["node"]}
    for a, b in zip(ties["a"], ties["b"], strict=True):
        found[a].append(b)
        found[b].append(a)
    return {node: sorted(others) for node, others in found.items()}


def _actor_name(actor: Any) -> str:
    """The name of an actor, empty where it may not be named."""
    return "" if pd.isna(actor) else str(actor)


def _listed(report: Report, names: list[str]) -> str:
    """Names, and how many more there are that may not be told."""
    known = [name for name in names if name]
    unnamed = len(names) - len(known)
    if unnamed:
        known.append(_text(report, "unnamed", n=report.number(unnamed)))
    return "; ".join(known) or report.texts("not_available")


def _measure(report: Report, name: str) -> Any:
    table = report.read("actor_network_measures")
    return next(row for row in each_row(table) if row.measure == name)


def _share(report: Report, row: Any) -> Share:
    k, n = (None if pd.isna(value) else int(value) for value in (row.k, row.n))
    about = getattr(row, "measure", None) or row.place
    return Share(k, n, report.texts, origin=Origin((about,), f"data/raw/{RAW}.csv"))


def _value(report: Report, row: Any) -> str:
    if pd.isna(row.value):
        return report.texts("hidden" if row.suppressed and row.actors else "not_available")
    if row.measure in CENTRALISATION:
        return formats.decimal(report, row.value)
    return report.number(int(row.k)) if row.measure == "components" else _share(report, row).full


def _range(report: Report, row: Any) -> str:
    """What a figure may be, whatever the actors that did not answer would have said."""
    if pd.isna(row.value) or row.silence == "none":
        hidden = pd.isna(row.value) and row.suppressed and row.actors
        return report.texts("hidden" if hidden else "not_available")
    if row.silence == "open":
        return _text(report, "unknown")
    if pd.isna(row.highest):
        return report.texts("hidden")
    one = formats.number if row.measure == "components" else formats.percentage
    return report.texts.span(one(report, row.lowest), one(report, row.highest))


def _mean(report: Report, row: Any) -> str:
    if pd.isna(row.mean):
        return report.texts("hidden" if row.suppressed else "not_available")
    return formats.decimal(report, row.mean, 1)


def _yes_or_no(report: Report, value: bool) -> str:
    return items.options(report, NAME, "named")["true" if value else "false"]


def _sectors(report: Report) -> dict[str, str]:
    return items.options(report, NAME, "sector")


def _sector_column(report: Report, width: int) -> Column:
    return Column(items.label(report, NAME, "sector"), width)
