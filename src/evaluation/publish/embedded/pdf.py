"""The PDF of a book: one Typst document, set with the partials that Quarto uses too."""

import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any

from evaluation.project.extension import FONTS
from evaluation.publish.embedded import pandoc
from evaluation.publish.embedded.blocks import Callout, alternative, float_parts, rendered
from evaluation.publish.embedded.book import Book
from evaluation.publish.embedded.crossref import Page, Target
from evaluation.publish.embedded.editions import Edition, each
from evaluation.publish.embedded.kept import Kept, digest
from evaluation.publish.embedded.typesetting import typeset
from evaluation.publish.embedded.volumes import print_metadata

TYPST = "typst-citations"
BODY = "// the chapters"
PARTIALS = ("numbering.typ", "page.typ", "typst-show.typ")
EXTENSION = Path("_extensions/rapport")
# what pandoc runs over a chapter, in this order
FILTERS = (EXTENSION / "print.lua", EXTENSION / "styles.lua")


def pdf(edition: Edition, assets: dict[str, bytes], kept: Kept) -> bytes:
    """A PDF of a book; `assets` are the images by their path below the book's root.

    Raises InputError where Typst cannot set it, for example because an alt text is missing.
    """
    book, words = edition.book, edition.words
    told = print_metadata(book, edition.volume, words)
    filters = [(book.root / filter).read_text("utf-8") for filter in FILTERS]

    def fragment(place: int) -> str:
        name = digest("fragment", edition.chapters[place].made_of, filters, told)
        return kept.get(name, lambda: _fragment(edition, place, told).encode()).decode()

    body = "\n".join(each(fragment, len(edition.chapters)))
    metadata = {
        "title": edition.volume.title,
        "subtitle": book.subtitle,
        "by-author": [{"name": {"literal": author}} for author in book.authors],
        "date": book.long_date,
        "edition": book.edition,
        "lang": book.language,
        "toc-title": words["toc-title-document"],
        "toc-depth": book.typst.get("toc-depth", book.toc_depth),
        "crossref-ch-prefix": words["crossref-ch-prefix"],
        "cover-note": book.cover_note,
        **told,
    }
    with tempfile.TemporaryDirectory(prefix="typst-") as folder:
        root = Path(folder)
        for path, content in assets.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        _write_template(root, book)
        # pandoc fills the template; the chapters would only take its memory
        source = pandoc.write(
            [pandoc.raw_block("typst", BODY)],
            TYPST,
            "the PDF",
            ["--standalone", f"--template={root / 'template.typ'}"],
            pandoc.meta(metadata)["c"],
        ).replace(BODY, body)
        (root / "report.typ").write_text(source, "utf-8")
        fonts, named = book.root / FONTS, book.typst.get("pdf-standard", [])
        standards = [named] if isinstance(named, str) else list(named)
        stamp = int(book.moment.timestamp()) if book.moment else None
        assets = {path: content for path, content in assets.items() if path in source}
        seen = {path: sha256(content).hexdigest() for path, content in assets.items()}
        seen |= {font.name: sha256(font.read_bytes()).hexdigest() for font in fonts.iterdir()}
        return kept.get(
            digest("pdf", version("typst"), source, seen, standards, stamp),
            lambda: typeset(root / "report.typ", fonts, standards, stamp),
        )


def _write_template(root: Path, book: Book) -> None:
    packaged = resources.files("evaluation.publish").joinpath("templates")
    for name in ("template.typ", "definitions.typ"):
        (root / name).write_text(packaged.joinpath(name).read_text("utf-8"), "utf-8")
    for name in PARTIALS:
        shutil.copy(book.root / EXTENSION / name, root / name)


def _fragment(edition: Edition, place: int, told: dict[str, Any]) -> str:
    """A chapter as pandoc's Typst writer writes it; told: what `print.lua` reads."""
    pages, targets = edition.pages, edition.targets
    page, folder = pages[place], pages[place].file.rpartition("/")[0]
    rules: dict[str, Callable[..., Any]] = {
        "Header": lambda node: _heading(node, targets),
        "Link": _page_link(pages),
        "Image": lambda node: _image(node, folder),
        "Div": lambda node: rendered(node, targets, edition.words, _float, _callout),
    }
    blocks = [
        {
            "t": "Header",
            "c": [
                1,
                [_label(page.title_id, targets, page), [] if page.number else ["unnumbered"], []],
                page.title,
            ],
        },
        *pandoc.rebuild(edition.chapters[place].blocks(), rules),
    ]
    if page.kind == "appendix" and pages[place - 1].kind == "chapter":
        before = edition.volume.before
        following = f".with(before: {before})" if before else ""
        blocks.insert(0, pandoc.raw_block("typst", f"#show: rapport-appendices{following}"))
    filters = [f"--lua-filter={edition.book.root / filter}" for filter in FILTERS]
    return pandoc.write(blocks, TYPST, page.file, filters, pandoc.meta(told)["c"])


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
