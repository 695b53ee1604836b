"""methods.meetings_grants.chapter: the chapter of meetings and grants, as its starters make it."""

import pandas as pd
import pytest
from pipe_tables import cells
from refusals import refusal, tells
from starters import chapter, everything, prose, scored, shown

from evaluation.language.texts import LANGUAGES
from evaluation.methods.meetings_grants import chapter as meetings_grants
from evaluation.project.raw_tables import tables
from evaluation.report.report import open_report

pytestmark = pytest.mark.slow

MEMBERS = [f"Foreningen <b>{number}</b>" for number in range(12)]
THEME = "$x$ <b>mad</b> [a](b)"


def frame(name: str, rows: list) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(tables()[name][0]))


def raw(members=MEMBERS) -> dict[str, pd.DataFrame]:
    """Three meetings, of which one person-thin; grants for two themes."""
    came = {"m1": members[:6], "m2": members[:9], "m3": members[:1]}
    grants = [(actor, "sport", 1000) for actor in members[:6]]
    grants += [(actor, THEME, 2500) for actor in members[:5]]
    return {
        "actors": frame("actors", [(actor, "association", "false", "true") for actor in members]),
        "meetings": frame(
            "meetings",
            [
                ("m1", "2025-01-31", "network_day", members[0] if members else ""),
                ("m2", "2025-02-28", "course", ""),
                ("m3", "2025-03-31", "working_meeting", ""),
            ]
            if members
            else [],
        ),
        "attendance": frame(
            "attendance", [(meeting, actor) for meeting, actors in came.items() for actor in actors]
        ),
        "grants": frame(
            "grants", [(f"g{number}", *grant, "2025-05-01") for number, grant in enumerate(grants)]
        ),
    }


def make(tmp_path_factory, min_cell, tables):
    root = tmp_path_factory.mktemp("meetings_grants") / "folder"
    return scored(root, "meetings_grants", min_cell, tables)


@pytest.fixture(scope="module")
def all_shown(tmp_path_factory):
    return make(tmp_path_factory, 1, raw())


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    return make(tmp_path_factory, 3, raw())


def test_the_starters_make_the_same_chapter_in_both_languages_and_name_no_actor(strict):
    danish, english = (chapter(strict, "meetings_grants", language) for language in LANGUAGES)
    assert list(shown(danish)) == list(shown(english))
    assert len(shown(danish)) == 6
    assert "Antal registrerede møder: 3." in prose(danish)
    assert "Attendance was highest at “Course, 28 Feb 2025” (9\u00a0of\u00a012)" in prose(english)
    assert "is hidden and may lie outside these numbers: 1\u00a0of\u00a03." in prose(english)
    assert "Foreningen" not in everything(strict)


def test_the_tables_count_actors(all_shown):
    report = open_report("da", all_shown)
    rows = cells(meetings_grants.meetings(report))
    assert rows[1] == ["31. jan. 2025", "Netværksdag", "6", "12", "6", "0"]
    assert rows[2] == ["28. feb. 2025", "Kursus", "9", "12", "3", "6"]
    assert rows[3] == ["31. mar. 2025", "Arbejdsmøde", "1", "12", "0", "1"]
    rows = cells(meetings_grants.by_number(report))[1:]
    assert [row[1:] for row in rows] == [
        ["6", "50\u00a0%"],
        ["1", "8\u00a0%"],
        ["5", "42\u00a0%"],
    ]
    rows = {row[0]: row[1:] for row in cells(meetings_grants.by_theme(report))}
    assert rows["sport"] == ["6", "6", "6.000", "1.000"]
    assert rows[THEME] == ["5", "5", "12.500", "2.500"]


def test_small_numbers_of_actors_are_in_no_table_and_no_figure(strict):
    report = open_report("en", strict)
    thin = cells(meetings_grants.meetings(report))[3]
    assert thin[2:] == ["hidden", "12", "hidden", "hidden"]
    assert "Working meeting, 31 Mar 2025: a hidden number" in meetings_grants.attendance(report).alt
    assert cells(meetings_grants.by_number(report))[1] == [
        *["The distribution is hidden", "hidden", "hidden"]
    ]
    for table in (meetings_grants.by_number(report), meetings_grants.by_theme(report)):
        assert not {"1", "2"} & {cell for row in cells(table)[1:] for cell in row[1:]}


def test_figures_tell_every_number_and_call_actors_actors(all_shown):
    report = open_report("en", all_shown)
    assert meetings_grants.attendance(report).alt == (
        "Horizontal bars, 12 actors. Network day, 31 Jan 2025: 6\u00a0of\u00a012 (50%); "
        "Course, 28 Feb 2025: 9\u00a0of\u00a012 (75%); "
        "Working meeting, 31 Mar 2025: 1\u00a0of\u00a012 (8%)."
    )
    assert "Number of grants: 2: 5\u00a0of\u00a012 (42%)" in meetings_grants.spread(report).alt


def test_hostile_themes_stay_text(all_shown):
    report = open_report("da", all_shown)
    assert f"{THEME}: 5\u00a0af\u00a012" in meetings_grants.themes(report).alt
    assert "<b>" not in meetings_grants.themes(report).svg
    assert r"\$x\$ \<b\>mad" in meetings_grants.by_theme(report).source


def test_numbers_know_where_they_come_from(all_shown):
    report = open_report("da", all_shown)
    funded = meetings_grants.funded(report)
    assert (funded.k, funded.n) == (6, 12)
    assert funded.full.origin.file == "data/raw/grants.csv"
    assert "mindst en bevilling: 6\u00a0af\u00a012 (50\u00a0%)." in meetings_grants.grants(report)
    assert "”sport”: 6\u00a0af\u00a012." in meetings_grants.widest_themes(report)


def test_empty_tables_have_a_chapter_that_says_so(tmp_path_factory):
    root = make(tmp_path_factory, 3, {name: table.iloc[:0] for name, table in raw().items()})
    text = prose(chapter(root, "meetings_grants", "da"))
    for words in ("ikke registreret nogen møder", "nogen aktører", "nogen bevillinger"):
        assert words in text


def test_actors_that_received_nothing_have_a_chapter(tmp_path_factory):
    tables = raw()
    root = make(tmp_path_factory, 1, tables | {"grants": tables["grants"].iloc[:0]})
    text = prose(chapter(root, "meetings_grants", "en"))
    assert "at least one grant: 0\u00a0of\u00a012 (0%)." in text


def test_an_unknown_actor_stops_the_scores(tmp_path_factory):
    tables = raw()
    tables["actors"] = tables["actors"].iloc[1:]
    tells(refusal(make, tmp_path_factory, 1, tables), "data/raw/attendance.csv, row 2", "actor")
