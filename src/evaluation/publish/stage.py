"""Staging: a copy of the project for one language, ready to render, on which nothing is left to
run: the chapters are manuscripts, and the texts of the configuration are text."""

import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat
from ruamel.yaml import YAML

from evaluation.base.errors import InputError
from evaluation.base.fonts import STYLES, SUBSTITUTE, font_file, other_fonts
from evaluation.base.markdown import metadata
from evaluation.base.spreadsheets import write_csv
from evaluation.base.yaml_files import read_yaml
from evaluation.language.texts import texts
from evaluation.notebook import edition, figure_data, ledger, number_notes
from evaluation.project.config import FILE as CONFIG
from evaluation.project.downloads import DOWNLOADS, RAW
from evaluation.project.extension import EXTENSIONS, FONTS, PAGE, THEME, copy_extensions
from evaluation.project.folder import Folder
from evaluation.project.row_files import RESPONDENT
from evaluation.publish import pictures
from evaluation.publish.embedded.book import Book, named, read_book
from evaluation.publish.embedded.volumes import PREFACE, Volume, print_metadata, whole
from evaluation.publish.embedded.words import words_of
from evaluation.publish.manuscript import manuscripts, opened
from evaluation.report.report import open_report
from evaluation.report.sources import Sources

# the date of a book: Quarto takes English for American
DATES = {"da": "long", "en": "D MMMM YYYY"}
MARK = "\ufeff"
MADE = {".ipynb", ".qmd", ".yml"}  # what is another text in the copy
TEXT_FILES = MADE | {".bib"}
# what the copy must not do again: it is executed and in one language already
NATIVE_ONLY = (("project", "pre-render"), ("ipynb-filters",), ("print",))
# what the file of the profile says in the copy
TEXTS = ("title", "subtitle", "author", "date")


def stage_book(root: Path, target: Path, language: str, executed: dict[str, Path]) -> None:
    """Fill the empty folder `target` with what is rendered, without the files to download.

    executed: where the executed copy of each chapter is, by its file. Raises InputError for what
    cannot be published, see `manuscripts`, and for a picture that is no file of the folder.
    """
    book = read_book(root, language)
    _copy_config(root / "_quarto.yml", target / "_quarto.yml")
    _copy_config(root / f"_quarto-{language}.yml", target / f"_quarto-{language}.yml", book)
    for file in book.texts:
        text = edition.text_in_language((root / file).read_text("utf-8"), language)
        text = opened(pictures.settled(text, partial(InputError, file)))
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        (target / file).write_text(text, "utf-8")
        _copy_pictures(text, file, root, target)
    for source in (*root.glob("*.bib"), *root.glob("*.csl")):
        shutil.copy(source, target / source.name)
    copy_extensions(root, target)
    for name in book.named_files:
        if not (target / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, target / name)
    notebooks = {file: nbformat.read(copy, as_version=4) for file, copy in executed.items()}
    for file, notebook in notebooks.items():
        figure_data.add(notebook, texts(language), up_to_downloads(file))
    if linked := [notebook for notebook in notebooks.values() if ledger.has_links(notebook)]:
        report = open_report(language, root)
        sources = Sources(report.folder, report.texts)
        for notebook in linked:
            number_notes.add(notebook, report, sources)
    for file, manuscript in manuscripts(notebooks).items():
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        # nbformat writes the text of a cell as a list of lines: Quarto joins a single text wrongly
        nbformat.write(manuscript, target / file)
        for cell in manuscript.cells:
            _copy_pictures(cell.source, file, root, target)
    copy_fonts(target)


def copied(target: Path) -> list[str]:
    """The files of a project, staged and not rendered yet, that are as they lie in the evaluation
    folder: pictures, and what the settings name."""
    paths = [path.relative_to(target) for path in sorted(target.rglob("*")) if path.is_file()]
    return [
        path.as_posix()
        for path in paths
        if path.suffix not in MADE and path.parts[0] not in (EXTENSIONS, DOWNLOADS)
    ]


def run_after(target: Path, command: Sequence[str]) -> None:
    """Have Quarto run a command whenever it has rendered pages of a staged project."""
    content = read_yaml(target / "_quarto.yml")
    content["project"]["post-render"] = " ".join(f'"{part}"' for part in command)
    _write_config(target / "_quarto.yml", content)


def stage_volume(
    root: Path, target: Path, book: Book, volume: Volume, words: dict[str, str]
) -> None:
    """Copy a staged project to `target` with the pages of one of its PDFs alone."""
    left_out = {PurePosixPath(file).name for file in book.pages if file not in volume.pages}
    ignored = shutil.ignore_patterns("reports", DOWNLOADS, *left_out)
    shutil.copytree(root, target, ignore=ignored)
    names = ("_quarto.yml", f"_quarto-{book.language}.yml")
    general, texts = (read_yaml(target / name) for name in names)
    general["project"].pop("resources", None)
    for kind, files in (("chapters", book.chapters), ("appendices", book.appendices)):
        general["book"][kind] = [file for file in files if file in volume.pages]
    if volume.preface:
        (target / PREFACE).write_text(volume.preface, "utf-8")
        general["book"]["chapters"].insert(0, PREFACE)
    for content in (general, texts):
        content["book"].pop("page-footer", None)
    texts["book"]["title"] = metadata(volume.title)
    texts["book"]["output-file"] = volume.name.removesuffix(".pdf")
    texts |= _escaped(print_metadata(book, volume, words))
    for name, content in zip(names, (general, texts), strict=True):
        _write_config(target / name, content)


def write_downloads(folder: Folder, target: Path, language: str, executed: dict[str, Path]) -> None:
    """Put what readers can download into `target`, to which the chapters link: the number ledger,
    the numbers of each figure, and the tables that evaluation.yml names.

    Raises InputError for a processed table that is not there or has a row for each respondent, and
    for a raw one whose rows were not printed: they may be about respondents.
    """
    chapters = [(file, nbformat.read(path, as_version=4)) for file, path in executed.items()]
    shown = [chapter for chapter in chapters if not ledger.is_ledger(chapter[1])]
    listed = ledger.table(shown, texts(language))
    target.mkdir(exist_ok=True)
    for name in folder.config().downloads:
        if not folder.has(name):
            raise InputError(
                CONFIG,
                f"downloads names processed tables: {', '.join(folder.processed())}",
                "correct the name, or take it out of downloads",
                column="downloads",
                value=name,
            )
        table = folder.read(name)
        if RESPONDENT in table:
            raise InputError(
                CONFIG,
                "readers of the report get no table with a row for each respondent",
                f"take {name} out of downloads; `evaluation export` hands the rows on",
                column="downloads",
                value=name,
            )
        write_csv(table, target / f"{name}.csv")
    for name in folder.config().raw_downloads:
        if not folder.has_raw(name) or not folder.printed(name):
            raise InputError(
                CONFIG,
                "raw_downloads names raw tables that say in which section a row was printed",
                "correct the name, or take it out of raw_downloads",
                column="raw_downloads",
                value=name,
            )
        (target / RAW).mkdir(exist_ok=True)
        write_csv(folder.read_raw(name), target / RAW / f"{name}.csv")
    write_csv(listed, target / f"number_ledger_{language}.csv")
    for _, notebook in shown:
        for name, numbers in figure_data.files(notebook, texts(language)):
            write_csv(numbers, target / name)


def up_to_downloads(file: str) -> str:
    """The way from a chapter, by its path in the project, to the downloads."""
    return "../" * (len(PurePosixPath(file).parts) - 1) + DOWNLOADS


def copy_fonts(root: Path) -> None:
    """Put the fonts of a staged project where Typst looks for them: those of figures and headings,
    and those that its texts need besides. For a sign that no font has, the PDF, which could not be
    made with it, shows a substitute; the pages are shown with what fonts their readers have."""
    folder = root / FONTS
    folder.mkdir(parents=True, exist_ok=True)
    staged = [path for path in root.rglob("*") if path.suffix in TEXT_FILES]
    signs = {sign for path in staged for sign in path.read_text("utf-8")}
    others, unset = other_fonts(signs)
    if unset:
        others, _ = other_fonts(signs | {SUBSTITUTE})
    shown = {f"[{''.join(sorted(unset))}]+": SUBSTITUTE} if unset else {}
    if MARK in signs:  # of the order of bytes, which PDF/UA does not allow in a text
        shown[MARK] = ""
    with (root / PAGE).open("a", encoding="utf-8") as page:
        page.writelines(f'#show regex("{what}"): "{by}"\n' for what, by in shown.items())
    for font in (*map(font_file, STYLES), *others):
        (folder / font.name).write_bytes(font.read_bytes())


def _copy_pictures(text: str, file: str, root: Path, target: Path) -> None:
    """Copy the files that a chapter shows as pictures."""
    for name in pictures.files(text):
        path = pictures.place(root, file, name)
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / path, target / path)


def _copy_config(source: Path, target: Path, book: Book | None = None) -> None:
    """Copy a file of the configuration; the one of the profile says the texts of `book`."""
    content = read_yaml(source)
    for *parents, key in NATIVE_ONLY:
        entries = content
        for parent in parents:
            entries = entries.get(parent, {})
        entries.pop(key, None)
    html = content.get("format", {}).get("html", {})
    if "theme" in html:
        html["theme"] = _without_web_fonts(html["theme"])
    said = content.setdefault("book", {})
    for key in TEXTS:
        said.pop(key, None)
    for key in ("edition", "cover-note"):
        if key in content:
            content[key] = metadata(content[key])
    content.pop("colophon", None)
    footer = said.get("page-footer", {})
    for part in (footer, *footer.get("right", [])):
        for key in ("left", "text"):
            if key in part:
                part[key] = metadata(part[key])
    if book is not None:
        content.setdefault("project", {})["output-dir"] = book.output
        said["title"], said["subtitle"] = metadata(book.title), metadata(book.subtitle)
        said["author"] = [metadata(author) for author in book.authors]
        said["output-file"] = book.pdf_name.removesuffix(".pdf")
        if book.date:
            said |= {"date": book.date.isoformat(), "date-format": DATES[book.language]}
        words = words_of(book.language, book.words)
        of_pages = content.setdefault("format", {}).setdefault("html", {})
        of_pages["toc-title"] = metadata(words["toc_title"])
        # the search of the pages is that of the embedded renderer, see `finished`
        said["search"] = False
        # Quarto shows one PDF beside the chapters by itself
        for label, name in named(book, words)[1:]:
            said["sidebar"] = {"tools": [{"icon": "download", "href": f"/{name}", "text": label}]}
        content |= _escaped(print_metadata(book, whole(book), words))
    _write_config(target, content)


def _escaped(content: Any) -> Any:
    """Values of the metadata whose texts Quarto takes for Markdown, so that they stay text."""
    if isinstance(content, dict):
        return {name: _escaped(part) for name, part in content.items()}
    if isinstance(content, list):
        return [_escaped(part) for part in content]
    return metadata(content) if isinstance(content, str) else content


def _write_config(target: Path, content: Any) -> None:
    with target.open("w", encoding="utf-8") as stream:
        YAML().dump(content, stream)


def _without_web_fonts(theme: Any) -> Any:
    """A theme that asks no other host for its fonts."""
    if isinstance(theme, dict):
        return {name: _without_web_fonts(part) for name, part in theme.items()}
    parts = [theme] if isinstance(theme, str) else list(theme)
    return parts if THEME in parts else [*parts, THEME]
