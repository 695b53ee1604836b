"""What a reader of all published tables of a survey finds out: nothing, unless a rule is missing.

`make corpus` does the same with hundreds of surveys.
"""

import pytest
from made_up_surveys import publish, survey
from reader import leaks

from evaluation.disclosure import attacks, numbers, rules, suppression
from evaluation.methods.goal_attainment import scores as goals
from evaluation.survey import crosstabs, measures, waves

pytestmark = pytest.mark.slow
SOME = range(6)


def without_secondary(patch):
    patch.setattr(rules, "protect", lambda counts, sums, small, *_: small_ones(counts, small))
    patch.setattr(suppression, "broken", lambda found, min_cell: found.iloc[:0])


def small_ones(counts, small):
    return {cell for cell, k in counts.items() if k in small}


def without_secondary_in_crosstabs(patch):
    patch.setattr(crosstabs, "protect", lambda counts, sums, small: small_ones(counts, small))


def without_filters(patch):
    patch.setattr(measures, "_has_hidden_filter", lambda *_: False)
    for module in (waves, measures):
        patch.setattr(module, "follow", lambda *_: set())


def without_few(patch):
    patch.setattr(numbers, "tells_of_few", lambda *_: False)


def without_comings_and_goings(patch):
    for module in (waves, measures):
        patch.setattr(module, "told_by_few", lambda *_: set())


def without_what_a_list_tells(patch):
    hide = rules.protect
    patch.setattr(rules, "protect", lambda *given: hide(*given[:4]))
    patch.setattr(attacks, "_given", lambda *_: frozenset())
    patch.setattr(suppression, "broken", lambda found, min_cell: found.iloc[:0])


def without_sensitive(patch):
    patch.setattr(
        suppression,
        "hidden_whole",
        lambda question, rows, codebook, min_cell, hidden: bool(rows["n"].iloc[0] <= min_cell),
    )
    patch.setattr(rules, "hidden_whole", suppression.hidden_whole)
    patch.setattr(suppression, "broken", lambda found, min_cell: found.iloc[:0])


def without_means(patch):
    patch.setattr(goals, "_open", lambda *_: True)


# what the reader finds, without which rule, in the survey of which number
PLANTED = {
    "hidden count known": (without_secondary, 0),
    "hidden count known to be small": (without_what_a_list_tells, 4),
    "cell known": (without_secondary_in_crosstabs, 0),
    "filter known": (without_filters, 43),
    "persons by a mean": (without_few, 31),
    "newcomers by a difference": (without_comings_and_goings, 1),
    "all but few alike": (without_sensitive, 10),
    "levels by mean and deviation": (without_means, 2),
}


def found(seed: int, min_cell: int) -> set[str]:
    made = survey(seed)
    published = publish(made, min_cell)
    return {leak.kind for leak in leaks(published, made)} if published else set()


@pytest.mark.parametrize("seed", SOME)
def test_a_reader_finds_no_hidden_count_and_no_person(seed):
    assert found(seed, 3 + 2 * (seed % 2)) == set()


@pytest.mark.parametrize(("kind", "planted"), PLANTED.items(), ids=PLANTED)
def test_the_reader_finds_what_a_rule_that_is_left_out_would_give_away(kind, planted, monkeypatch):
    left_out, seed = planted
    assert kind not in found(seed, 3)
    left_out(monkeypatch)
    assert kind in found(seed, 3)
