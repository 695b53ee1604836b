"""A part of the report: pages or PDF alone, one chapter executed anew; what is published stays."""

import json

import pytest
from conftest import SHORT, evaluation, snapshot
from pdf_text import pdf_text

CHAPTER, OTHER = SHORT


def add_sentence(root, file: str, sentence: str) -> None:
    path = root / file
    notebook = json.loads(path.read_text("utf-8"))
    cell = next(c for c in notebook["cells"] if "da" in c["metadata"].get("tags", []))
    cell["source"] = ["".join(cell["source"]) + f"\n\n{sentence}\n"]
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1), "utf-8")


@pytest.mark.parametrize(
    ("format", "there", "absent"), [("html", "html", "pdf"), ("pdf", "pdf", "html")]
)
def test_one_format_is_made_beside_what_is_published(short_copy, format, there, absent):
    before = snapshot(short_copy / "reports/site")
    add_sentence(short_copy, CHAPTER, "En ny sætning om kapacitet.")
    done = evaluation("build", str(short_copy), "--to", format, "-p", "language=da")
    assert done.returncode == 0, done.stderr
    part = short_copy / "reports/partial"
    assert list(part.rglob(f"*.{there}")) and not list(part.rglob(f"*.{absent}"))
    assert [folder.name for folder in part.iterdir()] == ["da"]
    assert snapshot(short_copy / "reports/site") == before
    assert "what is published stands as it was" in done.stdout
    if format == "pdf":
        (document,) = part.rglob("*.pdf")
        text = pdf_text(document)
        assert "En ny sætning om kapacitet" in " ".join(text.split())


def test_one_chapter_is_executed_and_the_others_are_shown_as_they_were(short_copy):
    add_sentence(short_copy, CHAPTER, "En ny sætning om kapacitet.")
    add_sentence(short_copy, OTHER, "En ny sætning om netværk.")
    done = evaluation("build", str(short_copy), "--chapter", CHAPTER, "-p", "language=da")
    assert done.returncode == 0, done.stderr
    assert "notebooks executed: 1 of" in done.stdout
    shown = {
        path.stem: path.read_text("utf-8")
        for path in (short_copy / "reports/partial/da/notebooks").glob("*.html")
    }
    assert "En ny sætning om kapacitet." in shown["60_chapter_01"]
    assert "En ny sætning om netværk." not in shown["60_chapter_02"]


def test_a_chapter_that_the_book_does_not_have_is_refused_with_those_it_has(short_copy):
    done = evaluation("build", str(short_copy), "--chapter", "notebooks/none.ipynb")
    assert done.returncode == 2
    assert CHAPTER in done.stderr and "notebooks/none.ipynb" in done.stderr
    assert not (short_copy / "reports/partial").exists()
