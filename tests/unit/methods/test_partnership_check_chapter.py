"""methods.partnership_check.chapter: the chapter of the partnership check, as its starters make
it."""

from itertools import pairwise

import pandas as pd
import pytest
from pipe_tables import cells
from starters import chapter, everything, prose, scored, shown

from evaluation.language.texts import LANGUAGES
from evaluation.methods.partnership_check import chapter as partnership_check
from evaluation.methods.partnership_check.tables import ELEMENTS, FAMILIES, RATINGS, TABLES
from evaluation.report.report import open_report

pytestmark = pytest.mark.slow

MUNICIPALITIES, ASSOCIATIONS = 5, 6
TRUST, DIALOGUE = "relational_trust_respect", "relational_dialogue"
# ratings of the municipalities, then of the associations, in the second wave
RATED = {
    TRUST: "55555" + "555555",
    DIALOGUE: "11111" + "555555",
    "relational_negotiation": "33333" + "33332?",
}


def raw(rated: dict[str, str], waves=(1, 2)) -> dict[str, pd.DataFrame]:
    """The raw tables; partners bear names, and markup besides, and none may be named."""
    size = MUNICIPALITIES + ASSOCIATIONS
    ids = [f"<i>Foreningen af {number}</i> [x](y)" for number in range(size)]
    sectors = ["municipality"] * MUNICIPALITIES + ["association"] * ASSOCIATIONS
    rows = [
        (partner, wave, element, "dont_know" if rating == "?" else rating)
        for wave in waves
        for element, ratings in rated.items()
        for partner, rating in zip(ids, ratings if wave == 2 else "3" * size, strict=True)
    ]
    columns = list(TABLES["partner_ratings"][0])
    return {
        "partners": pd.DataFrame({"id": ids, "sector": sectors, "named": "false"}),
        "partner_ratings": pd.DataFrame(rows, columns=columns),
    }


def make(tmp_path_factory, min_cell, tables):
    root = tmp_path_factory.mktemp("partnership_check") / "folder"
    return scored(root, "partnership_check", min_cell, tables)


@pytest.fixture(scope="module")
def all_shown(tmp_path_factory):
    return make(tmp_path_factory, 1, raw(RATED))


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    return make(tmp_path_factory, 3, raw(RATED))


def test_the_starters_make_the_same_chapter_in_both_languages_and_name_no_partner(strict):
    danish, english = (chapter(strict, "partnership_check", language) for language in LANGUAGES)
    assert list(shown(danish)) == list(shown(english))
    assert len(shown(danish)) == 5 * len(FAMILIES)
    assert "De medianer, der kan vises, er alle ens" in prose(danish)
    assert "agree least on “Dialogue” (A = -0.82)" in prose(english)
    assert "Mindst enige er partnerne om ”Dialog” (A = -0,82)" in prose(danish)
    assert "Foreningen af" not in everything(strict)


def test_the_table_of_ratings_counts_the_answers_from_the_best(all_shown):
    rows = cells(partnership_check.ratings(open_report("da", all_shown), "relational"))
    assert rows[0][1:3] + rows[0][6:] == [
        "Passer helt",
        "Passer godt",
        "Ved ikke",
        "Svar",
        "Median",
    ]
    by_name = {row[0]: row[1:] for row in rows}
    assert by_name["Tillid og respekt"] == ["11", "0", "0", "0", "0", "0", "11", "passer helt"]
    assert by_name["Evne til at finde kompromiser"][:7] == ["0", "0", "9", "1", "0", "1", "11"]
    assert by_name["Personlige relationer"][6:] == ["0", "–"]


def test_figures_name_every_median_with_its_range(all_shown, strict):
    english = partnership_check.medians(open_report("en", all_shown), "relational").alt
    assert "Dialogue (Wave 1: 3, range 3 to 3, Wave 2: 5, range 1 to 5)" in english
    danish = partnership_check.medians(open_report("da", strict), "relational").alt
    assert "Evne til at finde kompromiser (Måling 1: 3, spændvidde 3 til 3, " in danish
    assert "Måling 2: vises ikke)" in danish
    sectors = partnership_check.sectors(open_report("en", all_shown), "relational").alt
    assert "Dialogue (Municipality: 1, Association: 5)" in sectors


def test_hidden_ratings_are_in_no_table(strict):
    report = open_report("en", strict)
    for family in FAMILIES:
        for row in cells(partnership_check.ratings(report, family))[1:]:
            assert not {"1", "2"} & set(row[1:8])
    negotiation = "Ability to find compromises"
    hidden = {row[0]: row[1:] for row in cells(partnership_check.ratings(report, "relational"))}
    assert hidden[negotiation].count("hidden") >= 3
    disagreement = cells(partnership_check.disagreement(report, "relational"))
    assert {row[0]: row[1:] for row in disagreement}[negotiation] == ["hidden"] * 4


def test_sentences_name_ties_gaps_and_what_cannot_be_compared(all_shown, tmp_path_factory):
    report = open_report("en", all_shown)
    told = partnership_check.extremes(report)
    assert (
        "Rated strongest: “Trust and respect” and “Dialogue” (median: describes it fully)" in told
    )
    assert "Rated weakest: “Ability to find compromises” (median: describes it in part)" in told
    assert f"outside this span: {len(ELEMENTS) - 3}\u00a0of\u00a0{len(ELEMENTS)}." in told
    assert told.origin.file == "data/raw/partner_ratings.csv"
    assert "apart for “Dialogue”: 4 on" in partnership_check.widest_gap(report)
    alike = make(tmp_path_factory, 3, raw({TRUST: "5" * 11}))
    for language, words in (
        ("da", ("alle ens", "helt enige", "samme median")),
        ("en", ("all alike", "agree fully", "the same median")),
    ):
        report = open_report(language, alike)
        told = (
            partnership_check.extremes(report),
            partnership_check.least_agreement(report),
            partnership_check.widest_gap(report),
        )
        assert all(word in sentence for word, sentence in zip(words, told, strict=True))


def test_a_check_without_ratings_has_a_chapter_that_says_so(tmp_path_factory):
    tables = raw({})
    tables["partners"] = tables["partners"].iloc[:0]
    root = make(tmp_path_factory, 3, tables)
    for language, words in (("da", "Der er ingen svar."), ("en", "There are no answers.")):
        notebook = chapter(root, "partnership_check", language)
        assert words in prose(notebook)


def test_an_unknown_family_names_those_that_exist(all_shown):
    with pytest.raises(KeyError, match="relational, structural, organisational"):
        partnership_check.ratings(open_report("da", all_shown), "financial")


def test_the_scale_is_in_the_order_of_the_ratings(all_shown):
    alt = partnership_check.medians(open_report("en", all_shown), "relational").alt
    places = [alt.index(f"{rating} is ") for rating in RATINGS]
    assert all(one < other for one, other in pairwise(places))
    assert "1 is Does not describe it at all" in alt
