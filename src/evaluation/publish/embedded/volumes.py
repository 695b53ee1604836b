"""The PDFs of a book: the report, and those that `print` in _quarto.yml asks for beside it.

Letters and numbers are those of the site in each. What a PDF refers to and does not hold, it says
in words: where it is printed, or that it is on the site.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from evaluation.base.markdown import escape
from evaluation.publish.embedded.book import Book, volume_name
from evaluation.publish.embedded.crossref import NBSP, Page, Target, reference_text

PREFACE = "index.qmd"


@dataclass(frozen=True)
class Elsewhere:
    """A place of the book that a PDF does not hold.

    said: how a reference calls it; bare: its number alone; where: where it is; href: on the
    published site, empty where the address of the site is not known.
    """

    said: str
    bare: str
    where: str
    href: str


@dataclass(frozen=True)
class Volume:
    """A PDF of a book.

    name: of its file; pages: its chapters, in order; before: how many lettered appendices come
    before its own; preface: the Markdown of its first page, empty where it begins with the book's;
    note: what it says of the pages that it does not hold; brief: whether it is a summary, without
    cover, contents and words on where else something is; elsewhere: these pages and what can be
    referred to on them, by anchor and by the name of the file; anchors: of the titles of its pages,
    by the name of the file.
    """

    title: str
    name: str
    pages: tuple[str, ...]
    before: int = 0
    preface: str = ""
    note: str = ""
    brief: bool = False
    elsewhere: dict[str, Elsewhere] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)


def whole(book: Book) -> Volume:
    """All pages of a book, as one PDF."""
    return Volume(book.title, book.pdf_name, book.pages)


def volumes(
    book: Book,
    pages: list[Page],
    targets: dict[str, Target],
    words: dict[str, str],
    works: set[str],
    citing: set[str],
) -> list[Volume]:
    """The PDFs of a book whose pages are numbered.

    targets: what can be referred to, by anchor; works, citing: the files that list the works and
    those that cite them.
    """
    others = {*book.annexes, *book.site_only}
    places = {file: "report" for file in book.pages if file not in others}
    places |= dict.fromkeys(book.annexes, "annexes") | dict.fromkeys(book.site_only, "site")

    def made(title: str, name: str, held: tuple[str, ...], **more: Any) -> Volume:
        elsewhere = _elsewhere(book, pages, targets, words, places, held)
        return Volume(title, name, held, elsewhere=elsewhere, anchors=_anchors(pages, held), **more)

    note = _note(pages, places, words)
    own = tuple(file for file, place in places.items() if place == "report")
    found = [made(book.title, book.pdf_name, own, note=note)] if others else [whole(book)]
    if book.summary:
        name = volume_name(book, words["summary"])
        found.append(made(book.title, name, book.summary, brief=True))
    if book.annexes:
        listed = tuple(file for file in own if file in works and citing & set(book.annexes))
        before = sum(
            page.kind == "appendix" and page.number is not None and page.file in own
            for page in pages
        )
        preface = words["annexes_preface"].format(title=f"*{escape(book.title)}*")
        first = f"# {escape(words['annexes'])} {{.unnumbered}}\n\n{preface}\n\n{escape(note)}\n"
        title, name = f"{book.title}: {words['annexes']}", volume_name(book, words["annexes"])
        found.append(made(title, name, (*listed, *book.annexes), before=before, preface=first))
    return found


def print_metadata(book: Book, volume: Volume, words: dict[str, str]) -> dict[str, Any]:
    """What a PDF is told beside its chapters, for the filters and partials of the report format."""
    return {
        "elsewhere": {name: asdict(place) for name, place in volume.elsewhere.items()},
        "anchors": volume.anchors,
        "site-address": book.site_url,
        "appendices-before": volume.before,
        "brief": volume.brief,
        "colophon": [{"term": term, "text": text} for term, text in _colophon(book, volume, words)],
    }


def _colophon(book: Book, volume: Volume, words: dict[str, str]) -> list[tuple[str, str]]:
    """(term, text) of what stands on the back of the cover; nothing where the cover says it all."""
    own = [*book.colophon, *([(words["print_note"], volume.note)] if volume.note else [])]
    if not own:
        return []
    author = words["authors" if len(book.authors) > 1 else "author"]
    cover = [
        (author, ", ".join(book.authors)),
        (words["published"], ", ".join(filter(None, [book.long_date, book.edition]))),
    ]
    return [(term, text) for term, text in [*cover, *own] if text]


def _note(pages: list[Page], places: dict[str, str], words: dict[str, str]) -> str:
    """Which appendices are printed elsewhere or not at all."""
    sentences = []
    for place in ("annexes", "site"):
        called = [_called(page, words) for page in pages if places[page.file] == place]
        if called:
            sentences.append(words[f"note_{place}"].format(pages=", ".join(called)))
    return " ".join(sentences)


def _called(page: Page, words: dict[str, str]) -> str:
    title = page.title_text
    return f"{words['crossref-apx-prefix']}{NBSP}{page.number} {title}" if page.number else title


def _elsewhere(
    book: Book,
    pages: list[Page],
    targets: dict[str, Target],
    words: dict[str, str],
    places: dict[str, str],
    held: tuple[str, ...],
) -> dict[str, Elsewhere]:
    found = {}
    where = {}
    for page in pages:
        if page.file in held:
            continue
        where[page.href] = words[f"in_{places[page.file]}"]
        target = Target(page.kind, page.number, page.href, page.title_text)
        found[page.file.rpartition("/")[2]] = _place(
            target, "", where[page.href], book.site_url, words
        )
    for anchor, target in targets.items():
        if target.page in where:
            found[anchor] = _place(target, f"#{anchor}", where[target.page], book.site_url, words)
    return found


def _anchors(pages: list[Page], held: tuple[str, ...]) -> dict[str, str]:
    return {
        page.file.rpartition("/")[2]: page.title_id
        for page in pages
        if page.file in held and page.title_id.startswith("sec-")
    }


def _place(target: Target, anchor: str, where: str, site: str, words: dict[str, str]) -> Elsewhere:
    return Elsewhere(
        reference_text(target, words, bare=False),
        reference_text(target, words, bare=True),
        where,
        f"{site}/{target.page}{anchor}" if site else "",
    )
