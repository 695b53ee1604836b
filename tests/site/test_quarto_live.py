"""Real Quarto and the embedded renderer make the same report: every page of the repository's own in
both languages, a small one made by `evaluation new`, and what an author gets who runs Quarto at
the root of a folder. Where Quarto is not installed, `test_quarto_route.py` reads what it would get.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import structure
from conftest import LANGUAGES, evaluation

from evaluation.publish import quarto
from evaluation.publish.book import read_book
from evaluation.publish.outside import check_asks_nobody

PROGRAM, WHY_NOT = quarto.find_quarto()
pytestmark = pytest.mark.skipif(PROGRAM is None, reason=f"not compared with Quarto: {WHY_NOT}")
SAME = (
    *("title", "heading", "headings", "floats", "references", "callouts", "citations", "notes"),
    *("works", "links", "contents", "listed", "previous", "next", "said"),
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
    check_asks_nobody(theirs)
    (name, said), (their_name, their_words) = map(structure.pdf_text, (ours, theirs))
    assert name == their_name
    assert structure.said_in_pdf(said) == structure.said_in_pdf(their_words)
    assert not BROKEN.search(their_words)


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


@pytest.mark.parametrize("options", [[], ["--execute"]], ids=["render", "execute"])
def test_quarto_at_the_root_gives_the_same_pages_and_leaves_the_sources_alone(
    made, tmp_path, options
):
    folder = tmp_path / "folder"
    shutil.copytree(made, folder)
    shutil.rmtree(folder / "reports")
    program = Path(sys.executable).parent
    done = subprocess.run(
        [PROGRAM, "render", "--profile", "da", *options],
        cwd=folder,
        env={**os.environ, "PATH": f"{program}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    warned = [line for line in done.stderr.splitlines() if "WARN" in line]
    # Quarto would check the PDF by a program that few have
    assert [line for line in warned if "verapdf" not in line] == []
    compare(made / "reports/site/da", folder / "reports/site/da")
    told = subprocess.run(
        ["git", "status", "--porcelain"], cwd=folder, capture_output=True, text=True, check=True
    )
    assert told.stdout == ""
