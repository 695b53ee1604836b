"""Stata data files (.dta), read by pyreadstat."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pyreadstat

from evaluation.base.errors import InputError
from evaluation.exchange.reading.export import Export, Remark
from evaluation.exchange.reading.labelled import (
    UNREADABLE,
    day,
    export_of_any,
    moment,
)
from evaluation.exchange.reading.lettered import lettered
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
        variables = [
            lettered(name, table[name], meta, _moment(meta.original_variable_types[name] or ""))
            for name in table.columns
        ]
        return export_of_any(path.name, variables, len(table), FORMAT, remarks, readings, known)
    raise InputError(
        path.name,
        "the file is a whole Stata file",
        "save it again in Stata, or as .sav with R: haven::write_sav(haven::read_dta(FILE), FILE)",
        value=str(problem),
    )


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
