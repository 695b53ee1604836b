"""Commands that make or change a folder, ended at each of their file steps: all or nothing.

`make corpus` tries all steps of all commands and prints how many there were; the tests try a few.
What has to hold after each of them is `after_an_end`. A command runs in a process that is forked
for it, which has its imports already.
"""

import os
import shutil
import signal
import sys
import tempfile
import traceback
import zipfile
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

# run as a program, this finds what pytest has on its path
ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "support")]

import pandas as pd  # noqa: E402
from exports import write_workbook  # noqa: E402
from kills import STEPS, Ended, Plan, Tally, digests, spread  # noqa: E402
from waved import count  # noqa: E402

from evaluation import cli  # noqa: E402
from evaluation.base.spreadsheets import write_csv  # noqa: E402
from evaluation.base.whole_changes import DECIDED  # noqa: E402
from evaluation.publish.comparison.ledgers import LEDGER, PLACE, TOLD  # noqa: E402
from evaluation.scaffold.folder import create  # noqa: E402

OLD_FOLDER = ROOT / "tests/site/old_folder/0.1.0"
FORM = {
    "survey": [
        ["type", "name", "label"],
        ["select_one yesno", "useful", "Var det nyttigt?"],
        ["text", "more", "Andet?"],
    ],
    "choices": [["list_name", "name", "label"], ["yesno", "y", "Ja"], ["yesno", "n", "Nej"]],
}
ANSWERS = "useful,more\ny,Nej\nn,\ny,Mere mad\n"
# what a command makes for its lock
LOCKS = ("reports", "reports/.build", "reports/.build/lock")
HIDDEN = ".evaluation-"
ALLOWED = {"SIGKILL": {0, -signal.SIGKILL}, "SIGINT": {0, 130}, "SIGTERM": {0, 130}}
REFUSED = {0, 2}
NOTHING = Plan("nothing")
CODED = """<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="MAXQDA 24">
<Users><User guid="u" name="Anna"/></Users>
<CodeBook><Codes><Code guid="c" name="Tillid" isCodable="true"/></Codes></CodeBook>
<Sources><TextSource guid="s" name="Interview 1">
<PlainTextContent>Vi har tillid til hinanden.</PlainTextContent>
<PlainTextSelection guid="p" name="a" startPosition="7" endPosition="13">
<Coding guid="g" creatingUser="u"><CodeRef targetGUID="c"/></Coding>
</PlainTextSelection></TextSource></Sources></Project>
"""


@dataclass(frozen=True)
class Command:
    """A command line from the folder that holds all that it is about, and the one that follows
    it there, where one of another kind can."""

    arguments: tuple[str, ...]
    following: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join(self.arguments)


# one that is refused, and soon
NO_METHOD = ("add", "no_such_method")
COMMANDS = (
    Command(("new", "nyt", "--from", "svar.csv")),
    Command(("add", "resource_check", "mit"), ("check", "mit")),
    Command(("add-wave", "mit", "--from", "svar2.csv"), (*NO_METHOD, "mit")),
    Command(("add-wave", "venter", "--from", "besvaret"), ("check", "venter")),
    Command(("add-codings", "mit", "--from", "interview.qdpx"), (*NO_METHOD, "mit")),
    Command(("upgrade", "gammel"), (*NO_METHOD, "gammel")),
    Command(("export", "mit", "ud")),
    Command(("compare", "mit", "gammel", "forskel")),
)


def prepare(place: Path) -> Path:
    """A folder with an evaluation that has answers, one that waits for them, one of an earlier
    version, two reports, exports and interviews: whatever the commands are about."""
    place.mkdir(parents=True)
    for name, turn in (("svar", 0), ("svar2", 1)):
        rows = [
            f"{number + 100 * turn};{('Ja', 'Nej', 'Ved ikke')[(number + turn) % 3]};"
            f"{('Bedre mad', 'Mere tid', '')[(number * 2 + turn) % 3]}{number * turn or ''}"
            for number in range(30)
        ]
        lines = ["id;Er I tilfredse?;Hvad mangler I?", *rows]
        (place / f"{name}.csv").write_text("\n".join(lines), "utf-8")
    with zipfile.ZipFile(place / "interview.qdpx", "w") as archive:
        archive.writestr("project.qde", CODED)
    create(place / "mit", place / "svar.csv", "da")
    count(place / "mit")
    for name in ("form", "besvaret"):
        (place / name).mkdir()
        write_workbook(place / name / "form.xlsx", FORM)
    (place / "besvaret/answers.csv").write_text(ANSWERS, "utf-8")
    create(place / "venter", place / "form", "da")
    shutil.copytree(OLD_FOLDER, place / "gammel")
    for number, folder in enumerate(("mit", "gammel")):
        ledger = place / folder / "reports/site/da" / LEDGER.format("da")
        ledger.parent.mkdir(parents=True)
        row = dict.fromkeys([*PLACE, *TOLD], "") | {"file": "a.ipynb", "value": str(number)}
        write_csv(pd.DataFrame([row]), ledger)
    return place


class Scene:
    """What commands are about, anew for each of them."""

    def __init__(self, place: Path, prepared: Path):
        self.place, self.temporary = place / "s", place / "t"
        self._prepared = prepared
        self.temporary.mkdir(parents=True)

    def begin(self) -> None:
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self._prepared, self.place)

    def run(self, arguments: tuple[str, ...], plan: Plan = NOTHING) -> Ended:
        """Run a command of `evaluation` with a plan, in a process that is forked for it."""
        with tempfile.TemporaryDirectory() as logs:
            log, said = Path(logs) / "steps", Path(logs) / "said"
            process = os.fork()
            if not process:
                self._be(arguments, plan.told((self.place, self.temporary), log), said)
            status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
            steps = log.read_text().splitlines() if log.is_file() else []
            return Ended(status, said.read_text("utf-8"), steps)

    def _be(self, arguments: tuple[str, ...], told: str, said: Path) -> None:
        status = 1
        try:
            os.setsid()
            os.chdir(self.place)
            nothing = os.open(os.devnull, os.O_RDWR)
            written = os.open(said, os.O_CREAT | os.O_WRONLY)
            for number, file in enumerate((nothing, nothing, written)):
                os.dup2(file, number)
            sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
            os.environ |= {"TMPDIR": str(self.temporary), "EVALUATION_STEPS": told}
            os.environ["EVALUATION_LEADER"] = str(os.getpid())
            tempfile.tempdir = None
            spec = spec_from_file_location("steps", STEPS / "sitecustomize.py")
            spec.loader.exec_module(module_from_spec(spec))
            status = cli.main(list(arguments))
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)

    def standing(self) -> dict[str, str]:
        """What stands there, without the lock, which says nothing."""
        found = digests(self.place).items()
        return {name: told for name, told in found if not name.endswith(LOCKS)}

    def left(self) -> list[str]:
        """What commands have left for themselves."""
        inside = self.place.rglob(f"{HIDDEN}*")
        return sorted(path.name for path in (*inside, *self.temporary.iterdir()))


class Trial:
    """A command, what stands before it and after it, and its steps where nothing hinders it."""

    def __init__(self, scene: Scene, command: Command):
        self.scene, self.command = scene, command
        scene.begin()
        self.before = scene.standing()
        done = scene.run(command.arguments, Plan("nothing", (0,)))
        assert done.status == 0, done.said
        self.steps, self.after = done.steps, scene.standing()
        assert self.after != self.before and scene.left() == []

    def decides(self) -> int:
        """The step before which nothing has changed; three later, one file has and others not."""
        start = f"rename {self.scene.place}/"
        return 1 + next(
            number
            for number, step in enumerate(self.steps)
            if step.startswith(start) and (HIDDEN not in step or DECIDED in step)
        )

    def after_an_end(self, plan: Plan, again: Plan | None = None) -> list[str]:
        """What is wrong where the command meets a plan, and the one that follows another; empty
        where nothing is."""
        scene, wrong = self.scene, []
        scene.begin()
        done = scene.run(self.command.arguments, plan)
        killed = plan.what == "SIGKILL"
        if told := done.complaint(ALLOWED.get(plan.what, REFUSED)):
            wrong.append(told)
        if not killed and (left := scene.left()):
            wrong.append(f"left after its end: {', '.join(left)}")
        if not killed and done.status in (0, 2):
            self._stands({0: self.after, 2: self.before}[done.status], "after its end", wrong)
        if not self._decided() and self._seen() not in (self.before, self.after):
            wrong.append(f"between: {self._others(self._seen())}")
        if self.command.following:
            if again:
                scene.run(self.command.following, again)
            followed = scene.run(self.command.following)
            if "Traceback" in followed.said:
                wrong.append(f"the next command: {followed.status} {followed.said[-300:]}")
            if scene.standing() not in (self.before, self.after):
                wrong.append(f"between after the next command: {self._others(scene.standing())}")
        was = self._seen()
        repeated = scene.run(self.command.arguments)
        # what is there already is not made again
        if told := repeated.complaint(REFUSED if was == self.after else {0}):
            wrong.append(f"the same command again: {told}")
        self._stands(self.after, "after the same command again", wrong)
        if left := scene.left():
            wrong.append(f"left after the same command again: {', '.join(left)}")
        return wrong

    def _decided(self) -> bool:
        return any(self.scene.place.glob(f"*/{DECIDED}"))

    def _seen(self) -> dict[str, str]:
        """What stands there for somebody who sees no hidden files of commands."""
        return {n: told for n, told in self.scene.standing().items() if HIDDEN not in n}

    def _stands(self, right: dict[str, str], when: str, wrong: list[str]) -> None:
        if self.scene.standing() != right:
            wrong.append(f"not right {when}: {self._others(self.scene.standing())}")

    def _others(self, found: dict[str, str]) -> str:
        """The files that are neither as before nor as after, or not all as one of them."""
        told = {
            name: "as before"
            if found.get(name) == self.before.get(name)
            else "as after"
            if found.get(name) == self.after.get(name)
            else "another"
            for name in self.before.keys() | self.after.keys() | found.keys()
            if not self.before.get(name) == self.after.get(name) == found.get(name)
        }
        return ", ".join(f"{name} {state}" for name, state in sorted(told.items())[:6])


def plans(steps: int, number: int) -> list[Plan]:
    """A kill at every step where `number` is 0, else at so many; and some of each other end."""
    kills = spread(number, steps) if number else range(1, steps + 1)
    others = spread(number or 12, steps)
    faults = ("open", "rename", "mkdir")
    return [
        *(Plan("SIGKILL", (at,)) for at in kills),
        *(Plan(("SIGINT", "SIGTERM")[turn % 2], (at,)) for turn, at in enumerate(others)),
        *(Plan(what, (at,), faults) for what in ("full", "denied") for at in others),
    ]


def named(plan: Plan) -> str:
    return f"{plan.what} at step {plan.at[0]} of {', '.join(plan.kinds)}"


def main() -> int:
    tally = Tally("changes")
    with tempfile.TemporaryDirectory(prefix="c") as folder:
        prepared = prepare(Path(folder) / "prepared")
        scene = Scene(Path(folder), prepared)
        for command in COMMANDS:
            trial = Trial(scene, command)
            for plan in plans(len(trial.steps), 0):
                tally.count(f"{command}: {named(plan)}", trial.after_an_end(plan))
            for at in spread(6, len(trial.steps)) if command.following else ():
                for then in (2, 6, 12):
                    plan, again = Plan("SIGKILL", (at,)), Plan("SIGKILL", (then,))
                    name = f"{command}: {named(plan)}, and the next command at step {then}"
                    tally.count(name, trial.after_an_end(plan, again))
    return tally.told()


if __name__ == "__main__":
    raise SystemExit(main())
