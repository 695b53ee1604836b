"""scaffold.method: adding an installed method to an evaluation folder."""

import nbformat
import pytest
from refusals import refusal, tells
from ruamel.yaml import YAML

from evaluation.base.methods import methods
from evaluation.project.folder import Folder
from evaluation.project.raw_tables import described_by
from evaluation.publish.embedded.book import read_book
from evaluation.scaffold.folder import create
from evaluation.scaffold.method import add_method, notebooks


@pytest.fixture
def made(tmp_path):
    """A folder in English of an export of thirty answers."""
    export = tmp_path / "answers.csv"
    export.write_text("id,Do you come?\n" + "".join(f"{n},{'ny'[n % 2]}\n" for n in range(30)))
    create(tmp_path / "folder", export, "en")
    return tmp_path / "folder"


def content(path):
    return YAML(typ="safe").load(path.read_text("utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in methods() if notebooks(name)])
def test_a_method_comes_with_notebooks_tables_and_parameters(made, name):
    before = {path: path.read_text("utf-8") for path in (made / "data/raw").iterdir()}
    told = add_method(made, name)
    scores, chapter = notebooks(name).values()
    assert content(made / "evaluation.yml")["pipeline"][-1] == scores
    assert read_book(made, "en").chapters[-1] == chapter
    for file in (scores, chapter):
        assert nbformat.read(made / file, as_version=4).cells
        assert file in told[0]
    for table, (columns, _) in described_by(methods()[name]).items():
        path = made / "data/raw" / f"{table}.csv"
        # the folder is in English
        needed = [
            column
            for column, rule in columns.items()
            if rule.required and column != "da" and not column.endswith("_da")
        ]
        assert path.read_text("utf-8") == ",".join(needed) + "\n"
        assert any(f"data/raw/{table}.csv" in line for line in told)
        assert Folder(made).read_raw(table).empty
    assert {path: path.read_text("utf-8") for path in before} == before


@pytest.mark.slow
def test_a_parameter_of_its_notebooks_is_declared(made):
    told = add_method(made, "collaboration_phases")
    declared = Folder(made).config().parameters["status_day"]
    assert declared == {"type": "string", "value": ""}
    assert "status_day" in told[-1]


@pytest.mark.slow
def test_a_chapter_starts_in_the_language_of_the_folder(made):
    add_method(made, "actor_network")
    text = (made / "notebooks/chapter_actor_network.ipynb").read_text("utf-8")
    assert 'language = \\"en\\"' in text and 'language = \\"da\\"' not in text


@pytest.mark.slow
def test_what_the_author_wrote_in_a_table_stays(made):
    path = made / "data/raw/actors.csv"
    path.write_text("id,sector,named,answered\na,association,true,true\n", "utf-8")
    told = add_method(made, "actor_network")
    assert len(Folder(made).read_raw("actors")) == 1
    assert not any("actors.csv" in line for line in told)


@pytest.mark.slow
def test_a_method_is_added_once_and_a_removed_notebook_comes_back(made):
    add_method(made, "goal_attainment")
    files = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    tells(refusal(add_method, made, "goal_attainment"), "notebooks/scores_goal_attainment.ipynb")
    (made / "notebooks/scores_goal_attainment.ipynb").unlink()
    add_method(made, "goal_attainment")
    assert {path: path.read_bytes() for path in made.rglob("*") if path.is_file()} == files


@pytest.mark.slow
def test_an_unknown_method_is_refused_with_those_that_there_are(made):
    message = refusal(add_method, made, "../actor_network")
    tells(message, "actor_network, bridge_building", "'../actor_network'")


@pytest.mark.slow
@pytest.mark.parametrize(
    "book", ["project: {type: website}", "book: x", "book: {chapters: x}", "[]"]
)
def test_a_folder_without_a_list_of_chapters_is_told_and_left_as_it_is(made, book):
    (made / "_quarto.yml").write_text(book, "utf-8")
    files = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    tells(refusal(add_method, made, "actor_network"), "_quarto.yml", "book.chapters")
    assert {path: path.read_bytes() for path in made.rglob("*") if path.is_file()} == files
