"""Executing notebooks with papermill into byte-stable copies."""

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from evaluation.base.errors import InputError
from evaluation.base.markdown import one_line
from evaluation.base.whole_files import written_whole
from evaluation.notebook import edition, engine, ledger, moved, prose
from evaluation.notebook.cachekey import RECORD, digests, in_folder, key, named_files
from evaluation.notebook.inline import ExpressionError
from evaluation.notebook.inline_values import Unpublishable
from evaluation.notebook.sources import KERNEL, PYTHON, read_source
from evaluation.project.config import FILE, USUAL, Limits
from evaluation.project.folder import find_root, path_in_folder

ENGINE = "evaluation"
# what to do about a cell that fails
CORRECT = "correct it; `make lab` opens the notebook"
MOVED = "modules have moved: `evaluation upgrade` writes into the notebooks where they are now"
BEYOND = {
    "cell_seconds": "a cell takes at most {} seconds, but this one goes on",
    "cell_megabytes": "a cell shows at most {} MB, but this one shows more",
}
MEMORY = ("MemoryError", "_ArrayMemoryError", "ArrowMemoryError")
MOST = 300  # letters of what a cell writes to the error stream


def execute(
    source: Path,
    target: Path,
    parameters: dict[str, Any],
    ledger_file: str | None = None,
    chapters: Sequence[str] = (),
    limits: Limits = USUAL,
) -> list[str]:
    """Execute a notebook in its own folder and store its normalised copy at `target`.

    With `ledger_file`, the numbers in the prose link to their entries in that chapter; chapters:
    the files whose executed copies it lists; limits: of what a cell may take.
    Returns warnings about what is typed into the prose and would not follow other data.
    Raises InputError where the notebook refuses its input, an inline expression or a cell
    fails, or words contradict the share beside them; `target` is then left as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    name = path_in_folder(source)
    stamp, root = key(source, parameters, chapters), find_root(source.parent)
    written_down = read_source(source, name)
    named = named_files(written_down, source.parent, root)
    with tempfile.TemporaryDirectory(prefix="execute-") as scratch:
        output, prepared = (Path(scratch) / each for each in ("executed.ipynb", "source.ipynb"))
        nbformat.write(written_down, prepared)
        try:
            papermill.execute_notebook(
                str(prepared),
                str(output),
                parameters,
                engine_name=ENGINE,
                kernel_name=KERNEL,
                language=PYTHON,
                progress_bar=False,
                request_save_on_cell_execute=False,
                folder=source.parent.resolve(),
                limits=limits,
            )
        except engine.BeyondLimit as error:
            cell, limit = error.args
            raise InputError(
                name,
                BEYOND[limit].format(getattr(limits, limit)),
                f"let it do less, or write a larger number for {limit} under limits in {FILE}",
                row=f"cell {cell}",
            ) from None
        except PapermillExecutionError as error:
            if error.ename in MEMORY:
                raise InputError(
                    name,
                    f"a notebook has {limits.notebook_megabytes} MB of memory, and a cell asked for"
                    f" more{error.evalue and f': {error.evalue}'}",
                    f"let it take less, or write a larger number for notebook_megabytes under"
                    f" limits in {FILE}",
                    row=f"cell {error.cell_index}",
                ) from None
            raise _refusal(name, f"cell {error.cell_index}", error.source, error) from None
        except ExpressionError as error:
            raise _inline_refusal(name, error) from None
        except prose.Contradiction as error:
            raise error.refusal(name) from None
        except edition.OptionsError as error:
            cell, line = error.args
            raise InputError(
                name,
                "the options of a cell are lines of the form `#| key: value`",
                "correct them, and put a text with signs of YAML between quotation marks",
                row=f"cell {cell}",
                value=line,
            ) from None
        except engine.KernelDied as died:
            raise InputError(
                name,
                "a cell runs to its end, but with this one Python itself ended",
                "let it take less memory, or leave out what ends Python, such as os._exit",
                row=f"cell {died}",
            ) from None
        notebook = nbformat.read(output, as_version=4)
    _check_ended(notebook, name)
    said = [f"{name}, {warning}" for warning in _complaints(notebook)]
    normalise(notebook)
    if "language" in parameters and ledger.chapter_name(notebook) is None:
        notebook.metadata[ledger.CHAPTER] = re.sub(r"[\W_]+", "-", source.stem)
    if ledger_file:
        ledger.link(notebook, ledger_file)
    record = notebook.metadata.pop(RECORD, {"read": {}, "parts": {}, "written": []})
    written = digests(root, record["written"])
    read = {in_folder(root, path): told for path, told in record["read"].items()}
    read = {file: told for file, told in {**named, **read}.items() if file not in written}
    parts = {in_folder(root, path): told for path, told in record["parts"].items()}
    notebook.metadata[RECORD] = {"key": stamp, "read": read, "parts": parts, "written": written}
    with written_whole(target) as partial:
        nbformat.write(notebook, partial)
    if "language" not in parameters:
        return said
    typed = prose.warnings(written_down, parameters["language"])
    return [*said, *(f"{name}, {warning}" for warning in typed)]


def _check_ended(notebook: NotebookNode, name: str) -> None:
    """Refuse a cell that left by SystemExit, which papermill takes for a good end."""
    for cell in notebook.cells:
        expected = "raises-exception" in edition.tags(cell)
        for output in () if expected else cell.get("outputs", []):
            if output.output_type == "error":
                raise InputError(
                    name,
                    f"a cell runs to its end, but this one left by {output.ename}",
                    CORRECT,
                    row=f"cell {cell.id}",
                )


def _complaints(notebook: NotebookNode) -> list[str]:
    """What the cells of an executed notebook wrote to the error stream, for its author only."""
    return [
        f"cell {cell.id} says: {one_line(output.text)[:MOST]}"
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if _is_complaint(output)
    ]


def _is_complaint(output: NotebookNode) -> bool:
    return output.output_type == "stream" and output.name == "stderr"


def _refusal(name: str, place: str, source: str, error: Any) -> InputError:
    """The message for a user: what the notebook said, or where it failed."""
    if error.ename == InputError.__name__:
        return InputError.passed_on(error.evalue)
    lines = source.strip().splitlines()
    return InputError(
        name,
        f"a cell runs to its end, but this one gave {error.ename}: {error.evalue}",
        MOVED if moved.upgraded(source) != source else CORRECT,
        row=place,
        value=lines[-1] if lines else None,
    )


def _inline_refusal(name: str, error: ExpressionError) -> InputError:
    if error.ename != Unpublishable.__name__:
        return _refusal(name, f"cell {error.cell}, inline expression", error.expression, error)
    what, _, remedy = error.evalue.partition(": ")
    return InputError(
        name,
        f"an inline expression gives text, a number or a date, but this one gives {what}",
        remedy,
        row=f"cell {error.cell}",
        value=error.expression,
    )


def normalise(notebook: NotebookNode) -> None:
    """Remove what differs between two runs of the same notebook: times, random ids, and what was
    written to the error stream, which names temporary paths."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata.get("language_info", {}).pop("version", None)
    for cell in notebook.cells:
        for entry in ("papermill", "execution", "ExecuteTime"):
            cell.metadata.pop(entry, None)
        if "outputs" in cell:
            cell.outputs = [output for output in cell.outputs if not _is_complaint(output)]
        if edition.INJECTED in edition.tags(cell):
            cell.id = edition.INJECTED
