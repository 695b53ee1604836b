"""A method of somebody else's package: found by its entry point, with no change to the library."""

import json
import os
import re
import subprocess
import sys

import nbformat
import pytest
from refusals import refusal, tells
from starters import prose

from evaluation.base import methods as installed
from evaluation.scaffold.folder import create

pytestmark = pytest.mark.slow

TABLES = """
from evaluation.project.tables import text, whole

TABLES = {"home_visits": ({"family": text(), "visits": whole()}, ["family"])}
"""
CHAPTER = """
def most(report):
    table = report.read("home_visits_counted")
    return report.texts("home_visits.most", n=report.number(int(table["visits"].max())))
"""
WORDS = {"da": "Højst {n} besøg.", "en": "At most {n} visits."}
SCORES_CELL = """from evaluation import Folder

folder = Folder()
folder.write("home_visits_counted", folder.read_raw("home_visits"))"""
CHAPTER_CELL = """from evaluation import open_report
from institute_visits import chapter as home_visits

report = open_report(language)"""


def cell(kind: str, source: str, *tags: str) -> nbformat.NotebookNode:
    made = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
    return made(source, metadata={"tags": list(tags)} if tags else {})


@pytest.fixture
def institute(tmp_path):
    """Where the package of an institute is installed, with one method in it."""
    site = tmp_path / "site"
    package = site / "institute_visits"
    (package / "words").mkdir(parents=True)
    (package / "notebooks").mkdir()
    (package / "__init__.py").write_text("")
    (package / "tables.py").write_text(TABLES)
    (package / "chapter.py").write_text(CHAPTER)
    for language, text in WORDS.items():
        (package / "words" / f"{language}.yml").write_text(f"most: {json.dumps(text)}\n")
    scores = [cell("markdown", "# Visits", "en"), cell("code", SCORES_CELL)]
    chapter = [
        cell("markdown", "# Visits {#sec-visits}", "en"),
        cell("code", 'language = "en"', "parameters"),
        cell("code", CHAPTER_CELL),
        cell("markdown", "`{python} home_visits.most(report)`", "en"),
    ]
    for kind, cells in (("scores", scores), ("chapter", chapter)):
        notebook = nbformat.v4.new_notebook(cells=cells)
        nbformat.write(notebook, package / "notebooks" / f"{kind}.ipynb")
    record = site / "institute_visits-1.0.dist-info"
    record.mkdir()
    (record / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: institute-visits\nVersion: 1.0\n"
    )
    points = "[evaluation.methods]\nhome_visits = institute_visits\n"
    (record / "entry_points.txt").write_text(points)
    return site


@pytest.fixture
def made(tmp_path):
    export = tmp_path / "answers.csv"
    export.write_text("id,Do you come?\n" + "".join(f"{n},{'ny'[n % 2]}\n" for n in range(30)))
    create(tmp_path / "folder", export, "en")
    # every chapter that is executed besides takes a second, and says nothing of the method
    book = tmp_path / "folder/_quarto.yml"
    left_out = r" +- notebooks/(30_answers|9[012]_\w+)\.ipynb\n"
    text, found = re.subn(left_out, "", book.read_text("utf-8"))
    assert found == 4
    book.write_text(text, "utf-8")
    return tmp_path / "folder"


def test_it_is_added_checked_and_executed_like_ours(institute, made):
    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "evaluation.cli", *arguments],
            env={**os.environ, "PYTHONPATH": str(institute)},
            capture_output=True,
            text=True,
            check=False,
        )

    added = run("add", "home_visits", str(made))
    assert added.returncode == 0, added.stderr
    assert "data/raw/home_visits.csv (columns: family, visits)" in added.stdout
    table = made / "data/raw/home_visits.csv"
    table.write_text("family,visits\nA,4\nB,many\n")
    checked = run("check", str(made))
    assert checked.returncode == 2
    assert "home_visits.csv" in checked.stdout and "many" in checked.stdout
    table.write_text("family,visits\nA,4\nB,11\n")
    executed = run("execute", str(made))
    assert executed.returncode == 0, executed.stderr
    chapter = made / "reports/executed/en/notebooks/chapter_home_visits.ipynb"
    assert "At most 11 visits." in prose(nbformat.read(chapter, as_version=4))
    assert "home_visits" not in installed.methods()


class Point:
    def __init__(self, name, value):
        self.name, self.value = name, value


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ([Point("Visits", "evaluation.methods.evidence")], "small letters"),
        ([Point("visits", "evaluation.base"), Point("visits", "evaluation.stats")], "not for"),
        ([Point("visits", "nobody_has_this")], "nobody_has_this"),
        ([Point("visits", "evaluation.nobody_has_this")], "evaluation.nobody_has_this"),
        ([Point("visits", "evaluation.base.errors")], "evaluation.base.errors is installed"),
    ],
    ids=["name", "two packages", "missing", "missing below", "a module"],
)
def test_a_method_that_cannot_be_used_is_told_by_its_name(monkeypatch, points, told):
    monkeypatch.setattr(installed, "entry_points", lambda group: points)
    tells(refusal(installed.methods.__wrapped__), f"method {points[0].name}", told)
