"""Where the rows of a raw table were printed: document, section and page, by their line."""

import csv
import io
from pathlib import Path
from typing import NamedTuple

from evaluation.base.plain_files import read_text

SECTION = "section"


class Printed(NamedTuple):
    """A place in print; empty what the table does not say."""

    document: str
    section: str
    page: str


def printed(path: Path) -> dict[int, Printed]:
    """Line of a raw table -> where its row was printed; nothing where the table has no sections.

    path: of the table. Of its other columns nothing is taken. Raises InputError for what is no
    file that can be read.
    """
    reader = csv.reader(io.StringIO(read_text(path, path.name), newline=""))
    header = next(reader, [])
    if SECTION not in header:
        return {}
    found, line = {}, reader.line_num + 1
    for cells in reader:
        row = dict(zip(header, cells, strict=False))
        found[line] = Printed(*(row.get(name, "") for name in Printed._fields))
        line = reader.line_num + 1
    return found
