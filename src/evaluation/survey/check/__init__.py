"""Everything that is wrong with the data of an evaluation folder, at once.

A build stops at the first error; a check goes on, and tells what no build would refuse besides:
what may name a person, missing answers, impossible days and numbers, broken letters.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import labelled
from evaluation.base.methods import methods
from evaluation.base.yaml_files import read_yaml
from evaluation.disclosure import small_counts
from evaluation.project import stored_outputs
from evaluation.project.codebook import FILE as CODEBOOK
from evaluation.project.codebook import Codebook, Question
from evaluation.project.config import FILE as CONFIG
from evaluation.project.config import Config
from evaluation.project.doubts import FILE as DOUBTS
from evaluation.project.folder import Folder
from evaluation.project.items import FILE as ITEMS
from evaluation.project.own_schemas import check_undescribed
from evaluation.project.raw_tables import check_items, describe, reference_breaches, tables
from evaluation.project.rows import KEY, columns_of
from evaluation.project.whole_tables import Rule
from evaluation.survey import open_answers, reconstruction
from evaluation.survey import responses as survey
from evaluation.survey.check import answers, personal, sensitive, signs, table
from evaluation.survey.check.problem import KINDS, Problem, ordered
from evaluation.survey.population import COLUMN, population_breaches, population_doubt
from evaluation.survey.waiting import no_answers


def check(folder: Folder) -> list[Problem]:
    """All problems of the data in `folder`, the most serious first.

    Raises InputError for a folder without a readable evaluation.yml or codebook, and for items
    that may not be declared: nothing else can be checked then.
    """
    config, codebook = folder.config(), folder.codebook()
    items = folder.items()
    check_items(items)
    problems = []
    own = set(folder.own_tables())
    for name in sorted(tables().keys() | own - {Path(config.survey or "").stem}):
        if folder.has_raw(name) or name in own:
            problems += _check_table(folder, name, config, items, name in own)
    for file in (CODEBOOK, ITEMS):
        path = folder.root / file
        if path.is_file():
            problems += personal.in_texts(path, file, _names(folder))
            problems += signs.in_texts(path, file)
    if config.survey is not None:
        problems += check_survey(folder)
    else:
        problems += sensitive.undecided(folder)
    problems += _stored_results(folder)
    problems += _doubts(folder)
    if not any(problem.severity == "error" for problem in problems):
        problems += _references(folder, config, codebook)
    return ordered([problem.masked(_names(folder)) for problem in problems])


def _check_table(
    folder: Folder, name: str, config: Config, items: Mapping[str, Question], own: bool
) -> list[Problem]:
    path = folder.raw_path(name)
    try:
        columns, key, unique, match, _, schema = describe(path, name, config.languages, items)
    except InputError as error:
        return [Problem.of("form", error)]
    described_in = "this table" if schema is None else schema.file
    file = f"data/raw/{name}.csv"
    cells, problems = table.read(path, columns, key, file, described_in, unique, match)
    # what the library's own tables are for, their authors know
    found = personal.in_cells(cells, file, _names(folder)) if own else ()
    return [*problems, *found, *signs.in_cells(cells, file)]


def check_survey(folder: Folder) -> list[Problem]:
    """All problems of the survey of `folder`, of its rows and what it asks, the most serious first;
    raises as `check`."""
    codebook = folder.codebook()
    name = folder.survey()
    path = folder.raw_path(Path(name).stem)
    cells, found = table.read(path, columns_of(codebook), KEY, name, CODEBOOK)
    problems = [_named(problem, codebook) for problem in found]
    if not len(cells) and not problems:
        return [Problem.of("form", no_answers(name)), *sensitive.undecided(folder)]
    try:
        check_undescribed(path, CODEBOOK)
    except InputError as error:
        problems.append(Problem.of("form", error))
    for rule in (
        answers.mojibake,
        signs.in_answers,
        answers.impossible_numbers,
        answers.impossible_days,
        answers.filters,
        answers.required,
        answers.equal_answers,
    ):
        problems += rule(cells, codebook, name)
    problems += personal.in_answers(cells, codebook, name, _names(folder))
    problems += _populations(folder, cells)
    problems += sensitive.undecided(folder)
    return ordered(problems)


def _stored_results(folder: Folder) -> list[Problem]:
    """Notebooks whose results git would store: they may show answers."""
    rule = "git stores a notebook without its results, but would store those of this one"
    return [
        Problem("stored_results", file, rule, stored_outputs.remedy())
        for file in stored_outputs.unprotected(folder.root)
    ]


def _doubts(folder: Folder) -> list[Problem]:
    """What was assumed when the folder was made, as long as nobody has decided it, and a population
    that is not declared."""
    unset = []
    if population := population_doubt(folder.root):
        doubt, row = population
        unset.append(Problem("doubt", CONFIG, doubt.told, doubt.change, row, COLUMN))
    try:
        return unset + [
            Problem(
                "doubt",
                DOUBTS,
                doubt.told,
                f"{doubt.change}; then delete the entry",
                line,
                doubt.about,
            )
            for doubt, line in folder.doubts()
        ]
    except InputError as error:
        return [*unset, Problem.of("form", error)]


def _populations(folder: Folder, cells: pd.DataFrame) -> Iterator[Problem]:
    """Waves with more respondents than there are to ask, and those without a number."""
    waves = pd.to_numeric(cells.get("wave", pd.Series(dtype=str)), errors="coerce").dropna()
    answered = {int(wave): int(count) for wave, count in labelled(waves.value_counts().items())}
    content = read_yaml(folder.root / CONFIG, CONFIG)
    for breach in population_breaches(folder.config().population, answered, content):
        yield Problem.of("above_population", breach)


def published(problems: list[Problem], min_cell: int) -> pd.DataFrame:
    """How often each kind was found, as it may be published: kind, severity, cells, suppressed.

    problems: see `check`. A count below `min_cell` is hidden: it may be about single respondents.
    """
    counts = Counter(problem.kind for problem in problems)
    small = small_counts(min_cell)
    rows = [
        {
            "kind": kind,
            "severity": severity,
            "cells": None if counts[kind] in small else counts[kind],
            "suppressed": counts[kind] in small,
        }
        for kind, severity in KINDS.items()
    ]
    return pd.DataFrame(rows).astype({"cells": "Int64"})


def _rules_of_methods() -> Iterator[Rule]:
    """What the installed methods ask of whole tables."""
    for method in methods().values():
        if (method.folder / "scores.py").is_file():
            yield from getattr(import_module(f"{method.package}.scores"), "CHECKS", ())


def _names(folder: Folder) -> tuple[str, ...]:
    try:
        return folder.names()
    except InputError:  # told with the other tables
        return ()


def _named(problem: Problem, codebook: Codebook) -> Problem:
    """A cell of a survey against its rule, by the type of its question."""
    question = codebook.questions.get((problem.column or "").split(".")[0])
    if problem.kind != "cell" or question is None:
        return problem
    kind = "not_a_number" if question.type == "number" else "unknown_code"
    return replace(problem, kind=kind)


def _references(folder: Folder, config: Config, codebook: Codebook) -> list[Problem]:
    """What whole tables say of each other, and of the codebook."""
    problems = []
    items = folder.items()
    for name in folder.own_tables():
        path = folder.raw_path(name)
        described = describe(path, name, config.languages, items)
        try:
            for breach in reference_breaches(path, name, described, config.languages, items):
                problems.append(Problem.of("reference", breach))
        except InputError as error:
            problems.append(Problem.of("reference", error))
    for rule in _rules_of_methods():
        try:
            rule(folder)
        except InputError as error:
            problems.append(Problem.of("reference", error))
    if config.survey is not None and folder.has_raw("open_answers"):
        responses = survey.responses(folder.read_survey(), codebook, config.survey)
        coding = folder.read_raw("open_answers")
        for breach in open_answers.breaches(responses, coding, codebook):
            problems.append(Problem.of("reference", breach))
    if folder.has_raw("published_figures"):
        try:
            reconstruction.counts(folder.read_raw("published_figures"), codebook)
        except InputError as error:
            problems.append(Problem.of("reference", error))
    return problems
