"""What is measured: builds, and the same by a loop of the `papermill` command."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from math import nan
from pathlib import Path

from benchmarks import folders
from benchmarks.jobs import jobs
from benchmarks.measure import NOTHING, Cost, cost
from evaluation.notebook.warm.provisioner import SWITCH
from evaluation.project.config import load_config
from evaluation.publish.preview import MIRROR

LOOK = 0.02  # seconds between two looks at a page
PYTHON = (sys.executable, "-m")
# parts of a build
EXECUTING, RENDERING = "executing", "rendering and what is checked of it"


def evaluation(*arguments: object, **environment: str) -> Cost:
    """The command `evaluation`, with the renderer that is installed everywhere."""
    engine = ("--engine", "embedded") if arguments[0] == "build" else ()
    return cost([*PYTHON, "evaluation.cli", *map(str, arguments), *engine], **environment)


def clean(folder: Path, warm: str = "1") -> Cost:
    """Both editions from clean; warm: 0 for a new process for each notebook."""
    folders.cleaned(folder)
    return evaluation("build", folder, **{SWITCH: warm})


def executed(folder: Path, warm: str = "1") -> Cost:
    """All notebooks from clean, without a page."""
    folders.cleaned(folder)
    return evaluation("execute", folder, **{SWITCH: warm})


def unchanged(folder: Path) -> Cost:
    return evaluation("build", folder)


def rendered(folder: Path) -> Cost:
    """The pages and PDFs of a built folder once more, from what was executed."""
    folders.unrendered(folder)
    return evaluation("build", folder)


def number_changed(folder: Path) -> dict[str, Cost]:
    """A built folder after one number of its raw data is another, by part."""
    before = folders.executed(folder)
    folders.with_another_number(folder)
    executing = evaluation("execute", folder)
    after = folders.executed(folder)
    again = sum(after[file] != before[file] for file in before)
    return {
        f"{EXECUTING} {again} of {len(before)} notebooks": executing,
        RENDERING: evaluation("build", folder),
    }


def paragraph_saved(folder: Path) -> Cost:
    """From saving a paragraph in a built folder until its page stands in the preview.

    Raises RuntimeError where the preview ends before.
    """
    language = folders.LANGUAGES[0]
    page = (folder / MIRROR / language / folders.PARAGRAPH).with_suffix(".html")
    command = [*PYTHON, "evaluation.cli", "preview", str(folder), "--language", language]
    with tempfile.NamedTemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said)

        def until(seen: Callable[[], bool]) -> None:
            while not seen():
                if process.poll() is not None:
                    raise RuntimeError("the preview ended")
                time.sleep(LOOK)

        try:
            # it shows the chapters, and then once more with the ledger of their numbers
            times = 2 if load_config(folder).ledger else 1
            until(lambda: Path(said.name).read_text("utf-8").count("shown after") == times)
            word = folders.with_another_paragraph(folder)
            start = time.perf_counter()
            until(lambda: page.is_file() and word in page.read_text("utf-8", "ignore"))
            return Cost(time.perf_counter() - start, nan, nan)
        finally:
            process.terminate()  # a shell lets what it starts in the background ignore Ctrl-C
            process.wait()


def papermill_loop(folder: Path) -> Cost:
    """Every notebook of a built folder by a command of its own, as papermill executes it."""
    total = NOTHING
    with tempfile.TemporaryDirectory(prefix="papermill-") as scratch:
        for source, given in jobs(folder):
            options = [part for pair in given.items() for part in ("-p", *map(str, pair))]
            total += cost(
                [
                    *(*PYTHON, "papermill", str(source), f"{scratch}/executed.ipynb", *options),
                    *("--cwd", str(source.parent), "-k", "python3", "--no-progress-bar"),
                    *("--log-level", "ERROR"),
                ]
            )
    return total


def cells_alone(folder: Path) -> Cost:
    """The cells of all notebooks of a built folder in one process, without a kernel."""
    return cost([*PYTHON, "benchmarks.cells", str(folder)])


def from_export(export: Path, target: Path) -> dict[str, Cost]:
    """A folder made from a survey export and built, without an edit, by part."""
    return {
        "making the folder": evaluation("new", target, "--from", export),
        EXECUTING: evaluation("execute", target),
        RENDERING: evaluation("build", target),
    }
