"""Goals: verdicts against what the data can carry, and goal attainment scaling."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.folder import Folder
from evaluation.goals import SUPPORT, attainment_score, verdicts_by_support

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


@given(levels)
def test_the_scale_is_symmetric_around_fifty(attained):
    mirrored = attainment_score([-level for level in attained])
    assert attainment_score(attained) + mirrored == pytest.approx(100)


@given(levels, st.floats(0.1, 10))
def test_only_the_proportion_of_the_weights_counts(attained, factor):
    weights = [1 + position for position in range(len(attained))]
    scaled = [factor * weight for weight in weights]
    assert attainment_score(attained, scaled) == pytest.approx(attainment_score(attained, weights))


@given(levels)
def test_attaining_more_of_a_goal_never_lowers_the_score(attained):
    better = [min(level + 1, 2) for level in attained]
    assert attainment_score(better) >= attainment_score(attained)


@pytest.mark.parametrize(
    ("attained", "weights"), [([], None), ([3], None), ([1], [0]), ([1], [-1]), ([1, 2], [1])]
)
def test_what_cannot_be_scored_is_refused(attained, weights):
    with pytest.raises(ValueError):
        attainment_score(attained, weights)


def test_objectives_are_counted_by_verdict_and_support():
    table = pd.DataFrame(
        {
            "verdict": ["achieved", "achieved", "not_achieved"],
            "support": ["supported", "partly", "supported"],
        }
    )
    counted = verdicts_by_support(table)
    assert list(counted.columns) == list(SUPPORT)
    assert counted.loc["achieved"].tolist() == [1, 1, 0, 0]


def test_every_objective_of_the_repository_says_what_the_data_can_carry(repository):
    objectives = Folder(repository).read_raw("objectives")
    assert len(objectives) == 12
    assert set(objectives["support"]) <= set(SUPPORT)
    # an objective without an indicator cannot be supported by one
    assert (objectives.loc[objectives["evidence"] == "", "support"] == "not_assessable").all()
