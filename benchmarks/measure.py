"""One command, measured: seconds, processor seconds and memory of it and all that it starts."""

import os
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.1  # seconds between two looks at the memory


@dataclass(frozen=True)
class Cost:
    """seconds: by the clock; processor: seconds of all processes; memory: the most at a time, MB
    (proportional set size, so that what forked processes share counts once). What was not measured
    is not a number."""

    seconds: float
    processor: float
    memory: float

    def __add__(self, other: "Cost") -> "Cost":
        """What two cost one after the other."""
        return Cost(
            self.seconds + other.seconds,
            self.processor + other.processor,
            max(self.memory, other.memory),
        )


NOTHING = Cost(0, 0, 0)


def cost(command: Sequence[str], **environment: str) -> Cost:
    """What a command costs, run to its end with these variables besides.

    Raises CalledProcessError where it fails.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    peak, ended = [0.0], threading.Event()

    def look() -> None:
        while not ended.wait(EVERY):
            peak[0] = max(peak[0], sum(map(_memory, _tree(process.pid))))

    looking = threading.Thread(target=look)
    looking.start()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    ended.set()
    looking.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(seconds, used.ru_utime + used.ru_stime, peak[0])


def _tree(root: int) -> Iterator[int]:
    """A process and all that it started; none where the system does not tell."""
    children: Mapping[int, list[int]] = defaultdict(list)
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended
            continue
        children[parent].append(int(status.parent.name))
    waiting = [root]
    while waiting:
        process = waiting.pop()
        yield process
        waiting += children[process]


def _memory(process: int) -> float:
    """The memory of a process in MB; 0 for one that has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
