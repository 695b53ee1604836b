"""Goals: goal attainment scaling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.stats.goal_attainment import attainment_score

levels = st.lists(st.integers(-2, 2), min_size=1, max_size=8)


# methods.md section 2, row GAS: T = 50 + 10 Σwx / √((1-ρ)Σw² + ρ(Σw)²), ρ = .3
@pytest.mark.parametrize(
    ("attained", "weights", "score"),
    [
        ([0, 0, 0], None, 50.0),
        ([1, 1, 1, 1], None, 64.51),
        ([2, 1, 0], [3, 2, 1], 67.63),
    ],
)
def test_a_worked_score_is_reproduced(attained, weights, score):
    assert attainment_score(attained, weights) == pytest.approx(score, abs=0.005)


@pytest.mark.slow
@given(levels)
def test_the_scale_is_symmetric_around_fifty(attained):
    mirrored = attainment_score([-level for level in attained])
    assert attainment_score(attained) + mirrored == pytest.approx(100)


@pytest.mark.slow
@given(levels, st.floats(0.1, 10))
def test_only_the_proportion_of_the_weights_counts(attained, factor):
    weights = [1 + position for position in range(len(attained))]
    scaled = [factor * weight for weight in weights]
    assert attainment_score(attained, scaled) == pytest.approx(attainment_score(attained, weights))


@pytest.mark.slow
@given(levels)
def test_attaining_more_of_a_goal_never_lowers_the_score(attained):
    better = [min(level + 1, 2) for level in attained]
    assert attainment_score(better) >= attainment_score(attained)


@pytest.mark.parametrize(
    ("attained", "weights"),
    [([], None), ([3], None), ([1], [0]), ([1], [-1]), ([1], [float("nan")]), ([1, 2], [1])],
)
def test_what_cannot_be_scored_is_refused(attained, weights):
    with pytest.raises(ValueError):
        attainment_score(attained, weights)
