"""The embedded renderer: the same book without Quarto, by the engines Quarto drives itself."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from evaluation.publish.embedded import html, pandoc, pdf
from evaluation.publish.embedded.blocks import visible
from evaluation.publish.embedded.book import Book
from evaluation.publish.embedded.chapter import chapter_markdown
from evaluation.publish.embedded.crossref import Page, Target, number_pages
from evaluation.publish.embedded.words import words_of


def render(root: Path, book: Book) -> Path:
    """Render the project staged below `root`; returns the folder with the site and the PDF."""
    book = replace(book, root=root)
    words = words_of(book.language, book.words)
    assets: dict[str, bytes] = {}
    texts = [chapter_markdown(root, file, assets) for file in book.pages]
    kinds = ["chapter"] * len(book.chapters) + ["appendix"] * len(book.appendices)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        parsed = list(pool.map(pandoc.parse, texts, book.pages))

    def edition(target: str) -> tuple[list[Page], dict[str, Target]]:
        shown = [visible(blocks, book.language, target) for blocks in parsed]
        return number_pages(list(zip(book.pages, kinds, shown, strict=True)))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        document = pool.submit(pdf.pdf, book, *edition("typst"), words, assets)
        files = html.site(book, *edition("html"), words)
        output = root / book.output
        for path, text in files.items():
            _write(output / path, text.encode())
        for path, content in assets.items():
            _write(output / path, content)
        for source in book.resources:
            shutil.copytree(root / source, output / source, dirs_exist_ok=True)
        _write(output / book.pdf_name, document.result())
    return output


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
