"""One at a time: processes that would write into the same folder wait for each other."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows has no such locks
    fcntl = None  # type: ignore[assignment]


def locked(file: IO[str]) -> bool:
    """Lock an open file; False where another process holds its lock."""
    if fcntl is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


@contextmanager
def alone(path: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock `path` while the block runs; says for whom it waits, if it has to.

    A process that ends, however it does, holds no lock.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        if not locked(file):
            file.seek(0)
            say(f"process {file.read() or '?'} works on this folder; waiting until it is done")
            fcntl.flock(file, fcntl.LOCK_EX)
        times = os.fstat(file.fileno())
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            # whoever looks whether anything changed in the folder finds nothing
            file.truncate(0)
            os.utime(file.fileno(), ns=(times.st_atime_ns, times.st_mtime_ns))
