"""How many there are to ask, as far as anybody knows, and that no more than these have answered."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluation.base.errors import InputError
from evaluation.base.yaml_files import line_of, read_yaml
from evaluation.language.texts import texts
from evaluation.project.config import FILE, load_config
from evaluation.project.doubts import Doubt

# slow to import, and a build that finds nothing changed reads no facts
if TYPE_CHECKING:
    import pandas as pd

COLUMN = "population"


def population_size(
    declared: int | str | Mapping[int, int | None] | None, facts: "pd.DataFrame"
) -> int | None:
    """The population as evaluation.yml declares it; None where it is not known.

    declared: a number, the id of a fact, or None; facts: a table with the columns id and value.
    Raises InputError for an id that is not among the facts.
    """
    if declared is None or isinstance(declared, int):
        return declared
    values = facts.set_index("id")["value"]
    if isinstance(declared, Mapping) or declared not in values:
        raise InputError(
            FILE,
            "population is a number or the id of a row in data/raw/facts.csv",
            f"use one of {', '.join(values.index)}",
            column=COLUMN,
            value=str(declared),
        )
    return int(values[declared])


def population_of(declared: int | Mapping[int, int | None] | None, wave: int) -> int | None:
    """The population of one `wave`; None where it is not known.

    declared: a number for each wave, or one that is that of all. Raises InputError where there is a
    number for each wave, but none for this one.
    """
    if not isinstance(declared, Mapping):
        return declared
    if wave not in declared:
        raise _without(wave, declared, None)
    return declared[wave]


def check_population(population: int | None, answered: int) -> None:
    """Raise InputError where more have answered than there are to ask.

    population: how many there are to ask, None where nobody knows; answered: how many of these did.
    """
    if population is not None and population < answered:
        raise _too_small(population, answered, None, None)


def population_breaches(
    declared: int | str | Mapping[int, int | None] | None,
    answered: Mapping[int, int],
    content: Any,
) -> Iterator[InputError]:
    """Every wave that has no population, or a smaller one than the number who answered.

    declared: as in evaluation.yml; the id of a fact is left to those who read the facts. answered:
    wave -> how many rows it has. content: of evaluation.yml, as `read_yaml` gives it.
    """
    for wave, respondents in sorted(answered.items()):
        where: list[str | int] = [COLUMN]
        population = declared
        if isinstance(declared, Mapping):
            if wave not in declared:
                yield _without(wave, declared, line_of(content, where))
                continue
            where, population = [COLUMN, wave], declared[wave]
        if isinstance(population, int) and population < respondents:
            yield _too_small(population, respondents, wave, line_of(content, where))


def population_doubt(root: Path) -> tuple[Doubt, int | None] | None:
    """What is not known of the population of the evaluation folder `root`, in the first language of
    its report, with the line of evaluation.yml to change; None where it is declared.

    Raises InputError for an evaluation.yml that cannot be read.
    """
    config = load_config(root)
    declared = config.population
    waves = declared if isinstance(declared, Mapping) else {}
    unset = [wave for wave, size in waves.items() if size is None]
    if declared is not None and not unset:
        return None
    words = texts(config.languages[0])
    content = read_yaml(root / FILE, FILE)
    row = line_of(content, [COLUMN, *unset[:1]])
    told = (
        words("new.population.of_waves", waves=words.enumeration([*map(words.number, unset)]))
        if unset
        else words("new.population.unknown")
    )
    return Doubt(COLUMN, told, words("new.population.change", row=row)), row


def _without(wave: int, declared: Mapping[int, int | None], row: int | None) -> InputError:
    return InputError(
        FILE,
        "population has one number, or one for each wave of the survey",
        f"add the number of wave {wave}, or null where nobody knows it",
        row=row,
        column=COLUMN,
        value=", ".join(map(str, declared)),
    )


def _too_small(population: int, answered: int, wave: int | None, row: int | None) -> InputError:
    in_wave = "" if wave is None else f" in wave {wave}"
    return InputError(
        FILE,
        f"the population is at least as large as the {answered} who answered{in_wave}",
        "correct it, or the fact it names, write null where nobody knows it, or remove who answered"
        " twice",
        row=row,
        column=COLUMN,
        value=population,
    )
