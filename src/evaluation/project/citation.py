"""How the report of an evaluation folder is cited: CITATION.cff, as far as the report shows it."""

from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from evaluation.base.yaml_files import check_schema, day, read_yaml

FILE = "CITATION.cff"
SCHEMA = resources.files("evaluation.project").joinpath("schemas", "citation.json")


@dataclass(frozen=True)
class Citation:
    """Title, edition and authors of a report, the day the edition was released, and its licences,
    by the names that SPDX gives them.
    """

    title: str
    version: str
    released: date
    authors: tuple[str, ...]
    licences: tuple[str, ...] = ()


def load_citation(root: Path) -> Citation:
    """Read and check CITATION.cff below `root`.

    Raises InputError where the file is missing, or has no title, version, day of release or
    author.
    """
    content = read_yaml(root / FILE, FILE)
    check_schema(content, SCHEMA, FILE)
    rule = "the day of release is written as 2025-03-31"
    released = day(content, "date-released", FILE, rule)
    licences = content.get("license", [])
    return Citation(
        content["title"],
        content["version"],
        released,
        tuple(_name(author) for author in content["authors"]),
        (licences,) if isinstance(licences, str) else tuple(licences),
    )


def _name(author: dict[str, Any]) -> str:
    """An organisation by its name, a person by given names and family name."""
    parts = (author.get("given-names"), author.get("family-names"))
    return author.get("name") or " ".join(filter(None, parts))
