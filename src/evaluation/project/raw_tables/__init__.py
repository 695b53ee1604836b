"""What each table under data/raw holds: its columns, their rules and its key."""

from pathlib import Path

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.project.raw_tables import (
    actor_network,
    bridge_building,
    coding_quality,
    collaboration_phases,
    evidence,
    goal_attainment,
    linkage,
    meetings_grants,
    open_answers,
    partnership_check,
    published,
    resource_check,
)
from evaluation.project.tables import read_table

SUBJECTS = (
    published,
    evidence,
    linkage,
    resource_check,
    partnership_check,
    collaboration_phases,
    meetings_grants,
    open_answers,
    actor_network,
    bridge_building,
    coding_quality,
    goal_attainment,
)
TABLES = {name: table for subject in SUBJECTS for name, table in subject.TABLES.items()}


def read_raw_table(path: Path, name: str) -> pd.DataFrame:
    """The table NAME read from `path` and checked against its description."""
    if name not in TABLES:
        raise InputError(path.name, "the table is not described", f"use one of {', '.join(TABLES)}")
    columns, key = TABLES[name]
    return read_table(path, columns, key, f"data/raw/{name}.csv")
