"""What of the library nothing uses: not the library, a notebook, or the reference for authors.

`python tests/support/dead_code.py` prints it, and exits with 1 where there is any. What only tests
call is dead. Settings are those of vulture in pyproject.toml.
"""

import re
import sys
import tomllib
from pathlib import Path

import nbformat
from vulture import Vulture

from evaluation.publish.reference import modules, public

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ("index.ipynb", "notebooks/*.ipynb", "examples/*/notebooks/*.ipynb")
INLINE = re.compile(r"`\{python\} ([^`]+)`")
COMMAND = re.compile(r"^\s*[%!].*$", re.MULTILINE)


def code(path: Path) -> str:
    """The code of a notebook: its cells, and the inline expressions of prose and captions."""
    cells = nbformat.read(path, as_version=4).cells
    written = [COMMAND.sub("", cell.source) for cell in cells if cell.cell_type == "code"]
    inline = [found for cell in cells for found in INLINE.findall(cell.source)]
    return "\n".join([*written, *inline])


def offered() -> str:
    """What the reference for authors describes, as code that uses it, with the parts of results."""
    items = [found for module in modules() for found in public(module).items()]
    methods_and_functions = [name for name, _ in items]
    parts = [
        f"{name}.{part}"
        for name, item in items
        if isinstance(item, type)
        for part in vars(item) | item.__annotations__
        if not part.startswith("_")
    ]
    return "\n".join(methods_and_functions + parts)


def unused() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["vulture"]
    vulture = Vulture(ignore_names=settings["ignore_names"])
    vulture.scavenge([ROOT / "src"])
    notebooks = [*(ROOT / "src").rglob("*.ipynb")]
    notebooks += [path for places in NOTEBOOKS for path in ROOT.glob(places)]
    for path in notebooks:
        vulture.scan(code(path), filename=path)
    vulture.scan(offered(), filename=ROOT / "reference")
    found = vulture.get_unused_code(min_confidence=settings["min_confidence"])
    return [item.get_report() for item in found if item.filename.suffix == ".py"]


if __name__ == "__main__":
    found = unused()
    print(*found, sep="\n")
    sys.exit(bool(found))
