"""Which files of an evaluation folder this process read, looked for in vain and wrote.

The library notes what it opens. A kernel also watches what others open: whatever opens a file
through Python is seen, such as pandas; what opens it in C, as pyreadstat does, is not. It knows too
from which cell on it has had rows about single respondents in hand.
"""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any

from evaluation.base.digests import digest
from evaluation.project.row_files import may_hold_rows

# folders whose files no notebook depends on
LEFT_OUT = "__pycache__"

# what Python tells when a file is opened, with its name first
OPENING = ("open", "sqlite3.connect")

_read: dict[Path, str | None] = {}
_written: set[Path] = set()
# processed table -> its digest as a whole, and the parts that were taken of it
_parts: dict[Path, tuple[str, set[tuple[str, str | None, str]]]] = {}
# those that are being read for their parts
_in_parts: set[Path] = set()
# file that may hold rows about respondents -> the first cell, by its number, that had it
_rows: dict[Path, int] = {}
# the evaluation folder that is watched
_root: Path | None = None
_inside_library = False


@contextlib.contextmanager
def within_library() -> Iterator[None]:
    """What is read in here stays in the library: it gives out only what may be told of it."""
    global _inside_library
    before, _inside_library = _inside_library, True
    try:
        yield
    finally:
        _inside_library = before


def note_read(path: Path) -> Path:
    """Note that a file is about to be read, or looked for: with what is in it now.

    path: absolute; returned. What the process wrote itself is none of its sources.
    """
    _note_rows(path)
    if path not in _read and path not in _written and path not in _in_parts:
        _read[path] = None  # reading it here is seen too
        _read[path] = digest(path)
    return path


@contextlib.contextmanager
def read_in_parts(path: Path) -> Iterator[None]:
    """A table that is read in here is noted by the parts that are taken of it, not as a whole.

    path: absolute.
    """
    _in_parts.add(path)
    try:
        yield
    finally:
        _in_parts.discard(path)


def note_part(path: Path, whole: str, part: tuple[str, str | None, str]) -> None:
    """Note that a part of a processed table was taken.

    path: absolute; whole: the digest of the table; part: a column, the value that its rows have
    there or None for all values of the column, and a digest.
    """
    _parts.setdefault(path, (whole, set()))[1].add(part)


def _note_rows(path: Path) -> None:
    if _root is None or _inside_library or path in _rows or not may_hold_rows(_root, path):
        return
    if os.path.lexists(path):
        shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
        _rows[path] = shell.execution_count if shell else 0


def _note_foreign(name: Any) -> None:
    """Note a table from outside the folder, which may hold rows as well as one inside."""
    if isinstance(name, (str, bytes, os.PathLike)):
        _note_rows(Path(os.path.abspath(os.fsdecode(name))))


def note_written(path: Path) -> Path:
    """Note that a file is about to be written. path: absolute; returned."""
    _written.add(path)
    return path


def touched() -> dict[str, Any]:
    """`read`: absolute path -> digest of the file when it was read first, None where there was
    none; `parts`: absolute path of a table of which only parts were taken -> `whole`, its digest,
    and `parts`, see `note_part`; `written`: absolute paths; `rows`: absolute path of each file that
    may hold rows about respondents and was opened outside the library -> the number of the first
    cell that did. All sorted."""
    read = {str(path): found for path, found in sorted(_read.items()) if path not in _written}
    parts = {
        str(path): {"whole": whole, "parts": sorted(map(list, taken), key=str)}
        for path, (whole, taken) in sorted(_parts.items())
        if path not in _written and path not in _read
    }
    rows = {str(path): cell for path, cell in sorted(_rows.items())}
    return {"read": read, "parts": parts, "written": sorted(map(str, _written)), "rows": rows}


def watch(root: str) -> None:
    """From now on note every file below the folder `root` that is opened or looked for."""
    global _root
    _root = Path(root)
    inside = _inside(_root)

    def see(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in OPENING:
            return
        if (path := inside(arguments[0])) is None or path.is_dir():
            _note_foreign(arguments[0])
            return
        if event == "open" and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
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
    """Note files that are asked for and are not there, since nothing is opened then, and what
    holds rows, since a reader in C asks whether it is there and opens it unseen."""
    stat = os.stat

    def asked(path: Any, *arguments: Any, **options: Any) -> os.stat_result:
        try:
            found = stat(path, *arguments, **options)
        except FileNotFoundError:
            if (missing := inside(path)) is not None:
                _read.setdefault(missing, None)
            raise
        _note_foreign(path)
        return found

    os.stat = asked
    for able in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks):
        able.add(asked)
