"""An evaluation folder as an institute keeps it that writes in one language only."""

import re
from pathlib import Path

import pandas as pd


def keep_language(root: Path, language: str) -> list[str]:
    """Leave one language in evaluation.yml and in the registers; returns the columns taken out,
    as `table.column`."""
    config = root / "evaluation.yml"
    text = config.read_text("utf-8")
    assert "\nlanguages: [da, en]\n" in text
    config.write_text(text.replace("languages: [da, en]", f"languages: [{language}]"), "utf-8")
    other = {"da": "en", "en": "da"}[language]
    removed = []
    for path in sorted((root / "data/raw").glob("*.csv")):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        spoken = [name for name in table if re.fullmatch(rf"(\w+_)?{other}", name)]
        table.drop(columns=spoken).to_csv(path, index=False)
        removed += [f"{path.stem}.{name}" for name in spoken]
    return removed
