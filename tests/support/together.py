"""Two commands at once on one folder: who comes second waits and says for whom, both end right.

The first is stopped at one of its file steps, whatever it holds then; the second is started, and
when it waits or has ended, the first goes on, or is killed. `make corpus` tries many steps and
prints how many there were; the tests try a few.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# run as a program, this finds what pytest has on its path
ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "support")]

from kills import (  # noqa: E402
    CHAPTER,
    FILES,
    Ended,
    Plan,
    Report,
    Tally,
    Watch,
    differences,
    digests,
    environment_of,
    left,
    numbered,
    shown,
    spread,
    until,
)
from processes import working_in  # noqa: E402

NOTHING = Plan("nothing")
WAITS = "works on this folder; waiting until it is done"
PREVIEWS = "reports/.preview"
SOURCES = ("data/raw", "notebooks", "evaluation.yml", "_quarto.yml")


class Running:
    """A command that runs, by itself in a process group."""

    def __init__(self, report: Report, *arguments: str, plan: Plan = NOTHING):
        self._folder = tempfile.TemporaryDirectory()
        self._last: str | None = None
        logs = Path(self._folder.name)
        self._out, self._error = logs / "out", logs / "error"
        folders = (report.folder,)
        with self._out.open("w") as out, self._error.open("w") as error:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "evaluation.cli", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=error,
                env=environment_of(plan, logs / "steps", report.temporary, folders),
                start_new_session=True,
            )

    def said(self) -> str:
        return self._out.read_text("utf-8") if self._last is None else self._last

    def waits(self) -> bool:
        return WAITS in self.said()

    def is_over(self) -> bool:
        return self.process.poll() is not None

    def is_stopped(self) -> bool:
        """Whether it has come to the step at which it stops."""
        state = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state == "T"

    def send(self, number: signal.Signals) -> None:
        if not self.is_over():
            os.killpg(self.process.pid, number)

    def ended(self) -> Ended:
        # who was stopped by somebody else comes to its own step only now
        until(lambda: self.send(signal.SIGCONT) or self.is_over(), [], "")
        self._last, error = self.said(), self._error.read_text("utf-8")
        self._folder.cleanup()
        return Ended(self.process.returncode, error)


@contextmanager
def stopped(
    first: Running, wrong: list[str], done: Callable[[], bool] = lambda: False
) -> Iterator[None]:
    """Have a command stand still at the step of its plan while the block runs, or be over."""
    until(
        lambda: first.is_over() or first.is_stopped() or done(),
        wrong,
        "it does not come to its step",
    )
    try:
        yield
    finally:
        first.send(signal.SIGCONT)


def build(report: Report, plan: Plan = NOTHING) -> Running:
    return Running(report, "build", str(report.folder), "--engine", "embedded", plan=plan)


def stop_at(at: int) -> Plan:
    return Plan("SIGSTOP", (at,))


def waits_or_is_over(second: Running, first: Running, wrong: list[str]) -> bool:
    """Whether a command waits for another, and says so."""
    until(lambda: second.waits() or second.is_over(), wrong, "it neither waits nor ends")
    if second.waits() and f"process {first.process.pid} {WAITS}" not in second.said():
        wrong.append(f"it waits for somebody else: {second.said()}")
    return second.waits()


def all_right(report: Report, watch: Watch, *, killed: bool = False) -> list[str]:
    """What is wrong after both have ended; empty where nothing is."""
    wrong = [f"a reader missed {told}" for told in list(dict.fromkeys(watch.missed))[:3]]
    until(lambda: not working_in(report.folder), wrong, "a kernel goes on")
    made = {name: told for name, told in shown(report.folder).items() if PREVIEWS not in name}
    if others := differences(made, report.right()):
        wrong.append(f"other files: {', '.join(others[:5])}")
    return wrong + ([] if killed else left(report, "after both"))


def two_builds(report: Report, at: int, then: signal.Signals = signal.SIGCONT) -> list[str]:
    """What is wrong with two builds of a changed folder, the first of which meets a signal while
    the second waits."""
    wrong: list[str] = []
    report.change(data=at % 2 == 0)
    with Watch(report.folder / "reports/site", report.sites()) as watch:
        first = build(report, stop_at(at))
        with stopped(first, wrong):
            second = build(report)
            waits_or_is_over(second, first, wrong)
            first.send(then)
        ends = [first.ended(), second.ended()]
    killed = then == signal.SIGKILL
    allowed = ({0, -then} if killed else {0}, {0})
    wrong += filter(None, map(Ended.complaint, ends, allowed))
    wrong += all_right(report, watch, killed=killed)
    if killed:  # the second began before the first left anything; the next sweeps
        wrong += filter(None, [build(report).ended().complaint({0})])
        wrong += left(report, "after the next build")
    return wrong


def one_who_waits_is_interrupted(report: Report, at: int) -> list[str]:
    """What is wrong where somebody does not want to wait."""
    wrong: list[str] = []
    report.change()
    with Watch(report.folder / "reports/site", report.sites()) as watch:
        first = build(report, stop_at(at))
        with stopped(first, wrong):
            second = build(report)
            expected = {130} if waits_or_is_over(second, first, wrong) else {0}
            second.send(signal.SIGINT)
            done = second.ended()
        ends = [done.complaint(expected), first.ended().complaint({0})]
    return [*wrong, *filter(None, ends), *all_right(report, watch)]


def preview(report: Report, plan: Plan = NOTHING) -> Running:
    return Running(report, "preview", str(report.folder), "--language", "da", plan=plan)


def shows(running: Running, report: Report) -> bool:
    """Whether the page of the changed chapter is that of its source."""
    running.send(signal.SIGCONT)
    page = report.folder / PREVIEWS / "da" / Path(CHAPTER).with_suffix(".html")
    again = "Again." in (report.folder / CHAPTER).read_text("utf-8")
    last = running.said().rstrip().rpartition("\n")[2]
    if not (last.startswith("shown after") and page.is_file()):
        return False
    return ("Again." in page.read_text("utf-8")) == again


def _close(running: Running) -> list[str]:
    running.send(signal.SIGINT)
    return [told] if (told := running.ended().complaint({0})) else []


def a_build_then_a_preview(report: Report, at: int) -> list[str]:
    """What is wrong where a build holds the folder when a preview wants to show a change."""
    wrong: list[str] = []
    seen = preview(report)
    until(lambda: seen.is_over() or shows(seen, report), wrong, "the preview shows nothing")
    with Watch(report.folder / "reports/site", report.sites()) as watch:
        seen.send(signal.SIGSTOP)
        report.change()
        first = build(report, stop_at(at))
        with stopped(first, wrong):
            seen.send(signal.SIGCONT)
            until(lambda: seen.waits() or shows(seen, report), wrong, "the preview waits unsaid")
        if told := first.ended().complaint({0}):
            wrong.append(told)
        until(lambda: shows(seen, report), wrong, "the preview does not show the change")
        wrong += _close(seen)
    return wrong + all_right(report, watch)


def a_preview_then_a_build(report: Report, at: int) -> list[str]:
    """What is wrong where a preview holds the folder when a build comes."""
    wrong: list[str] = []
    report.change()
    with Watch(report.folder / "reports/site", report.sites()) as watch:
        seen = preview(report, stop_at(at))
        with stopped(seen, wrong, lambda: shows(seen, report)):
            second = build(report)
            waits_or_is_over(second, seen, wrong)
        if told := second.ended().complaint({0}):
            wrong.append(told)
        until(lambda: shows(seen, report), wrong, "the preview does not show the change")
        wrong += _close(seen)
    return wrong + all_right(report, watch)


def a_killed_preview(report: Report, at: int) -> list[str]:
    """What is wrong with the build after a preview was killed."""
    wrong: list[str] = []
    report.change()
    with Watch(report.folder / "reports/site", report.sites()) as watch:
        seen = preview(report, Plan("SIGKILL", (at,)))
        over = re.compile(r"shown after")
        until(lambda: seen.is_over() or over.search(seen.said()), wrong, "it goes on")
        seen.send(signal.SIGKILL)
        seen.ended()
        until(lambda: not working_in(report.folder), wrong, "a kernel goes on")
        if told := build(report).ended().complaint({0}):
            wrong.append(told)
    return wrong + all_right(report, watch)


def a_build_and_another(report: Report, at: int, *arguments: str) -> list[str]:
    """What is wrong where another command comes while a build works."""
    wrong: list[str] = []
    report.change(data=True)
    with Watch(report.folder / "reports/site", report.sites()) as watch:
        first = build(report, stop_at(at))
        with stopped(first, wrong):
            second = Running(report, *arguments)
            waits_or_is_over(second, first, wrong)
            waited = second.waits()
        ends = [first.ended().complaint({0})]
        done = second.ended()
        # whoever comes before the build finds a report of other sources
        if (waited and done.status != 0) or done.said:
            wrong.append(f"{arguments[0]} ended with {done.status}: {done.said[-300:]}")
    return [*wrong, *filter(None, ends), *all_right(report, watch)]


def a_build_and_an_export(report: Report, at: int, exports: list[dict[str, str]]) -> list[str]:
    """What is wrong where data are exported while a build makes others.

    exports: what an export of each edition holds.
    """
    with tempfile.TemporaryDirectory() as place:
        target = Path(place) / "out"
        wrong = a_build_and_another(report, at, "export", str(report.folder), str(target))
        if digests(target) not in exports:
            wrong.append("the export is of data before and after")
    return wrong


def exports_of(report: Report) -> list[dict[str, str]]:
    """What an export of the data of each edition holds."""
    found = []
    for _ in range(2):
        report.change(data=True)
        assert build(report).ended().status == 0
        with tempfile.TemporaryDirectory() as place:
            target = Path(place) / "out"
            done = Running(report, "export", str(report.folder), str(target)).ended()
            assert done.status == 0, done.said
            found.append(digests(target))
    assert found[0] != found[1]
    return found


def a_build_and_a_change(report: Report, at: int) -> list[str]:
    """What is wrong where a method is added while a build works; it is taken away again."""
    before = {
        path: path.read_bytes()
        for part in SOURCES
        for path in ([report.folder / part, *(report.folder / part).rglob("*")])
        if path.is_file()
    }
    wrong: list[str] = []
    report.change()
    before[report.folder / CHAPTER] = (report.folder / CHAPTER).read_bytes()
    with Watch(report.folder / "reports/site", report.sites()) as watch:
        first = build(report, stop_at(at))
        with stopped(first, wrong):
            second = Running(report, "add", "resource_check", str(report.folder))
            waits_or_is_over(second, first, wrong)
        ends = [first.ended().complaint({0}), second.ended().complaint({0})]
    added = report.folder / "notebooks/chapter_resource_check.ipynb"
    if not added.is_file():
        wrong.append("the method is not there")
    for part in SOURCES:
        for path in (report.folder / part).rglob("*"):
            if path.is_file() and path not in before:
                path.unlink()
    for path, content in before.items():
        path.write_bytes(content)
    # a build that came second made a report with the method
    if told := build(report).ended().complaint({0}):
        wrong.append(told)
    missed = [told for told in watch.missed if "neither" not in told]
    watch.missed[:] = missed
    return [*wrong, *filter(None, ends), *all_right(report, watch)]


def main(number: int) -> int:
    tally = Tally("together")
    with tempfile.TemporaryDirectory(prefix="g") as folder:
        report = Report(Path(folder) / "r")
        last = min(numbered(steps, FILES) for steps in report.steps.values())
        steps = spread(number, last)
        for at in steps:
            tally.count(f"two builds, step {at}", two_builds(report, at))
        for at in steps[::2]:
            name = f"the first of two builds is killed at step {at}"
            tally.count(name, two_builds(report, at, signal.SIGKILL))
        for at in steps[1::3]:
            name = f"who waits for step {at} is interrupted"
            tally.count(name, one_who_waits_is_interrupted(report, at))
        for at in steps[::2]:
            tally.count(f"a build at step {at}, a preview", a_build_then_a_preview(report, at))
            tally.count(f"a preview at step {at}, a build", a_preview_then_a_build(report, at))
            tally.count(f"a preview killed at step {at}", a_killed_preview(report, at))
        exports = exports_of(report)
        for at in steps[1::3]:
            tally.count(f"an export at step {at}", a_build_and_an_export(report, at, exports))
            tally.count(f"a method at step {at}", a_build_and_a_change(report, at))
            for command in ("verify", "check"):
                name = f"{command} at step {at}"
                wrong = a_build_and_another(report, at, command, str(report.folder))
                tally.count(name, wrong)
    return tally.told()


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if sys.argv[1:] else 12))
