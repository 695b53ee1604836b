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
from evaluation.scaffold.blocks import Block, Item, items
from evaluation.scaffold.titles import title

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
# figures on the waves, and questions in one of them
MOST_FIGURES, MOST = 4, 8
# the cell of the chapter on the waves that the figures stand before
AFTER_FIGURES = "da-04"
TABLE = """#| label: tbl-{anchor}
#| tbl-cap: {caption}
respondents.table(report, {asked})"""
QUOTED = "open_answers.quotations(report, {asked})"
# options that a sentence tells without a figure
FEW = 3
# the largest and the smallest shares on the front page, of each so many
MOST_FINDINGS = 2
FINDING = (
    "- **`{{python}} overview.{end}(report, {place}).share`** "
    "`{{python}} overview.{end}(report, {place}).sentence`"
)
HEADING = re.compile(r"# (.+) \{#[^{}]*\}")


def chapter(
    anchor: str,
    block: Block,
    codebook: Codebook,
    languages: tuple[str, ...],
    wave: int | None = None,
) -> NotebookNode:
    """A chapter with a section for each item of a block, in each of `languages`; of those who
    answered, with one table.

    anchor tells the chapters' anchors apart; wave is the parameter of that name, which a chapter
    without one does not take.
    """
    make = _respondents if block.respondents else _chapter
    editions = [make(anchor, block, codebook, language, wave) for language in languages]
    cells: list[NotebookNode] = []
    for same in zip(*editions, strict=True):
        cells += same if same[0].cell_type == "markdown" else same[:1]
    return _notebook(cells)


def _chapter(
    anchor: str, block: Block, codebook: Codebook, language: str, wave: int | None
) -> list[NotebookNode]:
    written = any(item.questions[0].type == "text" for item in block.items)
    name = block.titles[language]
    cells = [
        _title(name, anchor, language),
        *_opening(language, wave, ("open_answers, " if written else "") + "questions"),
    ]
    for item in block.items:
        heading = title(_heading(item, codebook, language))
        # the only section has said its name as the chapter
        shown = len(block.items) > 1 or heading != name
        cells += _section(item, heading if shown else "", language)
    return cells


def _respondents(
    anchor: str, block: Block, codebook: Codebook, language: str, wave: int | None
) -> list[NotebookNode]:
    """Who answered: one table, and a sentence for each number."""
    told = texts(language)
    groups = [item.id for item in block.items if item.questions[0].options]
    numbers = [item for item in block.items if not item.questions[0].options]
    views = "overview, " + ("questions, " if numbers else "") + "respondents"
    cells = [_title(block.titles[language], anchor, language), *_opening(language, wave, views)]
    if groups:
        asked, table = _quoted(groups), f"tbl-block-{anchor}"
        cells.append(_prose(told("new.respondents.told", table=table, asked=asked), language))
        caption = told("new.respondents.caption")
        cells.append(_code(TABLE.format(anchor=f"block-{anchor}", caption=caption, asked=asked)))
    for item in numbers:
        cells += _section(item, title(_heading(item, codebook, language)), language)
    return cells


def front(
    codebook: Codebook, made: dict[str, NotebookNode], language: str, wave: int
) -> NotebookNode:
    """The front page: who was asked what, the shares that stand out, and the chapters.

    made: file in the folder -> chapter.
    """
    told = texts(language)
    headlines = [
        question
        for question in codebook.questions.values()
        if question.headline and not question.background
    ]
    several = min(MOST_FINDINGS, len(headlines) // 2)
    # the largest first, the smallest last
    places = [("strongest", place) for place in range(1, several + 1)]
    places += [("weakest", place) for place in range(several, 0, -1)]
    if len(headlines) == 1:
        places = [("strongest", 1)]
    text = [told("new.front.answered") if codebook.questions else told("new.front.waiting")]
    if places:
        text += [
            f"## {told('new.front.findings')} {{#sec-findings .unnumbered}}",
            *([told("new.front.picked")] if several else []),
            "::: {.key-findings}",
            "\n".join(FINDING.format(end=end, place=place) for end, place in places),
            ":::",
            "`{python} overview.further(report)`",
        ]
    if made:
        listed = [f"- [{_title_of(each, language)}]({file})" for file, each in made.items()]
        text += [
            f"## {told('new.front.contents')} {{#sec-contents .unnumbered}}",
            told("new.front.chapters"),
            "\n".join(listed),
        ]
    text.append(told("new.front.reservation"))
    cells = [
        _prose(f"# {told('new.front.title')} {{#sec-overview .unnumbered}}", language),
        *_opening(language, wave, "overview, questions"),
        _prose("\n\n".join(text), language),
    ]
    return _notebook(cells)


def _title_of(notebook: NotebookNode, language: str) -> str:
    """The title of a chapter in a language, as Markdown."""
    found = (
        HEADING.match(cell.source)
        for cell in notebook.cells
        if cell.cell_type == "markdown" and language in cell.metadata.get("tags", [])
    )
    return next(heading[1] for heading in found if heading)


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
    for item in items(codebook):
        (batteries.append if len(item.questions) > 1 else alone.extend)(item.questions)
    shown = [*batteries, *([tuple(alone)] if alone else [])][:MOST_FIGURES]
    cells = [
        _code(
            WAVES.format(
                number=number,
                asked=_quoted([question.id for question in questions[:MOST]]),
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


def _section(item: Item, heading: str, language: str) -> list[NotebookNode]:
    """What an item says, and its figure unless a sentence tells all; without a heading, right below
    the title of the chapter."""
    first = item.questions[0]
    anchor = item.id.replace("_", "-")
    asked = _quoted([question.id for question in item.questions])
    alone = len(item.questions) == 1
    all_told = alone and first.type == "single" and len(first.options) <= FEW
    view = "all_said" if all_told else "said" if alone else "compared"
    told = [
        *([f"## {asked_words(heading, language)} {{#sec-{anchor}}}"] if heading else []),
        f"`{{python}} questions.{view}(report, {asked})`",
    ]
    if alone and first.type == "text":
        told.append(f"`{{python}} open_answers.themes(report, {asked})`")
    cells = [_prose("\n\n".join(told), language)]
    if first.options and not all_told:
        cells.append(_code(FIGURE.format(anchor=anchor, asked=asked)))
    elif first.type == "text":
        cells.append(_code(QUOTED.format(asked=asked)))
    return cells


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _title(name: str, anchor: str, language: str) -> NotebookNode:
    return _prose(f"# {asked_words(name, language)} {{#sec-block-{anchor}}}", language)


def _heading(item: Item, codebook: Codebook, language: str) -> str:
    """What a battery or a question is called."""
    first = item.questions[0]
    if first.group and len(item.questions) > 1:
        return codebook.groups[first.group].label[language]
    return first.label[language]


def asked_words(wording: str, language: str) -> str:
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
