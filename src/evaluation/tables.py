"""Tables as Markdown pipe tables, native in HTML and PDF.

Every cell is untrusted text: `escape` makes it mean itself in Markdown.
"""

import re
from dataclasses import dataclass

# all ASCII punctuation that Markdown, its extensions or Quarto's shortcodes give a meaning
SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~^$@'\"&=:%])")
BLANKS = re.compile(r"[ \t\r\n\f\v]+")


def escape(text: str) -> str:
    """Text that Markdown shows letter by letter, on one line."""
    return SPECIAL.sub(r"\\\1", one_line(text))


def one_line(text: str) -> str:
    """Text without line breaks and runs of blanks; no-break spaces stay."""
    return BLANKS.sub(" ", str(text)).strip(" ")


@dataclass(frozen=True)
class Markdown:
    """Markdown that Jupyter and Quarto insert as it stands."""

    source: str

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/markdown": self.source, "text/plain": self.source}


@dataclass(frozen=True)
class Column:
    """A column: its heading, relative width and whether it holds numbers."""

    heading: str
    width: int
    numeric: bool = False


def pipe_table(columns: list[Column], rows: list[list[str | Markdown]]) -> Markdown:
    """A table with one header row, relative widths kept; text is escaped, Markdown is not.

    Raises ValueError where a row has another length than the header.
    """
    dashes = [
        "-" * max(column.width - 1, 2) + (":" if column.numeric else "-") for column in columns
    ]
    lines = [_line([escape(column.heading) for column in columns]), f"|{'|'.join(dashes)}|"]
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"a row of {len(row)} cells in a table of {len(columns)} columns")
        lines.append(
            _line([cell.source if isinstance(cell, Markdown) else escape(cell) for cell in row])
        )
    return Markdown("\n".join(lines))


def bullets(items: list[str]) -> Markdown:
    """A bullet list of untrusted items."""
    return Markdown("\n".join(f"- {escape(item)}" for item in items))


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
