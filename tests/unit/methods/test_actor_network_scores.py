"""actor_network: who works with whom, and what a reader must not find out."""

from itertools import combinations, product

import networkx as nx
import pandas as pd
import pytest
from attackers import nothing_found
from fragments import codes_of, fragment
from hypothesis import given, settings
from hypothesis import strategies as st
from refusals import refusal, tells

from evaluation.disclosure import Sum, exactly, ranges
from evaluation.methods.actor_network.scores import (
    PLACES,
    betweenness_centralisation,
    brokers,
    check_ties,
    components,
    degree_centralisation,
    drawing,
    measures,
    network,
    ratings_received,
    told,
)
from evaluation.methods.actor_network.tables import RATING, TABLES
from evaluation.project.raw_tables import describe
from evaluation.project.tables import read_table

FLORENCE = nx.florentine_families_graph()
BOUNDED = ("density_directed", "density_undirected", "components")


def actors_of(names, silent=(), unnamed=()) -> pd.DataFrame:
    names = list(names)
    return pd.DataFrame(
        {
            "id": names,
            "sector": "association",
            "named": ["false" if name in unnamed else "true" for name in names],
            "answered": ["false" if name in silent else "true" for name in names],
        },
        index=range(2, 2 + len(names)),
    )


def ties_of(pairs, closeness=3, since=2020, trust=3, value=4) -> pd.DataFrame:
    """Ties as told, one a pair (from, to)."""
    pairs = list(pairs)
    table = pd.DataFrame(pairs, columns=["from", "to"], index=range(2, 2 + len(pairs)))
    for column, number in zip(TIE_COLUMNS, (closeness, since, trust, value), strict=True):
        table[column] = pd.array([number] * len(pairs), dtype="Int64")
    return table


TIE_COLUMNS = ("closeness", "since", "trust", "value")


def both_ways(graph: nx.Graph) -> pd.DataFrame:
    return ties_of([*graph.edges, *((b, a) for a, b in graph.edges)])


def by_measure(table: pd.DataFrame, column: str = "value") -> dict:
    return dict(zip(table["measure"], table[column], strict=True))


# the tables


@pytest.fixture
def read(tmp_path):
    def read(name: str, content: str) -> pd.DataFrame:
        path = tmp_path / f"{name}.csv"
        path.write_text(content, "utf-8")
        columns, key, *_ = describe(path, name)
        return read_table(path, columns, key, f"data/raw/{name}.csv")

    return read


ACTORS = "id,sector,named,answered\na,municipality,true,true\nb,association,false,false\n"
TIES = "from,to,closeness,since,trust,value\na,b,4,2019,3,\n"


@pytest.mark.slow
def test_the_tables_are_read_and_fit_together(read):
    actors, ties = read("actors", ACTORS), read("ties", TIES)
    check_ties(actors, ties)
    assert ties["value"].isna().all()
    assert by_measure(measures(actors, ties, 1))["density_directed"] == 0.5


@pytest.mark.parametrize(
    ("name", "content", "column", "value"),
    [
        ("actors", ACTORS + "c,church,true,true\n", "sector", "church"),
        ("actors", ACTORS + "c,other,yes,true\n", "named", "yes"),
        ("ties", TIES + "b,a,5,,,\n", "closeness", "5"),
        ("ties", TIES + "b,a,,,,\n", "closeness", ""),
        ("ties", TIES + "b,a,1,last year,,\n", "since", "last year"),
        ("ties", TIES + "b,a,1,,0,\n", "trust", "0"),
    ],
)
def test_a_cell_against_its_rule_is_refused(read, name, content, column, value):
    message = refusal(read, name, content)
    tells(message, f"data/raw/{name}.csv, row ", f"column {column}", f"Found: '{value}'")


def test_a_tie_that_is_told_twice_is_refused(read):
    tells(refusal(read, "ties", TIES + "a,b,1,,,\n"), "row 3", "from and to together", "'a, b'")


@pytest.mark.parametrize(
    ("pair", "column", "rule"),
    [
        (("x", "a"), "from", "is the id of an actor. Found: 'x'"),
        (("a", "x"), "to", "is the id of an actor. Found: 'x'"),
        (("a", "a"), "to", "a tie has two actors. Found: 'a'"),
        (("s", "a"), "from", "a tie is told by an actor that answered. Found: 's'"),
    ],
)
def test_a_tie_that_cannot_be_is_refused(pair, column, rule):
    actors = actors_of("abs", silent="s")
    message = refusal(check_ties, actors, ties_of([("a", "b"), pair]))
    tells(message, f"data/raw/ties.csv, row 3, column {column}: {rule}", "Remedy: ")


def test_the_items_have_the_codes_of_the_tables():
    codebook = fragment("actor_network")
    columns = TABLES["actors"][0]
    assert set(codebook.questions["actor_network_named"].codes) == codes_of(columns["named"])
    best_first = range(RATING[1], RATING[0] - 1, -1)
    for rating in ("closeness", "trust", "value"):
        codes = codebook.questions[f"actor_network_{rating}"].codes
        assert codes == [f"{rating}_{number}" for number in best_first]


# figures on the network as a whole


def test_the_florentine_families_have_the_published_figures():
    # Wasserman and Faust (1994); networkx's graph leaves out the isolated Pucci
    actors, ties = actors_of(FLORENCE), both_ways(FLORENCE)
    found = measures(actors, ties, 1)
    assert by_measure(found, "k")["density_undirected"] == 20
    assert by_measure(found)["density_undirected"] == pytest.approx(0.1905, abs=5e-5)
    first = brokers(actors, ties, 1).iloc[0]
    assert (first["actor"], first["partners"], first["of"]) == ("Medici", 6, 15)
    assert first["betweenness"] == pytest.approx(0.522, abs=5e-4)


def test_the_karate_club_has_the_published_density():
    club = nx.relabel_nodes(nx.karate_club_graph(), str)
    found = by_measure(measures(actors_of(club), both_ways(club), 1))
    assert found["density_undirected"] == found["density_directed"]
    assert found["density_undirected"] == pytest.approx(0.1390, abs=5e-5)


@pytest.mark.parametrize("size", [3, 4, 7, 12])
@pytest.mark.parametrize("centralisation", [degree_centralisation, betweenness_centralisation])
def test_a_star_is_wholly_centralised_and_a_cycle_not_at_all(centralisation, size):
    assert centralisation(nx.star_graph(size - 1)) == pytest.approx(1)
    assert centralisation(nx.cycle_graph(size)) == 0
    assert centralisation(nx.empty_graph(size)) == 0


def test_freeman_s_figures_of_five_points():
    # a path of five: degrees 1, 2, 2, 2, 1 give 2 of 12; betweenness 0, 3, 4, 3, 0 of 6
    # gives (4 + 1 + 0 + 1 + 4) / 6 of 4
    path = nx.path_graph(5)
    assert degree_centralisation(path) == pytest.approx(2 / 12)
    assert betweenness_centralisation(path) == pytest.approx(10 / 24)


@pytest.mark.parametrize("centralisation", [degree_centralisation, betweenness_centralisation])
@pytest.mark.parametrize("graph", [nx.path_graph(2), nx.DiGraph([(1, 2), (2, 3)])])
def test_what_has_no_centralisation_is_refused(centralisation, graph):
    with pytest.raises(ValueError, match="undirected network of at least 3"):
        centralisation(graph)


def test_reciprocity_is_about_actors_that_both_answered():
    ties = ties_of([("a", "b"), ("b", "a"), ("a", "c"), ("c", "s"), ("a", "s")])
    found = measures(actors_of("abcs", silent="s"), ties, 1).set_index("measure")
    assert found.loc["reciprocity_ties", ["k", "n"]].tolist() == [2, 3]
    assert found.loc["reciprocity_pairs", ["k", "n"]].tolist() == [1, 2]
    # networkx computes the former
    assert found.loc["reciprocity_ties", "value"] == nx.overall_reciprocity(
        nx.DiGraph([("a", "b"), ("b", "a"), ("a", "c")])
    )


def test_small_networks_have_no_figures_where_there_is_nothing_to_divide_by():
    nobody = measures(actors_of(""), ties_of([]), 1).set_index("measure")["value"]
    assert nobody.drop("components").isna().all()
    pair = by_measure(measures(actors_of("ab"), ties_of([("a", "b")]), 1))
    assert (pair["density_undirected"], pair["components"]) == (1, 1)
    assert pd.isna(pair["centralisation_degree"])


def plainly(names: str, pairs: frozenset[tuple[str, str]]) -> dict[str, float]:
    """The measures with bounds, as their definitions say; pairs: as told."""
    size = len(names)
    tied = {frozenset(pair) for pair in pairs}
    part = {name: {name} for name in names}
    for a, b in tied:
        if part[a] is not part[b]:
            part[a] |= part[b]
            part |= dict.fromkeys(part[a], part[a])
    return {
        "density_directed": len(pairs) / (size * (size - 1)),
        "density_undirected": len(tied) / (size * (size - 1) / 2),
        "components": len({id(members) for members in part.values()}),
    }


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(st.sets(st.sampled_from(list(product("abc", "abcst")))), st.sampled_from(["", "t", "st"]))
def test_the_bounds_are_the_extremes_of_all_that_silent_actors_could_have_told(pairs, silent):
    # with a, b, c heard: every one of the 2^8 ways in which s and t could have answered
    pairs = frozenset((a, b) for a, b in pairs if a != b)
    found = measures(actors_of("abcst", silent=silent), ties_of(sorted(pairs)), 1)
    found = found.set_index("measure")
    assert found["value"][[*BOUNDED]].to_dict() == plainly("abcst", pairs)
    untold = [(a, b) for a in silent for b in "abcst" if a != b]
    every = [
        plainly("abcst", pairs | set(added))
        for more in range(len(untold) + 1)
        for added in combinations(untold, more)
    ]
    for measure in BOUNDED:
        possible = {full[measure] for full in every}
        row = found.loc[measure]
        assert (row["lowest"], row["highest"]) == (min(possible), max(possible))
        assert row["silence"] == ("bounded" if len(possible) > 1 else "none")


def test_figures_that_silent_actors_could_change_without_bounds_say_so():
    found = measures(actors_of(FLORENCE, silent=["Pucci"]), both_ways(FLORENCE), 1)
    assert set(found["silence"]) == {"none"}  # the silent one is not in the network
    heard = [pair for pair in both_ways(FLORENCE).itertuples() if pair._1 != "Pazzi"]
    ties = ties_of([(pair._1, pair.to) for pair in heard])
    found = measures(actors_of(FLORENCE, silent=["Pazzi"]), ties, 1)
    opened = found[found["silence"] == "open"]
    assert opened["measure"].tolist() == ["centralisation_degree", "centralisation_betweenness"]
    assert opened[["lowest", "highest"]].isna().all(axis=None)


def test_the_parts_of_the_network_are_counted_by_size():
    ties = ties_of([("a", "b"), ("b", "c"), ("d", "e")])
    found = components(actors_of("abcdefg"), ties, 1)
    assert found["place"].tolist() == list(PLACES)
    assert found["k"].tolist() == [3, 2, 2]
    assert components(actors_of("ab"), ties_of([]), 1)["k"].tolist() == [0, 0, 2]


# single actors


def test_an_actor_without_whom_the_network_falls_apart_is_pointed_out():
    ties = ties_of([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "d")])
    found = brokers(actors_of("abcde"), ties, 1)
    assert found["actor"].tolist() == ["c", "d", "a", "b", "e"]
    assert found["articulation"].tolist() == [True, True, False, False, False]
    assert found["partners"].tolist() == [3, 2, 2, 2, 1]


def test_ratings_are_means_over_what_the_others_say():
    ties = ties_of([("a", "c"), ("b", "c"), ("c", "a"), ("a", "b"), ("c", "b")])
    ties["trust"] = pd.array([4, 1, 2, 3, None], dtype="Int64")
    found = ratings_received(actors_of("abcd"), ties, 1).set_index(["rating", "actor"])
    assert found.loc["trust", "raters"].tolist() == [1, 1, 2, 0]
    assert found.loc[("trust", "c"), "mean"] == 2.5
    # one rater is no mean
    assert found.loc["trust", "mean"].isna().tolist() == [True, True, False, True]
    assert found.loc[("value", "b"), ["raters", "mean"]].tolist() == [2, 4.0]
    assert not found["suppressed"].any()


def test_ties_are_drawn_with_what_was_said_of_them():
    ties = ties_of([("b", "a"), ("a", "b"), ("c", "a"), ("a", "s")])
    ties["closeness"] = pd.array([2, 4, 1, 3], dtype="Int64")
    ties["since"] = pd.array([2021, 2019, None, 2020], dtype="Int64")
    nodes, edges = drawing(actors_of("abcs", silent="s", unnamed="c"), ties, 1)
    assert nodes["node"].tolist() == [1, 2, 3, 4]
    assert nodes["actor"].isna().tolist() == [False, False, True, False]
    assert nodes[["x", "y"]].stack().between(0, 1).all()
    assert edges[["a", "b"]].to_numpy().tolist() == [[1, 2], [1, 3], [1, 4]]
    assert edges["mutual"].to_list() == [True, False, pd.NA]
    assert edges["closeness"].tolist() == [4, 1, 3]
    assert edges["since"].to_list() == [2019, pd.NA, 2020]


def test_a_network_without_ties_is_drawn():
    nodes, edges = drawing(actors_of("abc"), ties_of([]), 1)
    assert (len(nodes), len(edges)) == (3, 0)


# what must not come out

ELEVEN = "abcdefghijk"


@st.composite
def ties_told(draw, tellers="abcdefg", others=ELEVEN):
    pairs = [pair for pair in product(tellers, others) if pair[0] != pair[1]]
    return draw(st.lists(st.sampled_from(pairs), unique=True, min_size=4, max_size=40))


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(ties_told(), ties_told(tellers="jk"), ties_told(tellers="jk"))
def test_nothing_shown_of_single_actors_rests_on_those_that_may_not_be_named(pairs, some, more):
    actors = actors_of(ELEVEN, unnamed="jk")
    among_named = [pair for pair in pairs if not {"j", "k"} & set(pair)]
    first, second = ties_of(among_named + some), ties_of(among_named + more)
    pd.testing.assert_frame_equal(brokers(actors, first, 3), brokers(actors, second, 3))
    for one, other in zip(drawing(actors, first, 3), drawing(actors, second, 3), strict=True):
        pd.testing.assert_frame_equal(one, other)
    # and where fewer than min_cell may not be named, nor do figures on the whole
    for function in (measures, components):
        pd.testing.assert_frame_equal(function(actors, first, 3), function(actors, second, 3))
        assert (function(actors, first, 1)["suppressed"] == False).all()  # noqa: E712


def test_figures_are_about_everybody_where_enough_may_not_be_named():
    ties = ties_of([*zip("abcdefgh", "bcdefghi", strict=True), ("i", "j"), ("j", "k"), ("k", "a")])
    assert set(measures(actors_of(ELEVEN, unnamed="ijk"), ties, 3)["actors"]) == {11}
    # two ties more tell of single ones
    few = ties_of([*zip("abcdefgh", "bcdefghi", strict=True), ("j", "k")])
    assert set(measures(actors_of(ELEVEN, unnamed="ijk"), few, 3)["actors"]) == {8}
    assert set(measures(actors_of(ELEVEN, unnamed="jk"), ties, 3)["actors"]) == {9}


@pytest.mark.parametrize(("trust", "told"), [((4, 4, 4, 4, 2), False), ((4, 4, 4, 3, 2), True)])
def test_a_mean_near_the_end_of_the_scale_does_not_tell_what_each_said(trust, told):
    """Those tied to an actor are drawn: where all but one gave the highest, each is known."""
    ties = ties_of([pair for pair in product("abcdef", repeat=2) if len({*pair}) == 2], value=1)
    ties.loc[ties["to"] == "a", "trust"] = trust
    found = ratings_received(actors_of("abcdef"), ties, 3).set_index(["rating", "actor"])
    assert pd.notna(found.loc[("trust", "a"), "mean"]) == told
    assert pd.isna(found.loc[("value", "a"), "mean"])
    assert found.loc[("value", "a"), "suppressed"]
    everybody = ratings_received(actors_of("abcdef"), ties, 1).set_index(["rating", "actor"])
    assert everybody.loc[("value", "a"), "mean"] == 1


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(ties_told(tellers=ELEVEN), st.sampled_from(["", "j", "hij"]), st.sampled_from([2, 3, 5]))
def test_no_hidden_number_of_raters_is_found_from_the_number_of_ties(pairs, unnamed, min_cell):
    ties = ties_of(pairs, value=3)
    actors = actors_of(ELEVEN, unnamed=unnamed)
    found = ratings_received(actors, ties, min_cell)
    assert set(found["actor"]) == set(ELEVEN) - set(unnamed)
    shown = found[found["rating"] == "trust"].set_index("actor")["raters"]
    assert not shown.between(0, min_cell).any()
    assert found["mean"].isna().tolist() == found["raters"].isna().tolist()
    cells = dict.fromkeys(ELEVEN)
    cells |= {actor: int(n) for actor, n in shown.items() if pd.notna(n)}
    limits = [Sum((actor,), 0, 10) for actor in ELEVEN]
    if found["suppressed"].any() and len(pairs) > min_cell:
        assert nothing_found(cells, [exactly(ELEVEN, len(pairs)), *limits], min_cell)


@pytest.mark.slow
def test_no_more_raters_are_hidden_than_actors_without_a_row_leave_open():
    everyone = [pair for pair in product(ELEVEN, ELEVEN[1:]) if pair[0] != pair[1]]
    ties = ties_of([*everyone, ("b", "a"), ("c", "a")], value=3)
    assert ratings_received(actors_of(ELEVEN), ties, 3)["suppressed"].sum() == 2 * 2
    # that of k is not shown, and protects the two of a
    found = ratings_received(actors_of(ELEVEN, unnamed="k"), ties, 3)
    assert set(found["actor"][found["suppressed"]]) == {"a"}


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(ties_told(tellers=ELEVEN, others=ELEVEN), st.sampled_from([2, 3]))
def test_no_few_pairs_that_agree_are_found_from_the_densities(pairs, min_cell):
    # pairs that agree are the ties told less the pairs tied
    actors, ties = actors_of(ELEVEN, unnamed=ELEVEN), ties_of(pairs)
    found = measures(actors, ties, min_cell).set_index("measure")
    mutual = told(actors, ties).size() - network(actors, ties).size()
    one_way = network(actors, ties).size() - mutual
    small = range(1, min_cell)
    if mutual in small or one_way in small:
        hidden = ["density_directed", "reciprocity_ties", "reciprocity_pairs"]
        assert found.loc[hidden, ["k", "n", "value", "lowest", "highest"]].isna().all(axis=None)
        assert found.loc[hidden, "suppressed"].all()
        if not found.loc["density_undirected", "suppressed"]:
            tied = int(found.loc["density_undirected", "k"])
            cells = {"mutual": None, "one way": None}
            assert set(ranges(cells, [exactly(cells, tied)]).values()) == {(0, tied)}


def partitions(total: int, largest: int):
    """All ways to write `total` as a sum of numbers up to `largest`, in falling order."""
    if total == 0:
        yield ()
    for first in range(min(total, largest), 0, -1):
        for rest in partitions(total - first, first):
            yield (first, *rest)


@pytest.mark.slow
@pytest.mark.parametrize("min_cell", [2, 3, 4])
def test_no_few_actors_of_a_part_are_found_whatever_the_sizes_of_the_parts(min_cell):
    for sizes in partitions(8, 8):
        parts = nx.disjoint_union_all([nx.path_graph(size) for size in sizes])
        lettered = nx.relabel_nodes(parts, dict(enumerate(ELEVEN)))
        actors = actors_of(lettered, unnamed=ELEVEN)
        ties = ties_of(lettered.edges)
        found = components(actors, ties, min_cell)
        shown = found.set_index("place")["k"]
        assert not shown.between(1, min_cell - 1).any()
        if found["suppressed"].any():
            cells = {place: None if pd.isna(k) else int(k) for place, k in shown.items()}
            assert nothing_found(cells, [exactly(cells, 8)], min_cell)
            figures = measures(actors, ties, min_cell).set_index("measure").loc["components"]
            assert pd.isna(figures["k"])
            assert pd.isna(figures["value"])


def test_neither_the_range_of_the_density_nor_reciprocity_tells_of_few_ties_with_silent_actors():
    ring = [*zip(ELEVEN[:10], ELEVEN[1:10] + "a", strict=True)]
    actors = actors_of(ELEVEN, silent="k", unnamed=ELEVEN)
    found = measures(actors, ties_of([*ring, ("a", "k")]), 3).set_index("measure")
    row = found.loc["density_undirected"]
    assert row["k"] == 11
    assert row["suppressed"]
    assert pd.isna(row["highest"])
    # eleven pairs tied less ten that both answered would tell
    assert found.loc["reciprocity_pairs", ["k", "n"]].isna().all()


@pytest.mark.parametrize("function", [measures, components, brokers, ratings_received, drawing])
def test_a_threshold_below_one_is_refused(function):
    with pytest.raises(ValueError, match="at least 1"):
        function(actors_of("ab"), ties_of([("a", "b")]), 0)


@pytest.mark.parametrize(
    ("silent", "pairs"),
    [("defghijk", [*product("abc", "defg")]), ("", [("a", "b"), ("c", "d")])],
)
def test_a_network_of_few_answers_or_few_ties_is_hidden(silent, pairs):
    actors = actors_of(ELEVEN, silent=silent, unnamed=ELEVEN)
    found = measures(actors, ties_of(pairs), 3)
    assert found["suppressed"].all()
    assert found[["k", "n", "value", "lowest", "highest"]].isna().all(axis=None)


def test_with_a_threshold_only_ties_among_the_named_are_drawn_and_bare():
    ties = ties_of([("a", "b"), ("b", "c"), ("c", "d")])
    nodes, edges = drawing(actors_of("abcd", unnamed="c"), ties, 2)
    assert nodes["actor"].tolist() == ["a", "b", "d"]
    assert edges[["a", "b"]].to_numpy().tolist() == [[1, 2]]
    assert edges[["mutual", "closeness", "since"]].isna().all(axis=None)
