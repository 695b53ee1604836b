"""methods.collaboration_phases.chapter: the chapter of the collaboration phases, as its starters
make it."""

import re

import pandas as pd
import pytest
from pipe_tables import cells
from refusals import refusal, tells
from starters import chapter, everything, prose, scored, shown

from evaluation.language.texts import LANGUAGES
from evaluation.methods.collaboration_phases import chapter as collaboration_phases
from evaluation.methods.collaboration_phases.tables import TABLES
from evaluation.report.report import open_report

pytestmark = pytest.mark.slow

HOSTILE = "$x$ <b>ud</b> [a](b)"
ROWS = [
    ("a", "phases_before_start", "phase_advice_ally", "2025-01-10", "2025-01-10", "Aisha said so"),
    ("b", "phases_before_start", "phase_advice_right_entry", "2025-01-10", "2025-01-15", "minutes"),
    ("c", "phases_start_up", "phase_advice_local", "2025-02-01", "2025-02-03", ""),
    ("d", "phases_formalisation", "phase_advice_steering_group", "2025-02-20", "2025-07-01", "x"),
    ("e", "phases_formalisation", "phase_advice_management_backing", "2025-02-27", "", ""),
    ("f", "phases_anchoring", "", "", "", ""),
    (HOSTILE, "phases_anchoring", "", "2025-12-01", "", ""),
]


def make(tmp_path_factory, rows, **chosen):
    root = tmp_path_factory.mktemp("collaboration_phases") / "folder"
    table = pd.DataFrame(rows, columns=list(TABLES["phase_steps"][0]))
    return scored(root, "collaboration_phases", 3, {"phase_steps": table}, **chosen)


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return make(tmp_path_factory, ROWS, status_day="2025-03-02")


def test_the_starters_make_the_same_chapter_in_both_languages_without_evidence(plan):
    danish, english = (chapter(plan, "collaboration_phases", language) for language in LANGUAGES)
    assert list(shown(danish)) == list(shown(english))
    assert len(shown(danish)) == 5
    assert "Opgjort pr. 2. mar. 2025." in prose(danish)
    assert (
        "Udførte skridt: 3\u00a0af\u00a07; heraf udført for sent: 2, og uden dokumentation: 1."
        in prose(danish)
    )
    assert "that are late and not yet done: 2." in prose(english)
    assert "Furthest behind: “Steering or working group set up”; number of days: 10." in prose(
        english
    )
    assert "mangler 8\u00a0af\u00a013 i planen" in prose(danish)
    assert "Aisha" not in everything(plan)


def test_the_listing_has_every_step_with_its_days_and_status(plan):
    rows = cells(collaboration_phases.listing(open_report("en", plan)))
    assert [row[4] for row in rows[1:]] == [
        *["Done", "Done late", "Done without evidence", "Late", "Late", "Undated", "Planned"]
    ]
    by_step = {row[1]: row for row in rows}
    late = by_step["Steering or working group set up"]
    # done later than the day on which the plan is seen
    assert late[2:4] + late[5:] == ["20 Feb 2025", "–", "10"]
    assert by_step["Own step: f"][2:] == ["–", "–", "Undated", "–"]


def test_hostile_ids_stay_text(plan):
    report = open_report("da", plan)
    assert f"Eget skridt: {HOSTILE}" in collaboration_phases.steps(report).alt
    assert "<b>" not in collaboration_phases.steps(report).svg
    source = collaboration_phases.listing(report).source
    assert r"\$x\$ \<b\>ud\</b\> \[a\]\(b\)" in source


def test_the_figures_tell_all_days_and_counts(plan):
    alt = collaboration_phases.steps(open_report("en", plan)).alt
    assert alt.startswith("Timeline")
    assert re.search(r"Ally found in the partner organisation \(Done, .*10 January 2025", alt)
    assert "Own step: f" not in alt
    counts = collaboration_phases.phases(open_report("da", plan)).alt
    assert re.search(
        r"Formalisering \(Udført: 0, .*Forsinket: 2, Planlagt: 0, Uden dato: 0\)", counts
    )


def test_phases_are_counted_with_the_model(plan):
    rows = {
        row[0]: row[1:] for row in cells(collaboration_phases.by_phase(open_report("en", plan)))
    }
    assert rows["Before the start"] == ["2", "1", "1", "0", "0", "0", "0", "2\u00a0of\u00a04"]
    assert rows["Embedding"][-1] == "0\u00a0of\u00a00"
    absent = cells(collaboration_phases.missing(open_report("en", plan)))
    assert len(absent) == 9
    assert ["Project period", "Personal relation kept up"] in absent


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "Planen har ingen skridt."),
        (ROWS[5:6], "Udførte skridt: 0\u00a0af\u00a01;"),
        (ROWS[6:], "Opgjort pr. 1. dec. 2025."),
        (ROWS, "Opgjort pr. 1. jul. 2025."),
    ],
)
def test_without_a_day_the_plan_is_seen_when_a_step_was_last_done(tmp_path_factory, rows, words):
    root = make(tmp_path_factory, rows)
    text = prose(chapter(root, "collaboration_phases", "da"))
    assert words in text
    assert "1970" not in everything(root).replace("1970-01-01", "")
    assert "1970" not in text


def test_a_day_that_is_none_is_refused(tmp_path_factory):
    message = refusal(make, tmp_path_factory, ROWS, status_day="31/3 2025")
    tells(message, "evaluation.yml", "status_day", "2025-03-31", "31/3 2025")
