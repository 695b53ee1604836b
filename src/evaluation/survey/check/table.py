"""A table of an evaluation folder read as far as it goes: all its cells, and all that is wrong
with its form.

What reads a table for a report stops at the first breach; here the reading goes on.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from evaluation.base.errors import InputError
from evaluation.base.spreadsheets import unguard
from evaluation.exchange.reading.dialects import read_grid
from evaluation.project.tables import (
    EXACT,
    WITH_OTHERS,
    cell_breaches,
    key_breaches,
    read_table,
)
from evaluation.survey.check.problem import Problem

MOST = 50  # columns that are told one by one


def read(
    path: Path,
    columns: dict[str, pa.Column],
    key: list[str],
    name: str,
    described_in: str,
    unique: tuple[list[str], ...] = (),
    match: str = EXACT,
) -> tuple[pd.DataFrame, list[Problem]]:
    """(cells as text, index = line; problems): the columns that are there and described.

    columns, key, unique, match: as `project.tables.read_table` takes them; described_in: where a
    user finds the columns. There are problems exactly where that function refuses the table.
    """
    first: InputError | None = None
    try:
        read_table(path, columns, key, name, unique, match)
    except InputError as error:
        first = error
    try:
        grid = read_grid(path, name)
    except (InputError, FileNotFoundError):
        # it cannot be taken apart, or has one column only
        problems = [Problem.of("form", first)] if first else []
        return pd.DataFrame(columns=list(columns), dtype=str), problems
    header, rows = grid.header, grid.rows[1:]
    fitting = [len(row) == len(header) for row in rows]
    table = pd.DataFrame(
        [row for row, fits in zip(rows, fitting, strict=True) if fits],
        columns=pd.Index(header),
        index=[line for line, fits in zip(grid.lines[1:], fitting, strict=True) if fits],
        dtype=str,
    )
    table = table.loc[:, ~table.columns.duplicated()]
    table = table[[column for column in columns if column in table]].map(unguard)
    if first is None:
        return table, []
    problems = [
        *_encoding(grid.remarks, name),
        *_header(header, columns, name, described_in, match),
    ]
    if first.row == 1 and not problems:
        # the first line has the right names in a wrong order, or with semicolons between
        problems.append(Problem.of("form", first))
    for row, line, fits in zip(rows, grid.lines[1:], fitting, strict=True):
        if not fits:
            problems.append(
                Problem(
                    "row_length",
                    name,
                    f"a row has {len(header)} cells, as the first line has names",
                    "put quotes around a cell that holds a comma, or add the missing one",
                    line,
                    value=f"{len(row)} cells",
                )
            )
    described = {column: columns[column] for column in table.columns}
    problems += [Problem.of("cell", breach) for breach in cell_breaches(table, described, name)]
    for each in (key, *unique):
        breaches = key_breaches(table, columns, each, name)
        problems += [Problem.of("duplicate", breach) for breach in breaches]
    return table, problems or [Problem.of("form", first)]


def _encoding(remarks: tuple[Any, ...], name: str) -> list[Problem]:
    return [
        Problem(
            "encoding",
            name,
            "the file is in UTF-8",
            "save it as UTF-8; it was read here as Windows-1252",
            value=remark.value or None,
        )
        for remark in remarks
        if remark.rule == "encoding_assumed"
    ]


def _header(
    header: list[str],
    columns: dict[str, pa.Column],
    name: str,
    described_in: str,
    match: str,
) -> list[Problem]:
    repeated = {column for column, number in Counter(header).items() if number > 1}
    missing = [
        column
        for column, described in columns.items()
        if described.required and column not in header
    ]
    others = match not in WITH_OTHERS
    extra = [column for column in dict.fromkeys(header) if others and column not in columns]
    rule = f"the columns are those of {described_in}"
    if len(extra) > MOST:
        # another file, or another dialect: nobody reads a line for each
        remedy = "choose the right file, or remove the columns"
        found = f"{len(extra):,} columns that are not described"
        return [Problem("extra_column", name, rule, remedy, 1, value=found)]
    return [
        *(
            Problem("missing_column", name, rule, "add the column, or take it out there", 1, column)
            for column in missing
        ),
        *(
            Problem(
                "extra_column", name, rule, "remove the column, or describe it there", 1, column
            )
            for column in extra
        ),
        *(
            Problem("extra_column", name, "a name is used once", "remove one", 1, column)
            for column in sorted(repeated)
        ),
    ]
