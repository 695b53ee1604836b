"""base.scratch: what a command writes for itself is gone when it ends, however it ends."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from ends import killed_at

from evaluation.base.scratch import PREFIX, owned_folder, scratch

HOLDER = """
import sys
from evaluation.base.scratch import scratch
with scratch() as folder:
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))


@pytest.fixture
def holder():
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    process.folder = Path(process.stdout.readline().strip())
    yield process
    process.kill()
    process.wait()


def test_temporary_files_of_this_process_and_those_it_starts_are_in_it(tmp_path):
    with scratch() as folder:
        assert folder.parent == tmp_path
        assert Path(tempfile.mkdtemp()).parent == folder == Path(os.environ["TMPDIR"])
    assert list(tmp_path.iterdir()) == [] and tempfile.gettempdir() == str(tmp_path)


def test_it_is_gone_after_an_error(tmp_path):
    with pytest.raises(KeyboardInterrupt), scratch():
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_what_a_killed_process_left_is_removed_and_what_another_uses_is_not(tmp_path, holder):
    (tmp_path / f"{PREFIX}of-somebody-else").mkdir()
    with scratch():
        assert holder.folder.is_dir()
    holder.kill()
    holder.wait()
    assert holder.folder.is_dir()
    with scratch():
        assert not holder.folder.exists()
    assert [path.name for path in tmp_path.iterdir()] == [f"{PREFIX}of-somebody-else"]


@pytest.mark.slow
def test_a_kill_at_any_step_leaves_nothing_that_the_next_does_not_remove(tmp_path):
    def work():
        with scratch() as folder:
            (folder / "made").mkdir()
            (folder / "made" / "file").touch()
            (folder / "file").touch()

    step = 1
    while killed_at(step, work):
        with owned_folder(tmp_path, PREFIX) as folder:
            assert list(tmp_path.iterdir()) == [folder], step
        step += 1
    assert step > 5


def test_the_place_of_temporary_files_is_not_tried_by_a_file(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: pytest.fail("this writes a file"))
    with scratch() as folder:
        assert folder.parent == tmp_path
