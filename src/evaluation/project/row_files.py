"""Which files of an evaluation folder hold a row for each respondent, or may."""

import sys
from pathlib import Path

FIXED = ("/usr", "/etc", "/proc", "/sys", "/dev", str(Path(__file__).parents[1]))
PROCESSED = Path("data", "processed")
RESPONDENT = "respondent"  # the column that says whose row it is
# where programs keep tables of their own
PYTHON = tuple(Path(place) for place in {sys.prefix, sys.base_prefix, *FIXED} if place)
RAW = Path("data", "raw")
# what describes raw data and holds none
DESCRIBING = (".yml", ".yaml", ".schema.json", ".md")
# what tables are stored in
TABLES = frozenset(
    {
        *(".csv", ".tsv", ".tab", ".txt", ".dat", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
        *(".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".xpt", ".rds", ".rdata"),
        *(".parquet", ".feather", ".arrow", ".pkl", ".pickle", ".h5", ".db", ".sqlite"),
        *(".jsonl", ".xml", ".zip", ".gz", ".lsa", ".vv", ".qdpx"),
    }
)


def may_hold_rows(root: Path, path: Path) -> bool:
    """Whether a file may tell of single respondents, as far as its place says.

    root: an evaluation folder; path: absolute. Every file of data/raw may, whatever it is stored
    as, unless it describes the others: what it holds is its author's to know. So may a table that
    lies anywhere else, in the folder or outside it, but for what belongs to Python.
    """
    if path.is_relative_to(root / RAW):
        return path.suffix != "" and not path.name.lower().endswith(DESCRIBING)
    if path.suffix.lower() not in TABLES:
        return False
    if not path.is_relative_to(root):
        installed = any(part.endswith(".dist-info") for part in path.parts)
        return not installed and not any(path.is_relative_to(place) for place in PYTHON)
    return not path.is_relative_to(root / "reports")


def holds_rows(root: Path, path: Path) -> bool:
    """Whether a file that may tell of single respondents does, as far as anybody knows.

    Of data/processed, from which chapters are made, only a table with a column that names them
    does. root: an evaluation folder; path: absolute.
    """
    if not may_hold_rows(root, path):
        return False
    return not path.is_relative_to(root / PROCESSED) or names_respondents(path)


def names_respondents(path: Path) -> bool:
    """Whether a table of data/processed has a row for each respondent; one that cannot be looked
    into may have.

    path: of the table, with any ending.
    """
    try:
        if path.suffix == ".parquet":
            # slow to import, and most notebooks open nothing but what the library reads
            from pyarrow.parquet import read_schema

            return RESPONDENT in read_schema(path).names
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig") as stream:
                return RESPONDENT in stream.readline().strip().replace('"', "").split(",")
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return True
