"""Fixtures: the repository, copies of its evaluation folder, its data, and one built report."""

import fcntl
import filecmp
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import hypothesis
import pytest

from benchmarks.folders import copied as copy_folder
from benchmarks.folders import of_chapters
from evaluation.disclosure import suppress
from evaluation.methods.evidence import scores as evidence
from evaluation.methods.evidence import tables as evidence_tables
from evaluation.project.folder import Folder
from evaluation.report.report import open_report
from evaluation.survey.indicators import indicators
from evaluation.survey.population import population_size
from evaluation.survey.reconstruction import counts, responses

# a shell ignores Ctrl-C for what it starts in the background; programs that tests start must not
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# a run tries what the one before it tried; `--hypothesis-profile=default` looks further
hypothesis.settings.register_profile("repeatable", derandomize=True)
hypothesis.settings.load_profile("repeatable")

REPOSITORY = Path(__file__).parents[1]
# the chapters of the short report
SHORT = tuple(f"notebooks/60_chapter_{number:02}.ipynb" for number in (1, 2))
LANGUAGES = ("da", "en")
# what takes longest comes first, so that the workers end together: the report that all share and
# beside it what needs it not, then those that read it, then kernels and other slow tests
FIRST = (
    "site/test_build.py",
    "site/test_example.py",
    "site/test_planted.py",
    "site/test_hidden_counts.py",
    "site",
    "notebooks",
    "browser",
    "unit/methods",
    "unit/notebook",
)
# an evaluation folder of an earlier version has tests too, for that version
collect_ignore = ["site/old_folder"]
REGISTERS = ("facts", "data_basis", "objectives", "themes", "totals")


def pytest_xdist_auto_num_workers(config) -> int:
    """One more than there are processors: a worker waits a fifth of its time for programs that it
    started."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_collection_modifyitems(items):
    """Tests in the order in which they are handed out; those of a file stay together."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}

    def turn(item) -> tuple[int, bool]:
        return _turn(item.path.relative_to(REPOSITORY / "tests")), item.path not in slow

    items.sort(key=turn)


def _turn(file: Path) -> int:
    within = {file.as_posix(), *(folder.as_posix() for folder in file.parents)}
    return next((turn for turn, place in enumerate(FIRST) if place in within), len(FIRST))


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


def evaluation(*arguments: str, engine: str = "embedded") -> subprocess.CompletedProcess:
    """The command line with one renderer, whether or not Quarto is installed."""
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "evaluation.cli",
            *arguments,
            *(["--engine", engine] if arguments[0] == "build" else []),
        ],
        capture_output=True,
        text=True,
        check=False,
    )


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file of a folder was written, and its size."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.stat().st_size)
        for path in folder.rglob("*")
        if path.is_file()
    }


def same_tree(one: Path, other: Path) -> None:
    """Two folders hold the same files, byte by byte."""
    files, others = (
        {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
        for root in (one, other)
    )
    assert files == others != set()
    _, different, broken = filecmp.cmpfiles(one, other, files, shallow=False)
    assert not different and not broken


@pytest.fixture
def folder(tmp_path) -> Path:
    """An evaluation folder of a test's own, with nothing built."""
    return copy_folder(tmp_path / "evaluation")


def _shared(name: str, tmp_path_factory, worker_id: str, copy) -> Iterator[Path]:
    """A folder with its report built from clean, which tests only read.

    The first worker that needs it builds it, the others wait for it.
    """
    alone = worker_id == "master"
    shared = tmp_path_factory.getbasetemp() if alone else tmp_path_factory.getbasetemp().parent
    target = shared / name / "evaluation"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (target / "reports/site").is_dir():
            shutil.rmtree(target, ignore_errors=True)
            done = evaluation("build", str(copy(target)))
            assert done.returncode == 0, done.stderr
    before = snapshot(target)
    yield target
    assert snapshot(target) == before, "a test wrote into the folder that all share"


@pytest.fixture(scope="session")
def built(tmp_path_factory, worker_id) -> Iterator[Path]:
    """This evaluation with its report."""
    yield from _shared("built", tmp_path_factory, worker_id, copy_folder)


@pytest.fixture(scope="session")
def short(tmp_path_factory, worker_id) -> Iterator[Path]:
    """A report of two chapters from the data of this evaluation."""
    yield from _shared("short", tmp_path_factory, worker_id, partial(of_chapters, number=2))


@pytest.fixture
def own_copy(built, tmp_path) -> Path:
    """The built evaluation folder, for a test that changes it or runs what writes into it."""
    return shutil.copytree(built, tmp_path / "evaluation")


@pytest.fixture
def short_copy(short, tmp_path) -> Path:
    """The report of two chapters, for a test that changes it."""
    return shutil.copytree(short, tmp_path / "evaluation")


def at_threshold(root: Path, min_cell: int) -> None:
    """Let an evaluation folder hide counts below a threshold."""
    path = root / "evaluation.yml"
    text = path.read_text("utf-8")
    assert "min_cell: 1\n" in text
    if min_cell > 1:  # the raw tables hold what is hidden then
        text = without_raw_downloads(text)
    path.write_text(text.replace("min_cell: 1\n", f"min_cell: {min_cell}\n"), "utf-8")


def without_raw_downloads(text: str) -> str:
    """An evaluation.yml of which readers get no raw tables."""
    assert "raw_downloads:" in text
    return re.sub(r"(?m)^raw_downloads:\n(?:  .*\n)+", "", text)


def process(target: Path, min_cell: int) -> Path:
    """An evaluation folder with processed data, made as the data notebooks make them."""
    shutil.copytree(REPOSITORY / "data/raw", target / "data/raw")
    shutil.copy(REPOSITORY / "evaluation.yml", target)
    at_threshold(target, min_cell)
    folder = Folder(target)
    codebook, facts = folder.codebook(), folder.read_raw("facts")
    table = counts(folder.read_raw("published_figures"), codebook)
    population = population_size(folder.config().population, facts)
    counted = indicators(responses(table, codebook), codebook, population)
    folder.write("sources", table.drop(columns=["k", "n"]))
    folder.write("indicators", suppress(counted, codebook, min_cell, codebook.collapses))
    for name in REGISTERS:
        folder.write_raw(name, folder.read_raw(name))
    gather(folder)
    return target


def gather(folder: Folder) -> None:
    """The coded findings and what belongs to them, as the evidence notebook writes them."""
    raw = {name: folder.read_raw(name) for name in evidence_tables.TABLES}
    parameters = folder.config().parameters
    tables = evidence.gathered(
        raw,
        folder.read("indicators"),
        folder.published_codebook(),
        evidence.declared_families(raw["families"], parameters["decisive"]["value"]),
        evidence.own_document(raw["documents"], parameters["document"]["value"]),
    )
    for name, table in tables.items():
        folder.write(name, table)


@pytest.fixture(scope="session")
def processed(tmp_path_factory) -> Path:
    return process(tmp_path_factory.mktemp("processed"), 1)


@pytest.fixture(scope="session")
def suppressed(tmp_path_factory) -> Path:
    """The processed data as they are published at the usual threshold."""
    return process(tmp_path_factory.mktemp("suppressed"), 3)


@pytest.fixture(scope="session")
def da(processed):
    return open_report("da", processed)


@pytest.fixture(scope="session")
def en(processed):
    return open_report("en", processed)
