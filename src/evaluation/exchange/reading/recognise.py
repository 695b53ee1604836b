"""Whatever a survey was exported as: the format is recognised by what is in it."""

from codecs import BOM_UTF8
from collections.abc import Mapping
from pathlib import Path

from evaluation.base.errors import InputError
from evaluation.exchange.reading import limesurvey, sas, spss, stata, surveyxact, tables, xlsform
from evaluation.exchange.reading.export import Export
from evaluation.exchange.reading.pairs import is_lock
from evaluation.exchange.reading.placing.withheld import withheld
from evaluation.exchange.reading.tables import Known

# in this order: the first that recognises a file reads it, plain tables come last; a reader has
# recognises(path) -> bool, which never raises InputError, and read(path) -> Export
READERS = (surveyxact, spss, stata, sas, limesurvey, xlsform, tables)
# these may be given tables in which no question is described: their owner says what is in them
DRAFTED = (stata, sas, tables)
SUPPORTED = ", ".join(reader.FORMAT for reader in READERS)
# how files begin that people mistake for an export
KINDS = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"\xd0\xcf\x11\xe0": "an Excel or Word file of the old format, or one with a password",
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"\x1f\x8b": "a compressed file",
    b"SQLite format 3": "a database",
    b"<": "HTML or XML",
    b"{": "JSON",
    b"[": "JSON",
}


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
                return reader.read(path, readings, known)
            export: Export = reader.read(path)
            said = [name for name, reading in readings.items() if reading not in tables.BESIDE]
            return withheld(export, {*said, *known})
    if path.is_dir():
        files = [file for file in sorted(path.iterdir()) if not is_lock(file)]
        if len(files) == 1 and files[0].is_file():
            return read_export(files[0], readings, known)
    raise InputError(
        path,
        f"the formats that are read: {SUPPORTED}",
        "export the survey in one of them; a folder holds one export",
        value=_found(path),
    )


def _locked(path: Path) -> str:
    """The name of the file that a program had open when it wrote this one."""
    return path.name.removeprefix("~$").removeprefix(".~lock.").removesuffix("#")


def _found(path: Path) -> str:
    if path.is_dir():
        names = sorted(entry.name for entry in path.iterdir() if not is_lock(entry))
        return f"a folder with {', '.join(names[:5])}" if names else "an empty folder"
    with path.open("rb") as stream:
        start = stream.read(64).removeprefix(BOM_UTF8).strip()
    kind = next((kind for sign, kind in KINDS.items() if start.startswith(sign)), None)
    return kind or ("an empty file" if not start else "no table")
