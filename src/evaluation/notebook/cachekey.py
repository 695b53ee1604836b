"""When an executed notebook is still what executing it now would give.

Its metadata keep the key of its execution (source, parameters, library, lock file, Python) and
the digest of every file: of one that it read, or looked for in vain, as it was then, and of one
that it wrote. Of a table that it took parts of they keep the digests of these.
"""

import ast
import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.base.digests import digest
from evaluation.base.methods import methods
from evaluation.base.whole_files import written_whole
from evaluation.project.folder import find_root

LOCK = "requirements.lock"
RECORD = "evaluation"


def is_current(
    source: Path, target: Path, parameters: dict[str, Any], chapters: Sequence[str] = ()
) -> bool:
    """Whether `target` is what executing `source` now would give, and its data still stand.

    chapters: the files whose executed copies it lists.
    """
    if not target.is_file():
        return False
    try:
        record = json.loads(target.read_text("utf-8"))["metadata"][RECORD]
    except (ValueError, KeyError):  # damaged, or executed by somebody else
        return False
    if record.get("key") != key(source, parameters, chapters):
        return False
    root = find_root(source.parent)
    files = {**record["read"], **record["written"]}
    return all(digest(root / path) == recorded for path, recorded in files.items()) and all(
        _parts_stand(root / path, told) for path, told in record["parts"].items()
    )


def _parts_stand(path: Path, told: dict[str, Any]) -> bool:
    if digest(path) == told["whole"]:
        return True
    # tables are slow to import, and an unchanged report opens none
    from evaluation.project.parts import are_unchanged

    return are_unchanged(path, told["parts"])


def renew(source: Path, target: Path) -> None:
    """Let a copy that is current say what executing it now would: the digests, as a whole, of the
    tables that it took parts of, of which others may have changed."""
    record = json.loads(target.read_text("utf-8"))["metadata"][RECORD]
    root = find_root(source.parent)
    wholes = {path: digest(root / path) for path in record["parts"]}
    if all(told["whole"] == wholes[path] for path, told in record["parts"].items()):
        return
    import nbformat

    notebook = nbformat.read(target, as_version=4)
    for path, whole in wholes.items():
        notebook.metadata[RECORD]["parts"][path]["whole"] = whole
    with written_whole(target) as partial:
        nbformat.write(notebook, partial)


def key(source: Path, parameters: dict[str, Any], chapters: Sequence[str] = ()) -> str:
    """What an executed copy depends on besides the files it reads."""
    told = [
        digest(source),
        parameters,
        chapters,
        library_digest(),
        _lock_digest(source),
        sys.version_info[:3],
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def digests(root: Path, paths: list[str]) -> dict[str, str | None]:
    return {in_folder(root, path): digest(Path(path)) for path in paths}


def in_folder(root: Path, path: str) -> str:
    """A file as it lies in the folder, or beside it: a notebook may open another folder."""
    return Path(os.path.relpath(path, root)).as_posix()


def named_files(notebook: Any, place: Path, root: Path) -> dict[str, str | None]:
    """Path below `root` -> digest of each file that the code names as it is called from `place`:
    what is read in C, such as SPSS files by pyreadstat, is not seen when it is opened."""
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    found = {path for source in sources for path in named_paths(source, place)}
    return {
        path.relative_to(root).as_posix(): digest(path)
        for path in sorted(found)
        if path.is_relative_to(root)
    }


def named_paths(code: str, place: Path) -> set[Path]:
    """The files that there are of those that code names as it is called from the folder `place`."""
    found = set()
    with contextlib.suppress(SyntaxError):  # a magic command, or what will be told soon
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                # too long for a name, or with a NUL in it
                with contextlib.suppress(OSError, ValueError):
                    path = (place / node.value).resolve()
                    if path.is_file():
                        found.add(path)
    return found


@cache
def library_digest() -> str:
    """Digest of the library, and of the methods that others have added to it."""
    library = Path(__file__).parents[1]
    folders = {method.folder for method in methods().values()}
    told = [
        (path.relative_to(folder).as_posix(), digest(path))
        for folder in (library, *sorted(added for added in folders if library not in added.parents))
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".py", ".yml", ".json")
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _lock_digest(source: Path) -> str | None:
    """Digest of the lock file in the folder of the evaluation or one above it."""
    locks = (folder / LOCK for folder in source.resolve().parents)
    return next((digest(lock) for lock in locks if lock.is_file()), None)
