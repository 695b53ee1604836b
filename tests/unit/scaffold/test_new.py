"""scaffold: an evaluation folder from an export, whole or not at all."""

import ast
import re

import nbformat
import pytest
from refusals import refusal, tells

from evaluation.notebook import inline, prose
from evaluation.notebook.edition import read_options
from evaluation.project.folder import Folder
from evaluation.publish.embedded.book import read_book
from evaluation.scaffold.folder import create

SCALE = ("Enig", "Hverken/eller", "Uenig", "Ved ikke")


@pytest.fixture
def export(tmp_path):
    """Thirty answers as a spreadsheet saves them, with a hostile word among them."""
    path = tmp_path / "svar.csv"
    lines = ["id;Møderne er nyttige;Bor i;Alder;Hvad vil du sige?;Ikke stillet"]
    for number in range(30):
        town = ("Aarhus", "Odense", "`{python} 1` <b>{{< x >}}")[number % 3]
        lines.append(f"{number};{SCALE[number % 4]};{town};{20 + number};Svar nummer {number};")
    path.write_text("\n".join(lines), "utf-8-sig")
    return path


@pytest.mark.slow
def test_the_folder_is_one_that_the_library_reads(export, tmp_path):
    create(tmp_path / "mit", export)
    folder = Folder(tmp_path / "mit")
    config = folder.config()
    assert (config.languages, config.population, config.min_cell) == (("da",), None, 3)
    assert len(folder.read_survey()) == 30
    scale = next(q for q in folder.codebook().questions.values() if q.type == "ordinal")
    assert [option.label["da"] for option in scale.options] == list(SCALE)
    assert [option.off_scale for option in scale.options] == [False, False, False, True]
    book = read_book(tmp_path / "mit", "da")
    assert book.chapters[0] == "index.ipynb"
    assert {*config.pipeline, config.ledger} <= {
        path.relative_to(tmp_path / "mit").as_posix()
        for path in (tmp_path / "mit/notebooks").iterdir()
    }


@pytest.mark.slow
def test_what_was_inferred_is_told_in_the_language_of_the_report(export, tmp_path):
    told = create(tmp_path / "mit", export)
    assert told[0].startswith("Læst som CSV. Antal respondenter: 30. Antal spørgsmål: 4")


@pytest.mark.slow
def test_numbers_in_the_wording_of_questions_are_not_taken_for_typed_ones(tmp_path):
    path = tmp_path / "svar.csv"
    rows = [f"{('Ja', 'Nej')[number % 2]};{number}" for number in range(20)]
    path.write_text("\n".join(["Var du der i de 2 første år [1.-2. år]?;Alder", *rows]), "utf-8")
    create(tmp_path / "mit", path, "da")
    for file in ("index.ipynb", "notebooks/30_answers.ipynb"):
        notebook = nbformat.read(tmp_path / "mit" / file, as_version=4)
        assert prose.warnings(notebook, "da") == []
    assert "2 første år" in str(notebook.cells)


@pytest.mark.slow
def test_each_question_that_was_answered_has_its_place_in_one_chapter(export, tmp_path):
    create(tmp_path / "mit", export)
    book = read_book(tmp_path / "mit", "da")
    labels, asked = [], []
    for file in book.chapters[1:]:
        notebook = nbformat.read(tmp_path / "mit" / file, as_version=4)
        nbformat.validate(notebook)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                ast.parse(cell.source)
                labels.append(read_options(cell).get("label"))
            else:
                asked += re.findall(r'"(\w+)"', cell.source)
    labels = [label for label in labels if label]
    assert len(labels) == len(set(labels)) > 0
    known = Folder(tmp_path / "mit").codebook().questions
    assert {*known} <= {*asked}


@pytest.mark.slow
def test_words_of_the_export_are_no_code_in_the_notebooks(export, tmp_path):
    create(tmp_path / "mit", export)
    expressions = {
        expression
        for path in (tmp_path / "mit").rglob("*.ipynb")
        for cell in nbformat.read(path, as_version=4).cells
        for expression in inline.expressions(cell.source)
    }
    assert "figure.alt" in expressions and len(expressions) > 5
    for expression in expressions - {"figure.alt"}:
        assert expression.startswith("report.") or "(report" in expression, expression


@pytest.mark.slow
def test_what_was_inferred_and_what_is_unsure_is_told(export, tmp_path):
    told = "\n".join(create(tmp_path / "mit", export))
    tells(told, "Antal respondenter: 30.", "population", "moederne", "Ikke stillet")
    lines = (tmp_path / "mit/evaluation.yml").read_text("utf-8").splitlines()
    row = 1 + lines.index("population: null")
    assert told.count(f"population i evaluation.yml, linje {row}") == 1
    assert "population" not in (tmp_path / "mit/data/raw/doubts.yml").read_text("utf-8")
    review = (tmp_path / "mit/REVIEW.md").read_text("utf-8")
    assert review.count("hvor mange der blev spurgt") == 1
    readme = (tmp_path / "mit/README.md").read_text("utf-8")
    assert r"Antal respondenter\: 30" in readme


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_language_of_the_report_may_be_chosen(export, tmp_path, language):
    create(tmp_path / "mit", export, language)
    assert Folder(tmp_path / "mit").config().languages == (language,)
    assert Folder(tmp_path / "mit").codebook().questions


def test_a_folder_that_holds_something_is_left_as_it_is(export, tmp_path):
    target = tmp_path / "mit"
    target.mkdir()
    (target / "note.txt").write_text("mine", "utf-8")
    tells(refusal(create, target, export), "mit", "empty")
    assert [path.name for path in target.iterdir()] == ["note.txt"]


def test_an_export_that_cannot_be_read_leaves_nothing_behind(tmp_path):
    (tmp_path / "x.csv").write_bytes(b"")
    before = sorted(tmp_path.iterdir())
    refusal(create, tmp_path / "mit", tmp_path / "x.csv")
    assert sorted(tmp_path.iterdir()) == before
