"""Citations: what pandoc's citeproc needs to make them the same on every page."""

from dataclasses import dataclass, field

from evaluation.publish import pandoc
from evaluation.publish.book import Book
from evaluation.publish.crossref import KINDS


@dataclass(frozen=True)
class Citations:
    """Options and metadata for pandoc; both empty where the book has no bibliography.

    Every page gets all keys of the book, so that the same work is called the same everywhere
    and the list of references is whole wherever `#refs` stands.
    """

    options: tuple[str, ...] = ()
    meta: dict = field(default_factory=dict)


def citations_of(book: Book, pages: list[list]) -> Citations:
    """The citations of a book; pages: the blocks of each page."""
    language = {"lang": {"t": "MetaString", "c": book.language}}
    if not book.bibliography:
        return Citations(meta=language)
    keys: set[str] = set()

    def note(node: dict) -> dict:
        keys.update(citation["citationId"] for citation in node["c"][0])
        return node

    pandoc.rebuild(pages, {"Cite": note})
    cited = sorted(key for key in keys if key.split("-")[0] not in KINDS)
    options = (
        "--citeproc",
        f"--bibliography={book.root / book.bibliography}",
        "--metadata=link-citations:true",
    )
    return Citations(options, {**language, "nocite": _silent(cited)} if cited else language)


def _silent(keys: list[str]) -> dict:
    """Keys as metadata: cited, but not in the text."""
    cited = [
        {
            "citationId": key,
            "citationPrefix": [],
            "citationSuffix": [],
            "citationMode": {"t": "NormalCitation"},
            "citationNoteNum": 0,
            "citationHash": 0,
        }
        for key in keys
    ]
    return {"t": "MetaInlines", "c": [{"t": "Cite", "c": [cited, []]}]}
