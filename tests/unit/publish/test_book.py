"""book: what _quarto.yml may say of the foot of the pages."""

import pytest
from refusals import refusal, tells

from evaluation.publish.embedded.book import read_book

CONFIG = """project: {{type: book}}
book:
  chapters: [index.qmd]
  page-footer:
    left: Edition 1
    right:
      - {entry}
"""


def written(tmp_path, entry):
    (tmp_path / "_quarto.yml").write_text(CONFIG.format(entry=entry), "utf-8")
    (tmp_path / "_quarto-en.yml").write_text("lang: en\nbook: {title: Report}\n", "utf-8")
    (tmp_path / "index.qmd").touch()
    return tmp_path


def test_the_foot_has_a_text_and_links_to_chapters(tmp_path):
    book = read_book(written(tmp_path, "{text: Start, href: index.qmd}"), "en")
    assert book.footer["left"] == "Edition 1"
    assert [dict(entry) for entry in book.footer["right"]] == [
        {"text": "Start", "href": "index.qmd"}
    ]


@pytest.mark.parametrize(
    "entry",
    [
        "{text: Gone, href: gone.qmd}",
        "{text: Data, href: _quarto.yml}",
        "{text: Anchor, href: index.qmd#sec-a}",
        "{text: None}",
        "{href: index.qmd}",
    ],
)
def test_a_link_that_quarto_would_leave_dead_is_refused_with_its_line(tmp_path, entry):
    told = refusal(read_book, written(tmp_path, entry), "en")
    tells(told, "_quarto.yml", "row 7", "page-footer")


WHOLE = """project:
  type: book
  resources: [downloads]
book:
  title: Report
  author: [Ann Author]
  date: "2026-11-30"
  chapters: [index.qmd]
  page-footer: {left: Edition 1}
bibliography: works.bib
toc-depth: 3
format:
  html:
    css: theme.css
    include-after-body: after.html
  rapport-typst:
    pdf-standard: [ua-1, a-2a]
    font-paths: _extensions/rapport/fonts
"""


@pytest.fixture
def whole(tmp_path):
    """The files of a book, with some text of its configuration another."""
    for name in ("index.qmd", "works.bib", "theme.css", "after.html"):
        (tmp_path / name).touch()
    (tmp_path / "_quarto-en.yml").write_text("", "utf-8")

    def change(old: str, new: str):
        assert WHOLE.count(old) == 1
        (tmp_path / "_quarto.yml").write_text(WHOLE.replace(old, new), "utf-8")
        return tmp_path

    return change


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("theme.css", "[theme.css, theme.css]"),
        ('"2026-11-30"', "2026-11-30"),
        ("[Ann Author]", "Ann Author"),
        ("[ua-1, a-2a]", "ua-1"),
        ("  date: ", "  subtitle: "),
        # the report format of a folder without one of its own is the library's
        ("theme.css", "_extensions/rapport/theme.css"),
    ],
)
def test_what_quarto_takes_in_two_forms_is_read_in_both(whole, old, new):
    assert read_book(whole(old, new), "en").title == "Report"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: Report", "title: 5", "book.title"),
        ("title: Report", "title:", "book.title"),
        ("title: Report", "title: [Report]", "book.title"),
        ("title: Report", "subtitle: Report", "has a title"),
        ("[Ann Author]", "7", "book.author"),
        ("[Ann Author]", "{name: Ann}", "book.author"),
        ('"2026-11-30"', "today", "book.date"),
        ('"2026-11-30"', "2026-13-30", "row 7"),
        ("[index.qmd]", "index.qmd", "book.chapters"),
        ("{left: Edition 1}", "[Edition 1]", "book.page-footer"),
        ("{left: Edition 1}", "{left: [1]}", "book.page-footer.left"),
        ("toc-depth: 3", "toc-depth: three", "toc-depth"),
        ("theme.css", "[theme.css, gone.css]", "gone.css"),
        ("theme.css", "/etc/hostname", "/etc/hostname"),
        ("theme.css", "../theme.css", "../theme.css"),
        ("after.html", "gone.html", "gone.html"),
        ("works.bib", "[works.bib]", "bibliography"),
        ("works.bib", "gone.bib", "gone.bib"),
        ("[downloads]", "[../downloads]", "project.resources"),
        # only the processed tables that evaluation.yml names stand beside the pages
        ("[downloads]", "[downloads, data/raw]", "project.resources"),
        ("[ua-1, a-2a]", "[pdf-x]", "pdf-standard"),
        ("font-paths: _extensions/rapport/fonts", "font-paths: 3", "font-paths"),
        ("font-paths: _extensions/rapport/fonts", "font-paths: ours", "font-paths"),
        ("type: book", "output-dir: ../elsewhere", "project.output-dir"),
        ("type: book", "output-dir: data/raw", "project.output-dir"),
        ("type: book", "output-dir: .", "project.output-dir"),
        ("[index.qmd]", "[index.qmd, 5]", "book.chapters.1"),
        ("[index.qmd]", "[index.qmd, [a]]", "book.chapters.1"),
        ("[index.qmd]", "[index.qmd, {part: a.qmd}]", "knows no parts"),
        ("[index.qmd]", "[index.qmd, theme.css]", "row 8"),
        ("[index.qmd]", "[index.qmd, ../index.qmd]", "row 8"),
        ("[index.qmd]", "[index.qmd, /etc/index.qmd]", "row 8"),
        ("[Ann Author]", '["Ann\\x1b[31m Author"]', "book.author.0"),
        ("title: Report", 'title: "a\\0b"', "book.title"),
        ("type: book", "type: website", "project.type"),
        ("format:", "format: html\nprofile:", "format"),
    ],
)
def test_what_has_another_form_is_refused_with_its_place_and_a_remedy(whole, old, new, told):
    tells(refusal(read_book, whole(old, new), "en"), "_quarto", told, "Remedy: ")
