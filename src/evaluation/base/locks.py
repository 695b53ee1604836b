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


def locked(file: IO[str], *, shared: bool = False) -> bool:
    """Lock an open file; False where another process holds its lock, and not `shared` as this."""
    if fcntl is not None:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
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
        _wait(file, say)
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


@contextmanager
def unchanged(path: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Keep others from being `alone` while the block runs; says for whom it waits, if it has to.

    Nothing is written: who only reads in a folder may have no right to more.
    """
    if not path.is_file():
        yield
        return
    with path.open() as file:
        _wait(file, say, shared=True)
        yield


def _wait(file: IO[str], say: Callable[[str], None], *, shared: bool = False) -> None:
    if not locked(file, shared=shared):
        file.seek(0)
        who = file.read()
        said = f"process {who}" if who else "another command"
        say(f"{said} works on this folder; waiting until it is done")
        fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
