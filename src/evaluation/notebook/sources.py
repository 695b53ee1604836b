"""A notebook as it is executed: as its authors wrote it, without what programs left in it.

Jupyter and its extensions keep results, times and settings of their own in a notebook; none of
them may come to stand for what an execution records there.
"""

import json
from itertools import count
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.validator import iter_validate

from evaluation.base.errors import InputError
from evaluation.project.notebook_files import SAVE, read_notebook

# whatever kernel a notebook was written with: this library is in no other
KERNEL, PYTHON = "python3", "python"
MINOR = 5  # of the version of the format: the first with ids of cells


def read_source(path: Path, name: str) -> NotebookNode:
    """A notebook to execute: its cells with their tags and ids, in Python, without results.

    A cell without an id has the same one every time. name: what messages call the notebook. Raises
    InputError as `read_notebook`, for another language, and for what Jupyter does not read, with
    the cell where one is at fault.
    """
    content = read_notebook(path, name)
    _check_language(content["metadata"], name)
    spec = {"name": KERNEL, "display_name": "Python 3", "language": PYTHON}
    content |= {"metadata": {"kernelspec": spec}, "nbformat_minor": MINOR}
    taken = {cell.get("id") for cell in content["cells"]}
    for number, cell in enumerate(content["cells"], start=1):
        free = (f"cell-{at}" for at in count(number))
        cell.setdefault("id", next(each for each in free if each not in taken))
        taken.add(cell["id"])
        cell["metadata"] = {"tags": cell["metadata"].get("tags", [])}
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    _check_form(content, name)
    return nbformat.reads(json.dumps(content), as_version=4)


def _check_language(told: dict[str, Any], name: str) -> None:
    language = told.get("kernelspec", {}).get("language") or told.get("language_info", {}).get(
        "name"
    )
    if language not in (None, PYTHON):
        raise InputError(
            name,
            "the notebooks of an evaluation are in Python",
            "write it in Python, or put what it makes under data/raw",
            value=language,
        )


def _check_form(content: dict[str, Any], name: str) -> None:
    for number, cell in enumerate(content["cells"], start=1):
        try:
            json.dumps(cell, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise InputError(
                name,
                "the text of a cell is whole signs, and this one has half of one",
                "write the sign again",
                row=f"cell {number} from the top",
            ) from None
    error = next(iter_validate(content), None)
    if error is not None:
        kind, *place = error.absolute_path
        raise InputError(
            name,
            "a notebook has the form that Jupyter reads, but its "
            f"{' '.join(str(part) for part in place if isinstance(part, str)) or kind} has not",
            SAVE,
            row=f"cell {place[0] + 1} from the top" if kind == "cells" and place else None,
        )
