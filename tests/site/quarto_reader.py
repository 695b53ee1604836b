"""Reading a staged project as Quarto reads it, for where Quarto is not installed.

What it does is measured on Quarto 1.11: the text of a cell is a list of lines, and a single text
loses its line ends; an inline expression with a result as plain text loses its quotes and is
printed as Python wrote it; shortcodes run wherever they stand; a heading on the first line of a
notebook is lifted out and loses its attributes.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from evaluation.publish.embedded import pandoc
from evaluation.publish.embedded.blocks import visible
from evaluation.publish.embedded.book import Book

EXPRESSION = re.compile(r"(^|[^`])`\{python\}[ \t]([^`]+)`")
SIGNS = re.compile(r"([\\`*_{}\[\]()>#+\-.!])")
SHORTCODE = re.compile(r"\{\{<.*?>\}\}")
HEADING = re.compile(r"#\s+(?P<title>.*?)\s*(?P<attributes>\{[^}]*\})?\s*$")


@dataclass(frozen=True)
class Chapter:
    """What Quarto makes of a chapter: its number, its title and its blocks as pandoc has them."""

    number: str | None
    title: str
    blocks: list

    @property
    def words(self) -> list[str]:
        """The texts of its paragraphs that cite and refer to nothing, on one line each."""
        return [
            " ".join(pandoc.plain(block).split())
            for block in _paragraphs(self.blocks)
            if '"Cite"' not in json.dumps(block)
        ]


def read(root: Path, book: Book) -> dict[str, Chapter]:
    """The chapters and appendices of a staged project, by file."""
    found, counts = {}, {"chapter": 0, "appendix": 0}
    for file in book.pages:
        text = (
            markdown(root / file) if file.endswith(".ipynb") else (root / file).read_text("utf-8")
        )
        lines = text.split("\n")
        lifted = HEADING.match(lines[0]) if file.endswith(".ipynb") else None
        heading = lifted or next(filter(None, map(HEADING.match, lines)))
        # a heading that was lifted has no attributes any more
        attributes = "" if lifted else heading["attributes"] or ""
        number = None
        if ".unnumbered" not in attributes and " -" not in attributes.replace("{-", "{ -"):
            kind = "chapter" if file in book.chapters else "appendix"
            counts[kind] += 1
            number = str(counts[kind]) if kind == "chapter" else chr(64 + counts[kind])
        title = " ".join(pandoc.plain(pandoc.parse(heading["title"], file)).split())
        blocks = pandoc.parse(SHORTCODE.sub("SHORTCODE", text), file)
        found[file] = Chapter(number, title, visible(blocks, book.language, "html"))
    return found


def markdown(path: Path) -> str:
    """The text of a notebook as Quarto puts it together."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return "\n\n".join(_text(cell) for cell in cells if cell["cell_type"] == "markdown")


def _text(cell: dict) -> str:
    source = cell["source"]
    if isinstance(source, str):
        source = [source.replace("\n", "")]
    results = {
        told["expression"]: told["result"]["data"]
        for told in cell["metadata"].get("user_expressions", [])
    }
    return EXPRESSION.sub(
        lambda match: match[1] + _result(results[match[2].strip()]),
        "\n".join(line.rstrip("\n") for line in source),
    )


def _result(data: dict) -> str:
    if "text/markdown" in data:
        return data["text/markdown"]
    text = data["text/plain"]
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return SIGNS.sub(r"\\\1", text[1:-1].replace("\\", "\\\\"))
    return text


def _paragraphs(blocks: list) -> list:
    found = []
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            found.append(block)
        elif block["t"] == "Div":
            found += _paragraphs(block["c"][1])
        elif block["t"] == "BulletList":
            found += [part for item in block["c"] for part in _paragraphs(item)]
    return found
