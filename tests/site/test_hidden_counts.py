"""A report with a threshold: no published file tells a small count, and none can be worked out."""

import json
import re
import shutil

import nbformat
import pandas as pd
import pytest
from conftest import LANGUAGES, at_threshold, evaluation
from pages import pages, pdf_words, site, words

from evaluation.disclosure import attack, exactly, is_safe, primary
from evaluation.language.texts import texts
from evaluation.notebook import ledger
from evaluation.project.folder import Folder
from evaluation.survey.reconstruction import counts

THRESHOLD = 3
PRINTED = "da"
SHARE = re.compile(r"\b(\d+)\W{1,6}(?:af|of)\W{1,6}(1[26])\b")


@pytest.fixture(scope="module")
def report(built, tmp_path_factory):
    """The report of this evaluation, built again after the usual threshold was set; the PDFs of
    one language, which are made alike."""
    target = shutil.copytree(built, tmp_path_factory.mktemp("hidden") / "evaluation")
    at_threshold(target, THRESHOLD)
    for options in (["-p", f"language={PRINTED}"], ["-p", "language=en", "--to", "html"]):
        done = evaluation("build", str(target), *options)
        assert done.returncode == 0, done.stderr
    shutil.rmtree(target / "reports/site/en")
    (target / "reports/partial/en").rename(target / "reports/site/en")
    return target


@pytest.fixture(scope="module")
def small(repository):
    """The counts of the source that are too small to be shown."""
    folder = Folder(repository)
    table = counts(folder.read_raw("published_figures"), folder.codebook())
    table = table.assign(id=table["question"] + "." + table["option"])
    rows = table[primary(table, folder.codebook(), THRESHOLD)]
    assert len(rows) > 10
    return rows


def published_texts(folder):
    """File -> text, of everything that is published or stands beside it."""
    for root in ("reports/site", "reports/executed", "data/processed"):
        for path in sorted((folder / root).rglob("*")):
            if path.suffix in {".html", ".csv", ".ipynb", ".json", ".js", ".xml"}:
                yield path, path.read_text("utf-8")
    yield site(folder, PRINTED), pdf_words(folder, PRINTED)


def test_no_text_says_a_small_number_of_those_who_answered(report):
    seen = 0
    for path, text in published_texts(report):
        if path.name.startswith("responses"):
            continue  # the rows that are counted: an input, never published
        plain = text.replace("\\u00a0", " ").replace("&nbsp;", " ")
        # what each of those who answered makes up is no answer
        plain = re.sub(
            r'id="number-introduction-\d+" class="number" data-count="\w+: 1\s[^"]*"', "", plain
        )
        for k, n in SHARE.findall(plain):
            seen += 1
            rest = int(n) - int(k)
            assert not 0 < int(k) < THRESHOLD, (path, k, n)
            assert not 0 < rest < THRESHOLD, (path, k, n)
    assert seen > 500


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_codebook_shows_no_small_number(report, language):
    page = pages(report, language)["notebooks/91_codebook.html"]
    cells = [words(row.find_all("td")[2]) for row in page.select("tbody tr")]
    numbers = [int(cell) for cell in cells if cell.isdigit()]
    assert len(numbers) > 20 and len(cells) > len(numbers)
    assert not {1, 2} & set(numbers)


def test_the_indicators_hold_no_hidden_count(report, small):
    table = pd.read_csv(report / "data/processed/indicators.csv").set_index("id")
    for row in small.itertuples():
        # options that were collapsed are not there at all
        assert row.id not in table.index or pd.isna(table.loc[row.id, "k"]), row.id
    assert not table["k"].between(1, THRESHOLD - 1).any()
    assert (
        table.loc[table["suppressed"], ["share", "low", "high", "lower_bound"]]
        .isna()
        .all(axis=None)
    )


def test_no_number_in_the_notebooks_remembers_a_small_count(report):
    ids = set(pd.read_csv(report / "data/processed/indicators.csv")["id"])
    seen = 0
    for path in (report / "reports").rglob("*.ipynb"):
        for origin in origins(json.loads(path.read_text("utf-8"))):
            if ids.issuperset(origin["about"]) and origin["k"] is not None:
                seen += 1
                assert origin["k"] == 0 or origin["k"] >= THRESHOLD, (path, origin)
    assert seen > 100


def origins(node):
    """Every origin that a notebook remembers, wherever it stands."""
    if isinstance(node, dict):
        if "about" in node and "k" in node:
            yield node
        for value in node.values():
            yield from origins(value)
    elif isinstance(node, list):
        for value in node:
            yield from origins(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ledger_lists_no_small_count(report, language):
    listed = pd.read_csv(site(report, language) / f"downloads/number_ledger_{language}.csv")
    folder = Folder(report)
    about = listed["source"].fillna("").str.startswith("data/raw/published_figures.csv")
    assert about.sum() > 100
    assert not listed.loc[about, "k"].between(1, THRESHOLD - 1).any()
    assert folder.read("indicators")["suppressed"].any()


def told(folder: Folder, language: str):
    """What the finished chapters say about counts, as a reader knows it."""
    ids = set(folder.read("indicators")["id"])
    return [
        exactly(entry.about, entry.k)
        for _, notebook in folder.executed(language)
        for entry in ledger.entries(notebook, texts(language))
        if entry.k is not None and entry.about and ids.issuperset(entry.about)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_solver_recovers_no_hidden_count_from_tables_and_text(report, language):
    folder = Folder(report)
    known = told(folder, language)
    assert len(known) > 50
    attacked = attack(folder.read("indicators"), folder.published_codebook(), THRESHOLD, known)
    assert len(attacked) > 10
    assert (attacked["minimum"] < attacked["maximum"]).all()
    assert (attacked["informed_minimum"] < attacked["informed_maximum"]).all()
    assert is_safe(attacked, THRESHOLD)


def test_hiding_small_counts_alone_would_not_be_enough(report, small):
    folder = Folder(report)
    published = folder.read("indicators")
    weakened = published.copy()
    protecting = published["suppressed"] & ~published["id"].isin(small["id"])
    truth = {"advice_satisfaction.neutral_or_lower": 3, "advice_satisfaction.dont_know": 0}
    assert set(truth) <= set(published["id"][protecting])
    for cell, k in truth.items():
        weakened.loc[weakened["id"] == cell, ["k", "suppressed"]] = [k, False]
    attacked = attack(weakened, folder.published_codebook(), THRESHOLD)
    assert not is_safe(attacked, THRESHOLD)


def test_a_chapter_that_tells_too_much_stops_the_build(report, tmp_path):
    target = tmp_path / "evaluation"
    shutil.copytree(report, target)
    shutil.rmtree(target / "reports/site")
    path = target / "notebooks" / "34_local_network.ipynb"
    notebook = nbformat.read(path, as_version=4)
    told_sum = (
        "from evaluation.report.provenance import Count, Origin\n"
        'cells = ("equal_terms.some", "equal_terms.dont_know")\n'
        'too_much = Count(2, Origin(cells, "data/raw/published_figures.csv", (2,), 2, 16))'
    )
    notebook.cells.insert(4, nbformat.v4.new_code_cell(told_sum, id="too-much"))
    for cell in notebook.cells[5:]:
        if cell.cell_type == "markdown":
            cell.source += "\n\nSamlet `{python} report.number(too_much)`."
    nbformat.write(notebook, path)
    done = evaluation("build", str(target), "-p", "language=da")
    assert done.returncode == 2
    assert "notebooks/34_local_network.ipynb" in done.stderr
    assert "no number gives away a count that is hidden" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (target / "reports/site").exists()
