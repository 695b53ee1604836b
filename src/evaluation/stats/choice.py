"""Which test fits two questions, how large the difference is, and both run.

What fits follows from what is compared, and not from how many answered: every test here is exact,
or a permutation test, and a small table makes it no worse.

- two groups: `fisher` for yes or no, `fisher_freeman_halton` for one of several, `mann_whitney` for
  ordered answers and numbers;
- several: `fisher_freeman_halton`, and `kruskal_wallis`;
- ordered: `cochran_armitage` for yes or no, `kruskal_wallis` turned for one of several,
  `jonckheere`;
- numbers, such as ages: `mann_whitney` turned for yes or no, `kruskal_wallis` turned for one of
  several, `tau_b`;
- the same respondents twice: `mcnemar`, `marginal_homogeneity`, `sign_test` for ordered answers,
  `wilcoxon` for numbers;
- more often: `cochran_q` for yes or no, `friedman`; none for one of several.

Turned is a test that compares what groups the respondents between those who gave each answer.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
import pandas as pd

from evaluation.stats.checks import numbers
from evaluation.stats.contingency import cochran_armitage, fisher, fisher_freeman_halton
from evaluation.stats.correlation import tau_b, tau_b_interval
from evaluation.stats.effects import (
    cramers_v,
    eta_squared,
    kendalls_w,
    paired_difference,
    risk_difference,
)
from evaluation.stats.estimates import Estimate
from evaluation.stats.pairs import marginal_homogeneity, mcnemar, sign_test, wilcoxon
from evaluation.stats.ranks import jonckheere, kruskal_wallis, mann_whitney
from evaluation.stats.repeated import cochran_q, friedman
from evaluation.stats.shifts import cliffs_delta, hodges_lehmann, hodges_lehmann_pairs

GROUPINGS = ("groups", "ordered", "numbers")
ANSWERS = ("yes_no", "nominal", "ordinal", "number")
# (groups, answers) -> the test and the size of the difference
FITTING = {
    ("two", "yes_no"): ("fisher", "risk_difference"),
    ("two", "nominal"): ("fisher_freeman_halton", "cramers_v"),
    ("two", "ordinal"): ("mann_whitney", "cliffs_delta"),
    ("two", "number"): ("mann_whitney", "hodges_lehmann"),
    ("several", "yes_no"): ("fisher_freeman_halton", "cramers_v"),
    ("several", "nominal"): ("fisher_freeman_halton", "cramers_v"),
    ("several", "ordinal"): ("kruskal_wallis", "eta_squared"),
    ("several", "number"): ("kruskal_wallis", "eta_squared"),
    ("ordered", "yes_no"): ("cochran_armitage", "tau_b"),
    ("ordered", "nominal"): ("kruskal_wallis", "eta_squared"),
    ("ordered", "ordinal"): ("jonckheere", "tau_b"),
    ("ordered", "number"): ("jonckheere", "tau_b"),
    ("numbers", "yes_no"): ("mann_whitney", "hodges_lehmann"),
    ("numbers", "nominal"): ("kruskal_wallis", "eta_squared"),
    ("numbers", "ordinal"): ("tau_b", "tau_b"),
    ("numbers", "number"): ("tau_b", "tau_b"),
    ("twice", "yes_no"): ("mcnemar", "paired_difference"),
    ("twice", "nominal"): ("marginal_homogeneity", "net_change"),
    ("twice", "ordinal"): ("sign_test", "paired_difference"),
    ("twice", "number"): ("wilcoxon", "hodges_lehmann_pairs"),
    ("repeated", "yes_no"): ("cochran_q", "kendalls_w"),
    ("repeated", "ordinal"): ("friedman", "kendalls_w"),
    ("repeated", "number"): ("friedman", "kendalls_w"),
}
# the answers are what groups, and what groups is compared
TURNED = {("ordered", "nominal"), ("numbers", "yes_no"), ("numbers", "nominal")}


@dataclass(frozen=True)
class Choice:
    """The fitting test and effect size, by name, and why they fit.

    Why: what is compared (`design`: two, several or ordered groups, numbers, the same respondents
    twice or repeated) and how it is answered (`answer`); `turned` where what groups the respondents
    is compared between those who gave each answer.
    """

    design: str
    answer: str
    test: str
    effect: str
    turned: bool


@dataclass(frozen=True)
class Comparison:
    """A test that was chosen and run: its p, and how large the difference is.

    `groups` are in the order in which they were compared; a difference of two is of the first less
    the second, of the same respondents twice of the last less the first. `n` is how many answers,
    or respondents with all answers, took part. `least_p` is the smallest p that so many answers
    could have had, where the p is `exact`: where it is not small, too few answered to tell. There
    is no effect where all answered alike.
    """

    choice: Choice
    groups: tuple[Hashable, ...]
    n: int
    p: float
    exact: bool
    least_p: float | None
    effect: Estimate | None


@dataclass(frozen=True)
class _Found:
    """What a test found, whichever it was."""

    p: float
    exact: bool
    least_p: float | None
    effect: Estimate | None


def choose(grouping: str, answer: str, groups: int, paired: bool = False) -> Choice:
    """The test and the effect size that fit two questions, and why.

    grouping: what the groups are: `groups` by name, `ordered`, or `numbers` such as ages; answer:
    how the question is answered: `yes_no`, one of several without order (`nominal`), on an ordered
    scale (`ordinal`) or in numbers (`number`); groups: how many there are; paired: whether the same
    respondents answered in each.

    Sources: Agresti (2002), Categorical Data Analysis; Conover (1999), Practical Nonparametric
    Statistics; that expected counts do not matter to an exact test: Fisher (1935). Raises
    ValueError for another grouping or answer, fewer than two groups, pairs of numbers, and for one
    of several answers without order given more than twice, which no test here compares.
    """
    if grouping not in GROUPINGS or answer not in ANSWERS:
        raise ValueError(
            f"groups are {', '.join(GROUPINGS)} and answers {', '.join(ANSWERS)}, not {grouping!r}"
            f" and {answer!r}"
        )
    if groups < 2:
        raise ValueError(f"groups are compared where there are at least two, not {groups}")
    design = _design(grouping, groups, paired)
    if (design, answer) not in FITTING:
        raise ValueError(f"no test of {answer} answers given {groups} times: compare two times")
    test, effect = FITTING[design, answer]
    return Choice(design, answer, test, effect, (design, answer) in TURNED)


def _design(grouping: str, groups: int, paired: bool) -> str:
    if paired and grouping == "numbers":
        raise ValueError("the same respondents answer in groups or at times, not in numbers")
    if paired:
        return "twice" if groups == 2 else "repeated"
    if grouping == "numbers":
        return "numbers"
    if groups == 2:
        return "two"
    return "ordered" if grouping == "ordered" else "several"


def compare(
    groups: Sequence[Hashable],
    answers: Sequence[Hashable],
    grouping: str,
    answer: str,
    respondents: Sequence[Hashable] | None = None,
    seed: int = 1,
    confidence: float = 0.95,
) -> Comparison:
    """The fitting test of answers by group, run, and the size of the difference.

    groups, answers: the group and the answer of each, none missing; grouping, answer: of what kind
    they are, as for `choose`; respondents: of each answer who gave it, where the same answered in
    each group, or None; seed: of random draws, where exact tests are too much; confidence: of the
    interval.

    Groups by name are compared in the order in which they come, others from the lowest. Yes is 1 or
    True; ordinal answers, ordered groups and numbers are numbers. Of respondents, those with an
    answer in each group take part. Sources: those of the tests. Raises ValueError as `choose` does,
    for lists of different length, missing answers, answers of another kind, a respondent with two
    answers in one group, and where none has all.
    """
    table = _answers(groups, answers, respondents)
    for column, numeric in (("group", grouping != "groups"), ("answer", answer != "nominal")):
        if numeric:
            table[column] = numbers(
                table[column].tolist(), f"a {column} of this kind is a number"
            ).tolist()
    if answer == "yes_no" and not table["answer"].isin((0, 1)).all():
        raise ValueError("an answer of yes or no is 1 or 0")
    order = list(dict.fromkeys(table["group"]))
    order = order if grouping == "groups" else sorted(order)
    choice = choose(grouping, answer, len(order), respondents is not None)
    if respondents is not None:
        rows = table.pivot(index="respondent", columns="group", values="answer")[order].dropna()
        if rows.empty:
            raise ValueError("no respondent has an answer in each group")
        n, found = len(rows), _of_pairs(choice, rows, seed, confidence)
    else:
        n, found = len(table), _of_groups(choice, table, order, seed, confidence)
    told = () if choice.design == "numbers" else tuple(order)
    return Comparison(choice, told, n, found.p, found.exact, found.least_p, found.effect)


def _answers(
    groups: Sequence[Hashable],
    answers: Sequence[Hashable],
    respondents: Sequence[Hashable] | None,
) -> pd.DataFrame:
    lists = {"group": groups, "answer": answers}
    if respondents is not None:
        lists["respondent"] = respondents
    if len({len(each) for each in lists.values()}) > 1:
        raise ValueError("of each answer there is a group, and a respondent or none at all")
    table = pd.DataFrame({name: pd.Series([*each], dtype=object) for name, each in lists.items()})
    if table.isna().any(axis=None):
        raise ValueError("groups, answers and respondents are none missing")
    if respondents is not None and table.duplicated(["group", "respondent"]).any():
        raise ValueError("a respondent has one answer in each group")
    return table


def _of_groups(
    choice: Choice, table: pd.DataFrame, order: list[Hashable], seed: int, confidence: float
) -> _Found:
    """The chosen test of groups of different respondents."""
    compared, between = ("group", "answer") if choice.turned else ("answer", "group")
    if table["answer"].nunique() == 1:
        return _Found(1.0, True, 1.0, None)
    if choice.test in ("fisher", "fisher_freeman_halton", "cochran_armitage"):
        counts = pd.crosstab(table["group"], table["answer"]).loc[order]
        return _of_counts(choice, counts, table, seed, confidence)
    if choice.test == "tau_b":
        return _of_order(table["group"].tolist(), table["answer"].tolist(), seed, confidence)
    kinds = _kinds(choice, table) if choice.turned else order
    values = [table.loc[table[between] == kind, compared].tolist() for kind in kinds]
    if choice.test == "mann_whitney":
        x, y = values
        size = cliffs_delta if choice.effect == "cliffs_delta" else hodges_lehmann
        test = mann_whitney(x, y, seed)
        return _Found(test.p, test.exact, _least_of_ranks(x, y, test.exact), size(x, y, confidence))
    if choice.test == "kruskal_wallis":
        ranks = kruskal_wallis(values, seed)
        return _Found(ranks.p, ranks.exact, ranks.least_p, eta_squared(ranks, confidence))
    trend = jonckheere(values, seed)
    size_of_trend = _trend_size(table, confidence)
    return _Found(trend.p, trend.exact, trend.least_p, size_of_trend)


def _kinds(choice: Choice, table: pd.DataFrame) -> list[Hashable]:
    """The answers, those of yes against those of no."""
    return [1, 0] if choice.answer == "yes_no" else list(dict.fromkeys(table["answer"]))


def _of_counts(
    choice: Choice, counts: pd.DataFrame, table: pd.DataFrame, seed: int, confidence: float
) -> _Found:
    """The chosen test of a table of counts."""
    cells = counts.to_numpy()
    if choice.test == "cochran_armitage":
        trend = cochran_armitage(cells[:, 1].tolist(), cells.sum(1).tolist(), seed=seed)
        return _Found(trend.p, trend.exact, trend.least_p, _trend_size(table, confidence))
    every = fisher_freeman_halton(cells.tolist(), seed)
    if choice.test == "fisher":
        p = fisher(cells.tolist()).p
        (no_x, yes_x), (no_y, yes_y) = cells.tolist()
        effect = risk_difference(yes_x, no_x + yes_x, yes_y, no_y + yes_y, confidence)
        return _Found(p, True, every.least_p, effect)
    found = cramers_v(cells.tolist(), confidence)
    effect = Estimate(found.corrected, found.low, found.high, "noncentral", confidence)
    return _Found(every.p, every.exact, every.least_p, effect)


def _of_order(x: list[float], y: list[float], seed: int, confidence: float) -> _Found:
    test = tau_b(x, y, seed)
    least_p = None
    if test.exact:
        least_p = min(tau_b(sorted(x), sorted(y, reverse=down)).p for down in (False, True))
    return _Found(test.p, test.exact, least_p, tau_b_interval(x, y, confidence))


def _trend_size(table: pd.DataFrame, confidence: float) -> Estimate:
    return tau_b_interval(table["group"].tolist(), table["answer"].tolist(), confidence)


def _least_of_ranks(x: list[float], y: list[float], exact: bool) -> float | None:
    """The p of the same values, divided as unevenly as they can be."""
    if not exact:
        return None
    ordered = sorted(x + y)
    ends = ordered, ordered[::-1]
    return min(mann_whitney(end[: len(x)], end[len(x) :]).p for end in ends)


def _of_pairs(choice: Choice, rows: pd.DataFrame, seed: int, confidence: float) -> _Found:
    """The chosen test of the same respondents, an answer each in a row."""
    if choice.design == "repeated":
        run = cochran_q if choice.test == "cochran_q" else friedman
        test = run(rows.to_numpy(dtype=float).tolist(), seed)
        return _Found(test.p, test.exact, test.least_p, kendalls_w(test, confidence))
    first, last = (rows[column] for column in rows)
    if choice.test == "marginal_homogeneity":
        return _of_changes(first, last, seed, confidence)
    moved = (last.astype(float) - first.astype(float)).to_numpy()
    up, down = int((moved > 0).sum()), int((moved < 0).sum())
    if choice.test == "wilcoxon":
        ranked = wilcoxon(moved.tolist(), "pratt", seed)
        least_p = wilcoxon(np.abs(moved).tolist(), "pratt").p if ranked.exact else None
        effect = hodges_lehmann_pairs(moved.tolist(), confidence)
        return _Found(ranked.p, ranked.exact, least_p, effect)
    p = mcnemar(up, down).p if choice.test == "mcnemar" else sign_test(moved.tolist()).p
    effect = paired_difference(up, down, len(moved), confidence)
    return _Found(p, True, mcnemar(0, up + down).p, effect)


def _of_changes(first: pd.Series, last: pd.Series, seed: int, confidence: float) -> _Found:
    kinds = list(dict.fromkeys([*first, *last]))
    if len(kinds) == 1:
        return _Found(1.0, True, 1.0, None)
    table = [[int(((first == a) & (last == b)).sum()) for b in kinds] for a in kinds]
    test = marginal_homogeneity(table, seed)
    effect = Estimate(test.net_change, -inf, inf, "none", confidence)
    return _Found(test.p, test.exact, test.least_p, effect)
