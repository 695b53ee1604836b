"""Ends of commands: killed, interrupted, without room, without the right, with dead kernels.

`make corpus` tries all of them and prints how many there were and how many were wrong; the tests
try a few. What has to hold after each of them is `after_a_build` and `after_a_change`.
"""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

# run as a program, this finds what pytest has on its path
ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "support")]

from processes import working_in  # noqa: E402

from benchmarks.folders import FIGURES, of_chapters, with_another_number  # noqa: E402

STEPS = Path(__file__).with_name("steps")
PATIENCE = 300  # seconds, only for what never comes
# all that a terminal runs, and the command alone, as a system does that has no memory left
KILLED = ("SIGKILL", "SIGKILL of the command alone")
FILES = ("rename", "exchange", "remove", "rmdir", "mkdir", "truncate", "open")
BETWEEN_FILES = ("rename", "exchange", "remove", "rmdir")
CHAPTER = "notebooks/60_chapter_01.ipynb"
INTERRUPTED = "evaluation: interrupted; what is published is a whole report"
# what a command of an evaluation folder keeps for itself
OWN = ("reports/.build/lock", "reports/.build/da/", "reports/.build/en/", "reports/.build/kept/")


@dataclass(frozen=True)
class Plan:
    """What happens to a command at which of its steps, see `steps/sitecustomize.py`.

    what: a signal, `full` (the disk has no room), `denied`, or `nothing`; at: numbers of steps,
    from 1; kinds: which steps are counted, all of them where it is empty; data: whether the data
    of the report have changed, or a text of a chapter.
    """

    what: str
    at: tuple[int, ...] = ()
    kinds: tuple[str, ...] = FILES
    data: bool = False

    def told(self, folders: tuple[Path, ...], log: Path) -> str:
        """What `steps/sitecustomize.py` is told: the folders, the file for the steps, the plan."""
        below = [f"{folder}/" for folder in folders]
        plan = {"kinds": self.kinds, "at": self.at, "what": self.what}
        return json.dumps({"folders": below, "log": str(log), **plan})

    def __str__(self) -> str:
        steps = " and ".join(map(str, self.at))
        changed = "of the data" if self.data else "of a text"
        return f"{self.what} at step {steps} of {', '.join(self.kinds)} after a change {changed}"


@dataclass
class Ended:
    """How a command ended: its exit status, what it wrote to the error stream, and its steps."""

    status: int
    said: str
    steps: list[str] = field(default_factory=list)

    def complaint(self, allowed: set[int]) -> str:
        """What is wrong with how it ended; empty where nothing is."""
        if "Traceback" in self.said:
            return f"a traceback: {self.said[-900:]}"
        if self.status not in allowed:
            return f"status {self.status}: {self.said[-300:]}"
        lines = self.said.strip().splitlines()
        if self.status == 2 and not (
            len(lines) == 1 and "Rule broken in " in lines[0] and ". Remedy: " in lines[0]
        ):
            return f"no message: {self.said[-600:]}"
        if self.status == 130 and lines != [INTERRUPTED]:
            return f"another message: {self.said[-600:]}"
        return ""


def environment_of(
    plan: Plan, log: Path, temporary: Path, folders: tuple[Path, ...]
) -> dict[str, str]:
    """The variables with which a command and all that it starts meet a plan, see `ended`."""
    environment = {**os.environ, "TMPDIR": str(temporary)}
    if plan.what != "nothing" or plan.at:
        found = os.pathsep.join(filter(None, (str(STEPS), os.environ.get("PYTHONPATH"))))
        told = plan.told((*folders, temporary), log)
        environment |= {"PYTHONPATH": found, "EVALUATION_STEPS": told}
    return environment


def ended(
    plan: Plan, *arguments: str, temporary: Path, folders: tuple[Path, ...], denied: bool = False
) -> Ended:
    """Run a command of `evaluation` with a plan.

    temporary: the folder for its temporary files; folders: below which steps are counted; denied:
    whether the right to every file is taken from root.
    """
    with tempfile.TemporaryDirectory() as logs:
        log = Path(logs) / "steps"
        environment = environment_of(plan, log, temporary, folders)
        command = [sys.executable, "-m", "evaluation.cli", *arguments]
        if denied and os.geteuid() == 0:
            command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
        running = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            start_new_session=True,
        )
        _, said = running.communicate(timeout=PATIENCE)
        steps = log.read_text().splitlines() if log.is_file() else []
    return Ended(running.returncode, said, steps)


COUNTED = Plan("nothing", (0,), (*FILES, "import"))


def digests(folder: Path) -> dict[str, str]:
    """The digest of every file of a folder, links and empty folders besides."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file()
        else "folder"
        for path in folder.rglob("*")
        if path.is_file() or (path.is_dir() and not any(path.iterdir()))
    }


def shown(folder: Path) -> dict[str, str]:
    """What stands in an evaluation folder, without what commands keep for themselves."""
    return {name: told for name, told in digests(folder).items() if not name.startswith(OWN)}


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


class Watch:
    """Somebody who reads a report all the time, and misses no moment without it."""

    def __init__(self, site: Path, editions: list[dict[str, str]]):
        self.missed: list[str] = []
        self._done = Event()
        files = {name for edition in editions for name in edition if name.count("/") < 2}
        self._right = {name: {edition.get(name) for edition in editions} for name in files}
        self._site = site
        self._thread = Thread(target=self._look)

    def _look(self) -> None:
        while not self._done.is_set():
            for name, right in self._right.items():
                try:
                    content = (self._site / name).read_bytes()
                except OSError as error:
                    self.missed.append(f"{name}: {error.strerror}")
                    continue
                if hashlib.sha256(content).hexdigest() not in right:
                    self.missed.append(f"{name}: neither the old nor the new one")
            time.sleep(0.001)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()


class Report:
    """A built report of two chapters in a language, and what it is of other data and with another
    text, built without a hindrance."""

    def __init__(self, place: Path):
        self.temporary = place / "t"
        self.temporary.mkdir(parents=True)
        self.folder = of_chapters(place / "evaluation", 2)
        config = self.folder / "evaluation.yml"
        text = config.read_text("utf-8")
        # what the chapters do not need
        text = text.replace("  - notebooks/25_evidence.ipynb\n", "")
        text = text.replace("languages: [da, en]", "languages: [da]")
        config.write_text(
            text.replace("[indicators, objectives, findings, frameworks]", "[indicators]"), "utf-8"
        )
        self.editions: list[tuple[list[bytes], dict[str, str]]] = []
        # what a build takes after a change of the data, and of a text alone
        self.steps: dict[bool, list[str]] = {}
        for data in (False, True, False, True):
            self.change(data=data)
            done = self.build(COUNTED)
            assert done.status == 0, done.said
            self.steps[data] = done.steps
            self.editions.append((self.inputs(), shown(self.folder)))

    def inputs(self) -> list[bytes]:
        return [(self.folder / file).read_bytes() for file in (CHAPTER, FIGURES)]

    def change(self, *, data: bool = False) -> None:
        """Let a text of the report be the other of two, or a number of its data."""
        if data:
            with_another_number(self.folder)
            return
        path = self.folder / CHAPTER
        notebook = json.loads(path.read_text("utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                text = "".join(cell["source"]).removesuffix("\n\nAgain.")
                again = text == "".join(cell["source"])
                cell["source"] = text + "\n\nAgain." * again
        path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1), "utf-8")

    def build(self, plan: Plan, *, denied: bool = False) -> Ended:
        arguments = ("build", str(self.folder), "--engine", "embedded")
        folders = (self.folder,)
        return ended(plan, *arguments, temporary=self.temporary, folders=folders, denied=denied)

    def right(self) -> dict[str, str]:
        """What the folder holds when it is built from what it is made of now."""
        return next(made for made_of, made in self.editions if made_of == self.inputs())

    def sites(self) -> list[dict[str, str]]:
        return [site_of(made) for _, made in self.editions]


def site_of(made: dict[str, str]) -> dict[str, str]:
    start = "reports/site/"
    return {name.removeprefix(start): told for name, told in made.items() if name.startswith(start)}


def after_a_build(report: Report, plan: Plan, allowed: set[int]) -> list[str]:
    """What is wrong where a build of changed sources meets a plan; empty where nothing is."""
    report.change(data=plan.data)
    site = report.folder / "reports/site"
    with Watch(site, report.sites()) as watch:
        done = report.build(plan)
    return [
        *([told] if (told := done.complaint(allowed)) else []),
        *still_right(report, watch, killed=plan.what in KILLED),
    ]


def still_right(report: Report, watch: Watch, *, killed: bool = False) -> list[str]:
    """What is wrong after a build that ended, and with the next two: one that is refused, and one
    that nothing hinders."""
    wrong = [f"a reader missed {told}" for told in list(dict.fromkeys(watch.missed))[:3]]
    until(lambda: not working_in(report.folder), wrong, "a kernel goes on")
    found = digests(report.folder / "reports/site")
    if found not in report.sites():
        wrong.append("the report is neither the old nor the new one")
    if not killed:
        wrong += left(report, "after its end")
    wrong += refused(report, found)
    done = report.build(Plan("nothing"))
    if done.status != 0:
        wrong.append(f"the next build ended with {done.status}: {done.said[-300:]}")
    if others := differences(shown(report.folder), report.right()):
        wrong.append(f"the next build made other files: {', '.join(others[:5])}")
    return wrong + left(report, "after the next build")


def refused(report: Report, before: dict[str, str]) -> list[str]:
    """What is wrong where the next build is refused."""
    config = report.folder / "evaluation.yml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("min_cell: 1", "min_cell: none"), "utf-8")
    done = report.build(Plan("nothing"))
    config.write_text(text, "utf-8")
    wrong = [told] if (told := done.complaint({2})) else []
    if digests(report.folder / "reports/site") != before:
        wrong.append("a build that was refused changed the report")
    return wrong


def left(report: Report, when: str) -> list[str]:
    found = [path.name for path in report.temporary.iterdir()]
    inside = [
        name
        for name in digests(report.folder)
        if name.endswith(".part") or "/.evaluation-" in f"/{name}" or ".build/new" in name
    ]
    return [f"left {when}: {', '.join(sorted(found + inside)[:5])}"] if found + inside else []


def until(what: Callable[[], object], wrong: list[str], told: str) -> None:
    ends = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > ends:
            wrong.append(told)
            return
        time.sleep(0.05)


# which moments


def spread(number: int, last: int) -> list[int]:
    """As many numbers from 1 to the last, at even distances."""
    return sorted({1 + round(at * (last - 1) / max(1, number - 1)) for at in range(number)})


def numbered(steps: list[str], kinds: tuple[str, ...]) -> int:
    return sum(step.split()[0] in kinds for step in steps)


def kills(report: Report, number: int) -> list[Plan]:
    """Ends of the process group, and some of the command alone: half of them between two files,
    half where a file is opened or Python imports something."""
    group, alone = KILLED
    others = ("open", "mkdir", "import")
    return [
        Plan(what, (at,), kinds, data)
        for what, data, kinds, part in (
            (group, False, BETWEEN_FILES, 0.4),
            (group, False, others, 0.2),
            (group, True, BETWEEN_FILES, 0.3),
            (group, True, others, 0.1),
            (alone, False, BETWEEN_FILES, 0.1),
            (alone, True, (*FILES, "import"), 0.1),
        )
        for at in spread(round(number * part), numbered(report.steps[data], kinds))
    ]


def interruptions(report: Report, number: int) -> list[Plan]:
    """Ctrl-C and SIGTERM, once and twice."""
    kinds = (*FILES, "import")
    moments = spread(number, numbered(report.steps[False], kinds))
    return [
        Plan(("SIGINT", "SIGTERM")[turn % 2], (at, at + 1 + turn % 5)[: 1 + turn // 2 % 2], kinds)
        for turn, at in enumerate(moments)
    ]


def faults(report: Report, what: str, number: int) -> list[Plan]:
    kinds = ("open", "rename", "mkdir")
    moments = spread(number, numbered(report.steps[True], kinds))
    return [Plan(what, (at,), kinds, True) for at in moments]


# what a plan cannot do


DENIED = ("data", "data/processed", "reports", "reports/.build", "reports/executed", "reports/site")
ROOMS = (0, 40, 200, 600, 1_200, 2_500)  # kilobytes that are free
DEAD = {
    "os._exit": "import os; os._exit(3)",
    "a signal": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "a segmentation fault": "import ctypes; ctypes.string_at(0)",
    "abort": "import os; os.abort()",
    "exit": "raise SystemExit(0)",
    "os._exit in the prose": "`{python} __import__('os')._exit(1)`",
    "a signal in the prose": "`{python} __import__('os').kill(__import__('os').getpid(), 9)`",
    "a segmentation fault in the prose": "`{python} __import__('ctypes').string_at(0)`",
}


@contextmanager
def without_right(folder: Path) -> Iterator[None]:
    mode = folder.stat().st_mode
    folder.chmod(0o555)
    try:
        yield
    finally:
        folder.chmod(mode)


def dead_kernel(report: Report, code: str) -> list[str]:
    """What is wrong where a cell or the prose ends Python."""
    path = report.folder / CHAPTER
    report.change()
    before = path.read_bytes()
    notebook = json.loads(before)
    prose = code.startswith("`")
    cells = notebook["cells"]
    if prose:
        place = next(cell for cell in cells if cell["metadata"].get("tags") == ["da"])
        place["source"] = "".join(place["source"]) + f"\n\n{code}"
    else:
        place = [cell for cell in cells if cell["cell_type"] == "code"][-1]
        place["source"] = "".join(place["source"]) + f"\n{code}"
    path.write_text(json.dumps(notebook), "utf-8")
    with Watch(report.folder / "reports/site", report.sites()) as watch:
        done = report.build(Plan("nothing"))
    path.write_bytes(before)
    wrong = [told] if (told := done.complaint({2})) else []
    if place["id"] not in done.said and not wrong:
        wrong.append(f"the cell is not named: {done.said}")
    return wrong + still_right(report, watch)


def denied(report: Report, folder: str) -> list[str]:
    """What is wrong where a folder may not be written into."""
    report.change()
    watched = Watch(report.folder / "reports/site", report.sites())
    with watched as watch, without_right(report.folder / folder):
        done = report.build(Plan("nothing"), denied=True)
    wrong = [told] if (told := done.complaint({0, 2})) else []
    # what may not be removed is there until it may
    return wrong + still_right(report, watch, killed=True)


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[bool]:
    """Whether `place` is a file system of a size; False where nobody lets us mount one."""
    place.mkdir(parents=True, exist_ok=True)
    size = f"size={megabytes}m"
    command = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(place)]
    mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(place)], check=True)


def full_disk(report: Report, kilobytes: int) -> list[str]:
    """What is wrong where a disk has that much room left; the report lies on one of its own."""
    report.change()
    ballast = report.folder.parent / "ballast"
    free = shutil.disk_usage(report.folder).free - 1024 * kilobytes
    with ballast.open("wb") as file:
        for _ in range(free // 4096):
            file.write(bytes(4096))
    with Watch(report.folder / "reports/site", report.sites()) as watch:
        done = report.build(Plan("nothing"))
    ballast.unlink()
    wrong = [told] if (told := done.complaint({0, 2})) else []
    return wrong + still_right(report, watch)


class Tally:
    """How many ends were tried, held and were wrong; each is told when it has been tried."""

    def __init__(self, name: str):
        # a shell ignores Ctrl-C for what it starts in the background, and so would the commands
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._name, self._found = name, Counter({"tried": 0, "held": 0, "wrong": 0})

    def count(self, name: str, wrong: list[str]) -> None:
        self._found.update(["tried", "wrong" if wrong else "held"])
        print(f"{'wrong' if wrong else 'held'}: {name}", *wrong, sep="\n  ", flush=True)

    def told(self) -> int:
        """Print the counts; the exit status of a program that tried them."""
        counts = ", ".join(f"{count} {kind}" for kind, count in self._found.items())
        print(f"{self._name}: {counts}", flush=True)
        return int(self._found["wrong"] > 0)


def main(number: int) -> int:
    tally = Tally("ends")
    with tempfile.TemporaryDirectory(prefix="k") as folder:
        report = Report(Path(folder) / "r")
        for plan in kills(report, number):
            tally.count(str(plan), after_a_build(report, plan, {-signal.SIGKILL, 0}))
        for plan in interruptions(report, number // 2):
            tally.count(str(plan), after_a_build(report, plan, {0, 130}))
        for what in ("full", "denied"):
            for plan in faults(report, what, number // 4):
                tally.count(str(plan), after_a_build(report, plan, {0, 2}))
        for each in DENIED:
            tally.count(f"no right to {each}", denied(report, each))
        for name, code in DEAD.items():
            tally.count(f"a kernel ended by {name}", dead_kernel(report, code))
        with small_disk(Path(folder) / "disk", 40) as mounted:
            if mounted:
                report = Report(Path(folder) / "disk" / "r")
                for kilobytes in ROOMS:
                    tally.count(f"{kilobytes} kB of room", full_disk(report, kilobytes))
    return tally.told()


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if sys.argv[1:] else 100))
