"""What a chapter opens: the data of one evaluation in the words of one language.

report = open_report(language)
report.share("applied_for_funds").full      # "12 af 16 (75 %)"
report.ranked("development")                # a figure
"""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from evaluation import tables
from evaluation.clean import FIGURES
from evaluation.codebook import Codebook, Question
from evaluation.folder import Folder
from evaluation.provenance import Count, Origin, origin_of, told
from evaluation.rounding import percent
from evaluation.tables import Column, Markdown
from evaluation.texts import texts
from evaluation.wording import Share

if TYPE_CHECKING:
    from evaluation.figures import Drawing


def open_report(language: str, root: Path | None = None) -> "Report":
    """The report of the evaluation folder around `root` (default: the working directory)."""
    return Report(Folder(root), language)


class Report:
    """Numbers, lists, figures and tables of one evaluation in one language.

    Tables are read when they are first needed, so that a chapter depends only on the files it
    uses.
    """

    def __init__(self, folder: Folder, language: str):
        self.language = language
        self.texts = texts(language)
        self.folder = folder
        self._read: dict[str, pd.DataFrame] = {}

    # numbers

    def share(self, question: str, *options: str) -> Share:
        """How many gave one of `options` (default: the question's headline) to `question`.

        Raises KeyError, naming what exists, for an unknown question or option, where a question
        without headline is asked for without options, and where the data have no such answers;
        ValueError for several options of a multiple-choice question, which do not add up.
        """
        asked = self.question(question)
        wanted = options or asked.headline
        unknown = [code for code in wanted if code not in asked.codes]
        if unknown or not wanted:
            raise KeyError(f"{question} has the options {', '.join(asked.codes)}, not {unknown}")
        if asked.type == "multiple" and len(wanted) > 1:
            raise ValueError(f"several answers to {question} may come from one respondent")
        table = self.read("indicators")
        rows = table[(table["question"] == question) & table["option"].isin(wanted)]
        if len(rows) < len(wanted):
            raise KeyError(f"the data have no answers {', '.join(wanted)} to {question}")
        k, n = int(rows["k"].sum()), int(rows["n"].iloc[0])
        bounds = {}
        if rows["upper_bound"].notna().all():
            # exclusive options: what all the silent could add, they can add once
            silent = int(rows["upper_bound"].iloc[0] - rows["k"].iloc[0])
            bounds = {"lower": k, "upper": k + silent, "population": n + silent}
            if len(rows) == 1:
                bounds["random"] = (
                    int(rows["random_low"].iloc[0]),
                    int(rows["random_high"].iloc[0]),
                )
        origin = Origin(
            about=tuple(f"{question}.{code}" for code in wanted),
            file=FIGURES,
            rows=self._figure_rows(question, wanted),
        )
        return Share(k, n, self.texts, origin=origin, **bounds)

    def fact(self, name: str) -> str:
        """A figure of the registers: `21`, or `ca. 30` where the source gives it roughly."""
        value = self.texts.number(self.value(name))
        if self.fact_row(name)["approximate"] == "true":
            value = self.texts("approximately", value=value)
        return told(value, self.value(name))

    def fact_word(self, name: str) -> str:
        """A figure of the registers, as a word up to twelve."""
        return self.word(self.value(name))

    def year(self, name: str) -> str:
        """A figure of the registers that is a year, without thousands mark."""
        return told(str(self.value(name)), self.value(name))

    def value(self, name: str) -> int:
        """A figure of the registers as an integer, to calculate with."""
        row = self.fact_row(name)
        return Count(int(row["value"]), Origin((name,), "data/raw/facts.csv", (int(row["row"]),)))

    def share_of(self, k: int, n: int) -> Share:
        """k of n, for numbers that are calculated from others."""
        return Share(k, n, self.texts, origin=origin_of(k, n))

    def share_of_facts(self, part: str, whole: str) -> Share:
        """One figure of the registers as a share of another."""
        return self.share_of(self.value(part), self.value(whole))

    def percent_sum(self, question: str) -> str:
        """What the rounded percentages of a question's options add up to."""
        options = self.question(question).options
        shares = [self.share(question, option.code) for option in options]
        total = sum(percent(share.k, share.n) for share in shares)
        text = self.texts("percent", value=self.texts.number(total))
        return told(text, *(share.k for share in shares))

    def number(self, value: int) -> str:
        """An integer in the number format of the language."""
        return told(self.texts.number(value), value)

    def word(self, value: int) -> str:
        """An integer as a word up to twelve."""
        return told(self.texts.number_word(value), value)

    # lists

    def items(self, name: str) -> list[str]:
        """The entries of a theme list, in the order of the source."""
        return self._list(name)[self.language].tolist()

    def count(self, name: str) -> str:
        """How many entries a theme list has, as a word."""
        return self.word(self._length(name))

    def bullets(self, name: str) -> Markdown:
        """A theme list as a bullet list."""
        return tables.bullets(self.items(name))

    def enumeration(self, name: str) -> str:
        """A theme list in a sentence: `a, b and c`."""
        listed = self.texts.enumeration([_lower_first(item) for item in self.items(name)])
        return told(listed, self._length(name))

    # figures

    def ranked(self, name: str) -> "Drawing":
        """Shares side by side, largest first: the headlines of a group of questions, or the
        options of a multiple-choice question."""
        return _figures().bars(self._ranked(name), self.texts)

    def counts(self, name: str) -> str:
        """The counts in the order of that figure: `14, 13, 12, 12, 10 and 8`."""
        shares = [share for _, share in self._ranked(name)]
        text = self.texts.enumeration([self.texts.number(share.k) for share in shares])
        return told(text, *(share.k for share in shares))

    def answers(self, *questions: str) -> "Drawing":
        """The answers to questions with the same options, one stacked bar a question."""
        asked = [self.question(question) for question in questions]
        if any(question.codes != asked[0].codes for question in asked):
            raise ValueError(f"{', '.join(questions)} do not share their options")
        options = asked[0].options
        rows = [
            (
                self.label(question),
                [self.share(question.id, option.code) for option in options],
            )
            for question in asked
        ]
        return _figures().stacked_bars(
            rows,
            [option.label[self.language] for option in options],
            [option.off_scale for option in options],
            self.texts,
        )

    # what the views are made from

    @cached_property
    def codebook(self) -> Codebook:
        return self.folder.codebook()

    def read(self, name: str) -> pd.DataFrame:
        """The processed table NAME, read once."""
        if name not in self._read:
            self._read[name] = self.folder.read(name)
        return self._read[name]

    def _list(self, name: str) -> pd.DataFrame:
        themes = self.read("themes")
        rows = themes[themes["list"] == name]
        if rows.empty:
            raise KeyError(f"the theme lists are {', '.join(themes['list'].unique())}, not {name}")
        return rows

    def _length(self, name: str) -> Count:
        rows = tuple(map(int, self._list(name)["row"]))
        return Count(len(rows), Origin((name,), "data/raw/themes.csv", rows))

    def _figure_rows(self, question: str, options: tuple[str, ...]) -> tuple[int, ...]:
        """Lines of the published figures behind the answers to a question."""
        counts = self.read("counts")
        rows = counts[(counts["question"] == question) & counts["option"].isin(options)]
        return tuple(map(int, rows["row"]))

    def question(self, question: str) -> Question:
        """A question of the codebook; raises KeyError, naming what exists, for another."""
        questions = self.codebook.questions
        if question not in questions:
            raise KeyError(f"the codebook has no question {question}: {', '.join(questions)}")
        return questions[question]

    def fact_row(self, name: str) -> pd.Series:
        """A row of the register of facts; raises KeyError, naming what exists, for another."""
        facts = self.read("facts").set_index("id")
        if name not in facts.index:
            raise KeyError(f"the facts are {', '.join(facts.index)}, not {name}")
        return facts.loc[name]

    def _ranked(self, name: str) -> list[tuple[str, Share]]:
        codebook = self.codebook
        if name in codebook.groups:
            rows = [
                (self.label(question), self.share(question.id))
                for question in codebook.in_group(name)
            ]
        else:
            rows = [
                (option.label[self.language], self.share(name, option.code))
                for option in self.question(name).options
            ]
        return sorted(rows, key=lambda row: -row[1].k / row[1].n)

    def label(self, question: Question) -> str:
        """What a question is called in figures and tables."""
        return question.label[self.language]

    def column(self, name: str, width: int, numeric: bool = False) -> Column:
        """A column of a table, headed in the language of the report."""
        return Column(self.texts(f"columns.{name}"), width, numeric)


def _figures():
    """The drawing library: slow to import, and a chapter without figures does without it."""
    from evaluation import figures

    return figures


def _lower_first(text: str) -> str:
    """A list entry as it stands inside a sentence; an abbreviation keeps its capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
