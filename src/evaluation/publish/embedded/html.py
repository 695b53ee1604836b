"""The website of a book: one page a chapter, in the structure that Quarto writes."""

from dataclasses import asdict, dataclass
from functools import cache
from html import escape
from importlib import resources
from pathlib import PurePosixPath
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from evaluation.language.dates import LOCALES
from evaluation.notebook.cachekey import library_digest
from evaluation.publish import scripted
from evaluation.publish.embedded import pandoc, search
from evaluation.publish.embedded.blocks import Callout, alternative, float_parts, rendered
from evaluation.publish.embedded.book import Book, named
from evaluation.publish.embedded.crossref import NBSP, Page, Target, relative
from evaluation.publish.embedded.description import description
from evaluation.publish.embedded.editions import Chapter, Edition, each
from evaluation.publish.embedded.kept import Kept, digest
from evaluation.publish.framed import framed
from evaluation.publish.icon import icon
from evaluation.publish.language_switch import to_same_page

LIBRARY = "site_libs"
TEMPLATES = "templates"
FIRST_LEVEL = 2
REFERENCES = "references.html"
FRONT = "index.html"
# no text of a title can be one: it would be escaped
END = "<!-- end of a title -->"


@dataclass(frozen=True)
class Written:
    """What of a page's HTML comes from its text: the body, its first sentence, the headings as a
    tree, and the records for the search."""

    body: str
    description: str
    contents: list[dict[str, Any]]
    records: list[dict[str, Any]]


def site(edition: Edition, kept: Kept) -> dict[str, str]:
    """Path -> text of every page, script and index of the site."""
    book, words, pages = edition.book, edition.words, edition.pages
    template = _template("page.html")
    written = each(lambda place: _written(edition, edition.chapters[place], kept), len(pages))
    files = {}
    titles = _titles(pages, kept)
    for position, (page, text) in enumerate(zip(pages, written, strict=True)):
        files[page.href] = template.render(
            lang=book.language,
            **_said(_page_title(book, page, words), page.href, text.description, book.language),
            book_title=book.title,
            subtitle=book.subtitle,
            authors=list(book.authors),
            date=book.long_date,
            number=_chapter_number(page, words),
            title_html=titles[position],
            title_id=page.title_id,
            offset=up(page.href),
            sidebar=_sidebar(pages, page, words),
            toc=text.contents,
            body=text.body,
            prev=_neighbour(pages, page, position - 1),
            next=_neighbour(pages, page, position + 1),
            pdfs=[
                {"href": relative(page.href, name), "label": label}
                for label, name in named(book, words)
            ],
            include_before=to_same_page(_texts(book, "include-before-body"), page.href),
            include_after=_texts(book, "include-after-body"),
            footer=_footer(book, page),
            t=words,
        )
    records = [(page.file, text.records) for page, text in zip(pages, written, strict=True)]
    places = {name: target.page for name, target in edition.targets.items()}
    files |= search.files(book, records, places)
    for script in ("anchors.js", "site.js", "theme.js"):
        files[f"{LIBRARY}/{script}"] = _packaged(script)
    files[scripted.FILE] = scripted.script(words)
    files[f"{LIBRARY}/theme.css"] = _texts(book, "css")
    return files


def about(title: str, href: str, description: str, language: str) -> str:
    """What the head of a page says of it to those who find or share it, as HTML.

    title, description: of the page; href: below the top of the site; language: of the book.
    """
    return _template("about.html").render(_said(title, href, description, language))


def search_box(words: dict[str, str]) -> str:
    """Where a reader asks for something, as HTML; words: of the publication."""
    return _template("search.html").render(t=words)


def up(href: str) -> str:
    """The way from a page to the top of the site."""
    return "../" * href.count("/") or "./"


def page_of(file: str) -> str:
    """The page that a file of the project becomes."""
    return str(PurePosixPath(file).with_suffix(".html"))


def _said(title: str, href: str, description: str, language: str) -> dict[str, Any]:
    return {
        "page_title": title,
        "description": description,
        "is_front": href == FRONT,
        "locale": LOCALES[language],
        "icon": icon(),
    }


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=PackageLoader("evaluation.publish", TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def _written(edition: Edition, chapter: Chapter, kept: Kept) -> Written:
    page, words, depth = chapter.page, edition.words, edition.book.toc_depth

    def write() -> dict[str, Any]:
        blocks = chapter.blocks()
        contents = _contents(page, blocks, depth)
        title = _numbered_title(page, words)
        records = search.records(page.href, title, blocks, edition.book.language)
        # the tree that it replaces is not kept while pandoc works
        said = description(blocks, edition.book.subtitle)
        blocks = pandoc.rebuild(blocks, _rules(page, edition.targets, words))
        return asdict(Written(_body(page, blocks, words), said, contents, records))

    made_of = (chapter.made_of, depth, edition.book.subtitle)
    return Written(**kept.value(digest("page", *made_of), write))


def _footer(book: Book, page: Page) -> dict[str, Any]:
    """The text at the foot of every page, and its links from this page."""
    links = [
        {"text": entry["text"], "href": relative(page.href, page_of(entry["href"]))}
        for entry in book.footer.get("right", [])
    ]
    return {"left": book.footer.get("left", ""), "right": links}


def _packaged(name: str) -> str:
    return resources.files("evaluation.publish").joinpath(TEMPLATES, name).read_text("utf-8")


def _texts(book: Book, option: str) -> str:
    """The files of an option of the format, one after the other."""
    files = book.html.get(option, [])
    return "\n".join(
        (book.root / file).read_text("utf-8")
        for file in ([files] if isinstance(files, str) else files)
    )


def _page_title(book: Book, page: Page, words: dict[str, str]) -> str:
    if page.href == FRONT:
        return book.title
    return f"{_numbered_title(page, words)} – {book.title}"


def _numbered_title(page: Page, words: dict[str, str]) -> str:
    """`1  Resultater` with a no-break space, `Bilag A — Metode`."""
    number = _chapter_number(page, words)
    if number is None:
        return page.title_text
    return f"{number}{'' if page.kind == 'appendix' else NBSP} {page.title_text}"


def _chapter_number(page: Page, words: dict[str, str]) -> str | None:
    if page.number and page.kind == "appendix":
        return f"{words['crossref-apx-prefix']} {page.number} —"
    return page.number


def _sidebar(pages: list[Page], current: Page, words: dict[str, str]) -> list[dict[str, Any]]:
    def entry(page: Page) -> dict[str, Any]:
        return {
            "kind": "chapter",
            "href": relative(current.href, page.href),
            "number": page.number,
            "title": page.title_text,
            "current": page is current,
        }

    items = [entry(page) for page in pages if page.kind == "chapter"]
    appendices = [entry(page) for page in pages if page.kind == "appendix"]
    if appendices:
        title = words["section-title-appendices"]
        items.append({"kind": "section", "title": title, "items": appendices})
    return items


def _neighbour(pages: list[Page], current: Page, position: int) -> dict[str, str | None] | None:
    if not 0 <= position < len(pages):
        return None
    page = pages[position]
    return {
        "href": relative(current.href, page.href),
        "title": page.title_text,
        "number": page.number,
    }


def _contents(page: Page, blocks: list[Any], depth: int) -> list[dict[str, Any]]:
    """Headings as a tree of {href, number, title, children}.

    The title of the front page is a heading below that of the book, and holds the others.
    """
    tree: list[dict[str, Any]] = []
    front = {"href": f"#{page.title_id}", "number": page.number, "title": page.title_text}
    open_at: dict[int, list[dict[str, Any]]] = {FIRST_LEVEL: tree}
    for block in blocks:
        if block["t"] != "Header" or block["c"][0] > depth:
            continue
        level, (identifier, _, attributes), title = block["c"]
        item: dict[str, Any] = {
            "href": f"#{identifier}",
            "number": dict(attributes).get("number"),
            "title": pandoc.plain(title).strip(),
            "children": [],
        }
        siblings = open_at.get(level, tree)
        siblings.append(item)
        open_at[level + 1] = item["children"]
    return [{**front, "children": tree}] if page.href == FRONT else tree


def _titles(pages: list[Page], kept: Kept) -> list[str]:
    """The titles of the pages as HTML, made in one go: pandoc is slow to start."""

    def write() -> list[str]:
        end = pandoc.raw_block("html", END)
        blocks = [part for page in pages for part in ({"t": "Plain", "c": page.title}, end)]
        return [text.strip() for text in pandoc.write(blocks, "html", "the titles").split(END)[:-1]]

    name = digest("titles", library_digest(), *(page.title for page in pages))
    titles: list[str] = kept.value(name, write)
    return titles


def _rules(page: Page, targets: dict[str, Target], words: dict[str, str]) -> dict[str, Any]:
    return {
        "Header": _heading,
        "Link": lambda node: _page_link(node, page),
        "Div": lambda node: rendered(
            node, targets, words, _float, lambda callout: _callout(callout, words)
        ),
        "Image": _image,
        "Table": _table,
    }


def _body(page: Page, blocks: list[Any], words: dict[str, str]) -> str:
    text = pandoc.write(blocks, "html", page.file, ["--section-divs", "--mathml"])
    text = text.replace("<th ", '<th scope="col" ').replace("<th>", '<th scope="col">')
    return framed(text, words)


def _heading(node: dict[str, Any]) -> dict[str, Any]:
    level, (identifier, classes, attributes), content = node["c"]
    number = dict(attributes).get("number")
    rest = [pair for pair in attributes if pair[0] != "number"]
    if number:
        label = pandoc.span([{"t": "Str", "c": number}], "header-section-number")
        content = [label, {"t": "Space"}, *content]
    return {"t": "Header", "c": [level, [identifier, classes, rest], content]}


def _page_link(node: dict[str, Any], page: Page) -> dict[str, Any]:
    attributes, content, (target, title) = node["c"]
    if target.startswith("#ref-") and page.href != REFERENCES:
        target = relative(page.href, REFERENCES) + target
    file, mark, anchor = target.partition("#")
    if "://" not in target and file.endswith((".ipynb", ".qmd")):
        path = PurePosixPath(file).with_suffix(".html")
        # an author writes the path from the chapter's own folder
        target = f"{path}{mark}{anchor}"
    return {"t": "Link", "c": [attributes, content, [target, title]]}


def _image(node: dict[str, Any]) -> dict[str, Any]:
    (identifier, classes, attributes), _, target = node["c"]
    rest = [pair for pair in attributes if pair[0] != "fig-alt"]
    attributes = [identifier, [*classes, "img-fluid", "figure-img"], rest]
    return {"t": "Image", "c": [attributes, pandoc.inlines(alternative(node)), target]}


def _float(
    node: dict[str, Any], identifier: str, target: Target, words: dict[str, str]
) -> list[Any]:
    content, caption = float_parts(node)
    kind = target.kind
    place = "bottom" if kind == "fig" else "top"
    label = f"{words[f'crossref-{kind}-title']}{NBSP}{target.number}: "
    anchor = f"{identifier}-caption"
    figcaption = [
        pandoc.raw_inline(
            "html",
            f'<figcaption class="quarto-float-caption-{place} quarto-float-caption '
            f'quarto-float-{kind}" id="{anchor}">',
        ),
        {"t": "Str", "c": label},
        *caption,
        pandoc.raw_inline("html", "</figcaption>"),
    ]
    caption_block = {"t": "Plain", "c": figcaption}
    body = [
        pandoc.raw_block("html", f'<div aria-describedby="{anchor}">'),
        *[_unwrapped(block) for block in content],
        pandoc.raw_block("html", "</div>"),
    ]
    return [
        pandoc.raw_block(
            "html",
            f'<div id="{identifier}" class="quarto-float quarto-figure quarto-figure-center">'
            f'<figure class="quarto-float quarto-float-{kind} figure">',
        ),
        *([*body, caption_block] if place == "bottom" else [caption_block, *body]),
        pandoc.raw_block("html", "</figure></div>"),
    ]


def _unwrapped(block: dict[str, Any]) -> dict[str, Any]:
    """A picture that stands alone is no paragraph."""
    return {"t": "Plain", "c": block["c"]} if block["t"] == "Para" else block


def _table(node: dict[str, Any]) -> dict[str, Any]:
    node["c"][0][1].append("table")
    return node


def _callout(callout: Callout, words: dict[str, str]) -> list[Any]:
    """The markup of a callout; its kind is told to screen readers too."""
    kind = escape(words[f"callout-{callout.kind}-title"])
    outer, header = ("details", "summary") if callout.collapsed else ("div", "div")
    said = (
        ""
        if callout.title == words[f"callout-{callout.kind}-title"]
        else (f'<span class="screen-reader-only">{kind}</span>')
    )
    return [
        pandoc.raw_block(
            "html",
            f'<{outer} class="callout callout-style-default callout-{callout.kind} '
            f'callout-titled"><{header} class="callout-header">'
            '<div class="callout-icon-container"><i class="callout-icon"></i></div>'
            f'<div class="callout-title-container">{said}{escape(callout.title)}</div>'
            f'</{header}><div class="callout-body-container callout-body">',
        ),
        *callout.body,
        pandoc.raw_block("html", f"</div></{outer}>"),
    ]
