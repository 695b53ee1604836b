"""The waves of a survey against evaluation.yml, before anything runs."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from evaluation.base.errors import InputError
from evaluation.base.yaml_files import line_of, read_yaml
from evaluation.project.config import FILE, Config
from evaluation.survey.population import population_breaches

PARAMETER = "wave"


def check_waves(root: Path, config: Config, overrides: dict[str, Any]) -> None:
    """Raise InputError for a parameter `wave` that the survey of the folder `root` has not got,
    and for a population that lacks a wave or is smaller than the number of its rows.

    overrides: parameters by name, from the command line. A survey that cannot be read is left to
    those who read it.
    """
    rows = _rows_by_wave(root / config.survey) if config.survey else {}
    if not rows:
        return
    content = read_yaml(root / FILE, FILE)
    known = ", ".join(map(str, sorted(rows)))
    declared = config.parameters.get(PARAMETER, {}).get("value")
    chosen = overrides.get(PARAMETER, declared)
    if chosen is not None and chosen not in rows:
        given = PARAMETER in overrides
        raise InputError(
            "the command line" if given else FILE,
            f"the waves of the survey are {known}",
            "use one of them",
            row=None if given else line_of(content, ["parameters", PARAMETER, "value"]),
            column=PARAMETER,
            value=chosen,
        )
    for breach in population_breaches(config.population, rows, content):
        raise breach


def _rows_by_wave(path: Path) -> dict[int, int]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return Counter(int(row[PARAMETER]) for row in csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, TypeError, ValueError):
        return {}
