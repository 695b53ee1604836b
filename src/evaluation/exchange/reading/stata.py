"""Stata data files (.dta), read by pyreadstat."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat

from evaluation.base.errors import InputError
from evaluation.exchange.reading.export import Export, Remark
from evaluation.exchange.reading.grid import one_line
from evaluation.exchange.reading.labelled import (
    UNREADABLE,
    Variable,
    day,
    export_of_any,
    label_text,
    moment,
    texts_of,
    told_missing,
)
from evaluation.exchange.reading.tables import Known

FORMAT = "Stata (.dta)"
# since version 13 a file begins with this mark, before with its version, byte order and kind
MARK = b"<stata_dta>"
VERSIONS = range(104, 116)
EPOCH, DAY = np.datetime64("1960-01-01", "s"), 24 * 60 * 60
# how many there are in a year, and what stands before their number: weeks, months, ...
PERIODS = {"w": (52, "W"), "m": (12, ""), "q": (4, "Q"), "h": (2, "H")}


def recognises(path: Path) -> bool:
    """Whether the file begins as Stata data do."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(16)
    if head.startswith(MARK):
        return True
    return len(head) > 3 and head[0] in VERSIONS and head[1] in (1, 2) and head[2:4] == b"\1\0"


def read(
    path: Path,
    readings: Mapping[str, str] | None = None,
    known: Mapping[str, Known] | None = None,
) -> Export:
    """The answers and variables of a Stata file, as `labelled.export_of_any` makes them.

    The extended missing values (.a to .z) are no answers, and told. Days, times and the weeks,
    months, quarters and half-years of Stata are text. Raises InputError for a file that is damaged.
    """
    problem: Exception | None = None
    # files from before version 14 name no encoding
    for encoding in (None, "WINDOWS-1252"):
        try:
            table, meta = pyreadstat.read_dta(
                path, encoding=encoding, user_missing=True, disable_datetime_conversion=True
            )
        except UNREADABLE as error:
            problem = error
            continue
        remarks = [Remark("encoding_replaced", path.name, encoding)] if encoding else []
        variables = [_variable(name, table[name], meta) for name in table.columns]
        return export_of_any(path.name, variables, len(table), FORMAT, remarks, readings, known)
    raise InputError(
        path.name,
        "the file is a whole Stata file",
        "save it again in Stata, or as .sav with R: haven::write_sav(haven::read_dta(FILE), FILE)",
        value=str(problem),
    )


def _variable(name: str, values: pd.Series, meta: Any) -> Variable:
    labels = {
        value: label_text(value, label)
        for value, label in meta.variable_value_labels.get(name, {}).items()
    }
    missing = ""
    if meta.readstat_variable_types[name] == "string":
        values = texts_of(values)
    else:
        letters = values.map(_is_letter).astype(bool)
        told = {f".{letter}": label for letter, label in labels.items() if _is_letter(letter)}
        missing = told_missing([f".{letter}" for letter in values[letters]], told)
        values = pd.to_numeric(values.where(~letters)).astype("float64")
        if meta.readstat_variable_types[name] == "float":
            # 0.2 in four bytes is 0.20000000298 in eight
            values = values.map(lambda value: float(str(np.float32(value))))
        labels = {float(value): label for value, label in labels.items() if not _is_letter(value)}
    return Variable(
        name=name,
        text=one_line(meta.column_names_to_labels[name] or "") or name,
        values=values,
        labels=dict(sorted(labels.items())),
        missing=missing,
        moment=_moment(meta.original_variable_types[name] or ""),
    )


def _is_letter(value: Any) -> bool:
    """Whether a value is an extended missing one, which the library gives as its letter."""
    return isinstance(value, str)


def _moment(format: str) -> Callable[[float], str | None] | None:
    """What writes the numbers of a variable of days or times, by its format: %td, %-tcDDmonCCYY."""
    kind = format.lstrip("%-")
    kind = kind[1:2] if kind.startswith("t") else kind[:1]
    if kind in PERIODS:
        return lambda number: _period(int(number), *PERIODS[kind])
    return {"d": day(EPOCH, DAY), "c": moment(EPOCH, 0.001), "C": moment(EPOCH, 0.001)}.get(kind)


def _period(number: int, in_a_year: int, sign: str) -> str:
    """A part of a year that is counted from the first of 1960: 2010-Q3."""
    years, part = divmod(number, in_a_year)
    return f"{1960 + years}-{sign}{part + 1:0{len(str(in_a_year))}}"
