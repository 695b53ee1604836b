"""Delimited text of any common dialect: bytes in, a grid of cells out.

The encoding is known from the bytes: a byte order mark, the zero bytes of UTF-16, or valid UTF-8.
Text that is none of these is read as Windows-1252, which is what Danish "ANSI" exports are, and a
remark says so. Guessing by letter frequencies was left out: on short answers it takes æ, ø and å
for letters of other languages. The delimiter is the one that makes every row as long as the
first.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from evaluation.base.errors import InputError
from evaluation.exchange.reading.export import Remark
from evaluation.exchange.reading.grid import Grid, cleaned

# in this order where several fit: a comma stands in prose and decimals, a tab hardly anywhere
DELIMITERS = {"\t": "tab", ";": "semicolon", ",": "comma", "|": "vertical bar"}
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# what Excel reads as the delimiter of the lines below it
DECLARED = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
SAMPLE = 40
SHOWN = 6
QUOTED = re.compile('"(?:[^"]|"")*"')
# a sign that divides cells: in prose a space or the end follows it, in numbers a digit
DIVIDES = re.compile(r"[;,](?![ \d]|$)", re.MULTILINE)


def read_grid(path: Path, name: str | None = None) -> Grid:
    """The cells of a delimited text file.

    Raises InputError for a file that is empty, no text, or a table under no delimiter.
    """
    name = name or path.name
    text, remarks = decode(path.read_bytes(), name)
    return split(text, name, remarks)


def decode(content: bytes, name: str) -> tuple[str, list[Remark]]:
    """The text of a file without its byte order mark.

    Raises InputError for an empty file and for one that is no text.
    """
    remarks = []
    encoding = next((MARKS[mark] for mark in MARKS if content.startswith(mark)), None)
    encoding = encoding or _utf16(content) or "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise _not_text(name, f"broken {encoding.upper()}") from None
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise _not_text(name, f"byte {error.object[error.start]:#04x}") from None
        # letters alone, since the word that they stand in may be a name
        foreign = [letter for letter in dict.fromkeys(text) if letter > "\x7f"]
        remarks.append(Remark("encoding_assumed", name, ", ".join(foreign[:SHOWN])))
    unprintable = CONTROL.search(text)
    if unprintable:
        raise _not_text(name, f"character {ord(unprintable.group()):#04x}")
    if not text.strip():
        raise InputError(name, "the file has content", "export it again: it is empty")
    return text, remarks


def _utf16(content: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    sample = content[: 2 * SAMPLE]
    if len(content) % 2 or not sample.count(0) > len(sample) // 4:
        return None
    return "utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be"


def _not_text(name: str, found: str) -> InputError:
    return InputError(
        name,
        "the file is text in UTF-8, UTF-16 or Windows-1252",
        "save it as CSV in UTF-8",
        value=found,
    )


def split(text: str, name: str, remarks: Iterable[Remark] = ()) -> Grid:
    """The cells of delimited text.

    Rows may still differ in length where no delimiter makes them even. Raises InputError where
    none gives a table: open quotes, or a single column.
    """
    declared = DECLARED.match(text)
    skipped = 0
    if declared:
        text, skipped = text[declared.end() :], 1
    candidates = [declared.group(1)] if declared else list(DELIMITERS)
    read, failures = {}, {}
    for delimiter in candidates:
        try:
            read[delimiter] = _parse(text, delimiter, skipped)
        except _Unreadable as failure:
            failures[delimiter] = failure
    # notes may stand above the names, but not where a delimiter divides the first line
    wide = {delimiter: grid for delimiter, grid in read.items() if len(grid[0][0]) > 1}
    wide = wide or {delimiter: grid for delimiter, grid in read.items() if _width(grid[0]) > 1}
    even = [delimiter for delimiter, grid in wide.items() if _is_even(grid[0])]
    chosen = max(even or wide, key=lambda delimiter: _width(wide[delimiter][0]), default=None)
    if chosen is None:
        first = text.split("\n", 1)[0]
        raise _no_table(name, failures.get(max(candidates, key=first.count)))
    others = [delimiter for delimiter in even if delimiter != chosen]
    if others and chosen in even:
        told = f"{_called(chosen)}, {', '.join(map(_called, others))}"
        remarks = [*remarks, Remark("delimiter_unclear", name, told)]
    rows, lines = wide[chosen]
    return Grid(name, rows, lines, tuple(remarks))


def one_column(text: str, name: str, remarks: Iterable[Remark] = ()) -> Grid | None:
    """The cells of a table of one column, which nothing divides; None for any other text."""
    bare = QUOTED.sub('""', text).lstrip()
    first, _, below = bare.partition("\n")
    signs = [sign for sign in DELIMITERS if sign in first]
    # a heading may be a sentence with commas, of which the answers have none
    if signs and (any(sign in below for sign in signs) or not below.strip()):
        return None
    if "\t" in text or DIVIDES.search(bare):
        return None
    try:
        rows, lines = _parse(text, "\t", 0)
        others = [_parse(text, sign, 0)[0] for sign in DELIMITERS if sign in bare]
    except _Unreadable:
        return None
    # what a sign divides evenly may be a table below a note
    if len(rows) < 2 or any(map(_is_table, others)):
        return None
    return Grid(name, rows, lines, tuple(remarks))


def _called(delimiter: str) -> str:
    return DELIMITERS.get(delimiter, delimiter)


class _Unreadable(Exception):
    def __init__(self, problem: str, line: int):
        super().__init__(problem)
        self.line = line


def _parse(text: str, delimiter: str, skipped: int) -> tuple[list[list[str]], list[int]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, lines, line = [], [], 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)) or len(cells) > 1:
                rows.append([cleaned(cell) for cell in cells])
                lines.append(line + skipped)
            line = reader.line_num + 1
    except csv.Error as error:
        raise _Unreadable(str(error), line + skipped) from None
    return rows, lines


def _width(rows: list[list[str]]) -> int:
    """The cells of the line of names: the first, unless notes in a single cell stand above it."""
    return len(_below_notes(rows)[0])


def _below_notes(rows: list[list[str]]) -> list[list[str]]:
    first = next((at for at, row in enumerate(rows) if len(row) > 1), 0)
    # a note is short of a table: what follows it has more lines
    return rows[first:] if 2 * first < len(rows) else rows


def _is_even(rows: list[list[str]]) -> bool:
    """Whether every row has a cell under each name; empty ones may follow."""
    rows = _below_notes(rows)
    width = len(rows[0])
    return all(len(row) >= width and not any(row[width:]) for row in rows)


def _is_table(rows: list[list[str]]) -> bool:
    """Whether rows have cells below names, which never stand there again."""
    names, *below = _below_notes(rows)
    return len(names) > 1 and _is_even(rows) and names not in below


def _no_table(name: str, failure: _Unreadable | None) -> InputError:
    if failure is not None:
        return InputError(
            name,
            f"not a valid table: {failure}",
            "check the quotes: inside a quoted cell, a quotation mark is written twice",
            row=failure.line,
        )
    return InputError(
        name,
        "a table has two columns or more, with a comma, a semicolon, a tab or a vertical bar "
        "between the cells",
        "export it again as CSV",
        row=1,
    )
