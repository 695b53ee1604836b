"""Numbers of chapters, sections, figures and tables, and the references to them.

Numbering follows Quarto books: by chapter, letters for appendices, `Figur 1.1`. A reference is
a citation whose key begins with fig-, tbl- or sec-.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from string import ascii_uppercase
from typing import Any

from evaluation.base.errors import InputError
from evaluation.publish.embedded import pandoc

NBSP = "\u00a0"
FLOATS = ("fig", "tbl")
KINDS = (*FLOATS, "sec")
# how Quarto's words for references call what is not called by its kind
PREFIXES = {"chapter": "ch", "appendix": "apx"}


@dataclass
class Target:
    """What a reference can point at; kind is fig, tbl, sec, chapter or appendix."""

    kind: str
    number: str | None
    page: str
    title: str = ""


@dataclass(frozen=True)
class Page:
    """A chapter: its source file, number and title."""

    file: str
    kind: str  # chapter or appendix
    number: str | None
    title: list[Any]
    title_id: str

    @property
    def href(self) -> str:
        return str(PurePosixPath(self.file).with_suffix(".html"))

    @property
    def title_text(self) -> str:
        return pandoc.plain(self.title).strip()


def outline(blocks: list[Any]) -> list[Any]:
    """What numbers and labels depend on: the headings, and the Divs with what of it they hold."""
    kept = []
    for block in blocks:
        if block["t"] == "Header":
            kept.append(block)
        elif block["t"] == "Div":
            kept.append({"t": "Div", "c": [block["c"][0], outline(block["c"][1])]})
    return kept


def number_pages(
    chapters: list[tuple[str, str, list[Any]]],
) -> tuple[list[Page], dict[str, Target]]:
    """Pages with their numbers, and every target by its id; chapters: (file, kind, outline).

    Raises InputError for a chapter that does not begin with its title, and for an id that two
    targets share.
    """
    pages, counts = [], {"chapter": 0, "appendix": 0}
    targets: dict[str, Target] = {}
    for file, kind, blocks in chapters:
        if not blocks or blocks[0]["t"] != "Header" or blocks[0]["c"][0] != 1:
            raise InputError(
                file, "a chapter begins with its title", "begin with a heading of the first level"
            )
        (identifier, classes, _), title = blocks[0]["c"][1:]
        number = None
        if "unnumbered" not in classes:
            counts[kind] += 1
            count = counts[kind]
            number = str(count) if kind == "chapter" else ascii_uppercase[count - 1]
        page = Page(file, kind, number, title, identifier)
        _add(targets, identifier, Target(kind, number, page.href, page.title_text), file)
        for identifier, target in _number_content(page, blocks[1:]):
            _add(targets, identifier, target, file)
        pages.append(page)
    return pages, targets


def numbered(page: Page, blocks: list[Any]) -> list[Any]:
    """The blocks of a page without the heading of its title; a section's number becomes an
    attribute of its heading."""
    for _ in _number_content(page, blocks[1:]):
        pass
    return blocks[1:]


def _number_content(page: Page, blocks: list[Any]) -> Iterator[tuple[str, Target]]:
    """Number sections and floats of a page; yields what references can point at, with its id."""
    levels = [0] * 7
    floats = dict.fromkeys(FLOATS, 0)

    def number_of(*parts: int) -> str:
        return ".".join(map(str, [page.number, *parts] if page.number else parts))

    def visit(blocks: list[Any]) -> Iterator[tuple[str, Target]]:
        for block in blocks:
            if block["t"] == "Header":
                level, (identifier, classes, attributes), title = block["c"]
                number = None
                if "unnumbered" not in classes and page.number:
                    levels[level] += 1
                    levels[level + 1 :] = [0] * (6 - level)
                    number = number_of(*levels[2 : level + 1])
                    attributes.append(["number", number])
                if identifier.startswith("sec-"):
                    words = pandoc.plain(title).strip()
                    yield identifier, Target("sec", number, page.href, words)
            elif block["t"] == "Div":
                identifier = block["c"][0][0]
                kind = identifier.split("-")[0]
                if kind in FLOATS and "-" in identifier:
                    floats[kind] += 1
                    yield identifier, Target(kind, number_of(floats[kind]), page.href)
                else:
                    yield from visit(block["c"][1])

    yield from visit(blocks)


def _add(targets: dict[str, Any], identifier: str, target: Target, file: str) -> None:
    referable = target.kind in FLOATS or identifier.startswith("sec-")
    if referable and identifier in targets:
        raise InputError(
            file, "a label is used once in the book", "rename one of the two", value=identifier
        )
    if referable:
        targets[identifier] = target


def is_reference(cite: dict[str, Any]) -> bool:
    """Whether a citation refers to a place of the book, and to no work."""
    kinds = {citation["citationId"].split("-")[0] for citation in cite["c"][0]}
    return bool(kinds & set(KINDS))


def resolve_references(
    page: Page,
    blocks: list[Any],
    targets: dict[str, Target],
    words: dict[str, str],
    *,
    html: bool,
    elsewhere: Collection[str] = (),
) -> list[Any]:
    """Blocks of a page with references as links; in HTML to other pages, in a PDF within it.

    elsewhere: what the PDF does not hold; a reference to it is left to the filter `print.lua`.
    """

    def cite(node: dict[str, Any]) -> dict[str, Any] | list[Any]:
        if not is_reference(node):
            return node
        parts: list[Any] = []
        for citation in node["c"][0]:
            if parts:
                parts.append({"t": "Str", "c": ","})
                parts.append({"t": "Space"})
            if citation["citationId"] in elsewhere:
                parts.append({"t": "Cite", "c": [[citation], []]})
            else:
                parts += _reference(citation)
        return parts

    def _reference(citation: dict[str, Any]) -> list[Any]:
        identifier = citation["citationId"]
        if identifier not in targets:
            raise InputError(
                page.file,
                "a reference points at a label of the book",
                f"use one of {', '.join(sorted(targets))}",
                value=f"@{identifier}",
            )
        target = targets[identifier]
        prefix = citation["citationPrefix"]
        bare = citation["citationMode"]["t"] == "SuppressAuthor"
        if html and page.number is None and not (bare or prefix or target.kind in FLOATS):
            text = _numbered_title(target, words)
        else:
            text = reference_text(target, words, bare=bare or bool(prefix))
        href = f"#{identifier}"
        if html and target.page != page.href:
            # a link to a chapter is a link to its page
            whole_page = target.kind in ("chapter", "appendix")
            href = relative(page.href, target.page) + ("" if whole_page else href)
        content = [*prefix, {"t": "Str", "c": f"{NBSP}{text}" if prefix else text}]
        return [pandoc.link(content, href, "quarto-xref")]

    return pandoc.rebuild(blocks, {"Cite": cite})


def reference_text(target: Target, words: dict[str, str], *, bare: bool) -> str:
    """The words of a reference: `Figur 1.1`, `Afsnit 1.2`, `Kapitel 1`, `Bilag A`."""
    if target.number is None:
        return target.title
    if bare:
        return target.number
    word = words[f"crossref-{PREFIXES.get(target.kind, target.kind)}-prefix"]
    return f"{word}{NBSP}{target.number}"


def _numbered_title(target: Target, words: dict[str, str]) -> str:
    """What Quarto calls a chapter or section on a page without a number: its title."""
    if target.kind == "chapter" and target.number:
        return f"{target.number}{NBSP} {target.title}"
    if target.kind == "appendix":
        return f"{words['crossref-apx-prefix']}{NBSP}{target.number} — {target.title}"
    return target.title


def relative(page: str, target: str) -> str:
    """A link from one page to another, both relative to the site's root."""
    up = "../" * page.count("/")
    return f"{up}{target}" if up else f"./{target}"
