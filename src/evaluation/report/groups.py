"""Answers by the groups that a background question makes, as they are published.

Arguments of the same name are the same in all functions:

- report: from `open_report`;
- question, options, wave: as for `Report.share`;
- by: id of a background question; another raises KeyError, naming those there are.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import each_row
from evaluation.project.codebook import Option, Question
from evaluation.project.touched import within_library
from evaluation.report import findings
from evaluation.report.measured import Means, Measured, told_figures
from evaluation.report.order import Order, Ranked
from evaluation.report.provenance import Origin
from evaluation.report.shares import Share
from evaluation.report.tables import Column, Markdown, pipe_table
from evaluation.survey import crosstabs
from evaluation.survey.crosstabs import HEADLINE, OPTIONS, OTHERS, in_two

if TYPE_CHECKING:
    from evaluation.report.figures import Drawing
    from evaluation.report.report import Report

TABLE, NUMBERS = "groups", "group_numbers"


def shares(
    report: "Report", question: str, by: str, options: tuple[str, ...], wave: int | None
) -> list[Ranked]:
    """The share of each group that gave one of `options`, in the order of the codebook; hidden
    where the table of the two questions has it only with other answers.

    report, question, by, options, wave: as for the module. Raises as `Report.share` does.
    """
    codes, table = report.asked_for(question, options), answers(report, question, by, wave)
    if table["level"].eq(HEADLINE).all():
        codes = (HEADLINE,) if set(codes) == set(report.question(question).headline) else ()
    of_group = _shares(report, table, background(report, by), [codes])
    return [
        Ranked(group.code, named(report, group), share)
        for group, (share,) in zip(background(report, by).options, of_group, strict=True)
    ]


def order(
    report: "Report", question: str, by: str, options: tuple[str, ...], wave: int | None
) -> Order:
    """The same in order of size, for a sentence.

    report, question, by, options, wave: as for `shares`, which it raises as.
    """
    return Order(shares(report, question, by, options, wave), report.texts)


def named(report: "Report", group: Option) -> str:
    """What a group is called in a sentence: as it is written, since it may be a name.

    report: as for the module; group: an option of a background question.
    """
    return (group.in_text or {}).get(report.language) or group.label[report.language]


def ranked(report: "Report", names: tuple[str, ...], by: str) -> "Drawing":
    """The headline of a question in each group, largest first; of several questions, or the options
    of one of several answers, each with a dot a group.

    report, by: as for the module; names: as for `Report.ranked`.
    """
    # the drawing library is slow to import, and a chapter without figures does without it
    from evaluation.report import figures

    groups = background(report, by)
    labels = {group.code: group.label[report.language] for group in groups.options}
    asked = report.codebook.questions.get(names[0])
    if len(names) == 1 and asked is not None and asked.type != "multiple":
        found = order(report, names[0], by, (), None)
        title = findings.of_order(found, report.texts, headline(report, asked))
        rows = [(labels[entry.id], entry.share) for entry in found.entries]
        return findings.found(
            figures.bars(rows, report.texts, title), title, report.wording(names[0])
        )
    several = []
    for item, _ in report.ranking(*names):
        of = (names[0], (item.code,)) if isinstance(item, Option) else (item.id, ())
        entries = shares(report, of[0], by, of[1], None)
        several.append((item.label[report.language], [entry.share for entry in entries]))
    drawing = figures.dots(several, list(labels.values()), report.texts)
    battery = report.codebook.in_group(names[0]) if asked is None else []
    questions = [question.id for question in battery] or names
    return findings.found(drawing, "", report.wording(*questions))


def answered(report: "Report", question: str, by: str) -> "Drawing":
    """The answers to a question, one bar a group: with all options, or the headline against all
    other answers, whichever is published.

    report, question, by: as for the module.
    """
    asked = report.question(question)
    if asked.type == "multiple":
        return ranked(report, (question,), by)
    told, table, groups = (
        shown(report, question, by),
        answers(report, question, by),
        background(report, by),
    )
    options: list[tuple[str, ...]] = [(code,) for code in told.codes]
    rows = [
        (group.label[report.language], shares_)
        for group, shares_ in zip(
            groups.options, _shares(report, table, groups, options), strict=True
        )
    ]
    title = ""
    if asked.headline:
        found = order(report, question, by, (), None)
        title = findings.of_order(found, report.texts, headline(report, asked))
    drawing = report.drawn_answers(told, rows, title)
    return findings.found(drawing, title, report.wording(question))


def crosstab(report: "Report", row: str, column: str) -> Markdown:
    """A table of the answers to `column` by those to `row`.

    report: as for the module; row, column: as for `Report.crosstab`, which says what it raises.
    """
    with within_library():
        responses = report.folder.read("responses")
    codebook = report.folder.codebook()
    filtering = [base[0] for name in (row, column) if (base := codebook.questions[name].base)]
    table = crosstabs.published(
        responses,
        report.wave if "wave" in responses else None,
        row,
        column,
        codebook,
        pd.concat([report.indicators(name) for name in dict.fromkeys((row, column, *filtering))]),
        report.folder.config().min_cell,
    )
    sides = [report.question(row), report.question(column)]
    if table["level"].eq(HEADLINE).all():
        sides = [side if side.background else _in_two(report, side) for side in sides]
    origin = Origin((row, column), report.survey)
    shown: dict[str, dict[str, str]] = {option.code: {} for option in sides[0].options}
    for pair in each_row(table):
        k, n = (None if value is pd.NA else int(value) for value in (pair.k, pair.n))
        shown[pair.row][pair.column] = Share(k, n, report.texts, origin=origin).full
    heads = [option for option in sides[1].options if option.code in set(table["column"])]
    return pipe_table(
        [
            Column(report.label(sides[0]), 24),
            *(Column(option.label[report.language], 16, True) for option in heads),
        ],
        [
            [option.label[report.language], *(shown[option.code][head.code] for head in heads)]
            for option in sides[0].options
        ],
    )


def answers(report: "Report", question: str, by: str, wave: int | None = None) -> pd.DataFrame:
    """The published rows of a question by groups, see `survey.groups.by_group`.

    report, question, by, wave: as for the module. Raises InputError where the wave did not ask
    both, or nothing is counted by groups in this evaluation.
    """
    background(report, by)
    check_counted(report)
    rows = report.rows(TABLE, question)
    chosen = report.wave if wave is None else wave
    rows = rows[(rows["by"] == by) & (rows["wave"] == chosen)]
    if rows.empty:
        raise InputError(
            report.survey,
            f"a chapter shows by groups what a wave asked: {question} by {by} was not in wave"
            f" {chosen}",
            "name a wave that asked both (wave=...), or leave out by",
            column=question,
        )
    return rows


def check_counted(report: "Report") -> None:
    """Raise InputError where the notebook of the survey counts nothing by groups: in a folder that
    was made before it did.

    report: as for the module.
    """
    if not report.folder.has(TABLE):
        raise InputError(
            report.survey,
            "answers by groups are counted in the notebook of the survey",
            "write the tables of analyses(answers, codebook, table, config.min_cell) there, of"
            " evaluation.survey.analyses, as the notebook of a new folder does",
        )


def numbers(report: "Report", question: str, by: str, wave: int | None = None) -> pd.DataFrame:
    """The published figures of a question with a number by groups, see
    `survey.groups.numbers_by_group`.

    report, question, by, wave: as for the module.
    """
    background(report, by)
    rows = report.rows(NUMBERS, question)
    return rows[(rows["by"] == by) & (rows["wave"] == (report.wave if wave is None else wave))]


def means(report: "Report", question: str, by: str, wave: int | None) -> Means:
    """The numbers that the groups gave to a question, in order of their means.

    report, question, by, wave: as for the module.
    """
    table, origin = numbers(report, question, by, wave), Origin((question, by), report.survey)
    entries = {}
    for group in background(report, by).options:
        rows = table[table["group"] == group.code]
        figures = {} if rows.empty else told_figures(rows.iloc[0])
        entries[group.code] = Measured(figures, report.texts, origin, named(report, group))
    return Means(entries, report.texts)


def shown(report: "Report", question: str, by: str, wave: int | None = None) -> Question:
    """The question with the answers that are told of the groups: its options, or the headline and
    all others.

    report, question, by, wave: as for the module.
    """
    asked = report.question(question)
    if answers(report, question, by, wave)["level"].eq(OPTIONS).all():
        return asked
    return _in_two(report, asked)


def _in_two(report: "Report", asked: Question) -> Question:
    """A question as its headline against all other answers, in words."""
    two = in_two(asked) or asked
    names = {HEADLINE: headline(report, asked), OTHERS: report.texts("groups.others")}
    options = tuple(
        replace(option, label={report.language: names.get(option.code, "")})
        for option in two.options
    )
    return replace(two, options=options, type="single")


def background(report: "Report", by: str) -> Question:
    """The background question `by`.

    report, by: as for the module.
    """
    known = {question.id: question for question in report.codebook.backgrounds}
    if by not in known:
        named = ", ".join(known) or "none: write background: true at one in the codebook"
        raise KeyError(f"the background questions are {named}, not {by}")
    return known[by]


def headline(report: "Report", asked: Question) -> str:
    """The labels of the headline's options in quotes: `“agree” or “agree fully”`.

    report: as for the module; asked: a question with a headline.
    """
    labels = [
        report.texts("questions.quoted", label=option.label[report.language])
        for option in asked.options
        if option.code in asked.headline
    ]
    return report.texts("questions.or").join(labels)


def _shares(
    report: "Report", table: pd.DataFrame, groups: Question, options: list[tuple[str, ...]]
) -> list[list[Share]]:
    """For each group the share of each tuple of options."""
    about = (table["question"].iloc[0], groups.id)
    origin = Origin(about, report.survey)
    found = []
    for group in groups.options:
        rows = table[table["group"] == group.code]
        n = rows["n"].iloc[0] if len(rows) else pd.NA
        found.append(
            [
                Share(
                    _sum(rows, codes), None if pd.isna(n) else int(n), report.texts, origin=origin
                )
                for codes in options
            ]
        )
    return found


def _sum(rows: pd.DataFrame, codes: tuple[str, ...]) -> int | None:
    """How many gave one of some answers; None where any of them is hidden."""
    chosen = rows[rows["option"].isin(codes)]
    return None if chosen.empty or chosen["suppressed"].any() else int(chosen["k"].sum())
