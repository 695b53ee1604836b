"""From a chapter's file to pandoc Markdown, as Quarto puts it together."""

import re
from base64 import b64decode
from pathlib import Path, PurePosixPath
from posixpath import dirname, join, normpath

import nbformat
from nbformat import NotebookNode

from evaluation.base.errors import InputError
from evaluation.publish import pictures

# what Quarto would make something of, and this renderer would show as it stands
UNKNOWN = (
    (r"\{\{<", "a shortcode"),
    (r"\A---[ \t]*$", "front matter"),
    (r"^```\{\w+\}", "an executable code block"),
    (r"\{[^}\n]*\.(panel-\w+|column-\w+|aside)\b[^}\n]*\}", "a layout block"),
    (r"\{[^}\n]*\blayout(-\w+)?=[^}\n]*\}", "a layout"),
    (r"\{#(eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|alg)-[^}\n]*\}", "this kind of cross-reference"),
)
IMAGES = {"image/svg+xml", "image/png", "image/jpeg"}


def chapter_markdown(root: Path, file: str, assets: dict[str, bytes]) -> str:
    """Markdown of a .qmd or a notebook of Markdown cells; images are added to `assets` by their
    path.

    Raises InputError for what the embedded renderer does not know.
    """
    attached: dict[str, bytes] = {}
    text = (
        _notebook(root, file, attached)
        if file.endswith(".ipynb")
        else (root / file).read_text(encoding="utf-8")
    )
    assets |= attached
    for name in pictures.files(text):
        path = normpath(join(dirname(file), name))
        if path not in attached:
            assets[path] = (root / path).read_bytes()
    for pattern, what in UNKNOWN:
        match = re.search(pattern, text, re.MULTILINE)
        if match:
            row = text.count("\n", 0, match.start()) + 1 if file.endswith(".qmd") else None
            raise InputError(
                file,
                f"the embedded renderer knows what is used, but not {what}",
                "remove it, or render with Quarto",
                row=row,
                value=match.group().strip(),
            )
    return text


def _notebook(root: Path, file: str, assets: dict[str, bytes]) -> str:
    notebook = nbformat.read(root / file, as_version=4)
    return "\n\n".join(_with_pictures(cell, file, assets) for cell in notebook.cells) + "\n"


def _with_pictures(cell: NotebookNode, file: str, assets: dict[str, bytes]) -> str:
    """The text of a cell, its attached pictures as files with the names that Quarto gives them."""
    path = PurePosixPath(file)
    source = cell.source
    for number, (name, content) in enumerate(cell.get("attachments", {}).items(), start=1):
        kind = next((kind for kind in content if kind in IMAGES), None)
        if kind is not None:
            image = f"{path.stem}_files/figure-html/{cell.id}-{number}-{name}"
            assets[str(path.parent / image)] = b64decode(content[kind])
            source = source.replace(f"attachment:{name}", image)
    return source
