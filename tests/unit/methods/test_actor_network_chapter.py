"""methods.actor_network.chapter: the chapter of the actor network, as its starters make it."""

import pandas as pd
import pytest
from pipe_tables import cells
from starters import chapter, everything, prose, scored, shown

from evaluation.language.texts import LANGUAGES
from evaluation.methods.actor_network import chapter as actor_network
from evaluation.methods.actor_network.tables import TABLES
from evaluation.report.report import open_report

pytestmark = pytest.mark.slow

HUB = "<b>Hub</b> $x$ [a](b)"
LEAVES = [f"Leaf {number}" for number in range(1, 6)]
ACTORS = [
    (HUB, "association", "true", "true"),
    *((leaf, "municipality", "true", "true") for leaf in LEAVES),
    ("Quiet", "business", "true", "false"),
    ("Lone", "other", "true", "true"),
    ("Secret", "association", "false", "true"),
]
TIES = [
    *((leaf, HUB, 2, 2020, 3, 4) for leaf in LEAVES),
    *((HUB, leaf, 3, 2019, 4, 2) for leaf in LEAVES[:4]),
    ("Leaf 1", "Leaf 2", 1, None, None, None),
    (HUB, "Quiet", 4, 2021, 2, 2),
    ("Secret", HUB, 4, None, 1, 1),
    ("Secret", "Leaf 1", 4, None, 1, 1),
]


def raw(actors: list[tuple], ties: list[tuple]) -> dict[str, pd.DataFrame]:
    numbers = dict.fromkeys(["closeness", "since", "trust", "value"], "Int64")
    return {
        "actors": pd.DataFrame(actors, columns=list(TABLES["actors"][0])),
        "ties": pd.DataFrame(ties, columns=list(TABLES["ties"][0])).astype(numbers),
    }


def make(tmp_path_factory, min_cell: int, actors=ACTORS, ties=TIES):
    root = tmp_path_factory.mktemp("network") / "folder"
    return scored(root, "actor_network", min_cell, raw(actors, ties))


@pytest.fixture(scope="module")
def open_(tmp_path_factory):
    return make(tmp_path_factory, 1)


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    return make(tmp_path_factory, 3)


@pytest.fixture(scope="module")
def chapters(strict):
    return [chapter(strict, "actor_network", language) for language in LANGUAGES]


def test_the_starters_make_the_same_chapter_in_both_languages(chapters):
    danish, english = chapters
    assert list(shown(danish)) == list(shown(english))
    assert len(shown(danish)) == 5
    assert "Af alle par af aktører samarbejder 7\u00a0af\u00a028 (25\u00a0%)" in prose(danish)
    assert "Of all pairs of actors, 7\u00a0of\u00a028 (25%) work together" in prose(english)
    assert "Only the actors that may be named are drawn" in prose(english)
    for notebook, word in ((danish, "skjult"), (english, "hidden")):
        assert f"| {word} |" in shown(notebook)["tbl-actor-network-measures"]
        assert f"| {word} |" in shown(notebook)["tbl-actor-network-ratings"]


def test_names_stay_text(chapters):
    for notebook in chapters:
        for label in ("actors", "brokers", "ratings"):
            table = shown(notebook)[f"tbl-actor-network-{label}"]
            assert r"\<b\>Hub\</b\> \$x\$ \[a\]\(b\)" in table


def test_who_may_not_be_named_is_nowhere(open_, strict, chapters):
    for root in (open_, strict):
        for language in LANGUAGES:
            alt = actor_network.drawing(open_report(language, root)).alt
            assert HUB in alt
            assert "Secret" not in alt
        assert "Secret" not in everything(root)


def test_the_figure_shows_every_tie_between_those_drawn(open_, strict):
    for root, more in ((open_, 2), (strict, 0)):
        alt = actor_network.drawing(open_report("da", root)).alt
        assert all(f"mellem {HUB} og {leaf}" in alt for leaf in LEAVES)
        assert "mellem Leaf 1 og Leaf 2" in alt
        assert alt.count("mellem ") == 7 + more
    assert f"{HUB} (størrelse 6)" in actor_network.drawing(open_report("da", strict)).alt
    assert f"{HUB} (size 7)" in actor_network.drawing(open_report("en", open_)).alt


def test_the_table_tells_who_works_with_whom(open_, strict):
    rows = {row[0]: row[1:] for row in cells(actor_network.actors(open_report("en", open_)))[1:]}
    assert list(rows) == [HUB, *LEAVES, "Quiet", "Lone"]
    assert rows["Leaf 1"] == ["Municipality", "3", f"{HUB}; Leaf 2; not named (1)"]
    assert rows["Lone"] == ["Other", "0", "–"]
    rows = {row[0]: row[1:] for row in cells(actor_network.actors(open_report("en", strict)))[1:]}
    assert rows["Leaf 1"] == ["Municipality", "2", f"{HUB}; Leaf 2"]


def test_what_the_silent_may_change_is_told(open_):
    report = open_report("en", open_)
    rows = {row[0]: row[1:] for row in cells(actor_network.measures(report))[1:]}
    # Quiet may work with 7 more of the 8 others than the one that says so
    assert rows["Pairs that work together, of all pairs"] == [
        "9\u00a0of\u00a036 (25%)",
        "25–44%",
        "9",
    ]
    assert rows["Parts that are not linked"] == ["2", "1–2", "9"]
    centre = rows["How far the ties are concentrated on one actor (0 to 1)"]
    assert centre[1] == "no limits can be given"
    told = actor_network.density(report)
    assert "9\u00a0of\u00a036 (25%)" in told
    assert "as high as 44%" in told
    assert told.origin.file == "data/raw/ties.csv"
    assert actor_network.silent(report).startswith("Some actors have not answered.")


def test_brokers_and_parts_are_told(open_, strict):
    told = actor_network.between(open_report("da", open_))
    assert told.startswith("Blandt de aktører, der må nævnes, går den største andel")
    assert told.endswith(f"Netværket falder fra hinanden uden {HUB}.")
    parts = actor_network.held_together(open_report("en", open_))
    assert parts.startswith("Of the actors, 8\u00a0of\u00a09 (89%) are in the largest part")
    assert actor_network.held_together(open_report("en", strict)).endswith("is hidden.")


def test_means_of_few_ratings_are_hidden(open_, strict):
    found = [
        {row[0]: row[1:] for row in cells(actor_network.ratings(open_report("en", root)))[1:]}
        for root in (open_, strict)
    ]
    # trust in the hub: five times 3, and 1
    assert [rows[HUB] for rows in found] == [["2.7", "6", "3.5", "6"]] * 2
    assert found[0]["Leaf 3"] == ["–", "1", "–", "1"]
    assert found[1]["Leaf 3"] == ["hidden"] * 4


def test_a_network_of_nobody_has_a_chapter_that_says_so(tmp_path_factory):
    notebook = chapter(make(tmp_path_factory, 1, [], []), "actor_network", "da")
    assert "Der er for få aktører til et netværk." in prose(notebook)
    assert "Ingen af aktørerne må nævnes ved navn." in prose(notebook)
    assert "Der er ingen data at vise" in shown(notebook)["tbl-actor-network-actors"]
