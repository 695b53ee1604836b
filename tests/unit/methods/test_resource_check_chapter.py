"""methods.resource_check.chapter: the chapter of the resource check, as its starters make it."""

import re
from statistics import median

import pandas as pd
import pytest
from pipe_tables import cells
from starters import chapter, everything, prose, scored, shown

from evaluation.language.texts import LANGUAGES
from evaluation.methods.resource_check import chapter as resource_check
from evaluation.methods.resource_check.scores import SIDES
from evaluation.methods.resource_check.tables import LEVELS, TABLES, TOPICS
from evaluation.report.report import open_report

pytestmark = pytest.mark.slow

COLUMNS = list(TABLES["resource_checks"][0])
# levels (from 0) of the units on a topic, before and after
ASSOCIATIONS = {
    "vision": ([0] * 4 + [1] * 5, [3] * 9),
    "strategy": ([1] * 9, [0] * 4 + [1] * 5),
    "action_plan": ([0] * 4 + [2] * 4, [0] * 4 + [2] * 4),
    "fundraising": ([0] * 8 + [1], [0] * 7 + [1] * 2),
}
MUNICIPALITIES = {"vision": ([0] * 6, [1] * 6), "strategy": ([1] * 6, [1] * 6)}


def checks(sides: dict, waves=(1, 2)) -> pd.DataFrame:
    """The raw table; units bear names that would mean something to Markdown."""
    rows = [
        (f"<b>{side}</b> *{number}* Aisha", side, wave, topic, LEVELS[level])
        for side, topics in sides.items()
        for topic, answers in topics.items()
        for wave, levels in zip((1, 2), answers, strict=True)
        for number, level in enumerate(levels)
        if wave in waves
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


BOTH = dict(zip(SIDES, (ASSOCIATIONS, MUNICIPALITIES), strict=True))


def make(tmp_path_factory, min_cell: int, table: pd.DataFrame):
    root = tmp_path_factory.mktemp("resource_check") / "folder"
    return scored(root, "resource_check", min_cell, {"resource_checks": table})


@pytest.fixture(scope="module")
def open_(tmp_path_factory):
    return make(tmp_path_factory, 1, checks(BOTH))


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    return make(tmp_path_factory, 3, checks(BOTH))


def test_the_starters_make_the_same_chapter_in_both_languages(strict):
    danish, english = (chapter(strict, "resource_check", language) for language in LANGUAGES)
    assert list(shown(danish)) == list(shown(english))
    assert len(shown(danish)) == 8
    assert "Længst er foreningerne med ”Vision” (median: bruges og følges op)" in prose(danish)
    assert "associations are furthest along with “Vision” (median: used" in prose(english)
    for notebook, word in ((danish, "skjult"), (english, "hidden")):
        assert f"| {word} |" in shown(notebook)["tbl-resource-check-levels-association"]
        assert "færre end 3" in prose(notebook) or "fewer than 3" in prose(notebook)
    assert "Aisha" not in everything(strict)


def test_the_table_of_levels_counts_the_answers(open_):
    table = cells(resource_check.levels(open_report("en", open_), "association"))
    assert table[0][2:6] == ["Used and followed up", "In place", "Begun", "Not started"]
    rows = {(row[0], row[1]): row[2:] for row in table[1:]}
    assert len(rows) == 2 * len(TOPICS)
    assert rows["Vision", "1"] == ["0", "0", "5", "4", "9", "begun"]
    assert rows["Action plan", "2"][-1] == "begun"
    assert rows["Budget and accounts", "1"] == ["0", "0", "0", "0", "0", "–"]


def test_figures_name_every_median_they_show_and_every_one_that_is_missing(open_, strict):
    for language, name, missing in (("da", "Måling 1", "vises ikke"), ("en", "Wave 1", "not")):
        alt = resource_check.waves(open_report(language, open_), "association").alt
        assert f"Vision ({name}: {1 + median(ASSOCIATIONS['vision'][0])}" in alt
        assert alt.count(missing) >= 4
        hidden = resource_check.waves(open_report(language, strict), "association").alt
        assert f"Fundraising ({name}: 1" in alt
        assert f"Fundraising ({name}: 1" not in hidden
    sides = resource_check.sides(open_report("en", open_)).alt
    assert "Vision (Associations: 4, Municipalities: 2)" in sides


def test_no_count_below_the_threshold_is_in_a_table(strict):
    report = open_report("en", strict)
    for side in SIDES:
        for table in (resource_check.levels(report, side), resource_check.changes(report, side)):
            assert not {"1", "2"} & {cell for row in cells(table)[1:] for cell in row[2:-1]}
    fundraising = [
        row
        for row in cells(resource_check.levels(report, "association"))[1:]
        if row[0] == "Fundraising"
    ]
    assert all(row[2:] == ["hidden"] * 4 + ["9", "hidden"] for row in fundraising)


def test_change_is_told_with_its_tests_and_says_where_there_are_none(open_, strict):
    rows = {
        row[0]: row[1:]
        for row in cells(resource_check.changes(open_report("en", open_), "association"))
    }
    assert rows["Vision"][:4] == ["9", "9", "0", "0"]
    # sign test of 9 against 0: 2 / 2^9, times the four tests of the family
    assert rows["Vision"][4] == "0.016"
    assert rows["Budget and accounts"][-1] == "nobody answered in both"
    told = resource_check.movement(open_report("en", open_), "association")
    assert "more of the associations moved up than down: 2\u00a0of\u00a08;" in told
    assert "more moved down than up: 1\u00a0of\u00a08;" in told
    assert "statistically significant (p at most 0.05) for “Vision”." in told
    assert told.origin.file == "data/raw/resource_checks.csv"
    assert "udviklingen ikke kan vises" in resource_check.movement(
        open_report("da", strict), "municipality"
    )


def test_the_sides_are_set_against_each_other(open_):
    told = resource_check.distance(open_report("da", open_))
    assert "I måling 2 er der størst afstand mellem de to siders medianer ved ”Vision”: 2" in told
    rows = {row[0]: row[1:] for row in cells(resource_check.side_by_side(open_report("da", open_)))}
    assert rows["Vision"][:2] == ["bruges og følges op", "påbegyndt"]
    assert rows["Fundraising"][1:] == ["–", "for få svar"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_side_in_one_wave_has_a_chapter_too(tmp_path_factory, language):
    root = make(tmp_path_factory, 1, checks({"association": ASSOCIATIONS}, waves=[2]))
    notebook = chapter(root, "resource_check", language)
    words = {
        "da": ("kun én måling", "ingen svar fra kommunerne"),
        "en": ("only one wave", "no answers from the municipalities"),
    }[language]
    assert all(word in prose(notebook) for word in words)
    assert "nan" not in "".join(shown(notebook).values()).casefold().replace("finan", "")


def test_an_empty_table_has_a_chapter_that_says_so(tmp_path_factory):
    root = make(tmp_path_factory, 3, checks({}))
    notebook = chapter(root, "resource_check", "da")
    assert "Der er ingen svar fra foreningerne." in prose(notebook)
    tables = [text for label, text in shown(notebook).items() if label.startswith("tbl")]
    assert all(re.search("Der er ingen data at vise", text) for text in tables)


def test_tables_and_figures_remember_where_their_numbers_come_from(open_):
    report = open_report("da", open_)
    for shown_ in (
        resource_check.levels(report, "association"),
        resource_check.changes(report, "association"),
        resource_check.waves(report, "association"),
    ):
        assert {number.origin.file for number in shown_.numbers} == {"data/raw/resource_checks.csv"}
    numbers = resource_check.sides(report).numbers
    assert ("Vision", "Foreninger", "4") in {(n.row, n.column, n.value) for n in numbers}
