"""Staging: a copy of the project for one language, with executed notebooks, ready to render."""

import shutil
from pathlib import Path, PurePosixPath

import nbformat
from ruamel.yaml import YAML

from evaluation import edition, figure_data, ledger
from evaluation.extension import EXTENSIONS, FONTS, extensions_of
from evaluation.folder import Folder
from evaluation.fonts import STYLES, font_file
from evaluation.spreadsheets import write_csv
from evaluation.texts import texts
from evaluation.yaml_files import read_yaml

DOWNLOADS = "downloads"
# what the copy must not do again: it is executed and in one language already
NATIVE_ONLY = (("project", "pre-render"), ("ipynb-filters",))


def stage(root: Path, target: Path, language: str, executed: dict[str, Path]) -> None:
    """Fill the empty folder `target`; `executed` maps a notebook's file to its executed copy."""
    for name in ("_quarto.yml", f"_quarto-{language}.yml"):
        _copy_config(root / name, target / name)
    for source in root.glob("*.qmd"):
        text = edition.text_in_language(source.read_text("utf-8"), language)
        (target / source.name).write_text(text, "utf-8")
    for source in (*root.glob("*.bib"), *root.glob("*.csl")):
        shutil.copy(source, target / source.name)
    shutil.copytree(
        extensions_of(root),
        target / EXTENSIONS,
        ignore=shutil.ignore_patterns("*.py", "__pycache__", "fonts"),
    )
    copy_fonts(target)
    for file, copy in executed.items():
        notebook = nbformat.read(copy, as_version=4)
        edition.for_publication(notebook)
        figure_data.add(notebook, texts(language), up_to_downloads(file))
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, target / file)
    write_downloads(Folder(root), target / DOWNLOADS, language, executed)


def write_downloads(folder: Folder, target: Path, language: str, executed: dict[str, Path]) -> None:
    """Put what readers can download into `target`, to which the chapters link: the number ledger,
    the numbers of each figure, and the tables that evaluation.yml names."""
    chapters = [(file, nbformat.read(path, as_version=4)) for file, path in executed.items()]
    shown = [chapter for chapter in chapters if not ledger.is_ledger(chapter[1])]
    listed = ledger.table(shown, texts(language))
    target.mkdir(exist_ok=True)
    for name in folder.config().downloads:
        write_csv(folder.read(name), target / f"{name}.csv")
    write_csv(listed, target / f"number_ledger_{language}.csv")
    for _, notebook in shown:
        for name, numbers in figure_data.files(notebook, texts(language)):
            write_csv(numbers, target / name)


def up_to_downloads(file: str) -> str:
    """The way from a chapter, by its path in the project, to the downloads."""
    return "../" * (len(PurePosixPath(file).parts) - 1) + DOWNLOADS


def copy_fonts(root: Path) -> None:
    """Put the fonts of figures and headings where Typst looks for them."""
    folder = root / FONTS
    folder.mkdir(parents=True, exist_ok=True)
    for style in STYLES:
        font = font_file(style)
        (folder / font.name).write_bytes(font.read_bytes())


def _copy_config(source: Path, target: Path) -> None:
    content = read_yaml(source)
    for *parents, key in NATIVE_ONLY:
        entries = content
        for parent in parents:
            entries = entries.get(parent, {})
        entries.pop(key, None)
    with target.open("w", encoding="utf-8") as stream:
        YAML().dump(content, stream)
