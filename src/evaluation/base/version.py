"""The version of the library that is installed: pyproject.toml says it, once."""

from importlib.metadata import version

# the name for package indexes; there, `evaluation` is something else
DISTRIBUTION = "evaluation-report"


def installed() -> str:
    return version(DISTRIBUTION)


def is_newer(one: str, other: str) -> bool:
    """Whether a version, such as 0.10.0, comes after another."""
    return _numbers(one) > _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
