"""What a file is that no reader reads, and the way out of it."""

import bz2
import gzip
import lzma
import zipfile
from codecs import BOM_UTF8
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evaluation.exchange.reading.pairs import is_lock
from evaluation.exchange.reading.zip_files import BROKEN

EXPORT = "export the survey in one of them; a folder holds one export"
UNPACK = "unpack it, and read the file or the folder that was in it"
R = '(install.packages("haven") gets what writes it)'
# how files begin that people mistake for an export
SIGNS = {
    b"%PDF": ("a PDF document", EXPORT),
    b"\x89PNG": ("an image", EXPORT),
    b"\xff\xd8\xff": ("an image", EXPORT),
    b"\xd0\xcf\x11\xe0": ("a Word file of the old format", EXPORT),
    b"SQLite format 3": ("a database", "save its table of answers as CSV"),
    b"\x1c\0\0\0\0\0\0\0ENCRYPTED": (
        "an SPSS file with a password",
        "open it in SPSS, and save it again without the password",
    ),
    b"PAR1": ("a Parquet file", "save it as CSV: pandas.read_parquet(FILE).to_csv(FILE)"),
    b"7z\xbc\xaf": ("a 7z archive", UNPACK),
    b"<": ("HTML or XML", EXPORT),
    b"{": ("JSON", "export the answers as CSV or a workbook"),
    b"[": ("JSON", "export the answers as CSV or a workbook"),
}
# what a file of R holds, in one of its three encodings, unpacked
ONE_OBJECT = (b"X\n", b"A\n", b"B\n")
OBJECTS = (b"RDX2\n", b"RDX3\n", b"RDA2\n", b"RDA3\n", b"RDB2\n", b"RDB3\n")
OPENERS: dict[bytes, Callable[..., Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ": lzma.open,
}


def kind_of(path: Path) -> tuple[str, str]:
    """(what a file or folder is, how its answers come into a format that is read)."""
    if path.is_dir():
        names = sorted(entry.name for entry in path.iterdir() if not is_lock(entry))
        found = f"a folder with {', '.join(names[:5])}" if names else "an empty folder"
        return found, EXPORT
    with path.open("rb") as stream:
        start = stream.read(4096)
    opener = next((OPENERS[sign] for sign in OPENERS if start.startswith(sign)), None)
    content = _unpacked(path, opener) if opener else start
    if of_r := _of_r(path, content):
        return of_r
    if opener:
        return "a compressed file", UNPACK
    if start.startswith(b"PK"):
        return _archive(path)
    text = start.removeprefix(BOM_UTF8).strip()
    if text.startswith(b"{") and b'"SurveyEntry"' in text:
        return "a survey of Qualtrics without its answers (.qsf)", (
            "export the answers in Qualtrics: Data & Analysis, Export, CSV or SPSS"
        )
    if not text:
        return "an empty file", EXPORT
    if b"<LimeSurveyDocType>" in start:
        return "a part of a survey of LimeSurvey", (
            "export the whole survey in LimeSurvey (.lss, or .lsa with its answers), and read that"
        )
    known = next((told for sign, told in SIGNS.items() if text.startswith(sign)), None)
    if known is None and _is_other_text(start):
        return "text in an encoding that is not known", (
            "open it in the program that wrote it, or a spreadsheet, and save it as CSV in UTF-8"
        )
    return known or ("no table", EXPORT)


def _is_other_text(start: bytes) -> bool:
    """Whether a file begins as a delimited table, in letters of an encoding that nobody knows."""
    plain = sum(32 <= byte < 127 or byte in b"\t\r\n" for byte in start)
    line = start.split(b"\n")[0]
    return b"\0" not in start and plain > 0.6 * len(start) and any(c in line for c in b",;\t")


def _unpacked(path: Path, opener: Callable[..., Any]) -> bytes:
    try:
        with opener(path) as stream:
            return bytes(stream.read(64))
    except (OSError, EOFError, lzma.LZMAError):
        return b""


def _of_r(path: Path, content: bytes) -> tuple[str, str] | None:
    if content.startswith(OBJECTS):
        return "data of R (.RData)", (
            f"in R: load({path.name!r}), then haven::write_sav(NAME, 'answers.sav') with the NAME "
            f"of its table {R}, and read answers.sav"
        )
    # an ASCII object goes on with the version of its format
    if content.startswith(ONE_OBJECT) and content[2:3] in (b"\0", b"2", b"3", b"\2", b"\3"):
        return "an object of R (.rds)", (
            f"in R: haven::write_sav(readRDS({path.name!r}), 'answers.sav') {R}, and read "
            "answers.sav"
        )
    return None


def _archive(path: Path) -> tuple[str, str]:
    """What a ZIP archive is, by what is in it."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except BROKEN:
        return "a damaged ZIP archive or Office document", "export or download it again"
    for sign, program in (("word/", "a Word document"), ("ppt/", "a PowerPoint presentation")):
        if any(name.startswith(sign) for name in names):
            return program, EXPORT
    if "content.xml" in names:
        return "a document of LibreOffice that is no table", EXPORT
    listed = ", ".join(name for name in names[:3])
    return f"a ZIP archive with {listed}" if listed else "an empty ZIP archive", UNPACK
