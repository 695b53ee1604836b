"""publish.build: a folder that a newer version of the library made."""

import shutil

import pytest
from refusals import refusal

from evaluation.base.version import installed
from evaluation.publish.build import prepare
from evaluation.scaffold.upgrade import upgrade


@pytest.mark.slow
@pytest.mark.parametrize(("made_with", "warned"), [("99.0.0", 1), (installed(), 0)])
def test_a_build_says_in_one_line_that_the_folder_is_newer(tmp_path, repository, made_with, warned):
    root = shutil.copytree(repository / "tests/site/old_folder/0.1.0", tmp_path / "folder")
    upgrade(root)
    path = root / "evaluation.yml"
    text = path.read_text("utf-8").replace(f"made_with: {installed()}", f"made_with: {made_with}")
    path.write_text(text, "utf-8")
    # nothing is executed: the book has a chapter that is missing
    (root / "notebooks/30_answers.ipynb").unlink()
    said = []
    refusal(prepare, root, {}, said.append)
    assert len(said) == warned
    assert all(made_with in line and installed() in line for line in said)
