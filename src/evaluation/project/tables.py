"""Comma-separated tables of an evaluation folder, checked cell by cell.

A table is described by a pandera schema over the text of its cells, so that a message can
quote what the file really says; only what passed is converted to numbers.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Container, Iterator
from itertools import chain
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from evaluation.base.errors import InputError
from evaluation.base.plain_files import read_text
from evaluation.base.spreadsheets import unguard
from evaluation.language.texts import LANGUAGES

WHOLE_NUMBER = r"[0-9]{1,15}"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
DAY_FORMAT = "%Y-%m-%d"
DECIMAL_NUMBER = r"[0-9]{1,9}(\.[0-9]{1,9})?"
ANY_NUMBER = r"-?[0-9]{1,15}(\.[0-9]{1,15})?"
# how the first line of a file fits the columns, in the words of Table Schema: in their order, in
# any order, or in any order with other columns among them, which are left out
EXACT = "exact"
WITH_OTHERS = ("subset", "partial")
CORRECT = "correct the cell"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def text(*, required: bool = True) -> pa.Column:
    """A column of text; a required one has no empty cell."""
    if not required:
        return pa.Column(str)
    return pa.Column(str, pa.Check.str_length(min_value=1, error="this cell is not empty"))


def in_languages(name: str = "", *, required: bool = True) -> dict[str, pa.Column]:
    """A column of text in each language: `title_da`, `title_en`; without a name, `da` and `en`.

    Which of them a table has to have depends on the report, see `in_report`.
    """
    checks = text(required=required).checks
    return {
        f"{name}_{language}" if name else language: pa.Column(
            str, checks, metadata={"language": language}
        )
        for language in LANGUAGES
    }


def optional(column: pa.Column) -> pa.Column:
    """The column as one that a table may lack: earlier versions did not have it."""
    return pa.Column(str, column.checks, metadata=column.metadata, required=False)


def in_report(columns: dict[str, pa.Column], languages: Container[str]) -> dict[str, pa.Column]:
    """The columns of a table in a report that is written in some languages.

    One in another language may be missing, and where it is there, its cells may be empty.
    """
    unread = pa.Column(str, required=False)
    spoken = {name: (column.metadata or {}).get("language") for name, column in columns.items()}
    return {
        name: column if spoken[name] is None or spoken[name] in languages else unread
        for name, column in columns.items()
    }


def whole(low: int = 0, high: int | None = None, *, required: bool = True) -> pa.Column:
    """A column of whole numbers from `low` to `high`, converted to Int64."""
    limit = f"from {low} to {high}" if high is not None else f"of at least {low}"
    written = rf"-?{WHOLE_NUMBER}" if low < 0 else WHOLE_NUMBER
    rule = f"this cell is a whole number {limit}" + ("" if required else ", or empty")

    def fits(cell: pd.Series) -> pd.Series:
        empty = cell == ""
        number = pd.to_numeric(cell.where(cell.str.fullmatch(written)), errors="coerce")
        inside = (number >= low) & ((number <= high) if high is not None else True)
        return inside | (empty & (not required))

    return pa.Column(str, pa.Check(fits, error=rule), metadata={"convert": _as_whole})


def day(*, required: bool = True) -> pa.Column:
    """A column of calendar days written as 2025-03-31, converted to datetime64."""
    rule = "this cell is a day written as 2025-03-31" + ("" if required else ", or empty")

    def fits(cell: pd.Series) -> pd.Series:
        written = cell.where(cell.str.fullmatch(DAY))
        real = pd.to_datetime(written, format=DAY_FORMAT, errors="coerce").notna()
        return real | ((cell == "") & (not required))

    return pa.Column(str, pa.Check(fits, error=rule), metadata={"convert": _as_day})


def decimal(*, required: bool = True) -> pa.Column:
    """A column of numbers above 0, decimals after a point, converted to float64."""
    rule = "this cell is a number above 0, with a point before its decimals"
    rule += "" if required else ", or empty"

    def fits(cell: pd.Series) -> pd.Series:
        number = pd.to_numeric(cell.where(cell.str.fullmatch(DECIMAL_NUMBER)), errors="coerce")
        return (number > 0) | ((cell == "") & (not required))

    return pa.Column(str, pa.Check(fits, error=rule), metadata={"convert": _as_number})


def number(*, required: bool = True) -> pa.Column:
    """A column of numbers of any sign, decimals after a point, converted to float64."""
    rule = "this cell is a number, with a point before its decimals"
    rule += "" if required else ", or empty"

    def fits(cell: pd.Series) -> pd.Series:
        return cell.str.fullmatch(ANY_NUMBER) | ((cell == "") & (not required))

    return pa.Column(str, pa.Check(fits, error=rule), metadata={"convert": _as_number})


def one_of(*choices: str, required: bool = True, remedy: str = CORRECT) -> pa.Column:
    """A column with a closed list of values; remedy: what to do about another one."""
    rule = f"this cell is one of {', '.join(choices)}" + ("" if required else ", or empty")
    allowed = pa.Check.isin(choices if required else (*choices, ""), error=rule)
    return pa.Column(str, allowed, metadata={"remedy": remedy})


def code_of(question: str, *, exactly: int | None = None) -> pa.Column:
    """A column with the codes of a question that a method brings and an evaluation may declare.

    A question without options leaves the column to text. exactly: how many options the question
    has, where the method rests on their number. See `raw_tables.describe`, which makes it a column
    of the kinds above; as it stands it takes nothing.
    """
    unknown = pa.Check(lambda cell: cell != cell, error=f"this cell is a code of {question}")
    return pa.Column(str, unknown, metadata={"question": question, "exactly": exactly})


def read_table(
    path: Path,
    columns: dict[str, pa.Column],
    key: list[str],
    name: str,
    unique: tuple[list[str], ...] = (),
    match: str = EXACT,
) -> pd.DataFrame:
    """A checked table as a DataFrame: text as str, `whole` as Int64, `decimal` as float64, `day`
    as datetime64.

    The index is the line of the file on which a row starts, for later messages. `key` names the
    columns that together identify a row, `unique` further such keys; `match` is how the first line
    fits the columns, as Table Schema calls it. Texts lose the apostrophe that keeps a spreadsheet
    from reading them as formulas (see `spreadsheets`). Raises InputError for a missing file, a
    wrong encoding, a missing, extra or duplicate column, a row of another length, a cell against
    its rule or a duplicate key. A column that may be missing (see `in_report`) and is, the table
    has not got.
    """
    try:
        header, rows, lines = _rows(path, columns, name, match)
        table = pd.DataFrame(rows, columns=header, index=lines, dtype=str)
        table = table[[column for column in columns if column in header]]
        breaches = (key_breaches(table, columns, each, name) for each in (key, *unique))
        for breach in chain(cell_breaches(table, columns, name), *breaches):
            raise breach
        return converted(table, columns)
    except MemoryError:
        raise InputError(
            name,
            "a table has room in the memory of the notebook that reads it",
            "take out rows that stand there by mistake, or write a larger number for"
            " notebook_megabytes under limits in evaluation.yml",
        ) from None


def converted(table: pd.DataFrame, columns: dict[str, pa.Column]) -> pd.DataFrame:
    """A table of texts with the types of its columns; a cell against its rule has no value."""
    typed = table.copy()
    for column in table.columns:
        convert = (columns[column].metadata or {}).get("convert")
        if convert is not None:
            typed[column] = convert(table[column])
    return typed


def _as_whole(cells: pd.Series) -> pd.Series:
    return pd.to_numeric(cells.where(cells.str.fullmatch(f"-?{WHOLE_NUMBER}"))).astype("Int64")


def _as_number(cells: pd.Series) -> pd.Series:
    return pd.to_numeric(cells.where(cells.str.fullmatch(ANY_NUMBER))).astype("float64")


def _as_day(cells: pd.Series) -> pd.Series:
    return pd.to_datetime(cells.where(cells.str.fullmatch(DAY)), format=DAY_FORMAT, errors="coerce")


def cell_breaches(
    table: pd.DataFrame, columns: dict[str, pa.Column], name: str
) -> Iterator[InputError]:
    """Every cell against the rule of its column, line by line; table: as text."""
    try:
        pa.DataFrameSchema(columns).validate(table, lazy=True)
    except SchemaErrors as errors:
        for _, failure in errors.failure_cases.sort_values("index", kind="stable").iterrows():
            described = columns[failure["column"]].metadata or {}
            yield InputError(
                name,
                failure["check"],
                described.get("remedy", CORRECT),
                row=int(failure["index"]),
                column=failure["column"],
                value=failure["failure_case"],
            )


def key_breaches(
    table: pd.DataFrame, columns: dict[str, pa.Column], key: list[str], name: str
) -> Iterator[InputError]:
    """Every row with the key of an earlier one, in a table of texts; a row that lacks a value of
    its key is like no other."""
    if not key or not set(key) <= set(table):
        return
    values = converted(table[key], columns).dropna()
    together = " together identify" if len(key) > 1 else " identifies"
    for row in values.index[values.duplicated()]:
        yield InputError(
            name,
            f"{' and '.join(key)}{together} one row",
            "remove or rename the second of the two rows",
            row=int(row),
            value=", ".join(table.loc[row, key]),
        )


def _rows(
    path: Path, columns: dict[str, pa.Column], name: str, match: str
) -> tuple[list[str], list[list[str]], list[int]]:
    """The header of the file, the cells below it, and the line on which each row starts."""
    content = read_text(path, name)
    if found := CONTROL.search(content):
        raise InputError(
            name,
            "a table has no control characters",
            "remove the sign",
            row=content.count("\n", 0, found.start()) + 1,
            value=found.group(),
        )
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    rows, lines, line = [], [], 1
    try:
        for cells in reader:
            if cells:
                rows.append(cells)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            name, f"the file is a valid table, but: {error}", "check the quotes", row=line
        ) from None
    header = rows[0] if rows else []
    fewest = sum(column.required for column in columns.values())
    parts = header[0].split(";") if len(header) == 1 else []
    if len(parts) > 1 and fewest <= len(parts) <= len(columns):
        raise InputError(
            name,
            "the cells of a row are separated by commas",
            "save it with commas instead of semicolons",
            row=1,
            value=header[0],
        )
    _check_header(header, columns, name, match)
    for cells, line in zip(rows[1:], lines[1:], strict=True):
        if len(cells) != len(header):
            raise InputError(
                name,
                f"a row has {len(header)} cells",
                "put quotes around a cell that holds a comma, or add the missing one",
                row=line,
                value=f"{len(cells)} cells",
            )
    return header, [list(map(unguard, cells)) for cells in rows[1:]], lines[1:]


def _check_header(header: list[str], columns: dict[str, pa.Column], name: str, match: str) -> None:
    expected = [column for column in columns if columns[column].required or column in header]
    repeated = next((cell for cell, number in Counter(header).items() if number > 1), None)
    others = [cell for cell in header if cell not in columns]
    absent = next((column for column in expected if column not in header), None)
    if match == EXACT:
        fits = header == expected
    else:
        surplus = [] if match in WITH_OTHERS else others
        fits = bool(expected) and not (repeated or absent or surplus)
    if fits:
        return
    order = ", in this order" if match == EXACT else ""
    raise InputError(
        name,
        f"the columns are {', '.join(expected or columns)}{order}",
        f"add {absent}" if absent else "correct the first line",
        row=1,
        column=next(iter(others), repeated),
    )
