"""scaffold.upgrade: a folder that an earlier version made, as this version makes one."""

import shutil

import nbformat
import pytest
from refusals import refusal, tells

from evaluation.base.version import installed
from evaluation.cli import main
from evaluation.language.texts import LANGUAGES, texts
from evaluation.project.config import load_config
from evaluation.project.folder import Folder
from evaluation.project.quarto_files import check_quarto_files
from evaluation.project.quarto_files import upgraded as quarto_file
from evaluation.scaffold.folder import create
from evaluation.scaffold.method import add_method
from evaluation.scaffold.upgrade import upgrade

PROFILE = """\
lang: en  # ours

project:
  output-dir: "reports/site/en"

# Quarto caches a filtered notebook by the times of notebook and filters, not by profile: a list
# of another length than the Danish one keeps the two languages apart. A second pass is harmless.
ipynb-filters:
  - evaluation filter en
  - evaluation filter en

# what we call a section
language:
  crossref-sec-prefix: Section
"""
PROFILE_NOW = """\
lang: en  # ours

project:
  output-dir: reports/.quarto/en

# what we call a section
language:
  crossref-sec-prefix: Section
"""


@pytest.fixture
def old(tmp_path, repository):
    kept = repository / "tests/site/old_folder/0.1.0"
    return shutil.copytree(kept, tmp_path / "old")


def contents(root):
    return {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.mark.slow
def test_a_second_upgrade_changes_nothing(old, capsys):
    assert main(["upgrade", str(old)]) == 0
    assert "notebooks/10_survey.ipynb" in capsys.readouterr().out
    after = contents(old)
    assert upgrade(old) == []
    assert contents(old) == after


def test_what_an_author_wrote_stays(old):
    before = {path: path.read_text("utf-8").splitlines() for path in old.glob("*.yml")}
    upgrade(old)
    assert len(before) == 3
    for path, lines in before.items():
        dropped = [line for line in lines if line not in path.read_text("utf-8").splitlines()]
        ours = ("filter", "prepare.py", "reports/site/")
        assert all(any(word in line for word in ours) for line in dropped), path


def test_prose_that_reads_like_an_import_stays(old):
    path = old / "index.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].source = "from evaluation.folder import Folder"
    nbformat.write(notebook, path)
    upgrade(old)
    assert nbformat.read(path, as_version=4).cells[-1].source == notebook.cells[-1].source


def test_a_profile_loses_the_filter_and_nothing_else():
    assert quarto_file(PROFILE) == PROFILE_NOW
    assert quarto_file(PROFILE_NOW) == PROFILE_NOW


def test_filters_of_an_author_stay():
    text = "ipynb-filters:\n  - evaluation filter da\n  - our_filter.py\n"
    assert quarto_file(text) == "ipynb-filters:\n  - our_filter.py\n"


def test_files_with_the_line_ends_of_windows_keep_them(old):
    path = old / "_quarto-da.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert "_quarto-da.yml" in upgrade(old)
    check_quarto_files(old)
    content = path.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > 10


def test_every_file_of_today_is_as_upgrade_writes_it(repository):
    paths = [*repository.glob("_quarto*.yml"), *repository.glob("examples/*/_quarto*.yml")]
    assert len(paths) > 5
    for path in paths:
        assert quarto_file(path.read_text("utf-8")) == path.read_text("utf-8"), path


@pytest.mark.slow
def test_the_version_is_raised_and_never_lowered(old):
    upgrade(old)
    assert load_config(old).made_with == installed()
    path = old / "evaluation.yml"
    text = path.read_text("utf-8")
    for made_with, after in (("0.1.9", installed()), ("99.0.0", "99.0.0")):
        path.write_text(text.replace(f"made_with: {installed()}", f"made_with: {made_with}"))
        upgrade(old)
        assert load_config(old).made_with == after


def test_a_version_that_is_none_is_refused(old):
    with (old / "evaluation.yml").open("a", encoding="utf-8") as stream:
        stream.write("\nmade_with: newest\n")
    tells(refusal(load_config, old), "evaluation.yml", "made_with", "newest", "evaluation upgrade")


@pytest.mark.slow
def test_a_folder_gets_the_tables_that_its_notebooks_count_by_since(old):
    upgrade(old)
    add_method(old, "evidence")
    raw = old / "data/raw"
    had = {path.name for path in raw.iterdir()}
    new = ("claims", "dependence", "relations", "second_codings")
    for name in new:
        (raw / f"{name}.csv").unlink()
    message = refusal(Folder(old).read_raw, "claims")
    tells(message, "data/raw/claims.csv: a method reads all its tables, and this one is missing")
    tells(message, "`evaluation upgrade`")
    assert sorted(upgrade(old)) == [f"data/raw/{name}.csv" for name in new]
    # the tables of methods that no notebook counts by stay away
    assert {path.name for path in raw.iterdir()} == had
    assert all(Folder(old).read_raw(name).empty for name in new)
    assert upgrade(old) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_on_those_who_did_not_answer_hang_on_the_population(tmp_path, language):
    rows = [f"k{number};{('Ja', 'Nej')[number % 2]};{number % 5}" for number in range(20)]
    (tmp_path / "svar.csv").write_text("\n".join(["nr;Var det godt?;Antal", *rows]), "utf-8")
    create(tmp_path / "mit", tmp_path / "svar.csv", language, "nr")
    now = contents(tmp_path / "mit")
    words = texts(language)
    caption = {each: texts(each)("bounds.known.caption") for each in LANGUAGES}
    for file, said in (
        ("index.ipynb", {"questions.reservation(report)": words("questions.reservation.known")}),
        (
            "notebooks/90_methods.ipynb",
            {
                'survey.on_bounds(report, "heading")': words("bounds.known.heading"),
                'survey.on_bounds(report, "text")': words("bounds.known.text"),
                "'`{python} survey.on_bounds(report, \"caption\")`'": "\n"
                + "\n".join(f"#|   {each}: '{text}'" for each, text in caption.items()),
            },
        ),
    ):
        notebook = nbformat.read(tmp_path / "mit" / file, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code" or language in cell.metadata.get("tags", []):
                for call, text in said.items():
                    cell.source = cell.source.replace(f"`{{python}} {call}`", text)
                    cell.source = cell.source.replace(f"tbl-cap: {call}", f"tbl-cap:{text}")
        (tmp_path / "mit" / file).write_text(f"{nbformat.writes(notebook)}\n", "utf-8")
    assert contents(tmp_path / "mit") != now
    assert set(upgrade(tmp_path / "mit")) == {"index.ipynb", "notebooks/90_methods.ipynb"}
    for path, content in now.items():
        if path.suffix == ".ipynb":
            before, after = (nbformat.reads(text, 4) for text in (content, path.read_bytes()))
            assert [cell.source for cell in after.cells] == [cell.source for cell in before.cells]
    assert upgrade(tmp_path / "mit") == []
