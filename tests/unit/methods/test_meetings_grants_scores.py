"""meetings_grants: who came, who hosted, who received what."""

from itertools import combinations_with_replacement, product
from random import Random

import pandas as pd
import pytest
from fragments import fragment
from refusals import refusal, tells
from worlds import Worlds, figures

from evaluation.disclosure import exactly, ranges
from evaluation.methods.meetings_grants.scores import (
    attendance_by_actor,
    by_meeting,
    check_references,
    grants_by_actor,
    grants_by_theme,
    spread,
)
from evaluation.project.raw_tables import describe
from evaluation.project.tables import read_table

MEMBERS = list("abcdefgh")


def meetings(*dates: str, hosts: str = "") -> pd.DataFrame:
    """Meetings m0, m1, ... on these dates; a letter of `hosts` each, - for none."""
    hosts = hosts or "-" * len(dates)
    rows = [
        (f"m{number}", pd.Timestamp(date), "course", host.strip("-"))
        for number, (date, host) in enumerate(zip(dates, hosts, strict=True))
    ]
    return pd.DataFrame(rows, columns=["id", "date", "kind", "host"])


def attendance(*present: str) -> pd.DataFrame:
    """Who came to m0, m1, ..., a letter an actor."""
    rows = [(f"m{number}", actor) for number, actors in enumerate(present) for actor in actors]
    return pd.DataFrame(rows, columns=["meeting", "actor"])


def grants(*rows: tuple[str, str, int]) -> pd.DataFrame:
    """Grants from (actor, theme, amount)."""
    table = pd.DataFrame(rows, columns=["actor", "theme", "amount"])
    table.insert(0, "id", [f"g{number}" for number in range(len(rows))])
    return table.assign(date=pd.Timestamp("2025-01-01")).astype({"amount": "Int64"})


# the data


@pytest.mark.parametrize(
    ("table", "column", "value", "of"),
    [
        ("attendance", "meeting", "m9", "meetings"),
        ("attendance", "actor", "z", "actors"),
        ("meetings", "host", "z", "actors"),
        ("grants", "actor", "z", "actors"),
    ],
)
def test_an_unknown_meeting_or_actor_is_refused(table, column, value, of):
    tables = {
        "meetings": meetings("2025-01-01", "2025-02-01", hosts="a-"),
        "attendance": attendance("ab", "a"),
        "grants": grants(("a", "x", 10), ("b", "x", 20)),
    }
    actors = pd.DataFrame({"id": ["a", "b"]})
    check_references(**tables, actors=actors)
    wrong = tables[table]
    wrong.index = range(2, 2 + len(wrong))
    wrong.loc[3, column] = value
    message = refusal(check_references, **tables, actors=actors)
    tells(message, f"data/raw/{table}.csv, row 3, column {column}", f"data/raw/{of}.csv")
    tells(message, repr(value), "Remedy: correct the id, or add it there")


def test_the_tables_are_read(tmp_path):
    rows = {
        "meetings": "id,date,kind,host\nm,2025-01-01,course,\n",
        "attendance": "meeting,actor\nm,a\n",
        "grants": "id,actor,theme,amount,date\ng,a,youth,5000,2025-01-01\n",
    }
    for name, content in rows.items():
        path = tmp_path / f"{name}.csv"
        path.write_text(content)
        assert len(read_table(path, *describe(path, name)[:2], name)) == 1
    (tmp_path / "attendance.csv").write_text("meeting,actor\nm,a\nm,a\n")
    columns, key, *_ = describe(path.with_name("attendance.csv"), "attendance")
    message = refusal(read_table, tmp_path / "attendance.csv", columns, key, "x.csv")
    tells(message, "row 3", "'m, a'")


def test_the_codebook_asks_for_what_the_tables_hold():
    codebook = fragment("meetings_grants")
    asked = {"meeting_date", "kind", "host", "attendance"}
    asked |= {"recipient", "theme", "amount", "currency", "grant_date"}
    assert set(codebook.questions) == {f"meetings_grants_{name}" for name in asked}


# meetings


def test_each_meeting_counts_newcomers_and_returners_by_date():
    # the table is not in the order of the dates: m1, m0, m2
    held = meetings("2025-03-01", "2025-01-01", "2025-05-01", hosts="a-c")
    found = by_meeting(held, attendance("abe", "abcd", "f"), MEMBERS, 1)
    assert found["meeting"].tolist() == ["m1", "m0", "m2"]
    assert found["host"].tolist() == ["", "a", "c"]
    assert found["attended"].tolist() == [4, 3, 1]
    assert (found["members"] == 8).all()
    assert found["newcomers"].tolist() == [4, 1, 1]
    assert found["returners"].tolist() == [0, 2, 0]
    assert not found["suppressed"].any()


def test_whoever_returns_after_a_pause_is_no_newcomer():
    held = meetings("2025-01-01", "2025-02-01", "2025-03-01")
    found = by_meeting(held, attendance("a", "", "a"), MEMBERS, 1)
    assert found[["attended", "newcomers", "returners"]].to_numpy().tolist() == [
        [1, 1, 0],
        [0, 0, 0],
        [1, 0, 1],
    ]


def test_meetings_of_one_day_are_in_the_order_of_the_table():
    held = meetings("2025-01-01", "2025-01-01")
    found = by_meeting(held, attendance("ab", "bc"), MEMBERS, 1)
    assert found["newcomers"].tolist() == [2, 1]


def test_all_newcomers_together_are_all_who_ever_came():
    random = Random(1)
    present = ["".join(random.sample(MEMBERS, random.randint(0, 8))) for _ in range(6)]
    held = meetings(*(f"2025-0{month}-01" for month in range(1, 7)))
    found = by_meeting(held, attendance(*present), MEMBERS, 1)
    assert found["newcomers"].sum() == len(set("".join(present)))
    assert (found["newcomers"] + found["returners"] == found["attended"]).all()


def test_somebody_who_is_no_member_is_an_error_of_the_caller():
    with pytest.raises(ValueError, match="no members, but at m0: z"):
        by_meeting(meetings("2025-01-01"), attendance("az"), MEMBERS, 1)


def test_each_actor_has_come_to_k_of_n_meetings_and_hosted():
    held = meetings("2025-03-01", "2025-01-01", "2025-05-01", hosts="aac")
    found = attendance_by_actor(held, attendance("ab", "a", "c"), ["a", "b", "c", "d"])
    assert found[["actor", "attended", "meetings", "hosted"]].to_numpy().tolist() == [
        ["a", 2, 3, 2],
        ["b", 1, 3, 0],
        ["c", 1, 3, 1],
        ["d", 0, 3, 0],
    ]
    assert found["first"].iloc[0] == pd.Timestamp("2025-01-01")
    assert found["last"].iloc[0] == pd.Timestamp("2025-03-01")
    assert found[["first", "last"]].iloc[3].isna().all()


# grants


def test_grants_are_counted_and_added_up_by_actor_and_by_theme():
    given = grants(("a", "youth", 10), ("a", "women", 31), ("b", "youth", 40), ("a", "youth", 20))
    by_actor = grants_by_actor(given, ["a", "b", "c"])
    assert by_actor.fillna(-1).to_numpy().tolist() == [
        ["a", 3, 61, 20],
        ["b", 1, 40, 40],
        ["c", 0, 0, -1],
    ]
    by_theme = grants_by_theme(given, ["a", "b", "c"], 1)
    columns = ["theme", "grants", "actors", "members", "amount", "median"]
    assert by_theme[columns].to_numpy().tolist() == [
        ["women", 1, 1, 3, 31, 31],
        ["youth", 3, 2, 3, 70, 20],
    ]
    assert by_theme["amount"].sum() == by_actor["amount"].sum() == given["amount"].sum()


def test_the_spread_counts_actors_by_their_grants():
    given = grants(("a", "x", 1), ("a", "x", 1), ("a", "y", 1), ("b", "x", 1))
    found = spread(given, ["a", "b", "c", "d"], 1)
    assert found[["grants", "actors"]].to_numpy().tolist() == [[0, 2], [1, 1], [2, 0], [3, 1]]
    assert not found["or_more"].any()
    assert (found["members"] == 4).all()


def test_without_grants_nobody_received_any():
    found = spread(grants(), ["a", "b"], 1)
    assert found[["grants", "actors"]].to_numpy().tolist() == [[0, 2]]
    assert grants_by_theme(grants(), ["a", "b"], 1).empty
    assert grants_by_actor(grants(), ["a", "b"])["grants"].tolist() == [0, 0]


def test_high_numbers_of_grants_are_joined_until_no_row_is_small():
    # 4 actors with none, 4 with one, 3 with two, 1 with five
    members = [f"a{number}" for number in range(12)]
    numbers = [0] * 4 + [1] * 4 + [2] * 3 + [5]
    rows = [(actor, "x", 1) for actor, n in zip(members, numbers, strict=True) for _ in range(n)]
    found = spread(grants(*rows), members, 3)
    assert found[["grants", "or_more", "actors"]].to_numpy().tolist() == [
        [0, False, 4],
        [1, False, 4],
        [2, True, 4],
    ]


def test_a_spread_in_which_everything_is_small_is_hidden():
    found = spread(grants(("a", "x", 1)), MEMBERS, 3)
    assert found["suppressed"].tolist() == [True]
    assert found["actors"].isna().all()


# what is hidden


def test_a_theme_of_few_actors_is_hidden_with_another():
    rows = [(actor, "large", 10) for actor in "abcde"] + [(actor, "middle", 10) for actor in "abcd"]
    rows += [("e", "small", 10), ("f", "small", 10)]
    found = grants_by_theme(grants(*rows), MEMBERS, 3).set_index("theme")
    # the number of all grants would else tell of the small one
    assert found["suppressed"].to_dict() == {"large": False, "middle": True, "small": True}
    assert found.loc["small", ["grants", "actors", "amount", "median"]].isna().all()
    assert found.loc["large", ["grants", "actors", "amount"]].tolist() == [5, 5, 50]


def test_the_median_is_no_single_grant_and_the_amount_nearly_that_of_none():
    amounts = [900_000, 5, 7, 11, 13, 17, 19]
    rows = [(actor, "x", amount) for actor, amount in zip("abcdefg", amounts, strict=True)]
    members = list("abcdefghijk")
    (found,) = grants_by_theme(grants(*rows), members, 3).itertuples()
    assert pd.isna(found.amount) and found.median == (11 + 13 + 17) / 3
    assert (found.grants, found.actors) == (7, 7)
    (every,) = grants_by_theme(grants(*rows), members, 1).itertuples()
    assert (every.amount, every.median) == (sum(amounts), 13)
    # those in the middle are one actor's
    rows = [*zip("abcdefg", "x" * 7, (1, 2, 3, 30, 31, 32, 33), strict=True), ("h", "x", 20)]
    rows += [("h", "x", 21), ("h", "x", 22), ("h", "x", 23)]
    (found,) = grants_by_theme(grants(*rows), members, 3).itertuples()
    assert pd.isna(found.median) and found.amount == 218


def test_nothing_is_counted_in_a_network_as_small_as_the_threshold():
    members = ["a", "b", "c"]
    given = grants(*((actor, "x", 1) for actor in members))
    found = by_meeting(meetings("2025-01-01"), attendance("abc"), members, 3)
    assert found[["attended", "newcomers", "returners"]].isna().all(axis=None)
    assert grants_by_theme(given, members, 3)["suppressed"].tolist() == [True]
    assert spread(given, members, 3)["suppressed"].tolist() == [True]
    assert spread(given, [*members, "d"], 1)["actors"].tolist() == [1, 3]


def test_a_threshold_below_one_is_an_error_of_the_caller():
    given, held = grants(("a", "x", 1)), meetings("2025-01-01")
    for call in (
        lambda: by_meeting(held, attendance("a"), MEMBERS, 0),
        lambda: grants_by_theme(given, MEMBERS, 0),
        lambda: spread(given, MEMBERS, 0),
    ):
        with pytest.raises(ValueError, match="min_cell is at least 1, not 0"):
            call()


def test_nobody_came_to_meetings_that_nobody_attended():
    held = meetings("2025-01-01")
    assert by_meeting(held, attendance(), MEMBERS, 1)["attended"].tolist() == [0]
    assert attendance_by_actor(held, attendance(), MEMBERS)["attended"].sum() == 0
    assert by_meeting(meetings(), attendance(), MEMBERS, 3).empty


@pytest.mark.slow
def test_a_solver_recovers_no_hidden_theme_from_the_number_of_all_grants():
    random = Random(2)
    members = [f"a{number}" for number in range(25)]
    for _ in range(6):
        themes = random.choices("pqrst", [8, 6, 4, 2, 1], k=30)
        given = grants(*((random.choice(members), theme, 10) for theme in themes))
        found = grants_by_theme(given, members, 3)
        hidden = found["suppressed"]
        assert not found["actors"][~hidden].isin([1, 2]).any()
        cells = {r.theme: None if r.suppressed else int(r.grants) for r in found.itertuples()}
        told = ranges(cells, [exactly(cells, len(given))])
        assert all(low < high and high >= 3 for low, high in told.values())


@pytest.mark.slow
@pytest.mark.parametrize(("actors", "min_cell"), [(5, 2), (6, 3)])
def test_nobody_finds_a_small_group_in_the_meetings(actors, min_cell):
    # every way in which the actors could have come to three meetings
    states = list(product((0, 1), repeat=3))
    held = meetings("2025-01-01", "2025-02-01", "2025-03-01")

    def table(world):
        members = [f"a{number}" for number in range(actors)]
        rows = [
            (f"m{meeting}", actor)
            for actor, came in zip(members, world, strict=True)
            for meeting in range(3)
            if came[meeting]
        ]
        present = pd.DataFrame(rows, columns=["meeting", "actor"])
        found = by_meeting(held, present, members, min_cell)
        return figures(found, ["meeting"], ["attended", "newcomers", "returners"])

    def groups(world):
        """For each meeting, the actors by whether they had come before and whether they came."""
        found = {}
        for meeting in range(3):
            pairs = [(any(came[:meeting]), bool(came[meeting])) for came in world]
            found |= {
                (meeting, pair): pairs.count(pair) for pair in product((True, False), repeat=2)
            }
        return found

    def facts(world):
        by = groups(world)
        found = {}
        for meeting in range(3):
            found["newcomers", f"m{meeting}"] = by[meeting, (False, True)]
            found["returners", f"m{meeting}"] = by[meeting, (True, True)]
            found["attended", f"m{meeting}"] = (
                by[meeting, (False, True)] + by[meeting, (True, True)]
            )
        return found

    def secrets(world):
        found = groups(world)
        for (_, meeting), k in [item for item in facts(world).items() if item[0][0] == "attended"]:
            found |= {(meeting, "came"): k, (meeting, "away"): actors - k}
        return found

    worlds = Worlds(combinations_with_replacement(states, actors), facts, secrets)
    shown = [table(world) for world in Random(5).sample(worlds.worlds, 200)]
    assert any(("newcomers", "m1") in figure for figure in shown)
    assert worlds.given_away(shown, range(1, min_cell), kept={"attended"}) == []


def facts_of_grants(world):
    found = {}
    for position, theme in enumerate("xy"):
        received = [state[position] for state in world]
        if any(received):
            found["grants", theme] = sum(received)
            found["actors", theme] = sum(map(bool, received))
    totals = [sum(state) for state in world]
    for number in range(5):
        found["actors", False, number] = totals.count(number)
        found["actors", True, number] = sum(total >= number for total in totals)
    return found


def secrets_of_grants(world):
    found = {name: value for name, value in facts_of_grants(world).items() if len(name) == 3}
    for position, theme in enumerate("xy"):
        received = [state[position] for state in world]
        found |= {(theme, "none"): received.count(0), (theme, "two"): received.count(2)}
        found[theme, "any"] = len(world) - received.count(0)
    found["both"] = sum(all(state) for state in world)
    return found


@pytest.fixture(scope="module")
def worlds_of_grants() -> Worlds:
    """Every way in which six actors could have received up to three grants for each theme."""
    states = product((0, 1, 2, 3), repeat=2)
    worlds = combinations_with_replacement(states, 6)
    return Worlds(worlds, facts_of_grants, secrets_of_grants)


@pytest.mark.slow
@pytest.mark.parametrize("min_cell", [2, 3])
def test_nobody_finds_a_small_group_in_themes_and_spread_together(worlds_of_grants, min_cell):
    # every way in which six actors could have received grants for two themes; the attacker does
    # not know that nobody received more than two for one of them
    states = list(product((0, 1, 2), repeat=2))

    def tables(world):
        members = [f"a{number}" for number in range(len(world))]
        rows = [
            (actor, theme, 10)
            for actor, received in zip(members, world, strict=True)
            for theme, number in zip("xy", received, strict=True)
            for _ in range(number)
        ]
        themes = grants_by_theme(grants(*rows), members, min_cell)
        rows = spread(grants(*rows), members, min_cell)
        found = figures(themes, ["theme"], ["grants", "actors"])
        return found | figures(rows, ["or_more", "grants"], ["actors"])

    small = range(1, min_cell)
    true = list(combinations_with_replacement(states, 6))
    open_ = [world for world in worlds_of_grants.without_small(small) if set(world) <= set(states)]
    some = Random(3).sample(true, 60) + Random(4).sample(open_, 30)
    shown = [tables(world) for world in some]
    assert any(("actors", "x") in figure for figure in shown)
    assert any(("actors", True, 1) in figure for figure in shown)
    assert worlds_of_grants.given_away(shown, small) == []
