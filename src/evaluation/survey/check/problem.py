"""One thing that is wrong with the data."""

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from evaluation.base.errors import InputError
from evaluation.disclosure.personal.telling import safe, safe_cell

# kind -> how serious it is, the most serious first. An error stops a build, or must not lie in
# the data at all; a warning is for a person to judge.
KINDS = {
    "form": "error",
    "encoding": "error",
    "missing_column": "error",
    "extra_column": "error",
    "row_length": "error",
    "cpr": "error",
    "national_number": "error",
    "label": "error",
    "above_population": "error",
    "duplicate": "error",
    "unknown_code": "error",
    "not_a_number": "error",
    "filter": "error",
    "cell": "error",
    "reference": "error",
    "cpr_without_checksum": "warning",
    "account": "warning",
    "email": "warning",
    "phone": "warning",
    "network_address": "warning",
    "profile": "warning",
    "position": "warning",
    "address": "warning",
    "case_number": "warning",
    "name": "warning",
    "required": "warning",
    "impossible_number": "warning",
    "impossible_day": "warning",
    "equal_answers": "warning",
    "mojibake": "warning",
    "sign": "warning",
    "stored_results": "warning",
    "sensitive": "warning",
    "doubt": "warning",
}


@dataclass(frozen=True)
class Problem:
    """What breaks which rule where; the parts are those of `base.errors.InputError`.

    What may name a person is `masked` before a problem is told: reports of a check are passed on.
    """

    kind: str
    file: str
    rule: str
    remedy: str
    row: int | str | None = None
    column: str | None = None
    value: str | None = None

    @classmethod
    def of(cls, kind: str, error: InputError) -> "Problem":
        value = None if error.value is None else str(error.value)
        return cls(kind, error.file, error.rule, error.remedy, error.row, error.column, value)

    def masked(self, names: tuple[str, ...]) -> "Problem":
        """The problem with what may name a person masked in what it says."""
        value = None if self.value is None else safe_cell(self.value, names)
        rule, remedy = safe(self.rule, names), safe(self.remedy, names)
        return replace(self, value=value, rule=rule, remedy=remedy)

    @property
    def severity(self) -> str:
        return KINDS[self.kind]


def ordered(problems: list[Problem]) -> list[Problem]:
    """The most serious first; of one kind as they stand in the files."""
    kinds = list(KINDS)
    return sorted(problems, key=lambda problem: kinds.index(problem.kind))


def together(problems: list[Problem]) -> list[list[Problem]]:
    """The problems in order, those of one kind, column and rule together."""

    def of_one(problem: Problem) -> tuple[Any, ...]:
        column = problem.column or ""
        return list(KINDS).index(problem.kind), problem.file, column, problem.rule

    return [list(group) for _, group in groupby(sorted(problems, key=of_one), of_one)]


def status(problems: list[Problem]) -> int:
    """0 without problems, 1 with warnings only, 2 with errors."""
    found = {problem.severity for problem in problems}
    return 2 if "error" in found else 1 if found else 0
