"""partnership_check: how partners rate a partnership, and where they disagree."""

from functools import cache
from itertools import combinations_with_replacement, product
from random import Random
from statistics import median, stdev

import pandas as pd
import pytest
from fragments import codes_of, fragment
from refusals import refusal, tells
from worlds import Worlds, figures

from evaluation.disclosure import exactly, ranges
from evaluation.methods.partnership_check.scores import (
    SECTORS,
    check_references,
    disagreement,
    extremes,
    profile,
    sectors,
)
from evaluation.methods.partnership_check.tables import (
    DONT_KNOW,
    ELEMENTS,
    FAMILIES,
    RATINGS,
    TABLES,
)
from evaluation.stats.ordinal import agreement

TRUST = "relational_trust_respect"
MANDATE = "organisational_mandate"


def ratings(*blocks) -> pd.DataFrame:
    """Rows from (wave, element, ratings by partner); None for no answer."""
    rows = [
        (f"p{number}", wave, element, str(rating))
        for wave, element, given in blocks
        for number, rating in enumerate(given)
        if rating is not None
    ]
    columns = ["partner", "wave", "element", "rating"]
    return pd.DataFrame(rows, columns=columns).astype({"wave": "Int64"})


def partners(*by_sector: tuple[str, int]) -> pd.DataFrame:
    """Partners p0, p1, ... from how many each sector has."""
    rows = [sector for sector, size in by_sector for _ in range(size)]
    ids = [f"p{number}" for number in range(len(rows))]
    return pd.DataFrame({"id": ids, "sector": rows, "named": "true"})


def of(table: pd.DataFrame, **where) -> pd.DataFrame:
    for column, value in where.items():
        table = table[table[column] == value]
    return table


def row(table: pd.DataFrame, **where) -> pd.Series:
    found = of(table, **where)
    assert len(found) == 1
    return found.iloc[0]


# the data


def test_a_rating_by_an_unknown_partner_is_refused():
    table = ratings((1, TRUST, [4, 5, 3]))
    table.index = [2, 3, 5]
    check_references(partners(("municipality", 3)), table)
    message = refusal(check_references, partners(("municipality", 2)), table)
    tells(message, "data/raw/partner_ratings.csv, row 5, column partner", "data/raw/partners.csv")
    tells(message, "'p2'", "Remedy: correct the id, or add the partner")


def test_there_are_six_relational_ten_structural_and_three_organisational_elements():
    assert {family: len(elements) for family, elements in FAMILIES.items()} == {
        "relational": 6,
        "structural": 10,
        "organisational": 3,
    }
    assert all(
        element.startswith(f"{family}_") for family in FAMILIES for element in FAMILIES[family]
    )


@pytest.mark.slow
def test_the_codebook_has_a_question_an_element_with_the_ratings_of_the_table_best_first():
    codebook = fragment("partnership_check")
    columns = TABLES["partner_ratings"][0]
    for element in codes_of(columns["element"]):
        question = codebook.questions[f"partnership_check_{element}"]
        assert question.type == "ordinal"
        on_scale = [option.code for option in question.options if not option.off_scale]
        assert on_scale[::-1] == [f"rating_{rating}" for rating in RATINGS]
        assert question.codes[-1] == DONT_KNOW
        assert question.group == f"partnership_check_{element.split('_')[0]}"
        assert question.elements == (element,)
    assert codes_of(columns["rating"]) == {*RATINGS, DONT_KNOW}
    named = codebook.questions["partnership_check_named"].codes
    assert set(named) == codes_of(TABLES["partners"][0]["named"])
    assert len(codebook.questions) == 2 + len(ELEMENTS)


# what is counted


def test_a_profile_counts_the_ratings_and_sets_dont_know_aside():
    table = ratings((1, TRUST, [5, 5, 3, "dont_know", 4, None]), (2, TRUST, [2]))
    found = profile(table, 1)
    assert len(found) == 2 * 19 * 6
    trust = of(found, wave=1, element=TRUST)
    assert trust.set_index("answer")["k"].to_dict() == {
        **{"1": 0, "2": 0, "3": 1, "4": 1, "5": 2},
        "dont_know": 1,
    }
    first = trust.iloc[0]
    assert (first["n"], first["rated"], first["median"]) == (5, 4, 4.5)
    assert (first["lowest"], first["highest"]) == (3, 5)
    # nobody was asked about the mandate, and nobody knew it in wave 2
    assert row(found, wave=1, element=MANDATE, answer="5")[["n", "rated"]].tolist() == [0, 0]
    assert pd.isna(row(found, wave=1, element=MANDATE, answer="5")["median"])


def test_a_profile_of_those_who_do_not_know_has_no_median():
    found = row(profile(ratings((1, TRUST, ["dont_know"] * 3)), 1), element=TRUST, answer="5")
    assert (found["n"], found["rated"]) == (3, 0)
    assert found[["median", "lowest", "highest"]].isna().all()


@pytest.mark.parametrize(
    ("given", "range_", "a"),
    [
        ([4, 4, 4, 4], 0, 1.0),
        ([1, 1, 5, 5], 4, -1.0),
        ([1, 2, 3, 4, 5], 4, 0.0),
        ([3, 3, 4, 4], 1, 0.75),
    ],
)
def test_disagreement_has_a_range_a_standard_deviation_and_van_der_eijks_a(given, range_, a):
    table = ratings((1, TRUST, [*given, "dont_know"]))
    found = row(disagreement(table, 1), element=TRUST)
    assert (found["rated"], found["range"]) == (len(given), range_)
    assert found["sd"] == pytest.approx(stdev(given))
    assert found["agreement"] == pytest.approx(a)


def test_one_partner_agrees_with_nobody():
    found = row(disagreement(ratings((1, TRUST, [4])), 1), element=TRUST)
    assert (found["rated"], found["range"]) == (1, 0)
    assert found[["sd", "agreement"]].isna().all()


@pytest.mark.slow
def test_sectors_are_compared_by_their_medians():
    who = partners(("municipality", 2), ("association", 3), ("business", 1))
    table = ratings((1, TRUST, [2, 3, 5, 4, 5, "dont_know"]))
    found = of(sectors(table, who, 1), element=TRUST)
    assert found["sector"].tolist() == ["municipality", "association", "business"]
    assert found["rated"].tolist() == [2, 3, 0]
    assert found["median"].tolist()[:2] == [2.5, 5]
    assert pd.isna(found["median"].iloc[2])
    assert (found["gap"] == 2.5).all()
    # a single sector is apart from nobody
    alone = of(sectors(table.iloc[:2], who, 1), element=TRUST)
    assert alone["gap"].isna().all()


def test_the_strongest_and_the_weakest_elements_are_named_with_ties():
    table = ratings(
        (1, TRUST, [5, 5, 4]),
        (1, "structural_progress", [5, 5, 3]),
        (1, MANDATE, [2, 2, 4]),
        (1, "structural_legitimacy", [3, 3, 3]),
        (2, TRUST, [3, 3]),
        (2, MANDATE, [3, 3]),
    )
    found = extremes(profile(table, 1))
    assert found[["wave", "place", "element", "median"]].to_numpy().tolist() == [
        [1, "strongest", TRUST, 5],
        [1, "strongest", "structural_progress", 5],
        [1, "weakest", MANDATE, 2],
    ]
    assert found[["ranked", "elements"]].iloc[0].tolist() == [4, 19]


# what is hidden


@pytest.mark.slow
def test_what_is_computed_from_hidden_ratings_is_hidden():
    table = ratings((1, TRUST, [5] * 6 + [4] * 5 + [2]), (1, MANDATE, [5] * 4 + [4] * 4))
    found = profile(table, 3)
    trust, mandate = of(found, element=TRUST), of(found, element=MANDATE)
    assert trust["suppressed"].sum() > 1
    assert trust[["median", "lowest", "highest"]].isna().all(axis=None)
    assert (mandate["median"] == 4.5).all()
    apart = disagreement(table, 3)
    hidden = row(apart, element=TRUST)
    assert hidden["suppressed"]
    assert hidden[["rated", "range", "sd", "agreement"]].isna().all()
    assert row(apart, element=MANDATE)["agreement"] == agreement([0, 0, 0, 4, 4])
    # an element whose median is hidden takes part in no ranking
    assert of(extremes(found), element=TRUST).empty


@pytest.mark.slow
def test_a_solver_recovers_no_hidden_count_of_a_profile():
    random = Random(6)
    answers = [*RATINGS, DONT_KNOW]
    weights = [1, 1, 4, 8, 5, 1]
    table = ratings(*((1, element, random.choices(answers, weights, k=18)) for element in ELEMENTS))
    found = profile(table, 3)
    assert 0 < found["suppressed"].sum() < len(found)
    small = range(1, 3)
    for _, rows in found.groupby("element"):
        assert not any(k in small for k in rows["k"].dropna())
        cells = {r.answer: None if pd.isna(r.k) else int(r.k) for r in rows.itertuples()}
        sums = [exactly(cells, int(rows["n"].iloc[0]))]
        if pd.notna(rows["rated"].iloc[0]):
            sums.append(exactly(RATINGS, int(rows["rated"].iloc[0])))
        told, informed = ranges(cells, sums), ranges(cells, sums, small)
        for cell, (low, high) in informed.items():
            assert low < high
            assert not (low in small and high in small)
            assert told[cell][1] >= 3


SIZES = {"municipality": 4, "association": 5, "business": 3}


def of_world(world) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(ratings, partners) of a world: the ratings of each sector in `SIZES`."""
    who = partners(*SIZES.items())
    return ratings((1, TRUST, [rating for sector in world for rating in sector])), who


def published(world, min_cell: int) -> dict[tuple, float]:
    table, who = of_world(world)
    answers = of(profile(table, min_cell), element=TRUST)
    whole = answers.drop_duplicates("element")
    apart = of(disagreement(table, min_cell), element=TRUST)
    by_sector = of(sectors(table, who, min_cell), element=TRUST)
    return (
        figures(answers, ["answer"], ["k"])
        | figures(whole, ["element"], ["median", "lowest", "highest"])
        | figures(apart, ["element"], ["sd", "agreement"])
        | figures(by_sector, ["sector"], ["median"])
        | figures(by_sector.head(1), ["element"], ["gap"])
    )


def facts(world) -> dict[tuple, float]:
    every = [rating for sector in world for rating in sector]
    medians = {name: median(sector) for name, sector in zip(SIZES, world, strict=True)}
    found = {("k", answer): every.count(int(answer)) for answer in RATINGS}
    found |= {("k", DONT_KNOW): 0, ("median", TRUST): median(every)}
    found |= {("lowest", TRUST): min(every), ("highest", TRUST): max(every)}
    found["sd", TRUST], found["agreement", TRUST] = apart(tuple(sorted(every)))
    found |= {("median", name): value for name, value in medians.items()}
    shown = medians.values()
    found["gap", TRUST] = max(shown) - min(shown)
    return found


@cache
def apart(every: tuple[int, ...]) -> tuple[float, float]:
    counts = [every.count(int(answer)) for answer in RATINGS]
    return round(stdev(every), 9), round(agreement(counts), 9)


def secrets(world) -> dict[tuple, int]:
    """How many gave a rating: in a sector, outside it, in all."""
    every = [rating for sector in world for rating in sector]
    found = {rating: every.count(rating) for rating in (2, 4, 5)}
    for (name, sector), rating in product(zip(SIZES, world, strict=True), (2, 4, 5)):
        found[name, rating] = sector.count(rating)
        found["not", name, rating] = found[rating] - found[name, rating]
    return found


@pytest.fixture(scope="module")
def worlds() -> Worlds:
    """Every way in which three sectors could have used three of the ratings."""
    by_sector = [combinations_with_replacement((2, 4, 5), size) for size in SIZES.values()]
    return Worlds(product(*by_sector), facts, secrets)


@pytest.mark.slow
@pytest.mark.parametrize("min_cell", [2, 3])
def test_nobody_finds_a_small_group_in_all_tables_together(worlds, min_cell):
    small = range(1, min_cell)
    # a gap between two sectors says nothing of a third that is hidden: only those of all three
    # are facts of a world, so worlds are compared without it where a sector is hidden
    some = Random(7).sample(worlds.worlds, 15)
    some += Random(8).sample(worlds.without_small(small), 15)
    shown = []
    for world in some:
        figure = published(world, min_cell)
        if any(("median", name) not in figure for name in SIZES):
            figure.pop(("gap", TRUST), None)
        shown.append(figure)
    assert any(("median", "association") in figure for figure in shown)
    assert worlds.given_away(shown, small, kept={"k"}) == []


@pytest.mark.slow
def test_a_sector_that_subtraction_would_show_is_joined_by_another():
    # five and five may be shown, but what is left of all twelve are two businesses
    who = partners(("municipality", 5), ("association", 5), ("business", 2))
    table = ratings((1, TRUST, [4] * 12))
    found = of(sectors(table, who, 3), element=TRUST).set_index("sector")
    assert found["suppressed"].to_dict() == {
        "municipality": False,
        "association": True,
        "business": True,
    }
    assert found["gap"].isna().all()
    assert not of(sectors(table, who, 1), element=TRUST)["suppressed"].any()


@pytest.mark.slow
def test_every_sector_of_the_partners_has_its_rows():
    who = partners(*((sector, 1) for sector in SECTORS))
    found = sectors(ratings((1, TRUST, [4] * 5)), who, 1)
    assert len(found) == len(ELEMENTS) * len(SECTORS)
    assert of(found, element=MANDATE)["median"].isna().all()


# waves


def test_what_the_only_newcomer_answered_is_not_the_difference_of_two_waves():
    before = [3, 3, 3, 4, 4, 4, 5, 5, 5]
    table = ratings((1, TRUST, before), (2, TRUST, [*before, 5]), (3, TRUST, [*before, 5, 3, 4]))
    who = partners(("municipality", 6), ("association", 6))
    for found in (profile(table, 3), disagreement(table, 3)):
        told = of(found, element=TRUST).drop_duplicates("wave").set_index("wave")["rated"]
        assert told.notna().tolist() == [True, False, True]
    assert of(sectors(table, who, 3), element=TRUST, wave=2)["suppressed"].all()
    assert of(profile(table, 1), element=TRUST, wave=2)["k"].sum() == 10


def test_a_sector_that_one_partner_joined_is_not_told_though_several_joined_the_others():
    """Three came to the partnership, one of them to the first sector: there it is a difference."""
    before = [3, 3, 3, 4, 4, 4, None, 3, 3, 3, 4, 4, 4, None, None]
    after = [3, 3, 3, 4, 4, 4, 3, 3, 3, 3, 4, 4, 4, 4, 4]
    table = ratings((1, TRUST, before), (2, TRUST, after))
    found = sectors(table, partners(("municipality", 7), ("association", 8)), 3)
    assert row(of(found, element=TRUST, wave=1), sector="municipality")["rated"] == 6
    assert of(found, element=TRUST, wave=2)["suppressed"].all()
