"""How many there are to ask, and that no more than these have answered."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from evaluation.base.errors import InputError
from evaluation.project.config import FILE

# slow to import, and a build that finds nothing changed reads no facts
if TYPE_CHECKING:
    import pandas as pd

COLUMN = "population"


def population_size(declared: int | str | Mapping[int, int], facts: "pd.DataFrame") -> int:
    """The population as evaluation.yml declares it.

    declared: a number, or the id of a fact; facts: a table with the columns id and value. Raises
    InputError for an id that is not among the facts.
    """
    if isinstance(declared, int):
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


def population_of(declared: int | Mapping[int, int], wave: int) -> int:
    """The population of one `wave`; `declared` is a number for each, or one that is that of all.

    Raises InputError where there is a number for each wave, but none for this one.
    """
    if not isinstance(declared, Mapping):
        return declared
    if wave not in declared:
        raise _without(wave, declared, None)
    return declared[wave]


def check_population(population: int, answered: int) -> None:
    """Raise InputError where more have answered than there are to ask.

    population: how many there are to ask; answered: how many of these did.
    """
    if population < answered:
        raise _too_small(population, answered, None, None)


def population_breaches(
    declared: int | str | Mapping[int, int],
    answered: Mapping[int, int],
    line_of: Callable[[Sequence[str | int]], int | None],
) -> Iterator[InputError]:
    """Every wave that has no population, or a smaller one than the number who answered.

    declared: as in evaluation.yml; the id of a fact is left to those who read the facts. answered:
    wave -> how many rows it has. line_of: the line in evaluation.yml of a sequence of keys.
    """
    for wave, respondents in sorted(answered.items()):
        where: list[str | int] = [COLUMN]
        population = declared
        if isinstance(declared, Mapping):
            if wave not in declared:
                yield _without(wave, declared, line_of(where))
                continue
            where, population = [COLUMN, wave], declared[wave]
        if isinstance(population, int) and population < respondents:
            yield _too_small(population, respondents, wave, line_of(where))


def _without(wave: int, declared: Mapping[int, int], row: int | None) -> InputError:
    return InputError(
        FILE,
        "population has one number, or one for each wave of the survey",
        f"add the number of wave {wave}",
        row=row,
        column=COLUMN,
        value=", ".join(map(str, declared)),
    )


def _too_small(population: int, answered: int, wave: int | None, row: int | None) -> InputError:
    in_wave = "" if wave is None else f" in wave {wave}"
    return InputError(
        FILE,
        f"the population is at least as large as the {answered} who answered{in_wave}",
        "correct it, or the fact it names, or remove who answered twice",
        row=row,
        column=COLUMN,
        value=population,
    )
