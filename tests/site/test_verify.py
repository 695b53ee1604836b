"""A published report is proved against its sources, or it is told in what it is another."""

import json

import pytest
from conftest import SHORT, evaluation, snapshot

MANIFEST = "reports/site/manifest.json"


def verified(folder, status=2):
    done = evaluation("verify", str(folder))
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def test_a_report_is_made_again_byte_by_byte_from_its_sources(short):
    assert f"proved: {short}" in verified(short, status=0)


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("reports/site/da/index.html", "published file da/index.html: another one"),
        ("data/raw/published_figures.csv", "source data/raw: another one"),
        (SHORT[0], f"source {SHORT[0]}: another one"),
        ("evaluation.yml", "source evaluation.yml: another one"),
    ],
)
def test_what_was_changed_is_told(short_copy, file, told):
    path = short_copy / file
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    said = verified(short_copy)
    assert told in said and "not proved: differences 1" in said


def test_what_came_and_went_is_told(short_copy):
    (short_copy / "reports/site/da/notebooks/60_chapter_01.html").unlink()
    (short_copy / "reports/site/more.html").write_text("", "utf-8")
    (short_copy / "notebooks/99_more.ipynb").write_text("{}", "utf-8")
    said = verified(short_copy)
    assert "published file da/notebooks/60_chapter_01.html: missing" in said
    assert "published file more.html: not in the manifest" in said
    assert "source notebooks/99_more.ipynb: not in the manifest" in said


def test_a_page_that_somebody_changed_does_not_become_one_of_the_report(short_copy):
    page = short_copy / "reports/site/en/index.html"
    page.write_text(page.read_text("utf-8") + "\n", "utf-8")
    chapter = short_copy / SHORT[0]
    chapter.write_text(chapter.read_text("utf-8").replace("stands in", "is in"), "utf-8")
    done = evaluation("build", str(short_copy), "-p", "language=da")
    assert done.returncode == 0, done.stderr
    assert "published file en/index.html: another one" in verified(short_copy)


def test_data_are_told_together_and_an_unchanged_report_keeps_its_manifest(short_copy):
    before = snapshot(short_copy / "reports/site")
    assert evaluation("build", str(short_copy)).returncode == 0
    assert snapshot(short_copy / "reports/site") == before
    content = json.loads((short_copy / MANIFEST).read_text("utf-8"))
    assert content["renderer"] == "embedded" and "requirements.lock" in content["inputs"]
    # a list of names is guessed from a digest of its own
    assert [name for name in content["inputs"] if name.startswith("data/")] == ["data/raw"]
    # a source that no page rests on
    (short_copy / "data/raw/notes.md").write_text("", "utf-8")
    done = evaluation("build", str(short_copy))
    assert "report unchanged" in done.stdout
    after = json.loads((short_copy / MANIFEST).read_text("utf-8"))
    assert after["inputs"]["data/raw"] != content["inputs"]["data/raw"]
    assert after["outputs"] == content["outputs"]


def test_a_report_without_a_readable_manifest_is_refused(short_copy):
    (short_copy / MANIFEST).write_text("[]", "utf-8")
    done = evaluation("verify", str(short_copy))
    assert done.returncode == 2 and "as a build wrote it" in done.stderr
    (short_copy / MANIFEST).unlink()
    done = evaluation("verify", str(short_copy))
    assert done.returncode == 2 and "evaluation build" in done.stderr
    # the remedy, followed; data may lie in a folder that is called like what a build makes
    (short_copy / "data/raw/reports").mkdir()
    (short_copy / "data/raw/reports/notes.md").write_text("", "utf-8")
    assert evaluation("build", str(short_copy)).returncode == 0
    assert "proved" in verified(short_copy, status=0)
