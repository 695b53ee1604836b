"""The report format: where its Typst partials, style sheet and Quarto scripts are."""

import shutil
from pathlib import Path

EXTENSIONS = "_extensions"
FONTS = f"{EXTENSIONS}/rapport/fonts"


def extensions_of(root: Path) -> Path:
    """The folder's own `_extensions`, or the ones that come with the library."""
    own = root / EXTENSIONS
    return own if (own / "rapport" / "_extension.yml").is_file() else _packaged()


def add_extensions(root: Path) -> None:
    """Give a folder without `_extensions` those of the library, for Quarto's native commands."""
    source = extensions_of(root)
    if source != root / EXTENSIONS:
        ignored = shutil.ignore_patterns("__pycache__", "fonts")
        shutil.copytree(source, root / EXTENSIONS, ignore=ignored, dirs_exist_ok=True)


def _packaged() -> Path:
    installed = Path(__file__).parent / EXTENSIONS
    return installed if installed.is_dir() else Path(__file__).parents[2] / EXTENSIONS
