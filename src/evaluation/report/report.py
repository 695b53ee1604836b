"""What a chapter opens: the data of one evaluation in the words of one language.

report = open_report(language)
report.share("applied_for_funds").full      # "12 af 16 (75 %)"
report.ranked("development")                # a figure
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, overload

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.rounding import percent
from evaluation.language.texts import texts
from evaluation.project.codebook import Codebook, Option, Question
from evaluation.project.folder import FIGURES, Folder
from evaluation.report import findings, groups, tables
from evaluation.report.measured import Means, Measured, told_figures
from evaluation.report.order import Order, Ranked, listed
from evaluation.report.provenance import Count, Hidden, Origin, origin_of, told
from evaluation.report.shares import Share
from evaluation.report.tables import Column, Markdown
from evaluation.survey.population import population_of

if TYPE_CHECKING:
    from evaluation.project.parts import Parts
    from evaluation.report.figures import Drawing


STACKED = 3  # options of one question that a single bar shows


def open_report(language: str, root: Path | str | None = None, wave: int | None = None) -> "Report":
    """The report of an evaluation folder in a language.

    language: `da` or `en`; root: the folder or one within it (default: the working directory);
    wave: the one that all is about that names no other (default: the last). Raises InputError
    where there is no such folder, and once a number is asked for where there is no such wave.
    """
    return Report(Folder(root), language, wave)


class Report:
    """Numbers, lists, figures and tables of one evaluation in one language.

    `question` is the id of a question of the codebook, `option` the code of one of its answers,
    `name` the id of a fact, a theme list, a group of questions or a processed table, as the
    method says. A question, option, fact or list that does not exist raises KeyError, naming
    those that do. Tables are read when they are first needed, so that a chapter depends only on
    the files it uses.
    """

    def __init__(self, folder: Folder, language: str, wave: int | None = None):
        self.language = language
        self._wave = wave
        self.texts = texts(language)
        self.folder = folder
        self._read: dict[str, pd.DataFrame] = {}
        self._parts: dict[str, Parts] = {}

    @cached_property
    def survey(self) -> str:
        """The file with the answers to a survey; empty where there is none."""
        return self.folder.config().survey or ""

    # numbers

    @overload
    def share(self, question: str, *options: str, wave: int | None = None) -> Share: ...

    @overload
    def share(self, question: str, *options: str, wave: int | None = None, by: str) -> Order: ...

    def share(
        self, question: str, *options: str, wave: int | None = None, by: str = ""
    ) -> Share | Order:
        """How many gave one of `options` (default: the question's headline) to `question`.

        In an evaluation of several waves, `wave` is one of them (default: the report's). by: id of
        a background question; then the shares of the groups that it makes, in order of size:
        `report.share("trust", by="place").ends`, and `.share("odense")` of one group.

        Raises KeyError, naming what exists, for an unknown question or option, a `by` that is no
        background question, where a question without headline is asked for without options, and
        where the data have no such answers; ValueError for several options of a multiple-choice
        question, which do not add up; InputError for a question that nobody answered in this wave.
        The share is hidden where the count of any of the options is.
        """
        if by:
            return groups.order(self, question, by, options, wave)
        named = options or self.question(question).headline
        published = self.asked_for(question, options)
        answers = self.indicators(question, wave)
        rows = answers[answers["option"].isin(published)]
        if answers.empty and not self.rows("indicators", question).empty:
            raise self._not_asked(question, self.wave if wave is None else wave)
        if answers.empty or len(rows) < len(published):
            raise KeyError(f"the data have no answers {', '.join(named)} to {question}")
        n, population = map(_whole, answers[["n", "population"]].iloc[0])
        k = int(rows["k"].sum()) if published and rows["k"].notna().all() else None
        bounds: dict[str, Any] = {}
        if k is not None and n is not None and population is not None:
            # exclusive options: what all the silent could add, they can add once
            bounds = {"lower": k, "upper": k + population - n}
            if len(rows) == 1:
                row = rows.iloc[0]
                bounds["random"] = (int(row["random_low"]), int(row["random_high"]))
        origin = self._origin(question, named, tuple(rows["id"]))
        return Share(k, n, self.texts, population=population, origin=origin, **bounds)

    @overload
    def mean(self, question: str, *, wave: int | None = None) -> Measured: ...

    @overload
    def mean(self, question: str, *, wave: int | None = None, by: str) -> Means: ...

    def mean(self, question: str, *, wave: int | None = None, by: str = "") -> Measured | Means:
        """Where the numbers lie that were given to `question`: `report.mean("hours").full`.

        wave: as for `share`; by: id of a background question; then the numbers of the groups that
        it makes, in order of their means: `.ends`, and `.of("odense")` of one group.

        Raises KeyError for a question that is no number, and for a `by` that is no background
        question; InputError for a question that the wave did not ask.
        """
        if self.question(question).type != "number":
            raise KeyError(
                f"{question} is answered by {self.question(question).type}, not a number"
            )
        if by:
            return groups.means(self, question, by, wave)
        chosen = self.wave if wave is None else wave
        rows = self.rows("measures", question)
        rows = rows[rows["wave"] == chosen]
        if rows.empty:
            raise self._not_asked(question, chosen, "measures")
        return Measured(told_figures(rows.iloc[0]), self.texts, Origin((question,), self.survey))

    def asked_for(self, question: str, options: tuple[str, ...]) -> tuple[str, ...]:
        """The codes by which `options` of a question (default: its headline) are published.

        question, options: as for `share`, which it raises as.
        """
        asked = self.question(question)
        named = options or asked.headline
        known = [*asked.codes, *(code for joined in asked.collapse for code in joined.options)]
        if not named or not set(named) <= set(known):
            offered = ", ".join(dict.fromkeys(known))
            raise KeyError(f"{question} has the options {offered}, not {', '.join(named)}")
        if asked.type == "multiple" and len(named) > 1:
            raise ValueError(f"several answers to {question} may come from one respondent")
        return asked.published(named) or ()

    def has_answers(self, question: str) -> bool:
        """Whether anybody answered `question`, one with options, in the report's wave."""
        return not self.indicators(question, None).empty

    def fact(self, name: str) -> str:
        """The fact `name` of the registers: `21`, or `ca. 30` where the source is not exact."""
        value = self.texts.number(self.value(name))
        if self.fact_row(name)["approximate"] == "true":
            value = self.texts("approximately", value=value)
        return told(value, self.value(name))

    def fact_word(self, name: str) -> str:
        """The fact `name` of the registers, as a word up to twelve."""
        return self.word(self.value(name))

    def year(self, name: str) -> str:
        """The fact `name` of the registers, a year, without thousands mark."""
        return told(str(self.value(name)), self.value(name))

    def value(self, name: str) -> int:
        """The fact `name` of the registers as an integer, to calculate with."""
        row = self.fact_row(name)
        return Count(int(row["value"]), Origin((name,), "data/raw/facts.csv", (int(row["row"]),)))

    def share_of(self, k: int, n: int) -> Share:
        """k of n, for numbers that are calculated from others.

        k, n: counts, such as `value` gives; their origin goes with them.
        """
        return Share(k, n, self.texts, origin=origin_of(k, n))

    def share_of_facts(self, part: str, whole: str) -> Share:
        """The fact `part` of the registers as a share of the fact `whole`."""
        return self.share_of(self.value(part), self.value(whole))

    def percent_sum(self, question: str) -> str:
        """What the rounded percentages of a question's options add up to.

        question: one of a kind whose options exclude each other, or they add up to nothing.
        """
        options = self.question(question).options
        shares = [self.share(question, option.code) for option in options]
        counts = [share.k for share in shares]
        if any(share.hidden for share in shares):
            return told(self.texts("hidden"), *counts)
        total = sum(percent(share.k, share.n) for share in shares)
        return told(self.texts("percent", value=self.texts.number(total)), *counts)

    def rounding_note(self, question: str) -> str:
        """A sentence where the rounded percentages of a question's options do not make up the
        whole; empty where they do, and where some are hidden.

        question: with options that exclude each other.

        Raises ValueError for a multiple-choice question, whose percentages add up to nothing.
        """
        if self.question(question).type == "multiple":
            raise ValueError(f"several answers to {question} may come from one respondent")
        total = self.percent_sum(question)
        if total in (self.texts("percent", value=self.texts.number(100)), self.texts("hidden")):
            return ""
        return told(self.texts("rounding_note", sum=total), total)

    def others(self, question: str, *options: str) -> str:
        """A sentence with the answers to `question` that somebody gave besides `options`
        (default: the headline), in the order of the codebook; empty where nobody gave another."""
        asked = self.question(question)
        named = asked.published(options or asked.headline) or ()
        shares = [
            Ranked(option.code, self.in_text(option), self.share(question, option.code))
            for option in asked.options
            if option.code not in named
        ]
        given = [entry for entry in shares if entry.share.hidden or entry.share.k]
        if not given:
            return ""
        alone = len(given) == 1 and given[0].share.k == 1
        text = self.texts(
            f"others.{'one' if alone else 'several'}", items=listed(given, self.texts)
        )
        return told(text, *(entry.share.k for entry in given))

    def number(self, value: "int | Hidden") -> str:
        """`value`, an integer, in the number format of the language."""
        return self._told(self.texts.number, value)

    def word(self, value: int) -> str:
        """`value`, an integer, as a word up to twelve."""
        return self._told(self.texts.number_word, value)

    # lists

    def items(self, name: str) -> list[str]:
        """The entries of the theme list `name`, in the order of the source."""
        return self._list(name)[self.language].tolist()

    def count(self, name: str) -> str:
        """How many entries the theme list `name` has, as a word."""
        return self.word(self._length(name))

    def bullets(self, name: str) -> Markdown:
        """The theme list `name` as a bullet list."""
        return tables.bullets(self.items(name))

    def sentences(self, name: str) -> str:
        """The entries of the theme list `name`, a sentence each, one after the other."""
        entries = [f"{item.rstrip('.')}." for item in self.items(name)]
        return told(" ".join(entries), self._length(name))

    def enumeration(self, name: str) -> str:
        """The theme list `name` in a sentence: `a, b and c`."""
        listed = self.texts.enumeration([lower_first(item) for item in self.items(name)])
        return told(listed, self._length(name))

    # figures

    def ranked(self, *names: str, by: str = "") -> "Drawing":
        """Shares side by side, largest first.

        names: a group of questions, whose headlines are shown, a multiple-choice question, or
        several questions, of which the headlines are shown; by: id of a background question, of
        whose groups each share is then shown. Of one question the groups are ranked, of several the
        questions are, as those of all are. Raises KeyError for a `by` that is none.
        """
        if by:
            return groups.ranked(self, names, by)
        rows = [(item.label[self.language], share) for item, share in self.ranking(*names)]
        batteries = self.codebook.groups
        battery = self.codebook.in_group(names[0]) if names[0] in batteries else []
        asked = self.wording(*([question.id for question in battery] or names))
        found = findings.of_order(self.order(*names), self.texts)
        return findings.found(_figures().bars(rows, self.texts, found), found, asked)

    def order(self, *names: str) -> Order:
        """The shares of the figure `ranked(name)` for a sentence: what comes first, last and
        between; several `names` are questions, of which the headlines are compared."""
        rows = [
            Ranked(item.id if isinstance(item, Question) else item.code, self.in_text(item), share)
            for item, share in self.ranking(*names)
        ]
        return Order(rows, self.texts)

    def counts(self, name: str) -> str:
        """The counts in the order of the figure `ranked(name)`: `14, 13, 12, 12, 10 and 8`.

        name: as in `ranked`.
        """
        shares = [share for _, share in self.ranking(name)]
        text = self.texts.enumeration([self.number(share.k) for share in shares])
        return told(text, *(share.k for share in shares))

    def answers(self, *questions: str, by: str = "") -> "Drawing":
        """The answers to `questions` with the same options, one stacked bar a question: from three
        on to either side of the middle where the options are an ordered scale. The answers to one
        question without a scale are bars of their own where they are many.

        by: id of a background question; then the answers to one question, one bar a group, with all
        options or, where counts would be hidden, with the headline against all other answers.

        Raises ValueError where their options are not the same, or several are asked for by groups.
        """
        if by:
            if len(questions) > 1:
                raise ValueError("by groups the answers to one question are shown at a time")
            return groups.answered(self, questions[0], by)
        asked = [self.question(question) for question in questions]
        if any(question.codes != asked[0].codes for question in asked):
            raise ValueError(f"{', '.join(questions)} do not share their options")
        found = self._finding(asked)
        if len(asked) == 1 and asked[0].type != "ordinal" and len(asked[0].codes) > STACKED:
            drawing = self._bars_of_answers(asked[0], found)
        else:
            codes = asked[0].codes
            rows = [
                (self.label(question), [self.share(question.id, code) for code in codes])
                for question in asked
            ]
            drawing = self.drawn_answers(asked[0], rows, found)
        return findings.found(drawing, found, self.wording(*questions))

    def drawn_answers(
        self, question: Question, rows: list[tuple[str, list[Share]]], title: str = ""
    ) -> "Drawing":
        """Bars of answers with the options of a question; rows: (label, share of each option).

        question: one of the codebook, see `Report.question`; title: what they find, to stand above.
        """
        names = [option.label[self.language] for option in question.options]
        if question.type == "ordinal":
            return _figures().diverging_bars(
                rows, names, question.sides, self.texts, title, question.neutral
            )
        off_scale = [option.off_scale for option in question.options]
        return _figures().stacked_bars(rows, names, off_scale, self.texts, title)

    def _finding(self, asked: list[Question]) -> str:
        """What the answers to some questions find; empty where they have no one answer to tell."""
        headlines = {question.headline for question in asked}
        if len(asked) == 1 and not asked[0].headline and asked[0].type != "multiple":
            first = self.order(asked[0].id).first
            return findings.of_most(self.label(asked[0]), first)
        if len(headlines) > 1 or not asked[0].headline:
            return ""
        answer = groups.headline(self, asked[0])
        if len(asked) == 1:
            return findings.of_answer(self.label(asked[0]), answer, self.share(asked[0].id))
        names = [question.id for question in asked]
        if len(asked) == 2:
            entries = [Ranked(q.id, self.in_text(q), self.share(q.id)) for q in asked]
            return findings.of_answers(answer, entries, self.texts)
        return findings.of_order(self.order(*names), self.texts, answer)

    def _bars_of_answers(self, question: Question, title: str) -> "Drawing":
        rows = [
            (option.label[self.language], self.share(question.id, option.code))
            for option in question.options
        ]
        label = self.label(question)
        drawing = _figures().bars(rows, self.texts, title)
        # a column for each option, and one for those who did not answer
        share = self.texts("columns.share")
        numbers = {
            (column := one.row if one.column == share else one.column): replace(
                one, row=label, column=column
            )
            for one in drawing.numbers
        }
        return replace(drawing, numbers=tuple(numbers.values()))

    def crosstab(self, row: str, column: str) -> Markdown:
        """A table of the answers to `column` in each group that `row` makes, in the report's wave.

        row, column: ids of questions with options, `row` one whose options exclude each other.
        Small counts are hidden, and those that would give them away, see `survey.crosstabs`; with a
        background question the other is its headline against all other answers where else counts
        would be hidden. Raises
        InputError for rows that were rebuilt from published figures, ValueError for a `row` of
        several answers.
        """
        return groups.crosstab(self, row, column)

    def numbers(self, *questions: str, by: str = "") -> "Drawing":
        """Where the numbers lie that were given to `questions`: their middle half, median and mean.

        by: id of a background question; then the numbers of the groups that it makes, of one
        question. Raises as `mean`, and ValueError for several questions by groups.
        """
        from evaluation.report.figures.boxes import boxes

        if by and len(questions) > 1:
            raise ValueError("by groups the answers to one question are shown at a time")
        rows = [(self.label(self.question(name)), self.mean(name)) for name in questions]
        if by:
            means = self.mean(questions[0], by=by)
            options = groups.background(self, by).options
            rows = [(group.label[self.language], means.of(group.code)) for group in options]
        return findings.found(boxes(rows, self.texts), "", self.wording(*questions))

    # waves

    @cached_property
    def waves(self) -> list[int]:
        """The waves of the survey; none where the figures are of one only."""
        waves = self._taken("indicators").values("wave")
        if not waves and self.folder.has("answered"):
            # nothing was asked that can be counted
            waves = self._taken("answered").values("wave")
        return sorted(map(int, waves))

    @cached_property
    def wave(self) -> int:
        """The wave that all is about that names no other.

        Raises InputError, naming those that exist, for one that does not.
        """
        if self._wave is None:
            return self.waves[-1]
        if self._wave not in self.waves:
            known = ", ".join(map(str, self.waves)) or "none"
            raise InputError(
                "parameter wave",
                f"the waves of the survey are {known}",
                "use one of them" if self.waves else "leave it out",
                value=self._wave,
            )
        return self._wave

    def at(self, wave: int) -> "Report":
        """The same report, about another wave.

        wave: one of `waves`.
        """
        return open_report(self.language, self.folder.root, wave)

    @cached_property
    def has_population(self) -> bool:
        """Whether it is known how many there were to ask in the report's wave."""
        declared = self.folder.config().population
        if isinstance(declared, dict):
            declared = population_of(declared, self.wave)
        return declared is not None

    # what the views are made from

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook as it is published: see `Folder.published_codebook`."""
        return self.folder.published_codebook()

    @cached_property
    def method_questions(self) -> dict[str, Question]:
        """The questions of the methods, see `Folder.items`."""
        return self.folder.items()

    def read(self, name: str) -> pd.DataFrame:
        """The processed table `name`, read once and not to be changed.

        Raises InputError where no notebook has written it.
        """
        if name not in self._read:
            self._read[name] = self.folder.read(name)
        return self._read[name]

    def rows(self, name: str, question: str) -> pd.DataFrame:
        """The rows about a question of the processed table `name`, not to be changed: a chapter
        that reads no others stays as it is when others change.

        question: its id. Raises InputError where no notebook has written it.
        """
        return self.rows_of(name, "question", question)

    def rows_of(self, name: str, column: str, value: str) -> pd.DataFrame:
        """The rows of the processed table `name` that have `value` in `column`, as `rows`.

        column, value: such as `by` and a background question.
        """
        return self._taken(name).rows(column, value)

    def _taken(self, name: str) -> "Parts":
        if name not in self._parts:
            self._parts[name] = self.folder.parts(name)
        return self._parts[name]

    def _list(self, name: str) -> pd.DataFrame:
        themes = self.read("themes")
        rows = themes[themes["list"] == name]
        if rows.empty:
            raise KeyError(f"the theme lists are {', '.join(themes['list'].unique())}, not {name}")
        return rows

    def _length(self, name: str) -> Count:
        rows = tuple(map(int, self._list(name)["row"]))
        return Count(len(rows), Origin((name,), "data/raw/themes.csv", rows))

    def _told(self, form: Callable[[int], str], value: int | Hidden) -> str:
        return told(str(value) if isinstance(value, Hidden) else form(value), value)

    def indicators(self, question: str, wave: int | None = None) -> pd.DataFrame:
        """The published indicators of a question in one wave; ids of an earlier one end in
        `@wave`.

        question: its id; wave: as for `share`.
        """
        table = self.rows("indicators", question)
        if "wave" not in table and self._wave is None:
            return table
        chosen = self.wave if wave is None else wave
        rows = table[table["wave"] == chosen]
        return rows if chosen == self.waves[-1] else rows.assign(id=rows["id"] + f"@{chosen}")

    def _not_asked(self, question: str, wave: int, table: str = "indicators") -> InputError:
        others = sorted(self.rows(table, question)["wave"].unique())
        return InputError(
            self.survey,
            f"a chapter shows waves in which a question was answered: {question} was not in wave"
            f" {wave}, but in {', '.join(map(str, others))}",
            "take it out of the chapter, name the wave (share(..., wave=...)), or show it by"
            " questions.said and questions.figure, which find a wave that has it",
            column=question,
        )

    def _origin(self, question: str, options: tuple[str, ...], about: tuple[str, ...]) -> Origin:
        """The survey, or the lines of the published figures behind answers to a question."""
        if self.survey:
            return Origin(about, self.survey)
        joined = self.question(question).collapse
        parts = {code for part in joined if part.code in options for code in part.options}
        sources = self.rows("sources", question)
        lines = sources["option"].isin({*options, *parts})
        return Origin(about, FIGURES, tuple(map(int, sources.loc[lines, "row"])))

    def question(self, question: str) -> Question:
        """The question of the codebook with the id `question`; raises KeyError, naming what exists,
        for another."""
        questions = self.codebook.questions
        if question not in questions:
            raise KeyError(f"the codebook has no question {question}: {', '.join(questions)}")
        return questions[question]

    def fact_row(self, name: str) -> Any:
        """The row `name` of the register of facts."""
        facts = self.read("facts").set_index("id")
        if name not in facts.index:
            raise KeyError(f"the facts are {', '.join(facts.index)}, not {name}")
        return facts.loc[name]

    def ranking(self, *names: str) -> list[tuple[Question | Option, Share]]:
        """What `ranked` shows, in its order: questions or options with their shares.

        names: as for `ranked`.
        """
        codebook = self.codebook
        name = names[0]
        rows: list[tuple[Question | Option, Share]]
        if len(names) > 1:
            rows = [(self.question(each), self.share(each)) for each in names]
        elif name in codebook.groups:
            rows = [(question, self.share(question.id)) for question in codebook.in_group(name)]
        else:
            rows = [
                (option, self.share(name, option.code)) for option in self.question(name).options
            ]
        # what is hidden stands last, in the order of the codebook: its place tells nothing
        return sorted(
            rows, key=lambda row: (0, -row[1].k / row[1].n) if not row[1].hidden else (1,)
        )

    def wording(self, *questions: str) -> tuple[str, ...]:
        """The words in which questions were asked; the stem of a battery stands for it, once.

        questions: their ids.
        """
        asked = map(self.question, questions)
        texts = [
            (question.group and self.codebook.groups[question.group].question) or question.question
            for question in asked
        ]
        return tuple(dict.fromkeys(text[self.language] for text in texts))

    def label(self, question: Question) -> str:
        """What a question is called in figures and tables.

        question: one of the codebook, see `Report.question`.
        """
        return question.label[self.language]

    def in_text(self, item: Question | Option) -> str:
        """What a question or an option is called inside a sentence.

        item: one of the codebook.
        """
        given = item.in_text or {}
        return given.get(self.language) or lower_first(item.label[self.language])

    def column(self, name: str, width: int, numeric: bool = False) -> Column:
        """A column of a table, headed by the text `columns.NAME` in the report's language.

        name: key of that text; width: relative to the other columns; numeric: whether it is set to
        the right.
        """
        return Column(self.texts(f"columns.{name}"), width, numeric)


def _figures() -> ModuleType:
    """The drawing library: slow to import, and a chapter without figures does without it."""
    from evaluation.report import figures

    return figures


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def lower_first(text: str) -> str:
    """`text` as it stands inside a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """`text` as it stands at the beginning of a heading or a sentence."""
    return text[:1].upper() + text[1:]
