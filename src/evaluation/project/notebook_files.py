"""Notebooks as files: JSON of the form that Jupyter writes, checked before anything runs."""

import json
from codecs import BOM_UTF8
from pathlib import Path
from typing import Any

from evaluation.base.errors import InputError
from evaluation.base.plain_files import read_text

MAJOR = 4
KINDS = ("code", "markdown", "raw")
OUTPUTS = ("stream", "display_data", "execute_result", "error")
SAVE = "open it in JupyterLab and save it there, or restore it"
RESTORED = "restore it; the notebooks of a method are written by `evaluation add METHOD`"


def read_notebook(path: Path, name: str) -> dict[str, Any]:
    """The content of a notebook.

    name: what messages call it. Raises InputError for a missing file and for what is no notebook
    of version 4, with the cell where one is at fault.
    """
    text = read_text(path, name, RESTORED)
    if path.read_bytes().startswith(BOM_UTF8):  # Jupyter and papermill read none with it
        raise InputError(name, "a notebook begins with a bracket, not with a byte order mark", SAVE)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise InputError(name, "a notebook is JSON in UTF-8", "restore the file") from None
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        raise InputError(name, "a notebook is a mapping with a list of cells", SAVE)
    if content.get("nbformat") != MAJOR:
        raise InputError(
            name, f"a notebook is of version {MAJOR}", SAVE, value=content.get("nbformat")
        )
    if not isinstance(content.get("nbformat_minor"), int):
        raise InputError(
            name,
            "a notebook says its minor version, nbformat_minor, as a whole number",
            SAVE,
            value=content.get("nbformat_minor"),
        )
    told = content.get("metadata")
    if not isinstance(told, dict) or not all(
        isinstance(told.get(part, {}), dict) for part in ("kernelspec", "language_info")
    ):
        raise InputError(name, "what a notebook says of itself is a mapping", SAVE)
    seen: set[str] = set()
    for number, cell in enumerate(content["cells"], start=1):
        rule = _breach(cell, seen)
        if rule:
            raise InputError(name, rule, SAVE, row=f"cell {number} from the top")
    return content


def _breach(cell: Any, seen: set[str]) -> str | None:
    """The rule that a cell breaks, if any; seen: the ids of the cells before it."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in KINDS:
        return f"a cell is a mapping, and its cell_type one of {', '.join(KINDS)}"
    source, told = cell.get("source"), cell.get("metadata")
    lines = source if isinstance(source, list) else [source]
    if not all(isinstance(line, str) for line in lines):
        return "the source of a cell is text"
    tags = told.get("tags", []) if isinstance(told, dict) else None
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        return "the metadata of a cell are a mapping, and its tags a list of words"
    if cell["cell_type"] == "code" and not isinstance(cell.get("outputs"), list):
        return "the outputs of a code cell are a list"
    outputs = cell.get("outputs", []) if cell["cell_type"] == "code" else []
    if not all(isinstance(each, dict) and each.get("output_type") in OUTPUTS for each in outputs):
        return f"an output is a mapping, and its output_type one of {', '.join(OUTPUTS)}"
    if not isinstance(cell.get("attachments", {}), dict):
        return "the attachments of a cell are a mapping"
    identity = cell.get("id")
    if identity is not None and (not isinstance(identity, str) or identity in seen):
        return "the id of a cell is text that no other cell has"
    seen.update([identity] if identity else [])
    return None
