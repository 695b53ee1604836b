"""Which files of an evaluation folder this process read, looked for in vain and wrote.

The library notes what it opens. A kernel also watches what others open: whatever opens a file
through Python is seen, such as pandas; what opens it in C, as pyreadstat does, is not.
"""

import os
import sys
from collections.abc import Callable
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any

from evaluation.base.digests import digest

# folders whose files no notebook depends on
LEFT_OUT = "__pycache__"

_read: dict[Path, str | None] = {}
_written: set[Path] = set()


def note_read(path: Path) -> Path:
    """Note that a file is about to be read, or looked for: with what is in it now.

    path: absolute; returned. What the process wrote itself is none of its sources.
    """
    if path not in _read and path not in _written:
        _read[path] = None  # reading it here is seen too
        _read[path] = digest(path)
    return path


def note_written(path: Path) -> Path:
    """Note that a file is about to be written. path: absolute; returned."""
    _written.add(path)
    return path


def touched() -> dict[str, Any]:
    """`read`: absolute path -> digest of the file when it was read first, None where there was
    none; `written`: absolute paths. Both sorted."""
    read = {str(path): found for path, found in sorted(_read.items()) if path not in _written}
    return {"read": read, "written": sorted(map(str, _written))}


def watch(root: str) -> None:
    """From now on note every file below the folder `root` that is opened or looked for."""
    inside = _inside(Path(root))

    def see(event: str, arguments: tuple[Any, ...]) -> None:
        if event != "open" or (path := inside(arguments[0])) is None or path.is_dir():
            return
        if (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            note_written(path)
        else:
            note_read(path)

    # matplotlib looks for it when it is imported, which may have been before
    note_read(Path.cwd() / "matplotlibrc")
    sys.addaudithook(see)
    _watch_absence(inside)


def _inside(root: Path) -> Callable[[Any], Path | None]:
    """What makes of the name of a file its path, None where no notebook depends on it."""
    library = Path(__file__).parents[1]

    def place(name: Any) -> Path | None:
        if not name or not isinstance(name, (str, bytes, os.PathLike)):
            return None
        path = Path(os.path.abspath(os.fsdecode(name)))
        if not path.is_relative_to(root) or path.is_relative_to(library):
            return None
        *folders, file = path.relative_to(root).parts or ("",)
        if LEFT_OUT in folders and file.endswith(".pyc"):
            # a module that was compiled before is not opened itself
            path, folders = Path(source_from_cache(path)), folders[:-1]
        hidden = any(part.startswith(".") for part in (*folders, file))
        return None if hidden or LEFT_OUT in folders else path

    return place


def _watch_absence(inside: Callable[[Any], Path | None]) -> None:
    """Note files that are asked for and are not there: nothing is opened then."""
    stat = os.stat

    def asked(path: Any, *arguments: Any, **options: Any) -> os.stat_result:
        try:
            return stat(path, *arguments, **options)
        except FileNotFoundError:
            if (missing := inside(path)) is not None:
                _read.setdefault(missing, None)
            raise

    os.stat = asked
    for able in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks):
        able.add(asked)
