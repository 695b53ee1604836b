"""The report format: where its Typst partials, style sheet and Quarto scripts are."""

import shutil
from pathlib import Path

EXTENSIONS = "_extensions"
FORMAT = f"{EXTENSIONS}/rapport"
FONTS = f"{FORMAT}/fonts"
THEME = f"{FORMAT}/theme.scss"
FILTER = f"{FORMAT}/edition.py"
# stands in a copy that the library made, and will make again
COPIED = "copied-from-the-library"
SCRIPTS = shutil.ignore_patterns("*.py", "__pycache__", "fonts", COPIED)


def extensions_of(root: Path) -> Path:
    """The folder's own `_extensions`, or the ones that come with the library."""
    own = root / FORMAT
    return own.parent if (own / "_extension.yml").is_file() and not _is_copy(own) else _packaged()


def copy_extensions(root: Path, target: Path) -> None:
    """Put the report format of the folder `root` into `target`, without its scripts; what a
    format of the folder's own does not have is the library's."""
    for source in dict.fromkeys((_packaged(), extensions_of(root))):
        shutil.copytree(source, target / EXTENSIONS, ignore=SCRIPTS, dirs_exist_ok=True)


def add_extensions(root: Path) -> None:
    """Give a folder without `_extensions` those of the library, for Quarto's own commands."""
    source = extensions_of(root)
    if source != root / EXTENSIONS:
        ignored = shutil.ignore_patterns("__pycache__", "fonts")
        shutil.copytree(source, root / EXTENSIONS, ignore=ignored, dirs_exist_ok=True)
        (root / FORMAT / COPIED).touch()


def _is_copy(own: Path) -> bool:
    return (own / COPIED).is_file()


def _packaged() -> Path:
    installed = Path(__file__).parent / EXTENSIONS
    return installed if installed.is_dir() else Path(__file__).parents[2] / EXTENSIONS
