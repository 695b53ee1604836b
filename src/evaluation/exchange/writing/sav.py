"""The response table as SPSS data with labels, and back.

An answer with options is a number with value labels: the option's code where the codes of the
question are all whole numbers, else its place among the options. An option of a multiple-choice
question is 0 or 1. What was not answered is system-missing. Options beside a scale, such as "don't
know", stay valid values, so that percentages are those of the report.

SPSS cannot hold everything: a text loses blanks at its end and characters of value zero, an empty
text is a missing one, and a text of more than 32,767 bytes is cut and ends in an ellipsis. Labels
are cut where SPSS would cut them.
"""

import re
import textwrap
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from evaluation.base.errors import InputError
from evaluation.exchange.writing.variables import BESIDE, Variable, question_columns
from evaluation.project.codebook import Codebook

# in bytes
LONGEST_NAME, LONGEST_LABEL, LONGEST_VALUE_LABEL, LONGEST_TEXT = 64, 256, 120, 32_767
RESERVED = frozenset(
    ["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"]
)
WHOLE_NUMBER = re.compile(r"0|[1-9]\d{0,8}")
MEASURES = {"ordinal": "ordinal", "number": "scale"}
WHOLE = "F8.0"
LINE = 60  # characters of a note; SPSS has 80 bytes
ELLIPSIS = "…"
CHOSEN = {True: "1", False: "0"}
# the header tells when the file was written, as `31 Mar 2500:00:00`
WRITTEN = slice(92, 109)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def write(
    table: pd.DataFrame,
    described: list[Variable],
    codebook: Codebook,
    path: Path,
    note: str,
    day: date,
) -> None:
    """Write a response table with the words of its variables, as if written on `day`.

    note: what readers must know of the rows, which SPSS shows among the documents of the file.
    """
    names = variable_names(codebook)
    columns, formats = {}, {}
    value_labels: dict[str, dict[int | float, str]] = {}
    for variable in described:
        name, answers = names[variable.name], table[variable.name]
        if variable.labels:
            values = _values(variable.labels)
            codes = answers.map(CHOSEN) if variable.option else answers
            columns[name] = codes.map(values).astype("float64")
            formats[name] = WHOLE
            value_labels[name] = {
                values[code]: _cut(label, LONGEST_VALUE_LABEL)
                for code, label in variable.labels.items()
            }
        elif pd.api.types.is_numeric_dtype(answers):
            columns[name] = answers.astype("float64")
            if variable.question is None:
                formats[name] = WHOLE
        else:
            # a missing text is an empty one, and a variable without any answer is text all the same
            columns[name] = answers.astype(object).where(answers.notna(), "").map(_text)
    pyreadstat.write_sav(
        pd.DataFrame(columns),
        path,
        note=textwrap.wrap(note, LINE),
        column_labels=[_cut(variable.title, LONGEST_LABEL) for variable in described],
        variable_value_labels=value_labels,
        variable_measure={names[variable.name]: _measure(variable) for variable in described},
        variable_format=formats,
    )
    _write_day(path, day)


def read(path: Path, codebook: Codebook) -> pd.DataFrame:
    """The response table that `write` was given, for the questions of `codebook` it has.

    Raises InputError for a file that is missing or damaged, and for a value that is no option.
    """
    try:
        stored, _ = pyreadstat.read_sav(path)
    except (OSError, pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
        raise InputError(
            path, "the file is a whole SPSS file", "export the data again", value=str(error)
        ) from None
    asked = {column: (question, option) for column, question, option in question_columns(codebook)}
    known = {name: column for column, name in variable_names(codebook).items()}
    columns: dict[str, pd.Series] = {}
    for name in filter(known.__contains__, stored.columns):
        column, answers = known[name], stored[name]
        question, option = asked.get(column, (None, None))
        if option is not None:
            columns[column] = _decoded(answers, {1: True, 0: False}, path).astype("boolean")
        elif question is not None and question.options:
            codes = {value: code for code, value in _values(question.codes).items()}
            columns[column] = _decoded(answers, codes, path).astype("str")
        elif question is not None and question.type == "number":
            columns[column] = _decoded(answers, None, path).astype("float64")
        elif question is None and pd.api.types.is_numeric_dtype(answers):
            columns[column] = answers.astype("Int64" if column == "wave" else "int64")
        else:
            columns[column] = answers.astype("str").str.rstrip(" ").replace("", None)
    return pd.DataFrame(columns)


def _decoded(answers: pd.Series, meanings: dict[int, Any] | None, path: Path) -> pd.Series:
    """The meanings of the numbers of a variable; the numbers themselves where there are none."""
    if meanings is not None:
        known: Any = answers.isin(list(meanings))
    else:
        known = pd.api.types.is_numeric_dtype(answers)
    unknown = answers[~(answers.isna() | known)]
    if len(unknown):
        raise InputError(
            path,
            "a value is that of an option of the question, or a number where it asks for one",
            "read the file with the codebook it was exported with",
            column=str(answers.name),
            value=str(unknown.iloc[0]),
        )
    return answers if meanings is None else answers.map(meanings)


def variable_names(codebook: Codebook) -> dict[str, str]:
    """Column -> its name in SPSS: of at most 64 bytes, no reserved word, used once.

    Ids and codes of a codebook are legal otherwise. A name is the same whichever columns a table
    has.
    """
    names, taken = {}, set(RESERVED)
    for column in (*BESIDE, *(column for column, *_ in question_columns(codebook))):
        name, number = column[:LONGEST_NAME].rstrip("."), 1
        while name in taken:
            number += 1
            name = f"{column[: LONGEST_NAME - len(str(number)) - 1]}_{number}"
        taken.add(name)
        names[column] = name
    return names


def _values(codes: Iterable[str]) -> dict[str, int]:
    """Code -> the number that stands for it."""
    codes = list(codes)
    if all(map(WHOLE_NUMBER.fullmatch, codes)):
        return {code: int(code) for code in codes}
    return {code: place for place, code in enumerate(codes, start=1)}


def _measure(variable: Variable) -> str:
    kind = variable.question.type if variable.question else ""
    return MEASURES.get(kind, "nominal")


def _text(text: str) -> str:
    text = text.replace("\0", "")
    if len(text.encode()) <= LONGEST_TEXT:
        return text
    return _cut(text, LONGEST_TEXT - len(ELLIPSIS.encode())) + ELLIPSIS


def _cut(text: str, limit: int) -> str:
    """The start of `text` that has at most `limit` bytes, in whole characters."""
    return text.encode()[:limit].decode("utf-8", "ignore")


def _write_day(path: Path, day: date) -> None:
    """Let the file tell `day` as the time of its making, so that equal data make equal files."""
    content = bytearray(path.read_bytes())
    written = f"{day.day:02d} {MONTHS[day.month - 1]} {day.year % 100:02d}00:00:00"
    content[WRITTEN] = written.encode()
    path.write_bytes(content)
