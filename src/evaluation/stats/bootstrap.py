"""Intervals from draws with replacement, bias-corrected and accelerated."""

import numpy as np
from scipy.stats import norm

DRAWS = 9_999


def bca(drawn: np.ndarray, value: float, without: np.ndarray, confidence: float) -> np.ndarray:
    """Both ends of the bias-corrected and accelerated interval.

    drawn: the statistic of each draw; value: of the answers; without: of the answers without each
    in turn; confidence: from 0 to 1. Source: Efron (1987), Journal of the American Statistical
    Association 82:171-185. Draws equal to the value count half below it, as lists of whole numbers
    have many.
    """
    below = ((drawn < value).mean() + (drawn <= value).mean()) / 2
    bias = norm.ppf(np.clip(below, 1 / (len(drawn) + 1), len(drawn) / (len(drawn) + 1)))
    apart = without.mean() - without
    spread = float((apart**2).sum()) ** 1.5
    acceleration = float((apart**3).sum()) / (6 * spread) if spread > 0 else 0.0
    steps = bias + norm.ppf([(1 - confidence) / 2, (1 + confidence) / 2])
    ends = norm.cdf(bias + steps / (1 - acceleration * steps))
    return np.asarray(np.quantile(drawn, ends))
