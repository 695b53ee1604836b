"""Inline expressions in Markdown, as Quarto reads them: `{python} report.share("x").full`.

Results are kept in `cell.metadata.user_expressions`, the form in which Jupyter answers a
request with user expressions. A text result is text: it is escaped before it becomes Markdown.
"""

import ast
import re
from collections.abc import Callable
from typing import Any

from nbformat import NotebookNode

from evaluation.base.markdown import escape, without_shortcodes
from evaluation.report.provenance import WORDING

EXPRESSION = re.compile(r"(^|[^`])`\{python\}[ \t]([^`]+)`", re.MULTILINE)
METADATA = "user_expressions"
MARK = "`{python}"


class ExpressionError(Exception):
    """An expression that the kernel could not evaluate."""

    def __init__(self, cell: str, expression: str, ename: str, evalue: str):
        super().__init__(f"{expression}: {ename}: {evalue}")
        self.cell, self.expression, self.ename, self.evalue = cell, expression, ename, evalue


def expressions(source: str) -> list[str]:
    """The distinct expressions in a piece of Markdown, in order."""
    found = (match.group(2).strip() for match in EXPRESSION.finditer(source))
    return list(dict.fromkeys(found))


def results(cell: NotebookNode) -> dict[str, dict[str, Any]]:
    """Expression -> recorded result of a cell."""
    recorded = cell.metadata.get(METADATA, [])
    return {entry["expression"]: entry["result"] for entry in recorded}


def plain_text(result: dict[str, Any]) -> str:
    """The text of a result: the quotes around a Python string are not part of it."""
    text = result["data"].get("text/plain", "")
    try:
        literal = ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return text
    return literal if isinstance(literal, str) else text


def tells_number(result: dict[str, Any]) -> bool:
    """Whether a result is one for the number ledger: neither empty nor mere words."""
    return bool(plain_text(result)) and WORDING not in result["data"]


def markdown(result: dict[str, Any]) -> str:
    """The result as Markdown: inserted as it stands where it is Markdown, else escaped."""
    if "text/markdown" in result["data"]:
        return without_shortcodes(result["data"]["text/markdown"])
    return escape(plain_text(result))


def resolve(
    source: str,
    values: dict[str, dict[str, Any]],
    render: Callable[[dict[str, Any]], str] = markdown,
) -> str:
    """`source` with each expression replaced by its rendered result.

    Raises KeyError for an expression without a result.
    """
    return EXPRESSION.sub(
        lambda match: match.group(1) + render(values[match.group(2).strip()]), source
    )
