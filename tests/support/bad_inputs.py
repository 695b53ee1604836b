"""Tries every mutation on a report of two chapters: refused well, rightly accepted, or wrong.

`make corpus` tries all of them and prints how many there were; the tests try a few. Each is tried
in a process of its own with bounds of time and memory.
"""

import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

# run as a program, this finds what pytest has on its path
ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "support")]

from kills import differences, digests  # noqa: E402
from mutations import (  # noqa: E402
    EITHER,
    REFUSED,
    SAME,
    Mutation,
    notebooks,
    table,
    whole,
    yaml_absences,
    yaml_form,
    yaml_paths,
    yaml_values,
)

from benchmarks.folders import of_chapters  # noqa: E402
from evaluation import cli  # noqa: E402
from evaluation.notebook.warm.provisioner import release  # noqa: E402

TABLES_IN_FULL = ("published_figures", "visits", "names")
SOME_VALUES = 17
SECONDS, MEGABYTES = 120, 4_000
LONGEST = 1_500  # letters of a message that somebody reads
# of Python or of a library, and no word for people
INTERNAL = re.compile(
    r"Traceback|NoneType|TypeError|AttributeError|KeyError|IndexError|RecursionError|codec|"
    r"unhashable|embedded null|<class|<function| object at 0x|ordereddict|NodeNG|np\.|jsonschema|"
    r"LocatedMap|PosixPath|is not of type|\[Errno"
)
CHAPTER = "notebooks/60_chapter_01.ipynb"
PIPELINE = "notebooks/10_clean.ipynb"
ITEMS = """questions:
  - id: actor_network_sector
    type: single
    question: {da: Sektor, en: Sector}
    label: {da: Sektor, en: Sector}
    options:
      - {code: public, label: {da: Offentlig, en: Public}}
      - {code: private, label: {da: Privat, en: Private}}
"""
LIMITS = "\nlimits: {cell_seconds: 10, cell_megabytes: 5, notebook_megabytes: 2000}\n"
READ = (
    "from evaluation import Folder\\nopened = Folder()\\n"
    "own = opened.read_raw('visits'), opened.names(), opened.citation()"
)
NAMES = "name\nJens Hansen\nAnna Olsen\n"
VISITS = "id,day,visitors\nv1,2025-03-31,12\nv2,2025-04-01,3\n"
SCHEMA = """fields:
  - name: id
    type: string
    constraints: {pattern: "v[0-9]+"}
  - name: day
    type: date
  - name: visitors
    type: integer
    constraints: {minimum: 0, maximum: 500}
primaryKey: id
"""


@dataclass
class Outcome:
    """What a command said and took; status: None where it was ended because it went on."""

    status: int | None
    said: str
    out: str
    seconds: float
    megabytes: float


def made(place: Path) -> Path:
    """A report of two chapters, with a table of its own, items and a register of names."""
    folder = of_chapters(place / "evaluation", 2)
    config = folder / "evaluation.yml"
    config.write_text(config.read_text("utf-8") + LIMITS, "utf-8")
    raw = folder / "data/raw"
    chapter = folder / CHAPTER
    opened = "report = open_report(language)"
    told = chapter.read_text("utf-8")
    assert opened in told
    chapter.write_text(told.replace(opened, f"{opened}\\n{READ}"), "utf-8")
    (raw / "items.yml").write_text(ITEMS, "utf-8")
    (raw / "names.csv").write_text(NAMES, "utf-8")
    (raw / "visits.csv").write_text(VISITS, "utf-8")
    (raw / "visits.schema.yaml").write_text(SCHEMA, "utf-8")
    return folder


def run(*arguments: str, seconds: float = SECONDS) -> Outcome:
    """A command in a process that is forked from this one, which has imported what it needs."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as said:
        began = time.monotonic()
        pid = os.fork()
        if not pid:
            os.setsid()
            os.dup2(out.fileno(), 1)
            os.dup2(said.fileno(), 2)
            sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
            most = MEGABYTES * 1_000_000
            resource.setrlimit(resource.RLIMIT_DATA, (most, most))
            status = 70
            try:
                status = cli.main(list(arguments))
            except BaseException:
                import traceback

                traceback.print_exc()
            sys.stdout.flush()
            sys.stderr.flush()
            # what a command has started ends with it, as at the end of Python
            release()
            os._exit(status)
        ended, used = _waited(pid, began + seconds)
        texts = []
        for file in (said, out):
            file.seek(0)
            texts.append(file.read())
    return Outcome(ended, *texts, time.monotonic() - began, used)


def _waited(pid: int, until: float) -> tuple[int | None, float]:
    while time.monotonic() < until:
        done, status, used = os.wait4(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status), used.ru_maxrss / 1024
        time.sleep(0.005)
    os.killpg(pid, signal.SIGKILL)
    os.wait4(pid, 0)
    return None, 0


def complaint(outcome: Outcome, mutation: Mutation) -> str:
    """What is wrong with how a mutation was refused; empty where nothing is."""
    said = outcome.said.strip()
    if outcome.status is None:
        return f"it goes on for more than {SECONDS} seconds"
    if outcome.status != 2:
        return f"status {outcome.status}: {said[-1200:]}"
    lines = said.splitlines()
    if len(lines) != 1 or "Rule broken in " not in said or ". Remedy: " not in said:
        return f"no message of one line: {said[-1200:]}"
    # what a cell raised has its name from Python
    if (found := INTERNAL.search(said)) and "but this one gave " not in said:
        return f"a word of Python, {found.group()!r}: {said[:800]}"
    if len(said) > LONGEST:
        return f"a message of {len(said)} letters: {said[:300]}"
    # a value may be at fault only beside another file
    named = mutation.right == EITHER or Path(mutation.file).name in said.partition(". Remedy: ")[0]
    if not named:
        return f"the file is not named: {said[:600]}"
    return ""


def tried(folder: Path, good: Path, site: dict[str, str], mutation: Mutation) -> tuple[str, str]:
    """(refused, accepted or wrong; what is wrong) of a mutation of one file.

    folder: a built report, which is as it was afterwards; good: its sources; site: the digests of
    its pages.
    """
    path = folder / mutation.file
    before = pages(folder)
    mutation.change(path)
    try:
        outcome = run("build", str(folder), "--engine", "embedded")
        after = pages(folder)
        if outcome.status == 0 and mutation.right != REFUSED:
            same = not differences(after, site)
            if mutation.right == SAME and not same:
                return "wrong", f"another report: {differences(after, site)[:4]}"
            return "accepted", ""
        told = complaint(outcome, mutation)
        if mutation.right == SAME and not told:
            told = f"it is refused: {outcome.said.strip()[:600]}"
        if not told and differences(after, before):
            told = "a build that was refused changed the report"
        return ("wrong", told) if told else ("refused", outcome.said.strip())
    finally:
        restore(path, good / mutation.file)


def pages(folder: Path) -> dict[str, str]:
    found = digests(folder / "reports/site")
    found.pop("manifest.json", None)
    return found


def restore(path: Path, good: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    shutil.copy2(good, path)


def all_of(folder: Path) -> Iterator[Mutation]:
    """Every mutation of every file of a folder that a build reads."""
    settings = ("evaluation.yml", "_quarto.yml", "_quarto-da.yml", "_quarto-en.yml")
    raw = ("data/raw/codebook.yml", "data/raw/items.yml", "data/raw/visits.schema.yaml")
    tables = sorted(path.relative_to(folder).as_posix() for path in folder.glob("data/raw/*.csv"))
    yield from notebooks(CHAPTER)
    for file in ("index.ipynb", CHAPTER, PIPELINE):
        yield from whole(file)
    # the chapters cite nothing: a source more or less is their authors' choice
    for file in ("references.qmd", "references.bib"):
        yield from (replace(each, right=EITHER) for each in whole(file))
    for file in (*settings, *raw, "CITATION.cff"):
        yield from whole(file)
        yield from yaml_form(file)
        paths = yaml_paths(folder / file, 1)
        # of each kind of value some at each kind of place
        yield from list(yaml_values(file, paths))[::SOME_VALUES]
        yield from list(yaml_absences(file, paths))[:: 1 if file in settings else 5]
    for turn, file in enumerate(tables):
        tried_in_each = list(table(file)) + list(whole(file))
        every_one = Path(file).stem in TABLES_IN_FULL
        yield from tried_in_each if every_one else tried_in_each[turn % 10 :: 10]


def main(wanted: str, every: int) -> int:
    import evaluation.notebook.execute
    import evaluation.publish.build
    import evaluation.publish.embedded.render
    import evaluation.publish.stage
    import evaluation.survey.check  # noqa: F401

    found: Counter[str] = Counter()
    # without the right to every file, which root has
    if os.geteuid() == 0 and not os.environ.get("EVALUATION_BOUNDED"):
        bound = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
        os.environ["EVALUATION_BOUNDED"] = "1"
        os.execvp(bound[0], [*bound, sys.executable, *sys.argv])
    with tempfile.TemporaryDirectory(prefix="b") as place:
        good = made(Path(place) / "good")
        folder = made(Path(place) / "tried")
        outcome = run("build", str(folder), "--engine", "embedded")
        assert outcome.status == 0, outcome.said
        site = pages(folder)
        chosen = [each for each in all_of(good) if re.search(wanted, str(each))]
        for mutation in chosen[::every]:
            kind, told = tried(folder, good, site, mutation)
            found["tried"] += 1
            found[kind] += 1
            if kind == "wrong" or os.environ.get("EVALUATION_SHOW"):
                print(f"{kind}: {mutation}\n  {told}", flush=True)
    print(f"inputs: {', '.join(f'{count} {kind}' for kind, count in found.items())}")
    return int(found["wrong"] > 0)


if __name__ == "__main__":
    name, number = (*sys.argv[1:3], *("", "1")[len(sys.argv) - 1 :])
    raise SystemExit(main(name, int(number)))
