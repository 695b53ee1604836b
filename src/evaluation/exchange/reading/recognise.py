"""Whatever a survey was exported as: the format is recognised by what is in it."""

from collections.abc import Mapping
from pathlib import Path

from evaluation.base.errors import InputError
from evaluation.exchange.reading import (
    limesurvey,
    redcap,
    sas,
    spss,
    stata,
    surveyxact,
    tables,
    xlsform,
)
from evaluation.exchange.reading.export import Export
from evaluation.exchange.reading.kinds import kind_of
from evaluation.exchange.reading.pairs import is_lock
from evaluation.exchange.reading.placing.withheld import withheld
from evaluation.exchange.reading.rereading import reread
from evaluation.exchange.reading.tables import Known

# in this order: the first that recognises a file reads it, plain tables come last; a reader has
# recognises(path) -> bool, which never raises InputError, and read(path) -> Export
READERS = (surveyxact, spss, stata, sas, limesurvey, xlsform, redcap, tables)
# these may be given tables in which no question is described: their owner says what is in them
DRAFTED = (stata, sas, tables)
SUPPORTED = ", ".join(reader.FORMAT for reader in READERS)


def read_export(
    path: Path,
    readings: Mapping[str, str] | None = None,
    known: Mapping[str, Known] | None = None,
) -> Export:
    """The answers and questions of a survey export: a file, or a folder with one export.

    What tells who a person is stands in the background of the export, whatever its format.
    readings: what the owner of the file says of its columns; known: the questions that it is known
    to ask, see `tables.read`. Raises InputError
    for a path that is missing, for content that no reader knows, and as the reader of its format.
    """
    readings, known = readings or {}, known or {}
    if not path.exists():
        raise InputError(path, "the export is missing", "correct the path")
    if not (path.is_file() or path.is_dir()):  # a pipe or device may never end
        raise InputError(
            path,
            "an export is a file, or a folder with files",
            "save what the program writes as a file first",
        )
    if is_lock(path):
        raise InputError(
            path,
            "the export is a file with answers",
            f"read {_locked(path)}, which it stands beside",
            value="what a program writes while it has a file open",
        )
    for reader in READERS:
        if reader.recognises(path):
            if reader in DRAFTED:
                drafted: Export = reader.read(path, readings, known)
                return drafted
            export: Export = reader.read(path)
            said = [name for name, reading in readings.items() if reading not in tables.BESIDE]
            return reread(withheld(export, {*said, *known}), readings, path.name)
    if path.is_dir():
        files = [file for file in sorted(path.iterdir()) if not is_lock(file)]
        if len(files) == 1 and files[0].is_file():
            return read_export(files[0], readings, known)
    found, remedy = kind_of(path)
    raise InputError(path, f"the formats that are read: {SUPPORTED}", remedy, value=found)


def _locked(path: Path) -> str:
    """The name of the file that a program had open when it wrote this one."""
    return path.name.removeprefix("~$").removeprefix(".~lock.").removesuffix("#")
