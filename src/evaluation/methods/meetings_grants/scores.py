"""Meetings and grants of a network: who came, who hosted, who received what.

Tables with a `min_cell` count actors by the rule of `disclosure`, and may be published together
at one `min_cell`. Those by actor show what one actor did: they are for work inside the
evaluation, and for actors that agreed to be named.

Arguments of the same name are the same in all functions:

- meetings, attendance, grants: tables as under data/raw, see `methods.meetings_grants.tables`;
- members: the ids of all actors of the network, whether they ever came or not;
- min_cell: the smallest count that may be shown, at least 1; with 1 nothing is hidden.
"""

from collections.abc import Sequence

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import each_row, labelled
from evaluation.disclosure import exactly, protect, small_counts
from evaluation.disclosure.numbers import is_dominated, middle
from evaluation.project.whole_tables import of_tables


def check_references(
    meetings: pd.DataFrame,
    attendance: pd.DataFrame,
    grants: pd.DataFrame,
    actors: pd.DataFrame,
) -> None:
    """Raise InputError where a table refers to a meeting or actor that does not exist.

    meetings, attendance, grants: the raw tables; actors: a table with a column id. A meeting may
    have no host.
    """
    known = set(actors["id"])
    _check("attendance", attendance["meeting"], set(meetings["id"]), "meetings")
    _check("attendance", attendance["actor"], known, "actors")
    _check("meetings", meetings["host"], {*known, ""}, "actors")
    _check("grants", grants["actor"], known, "actors")


def _check(table: str, column: pd.Series, known: set[str], of: str) -> None:
    unknown = column.index[~column.isin(known)]
    if len(unknown):
        raise InputError(
            f"data/raw/{table}.csv",
            f"{column.name} is an id of data/raw/{of}.csv",
            "correct the id, or add it there",
            row=int(unknown[0]),
            column=str(column.name),
            value=column[unknown[0]],
        )


def _few(members: Sequence[str], min_cell: int) -> bool:
    """Whether the network is so small that nothing is counted in it."""
    return bool(small_counts(min_cell)) and len(members) <= min_cell


# meetings


def by_meeting(
    meetings: pd.DataFrame, attendance: pd.DataFrame, members: Sequence[str], min_cell: int
) -> pd.DataFrame:
    """How many came to each meeting, and how many of them for the first time.

    members: ids of all actors; min_cell: the smallest count that may be shown; meetings,
    attendance: see `methods.meetings_grants.tables`. One row per meeting, by date: meeting, date,
    kind, host, attended, members, newcomers (came for the first time), returners (had come before),
    suppressed (whether attended is hidden).

    attended is hidden where it or the number of those who stayed away is small, and in a network
    of at most min_cell members, as in all these tables. newcomers and
    returners are shown for all meetings or for none: newcomers add up over the meetings, so what
    is shown of one tells of the others. They are shown where at no meeting one of them, those
    who had come before and stayed away, or those who had not come yet, are a small number.
    """
    small = small_counts(min_cell)
    n = len(members)
    seen: set[str] = set()
    rows, splits = [], []
    for meeting in each_row(_by_date(meetings)):
        present = _present(attendance, meeting.id, members)
        newcomers = len(present - seen)
        returners = len(present) - newcomers
        lapsed = len(seen) - returners
        seen |= present
        splits += [newcomers, returners, lapsed, n - len(seen)]
        few = any(k in small for k in (len(present), n - len(present)))
        few = few or _few(members, min_cell)
        row = (meeting.id, meeting.date, meeting.kind, meeting.host)
        rows.append((*row, None if few else len(present), n, newcomers, returners, few))
    counts = ["attended", "members", "newcomers", "returners"]
    columns = ["meeting", "date", "kind", "host", *counts, "suppressed"]
    table = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(counts, "Int64"))
    if table["suppressed"].any() or any(k in small for k in splits):
        table.loc[:, ["newcomers", "returners"]] = pd.NA
    return table


def attendance_by_actor(
    meetings: pd.DataFrame, attendance: pd.DataFrame, members: Sequence[str]
) -> pd.DataFrame:
    """How often each actor came and hosted.

    meetings, attendance: the raw tables; members: ids of all actors.

    One row per member: actor, attended (meetings), meetings (all there were), hosted, first and
    last (dates of the first and the last meeting it came to; missing where it never came).
    """
    dates = meetings.rename(columns={"id": "meeting"})[["meeting", "date"]]
    came = attendance.merge(dates, on="meeting").groupby("actor")["date"]
    ids = pd.Index(members, name="actor")
    table = pd.DataFrame(
        {
            "attended": came.size().reindex(ids, fill_value=0),
            "meetings": len(meetings),
            "hosted": meetings["host"].value_counts().reindex(ids, fill_value=0),
            "first": came.min().reindex(ids),
            "last": came.max().reindex(ids),
        },
        ids,
    )
    return table.astype(dict.fromkeys(["attended", "meetings", "hosted"], "Int64")).reset_index()


def _by_date(meetings: pd.DataFrame) -> pd.DataFrame:
    """Meetings of one day stay in the order of the table."""
    return meetings.sort_values("date", kind="stable")


def _present(attendance: pd.DataFrame, meeting: str, members: Sequence[str]) -> set[str]:
    present = set(attendance["actor"][attendance["meeting"] == meeting])
    if strangers := present - set(members):
        raise ValueError(f"no members, but at {meeting}: {', '.join(sorted(strangers))}")
    return present


# grants


def grants_by_actor(grants: pd.DataFrame, members: Sequence[str]) -> pd.DataFrame:
    """What each actor received: actor, grants, amount, median (of a grant; missing for none).

    members: ids of all actors; grants: see `methods.meetings_grants.tables`. One row per member.
    """
    given = grants.groupby("actor")["amount"]
    ids = pd.Index(members, name="actor")
    table = pd.DataFrame(
        {
            "grants": given.size().reindex(ids, fill_value=0),
            "amount": given.sum().reindex(ids, fill_value=0),
            "median": given.median().reindex(ids),
        },
        ids,
    )
    return table.astype({"grants": "Int64", "amount": "Int64", "median": "Float64"}).reset_index()


def grants_by_theme(grants: pd.DataFrame, members: Sequence[str], min_cell: int) -> pd.DataFrame:
    """What was granted for each theme.

    grants: the raw table; members: ids of all actors.

    One row per theme that occurs, by its id: theme, grants, actors (that received them), members,
    amount (sum), median (of a grant), suppressed. With a `min_cell` above 1 the amount is missing
    where it nearly tells what one actor received (see `disclosure.numbers`), and the median is the
    mean of that many grants around it, missing where they are of fewer actors.

    A theme is hidden whole where few actors received its grants, few did not, or few can have
    received several (the grants are a few more than the actors). Should that be one theme alone,
    or one with few grants, further themes are hidden: how much was granted in all is known.
    """
    small = small_counts(min_cell)
    given = grants.groupby("theme")
    table = pd.DataFrame(
        {
            "grants": given.size(),
            "actors": given["actor"].nunique(),
            "members": len(members),
            "amount": given["amount"].sum(),
        }
    )
    table["median"] = [
        middle(rows["amount"], list(rows["actor"]), min_cell) for _, rows in labelled(given)
    ]
    table = table.astype(
        {"grants": "Int64", "actors": "Int64", "members": "Int64", "median": "Float64"}
    )
    several = table["grants"] - table["actors"]
    few = pd.concat([table["actors"], table["members"] - table["actors"], several], axis=1)
    first = set(table.index[few.isin(small).any(axis=1) | _few(members, min_cell)])
    hidden = table.index.isin(_with_others(dict(labelled(table["grants"].items())), first, small))
    table.loc[hidden, ["grants", "actors", "amount", "median"]] = pd.NA
    if small:
        of_actors = grants.groupby(["theme", "actor"])["amount"].sum().groupby("theme")
        table.loc[of_actors.agg(is_dominated).reindex(table.index), "amount"] = pd.NA
    return table.assign(suppressed=hidden).reset_index()


def _with_others(counts: dict[str, int], hidden: set[str], small: range) -> set[str]:
    """The themes to hide so that the number of all grants does not tell of the `hidden` ones."""
    if not hidden and not any(k in small for k in counts.values()):
        return set()
    try:
        return protect(counts, [exactly(counts, sum(counts.values()))], small, hidden)
    except ValueError:
        return set(counts)


def spread(grants: pd.DataFrame, members: Sequence[str], min_cell: int) -> pd.DataFrame:
    """How many actors received no grant, one, two and so on.

    grants: the raw table; members: ids of all actors.

    One row per number of grants, from 0: grants, or_more (whether the row also holds those with
    more grants), actors, members, suppressed.

    With a `min_cell` above 1 the highest numbers are joined into one row until no row holds a
    small number of actors, and until the number of all grants tells of none beyond the last row.
    Nothing is shown where two rows are not left, or where together with `grants_by_theme` they
    would tell of few actors with grants for several themes, or for other themes than one.
    """
    received = grants["actor"].value_counts().reindex(list(members), fill_value=0)
    most = received.max() if len(received) else 0
    by_number = received.value_counts().reindex(range(most + 1), fill_value=0).tolist()
    top = len(by_number) - 1
    rows: list[int | None] = [*by_number]
    small = small_counts(min_cell)
    if _few(members, min_cell):
        top, rows = 0, [None]
    elif small:
        funded = len(members) - by_number[0]
        of_theme = grants.groupby("theme")["actor"].nunique()
        seen = [of_theme.sum() - funded, *(funded - of_theme)]
        top, rows = _joined(by_number, seen, small)
    table = pd.DataFrame({"grants": range(top + 1), "actors": rows})
    table.insert(1, "or_more", (table["grants"] == top) & bool(small))
    table["members"] = len(members)
    table["suppressed"] = table["actors"].isna()
    return table.astype(dict.fromkeys(["grants", "actors", "members"], "Int64"))


def _joined(by_number: list[int], seen: list[int], small: range) -> tuple[int, list[int | None]]:
    """The number of grants from which actors are counted together, and the rows up to it.

    by_number: how many actors received 0, 1, ... grants; seen: numbers of actors that the rows
    tell of besides, however many they are.
    """
    total = sum(number * actors for number, actors in enumerate(by_number))
    for top in range(len(by_number) - 1, 0, -1):
        rows = [*by_number[:top], sum(by_number[top:])]
        more = total - sum(number * actors for number, actors in enumerate(rows))
        if not any(k in small for k in (*rows, more, *seen)):
            return top, list(rows)
    return 0, [None]


# what `evaluation check` asks of whole tables, as the notebook does
CHECKS = (of_tables(check_references, "meetings", "attendance", "grants", "actors"),)
