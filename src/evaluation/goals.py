"""Goals: what the data can carry of a verdict, and goal attainment scaling.

A verdict is the evaluator's. Support says whether the data can carry it: `supported`, `partly`
(self-report, a proxy, one point in time), `not_assessable` (nothing was measured) or
`contradicted` (the data say otherwise).
"""

from collections.abc import Sequence
from math import sqrt

import pandas as pd

from evaluation.raw_tables.published import SUPPORT

LEVELS = range(-2, 3)
# the correlation between goals that Kiresuk and Sherman assume
CORRELATION = 0.3


def verdicts_by_support(objectives: pd.DataFrame) -> pd.DataFrame:
    """How many objectives of each verdict have which support.

    objectives: one row an objective, with columns verdict and support. Returns counts, a row a
    verdict and a column for each of `SUPPORT`, in that order.
    """
    counted = objectives.groupby(["verdict", "support"]).size().unstack(fill_value=0)
    return counted.reindex(columns=list(SUPPORT), fill_value=0)


def attainment_score(
    levels: Sequence[int],
    weights: Sequence[float] | None = None,
    correlation: float = CORRELATION,
) -> float:
    """T-score of goal attainment: 50 where every goal is attained as expected, SD 10.

    levels: attainment of each goal from -2 (much less than expected) to +2 (much more);
    weights: importance of each goal, default equal; correlation: between goals. Source: Kiresuk and
    Sherman (1968). Raises ValueError for no goals, a level off the scale, a weight that is not
    positive, or weights of another number than levels.
    """
    weights = [1.0] * len(levels) if weights is None else list(weights)
    if not levels or len(weights) != len(levels):
        raise ValueError(f"{len(levels)} goals and {len(weights)} weights")
    if any(level not in LEVELS for level in levels):
        raise ValueError(f"a level of attainment is one of -2 to +2, not {list(levels)}")
    if any(weight <= 0 for weight in weights):
        raise ValueError(f"a weight is positive, not {weights}")
    attained = sum(weight * level for weight, level in zip(weights, levels, strict=True))
    spread = (1 - correlation) * sum(weight**2 for weight in weights)
    return 50 + 10 * attained / sqrt(spread + correlation * sum(weights) ** 2)
