"""Real Quarto and the embedded renderer make the same report: every page of the repository's own in
both languages, a small one made by `evaluation new`, and what an author gets who runs Quarto at
the root of a folder. Where Quarto is not installed, `test_quarto_route.py` reads what it would get.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
import structure
from bs4 import BeautifulSoup
from conftest import LANGUAGES, evaluation
from pages import words

from evaluation.publish import quarto
from evaluation.publish.embedded.book import read_book
from evaluation.publish.engines import find_quarto
from evaluation.publish.outside import check_asks_nobody

PROGRAM, WHY_NOT = find_quarto()
pytestmark = pytest.mark.skipif(PROGRAM is None, reason=f"not compared with Quarto: {WHY_NOT}")
SAME = (
    *(
        "about",
        "title",
        "heading",
        "headings",
        "floats",
        "references",
        "callouts",
        "citations",
        "notes",
    ),
    *("works", "links", "contents", "listed", "previous", "next", "frames"),
    "said",
)
BROKEN = re.compile(r"xa0|\?(?:sec|fig|tbl)-|\{python\}|\\\\")
EXPORT = """Hvor tilfreds er du?;Hvilken by?;Hvor mange møder?;Hvad vil du tilføje?
Meget tilfreds;"Vejle <b>x</b> {{< env HOME >}}";3;Tak
Tilfreds;Odense;4;
Utilfreds;Det's "Aarhus";1;
Tilfreds;"Vejle <b>x</b> {{< env HOME >}}";2;
"""


def compare(ours: Path, theirs: Path) -> None:
    one, other = structure.described(ours), structure.described(theirs)
    assert list(one) == list(other)
    for path, page in one.items():
        for part in SAME:
            assert page[part] == other[path][part], (path, part)
        assert not BROKEN.search(other[path]["text"]), path
    assert structure.searched(ours) == structure.searched(theirs)
    check_asks_nobody(theirs)
    our_pdfs, their_pdfs = map(structure.pdf_texts, (ours, theirs))
    assert list(our_pdfs) == list(their_pdfs)
    for name, text in their_pdfs.items():
        said, also_said = structure.said_in_pdf(our_pdfs[name]), structure.said_in_pdf(text)
        assert said.does_not_say(also_said) == also_said.does_not_say(said) == set(), name
        assert said.numbers == also_said.numbers, name
        assert not BROKEN.search(text), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_and_the_pdf_of_the_report_are_the_same(language, built, tmp_path):
    root = tmp_path / "staged"
    shutil.copytree(built / "reports/.build" / language, root)
    shutil.rmtree(root / "reports")
    theirs = quarto.render(PROGRAM, root, read_book(built, language))
    compare(built / "reports/site" / language, theirs)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder made from an export, under git, with its report built by the embedded renderer."""
    root = tmp_path_factory.mktemp("made")
    (root / "svar.csv").write_text("\n".join([EXPORT, *EXPORT.splitlines()[1:] * 4]), "utf-8")
    folder = root / "folder"
    done = evaluation("new", str(folder), "--from", str(root / "svar.csv"))
    assert done.returncode == 0, done.stderr
    done = evaluation("build", str(folder))
    assert done.returncode == 0, done.stderr
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@x", *command], cwd=folder, check=True
        )
    return folder


def test_a_made_folder_is_the_same(made, tmp_path):
    root = tmp_path / "staged"
    shutil.copytree(made / "reports/.build/da", root)
    shutil.rmtree(root / "reports")
    theirs = quarto.render(PROGRAM, root, read_book(made, "da"))
    compare(made / "reports/site/da", theirs)


@pytest.fixture
def environment():
    """In which Quarto finds the program `evaluation`, and opens no browser."""
    beside = Path(sys.executable).parent
    return {**os.environ, "PATH": f"{beside}{os.pathsep}{os.environ['PATH']}", "BROWSER": "true"}


def is_clean(folder: Path) -> bool:
    told = subprocess.run(
        ["git", "status", "--porcelain"], cwd=folder, capture_output=True, text=True, check=True
    )
    return told.stdout == ""


@pytest.mark.parametrize("options", [[], ["--execute"], ["index.ipynb"]])
def test_quarto_at_the_root_says_what_to_run_and_leaves_all_as_it_is(made, environment, options):
    page = made / "reports/site/da/index.html"
    before = page.read_bytes()
    done = subprocess.run(
        [PROGRAM, "render", *options, "--profile", "da"],
        cwd=made,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    assert "run `evaluation build`" in done.stderr and "evaluation preview" in done.stderr
    assert is_clean(made) and page.read_bytes() == before


def test_the_preview_shows_what_is_saved_and_survives_a_mistake(made, tmp_path, environment):
    folder = tmp_path / "folder"
    shutil.copytree(made, folder)
    chapter = folder / "notebooks/30_answers.ipynb"
    source = chapter.read_text("utf-8")
    with (tmp_path / "log").open("w") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "evaluation.cli", "preview", str(folder), "--engine", "quarto"],
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        address = until(lambda: re.search(r"http://localhost:\d+", said(tmp_path)))[0]
        page = f"{address}/notebooks/30_answers.html"
        until(lambda: "Hvor tilfreds" in fetched(page))
        compare_pages(made / "reports/site/da", fetched(page), "notebooks/30_answers.html")
        chapter.write_text(source.replace("questions.said(", "questions.sagt("), "utf-8")
        until(lambda: "not shown yet" in said(tmp_path))
        chapter.write_text(source.replace("## Hvor tilfreds", "## Nyt om hvor tilfreds"), "utf-8")
        until(lambda: "Nyt om hvor tilfreds" in fetched(page))
    finally:
        os.killpg(running.pid, signal.SIGINT)
        running.wait()
    chapter.write_text(source, "utf-8")
    assert is_clean(folder)


def until(found):
    """What `found` gives once it gives something; a busy machine must not fail a test."""
    for _ in range(240):
        value = found()
        if value:
            return value
        time.sleep(0.5)
    raise AssertionError("it did not come")


def said(folder: Path) -> str:
    return (folder / "log").read_text("utf-8")


def fetched(address: str) -> str:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.read().decode()
    except OSError:
        return ""


def compare_pages(site: Path, text: str, name: str) -> None:
    """The text of a page that is served is that of the built one, and so are its tables in frames,
    its search and what it says of itself."""
    ours, theirs = (
        BeautifulSoup(page, "lxml") for page in ((site / name).read_text("utf-8"), text)
    )
    for selected in ("main p", "main .table-scroll th", "#quarto-search label", "head title"):
        found, expected = (
            [*filter(None, map(words, page.select(selected)))] for page in (theirs, ours)
        )
        assert found == expected != [], selected
    for selected in ("meta[name=description]", "meta[property='og:title']"):
        assert theirs.select_one(selected) == ours.select_one(selected) is not None
