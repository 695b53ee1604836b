"""A book in two PDFs and on a site: what `print` in _quarto.yml says, by both renderers."""

import shutil

import pytest
import structure
from bs4 import BeautifulSoup
from conftest import REPOSITORY
from pdf_text import pdf_text
from pypdf import PdfReader
from refusals import refusal, tells

from evaluation.publish import quarto
from evaluation.publish.embedded import render
from evaluation.publish.embedded.book import read_book
from evaluation.publish.engines import find_quarto
from evaluation.publish.stage import stage_book

PROGRAM, WHY_NOT = find_quarto()
WITH_QUARTO = pytest.mark.skipif(PROGRAM is None, reason=f"not compared with Quarto: {WHY_NOT}")
ENGINES = {
    "embedded": render.render,
    "quarto": lambda root, book: quarto.render(PROGRAM, root, book),
}
PROJECT = """
project: {{type: book}}
lang: en
cover-note: A new presentation of 1. May
colophon:
  - {{term: Client, text: "1. The *client*"}}
book:
  title: Two volumes
  author: Ann Author
  date: "2026-05-01"
{site}  chapters: [index.qmd, chapter.qmd, references.qmd]
  appendices: [methods.qmd, register.qmd, guide.qmd]
  downloads: [pdf]
print: {{{print}}}
bibliography: works.bib
number-sections: true
format:
  html: {{css: _extensions/rapport/theme.css, html-math-method: mathml}}
  rapport-typst:
    citeproc: true
    callout-icon: false
    pdf-standard: [ua-1, a-2a]
    font-paths: _extensions/rapport/fonts
"""
PAGES = {
    "index.qmd": "# Preface {#sec-preface .unnumbered}\n\nShort.\n",
    "chapter.qmd": """
# Results {#sec-results}

See @tbl-register, [the table @tbl-register], [-@sec-guide], @sec-methods and [@sec-methods;
@sec-register]. A link to [all rows](register.qmd#row-1), to [the guide](guide.qmd), to
[the methods](methods.qmd#sec-methods), to [the sources](references.qmd), to
[a file](downloads/rows.csv), and
[[7](register.qmd#row-1)]{#number-1 .number} is a number.

| A | B |
|---|--:|
| x | [3](register.qmd#row-1) |
""",
    "references.qmd": "# Sources {#sec-sources .unnumbered}\n\n::: {#refs}\n:::\n",
    "methods.qmd": "# Methods {#sec-methods}\n\nShort, as @doe2020 says.\n",
    "register.qmd": """
# Register {#sec-register}

Counted as @doe2020 does, see @sec-results, @sec-guide and @tbl-register.

::: {#tbl-register}
| Row | Text |
|-----|------|
| [1]{#row-1} | One |

All rows
:::
""",
    "guide.qmd": "# Guide {#sec-guide}\n\nOnly on the site.\n",
}
WORKS = "@book{doe2020, author={Doe, Dee}, title={A work}, year={2020}, publisher={House}}\n"
BOTH = "annexes: [register.qmd], site: [guide.qmd]"
NAMES = ["Two-volumes-Data-and-annexes.pdf", "Two-volumes.pdf"]


def written(root, printed=BOTH, site=""):
    """The files of a book; printed: what `print` says; site: its address."""
    shutil.copytree(REPOSITORY / "_extensions", root / "_extensions")
    address = f"  site-url: {site}\n" if site else ""
    (root / "_quarto.yml").write_text(PROJECT.format(print=printed, site=address), "utf-8")
    (root / "_quarto-en.yml").write_text("lang: en\n", "utf-8")
    (root / "works.bib").write_text(WORKS, "utf-8")
    for name, text in PAGES.items():
        (root / name).write_text(text, "utf-8")
    return root


def published(root, engine, **said):
    """The site of a book, rendered."""
    source, staged = root / "source", root / "staged"
    source.mkdir()
    staged.mkdir()
    book = read_book(written(source, **said), "en")
    stage_book(source, staged, "en", {})
    return ENGINES[engine](staged, book)


@pytest.fixture(scope="module", params=["embedded", pytest.param("quarto", marks=WITH_QUARTO)])
def site(request, tmp_path_factory):
    return published(tmp_path_factory.mktemp(request.param), request.param)


@pytest.fixture(scope="module")
def said(site):
    """Name -> text of each PDF, on one line with ordinary blanks."""
    found = {}
    for path in sorted(site.glob("*.pdf")):
        text = pdf_text(path)
        found[path.name] = " ".join(text.replace("\u00a0", " ").split())
    return found


def test_there_are_two_pdfs_and_every_page_links_to_them(site, said):
    assert list(said) == NAMES
    paths = list(site.rglob("*.html"))
    assert paths
    for path in paths:
        page = BeautifulSoup(path.read_text("utf-8"), "lxml")
        links = {a["href"].rpartition("/")[2] for a in page.select("#quarto-sidebar a[href]")}
        assert set(NAMES) <= links, path


def test_each_page_is_printed_where_it_was_said_and_has_the_letter_of_the_site(said):
    annexes, report = (said[name] for name in NAMES)
    assert "Appendix A — Methods" in report and "Appendix B — Register" in annexes
    assert "All rows" in annexes and "All rows" not in report
    assert "Table B.1: All rows" in annexes
    for text in said.values():
        assert "Only on the site." not in text
        assert "Doe, Dee" in text, "the list of the works that are cited"


def test_what_is_elsewhere_is_said_in_words(said):
    annexes, report = (said[name] for name in NAMES)
    for words in (
        "See Table B.1 (in Data and annexes), the table B.1 (in Data and annexes)",
        "C (on the website), Appendix A and Appendix A, Appendix B (in Data and annexes).",
        "all rows (Appendix B, in Data and annexes)",
        "the guide (Appendix C, on the website)",
        "the methods (p. 7)",
        "the sources (p. 6)",
        "to a file, and 7 is a number",
    ):
        assert words in report
    assert "see Chapter 1 (in the report), Appendix C (on the website) and Table B.1" in annexes
    assert "?@" not in report + annexes and ".qmd" not in report + annexes


def test_cover_and_colophon_say_what_this_is_as_it_was_written(said):
    for text in said.values():
        assert "A new presentation of 1. May" in text
        assert "Client 1. The *client*" in text
    assert (
        "In Data and annexes: Appendix B Register. On the website only: Appendix C Guide."
        in (said[NAMES[1]])
    )


def test_no_link_of_a_pdf_is_dead(site):
    for name in NAMES:
        assert [address for address in addresses(site / name) if "://" not in address] == []


def addresses(path):
    marks = [
        mark.get_object() for page in PdfReader(path).pages for mark in page.get("/Annots", [])
    ]
    return [str(mark["/A"]["/URI"]) for mark in marks if "/URI" in mark.get("/A", {})]


@pytest.mark.parametrize("engine", ["embedded", pytest.param("quarto", marks=WITH_QUARTO)])
def test_what_is_elsewhere_leads_to_the_site_where_its_address_is_known(tmp_path, engine):
    site = published(tmp_path, engine, site="https://example.org/report/")
    start = "https://example.org/report"
    assert {
        f"{start}/register.html#tbl-register",
        f"{start}/register.html#row-1",
        f"{start}/guide.html",
        f"{start}/downloads/rows.csv",
    } <= set(addresses(site / NAMES[1]))
    assert f"{start}/chapter.html#sec-results" in addresses(site / NAMES[0])


@pytest.mark.parametrize(
    ("printed", "names"),
    [("", ["Two-volumes.pdf"]), ("site: [register.qmd, guide.qmd]", ["Two-volumes.pdf"])],
)
def test_without_annexes_there_is_one_pdf(tmp_path, printed, names):
    assert list(structure.pdf_texts(published(tmp_path, "embedded", printed=printed))) == names


@pytest.mark.parametrize("engine", ["embedded", pytest.param("quarto", marks=WITH_QUARTO)])
def test_a_summary_is_a_pdf_by_itself_without_cover_and_contents(tmp_path, engine):
    site = published(tmp_path, engine, printed="summary: [index.qmd, chapter.qmd]")
    assert sorted(path.name for path in site.glob("*.pdf")) == [
        "Two-volumes-On-one-page.pdf",
        "Two-volumes.pdf",
    ]
    short, whole = (site / name for name in ("Two-volumes-On-one-page.pdf", "Two-volumes.pdf"))
    assert len(PdfReader(short).pages) == 1 < len(PdfReader(whole).pages)
    text = " ".join(pdf_text(short).replace("\u00a0", " ").split())
    assert "Two volumes" in text and "A new presentation of 1. May" in text
    assert "Contents" not in text and "Client" not in text
    # where else something is the whole report tells
    assert "See Table B.1, the table B.1" in text and "(in the report)" not in text
    assert "the guide (Appendix C)" in text and addresses(short) == []


@pytest.mark.parametrize("named", ["gone.qmd", "chapter.qmd", "guide.qmd"])
def test_a_summary_of_what_is_no_first_chapter_is_refused_with_its_line(tmp_path, named):
    message = refusal(read_book, written(tmp_path, f"summary: [{named}]"), "en")
    tells(message, "_quarto.yml", "row 14", named, "print.summary names chapters of the book")


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("annexes: [methods.qmd]", "methods.qmd"),
        ("annexes: [guide.qmd], site: [register.qmd]", "guide.qmd"),
        ("annexes: [chapter.qmd]", "chapter.qmd"),
        ("site: [guide.qmd, guide.qmd]", "guide.qmd"),
        ("annexes: [gone.qmd]", "gone.qmd"),
        ("annexes: guide.qmd", "print.annexes"),
        ("paper: [guide.qmd]", "print.paper"),
    ],
)
def test_what_is_not_the_last_appendices_is_refused_with_its_line(tmp_path, printed, told):
    message = refusal(read_book, written(tmp_path, printed), "en")
    tells(message, "_quarto.yml", "row 14", told)
