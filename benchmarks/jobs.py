"""What a report executes: every notebook with its parameters."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluation.project import parameters
from evaluation.project.config import load_config
from evaluation.publish.embedded.book import read_book


def jobs(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """(notebook, parameters) of a folder: its pipeline, then the chapters of each edition."""
    config = load_config(folder)
    wanted: list[tuple[str, dict[str, Any]]] = [(file, {}) for file in config.pipeline]
    wanted += [
        (file, {"language": language})
        for language in config.languages
        for file in read_book(folder, language).pages
        if file.endswith(".ipynb")
    ]
    for file, chosen in wanted:
        yield folder / file, parameters.injected(config, folder / file, chosen)
