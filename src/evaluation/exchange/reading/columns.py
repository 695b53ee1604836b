"""A table of answers whose columns are taken, one by one, by the questions they belong to."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from evaluation.exchange.reading import dialects, grid, workbooks
from evaluation.exchange.reading.export import Remark
from evaluation.exchange.reading.markup import plain_text


class Columns:
    """The columns of a table of answers that no question has taken yet, and those it lacks.

    Without a file the table has neither rows nor columns, and lacks nothing.
    """

    def __init__(
        self,
        name: str,
        path: Path | None,
        remarks: list[Remark],
        read: Callable[[Path], tuple[pd.DataFrame, list[Remark]]] | None = None,
    ):
        """`name`: the file of the questions; what there is to say of the table goes to remarks;
        `read`: a reader of the table, else `read_answers`.

        Raises InputError for a table that cannot be read.
        """
        self.file = name if path is None else path.name
        self.table = pd.DataFrame(index=pd.Index([], dtype=int))
        if path is not None:
            self.table, told = (read or read_answers)(path)
            remarks += told
        self.free = list(self.table.columns)
        # texts in headers may have the markup that they have in the survey
        self.words = {header: plain_text(header) for header in self.free}
        self.missing: list[str] = []

    @property
    def row_numbers(self) -> pd.Series:
        return pd.Series(range(1, len(self.table) + 1), index=self.table.index, dtype=object).map(
            str
        )

    def find(self, *names: str, before: str = "") -> pd.Series | None:
        """The first free column that has one of the names, or one that begins with `before`."""
        for header in self.free:
            called = header in names or self.words[header] in names
            if called or (before and header.startswith(before)):
                self.free.remove(header)
                return self.table[header]
        return None

    def take(self, *names: str, before: str = "") -> pd.Series:
        """The column as `find`; an empty one, noted as missing, where there is none."""
        found = self.find(*names, before=before)
        if found is not None:
            return found
        if len(self.table.columns):
            self.missing.append(names[0])
        return pd.Series("", index=self.table.index, name=names[0], dtype=object)

    def told(self) -> list[Remark]:
        """What the questions and the table do not have in common."""
        unknown = [Remark("not_described", header) for header in self.free]
        return unknown + [Remark("column_missing", self.file, name) for name in self.missing]


def read_answers(path: Path) -> tuple[pd.DataFrame, list[Remark]]:
    """The table in a delimited file or on the first sheet of a workbook.

    Cells as text, index = line of the file. Raises InputError as the readers of both.
    """
    if not workbooks.is_workbook(path):
        return grid.table(dialects.read_grid(path))
    sheets = workbooks.read_sheets(path)
    first, *others = sheets
    table, remarks = grid.table(sheets[first])
    if others:
        remarks.append(Remark("other_sheets", first, ", ".join(others)))
    return table, remarks
