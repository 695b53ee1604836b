"""The analysis plan of an evaluation, analyses.yml: what is compared, and why, said beforehand.

declared: "2026-01-15"
comparisons:
  - question: trust
    by: municipality
    why: {da: "...", en: "..."}
"""

import datetime
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from evaluation.base.digests import digest
from evaluation.base.errors import InputError
from evaluation.base.yaml_files import check_schema, day, line_of, read_yaml
from evaluation.project.codebook import Codebook

FILE = "analyses.yml"
SCHEMA = resources.files("evaluation.project").joinpath("schemas", "analyses.json")


@dataclass(frozen=True)
class Planned:
    """A comparison that was planned: the answers to `question` by the groups of `by`, and why."""

    question: str
    by: str
    why: dict[str, str]


@dataclass(frozen=True)
class Plan:
    """The comparisons that were planned, the day on which that was said, and the digest of the file
    that says it."""

    declared: datetime.date
    comparisons: tuple[Planned, ...]
    digest: str


def load_plan(path: Path, codebook: Codebook, languages: tuple[str, ...]) -> Plan:
    """Read and check an analysis plan.

    path: of the file; codebook: with the questions that it names; languages: of the report, in
    which it says why. Raises InputError for a comparison that names no question, or no background
    question, and one that is there twice.
    """
    content = read_yaml(path, FILE)
    check_schema(content, SCHEMA, FILE, languages)
    groups = [question.id for question in codebook.backgrounds]
    found: list[Planned] = []
    for at, entry in enumerate(content["comparisons"]):
        planned = Planned(entry["question"], entry["by"], dict(entry["why"]))
        row = line_of(content, ["comparisons", at])
        if planned.question not in codebook.questions:
            rule, remedy = "a comparison is about a question of the codebook", "correct its id"
            raise InputError(FILE, rule, remedy, row=row, value=planned.question)
        if planned.by not in groups or planned.by == planned.question:
            raise InputError(
                FILE,
                "a comparison is by another question, one with background: true",
                f"name one of {', '.join(groups) or 'those that the codebook marks so'}",
                row=row,
                value=planned.by,
            )
        if any((planned.question, planned.by) == (each.question, each.by) for each in found):
            rule, remedy = "a comparison is planned once", "take one of the two out"
            raise InputError(
                FILE, rule, remedy, row=row, value=f"{planned.question} by {planned.by}"
            )
        found.append(planned)
    rule = "the day on which the comparisons were declared is written as 2025-03-31"
    return Plan(day(content, "declared", FILE, rule), tuple(found), digest(path) or "")
