"""From published figures to counts, and to the smallest response table that has them.

A report prints percentages; the rows behind them are gone. What can be rebuilt is the count
behind each percentage, because a count is a whole number, and a table whose every column has
these counts. How the columns go together is unknown: the table is marked as reconstructed and
must never be cross-tabulated.
"""

from itertools import product
from typing import Any, NoReturn

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import labelled
from evaluation.base.rounding import counts_printed_as, percent
from evaluation.project.codebook import RECONSTRUCTED, Codebook, Question, column_of
from evaluation.project.folder import FIGURES
from evaluation.survey.asked import asked, rule_of


def counts(figures: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Whole counts behind published percentages, half-up rounding.

    codebook: the questions that the figures are about; figures: question, option, percent, count,
    n, basis, section (see raw_tables). Returns one row per question and option of the codebook that
    was published: question, option, k, n, basis, section, row (the figure's line in the file). For
    a question with exclusive options the counts add up to n; an option that was not printed takes
    what is left where it is the only one.

    Raises InputError where a question or option is not in the codebook, where no count gives
    a percentage, or where several do.
    """
    check_figures(figures, codebook)
    rows = []
    for question_id, printed in labelled(figures.groupby("question", sort=False)):
        question = codebook.questions[question_id]
        n = int(printed["n"].iloc[0])
        candidates = [_candidates(row, index) for index, row in labelled(printed.iterrows())]
        if question.type == "multiple":
            chosen = [_single(options, printed.index[i]) for i, options in enumerate(candidates)]
            rest: dict[str, int] = {}
        else:
            chosen, rest = _exclusive(question, printed, candidates, n)
        for (line, row), k in zip(labelled(printed.iterrows()), chosen, strict=True):
            rows.append((question_id, row["option"], k, n, row["basis"], row["section"], line))
        for option, k in rest.items():
            line, section = printed.index[0], printed["section"].iloc[0]
            rows.append((question_id, option, k, n, "implied", section, line))
    columns = ["question", "option", "k", "n", "basis", "section", "row"]
    return pd.DataFrame(rows, columns=columns)


def check_figures(figures: pd.DataFrame, codebook: Codebook) -> None:
    """Raise InputError where a question or option is not in the codebook, or has several n.

    figures: question, option, n, index = line of the file; codebook: the questions that there are.
    """
    for index, row in labelled(figures.iterrows()):
        question = codebook.questions.get(row["question"])
        if question is None:
            _refuse(
                index,
                "question",
                row["question"],
                "a figure belongs to a question of the codebook",
                f"use one of {', '.join(codebook.questions)}",
            )
        if row["option"] not in question.codes:
            _refuse(
                index,
                "option",
                row["option"],
                f"a figure of {question.id} belongs to one of its options",
                f"use one of {', '.join(question.codes)}",
            )
    for name, printed in labelled(figures.groupby("question", sort=False)):
        n = int(printed["n"].mode().iloc[0])
        other = printed["n"] != n
        if other.any():
            line: Any = other.idxmax()
            _refuse(line, "n", int(printed["n"][line]), f"{name} has one n, here {n}")


def _candidates(row: pd.Series, index: int) -> list[int]:
    """Counts that agree with what is printed for one option."""
    n = int(row["n"])
    counted = None if pd.isna(row["count"]) else int(row["count"])
    if counted is not None and counted > n:
        _refuse(index, "count", counted, f"a count is at most n = {n}")
    if pd.isna(row["percent"]):
        if counted is None:
            _refuse(index, "percent", "", "a published option has a percentage or a count")
        return [counted]
    printed = int(row["percent"])
    options = counts_printed_as(printed, n)
    if not options:
        possible = sorted({int(percent(k, n)) for k in range(n + 1)})
        _refuse(
            index,
            "percent",
            printed,
            f"a whole number of {n} answers gives the printed percentage",
            f"check it against the source; possible are {', '.join(map(str, possible))}",
        )
    if counted is None:
        return options
    if counted not in options:
        _refuse(index, "count", counted, f"the count gives the printed {printed} %")
    return [counted]


def _single(options: list[int], index: int) -> int:
    if len(options) > 1:
        _refuse(index, "percent", options, "one count only gives the percentage", "print the count")
    return options[0]


def _exclusive(
    question: Question, printed: pd.DataFrame, candidates: list[list[int]], n: int
) -> tuple[list[int], dict[str, int]]:
    """The one choice of counts that adds up to n, and the count left for a missing option."""
    missing = [code for code in question.codes if code not in set(printed["option"])]
    vectors = [
        vector
        for vector in product(*candidates)
        if sum(vector) == n or (len(missing) == 1 and sum(vector) <= n)
    ]
    if len(vectors) != 1:
        found = "no counts do" if not vectors else f"{len(vectors)} sets of counts do"
        _refuse(
            printed.index[-1],
            "percent",
            ", ".join(str(cell) for cell in printed["percent"]),
            f"the counts of {question.id} add up to n = {n}, but {found}",
            "check the percentages and n against the source",
        )
    left = n - sum(vectors[0])
    return list(vectors[0]), dict.fromkeys(missing, left) if len(missing) == 1 else {}


def responses(count_table: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """A response table with the counts of `count_table` in every column.

    codebook: the questions that the counts are about. One row per respondent: `respondent` (1..N),
    `origin` ("reconstructed"), one column per question with the option's code (missing where the
    question was not asked or answered), and for a multiple-choice question one true/false column
    `question.option` per option. The rows are sorted column by column, so the joint distribution
    means nothing.

    Raises InputError where a filtered question has another n than its filter lets through.
    """
    size = int(count_table["n"].max())
    table = pd.DataFrame({"respondent": range(1, size + 1), "origin": RECONSTRUCTED})
    for question in codebook.questions.values():
        published = count_table[count_table["question"] == question.id]
        if published.empty:
            continue
        n = int(published["n"].iloc[0])
        answered_by = _who_answered(question, codebook, table, n)
        if question.type == "multiple":
            for option, k in zip(published["option"], published["k"], strict=True):
                answered: Any = pd.array([None] * size, dtype="boolean")
                answered[answered_by] = [position < k for position in range(n)]
                table[column_of(question, option)] = answered
        else:
            codes = published["option"].repeat(published["k"].tolist()).tolist()
            table[question.id] = pd.Series(codes, index=answered_by, dtype="str").reindex(
                table.index
            )
    return table


def _who_answered(question: Question, codebook: Codebook, table: pd.DataFrame, n: int) -> list[int]:
    """Positions of the n respondents who answered the question."""
    passed: Any = asked(table, question, codebook)
    reached = table.index[passed.fillna(False)]
    if question.base is not None and len(reached) != n:
        rule, _ = rule_of(question)
        raise InputError(
            FIGURES,
            rule,
            f"n = {n}, but {len(reached)} gave that answer: check both figures",
            value=n,
        )
    return list(reached[:n])


def _refuse(
    row: Any, column: str, value: Any, rule: str, remedy: str = "check the row against the source"
) -> NoReturn:
    raise InputError(FIGURES, rule, remedy, row=int(row), column=column, value=value)
