"""scaffold.exploring: notebooks to explore with, about questions that the folder has."""

import ast
import builtins
import re
from itertools import combinations

import pytest
from conftest import LANGUAGES

from evaluation.cli import _parser
from evaluation.notebook.edition import tags
from evaluation.project.codebook import Codebook, Group, Option, Question
from evaluation.project.parameters import TAG
from evaluation.scaffold.exploring import CHOICES, NEEDS, exploring

TEXT = {"da": "Et spørgsmål", "en": "A question"}
STEPS = tuple(Option(code, TEXT) for code in ("a", "b", "c"))
KINDS = {
    "scale": [Question("scale", "ordinal", TEXT, TEXT, STEPS)],
    "town": [Question("town", "single", TEXT, TEXT, STEPS)],
    "several": [Question("several", "multiple", TEXT, TEXT, STEPS)],
    "age": [Question("age", "number", TEXT, TEXT)],
    "why": [Question("why", "text", TEXT, TEXT)],
    "battery": [Question(f"item_{n}", "ordinal", TEXT, TEXT, STEPS, "group") for n in (1, 2, 3)],
}


def codebook(*questions):
    return Codebook({"group": Group("group", TEXT)}, {each.id: each for each in questions})


def surveys():
    """Each set of kinds of questions that a survey may have."""
    for several in range(len(KINDS) + 1):
        for kinds in combinations(KINDS, several):
            yield codebook(*(each for kind in kinds for each in KINDS[kind]))


def code(notebook):
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")


def chosen(codebook):
    found = {}
    for notebook in exploring(codebook, "da").values():
        (cell,) = [cell for cell in notebook.cells if cell.id == CHOICES]
        exec(cell.source, {}, found)
    return found


@pytest.mark.slow
def test_no_cell_needs_what_the_survey_has_not():
    """In every notebook, whatever kinds of questions there are, each name is known."""
    for survey in surveys():
        for file, notebook in exploring(survey, "da").items():
            known = {*dir(builtins)}
            for node in ast.walk(ast.parse(code(notebook))):
                if isinstance(node, ast.alias):
                    known.add((node.asname or node.name).split(".")[0])
                elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    known.add(node.id)
            used = {
                node.id
                for node in ast.walk(ast.parse(code(notebook)))
                if isinstance(node, ast.Name)
            }
            assert used <= known, (file, list(survey.questions))


def test_a_survey_with_all_kinds_of_questions_has_all_cells():
    whole = exploring(codebook(*(each for kind in KINDS.values() for each in kind)), "da")
    for file, notebook in whole.items():
        (bare,) = [each for name, each in exploring(codebook(), "da").items() if name == file]
        assert len(notebook.cells) > len(bare.cells), file
    for name in ("OrderedModel(", "sm.OLS(", "alpha", "pointplot", "report.crosstab"):
        assert name in code(whole["notebooks/01_recipes.ipynb"])


def test_what_is_chosen_fits_its_part():
    found = chosen(codebook(*(each for kind in KINDS.values() for each in kind)))
    assert found == {
        "outcome": "scale",
        "groups": "town",
        "number": "age",
        "predictors": ["town", "age"],
        "several": "several",
        "items": ["item_1", "item_2", "item_3"],
    }


def test_groups_are_made_by_a_background_question_where_there_is_one():
    band = Question("band", "ordinal", TEXT, TEXT, STEPS, background=True)
    assert chosen(codebook(*KINDS["town"], *KINDS["scale"], band))["groups"] == "band"


def test_a_sensitive_question_is_no_example():
    health = Question("health", "single", TEXT, TEXT, STEPS, sensitive=True)
    assert "groups" not in chosen(codebook(health))


def test_a_battery_with_different_scales_has_no_reliability():
    odd = Question("odd", "ordinal", TEXT, TEXT, STEPS[::-1], "group")
    assert "items" not in chosen(codebook(*KINDS["battery"], odd))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_in_the_language_of_the_folder_alone(language):
    """JupyterLab shows every cell."""
    for notebook in exploring(codebook(*KINDS["scale"]), language).values():
        prose = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
        assert prose and all(tags(cell) == [language] for cell in prose)
        (parameters,) = [cell for cell in notebook.cells if TAG in tags(cell)]
        assert parameters.source == f'language = "{language}"'
        assert not any(NEEDS in cell.metadata for cell in notebook.cells)


def test_what_says_where_to_start_names_what_is_there(repository):
    files = ("docs/authors.md", "src/evaluation/scaffold/templates/README.md")
    texts = [(repository / file).read_text("utf-8") for file in files]
    for text in (*texts, _parser().format_help()):
        named = set(re.findall(r"notebooks/0\w+\.ipynb", text))
        assert named and named <= set(exploring(codebook(), "en"))
