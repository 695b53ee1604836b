"""Shares in whole numbers: the only place where a share becomes a percentage.

Survey tools and spreadsheets round half up; Python, numpy and pandas round half to even and
print 62 for 10 of 16. Percentages therefore come from the integers k and n by exact decimal
arithmetic.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

import numpy as np
import pandas as pd

Numbers = TypeVar("Numbers", np.ndarray, pd.Series)


def percent(k: int, n: int, decimals: int = 0) -> Decimal:
    """Percentage k of n, rounded half up to `decimals` places.

    Raises ValueError unless 0 <= k <= n and n > 0.
    """
    if n <= 0 or not 0 <= k <= n:
        raise ValueError(f"a share needs 0 <= k <= n and n > 0, not {k} of {n}")
    step = Decimal(1).scaleb(-decimals)
    return (Decimal(int(k)) * 100 / Decimal(int(n))).quantize(step, ROUND_HALF_UP)


def no_finer(numbers: Numbers, decimals: int) -> Numbers:
    """Numbers that are no shares, such as means, kept to `decimals` places."""
    return numbers.round(decimals)


def counts_printed_as(printed: int, n: int) -> list[int]:
    """All counts k whose half-up percentage of n is the whole number `printed`."""
    return [k for k in range(n + 1) if percent(k, n) == printed]
