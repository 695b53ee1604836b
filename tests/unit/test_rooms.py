"""The library is laid out in rooms, and knows no evaluation of its own.

Which room imports which is checked by `lint-imports`, see pyproject.toml.
"""

import subprocess
import sys
from pathlib import Path

import pytest

import evaluation

PACKAGE = Path(evaluation.__file__).parent


def test_every_room_says_what_it_holds():
    rooms = [path for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert PACKAGE / "base" in rooms
    for room in rooms:
        assert (room / "__init__.py").read_text("utf-8").startswith('"""'), room
    modules = {path.name for path in PACKAGE.glob("*.py")}
    assert modules == {"__init__.py", "cli.py"}


def test_nothing_in_the_library_knows_about_this_evaluation():
    files = [path for path in sorted(PACKAGE.parent.rglob("*")) if path.is_file()]
    assert PACKAGE / "cli.py" in files
    for path in files:
        if "__pycache__" not in path.parts:
            text = path.read_bytes().decode("utf-8", "ignore").casefold()
            assert "alliancen" not in text, path
            assert "alliancen" not in path.name.casefold()


@pytest.mark.slow
def test_a_chapter_starts_with_nothing_that_is_slow_to_import_before_it_needs_it():
    """Each is imported in a kernel a chapter and language."""
    slow = {"babel", "lark", "networkx", "pandera", "papermill", "scipy.stats", "seaborn"}
    opened = "import sys, evaluation, evaluation.report.figures; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", opened], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "matplotlib" in loaded
    assert not loaded & slow
