"""What earlier versions wrote out in the notebooks of a folder about those who did not answer, as
calls that say it where the population is known."""

import re
from collections.abc import Sequence

from evaluation.language.texts import LANGUAGES, texts
from evaluation.notebook.moved import Cell

# module that is imported, what stood there around texts of the library, key and call of each
WRITTEN = (
    (
        "survey",
        "## {} {{#sec-bounds}}\n\n@tbl-bounds {}",
        ("bounds.known.heading", "bounds.known.text"),
        ('survey.on_bounds(report, "heading")', 'survey.on_bounds(report, "text")'),
    ),
    ("waves", "@tbl-waves {}", ("waves.on_answered.all",), ("waves.on_answered(report)",)),
    ("questions", "{}", ("questions.reservation.known",), ("questions.reservation(report)",)),
)
CAPTION = "bounds.known.caption"


def told_by_calls(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of a notebook, those sentences of it as calls that still stand as they were made.

    cells: with the imports of this version.
    """
    code = "\n".join(cell.source for cell in cells if cell.is_code)
    return [
        Cell(cell.is_code, (_caption if cell.is_code else _prose)(cell.source, code))
        for cell in cells
    ]


def _prose(source: str, code: str) -> str:
    for module, around, keys, calls in WRITTEN:
        if _imports(code, module):
            now = around.format(*(f"`{{python}} {call}`" for call in calls))
            for language in LANGUAGES:
                source = source.replace(around.format(*map(texts(language), keys)), now)
    return source


def _caption(source: str, code: str) -> str:
    if not _imports(code, "survey"):
        return source
    written = [f"#|   {language}: '{texts(language)(CAPTION)}'" for language in LANGUAGES]
    said = "\n".join(["#| tbl-cap:", *written])
    return source.replace(said, "#| tbl-cap: '`{python} survey.on_bounds(report, \"caption\")`'")


def _imports(code: str, module: str) -> bool:
    return bool(re.search(rf"(?m)^from evaluation\.report\.chapters import .*\b{module}\b", code))
