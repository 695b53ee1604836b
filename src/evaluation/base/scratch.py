"""A folder for all that a command writes for itself: gone when it ends, however it ends."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from evaluation.base.locks import locked

PREFIX = "ev-"  # short: the system limits the path of a socket to about 100 bytes
OWNED = "owned"


@contextmanager
def scratch() -> Iterator[Path]:
    """The folder that `tempfile` uses in this process and those it starts, while the block runs.

    What processes that were killed have left is removed first.
    """
    before, variable = tempfile.tempdir, os.environ.get("TMPDIR")
    around = Path(tempfile.gettempdir())
    _sweep(around)
    made = Path(tempfile.mkdtemp(prefix=f".{PREFIX}", dir=around))
    with (made / OWNED).open("w") as owned:
        locked(owned)
        # under this name it is swept, and it is owned already
        folder = made.rename(made.with_name(made.name.removeprefix(".")))
        tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
        try:
            yield folder
        finally:
            tempfile.tempdir = before
            if variable is None:
                del os.environ["TMPDIR"]
            else:
                os.environ["TMPDIR"] = variable
            shutil.rmtree(folder, ignore_errors=True)


def _sweep(around: Path) -> None:
    for owned in around.glob(f"{PREFIX}*/{OWNED}"):
        with suppress(OSError), owned.open("r+") as file:
            # whoever still uses it holds its lock
            if locked(file):
                shutil.rmtree(owned.parent, ignore_errors=True)
