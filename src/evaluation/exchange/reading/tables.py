"""Plain tables without a codebook: delimited text and Excel sheets, one row a respondent.

Each column is a question, of the type that all its cells have. What a table cannot tell (the
order of options, the meaning of codes) is left to its owner, who gets a draft of a codebook.
"""

import re
from itertools import groupby
from pathlib import Path

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.exchange.reading.dialects import DELIMITERS, MARKS, decode, read_grid
from evaluation.exchange.reading.export import Export, Remark
from evaluation.exchange.reading.grid import Grid, one_line, table
from evaluation.exchange.reading.names import option_code, question_id, slug
from evaluation.exchange.reading.values import days, numbers
from evaluation.exchange.reading.workbooks import is_workbook, read_sheets
from evaluation.language.detection import language_of
from evaluation.project.codebook import Codebook, Option, Question

FORMAT = "delimited text or an Excel workbook (.xlsx)"
IDENTITIES = frozenset(
    {
        *("id", "respondent", "respondent_id", "respondentid", "response_id", "responseid"),
        *("submission_id", "besvarelse_id", "besvarelsesid", "respondentnummer", "respondent_nr"),
    }
)
# texts of a closed question: few, short and given by several
FEW, SHORT = 12, 80
# how exports join a question and one of its options, the clearest sign first
JOINED = (
    re.compile(r"(?P<stem>.*\S)\s*\[(?P<option>[^\[\]]+)\]"),
    re.compile(r"(?P<stem>.*\S)\s*/\s*(?P<option>\S.*)"),
    re.compile(r"(?P<stem>.*\S)(: | - )(?P<option>\S.*)"),
    re.compile(r"(?P<stem>.*\S)[._](?P<option>[^._\s][^._]*)"),
)


def recognises(path: Path) -> bool:
    """Whether a file is a workbook, or text with a delimiter in its first line.

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
    first = text.lstrip().split("\n", 1)[0]
    return not first.startswith(("<", "{", "[")) and any(sign in first for sign in DELIMITERS)


def read(path: Path) -> Export:
    """The answers of a table, and a codebook drafted from its columns.

    Numbers make a number, days and long or many texts a text, few short texts a question with
    one answer, neighbours of 0 and 1 with one stem a question of several. A column of names for
    the respondents identifies them. Raises InputError for what is no table.
    """
    grid, remarks = _grid(path)
    answers, told = table(grid)
    remarks += told
    _check_names(answers, grid)
    respondents, answers = _respondents(answers, remarks)
    empty = [column for column in answers.columns if (answers[column] == "").all()]
    remarks += [Remark("empty_column", column) for column in empty]
    answers = answers.drop(columns=empty)
    if answers.empty:
        raise InputError(grid.name, "a table has a column with answers", "export it again")
    language = language_of([*answers.columns, *answers.to_numpy().ravel()])
    questions: dict[str, Question] = {}
    columns: dict[str, pd.Series] = {}
    taken: set[str] = set()
    for stem, run in groupby(_stems(answers).items(), key=lambda entry: entry[1]):
        names = [name for name, _ in run]
        if stem is not None and len(names) > 1:
            question, part = _several(answers[names], stem, language, taken)
            questions[question.id] = question
            columns |= part
            continue
        for name in names:
            question, cells, notes = _one(answers[name], name, language, taken)
            questions[question.id] = question
            columns[question.id] = cells
            remarks += [Remark(rule, question.id, value) for rule, value in notes]
    remarks.append(Remark("language_assumed", value=language))
    responses = pd.DataFrame(columns, index=answers.index, dtype=str)
    form = "Excel" if is_workbook(path) else "CSV"
    codebook, beside = Codebook({}, questions), pd.DataFrame(index=answers.index)
    return Export(responses, codebook, respondents, language, form, tuple(remarks), beside)


def _grid(path: Path) -> tuple[Grid, list[Remark]]:
    if not is_workbook(path):
        return read_grid(path), []
    filled = [grid for grid in read_sheets(path).values() if grid.rows]
    if not filled:
        raise InputError(path.name, "the workbook has a sheet with answers", "export it again")
    others = ", ".join(grid.title for grid in filled[1:])
    return filled[0], [Remark("other_sheets", filled[0].name, others)] if others else []


def _check_names(answers: pd.DataFrame, grid: Grid) -> None:
    """Refuse a table whose first line is no line of names, such as a title above the table."""
    unnamed = sum(cell == "" for cell in grid.header)
    if 2 * unnamed > len(answers.columns):
        raise InputError(
            grid.name,
            "the first line of a table names its columns",
            "remove what stands above the names",
            row=grid.lines[0],
            value=" ".join(filter(None, grid.header)),
        )


def _respondents(answers: pd.DataFrame, remarks: list[Remark]) -> tuple[pd.Series, pd.DataFrame]:
    """The identity of each row, and the table without its column; what was found is told."""
    for column in answers.columns:
        if slug(column) in IDENTITIES:
            if answers[column].is_unique and (answers[column] != "").all():
                remarks.append(Remark("identity", column))
                return answers[column].rename(None), answers.drop(columns=column)
            remarks.append(Remark("respondent_repeated", column))
    numbered = [str(number) for number in range(1, len(answers) + 1)]
    return pd.Series(numbered, index=answers.index), answers


def _stems(answers: pd.DataFrame) -> dict[str, str | None]:
    """Column -> the question that it is an option of, for columns of 0 and 1."""
    return {
        column: _parts(column)[0] if answers[column].isin(["0", "1", ""]).all() else None
        for column in answers.columns
    }


def _parts(column: str) -> tuple[str | None, str]:
    for form in JOINED:
        match = form.fullmatch(column)
        if match:
            return match["stem"], match["option"]
    return None, column


def _several(
    cells: pd.DataFrame, stem: str, language: str, taken: set[str]
) -> tuple[Question, dict[str, pd.Series]]:
    identity = question_id(stem, taken)
    options, columns = [], {}
    codes: set[str] = set()
    for column in cells.columns:
        label = _parts(column)[1].strip()
        code = option_code(label, codes)
        options.append(Option(code, {language: label}))
        columns[f"{identity}.{code}"] = cells[column]
    text = {language: stem}
    return Question(identity, "multiple", text, text, tuple(options)), columns


def _one(
    cells: pd.Series, name: str, language: str, taken: set[str]
) -> tuple[Question, pd.Series, list[tuple[str, str]]]:
    """The question that one column is, its cells as answers, and (rule, value) of remarks."""
    identity, text = question_id(name, taken), {language: name}
    number = numbers(cells)
    if number is not None:
        cells, unclear = number
        told = [(unclear, "")] if unclear else []
        values = sorted({cell for cell in cells if cell}, key=float)
        if _is_closed(cells) and not any("." in value for value in values):
            told.append(("number_or_code", ", ".join(values)))
        return Question(identity, "number", text, text), cells, told
    day = days(cells)
    if day is not None:
        cells, unclear = day
        return Question(identity, "text", text, text), cells, [(unclear, "")] if unclear else []
    if not _is_closed(cells):
        return Question(identity, "text", text, text), cells, []
    cells = cells.map(one_line)
    codes: set[str] = set()
    # by the alphabet, since the order of the rows says nothing about the options
    labels = sorted({cell for cell in cells if cell}, key=lambda label: (label.casefold(), label))
    meaning = {label: option_code(label, codes) for label in labels}
    options = [Option(code, {language: label}) for label, code in meaning.items()]
    alike = [label for label in labels if sum(slug(other) == slug(label) for other in labels) > 1]
    told = [("options_alike", ", ".join(alike))] if alike else []
    question = Question(identity, "single", text, text, tuple(options))
    return question, cells.map(meaning | {"": ""}), told


def _is_closed(cells: pd.Series) -> bool:
    """Whether the answers are few, short and given by several: at most two in three
    are different."""
    answered = cells[cells != ""]
    distinct = answered.nunique()
    return (
        distinct <= FEW and 3 * distinct <= 2 * len(answered) and answered.str.len().max() <= SHORT
    )
