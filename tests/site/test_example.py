"""examples/broen: a fictional network with two waves and all instruments, built on its own."""

import shutil
import subprocess
import sys

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from conftest import LANGUAGES, REPOSITORY, evaluation
from frictionless import Package
from pages import words
from pdf_text import printed

from evaluation.disclosure import attack, is_safe
from evaluation.exchange import writing
from evaluation.language.texts import texts
from evaluation.project.folder import Folder

EXAMPLE = REPOSITORY / "examples" / "broen"
GENERATED = shutil.ignore_patterns(
    "reports", "processed", "_extensions", "downloads", "scores_*", "chapter_*"
)
FICTIONAL = {"da": "fiktiv", "en": "fictional"}
INSTRUMENTS = (
    "resource_check",
    "partnership_check",
    "actor_network",
    "collaboration_phases",
    "bridge_building",
    "meetings_grants",
    "goal_attainment",
    "coding_quality",
)


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The example, copied away from the repository and built from clean."""
    target = tmp_path_factory.mktemp("example") / "broen"
    shutil.copytree(EXAMPLE, target, ignore=GENERATED)
    subprocess.run([sys.executable, str(target / "generate.py")], check=True)
    done = evaluation("build", str(target))
    assert done.returncode == 0, done.stderr
    return target


def pages_of(example, language):
    root = example / "reports/site" / language
    return {
        path.relative_to(root).as_posix(): BeautifulSoup(path.read_text("utf-8"), "lxml")
        for path in sorted(root.rglob("*.html"))
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_that_it_is_fictional(example, language):
    found = pages_of(example, language)
    assert len(found) > 12
    for path, page in found.items():
        assert page.html["lang"] == language
        assert FICTIONAL[language] in words(page.body).lower(), path
        assert FICTIONAL[language] in page.title.get_text().lower(), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_pdf_says_that_it_is_fictional(example, language):
    (path,) = (example / "reports/site" / language).glob("*.pdf")
    for number, page in enumerate(printed(path), start=1):
        assert FICTIONAL[language] in page.text.lower(), number


@pytest.mark.parametrize("instrument", INSTRUMENTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_instrument_has_its_chapter_with_figure_and_table(example, language, instrument):
    page = pages_of(example, language)[f"notebooks/chapter_{instrument}.html"]
    assert page.select("[id^=fig-] img")
    assert page.select("[id^=tbl-] table")


def test_the_same_seed_gives_the_data_that_are_there(tmp_path):
    script = tmp_path / "generate.py"
    shutil.copy(EXAMPLE / "generate.py", script)
    (tmp_path / "data/raw").mkdir(parents=True)
    shutil.copy(EXAMPLE / "data/raw/codebook.yml", tmp_path / "data/raw")
    subprocess.run([sys.executable, str(script)], check=True)
    made, stored = (
        {
            path.relative_to(root).as_posix(): path.read_bytes()
            for part in ("data/raw", "exports")
            for path in (root / part).rglob("*.csv")
        }
        for root in (tmp_path, EXAMPLE)
    )
    assert len(made) > 15
    assert made == stored


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_and_tables_show_something_at_the_usual_threshold(example, language):
    hidden = texts(language)("hidden")
    for path, page in pages_of(example, language).items():
        figures = page.select("[id^=fig-] img.figure-page")
        assert not [image["alt"] for image in figures if hidden in image["alt"]], path
        cells = [words(cell) for cell in page.select("[id^=tbl-] td")]
        assert cells.count(hidden) <= len(cells) / 20, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_network_calls_something_is_said_in_words_of_each_language(example, language):
    said = " ".join(words(page.main) for page in pages_of(example, language).values())
    folder = Folder(example)
    declared = ("goal_attainment_name", "meetings_grants_theme", "coding_quality_code")
    for question in map(folder.items().__getitem__, declared):
        for option in question.options:
            assert option.label[language] in said
            assert "_" not in option.code or option.code not in said


def test_small_counts_are_hidden_in_every_wave(example):
    folder = Folder(example)
    assert folder.config().min_cell == 3
    table = folder.read("indicators")
    assert sorted(table["wave"].unique()) == [1, 2]
    for _, wave in table.groupby("wave"):
        assert is_safe(attack(wave, folder.published_codebook(), 3), 3)
    seen = 0
    for path in sorted((example / "data/processed").glob("*.csv")):
        processed = pd.read_csv(path)
        if "k" in processed and "suppressed" in processed:
            seen += 1
            # a measure such as the number of components is of nobody
            counts = processed[processed["n"].notna()] if "n" in processed else processed
            assert not counts["k"].between(1, 2).any(), path.name
    assert seen > 1


def test_all_data_of_a_built_report_leave_and_come_back(example, tmp_path):
    folder = Folder(example)
    writing.write(folder, tmp_path / "data")
    assert Package(str(tmp_path / "data/datapackage.json")).validate().valid
    for name in folder.processed():
        table = folder.read(name)
        pd.testing.assert_frame_equal(writing.read_csv(tmp_path / "data", name), table)
        pd.testing.assert_frame_equal(writing.read_parquet(tmp_path / "data", name), table)
    answers = writing.read_sav(tmp_path / "data/responses.sav", folder.codebook())
    pd.testing.assert_frame_equal(answers, folder.read("responses"))
