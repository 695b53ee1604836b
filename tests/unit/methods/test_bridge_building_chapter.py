"""methods.bridge_building.chapter: the chapter of bridge-building, as its starters make it."""

import pandas as pd
import pytest
from pipe_tables import cells
from starters import chapter, everything, prose, scored, shown

from evaluation.language.texts import LANGUAGES
from evaluation.methods.bridge_building import chapter as bridge_building
from evaluation.methods.bridge_building.tables import STEPS, TABLES
from evaluation.report.report import open_report

pytestmark = pytest.mark.slow

COLUMNS = list(TABLES["bridge_counts"][0])
HOSTILE = "<b>2024</b> $x$ [a](b)"
# reached, and came from the step before
EARLIER = ([10, 10, 10, 0], [None, 10, 10, 0])
LATER = ([40, 22, 25, 12], [None, 18, 15, 12])
# 1 came to hosting from outside: hidden at 3, with what would give it away
SMALL = ([30, 20, 16, 2], [None, 16, 15, 2])


def counts(*blocks: tuple) -> pd.DataFrame:
    """The raw table; blocks: (period, role, (reached, came from before))."""
    rows = [
        (period, step, role, *numbers)
        for period, role, both in blocks
        for step, *numbers in zip(STEPS, *both, strict=True)
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype({"came_from_before": "Int64"})


BLOCKS = [
    ("2023", "user", EARLIER),
    (HOSTILE, "user", LATER),
    (HOSTILE, "volunteer", SMALL),
]


def make(tmp_path_factory, min_cell: int, table: pd.DataFrame):
    root = tmp_path_factory.mktemp("bridge") / "folder"
    return scored(root, "bridge_building", min_cell, {"bridge_counts": table})


@pytest.fixture(scope="module")
def open_(tmp_path_factory):
    return make(tmp_path_factory, 1, counts(*BLOCKS))


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    return make(tmp_path_factory, 3, counts(*BLOCKS))


@pytest.fixture(scope="module")
def chapters(strict):
    return [chapter(strict, "bridge_building", language) for language in LANGUAGES]


def test_the_starters_make_the_same_chapter_in_both_languages(chapters):
    danish, english = chapters
    assert list(shown(danish)) == list(shown(english))
    assert len(shown(danish)) == 5
    assert "gik 18\u00a0af\u00a040 (45\u00a0%) videre fra kendskab til følgeskab, " in prose(danish)
    assert "18\u00a0of\u00a040 (45%) went on from awareness to accompaniment, " in prose(english)
    assert "Der er ingen tal for denne rolle." in prose(danish)
    for notebook, word in ((danish, "skjult"), (english, "hidden")):
        assert f"| {word} |" in shown(notebook)["tbl-bridge-building-reached"]
        assert f" {word}" in shown(notebook)["tbl-bridge-building-passages"]
        assert "nan" not in prose(notebook) + "".join(shown(notebook).values()).split("<svg")[0]


def test_a_period_stays_text(chapters):
    _, english = chapters
    assert "<b>" not in shown(english)["tbl-bridge-building-reached"]
    assert r"\<b\>2024\</b\> \$x\$ \[a\]\(b\)" in shown(english)["tbl-bridge-building-reached"]


@pytest.mark.parametrize(
    ("language", "labels", "told"),
    [
        (
            "da",
            "Følgeskab: har fået følgeskab",
            "18\u00a0af\u00a040 (45\u00a0%) kom hertil fra kendskab",
        ),
        ("en", "Accompaniment: had company", "18\u00a0of\u00a040 (45%) came here from awareness"),
    ],
)
def test_the_figure_tells_who_came_and_who_left(open_, language, labels, told):
    alt = bridge_building.steps(open_report(language, open_), "user").alt
    assert labels in alt
    assert told in alt
    # 40 - 18 left after the first step, 22 - 18 came to the second from outside
    entered, left = {"da": ("kom til: 4", "faldt fra: 22"), "en": ("came in: 4", "left: 22")}[
        language
    ]
    assert entered in alt
    assert left in alt
    assert alt.index(left) < alt.index(entered)


def test_the_table_of_passages_tells_shares_with_their_interval(open_):
    table = cells(bridge_building.passages(open_report("en", open_)))
    rows = {tuple(row[:4]): row[4:] for row in table[1:]}
    assert len(rows) == 3 * len(BLOCKS)
    user = "User of a service"
    # Wilson interval of 18 of 40: 0.3071 to 0.6017
    found = rows[HOSTILE, user, "Awareness", "Accompaniment"]
    assert found == ["18\u00a0of\u00a040 (45%)", "31–60%", "4"]
    assert rows["2023", user, "Accompaniment", "Hosting"][0] == "10\u00a0of\u00a010 (100%)"


def test_nobody_at_a_step_is_told_and_not_divided_by(tmp_path_factory):
    nobody = counts(("2024", "user", ([5, 0, 0, 0], [None, 0, 0, 0])))
    report = open_report("en", make(tmp_path_factory, 1, nobody))
    told = bridge_building.onward(report, "user")
    assert told.startswith("In the period 2024, 0\u00a0of\u00a05 (0%) went on from awareness")
    assert "nobody was counted at accompaniment and hosting, so" in told
    assert "nobody at the step" in bridge_building.passages(report).source
    assert told.origin.file == "data/raw/bridge_counts.csv"


def test_nothing_small_comes_out(strict):
    report = open_report("en", strict)
    table = cells(bridge_building.reached(report))
    volunteers = next(row for row in table if row[1] == "Volunteer")
    assert volunteers[2:] == ["30", "20", "16", "hidden"]
    alt = bridge_building.steps(report, "volunteer").alt
    assert "Hosting: were received by a host: 16 (came in: hidden, left: hidden)" in alt
    shares = [row for row in cells(bridge_building.passages(report)) if row[1] == "Volunteer"]
    assert shares[1][4:] == ["a hidden number of 20", "hidden", "hidden"]
    assert shares[2][4:] == ["a hidden number of 16", "hidden", "hidden"]


def test_an_empty_table_has_a_chapter_that_says_so(tmp_path_factory):
    root = make(tmp_path_factory, 3, counts())
    notebook = chapter(root, "bridge_building", "da")
    assert prose(notebook).count("Der er ingen tal for denne rolle.") == 3
    tables = [text for label, text in shown(notebook).items() if label.startswith("tbl")]
    assert all("Der er ingen data at vise" in text for text in tables)
    assert "nan" not in everything(root).split("<svg")[0]
