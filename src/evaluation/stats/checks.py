"""What every statistic refuses alike: counts that are none, shares of nobody, no confidence."""

from collections.abc import Iterable, Sequence
from numbers import Real

import numpy as np


def check_counts(counts: Iterable[float]) -> None:
    """Refuse what is no count.

    counts: of whatever. Raises ValueError unless each is a whole number of at least 0.
    """
    given = list(counts)
    # neither infinity nor a missing number is whole
    if not all(count >= 0 and float(count).is_integer() for count in given):
        raise ValueError(
            f"counts are whole numbers of at least 0, not {', '.join(map(str, given))}"
        )


def check_share(k: int, n: int, population: int | None = None, *, fewest: int = 1) -> None:
    """Refuse what is no share of those who answered.

    k: how many said yes; n: how many answered; population: how many there are to ask, where that is
    known; fewest: how many have to have answered. Raises ValueError unless
    0 <= k <= n <= population, in whole numbers, and n >= fewest.
    """
    check_counts([k, n, *([] if population is None else [population])])
    if not k <= n <= (n if population is None else population):
        among = "" if population is None else f" <= {population}"
        raise ValueError(f"no more say yes than answer, and than there are: {k} <= {n}{among}")
    if n < fewest:
        raise ValueError("nobody answered: there is no share")


def check_confidence(confidence: float) -> None:
    """Refuse what is no confidence.

    confidence: of an interval. Raises ValueError unless it lies between 0 and 1.
    """
    if not (isinstance(confidence, Real) and 0 < confidence < 1):
        raise ValueError(f"confidence is a share between 0 and 1 such as 0.95, not {confidence}")


def numbers(values: Sequence[float], rule: str) -> np.ndarray:
    """A list of at least one number, none missing, as an array.

    values: the numbers; rule: what is said of a list that is none. Raises ValueError with it.
    """
    try:
        found = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(rule) from None
    if found.ndim != 1 or len(found) == 0 or not np.isfinite(found).all():
        raise ValueError(rule)
    return found


def counts_of(table: Sequence[Sequence[int]]) -> np.ndarray:
    """The counts of a table of at least two rows and two columns, as an array.

    table: a row a group and a column an answer. Raises ValueError for another table.
    """
    counts = np.asarray(table)
    if counts.ndim != 2 or min(counts.shape) < 2:
        raise ValueError("a table has at least two rows and two columns")
    check_counts(counts.ravel())
    return counts.astype(int)
