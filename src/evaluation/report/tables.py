"""Tables as Markdown pipe tables, native in HTML and PDF.

Every cell is untrusted text: `escape` makes it mean itself in Markdown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from evaluation.base.markdown import escape
from evaluation.report.provenance import OWN, Placed, beside, is_own_text, placed
from evaluation.report.shares import Share

# units drawn as signs: more than these are no longer seen at once
MOST_UNITS, FULL, EMPTY = 40, "■", "□"


@dataclass(frozen=True)
class Markdown:
    """Markdown that Jupyter and Quarto insert as it stands, with the numbers in its tables.

    own: whether others stand there too, which do not remember where they come from.
    """

    source: str
    numbers: tuple[Placed, ...] = ()
    own: bool = False

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            "text/markdown": self.source,
            "text/plain": self.source,
            **beside(self.numbers),
            **({OWN: {}} if self.own else {}),
        }


@dataclass(frozen=True)
class Column:
    """A column: its heading, relative width and whether it holds numbers."""

    heading: str
    width: int
    numeric: bool = False


Cell = str | Markdown | list[str]


def pipe_table(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], named_by: int = 0
) -> Markdown:
    """A table with one header row, relative widths kept; text is escaped, Markdown is not.

    columns: heading, width and kind of each; rows: a cell for each column. A cell of several parts
    is a list. What the cells remember of their origin goes into `numbers`; there, column `named_by`
    is what a row is called, in which digits are no numbers. Raises ValueError where a row has
    another length than the header.
    """
    dashes = [
        "-" * max(column.width - 1, 2) + (":" if column.numeric else "-") for column in columns
    ]
    lines = [_line([escape(column.heading) for column in columns]), f"|{'|'.join(dashes)}|"]
    numbers: list[Placed] = []
    own = False
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"a row of {len(row)} cells in a table of {len(columns)} columns")
        lines.append(_line([_shown(cell) for cell in row]))
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            name = _words(row[named_by])
            if isinstance(cell, Markdown):
                numbers += [replace(each, row=name, column=column.heading) for each in cell.numbers]
                own |= cell.own
                continue
            parts = cell if isinstance(cell, list) else [cell]
            numbers += placed(name, column.heading, parts)
            own |= place != named_by and any(map(is_own_text, parts))
    return Markdown("\n".join(lines), tuple(numbers), own)


def bullets(items: list[str]) -> Markdown:
    """A bullet list of `items`, which are text and not Markdown; what they remember of their origin
    goes into `numbers`."""
    numbers = chain(*(placed("", "", [item]) for item in items))
    return Markdown("\n".join(f"- {escape(item)}" for item in items), tuple(numbers))


def with_units(text: str, share: Share) -> Markdown:
    """A text that tells a share, and below it each unit that answered, full or empty, for a style
    to colour; the text alone where the share is hidden and where the units are too many to see.

    text: not Markdown; share: what it tells.
    """
    numbers = placed("", "", [text])
    if share.hidden or not 0 < share.n <= MOST_UNITS:
        return Markdown(escape(text), numbers)
    units = FULL * share.k + EMPTY * (share.n - share.k)
    return Markdown(f'{escape(text)} [{units}]{{.units aria-hidden="true"}}', numbers)


def _shown(cell: Cell) -> str:
    return cell.source if isinstance(cell, Markdown) else escape(_words(cell))


def _words(cell: Cell) -> str:
    if isinstance(cell, Markdown):
        return cell.source
    return "; ".join(cell) if isinstance(cell, list) else cell


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
