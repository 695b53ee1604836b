"""The data of this folder: every answer follows the codebook."""

from pathlib import Path

from evaluation.folder import Folder


def test_every_answer_follows_the_codebook():
    folder = Folder(Path(__file__).parents[1])
    assert len(folder.read_survey()) > 0
