"""The embedded renderer: the same book without Quarto, by the engines Quarto drives itself.

What came of a chapter is kept by all that it was made of, and only what changed is made again.
"""

import gc
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluation.publish.embedded import html, pdf
from evaluation.publish.embedded.book import FORMATS, Book
from evaluation.publish.embedded.chapter import chapter_markdown
from evaluation.publish.embedded.editions import Reading, edition, volumes_of
from evaluation.publish.embedded.kept import Kept
from evaluation.publish.embedded.words import words_of


def render(
    root: Path, book: Book, formats: Collection[str] = FORMATS, *, keep: Path | None = None
) -> Path:
    """Render the project staged below `root`; returns the folder with the site and the PDF.

    formats: which of `FORMATS` to make; keep: the folder of what earlier renderings of the book
    made, if any.
    """
    if keep is None:
        with TemporaryDirectory(prefix="rendered-") as folder:
            return render(root, book, formats, keep=Path(folder))
    with _no_collections():
        return _rendered(root, book, formats, Kept(keep))


def _rendered(root: Path, book: Book, formats: Collection[str], kept: Kept) -> Path:
    book = replace(book, root=root)
    words = words_of(book.language, book.words)
    assets: dict[str, bytes] = {}
    texts = [chapter_markdown(root, file, assets) for file in book.pages]
    output = root / book.output
    if "html" in formats:
        files = html.site(edition(Reading(book, texts, "html", kept), words), kept)
        for path, text in files.items():
            _write(output / path, text.encode())
        for path, content in assets.items():
            _write(output / path, content)
    if "pdf" in formats:
        reading = Reading(book, texts, "typst", kept)
        for volume in volumes_of(reading, words):
            document = pdf.pdf(edition(reading, words, volume), assets, kept)
            _write(output / volume.name, document)
    for source in book.resources:
        shutil.copytree(root / source, output / source, dirs_exist_ok=True)
    if set(formats) == set(FORMATS):
        kept.forget_others()
    return output


@contextmanager
def _no_collections() -> Iterator[None]:
    """Without looks for objects that hold each other: the trees of chapters are millions of small
    ones that do not, and looking through them takes half of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
