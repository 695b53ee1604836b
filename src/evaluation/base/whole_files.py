"""Files that are there whole or not at all, one or several that change together."""

import ctypes
import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from evaluation.base.errors import InputError

# of Linux, see renameat2(2)
AT_FDCWD, RENAME_EXCHANGE = -100, 2


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A file to write, which takes the place of `path` when the block ends without an error.

    After an error nothing is left of it.
    """
    partial = path.with_name(f"{path.name}.part")
    try:
        yield partial
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def take_place(new: Path, target: Path) -> None:
    """Let the folder `new` take the place of the folder `target`, which is then no more.

    Where the system can exchange two names, one of the two is at its place at every moment.
    """
    if target.exists() and _exchanged(new, target):
        shutil.rmtree(new)
        return
    old = new.with_name(f"{new.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        os.replace(target, old)
    os.replace(new, target)
    shutil.rmtree(old, ignore_errors=True)


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


def replace_all(
    root: Path, files: dict[str, bytes], check: Callable[[Path], None] | None = None
) -> None:
    """Write `files`, path in the folder `root` -> content, in the place of the old ones.

    check: called with a folder that holds the new files only; what it raises keeps them from being
    used. Raises InputError where a file cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory(dir=root, prefix=".new-files-") as scratch:
            new, old = Path(scratch) / "new", Path(scratch) / "old"
            for file, content in files.items():
                (new / file).parent.mkdir(parents=True, exist_ok=True)
                (new / file).write_bytes(content)
                if (root / file).exists():
                    (old / file).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(root / file, old / file)
            if check is not None:
                check(new)
            _swap(root, list(files), new, old)
    except OSError as error:
        raise InputError(
            error.filename or root,
            f"the files of the folder can be written ({error.strerror})",
            "close the file elsewhere, or make the folder writable",
        ) from None


def _swap(root: Path, files: list[str], new: Path, old: Path) -> None:
    done = []
    try:
        for file in files:
            os.replace(new / file, root / file)
            done.append(file)
    except OSError:
        for file in done:
            if (old / file).exists():
                os.replace(old / file, root / file)
            else:
                (root / file).unlink()
        raise
