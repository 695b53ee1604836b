"""The process that kernels are forked from. It imports what is not of this library and waits.

usage: python forge.py SOCKET, where SOCKET is the number of a listening socket

Whoever connects to it sends one line of JSON, {"argv": [...], "cwd": ..., "env": {...}},
and gets one back, {"pid": ...}. The kernel keeps the connection open for as long as it lives, so
that its end is the end of the connection. The process ends when its standard input does: after a
byte for a parent that wants no more kernels, without one for a parent that was killed.

It runs as a script and imports nothing of the library, which may change while it waits. It has one
thread: a fork copies no other, and what these hold would never be let go.
"""

import contextlib
import fcntl
import gc
import importlib
import json
import os
import random
import selectors
import shutil
import signal
import socket
import sys
import time
from pathlib import Path
from typing import IO, Any

# what chapters and the library import; the ones that are not installed are left out
PRELOADED = (
    "IPython.core.interactiveshell",
    "babel.dates",
    "fontTools.ttLib.ttFont",
    "ftfy",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "jsonschema",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "matplotlib.patheffects",
    "matplotlib.pyplot",
    "nbformat",
    "networkx",
    "numpy",
    "openpyxl",
    "pandas",
    "pandera.backends.pandas.register",
    "pandera.pandas",
    "phonenumbers",
    "pyarrow.dataset",
    "pyarrow.parquet",
    "ruamel.yaml",
    "scipy.optimize",
    "scipy.stats",
    "statsmodels.stats.proportion",
)
KERNELS: set[int] = set()
OWNED = "owned"  # the mark of base.scratch
LONGEST = 1 << 20  # bytes of a request
LET_GO_WITHIN = 60  # seconds
SOON = 0.01  # seconds between two looks
STYLE = "matplotlibrc"  # which matplotlib takes from the working directory
COLUMNS = 20  # of a table that a notebook shows


def main(listener: socket.socket) -> None:
    # the folder of this script, where a kernel has the working directory
    del sys.path[0]
    preload()
    signal.signal(signal.SIGCHLD, reap)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        selector.register(sys.stdin, selectors.EVENT_READ)
        while True:
            if sys.stdin in [key.fileobj for key, _ in selector.select()]:
                end_kernels()
                if not os.read(sys.stdin.fileno(), 1):
                    remove_files()
                return
            connection, _ = listener.accept()
            if fork(connection, [listener, selector]):
                return


def reap(*_: Any) -> None:
    """Let go of the kernels that have ended; the time they took counts as that of this process."""
    with contextlib.suppress(ChildProcessError):
        while pid := os.waitpid(-1, os.WNOHANG)[0]:
            KERNELS.discard(pid)


def end_kernels() -> None:
    for pid in list(KERNELS):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def remove_files() -> None:
    """Remove the folder of temporary files of a parent that was killed."""
    scratch = Path(os.environ.get("TMPDIR", ""))
    with contextlib.suppress(OSError), (scratch / OWNED).open() as owned:
        # standard input ends before the system has let go of the rest that the parent held
        until = time.monotonic() + LET_GO_WITHIN
        while not locked(owned):
            if time.monotonic() > until:
                return
            time.sleep(SOON)
        # the mark last, as base.scratch does
        for path in [each for each in scratch.iterdir() if each.name != OWNED]:
            shutil.rmtree(path, ignore_errors=True)
        shutil.rmtree(scratch, ignore_errors=True)


def locked(owned: IO[str]) -> bool:
    try:
        fcntl.flock(owned, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def preload() -> None:
    # the debugger, imported by every kernel, would tell that it cannot stop in frozen modules
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    gc.disable()  # what is imported stays
    for name in PRELOADED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        sys.exit("kernels are not forked from a process with threads")
    gc.collect()
    gc.freeze()
    gc.enable()


def fork(connection: socket.socket, of_parent: list[Any]) -> bool:
    """Fork a kernel as the connection asks for it; returns True in the kernel, after its end."""
    with connection:
        line = b""
        while not line.endswith(b"\n") and len(line) < LONGEST:
            part = connection.recv(1 << 16)
            if not part:
                return False
            line += part
        asked = json.loads(line)
        pid = os.fork()
        if pid:
            KERNELS.add(pid)
            connection.sendall(json.dumps({"pid": pid}).encode() + b"\n")
            return False
        for resource in of_parent:
            resource.close()
        kernel(**asked)
        return True


def kernel(argv: list[str], cwd: str, env: dict[str, str]) -> None:
    """Be the kernel that `python -m ipykernel_launcher` would be with these arguments."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    # the kernel ends when the process it was forked from is gone
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    sys.argv = argv
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    from ipykernel.kernelapp import IPKernelApp

    app: Any = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(argv[1:])
    if "matplotlib" in sys.modules:
        # as if it had been imported now, here, after the kernel has chosen
        matplotlib: Any = sys.modules["matplotlib"]
        if os.path.exists(STYLE):
            matplotlib.rc_file(STYLE)
        matplotlib.rcParams["backend"] = os.environ["MPLBACKEND"]
    if "pandas" in sys.modules:
        # what it chooses by itself where it is imported in a kernel
        sys.modules["pandas"].set_option("display.max_columns", COLUMNS)
    app.start()


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
