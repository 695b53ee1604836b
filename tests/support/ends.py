"""A function that is killed before one of its file steps, in a process that is forked for it."""

import os
import sys
from collections.abc import Callable

STEPS = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "open")
KILLED = 9


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Run `work` in another process, which ends without a word before its step of that number,
    from 1; False where it came to its end before."""
    pid = os.fork()
    if not pid:
        left = [step]

        def see(event: str, _: object) -> None:
            if event in STEPS:
                left[0] -= 1
                if not left[0]:
                    os._exit(KILLED)

        sys.addaudithook(see)
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert status in (0, KILLED), status
    return status == KILLED
