"""A folder for all that a command writes for itself: gone when it ends, however it ends."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from evaluation.base.interruption import not_cut_short
from evaluation.base.locks import locked

PREFIX = "ev-"  # short: the system limits the path of a socket to about 100 bytes
OWNED = "owned"
MADE = "?" * 8  # what `tempfile` adds to a prefix


@contextmanager
def scratch() -> Iterator[Path]:
    """The folder that `tempfile` uses in this process and those it starts, while the block runs.

    What processes that were killed have left is removed first.
    """
    before, variable = tempfile.tempdir, os.environ.get("TMPDIR")
    with owned_folder(_around(), PREFIX) as folder:
        tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
        try:
            yield folder
        finally:
            tempfile.tempdir = before
            if variable is None:
                os.environ.pop("TMPDIR", None)
            else:
                os.environ["TMPDIR"] = variable


def _around() -> Path:
    """Where temporary files go. `tempfile` tries it by a file, which a kill would leave there."""
    if tempfile.tempdir is None:
        for place in (*map(os.environ.get, ("TMPDIR", "TEMP", "TMP")), "/tmp"):
            if place and os.path.isdir(place) and os.access(place, os.W_OK | os.X_OK):
                return Path(place).absolute()
    return Path(tempfile.gettempdir())


@contextmanager
def owned_folder(around: Path, prefix: str) -> Iterator[Path]:
    """A new folder in `around`, which is gone when the block ends.

    Those of the same prefix whose processes were killed are removed first: each is marked by a
    file that its process holds the lock of.
    """
    sweep_owned(around, prefix)
    made = []
    try:
        # an interruption that came meanwhile is raised when it ends, and finds the folder made
        with not_cut_short():
            made.append(_made(around, prefix))
        yield made[0][0]
    finally:
        with not_cut_short():
            for folder, mark in made:
                _remove(folder)
                mark.close()


def _made(around: Path, prefix: str) -> tuple[Path, IO[str]]:
    while True:
        made = Path(tempfile.mkdtemp(prefix=f".{prefix}", dir=around))
        try:
            # another process may sweep it before it is marked
            with suppress(FileNotFoundError):
                mark = (made / OWNED).open("w")
                if locked(mark):
                    # under this name it is swept, and it is owned already
                    return made.rename(made.with_name(made.name.removeprefix("."))), mark
                mark.close()
        except OSError:
            shutil.rmtree(made, ignore_errors=True)
            raise


def keep_from_git(folder: Path) -> None:
    """Let git not see a folder: what a kill leaves of it may hold answers."""
    (folder / ".gitignore").write_text("*\n", "utf-8")


def sweep_owned(around: Path, prefix: str) -> None:
    """Remove the owned folders of a prefix whose processes were killed."""
    for mark in (*around.glob(f"{prefix}*/{OWNED}"), *around.glob(f".{prefix}{MADE}/{OWNED}")):
        with suppress(OSError), mark.open("r+") as file:
            # whoever still uses it holds its lock
            if locked(file):
                _remove(mark.parent)
    # those that a kill left before they were marked, or when they were not any more, are empty
    for unmarked in (*around.glob(f".{prefix}{MADE}"), *around.glob(f"{prefix}{MADE}")):
        with suppress(OSError):
            unmarked.rmdir()


def _remove(folder: Path) -> None:
    """Remove a folder, its mark last: what a kill leaves of it is swept."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != OWNED:
            path.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
