"""Making a folder whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evaluation.base.errors import InputError
from evaluation.base.scratch import keep_from_git, owned_folder, sweep_owned

UNFINISHED = ".evaluation-made-"


def check_nothing_there(target: Path) -> None:
    """Raise InputError unless `target` does not exist or is an empty folder.

    What commands that were killed have left beside it is removed, also where they had made it.
    """
    sweep_owned(target.parent, UNFINISHED)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(
            target,
            "a folder is made where nothing is yet",
            "name a folder that does not exist, or empty this one",
        )


@contextmanager
def made_whole(target: Path) -> Iterator[Path]:
    """An empty folder to fill, which becomes `target` when the block ends without an error.

    After an error nothing is left of it. Raises InputError as `check_nothing_there`.
    """
    check_nothing_there(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with owned_folder(target.parent, UNFINISHED) as scratch:
        keep_from_git(scratch)
        folder = scratch / target.name
        folder.mkdir()
        yield folder
        if target.is_dir():
            target.rmdir()
        os.replace(folder, target)
