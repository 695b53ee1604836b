"""What a published report was made from, by its digests: a file beside the pages of the site.

Data are told by one digest of them all: a table with a few names is guessed from a digest of its
own, and the names of files may tell somebody too. Where they hold answers that are not shown they
are told by none: of a small survey every table that fits what is published can be tried against it.
That a report is of its data is then proved by making it again.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from evaluation.base.errors import InputError
from evaluation.base.version import installed
from evaluation.base.whole_files import written_whole
from evaluation.project.config import load_config
from evaluation.project.extension import extensions_of
from evaluation.publish.site import SITE

FILE = "manifest.json"
DATA = "data/raw"
# of an evaluation folder, besides its data and the format of its report
SOURCES = ("*.yml", "*.qmd", "*.bib", "*.csl", "*.cff", "*.lock", "*.ipynb", "notebooks/**/*")
LIBRARY = Path(__file__).parents[1]


def inputs(root: Path) -> dict[str, str]:
    """What the report of an evaluation folder is made from, by name, with its SHA-256: each file
    that its authors wrote, all data where these may be guessed, the format of the report and the
    library."""
    config = load_config(root)
    guarded = config.survey is not None or config.min_cell > 1
    files = {path for pattern in SOURCES for path in root.glob(pattern) if path.is_file()}
    return {
        **{
            path.relative_to(root).as_posix(): _digest(path)
            for path in sorted(files)
            if ".ipynb_checkpoints" not in path.parts
        },
        **({} if guarded else {DATA: _digest_of_all(root / DATA)}),
        "_extensions": _digest_of_all(extensions_of(root)),
        f"evaluation-report {installed()}": _digest_of_all(LIBRARY),
    }


def write(
    site: Path,
    made_from: Mapping[str, str],
    renderer: str,
    parameters: Mapping[str, Any],
    rendered: Collection[str],
) -> None:
    """Write the manifest of a site.

    made_from: see `inputs`; renderer: embedded or quarto; parameters: those given to the build;
    rendered: the languages that were made anew. What is said of the others stays as it was, or a
    page that somebody changed would become one of the report.
    """
    before = _read(site / FILE)["outputs"] if (site / FILE).is_file() else {}
    outputs = {
        file: before.get(file, digest) if _edition(file) not in {"", *rendered} else digest
        for file, digest in digests(site).items()
    }
    content = {
        "renderer": renderer,
        "parameters": dict(parameters),
        "inputs": dict(made_from),
        "outputs": outputs,
    }
    (site / FILE).write_text(_text(content), "utf-8")


def say_inputs(root: Path, made_from: Mapping[str, str]) -> None:
    """Say of a published report that is up to date what it would be made from now."""
    path = root / SITE / FILE
    if path.is_file() and (content := _read(path))["inputs"] != made_from:
        with written_whole(path) as file:
            file.write_text(_text(content | {"inputs": dict(made_from)}), "utf-8")


def read(root: Path) -> dict[str, Any]:
    """The manifest of the report of an evaluation folder; raises InputError where it has none."""
    path = root / SITE / FILE
    if not path.is_file():
        raise InputError(
            path,
            "a published report has a manifest of what it was made from",
            "publish it with `evaluation build`",
        )
    return _read(path)


def digests(site: Path) -> dict[str, str]:
    """The SHA-256 of every file of a site but its manifest."""
    return {
        path.relative_to(site).as_posix(): _digest(path)
        for path in sorted(site.rglob("*"))
        if path.is_file() and path != site / FILE
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
        if set(content) == {"renderer", "parameters", "inputs", "outputs"}:
            return dict(content)
    except (ValueError, TypeError):
        pass
    raise InputError(
        path,
        "the manifest is as a build wrote it",
        "remove it, and publish the report again with `evaluation build`",
    )


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _edition(file: str) -> str:
    """The language of a file of a site; empty for what stands above the languages."""
    return file.partition("/")[0] if "/" in file else ""


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest_of_all(folder: Path) -> str:
    """One digest of all files of a folder, their names and what is in them."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
            name = path.relative_to(folder).as_posix()
            digest.update(f"{name}\0{_digest(path)}\n".encode())
    return digest.hexdigest()
