"""bridge_building: flows between the steps on the way into a community."""

from itertools import pairwise, product

import pandas as pd
import pytest
from attackers import nothing_found
from fragments import codes_of, fragment
from hypothesis import given, settings
from hypothesis import strategies as st
from refusals import refusal, tells

from evaluation.disclosure import exactly
from evaluation.methods.bridge_building.scores import (
    LEFT,
    OUTSIDE,
    check_bridge_counts,
    flows,
    reached,
)
from evaluation.methods.bridge_building.tables import STEPS, TABLES
from evaluation.project.raw_tables import describe
from evaluation.project.tables import read_table
from evaluation.stats.intervals import wilson

FILE = "data/raw/bridge_counts.csv"
HEADER = "period,step,role,reached,came_from_before\n"
GOOD = (
    "2024,awareness,user,40,\n"
    "2024,accompaniment,user,20,18\n"
    "2024,hosting,user,25,15\n"
    "2024,community,user,12,12\n"
)


@pytest.fixture
def read(tmp_path):
    def read(content: str) -> pd.DataFrame:
        path = tmp_path / "bridge_counts.csv"
        path.write_text(HEADER + content, "utf-8")
        columns, key, *_ = describe(path, "bridge_counts")
        return read_table(path, columns, key, FILE)

    return read


def counts_of(people: tuple, came: tuple, period="2024", role="user") -> pd.DataFrame:
    """One period and role: reached at the four steps, and who came from the step before."""
    return pd.DataFrame(
        {
            "period": period,
            "step": STEPS,
            "role": role,
            "reached": pd.array(people, dtype="Int64"),
            "came_from_before": pd.array([None, *came], dtype="Int64"),
        },
        index=range(2, 6),
    )


def people_by_flow(table: pd.DataFrame) -> dict:
    return {
        (origin, target): k
        for origin, target, k in zip(table["from"], table["to"], table["k"], strict=True)
    }


def test_people_come_from_the_step_before_or_outside_and_go_on_or_leave(read):
    assert people_by_flow(flows(read(GOOD), 1)) == {
        (OUTSIDE, "awareness"): 40,
        ("awareness", "accompaniment"): 18,
        ("awareness", LEFT): 22,
        (OUTSIDE, "accompaniment"): 2,
        ("accompaniment", "hosting"): 15,
        ("accompaniment", LEFT): 5,
        (OUTSIDE, "hosting"): 10,
        ("hosting", "community"): 12,
        ("hosting", LEFT): 13,
        (OUTSIDE, "community"): 0,
    }


def test_the_share_that_goes_on_has_a_wilson_interval(read):
    found = flows(read(GOOD), 1).set_index(["from", "to"])
    row = found.loc[("accompaniment", "hosting")]
    assert (row["k"], row["n"], row["share"]) == (15, 20, 0.75)
    assert (row["low"], row["high"]) == wilson(15, 20)
    assert found.loc[OUTSIDE, ["n", "share", "low", "high"]].isna().all(axis=None)
    narrower = flows(read(GOOD), 1, confidence=0.8).set_index(["from", "to"])
    assert narrower.loc[("accompaniment", "hosting"), "low"] > row["low"]


def test_where_nobody_was_reached_there_is_no_share():
    found = flows(counts_of((5, 0, 4, 4), (0, 0, 4)), 1).set_index(["from", "to"])
    assert found.loc[("accompaniment", "hosting"), "n"] == 0
    assert pd.isna(found.loc[("accompaniment", "hosting"), "share"])


def test_each_period_and_role_has_its_own_flows(read):
    second = GOOD.replace("2024", "2025").replace("user", "volunteer").replace(",40,", ",30,")
    found = flows(read(GOOD + second), 1)
    assert found.groupby(["period", "role"]).size().to_dict() == {
        ("2024", "user"): 10,
        ("2025", "volunteer"): 10,
    }
    assert reached(read(GOOD + second), 1)["k"].tolist() == [40, 20, 25, 12, 30, 20, 25, 12]


@st.composite
def counts(draw, most=9):
    people = draw(st.tuples(*[st.integers(0, most)] * 4))
    came = tuple(draw(st.integers(0, min(before, at))) for before, at in pairwise(people))
    return counts_of(people, came)


@pytest.mark.slow
@given(counts())
@settings(max_examples=60, deadline=None)
def test_what_flows_in_and_out_of_a_step_is_what_was_reached_there(table):
    people = dict(zip(STEPS, table["reached"], strict=True))
    found = people_by_flow(flows(table, 1))
    for step in STEPS:
        assert sum(k for (_, target), k in found.items() if target == step) == people[step]
        if step != STEPS[-1]:
            assert sum(k for (origin, _), k in found.items() if origin == step) == people[step]


# refusals


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "hosting,user,25,15",
            "hosting,user,25,21",
            "row 4, column came_from_before: at most the 20 reached at accompaniment came from "
            "accompaniment to hosting (2024, user). Found: 21",
        ),
        (
            "community,user,12,12",
            "community,user,12,13",
            "row 5, column came_from_before: at most the 12 reached at community came from "
            "hosting to community (2024, user). Found: 13",
        ),
        (
            "user,40,\n",
            "user,40,4\n",
            "row 2, column came_from_before: awareness is the first step and has no step before",
        ),
        (
            "hosting,user,25,15",
            "hosting,user,25,",
            "row 4, column came_from_before: this cell tells how many came from accompaniment",
        ),
        (
            "2024,hosting,user,25,15\n",
            "",
            "row 2, column step: there is a row for each of the steps awareness, accompaniment, "
            "hosting, community (2024, user). Found: 'awareness, accompaniment, community'",
        ),
    ],
)
def test_flows_that_cannot_be_are_refused(read, old, new, told):
    assert old in GOOD
    table = read(GOOD.replace(old, new))
    for function in (check_bridge_counts, lambda t: flows(t, 3), lambda t: reached(t, 3)):
        tells(refusal(function, table), f"{FILE}, {told}", "Remedy: ")


@pytest.mark.parametrize(
    ("old", "new", "column", "value"),
    [
        ("20,18", "-20,18", "reached", "-20"),
        ("20,18", "20,-1", "came_from_before", "-1"),
        ("hosting", "welcome", "step", "welcome"),
        ("user,25", "guest,25", "role", "guest"),
        (",25,", ",,", "reached", ""),
    ],
)
def test_a_cell_against_its_rule_is_refused(read, old, new, column, value):
    message = refusal(read, GOOD.replace(old, new))
    tells(message, f"{FILE}, row ", f"column {column}: this cell is", f"Found: '{value}'")


def test_a_step_that_is_counted_twice_is_refused(read):
    tells(refusal(read, GOOD + "2024,hosting,user,1,1\n"), "row 6", "period and step and role")


@pytest.mark.parametrize("function", [flows, reached])
def test_a_threshold_below_one_is_refused(read, function):
    with pytest.raises(ValueError, match="at least 1"):
        function(read(GOOD), 0)


def test_the_items_have_the_codes_of_the_table():
    codebook = fragment("bridge_building")
    columns = TABLES["bridge_counts"][0]
    assert codebook.questions["bridge_building_step"].codes == list(STEPS)
    assert codes_of(columns["step"]) == set(STEPS)


# what must not come out


@pytest.mark.slow
def test_a_small_flow_takes_others_with_it(read):
    found = flows(read(GOOD), 3)
    assert people_by_flow(found[~found["suppressed"]]) == {
        (OUTSIDE, "awareness"): 40,
        ("accompaniment", "hosting"): 15,
        ("accompaniment", LEFT): 5,
        (OUTSIDE, "hosting"): 10,
        ("hosting", "community"): 12,
        ("hosting", LEFT): 13,
        (OUTSIDE, "community"): 0,
    }
    hidden = found[found["suppressed"]]
    assert hidden[["k", "share", "low", "high"]].isna().all(axis=None)
    assert not reached(read(GOOD), 3)["suppressed"].any()


@pytest.mark.slow
def test_a_step_where_few_were_reached_is_hidden_with_all_that_flows_there():
    table = counts_of((30, 3, 10, 10), (3, 3, 6))
    assert reached(table, 3)["k"].isna().tolist() == [False, True, False, False]
    found = flows(table, 3)
    here = found[(found["from"] == "accompaniment") | (found["to"] == "accompaniment")]
    assert here["k"].isna().all()
    assert here["n"].isna().sum() == 3  # those from the step, and those from outside


def with_totals(found: pd.DataFrame, totals: pd.DataFrame):
    """(flow -> k or None, [(flows at one side of a step, what was reached there)]) as shown."""
    cells = {flow: None if pd.isna(k) else int(k) for flow, k in people_by_flow(found).items()}
    sides = []
    for step, k in zip(totals["step"], totals["k"], strict=True):
        for end in (0, 1):
            side = tuple(flow for flow in cells if flow[end] == step)
            if side and pd.notna(k):
                sides.append((side, int(k)))
    return cells, sides


@pytest.mark.slow
@given(counts(), st.sampled_from([2, 3, 5]))
@settings(max_examples=40, deadline=None)
def test_no_hidden_flow_is_found_from_what_was_reached_at_the_steps(table, min_cell):
    found, totals = flows(table, min_cell), reached(table, min_cell)
    assert not found["k"].between(1, min_cell - 1).any()
    assert not totals["k"].between(1, min_cell).any()
    cells, sides = with_totals(found, totals)
    known = {flow for side, total in sides if total == 0 for flow in side}
    limited = {flow for side, _ in sides for flow in side if cells[flow] is None} - known
    names = {flow: " to ".join(flow) for flow in cells}
    if limited:
        shown = {names[flow]: k for flow, k in cells.items() if k is not None or flow in limited}
        sums = [
            exactly([names[flow] for flow in side], total)
            for side, total in sides
            if limited & set(side)
        ]
        assert nothing_found(shown, sums, min_cell)


@pytest.mark.slow
@given(counts(most=5))
@settings(max_examples=15, deadline=None)
def test_a_reader_who_tries_all_numbers_finds_no_hidden_flow(table):
    # knows what is shown, that no more than 6 are anywhere, and that hidden steps have 1 to 3
    found, totals = flows(table, 3), reached(table, 3)
    shown = people_by_flow(found)
    possible = {flow: set() for flow, k in shown.items() if pd.isna(k)}
    choice = [range(1, 4) if pd.isna(k) else [int(k)] for k in totals["k"]]
    for people in product(*choice):
        passages = [range(min(pair) + 1) for pair in pairwise(people)]
        for came in product(*passages):
            full = people_by_flow(_unhidden(people, came))
            if all(pd.isna(k) or full[flow] == k for flow, k in shown.items()):
                for flow, values in possible.items():
                    values.add(full[flow])
    for flow, values in possible.items():
        assert len(values) > 1, flow
        assert not values <= {1, 2}, flow


def _unhidden(people: tuple, came: tuple) -> pd.DataFrame:
    rows = [(OUTSIDE, STEPS[0], people[0])]
    for i, k in enumerate(came):
        rows += [
            (STEPS[i], STEPS[i + 1], k),
            (STEPS[i], LEFT, people[i] - k),
            (OUTSIDE, STEPS[i + 1], people[i + 1] - k),
        ]
    return pd.DataFrame(rows, columns=["from", "to", "k"])
