"""Seeing an edition while it is written: its pages are served, and follow every source that is
saved.

What changed is executed and rendered, without the PDF, and an open page is told to load itself
again. A mistake is shown in the page; the last good pages stay behind it.
"""

import shutil
import sys
import time
from collections.abc import Callable, Collection
from functools import partial
from math import ceil
from pathlib import Path

from evaluation.base.errors import InputError
from evaluation.base.interruption import check_interrupted
from evaluation.project.working import STAGED, working_on
from evaluation.publish import quarto
from evaluation.publish.build import prepare, staged
from evaluation.publish.embedded import render
from evaluation.publish.embedded.book import read_book
from evaluation.publish.engines import choose
from evaluation.publish.execution import Progress, Work, execute_all, get_ready, work
from evaluation.publish.serving import Served
from evaluation.publish.stage import run_after

MIRROR = "reports/.preview"
SAY = partial(print, flush=True)  # at once, also into a file
PAUSE = 0.2  # seconds between two looks at the sources
# what an edition is made of; what is generated, and hidden folders, are left out
SOURCES = (
    "*.yml",
    "*.qmd",
    "*.bib",
    "*.ipynb",
    "notebooks/**/*",
    "data/raw/**/*",
    "_extensions/**/*",
)


def preview(
    root: Path, language: str, engine: str = "auto", port: int = 0, say: Callable[[str], None] = SAY
) -> None:
    """Preview the edition in a language until interrupted; every saved source is followed.

    engine: the embedded renderer shows a change at once, quarto is Quarto's own preview; port: of
    the machine itself, 0 for a free one. Raises InputError where Quarto is asked for and missing,
    and where it cannot begin; a mistake in the sources is shown, and the last good pages stay.
    """
    if engine == "quarto":
        _preview_by_quarto(root, language, say)
        return
    site = root / MIRROR / language
    shutil.rmtree(site, ignore_errors=True)
    with Served(site, port) as served:
        say(f"preview: {served.address} (Ctrl-C ends it)")
        get_ready()
        _follow_until_interrupted(root, partial(_show, root, language, served, say))


def _show(root: Path, language: str, served: Served, say: Callable[[str], None]) -> None:
    """Show what has changed, first the chapters themselves, then what lists their numbers."""
    try:
        began = time.perf_counter()
        wanted = work(root, {"language": language}, say)
        ledger = (wanted.config.ledger,) if wanted.config.ledger else ()
        for left_out in (ledger, ()) if ledger else ((),):
            update(wanted, language, served.site, say, without=left_out)
            served.tell(None)
            say(f"shown after {ceil(time.perf_counter() - began)} s")
    except Exception as error:  # whatever it is, a preview goes on with the last good pages
        told = str(error) if isinstance(error, InputError) else f"{type(error).__name__}: {error}"
        say(f"not shown yet: {told}")
        served.tell(told)


def update(
    wanted: Work,
    language: str,
    site: Path,
    say: Callable[[str], None],
    without: Collection[str] = (),
) -> None:
    """Bring the pages of an edition up to date: what changed is executed, rendered and written.

    say: is told for whom it waits; without: chapters that are shown as they were executed last;
    the files to download are then left for later too. Raises InputError as a build does.
    """
    with working_on(wanted.root, say), Progress(wanted.notebooks) as progress:
        execute_all(wanted, progress, lambda _: None, without=without)
        folder = staged(wanted, language, lambda _: None, downloads=not without)
        keep = wanted.root / STAGED / "kept" / language
        output = render.render(folder, wanted.books[language], ("html",), keep=keep)
        _mirror(output, site)


def _preview_by_quarto(root: Path, language: str, say: Callable[[str], None]) -> None:
    program, _ = choose("quarto")
    mirror = root / MIRROR / language
    shutil.rmtree(mirror, ignore_errors=True)
    follow(root, language, mirror, say)
    server = quarto.preview(str(program), mirror, read_book(root, language))

    def show() -> None:
        try:
            follow(root, language, mirror, say)
        except InputError as error:
            say(f"not shown yet: {error}")

    try:
        _follow_until_interrupted(root, show, lambda: server.poll() is None)
    finally:
        server.terminate()
        server.wait()


def follow(root: Path, language: str, mirror: Path, say: Callable[[str], None]) -> None:
    """Bring the staged copy that Quarto previews up to date; what changes there, it renders."""
    (folder,) = prepare(root, {"language": language}, say).values()
    finish = ["quarto", "--finish", str(root.resolve()), "--language", language]
    run_after(folder, [sys.executable, "-m", "evaluation.cli", *finish])
    _mirror(folder, mirror)


def _mirror(folder: Path, mirror: Path) -> None:
    """Write what of a folder is new or has changed into its mirror."""
    for path in folder.rglob("*"):
        copy = mirror / path.relative_to(folder)
        if path.is_file() and not (copy.is_file() and copy.read_bytes() == path.read_bytes()):
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def _follow_until_interrupted(
    root: Path, show: Callable[[], None], goes_on: Callable[[], bool] = lambda: True
) -> None:
    """Show what there is, and again whenever a source has been saved."""
    seen: dict[Path, int] = {}
    try:
        while goes_on():
            now = _stamps(root)
            if now != seen:
                seen = now
                show()
            check_interrupted()
            time.sleep(PAUSE)
    except KeyboardInterrupt:
        pass


def _stamps(root: Path) -> dict[Path, int]:
    """When each source was saved."""
    stamps = {}
    for path in {path for pattern in SOURCES for path in root.glob(pattern)}:
        try:
            if path.is_file() and ".ipynb_checkpoints" not in path.parts:
                stamps[path] = path.stat().st_mtime_ns
        except FileNotFoundError:  # an editor replaces a file by removing it first
            continue
    return stamps
