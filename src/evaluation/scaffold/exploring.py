"""The notebooks of a new folder that its author explores with, about questions that it has.

They are neither chapters nor part of the pipeline. A cell that needs a kind of question is left out
where the folder has none, and text is there in the language of the folder only: in JupyterLab
nothing chooses one.
"""

import json
from collections.abc import Iterator
from importlib import resources

from nbformat import NotebookNode

from evaluation.language.texts import LANGUAGES
from evaluation.notebook.edition import tags
from evaluation.project.codebook import Codebook, Question
from evaluation.scaffold.chapters import packaged

# in the metadata of a cell: the names that it needs of those in the cell with the id CHOICES
NEEDS = "needs"
CHOICES = "choices-01"
MOST = 8  # groups that recipes compare
LEVELS = 3  # of a scale, and items of a battery, at least


def exploring(codebook: Codebook, language: str) -> dict[str, NotebookNode]:
    """File in the folder -> notebook.

    codebook: the questions that they are about; language: of the report.
    """
    chosen = _chosen(codebook)
    sources = resources.files("evaluation.scaffold").joinpath("exploring").iterdir()
    return {
        f"notebooks/{source.name}": _about(packaged(source, language), chosen, language)
        for source in sources
    }


def _about(
    notebook: NotebookNode, chosen: dict[str, str | list[str]], language: str
) -> NotebookNode:
    cells, used = [], set[str]()
    others = set(LANGUAGES) - {language}
    for cell in notebook.cells:
        needed = set(cell.metadata.pop(NEEDS, ()))
        if not others & set(tags(cell)) and needed <= set(chosen):
            cells.append(cell)
            used |= needed
    for cell in cells:
        if cell.id == CHOICES:
            # ids and lists of ids are written in Python as in JSON
            told = {name: json.dumps(chosen[name], indent=4) for name in chosen if name in used}
            cell.source = "\n".join(f"{name} = {value}" for name, value in told.items())
    notebook.cells = cells
    return notebook


def _chosen(codebook: Codebook) -> dict[str, str | list[str]]:
    """Name in the notebooks -> the question, questions or battery that it stands for at first."""
    asked = [question for question in codebook.questions.values() if not question.sensitive]
    scales = [each for each in asked if _is_scale(each)]
    makers = [each for each in codebook.backgrounds if each in asked and each.options]
    makers += [each for each in asked if each.type == "single" and 1 < len(each.options) <= MOST]
    found: dict[str, str | list[str]] = {}
    if scales:
        found["outcome"] = scales[0].id
    if groups := [each.id for each in makers if each not in scales[:1]]:
        found["groups"] = groups[0]
    if numbers := [each.id for each in asked if each.type == "number" and each.index is None]:
        found["number"] = numbers[0]
    if predictors := [str(found[name]) for name in ("groups", "number") if name in found]:
        found["predictors"] = predictors
    if several := [each.id for each in asked if each.type == "multiple" and each.was_asked]:
        found["several"] = several[0]
    if batteries := list(_batteries(codebook)):
        found["items"] = batteries[0]
    return found


def _batteries(codebook: Codebook) -> Iterator[list[str]]:
    """The questions of each battery that are asked on one scale."""
    for group in codebook.groups:
        items = codebook.in_group(group)
        alike = all(_is_scale(each) and each.codes == items[0].codes for each in items)
        if len(items) >= LEVELS and alike:
            yield [each.id for each in items]


def _is_scale(question: Question) -> bool:
    on_scale = [option for option in question.options if not option.off_scale]
    return question.type == "ordinal" and len(on_scale) >= LEVELS
