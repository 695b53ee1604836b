"""Lets something happen to a command and all that it starts at one of its file steps.

Python imports this by itself where its folder stands in PYTHONPATH. A step is a rename, a removal,
a new folder or a file opened for writing below one of the folders, or an import of the command
itself, once it listens to signals. The environment says what is to happen, see `kills.Plan`.
"""

import errno
import fcntl
import json
import os
import signal
import sys
import time

PLAN = json.loads(os.environ.get("EVALUATION_STEPS", "null"))
# what Python tells of before it does it; `renameat2`, which it does not know, when it is looked up
PLACES = {
    "os.rename": 1,
    "os.remove": 0,
    "os.rmdir": 0,
    "os.mkdir": 0,
    "os.truncate": 0,
    "os.chmod": 0,
    "open": 0,
}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def step(event, arguments):
    """What is about to be done, as (kind, path); None for what is no step."""
    if event == "import":
        # before the command listens to signals, Python itself begins
        listens = signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
        return ("import", arguments[0]) if listens and os.getpid() == leader() else None
    if event == "ctypes.dlsym":
        return ("exchange", "") if arguments[1] == "renameat2" else None
    if event not in PLACES:
        return None
    path = arguments[PLACES[event]]
    # of what is named within an open folder, as by shutil.rmtree, that folder
    within = arguments[-1] if event in ("os.remove", "os.rmdir", "os.mkdir") else -1
    if within >= 0 and isinstance(path, str):
        path = os.path.join(os.readlink(f"/proc/self/fd/{within}"), path)
    if event == "open" and not (isinstance(path, str) and (arguments[2] or 0) & WRITING):
        return None
    if not isinstance(path, str | bytes | os.PathLike):
        return None
    path = os.path.abspath(os.fsdecode(path))
    below = any(path.startswith(folder) for folder in PLAN["folders"])
    return (event.removeprefix("os."), path) if below and path != PLAN["log"] else None


def leader():
    """The process of the command."""
    return int(os.environ["EVALUATION_LEADER"])


def see(event, arguments):
    found = step(event, arguments)
    if found is None or (PLAN["kinds"] and found[0] not in PLAN["kinds"]):
        return
    log = os.open(PLAN["log"], os.O_RDWR | os.O_CREAT | os.O_APPEND)
    try:
        fcntl.flock(log, fcntl.LOCK_EX)
        os.write(log, (" ".join((*found, str(os.getpid() == leader()))) + "\n").encode())
        number = os.read(log, os.lseek(log, 0, os.SEEK_SET) or os.fstat(log).st_size).count(b"\n")
    finally:
        os.close(log)
    for at in PLAN["at"]:
        if number == at:
            happen()


def happen():
    what = PLAN["what"]
    if what == "full":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if what == "denied":
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))
    number = getattr(signal, what.partition(" ")[0])
    if what in ("SIGTERM", "SIGKILL of the command alone"):
        os.kill(leader(), number)
    else:  # of a terminal: everything that it runs
        os.killpg(leader(), number)
    if what == "SIGKILL":
        time.sleep(60)  # whoever cleans up ends a kernel


if PLAN:
    os.environ.setdefault("EVALUATION_LEADER", str(os.getpid()))
    sys.addaudithook(see)
