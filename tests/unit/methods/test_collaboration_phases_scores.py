"""collaboration_phases: a checklist of steps, and where a collaboration stands with it."""

from datetime import date, timedelta

import pandas as pd
import pytest
from fragments import codes_of, fragment
from refusals import refusal, tells

from evaluation.methods.collaboration_phases.scores import (
    STATUSES,
    check_steps,
    late,
    missing,
    phases,
    seen_on,
    status,
)
from evaluation.methods.collaboration_phases.tables import PHASES, TABLES
from evaluation.project.tables import read_table

TODAY = date(2025, 6, 30)
HEADER = "id,phase,step,planned,done,evidence\n"


@pytest.fixture
def plan(tmp_path):
    def read(*rows: str) -> pd.DataFrame:
        path = tmp_path / "phase_steps.csv"
        path.write_text(HEADER + "\n".join(rows), "utf-8")
        return read_table(path, *TABLES["phase_steps"], "data/raw/phase_steps.csv")

    return read


def one(table: pd.DataFrame, column: str):
    assert len(table) == 1
    return table[column].iloc[0]


# the data


def test_the_model_has_five_phases_and_thirteen_steps():
    assert [len(advice) for advice in PHASES.values()] == [4, 4, 3, 2, 0]
    every = [step for advice in PHASES.values() for step in advice]
    assert len(set(every)) == 13


def test_a_step_of_another_phase_is_refused_with_those_of_its_own(plan):
    good = "a,phases_start_up,phase_advice_local,,,"
    check_steps(plan(good, "b,phases_anchoring,,,,"))
    message = refusal(check_steps, plan(good, "b,phases_formalisation,phase_advice_local,,,"))
    tells(message, "data/raw/phase_steps.csv, row 3, column step", "phases_formalisation")
    tells(message, "Remedy: use one of phase_advice_agreement_from_start", "'phase_advice_local'")
    message = refusal(check_steps, plan("b,phases_anchoring,phase_advice_local,,,"))
    tells(message, "row 2", "Remedy: leave it empty, or correct the phase")


def test_a_day_that_is_none_and_an_unknown_phase_are_refused(plan):
    tells(refusal(plan, "a,phases_start_up,,2025-06-31,,"), "row 2, column planned", "'2025-06-31'")
    tells(refusal(plan, "a,start,,,,"), "row 2, column phase", "phases_before_start")


def test_the_codebook_has_the_phases_and_the_steps_of_the_model():
    codebook = fragment("collaboration_phases")
    columns = TABLES["phase_steps"][0]
    assert {f"collaboration_phases_{name}" for name in columns} - set(codebook.questions) == {
        "collaboration_phases_id"
    }
    phase = codebook.questions["collaboration_phases_phase"]
    assert tuple(phase.codes) == tuple(PHASES)
    assert set(phase.codes) == codes_of(columns["phase"])
    steps = [step for advice in PHASES.values() for step in advice]
    assert codebook.questions["collaboration_phases_step"].codes == steps


# the status of a step


@pytest.mark.parametrize(
    ("planned", "done", "evidence", "found", "days"),
    [
        ("2025-06-01", "2025-05-20", "agreement", "done", 0),
        ("2025-06-01", "2025-06-01", "agreement", "done", 0),
        ("2025-06-01", "2025-06-04", "agreement", "done_late", 3),
        ("", "2025-06-04", "agreement", "done", None),
        ("2025-06-01", "2025-05-20", "", "done_without_evidence", 0),
        ("2025-06-01", "2025-06-04", "", "done_without_evidence", 3),
        ("", "2025-06-04", "", "done_without_evidence", None),
        ("2025-06-01", "", "", "late", 29),
        ("2025-06-29", "", "", "late", 1),
        ("2025-06-30", "", "", "planned", 0),
        ("2025-07-01", "", "", "planned", 0),
        ("", "", "", "undated", None),
        # what was done later is not done yet, and what it was planned for still counts
        ("2025-06-01", "2025-07-01", "agreement", "late", 29),
        ("2025-07-15", "2025-07-01", "agreement", "planned", 0),
        ("", "2025-07-01", "agreement", "undated", None),
        # done on the day itself
        ("2025-06-01", "2025-06-30", "agreement", "done_late", 29),
    ],
)
def test_the_status_of_a_step_on_a_day(plan, planned, done, evidence, found, days):
    table = status(plan(f"a,phases_anchoring,,{planned},{done},{evidence}"), TODAY)
    assert one(table, "status") == found
    assert one(table, "days_late") is pd.NA if days is None else one(table, "days_late") == days
    assert found in STATUSES


@pytest.mark.slow
def test_a_step_only_moves_on_with_the_days(plan):
    steps = plan("a,phases_anchoring,,2025-06-10,2025-06-20,minutes")
    days = [date(2025, 6, 1) + timedelta(days=number) for number in range(30)]
    seen = [one(status(steps, day), "status") for day in days]
    assert seen == ["planned"] * 10 + ["late"] * 9 + ["done_late"] * 11


def test_steps_come_in_the_order_of_the_phases_and_then_of_the_plan(plan):
    table = status(
        plan("a,phases_anchoring,,,,", "c,phases_start_up,,,,", "b,phases_start_up,,,,"), TODAY
    )
    assert table["id"].tolist() == ["c", "b", "a"]


# the phases


def test_phases_count_their_steps_by_status(plan):
    table = phases(
        status(
            plan(
                "a,phases_before_start,phase_advice_ally,2025-01-01,2025-01-01,minutes",
                "b,phases_before_start,phase_advice_right_entry,2025-01-01,,",
                "c,phases_before_start,,,,",
                "d,phases_before_start,phase_advice_ally,,,",
                "e,phases_anchoring,,2026-01-01,,",
            ),
            TODAY,
        )
    ).set_index("phase")
    assert list(table.index) == list(PHASES)
    assert (table["steps"] == table[list(STATUSES)].sum(axis=1)).all()
    first = table.loc["phases_before_start"]
    assert first[["steps", "done", "late", "undated"]].tolist() == [4, 1, 1, 2]
    # two of four are in the plan; one of them has two rows
    assert first[["model_steps", "model_steps_planned"]].tolist() == [4, 2]
    assert table.loc["phases_start_up", ["steps", "model_steps"]].tolist() == [0, 4]
    last = table.loc["phases_anchoring"]
    assert last[["steps", "planned", "model_steps"]].tolist() == [1, 1, 0]


def test_an_empty_plan_misses_the_whole_model(plan):
    steps = plan()
    assert len(missing(steps)) == 13
    table = phases(status(steps, TODAY))
    assert table["steps"].sum() == table["model_steps_planned"].sum() == 0
    assert late(status(steps, TODAY)).empty


def test_missing_are_the_steps_of_the_model_that_no_row_names(plan):
    every = [(phase, step) for phase, advice in PHASES.items() for step in advice]
    rows = [f"r{number},{phase},{step},,," for number, (phase, step) in enumerate(every)]
    assert missing(plan(*rows)).empty
    left = missing(plan(*rows[:2], *rows[3:]))
    assert left.to_numpy().tolist() == [list(every[2])]
    # a status table tells the same
    assert missing(status(plan(*rows[:2], *rows[3:]), TODAY)).equals(left)


def test_late_steps_are_told_with_their_days_the_latest_first(plan):
    table = late(
        status(
            plan(
                "a,phases_before_start,,2025-06-25,,",
                "b,phases_start_up,,2025-06-01,,",
                "c,phases_start_up,,2025-06-01,2025-06-05,minutes",
                "d,phases_start_up,,2025-07-01,,",
            ),
            TODAY,
        )
    )
    assert table[["id", "days_late"]].to_numpy().tolist() == [["b", 29], ["a", 5]]


def test_a_plan_is_seen_on_the_given_day_or_when_a_step_was_last_done(plan):
    done = plan(
        "a,phases_anchoring,,2025-09-01,2025-02-01,x", "b,phases_anchoring,,2025-01-01,2025-01-05,x"
    )
    assert seen_on(done, "2025-03-31") == date(2025, 3, 31)
    assert seen_on(done, "") == date(2025, 2, 1)
    waiting = plan("a,phases_anchoring,,2025-09-01,,", "b,phases_anchoring,,2025-08-01,,")
    assert seen_on(waiting, "") == date(2025, 8, 1)
    assert late(status(waiting, seen_on(waiting, ""))).empty
    tells(refusal(seen_on, done, "31 March"), "evaluation.yml, column status_day", "'31 March'")


def test_a_status_holds_no_day_after_the_one_it_is_seen_on(plan):
    table = status(plan("a,phases_anchoring,,2025-01-01,2025-12-01,x"), TODAY)
    assert one(table, "done") is pd.NaT
    assert one(table, "on").date() == TODAY
