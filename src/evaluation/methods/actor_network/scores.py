"""The actor network: who works with whom, through whom, and what they think of each other.

Each actor that answered said with whom it works, so a tie has a direction, from the one who
says so. Two actors are tied where at least one of them says so. What an actor that did not
answer would have said is unknown; what others say of it is known.

Privacy:
- An actor that may not be named has no row of its own, and is drawn without its id.
- With a threshold above 1, single actors are shown only in the network among those that may be
  named, so that nothing shown of them rests on the others; what an actor thinks of another is
  not shown at all, only means over more than min_cell actors.
- Figures on the network as a whole count everybody, unless fewer than min_cell actors, or
  fewer than min_cell ties, would make the difference to the network that is shown by name: then
  they are about the named ones too. The column `actors` tells how many they are about.
- Counts of ties are treated like counts of actors.

Arguments of the same name are the same in all functions:

- actors, ties: tables as under data/raw, see `methods.actor_network.tables`;
- graph: an undirected network, see `network`;
- min_cell: the smallest count that may be shown, at least 1; with 1 nothing is hidden.
"""

from typing import Any

import networkx as nx
import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import labelled
from evaluation.disclosure import Sum, exactly, protect, small_counts
from evaluation.disclosure.numbers import is_at_an_end
from evaluation.disclosure.tallies import publish
from evaluation.methods.actor_network.tables import RATING
from evaluation.project.whole_tables import of_tables
from evaluation.report.figures.layout import layout

RATINGS = ("trust", "value")
PLACES = ("largest", "smaller", "alone")
# what is unknown because actors did not answer: nothing, a range that is given, anything
SILENCE = ("none", "bounded", "open")
RECIPROCITY = ("reciprocity_ties", "reciprocity_pairs")
CENTRALISATION = ("centralisation_degree", "centralisation_betweenness")
MEASURES = (
    *("density_directed", "density_undirected"),
    *RECIPROCITY,
    *CENTRALISATION,
    "components",
)


def check_ties(actors: pd.DataFrame, ties: pd.DataFrame) -> None:
    """Raise InputError where a tie of `ties` names an actor that is not among `actors`, ties an
    actor to itself, or is told by an actor that did not answer."""
    known = set(actors["id"])
    silent = set(actors["id"][actors["answered"] == "false"])
    for row, teller, other in zip(ties.index, ties["from"], ties["to"], strict=True):
        for column, actor in (("from", teller), ("to", other)):
            if actor not in known:
                _refuse(row, column, actor, "is the id of an actor", "correct the id")
        if teller == other:
            _refuse(row, "to", other, "a tie has two actors", "remove the row")
        if teller in silent:
            _refuse(
                row,
                "from",
                teller,
                "a tie is told by an actor that answered",
                "say in data/raw/actors.csv that it answered, or remove the row",
            )


def _refuse(row: Any, column: str, value: Any, rule: str, remedy: str) -> None:
    raise InputError("data/raw/ties.csv", rule, remedy, row=int(row), column=column, value=value)


# networks


def told(actors: pd.DataFrame, ties: pd.DataFrame) -> nx.DiGraph:
    """The network as told: an edge from each of `actors` to every one it says it works with.

    ties: who says so of whom.
    """
    graph = nx.DiGraph()
    graph.add_nodes_from(actors["id"])
    graph.add_edges_from(zip(ties["from"], ties["to"], strict=True))
    return graph


def network(actors: pd.DataFrame, ties: pd.DataFrame) -> nx.Graph:
    """The network in which two of `actors` are tied where at least one of them says so in
    `ties`."""
    graph = nx.Graph()
    graph.add_nodes_from(actors["id"])
    graph.add_edges_from(zip(ties["from"], ties["to"], strict=True))
    return graph


def _among(
    actors: pd.DataFrame, ties: pd.DataFrame, members: pd.Series
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Some of the actors, and the ties between two of them."""
    inside = actors[members]
    both = ties["from"].isin(inside["id"]) & ties["to"].isin(inside["id"])
    return inside, ties[both]


def _shown_by_name(
    actors: pd.DataFrame, ties: pd.DataFrame, min_cell: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The network from which single actors are shown."""
    small_counts(min_cell)
    if min_cell == 1:
        return actors, ties
    return _among(actors, ties, actors["named"] == "true")


def _as_a_whole(
    actors: pd.DataFrame, ties: pd.DataFrame, min_cell: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The network that figures are about: everybody, or the named ones where few are not."""
    named = _among(actors, ties, actors["named"] == "true")
    more = network(actors, ties).size() - network(*named).size()
    small = range(1, min_cell)
    return named if len(actors) - len(named[0]) in small or more in small else (actors, ties)


# figures on the network as a whole


def degree_centralisation(graph: nx.Graph) -> float:
    """How far one actor has all the ties: 1 for a star, 0 where all have as many.

    graph: undirected, see `network`.

    Sum of the differences to the largest degree, over the most there can be, (n - 1)(n - 2).
    Source: Freeman (1979). Raises ValueError for a directed network or fewer than 3 actors.
    """
    _check_undirected(graph)
    degrees = [degree for _, degree in graph.degree()]
    n = len(degrees)
    return sum(max(degrees) - degree for degree in degrees) / ((n - 1) * (n - 2))


def betweenness_centralisation(graph: nx.Graph) -> float:
    """How far one actor lies between all the others: 1 for a star, 0 where all do alike.

    graph: undirected, see `network`.

    Sum of the differences to the largest standardised betweenness, over the most there can be,
    n - 1. Source: Freeman (1979); betweenness by networkx. Raises ValueError for a directed
    network or fewer than 3 actors.
    """
    _check_undirected(graph)
    between = list(nx.betweenness_centrality(graph).values())
    return sum(max(between) - each for each in between) / (len(between) - 1)


def _check_undirected(graph: nx.Graph) -> None:
    if graph.is_directed() or len(graph) < 3:
        raise ValueError("centralisation needs an undirected network of at least 3 actors")


def measures(actors: pd.DataFrame, ties: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    """Figures on the network as a whole, one row each.

    actors, ties: the raw tables; min_cell: the smallest count that may be shown.

    Columns: measure; k and n, the counts the value is a share of (Int64); value; lowest and
    highest, what it may be whatever the actors that did not answer would have said; silence,
    one of `SILENCE`: whether these actors leave nothing unknown, a range that is given, or
    anything; actors, how many the row is about; suppressed. The measures, in this order:

    - density_directed: ties told, of all that could be told; bounded;
    - density_undirected: actors tied, of all pairs; bounded;
    - reciprocity_ties: ties told back, of those told between actors that both answered;
    - reciprocity_pairs: pairs of which both say so, of the tied pairs that both answered;
      both leave nothing unknown about those who answered, and are about them only;
    - centralisation_degree, centralisation_betweenness: see the functions; no range is given,
      because silent actors may have been the centre;
    - components: parts of the network that no tie links (k); bounded.

    Density: Wasserman and Faust (1994), sections 4.2.3 and 4.3.5. A value is missing where there
    is nothing to divide by. Hidden (see the module) are all rows where at most min_cell actors
    answered or fewer than min_cell ties are told; reciprocity, and density_directed from which
    it follows, where few pairs agree or few do not; reciprocity and the highest
    density_undirected where silent actors have few ties; components where `components` hides a
    count. Raises ValueError for min_cell below 1.
    """
    actors, ties = _as_a_whole(actors, ties, min_cell)
    graph, directed = network(actors, ties), told(actors, ties)
    size = len(actors)
    pairs = size * (size - 1) // 2
    silent = list(actors["id"][actors["answered"] == "false"])
    unknown = _untold(graph, silent)
    answered = directed.subgraph(actors["id"][actors["answered"] == "true"])
    returned = sum(answered.has_edge(other, teller) for teller, other in answered.edges)
    parts = nx.number_connected_components(graph) if size else 0
    wide = size >= 3
    rows = [
        ("density_directed", directed.size(), 2 * pairs, len(silent) * (size - 1)),
        ("density_undirected", graph.size(), pairs, unknown),
        ("reciprocity_ties", returned, answered.size(), 0),
        ("reciprocity_pairs", returned // 2, answered.size() - returned // 2, 0),
    ]
    table = pd.DataFrame(
        [
            {
                "measure": measure,
                "k": k,
                "n": n,
                "value": k / n if n else None,
                "lowest": k / n if n else None,
                "highest": (k + more) / n if n else None,
                "silence": "bounded" if more else "none",
            }
            for measure, k, n, more in rows
        ]
        + [
            {
                "measure": measure,
                "value": centralisation(graph) if wide else None,
                "silence": "open" if unknown else "none",
            }
            for measure, centralisation in zip(
                CENTRALISATION, (degree_centralisation, betweenness_centralisation), strict=True
            )
        ]
        + [
            {
                "measure": "components",
                "k": parts,
                "value": parts,
                # a silent actor may work with everybody
                "lowest": 1 if silent else parts,
                "highest": parts,
                "silence": "bounded" if silent and parts > 1 else "none",
            }
        ]
    )
    counts = ["k", "n"]
    figures = ["value", "lowest", "highest"]
    table = table.astype(dict.fromkeys(counts, "Int64") | dict.fromkeys(figures, "float64"))
    few_with_silent = sum(graph.degree(actor) for actor in silent) in range(1, min_cell)
    hidden = table["measure"].isin(_hidden(actors, ties, answered, few_with_silent, min_cell))
    for column in (*counts, *figures):
        table[column] = table[column].mask(hidden)
    # the upper end of the range tells how many ties the silent actors have
    told_by_range = (table["measure"] == "density_undirected") & few_with_silent
    table["highest"] = table["highest"].mask(told_by_range)
    return table.assign(actors=size, suppressed=hidden | told_by_range)


def _untold(graph: nx.Graph, silent: list[str]) -> int:
    """Pairs of which nobody said that they work together, one of whom at least was silent."""
    size, quiet = len(graph), len(silent)
    with_silent = quiet * (size - quiet) + quiet * (quiet - 1) // 2
    # nobody told of a tie between two silent actors, so no tie is counted twice
    return with_silent - sum(graph.degree(actor) for actor in silent)


def _hidden(
    actors: pd.DataFrame,
    ties: pd.DataFrame,
    answered: nx.DiGraph,
    few_with_silent: bool,
    min_cell: int,
) -> list[str]:
    """The measures that are hidden; `few_with_silent`: few ties are with silent actors."""
    small = range(1, min_cell)
    if min_cell > 1 and (len(answered) <= min_cell or network(actors, ties).size() in small):
        return list(MEASURES)
    hidden = []
    mutual = sum(answered.has_edge(other, teller) for teller, other in answered.edges) // 2
    if mutual in small or answered.size() - 2 * mutual in small:
        # mutual = ties told less pairs tied, so one density has to go as well
        hidden += [*RECIPROCITY, "density_directed"]
    elif few_with_silent:
        # of all pairs tied, reciprocity tells how many are not with silent actors
        hidden += RECIPROCITY
    if _places(actors, ties, min_cell)["suppressed"].any():
        hidden.append("components")
    return hidden


def components(actors: pd.DataFrame, ties: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    """How many actors are in the largest part of the network that holds together, how many in
    smaller parts, and how many are tied to nobody.

    actors, ties: the raw tables; min_cell: the smallest count that may be shown.

    Columns: place, one of `PLACES`; k, n (all actors), suppressed: see `tallies.publish`.
    Ties that silent actors could have told may join parts, and never split one.
    """
    return _places(*_as_a_whole(actors, ties, min_cell), min_cell)


def _places(actors: pd.DataFrame, ties: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    sizes = sorted(map(len, nx.connected_components(network(actors, ties))), reverse=True)
    tied = [size for size in sizes if size > 1]
    k = [tied[0] if tied else 0, sum(tied[1:]), len(sizes) - len(tied)]
    return publish(pd.DataFrame({"place": PLACES, "k": k}), [], min_cell)


# single actors


def brokers(actors: pd.DataFrame, ties: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    """The actors through whom the others reach each other, the strongest first.

    actors, ties: the raw tables; min_cell: the smallest count that may be shown.

    One row an actor that may be named: actor, sector, partners (how many it is tied to),
    betweenness (its share of the shortest paths between the others, 0 to 1; Freeman 1979),
    articulation (true where the network falls apart without it), of (how many actors the
    network is about: everybody with min_cell 1, else those that may be named). Betweenness is
    sensitive to actors that did not answer, and no range is given for it.
    """
    actors, ties = _shown_by_name(actors, ties, min_cell)
    graph = network(actors, ties)
    between = nx.betweenness_centrality(graph)
    holding = set(nx.articulation_points(graph))
    rows = actors[actors["named"] == "true"]
    table = pd.DataFrame(
        {
            "actor": rows["id"],
            "sector": rows["sector"],
            "partners": [graph.degree(actor) for actor in rows["id"]],
            "betweenness": [float(between[actor]) for actor in rows["id"]],
            "articulation": [actor in holding for actor in rows["id"]],
            "of": len(actors),
        }
    )
    ordered = table.sort_values(["betweenness", "partners"], ascending=False, kind="stable")
    return ordered.reset_index(drop=True)


def ratings_received(actors: pd.DataFrame, ties: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    """What the others think of each actor that may be named: trust in it, and its value.

    actors, ties: the raw tables; min_cell: the smallest count that may be shown.

    Columns: actor, sector, rating (one of `RATINGS`), raters (how many actors rated it, Int64),
    mean (of their ratings, 1 to 4), suppressed. The mean over what the others say, after
    PARTNER; see BMC Public Health 2016, doi 10.1186/s12889-016-3194-7, table 1, where each score
    is the mean of three such questions. It is missing where fewer than 2 rated the actor, and
    with a threshold where at most min_cell did; their number is then hidden too, and further
    ones until none can be worked out from the number of ties. With a threshold the mean alone is
    hidden where all but few must have given the highest or the lowest rating: who they are, the
    drawn ties may tell.
    """
    small_counts(min_cell)
    rows = []
    for rating in RATINGS:
        rated = ties[ties[rating].notna()].groupby("to")[rating]
        raters = dict(labelled(rated.size().reindex(actors["id"], fill_value=0).items()))
        totals = rated.sum().to_dict()
        at_an_end = {
            actor for actor, given in labelled(rated) if is_at_an_end(given, RATING, min_cell)
        }
        hidden = _hidden_raters(raters, set(actors["id"][actors["named"] == "false"]), min_cell)
        for actor, sector, named in zip(
            actors["id"], actors["sector"], actors["named"], strict=True
        ):
            if named == "true":
                n, masked = raters[actor], actor in hidden
                few = masked or (min_cell > 1 and actor in at_an_end)
                mean = int(totals[actor]) / n if n >= 2 and not few else None
                rows.append((actor, sector, rating, None if masked else n, mean, few))
    columns = ["actor", "sector", "rating", "raters", "mean", "suppressed"]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"raters": "Int64", "mean": "float64", "suppressed": bool})


def _hidden_raters(raters: dict[str, int], unnamed: set[str], min_cell: int) -> set[str]:
    """The actors whose number of raters is hidden; that of `unnamed` actors always is."""
    if min_cell == 1:
        return set()
    few = {actor for actor, n in raters.items() if n <= min_cell}
    if not few:
        return unnamed
    total = sum(raters.values())
    limits = [Sum((actor,), 0, len(raters) - 1) for actor in raters]
    try:
        return protect(raters, [exactly(raters, total), *limits], range(1, min_cell), few | unnamed)
    except ValueError:
        return set(raters)


def drawing(
    actors: pd.DataFrame, ties: pd.DataFrame, min_cell: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The network as it may be drawn: (actors, ties).

    actors, ties: the raw tables; min_cell: the smallest count that may be shown.

    Actors: node (1, 2, ...), actor (its id, missing where it may not be named), sector, x and y
    (0 to 1, see `layout`). Ties: a and b (nodes, a before b), mutual (whether both say so,
    missing where one of them did not answer), closeness (the higher one where both say so),
    since (the earlier year). With min_cell 1 everybody is drawn. Above it only the network
    among those that may be named is drawn, and of their ties nothing but that they exist: the
    rest is what one actor said.
    """
    actors, ties = _shown_by_name(actors, ties, min_cell)
    graph = network(actors, ties)
    places = layout(graph)
    number = {actor: node for node, actor in enumerate(graph, start=1)}
    nodes = pd.DataFrame(
        {
            "node": list(number.values()),
            "actor": actors["id"].where(actors["named"] == "true").to_list(),
            "sector": actors["sector"].to_list(),
            "x": [places[actor][0] for actor in number],
            "y": [places[actor][1] for actor in number],
        }
    )
    answered = set(actors["id"][actors["answered"] == "true"])
    edges = []
    for (a, b), said in _said(ties, number).items():
        known = a in answered and b in answered
        edges.append(
            {
                "a": number[a],
                "b": number[b],
                "mutual": len(said) == 2 if known else None,
                "closeness": max(said["closeness"]),
                "since": said["since"].min(),
            }
        )
    columns = {"a": "Int64", "b": "Int64"}
    details = {"mutual": "boolean", "closeness": "Int64", "since": "Int64"}
    table = pd.DataFrame(edges, columns=[*columns, *details]).astype(columns | details)
    if min_cell > 1:
        table[[*details]] = pd.NA
        table = table.astype(details)
    return nodes, table.sort_values(["a", "b"]).reset_index(drop=True)


def _said(ties: pd.DataFrame, number: dict[str, int]) -> dict[tuple[str, str], pd.DataFrame]:
    """What was said of each tied pair, by one or both; the pair in the order of the actors."""
    pairs = [
        tuple(sorted(pair, key=number.__getitem__))
        for pair in zip(ties["from"], ties["to"], strict=True)
    ]
    return dict(list(ties.groupby(pd.Series(pairs, index=ties.index, dtype=object), sort=False)))


# what `evaluation check` asks of whole tables, as the notebook does
CHECKS = (of_tables(check_ties, "actors", "ties"),)
