"""A notebook of a method as it is written into a folder.

A run of cells with `each` in their metadata, the id of a question that the method brings, is there
once for each option that the folder declares: in it CODE stands for the code of the option, and
ANCHOR for that code in a label.
"""

from collections.abc import Mapping
from copy import deepcopy
from importlib.resources.abc import Traversable
from itertools import groupby

from nbformat import NotebookNode

from evaluation.project.codebook import Question
from evaluation.scaffold.chapters import packaged

EACH = "each"
CODE, ANCHOR = "CODE", "ANCHOR"


def starter(source: Traversable, language: str, items: Mapping[str, Question]) -> NotebookNode:
    """The notebook `source` for a folder whose first language is `language`; items: those of the
    folder."""
    notebook = packaged(source, language)
    cells: list[NotebookNode] = []
    for question, group in groupby(notebook.cells, key=lambda cell: cell.metadata.get(EACH)):
        run = list(group)
        cells += run if question is None else _repeated(run, items[question].codes)
    notebook.cells = cells
    return notebook


def _repeated(run: list[NotebookNode], codes: list[str]) -> list[NotebookNode]:
    cells = []
    for number, code in enumerate(codes, start=1):
        for cell in deepcopy(run):
            del cell.metadata[EACH]
            cell.id = f"{cell.id}-{number}"
            cell.source = cell.source.replace(ANCHOR, code.replace("_", "-")).replace(CODE, code)
            cells.append(cell)
    return cells
