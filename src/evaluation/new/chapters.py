"""The notebooks of a new folder: a chapter for each block of questions, and the front page.

What the export says stands in them as escaped text, for the author to edit; numbers are inline
expressions.
"""

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from evaluation.codebook import Codebook
from evaluation.new.blocks import Item
from evaluation.tables import escape
from evaluation.texts import texts

KERNEL = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
OPENING = """from evaluation.report import open_report
from evaluation.views import {views}

report = open_report(language)"""
FIGURE = """#| label: fig-{anchor}
#| fig-cap: '`{{python}} questions.caption(report, {asked})`'
#| fig-alt: '`{{python}} figure.alt`'
figure = report.{call}
figure"""
TABLE = """#| label: tbl-{anchor}
#| tbl-cap: '`{{python}} questions.caption(report, {asked})`'
questions.numbers(report, {asked})"""
QUOTED = "open_answers.quotations(report, {asked})"


def chapter(number: int, items: list[Item], codebook: Codebook, language: str) -> NotebookNode:
    """A chapter with a section for each item; number tells the chapters' anchors apart."""
    topic = _heading(items[0], codebook, language)
    written = any(item.questions[0].type == "text" for item in items)
    title = topic if len(items) == 1 else texts(language)("new.chapter", topic=topic)
    cells = [
        _prose(f"# {escape(title)} {{#sec-block-{number}}}", language),
        _code(f'language = "{language}"', ["parameters"]),
        _code(OPENING.format(views="open_answers, questions" if written else "questions")),
    ]
    for item in items:
        cells += _section(item, codebook, language)
    return _notebook(cells)


def front(codebook: Codebook, language: str) -> NotebookNode:
    """The front page: how many answered, and the shares that stand out."""
    told = texts(language)
    findings = [
        f'- **`{{python}} report.share("{question.id}").full`** {escape(question.label[language])}'
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
        _code(f'language = "{language}"', ["parameters"]),
        _code(OPENING.format(views="questions")),
        _prose("\n\n".join(text[1:]), language),
    ]
    return _notebook(cells)


def _section(item: Item, codebook: Codebook, language: str) -> list[NotebookNode]:
    first = item.questions[0]
    anchor = item.id.replace("_", "-")
    asked = ", ".join(f'"{question.id}"' for question in item.questions)
    view = "compared" if len(item.questions) > 1 else "said"
    told = [
        f"## {escape(_heading(item, codebook, language))} {{#sec-{anchor}}}",
        f"`{{python}} questions.{view}(report, {asked})`",
    ]
    cells = [_prose("\n\n".join(told), language)]
    if first.type in ("single", "ordinal"):
        cells.append(_code(FIGURE.format(anchor=anchor, asked=asked, call=f"answers({asked})")))
    elif first.type == "multiple":
        cells.append(_code(FIGURE.format(anchor=anchor, asked=asked, call=f"ranked({asked})")))
    elif first.type == "number":
        cells.append(_code(TABLE.format(anchor=anchor, asked=asked)))
    elif first.type == "text":
        cells.append(_code(QUOTED.format(asked=asked)))
    return cells


def _heading(item: Item, codebook: Codebook, language: str) -> str:
    """What a battery or a question is called."""
    first = item.questions[0]
    named = codebook.groups[first.group] if len(item.questions) > 1 else first
    return named.label[language]


def _prose(text: str, language: str) -> NotebookNode:
    return new_markdown_cell(text, metadata={"tags": [language]})


def _code(source: str, tags: list[str] | None = None) -> NotebookNode:
    return new_code_cell(source, metadata={"tags": tags} if tags else {})


def _notebook(cells: list[NotebookNode]) -> NotebookNode:
    for number, cell in enumerate(cells, start=1):
        cell.id = f"cell-{number:02d}"
    return new_notebook(cells=cells, metadata=KERNEL)
