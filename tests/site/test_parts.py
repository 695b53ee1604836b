"""A part of the report: pages or PDF alone, one chapter executed anew; what is published stays."""

import json

import pytest
from conftest import evaluation, snapshot
from pages import PDF, VOLUMES
from pypdf import PdfReader

CHAPTER = "notebooks/33_capacity_building.ipynb"


def add_sentence(root, file: str, sentence: str) -> None:
    path = root / file
    notebook = json.loads(path.read_text("utf-8"))
    cell = next(c for c in notebook["cells"] if "da" in c["metadata"].get("tags", []))
    cell["source"] = ["".join(cell["source"]) + f"\n\n{sentence}\n"]
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1), "utf-8")


@pytest.mark.parametrize(
    ("format", "there", "absent"), [("html", "html", "pdf"), ("pdf", "pdf", "html")]
)
def test_one_format_is_made_beside_what_is_published(own_copy, format, there, absent):
    before = snapshot(own_copy / "reports/site")
    add_sentence(own_copy, CHAPTER, "En ny sætning om kapacitet.")
    done = evaluation("build", str(own_copy), "--to", format, "-p", "language=da")
    assert done.returncode == 0, done.stderr
    part = own_copy / "reports/partial"
    assert list(part.rglob(f"*.{there}")) and not list(part.rglob(f"*.{absent}"))
    assert [folder.name for folder in part.iterdir()] == ["da"]
    assert snapshot(own_copy / "reports/site") == before
    assert "what is published stands as it was" in done.stdout
    if format == "pdf":
        assert len(list(part.rglob("*.pdf"))) == len(VOLUMES)
        text = " ".join(page.extract_text() for page in PdfReader(part / "da" / PDF["da"]).pages)
        assert "En ny sætning om kapacitet" in " ".join(text.split())


def test_one_chapter_is_executed_and_the_others_are_shown_as_they_were(own_copy):
    other = "notebooks/34_local_network.ipynb"
    add_sentence(own_copy, CHAPTER, "En ny sætning om kapacitet.")
    add_sentence(own_copy, other, "En ny sætning om netværk.")
    done = evaluation("build", str(own_copy), "--chapter", CHAPTER, "-p", "language=da")
    assert done.returncode == 0, done.stderr
    assert "notebooks executed: 1 of" in done.stdout
    shown = {
        path.stem: path.read_text("utf-8")
        for path in (own_copy / "reports/partial/da/notebooks").glob("*.html")
    }
    assert "En ny sætning om kapacitet." in shown["33_capacity_building"]
    assert "En ny sætning om netværk." not in shown["34_local_network"]


def test_a_chapter_that_the_book_does_not_have_is_refused_with_those_it_has(own_copy):
    done = evaluation("build", str(own_copy), "--chapter", "notebooks/none.ipynb")
    assert done.returncode == 2
    assert CHAPTER in done.stderr and "notebooks/none.ipynb" in done.stderr
    assert not (own_copy / "reports/partial").exists()
