"""One value changed in the data: everything that rests on it changes, and nothing else."""

import shutil
from pathlib import PurePosixPath

import pytest
from conftest import evaluation
from pages import pages, pdf_words, site, words

ROW = "development_new_members,improved,63,,16,printed,3.2,10"
CHANGED = "development_new_members,improved,69,,16,printed,3.2,10"
LANGUAGE = "da"  # both are made alike
CHAPTER = "notebooks/32_partnerships.html"


@pytest.fixture(scope="module")
def changed(built, tmp_path_factory):
    """A copy of the built folder, rebuilt after 10 of 16 became 11 of 16."""
    folder = tmp_path_factory.mktemp("changed") / "evaluation"
    shutil.copytree(built, folder)
    path = folder / "data/raw/published_figures.csv"
    text = path.read_text("utf-8")
    assert ROW in text
    path.write_text(text.replace(ROW, CHANGED), encoding="utf-8")
    done = evaluation("build", str(folder), "-p", f"language={LANGUAGE}")
    assert done.returncode == 0, done.stderr
    return folder


def test_figure_caption_alt_text_table_prose_and_pdf_follow(built, changed):
    before, after = (pages(folder, LANGUAGE)[CHAPTER] for folder in (built, changed))
    old, new = "10 af 16", "11 af 16"
    figures = [page.find(id="fig-development") for page in (before, after)]
    assert words(figures[0].figcaption) != words(figures[1].figcaption)
    alts = [figure.img["alt"].replace("\u00a0", " ") for figure in figures]
    assert old in alts[0] and old not in alts[1]
    assert new in alts[1]
    image = figures[0].img["src"]
    drawings = [
        (site(folder, LANGUAGE) / "notebooks" / image).read_bytes() for folder in (built, changed)
    ]
    assert drawings[0] != drawings[1]
    table = words(after.find(id="tbl-objectives-overall"))
    assert new in table and new not in words(before.find(id="tbl-objectives-overall"))
    prose = [
        [words(paragraph) for paragraph in page.select("main section > p")]
        for page in (before, after)
    ]
    assert prose[0] != prose[1]
    assert pdf_words(built, LANGUAGE) != pdf_words(changed, LANGUAGE)


def test_nothing_else_changes(built, changed):
    before, after = pages(built, LANGUAGE), pages(changed, LANGUAGE)
    touched = {path for path in before if words(before[path].main) != words(after[path].main)}
    untouched = {
        "index.html",
        "references.html",
        "notebooks/34_local_network.html",
        "notebooks/33_capacity_building.html",
    }
    assert CHAPTER in touched
    assert not touched & (untouched - {"notebooks/33_capacity_building.html"})
    images = sorted(
        path.relative_to(site(built, LANGUAGE)) for path in site(built, LANGUAGE).rglob("*.svg")
    )
    different = [
        path.name
        for path in images
        if (site(built, LANGUAGE) / path).read_bytes()
        != (site(changed, LANGUAGE) / path).read_bytes()
    ]
    drawn = after[CHAPTER].find(id="fig-development").select("img")
    assert different == sorted(PurePosixPath(image["src"]).name for image in drawn) != []


def test_a_report_rebuilt_after_a_change_is_up_to_date(changed):
    done = evaluation("build", str(changed), "-p", f"language={LANGUAGE}")
    assert "notebooks executed: 0 of" in done.stdout and "report unchanged" in done.stdout
