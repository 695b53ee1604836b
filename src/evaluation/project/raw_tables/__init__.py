"""What each table under data/raw holds: its columns, their rules and its key."""

from functools import cache
from importlib import import_module
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from evaluation.base.errors import InputError
from evaluation.base.methods import Method, methods
from evaluation.project.raw_tables import linkage, open_answers, published
from evaluation.project.tables import read_table

Description = tuple[dict[str, pa.Column], list[str]]  # columns by name, and the key
OF_ANY_EVALUATION = (published, linkage, open_answers)


@cache
def tables() -> dict[str, Description]:
    """Name -> description of every table: those of any evaluation, and those of the methods.

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
    return found


def described_by(method: Method) -> dict[str, Description]:
    """Name -> description of the tables that a method describes in its `tables.py`."""
    if not (method.folder / "tables.py").is_file():
        return {}
    return import_module(f"{method.package}.tables").TABLES


def read_raw_table(path: Path, name: str) -> pd.DataFrame:
    """The table NAME read from `path` and checked against its description."""
    if name not in tables():
        raise InputError(
            path.name, "the table is not described", f"use one of {', '.join(tables())}"
        )
    columns, key = tables()[name]
    return read_table(path, columns, key, f"data/raw/{name}.csv")
