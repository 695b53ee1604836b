"""A build that is ended, by whatever, leaves the report, no process and no temporary file."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import SHORT, evaluation, snapshot
from kills import Plan, Watch, digests, ended
from processes import working_in
from together import Running, stopped, waits_or_is_over

CHAPTER = SHORT[0]
PATIENCE = 300  # seconds, only for what never comes: a busy machine must not fail a test


def first_cell(root: Path, code: str) -> None:
    """Let a chapter begin with some code, or have nothing of it any more."""
    path = root / CHAPTER
    notebook = json.loads(path.read_text("utf-8"))
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    rest = [cell for cell in notebook["cells"] if cell["id"] != "added"]
    added = {**cell, "id": "added", "metadata": {}, "outputs": [], "source": [code]}
    place = 1 + next(i for i, each in enumerate(rest) if each["cell_type"] == "code")
    notebook["cells"] = [*rest[:place], added, *rest[place:]] if code else rest
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1), "utf-8")


def started(root: Path, temporary: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "evaluation.cli", "build", str(root), "--engine", "embedded"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
        start_new_session=True,
    )


def until(what) -> None:
    ends = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.1)


@pytest.fixture
def temporary(tmp_path) -> Path:
    # short: the system limits the path of a socket
    folder = Path(os.environ.get("TMPDIR", "/tmp")) / f"e{os.getpid()}"
    folder.mkdir()
    yield folder
    assert list(folder.iterdir()) == []
    folder.rmdir()


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGKILL, -9)]
)
def test_in_an_endless_cell(short_copy, temporary, number, status):
    before = snapshot(short_copy / "reports/site")
    first_cell(short_copy, "while True: pass")
    running = started(short_copy, temporary)
    until(lambda: working_in(short_copy / "notebooks"))
    time.sleep(1)  # the cell has begun, or is about to
    os.killpg(running.pid, number)
    if number == signal.SIGTERM:  # who asks twice waits for the end too
        os.killpg(running.pid, number)
    _, said = running.communicate(timeout=PATIENCE)
    assert running.returncode == status
    if number != signal.SIGKILL:
        assert said.strip() == "evaluation: interrupted; what is published is a whole report"
    assert snapshot(short_copy / "reports/site") == before
    until(lambda: not working_in(short_copy))
    until(lambda: not list(temporary.iterdir()))


@pytest.mark.parametrize(
    "code",
    ["import os; os._exit(3)", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"],
)
def test_a_cell_that_ends_python_is_named(short_copy, code):
    before = snapshot(short_copy / "reports/site")
    first_cell(short_copy, code)
    done = evaluation("build", str(short_copy))
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert CHAPTER in done.stderr and "cell added" in done.stderr
    assert snapshot(short_copy / "reports/site") == before


def test_an_inline_expression_that_ends_python_is_named(short_copy):
    path = short_copy / CHAPTER
    notebook = json.loads(path.read_text("utf-8"))
    cell = next(c for c in notebook["cells"] if "da" in c["metadata"].get("tags", []))
    cell["source"] = ["# Titel {#sec-capacity}\n\n`{python} __import__('os')._exit(1)`\n"]
    path.write_text(json.dumps(notebook, ensure_ascii=False), "utf-8")
    done = evaluation("build", str(short_copy), "-p", "language=da")
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert f"cell {cell['id']}" in done.stderr


def test_what_ends_a_build_at_a_step_between_files_leaves_a_whole_report(short_copy, temporary):
    chapter = short_copy / CHAPTER
    chapter.write_text(chapter.read_text("utf-8").replace("stands in", "is in"), "utf-8")
    site = short_copy / "reports/site"
    before = digests(site)
    command = ("build", str(short_copy), "--engine", "embedded")

    def build(plan: Plan) -> int:
        with Watch(site, [before]) as watch:
            done = ended(plan, *command, temporary=temporary, folders=(short_copy,))
        assert watch.missed == [] and digests(site) == before
        assert done.complaint({2, -signal.SIGKILL}) == ""
        until(lambda: not working_in(short_copy))
        return done.status

    # where the executed copy of the chapter, and the new site, are about to take their places
    assert build(Plan("full", (2,), ("rename",))) == 2
    assert list(temporary.iterdir()) == []
    assert build(Plan("SIGKILL", (1,), ("exchange",))) == -signal.SIGKILL
    assert (short_copy / "reports/.build/new").is_dir()
    done = ended(Plan("nothing"), *command, temporary=temporary, folders=())
    assert done.status == 0 and digests(site) != before
    assert not (short_copy / "reports/.build/new").exists()


def test_of_two_builds_at_once_the_second_waits_and_finds_all_done(short_copy, temporary):
    chapter = short_copy / CHAPTER
    chapter.write_text(chapter.read_text("utf-8").replace("stands in", "is in"), "utf-8")
    before, place = digests(short_copy / "reports/site"), SimpleNamespace()
    place.folder, place.temporary = short_copy, temporary
    command = ("build", str(short_copy), "--engine", "embedded", "-p", "language=da")
    # where the executed copy of the chapter is about to take its place
    first = Running(place, *command, plan=Plan("SIGSTOP", (2,), ("rename",)))
    wrong: list[str] = []
    with stopped(first, wrong):
        second = Running(place, *command)
        assert waits_or_is_over(second, first, wrong) and wrong == []
        assert digests(short_copy / "reports/site") == before
    assert first.ended().complaint({0}) == ""
    after = digests(short_copy / "reports/site")
    assert second.ended().complaint({0}) == "" and after != before
    assert "notebooks executed: 0 of" in second.said() and "report unchanged" in second.said()
    assert digests(short_copy / "reports/site") == after
