"""Goal attainment scaling: one score for how far several goals were reached."""

from collections.abc import Sequence
from math import inf, sqrt

LEVELS = range(-2, 3)
# the correlation between goals that Kiresuk and Sherman assume
CORRELATION = 0.3


def attainment_score(
    levels: Sequence[int],
    weights: Sequence[float] | None = None,
    correlation: float = CORRELATION,
) -> float:
    """T-score of goal attainment: 50 where every goal is attained as expected, SD 10.

    levels: attainment of each goal from -2 (much less than expected) to +2 (much more);
    weights: importance of each goal, default equal; correlation: between goals. Source: Kiresuk and
    Sherman (1968). Raises ValueError for no goals, a level off the scale, a weight that is not
    positive, weights of another number than levels, or another correlation than 0 to 1.
    """
    weights = [1.0] * len(levels) if weights is None else list(weights)
    if not levels or len(weights) != len(levels):
        raise ValueError(f"{len(levels)} goals and {len(weights)} weights")
    if any(level not in LEVELS for level in levels):
        raise ValueError(f"a level of attainment is one of -2 to +2, not {list(levels)}")
    if not all(0 < weight < inf for weight in weights):  # nor is it a missing number
        raise ValueError(f"a weight is positive, not {weights}")
    if not 0 <= correlation <= 1:
        raise ValueError(f"goals correlate from 0 to 1, not by {correlation}")
    attained = sum(weight * level for weight, level in zip(weights, levels, strict=True))
    spread = (1 - correlation) * sum(weight**2 for weight in weights)
    return 50 + 10 * attained / sqrt(spread + correlation * sum(weights) ** 2)
