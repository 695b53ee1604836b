"""What each table under data/raw holds: its columns, their rules and its key.

An author describes a table of their own by a schema beside it, see `project.own_schemas`.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pandera.pandas as pa

from evaluation.base.errors import InputError
from evaluation.base.methods import Method, methods
from evaluation.language.texts import LANGUAGES
from evaluation.project.codebook import Question
from evaluation.project.items import FILE as ITEMS
from evaluation.project.items import brought, check_codes
from evaluation.project.own_schemas import (
    RAW,
    Reference,
    Schema,
    beside,
    check_undescribed,
    load,
)
from evaluation.project.own_tables import columns_of
from evaluation.project.raw_tables import glossary, linkage, margins, open_answers, published
from evaluation.project.tables import CORRECT, EXACT, in_report, one_of, read_table, text

Description = tuple[dict[str, pa.Column], list[str]]  # columns by name, and the key
OF_ANY_EVALUATION = (published, linkage, open_answers, glossary, margins)


@cache
def tables(languages: tuple[str, ...] = LANGUAGES) -> dict[str, Description]:
    """Name -> description of every table in a report in some languages: those of any evaluation,
    and those of the methods.

    A method may list a table of any evaluation among its own, to have it filled in with them.
    """
    found = {name: table for subject in OF_ANY_EVALUATION for name, table in subject.TABLES.items()}
    for name, method in methods().items():
        described = described_by(method)
        for table in found.keys() & described.keys():
            if described[table] is not found[table]:
                raise InputError(
                    f"method {name}",
                    f"its tables have names of their own, but {table} is described elsewhere too",
                    "rename the table in tables.py of the method",
                )
        found |= described
    return {name: (in_report(columns, languages), key) for name, (columns, key) in found.items()}


def described_by(method: Method) -> dict[str, Description]:
    """Name -> description of the tables that a method describes in its `tables.py`."""
    if not (method.folder / "tables.py").is_file():
        return {}
    described: dict[str, Description] = import_module(f"{method.package}.tables").TABLES
    return described


def check_items(items: Mapping[str, Question]) -> None:
    """Raise InputError where questions are declared as they may not be; see `Folder.items`."""
    open_ = {
        described["question"]: described["exactly"]
        for columns, _ in tables().values()
        for column in columns.values()
        if "question" in (described := column.metadata or {})
    }
    check_codes(items, open_)


def _with_codes(column: pa.Column, items: Mapping[str, Question]) -> pa.Column:
    """The column, with the codes of its question where it has one."""
    question = (column.metadata or {}).get("question")
    if question is None:
        return column
    codes = items[question].codes
    remedy = f"{CORRECT}, or declare the code among the options of {question} in {ITEMS}"
    return one_of(*codes, remedy=remedy) if codes else text()


class Described(NamedTuple):
    """What a table holds: columns by name, the key, what `read_table` takes besides, and for a
    table of one's own what it refers to and the schema that says all this."""

    columns: dict[str, pa.Column]
    key: list[str]
    unique: tuple[list[str], ...] = ()
    match: str = EXACT
    references: tuple[Reference, ...] = ()
    schema: Schema | None = None


def describe(
    path: Path,
    name: str,
    languages: tuple[str, ...] = LANGUAGES,
    items: Mapping[str, Question] | None = None,
) -> Described:
    """What the table NAME at `path` holds in a report in some languages.

    items: the questions from which columns take their codes, see `Folder.items`; without them
    those that the methods bring.

    It is described here, by a method, or by a schema beside it (see `own_schemas`). Raises
    InputError for a table that is described nowhere or twice, and for a schema that is none.
    """
    if name in tables():
        check_undescribed(path, "the library or a method")
        asked = brought() if items is None else items
        check_items(asked)
        columns, key = tables(languages)[name]
        return Described({each: _with_codes(rule, asked) for each, rule in columns.items()}, key)
    schema = load(path)
    if schema is None:
        raise InputError(
            path.name,
            "a table is described, and this one is not",
            f"describe it by a Table Schema in {' or '.join(each.name for each in beside(path))},"
            f" or use one of {', '.join(tables())}",
        )
    columns = columns_of(schema)
    return Described(
        columns, schema.key, schema.unique, schema.match, schema.references(name), schema
    )


def read_raw_table(
    path: Path,
    name: str,
    languages: tuple[str, ...] = LANGUAGES,
    items: Mapping[str, Question] | None = None,
) -> pd.DataFrame:
    """The table NAME read from `path` and checked against its description; see `describe`."""
    described = describe(path, name, languages, items)
    if not path.is_file() and any(name in described_by(method) for method in methods().values()):
        raise InputError(
            f"{RAW}/{name}.csv",
            "a method reads all its tables, and this one is missing",
            "restore it, or run `evaluation upgrade`, which adds an empty one",
        )
    table = _read(path, name, described)
    for breach in reference_breaches(path, name, described, languages, items):
        raise breach
    return table


def reference_breaches(
    path: Path,
    name: str,
    described: Described,
    languages: tuple[str, ...],
    items: Mapping[str, Question] | None,
) -> Iterator[InputError]:
    """Every row of a table that refers to a row that its table does not have.

    Raises InputError where one of the tables cannot be read, or lacks the column.
    """
    schema: Any = described.schema  # what refers to other tables has one
    for each in described.references:
        other = path.with_name(f"{each.table}.csv")
        if not other.is_file():
            rule = f"a reference leads to a table of {RAW}, and {other.name} is not there"
            remedy = "add the table, or correct the resource"
            raise schema.refusal(each.place, rule, remedy, each.table)
        known = _read(other, each.table, describe(other, each.table, languages, items))
        for column in each.columns:
            if column not in known:
                there = ", ".join(known.columns)
                rule = f"a reference leads to columns that {other.name} has: {there}"
                raise schema.refusal(each.place, rule, "correct the name", column)
        listed = set(known[each.columns].itertuples(index=False, name=None))
        rows = _read(path, name, described)[each.fields].dropna(how="all")
        for line, *cells in rows.itertuples(name=None):
            if tuple(cells) not in listed:
                yield InputError(
                    f"{RAW}/{path.name}",
                    f"what stands in {' and '.join(each.fields)} stands in"
                    f" {' and '.join(each.columns)} of {RAW}/{other.name} too",
                    "correct the cell, or add the row there",
                    row=int(line),
                    column=", ".join(each.fields),
                    value=", ".join("" if pd.isna(cell) else str(cell) for cell in cells),
                )


def _read(path: Path, name: str, described: Described) -> pd.DataFrame:
    columns, key, unique, match, *_ = described
    return read_table(path, columns, key, f"{RAW}/{name}.csv", unique, match)
