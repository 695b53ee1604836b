"""layout: places to draw the actors of a network."""

import networkx as nx
import pytest

from evaluation.report.figures.layout import layout

NETWORKS = {
    "star": nx.star_graph(9),
    "cycle": nx.cycle_graph(12),
    "grid": nx.grid_2d_graph(4, 4),
    "Florentine families": nx.florentine_families_graph(),
    "karate club": nx.karate_club_graph(),
    "two parts and one alone": nx.disjoint_union_all(
        [nx.path_graph(4), nx.complete_graph(4), nx.empty_graph(1)]
    ),
}

PLACES = {
    "Acciaiuoli": (0.2556, 0.7095),
    "Medici": (0.4261, 0.555),
    "Castellani": (0.1106, 0.2108),
    "Peruzzi": (0.2453, 0.0),
    "Strozzi": (0.3013, 0.1532),
    "Barbadori": (0.1796, 0.453),
    "Ridolfi": (0.364, 0.3609),
    "Tornabuoni": (0.5423, 0.3811),
    "Albizzi": (0.6778, 0.4658),
    "Salviati": (0.4826, 0.7806),
    "Pazzi": (0.4877, 1.0),
    "Bischeri": (0.4832, 0.0318),
    "Guadagni": (0.6658, 0.2088),
    "Ginori": (0.8894, 0.5494),
    "Lamberteschi": (0.8517, 0.0819),
}


def stress(graph, places) -> float:
    """Squared relative error of all distances, at the scale that makes it least."""
    paths = dict(nx.all_pairs_shortest_path_length(graph))
    beyond = 1 + max(max(lengths.values()) for lengths in paths.values())
    ratios = [
        abs(complex(*places[a]) - complex(*places[b])) / paths[a].get(b, beyond)
        for a in graph
        for b in graph
        if a != b
    ]
    scale = sum(ratios) / sum(ratio**2 for ratio in ratios)
    return sum((scale * ratio - 1) ** 2 for ratio in ratios)


@pytest.mark.slow
@pytest.mark.parametrize("name", NETWORKS)
def test_places_fill_the_unit_square_and_no_two_are_the_same(name):
    places = layout(NETWORKS[name])
    assert list(places) == list(NETWORKS[name])
    assert all(0 <= value <= 1 for place in places.values() for value in place)
    spans = [max(side) - min(side) for side in zip(*places.values(), strict=True)]
    assert max(spans) == pytest.approx(1, abs=1e-3)
    assert len(set(places.values())) == len(places)


@pytest.mark.slow
@pytest.mark.parametrize("name", NETWORKS)
def test_distances_are_kept_about_as_well_as_by_networkx(name):
    graph = NETWORKS[name]
    rival = {node: tuple(place) for node, place in nx.kamada_kawai_layout(graph).items()}
    assert stress(graph, layout(graph)) <= 1.05 * stress(graph, rival)


def test_the_centre_of_a_star_is_drawn_in_the_middle():
    places = layout(nx.star_graph(8))
    assert all(abs(value - 0.5) < 0.1 for value in places[0])


def test_the_places_are_these_on_every_machine():
    # written down once; another value here is another drawing in every report
    assert layout(nx.florentine_families_graph()) == PLACES


def test_no_actor_or_one_alone_is_drawn():
    assert layout(nx.empty_graph(0)) == {}
    assert layout(nx.empty_graph(1)) == {0: (0.5, 0.5)}


def test_actors_that_nothing_links_are_drawn_apart():
    places = list(layout(nx.empty_graph(4)).values())
    apart = [abs(complex(*a) - complex(*b)) for i, a in enumerate(places) for b in places[:i]]
    assert min(apart) > 0.5
