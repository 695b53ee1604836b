"""Tables as CSV with a Table Schema, from which they read back with every type.

A text that a spreadsheet would run as a formula is guarded (see `spreadsheets`). A missing value
is an empty cell; in a table that also has empty texts it is a word that no text of the table is,
and the schema names it.
"""

import csv
import io
from collections.abc import Callable, Iterator
from itertools import chain, count
from pathlib import Path
from typing import Any

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.spreadsheets import unguard, write_csv

DTYPE = "extDtype"  # as pandas calls the type of a column in a Table Schema
MISSING = "missingValues"
ANYTIME = {"type": "datetime", "format": "any"}
_TYPES = {
    "str": "string",
    "object": "string",
    "int64": "integer",
    "Int64": "integer",
    "float64": "number",
    "Float64": "number",
    "bool": "boolean",
    "boolean": "boolean",
}
_NEVER_MISSING = ("int64", "bool")
_READ: dict[str, Callable[..., Any]] = {
    "string": unguard,
    "integer": int,
    "number": float,
    "boolean": {"True": True, "False": False}.__getitem__,
    "date": pd.Timestamp,
    "datetime": pd.Timestamp,
}


def schema(table: pd.DataFrame, name: str) -> dict[str, Any]:
    """The Table Schema of a table: name and type of its fields, and what a missing value is.

    Raises InputError where the table NAME has a column that is not of texts, numbers, truth
    values or days.
    """
    texts = {cell for column in table for cell in table[column] if isinstance(cell, str)}
    missing = ""
    if missing in texts:
        missing = next(word for word in _words() if word not in texts)
    return {"fields": [_field(table[column], name) for column in table], MISSING: [missing]}


def write(table: pd.DataFrame, path: Path, described: dict[str, Any]) -> None:
    """Write a table as its schema describes it."""
    write_csv(table, path, described[MISSING][0])


def read(path: Path, described: dict[str, Any]) -> pd.DataFrame:
    """The table that `write` was given, with its types.

    Raises InputError for a file that is missing or does not fit its schema.
    """
    fields = described["fields"]
    missing = described[MISSING][0]
    try:
        content = path.read_bytes().decode("utf-8")
        header, *rows = csv.reader(io.StringIO(content, newline=""), strict=True)
    except FileNotFoundError:
        raise InputError(path, "the file is missing", "export the data again") from None
    except (UnicodeDecodeError, csv.Error, ValueError) as error:
        raise _unfit(path, value=str(error)) from None
    if header != [field["name"] for field in fields]:
        raise _unfit(path, row=1, value=", ".join(header))
    columns = {}
    for position, field in enumerate(fields):
        cells = []
        for row, line in enumerate(rows, start=1):
            try:
                cell = line[position]
                cells.append(None if cell == missing else _READ[field["type"]](cell))
            except (IndexError, KeyError, ValueError):
                raise _unfit(path, row=f"record {row}", column=field["name"]) from None
        columns[field["name"]] = pd.Series(cells, dtype=field[DTYPE])
    return pd.DataFrame(columns, columns=header)


def _field(column: pd.Series, table: str) -> dict[str, Any]:
    dtype = str(column.dtype)
    if dtype.startswith("datetime64") and column.dt.tz is None:
        days = (column.dropna() == column.dropna().dt.normalize()).all()
        kind = {"type": "date"} if days else ANYTIME
    elif dtype not in _TYPES or (
        dtype == "object" and not all(cell is None or isinstance(cell, str) for cell in column)
    ):
        raise InputError(
            f"data/processed/{table}.parquet",
            "a table to hand on has columns of text, numbers, truth values and days",
            "convert the column before `folder.write`",
            column=str(column.name),
            value=dtype,
        )
    else:
        kind = {"type": _TYPES[dtype]}
    field: dict[str, Any] = {"name": column.name, **kind, DTYPE: dtype}
    if dtype in _NEVER_MISSING:
        field["constraints"] = {"required": True}
    return field


def _words() -> Iterator[str]:
    return chain(["NA"], (f"NA{number}" for number in count(2)))


def _unfit(path: Path, **place: Any) -> InputError:
    return InputError(path, "the file fits its description", "export the data again", **place)
