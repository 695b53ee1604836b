"""What a chapter shows after it has had rows about single respondents in hand.

Whatever is computed then may tell of one of them. A result stands where it comes from a function of
the library, which hides small counts, or where its cell says why it tells of nobody.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from evaluation.base.errors import InputError
from evaluation.notebook import edition, inline
from evaluation.notebook.cachekey import in_folder, named_paths
from evaluation.project.row_files import holds_rows
from evaluation.report.provenance import MEDIA_TYPE, OWN, PLACED, WORDING

# of an executed cell: the files with rows that it, or a cell before it, has opened
ROWS = "rows"
# of a code cell: why what it shows tells of nobody
OPTION = "disclosure"


def mark(notebook: NotebookNode, opened: Mapping[str, int], place: Path, root: Path) -> None:
    """Write into each cell of an executed notebook which files with rows were opened until then.

    opened: absolute path of what may hold some -> the number of the first code cell that was seen
    to open it; an inline expression has the number of the code cell after it. place: where it was
    executed; root: the evaluation folder. A file that a cell names may be opened by another
    program, unseen.
    """
    executed, known = 0, set[str]()
    opened = {path: first for path, first in opened.items() if holds_rows(root, Path(path))}
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            executed = cell.execution_count or executed
            named = named_paths(cell.source, place)
            known |= {in_folder(root, str(path)) for path in named if holds_rows(root, path)}
        ready = executed + (cell.cell_type == "markdown")
        known |= {in_folder(root, path) for path, first in opened.items() if first <= ready}
        if known:
            cell.metadata[ROWS] = sorted(known)
            if edition.HELPER in edition.tags(cell):  # its results stand in the cell before it
                notebook.cells[number - 1].metadata[ROWS] = sorted(known)


def check(file: str, notebook: NotebookNode) -> list[str]:
    """Raise InputError for the first result of a chapter that may tell of a respondent.

    file: its name, for messages. Returns the reasons that cells give, a line each.
    """
    said = []
    for cell in notebook.cells:
        opened = cell.metadata.get(ROWS)
        if not opened:
            continue
        if cell.cell_type == "markdown":
            for expression, result in inline.results(cell).items():
                told = result.get("data", {})
                if not {MEDIA_TYPE, WORDING} & told.keys() or _is_own(told.get(MEDIA_TYPE, {})):
                    raise _refusal(file, cell, opened, expression, INLINE)
        elif cell.cell_type == "code":
            for number in _in_options(cell):
                if not number["origin"] or _is_own(number["origin"]):
                    raise _refusal(file, cell, opened, number["expression"], INLINE)
            if not _shows_its_own(cell):
                continue
            reason = edition.read_options(cell).get(OPTION)
            if not reason:
                raise _refusal(file, cell, opened, cell.source.strip().splitlines()[-1], CELL)
            said.append(f"{file}, cell {cell.id} shows what was computed from rows: {reason}")
    return said


def _in_options(cell: NotebookNode) -> list[NotebookNode]:
    """The numbers in the caption and the alternative text of what a code cell shows."""
    return [
        number for output in cell.outputs for number in output.get("metadata", {}).get(PLACED, [])
    ]


def _shows_its_own(cell: NotebookNode) -> bool:
    """Whether a code cell shows something that no function of the library made of known numbers
    alone."""
    options = edition.read_options(cell)
    if options.get("include", True) is False or options.get("output", True) is False:
        return False
    shown = [each.data for each in cell.outputs if "data" in each]
    return any(
        PLACED not in data
        or OWN in data
        or any(_is_own(number["origin"]) for number in data[PLACED])
        for data in shown
    )


def _is_own(origin: dict[str, Any]) -> bool:
    """Whether a number of the author's own went into a value."""
    return bool(origin.get("own"))


CELL = (
    "use a function of the report, such as report.crosstab, or write in the cell's first lines why"
    f" it tells of nobody: #| {OPTION}: …"
)
INLINE = (
    "use a function of the report, such as report.share, or declared(value, why) of"
    " evaluation.report.provenance"
)


def _refusal(
    file: str, cell: NotebookNode, opened: list[str], value: str, remedy: str
) -> InputError:
    return InputError(
        file,
        "what a chapter shows after it has opened rows about respondents comes from a function that"
        f" hides small counts ({', '.join(opened)} was opened)",
        remedy,
        row=f"cell {cell.id}",
        value=value,
    )
