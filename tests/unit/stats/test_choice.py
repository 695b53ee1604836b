"""stats.choice: the test that fits two questions, run, and what is refused."""

from itertools import product

import numpy as np
import pytest

from evaluation.stats import choice
from evaluation.stats.choice import ANSWERS, FITTING, GROUPINGS, choose, compare
from evaluation.stats.contingency import cochran_armitage, fisher, fisher_freeman_halton
from evaluation.stats.correlation import tau_b
from evaluation.stats.effects import cramers_v, paired_difference, risk_difference
from evaluation.stats.pairs import marginal_homogeneity, mcnemar, sign_test, wilcoxon
from evaluation.stats.ranks import jonckheere, kruskal_wallis, mann_whitney
from evaluation.stats.repeated import cochran_q, friedman

PLACES = [*"aaaabbbbb"]
YES = [1, 1, 1, 0, 0, 0, 1, 0, 0]
SCALE = [5, 4, 4, 3, 1, 2, 4, 3, 1]
AGES = [18, 25, 33, 41, 18, 60, 52, 47, 39]
KINDS = [*"xxyzzzzyz"]
THREE = [*"aaabbbccc"]


def by(groups, answers):
    """The answers of each group."""
    return [
        [answer for at, answer in zip(groups, answers, strict=True) if at == group]
        for group in dict.fromkeys(groups)
    ]


def test_each_pair_of_questions_has_a_test_and_an_effect_that_are_there():
    for grouping, answer, groups in product(GROUPINGS, ANSWERS, (2, 3, 8)):
        found = choose(grouping, answer, groups)
        assert hasattr(choice, found.test)
        assert (found.test, found.effect) == FITTING[found.design, answer]
    for answer in ANSWERS:
        assert choose("groups", answer, 2, paired=True).design == "twice"
    assert choose("ordered", "yes_no", 4, paired=True).test == "cochran_q"


def test_two_groups_that_are_ordered_are_two_groups():
    assert choose("ordered", "yes_no", 2) == choose("groups", "yes_no", 2)


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        (("place", "yes_no", 2), "groups are groups, ordered, numbers"),
        (("groups", "text", 2), "answers yes_no, nominal, ordinal, number"),
        (("groups", "yes_no", 1), "at least two, not 1"),
        (("numbers", "number", 9, True), "not in numbers"),
        (("groups", "nominal", 3, True), "compare two times"),
    ],
)
def test_what_no_test_compares_is_refused(given, rule):
    with pytest.raises(ValueError, match=rule):
        choose(*given)


# what is run is what was chosen


def test_two_groups_that_say_yes_or_no():
    found = compare(PLACES, YES, "groups", "yes_no")
    assert (found.groups, found.n) == (("a", "b"), 9)
    assert found.p == fisher([[1, 3], [4, 1]]).p and found.exact
    assert found.effect == risk_difference(3, 4, 1, 5)
    # all of four against none of five
    assert found.least_p == pytest.approx(fisher([[0, 4], [5, 0]]).p)


def test_two_groups_on_a_scale_and_in_numbers():
    x, y = by(PLACES, SCALE)
    for answer in ("ordinal", "number"):
        found = compare(PLACES, SCALE, "groups", answer)
        assert found.p == mann_whitney(x, y).p
        assert found.least_p == pytest.approx(mann_whitney([5, 4, 4, 4], [3, 3, 2, 1, 1]).p)
        # the first lies above the second
        assert found.effect.value > 0 and found.choice.answer == answer


def test_several_groups():
    table = [[2, 1, 0], [0, 0, 3], [0, 1, 2]]
    found = compare(THREE, KINDS, "groups", "nominal")
    assert found.p == pytest.approx(fisher_freeman_halton(table).p)
    assert found.effect.value == pytest.approx(cramers_v(table).corrected)
    ranked = compare(THREE, SCALE, "groups", "ordinal")
    assert ranked.p == kruskal_wallis(by(THREE, SCALE)).p
    assert ranked.effect.low <= ranked.effect.value <= ranked.effect.high


def test_ordered_groups():
    bands = [1, 1, 1, 2, 2, 2, 3, 3, 3]
    trend = compare(bands, YES, "ordered", "yes_no")
    assert trend.p == pytest.approx(cochran_armitage([3, 0, 1], [3, 3, 3]).p)
    assert trend.effect.value < 0
    rising = compare(bands, SCALE, "ordered", "ordinal")
    assert rising.p == jonckheere(by(bands, SCALE)).p
    turned = compare(bands, KINDS, "ordered", "nominal")
    assert turned.choice.turned and turned.p == kruskal_wallis(by(KINDS, bands)).p


def test_ordered_groups_are_compared_from_the_lowest_whichever_comes_first():
    bands = [3, 3, 1, 1, 2, 2, 2, 3]
    answers = [5, 4, 1, 2, 3, 3, 2, 5]
    found = compare(bands, answers, "ordered", "number")
    assert found.groups == (1, 2, 3)
    assert found.effect.value > 0.5 and found.p == jonckheere([[1, 2], [3, 3, 2], [5, 4, 5]]).p


def test_numbers():
    ages = compare(AGES, YES, "numbers", "yes_no")
    no, yes = [AGES[at] for at in (3, 4, 5, 7, 8)], [AGES[at] for at in (0, 1, 2, 6)]
    # those who said yes against those who said no, in years
    assert ages.p == mann_whitney(yes, no).p and ages.groups == ()
    assert ages.effect.value == np.median(np.subtract.outer(yes, no))
    assert compare(AGES, SCALE, "numbers", "number").p == tau_b(AGES, SCALE).p
    assert compare(AGES, KINDS, "numbers", "nominal").p == kruskal_wallis(by(KINDS, AGES)).p


def paired(rows, answer, grouping="ordered"):
    persons, times = len(rows), len(rows[0])
    return compare(
        [*range(times)] * persons,
        [answer for row in rows for answer in row],
        grouping,
        answer,
        [person for person in range(persons) for _ in range(times)],
    )


def test_the_same_respondents_twice():
    rows = [[0, 1], [0, 1], [0, 1], [1, 1], [1, 0], [0, 0]]
    found = paired(rows, "yes_no")
    assert (found.p, found.n, found.effect) == (mcnemar(3, 1).p, 6, paired_difference(3, 1, 6))
    assert found.least_p == mcnemar(0, 4).p
    scale = [[1, 4], [2, 3], [5, 5], [4, 1], [2, 5], [1, 2]]
    moved = [last - first for first, last in scale]
    assert paired(scale, "ordinal").p == sign_test(moved).p
    numbers = paired(scale, "number")
    assert numbers.p == wilcoxon(moved, "pratt").p and numbers.effect.value > 0
    kinds = [["x", "y"], ["x", "y"], ["y", "z"], ["z", "z"], ["x", "x"]]
    table = [[1, 2, 0], [0, 0, 1], [0, 0, 1]]
    changed = paired(kinds, "nominal")
    assert changed.p == pytest.approx(marginal_homogeneity(table).p)
    assert changed.effect.value == pytest.approx(0.4)


def test_the_same_respondents_three_times():
    rows = [[0, 1, 1], [0, 0, 1], [0, 1, 1], [1, 1, 1]]
    found = paired(rows, "yes_no")
    assert found.p == cochran_q(rows).p and 0 < found.effect.value <= 1
    assert paired(rows, "number").p == friedman(rows).p


def test_only_respondents_with_all_answers_take_part():
    found = compare([1, 2, 1, 2, 1, 2, 2], [0, 1, 0, 1, 1, 0, 1], "ordered", "yes_no", [*"ppqqrrs"])
    assert found.n == 3 and found.p == mcnemar(2, 1).p


# few answers


@pytest.mark.parametrize(("grouping", "answer"), [*product(GROUPINGS, ANSWERS)])
@pytest.mark.parametrize("groups", [[1, 2], [1, 2, 3], [1, 1, 2, 2, 2], [4, 1, 1, 2, 3]])
def test_nothing_is_refused_because_few_answered(grouping, answer, groups):
    answers = [1, 0, 1, 1, 0][: len(groups)]
    found = compare(groups, answers, grouping, answer)
    assert 0 < found.least_p <= found.p <= 1 and found.exact


@pytest.mark.parametrize(("grouping", "answer"), [*product(GROUPINGS, ANSWERS)])
def test_answers_all_alike_show_no_difference_and_no_effect(grouping, answer):
    found = compare([1, 1, 2, 3], [1, 1, 1, 1], grouping, answer)
    assert (found.p, found.least_p, found.effect) == (1, 1, None)


def test_who_is_called_what_does_not_matter():
    one = compare(THREE, KINDS, "groups", "nominal")
    renamed = [{"a": "north", "b": "south", "c": "west"}[place] for place in THREE]
    other = compare(renamed, [ord(kind) for kind in KINDS], "groups", "nominal")
    assert (one.p, one.effect) == (other.p, other.effect)


@pytest.mark.parametrize(
    ("groups", "answers", "kinds", "respondents", "rule"),
    [
        ([1, 2], [1], ("groups", "yes_no"), None, "of each answer there is a group"),
        ([1, None], [1, 0], ("groups", "yes_no"), None, "none missing"),
        ([1, 2], [1, float("nan")], ("groups", "number"), None, "none missing"),
        ([1, 2], [1, 2], ("groups", "yes_no"), None, "yes or no is 1 or 0"),
        (["a", "b"], [1, 0], ("ordered", "yes_no"), None, "group of this kind is a number"),
        ([1, 2], ["a", "b"], ("groups", "ordinal"), None, "answer of this kind is a number"),
        ([1, 1], [1, 0], ("groups", "yes_no"), None, "at least two, not 1"),
        ([1, 1, 2], [1, 0, 1], ("groups", "yes_no"), [*"ppp"], "one answer in each group"),
        ([1, 2], [1, 0], ("groups", "yes_no"), [*"pq"], "no respondent has an answer in each"),
    ],
)
def test_what_cannot_be_compared_is_refused(groups, answers, kinds, respondents, rule):
    with pytest.raises(ValueError, match=rule):
        compare(groups, answers, *kinds, respondents=respondents)
