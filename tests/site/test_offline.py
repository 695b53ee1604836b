"""A report is made without a network, and no process of it listens on one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from conftest import REPOSITORY, SHORT
from nbformat.v4 import new_code_cell

OFFLINE = REPOSITORY / "tests/support/offline"
CHAPTER = SHORT[0]


def built_offline(folder: Path, told: Path) -> subprocess.CompletedProcess:
    """Build a folder where every connection of Python fails and is told; where the system lets us,
    in a network of its own, in which those of other programs fail too."""
    command = [sys.executable, "-m", "evaluation.cli", "build", str(folder), "--engine", "embedded"]
    alone = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") and not subprocess.run([*alone, "true"], check=False).returncode:
        command = alone + command
    path = os.pathsep.join(filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH")]))
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": path, "CONNECTIONS": str(told)},
    )


def with_cell(folder: Path, code: str) -> None:
    notebook = nbformat.read(folder / CHAPTER, as_version=4)
    notebook.cells.append(new_code_cell(code, id="added"))
    nbformat.write(notebook, folder / CHAPTER)


def test_a_report_is_built_without_a_network(short_copy, tmp_path):
    with_cell(short_copy, "added = 1")
    done = built_offline(short_copy, tmp_path / "told")
    assert done.returncode == 0, done.stderr
    assert "notebooks executed: 0 of" not in done.stdout
    assert not (tmp_path / "told").exists(), (tmp_path / "told").read_text("utf-8")


def test_a_connection_would_be_seen(short_copy, tmp_path):
    with_cell(short_copy, "import socket\nsocket.create_connection(('127.0.0.1', 9), 1)")
    done = built_offline(short_copy, tmp_path / "told")
    assert done.returncode == 2
    assert "there is no network" in done.stderr
    assert (tmp_path / "told").is_file()
