"""The PDF of a book: one Typst document, set with the partials that Quarto uses too."""

import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from evaluation.base.errors import InputError
from evaluation.publish.embedded import pandoc
from evaluation.publish.embedded.blocks import Callout, alternative, float_parts, rendered
from evaluation.publish.embedded.book import Book
from evaluation.publish.embedded.citations import cited
from evaluation.publish.embedded.crossref import Page, Target, resolve_references

PARTIALS = ("numbering.typ", "page.typ", "typst-show.typ")
EXTENSION = Path("_extensions/rapport")
STYLES = EXTENSION / "styles.lua"


def pdf(
    book: Book,
    pages: list[Page],
    targets: dict[str, Target],
    words: dict[str, str],
    assets: dict[str, bytes],
) -> bytes:
    """The PDF of a book; `assets` are the images by their path below the book's root.

    Raises InputError where Typst cannot set it, for example because an alt text is missing.
    """
    with tempfile.TemporaryDirectory(prefix="typst-") as folder:
        root = Path(folder)
        for path, content in assets.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        _write_template(root, book)
        metadata = {
            "title": book.title,
            "subtitle": book.subtitle,
            "by-author": [{"name": {"literal": author}} for author in book.authors],
            "date": book.long_date,
            "edition": book.edition,
            "lang": book.language,
            "toc-title": words["toc-title-document"],
            "toc-depth": book.typst.get("toc-depth", book.toc_depth),
            "crossref-ch-prefix": words["crossref-ch-prefix"],
        }
        source = pandoc.write(
            _document(book, pages, targets, words),
            "typst-citations",
            "the PDF",
            [
                "--standalone",
                f"--template={root / 'template.typ'}",
                f"--lua-filter={book.root / STYLES}",
            ],
            pandoc.meta(metadata)["c"],
        )
        (root / "report.typ").write_text(source, "utf-8")
        return _compile(root / "report.typ", book)


def _write_template(root: Path, book: Book) -> None:
    packaged = resources.files("evaluation.publish").joinpath("templates")
    for name in ("template.typ", "definitions.typ"):
        (root / name).write_text(packaged.joinpath(name).read_text("utf-8"), "utf-8")
    for name in PARTIALS:
        shutil.copy(book.root / EXTENSION / name, root / name)


def _compile(source: Path, book: Book) -> bytes:
    named: Any = book.typst.get("pdf-standard", [])
    standards: list[Any] = [named] if isinstance(named, str) else list(named)
    try:
        return typst.compile(
            str(source),
            font_paths=[str(book.root / book.typst["font-paths"])],
            ignore_system_fonts=True,
            pdf_standards=standards,
            timestamp=int(book.moment.timestamp()) if book.moment else None,
        )
    except typst.TypstError as error:
        raise InputError(
            "the PDF", f"Typst sets the report, but: {error}", "correct the text or the partials"
        ) from None


def _document(
    book: Book, pages: list[Page], targets: dict[str, Target], words: dict[str, str]
) -> list[Any]:
    """All pages as one document for pandoc's Typst writer."""
    contents = [resolve_references(page, targets, words, html=False) for page in pages]
    blocks = []
    for position, (page, content) in enumerate(zip(pages, cited(book, contents), strict=True)):
        if page.kind == "appendix" and pages[position - 1].kind == "chapter":
            blocks.append(pandoc.raw_block("typst", "#show: rapport-appendices"))
        folder = page.file.rpartition("/")[0]
        rules: dict[str, Callable[..., Any]] = {
            "Header": lambda node: _heading(node, targets),
            "Link": _page_link(pages),
            "Image": lambda node, folder=folder: _image(node, folder),
            "Div": lambda node: rendered(node, targets, words, _float, _callout),
        }
        classes = [] if page.number else ["unnumbered"]
        title = {
            "t": "Header",
            "c": [1, [_label(page.title_id, targets, page), classes, []], page.title],
        }
        blocks += [title, *pandoc.rebuild(content, rules)]
    return blocks


def _page_label(page: Page) -> str:
    return f"page-{page.href.removesuffix('.html').replace('/', '-')}"


def _label(identifier: str, targets: dict[str, Target], page: Page) -> str:
    """A chapter keeps its own label; one without gets a label from its file."""
    return identifier if identifier in targets else _page_label(page)


def _heading(node: dict[str, Any], targets: dict[str, Target]) -> dict[str, Any]:
    """Automatic ids may repeat between chapters and nothing refers to them: drop them."""
    level, (identifier, classes, _), content = node["c"]
    return {
        "t": "Header",
        "c": [level, [identifier if identifier in targets else "", classes, []], content],
    }


def _page_link(pages: list[Page]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    labels = {page.file: page.title_id for page in pages}
    by_stem = {file.rpartition("/")[2]: (file, label) for file, label in labels.items()}
    pages_by_file = {page.file: page for page in pages}

    def rule(node: dict[str, Any]) -> dict[str, Any]:
        attributes, content, (target, title) = node["c"]
        file, _, anchor = target.partition("#")
        name = file.rpartition("/")[2]
        if "://" not in target and name in by_stem:
            file, label = by_stem[name]
            label = label if label.startswith("sec-") else _page_label(pages_by_file[file])
            target = f"#{anchor or label}"
        return {"t": "Link", "c": [attributes, content, [target, title]]}

    return rule


def _image(node: dict[str, Any], folder: str) -> dict[str, Any]:
    target, _ = node["c"][2]
    path = f"{folder}/{target}" if folder else target
    return pandoc.raw_inline(
        "typst", f"#box(image({_string(path)}, alt: {_string(alternative(node))}))"
    )


def _callout(callout: Callout) -> list[Any]:
    return [
        _raw_inlines(
            [
                pandoc.raw_inline(
                    "typst",
                    f"#callout(icon_color: rapport-callout-colour.{callout.kind}, title: [",
                ),
                *pandoc.inlines(callout.title),
                pandoc.raw_inline("typst", "], body: ["),
            ]
        ),
        *callout.body,
        pandoc.raw_block("typst", "])"),
    ]


def _float(
    node: dict[str, Any], identifier: str, target: Target, words: dict[str, str]
) -> list[Any]:
    content, caption = float_parts(node)
    place = "bottom" if target.kind == "fig" else "top"
    return [
        pandoc.raw_block("typst", "#figure(["),
        *content,
        _raw_inlines(
            [
                pandoc.raw_inline("typst", f"], caption: figure.caption(position: {place}, ["),
                *caption,
                pandoc.raw_inline(
                    "typst",
                    f'], separator: ""), kind: "quarto-float-{target.kind}", '
                    f"supplement: {_string(words[f'crossref-{target.kind}-title'])})"
                    f"<{identifier}>",
                ),
            ]
        ),
    ]


def _raw_inlines(content: list[Any]) -> dict[str, Any]:
    return {"t": "Plain", "c": content}


@cache
def _escapes() -> dict[int, str]:
    return str.maketrans({"\\": "\\\\", '"': '\\"', "\n": " "})


def _string(text: str) -> str:
    """A Typst string literal."""
    return f'"{text.translate(_escapes())}"'
