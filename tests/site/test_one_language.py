"""A report in one language: made from an export, published without a trace of the other."""

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import REPOSITORY, evaluation
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from evaluation.codebook import write_codebook
from evaluation.readers.recognise import read_export
from evaluation.readers.rows import write_rows

ROWS = [("Ja", "12,5"), ("Nej", "0"), ("Ja", "")] * 8
CONFIG = """\
languages: [da]
population: 30
survey: data/raw/survey.csv
min_cell: 1
min_cell_reason: {da: Tallene er opdigtede.}
pipeline: [notebooks/10_survey.ipynb]
parameters:
  language: {type: string, choices: [da, en]}
"""
QUARTO = """\
project: {type: book, pre-render: _extensions/rapport/prepare.py}
profile: {group: [[da]]}
book: {chapters: [index.qmd, notebooks/30_codebook.ipynb], downloads: [pdf]}
execute: {echo: false}
format:
  html: {css: _extensions/rapport/theme.css, html-math-method: mathml}
  rapport-typst: {citeproc: true, pdf-standard: ua-1, font-paths: _extensions/rapport/fonts}
"""
DANISH = """\
lang: da
project: {output-dir: reports/site/da}
book: {title: Opdigtede svar}
format: {html: {include-before-body: _extensions/rapport/alone-da.html}}
"""
COUNT = """\
from evaluation import survey, waves
from evaluation.folder import Folder

folder = Folder()
config, codebook = folder.config(), folder.codebook()
answers = survey.responses(folder.read_survey(), codebook, config.survey)
counted = (codebook, config.population, config.min_cell, 0.95)
folder.write("indicators", waves.indicators_by_wave(answers, *counted))"""
SHOW = """\
from evaluation.report import open_report
from evaluation.views import survey

survey.codebook(open_report(language))"""


def write_notebook(path, title: str, *code: str, tag: str | None = None) -> None:
    cells = [new_markdown_cell(f"# {title}"), *map(new_code_cell, code)]
    if tag:
        cells[1].metadata["tags"] = [tag]
    cells[-1].source = f"#| output: asis\n{cells[-1].source}" if tag else cells[-1].source
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), path)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("one_language") / "svar"
    for part in ("data/raw", "notebooks", "reports/site/en"):
        (folder / part).mkdir(parents=True)
    # the report had both languages once
    (folder / "reports/site/en/index.html").write_text("<p>Made-up answers</p>", "utf-8")
    for name, text in (("evaluation.yml", CONFIG), ("_quarto.yml", QUARTO)):
        (folder / name).write_text(text, "utf-8")
    (folder / "_quarto-da.yml").write_text(DANISH, "utf-8")
    (folder / "index.qmd").write_text("# Forord {.unnumbered}\n\nOpdigtede svar.\n", "utf-8")
    write_notebook(folder / "notebooks/10_survey.ipynb", "Svarene", COUNT)
    chapter = folder / "notebooks/30_codebook.ipynb"
    write_notebook(chapter, "Kodebog", 'language = "da"', SHOW, tag="parameters")
    source = folder.parent / "eksport.csv"
    lines = [f"{glad};{number};Bedre mad, tak {at}" for at, (glad, number) in enumerate(ROWS)]
    lines.insert(0, "Er I glade?;Hvor mange er I?;Hvad mangler?")
    source.write_text("\n".join(lines), "cp1252")
    export = read_export(source)
    write_codebook(export.codebook, folder / "data/raw/codebook.yml")
    write_rows(export, folder / "data/raw/survey.csv")
    done = evaluation("build", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def test_only_the_language_of_the_report_is_published(report):
    site = report / "reports/site"
    assert sorted(path.name for path in site.iterdir()) == ["da", "index.html"]
    front = BeautifulSoup((site / "index.html").read_text("utf-8"), "lxml")
    assert [section["lang"] for section in front.find_all("section")] == ["da"]
    assert list((site / "da").glob("*.pdf"))


def test_no_page_leads_to_the_other_language(report):
    pages = sorted((report / "reports/site").rglob("*.html"))
    assert len(pages) == 3
    for path in pages:
        page = BeautifulSoup(path.read_text("utf-8"), "lxml")
        assert page.html["lang"] == "da"
        assert not [link for link in page.find_all("a") if link.get("hreflang") == "en"]
        assert not page.find_all(attrs={"data-language-switch": True})


def test_a_page_keeps_the_way_past_its_menu(report):
    page = BeautifulSoup((report / "reports/site/da/index.html").read_text("utf-8"), "lxml")
    first = page.body.find("a")
    assert "skip-link" in first["class"]
    assert page.find(id=first["href"].removeprefix("#"))


def test_the_codebook_shows_the_questions_of_the_export(report):
    path = report / "reports/site/da/notebooks/30_codebook.html"
    page = BeautifulSoup(path.read_text("utf-8"), "lxml").main
    assert [heading.get_text().split(maxsplit=1)[1] for heading in page.find_all("h2")] == [
        *["Er I glade?", "Hvor mange er I?", "Hvad mangler?"]
    ]
    (table,) = page.find_all("table")
    assert [cell.get_text() for cell in table.find_all("td")] == [
        *["Ja", "ja", "16", "67\u00a0%"],
        *["Nej", "nej", "8", "33\u00a0%"],
    ]


def test_the_other_language_is_refused_with_those_that_there_are(report):
    done = evaluation("build", str(report), "-p", "language=en")
    assert done.returncode == 2
    assert "the languages of this report are da" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_way_past_the_menu_is_the_same_alone_and_beside_another_language(language):
    folder = REPOSITORY / "_extensions/rapport"
    alone = (folder / f"alone-{language}.html").read_text("utf-8")
    assert (folder / f"before-{language}.html").read_text("utf-8").startswith(alone)
