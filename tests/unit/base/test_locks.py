"""base.locks: processes wait for each other, and one that ends holds nothing."""

import subprocess
import sys
import time

import pytest

from evaluation.base.locks import alone, unchanged

HOLDER = """
import sys, time
from pathlib import Path
from evaluation.base.locks import alone
with alone(Path(sys.argv[1]), print):
    print("holds", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "holds\n"
    yield process
    process.kill()
    process.wait()


@pytest.mark.slow
def test_who_waits_says_for_whom_and_goes_on_when_it_is_done(tmp_path, holder):
    said = []

    def say(line):
        said.append(line)
        time.sleep(0.2)
        holder.stdin.close()

    with alone(tmp_path / "lock", say):
        assert holder.wait() == 0
    assert said == [f"process {holder.pid} works on this folder; waiting until it is done"]


@pytest.mark.slow
def test_a_process_that_was_killed_holds_nothing(tmp_path, holder):
    holder.kill()
    holder.wait()
    with alone(tmp_path / "lock", lambda line: pytest.fail(line)):
        pass


def test_one_after_the_other_needs_no_waiting_and_leaves_the_lock_as_it_was(tmp_path):
    seen = set()
    for _ in range(2):
        with alone(tmp_path / "lock", lambda line: pytest.fail(line)):
            pass
        state = (tmp_path / "lock").stat()
        seen.add((state.st_mtime_ns, state.st_size))
    assert len(seen) == 1


@pytest.mark.slow
def test_who_reads_waits_for_who_writes_and_writes_nothing(tmp_path, holder):
    said = []

    def say(line):
        said.append(line)
        holder.stdin.close()

    (tmp_path / "lock").chmod(0o444)
    with unchanged(tmp_path / "lock", say):
        assert holder.wait() == 0
        with unchanged(tmp_path / "lock", lambda line: pytest.fail(line)):
            pass
    assert said == [f"process {holder.pid} works on this folder; waiting until it is done"]
    with unchanged(tmp_path / "none", lambda line: pytest.fail(line)):
        assert [path.name for path in tmp_path.iterdir()] == ["lock"]


def test_who_writes_waits_for_who_reads(tmp_path):
    class Waited(Exception):
        """It said for whom it would wait."""

    def say(line):
        raise Waited(line)

    (tmp_path / "lock").touch()
    with (
        unchanged(tmp_path / "lock", say),
        pytest.raises(Waited, match="another command works on this folder"),
        alone(tmp_path / "lock", say),
    ):
        pass
