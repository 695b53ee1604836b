"""Which files of an evaluation folder hold a row for each respondent, or may."""

import sys
from pathlib import Path

FIXED = ("/usr", "/etc", "/proc", "/sys", "/dev", str(Path(__file__).parents[1]))
PROCESSED = Path("data", "processed")
# what the notebooks of the pipeline write about single respondents
PROCESSED_ROWS = ("responses",)
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


def holds_rows(root: Path, path: Path) -> bool:
    """Whether a file may tell of single respondents.

    root: an evaluation folder; path: absolute. Every file of data/raw may, whatever it is stored
    as, unless it describes the others: what it holds is its author's to know. So may a table that
    lies anywhere else, in the folder or outside it, but for what belongs to Python. Of
    data/processed the responses do; the other tables there are those that chapters are made from.
    """
    if path.is_relative_to(root / RAW):
        return path.suffix != "" and not path.name.lower().endswith(DESCRIBING)
    if path.suffix.lower() not in TABLES:
        return False
    if not path.is_relative_to(root):
        installed = any(part.endswith(".dist-info") for part in path.parts)
        return not installed and not any(path.is_relative_to(place) for place in PYTHON)
    inside = path.relative_to(root)
    if inside.is_relative_to(PROCESSED):
        return path.stem in PROCESSED_ROWS
    return not inside.is_relative_to("reports")
