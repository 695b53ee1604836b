"""Several files of a folder that change together: all of them or none, whatever ends the command.

The new files are written beside the old ones first, with a copy of these. Renaming their folder
decides the change: what is killed before has changed nothing, and what is killed after is brought
to its end by the next command, see `finish`.
"""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from evaluation.base.digests import digest
from evaluation.base.errors import InputError, unusable
from evaluation.base.interruption import not_cut_short
from evaluation.base.scratch import keep_from_git, owned_folder, sweep_owned

UNDECIDED = ".evaluation-change-"
DECIDED = ".evaluation-changing"
NEW, OLD, GIVEN_UP = "new", "old", "given_up"
# path -> digest of the old file, None where there was none, and of the new one
LIST = "files.json"


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
            keep_from_git(scratch)
            change = scratch / "change"
            _prepare(change, root, files)
            if check is not None:
                check(change / NEW)
            with not_cut_short():
                os.rename(change, root / DECIDED)
                try:
                    finish(root)
                except OSError:
                    os.rename(root / DECIDED / NEW, root / DECIDED / GIVEN_UP)
                    finish(root)
                    raise
    except OSError as error:
        raise unusable(error, root) from None


def is_unfinished(root: Path) -> bool:
    """Whether a change of the folder `root` was decided and is not at its end."""
    return (root / DECIDED).is_dir()


def finish(root: Path) -> None:
    """Bring to its end what was decided when its command was killed.

    Where a new file is not there any more, the old ones come back. Raises InputError where somebody
    has changed a file between the kill and now: what people write is not overwritten.
    """
    decided = root / DECIDED
    listed = decided / LIST
    if listed.is_file():
        _complete(root, json.loads(listed.read_text("utf-8")))
        # from here on nothing is decided any more
        listed.unlink()
    shutil.rmtree(decided, ignore_errors=True)


def sweep_undecided(root: Path) -> None:
    """Remove what commands that were killed had prepared for the folder `root`."""
    sweep_owned(root, UNDECIDED)


def _prepare(change: Path, root: Path, files: dict[str, bytes]) -> None:
    change.mkdir()
    keep_from_git(change)
    listed = {}
    for file, content in files.items():
        new, old, target = change / NEW / file, change / OLD / file, root / file
        new.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(content)
        if target.exists():
            old.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(target, old)
            # who may read a file may go on to, and nobody else
            shutil.copymode(target, new)
        listed[file] = [digest(target), digest(new)]
    (change / LIST).write_text(json.dumps(listed), "utf-8")


def _complete(root: Path, listed: dict[str, list[str | None]]) -> None:
    """Let every file be the new one, or the old one where a new one is not there."""
    decided = root / DECIDED
    now = {file: digest(root / file) for file in listed}
    to_do = [file for file, (old, new) in listed.items() if now[file] == old != new]
    for file in listed if to_do else ():
        if now[file] not in listed[file]:
            raise InputError(
                root / file,
                "a command was ended while it changed this file and others, but somebody has"
                " changed it since",
                f"put it back as it was, or remove the folder {DECIDED} to keep every file as it"
                " is now",
            )
    if all((decided / NEW / file).is_file() for file in to_do):
        for file in to_do:
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            os.replace(decided / NEW / file, root / file)
        return
    for file, (old, new) in listed.items():
        if now[file] == new != old:
            if (decided / OLD / file).exists():
                os.replace(decided / OLD / file, root / file)
            else:
                (root / file).unlink()
