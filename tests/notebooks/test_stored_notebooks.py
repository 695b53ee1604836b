"""Notebooks as they are stored: without outputs, thin, in both languages, no typed number."""

import ast
import json
from dataclasses import replace

import nbformat
import pytest
from conftest import LANGUAGES, REPOSITORY

from evaluation.notebook import edition
from evaluation.notebook.prose import typed_numbers, typed_ranks
from evaluation.project import parameters
from evaluation.project.config import load_config

NOTEBOOKS = [REPOSITORY / "index.ipynb", *sorted((REPOSITORY / "notebooks").glob("*.ipynb"))]
OFFERED = sorted((REPOSITORY / "src/evaluation/methods").glob("*/notebooks/*.ipynb"))
EXPLORING = sorted((REPOSITORY / "src/evaluation/scaffold/exploring").glob("*.ipynb"))
# what an evaluation that takes a starter declares besides the language
STARTER_PARAMETERS = {"status_day": {"type": "string"}}
CHAPTERS = [path for path in NOTEBOOKS if path.stem[0] in "349"]
CHAPTERS += [path for path in OFFERED if path.stem == "chapter"]
NO_CODE = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.With, ast.Try, ast.While)


def called(path):
    """The name of a notebook, with its method where it is one of a method."""
    if path in EXPLORING:
        return f"new-{path.stem}"
    return f"{path.parent.parent.name}-{path.stem}" if path in OFFERED else path.stem


@pytest.fixture(params=[*NOTEBOOKS, *OFFERED, *EXPLORING], ids=called)
def notebook(request):
    content = nbformat.read(request.param, as_version=4)
    content.metadata["path"] = request.param
    return content


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def texts(notebook, language):
    """(place, text) of all prose of a language: Markdown cells, captions."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and language in edition.tags(cell):
            yield cell.id, cell.source
        for option, value in edition.read_options(cell).items():
            if isinstance(value, dict):
                yield f"{cell.id} {option}", value[language]


def test_the_expected_notebooks_are_there():
    assert [path.stem for path in NOTEBOOKS] == [
        "index",
        "00_start",
        "10_clean",
        "20_indicators",
        "25_evidence",
        "30_introduction",
        "31_conclusions",
        "32_partnerships",
        "33_capacity_building",
        "34_local_network",
        "35_national_network",
        "40_evidence",
        "41_collaboration",
        "42_inclusion",
        "43_literature",
        "44_capacity",
        "45_theory",
        "90_methods",
        "91_codebook",
        "92_audit",
        "93_number_ledger",
        "94_findings",
        "95_api",
        "96_start_your_own",
        "97_elements",
        "98_about",
        "99_glossary",
    ]


def test_it_is_stored_without_outputs(notebook):
    for cell in code_cells(notebook):
        assert cell.outputs == [] and cell.execution_count is None, "run `make strip`"
    assert set(notebook.metadata) <= {"kernelspec", "language_info", "path"}


def test_it_is_valid_and_its_cells_have_ids_that_last(notebook):
    nbformat.validate(nbformat.from_dict(json.loads(notebook.metadata["path"].read_text())))
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


def test_it_is_thin(notebook):
    """No definitions, no files opened but through the package; other libraries only where their
    use is what a notebook shows."""
    others = notebook.metadata["path"] in EXPLORING
    for cell in code_cells(notebook):
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, NO_CODE), f"{cell.id}: {ast.unparse(node)}"
            if isinstance(node, (ast.Import, ast.ImportFrom)) and not others:
                assert ast.unparse(node).startswith("from evaluation"), cell.id
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert "/" not in node.value, f"{cell.id}: a path"


def test_its_parameters_are_declared(notebook):
    path, config = notebook.metadata["path"], load_config(REPOSITORY)
    if path in OFFERED:
        config = replace(config, parameters=config.parameters | STARTER_PARAMETERS)
    parameters.injected(config, path, {})


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_number_is_typed_in_prose(notebook, language):
    found = [
        f"{place}, line {finding.line}: {finding.number} in {finding.text}"
        for place, text in texts(notebook, language)
        for finding in typed_numbers(text, language)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_place_in_an_order_is_typed_in_prose(notebook, language):
    found = [
        f"{place}: {finding.words} in {finding.sentence}"
        for place, text in texts(notebook, language)
        for finding in typed_ranks(text, language)
    ]
    assert not found, "\n".join(found)


def test_each_language_has_as_many_cells_and_the_same_anchors(notebook):
    danish, english = (
        [cell for cell in notebook.cells if language in edition.tags(cell)]
        for language in LANGUAGES
    )
    assert len(danish) == len(english)
    for one, other in zip(danish, english, strict=True):
        anchors = [
            [part.split("}")[0] for part in cell.source.split("{#")[1:]] for cell in (one, other)
        ]
        assert anchors[0] == anchors[1], one.id


@pytest.mark.parametrize("path", CHAPTERS, ids=called)
def test_every_figure_and_table_of_a_chapter_has_label_caption_and_alt_text(path):
    for cell in code_cells(nbformat.read(path, as_version=4)):
        options = edition.read_options(cell)
        last = cell.source.strip().splitlines()[-1]
        if last == "figure":
            assert options["label"].startswith("fig-"), cell.id
            assert set(options["fig-cap"]) == set(LANGUAGES), cell.id
            assert options["fig-alt"], cell.id
        if options.get("label", "").startswith("tbl-"):
            assert set(options["tbl-cap"]) == set(LANGUAGES), cell.id


def test_no_two_chapter_files_share_a_name():
    """Quarto confuses files of the same stem in one folder."""
    for folder in (REPOSITORY, REPOSITORY / "notebooks"):
        stems = [path.stem for path in folder.iterdir() if path.suffix in (".qmd", ".ipynb", ".py")]
        assert len(stems) == len(set(stems))


def test_no_number_is_typed_among_the_references():
    text = (REPOSITORY / "references.qmd").read_text("utf-8")
    for language in LANGUAGES:
        found = typed_numbers(edition.text_in_language(text, language), language)
        assert not found, found
