"""A reader who has all that is published of a survey, and works out what it hides.

Nothing here uses the library's own attack: whole numbers are tried one by one, or bounded by a
programme. What the reader takes for certain: counts are whole and none is negative; the options of
a list that came from the answers were all given; a hidden count is hidden because it, or one that
would give it away, is small; who filters whom; that the group somebody belongs to does not change.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from made_up_surveys import Published, Survey
from scipy.optimize import Bounds, LinearConstraint, milp

from evaluation.project.codebook import Question


@dataclass(frozen=True)
class Leak:
    """What the reader found: where, and which persons or count."""

    kind: str
    where: str
    found: str


def leaks(published: Published, truth: Survey) -> list[Leak]:
    """What a reader of the published tables is certain of and should not be. A belief that is not
    true of the survey is no leak."""
    found = []
    for wave, table in published.indicators.groupby("wave"):
        found += _counts(published, int(wave), table)
        found += _follow_ups(published, int(wave), table, truth.filters)
    found += _numbers(published)
    found += _newcomers(published, truth)
    found += _crossed(published)
    found += _filters_of_groups(published, truth.filters)
    found += _numbers_of_groups(published)
    found += _goals(published)
    return found


def _shown(rows: pd.DataFrame) -> dict[str, int]:
    return {row.option: int(row.k) for row in rows.itertuples() if pd.notna(row.k)}


def _counts(published: Published, wave: int, table: pd.DataFrame) -> Iterator[Leak]:
    small = range(1, published.min_cell)
    for name, rows in table.groupby("question"):
        question, shown = published.codebook.questions[name], _shown(rows)
        hidden = [code for code in rows["option"] if code not in shown]
        for code, k in shown.items():
            if k in small:
                yield Leak("small count shown", f"{name}.{code}, wave {wave}", str(k))
        n = rows["n"].iloc[0]
        if question.sensitive and any(n - k in range(published.min_cell) for k in shown.values()):
            yield Leak("all but few alike", f"{name}, wave {wave}", str(shown))
        if not hidden or pd.isna(n):
            continue
        if question.type == "multiple":
            for code, k in shown.items():
                if n - k in small:
                    yield Leak("small rest shown", f"{name}.{code}, wave {wave}", str(n - k))
            continue
        least = int(question.inferred)
        left = int(n) - sum(shown.values())
        # zeros beside hidden counts would be hidden too, so that one that is shown says: not zero
        least = max(least, int(0 in shown.values()))
        worlds = [
            world for world in _sums(left, len(hidden), least) if any(k in small for k in world)
        ]
        for code, values in zip(hidden, zip(*worlds, strict=True), strict=False):
            yield from _certain(set(values), small, f"{name}.{code}, wave {wave}", "hidden count")


def _sums(total: int, count: int, least: int) -> Iterator[tuple[int, ...]]:
    """All whole numbers, `count` of them and none below `least`, that add up to `total`."""
    if count == 1:
        if total >= least:
            yield (total,)
        return
    for first in range(least, total - least * (count - 1) + 1):
        for rest in _sums(total - first, count - 1, least):
            yield (first, *rest)


def _certain(values: set[int], small: range, where: str, kind: str) -> Iterator[Leak]:
    if len(values) == 1:
        yield Leak(f"{kind} known", where, str(min(values)))
    elif values and values <= set(small):
        yield Leak(f"{kind} known to be small", where, str(sorted(values)))


def _follow_ups(
    published: Published, wave: int, table: pd.DataFrame, filters: dict[str, tuple[str, str]]
) -> Iterator[Leak]:
    """The count of a hidden filter is at least that of those who answered what it let through."""
    small = range(1, published.min_cell)
    for asked, (name, option) in filters.items():
        question = published.codebook.questions[asked]
        rows = table[table["question"] == name]
        filtering = rows[rows["option"] == option]
        n = _answered(published, question, wave, table)
        if n is None or not len(filtering) or pd.notna(filtering["k"].iloc[0]):
            continue
        whole = rows["n"].iloc[0]
        if pd.isna(whole):
            respondents = published.answered.set_index("wave")["respondents"]
            whole = respondents[wave]
        values = set(range(int(n), int(whole) + 1))
        rest = {int(whole) - k for k in values}
        where = f"{name}.{option} by {question.id}, wave {wave}"
        yield from _certain(values, small, where, "filter")
        yield from _certain(rest - {0} or rest, small, f"those left out by {where}", "filter")


def _answered(
    published: Published, question: Question, wave: int, table: pd.DataFrame
) -> int | None:
    if question.type in ("number", "text"):
        rows = published.measures
        rows = rows[(rows["question"] == question.id) & (rows["wave"] == wave)]
    else:
        rows = table[table["question"] == question.id]
    return int(rows["n"].iloc[0]) if len(rows) and pd.notna(rows["n"].iloc[0]) else None


def _numbers(published: Published) -> Iterator[Leak]:
    """Means of whole numbers that are not negative: a sum that small is of so few persons."""
    for row in published.measures.dropna(subset=["mean"]).itertuples():
        total = row.mean * row.n
        where = f"{row.question}, wave {row.wave}"
        if row.question == "times" and abs(total - round(total)) < 0.01:
            for k in (round(total), int(row.n) - round(total)):
                if k in range(1, published.min_cell) or k == 0:
                    yield Leak("persons by a mean", where, str(k))


def _newcomers(published: Published, truth: Survey) -> Iterator[Leak]:
    """What the few who came or went are: the difference of what does not change in people."""
    respondents = published.answered.set_index("wave")
    for after in respondents.index[1:]:
        before = respondents.index[respondents.index.get_loc(after) - 1]
        known = respondents.loc[after, "known"]
        came = int(respondents.loc[after, "respondents"] - known)
        went = int(respondents.loc[before, "respondents"] - known)
        # those who answered the stable question are all who answered
        if not known or not 0 < came + went < published.min_cell or (came and went):
            continue
        table = published.indicators[published.indicators["question"] == "group"]
        shown = [_shown(table[table["wave"] == wave]) for wave in (before, after)]
        for code in shown[0].keys() & shown[1].keys():
            difference = shown[1][code] - shown[0][code]
            if difference:
                who = "newcomers" if came else "leavers"
                yield Leak(f"{who} by a difference", f"group.{code}, wave {after}", str(difference))


def _crossed(published: Published) -> Iterator[Leak]:
    """Cells of crosstabs between the sums of rows and columns."""
    small = range(published.min_cell)
    for (wave, row, column), table in published.crosstabs.items():
        parts = [table]
        if published.codebook.questions[column].type == "multiple":
            parts = [part for _, part in table.groupby("column")]
        for part in parts:
            for one in part.itertuples():
                if pd.notna(one.k) and int(one.k) in small:
                    where = f"{row} {one.row} by {column} {one.column}, wave {wave}"
                    yield Leak("small cell shown", where, str(one.k))
            yield from _between(published, part, (wave, row, column))


def _between(
    published: Published, part: pd.DataFrame, place: tuple[int, str, str]
) -> Iterator[Leak]:
    wave, row, column = place
    hidden = part["k"].isna().to_numpy()
    if not hidden.any() or part["n"].isna().any():
        return
    question = published.codebook.questions[column]
    told = published.indicators[
        (published.indicators["question"] == column) & (published.indicators["wave"] == wave)
    ]
    shown = _shown(told)
    matrix, low, high = [], [], []
    for group, of_group in part.groupby("row"):
        line = (part["row"] == group).to_numpy()
        n = int(of_group["n"].iloc[0])
        matrix.append(line.astype(float))
        low.append(0 if question.type == "multiple" else n)
        high.append(n)
    for code, _ in part.groupby("column"):
        line = (part["column"] == code).to_numpy()
        matrix.append(line.astype(float))
        # some may have answered the one question and not the other
        low.append(0)
        high.append(_total(question, code, shown, int(part.groupby("row")["n"].first().sum())))
    known = part["k"].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    top = np.where(hidden, max(high), known)
    bounds = Bounds(np.where(hidden, 0, known), top)
    rows = LinearConstraint(np.array(matrix), low, high)
    for position in np.flatnonzero(hidden):
        ends = []
        for sign in (1, -1):
            aim = np.zeros(len(part))
            aim[position] = sign
            solved = milp(aim, constraints=rows, bounds=bounds, integrality=np.ones(len(part)))
            ends.append(round(sign * solved.fun) if solved.success else None)
        one = part.iloc[position]
        where = f"{row} {one['row']} by {column} {one['column']}, wave {wave}"
        if None not in ends:
            values = set(range(ends[0], ends[1] + 1))
            yield from _certain(values, range(1, published.min_cell), where, "cell")


def _total(question: Question, code: str, shown: dict[str, int], everybody: int) -> int:
    """How many gave an answer, of all groups: of a table of the headline, an option of it or none.

    everybody: how many answered, where nothing closer is known.
    """
    if code == "headline" and set(question.headline) <= set(shown):
        return sum(shown[each] for each in question.headline)
    return shown.get(code, everybody)


def _filters_of_groups(published: Published, filters: dict[str, tuple[str, str]]) -> Iterator[Leak]:
    """How many of a group answered what a filter let them is at most the count of its answer."""
    small = range(1, published.min_cell)
    for (wave, by, asked), table in published.crosstabs.items():
        name, option = filters.get(asked, ("", ""))
        filtering = published.crosstabs.get((wave, by, name))
        if filtering is None:
            continue
        for group, of_group in table.groupby("row"):
            cells = filtering[filtering["row"] == group]
            cell = cells[cells["column"] == option]
            n, whole = of_group["n"].iloc[0], cells["n"].iloc[0]
            if pd.isna(n) or (len(cell) and pd.notna(cell["k"].iloc[0])):
                continue
            where = f"{by} {group} by {name}.{option} from {asked}, wave {wave}"
            top = int(n) + published.min_cell if pd.isna(whole) else int(whole)
            yield from _certain(set(range(int(n), top + 1)), small, where, "filter of a group")


def _numbers_of_groups(published: Published) -> Iterator[Leak]:
    """Ones beside zeros are persons, in a group and in what all groups that are shown leave."""
    if published.numbers.empty:
        return
    of_all = published.measures.set_index(["question", "wave"])
    for (wave, by), table in published.numbers.groupby(["wave", "by"]):
        rows = table[table["question"] == "times"].dropna(subset=["mean"])
        whole = of_all.loc[("times", wave)] if ("times", wave) in of_all.index else None
        parts = [(row.mean, row.n) for row in rows.itertuples(index=False)]
        places = [str(row.group) for row in rows.itertuples(index=False)]
        if whole is not None and pd.notna(whole["mean"]) and parts:
            n = whole["n"] - sum(n for _, n in parts)
            rest = whole["mean"] * whole["n"] - sum(mean * n for mean, n in parts)
            parts, places = [*parts, (rest / n if n else 0, n)], [*places, "all others"]
        for place, (mean, n) in zip(places, parts, strict=True):
            ones = round(float(mean * n))
            for k in {ones, int(n) - ones} if n else set():
                if k < published.min_cell:
                    yield Leak("persons by a mean of a group", f"{by} {place}, wave {wave}", str(k))


def _goals(published: Published) -> Iterator[Leak]:
    """The levels of all units from mean and deviation of their scores, one goal a unit."""
    means, levels = published.goal_means, published.goals
    for row in means.dropna(subset=["mean"]).itertuples():
        if not levels["suppressed"].all() or row.n > 8:
            continue
        scores = {level: 50 + 10 * level for level in range(-2, 3)}
        fitting = set()
        for counts in product(range(int(row.n) + 1), repeat=5):
            if sum(counts) != row.n:
                continue
            values = np.repeat([scores[level] for level in range(-2, 3)], counts)
            same = abs(values.mean() - row.mean) < 0.05
            if same and (row.n < 2 or abs(values.std(ddof=1) - row.sd) < 0.05):
                fitting.add(counts)
        if len(fitting) == 1:
            yield Leak("levels by mean and deviation", f"wave {row.wave}", str(fitting.pop()))
