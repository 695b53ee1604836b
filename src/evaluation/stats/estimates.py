"""A number that is estimated, and its interval."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Estimate:
    """A value and its interval: the method that gave it, and how often it holds what is true.

    An end is infinite where so few answers cannot bound it.
    """

    value: float
    low: float
    high: float
    method: str
    confidence: float
