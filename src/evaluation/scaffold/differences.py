"""The chapters of a new folder on differences between groups, and on who did not answer."""

from importlib import resources

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from evaluation.language.texts import texts
from evaluation.project.codebook import Codebook, Question
from evaluation.project.parameters import TAG
from evaluation.scaffold.chapters import KERNEL, asked_words, packaged

DIFFERENCES = "notebooks/60_differences.ipynb"
NONRESPONSE = "notebooks/80_nonresponse.ipynb"
OPENING = """from evaluation import open_report
from evaluation.report.chapters import differences

report = open_report(language{wave})"""
LISTED = 'differences.listed(report, "{by}")'
TABLE = """#| label: tbl-by-{anchor}
#| tbl-cap: '`{{python}} differences.caption(report, "{by}")`'
differences.table(report, "{by}")"""
FIGURE = """#| label: fig-by-{anchor}
#| fig-cap: '`{{python}} differences.figure_caption(report, "{by}")`'
#| fig-alt: '`{{python}} figure.alt`'
figure = differences.figure(report, "{by}")
figure"""


def differences(
    codebook: Codebook, languages: tuple[str, ...], wave: int | None
) -> dict[str, NotebookNode]:
    """File in the folder -> a chapter with a section for each background question, in each of
    `languages`; none where there is no such question, or nothing to compare.

    wave: the default of the parameter of that name, which a chapter without one does not take.
    """
    compared = [
        question
        for question in codebook.questions.values()
        if question.headline and question.type != "multiple" and not question.background
    ]
    if not codebook.backgrounds or not compared:
        return {}
    titles = [texts(language)("new.differences.title") for language in languages]
    cells = [
        _prose(f"# {title} {{#sec-differences}}", language)
        for title, language in zip(titles, languages, strict=True)
    ]
    values = [f'language = "{languages[0]}"', *([] if wave is None else [f"wave = {wave}"])]
    cells += [
        new_code_cell("\n".join(values), metadata={"tags": [TAG]}),
        new_code_cell(OPENING.format(wave="" if wave is None else ", wave=wave")),
    ]
    cells += [_prose(_opening(language), language) for language in languages]
    for question in codebook.backgrounds:
        given = {"anchor": question.id.replace("_", "-"), "by": question.id}
        cells += [_prose(_section(question, language), language) for language in languages]
        cells += [new_code_cell(part.format(**given)) for part in (LISTED, FIGURE, TABLE)]
    for number, cell in enumerate(cells, start=1):
        cell.id = f"cell-{number:02d}"
    return {DIFFERENCES: new_notebook(cells=cells, metadata=KERNEL)}


def nonresponse(
    codebook: Codebook, languages: tuple[str, ...], wave: int | None
) -> dict[str, NotebookNode]:
    """File in the folder -> the chapter on who did not answer.

    codebook: of no matter to it; languages: of the report, the first of which it is set to; wave:
    as for `differences`.
    """
    name = NONRESPONSE.removeprefix("notebooks/")
    source = resources.files("evaluation.scaffold").joinpath("groups", name)
    notebook = packaged(source, languages[0])
    for cell in notebook.cells if wave is not None else ():
        if TAG in cell.metadata.get("tags", []):
            cell.source = f"{cell.source}\nwave = {wave}"
        cell.source = cell.source.replace(
            "open_report(language)", "open_report(language, wave=wave)"
        )
    return {NONRESPONSE: notebook}


def _opening(language: str) -> str:
    return f"{texts(language)('new.differences.opening')} `{{python}} differences.planned(report)`"


def _section(question: Question, language: str) -> str:
    anchor = question.id.replace("_", "-")
    heading = asked_words(question.label[language], language)
    found = f'`{{python}} differences.found(report, "{question.id}")`'
    return f"## {heading} {{#sec-by-{anchor}}}\n\n{found}"


def _prose(text: str, language: str) -> NotebookNode:
    return new_markdown_cell(text, metadata={"tags": [language]})
