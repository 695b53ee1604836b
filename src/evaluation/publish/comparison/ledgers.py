"""Two number ledgers side by side: which number is the same, and which of them changed."""

from pathlib import Path

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.spreadsheets import unguard
from evaluation.language.texts import LANGUAGES
from evaluation.publish.site import SITE

LEDGER = "downloads/number_ledger_{}.csv"
# a number is the same that the same expression gives at the same place
PLACE = ["file", "place", "output", "row", "column", "expression"]
TOLD = ["chapter", "value", "sentence", "k", "n", "source"]
KINDS = ("changed", "added", "removed")
BEFORE, AFTER = "_before", "_after"


def of_editions(folder: Path) -> dict[str, pd.DataFrame]:
    """The number ledgers of a published report, by language; every cell a text.

    folder: an evaluation folder, or a copy of its site. Raises InputError where there is none.
    """
    site = folder / SITE if (folder / SITE).is_dir() else folder
    found = {language: site / language / LEDGER.format(language) for language in LANGUAGES}
    ledgers = {language: _read(path) for language, path in found.items() if path.is_file()}
    if not ledgers:
        raise InputError(
            site,
            "a published report offers its number ledger in LANGUAGE/downloads",
            "run `evaluation build` on the evaluation folder, or name a copy of its reports/site",
        )
    return ledgers


def _read(path: Path) -> pd.DataFrame:
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False).map(unguard)
    except (ValueError, OSError) as error:
        raise _other(path, str(error)) from None
    missing = [name for name in (*PLACE, *TOLD) if name not in table]
    if missing:
        raise _other(path, ", ".join(table.columns))
    return table


def _other(path: Path, found: str) -> InputError:
    return InputError(
        path,
        f"a number ledger is a CSV file in UTF-8 with the columns {', '.join((*PLACE, *TOLD))}",
        "build the report again with this version, and compare what that publishes",
        value=found,
    )


def changes(old: pd.DataFrame, new: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """What is not the same in two ledgers, and how many numbers are.

    old, new: see `of_editions`. A row a number, in the order of the new report, after which come
    those of the old one that are gone: change (one of `KINDS`), file, chapter, place, output, row,
    column, then value, sentence, k, n and source before and after, empty where there is no such
    number.
    """
    # an expression may stand several times in a place
    numbered = [
        ledger[[*PLACE, *TOLD]].assign(
            time=ledger.groupby(PLACE).cumcount(), order=range(len(ledger))
        )
        for ledger in (old, new)
    ]
    joined = numbered[0].merge(
        numbered[1], how="outer", on=[*PLACE, "time"], suffixes=(BEFORE, AFTER), indicator=True
    )
    joined = joined.sort_values([f"order{AFTER}", f"order{BEFORE}"])
    kinds = {"both": "changed", "right_only": "added", "left_only": "removed"}
    joined["change"] = joined["_merge"].astype(str).map(kinds)
    joined["chapter"] = joined[f"chapter{AFTER}"].fillna(joined[f"chapter{BEFORE}"])
    same = (joined["change"] == "changed") & _alike(joined)
    named = [f"{name}{when}" for name in TOLD[1:] for when in (BEFORE, AFTER)]
    columns = ["change", "file", "chapter", *PLACE[1:-1], *named]
    return joined.loc[~same, columns].fillna("").reset_index(drop=True), int(same.sum())


def _alike(joined: pd.DataFrame) -> pd.Series:
    """Where value, k and n are what they were; the words around them may be others."""
    pairs = [joined[f"{name}{BEFORE}"] == joined[f"{name}{AFTER}"] for name in ("value", "k", "n")]
    return pd.concat(pairs, axis=1).all(axis=1)
