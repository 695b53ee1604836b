"""A chapter as plain Markdown, for either renderer: nothing in it is left to run or to choose.

An executed notebook becomes a notebook of Markdown cells. Inline expressions stand as their
escaped results, tables and figures as divs with caption, pictures as attachments of their cell.
Whatever a renderer makes of results, cell options and outputs by rules of its own cannot differ,
because there are none.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from functools import partial
from posixpath import dirname, relpath
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from evaluation.base.errors import InputError
from evaluation.base.markdown import JOINER, attribute, one_line, without_shortcodes
from evaluation.notebook import edition, inline, opened_rows
from evaluation.publish import pictures
from evaluation.publish.kept_together import kept_together
from evaluation.report.provenance import PHONE

# what a code cell may say about its result; the rest is Quarto's, which gets no code cells
OPTIONS = (
    *("label", "fig-cap", "fig-alt", "tbl-cap", "echo", "include", "output", "classes"),
    opened_rows.OPTION,
)
LABEL = re.compile(r"(fig|tbl)-[\w-]+")
IMAGES = {"image/svg+xml": "svg", "image/png": "png"}
# a drawing in a second layout, which theme.css shows in the place of the first on a phone
ON_PHONE = '::: {{.content-visible when-format="html"}}\n\n{}\n\n:::'
# a heading with an anchor and without a number
UNNUMBERED = re.compile(
    r"^#+[ \t]+(?P<title>.*?)[ \t]*"
    r"\{(?=[^}]*#(?P<id>sec-[\w-]+))(?=[^}]*(?:\.unnumbered\b|[ {]-[ }]))[^}]*\}[ \t]*$",
    re.MULTILINE,
)
REFERENCE = re.compile(r"\[-@(sec-[\w-]+)\]|\[([^\]@\n]*)@(sec-[\w-]+)\]|(?<![\w\\@])@(sec-[\w-]+)")
# what Python calls an object, such as <Figure size 640x480 with 1 Axes>
OBJECT = re.compile(r"^<[\w.]+( [^<>]*)?>$")
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def manuscripts(notebooks: dict[str, NotebookNode]) -> dict[str, NotebookNode]:
    """The manuscripts of a report's executed chapters, by file.

    Raises InputError, with file and cell, for what no page can show: an option or output of an
    unknown kind, printed text, an inline expression without a result.
    """
    made = {file: _manuscript(file, notebook) for file, notebook in notebooks.items()}
    places = {
        found["id"]: (file, found["title"])
        for file, notebook in made.items()
        for cell in notebook.cells
        for found in UNNUMBERED.finditer(cell.source)
    }
    for file, notebook in made.items():
        for cell in notebook.cells:
            cell.source = kept_together(_with_titles(cell.source, file, places))
    return made


def opened(text: str) -> str:
    """The text of a chapter with an empty first line: Quarto lifts a heading of the first line out
    of the text and loses its attributes, so that an unnumbered chapter would get a number."""
    return text if text.startswith("---") else "\n" + text.lstrip("\n")


def _manuscript(file: str, notebook: NotebookNode) -> NotebookNode:
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            source = pictures.settled(_resolved(cell, file), partial(_refusal, file, cell))
            cells.append(_text(source, cell.id, cell.get("attachments")))
        elif cell.cell_type == "code":
            cells += _shown(cell, file)
    if cells:
        cells[0].source = opened(cells[0].source)
    return new_notebook(cells=cells, metadata=KERNEL)


def _text(source: str, identifier: str, attachments: dict[str, Any] | None = None) -> NotebookNode:
    more = {"attachments": attachments} if attachments else {}
    return new_markdown_cell(source, id=identifier, **more)


def _resolved(cell: NotebookNode, file: str) -> str:
    try:
        source = inline.resolve(cell.source, inline.results(cell))
    except KeyError as missing:
        raise _refusal(
            file,
            cell,
            "an inline expression has a result",
            "execute the chapter again, by `evaluation build`",
            missing.args[0],
        ) from None
    if inline.MARK in source:
        raise _refusal(
            file,
            cell,
            "an inline expression has the form `{python} expression`, between single backticks",
            "correct it; the blank after {python} is part of the form",
            one_line(source[source.index(inline.MARK) - 1 :])[:60],
        )
    return source


def _shown(cell: NotebookNode, file: str) -> list[NotebookNode]:
    """What a code cell shows, as Markdown cells; nothing where it only prepares."""
    options = edition.read_options(cell)
    for option, value in options.items():
        if option not in OPTIONS:
            raise _refusal(
                file,
                cell,
                f"a cell of a chapter has the options {', '.join(OPTIONS)}",
                "remove the option",
                f"{option}: {value}",
            )
    label = str(options.get("label", ""))
    if label and not LABEL.fullmatch(label):
        raise _refusal(
            file, cell, "the label of a cell begins with fig- or tbl-", "rename it", label
        )
    hidden = edition.PARAMETERS in edition.tags(cell) or edition.INJECTED in edition.tags(cell)
    if hidden or options.get("include", True) is False or options.get("output", True) is False:
        return []
    found = []
    for number, output in enumerate(_results(cell, file), start=1):
        name = cell.id if number == 1 else f"{cell.id}-{number}"
        source, attachments = _result(output.data, options, label, name, cell, file)
        if "classes" in options:
            source = f"::: {{.{options['classes']}}}\n{source}\n:::"
        found.append(_text(source, name, attachments))
    return found


def _results(cell: NotebookNode, file: str) -> Iterable[NotebookNode]:
    for output in cell.outputs:
        if "data" in output:
            yield output
        elif output.output_type == "stream" and output.name == "stdout":
            raise _refusal(
                file,
                cell,
                "a chapter shows results, and no page shows what a cell prints",
                "remove the print, or let the cell end in the result",
                one_line(output.text)[:60],
            )


def _result(
    data: dict[str, Any],
    options: dict[str, Any],
    label: str,
    name: str,
    cell: NotebookNode,
    file: str,
) -> tuple[str, dict[str, Any] | None]:
    """The Markdown of a result, and the picture it shows."""
    if "text/markdown" in data:
        body = without_shortcodes(data["text/markdown"])
        if label.startswith("tbl-"):
            return _float(label, body, options.get("tbl-cap", "")), None
        return body, None
    kind = next((kind for kind in IMAGES if kind in data), None)
    if kind is None:
        raise _refusal(
            file,
            cell,
            "a result of a chapter is Markdown, such as a table of the library, or a figure",
            "show it by a function of the library, or turn it into one of these",
            ", ".join(data),
        )
    picture = f"{label or name}.{IMAGES[kind]}"
    attachments = {picture: {kind: _encoded(data[kind], kind)}}
    alt = options.get("fig-alt") or OBJECT.sub("", data.get("text/plain", ""))
    if not alt:
        raise _refusal(
            file,
            cell,
            "a figure has an alternative text, for those who cannot see it",
            "give it in the cell's first lines: #| fig-alt: …",
            label or picture,
        )
    body = _picture(picture, alt)
    if PHONE in data:
        phone = f"{label or name}-phone.svg"
        attachments[phone] = {"image/svg+xml": _encoded(data[PHONE], "image/svg+xml")}
        on_phone = ON_PHONE.format(_picture(phone, alt, "figure-phone"))
        body = f"{_picture(picture, alt, 'figure-page')}\n\n{on_phone}"
    if label.startswith("fig-"):
        body = _float(label, body, options.get("fig-cap", ""))
    return body, attachments


def _picture(name: str, alt: str, *classes: str) -> str:
    looks = "".join(f".{each} " for each in classes)
    return f'![](attachment:{name}){{{looks}fig-alt="{attribute(alt)}"}}'


def _encoded(content: str, kind: str) -> str:
    return b64encode(content.encode()).decode() if kind == "image/svg+xml" else content


def _float(label: str, body: str, caption: str) -> str:
    caption = without_shortcodes(caption)
    if caption.endswith("}"):
        caption += JOINER  # or Quarto takes the end of a table's caption for attributes
    return f"::: {{#{label}}}\n\n{body}\n\n{caption}\n\n:::"


def _with_titles(source: str, file: str, places: dict[str, tuple[str, str]]) -> str:
    """References to headings without a number as links that say the title: Quarto has no words
    for them."""

    def named(match: re.Match[str]) -> str:
        identifier = match[1] or match[3] or match[4]
        if identifier not in places:
            return match.group()
        target, title = places[identifier]
        path = "" if target == file else relpath(target, dirname(file) or ".")
        return f"[{match[2] or ''}{title}]({path}#{identifier})"

    return REFERENCE.sub(named, source)


def _refusal(file: str, cell: NotebookNode, rule: str, remedy: str, value: str) -> InputError:
    return InputError(file, rule, remedy, row=f"cell {cell.id}", value=value)
