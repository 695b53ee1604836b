"""Staging: a copy of the project for one language, with executed notebooks, ready to render."""

import shutil
from pathlib import Path

import nbformat
from ruamel.yaml import YAML

from evaluation import edition
from evaluation.fonts import STYLES, font_file
from evaluation.yaml_files import read_yaml

EXTENSIONS = "_extensions"
FONTS = f"{EXTENSIONS}/rapport/fonts"
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
        root / EXTENSIONS,
        target / EXTENSIONS,
        ignore=shutil.ignore_patterns("*.py", "__pycache__", "fonts"),
    )
    copy_fonts(target)
    for file, copy in executed.items():
        notebook = nbformat.read(copy, as_version=4)
        edition.for_publication(notebook)
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, target / file)


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
