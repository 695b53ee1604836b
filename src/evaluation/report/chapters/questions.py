"""What one question or battery of a survey says, whatever its type: for chapters made from an
export, until their author writes better.

Where the report is about a wave that did not ask a question, the nearest wave that did is shown,
and sentence and caption say so.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from evaluation.disclosure.numbers import QUARTILES
from evaluation.language.scales import places
from evaluation.project.codebook import Option, Question
from evaluation.report import formats, tables
from evaluation.report.order import Order, Ranked, listed
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
    """The answers to a question with options, or to those of a battery, the largest share of their
    headline first, and options that have no order the largest first.

    report: from `open_report`; names: ids of a question, or of those of a battery. Raises KeyError
    where nobody ever answered any of them, ValueError where their options differ.
    """
    shown, asked = _asked(report, names)
    first = shown.question(asked[0])
    if first.type == "multiple" or (len(asked) == 1 and _has_no_order(report, first)):
        return shown.ranked(*asked)
    if len(asked) > 1 and _have_headlines(shown, asked):
        asked = tuple(entry.id for entry in order(shown, asked).entries)
    return shown.answers(*asked)


def compared(report: Report, *names: str) -> str:
    """Sentences on a battery: the highest and the lowest of its headlines, and of how many it is
    more than half; empty without any.

    report: from `open_report`; names: ids of the questions of a battery.
    """
    shown, asked = _asked(report, names)
    note = _note(report, shown, asked, names)
    if not _have_headlines(shown, asked) or len(asked) == 1:
        return note
    found = order(shown, asked)
    first, last = found.first, found.last
    if first.share.hidden:
        return _with_note(Wording(report.texts("questions.all_hidden")), note)
    answer = quoted(report, shown.question(asked[0]), shown.question(asked[0]).headline)
    if first == last:
        text = report.texts("questions.alike", answer=answer, share=first.full)
        return _with_note(told(text, first.label), note)
    text = report.texts(
        "questions.compared",
        answer=answer,
        first=first.label,
        first_share=first.full,
        last=last.label,
        last_share=last.full,
    )
    sentences = [text, *_majorities(shown, found)]
    return _with_note(told(" ".join(sentences), first.label, last.label, *sentences), note)


def _majorities(report: Report, found: Order) -> list[str]:
    """A sentence on how many of the shares are more than half; none where some are hidden, and
    where two shares have said it."""
    shares = [entry.share for entry in found.entries]
    if len(shares) == 2 or any(share.hidden for share in shares):
        return []
    several = sum(2 * share.k > share.n for share in shares)
    key = "none" if not several else "all" if several == len(shares) else "some"
    word = report.texts.number_word
    text = report.texts(f"questions.majority.{key}", count=word(several), of=word(len(shares)))
    return [told(text, *(share.k for share in shares))]


def order(report: Report, names: Sequence[str]) -> Order:
    """The headlines of questions in order of size, with their names in quotes where the codebook
    has none to stand inside a sentence.

    report: from `open_report`, about the wave wanted; names: ids of questions with a headline.
    """
    asked = [report.question(name) for name in names]
    return Order(
        [Ranked(each.id, _in_sentence(report, each), report.share(each.id)) for each in asked],
        report.texts,
    )


def _in_sentence(report: Report, item: Question | Option) -> str:
    if item.in_text:
        return report.in_text(item)
    return report.texts("questions.quoted", label=item.label[report.language])


def _has_no_order(report: Report, question: Question) -> bool:
    """Whether the options were gathered from the answers, and are no ranges either that follow each
    other."""
    labels = [option.label[report.language] for option in question.options]
    return question.type == "single" and question.inferred and places(labels) is None


def _have_headlines(report: Report, names: Sequence[str]) -> bool:
    return all(report.question(name).headline for name in names)


def said(report: Report, name: str) -> str:
    """A sentence on one question: the share of its headline, else what most answered.

    report: from `open_report`; name: id of a question of any type. Raises KeyError where nobody
    ever answered it.
    """
    shown, asked = _asked(report, (name,))
    return _with_note(_said(shown, name), _note(report, shown, asked, (name,)))


def all_said(report: Report, name: str) -> str:
    """Sentences that tell all answers to one question of few options: what `said` tells, and the
    others.

    report: from `open_report`; name: id of a question whose options exclude each other. Raises
    KeyError where nobody ever answered it.
    """
    shown, asked = _asked(report, (name,))
    text, question = _said(shown, name), shown.question(name)
    first = question.headline or tuple(entry.id for entry in _options(shown, name).first.entries)
    others = [entry for entry in _options(shown, name).entries if entry.id not in first]
    given = [entry for entry in others if entry.share.hidden or entry.share.k]
    if given and not all(entry.share.hidden for entry in _options(shown, name).entries):
        alone = len(given) == 1 and given[0].share.k == 1
        key = f"questions.others.{'one' if alone else 'several'}"
        rest = report.texts(key, items=listed(given, report.texts))
        text = told(f"{text} {rest}", text, *(entry.share.k for entry in given))
    return _with_note(text, _note(report, shown, asked, (name,)))


def _said(report: Report, name: str) -> str:
    question = report.question(name)
    if question.type in ("number", "text"):
        return _measure_said(report, question)
    if all(report.share(name, option.code).hidden for option in question.options):
        return Wording(report.texts("questions.all_hidden"))
    if question.headline:
        share = report.share(name).full
        answer = quoted(report, question, question.headline)
        return told(report.texts("questions.headline", share=share, answer=answer), share)
    first = _options(report, name).first
    return told(report.texts("questions.most", answer=first.label, share=first.full), first.label)


def _options(report: Report, name: str) -> Order:
    """The answers to one question in order of size, in quotes."""
    return Order(
        [
            Ranked(option.code, _in_sentence(report, option), report.share(name, option.code))
            for option in report.question(name).options
        ],
        report.texts,
    )


def _measure_said(report: Report, question: Question) -> str:
    """How many wrote or gave a number, and where the numbers lie."""
    row = _measured(report, question.id)
    if pd.isna(row["n"]):
        return Wording(report.texts("questions.number_hidden"))
    n = _count(report, row, "n")
    text = told(report.texts(f"questions.{question.type}", n=str(n)), n)
    if row[list(QUARTILES)].isna().any():
        return text
    values = {each: _value(report, row, each) for each in ("mean", *QUARTILES)}
    sentences = [text, report.texts("questions.spread", **values)]
    persons = report.folder.config().min_cell
    if persons > 1:
        count = report.texts.number_word(persons)
        sentences.append(report.texts("questions.quartiles", count=count))
    return told(" ".join(sentences), text, *values.values())


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
