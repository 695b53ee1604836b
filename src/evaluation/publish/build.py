"""The order of the stages: check, execute, stage, render, publish.

Nothing published is touched before everything is rendered: the new site is complete before it
takes the place of the old one.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evaluation.base.digests import digest
from evaluation.base.errors import InputError
from evaluation.base.interruption import check_interrupted, not_cut_short
from evaluation.base.whole_files import put_right, take_place
from evaluation.language.texts import LANGUAGES
from evaluation.project.extension import extensions_of
from evaluation.project.folder import Folder
from evaluation.project.working import STAGED, working_on
from evaluation.publish import manifest, quotations
from evaluation.publish.embedded.book import FORMATS, read_book
from evaluation.publish.engines import choose
from evaluation.publish.execution import (
    Progress,
    Work,
    execute_all,
    release_kernels,
    work,
)
from evaluation.publish.site import NEW, SITE, publish

# a report made in part, beside what is published
PARTIAL = "reports/partial"
NEW_PARTIAL = f"{STAGED}/part"


def prepare(
    root: Path, overrides: dict[str, Any], say: Callable[[str], None] = print
) -> dict[str, Path]:
    """Execute every notebook that needs it and stage each edition; returns the staged folders.

    Raises InputError for input that cannot be used; what was published stands as it was.
    """
    with _building(root, say):
        wanted = work(root, overrides, say)
        with Progress(wanted.notebooks) as progress:
            execute_all(wanted, progress, say)
        return {language: staged(wanted, language, say) for language in wanted.books}


def build(
    root: Path, overrides: dict[str, Any], engine: str = "auto", say: Callable[[str], None] = print
) -> Path:
    """Build and publish the report of an evaluation folder; returns the site's folder.

    overrides: parameters by name; engine: auto, quarto or embedded. Raises InputError for
    input that cannot be used; what was published before then stands as it was.
    """
    with _building(root, say):
        wanted = work(root, overrides, say)
        program, why = choose(engine)
        say(why)
        # what is saved while the report is made is none of its sources
        made_from = manifest.inputs(root)
        with Progress(wanted.notebooks + len(wanted.books)) as progress:
            execute_all(wanted, progress, say)
            release_kernels()
            changed = _render_changed(wanted, program, progress, say)
        check_interrupted()
        languages = wanted.config.languages
        dropped = [name for name in LANGUAGES if name not in languages]
        if changed or any((root / SITE / language).is_dir() for language in dropped):
            outputs = {language: output for language, (output, _) in changed.items()}
            given = {name: value for name, value in overrides.items() if name != "language"}
            publish(
                root,
                outputs,
                {name: read_book(root, name) for name in languages},
                lambda site: manifest.write(
                    site, made_from, "quarto" if program else "embedded", given, outputs
                ),
            )
            for language, (_, stamp) in changed.items():
                (root / STAGED / f"{language}.key").write_text(stamp, "utf-8")
        else:
            manifest.say_inputs(root, made_from)
        for warning in quotations.warnings(root, root / STAGED / "quotations.json"):
            say(f"warning: {warning}")
        state = "written" if changed else "unchanged"
        say(f"report {state}: {root / SITE / 'index.html'}")
        return root / SITE


def build_part(
    root: Path,
    overrides: dict[str, Any],
    engine: str = "auto",
    *,
    formats: Sequence[str] = FORMATS,
    chapter: str | None = None,
    say: Callable[[str], None] = print,
) -> Path:
    """Build the pages or the PDF alone, or with one chapter executed anew; returns their folder.

    formats: which of html and pdf; chapter: a file of the book, the others are shown as they were
    executed last. What is published stands as it was: no old part ever stands beside a new one.
    Raises as `build`, and for a chapter that the book does not have.
    """
    with _building(root, say):
        wanted = work(root, overrides, say)
        program, why = choose(engine)
        say(why)
        if chapter is not None:
            _check_chapter(wanted, chapter)
        with Progress(wanted.notebooks + len(wanted.books)) as progress:
            execute_all(wanted, progress, say, only=None if chapter is None else {chapter})
            release_kernels()
            rendered = {
                language: _rendered(wanted, language, program, formats, progress, say)[0]
                for language in wanted.books
            }
            part, new = root / PARTIAL, root / NEW_PARTIAL
            for language, output in rendered.items():
                shutil.copytree(output, new / language)
            take_place(new, part)
        say(f"part of the report written: {part}; what is published stands as it was")
        return part


@contextmanager
def _building(root: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Work on a folder; what is to take the place of what is published is gone before and after."""

    def put_all_right() -> None:
        put_right(root / NEW, root / SITE)
        put_right(root / NEW_PARTIAL, root / PARTIAL)

    with working_on(root, say):
        put_all_right()
        try:
            yield
        finally:
            with not_cut_short():
                put_all_right()


def _check_chapter(wanted: Work, chapter: str) -> None:
    files = [job.file for jobs in wanted.chapters.values() for job in jobs]
    if chapter not in files:
        raise InputError(
            "the command line",
            f"the chapters of this report are {', '.join(dict.fromkeys(files))}",
            "give one of them, or add it under book in _quarto.yml",
            column="chapter",
            value=chapter,
        )


def _render_changed(
    wanted: Work, program: str | None, progress: Progress, say: Callable[[str], None]
) -> dict[str, tuple[Path, str]]:
    """Language -> (rendered folder, what tells later whether it is up to date), for each report
    that is not."""

    def render(language: str) -> tuple[Path, str] | None:
        key = _render_key(wanted, language, program)
        stamped = wanted.root / STAGED / f"{language}.key"
        published = wanted.root / SITE / language / "index.html"
        needed = (published, stamped, wanted.root / SITE / manifest.FILE)
        if all(path.is_file() for path in needed) and _stands(stamped, key, wanted.root):
            progress.step()
            return None
        output, copied = _rendered(wanted, language, program, FORMATS, progress, say)
        return output, json.dumps({"key": key, "copied": copied}, ensure_ascii=False, indent=1)

    # Quarto uses one core; the embedded renderer uses all, and two editions at once take memory
    with ThreadPoolExecutor(os.cpu_count() if program else 1) as pool:
        rendered = dict(zip(wanted.books, pool.map(render, wanted.books), strict=True))
    return {language: result for language, result in rendered.items() if result}


def _rendered(
    wanted: Work,
    language: str,
    program: str | None,
    formats: Collection[str],
    progress: Progress,
    say: Callable[[str], None],
) -> tuple[Path, dict[str, str | None]]:
    """The folder with an edition's pages, its PDF or both; and the digest of each file of the
    evaluation folder that it shows as it is, such as a picture or a style sheet."""
    # an unchanged report needs none of them
    from evaluation.publish import quarto
    from evaluation.publish.embedded import render as embedded
    from evaluation.publish.embedded.compact import compact_all
    from evaluation.publish.outside import check_asks_nobody
    from evaluation.publish.stage import copied

    progress.show("render", language)
    folder, book = staged(wanted, language, say), wanted.books[language]
    shown = {name: digest(folder / name) for name in copied(folder)}
    if program:
        output = quarto.render(program, folder, book, formats)
    else:
        kept = wanted.root / STAGED / "kept" / language
        output = embedded.render(folder, book, formats, keep=kept)
    compact_all(output)
    check_asks_nobody(output)
    progress.step()
    return output, shown


def staged(
    wanted: Work, language: str, say: Callable[[str], None], *, downloads: bool = True
) -> Path:
    """The staged copy of the project in a language, from which nothing hidden can be told.

    say: is told what cells declare to tell of nobody; downloads: whether the files to download are
    in it.
    """
    from evaluation.project.downloads import DOWNLOADS
    from evaluation.publish.stage import stage_book, write_downloads
    from evaluation.publish.told import check_told

    for reason in check_told(Folder(wanted.root), language):
        say(f"warning: {reason}")
    folder = wanted.root / STAGED / language
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    executed = wanted.executed(language)
    stage_book(wanted.root, folder, language, executed)
    if downloads:
        write_downloads(Folder(wanted.root), folder / DOWNLOADS, language, executed)
    else:
        (folder / DOWNLOADS).mkdir()
    return folder


def _stands(stamped: Path, key: str, root: Path) -> bool:
    """Whether a rendered report is still what would be rendered now, by the file of its stamp."""
    try:
        told = json.loads(stamped.read_text("utf-8"))
        shown = told["copied"].items()
        return told["key"] == key and all(digest(root / name) == was for name, was in shown)
    except (ValueError, KeyError, TypeError, AttributeError):  # damaged, or of an earlier version
        return False


def _render_key(wanted: Work, language: str, program: str | None) -> str:
    """Digest of all that a rendered report is known to depend on before it is staged."""
    root, config = wanted.root, wanted.config
    package = Path(__file__).parents[1]
    downloads = [
        *(root / "data/processed" / f"{name}.parquet" for name in config.downloads),
        *(root / "data/raw" / f"{name}.csv" for name in config.raw_downloads),
    ]
    files = [
        *(job.target for job in wanted.chapters[language]),
        *(path for path in downloads if path.is_file()),
        *sorted(root.glob("_quarto*.yml")),
        *(root / file for file in wanted.books[language].texts),
        *sorted(root.glob("*.bib")),
        *sorted(path for path in extensions_of(root).rglob("*") if path.is_file()),
        *sorted(path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc"),
    ]
    key = hashlib.sha256(f"{language} {program}".encode())
    for file in files:
        key.update(file.name.encode())
        key.update(file.read_bytes())
    return key.hexdigest()
