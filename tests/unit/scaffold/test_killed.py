"""Commands that make and change folders, killed between their steps: all is there, or nothing."""

import shutil

import pytest
from conftest import REPOSITORY
from ends import killed_at
from kills import digests

from evaluation.base.whole_changes import UNDECIDED, finish
from evaluation.scaffold.folder import create
from evaluation.scaffold.method import add_method

pytestmark = pytest.mark.slow

EXPORT = REPOSITORY / "tests/data/cases/dash_missing.csv"


def test_a_new_folder_is_there_whole_or_not_at_all(tmp_path):
    target, step = tmp_path / "mit", 1
    while killed_at(step, lambda: create(target, EXPORT, "da")):
        assert not target.exists(), step
        step *= 2
    assert step > 32
    assert list(tmp_path.iterdir()) == [target], "what kills left beside it is swept"


def test_a_method_is_added_whole_or_not_at_all(tmp_path):
    create(tmp_path / "before", EXPORT, "da")
    shutil.copytree(tmp_path / "before", tmp_path / "after")
    add_method(tmp_path / "after", "resource_check")
    right = [digests(tmp_path / each) for each in ("before", "after")]
    seen = set()
    for step in range(1, 400):
        root = shutil.copytree(tmp_path / "before", tmp_path / "tried", dirs_exist_ok=True)
        killed = killed_at(step * 3, lambda root=root: add_method(root, "resource_check"))
        finish(root)
        found = {file: told for file, told in digests(root).items() if UNDECIDED not in file}
        assert found in right, step
        seen.add(right.index(found))
        shutil.rmtree(root)
        if not killed:
            break
    assert seen == {0, 1}
