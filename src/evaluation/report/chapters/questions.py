"""What one question or battery of a survey says, whatever its type: for chapters made from an
export, until their author writes better.

Where the report is about a wave that did not ask a question, the nearest wave that did is shown,
and sentence and caption say so.
"""

from typing import TYPE_CHECKING

import pandas as pd

from evaluation.disclosure.numbers import QUARTILES
from evaluation.project.codebook import Question
from evaluation.report import formats, tables
from evaluation.report.provenance import Count, Hidden, Origin, Told, Wording, told
from evaluation.report.report import Report
from evaluation.report.tables import Markdown

if TYPE_CHECKING:
    from evaluation.report.figures import Drawing


def answered(report: Report) -> str:
    """`16 of 21 (76%)`: how many answered in the report's wave, of how many there are to ask; `16`
    where nobody knows the latter.

    report: from `open_report`.
    """
    table = report.read("answered")
    row = table[table["wave"] == report.wave].iloc[0]
    origin = Origin(("answered",), report.survey)
    return formats.answered(report, row.respondents, row.population, origin)


def caption(report: Report, *names: str) -> str:
    """The wording of a question, or the stem of a battery, and of which wave the answers are
    where there are several.

    report: from `open_report`; names: ids of a question, or of those of a battery.
    """
    shown, asked = _asked(report, names)
    note = _note(report, shown, asked, names) or shown_wave(report)
    return " ".join(filter(None, [*report.wording(*asked), note]))


def reservation(report: Report) -> str:
    """A sentence on how shares are told, and that bounds are in the appendix where there are any.

    report: from `open_report`.
    """
    known = "known" if report.has_population else "unknown"
    return Wording(report.texts(f"questions.reservation.{known}"))


def shown_wave(report: Report) -> str:
    """A sentence on which wave the answers are from; empty where there is only one.

    report: from `open_report`.
    """
    if len(report.waves) == 1:
        return ""
    text = report.texts("questions.of_wave", wave=report.texts.number(report.wave))
    return told(text, _wave(report))


def finding(report: Report, name: str) -> str:
    """`12 of 16 (75%)`: the share of a question's headline.

    report: from `open_report`; name: id of a question with a headline. Raises KeyError where nobody
    ever answered it.
    """
    shown, asked = _asked(report, (name,))
    share = shown.share(name).full
    return _with_note(share, _note(report, shown, asked, (name,)))


def figure(report: Report, *names: str) -> "Drawing":
    """The answers to a question with options, or to those of a battery.

    report: from `open_report`; names: ids of a question, or of those of a battery. Raises KeyError
    where nobody ever answered any of them, ValueError where their options differ.
    """
    shown, asked = _asked(report, names)
    if shown.question(asked[0]).type == "multiple":
        return shown.ranked(*asked)
    return shown.answers(*asked)


def compared(report: Report, *names: str) -> str:
    """A sentence on a battery: the highest and the lowest of its headlines; empty without any.

    report: from `open_report`; names: ids of the questions of a battery.
    """
    shown, asked = _asked(report, names)
    note = _note(report, shown, asked, names)
    if not all(shown.question(name).headline for name in asked) or len(asked) == 1:
        return note
    order = shown.order(*asked)
    first, last = order.first, order.last
    text = report.texts(
        "questions.compared",
        answer=quoted(report, shown.question(asked[0]), shown.question(asked[0]).headline),
        first=first.label,
        first_share=first.full,
        last=last.label,
        last_share=last.full,
    )
    return _with_note(told(text, first.label, last.label), note)


def said(report: Report, name: str) -> str:
    """A sentence on one question: the share of its headline, else what most answered.

    report: from `open_report`; name: id of a question of any type. Raises KeyError where nobody
    ever answered it.
    """
    shown, asked = _asked(report, (name,))
    return _with_note(_said(shown, name), _note(report, shown, asked, (name,)))


def _said(report: Report, name: str) -> str:
    question = report.question(name)
    if question.type in ("number", "text"):
        row = _measured(report, name)
        n = _count(report, row, "n")
        text = told(report.texts(f"questions.{question.type}", n=str(n)), n)
        persons = report.folder.config().min_cell
        if persons == 1 or row[list(QUARTILES)].isna().any():
            return text
        resting = report.texts("questions.quartiles", count=report.texts.number_word(persons))
        return told(f"{text} {resting}", text)
    if all(report.share(name, option.code).hidden for option in question.options):
        return Wording(report.texts("questions.all_hidden"))
    if question.headline:
        share = report.share(name).full
        answer = quoted(report, question, question.headline)
        return told(report.texts("questions.headline", share=share, answer=answer), share)
    first = report.order(name).first
    return told(report.texts("questions.most", answer=first.label, share=first.full), first.label)


def numbers(report: Report, name: str) -> Markdown:
    """Where the answers to a question with a number lie.

    report: from `open_report`; name: id of a question of type number. Raises KeyError where nobody
    ever answered it.
    """
    report, _ = _asked(report, (name,))
    row = _measured(report, name)
    columns = ["n", "mean", *QUARTILES]
    cells = [_count(report, row, "n"), *(_value(report, row, each) for each in columns[1:])]
    headings = [
        tables.Column(report.texts(f"questions.columns.{each}"), 12, True) for each in columns
    ]
    return tables.pipe_table(headings, [cells])


def _measured(report: Report, name: str) -> pd.Series:
    rows = report.rows("measures", name)
    return rows[rows["wave"] == report.wave].iloc[0]


def waves_of(report: Report, name: str) -> list[int]:
    """The waves in which somebody answered a question.

    report: from `open_report`; name: id of a question of any type.
    """
    if report.question(name).type in ("number", "text"):
        rows = report.rows("measures", name)
        rows = rows[rows["suppressed"] | (rows["n"] > 0)]
    else:
        rows = report.rows("indicators", name)
    return sorted(map(int, rows["wave"].unique()))


def _asked(report: Report, names: tuple[str, ...]) -> tuple[Report, tuple[str, ...]]:
    """The report about the wave to show questions of, and those that it asked.

    Raises KeyError where nobody ever answered any of them.
    """
    waves = {name: waves_of(report, name) for name in names}
    known = {wave for found in waves.values() for wave in found}
    if not known:
        raise KeyError(f"nobody answered {', '.join(names)}")
    # of two waves that are equally near the later one
    wave = min(known, key=lambda each: (abs(each - report.wave), -each))
    asked = tuple(name for name in names if wave in waves[name])
    return report if wave == report.wave else report.at(wave), asked


def _note(report: Report, shown: Report, asked: tuple[str, ...], names: tuple[str, ...]) -> str:
    """A sentence where the report's wave did not ask all of the questions; else empty."""
    number = report.texts.number
    if shown.wave != report.wave:
        text = report.texts(
            "questions.other_wave", wave=number(report.wave), shown=number(shown.wave)
        )
        return told(text, _wave(report), _wave(shown))
    left = [report.label(report.question(name)) for name in names if name not in asked]
    if not left:
        return ""
    text = report.texts("questions.left_out", wave=number(report.wave), questions="; ".join(left))
    return told(text, _wave(report))


def _wave(report: Report) -> Count:
    return Count(report.wave, Origin(("wave",), report.survey))


def _with_note(text: str, note: str) -> str:
    return told(f"{text} {note}", text, note) if note else text


def _count(report: Report, row: pd.Series, column: str) -> str:
    origin = _origin(report, row)
    if pd.isna(row[column]):
        return report.number(Hidden(report.texts("hidden"), origin))
    return report.number(Count(int(row[column]), origin))


def _value(report: Report, row: pd.Series, column: str) -> str:
    if pd.isna(row[column]):
        hidden = "hidden" if row["suppressed"] else "not_available"
        return Told(report.texts(hidden), _origin(report, row))
    return Told(formats.decimal(report, row[column], 1), _origin(report, row))


def _origin(report: Report, row: pd.Series) -> Origin:
    return Origin((row["question"],), report.survey)


def quoted(report: Report, question: Question, codes: tuple[str, ...]) -> str:
    """The labels of options of a question, in quotes: `“Weekly” or “Monthly”`.

    report: from `open_report`; question: see `Report.question`; codes: of the options wanted, told
    in the order of the codebook.
    """
    labels = [
        report.texts("questions.quoted", label=option.label[report.language])
        for option in question.options
        if option.code in codes
    ]
    return report.texts("questions.or").join(labels)
