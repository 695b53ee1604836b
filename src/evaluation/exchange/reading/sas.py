"""SAS data: data sets (.sas7bdat) with the catalogue of their labels (.sas7bcat) beside them, and
transport files (.xpt), read by pyreadstat.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat

from evaluation.base.errors import InputError
from evaluation.exchange.reading.export import Export, Remark
from evaluation.exchange.reading.labelled import (
    UNREADABLE,
    day,
    export_of_any,
    moment,
    time_of_day,
)
from evaluation.exchange.reading.lettered import lettered
from evaluation.exchange.reading.pairs import is_lock
from evaluation.exchange.reading.tables import Known

FORMAT = "SAS (.sas7bdat, .xpt)"
# both kinds of file begin with twelve zeros, the sign of SAS, and a byte that tells which it is
SIGN = bytes(12) + b"\xc2\xea\x81"
DATA_SET, CATALOGUE = SIGN + b"\x60", SIGN + b"\x63"
TRANSPORT = (b"HEADER RECORD*******LIBRARY HEADER", b"HEADER RECORD*******LIBV8   HEADER")
EPOCH, DAY = np.datetime64("1960-01-01", "s"), 24 * 60 * 60
# formats of days, of days with their time and of times begin so; the longest that fits counts
MOMENTS: dict[str, Callable[[float], str | None]] = {
    **dict.fromkeys(
        (
            *("DATE", "DDMMYY", "MMDDYY", "YYMMDD", "YYMM", "YYQ", "MONYY", "MMYY", "JULIAN"),
            *("WEEKDATE", "WEEKDATX", "WORDDATE", "WORDDATX", "E8601DA", "B8601DA", "EURDF"),
            *("NLDATE", "DTDATE", "WEEKU", "WEEKV", "WEEKW"),
        ),
        day(EPOCH, DAY),
    ),
    **dict.fromkeys(
        (
            *("DATETIME", "DATEAMPM", "DTMONYY", "DTWKDATX", "DTYEAR", "DTYYQC", "E8601DT"),
            *("B8601DT", "NLDATM", "MDYAMPM", "EURDFDT"),
        ),
        moment(EPOCH, 1),
    ),
    **dict.fromkeys(("TIME", "TOD", "HHMM", "MMSS", "HOUR", "E8601TM", "B8601TM"), time_of_day),
}
# formats of SAS itself that write a number or text as what it is
PLAIN = (
    *("$", "BEST", "F", "COMMA", "COMMAX", "DOLLAR", "DOLLARX", "EURO", "EUROX", "PERCENT", "Z"),
    *("NUMX", "NEGPAREN", "E", "D", "FRACT", "NLNUM", "$CHAR", "YEAR", "WEEKDAY", "MONTH", "DAY"),
)


def recognises(path: Path) -> bool:
    """Whether it begins as SAS data do, or is a folder with a data set and its catalogue alone."""
    if path.is_dir():
        return sorted(map(_kind, _files(path))) == ["catalogue", "data set"]
    return path.is_file() and _kind(path) != ""


def read(
    path: Path,
    readings: Mapping[str, str] | None = None,
    known: Mapping[str, Known] | None = None,
) -> Export:
    """The answers and variables of SAS data, as `labelled.export_of_any` makes them.

    The labels of values are in a catalogue, which a folder holds beside the data set; without it
    codes are numbers and texts, and a remark tells which have labels elsewhere. The special
    missing values (.A to .Z and ._) are no answers, and told, except in a transport file, of which
    the library does not tell them. Raises InputError for a file that is damaged.
    """
    files = _files(path) if path.is_dir() else [path]
    data = next((file for file in files if _kind(file) != "catalogue"), None)
    catalogue = next((file for file in files if _kind(file) == "catalogue"), None)
    if data is None:
        raise InputError(
            path.name,
            "the answers are in a SAS data set (.sas7bdat)",
            "put the catalogue into a folder with its data set, and read the folder",
            value="a SAS catalogue, which holds labels alone",
        )
    table, meta = _table(data, catalogue)
    variables = [lettered(name, table[name], meta, _moment(meta, name)) for name in table.columns]
    remarks = [
        Remark("labels_elsewhere", variable.name, format)
        for variable in variables
        if not meta.variable_value_labels.get(variable.name)
        and (format := _own_format(meta, variable.name))
    ]
    return export_of_any(data.name, variables, len(table), FORMAT, remarks, readings, known)


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.is_file() and not is_lock(file))


def _kind(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(64)
    kinds = {DATA_SET: "data set", CATALOGUE: "catalogue", **dict.fromkeys(TRANSPORT, "transport")}
    return next((kind for mark, kind in kinds.items() if head.startswith(mark)), "")


def _table(data: Path, catalogue: Path | None) -> tuple[pd.DataFrame, Any]:
    """The values as they are stored, with what the files tell of them."""
    with _whole(data):
        if _kind(data) == "transport":
            table, meta = pyreadstat.read_xport(data, disable_datetime_conversion=True)
            return table, meta
        table, meta = pyreadstat.read_sas7bdat(
            data, user_missing=True, disable_datetime_conversion=True
        )
    if catalogue is not None:
        # the library would put the labels into the table where it reads both at once
        with _whole(catalogue):
            _, labels = pyreadstat.read_sas7bcat(catalogue)
        meta.variable_value_labels = _labelled(meta, labels.value_labels)
    return table, meta


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    try:
        yield
    except UNREADABLE as error:
        raise InputError(
            path.name,
            "the file is whole SAS data",
            "copy it again from where it comes, or save it again in SAS",
            value=str(error),
        ) from None


def _labelled(meta: Any, formats: dict[str, dict[Any, str]]) -> dict[str, dict[Any, str]]:
    """Name of a variable -> the labels of its format."""
    found = {name.upper(): labels for name, labels in formats.items()}
    return {
        name: found[format.upper()]
        for name, format in meta.original_variable_types.items()
        if format and format.upper() in found
    }


def _format(meta: Any, name: str) -> str:
    return (meta.original_variable_types[name] or "").upper().rstrip("0123456789.")


def _moment(meta: Any, name: str) -> Callable[[float], str | None] | None:
    fitting = [start for start in MOMENTS if _format(meta, name).startswith(start)]
    return MOMENTS[max(fitting, key=len)] if fitting else None


def _own_format(meta: Any, name: str) -> str:
    """The format of a variable where it is none of SAS itself: its labels are in a catalogue."""
    format = _format(meta, name)
    return "" if format in PLAIN or not format or _moment(meta, name) else format
