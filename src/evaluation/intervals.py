"""How far a count may be from the truth: intervals for samples, bounds for silence."""

from statsmodels.stats.proportion import proportion_confint


def wilson(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson score interval of a share, as shares.

    Source: Wilson (1927), computed by statsmodels.
    """
    low, high = proportion_confint(k, n, alpha=1 - confidence, method="wilson")
    return float(low), float(high)


def worst_case(k: int, n: int, population: int) -> tuple[int, int]:
    """Smallest and largest count in the population, whatever the silent would have said.

    No assumption about those who did not answer. Source: Manski (1989). Raises ValueError
    unless 0 <= k <= n <= population.
    """
    if not 0 <= k <= n <= population:
        raise ValueError(f"0 <= k <= n <= N does not hold: {k}, {n}, {population}")
    return k, k + population - n
