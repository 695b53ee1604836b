"""The order of the stages: check, execute, stage, render, publish.

Nothing published is touched before everything is rendered: the new site is complete before it
takes the place of the old one.
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath
from posixpath import relpath
from typing import Any, Self

from tqdm import tqdm

from evaluation.base.errors import InputError
from evaluation.base.version import installed, is_newer
from evaluation.language.texts import LANGUAGES
from evaluation.notebook.cachekey import is_current
from evaluation.project import parameters
from evaluation.project.config import Config, check_parameter, load_config
from evaluation.project.extension import extensions_of
from evaluation.project.folder import Folder
from evaluation.project.quarto_files import check_quarto_files
from evaluation.publish import quotations
from evaluation.publish.declared_waves import check_waves
from evaluation.publish.embedded.book import Book, read_book
from evaluation.publish.embedded.words import words_of
from evaluation.publish.quarto import choose

SITE = "reports/site"
EXECUTED = "reports/executed"
STAGED = "reports/.build"


@dataclass(frozen=True)
class Job:
    """One notebook to execute: its file, where its copy goes, with which parameters."""

    file: str
    source: Path
    target: Path
    parameters: dict[str, Any]
    ledger_file: str | None

    @property
    def current(self) -> bool:
        return is_current(self.source, self.target, self.parameters)


def prepare(
    root: Path, overrides: dict[str, Any], say: Callable[[str], None] = print
) -> dict[str, Path]:
    """Execute every notebook that needs it and stage each edition; returns the staged folders.

    Raises InputError for input that cannot be used; what was published stands as it was.
    """
    config = _checked_config(root, overrides, say)
    books = _books(root, config, overrides)
    pipeline = _pipeline_jobs(root, config, overrides)
    chapters = _chapters(root, config, books, overrides)
    with _Progress(len(pipeline) + sum(map(len, chapters.values()))) as progress:
        _execute_all(root, config, pipeline, chapters, progress, say)
    return {language: _stage(root, language, jobs) for language, jobs in chapters.items()}


def build(
    root: Path, overrides: dict[str, Any], engine: str = "auto", say: Callable[[str], None] = print
) -> Path:
    """Build and publish the report of an evaluation folder; returns the site's folder.

    overrides: parameters by name; engine: auto, quarto or embedded. Raises InputError for
    input that cannot be used; what was published before then stands as it was.
    """
    config = _checked_config(root, overrides, say)
    books = _books(root, config, overrides)
    pipeline = _pipeline_jobs(root, config, overrides)
    chapters = _chapters(root, config, books, overrides)
    program, why = choose(engine)
    say(why)
    total = len(pipeline) + sum(map(len, chapters.values()))
    with _Progress(total + len(books)) as progress:
        _execute_all(root, config, pipeline, chapters, progress, say)
        changed = _render(root, books, chapters, program, progress)
    dropped = [name for name in LANGUAGES if name not in config.languages]
    if changed or any((root / SITE / language).is_dir() for language in dropped):
        outputs = {language: output for language, (output, _) in changed.items()}
        _publish(root, outputs, {name: read_book(root, name) for name in config.languages})
        for language, (_, stamp) in changed.items():
            (root / STAGED / f"{language}.key").write_text(stamp)
    for warning in quotations.warnings(root, root / STAGED / "quotations.json"):
        say(f"warning: {warning}")
    state = "written" if changed else "unchanged"
    say(f"report {state}: {root / SITE / 'index.html'}")
    return root / SITE


def _checked_config(root: Path, overrides: dict[str, Any], say: Callable[[str], None]) -> Config:
    check_quarto_files(root)
    config = load_config(root)
    if config.made_with and is_newer(config.made_with, installed()):
        say(
            f"warning: evaluation.yml: version {config.made_with} of the library made this folder, "
            f"and {installed()} is installed; install {config.made_with} where something is missing"
        )
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


def _books(root: Path, config: Config, overrides: dict[str, Any]) -> dict[str, Book]:
    """The books to make, by language."""
    wanted = [overrides["language"]] if "language" in overrides else config.languages
    return {language: read_book(root, language) for language in wanted}


def _pipeline_jobs(root: Path, config: Config, overrides: dict[str, Any]) -> list[Job]:
    return [_job(root, config, file, file, overrides) for file in config.pipeline]


def _chapters(
    root: Path, config: Config, books: dict[str, Book], overrides: dict[str, Any]
) -> dict[str, list[Job]]:
    return {
        language: _chapter_jobs(root, config, book, overrides) for language, book in books.items()
    }


def _chapter_jobs(root: Path, config: Config, book: Book, overrides: dict[str, Any]) -> list[Job]:
    chosen = {**overrides, "language": book.language}
    return [
        _job(root, config, file, f"{book.language}/{file}", chosen)
        for file in book.pages
        if file.endswith(".ipynb")
    ]


def _job(root: Path, config: Config, file: str, target: str, overrides: dict[str, Any]) -> Job:
    source = root / file
    chosen = parameters.injected(config, source, overrides)
    ledger_file = None
    if config.ledger and "language" in chosen:
        ledger_file = relpath(config.ledger, PurePosixPath(file).parent)
    return Job(file, source, root / EXECUTED / target, chosen, ledger_file)


def _execute_all(
    root: Path,
    config: Config,
    pipeline: list[Job],
    chapters: dict[str, list[Job]],
    progress: "_Progress",
    say: Callable[[str], None],
) -> None:
    """Every notebook that needs it, and what is to be told about them."""
    done = _execute_in_order(pipeline, progress)
    done += _execute_chapters(root, config, chapters, progress)
    for warning in sorted(progress.warnings):
        say(f"warning: {warning}")
    say(f"notebooks executed: {done} of {len(pipeline) + sum(map(len, chapters.values()))}")


def _execute_in_order(jobs: Iterable[Job], progress: "_Progress") -> int:
    """Each notebook after the one before it, because it reads what that one wrote."""
    return sum(_execute(job, progress) for job in jobs)


def _execute_chapters(
    root: Path, config: Config, chapters: dict[str, list[Job]], progress: "_Progress"
) -> int:
    """All chapters, then the ledger, which lists the numbers of the others."""
    for language, jobs in chapters.items():
        _drop_others(root / EXECUTED / language, {job.target for job in jobs})
    jobs = [job for group in chapters.values() for job in group]
    done = _execute_at_once([job for job in jobs if job.file != config.ledger], progress)
    return done + _execute_at_once([job for job in jobs if job.file == config.ledger], progress)


def _drop_others(folder: Path, wanted: set[Path]) -> None:
    """Remove the copies of chapters that the book no longer has."""
    for path in folder.rglob("*.ipynb"):
        if path not in wanted:
            path.unlink()


def _execute_at_once(jobs: list[Job], progress: "_Progress") -> int:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return sum(pool.map(lambda job: _execute(job, progress), jobs))


def _execute(job: Job, progress: "_Progress") -> bool:
    """Whether the notebook had to be executed."""
    stale = not job.current
    if stale:
        # papermill and the kernels are slow to import, and an unchanged report needs neither
        from evaluation.notebook.execute import execute

        progress.show("execute", job.file)
        progress.warnings += execute(job.source, job.target, job.parameters, job.ledger_file)
    progress.step()
    return stale


def _render(
    root: Path,
    books: dict[str, Book],
    chapters: dict[str, list[Job]],
    program: str | None,
    progress: Any,
) -> dict[str, tuple[Any, ...]]:
    """Language -> (rendered folder, its key), for each report that is not up to date."""

    def render(language: str) -> tuple[Path, str] | None:
        jobs = chapters[language]
        stamp = _render_key(root, language, jobs, program)
        stamped = root / STAGED / f"{language}.key"
        published = root / SITE / language / "index.html"
        if published.is_file() and stamped.is_file() and stamped.read_text() == stamp:
            progress.step()
            return None
        from evaluation.publish import quarto
        from evaluation.publish.embedded import render as embedded
        from evaluation.publish.embedded.compact import compact_all
        from evaluation.publish.outside import check_asks_nobody

        progress.show("render", language)
        folder = _stage(root, language, jobs)
        if program:
            output = quarto.render(program, folder, books[language])
        else:
            output = embedded.render(folder, books[language])
        compact_all(output)
        check_asks_nobody(output)
        progress.step()
        return output, stamp

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        rendered = dict(zip(chapters, pool.map(render, chapters), strict=True))
    return {language: result for language, result in rendered.items() if result}


def _stage(root: Path, language: str, jobs: list[Job]) -> Path:
    """The staged copy of the project in a language, from which nothing hidden can be told."""
    from evaluation.publish.stage import stage
    from evaluation.publish.told import check_told

    check_told(Folder(root), language)
    folder = root / STAGED / language
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    stage(root, folder, language, {job.file: job.target for job in jobs})
    return folder


def _render_key(root: Path, language: str, jobs: list[Job], program: str | None) -> str:
    """Digest of all that a rendered report depends on."""
    package = Path(__file__).parents[1]
    files = [
        *(job.target for job in jobs),
        *sorted(root.glob("_quarto*.yml")),
        *sorted(root.glob("*.qmd")),
        *sorted(root.glob("*.bib")),
        *sorted(path for path in extensions_of(root).rglob("*") if path.is_file()),
        *sorted(path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc"),
    ]
    digest = hashlib.sha256(f"{language} {program}".encode())
    for file in files:
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _publish(root: Path, rendered: dict[str, Path], books: dict[str, Book]) -> None:
    """Put the new site together and let it take the place of the old one."""
    site = root / SITE
    new, old = root / STAGED / "new", root / STAGED / "old"
    for folder in (new, old):
        shutil.rmtree(folder, ignore_errors=True)
    if site.is_dir():
        shutil.copytree(site, new)
    new.mkdir(exist_ok=True)
    for language in set(LANGUAGES) - set(books):
        shutil.rmtree(new / language, ignore_errors=True)
    for language, output in rendered.items():
        shutil.rmtree(new / language, ignore_errors=True)
        shutil.copytree(output, new / language)
    (new / "index.html").write_text(
        _front_door({name: book for name, book in books.items() if (new / name).is_dir()}),
        encoding="utf-8",
    )
    if site.is_dir():
        os.replace(site, old)
    os.replace(new, site)
    shutil.rmtree(old, ignore_errors=True)


def _front_door(books: dict[str, Book]) -> str:
    """The page above the languages: the title in each, and a link to each report."""
    entries = "\n".join(
        f'<section lang="{language}"><h1><a href="{language}/index.html" hreflang="{language}">'
        f"{escape(book.title)}</a></h1><p>{escape(book.subtitle)}</p>"
        f'<p><a href="{language}/index.html">{escape(words_of(language)["home"])}</a> · '
        f'<a href="{language}/{escape(book.pdf_name)}">{escape(words_of(language)["pdf"])}</a></p>'
        "</section>"
        for language, book in books.items()
    )
    first = next(iter(books))
    return f"""<!DOCTYPE html>
<html lang="{first}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(books[first].title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{first}/site_libs/theme.css">
</head>
<body class="rapport front-door"><script src="{first}/site_libs/theme.js"></script>
<main class="content">
{entries}
</main></body>
</html>
"""


class _Progress:
    """A bar on a terminal that names the stage and the notebook; nothing in a log.

    `warnings` collects what is told when the stage is over.
    """

    def __init__(self, total: int):
        self.warnings: list[str] = []
        self._bar = tqdm(
            total=total, disable=not sys.stderr.isatty(), bar_format="{bar:24} {n}/{total} {desc}"
        )

    def show(self, stage: str, what: str) -> None:
        self._bar.set_description_str(f"{stage} {what}")

    def step(self) -> None:
        self._bar.update()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()
