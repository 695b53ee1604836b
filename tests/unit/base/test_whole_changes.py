"""base.whole_changes: several files change together, whatever ends the command between them."""

import pytest
from ends import killed_at
from refusals import refusal, tells

from evaluation.base import whole_changes
from evaluation.base.whole_changes import UNDECIDED, finish, replace_all

OLD = {"a": b"old", "sub/b": b"old", "c": b"old"}
NEW = {"a": b"new", "sub/b": b"new", "sub/new/d": b"new"}


@pytest.fixture
def root(tmp_path):
    for file, content in OLD.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(content)
    return tmp_path


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
