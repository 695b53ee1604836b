"""base.whole_changes: several files change together, whatever ends the command between them."""

import os
import stat
import subprocess
from functools import partial

import pytest
from ends import KILLED, killed_at
from refusals import refusal, tells

from evaluation.base import whole_changes
from evaluation.base.errors import InputError
from evaluation.base.whole_changes import (
    DECIDED,
    UNDECIDED,
    finish,
    replace_all,
    sweep_undecided,
)

OLD = {"a": b"old", "sub/b": b"old", "c": b"old"}
NEW = {"a": b"new", "sub/b": b"new", "sub/new/d": b"new"}


@pytest.fixture
def root(tmp_path):
    for file, content in OLD.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(content)
    return tmp_path


def killed_between_files(root) -> None:
    """Leave the change decided, one of its files at its place and the others not."""
    replace, replaced = os.replace, []

    def work():
        def once(one, other):
            if replaced:
                os._exit(KILLED)
            replaced.append(other)
            replace(one, other)

        os.replace = once  # of the process that is killed
        replace_all(root, NEW)

    assert killed_at(1_000, work)
    assert [(root / name).read_bytes() for name in ("a", "sub/b")] == [b"new", b"old"]


def content(root) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
def test_after_a_kill_at_any_step_the_next_command_finds_all_files_or_none(root):
    step, seen = 1, set()
    while killed_at(step, lambda: replace_all(root, NEW)):
        finish(root)
        found = content(root)
        kept = {name: told for name, told in found.items() if UNDECIDED not in name}
        assert kept in (OLD, OLD | NEW), step
        seen.add(kept == OLD)
        for name in NEW:
            (root / name).unlink(missing_ok=True)
        for name, old in OLD.items():
            (root / name).write_bytes(old)
        step += 1
    assert seen == {True, False}
    assert content(root) == OLD | NEW, "what a kill leaves beside the files is swept"


def test_an_error_between_two_files_leaves_all_as_they_were(root, monkeypatch):
    replace, left = whole_changes.os.replace, [2]

    def fails(one, other):
        left[0] -= 1
        if not left[0]:
            raise OSError(28, "No space left on device", str(other))
        replace(one, other)

    monkeypatch.setattr(whole_changes.os, "replace", fails)
    message = refusal(replace_all, root, NEW)
    tells(message, "there is room", "No space left on device", "free some space")
    assert content(root) == OLD


def test_what_a_check_refuses_is_not_used(root):
    def check(new):
        assert content(new) == NEW
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        replace_all(root, NEW, check)
    assert content(root) == OLD


@pytest.mark.slow
def test_after_a_kill_a_file_that_somebody_puts_back_takes_the_others_with_it(root):
    killed_between_files(root)
    (root / "a").write_bytes(b"old")
    finish(root)
    assert {name: (root / name).read_bytes() for name in OLD} == OLD
    assert not (root / "sub/new/d").exists() and not (root / DECIDED).exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a", "sub/b"])
def test_what_somebody_writes_after_a_kill_is_not_overwritten(root, name):
    killed_between_files(root)
    kept = (root / name).read_bytes()
    (root / name).write_bytes(b"written since")
    message = refusal(finish, root)
    assert tells(message, name, "somebody has changed it since", DECIDED)
    assert (root / name).read_bytes() == b"written since"
    (root / name).write_bytes(kept)
    finish(root)
    assert {file: (root / file).read_bytes() for file in NEW} == NEW


def test_who_may_read_a_file_may_go_on_to_and_nobody_else(root):
    (root / "a").chmod(0o600)
    replace_all(root, NEW)
    assert stat.S_IMODE((root / "a").stat().st_mode) == 0o600


@pytest.mark.slow
def test_git_does_not_see_what_a_kill_leaves(root):
    git = partial(subprocess.run, cwd=root, check=True, capture_output=True, text=True)
    git(["git", "init", "--quiet"])
    killed_between_files(root)
    seen = git(["git", "status", "--porcelain", "--untracked-files=all"]).stdout
    assert "sub/b" in seen and ".evaluation-" not in seen


def at_their_end(root) -> dict[str, bytes]:
    finish(root)
    sweep_undecided(root)
    return content(root)


@pytest.mark.slow
def test_what_finishes_a_change_may_be_killed_too(root):
    killed_between_files(root)
    step = 1
    while killed_at(step, lambda: finish(root)):
        assert (root / DECIDED).exists() or at_their_end(root) == OLD | NEW
        step += 1
    assert step > 3 and at_their_end(root) == OLD | NEW


@pytest.mark.slow
def test_what_undoes_a_change_may_be_killed_too(root):
    replace = os.replace

    def work():
        def full(one, other):
            if DECIDED in str(one) and "sub/new" in str(other):
                raise OSError(28, "No space left on device", str(other))
            replace(one, other)

        os.replace = full  # of the process that is killed
        with pytest.raises(InputError):
            replace_all(root, NEW)

    step, seen = 1, set()
    while killed_at(step, work):
        seen.add((root / "a").read_bytes())
        assert at_their_end(root) in (OLD, OLD | NEW), step
        (root / "sub/new/d").unlink(missing_ok=True)
        for name, old in OLD.items():
            (root / name).write_bytes(old)
        step += 4
    assert seen == {b"old", b"new"} and at_their_end(root) == OLD
