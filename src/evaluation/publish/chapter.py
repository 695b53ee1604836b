"""From a chapter's file to pandoc Markdown: what Quarto makes of an executed notebook."""

import re
from pathlib import Path, PurePosixPath

import nbformat

from evaluation import edition, inline
from evaluation.errors import InputError
from evaluation.tables import one_line

OPTIONS = {
    "label",
    "fig-cap",
    "fig-alt",
    "tbl-cap",
    "echo",
    "include",
    "output",
    "classes",
}
LABEL = re.compile(r"(fig|tbl)-[\w-]+")
# what Quarto would make something of, and this renderer would show as it stands
UNKNOWN = (
    (r"\{\{<", "a shortcode"),
    (r"\A---[ \t]*$", "front matter"),
    (r"^```\{\w+\}", "an executable code block"),
    (r"\{[^}\n]*\.(panel-\w+|column-\w+|aside)\b[^}\n]*\}", "a layout block"),
    (r"\{[^}\n]*\blayout(-\w+)?=[^}\n]*\}", "a layout"),
    (r"\{#(eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|alg)-[^}\n]*\}", "this kind of cross-reference"),
)
IMAGES = {"image/svg+xml": "svg", "image/png": "png"}


def chapter_markdown(root: Path, file: str, assets: dict[str, bytes]) -> str:
    """Markdown of a .qmd or executed .ipynb; images are added to `assets` by their path.

    Raises InputError for what the embedded renderer does not know.
    """
    text = (
        _notebook(root, file, assets)
        if file.endswith(".ipynb")
        else (root / file).read_text(encoding="utf-8")
    )
    for pattern, what in UNKNOWN:
        match = re.search(pattern, text, re.MULTILINE)
        if match:
            row = text.count("\n", 0, match.start()) + 1 if file.endswith(".qmd") else None
            refuse(file, what, match.group().strip(), row)
    return text


def refuse(file: str, what: str, value: str, row=None):
    raise InputError(
        file,
        f"{what} is not known to the embedded renderer",
        "remove it, or render with Quarto",
        row=row,
        value=value,
    )


def _notebook(root: Path, file: str, assets: dict[str, bytes]) -> str:
    notebook = nbformat.read(root / file, as_version=4)
    blocks = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            try:
                blocks.append(inline.resolve(cell.source, inline.results(cell)))
            except KeyError as missing:
                refuse(file, "an inline expression without a result", str(missing), cell.id)
        elif cell.cell_type == "code":
            blocks.append(_code_cell(cell, file, assets))
    return "\n\n".join(filter(None, blocks)) + "\n"


def _code_cell(cell, file: str, assets: dict[str, bytes]) -> str:
    options = edition.read_options(cell)
    for option in options:
        if option not in OPTIONS:
            refuse(file, f"the cell option {option}", str(options[option]), cell.id)
    if not LABEL.fullmatch(options.get("label", "fig-none")):
        refuse(file, "a label other than fig-… and tbl-…", options["label"], cell.id)
    if options.get("include", True) is False or options.get("output", True) is False:
        return ""
    parts = [
        _output(output.data, options, number, cell, file, assets)
        for number, output in enumerate(
            (output for output in cell.outputs if "data" in output), start=1
        )
    ]
    text = "\n\n".join(filter(None, parts))
    return f"::: {{.{options['classes']}}}\n{text}\n:::" if "classes" in options else text


def _output(data, options: dict, number: int, cell, file: str, assets: dict[str, bytes]) -> str:
    label = str(options.get("label", cell.id))
    if "text/markdown" in data:
        body = data["text/markdown"]
        if label.startswith("tbl-"):
            return f"::: {{#{label}}}\n{body}\n\n{options.get('tbl-cap', '')}\n:::"
        return body
    kind = next((kind for kind in IMAGES if kind in data), None)
    if kind is None:
        refuse(file, f"an output of type {', '.join(data)}", "", cell.id)
    path = PurePosixPath(file)
    image = f"{path.stem}_files/figure-html/{label}-output-{number}.{IMAGES[kind]}"
    content = data[kind]
    assets[str(path.parent / image)] = content.encode() if isinstance(content, str) else content
    alt = _attribute(options.get("fig-alt", ""))
    picture = f'![]({image}){{alt="{alt}"}}'
    if not label.startswith("fig-"):
        return picture
    return f"::: {{#{label}}}\n{picture}\n\n{options.get('fig-cap', '')}\n:::"


def _attribute(text: str) -> str:
    return one_line(text).replace("&", "&amp;").replace('"', "&quot;").replace("\\", "\\\\")
