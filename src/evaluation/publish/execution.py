"""Which notebooks a report is made of, and executing those that need it."""

import os
import sys
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import relpath
from typing import Any, Self

from tqdm import tqdm

from evaluation.base.errors import InputError, unobeyed
from evaluation.base.interruption import not_cut_short
from evaluation.base.version import installed, is_newer
from evaluation.notebook.cachekey import is_current, renew
from evaluation.project import parameters
from evaluation.project.config import Config, Limits, check_parameter, load_config
from evaluation.project.folder import Folder
from evaluation.project.quarto_files import check_quarto_files
from evaluation.project.stored_outputs import remedy, unprotected
from evaluation.publish.declared_waves import check_waves
from evaluation.publish.embedded.book import Book, read_book

EXECUTED = "reports/executed"
ENGINE = "evaluation.notebook.engine"
SOON = 0.1  # seconds between two looks whether notebooks have ended


@dataclass(frozen=True)
class Job:
    """One notebook to execute: its file, where its copy goes, with which parameters, the chapters
    that it lists, and what it may take."""

    file: str
    source: Path
    target: Path
    parameters: dict[str, Any]
    ledger_file: str | None
    chapters: tuple[str, ...]
    limits: Limits

    @property
    def current(self) -> bool:
        return is_current(self.source, self.target, self.parameters, self.chapters)


@dataclass(frozen=True)
class Work:
    """The notebooks of a report: the pipeline in its order, and the chapters by language."""

    root: Path
    config: Config
    books: dict[str, Book]
    pipeline: list[Job]
    chapters: dict[str, list[Job]]

    @property
    def notebooks(self) -> int:
        return len(self.pipeline) + sum(map(len, self.chapters.values()))

    def executed(self, language: str) -> dict[str, Path]:
        """Where the executed copy of each chapter is."""
        return {job.file: job.target for job in self.chapters[language]}


def work(root: Path, overrides: dict[str, Any], say: Callable[[str], None]) -> Work:
    """What building the report of an evaluation folder takes.

    overrides: parameters by name. Raises InputError for input that cannot be used.
    """
    config = _checked_config(root, overrides, say)
    wanted = [overrides["language"]] if "language" in overrides else config.languages
    books = {language: read_book(root, language) for language in wanted}
    pipeline = [_job(root, config, file, file, overrides) for file in config.pipeline]
    chapters = {
        language: _chapter_jobs(root, config, book, overrides) for language, book in books.items()
    }
    return Work(root, config, books, pipeline, chapters)


def execute_all(
    work: Work,
    progress: "Progress",
    say: Callable[[str], None],
    *,
    only: Collection[str] | None = None,
    without: Collection[str] = (),
) -> None:
    """Execute every notebook that needs it; tells how many, and what is to be told about them.

    only: the chapters to execute where they have been executed before; without: those not to.
    """
    # each reads what the one before it wrote
    done = sum(_execute_at_once([job], progress) for job in work.pipeline)
    if done and work.config.survey is not None:
        # tables are slow to import, and a build that finds nothing changed needs none
        from evaluation.survey.proposals import is_much_hidden, proposals

        folder = Folder(work.root)
        for line in proposals(folder) if is_much_hidden(folder) else ():
            say(line)
    for language, jobs in work.chapters.items():
        _drop_others(work.root / EXECUTED / language, {job.target for job in jobs})
    jobs = [
        job
        for group in work.chapters.values()
        for job in group
        if not job.target.is_file()
        or (job.file not in without and (only is None or job.file in only))
    ]
    # the ledger lists the numbers of the others
    ledger = work.config.ledger
    done += _execute_at_once([job for job in jobs if job.file != ledger], progress)
    done += _execute_at_once([job for job in jobs if job.file == ledger], progress)
    for warning in sorted(progress.warnings):
        say(f"warning: {warning}")
    say(f"notebooks executed: {done} of {work.notebooks}")


def _checked_config(root: Path, overrides: dict[str, Any], say: Callable[[str], None]) -> Config:
    check_quarto_files(root)
    config = load_config(root)
    if config.made_with and is_newer(config.made_with, installed()):
        say(
            f"warning: evaluation.yml: version {config.made_with} of the library made this folder, "
            f"and {installed()} is installed; install {config.made_with} where something is missing"
        )
    for file in unprotected(root):
        say(f"warning: {file}: git would store its results. Remedy: {remedy()}.")
    for name, value in overrides.items():
        check_parameter(config.parameters, name, value, file="the command line")
    check_waves(root, config, overrides)
    language = overrides.get("language")
    if language is not None and language not in config.languages:
        raise InputError(
            "the command line",
            f"the languages of this report are {', '.join(config.languages)}",
            "use one of them, or add the other under languages in evaluation.yml",
            column="language",
            value=language,
        )
    return config


def _chapter_jobs(root: Path, config: Config, book: Book, overrides: dict[str, Any]) -> list[Job]:
    chosen = {**overrides, "language": book.language}
    files = [file for file in book.pages if file.endswith(".ipynb")]
    return [_job(root, config, file, f"{book.language}/{file}", chosen, files) for file in files]


def _job(
    root: Path,
    config: Config,
    file: str,
    target: str,
    overrides: dict[str, Any],
    chapters: Sequence[str] = (),
) -> Job:
    source = root / file
    chosen = parameters.injected(config, source, overrides)
    ledger_file = None
    if config.ledger and "language" in chosen:
        ledger_file = relpath(config.ledger, PurePosixPath(file).parent)
    listed = tuple(chapters) if file == config.ledger else ()
    executed = root / EXECUTED / target
    return Job(file, source, executed, chosen, ledger_file, listed, config.limits)


def _drop_others(folder: Path, wanted: set[Path]) -> None:
    """Remove the copies of chapters that the book no longer has."""
    for path in folder.rglob("*.ipynb"):
        if path not in wanted:
            path.unlink()


def _execute_at_once(jobs: list[Job], progress: "Progress") -> int:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        running = [pool.submit(_execute, job, progress) for job in jobs]
        try:
            return sum(each.result() for each in running)
        except KeyboardInterrupt:
            with not_cut_short():
                pool.shutdown(wait=False, cancel_futures=True)
                # one that is about to start its kernel still does
                while not all(each.done() for each in running):
                    _stop_kernels()
                    time.sleep(SOON)
            raise


def _execute(job: Job, progress: "Progress") -> bool:
    """Whether the notebook had to be executed."""
    stale = not job.current
    if stale:
        # papermill and the kernels are slow to import, and an unchanged report needs neither
        from evaluation.notebook.execute import execute

        progress.show("execute", job.file)
        progress.warnings += execute(
            job.source, job.target, job.parameters, job.ledger_file, job.chapters, job.limits
        )
    else:
        renew(job.source, job.target)
    progress.step()
    return stale


def get_ready() -> None:
    """Start what executing begins with, before there is anything to execute."""
    from evaluation.notebook import execute  # noqa: F401
    from evaluation.notebook.warm.provisioner import warm_up

    warm_up()


def release_kernels() -> None:
    """Give back the memory that kernels begin with: rendering takes as much."""
    if ENGINE in sys.modules:  # an unchanged report has had no kernels
        from evaluation.notebook.warm.provisioner import release

        release()


def _stop_kernels() -> None:
    from evaluation.notebook.engine import stop_kernels

    stop_kernels()


class Progress:
    """A bar on a terminal that names the stage and the notebook; nothing in a log.

    `warnings` collects what is told when the stage is over.
    """

    def __init__(self, total: int):
        self.warnings: list[str] = []
        self._bar = tqdm(
            total=total, disable=not sys.stderr.isatty(), bar_format="{bar:24} {n}/{total} {desc}"
        )

    def show(self, stage: str, what: str) -> None:
        self._bar.set_description_str(unobeyed(f"{stage} {what}"))

    def step(self) -> None:
        self._bar.update()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()
