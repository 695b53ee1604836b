"""The report as a whole against its readers: what its numbers together give away.

The indicator table is safe when it is made (see `disclosure`). A chapter could still tell more:
a sum in a sentence, a detail beside a quotation. Here the finished chapters are attacked.
"""

from typing import Any

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import each_row, labelled
from evaluation.disclosure import attack, exactly, is_safe
from evaluation.disclosure.reidentification import pointers
from evaluation.language.texts import texts
from evaluation.notebook import ledger, opened_rows
from evaluation.project.codebook import Codebook
from evaluation.project.folder import Folder

PASSAGES = "data/raw/passages.csv"
DETAILS = ["municipality", "project"]


def check_told(folder: Folder, language: str) -> list[str]:
    """What cells of the executed chapters declare to tell of nobody, a line each.

    Raises InputError where the chapters show what was computed from rows about respondents without
    such a reason, or where their numbers give a hidden count away. Every number of the ledger that
    is about indicators counts as known to the reader, one chapter after another, so that the
    message names the chapter that told too much.
    """
    min_cell = folder.config().min_cell
    if min_cell == 1:
        return []
    executed = folder.executed(language)
    declared = [line for file, notebook in executed for line in opened_rows.check(file, notebook)]
    published, codebook = folder.read("indicators"), folder.published_codebook()
    told = [
        (file, entry)
        for file, notebook in executed
        for entry in ledger.entries(notebook, texts(language))
        if entry.k is not None and entry.about
    ]
    if "wave" not in published:
        _check(published, codebook, min_cell, told)
        return declared
    last = published["wave"].max()
    for wave, table in labelled(published.groupby("wave")):
        _check(table, codebook, min_cell, told, suffix="" if wave == last else f"@{wave}")
    return declared


def _check(
    published: pd.DataFrame,
    codebook: Codebook,
    min_cell: int,
    told: list[tuple[str, ledger.Entry]],
    suffix: str = "",
) -> None:
    """Attack one table with what is told; `suffix` ends the ids that are about it."""
    ids = {f"{cell}{suffix}": cell for cell in published["id"]}
    shown = published.set_index("id")["k"].dropna()
    news = []
    for file, entry in told:
        if entry.k is not None and ids.keys() >= set(entry.about):
            cells = [ids[name] for name in entry.about]
            # what the table tells itself is no news
            if not set(cells) <= set(shown.index) or shown[cells].sum() != entry.k:
                news.append((file, entry, exactly(cells, entry.k)))
    if _safe(published, codebook, min_cell, [known for *_, known in news]):
        return
    known = []
    for file, entry, number in news:
        known.append(number)
        if not _safe(published, codebook, min_cell, known):
            raise InputError(
                file,
                f"no number gives away a count that is hidden (min_cell: {min_cell})",
                "leave the number out, or give a share that is not hidden",
                row=entry.sentence,
                column=entry.expression,
                value=entry.value,
            )


def _safe(published: pd.DataFrame, codebook: Codebook, min_cell: int, known: list[Any]) -> bool:
    try:
        return is_safe(attack(published, codebook, min_cell, known), min_cell)
    except ValueError:
        # a number that contradicts the published table tells that the table hides something
        return False


def warnings(folder: Folder) -> list[str]:
    """Quotations whose details point at fewer units than the threshold, a sentence each.

    Reads data/raw/passages.csv (the published quotations and cases with their details) and
    data/raw/units.csv (who is where with what).
    """
    passages, units = folder.read_raw("passages"), folder.read_raw("units")
    # one unit is pointed at even where every count may be published
    min_units = max(folder.config().min_cell, 2)
    found = pointers(passages, units, DETAILS, min_units)
    lines = dict(zip(passages["id"], passages.index, strict=True))
    return [
        f"{PASSAGES}, row {lines[row.id]}: {row.id} fits {row.fits} of "
        f"{units['unit'].nunique()} units by its {row.details.replace(';', ' and ')}. "
        "Remedy: blur a detail, or ask the unit for its consent."
        for row in each_row(found)
    ]
