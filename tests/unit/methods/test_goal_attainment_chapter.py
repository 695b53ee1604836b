"""methods.goal_attainment.chapter: the chapter of goal attainment, as its starters make it."""

import pandas as pd
import pytest
from pipe_tables import cells
from starters import chapter, everything, prose, scored, shown

from evaluation.language.texts import LANGUAGES
from evaluation.methods.goal_attainment import chapter as goal_attainment
from evaluation.methods.goal_attainment.tables import TABLES
from evaluation.report.report import open_report

pytestmark = pytest.mark.slow

COLUMNS = list(TABLES["goal_levels"][0])
HOSTILE = "<b>funds</b> $x$ [a](b)"
# levels of the units in both waves
FUNDS = ([-1] * 5 + [-2] * 4, [1] * 4 + [0] * 5)
MEMBERS = ([-2] * 9, [0] * 3 + [1] * 3 + [2] * 3)
# one unit at the highest level: hidden at 3, with what would give it away
BOARD = ([-1] * 9, [0] * 5 + [1] * 3 + [2])


def levels(goals: dict, waves=(1, 2)) -> pd.DataFrame:
    """The raw table; goal -> levels of the units in each wave."""
    rows = [
        (f"Aisha {unit}", goal, wave, level, 1.0)
        for goal, both in goals.items()
        for wave, found in zip((1, 2), both, strict=True)
        for unit, level in enumerate(found)
        if wave in waves
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


TWO = {HOSTILE: FUNDS, "members": MEMBERS}


def make(tmp_path_factory, min_cell: int, table: pd.DataFrame):
    root = tmp_path_factory.mktemp("goals") / "folder"
    return scored(root, "goal_attainment", min_cell, {"goal_levels": table})


@pytest.fixture(scope="module")
def open_(tmp_path_factory):
    return make(tmp_path_factory, 1, levels({**TWO, "rare": ([-1], [])}))


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    rare = {"rare": ([-1] * 2, [0] * 2)}
    return make(tmp_path_factory, 3, levels({**TWO, "board": BOARD, **rare}))


@pytest.fixture(scope="module")
def chapters(strict):
    return [chapter(strict, "goal_attainment", language) for language in LANGUAGES]


def test_the_starters_make_the_same_chapter_in_both_languages(chapters, strict):
    danish, english = chapters
    assert list(shown(danish)) == list(shown(english))
    assert len(shown(danish)) == 5
    assert "Mål, der ikke vises, fordi få enheder har dem: 1\u00a0af\u00a04." in prose(danish)
    assert "For wave 1 the T-score is hidden." in prose(english)
    assert "It is 50 when all goals are attained as expected" in prose(english)
    for notebook, word in ((danish, "skjult"), (english, "hidden")):
        assert f"| {word} |" in shown(notebook)["tbl-goal-attainment-levels"]
    assert "Aisha" not in everything(strict)


def test_goals_stay_text_and_those_that_few_have_are_not_named(chapters):
    for notebook in chapters:
        table = shown(notebook)["tbl-goal-attainment-levels"]
        assert r"\<b\>funds\</b\> \$x\$ \[a\]\(b\)" in table
        assert "rare" not in prose(notebook) + "".join(shown(notebook).values())


def test_the_table_counts_the_units_at_each_level(open_):
    table = cells(goal_attainment.levels(open_report("en", open_)))
    assert table[0][2] == "Much further than expected"
    rows = {(row[0], row[1]): row[2:] for row in table[1:]}
    assert rows[HOSTILE, "2"] == ["0", "4", "5", "0", "0", "9", "as far as expected"]
    assert rows["members", "2"] == ["3", "3", "3", "0", "0", "9", "further than expected"]
    assert rows["rare", "1"][-2:] == ["1", "not quite as far as expected"]


def test_figures_tell_every_count_and_every_median(open_, strict):
    report = open_report("da", open_)
    alt = goal_attainment.attainment(report).alt
    assert (
        f"{HOSTILE} (måling 2) (9 svar): Længere end forventet: 4\u00a0af\u00a09 (44\u00a0%)" in alt
    )
    alt = goal_attainment.medians(report).alt
    assert f"{HOSTILE} (Måling 1: 2, Måling 2: 3); members (Måling 1: 1, Måling 2: 4)" in alt
    assert "rare (Måling 1: 2, Måling 2: vises ikke)" in alt
    hidden = goal_attainment.medians(open_report("en", strict)).alt
    assert "board (Wave 1: 2, Wave 2: not shown)" in hidden
    hidden = goal_attainment.attainment(open_report("en", strict)).alt
    assert "As far as expected: 5\u00a0of\u00a09 (56%)" in hidden
    assert "Much further than expected: a hidden number of 9" in hidden


def test_scores_and_their_change_are_told(open_):
    report = open_report("en", open_)
    rows = cells(goal_attainment.scores(report))[1:]
    assert [row[:2] for row in rows] == [["1", "9"], ["2", "9"]]
    assert f"In wave 2 the T-score is {rows[1][2]} on average for 9 units" in (
        goal_attainment.scored(report)
    )
    told = goal_attainment.moved(report)
    assert told.startswith(
        "From wave 1 to wave 2 the T-score has risen for 9\u00a0of\u00a09 (100%)"
    )
    assert told.origin.file == "data/raw/goal_levels.csv"
    assert cells(goal_attainment.changes(report))[1] == ["Higher", "9\u00a0of\u00a09 (100%)"]


def test_no_count_below_the_threshold_is_in_a_table(strict):
    report = open_report("en", strict)
    for row in cells(goal_attainment.levels(report))[1:]:
        assert not {"1", "2"} & set(row[2:-1]), row
    assert cells(goal_attainment.changes(report))[1] == ["Higher", "a hidden number"]
    assert goal_attainment.moved(report).endswith("is hidden.")


def test_one_wave_has_a_chapter_without_change(tmp_path_factory):
    report = open_report("da", make(tmp_path_factory, 1, levels(TWO, waves=[2])))
    assert goal_attainment.moved(report).startswith("Der er kun én måling")
    assert "Der er ingen data" in goal_attainment.changes(report).source
    assert "(Måling 2: 3)" in goal_attainment.medians(report).alt


def test_an_empty_table_has_a_chapter_that_says_so(tmp_path_factory):
    notebook = chapter(make(tmp_path_factory, 3, levels({})), "goal_attainment", "da")
    assert "Der er ingen vurderinger." in prose(notebook)
    tables = [text for label, text in shown(notebook).items() if label.startswith("tbl")]
    assert all("Der er ingen data at vise" in text for text in tables)
