"""Executed notebooks: strict nbval replays them, and notices when an output was changed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import same_tree

from evaluation.notebook import inline
from evaluation.notebook.edition import HELPER, INJECTED, tags
from evaluation.notebook.warm.provisioner import LAUNCHER, NAME, SWITCH

EXECUTED = "reports/executed"
# a kernel as Jupyter finds it by its name: forked, or where nothing can be forked an ordinary one
KERNEL = {
    "argv": [sys.executable, "-m", LAUNCHER, "-f", "{connection_file}"],
    "display_name": NAME,
    "language": "python",
    "metadata": {"kernel_provisioner": {"provisioner_name": NAME}},
}


@pytest.fixture(scope="module", autouse=True)
def kernels(tmp_path_factory):
    """A place where nbval finds the kernel."""
    folder = tmp_path_factory.mktemp("jupyter")
    spec = folder / "kernels" / NAME / "kernel.json"
    spec.parent.mkdir(parents=True)
    spec.write_text(json.dumps(KERNEL), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder))
        yield


def nbval(*notebooks: Path, folder: Path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [
            sys.executable,
            *(
                "-m",
                "pytest",
                "--nbval",
                f"--nbval-kernel-name={NAME}",
                "-q",
                "-p",
                "no:cacheprovider",
            ),
            f"--rootdir={folder}",
            *map(str, notebooks),
        ],
        capture_output=True,
        text=True,
        cwd=folder,
        env={
            **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST")},
            **environment,
        },
        check=False,
    )


@pytest.fixture(scope="module")
def replayed(built, tmp_path_factory) -> Path:
    """A copy of the built folder: replaying writes the processed data again."""
    folder = tmp_path_factory.mktemp("replayed") / "evaluation"
    shutil.copytree(built, folder)
    return folder


@pytest.mark.parametrize(
    ("part", "pattern", "warm"),
    [("notebooks", "*", "0"), ("da", "*", "0"), ("en", "3*", "1")],
)
def test_nbval_finds_every_output_again(part, pattern, warm, built, replayed):
    """One language with a new process for each notebook: forked kernels give the same, and no
    chapter rests on an import that one made for it. Of the other, which has the same code, the
    chapters on the survey."""
    notebooks = sorted((replayed / EXECUTED / part).rglob(f"{pattern}.ipynb"))
    assert notebooks
    done = nbval(*notebooks, folder=replayed, **{SWITCH: warm})
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout and "failed" not in done.stdout
    # what the data notebooks write
    same_tree(built / "data/processed", replayed / "data/processed")


@pytest.mark.parametrize(
    ("old", "new"), [("image/svg+xml", "<!-- moved -->"), ("text/markdown", "17 af 16")]
)
def test_nbval_fails_when_an_output_is_changed(old, new, replayed):
    source = replayed / EXECUTED / "da/notebooks/32_partnerships.ipynb"
    notebook = nbformat.read(source, as_version=4)
    cell = next(
        cell
        for cell in notebook.cells
        if any(old in output.get("data", {}) for output in cell.get("outputs", []))
    )
    cell.outputs[0].data[old] += new
    spoiled = source.with_name("spoiled.ipynb")
    nbformat.write(notebook, spoiled)
    done = nbval(spoiled, folder=replayed)
    spoiled.unlink()
    assert done.returncode == 1 and "1 failed" in done.stdout, done.stdout[-2000:]


def executed_notebooks(built):
    paths = list((built / EXECUTED).rglob("*.ipynb"))
    assert paths
    return [(path, nbformat.read(path, as_version=4)) for path in paths]


def test_nothing_in_an_executed_copy_depends_on_when_or_where_it_ran(built):
    for path, notebook in executed_notebooks(built):
        text = path.read_text("utf-8")
        assert str(built) not in text and "papermill" not in notebook.metadata
        for cell in notebook.cells:
            assert not {"papermill", "execution"} & set(cell.metadata), path
            assert cell.id != "" and (INJECTED not in tags(cell) or cell.id == INJECTED)


def test_every_inline_expression_has_its_result_recorded_as_quarto_reads_it(built):
    counted = 0
    for path, notebook in executed_notebooks(built):
        for cell in notebook.cells:
            assert HELPER not in tags(cell)
            if cell.cell_type != "markdown":
                assert "`{python}" not in cell.source, path
                continue
            results = inline.results(cell)
            for expression in inline.expressions(cell.source):
                result = results[expression]
                assert result["status"] == "ok" and "text/plain" in result["data"]
                assert result["metadata"] == {}
                counted += 1
    assert counted > 300
