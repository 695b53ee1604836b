"""Seeing an edition while it is written: Quarto previews a staged copy that follows the sources."""

import shutil
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from evaluation.base.errors import InputError
from evaluation.publish import quarto
from evaluation.publish.build import prepare
from evaluation.publish.embedded.book import read_book

MIRROR = "reports/.preview"
SAY = partial(print, flush=True)  # at once, also into a file
PAUSE = 0.5  # seconds between two looks at the sources
# what an edition is made of; what is generated, and hidden folders, are left out
SOURCES = ("*.yml", "*.qmd", "*.bib", "*.ipynb", "notebooks/**/*.ipynb", "data/raw/**/*")


def preview(root: Path, language: str, say: Callable[[str], None] = SAY) -> None:
    """Preview the edition in a language until interrupted; every saved source is followed.

    Raises InputError where Quarto is missing, or the folder cannot be built to begin with; later a
    refusal is told and the last good pages stay.
    """
    program, _ = quarto.choose("quarto")
    mirror = root / MIRROR / language
    shutil.rmtree(mirror, ignore_errors=True)
    seen = _stamps(root)
    follow(root, language, mirror, say)
    server = quarto.preview(str(program), mirror, read_book(root, language))
    try:
        while server.poll() is None:
            time.sleep(PAUSE)
            now = _stamps(root)
            if now != seen:
                seen = now
                try:
                    follow(root, language, mirror, say)
                except InputError as error:
                    say(f"not shown yet: {error}")
    except KeyboardInterrupt:
        pass
    finally:
        server.terminate()
        server.wait()


def follow(root: Path, language: str, mirror: Path, say: Callable[[str], None]) -> None:
    """Bring the mirror up to date; only what changed is written, and Quarto renders it."""
    (staged,) = prepare(root, {"language": language}, say).values()
    current = {path.relative_to(staged): path for path in staged.rglob("*") if path.is_file()}
    for name, path in current.items():
        copy = mirror / name
        if not copy.is_file() or copy.read_bytes() != path.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def _stamps(root: Path) -> dict[Path, int]:
    """When each source was saved."""
    found = {path for pattern in SOURCES for path in root.glob(pattern)}
    return {path: path.stat().st_mtime_ns for path in found if path.is_file()}
