"""What earlier versions wrote out in the notebooks of a folder about those who did not answer, as
calls that say it where the population is known."""

import re
from collections.abc import Sequence

from evaluation.language.texts import LANGUAGES, texts
from evaluation.notebook.moved import Cell

# key of the text, what stands around it (%s), the module that is imported, the call
WRITTEN = (
    (
        "bounds.known.heading",
        "## %s {#sec-bounds}",
        "survey",
        'survey.on_bounds(report, "heading")',
    ),
    ("bounds.known.text", "@tbl-bounds %s", "survey", 'survey.on_bounds(report, "text")'),
    ("waves.on_answered.all", "@tbl-waves %s", "waves", "waves.on_answered(report)"),
    ("questions.reservation.known", "%s", "questions", "questions.reservation(report)"),
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
    for key, around, module, call in WRITTEN:
        if _imports(code, module):
            for language in LANGUAGES:
                said = around.replace("%s", texts(language)(key))
                source = source.replace(said, around.replace("%s", f"`{{python}} {call}`"))
    return source


def _caption(source: str, code: str) -> str:
    if not _imports(code, "survey"):
        return source
    written = [f"#|   {language}: '{texts(language)(CAPTION)}'" for language in LANGUAGES]
    said = "\n".join(["#| tbl-cap:", *written])
    return source.replace(said, "#| tbl-cap: '`{python} survey.on_bounds(report, \"caption\")`'")


def _imports(code: str, module: str) -> bool:
    return bool(re.search(rf"(?m)^from evaluation\.report\.chapters import .*\b{module}\b", code))
