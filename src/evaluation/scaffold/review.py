"""What was inferred of an export, as a page to look through: doubts first, then a line for each
question."""

from collections.abc import Iterable
from itertools import groupby

from evaluation.base.markdown import escape
from evaluation.exchange.reading.export import Export, Remark
from evaluation.language.texts import texts
from evaluation.project.codebook import Question
from evaluation.project.doubts import Doubt
from evaluation.scaffold.doubts import OPEN

FILE = "REVIEW.md"
# lines of each part that a screen has room for, options and signs of a line, places of a remark
DOUBTS, QUESTIONS, REMARKS = 8, 10, 8
OPTIONS, WIDE, PLACES = 3, 110, 5


def questions(export: Export, language: str) -> list[str]:
    """A line for each question: its type, how many answered, and its first options."""
    words = texts(language)
    lines = []
    for question in export.codebook.questions.values():
        given = export.responses[question.columns]
        n = int((given != "").any(axis=1).sum())
        kind = words(f"new.review.types.{question.type}")
        line = f"{question.id}: {kind}, n = {words.number(n)}"
        lines.append(
            _short(f"{line}: {_options(question, language)}" if question.options else line)
        )
    return lines


def _options(question: Question, language: str) -> str:
    labels = [
        option.label.get(language) or next(iter(option.label.values()))
        for option in question.options
    ]
    more = f" (+{len(labels) - OPTIONS})" if len(labels) > OPTIONS else ""
    return " | ".join(labels[:OPTIONS]) + more


def remarks(found: Iterable[Remark], language: str) -> list[str]:
    """The remarks that leave nothing to decide, those of one rule together where they are many."""
    told = [remark for remark in found if remark.rule not in OPEN]
    lines = []
    for rule, same in groupby(sorted(told, key=lambda remark: remark.rule), lambda each: each.rule):
        alike = list(same)
        if len(alike) > 2:
            places = _few(remark.place for remark in alike)
            alike = [Remark(rule, places, _few(remark.value for remark in alike))]
        lines += [remark.text(language) for remark in alike]
    return lines


def _few(parts: Iterable[str]) -> str:
    different = list(dict.fromkeys(filter(None, parts)))
    more = f" (+{len(different) - PLACES})" if len(different) > PLACES else ""
    return ", ".join(different[:PLACES]) + more


def screen(
    read: str, open_: list[Doubt], lines: list[str], told: list[str], language: str
) -> list[str]:
    """What a terminal shows of it: at most a screen, doubts first."""
    words = texts(language)

    def first(lines: list[str], most: int) -> list[str]:
        left = len(lines) - most
        more = [words("new.review.more", count=words.number(left), file=FILE)] if left > 0 else []
        return [*lines[:most], *more]

    doubted = [f"{doubt.told} {words('new.review.change', change=doubt.change)}" for doubt in open_]
    return [read, *first(doubted, DOUBTS), *first(lines, QUESTIONS), *first(told, REMARKS)]


def page(read: str, open_: list[Doubt], lines: list[str], told: list[str], language: str) -> str:
    """The whole page, as Markdown."""
    words = texts(language)
    doubted = [
        f"- [ ] {escape(doubt.told)} {escape(words('new.review.change', change=doubt.change))}"
        for doubt in open_
    ]
    parts = [f"# {words('new.review.title')}", escape(read)]
    if doubted:
        parts += [
            f"## {words('new.review.doubts')}",
            words("new.review.decide"),
            "\n".join(doubted),
        ]
    for heading, part in (("questions", lines), ("remarks", told)):
        if part:
            parts += [
                f"## {words(f'new.review.{heading}')}",
                "\n".join(f"- {escape(line)}" for line in part),
            ]
    return "\n\n".join(parts) + "\n"


def _short(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= WIDE else f"{line[: WIDE - 1]}…"
