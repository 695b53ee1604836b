"""One language of a notebook: which cells it has and what their options say.

A source notebook holds both languages: Markdown cells tagged `da` or `en`, and cell options
(`#| fig-cap: {da: ..., en: ...}`) as mappings. `begin` makes the edition of one language before
execution, `finish` completes it afterwards; both run in papermill's engine.

Captions and alternative texts hold inline expressions too. `begin` puts these into a helper cell
after the code cell, because the engine evaluates the expressions of Markdown cells; `finish` moves
the results into the options and drops the helper. The expressions and origins of these numbers go
to the metadata of the output.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from evaluation.base.markdown import one_line
from evaluation.language.texts import LANGUAGES
from evaluation.notebook import inline
from evaluation.report.provenance import MEDIA_TYPE, PLACED

PARAMETERS = "parameters"
INJECTED = "injected-parameters"
HELPER = "option-expressions"
OPTION = "#| "
PLAIN_OPTIONS = ("fig-alt",)
PROSE_OPTIONS = ("-cap", "-alt")  # how the names of options with prose end
CONTROL = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
FENCE = re.compile(r":::+\s*(\S.*)?$")
PROFILE_BLOCK = re.compile(r':::+\s*\{\.content-visible when-profile="(\w+)"\}')


class OptionsError(ValueError):
    """The first lines of a cell, its options, cannot be read; tells its id and their first line."""


def tags(cell: NotebookNode) -> list[str]:
    return cell.metadata.get("tags", [])


def begin(notebook: NotebookNode, language: str) -> None:
    """Drop the cells of other languages, choose the options' texts, plant helper cells."""
    others = {other for other in LANGUAGES if other != language}
    cells: list[NotebookNode] = []
    for cell in notebook.cells:
        if others & set(tags(cell)):
            continue
        cells.append(cell)
        options = read_options(cell)
        if not options:
            continue
        options = {key: _in_language(value, language) for key, value in options.items()}
        write_options(cell, options)
        found = inline.expressions("\n".join(filter(_is_text, options.values())))
        if found:
            cells.append(_helper(cell, found))
    notebook.cells = cells


def finish(notebook: NotebookNode) -> None:
    """Fill the results of the helper cells into the options before them; drop the helpers."""
    cells: list[NotebookNode] = []
    for cell in notebook.cells:
        if HELPER in tags(cell):
            _fill_options(cells[-1], inline.results(cell))
        else:
            cells.append(cell)
    notebook.cells = cells


def prose(notebook: NotebookNode) -> Iterator[tuple[str, str, dict[str, dict[str, Any]]]]:
    """The prose of an edition that is not finished: (place, Markdown, results) of each Markdown
    cell, caption and alternative text.

    results: inline expression -> recorded result, where the notebook has been executed.
    """
    for position, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown" and HELPER not in tags(cell):
            yield f"cell {cell.id}", cell.source, inline.results(cell)
        for key, value in read_options(cell).items():
            if key.endswith(PROSE_OPTIONS) and _is_text(value):
                below = notebook.cells[position + 1 : position + 2]
                helper = next((cell for cell in below if HELPER in tags(cell)), None)
                yield f"cell {cell.id}, {key}", value, inline.results(helper) if helper else {}


def text_in_language(text: str, language: str) -> str:
    """A .qmd text without the blocks that Quarto shows for another language's profile only.

    A block is a fenced div `::: {.content-visible when-profile="en"}` at the top level.
    """
    lines, depth, hidden = [], 0, False
    for line in text.split("\n"):
        fence = FENCE.match(line)
        if fence:
            opens = bool(fence.group(1))
            if opens and depth == 0:
                profile = PROFILE_BLOCK.match(line)
                hidden = profile is not None and profile.group(1) != language
            depth += 1 if opens else -1
            if hidden:
                hidden = depth > 0
                continue
        if not hidden:
            lines.append(line)
    return "\n".join(lines)


def read_options(cell: NotebookNode) -> dict[str, Any]:
    """The cell options of a code cell, in order.

    Raises OptionsError for lines that are no mapping in YAML.
    """
    if cell.cell_type != "code":
        return {}
    lines = _option_lines(cell.source)
    try:
        return dict(_parsed("\n".join(lines))) if lines else {}
    except (YAMLError, ValueError, TypeError):
        raise OptionsError(cell.id, lines[0]) from None


@lru_cache(maxsize=1024)
def _parsed(text: str) -> dict[str, Any]:
    """What cell options say, read once: a build asks several times, and YAML is slow to read."""
    return YAML(typ="safe").load(text) or {}


def write_options(cell: NotebookNode, options: dict[str, Any]) -> None:
    """Replace the cell options, one line an option; JSON strings are valid YAML."""
    body = cell.source.split("\n")[len(_option_lines(cell.source)) :]
    lines = [f"{OPTION}{key}: {_literal(value)}" for key, value in options.items()]
    cell.source = "\n".join(lines + body)


def _literal(value: Any) -> str:
    """A JSON literal that YAML reads back: control characters are escaped too."""
    text = json.dumps(value, ensure_ascii=False)
    return CONTROL.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _option_lines(source: str) -> list[str]:
    lines = []
    for line in source.split("\n"):
        if not line.startswith("#|"):
            break
        lines.append(line.removeprefix("#|").removeprefix(" "))
    return lines


def _in_language(value: Any, language: str) -> Any:
    return value[language] if isinstance(value, dict) and language in value else value


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _helper(cell: NotebookNode, found: list[str]) -> NotebookNode:
    source = "\n".join(f"`{{python}} {expression}`" for expression in found)
    helper = new_markdown_cell(source, metadata={"tags": [HELPER]})
    helper.id = f"{cell.id}-options"
    return helper


def _fill_options(cell: NotebookNode, values: dict[str, Any]) -> None:
    if not values:
        return
    options = read_options(cell)
    told = []
    for key, value in options.items():
        if _is_text(value) and inline.expressions(value):
            render = _words if key in PLAIN_OPTIONS else inline.markdown
            options[key] = inline.resolve(value, values, render)
            told += _told(value, values)
    write_options(cell, options)
    output = next((output for output in cell.outputs if "data" in output), None)
    if output is not None:
        # a drawing's own description is made of the numbers drawn, which stand beside it
        own = output.data.get("text/plain")
        numbers = [number for number in told if number["value"] != own]
        output.metadata |= {PLACED: numbers} if numbers else {}


def _told(option: str, values: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The numbers in an option: its text, and each one's expression, value and origin."""
    text = inline.resolve(option, values, inline.plain_text)
    return [
        {
            "text": text,
            "expression": expression,
            "value": inline.plain_text(values[expression]),
            "origin": values[expression]["data"].get(MEDIA_TYPE, {}),
        }
        for expression in (match.group(2).strip() for match in inline.EXPRESSION.finditer(option))
        if inline.tells_number(values[expression])
    ]


def _words(result: dict[str, Any]) -> str:
    """Text for an option in which no Markdown is read."""
    return one_line(inline.plain_text(result))
