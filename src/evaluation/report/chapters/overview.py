"""The front page of a report on a survey: how many answered what and when, and the findings that a
rule picks.

A rule picks among the questions with a headline that most of the respondents answered, in
the report's wave, and never what is hidden.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from evaluation.base.frames import each_row
from evaluation.language.dates import day_text
from evaluation.project.codebook import Question
from evaluation.project.config import FILE as CONFIG
from evaluation.report import formats
from evaluation.report.chapters import questions
from evaluation.report.order import Ranked
from evaluation.report.provenance import Count, Origin, Told, Wording, told
from evaluation.report.report import Report
from evaluation.report.shares import Share


@dataclass(frozen=True)
class Finding:
    """A share that stands out, `150 of 171 (88%)`, and the rest of the sentence that begins with
    it."""

    share: str
    sentence: str


def answered(report: Report) -> str:
    """A sentence on how many answered, of how many there were to ask where that is known, and in
    which wave where there are several.

    report: from `open_report`.
    """
    known = "known" if report.has_population else "unknown"
    count = questions.answered(report)
    wave, origin = "", Origin(("wave",), report.survey)
    if len(report.waves) > 1:
        wave = report.texts("overview.answered.wave", wave=report.texts.number(report.wave))
    text = report.texts(f"overview.answered.{known}", answered=count, wave=wave)
    return told(text, count, Count(report.wave, origin))


def period(report: Report) -> str:
    """A sentence on when the answers of the report's wave were given; empty where nobody has
    written it.

    report: from `open_report`.
    """
    days = report.folder.config().period.get(report.wave)
    if days is None:
        return ""
    first, last = (day_text(day, report.language) for day in days)
    key = "day" if first == last else "days"
    text = report.texts(f"overview.period.{key}", first=first, last=last)
    return Told(text, Origin((f"period@{report.wave}",), CONFIG))


def size(report: Report) -> str:
    """A sentence on how many questions were asked in the report's wave, and how many of them are
    about the respondents.

    report: from `open_report`.
    """
    asked = [
        question
        for question in report.codebook.questions.values()
        if question.was_asked and report.wave in questions.waves_of(report, question.id)
    ]
    origin = Origin(("questions",), report.survey)
    about = Count(sum(question.background for question in asked), origin)
    count = Count(len(asked), origin)
    text = report.texts(
        f"overview.size.{'some' if about else 'none'}",
        count=report.number(count),
        about=report.number(about),
    )
    return told(text, count, about)


def strongest(report: Report, place: int = 1) -> Finding:
    """The share that is the largest, or the second largest.

    report: from `open_report`; place: 1 for the largest, 2 for the next.
    """
    return _finding(report, place - 1)


def weakest(report: Report, place: int = 1) -> Finding:
    """The share that is the smallest, or the second smallest.

    report: from `open_report`; place: 1 for the smallest, 2 for the next.
    """
    return _finding(report, -place)


def further(report: Report) -> str:
    """Sentences on what else stands out; empty where nothing does.

    report: from `open_report`.
    """
    sentences = [sentence for rule in FURTHER for sentence in rule(report)]
    return told(" ".join(sentences), *sentences)


def changed(report: Report) -> list[str]:
    """Sentences on the headlines that rose and fell most since the wave before; none where there
    is none.

    report: from `open_report`.
    """
    changes = [
        _Change(report, row)
        for row in each_row(report.read("changes"))
        if row.after == report.wave and not report.question(row.question).background
    ]
    shown = [change for change in changes if not (change.before.hidden or change.after.hidden)]
    if not shown:
        return []
    rise, fall = max(shown, key=lambda each: each.size), min(shown, key=lambda each: each.size)
    return [
        *([rise.sentence("rise")] if rise.size > 0 else []),
        *([fall.sentence("fall")] if fall.size < 0 else []),
    ]


# each gives sentences on one thing that may stand out
FURTHER = (changed,)


class _Change:
    """A row of the table `changes`, with its shares."""

    def __init__(self, report: Report, row: Any):
        self.report, self.row = report, row
        self.before = report.share(row.question, wave=row.before)
        self.after = report.share(row.question, wave=row.after)

    @property
    def size(self) -> float:
        return float(self.after.k / self.after.n - self.before.k / self.before.n)

    def sentence(self, key: str) -> str:
        report, row = self.report, self.row
        question = report.question(row.question)
        text = report.texts(
            f"overview.{key}",
            question=_named(report, question),
            answer=questions.quoted(report, question, question.headline),
            wave=report.texts.number(row.before),
            before=self.before.full,
            after=self.after.full,
        )
        values = (self.before.full, self.after.full)
        if pd.isna(row.p_holm):
            return told(text, *values)
        p = Told(formats.p_value(report, row.p_holm), Origin((row.question,), report.survey))
        sure = "sure" if row.p_holm < formats.CHANCE else "unsure"
        return told(f"{text} {report.texts(f'overview.{sure}', p=p)}", *values, p)


def _finding(report: Report, place: int) -> Finding:
    ranked = _ranked(report)
    if not -len(ranked) <= place < len(ranked):
        hidden = Wording(report.texts("overview.none"))
        return Finding(Wording(report.texts("not_available")), hidden)
    entry = ranked[place]
    question = report.question(entry.id)
    text = report.texts(
        f"overview.finding.{'item' if question.group else 'question'}",
        answer=questions.quoted(report, question, question.headline),
        question=_named(report, question),
    )
    return Finding(entry.share.full, Wording(text))


def _ranked(report: Report) -> list[Ranked]:
    """The questions that findings are picked among, the largest share first."""
    names = [
        question.id
        for question in report.codebook.questions.values()
        if question.headline
        and question.was_asked
        and not question.background
        and report.has_answers(question.id)
    ]
    table = report.read("answered")
    respondents = table.loc[table["wave"] == report.wave, "respondents"].iloc[0]

    def counts(share: Share) -> bool:
        return not share.hidden and 2 * share.n > respondents

    entries = questions.order(report, names).entries if names else []
    return [entry for entry in entries if counts(entry.share)]


def _named(report: Report, question: Question) -> str:
    return report.texts("questions.quoted", label=report.label(question))
