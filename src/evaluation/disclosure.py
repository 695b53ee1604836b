"""Disclosure control: which counts stay hidden, and proof that nobody can work them out.

The rule, for a threshold `min_cell`:
- A count from 1 to min_cell - 1 is hidden, and so is a count whose complement is that small
  where the complement is published with it: the other answer to a question with two, those who
  did not tick an option of a multiple-choice question.
- A zero reveals nobody and is shown, except beside a hidden count of an exclusive question: a
  reader who knows that zeros are shown would know that what is hidden is not zero.
- Further counts are hidden, the smallest first, until the promise below holds.
- A question that at most min_cell answered is hidden whole, with its n, whatever the answers.
  So is a filtered question whose filter is hidden, because its n is the count of the filter.
- How many answered a question that all were asked is shown: it says nothing about an answer.

The reader who attacks knows every figure that is shown (counts, n, shares, bounds, the size of
the population), the filters, and this rule. The promise is that such a reader
1. can narrow no hidden count to one value,
2. can tell of none that it lies in 1 .. min_cell - 1, and
3. can add up no group of answers that holds 1 .. min_cell - 1 persons: from the figures alone,
   every hidden count may be min_cell or more.
Not promised: anything against a reader who replays, for every conceivable table, which further
counts would have been chosen (the minimality attack of Wong et al., VLDB 2007).

Sources: the guideline of SDU after the confidentiality policy of Statistics Denmark (every
combination of groupings is checked); Hundepool et al., Statistical Disclosure Control (2012),
chapter 4 (secondary suppression, audited by the bounds of a linear programme).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from evaluation.codebook import Codebook
from evaluation.errors import InputError
from evaluation.intervals import hypergeometric, wilson, worst_case
from evaluation.rounding import counts_printed_as

BOUNDS = ("lower_bound", "upper_bound", "random_low", "random_high")
FIGURES = ("k", "share", "low", "high", *BOUNDS)
COUNTS = ("k", "n", *BOUNDS)
# ends the id of those who did not tick an option of a multiple-choice question
REST = " (not ticked)"
# of scipy's milp
INFEASIBLE = 2

Range = tuple[int, int]


# cells and sums


@dataclass(frozen=True)
class Sum:
    """What is published of some cells together: low <= their sum <= high."""

    cells: tuple[str, ...]
    low: int
    high: int


def exactly(cells: Iterable[str], value: int) -> Sum:
    """The cells add up to `value`."""
    return Sum(tuple(cells), value, value)


def printed(cells: Iterable[str], percent: int, n: int) -> Sum:
    """The cells together are printed as a whole percentage of n, rounded half up.

    Raises ValueError where no count gives the percentage.
    """
    counts = counts_printed_as(percent, n)
    if not counts:
        raise ValueError(f"no count of {n} is printed as {percent} %")
    return Sum(tuple(cells), counts[0], counts[-1])


def ranges(
    cells: Mapping[str, int | None], sums: Iterable[Sum], small: range | None = None
) -> dict[str, Range]:
    """Smallest and largest count of every hidden cell that agree with all that is published.

    cells: a count, or None where it is hidden; sums: what is known of cells together, with
    every hidden cell in at least one. Counts are whole and not negative. With `small`, the
    reader knows the rule as well: hidden cells that are linked by sums hold a count in `small`
    among them. Solved by scipy's HiGHS.

    Raises ValueError where the sums contradict each other, or leave a cell without limit.
    """
    found = {}
    for pool in _pools(cells, sums):
        told = pool.extremes()
        found |= told if small is None else pool.informed(small, told)
    return found


def protect(
    counts: Mapping[str, int],
    sums: Iterable[Sum],
    small: range,
    hidden: Iterable[str] = (),
) -> set[str]:
    """Cells to hide so that the promise of this module holds.

    counts: the true count of every cell; sums: what is published besides; small: the counts
    that must not be known (from 0 where zeros are to be hidden too); hidden: further cells
    that are hidden in any case. Hides all counts in `small` and adds the smallest others, ties
    in the order of `counts`; afterwards an added cell that is not needed is shown again.

    Raises ValueError where even hiding every cell is not enough.
    """
    sums = list(sums)
    first = {cell for cell, k in counts.items() if k in small} | set(hidden)
    chosen = set(first)
    while exposed := _exposed(_without(counts, chosen), sums, small):
        near = _beside(exposed, sums) - chosen or _beside(chosen, sums) - chosen
        if not near:
            raise ValueError(f"no further cell protects {', '.join(exposed)}")
        chosen.add(min((cell for cell in counts if cell in near), key=counts.get))
    added = [cell for cell in counts if cell in chosen - first]
    for cell in sorted(added, key=counts.get, reverse=True):
        if not _exposed(_without(counts, chosen - {cell}), sums, small):
            chosen.remove(cell)
    return chosen


def _exposed(cells: Mapping[str, int | None], sums: list[Sum], small: range) -> list[str]:
    """Hidden cells for which the promise does not hold."""
    return [
        cell
        for pool in _pools(cells, sums)
        for told in [pool.extremes()]
        for cell, informed in pool.informed(small, told).items()
        if not _kept(told[cell], informed, small)
    ]


def _kept(told: Range, informed: Range, small: range) -> bool:
    """Whether the promise holds for a cell, by its range without and with the rule."""
    low, high = informed
    return low < high and not (low in small and high in small) and told[1] >= small.stop


def _without(counts: Mapping[str, int], hidden: set[str]) -> dict[str, int | None]:
    return {cell: None if cell in hidden else k for cell, k in counts.items()}


def _beside(cells: Iterable[str], sums: list[Sum]) -> set[str]:
    """All cells that share a sum with one of `cells`."""
    cells = set(cells)
    return {cell for known in sums if cells & set(known.cells) for cell in known.cells}


class _Contradiction(ValueError):
    def __init__(self):
        super().__init__("the published figures contradict each other")


@dataclass(frozen=True)
class _Pool:
    """Hidden cells that are linked by sums: low <= matrix @ counts <= high."""

    cells: list[str]
    matrix: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def informed(
        self, small: range, told: dict[str, Range], positive: frozenset[str] = frozenset()
    ) -> dict[str, Range]:
        """Range of each cell for a reader who knows the rule too; `told` without the rule.

        `positive` are cells that the rule would show if they were zero.
        """
        try:
            return self.extremes(small, told, positive)
        except _Contradiction:
            # no small count fits: these cells were not hidden by the rule, which tells nothing
            return told

    def extremes(
        self,
        small: range | None = None,
        outer: dict[str, Range] | None = None,
        positive: frozenset[str] = frozenset(),
    ) -> dict[str, Range]:
        """Range of each cell; `outer` holds ranges that are known to contain them."""
        upper = self._upper()
        if outer is None:
            outer = {cell: (0, int(top)) for cell, top in zip(self.cells, upper, strict=True)}
        solve = self._programme(upper, small, [int(cell in positive) for cell in self.cells])
        points = []

        def extreme(position: int, sign: int, limit: int) -> int:
            # a point found on the way may already lie on the limit
            if not any(point[position] == limit for point in points):
                points.append(solve(position, sign))
                return int(points[-1][position])
            return limit

        return {
            cell: (extreme(i, 1, outer[cell][0]), extreme(i, -1, outer[cell][1]))
            for i, cell in enumerate(self.cells)
        }

    def _upper(self) -> np.ndarray:
        """The largest count that a single sum allows each cell."""
        limits = np.where(self.matrix > 0, self.high[:, None], np.inf)
        upper = limits.min(axis=0, initial=np.inf)
        if np.isinf(upper).any():
            raise ValueError(f"no sum limits {self.cells[int(np.isinf(upper).argmax())]}")
        if (upper < 0).any():
            raise _Contradiction
        return upper

    def _programme(self, upper: np.ndarray, small: range | None, least: list[int]):
        """A function that takes a cell's position and a sign, and returns the counts of all
        cells at which the cell is smallest (sign 1) or largest (sign -1)."""
        size = len(self.cells)
        rows = [LinearConstraint(self.matrix, self.low, self.high)]
        bottom, top = np.array(least, dtype=float), upper
        if (bottom > top).any():
            raise _Contradiction
        if small is not None:
            # one switch a cell: where it is on, the count is small; one switch at least is on
            one = np.eye(size)
            excess = np.maximum(upper - (small.stop - 1), 0)
            rows = [
                LinearConstraint(np.hstack([self.matrix, 0 * self.matrix]), self.low, self.high),
                LinearConstraint(np.hstack([one, -small.start * one]), 0, np.inf),
                LinearConstraint(np.hstack([one, np.diag(excess)]), -np.inf, upper),
                LinearConstraint(np.r_[np.zeros(size), np.ones(size)], 1, np.inf),
            ]
            bottom, top = np.r_[bottom, np.zeros(size)], np.r_[upper, np.ones(size)]

        def solve(position: int, sign: int) -> np.ndarray:
            aim = np.zeros(len(top))
            aim[position] = sign
            result = milp(
                aim, constraints=rows, bounds=Bounds(bottom, top), integrality=np.ones(len(top))
            )
            if result.status == INFEASIBLE:
                raise _Contradiction
            if not result.success:
                raise RuntimeError(result.message)
            return np.rint(result.x[:size])

        return solve


def _pools(cells: Mapping[str, int | None], sums: Iterable[Sum]) -> list[_Pool]:
    """The hidden cells in sets that no sum links, with what the sums leave for them."""
    hidden = [cell for cell, k in cells.items() if k is None]
    matrix, low, high = [], [], []
    for known in sums:
        members = set(known.cells)
        if members.isdisjoint(hidden):
            continue
        shown = sum(cells[cell] or 0 for cell in members)
        matrix.append([cell in members for cell in hidden])
        low.append(known.low - shown)
        high.append(known.high - shown)
    if not hidden:
        return []
    matrix = np.array(matrix, dtype=float).reshape(-1, len(hidden))
    low, high = np.array(low, dtype=float), np.array(high, dtype=float)
    pools = []
    count, label = connected_components(matrix.T @ matrix, directed=False)
    for number in range(count):
        inside = label == number
        rows = matrix[:, inside].any(axis=1)
        names = [cell for cell, here in zip(hidden, inside, strict=True) if here]
        pools.append(_Pool(names, matrix[np.ix_(rows, inside)], low[rows], high[rows]))
    return pools


# the published table


def primary(table: pd.DataFrame, codebook: Codebook, min_cell: int) -> pd.Series:
    """Which rows of an indicator table hold a small count: true or false, by its index.

    Small is a count k from 1 to min_cell - 1, and where the question is multiple-choice or has
    two options also a count with such a complement n - k. A zero is not small.
    """
    answers = table.groupby("question")["option"].transform("size")
    paired = _multiple(table, codebook) | (answers == 2)
    rest = table["n"] - table["k"]
    small = table["k"].between(1, min_cell - 1) | (paired & rest.between(1, min_cell - 1))
    return small.fillna(False).astype(bool)


def secondary(table: pd.DataFrame, codebook: Codebook, min_cell: int) -> pd.Series:
    """Which rows of an indicator table are hidden in all: true or false, by its index.

    The rows of `primary`, the zeros beside them in an exclusive question, every row of a
    question that at most min_cell answered or whose filter is hidden, and what `protect` adds.
    """
    small = primary(table, codebook, min_cell)
    several = _multiple(table, codebook)
    hidden = small.copy()
    for question, rows in table.groupby("question", sort=False):
        if _hidden_whole(question, rows, codebook, min_cell, set(table["id"][hidden])):
            hidden[rows.index] = True
        elif small[rows.index].any() and not several[rows.index[0]]:
            counts = dict(zip(rows["id"], map(int, rows["k"]), strict=True))
            zeros = [cell for cell, k in counts.items() if k == 0]
            sums = [exactly(counts, int(rows["n"].iloc[0]))]
            chosen = protect(counts, sums, range(1, min_cell), zeros)
            hidden[rows.index] = rows["id"].isin(chosen)
    return hidden


def _hidden_whole(
    question: str, rows: pd.DataFrame, codebook: Codebook, min_cell: int, hidden: set[str]
) -> bool:
    """Whether a question is hidden with its n; `hidden` are the ids hidden before it."""
    return int(rows["n"].iloc[0]) <= min_cell or _base(codebook, question) in hidden


def _base(codebook: Codebook, question: str) -> str | None:
    """Id of the cell that filters who was asked."""
    base = codebook.questions[question].base
    return base and f"{base[0]}.{base[1]}"


def _multiple(table: pd.DataFrame, codebook: Codebook) -> pd.Series:
    kinds = {name: question.type == "multiple" for name, question in codebook.questions.items()}
    return table["question"].map(kinds).astype(bool)


def suppress(
    table: pd.DataFrame,
    codebook: Codebook,
    min_cell: int,
    collapses: Mapping[str, list[tuple[str, list[str]]]] | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """The indicator table as it may be published, with a column `suppressed`.

    table: see `indicators`. collapses: options to join first, see `collapse`; confidence: of
    the intervals of joined options. Hidden rows have no k, share, interval or bounds, and no n
    where the whole question is hidden. With min_cell 1 nothing is joined or hidden.

    Raises InputError where nothing would be left to publish, or where an attack on the result
    breaks the promise of this module; ValueError for min_cell below 1.
    """
    if min_cell < 1:
        raise ValueError(f"min_cell is at least 1, not {min_cell}")
    if min_cell == 1:
        return table.assign(suppressed=False).astype(dict.fromkeys(COUNTS, "Int64"))
    joined = collapse(table, codebook, collapses or {}, confidence)
    hidden = secondary(joined, codebook, min_cell)
    published = joined.assign(suppressed=hidden).astype(dict.fromkeys(COUNTS, "Int64"))
    ids = set(joined["id"][hidden])
    for question, rows in joined.groupby("question", sort=False):
        if _hidden_whole(question, rows, codebook, min_cell, ids):
            published.loc[rows.index, "n"] = pd.NA
    for column in FIGURES:
        published[column] = published[column].mask(hidden)
    exposed = _broken(attack(published, codebook, min_cell), min_cell)
    if not exposed.empty:
        _refuse(
            "no hidden count can be worked out from what is published",
            f"{min_cell} (exposed: {', '.join(exposed['id'])})",
        )
    if hidden.all():
        _refuse("some counts are left to publish", min_cell)
    return published


def _refuse(rule: str, value) -> None:
    raise InputError(
        "evaluation.yml",
        rule,
        "join options of the questions concerned (collapse), or lower the threshold",
        column="min_cell",
        value=value,
    )


def collapse(
    table: pd.DataFrame,
    codebook: Codebook,
    collapses: Mapping[str, list[tuple[str, list[str]]]],
    confidence: float = 0.95,
) -> pd.DataFrame:
    """An indicator table in which some options are joined into one, before anything is hidden.

    collapses: per question the new code and the codes it joins. The new row stands where the
    first of them stood; its count is their sum, its Wilson interval and bounds are computed
    anew. Apply it to the same questions whatever they were answered: a reader who sees joined
    options would else know that one was small.

    Raises ValueError for an unknown question or code, a code that is joined twice or taken, the
    options of a multiple-choice question (they overlap), and an option that filters another
    question (its count is the other's n).
    """
    filters = {_base(codebook, name) for name in codebook.questions}
    for question, joins in collapses.items():
        for code, parts in joins:
            rows = table[(table["question"] == question) & table["option"].isin(parts)]
            taken = table["option"][table["question"] == question]
            if len(rows) != len(parts) or (code in set(taken) and code not in parts):
                raise ValueError(f"{question} cannot join {', '.join(parts)} as {code}")
            if codebook.questions[question].type == "multiple":
                raise ValueError(f"several answers to {question} may come from one respondent")
            if not filters.isdisjoint(rows["id"]):
                raise ValueError(f"{', '.join(parts)} of {question} filter another question")
            row = _joined(rows, f"{question}.{code}", code, confidence)
            table = pd.concat([table.drop(rows.index), row]).sort_index()
    return table.reset_index(drop=True)


def _joined(rows: pd.DataFrame, id_: str, code: str, confidence: float) -> pd.DataFrame:
    k, n = int(rows["k"].sum()), int(rows["n"].iloc[0])
    low, high = wilson(k, n, confidence)
    bounds = dict.fromkeys(BOUNDS)
    if rows["upper_bound"].notna().all():
        # what all the silent could add, they can add once
        silent = int(rows["upper_bound"].iloc[0] - rows["lower_bound"].iloc[0])
        ends = (*worst_case(k, n, n + silent), *hypergeometric(k, n, n + silent, confidence))
        bounds = dict(zip(BOUNDS, ends, strict=True))
    return rows.iloc[:1].assign(
        id=id_,
        option=code,
        k=k,
        share=k / n,
        low=low,
        high=high,
        **{name: pd.array([value], dtype="Int64") for name, value in bounds.items()},
    )


# the attack


def attack(
    published: pd.DataFrame,
    codebook: Codebook,
    min_cell: int,
    known: Iterable[Sum] = (),
) -> pd.DataFrame:
    """What a reader can work out about every hidden count, and every small one that is shown.

    published: see `suppress`; known: what is said elsewhere, in notes or prose, about rows
    together (by their ids). The reader uses all counts, every n, the filters (a filter's count
    is the n of its question) and that counts are whole and not negative. Shares, intervals and
    bounds follow from k, n and the population and tell nothing more.

    Returns id, question, option, minimum and maximum (from the figures alone), and
    informed_minimum and informed_maximum (for a reader who knows the rule as well). An option
    of a multiple-choice question has a second row for those who did not tick it.

    Raises ValueError where a hidden row still has a figure, which gives its count away, or
    where the published figures contradict each other.
    """
    hidden = published["suppressed"]
    for column in FIGURES:
        left = published["id"][hidden & published[column].notna()]
        if not left.empty:
            raise ValueError(f"{left.iloc[0]} is hidden, but its {column} is published")
    cells, sums, whole = _system(published, codebook, min_cell)
    positive = _beside_zeros(published, codebook)
    small = range(1, min_cell)
    found = {}
    for pool in _pools(cells, [*sums, *known]):
        told = pool.extremes()
        # that a question is hidden whole tells nothing of its counts
        ruled = whole.isdisjoint(pool.cells)
        informed = pool.informed(small, told, positive) if ruled else told
        found |= {cell: (*told[cell], *informed[cell]) for cell in pool.cells}
    shown = ~hidden & primary(published, codebook, min_cell)
    found |= {cell: (cells[cell],) * 4 for cell in published["id"][shown]}
    names = ["minimum", "maximum", "informed_minimum", "informed_maximum"]
    about = published.loc[hidden | shown, ["id", "question", "option"]]
    several = about[(hidden & _multiple(published, codebook))[about.index]]
    rest = several.assign(id=several["id"] + REST)
    about = pd.concat([about, rest]).sort_index(kind="stable").reset_index(drop=True)
    limits = pd.DataFrame([found[cell] for cell in about["id"]], about.index, names, dtype="int64")
    return about.join(limits)


def _system(
    published: pd.DataFrame, codebook: Codebook, min_cell: int
) -> tuple[dict[str, int | None], list[Sum], set[str]]:
    """The cells of a published table, what is known of them together, and the cells of the
    questions that are hidden whole."""
    cells: dict[str, int | None] = {}
    sums, whole, most = [], set(), {}
    shown = ~published["suppressed"]
    for question, rows in published.groupby("question", sort=False):
        base = _base(codebook, question)
        n = rows["n"].iloc[0]
        ids = list(rows["id"])
        cells |= {
            cell: int(k) if here else None
            for cell, k, here in zip(ids, rows["k"], shown[rows.index], strict=True)
        }
        if pd.isna(n):
            # hidden for its few answers, or for its filter, which let through whom it was asked
            asked = base is not None and cells.get(base, 0) is None
            most[question] = most[codebook.questions[question].base[0]] if asked else min_cell
            low, high = 0, most[question]
            whole |= set(ids)
        else:
            most[question] = low = high = int(n)
            if cells.get(base, 0) is None:
                sums.append(exactly([base], int(n)))
        if codebook.questions[question].type == "multiple":
            for cell in ids:
                rest = cell + REST
                cells[rest] = None if cells[cell] is None else most[question] - cells[cell]
                sums.append(Sum((cell, rest), low, high))
        else:
            sums.append(Sum(tuple(ids), low, high))
    return cells, sums, whole


def _beside_zeros(published: pd.DataFrame, codebook: Codebook) -> frozenset[str]:
    """Hidden cells of exclusive questions that show a zero: they are not zero themselves."""
    zero = published["k"].eq(0).fillna(False) & ~_multiple(published, codebook)
    beside = zero.groupby(published["question"]).transform("any")
    return frozenset(published["id"][published["suppressed"] & beside])


def is_safe(attacked: pd.DataFrame, min_cell: int) -> bool:
    """Whether the promise of this module holds for all counts of an `attack`."""
    return _broken(attacked, min_cell).empty


def _broken(attacked: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    """The rows of an attack for which the promise does not hold."""
    kept = [
        _kept(
            (row.minimum, row.maximum),
            (row.informed_minimum, row.informed_maximum),
            range(1, min_cell),
        )
        for row in attacked.itertuples()
    ]
    return attacked[~np.array(kept, dtype=bool)]
