"""Words beside which a number or a name tells who somebody is, in five languages."""

import re
from functools import cache
from importlib import resources
from typing import Any

from ruamel.yaml import YAML


@cache
def words(key: str) -> tuple[str, ...]:
    """The words below `key` of identifying.yml, the longest first."""
    listed = (word.strip().strip('"') for word in _lists()[key].split(","))
    return tuple(sorted(dict.fromkeys(filter(None, listed)), key=len, reverse=True))


@cache
def any_of(*keys: str) -> str:
    """A pattern of any word below `keys`: a space inside one may be any sign, or none."""
    listed = [word for key in keys for word in words(key)]
    parts = (r"[\s.\-]{0,2}".join(map(re.escape, word.split(" "))) for word in listed)
    return f"(?:{'|'.join(parts)})"


@cache
def _lists() -> dict[str, Any]:
    source = resources.files("evaluation.language").joinpath("identifying.yml")
    lists: dict[str, Any] = YAML(typ="safe").load(source.read_text("utf-8"))
    return lists
