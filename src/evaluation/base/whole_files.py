"""Files and folders that are there whole or not at all."""

import ctypes
import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evaluation.base.interruption import not_cut_short

PARTIAL = ".part"
# of Linux, see renameat2(2)
AT_FDCWD, RENAME_EXCHANGE = -100, 2


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A file to write, which takes the place of `path` when the block ends without an error.

    After an error nothing is left of it; after the end of the process, see `sweep`.
    """
    partial = path.with_name(f"{path.name}{PARTIAL}")
    try:
        yield partial
        os.replace(partial, path)
    finally:
        with not_cut_short():
            partial.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove the partial files that processes that were killed have left below a folder."""
    for partial in folder.rglob(f"*{PARTIAL}"):
        if partial.is_file():
            partial.unlink()


def take_place(new: Path, target: Path) -> None:
    """Let the folder `new` take the place of the folder `target`, which is then no more.

    Where the system can exchange two names, one of the two is at its place at every moment.
    """
    if target.exists() and _exchanged(new, target):
        shutil.rmtree(new)
        return
    old = _old(new)
    with not_cut_short():
        if target.exists():
            os.replace(target, old)
        os.replace(new, target)
    shutil.rmtree(old, ignore_errors=True)


def put_right(new: Path, target: Path) -> None:
    """After `take_place` was killed: `target` is at its place again, and nothing is left of
    `new`."""
    old = _old(new)
    if old.exists() and not target.exists():
        os.replace(old, target)
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)


def _old(new: Path) -> Path:
    return new.with_name(f"{new.name}.old")


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where the system or its file system cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL):
        return False
    raise OSError(number, os.strerror(number), str(other))
