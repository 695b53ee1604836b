"""`evaluation preview`: what is saved is on the page, a mistake is told, and it ends on Ctrl-C."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request

import pytest
from processes import working_in

from evaluation.project.working import working_on

CHAPTER = "notebooks/33_capacity_building"
PATIENCE = 300  # seconds, only for what never comes: a busy machine must not fail a test


class Preview:
    """A running preview of a folder, as an author and a browser see it."""

    def __init__(self, root, log):
        self.root = root
        self.process = subprocess.Popen(
            [sys.executable, "-m", "evaluation.cli", "preview", str(root), "--language", "da"],
            stdout=log.open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.log = log
        self.address = until(lambda: re.search(r"http://localhost:\d+/", log.read_text()))[0]

    def page(self, name: str) -> str:
        with urllib.request.urlopen(f"{self.address}{name}.html") as answer:
            return answer.read().decode()

    def problem(self) -> str | None:
        with urllib.request.urlopen(f"{self.address}.preview/changes") as events:
            return json.loads(events.readline().removeprefix(b"data: "))["problem"]

    def save(self, old: str, new: str) -> None:
        path = self.root / f"{CHAPTER}.ipynb"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")


def until(what):
    """The first answer of `what` that is true."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    pytest.fail("it never came")


@pytest.fixture
def preview(own_copy, tmp_path):
    running = Preview(own_copy, tmp_path / "log.txt")
    yield running
    if running.process.poll() is None:
        os.killpg(running.process.pid, signal.SIGKILL)


def test_what_is_saved_is_on_the_page_and_a_mistake_is_told(preview):
    until(lambda: "shown after" in preview.log.read_text())
    before = preview.page(CHAPTER)
    others = {
        path: path.read_bytes()
        for path in (preview.root / "reports/.preview/da/notebooks").glob("*.html")
        if path.stem not in ("33_capacity_building", "93_number_ledger")
    }
    assert others and "En ny sætning." not in before
    text = json.loads((preview.root / f"{CHAPTER}.ipynb").read_text("utf-8"))
    anchor = next(
        "".join(cell["source"])
        for cell in text["cells"]
        if "da" in cell["metadata"].get("tags", []) and not "".join(cell["source"]).startswith("#")
    ).splitlines()[0][:40]
    with working_on(preview.root, print):
        preview.save(anchor, f"En ny sætning. {anchor}")
        who = f"process {os.getpid()} works on this folder; waiting until it is done"
        until(lambda: who in preview.log.read_text())
        assert "En ny sætning." not in preview.page(CHAPTER)
    until(lambda: "En ny sætning." in preview.page(CHAPTER))
    assert {path: path.read_bytes() for path in others} == others
    preview.save("En ny sætning.", "En ny sætning `{python} not_there`.")
    assert "not_there" in until(preview.problem)
    assert "En ny sætning." in preview.page(CHAPTER)
    preview.save(" `{python} not_there`", " om noget andet")
    until(lambda: "En ny sætning om noget andet." in preview.page(CHAPTER))
    until(lambda: preview.problem() is None)


def test_it_ends_when_it_is_told_to_and_leaves_no_process(preview):
    until(lambda: "shown after" in preview.log.read_text())
    preview.process.send_signal(signal.SIGINT)
    assert preview.process.wait(PATIENCE) == 0
    assert "Traceback" not in preview.log.read_text()
    until(lambda: not working_in(preview.root))
