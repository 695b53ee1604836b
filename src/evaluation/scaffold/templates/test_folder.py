"""The data of this folder: every answer follows the codebook."""

from pathlib import Path

from evaluation import Folder


def test_every_answer_follows_the_codebook() -> None:
    folder = Folder(Path(__file__).parents[1])
    assert len(folder.read_survey()) > 0
