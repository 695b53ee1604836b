"""An evaluation folder with an instrument's raw tables, and its starters executed in it."""

import contextlib
import re
from pathlib import Path

import nbformat
import pandas as pd

from evaluation.base.methods import methods
from evaluation.notebook import inline
from evaluation.notebook.execute import execute
from evaluation.project.folder import Folder
from evaluation.scaffold.starters import starter

CONFIG = """\
languages: [da, en]
population: 1
min_cell: {min_cell}
min_cell_reason: {{da: Til afprøvning., en: For a trial.}}
pipeline: [notebooks/scores_{name}.ipynb]
parameters:
  language: {{type: string, choices: [da, en]}}
  status_day: {{type: string}}
  document: {{type: string}}
  decisive: {{type: string}}
"""


def scored(
    root: Path,
    name: str,
    min_cell: int,
    raw: dict[str, pd.DataFrame],
    *,
    declared: str = "",
    **chosen,
) -> Path:
    """A folder at `root` with raw tables, on which the instrument's scores have been run.

    declared: what its items.yml declares, as YAML. The scores are run here: a kernel for each of
    many folders takes minutes, and `everything` executes the same notebook in one.
    """
    (root / "data" / "raw").mkdir(parents=True, exist_ok=True)
    (root / "notebooks").mkdir()
    (root / "evaluation.yml").write_text(CONFIG.format(min_cell=min_cell, name=name), "utf-8")
    if declared:
        (root / "data" / "raw" / "items.yml").write_text(declared, "utf-8")
    for table, rows in raw.items():
        rows.to_csv(root / "data" / "raw" / f"{table}.csv", index=False)
    for kind in ("scores", "chapter"):
        packaged = methods()[name].folder / "notebooks" / f"{kind}.ipynb"
        notebook = starter(packaged, "da", Folder(root).items())
        if kind == "scores":
            _choose(notebook, chosen)
            _run(notebook, root / "notebooks")
        nbformat.write(notebook, root / "notebooks" / f"{kind}_{name}.ipynb")
    return root


def _choose(notebook: nbformat.NotebookNode, chosen: dict[str, str]) -> None:
    """Let the parameters of a notebook have other values than it declares."""
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.source += "".join(f"\n{name} = {value!r}" for name, value in chosen.items())


def _run(notebook: nbformat.NotebookNode, folder: Path) -> None:
    names: dict[str, object] = {}
    with contextlib.chdir(folder):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                exec(cell.source, names)


def chapter(root: Path, name: str, language: str) -> nbformat.NotebookNode:
    """The instrument's chapter, executed in a language."""
    source = root / "notebooks" / f"chapter_{name}.ipynb"
    target = root / "executed" / language / source.name
    execute(source, target, {"language": language})
    return nbformat.read(target, as_version=4)


def prose(notebook) -> str:
    """The text of an executed chapter with its numbers filled in."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    return "\n".join(
        inline.resolve(cell.source, inline.results(cell), inline.plain_text) for cell in cells
    )


def shown(notebook) -> dict[str, str]:
    """Label of each figure and table -> what it shows: its SVG or its Markdown."""
    found = {}
    for cell in notebook.cells:
        label = re.search(r"label: \W?([\w-]+)", cell.source)
        if cell.cell_type == "code" and label:
            (output,) = cell.outputs
            data = output["data"]
            found[label.group(1)] = data.get("text/markdown") or data["image/svg+xml"]
    return found


def everything(root: Path) -> str:
    """All that a folder's processed tables and executed notebooks hold, its scores among them."""
    for source in root.glob("notebooks/scores_*.ipynb"):
        execute(source, root / "executed" / source.name, {})
    paths = [*root.glob("data/processed/*.csv"), *root.glob("executed/**/*.ipynb")]
    return "\n".join(path.read_text("utf-8") for path in paths)
