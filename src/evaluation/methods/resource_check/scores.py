"""The resource check: how far the two sides of a collaboration have come with eight topics.

Every unit (such as an association or a municipality) is placed on one of four levels per topic, in
one or several waves. A level is known by its position: 1 not started, 2 begun, 3 in place, 4 in
use. Source of the topics: Dansk Flygtningehjælp (2017), the KEM project; it prints no scale and no
items: the levels and all wording are this library's own.

The tables of this module may be published together, at one `min_cell`, by the rule of
`disclosure`; of `change` that is one table, for one pair of waves. A topic is hidden whole in a
wave that would tell, beside an earlier one, what the few units answered that came or left, see
`disclosure.comings`. Every p is exact and two-sided.

Arguments of the same name are the same in all functions:

- checks: one row per unit, wave and topic, see `methods.resource_check.tables`;
- sides: the codes of the two sides, the first of them compared with the second;
- before, after: two of its waves;
- min_cell: the smallest count that may be shown, at least 1; with 1 nothing is hidden.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import comb
from typing import Any

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import labelled
from evaluation.disclosure import exactly, exclusive, ranges
from evaluation.disclosure.comings import waves_of_few
from evaluation.methods import items
from evaluation.methods.resource_check.tables import LEVELS, TOPICS
from evaluation.project.items import brought
from evaluation.project.whole_tables import of_tables
from evaluation.stats.comparisons import holm
from evaluation.stats.ordinal import median
from evaluation.stats.pairs import sign_test, wilcoxon
from evaluation.stats.ranks import mann_whitney

# tests that cannot reach this p with the units there are, whatever they answer, are refused
ALPHA = 0.05
ZEROS = "pratt"
# what a hidden test counts for in its family
HIDDEN = 1.0
# the sides where an evaluation declares no others
SIDES = tuple(brought()["resource_check_side"].codes)
# counts by level and their sum, as they may be known
Shown = tuple[dict[str, int | None], int | None]
Published = Callable[[int, str, str, pd.Series], Shown]
POSITION = {level: position for position, level in enumerate(LEVELS, 1)}


def check_sides(checks: pd.DataFrame) -> None:
    """Raise InputError where a unit is on another side than in an earlier row.

    checks: the raw table `resource_checks`.
    """
    first = checks.groupby("unit")["side"].transform("first")
    wrong = checks.index[checks["side"] != first]
    if len(wrong):
        row = wrong[0]
        raise InputError(
            "data/raw/resource_checks.csv",
            f"a unit is on one side, and {checks.loc[row, 'unit']} is {first[row]} above",
            "correct the side, or give one of the two another id",
            row=int(row),
            column="side",
            value=checks.loc[row, "side"],
        )


# one wave


def profile(checks: pd.DataFrame, min_cell: int, sides: Sequence[str] = SIDES) -> pd.DataFrame:
    """How many units are on each level, and the median level.

    min_cell: the smallest count that may be shown; checks: see `methods.resource_check.tables`;
    sides: the codes of the two sides.

    One row per side and wave that occur, topic and level: side, wave, topic, level, k (units on
    it), n (units that answered), median (position, see the module; missing where a count of the
    topic is hidden), suppressed.
    """
    rows, published = [], _published(checks, min_cell)
    for (wave, side), answers in _blocks(checks, sides):
        for topic in TOPICS:
            shown, n = published(wave, side, topic, _topic(answers, topic))
            middle = _median(shown, n)
            for level, k in shown.items():
                rows.append((side, wave, topic, level, k, n, middle, k is None))
    columns = ["side", "wave", "topic", "level", "k", "n", "median", "suppressed"]
    return _typed(pd.DataFrame(rows, columns=columns), whole=["wave", "k", "n"], real=["median"])


def sides(checks: pd.DataFrame, min_cell: int, sides: Sequence[str] = SIDES) -> pd.DataFrame:
    """One side against the other: their median levels in each wave, and a test.

    checks: the raw table `resource_checks`; min_cell: the smallest count that may be shown; sides:
    the codes of the two sides, as the folder declares them.

    One row per wave and topic: wave, topic, n_SIDE and median_SIDE of both sides, gap (median of
    the first side less that of the second), u (see `mann_whitney`; x are those of the first), p,
    p_holm, tests and least_p_holm (see `change`; the family are the topics of the wave), refused
    ("": no; "hidden": a count behind the test is hidden; "no_group": a side has fewer than two
    units; "too_few": no answers of so few units can give a p of `ALPHA`), suppressed.
    """
    rows, published = [], _published(checks, min_cell)
    answered = dict(_blocks(checks, sides))
    none = checks.iloc[:0]
    for wave in sorted(checks["wave"].unique()):
        family = {}
        for topic in TOPICS:
            blocks = {side: _topic(answered.get((wave, side), none), topic) for side in sides}
            row = {"wave": wave, "topic": topic}
            for side, levels in blocks.items():
                shown, n = published(wave, side, topic, levels)
                row |= {f"n_{side}": n, f"median_{side}": _median(shown, n)}
                row["suppressed"] = row.get("suppressed", False) or None in shown.values()
            first, second = blocks.values()
            smaller, larger = sorted(map(len, blocks.values()))
            row["refused"] = ""
            if row["suppressed"]:
                row["refused"] = "hidden"
                family[topic] = HIDDEN
            elif smaller < 2:
                row["refused"] = "no_group"
            elif _least_of_groups(smaller, larger) > ALPHA:
                row["refused"] = "too_few"
            else:
                found = mann_whitney(first.tolist(), second.tolist())
                row |= {"u": found.u, "p": found.p}
                family[topic] = _least_of_groups(smaller, larger)
            if not row["suppressed"] and smaller:
                one, other = (row[f"median_{side}"] for side in sides)
                row["gap"] = one - other
            rows.append(row)
        _adjust(rows[-len(TOPICS) :], family, ["p"])
    columns = [
        *["wave", "topic", *(f"{what}_{side}" for what in ("n", "median") for side in sides)],
        *["gap", "u", "p", "p_holm", "tests", "least_p_holm", "refused", "suppressed"],
    ]
    table = pd.DataFrame(rows, columns=columns)
    return _typed(
        table,
        whole=["wave", "tests", *(f"n_{side}" for side in sides)],
        real=["gap", "u", "p", "p_holm", "least_p_holm", *(f"median_{side}" for side in sides)],
    )


# two waves


def change(
    checks: pd.DataFrame, before: int, after: int, min_cell: int, sides: Sequence[str] = SIDES
) -> pd.DataFrame:
    """How many units moved up or down between two waves, and tests of the change.

    checks: the raw table `resource_checks`; before, after: two of its waves; min_cell: the smallest
    count that may be shown; sides: the codes of the two sides.

    Only units that answered the topic in both. One row per side and topic: side, topic, pairs,
    up, same, down, p_sign (exact sign test, which only asks which way a unit moved), p_wilcoxon
    (Wilcoxon's signed-rank test, which takes the levels as equally far apart; a check on the
    first), zeros (what it does with units that did not move, see `stats.pairs.wilcoxon`;
    there are `same` of them), p_sign_holm and p_wilcoxon_holm (adjusted for the topics of the side;
    each test is a family of its own), tests (how many the family has), least_p_holm (the
    smallest p_holm that so many units and tests can give at all), refused ("": no; "hidden";
    "no_pairs"; "too_few": no answers of so few units can give a p of `ALPHA`), suppressed.

    The counts of a topic are hidden together, with all that follows from them, where one of
    them is small, where `profile` hides anything of the topic in either wave, and where both
    tables together would give a small group away; p_wilcoxon, which tells how far units moved,
    may be hidden alone. A hidden test counts in its family as one with p = 1, so that the others
    become no smaller by it and tell nothing of it. Apart from that a test is refused for the
    number of units, never for their answers.

    Raises ValueError where `before` and `after` are the same wave.
    """
    if before == after:
        raise ValueError(f"a change is between two waves, not {before} and {after}")
    rows, published = [], _published(checks, min_cell)
    answered = dict(_blocks(checks, sides))
    none = checks.iloc[:0]
    for side in items.in_order(checks["side"], sides):
        family = {}
        for topic in TOPICS:
            first, last = (
                _topic(answered.get((wave, side), none), topic) for wave in (before, after)
            )
            whole = [
                None not in published(wave, side, topic, levels)[0].values()
                for wave, levels in ((before, first), (after, last))
            ]
            moved, hidden = _moved(first, last, min_cell, all_shown=all(whole))
            pairs = int(moved.sum())
            row: dict[str, Any] = {"side": side, "topic": topic, "zeros": ZEROS, "refused": ""}
            row["suppressed"] = "counts" in hidden
            if "counts" in hidden:
                row["refused"] = "hidden"
                family[topic] = HIDDEN
            else:
                row |= {"pairs": pairs, **_directions(moved)}
                if pairs == 0:
                    row["refused"] = "no_pairs"
                elif _least_of_pairs(pairs) > ALPHA:
                    row["refused"] = "too_few"
                else:
                    family[topic] = _least_of_pairs(pairs)
                    steps = moved.index.repeat(moved).tolist()
                    row["p_sign"] = sign_test(steps).p
                    if "distances" not in hidden:
                        row["p_wilcoxon"] = wilcoxon(steps, ZEROS).p
            rows.append(row)
        _adjust(rows[-len(TOPICS) :], family, ["p_sign", "p_wilcoxon"])
    columns = [
        *["side", "topic", "pairs", "up", "same", "down"],
        *["p_sign", "p_sign_holm", "p_wilcoxon", "p_wilcoxon_holm", "zeros"],
        *["tests", "least_p_holm", "refused", "suppressed"],
    ]
    table = pd.DataFrame(rows, columns=columns)
    real = ["p_sign", "p_sign_holm", "p_wilcoxon", "p_wilcoxon_holm", "least_p_holm"]
    return _typed(table, whole=["pairs", "up", "same", "down", "tests"], real=real)


def first_to_last(
    checks: pd.DataFrame, min_cell: int, sides: Sequence[str] = SIDES
) -> pd.DataFrame:
    """`change` from the first wave to the last, which stand in the columns before and after.

    checks: the raw table `resource_checks`; min_cell: the smallest count that may be shown; sides:
    the codes of the two sides.

    Without rows where there is one wave only.
    """
    waves = sorted(checks["wave"].unique())
    if len(waves) < 2:
        checks, waves = checks.iloc[:0], [1, 2]
    found = change(checks, waves[0], waves[-1], min_cell, sides)
    found = found.assign(before=waves[0], after=waves[-1])
    return found.astype({"before": "Int64", "after": "Int64"})


def _moved(
    before: pd.Series, after: pd.Series, min_cell: int, *, all_shown: bool
) -> tuple[pd.Series, set[str]]:
    """How many units moved by how many levels, from down to up, and what of it is hidden.

    before, after: positions by unit; all_shown: the counts of both waves are. Hidden is nothing,
    the "distances", or with them the "counts" of those that moved up and down.
    """
    later = after.to_dict()
    steps = Counter(later[unit] - level for unit, level in before.items() if unit in later)
    moved = pd.Series({step: steps[step] for step in range(1 - len(LEVELS), len(LEVELS))})
    if min_cell == 1:
        return moved, set()
    small = range(1, min_cell)
    if (
        steps.total() <= min_cell
        or not all_shown
        or any(k in small for k in _directions(moved).values())
    ):
        return moved, {"counts", "distances"}
    # whoever may know the distances may know the counts
    if not any(k in small for k in moved) and not _gives_away(
        before, after, dict(moved), int, small
    ):
        return moved, set()
    if not _gives_away(before, after, _directions(moved), _direction, small):
        return moved, {"distances"}
    return moved, {"counts", "distances"}


def _gives_away(
    before: pd.Series,
    after: pd.Series,
    told: Mapping[str, Any],
    kind: Callable[..., Any],
    small: range,
) -> bool:
    """Whether a small number of units is seen to have gone from one level to another.

    Or to have left or come. Seen by a reader who knows how many were on each level in each wave,
    and how many (`told`) made a step of each `kind`.
    """
    positions = POSITION.values()
    steps = {f"{a} to {b}": kind(b - a) for a, b in product(positions, repeat=2)}
    sums = [exactly([cell for cell in steps if steps[cell] == one], k) for one, k in told.items()]
    for a in positions:
        sums.append(
            exactly([f"{a} to {b}" for b in positions] + [f"{a} left"], (before == a).sum())
        )
        sums.append(exactly([f"{b} to {a}" for b in positions] + [f"{a} came"], (after == a).sum()))
    cells = dict.fromkeys(cell for known in sums for cell in known.cells)
    return any(low in small and high in small for low, high in ranges(cells, sums).values())


def _directions(moved: pd.Series) -> dict[str, int]:
    up, same = int(moved[moved.index > 0].sum()), int(moved[0])
    return {"up": up, "same": same, "down": int(moved.sum()) - up - same}


def _direction(step: int) -> str:
    return "up" if step > 0 else "down" if step < 0 else "same"


# what the tables share


def _published(checks: pd.DataFrame, min_cell: int) -> Published:
    """How many of a side are on each level of a topic in a wave, and how many answered, as they may
    be known: a function of wave, side, topic and the position of each unit."""
    few = {
        (side, topic): waves_of_few(
            {wave: of.set_index("unit")["level"] for wave, of in labelled(rows.groupby("wave"))},
            min_cell,
        )
        for (side, topic), rows in labelled(checks.groupby(["side", "topic"]))
    }

    def published(wave: int, side: str, topic: str, levels: pd.Series) -> Shown:
        counts = _tally(levels)
        if wave in few.get((side, topic), ()):
            return dict.fromkeys(counts), None
        return exclusive(counts, min_cell)

    return published


def _blocks(checks: pd.DataFrame, sides: Sequence[str]) -> list[tuple[Any, pd.DataFrame]]:
    """The rows of each (wave, side) that occurs, sides in their own order."""
    order = items.in_order(checks["side"], sides)
    blocks = checks.groupby(["wave", "side"])
    return sorted(blocks, key=lambda block: (block[0][0], order.index(block[0][1])))


def _topic(answers: pd.DataFrame, topic: str) -> pd.Series:
    """The position of each unit on one topic, by unit."""
    rows = answers[answers["topic"] == topic]
    return pd.Series([POSITION[level] for level in rows["level"]], rows["unit"], dtype=int)


def _tally(positions: pd.Series) -> dict[str, int]:
    given = Counter(positions.tolist())
    return {level: given[position] for level, position in POSITION.items()}


def _median(shown: Mapping[str, int | None], n: int | None) -> float | None:
    """Missing where a count is hidden or nobody answered."""
    counts = [k for k in shown.values() if k is not None]
    return None if len(counts) < len(shown) or n == 0 else median(counts)


def _least_of_pairs(n: int) -> float:
    """The smallest p that a paired test of n pairs can give."""
    return min(1.0, 2 * 0.5**n)


def _least_of_groups(smaller: int, larger: int) -> float:
    """The smallest p that a rank test of two groups can give, see `mann_whitney`."""
    return (2 if smaller == larger else 1) / comb(smaller + larger, smaller)


def _adjust(
    rows: Sequence[dict[str, Any]], family: Mapping[str, float], names: Sequence[str]
) -> None:
    """Add to rows, one a topic, what is known of their tests as a family.

    family: per topic that counts in it, the smallest p that its test can give, or `HIDDEN`.
    """
    if family:
        least = min(1.0, len(family) * min(family.values()))
    for row in rows:
        row["tests"] = len(family)
        if family.get(row["topic"], HIDDEN) != HIDDEN:
            row["least_p_holm"] = least
    for name in names:
        known = {row["topic"]: row[name] for row in rows if name in row}
        adjusted = holm(dict.fromkeys(family, HIDDEN) | known).adjusted if known else {}
        for row in rows:
            if row["topic"] in known:
                row[f"{name}_holm"] = adjusted[row["topic"]]


def _typed(table: pd.DataFrame, whole: list[str], real: list[str]) -> pd.DataFrame:
    return table.astype(dict.fromkeys(whole, "Int64") | dict.fromkeys(real, "Float64"))


# what `evaluation check` asks of whole tables, as the notebook does
CHECKS = (of_tables(check_sides, "resource_checks"),)
