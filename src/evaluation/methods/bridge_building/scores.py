"""Bridge-building: how many go on from each step to the next on the way into a community.

The four steps (Social- og Boligstyrelsen 2023, Flere med i lokale fællesskaber, chapter 7) follow
each other: a person gets to know of an activity
(awareness), is accompanied to it (accompaniment), is received there (hosting) and takes part in
the community (community). In each period, and in each role in which people are reached, those
at a step came from the step before or from outside, and went on to the next one or left. They
are counted in the period in which they were reached, so a period must be long enough to pass
through the steps.

Arguments of the same name are the same in all functions:

- counts: how many were reached at each step, see `methods.bridge_building.tables`;
- min_cell: the smallest count that may be shown, at least 1; with 1 nothing is hidden;
- confidence: of the interval of a share, from 0 to 1.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import labelled
from evaluation.disclosure import exactly, protect, small_counts
from evaluation.methods.bridge_building.tables import STEPS
from evaluation.project.whole_tables import of_tables
from evaluation.stats.intervals import wilson

OUTSIDE, LEFT = "outside", "left"
FIRST = STEPS[0]
PASSAGES = tuple(pairwise(STEPS))
CONFIDENCE = 0.95

Flow = tuple[str, str]


def check_bridge_counts(counts: pd.DataFrame) -> None:
    """Raise InputError where the counts of a period and role are no flows between the steps.

    counts: the raw table `bridge_counts`.

    Each period and role has all four steps. The first has no `came_from_before`; at the others
    it is at most what was reached at that step, and at most what was reached at the step before.
    """
    for (period, role), rows in labelled(counts.groupby(["period", "role"], sort=False)):
        row_of = {step: int(row) for row, step in labelled(rows["step"].items())}
        for step in STEPS:
            if step not in row_of:
                _refuse(
                    next(iter(row_of.values())),
                    "step",
                    ", ".join(row_of),
                    f"there is a row for each of the steps {', '.join(STEPS)} ({period}, {role})",
                    f"add {step}, with 0 where nobody was reached",
                )
        reached = dict(zip(rows["step"], rows["reached"], strict=True))
        came = dict(zip(rows["step"], rows["came_from_before"], strict=True))
        if pd.notna(came[FIRST]):
            rule = f"{FIRST} is the first step and has no step before it"
            _refuse(row_of[FIRST], "came_from_before", int(came[FIRST]), rule, "empty the cell")
        for before, step in PASSAGES:
            if pd.isna(came[step]):
                rule = f"this cell tells how many came from {before}"
                _refuse(row_of[step], "came_from_before", "", rule, "put 0 where nobody did")
            for most, rule in (
                (reached[step], f"at most the {reached[step]} reached at {step}"),
                (reached[before], f"at most the {reached[before]} reached at {before}"),
            ):
                if came[step] > most:
                    _refuse(
                        row_of[step],
                        "came_from_before",
                        int(came[step]),
                        f"{rule} came from {before} to {step} ({period}, {role})",
                        "correct one of the two numbers",
                    )


def _refuse(row: int, column: str, value: Any, rule: str, remedy: str) -> None:
    raise InputError(
        "data/raw/bridge_counts.csv", rule, remedy, row=row, column=column, value=value
    )


def reached(counts: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    """How many were reached at each step: period, role, step, k (Int64), suppressed.

    counts: the raw table `bridge_counts`; min_cell: the smallest count that may be shown.

    k is hidden from 1 to min_cell, together with all flows at the step, see `flows`. Raises as
    `check_bridge_counts` does, and ValueError for min_cell below 1.
    """
    rows = []
    for period, role, people, _ in _each(counts, min_cell):
        few = _few(people, min_cell)
        rows += [
            (period, role, step, None if step in few else k, step in few)
            for step, k in people.items()
        ]
    table = pd.DataFrame(rows, columns=["period", "role", "step", "k", "suppressed"])
    return table.astype({"k": "Int64", "suppressed": bool})


def flows(counts: pd.DataFrame, min_cell: int, confidence: float = CONFIDENCE) -> pd.DataFrame:
    """How many went from where to where, one row per period, role and flow.

    counts: the raw table `bridge_counts`; min_cell: the smallest count that may be shown;
    confidence: of the interval, from 0 to 1.

    Columns: period, role, from (a step, or `OUTSIDE`), to (a step, or `LEFT`), k (people), n
    (reached at the step they went from; missing for `OUTSIDE`), share (k of n), low and high
    (its Wilson interval), suppressed. Nobody leaves the last step.

    Hidden are, with min_cell above 1, the flows at a step where at most min_cell were reached,
    flows of 1 to min_cell - 1, and further ones until none can be worked out from what was
    reached at the steps (see `disclosure`). A hidden flow has no k and no share; n is missing
    where what was reached is hidden. Raises as `reached` does.
    """
    rows = []
    for period, role, people, found in _each(counts, min_cell):
        few, hidden = _few(people, min_cell), _hidden(people, found, min_cell)
        for (origin, target), k in found.items():
            masked = (origin, target) in hidden
            n = None if origin == OUTSIDE or origin in few else people[origin]
            share = low = high = None
            if n and not masked:
                share, (low, high) = k / n, wilson(k, n, confidence)
            told = None if masked else k
            rows.append((period, role, origin, target, told, n, share, low, high, masked))
    figures = ["share", "low", "high"]
    columns = ["period", "role", "from", "to", "k", "n", *figures, "suppressed"]
    table = pd.DataFrame(rows, columns=columns)
    kinds: dict[str, Any] = {"k": "Int64", "n": "Int64", "suppressed": bool}
    return table.astype(kinds | dict.fromkeys(figures, "float64"))


def _each(
    counts: pd.DataFrame, min_cell: int
) -> Iterator[tuple[str, str, dict[str, int], dict[Flow, int]]]:
    """Per period and role: (period, role, reached by step, people by flow)."""
    small_counts(min_cell)
    check_bridge_counts(counts)
    for (period, role), rows in labelled(counts.groupby(["period", "role"], sort=False)):
        by_step = rows.set_index("step")
        people = {step: int(by_step["reached"][step]) for step in STEPS}
        found: dict[Flow, int] = {(OUTSIDE, FIRST): people[FIRST]}
        for before, step in PASSAGES:
            came = int(by_step["came_from_before"][step])
            found[before, step] = came
            found[before, LEFT] = people[before] - came
            found[OUTSIDE, step] = people[step] - came
        yield period, role, people, found


def _few(people: Mapping[str, int], min_cell: int) -> set[str]:
    """The steps at which what was reached is hidden."""
    return {step for step, k in people.items() if 0 < k <= min_cell and min_cell > 1}


def _hidden(people: Mapping[str, int], found: Mapping[Flow, int], min_cell: int) -> set[Flow]:
    """The flows that are hidden."""
    few = _few(people, min_cell)
    at_few = {flow for flow in found if few & set(flow)}
    names = {flow: " to ".join(flow) for flow in found}
    sums = []
    counts: dict[str, int] = {}
    for step, k in people.items():
        if step in few or k == 0:
            continue
        for end in (0, 1):
            cells = [flow for flow in found if flow[end] == step]
            # what is reached at the first step all comes from outside, and is shown as such
            if len(cells) > 1:
                sums.append(exactly([names[flow] for flow in cells], k))
                counts |= {names[flow]: found[flow] for flow in cells}
    unlimited = {
        flow for flow in at_few if names[flow] not in counts and _may_be_some(flow, people)
    }
    limited = {names[flow] for flow in at_few} & set(counts)
    chosen = protect(counts, sums, range(1, min_cell), limited)
    return unlimited | {flow for flow in found if names[flow] in chosen}


def _may_be_some(flow: Flow, people: Mapping[str, int]) -> bool:
    """Whether anybody was reached at both ends of the flow, as far as these are steps."""
    return all(people.get(end, 1) for end in flow)


# what `evaluation check` asks of whole tables, as the notebook does
CHECKS = (of_tables(check_bridge_counts, "bridge_counts"),)
