"""What bars are drawn on: all who answered, or all whom the evaluation is about.

Where these are known and few, a bar has one unit for each of them, so that those who did not
answer are seen beside those who did.
"""

from collections.abc import Iterable

from evaluation.report.provenance import Hidden
from evaluation.report.shares import Share

MOST = 40  # units that can still be told apart


def units(shares: Iterable[Share]) -> int | None:
    """How many units the longest of some bars has; None where nobody knows, and where they are
    many.

    shares: one of each bar. A bar of whom a filter decided who was asked has a unit for each who
    answered.
    """
    shown = [share for share in shares if not isinstance(share.n, Hidden)]
    if not any(share.population for share in shown):
        return None
    most = max(int(share.population or share.n) for share in shown)
    return most if most <= MOST else None


def silent(share: Share) -> str:
    """Who did not answer, as `Share.silent` tells it; empty where everybody did, and where nobody
    knows.

    share: one of the bar.
    """
    known = share.population is not None and not isinstance(share.n, Hidden)
    return share.silent if known and share.population != share.n else ""
