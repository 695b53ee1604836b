"""The Quarto route: Quarto renders the staged project."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluation.base.errors import InputError
from evaluation.publish.embedded.book import FORMATS, TYPST, Book
from evaluation.publish.embedded.chapter import chapter_markdown
from evaluation.publish.embedded.editions import Reading, volumes_of
from evaluation.publish.embedded.kept import Kept
from evaluation.publish.embedded.words import words_of
from evaluation.publish.finished import KEPT, finish
from evaluation.publish.stage import stage_volume

# what Quarto calls the formats of a report
TO = {"html": "html", "pdf": TYPST}
# colours and the frames around lines of a source
DECORATION = re.compile(r"\x1b\[[0-9;]*m|[│┌─^]")
MOST_LINES = 8  # of what Quarto says where it fails


def render(program: str, root: Path, book: Book, formats: Collection[str] = FORMATS) -> Path:
    """Render the project staged below `root`; returns the folder with the site and the PDFs.

    formats: which of html and pdf to make. Raises InputError with what Quarto said where it fails.
    """
    output = root / book.output
    if not (book.annexes or book.site_only or book.summary):
        # without being told, Quarto makes all of them
        part = [] if set(formats) == set(FORMATS) else ["--to", *(TO[form] for form in formats)]
        _run(program, root, book, part)
    else:
        if "html" in formats:
            _run(program, root, book, ["--to", TO["html"]])
        if "pdf" in formats:
            output.mkdir(parents=True, exist_ok=True)
            _print(program, root, book, output)
    finish(root, output, book)
    return output


def _print(program: str, root: Path, book: Book, output: Path) -> None:
    """Put each PDF of a book into `output`: Quarto knows one a project, of all its pages."""
    words = words_of(book.language, book.words)
    with TemporaryDirectory(prefix="printed-") as folder:
        texts = [chapter_markdown(root, file, {}) for file in book.pages]
        reading = Reading(book, texts, "typst", Kept(root / KEPT))
        for volume in volumes_of(reading, words):
            part = Path(folder) / volume.name
            stage_volume(root, part, book, volume, words)
            _run(program, part, book, ["--to", TO["pdf"]])
            shutil.copy(part / book.output / volume.name, output)


def _run(program: str, root: Path, book: Book, options: list[str]) -> None:
    done = subprocess.run(
        [program, "render", str(root), "--profile", book.language, *options],
        capture_output=True,
        text=True,
        env=_environment(book),
        check=False,
    )
    if done.returncode:
        raise InputError(
            "_quarto.yml", f"Quarto renders the report, but: {_why(done.stderr)}", "see its message"
        )


def preview(program: str, root: Path, book: Book) -> subprocess.Popen[bytes]:
    """Quarto's preview of the project staged below `root`, which renders what changes there."""
    return subprocess.Popen(
        [program, "preview", str(root), "--profile", book.language], env=_environment(book)
    )


def _environment(book: Book) -> dict[str, str]:
    environment = {**os.environ, "QUARTO_PYTHON": sys.executable}
    if book.moment:
        # Typst stamps a PDF with the clock unless it is told the time
        environment["SOURCE_DATE_EPOCH"] = str(int(book.moment.timestamp()))
    return environment


def _why(said: str) -> str:
    """What Quarto says where it fails: from the first line that tells of an error."""
    lines = [line.strip() for line in DECORATION.sub("", said).splitlines() if line.strip()]
    first = next((at for at, line in enumerate(lines) if "error" in line.lower()), 0)
    return " / ".join(lines[first : first + MOST_LINES])
