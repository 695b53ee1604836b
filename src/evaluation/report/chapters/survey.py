"""The survey: what the data rest on, all shares, the codebook."""

from dataclasses import replace
from fractions import Fraction

import pandas as pd

from evaluation.base.markdown import escape
from evaluation.project.codebook import Question
from evaluation.report import formats, tables
from evaluation.report.chapters import questions
from evaluation.report.provenance import Count, Origin, Placed, Told, Wording
from evaluation.report.report import Report
from evaluation.report.shares import QUANTIFIERS
from evaluation.report.tables import Markdown


def data_basis(report: Report) -> Markdown:
    """The sources of data: method, who, how many, out of how many.

    report: from `open_report`.
    """
    rows = [
        [
            report.texts(f"methods.{row['method']}"),
            row[report.language],
            _count(report, row),
            report.fact(row["of"]) if row["of"] else report.texts("not_available"),
            row[f"note_{report.language}"],
        ]
        for _, row in report.read("data_basis").iterrows()
    ]
    return tables.pipe_table(
        [
            report.column("method", 14),
            report.column("source", 30),
            report.column("count", 13, numeric=True),
            report.column("of", 9, numeric=True),
            report.column("note", 34),
        ],
        rows,
        named_by=1,
    )


def on_bounds(report: Report, part: str) -> str:
    """What the section of `all_shares` says of bounds, or that nobody knows how many were asked.

    report: from `open_report`; part: its heading, the text after the name of the table, or the
    caption.
    """
    known = "known" if report.has_population else "unknown"
    return Wording(report.texts(f"bounds.{known}.{part}"))


def confidence(report: Report, level: float) -> str:
    """How often the intervals hold what is true: `95%`.

    report: from `open_report`; level: the parameter `confidence`, from 0 to 1.
    """
    return Told(formats.percentage(report, level), Origin(("confidence",), "evaluation.yml"))


def all_shares(report: Report) -> Markdown:
    """Headline shares, their worst-case bounds over the population, and the interval that
    holds if those who did not answer are a random part of it; shares alone where nobody knows how
    many there were to ask.

    report: from `open_report`.
    """
    over = ("bounds", "random") if report.has_population else ()
    rows = []
    for question in report.codebook.questions.values():
        if not question.headline or not report.has_answers(question.id):
            continue
        share = report.share(question.id)
        over_all = [report.texts("not_available") for _ in over]
        if share.population:
            # the interval of a sum of options is not that of any of them
            over_all = [share.bounds, share.if_random if share.random else over_all[1]]
        answer = report.texts.enumeration(
            [
                option.label[report.language]
                for option in question.options
                if option.code in question.headline
            ]
        )
        told = [report.label(question), answer, share.count_of_n, share.percent]
        rows.append([*told, *over_all])
    return tables.pipe_table(
        [
            report.column("question", 28),
            report.column("option", 18),
            report.column("answers", 10, numeric=True),
            report.column("share", 8, numeric=True),
            *(report.column(name, 18) for name in over),
        ],
        rows,
    )


def quantifiers(report: Report) -> Markdown:
    """The table by which shares become words.

    report: from `open_report`.
    """
    rows = []
    for low, high, key in QUANTIFIERS:
        if low == high:
            range_ = report.texts("exactly", value=_limit(report, low))
        else:
            range_ = report.texts.span(_limit(report, low), _limit(report, high))
        rows.append([report.texts(f"quantifiers.{key}"), range_])
    return tables.pipe_table([report.column("words", 30), report.column("share", 20)], rows)


def codebook(report: Report) -> Markdown:
    """Every question with its wording, filter, note and answers, as sections.

    report: from `open_report`.
    """
    blocks: list[str] = []
    numbers: list[Placed] = []
    for question in report.codebook.questions.values():
        label, anchor = report.label(question), f"sec-q-{question.id.replace('_', '-')}"
        blocks += [f"## {escape(label)} {{#{anchor}}}", _question_text(report, question)]
        if question.type == "number" and report.wave in questions.waves_of(report, question.id):
            table = questions.numbers(report, question.id)
        elif question.options and report.has_answers(question.id):
            table = _answers_table(report, question)
        else:
            continue
        blocks.append(table.source)
        numbers += [replace(number, anchor=anchor, section=label) for number in table.numbers]
    return Markdown("\n\n".join(blocks), tuple(numbers))


def _count(report: Report, source: pd.Series) -> str:
    """How many a source of data comprises."""
    if pd.isna(source["count"]):
        return report.texts("not_stated")
    origin = Origin((source["id"],), "data/raw/data_basis.csv", (int(source["row"]),))
    return report.number(Count(int(source["count"]), origin))


def _limit(report: Report, share: Fraction) -> str:
    """A share as a percentage where that is exact, else as a fraction."""
    if (share * 100).denominator > 1:
        return f"{share.numerator}/{share.denominator}"
    return report.share_of(share.numerator, share.denominator).percent


def _question_text(report: Report, question: Question) -> str:
    told = []
    if question.group:
        stem = report.codebook.groups[question.group].question
        told += [stem[report.language]] if stem else []
    if question.question[report.language] != report.label(question):
        told.append(question.question[report.language])
    told.append(report.texts(f"types.{question.type}"))
    if question.base:
        asked, code = question.base
        filtering = report.question(asked)
        option = next(option for option in filtering.options if option.code == code)
        told.append(
            report.texts(
                "codebook_base",
                option=option.label[report.language],
                question=report.label(filtering),
            )
        )
    if question.section:
        told.append(report.texts("codebook_section", section=question.section))
    for joined in question.collapse:
        if joined.code in question.codes:
            label = joined.label[report.language]
            told.append(report.texts("codebook_collapse", option=label))
    if question.note:
        told.append(question.note[report.language])
    return escape(" ".join(map(_sentence, told)))


def _answers_table(report: Report, question: Question) -> Markdown:
    shares = [report.share(question.id, option.code) for option in question.options]
    rows = [
        [option.label[report.language], option.code, report.number(share.k), share.percent]
        for option, share in zip(question.options, shares, strict=True)
    ]
    return tables.pipe_table(
        [
            report.column("option", 40),
            report.column("code", 20),
            report.column("answers", 10, numeric=True),
            report.column("share", 10, numeric=True),
        ],
        rows,
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
