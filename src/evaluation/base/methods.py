"""The methods that are installed: packages that the entry point group `evaluation.methods` names.

An institute adds a method of its own in a package of its own; see CONTRIBUTING.md.
"""

import re
from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from evaluation.base.errors import InputError

GROUP = "evaluation.methods"
NAME = re.compile(r"[a-z][a-z0-9_]*")


class Method(NamedTuple):
    """A method: the name of its package for imports, and the folder that the package lies in."""

    package: str
    folder: Path


@cache
def methods() -> dict[str, Method]:
    """Name -> method, sorted by name; no package of a method is imported.

    Raises InputError where a name is no identifier or stands for two packages, and where a package
    cannot be found.
    """
    named: dict[str, str] = {}
    for point in entry_points(group=GROUP):
        if not NAME.fullmatch(point.name):
            raise _unusable(point.name, "its name has small letters, digits and _ only")
        if named.setdefault(point.name, point.value) != point.value:
            both = f"{named[point.name]} and {point.value}"
            raise _unusable(point.name, f"its name stands for one package, not for {both}")
    return {name: Method(named[name], _folder(name, named[name])) for name in sorted(named)}


def _folder(name: str, package: str) -> Path:
    try:
        found = find_spec(package)
    except ModuleNotFoundError:
        found = None
    if found is None or not found.submodule_search_locations:
        raise _unusable(name, f"its package {package} is installed")
    return Path(found.submodule_search_locations[0])


def _unusable(name: str, rule: str) -> InputError:
    remedy = "reinstall the package that declares it with another entry point, or remove it"
    return InputError(f"method {name}", rule, remedy)
