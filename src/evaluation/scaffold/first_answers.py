"""The answers that a folder waits for: the chapters and the front page that show them."""

from collections.abc import Callable, Collection, Container

import nbformat
from nbformat import NotebookNode

from evaluation.project.codebook import Codebook
from evaluation.project.config import Config
from evaluation.project.folder import Folder
from evaluation.scaffold.blocks import blocks
from evaluation.scaffold.chapters import chapter, front
from evaluation.scaffold.differences import differences, nonresponse

FRONT = "index.ipynb"
RESPONDENTS = "notebooks/29_respondents.ipynb"
FIRST_CHAPTER, FIRST_WAVE = 30, 1


def answers(
    codebook: Codebook,
    languages: tuple[str, ...],
    wave: int | None,
    taken: Container[str] = (),
) -> dict[str, NotebookNode]:
    """File in the folder -> a chapter for each block of the questions, see `blocks`.

    taken: the files that there are, which stay.
    """
    made: dict[str, NotebookNode] = {}
    number = FIRST_CHAPTER
    for block in blocks(codebook, languages):
        file = RESPONDENTS
        if not block.respondents or file in taken:
            while (file := f"notebooks/{number}_answers.ipynb") in taken:
                number += 1
            number += 1
        anchor = file.removeprefix("notebooks/").split("_")[0]
        made[file] = chapter(anchor, block, codebook, languages, wave)
    return made


# the chapters of a new folder: functions of the codebook with the questions that were answered, the
# languages and the wave, None where the folder has no parameter of that name
CHAPTERS: tuple[Callable[[Codebook, tuple[str, ...], int | None], dict[str, NotebookNode]], ...] = (
    answers,
    differences,
    nonresponse,
)


def chapters(
    codebook: Codebook, languages: tuple[str, ...], wave: int | None = FIRST_WAVE
) -> dict[str, NotebookNode]:
    """File in the folder -> notebook, in the order of the report.

    wave: the default of the parameter of that name, None where the folder has none.
    """
    made: dict[str, NotebookNode] = {}
    for chapters_of in CHAPTERS if codebook.questions else ():
        made |= chapters_of(codebook, languages, wave)
    return made


def with_front_page(
    codebook: Codebook, made: dict[str, NotebookNode], language: str
) -> dict[str, bytes]:
    """File in the folder -> its content: the chapters, and the front page with what they are about
    and what stands out; without questions, one that waits for them.

    made: the chapters.
    """
    page = front(codebook, made, language, FIRST_WAVE)
    return {file: nbformat.writes(each).encode() for file, each in {FRONT: page, **made}.items()}


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
    files = with_front_page(shown, made, language)
    path = folder.root / FRONT
    waiting = with_front_page(Codebook({}, {}), {}, language)[FRONT]
    if not path.is_file() or path.read_bytes().strip() != waiting.strip():
        del files[FRONT]
    return files
