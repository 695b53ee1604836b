"""Files that are there whole or not at all, one or several that change together."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from evaluation.base.errors import InputError


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
