"""The codings of interviews for an evaluation folder, with the chapter on how far coders agree."""

from collections.abc import Sized
from pathlib import Path

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.spreadsheets import guarded, guarded_lines
from evaluation.base.whole_changes import replace_all
from evaluation.exchange.reading import refi
from evaluation.language.texts import texts
from evaluation.project.folder import Folder
from evaluation.scaffold.method import notebook_files

METHOD = "coding_quality"


def add_codings(root: Path, source: Path) -> list[str]:
    """Add the codings of a REFI-QDA project at `source` to the folder `root`; returns what was
    read, as sentences in the first language of the report.

    They become the raw tables of the instrument of coding quality, whose notebooks are added where
    the folder has none. Raises InputError for a file that is no such project or has no codings,
    and a folder that has codings already; no file is changed then.
    """
    folder = Folder(root)
    config = folder.config()
    for name in ("coding_units", "codings"):
        if folder.has_raw(name):
            raise InputError(
                f"data/raw/{name}.csv",
                "codings are added where there are none yet",
                "move the file away, or write the further codings into it",
            )
    if not source.is_file() or not refi.recognises(source):
        raise InputError(
            source,
            "codings are read from REFI-QDA, which NVivo, MAXQDA, ATLAS.ti and others write",
            "export the project as REFI-QDA (.qdpx)",
        )
    found = refi.read(source)
    units, codings = found.units()
    if codings.empty:
        raise InputError(
            source,
            "a project has codings",
            "export a project (.qdpx) in which something was coded; a .qdc has codes alone",
            value=f"{len(found.codes)} codes",
        )
    files = {"data/raw/coding_units.csv": _csv(units), "data/raw/codings.csv": _csv(codings)}
    replace_all(root, files | notebook_files(folder, METHOD))
    words = texts(config.languages[0])
    counts: dict[str, Sized] = {
        "units": units,
        "codes": codings["code"].unique(),
        "coders": _coders(codings),
    }
    read = {name: words.number(len(counted)) for name, counted in counts.items()}
    told = [words("add_codings.read", format=refi.FORMAT, **read)]
    told += [remark.text(words.language) for remark in found.remarks]
    if len(_coders(codings)) == 1:
        told.append(words("add_codings.one_coder"))
    return told


def _coders(codings: pd.DataFrame) -> list[str]:
    return list(codings["coder"].unique())


def _csv(table: pd.DataFrame) -> bytes:
    return guarded_lines(guarded(table)).encode()
