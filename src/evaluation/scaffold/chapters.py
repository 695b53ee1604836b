"""The notebooks of a new folder: a chapter for each block of questions, and the front page.

What the export says stands in them as escaped text, for the author to edit; numbers are inline
expressions.
"""

import re
from importlib.resources.abc import Traversable

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from evaluation.base.markdown import escape
from evaluation.language.texts import texts
from evaluation.notebook.prose import typed_numbers
from evaluation.project.codebook import Codebook, Question
from evaluation.project.parameters import TAG
from evaluation.scaffold.blocks import MOST, Item, blocks

KERNEL = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
LANGUAGE = re.compile(r'^language = "\w+"$', re.MULTILINE)
OPENING = """from evaluation import open_report
from evaluation.report.chapters import {views}

report = open_report(language{wave})"""
FIGURE = """#| label: fig-{anchor}
#| fig-cap: '`{{python}} questions.caption(report, {asked})`'
#| fig-alt: '`{{python}} figure.alt`'
figure = questions.figure(report, {asked})
figure"""
WAVES = """#| label: fig-waves-{number}
#| fig-cap: '`{{python}} waves.caption(report, {asked})`'
#| fig-alt: '`{{python}} figure.alt`'
figure = waves.headlines(report, {asked})
figure"""
MOST_FIGURES = 4
# the cell of the chapter on the waves that the figures stand before
AFTER_FIGURES = "da-04"
TABLE = """#| label: tbl-{anchor}
#| tbl-cap: '`{{python}} questions.caption(report, {asked})`'
questions.numbers(report, {asked})"""
QUOTED = "open_answers.quotations(report, {asked})"


def chapter(
    number: int,
    items: list[Item],
    codebook: Codebook,
    languages: tuple[str, ...],
    wave: int | None = None,
) -> NotebookNode:
    """A chapter with a section for each item, in each of `languages`.

    number tells the chapters' anchors apart; wave is the parameter of that name, which a chapter
    without one does not take.
    """
    editions = [_chapter(number, items, codebook, language, wave) for language in languages]
    cells: list[NotebookNode] = []
    for same in zip(*editions, strict=True):
        cells += same if same[0].cell_type == "markdown" else same[:1]
    return _notebook(cells)


def _chapter(
    number: int, items: list[Item], codebook: Codebook, language: str, wave: int | None
) -> list[NotebookNode]:
    topic = _heading(items[0], codebook, language)
    written = any(item.questions[0].type == "text" for item in items)
    title = topic if len(items) == 1 else texts(language)("new.chapter", topic=topic)
    cells = [
        _prose(f"# {_asked(title, language)} {{#sec-block-{number}}}", language),
        *_opening(language, wave, ("open_answers, " if written else "") + "questions"),
    ]
    for item in items:
        cells += _section(item, codebook, language)
    return cells


def front(codebook: Codebook, language: str, wave: int) -> NotebookNode:
    """The front page: how many answered, and the shares that stand out."""
    told = texts(language)
    findings = [
        f'- **`{{python}} questions.finding(report, "{question.id}")`** '
        f"{_asked(question.label[language], language)}"
        for question in codebook.questions.values()
        if question.headline
    ]
    text = [
        f"# {told('new.front.title')} {{#sec-overview .unnumbered}}",
        told("new.front.answered"),
        *(["::: {.key-findings}", "\n".join(findings[:4]), ":::"] if findings else []),
        told("new.front.reservation"),
    ]
    cells = [
        _prose(text[0], language),
        *_opening(language, wave, "questions"),
        _prose("\n\n".join(text[1:]), language),
    ]
    return _notebook(cells)


def packaged(source: Traversable, language: str) -> NotebookNode:
    """A notebook of the library for a folder whose first language is `language`."""
    notebook = nbformat.reads(source.read_text("utf-8"), as_version=4)
    for cell in notebook.cells:
        if TAG in cell.metadata.get("tags", []):
            # the default has to be a language that the folder has
            cell.source = LANGUAGE.sub(f'language = "{language}"', cell.source)
    return notebook


def with_figures(notebook: NotebookNode, codebook: Codebook) -> NotebookNode:
    """The chapter on the waves with figures of the headlines, a battery or a few questions each.

    codebook: the questions with a headline that were asked again.
    """
    batteries: list[tuple[Question, ...]] = []
    alone: list[Question] = []
    for block in blocks(codebook) if codebook.questions else []:
        for item in block:
            (batteries.append if len(item.questions) > 1 else alone.extend)(item.questions)
    shown = [*batteries, *([tuple(alone)] if alone else [])][:MOST_FIGURES]
    cells = [
        _code(
            WAVES.format(
                number=number,
                asked=", ".join(f'"{question.id}"' for question in questions[:MOST]),
            )
        )
        for number, questions in enumerate(shown, start=1)
    ]
    for number, cell in enumerate(cells, start=1):
        cell.id = f"figure-{number:02d}"
    at = next(place for place, cell in enumerate(notebook.cells) if cell.id == AFTER_FIGURES)
    notebook.cells[at:at] = cells
    return notebook


def _opening(language: str, wave: int | None, views: str) -> list[NotebookNode]:
    values, given = [f'language = "{language}"'], ""
    if wave is not None:
        values.append(f"wave = {wave}")
        given = ", wave=wave"
    return [_code("\n".join(values), [TAG]), _code(OPENING.format(views=views, wave=given))]


def _section(item: Item, codebook: Codebook, language: str) -> list[NotebookNode]:
    first = item.questions[0]
    anchor = item.id.replace("_", "-")
    asked = ", ".join(f'"{question.id}"' for question in item.questions)
    view = "compared" if len(item.questions) > 1 else "said"
    told = [
        f"## {_asked(_heading(item, codebook, language), language)} {{#sec-{anchor}}}",
        f"`{{python}} questions.{view}(report, {asked})`",
    ]
    cells = [_prose("\n\n".join(told), language)]
    if first.type in ("single", "ordinal", "multiple"):
        cells.append(_code(FIGURE.format(anchor=anchor, asked=asked)))
    elif first.type == "number":
        cells.append(_code(TABLE.format(anchor=anchor, asked=asked)))
    elif first.type == "text":
        cells.append(_code(QUOTED.format(asked=asked)))
    return cells


def _heading(item: Item, codebook: Codebook, language: str) -> str:
    """What a battery or a question is called."""
    first = item.questions[0]
    if first.group and len(item.questions) > 1:
        return codebook.groups[first.group].label[language]
    return first.label[language]


def _asked(wording: str, language: str) -> str:
    """The wording of a question as Markdown; a number in it is marked as part of the wording, or
    a build would warn that it was typed."""
    text = escape(wording)
    return f"[{text}]{{.asked}}" if typed_numbers(text, language) else text


def _prose(text: str, language: str) -> NotebookNode:
    return new_markdown_cell(text, metadata={"tags": [language]})


def _code(source: str, tags: list[str] | None = None) -> NotebookNode:
    return new_code_cell(source, metadata={"tags": tags} if tags else {})


def _notebook(cells: list[NotebookNode]) -> NotebookNode:
    for number, cell in enumerate(cells, start=1):
        cell.id = f"cell-{number:02d}"
    return new_notebook(cells=cells, metadata=KERNEL)
