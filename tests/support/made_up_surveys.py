"""Surveys that a random generator makes up, and all that is published of them.

They have what gives people away: filters with a question to those who passed, numbers and texts,
groups, several waves with newcomers and leavers, and an instrument.
"""

import random
from dataclasses import dataclass, field, replace

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.methods.goal_attainment import scores as goals
from evaluation.project.codebook import Codebook, Option, Question
from evaluation.survey import groups, waves
from evaluation.survey.measures import answered, measures

TEXT = {"en": "x"}


@dataclass(frozen=True)
class Survey:
    """What respondents gave, which no reader sees: their rows, and the levels of goals.

    filters: question -> the (question, option) that let through who was asked, whether or not the
    codebook declares it: the wording tells.
    """

    rows: pd.DataFrame
    codebook: Codebook
    filters: dict[str, tuple[str, str]]
    population: int
    levels: pd.DataFrame


@dataclass
class Published:
    """What a reader has: the codebook, the tables that chapters are made from, the threshold."""

    codebook: Codebook
    min_cell: int
    indicators: pd.DataFrame
    measures: pd.DataFrame
    answered: pd.DataFrame
    changes: pd.DataFrame
    crosstabs: dict[tuple[int, str, str], pd.DataFrame] = field(default_factory=dict)
    numbers: pd.DataFrame = field(default_factory=pd.DataFrame)
    goals: pd.DataFrame = field(default_factory=pd.DataFrame)
    goal_means: pd.DataFrame = field(default_factory=pd.DataFrame)


def survey(seed: int) -> Survey:
    """The survey of a number: the same for the same number."""
    draw = random.Random(seed)
    number = draw.randint(8, 40)
    inferred = draw.random() < 0.5
    codebook = _codebook(draw, inferred)
    people = [_person(draw, codebook) for _ in range(number)]
    parts = []
    for wave in range(1, draw.choice([1, 1, 2, 3]) + 1):
        if wave > 1:
            people = people[draw.choice([0, 0, 1, 2, 4]) :]
            people = [_later(draw, codebook, person) for person in people]
            people += [_person(draw, codebook) for _ in range(draw.choice([0, 1, 1, 2, 5]))]
        parts += [{**person, "wave": wave, "origin": "survey"} for person in people]
    rows = pd.DataFrame(parts)
    for question in codebook.questions.values():
        for column in question.columns:
            if question.type == "multiple":
                rows[column] = rows[column].astype("boolean")
            elif question.type == "number":
                rows[column] = rows[column].astype("Float64")
            else:
                rows[column] = rows[column].astype(object).where(rows[column].notna(), None)
    given = _only_given(rows, codebook) if inferred else codebook
    filters = {name: each.base for name, each in given.questions.items() if each.base}
    if draw.random() < 0.5:
        undeclared = {name: replace(each, base=None) for name, each in given.questions.items()}
        given = Codebook({}, undeclared)
    return Survey(rows, given, filters, number + 20, _levels(draw))


def _codebook(draw: random.Random, inferred: bool) -> Codebook:
    def asked(name: str, kind: str, count: int, **more: object) -> Question:
        options = tuple(Option(code, TEXT) for code in "abcdef"[:count])
        closed = {"inferred": inferred} if count else {}
        return Question(name, kind, TEXT, TEXT, options, **closed, **more)

    questions = [
        asked("plain", "single", 2),
        asked("group", "single", draw.randint(2, 4), background=True),
        asked("view", "ordinal", draw.randint(2, 5), headline=("a",)),
        asked("several", "multiple", draw.randint(1, 3)),
        asked("filter", "single", 2, headline=("a",)),
        asked("follow", "single", draw.randint(2, 3), base=("filter", "a")),
        asked("why", "text", 0, base=("filter", "a")),
        asked("times", "number", 0),
        asked("income", "number", 0),
        asked("ill", "single", 2, sensitive=True),
    ]
    return Codebook({}, {question.id: question for question in questions})


def _person(draw: random.Random, codebook: Codebook) -> dict[str, object]:
    person: dict[str, object] = {"respondent": f"r{draw.getrandbits(60):x}"}
    for question in codebook.questions.values():
        person |= _answer(draw, question, person)
    return person


def _answer(
    draw: random.Random, question: Question, person: dict[str, object]
) -> dict[str, object]:
    silent = question.id not in ("plain", "group", "filter") and draw.random() < 0.08
    if silent or (question.base and person[question.base[0]] != question.base[1]):
        return dict.fromkeys(question.columns)
    if question.id == "plain":
        return {"plain": draw.choice("ab")}
    if question.type == "multiple":
        return {column: draw.random() < 0.3 for column in question.columns}
    if question.type == "text":
        return {question.id: "x"}
    if question.id == "times":
        return {"times": float(draw.choice([0, 0, 0, 0, 0, 0, 0, 1]))}
    if question.id == "income":
        return {"income": float(round(draw.lognormvariate(3, 1)))}
    # the first options are the common ones, and few are ill
    weights = [1, 15] if question.sensitive else [6, 3, 1, 1, 1][: len(question.codes)]
    return {question.id: draw.choices(question.codes, weights)[0]}


def _later(draw: random.Random, codebook: Codebook, person: dict[str, object]) -> dict[str, object]:
    """A person a wave later: what they are stays, what they think and do may change."""
    later = dict(person)
    for name in ("view", "several", "times"):
        if draw.random() < 0.2:
            later |= _answer(draw, codebook.questions[name], later)
    return later


def _only_given(rows: pd.DataFrame, codebook: Codebook) -> Codebook:
    """The options that somebody gave, as they are inferred from answers."""
    questions = {}
    for name, question in codebook.questions.items():
        if question.type == "multiple":
            kept = [
                one for one in question.options if rows[f"{name}.{one.code}"].fillna(False).any()
            ]
        else:
            kept = [one for one in question.options if (rows.get(name) == one.code).any()]
        if question.options and not kept:
            continue
        if question.base and question.base[1] not in _codes(rows, question.base[0]):
            continue
        headline = tuple(code for code in question.headline if code in {one.code for one in kept})
        fields = {**vars(question), "options": tuple(kept), "headline": headline}
        questions[name] = Question(**fields)
    return Codebook({}, questions)


def _codes(rows: pd.DataFrame, name: str) -> set[str]:
    return set(rows[name].dropna())


def _levels(draw: random.Random) -> pd.DataFrame:
    """Goals of a kind each, or shared ones, of four to fifteen units."""
    own = draw.random() < 0.5
    rows = [
        (
            f"u{unit}",
            f"goal {unit}" if own else f"goal {unit % 2}",
            1,
            draw.choice([-1, 0, 0, 1]),
            1.0,
        )
        for unit in range(draw.randint(4, 15))
    ]
    return pd.DataFrame(rows, columns=["unit", "goal", "wave", "level", "weight"])


def publish(made: Survey, min_cell: int) -> Published | None:
    """All that is published of a survey; None where a build refuses to publish it."""
    rows, codebook = made.rows, made.codebook
    try:
        table = waves.indicators_by_wave(rows, codebook, made.population, min_cell)
    except InputError:
        return None
    published = Published(
        codebook,
        min_cell,
        table,
        measures(rows, codebook, min_cell, table),
        answered(rows, made.population),
        waves.changes(rows, codebook, table, min_cell),
    )
    counts = groups.by_group(rows, codebook, table, min_cell)
    published.numbers = groups.numbers_by_group(rows, codebook, table, counts, min_cell)
    for (wave, by, name), cells in counts.groupby(["wave", "by", "question"]):
        told = cells.rename(columns={"group": "row", "option": "column"})
        published.crosstabs[int(wave), by, name] = told
    published.goals = goals.distribution(made.levels, min_cell)
    published.goal_means = goals.summary(made.levels, min_cell)
    return published
