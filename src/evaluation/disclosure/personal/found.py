"""A place in a text, and the text as the rules read it."""

import unicodedata
from dataclasses import dataclass
from functools import cache

DASHES = "\u2212\u00ad"  # minus and soft hyphen, which Unicode does not count as dashes
APOSTROPHES = "’‘ʼ´`′"


@dataclass(frozen=True)
class Found:
    """A place in a text, from `start` to before `end`, and the kind of what stands there."""

    kind: str
    start: int
    end: int


def plain(text: str) -> str:
    """`text` with ASCII digits, dashes, spaces and apostrophes, sign for sign: places stay."""
    return text if text.isascii() else "".join(map(_plain, text))


@cache
def _plain(sign: str) -> str:
    category = unicodedata.category(sign)
    if sign in DASHES or category == "Pd":
        return "-"
    if sign in APOSTROPHES:
        return "'"
    if category in ("Zs", "Cf"):
        return " "
    if category == "Nd":
        return str(unicodedata.digit(sign))
    compatible = unicodedata.normalize("NFKC", sign)
    return compatible if len(compatible) == 1 else sign
