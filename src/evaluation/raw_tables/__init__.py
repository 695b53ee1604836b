"""What each table under data/raw holds: its columns, their rules and its key."""

from pathlib import Path

import pandas as pd

from evaluation.errors import InputError
from evaluation.raw_tables import evidence, linkage, published
from evaluation.readers.delimited import read_table

TABLES = {**published.TABLES, **evidence.TABLES, **linkage.TABLES}


def read_raw_table(path: Path, name: str) -> pd.DataFrame:
    """The table NAME read from `path` and checked against its description."""
    if name not in TABLES:
        raise InputError(path.name, "the table is not described", f"use one of {', '.join(TABLES)}")
    columns, key = TABLES[name]
    return read_table(path, columns, key, f"data/raw/{name}.csv")
