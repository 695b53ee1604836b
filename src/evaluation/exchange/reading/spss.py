"""SPSS data files (.sav, .zsav, .por), read by pyreadstat."""

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
    Set,
    Variable,
    day,
    export_of,
    label_text,
    moment,
    texts_of,
    time_of_day,
    told_missing,
)

FORMAT = "SPSS"
SYSTEM_FILE = (b"$FL2", b"$FL3")
# the first 200 characters may be in any alphabet, and 256 more say which; then comes the mark
PORTABLE_FILE = b"SPSSPORT"
PORTABLE_AT = 456
# days and times are seconds since the first day of the Gregorian calendar
EPOCH = np.datetime64("1582-10-14", "s")
MOMENTS = {
    **dict.fromkeys(
        ("DATE", "ADATE", "EDATE", "SDATE", "JDATE", "QYR", "MOYR", "WKYR"), day(EPOCH, 1)
    ),
    **dict.fromkeys(("DATETIME", "YMDHMS"), moment(EPOCH, 1)),
    **dict.fromkeys(("TIME", "DTIME", "MTIME"), time_of_day),
}
# numbers that SPSS shows as words, in English whatever the language of the file
SHOWN = {
    "WKDAY": ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"),
    "MONTH": (
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
    ),
}


def recognises(path: Path) -> bool:
    """Whether the file begins as SPSS data do."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(600)
    if head.startswith(SYSTEM_FILE):
        return True
    return head.translate(None, b"\r\n")[PORTABLE_AT:].startswith(PORTABLE_FILE)


def read(path: Path) -> Export:
    """The answers and variables of an SPSS file, as `labelled.export_of` makes them.

    Dates are text as 2025-03-31. A multiple response set is one question. In a portable file
    missing values are no answers, labelled or not. Raises InputError for a file that is damaged
    and a date outside the calendar.
    """
    table, meta, remarks = _file(path)
    variables = [_variable(name, table[name], meta) for name in table.columns]
    return export_of(path.name, variables, _sets(meta.mr_sets), len(table), FORMAT, remarks)


def _file(path: Path) -> tuple[pd.DataFrame, Any, list[Remark]]:
    """The values as they are stored, declared missing ones too, with what the file tells."""
    with path.open("rb") as file:
        system_file = file.read(4) in SYSTEM_FILE
    problem = None
    # old files name no encoding, or a wrong one
    for encoding in (None, "WINDOWS-1252") if system_file else (None,):
        try:
            if system_file:
                table, meta = pyreadstat.read_sav(
                    path, encoding=encoding, user_missing=True, disable_datetime_conversion=True
                )
            else:
                table, meta = pyreadstat.read_por(path, disable_datetime_conversion=True)
        except UNREADABLE as error:
            problem = error
        else:
            formats = meta.original_variable_types
            if not all(isinstance(formats.get(name), str) for name in table.columns):
                problem = "variables without a format"
                break
            remarks = [Remark("encoding_replaced", path.name, encoding)] if encoding else []
            return table, meta, remarks
    raise InputError(
        path.name,
        "the file is a whole SPSS file",
        "export it again as .sav",
        value=str(problem),
    )


def _variable(name: str, values: pd.Series, meta: Any) -> Variable:
    text = meta.readstat_variable_types[name] == "string"
    values = texts_of(values) if text else pd.to_numeric(values).astype("float64")
    ranges = [
        (_trimmed(limits["lo"]), _trimmed(limits["hi"]))
        for limits in meta.missing_ranges.get(name, [])
    ]

    def missing(value: Any) -> bool:
        return any(low <= value <= high for low, high in ranges)

    labels = {
        _trimmed(value): label_text(_trimmed(value), label)
        for value, label in meta.variable_value_labels.get(name, {}).items()
    }
    present = [value for value in values.dropna().unique() if not missing(value)]
    format = meta.original_variable_types[name].rstrip("0123456789.")
    write = MOMENTS.get(format)
    if format in SHOWN:
        words = {float(at): word for at, word in enumerate(SHOWN[format], start=1)}
        # what is no day of a week and no month is the whole moment
        labels, write = (words | labels, None) if {*present} <= {*words} else ({}, day(EPOCH, 1))
    kept = values.where(values.isin(present))
    return Variable(
        name=name,
        text=one_line(meta.column_names_to_labels[name] or "") or name,
        values=kept.where(kept.notna(), None) if text else kept,
        labels={value: label for value, label in sorted(labels.items()) if not missing(value)},
        missing=told_missing(values[values.notna() & kept.isna()], labels),
        moment=write,
    )


def _trimmed(value: Any) -> Any:
    return value.rstrip() if isinstance(value, str) else value


def _sets(declared: dict[str, Any]) -> list[Set]:
    """The multiple response sets, without variables where the library does not give the value
    that counts, as it does not where that is a text."""
    return [
        (
            (name, told["label"] or ""),
            told["variable_list"]
            if told["type"] == "C" or told["counted_value"] is not None
            else [],
            None if told["type"] == "C" else told["counted_value"],
        )
        for name, told in declared.items()
    ]
