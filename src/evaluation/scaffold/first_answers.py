"""The answers that a folder waits for: the chapters and the front page that show them."""

from collections.abc import Collection

import nbformat

from evaluation.project.codebook import Codebook
from evaluation.project.config import Config
from evaluation.project.folder import Folder
from evaluation.scaffold.blocks import blocks
from evaluation.scaffold.chapters import chapter, front

FRONT = "index.ipynb"
FIRST_CHAPTER, FIRST_WAVE = 30, 1


def chapters(
    codebook: Codebook, languages: tuple[str, ...], wave: int | None = FIRST_WAVE
) -> dict[str, bytes]:
    """File in the folder -> notebook: a chapter for each block of the questions.

    wave: the default of the parameter of that name, None where the folder has none.
    """
    return {
        f"notebooks/{FIRST_CHAPTER + at:02d}_answers.ipynb": nbformat.writes(
            chapter(at + 1, block, codebook, languages, wave)
        ).encode()
        for at, block in enumerate(blocks(codebook) if codebook.questions else [])
    }


def front_page(codebook: Codebook, language: str) -> bytes:
    """The front page with the shares that stand out; without questions, one that waits for them."""
    return nbformat.writes(front(codebook, language, FIRST_WAVE)).encode()


def first_notebooks(
    folder: Folder, config: Config, codebook: Codebook, silent: Collection[str]
) -> dict[str, bytes]:
    """The notebooks of a folder that gets its first answers; a front page that somebody has
    written on stays.

    silent: ids of the questions that nobody answered, which no chapter shows.
    """
    asked = {name: each for name, each in codebook.questions.items() if name not in silent}
    shown = Codebook(codebook.groups, asked)
    language = config.languages[0]
    made = chapters(shown, config.languages, FIRST_WAVE if "wave" in config.parameters else None)
    path = folder.root / FRONT
    waiting = front_page(Codebook({}, {}), language)
    if path.is_file() and path.read_bytes().strip() == waiting.strip():
        made[FRONT] = front_page(shown, language)
    return made
