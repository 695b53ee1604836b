"""notebook.cachekey: when an executed notebook is still what executing it now would give."""

import json
import shutil

import pytest

from evaluation.base.digests import digest
from evaluation.notebook import cachekey
from evaluation.notebook.cachekey import digests, is_current, key


@pytest.fixture
def root(tmp_path):
    for name, content in (
        ("evaluation.yml", ""),
        ("requirements.lock", "pandas==3"),
        ("notebooks/30_a.ipynb", "{}"),
        ("data/in.csv", "1"),
        ("data/out.csv", "2"),
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
    return tmp_path


@pytest.fixture
def source(root):
    return root / "notebooks/30_a.ipynb"


@pytest.fixture
def target(root, source):
    """An executed copy with its record."""
    path = root / "executed.ipynb"
    record = {
        "key": key(source, {"language": "da"}),
        "read": digests(root, [str(root / "data/in.csv")]),
        "parts": {},
        "written": digests(root, [str(root / "data/out.csv")]),
    }
    path.write_text(json.dumps({"cells": [], "metadata": {"evaluation": record}}), "utf-8")
    return path


PARAMETERS = {"language": "da"}


def test_an_executed_copy_of_the_same_inputs_is_current(source, target):
    assert is_current(source, target, PARAMETERS)
    assert is_current(source, target, dict(PARAMETERS))


def test_without_an_executed_copy_nothing_is_current(root, source):
    assert not is_current(source, root / "nope.ipynb", PARAMETERS)


@pytest.mark.parametrize(
    "name", ["notebooks/30_a.ipynb", "requirements.lock", "data/in.csv", "data/out.csv"]
)
def test_a_change_in_any_file_it_depends_on_makes_it_old(root, source, target, name):
    (root / name).write_text("changed", "utf-8")
    assert not is_current(source, target, PARAMETERS)


@pytest.mark.parametrize("name", ["data/in.csv", "data/out.csv", "requirements.lock"])
def test_a_file_that_is_gone_makes_it_old(root, source, target, name):
    (root / name).unlink()
    assert not is_current(source, target, PARAMETERS)


@pytest.mark.parametrize("parameters", [{}, {"language": "en"}, {"language": "da", "n": 1}])
def test_other_parameters_make_it_old(source, target, parameters):
    assert not is_current(source, target, parameters)


def test_another_version_of_the_library_makes_it_old(source, target, monkeypatch):
    monkeypatch.setattr(cachekey, "library_digest", lambda: "other")
    assert not is_current(source, target, PARAMETERS)


def test_another_python_makes_it_old(source, target, monkeypatch):
    class Other:
        version_info = (3, 99, 0)

    monkeypatch.setattr(cachekey, "sys", Other)
    assert not is_current(source, target, PARAMETERS)


def test_an_unrelated_file_does_not_make_it_old(root, source, target):
    (root / "data/other.csv").write_text("x", "utf-8")
    assert is_current(source, target, PARAMETERS)


@pytest.mark.parametrize("content", ["", '{"cells": []', '{"cells": [], "metadata": {}}'])
def test_a_damaged_or_unmarked_copy_is_executed_again(source, target, content):
    target.write_text(content, "utf-8")
    assert not is_current(source, target, PARAMETERS)


def test_another_list_of_chapters_makes_what_lists_them_old(source, target):
    assert not is_current(source, target, PARAMETERS, ["notebooks/40_new.ipynb"])


def test_the_order_of_parameters_does_not_matter(source):
    assert key(source, {"a": 1, "b": 2}) == key(source, {"b": 2, "a": 1})


def test_a_copy_moves_with_its_folder(root, source, target, tmp_path_factory):
    moved = tmp_path_factory.mktemp("moved") / "evaluation"
    shutil.copytree(root, moved)
    assert is_current(moved / "notebooks/30_a.ipynb", moved / "executed.ipynb", PARAMETERS)


def test_the_lock_file_may_lie_above_the_evaluation_folder(tmp_path):
    inner = tmp_path / "examples/one/notebooks"
    inner.mkdir(parents=True)
    source = inner / "30_a.ipynb"
    source.write_text("{}")
    before = key(source, {})
    (tmp_path / "requirements.lock").write_text("pandas==3")
    assert key(source, {}) != before


def test_digests_name_files_as_they_lie_in_the_folder(root):
    told = digests(root, [str(root / "data/in.csv"), str(root / "data/gone.csv")])
    assert told == {"data/in.csv": digest(root / "data/in.csv"), "data/gone.csv": None}
