"""The report format: where its Typst partials and style sheets are."""

import shutil
from pathlib import Path

from evaluation.base.plain_files import there

EXTENSIONS = "_extensions"
FORMAT = f"{EXTENSIONS}/rapport"
FONTS = f"{FORMAT}/fonts"
THEME = f"{FORMAT}/theme.scss"
PAGE = f"{FORMAT}/page.typ"
# stands in a copy that the library made, and will make again
COPIED = "copied-from-the-library"
LEFT_OUT = shutil.ignore_patterns("__pycache__", "fonts", COPIED)


def extensions_of(root: Path) -> Path:
    """The folder's own `_extensions`, or the ones that come with the library."""
    own = root / FORMAT
    return own.parent if (own / "_extension.yml").is_file() and not _is_copy(own) else _packaged()


def copy_extensions(root: Path, target: Path) -> None:
    """Put the report format of the folder `root` into `target`; what a format of the folder's own
    does not have is the library's."""
    for source in dict.fromkeys((_packaged(), extensions_of(root))):
        shutil.copytree(source, target / EXTENSIONS, ignore=LEFT_OUT, dirs_exist_ok=True)


def is_there(root: Path, file: str) -> bool:
    """Whether the folder `root` has a file, or the library has it among its report formats."""
    places = (root, _packaged().parent) if Path(file).parts[:1] == (EXTENSIONS,) else (root,)
    return any(there(place / file) for place in places)


def add_extensions(root: Path) -> None:
    """Give a folder without `_extensions` those of the library: Quarto, run there, looks for them
    before it says anything."""
    source = extensions_of(root)
    if source != root / EXTENSIONS:
        shutil.copytree(source, root / EXTENSIONS, ignore=LEFT_OUT, dirs_exist_ok=True)
        (root / FORMAT / COPIED).touch()


def _is_copy(own: Path) -> bool:
    return (own / COPIED).is_file()


def _packaged() -> Path:
    installed = Path(__file__).parents[1] / EXTENSIONS
    return installed if installed.is_dir() else Path(__file__).parents[3] / EXTENSIONS
