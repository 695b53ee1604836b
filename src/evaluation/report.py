"""What a chapter opens: the data of one evaluation in the words of one language.

report = open_report(language)
report.share("applied_for_funds").full      # "12 af 16 (75 %)"
report.ranked("development")                # a figure
"""

import re
from fractions import Fraction
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pandas as pd

from evaluation import ledger, tables
from evaluation.audit import STATEMENTS
from evaluation.clean import FIGURES
from evaluation.codebook import Question
from evaluation.folder import Folder
from evaluation.provenance import Count, Origin, origin_of, told
from evaluation.rounding import percent
from evaluation.tables import Column, Markdown
from evaluation.texts import texts
from evaluation.wording import QUANTIFIERS, Share

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
        self._folder = folder
        self._read: dict[str, pd.DataFrame] = {}

    # numbers

    def share(self, question: str, *options: str) -> Share:
        """How many gave one of `options` (default: the question's headline) to `question`.

        Raises KeyError, naming what exists, for an unknown question or option, where a question
        without headline is asked for without options, and where the data have no such answers;
        ValueError for several options of a multiple-choice question, which do not add up.
        """
        asked = self._question(question)
        wanted = options or asked.headline
        unknown = [code for code in wanted if code not in asked.codes]
        if unknown or not wanted:
            raise KeyError(f"{question} has the options {', '.join(asked.codes)}, not {unknown}")
        if asked.type == "multiple" and len(wanted) > 1:
            raise ValueError(f"several answers to {question} may come from one respondent")
        table = self._table("indicators")
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
        if self._fact(name)["approximate"] == "true":
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
        row = self._fact(name)
        return Count(int(row["value"]), Origin((name,), "data/raw/facts.csv", (int(row["row"]),)))

    def share_of(self, k: int, n: int) -> Share:
        """k of n, for numbers that are calculated from others."""
        return Share(k, n, self.texts, origin=origin_of(k, n))

    def share_of_facts(self, part: str, whole: str) -> Share:
        """One figure of the registers as a share of another."""
        return self.share_of(self.value(part), self.value(whole))

    def percent_sum(self, question: str) -> str:
        """What the rounded percentages of a question's options add up to."""
        options = self._question(question).options
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
        asked = [self._question(question) for question in questions]
        if any(question.codes != asked[0].codes for question in asked):
            raise ValueError(f"{', '.join(questions)} do not share their options")
        options = asked[0].options
        rows = [
            (
                self._label(question),
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

    # tables

    def data_basis(self) -> Markdown:
        """The sources of data: method, who, how many, out of how many."""
        rows = [
            [
                self.texts(f"methods.{row['method']}"),
                row[self.language],
                self._count(row["count"]),
                self.fact(row["of"]) if row["of"] else self.texts("not_available"),
                row[f"note_{self.language}"],
            ]
            for _, row in self._table("data_basis").iterrows()
        ]
        return tables.pipe_table(
            [
                self._column("method", 14),
                self._column("source", 30),
                self._column("count", 13, numeric=True),
                self._column("of", 9, numeric=True),
                self._column("note", 34),
            ],
            rows,
        )

    def objectives(self, *parts: str) -> Markdown:
        """The objectives of some parts of the programme, with judgement and key figures."""
        table = self._table("objectives")
        rows = [
            [
                row[f"objective_{self.language}"],
                self.texts(f"verdicts.{row['verdict']}"),
                self._evidence(row["evidence"]),
                self._carried(row),
            ]
            for _, row in table[table["part"].isin(parts)].iterrows()
        ]
        if not rows:
            raise KeyError(f"the parts are {', '.join(table['part'].unique())}, not {parts}")
        return tables.pipe_table(
            [
                self._column("objective", 26),
                self._column("verdict", 13),
                self._column("evidence", 36),
                self._column("limits", 25),
            ],
            rows,
        )

    def verdict_count(self, *verdicts: str) -> str:
        """How many objectives were judged as one of `verdicts`, as a word."""
        table = self._table("objectives")
        return self._counted(table[table["verdict"].isin(verdicts)])

    def objective_count(self) -> str:
        """How many objectives there are, as a word."""
        return self._counted(self._table("objectives"))

    def all_shares(self) -> Markdown:
        """Headline shares, their worst-case bounds over the population, and the interval that
        holds if those who did not answer are a random part of it."""
        rows = []
        for question in self._folder_codebook().questions.values():
            if not question.headline:
                continue
            share = self.share(question.id)
            over_all = [self.texts("not_available")] * 2
            if share.population:
                over_all = [share.bounds, share.if_random]
            answer = self.texts.enumeration(
                [
                    option.label[self.language]
                    for option in question.options
                    if option.code in question.headline
                ]
            )
            told = [self._label(question), answer, share.count_of_n, share.percent]
            rows.append([*told, *over_all])
        return tables.pipe_table(
            [
                self._column("question", 28),
                self._column("option", 18),
                self._column("answers", 10, numeric=True),
                self._column("share", 8, numeric=True),
                self._column("bounds", 18),
                self._column("random", 18),
            ],
            rows,
        )

    def audit_figures(self) -> Markdown:
        """Questions whose printed percentages do not add up to a hundred, and why."""
        table = self._audited_figures()
        rows = [
            [
                self._label(self._question(row.question)),
                row.section,
                self.texts.number(row.n),
                self.texts("percent", value=self.texts.number(row.total)),
                self.texts(f"audit.findings.{row.finding}"),
            ]
            for row in table[table["finding"] != "ok"].itertuples()
        ]
        columns = [
            self._column("question", 34),
            self._column("section", 10),
            self._column("n", 6, numeric=True),
            self._column("sum", 12, numeric=True),
            self._column("finding", 20),
        ]
        return tables.pipe_table(columns, rows)

    def audit_statements(self, *verdicts: str) -> Markdown:
        """Statements of the source beside their figures, for some verdicts."""
        table = self._table("audit_statements")
        rows = [
            [
                row[f"paraphrase_{self.language}"],
                row["section"],
                row["quantifier"],
                self.texts("not_available")
                if pd.isna(row["k"])
                else Share(int(row["k"]), int(row["n"]), self.texts).full,
                self.texts(f"audit.verdicts.{row['verdict']}"),
                row[f"note_{self.language}"],
            ]
            for _, row in table[table["verdict"].isin(verdicts)].iterrows()
        ]
        columns = [
            self._column("statement", 28),
            self._column("section", 9),
            self._column("source_words", 13),
            self._column("figure", 13),
            self._column("finding", 14),
            self._column("note", 23),
        ]
        return tables.pipe_table(columns, rows)

    def statement_count(self, *verdicts: str) -> str:
        """How many statements of the source have one of `verdicts` (default: any)."""
        table = self._table("audit_statements")
        if verdicts:
            table = table[table["verdict"].isin(verdicts)]
        rows = tuple(map(int, table["row"]))
        return self.number(Count(len(rows), Origin(tuple(table["id"]), STATEMENTS, rows)))

    def artefact_count(self) -> str:
        """How many questions have percentages whose sum only rounding explains, as a word."""
        table = self._audited_figures()
        artefacts = table.loc[table["finding"] == "artefact", "question"]
        counts = self._table("counts")
        rows = tuple(map(int, counts.loc[counts["question"].isin(artefacts), "row"]))
        return self.word(Count(len(artefacts), Origin(tuple(artefacts), FIGURES, rows)))

    def total(self, part: str) -> int:
        """A number of the audited totals: total, parts, number or difference."""
        row = self._table("audit_totals").iloc[0]
        listed = self._table("totals")
        lines = tuple(map(int, listed.loc[listed["list"] == row["list"], "row"]))
        return Count(int(row[part]), Origin((str(row["list"]),), "data/raw/totals.csv", lines))

    def quantifiers(self) -> Markdown:
        """The table by which shares become words."""
        rows = []
        for low, high, key in QUANTIFIERS:
            if low == high:
                range_ = self.texts("exactly", value=self._limit(low))
            else:
                range_ = self.texts("range", low=self._limit(low), high=self._limit(high))
            rows.append([self.texts(f"quantifiers.{key}"), range_])
        return tables.pipe_table([self._column("words", 30), self._column("share", 20)], rows)

    def codebook(self) -> Markdown:
        """Every question with its wording, filter, note and answers, as sections."""
        blocks = []
        for question in self._folder_codebook().questions.values():
            blocks += [
                f"## {tables.escape(self._label(question))} {{#sec-q-{_anchor(question.id)}}}",
                self._question_text(question),
                self._answers_table(question).source,
            ]
        return Markdown("\n\n".join(blocks))

    def ledger(self) -> Markdown:
        """Every number in the prose of the executed chapters, as a section a chapter."""
        listed = ledger.table(self._chapters())
        blocks = []
        for (file_name, chapter), rows in listed.groupby(["file_name", "chapter"], sort=False):
            heading = f"## {tables.escape(chapter)} {{.unnumbered}}"
            blocks += [heading, self._entries(file_name, rows)]
        return Markdown("\n\n".join(blocks))

    def ledger_size(self) -> str:
        """How many numbers the ledger holds."""
        return self.texts.number(len(ledger.table(self._chapters())))

    # in the middle

    def _chapters(self) -> list:
        own = PurePosixPath(self._folder.config().ledger or "").name
        return [chapter for chapter in self._folder.executed(self.language) if chapter[0] != own]

    def _entries(self, file_name: str, rows: pd.DataFrame) -> str:
        absent = self.texts("not_available")
        cells = [
            [
                Markdown(
                    f"[[{tables.escape(row.value)}]({file_name}#number-{row.id})]"
                    f"{{#ledger-{row.id}}}"
                ),
                row.sentence,
                absent if pd.isna(row.k) else self.texts.number(row.k),
                absent if pd.isna(row.n) else self.texts.number(row.n),
                _breakable(row.expression),
                _breakable(row.source.removeprefix("data/raw/")) or absent,
            ]
            for row in rows.itertuples()
        ]
        columns = [
            self._column("value", 14),
            self._column("sentence", 38),
            self._column("k", 5, numeric=True),
            self._column("n", 5, numeric=True),
            self._column("expression", 21),
            self._column("origin", 17),
        ]
        return tables.pipe_table(columns, cells).source

    def _table(self, name: str) -> pd.DataFrame:
        if name not in self._read:
            self._read[name] = self._folder.read(name)
        return self._read[name]

    def _list(self, name: str) -> pd.DataFrame:
        themes = self._table("themes")
        rows = themes[themes["list"] == name]
        if rows.empty:
            raise KeyError(f"the theme lists are {', '.join(themes['list'].unique())}, not {name}")
        return rows

    def _length(self, name: str) -> Count:
        rows = tuple(map(int, self._list(name)["row"]))
        return Count(len(rows), Origin((name,), "data/raw/themes.csv", rows))

    def _audited_figures(self) -> pd.DataFrame:
        """The questions of the source under the rounding it uses."""
        table = self._table("audit_figures")
        return table[table["rounding"] == "half_up"]

    def _carried(self, objective: pd.Series) -> str:
        """What the data can carry of a verdict, and why."""
        support = self.texts(f"support.{objective['support']}")
        return f"{support}. {objective[f'limits_{self.language}']}"

    def _counted(self, objectives: pd.DataFrame) -> str:
        rows = tuple(map(int, objectives["row"]))
        origin = Origin(tuple(objectives["id"]), "data/raw/objectives.csv", rows)
        return self.word(Count(len(rows), origin))

    def _figure_rows(self, question: str, options: tuple[str, ...]) -> tuple[int, ...]:
        """Lines of the published figures behind the answers to a question."""
        counts = self._table("counts")
        rows = counts[(counts["question"] == question) & counts["option"].isin(options)]
        return tuple(map(int, rows["row"]))

    def _folder_codebook(self):
        if not hasattr(self, "_codebook"):
            self._codebook = self._folder.codebook()
        return self._codebook

    def _question(self, question: str) -> Question:
        questions = self._folder_codebook().questions
        if question not in questions:
            raise KeyError(f"the codebook has no question {question}: {', '.join(questions)}")
        return questions[question]

    def _fact(self, name: str) -> pd.Series:
        facts = self._table("facts").set_index("id")
        if name not in facts.index:
            raise KeyError(f"the facts are {', '.join(facts.index)}, not {name}")
        return facts.loc[name]

    def _ranked(self, name: str) -> list[tuple[str, Share]]:
        codebook = self._folder_codebook()
        if name in codebook.groups:
            rows = [
                (self._label(question), self.share(question.id))
                for question in codebook.in_group(name)
            ]
        else:
            rows = [
                (option.label[self.language], self.share(name, option.code))
                for option in self._question(name).options
            ]
        return sorted(rows, key=lambda row: -row[1].k / row[1].n)

    def _label(self, question: Question) -> str:
        return question.label[self.language]

    def _column(self, name: str, width: int, numeric: bool = False) -> Column:
        return Column(self.texts(f"columns.{name}"), width, numeric)

    def _count(self, value) -> str:
        return self.texts("not_stated") if pd.isna(value) else self.texts.number(int(value))

    def _limit(self, share: Fraction) -> str:
        """A share as a percentage where that is exact, else as a fraction."""
        if (share * 100).denominator > 1:
            return f"{share.numerator}/{share.denominator}"
        return self.share_of(share.numerator, share.denominator).percent

    def _evidence(self, references: str) -> str:
        questions = self._folder_codebook().questions
        told = []
        for reference in filter(None, references.split(";")):
            if reference in questions:
                label = self._label(questions[reference])
                told.append(f"{label}: {self.share(reference).full}")
            else:
                told.append(f"{self.fact(reference)} {self._fact(reference)[self.language]}")
        return "; ".join(told) or self.texts("not_available")

    def _question_text(self, question: Question) -> str:
        told = []
        if question.group:
            stem = self._folder_codebook().groups[question.group].question
            told += [stem[self.language]] if stem else []
        if question.question[self.language] != self._label(question):
            told.append(question.question[self.language])
        told.append(self.texts(f"types.{question.type}"))
        if question.base:
            asked, code = question.base
            filtering = self._question(asked)
            option = next(option for option in filtering.options if option.code == code)
            told.append(
                self.texts(
                    "codebook_base",
                    option=option.label[self.language],
                    question=self._label(filtering),
                )
            )
        if question.section:
            told.append(self.texts("codebook_section", section=question.section))
        if question.note:
            told.append(question.note[self.language])
        return tables.escape(" ".join(map(_sentence, told)))

    def _answers_table(self, question: Question) -> Markdown:
        shares = [self.share(question.id, option.code) for option in question.options]
        rows = [
            [option.label[self.language], option.code, self.texts.number(share.k), share.percent]
            for option, share in zip(question.options, shares, strict=True)
        ]
        return tables.pipe_table(
            [
                self._column("option", 40),
                self._column("code", 20),
                self._column("answers", 10, numeric=True),
                self._column("share", 10, numeric=True),
            ],
            rows,
        )


def _figures():
    """The drawing library: slow to import, and a chapter without figures does without it."""
    from evaluation import figures

    return figures


def _lower_first(text: str) -> str:
    """A list entry as it stands inside a sentence; an abbreviation keeps its capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _breakable(code: str) -> str:
    """Code with places to break a line: a zero-width space after its punctuation."""
    return re.sub(r"([._(,:])", "\\1\u200b", code)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _anchor(identifier: str) -> str:
    return identifier.replace("_", "-")
