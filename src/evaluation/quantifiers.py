"""Which words fit a share: the published table by which numbers become quantifiers."""

from fractions import Fraction as F

# (from, up to, key): shares s with from <= s < up to; equal ends mean exactly that share
QUANTIFIERS = (
    (F(0), F(0), "none"),
    (F(0), F(20, 100), "few"),
    (F(20, 100), F(1, 4), "almost_quarter"),
    (F(1, 4), F(1, 4), "quarter"),
    (F(1, 4), F(30, 100), "over_quarter"),
    (F(30, 100), F(1, 3), "almost_third"),
    (F(1, 3), F(1, 3), "third"),
    (F(1, 3), F(40, 100), "over_third"),
    (F(40, 100), F(1, 2), "almost_half"),
    (F(1, 2), F(1, 2), "half"),
    (F(1, 2), F(60, 100), "over_half"),
    (F(60, 100), F(2, 3), "almost_two_thirds"),
    (F(2, 3), F(2, 3), "two_thirds"),
    (F(2, 3), F(72, 100), "over_two_thirds"),
    (F(72, 100), F(3, 4), "almost_three_quarters"),
    (F(3, 4), F(3, 4), "three_quarters"),
    (F(3, 4), F(80, 100), "over_three_quarters"),
    (F(80, 100), F(95, 100), "great_majority"),
    (F(95, 100), F(1), "almost_all"),
    (F(1), F(1), "all"),
)


def quantifier(k: int, n: int) -> str:
    """Key of the quantifier that fits k of n. Raises ValueError unless 0 <= k <= n, n > 0."""
    if n <= 0 or not 0 <= k <= n:
        raise ValueError(f"a share needs 0 <= k <= n and n > 0, not {k} of {n}")
    share = F(int(k), int(n))
    exact = next((key for low, high, key in QUANTIFIERS if low == high == share), None)
    return exact or next(key for low, high, key in QUANTIFIERS if low <= share < high)
