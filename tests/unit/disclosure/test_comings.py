"""disclosure.comings: what two waves tell of the few who answered in one of them only."""

import pandas as pd
import pytest

from evaluation.disclosure.comings import tell_of_few, waves_of_few


def wave(answers: str, first: int = 0) -> pd.Series:
    """The answers of persons, a letter each, numbered from `first`."""
    return pd.Series(list(answers), range(first, first + len(answers)))


@pytest.mark.parametrize(
    ("before", "after", "few"),
    [
        # one came, and nobody has changed
        (wave("aabb"), wave("aabba"), True),
        # one left and one came
        (wave("aabb"), wave("abbb", first=1), True),
        # three came
        (wave("aabb"), wave("aabbaab"), False),
        # three have changed
        (wave("aabb"), wave("bbaba"), False),
        # two have changed, and the counts do not differ as if nobody had
        (wave("aaab"), wave("bbaba"), False),
        (wave("aabb"), wave("aabb"), False),
        # other people
        (wave("aabb"), wave("aabba", first=4), False),
    ],
)
def test_two_waves_tell_of_few_where_nothing_else_explains_the_difference(before, after, few):
    assert tell_of_few(before, after, 3) == few
    assert not tell_of_few(before, after, 1)


def test_figures_that_are_no_counts_tell_of_few_whatever_the_counts_say():
    before, after = wave("aaab"), wave("bbaba")
    assert tell_of_few(before, after, 3, counted=False)


def test_of_two_waves_the_later_one_is_hidden_and_then_tells_of_no_third():
    waves = {1: wave("aabb"), 2: wave("aabba"), 3: wave("aabba")}
    assert waves_of_few(waves, 3) == {2, 3}
    # beside the wave that is hidden, the third tells nothing; beside the first, four have come
    assert waves_of_few({1: wave("aabb"), 2: wave("aabba"), 3: wave("aabbabba")}, 3) == {2}
