"""The two files of a survey that keeps its questions apart from its answers."""

from collections.abc import Callable
from pathlib import Path

from evaluation.base.errors import InputError

TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".lsr", ".vv")


def has_structure(path: Path, is_structure: Callable[[Path], bool]) -> bool:
    """Whether a file, or one of the files in a folder, holds the questions."""
    return any(map(is_structure, _files(path)))


def structure_and_answers(
    path: Path, is_structure: Callable[[Path], bool]
) -> tuple[Path, Path | None]:
    """The file of the questions, and that of the answers where `path` is a folder with both.

    Raises InputError for a folder with several of one kind, and one with a folder for a file.
    """
    structures = [file for file in _files(path) if is_structure(file)]
    answers = [
        file for file in _files(path) if file not in structures and file.suffix.casefold() in TABLES
    ]
    folder = next((file for file in answers if not file.is_file()), None)
    if folder is not None:
        raise InputError(
            folder.name,
            "the answers are a file",
            "put the file that the survey program exported in its place",
            value="a folder",
        )
    for kind, found in (("questions", structures), ("answers", answers)):
        if len(found) > 1:
            raise InputError(
                path.name,
                f"the folder holds one file of {kind}",
                "put every survey into a folder of its own",
                value=", ".join(file.name for file in found),
            )
    return structures[0], answers[0] if answers else None


def is_lock(path: Path) -> bool:
    """Whether it is what a program writes beside a file that it has open (~$answers.xlsx,
    .~lock.answers.csv#), or another hidden file."""
    return path.name.startswith(("~$", "."))


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.iterdir() if not is_lock(file))
    return [path]
