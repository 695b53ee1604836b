"""Plain tables without a codebook: delimited text and Excel sheets, one row a respondent.

Each column is placed before it is read: what may name a person is no question, nor is what a tool
records itself. The others are of the type that all their cells have. What a table cannot tell (the
order of options, the meaning of codes) is left to its owner, who gets a draft of a codebook.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.exchange.reading.dialects import DELIMITERS, MARKS, decode, one_column, split
from evaluation.exchange.reading.drafting import NUMBER, OPTIONS, Column, Draft
from evaluation.exchange.reading.export import Export, Remark
from evaluation.exchange.reading.forms import missing, ticks
from evaluation.exchange.reading.grid import Grid, table
from evaluation.exchange.reading.headers import headed
from evaluation.exchange.reading.names import plain_words, slug
from evaluation.exchange.reading.placing import (
    ANSWER,
    IDENTITY,
    REPEATED,
    TECHNICAL,
    TEXT,
    WEIGHT,
    Place,
    place,
    shapes,
)
from evaluation.exchange.reading.placing.vocabulary import is_wholly, words
from evaluation.exchange.reading.untouched import doubted, without_untouched
from evaluation.exchange.reading.values import days
from evaluation.exchange.reading.workbooks import is_workbook, read_sheets
from evaluation.language.detection import language_of
from evaluation.project.codebook import Codebook

FORMAT = "delimited text, a workbook of Excel or LibreOffice (.xlsx, .xlsb, .xls, .ods)"
IDENTITIES = frozenset(
    {
        *("id", "respondent", "respondent_id", "respondentid", "response_id", "responseid"),
        *("record_id", "case_id", "instance_id", "antwort_id", "svar_id", "svarsid", "loebenummer"),
        *("submission_id", "besvarelse_id", "besvarelsesid", "respondentnummer", "respondent_nr"),
    }
)
# what an author may say that a column is: `--read COLUMN=options`
BESIDE = (IDENTITY, TECHNICAL, WEIGHT)
READINGS = (OPTIONS, NUMBER, TEXT, *BESIDE)
# type and labels of a question that an earlier wave has asked
Known = tuple[str, frozenset[str]]
NOTHING: Known = ("", frozenset())
# the number that the second of a name has
NUMBERED = re.compile(r" \(\d+\)$")
# a sheet with so many times the cells of the first one holds the answers
LARGER = 5
# notes above a table are looked for so far down
TOP = 10
# how HTML, XML, JSON and PDF begin; a heading may begin with `[1]` or `<b>`
OTHER_TEXT = re.compile(
    r"<[?!]|<(?:html|head|body|table|\w+:)\b|[\[{]\s*(?:[\[{\"]|$)|%PDF", re.IGNORECASE
)
# tables of one column are known by their name
ENDINGS = (".csv", ".tsv")
# the responses that a tool marks as tests of the survey
TESTS = frozenset({"survey preview", "survey test", "preview", "test response"})


def recognises(path: Path) -> bool:
    """Whether a file is a workbook, text with a delimiter in one of its first lines, or one that is
    called a table and has a single column.

    A file with the mark of an encoding is text, though it may be damaged.
    """
    if not path.is_file():
        return False
    if is_workbook(path):
        return True
    content = path.read_bytes()
    try:
        text, _ = decode(content, path.name)
    except InputError:
        return content.startswith(tuple(MARKS))
    lines = text.lstrip().split("\n")[:TOP]
    return OTHER_TEXT.match(lines[0]) is None and (
        any(sign in lines[0] or sum(sign in line for line in lines) > 1 for sign in DELIMITERS)
        or (path.suffix.casefold() in ENDINGS and one_column(text, path.name) is not None)
    )


def read(
    path: Path,
    readings: Mapping[str, str] | None = None,
    known: Mapping[str, Known] | None = None,
) -> Export:
    """The answers of a table, and a codebook drafted from its columns.

    readings: heading or id of a column -> one of `READINGS`, what its owner says that it is;
    known: wording of a question in plain words -> its type, and labels that its options have.
    Numbers make a number, days and long or many texts a text, few short texts a question with
    one answer; neighbours with ticks and one stem, and cells that list several, a question of
    several. A column of names for the respondents identifies them. Raises InputError for what is no
    table, and for a reading of a column that is not there.
    """
    grid, remarks = _grid(path)
    named = headed(grid)
    answers, told = table(named.grid)
    _check_names(answers, named.grid)
    form = "Excel" if is_workbook(path) else "CSV"
    remarks += [*named.remarks, *told]
    return drafted(grid.name, answers, named.wordings, form, remarks, readings, known)


def drafted(
    file: str,
    answers: pd.DataFrame,
    wordings: Mapping[str, str],
    form: str,
    remarks: list[Remark],
    readings: Mapping[str, str] | None = None,
    known: Mapping[str, Known] | None = None,
) -> Export:
    """The export of a table of text cells in which no question is described, as `read` makes it.

    wordings: name of a column -> what was asked, where that is told apart; form: the format that
    the table was in.
    """
    wording = {name: wordings.get(name, name) for name in answers.columns}
    said = _said(readings or {}, answers, wording, file)
    again = {
        name: known[words]
        for name in answers.columns
        for words in (plain_words(name), plain_words(wording[name]))
        if known and words in known
    }
    answers = _without_totals(_without_tests(answers, file, remarks), file, remarks)
    answers = without_untouched(answers, file, remarks)
    respondents, answers = _respondents(answers, remarks, said)
    empty = [column for column in answers.columns if (answers[column] == "").all()]
    remarks += [Remark("empty_column", column) for column in empty]
    answers = answers.drop(columns=empty)
    if answers.columns.empty:
        raise InputError(file, "a table has a column with answers", "export it again")
    columns = [
        Column(
            name,
            wording[name],
            answers[name],
            _place(name, wording, answers[name], said, again.get(name)),
            again.get(name, NOTHING)[1],
        )
        for name in answers.columns
    ]
    beside = [each for each in columns if each.place.role in BESIDE]
    remarks += _told_beside(beside)
    asked = [each for each in columns if each not in beside]
    if not asked:
        raise InputError(
            file,
            "a table has a column with answers",
            "name one that was kept out with --read COLUMN=text",
            value=", ".join(each.name for each in beside),
        )
    remarks += doubted(asked)
    asked = [each if each.name in said else _without_signs(each, remarks) for each in asked]
    language = language_of(
        [*(each.text for each in asked), *(cell for each in asked for cell in each.cells)]
    )
    drafted = Draft(asked, language, said, file)
    remarks += [*drafted.remarks, Remark("language_assumed", value=language)]
    responses = pd.DataFrame(drafted.columns, index=answers.index, dtype=str)
    codebook = Codebook(drafted.groups, drafted.questions)
    background = pd.DataFrame({each.name: each.cells for each in beside}, index=answers.index)
    return Export(responses, codebook, respondents, language, form, tuple(remarks), background)


def _grid(path: Path) -> tuple[Grid, list[Remark]]:
    if not is_workbook(path):
        text, remarks = decode(path.read_bytes(), path.name)
        return one_column(text, path.name, remarks) or split(text, path.name, remarks), []
    filled = [grid for grid in read_sheets(path).values() if grid.rows]
    if not filled:
        raise InputError(path.name, "the workbook has a sheet with answers", "export it again")
    # a pivot table or a note may stand before the answers
    chosen = max(filled, key=_cells)
    if _cells(chosen) < LARGER * _cells(filled[0]):
        chosen = filled[0]
    others = ", ".join(grid.title for grid in filled if grid is not chosen)
    return chosen, [Remark("other_sheets", chosen.name, others)] if others else []


def _cells(grid: Grid) -> int:
    return sum(len(row) for row in grid.rows)


def _check_names(answers: pd.DataFrame, grid: Grid) -> None:
    """Refuse a table whose first line is no line of names, such as a title above the table."""
    # columns that are empty all the way, as spreadsheets leave at the right, are gone
    unnamed = len(answers.columns) - sum(cell != "" for cell in grid.header)
    if _are_answers(answers):
        raise InputError(
            grid.name,
            "the first line of a table names its columns",
            "write a line with the names of the columns above it",
            row=grid.lines[0],
        )
    if 2 * unnamed > len(answers.columns):
        raise InputError(
            grid.name,
            "the first line of a table names its columns",
            "remove what stands above the names",
            row=grid.lines[0],
            value=" ".join(filter(None, grid.header)),
        )


def _are_answers(answers: pd.DataFrame) -> bool:
    """Whether the names of the columns are the answers of a respondent: they stand among the
    answers below, or can be no names."""
    names = {name: NUMBERED.sub("", name) for name in answers.columns}
    if any(map(shapes.is_nobodys_name, names.values())):
        return True
    varied = [
        name
        for name in names
        if answers[name].nunique() > 2 and ticks.labelled(answers[name], names[name]) is None
    ]
    among = {names[name] for name in varied if names[name] in set(answers[name])}
    return len(among) > 1 and 2 * len(among) > len({names[name] for name in varied})


def _said(
    readings: Mapping[str, str], answers: pd.DataFrame, wording: dict[str, str], file: str
) -> dict[str, str]:
    """Name of a column -> what its owner says that it is."""
    found: dict[str, str] = {}
    for called, reading in readings.items():
        names = [
            name
            for name in answers.columns
            if called in (name, wording[name], slug(name), slug(wording[name]))
        ]
        if not names:
            raise InputError(
                file,
                "a column that --read names is in the file",
                f"use one of {', '.join(answers.columns)}",
                column=called,
            )
        found |= dict.fromkeys(names, reading)
    return found


def _place(
    name: str,
    wording: dict[str, str],
    cells: pd.Series,
    said: dict[str, str],
    known: Known | None,
) -> Place:
    if name in said:
        return Place(ANSWER if said[name] in (OPTIONS, NUMBER) else said[name])
    if known is not None:
        return Place(TEXT if known[0] == TEXT else ANSWER)
    by_name = place(name, cells)
    # the wording of a question tells more than its code, but not of what a tool records
    if wording[name] == name or by_name.role in (IDENTITY, TECHNICAL):
        return by_name
    return place(wording[name], cells)


def _without_tests(answers: pd.DataFrame, file: str, remarks: list[Remark]) -> pd.DataFrame:
    """The rows without the tests of the survey that a tool's own column of status tells."""
    for column in answers.columns:
        if slug(column) in ("status", "response_type"):
            tests = answers[column].str.casefold().isin(TESTS)
            if tests.any() and not tests.all():
                remarks.append(Remark("tests_left_out", file, str(int(tests.sum()))))
                answers = answers[~tests]
        if slug(column) in ("finished", "completed"):
            unfinished = answers[column].str.casefold().isin({"0", "false", "falsk", "nej", "no"})
            if unfinished.any():
                remarks.append(Remark("not_completed", file, str(int(unfinished.sum()))))
    return answers


def _without_totals(answers: pd.DataFrame, file: str, remarks: list[Remark]) -> pd.DataFrame:
    """The rows without the sums that somebody wrote below them."""
    if len(answers) < 3:
        return answers
    first = next((cell for cell in answers.iloc[-1] if cell), "")
    if is_wholly(words(first), "totals") is None or (answers == first).to_numpy().sum() > 1:
        return answers
    remarks.append(Remark("totals_left_out", file, first))
    return answers.iloc[:-1]


def _respondents(
    answers: pd.DataFrame, remarks: list[Remark], said: dict[str, str]
) -> tuple[pd.Series, pd.DataFrame]:
    """The identity of each row, and the table without its column; what was found is told."""
    for column in answers.columns:
        if slug(column) in IDENTITIES and column not in said:
            if answers[column].is_unique and (answers[column] != "").all():
                remarks.append(Remark("identity", column))
                return answers[column].rename(None), answers.drop(columns=column)
            remarks.append(Remark("respondent_repeated", column))
    numbered = [str(number) for number in range(1, len(answers) + 1)]
    return pd.Series(numbered, index=answers.index), answers


def _told_beside(beside: list[Column]) -> list[Remark]:
    """What is kept apart: a remark for each kind, and one for each column that is not sure."""
    remarks = []
    for role in BESIDE:
        names = [each.name for each in beside if each.place.role == role and each.place.sure]
        if names:
            remarks.append(Remark(f"{role}_beside", value=", ".join(names)))
    for each in beside:
        if not each.place.sure:
            remarks.append(Remark("may_be_identity", each.name))
        if each.place.kind == REPEATED:
            remarks.append(Remark("respondent_repeated", each.name))
        if each.place.kind == "period" and (found := days(each.cells)) and found[1] is None:
            given = sorted(cell for cell in found[0] if cell)
            remarks.append(Remark("period", each.name, f"{given[0]} – {given[-1]}"))
    return remarks


def _without_signs(column: Column, remarks: list[Remark]) -> Column:
    cells, signs = missing.without_signs(column.cells)
    if signs and not (cells == "").all():
        remarks.append(Remark("marks_left_out", column.name, missing.told(signs)))
        return replace(column, cells=cells)
    return column
