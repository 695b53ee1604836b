"""A survey of several waves: the answers to a question in each, and what changed between them.

How two waves are compared is one thing a report: pair by pair where respondents are known again,
as two cross-sections where not; see `evaluation.survey.waves`.
"""

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from evaluation.base.frames import each_row
from evaluation.project.codebook import Question
from evaluation.report import formats, tables
from evaluation.report.chapters.questions import quoted, waves_of
from evaluation.report.provenance import Count, Hidden, Origin, Told, Wording, told
from evaluation.report.report import Report
from evaluation.report.tables import Column, Markdown
from evaluation.survey.waves import PAIRS, SECTIONS, method

if TYPE_CHECKING:
    from evaluation.report.figures import Drawing


def answers(report: Report, question: str) -> "Drawing":
    """The answers to one question, one bar a wave that asked it.

    report: from `open_report`; question: id of one with options.
    """
    asked = report.question(question)
    rows = [
        (
            _name(report, wave),
            [report.share(question, option.code, wave=wave) for option in asked.options],
        )
        for wave in waves_of(report, question)
    ]
    return report.drawn_answers(asked, rows)


def headlines(report: Report, *names: str) -> "Drawing":
    """The headline shares of questions, one bar for each wave that asked, the first wave first.

    report: from `open_report`; names: ids of questions with a headline.
    """
    # the drawing library is slow to import, and tables do without it
    from evaluation.report.figures import bars

    rows = [
        (
            report.texts(
                "waves.of_question",
                question=report.label(report.question(name)),
                wave=_name(report, wave),
            ),
            report.share(name, wave=wave),
        )
        for name in names
        for wave in waves_of(report, name)
    ]
    return bars(rows, report.texts)


def caption(report: Report, *names: str) -> str:
    """What the figure of `headlines` shows: the answer, where the shares are all about one.

    report: from `open_report`; names: those of the figure.
    """
    questions = [report.question(name) for name in names]
    answers_ = {quoted(report, question, question.headline) for question in questions}
    if len(answers_) > 1:
        return report.texts("waves.headlines")
    asked = report.wording(*names)
    # several wordings stand in the labels of the bars
    stem = [*asked] if len(asked) == 1 else []
    return " ".join([*stem, report.texts("waves.caption", answers=answers_.pop())])


def answered(report: Report) -> Markdown:
    """How many answered in each wave, of how many there are to ask where that is known.

    report: from `open_report`.
    """
    rows = []
    for row in each_row(report.read("answered")):
        origin = _origin(report, (f"answered@{row.wave}",))
        told_ = formats.answered(report, row.respondents, row.population, origin)
        rows.append([_name(report, row.wave), told_])
    return tables.pipe_table(
        [_column(report, "wave", 20), _column(report, "answered", 30, numeric=True)], rows
    )


def on_answered(report: Report) -> str:
    """What the table of `answered` shows, as the rest of a sentence that names it.

    report: from `open_report`.
    """
    known = report.read("answered")["population"].notna()
    key = "all" if known.all() else "some" if known.any() else "none"
    return Wording(report.texts(f"waves.on_answered.{key}"))


def compared(report: Report) -> str:
    """Sentences on how each wave is compared with the next, and what the test of it can tell.

    report: from `open_report`.
    """
    table = report.read("answered").sort_values("wave")
    return _joined([_compared(report, *rows) for rows in pairwise(each_row(table))])


def changes(report: Report) -> Markdown:
    """For each headline its share in following waves and the test of the change; where
    respondents are known again, how many of those who answered both times gained and lost it.

    report: from `open_report`.
    """
    table = report.read("changes")
    # the columns that every row would have alike are left out
    several = len(table[["before", "after"]].drop_duplicates()) > 1
    paired = bool((table["method"] == PAIRS).any())
    rows = []
    for row in each_row(table):
        question = report.question(row.question)
        waves = [report.share(row.question, wave=wave) for wave in (row.before, row.after)]
        test = (
            report.texts(f"waves.refused.{row.refused}")
            if row.refused
            else formats.p_value(report, row.p_holm)
        )
        between = f"{row.before} → {row.after}"
        counts = [_change(report, row, name) for name in ("pairs", "gained", "lost")]
        rows.append(
            [
                report.label(question),
                *([between] if several else []),
                *(share.full for share in waves),
                *(counts if paired else []),
                test,
            ]
        )
    followed = [_column(report, name, 9, numeric=True) for name in ("pairs", "gained", "lost")]
    columns = [
        _column(report, "question", 30),
        *([_column(report, "waves", 9)] if several else []),
        _column(report, "before", 17),
        _column(report, "after", 17),
        *(followed if paired else []),
        _column(report, "test", 16),
    ]
    return tables.pipe_table(columns, rows)


def tested(report: Report) -> str:
    """How many changes were tested together.

    report: from `open_report`.
    """
    tests = report.read("changes")["tests"].dropna()
    return report.number(Count(int(tests.max()) if len(tests) else 0, _origin(report, ())))


def asked(report: Report) -> Markdown:
    """The questions that each wave asked for the first time or no longer, with their wording.

    report: from `open_report`.
    """
    waves = {
        question.id: waves_of(report, question.id)
        for question in report.codebook.questions.values()
        if question.was_asked
    }
    parts = []
    for before, after in pairwise(report.waves):
        new = [name for name, found in waves.items() if found and min(found) == after]
        left = [name for name, found in waves.items() if before in found and after not in found]
        for key, names in (("new", new), ("left", left)):
            if names:
                heading = report.texts(f"waves.{key}", wave=report.texts.number(after))
                items = [_worded(report, report.question(name)) for name in names]
                parts += [heading, tables.bullets(items).source]
    return Markdown("\n\n".join(parts) or report.texts("waves.all_asked"))


def _worded(report: Report, question: Question) -> str:
    """The wording of a question, after the stem of its battery."""
    text = question.question[report.language]
    stem = report.wording(question.id)[0]
    return text if stem == text else f"{stem} {text}"


def _compared(report: Report, before: Any, after: Any) -> str:
    """before, after: rows of the table `answered`."""
    number, origin = report.texts.number, _origin(report, (f"known@{after.wave}",))
    how = method(after.known, report.folder.config().min_cell)
    waves = {"before": number(before.wave), "after": number(after.wave)}
    table = report.read("changes")
    rows = table[table["after"] == after.wave]
    tests = rows["tests"].dropna()
    known, run = Count(after.known, origin), Count(int(tests.max()) if len(tests) else 0, origin)
    key = "pairs" if how == PAIRS else "few" if known else "nobody"
    sentences = [report.texts(f"waves.{key}", known=number(known), **waves)]
    if (rows["refused"] == "hidden").any():
        sentences.append(report.texts(f"waves.kept_back.{how}"))
    if run:
        sentences.append(report.texts(f"waves.test.{how}"))
    if run > 1:
        sentences.append(report.texts("waves.holm", tests=number(run)))
    if how == SECTIONS and run:
        sentences += _of_population(report, before, after)
    return told(" ".join(sentences), known, *sentences)


def _of_population(report: Report, before: Any, after: Any) -> list[str]:
    """A sentence where everybody answered, or more in both waves than there are people, if these
    are the same; none where nobody knows how many there are."""
    if pd.isna(before.population) or pd.isna(after.population):
        return []
    if all(row.respondents == row.population for row in (before, after)):
        return [report.texts("waves.whole")]
    most = max(before.population, after.population)
    if before.respondents + after.respondents <= most:
        return []
    counts = [
        Count(int(row.respondents), _origin(report, (f"answered@{row.wave}",)))
        for row in (before, after)
    ]
    first, second, population = map(report.texts.number, (*map(int, counts), most))
    text = report.texts("waves.overlap", first=first, second=second, population=population)
    return [told(text, *counts)]


def _joined(sentences: list[str]) -> str:
    return told(" ".join(sentences), *sentences)


def _name(report: Report, wave: int) -> str:
    return report.texts("waves.wave", wave=report.texts.number(wave))


def _change(report: Report, row: Any, name: str) -> str:
    if row.method == SECTIONS:
        return Told(report.texts("not_available"), _origin(report, (f"{row.question}.{name}",)))
    return _count(report, row, name)


def _count(report: Report, row: Any, name: str) -> str:
    value, origin = getattr(row, name), _origin(report, (f"{row.question}.{name}",))
    if pd.isna(value):
        return report.number(Hidden(report.texts("hidden"), origin))
    return report.number(Count(int(value), origin))


def _origin(report: Report, about: tuple[str, ...]) -> Origin:
    return Origin(about, report.survey)


def _column(report: Report, name: str, width: int, numeric: bool = False) -> Column:
    return Column(report.texts(f"waves.columns.{name}"), width, numeric)
