"""Several files of a folder that change together: all of them or none, whatever ends the command.

The new files are written beside the old ones first. Renaming their folder decides the change: what
is killed before has changed nothing, and what is killed after is brought to its end by the next
command, see `finish`.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from evaluation.base.errors import unusable
from evaluation.base.interruption import not_cut_short
from evaluation.base.scratch import owned_folder

UNDECIDED = ".evaluation-change-"
DECIDED = ".evaluation-changing"


def replace_all(
    root: Path, files: dict[str, bytes], check: Callable[[Path], None] | None = None
) -> None:
    """Write `files`, path in the folder `root` -> content, in the place of the old ones.

    check: called with a folder that holds the new files only; what it raises keeps them from being
    used. No two processes may do so at once. Raises InputError where a file cannot be written.
    """
    finish(root)
    try:
        with owned_folder(root, UNDECIDED) as scratch:
            new, old = scratch / "new", scratch / "old"
            new.mkdir()
            for file, content in files.items():
                (new / file).parent.mkdir(parents=True, exist_ok=True)
                (new / file).write_bytes(content)
                if (root / file).exists():
                    (old / file).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(root / file, old / file)
            if check is not None:
                check(new)
            with not_cut_short():
                os.rename(new, root / DECIDED)
                try:
                    finish(root)
                except OSError:
                    _undo(root, list(files), scratch)
                    raise
    except OSError as error:
        raise unusable(error, root) from None


def finish(root: Path) -> None:
    """Bring to its end what was decided when its command was killed."""
    decided = root / DECIDED
    for path in sorted(decided.rglob("*")):
        if path.is_file():
            target = root / path.relative_to(decided)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)
    shutil.rmtree(decided, ignore_errors=True)


def _undo(root: Path, files: list[str], scratch: Path) -> None:
    os.rename(root / DECIDED, scratch / "undone")
    for file in files:
        if (scratch / "undone" / file).exists():  # it was not used yet
            continue
        if (scratch / "old" / file).exists():
            os.replace(scratch / "old" / file, root / file)
        else:
            (root / file).unlink()
