"""The configuration of an evaluation folder: evaluation.yml."""

from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from evaluation.base.errors import InputError
from evaluation.base.yaml_files import check_schema, line_of, read_yaml
from evaluation.language.texts import LANGUAGES

FILE = "evaluation.yml"
SCHEMA = resources.files("evaluation.project").joinpath("schemas", "evaluation.json")
# the usual threshold in Denmark: the guideline of SDU, after Statistics Denmark
MIN_CELL = 3
RESPONSES = "responses"  # the processed table with the rows of respondents
TYPES: dict[str, Any] = {"string": str, "integer": int, "number": (int, float), "boolean": bool}


@dataclass(frozen=True)
class Limits:
    """What executing a notebook may take: seconds of a cell, megabytes of a cell's outputs, and
    megabytes of memory of the notebook."""

    cell_seconds: int = 600
    cell_megabytes: int = 20
    notebook_megabytes: int = 4_000


USUAL = Limits()


@dataclass(frozen=True)
class Config:
    """What evaluation.yml declares.

    `population` is a number of units, the id of a fact, or a number for each wave, None where it is
    not known; `parameters`
    maps a name to its declaration (type, and optionally value, choices, minimum, maximum);
    `ledger` is the chapter that lists the numbers of the others; `survey` is the file with the
    rows of a survey, and `key` the column of its exports that identifies a respondent in every
    wave; `downloads` are the processed tables that readers may download, and `raw_downloads` those
    of data/raw. Counts
    from 1 to `min_cell` - 1 are not published (see `disclosure`), and `min_cell_reason` says why
    where the threshold is below the usual one. `period` has for a wave the first and the last day
    of its answers. `made_with` is the version of the library that made the folder or upgraded it
    last.
    """

    languages: tuple[str, ...]
    population: int | str | dict[int, int | None] | None
    pipeline: tuple[str, ...]
    parameters: dict[str, dict[str, Any]]
    ledger: str | None = None
    survey: str | None = None
    key: str | None = None
    downloads: tuple[str, ...] = ()
    raw_downloads: tuple[str, ...] = ()
    min_cell: int = MIN_CELL
    min_cell_reason: dict[str, str] | None = None
    period: dict[int, tuple[date, date]] = field(default_factory=dict)
    made_with: str | None = None
    limits: Limits = USUAL


def load_config(root: Path) -> Config:
    """Read and check evaluation.yml below `root`."""
    content = read_yaml(root / FILE, FILE)
    check_schema(content, SCHEMA, FILE, _languages(content))
    parameters = {name: dict(declared) for name, declared in content["parameters"].items()}
    for name, declared in parameters.items():
        if "value" in declared:
            check_parameter(
                parameters,
                name,
                declared["value"],
                file=FILE,
                row=line_of(content, ["parameters", name, "value"]),
            )
    min_cell = content.get("min_cell", MIN_CELL)
    if min_cell < MIN_CELL and "min_cell_reason" not in content:
        raise InputError(
            FILE,
            f"a threshold below {MIN_CELL} is a choice that readers are told the reason for",
            "add min_cell_reason with a text in each language, or leave min_cell out",
            row=line_of(content, ["min_cell"]),
            column="min_cell",
            value=min_cell,
        )
    if RESPONSES in content.get("downloads", ()):
        raise InputError(
            FILE,
            "readers of the report do not get the rows of respondents",
            f"take {RESPONSES} out of downloads; `evaluation export` hands the rows on",
            row=line_of(content, ["downloads", list(content["downloads"]).index(RESPONSES)]),
            column="downloads",
            value=RESPONSES,
        )
    if content.get("raw_downloads") and min_cell > 1:
        raise InputError(
            FILE,
            "raw tables are for readers where no count is hidden: they hold every count",
            "take raw_downloads out, or set min_cell to 1, where the source has told all itself",
            row=line_of(content, ["raw_downloads"]),
            column="raw_downloads",
        )
    return Config(
        languages=tuple(content["languages"]),
        population=_population(content),
        pipeline=tuple(content["pipeline"]),
        parameters=parameters,
        ledger=content.get("ledger"),
        survey=content.get("survey"),
        key=content.get("key"),
        downloads=tuple(content.get("downloads", ())),
        raw_downloads=tuple(content.get("raw_downloads", ())),
        min_cell=min_cell,
        min_cell_reason=content.get("min_cell_reason"),
        period=_period(content),
        made_with=content.get("made_with"),
        limits=Limits(**content.get("limits", {})),
    )


def _population(content: Any) -> int | str | dict[int, int | None] | None:
    declared: int | str | dict[int, int | None] | None = content["population"]
    if not isinstance(declared, dict):
        return declared
    for wave in declared:
        if not isinstance(wave, int) or wave < 1:
            raise InputError(
                FILE,
                "population has a number for each wave, 1, 2, ...",
                "write the number of the wave before the colon",
                row=line_of(content, ["population", wave]),
                column="population",
                value=wave,
            )
    return dict(declared)


def _period(content: Any) -> dict[int, tuple[date, date]]:
    found = {}
    for wave, days in content.get("period", {}).items():
        try:
            first, last = (date.fromisoformat(str(day)) for day in days)
        except ValueError:
            first, last = date.max, date.min
        if not isinstance(wave, int) or wave < 1 or first > last:
            raise InputError(
                FILE,
                "period has for a wave, 1, 2, ..., the first and the last day of its answers",
                "write it as 1: [2025-03-03, 2025-03-28]",
                row=line_of(content, ["period", wave]),
                column="period",
                value=f"{wave}: {', '.join(map(str, days))}",
            )
        found[wave] = first, last
    return found


def _languages(content: Any) -> tuple[str, ...]:
    """The languages declared, as far as they are; the schema refuses what is none."""
    declared = content.get("languages") if isinstance(content, dict) else None
    named = declared if isinstance(declared, list) else LANGUAGES
    return tuple(language for language in LANGUAGES if language in named)


def check_parameter(
    parameters: dict[str, Any], name: str, value: Any, *, file: str, row: int | str | None = None
) -> None:
    """Raise InputError unless `name` is declared and `value` has its type and range."""
    names = ", ".join(sorted(parameters))
    if name not in parameters:
        raise InputError(
            file,
            "a parameter is declared in evaluation.yml before it is used",
            f"declare it there or use one of: {names}",
            row=row,
            column=name,
            value=value,
        )
    declared = parameters[name]
    kind = declared["type"]
    # bool is a subclass of int in Python, but true is no number to an author; nan is none either
    fits = (
        value == value
        and isinstance(value, TYPES[kind])
        and (kind == "boolean" or not isinstance(value, bool))
    )
    if not fits:
        rule = f"this parameter is of type {kind}"
    elif "choices" in declared and value not in declared["choices"]:
        rule = f"this parameter is one of {', '.join(map(str, declared['choices']))}"
    elif "minimum" in declared and value < declared["minimum"]:
        rule = f"this parameter is at least {declared['minimum']}"
    elif "maximum" in declared and value > declared["maximum"]:
        rule = f"this parameter is at most {declared['maximum']}"
    else:
        return
    raise InputError(
        file, rule, f"correct the value (parameters: {names})", row=row, column=name, value=value
    )
