"""Citations of a book: made in one go, so that a work is called the same on every page."""

import json
from typing import Any

from evaluation.publish.embedded import pandoc
from evaluation.publish.embedded.book import Book

REFERENCES = "refs"


def cited(book: Book, pages: list[list[Any]]) -> list[list[Any]]:
    """The blocks of each page with its citations, and the list of works where `#refs` stands.

    Raises InputError for a citation whose key is not in the bibliography.
    """
    if not book.bibliography:
        return pages
    whole = [{"t": "Div", "c": [[f"page-{i}", [], []], page]} for i, page in enumerate(pages)]
    options = [
        "--citeproc",
        f"--bibliography={book.root / book.bibliography}",
        "--metadata=link-citations:true",
    ]
    text = pandoc.write(whole, "json", "the report", options, {"lang": pandoc.meta(book.language)})
    # without a place for it, pandoc appends the list of works: Quarto shows it on one page only
    return [block["c"][1] for block in json.loads(text)["blocks"][: len(pages)]]
