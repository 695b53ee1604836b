"""What people write is text wherever it stands, on both rendering routes: nothing in it is alive,
nobody else is asked for anything, and each text reads as it was typed.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import REPOSITORY
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pypdf import PdfReader
from ruamel.yaml import YAML

from evaluation.base.markdown import JOINER, escape, one_line
from evaluation.notebook import edition
from evaluation.notebook.inline import METADATA
from evaluation.notebook.inline_values import shown
from evaluation.publish import quarto
from evaluation.publish.embedded import render
from evaluation.publish.embedded.book import read_book
from evaluation.publish.engines import find_quarto
from evaluation.publish.stage import stage_book
from evaluation.report.tables import Column, pipe_table

from .hostile import HOSTILE

PROGRAM, WHY_NOT = find_quarto()
WITH_QUARTO = pytest.mark.skipif(PROGRAM is None, reason=f"not rendered with Quarto: {WHY_NOT}")
ENGINES = {
    "embedded": render.render,
    "quarto": lambda root, book: quarto.render(PROGRAM, root, book),
}
TITLE = "Hvad <b>x</b>? *s* {{< env PLANTED >}} $5 #1: 50% 2024/2025"
AUTHOR = "Ea <i>Prøve</i> & {{< env PLANTED >}} @sommer2025 #pagebreak()"
FOOTER = "Udgave 0.1, <b>x</b> *s* {{< env PLANTED >}} $5 @ref"
SUBTITLE = "`z`{=typst} <img src=x onerror=alert(1)> $x^2$ #lorem(5)"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    '<rect width="40" height="20"/></svg>'
)
SQUEEZED = re.compile("[\\s\u00ad\u200b\u2060\u2010-]+")
PLANTED = "udlagt-hemmelighed"


@dataclass(frozen=True)
class Rendered:
    site: Path
    page: BeautifulSoup

    def place(self, number: int, kind: str):
        return self.page.find(id=f"{kind}-{number}")


def result(text: str) -> dict:
    return {"status": "ok", "data": shown(text, "da")._repr_mimebundle_(), "metadata": {}}


def chapter() -> nbformat.NotebookNode:
    """An executed chapter that shows each text in prose, heading, table, caption and picture."""
    cells = [new_markdown_cell("# Tekster {#sec-texts}")]
    for number, text in enumerate(HOSTILE):
        prose = f"::: {{#prose-{number}}}\n`{{python}} text`\n:::\n\n## {escape(text)}\n\nOrd."
        told = [{"expression": "text", "result": result(text)}]
        cells.append(new_markdown_cell(prose, metadata={METADATA: told}))
        table = pipe_table([Column(text, 10), Column("Svar", 5)], [[text, "1"]])
        cells.append(cell(f"tbl-{number}", {"tbl-cap": escape(text)}, table._repr_mimebundle_()))
        options = {"fig-cap": escape(text), "fig-alt": one_line(text)}
        cells.append(cell(f"fig-{number}", options, {"image/svg+xml": SVG}))
    return new_notebook(cells=cells)


def cell(label: str, options: dict, data: dict):
    output = new_output("execute_result", data, execution_count=1)
    made = new_code_cell("shown", execution_count=1, outputs=[output])
    edition.write_options(made, {"label": label, **options})
    return made


@pytest.fixture(scope="module", params=["embedded", pytest.param("quarto", marks=WITH_QUARTO)])
def rendered(request, tmp_path_factory) -> Rendered:
    source = tmp_path_factory.mktemp("texts")
    for name in ("_quarto.yml", "_quarto-da.yml"):
        content = YAML(typ="safe").load(REPOSITORY / "tests/site/parity" / name)
        if name == "_quarto.yml":
            content["book"] |= {"chapters": ["index.qmd", "texts.ipynb"], "author": AUTHOR}
            del content["book"]["appendices"], content["bibliography"]
        else:
            content["book"] |= {"title": TITLE, "subtitle": SUBTITLE}
            content["book"]["page-footer"] = {
                "left": FOOTER,
                "right": [{"text": FOOTER, "href": "texts.ipynb"}],
            }
        YAML().dump(content, source / name)
    (source / "index.qmd").write_text("# Forside {.unnumbered}\n\nOrd.\n", "utf-8")
    nbformat.write(chapter(), source / "texts.ipynb")
    root = tmp_path_factory.mktemp(request.param)
    book = read_book(source, "da")
    stage_book(source, root, "da", {"texts.ipynb": source / "texts.ipynb"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANTED", PLANTED)
        site = ENGINES[request.param](root, book)
    return Rendered(site, BeautifulSoup((site / "texts.html").read_text("utf-8"), "lxml"))


def read(element) -> str:
    """The text of an element as a reader sees it."""
    return typed(element.get_text(""))


def typed(text: str) -> str:
    return " ".join(one_line(text).replace(JOINER, "").split())


@pytest.mark.parametrize("number", range(len(HOSTILE)), ids=map(repr, HOSTILE))
def test_a_text_reads_as_typed_in_prose_tables_captions_and_alternative_texts(rendered, number):
    text = typed(HOSTILE[number])
    prose = rendered.place(number, "prose")
    assert read(prose) == text
    assert {tag.name for tag in prose.find_all()} <= {"p"}
    table = rendered.place(number, "tbl")
    for tag in (table.th, table.td):
        assert read(tag) == text
        assert not tag.find_all()
    for place in (table, rendered.place(number, "fig")):
        caption = place.find("figcaption")
        assert read(caption).partition(": ")[2] == text
        assert not caption.find_all()
    assert typed(rendered.place(number, "fig").img["alt"]) == text


def test_headings_read_as_typed(rendered):
    headings = rendered.page.select("main h2:not(#toc-title)")
    for heading in headings:
        for tag in heading.select(".header-section-number"):
            tag.extract()
        assert not heading.find_all()
    assert [read(heading) for heading in headings] == [typed(text) for text in HOSTILE]


def test_title_and_author_read_as_typed(rendered):
    front = BeautifulSoup((rendered.site / "index.html").read_text("utf-8"), "lxml")
    assert read(front.title) == TITLE
    assert read(front.select_one("h1.title")) == TITLE
    assert read(front.select_one("p.subtitle")) == SUBTITLE
    assert AUTHOR in read(front.select_one("#title-block-header"))
    assert TITLE in read(rendered.page.title)
    assert read(front.find("footer")).count(FOOTER) == 2


def test_no_text_is_run(rendered):
    """The value that a shortcode would fetch is in no file, and neither is what code would give."""
    endings = {".html", ".js", ".css"}
    files = [path for path in rendered.site.rglob("*") if path.suffix in {*endings, ".json"}]
    assert {path.suffix for path in files} - {".json"} == endings
    for path in files:
        assert PLANTED not in path.read_text("utf-8"), path.name


def test_a_browser_meets_nothing_alive_and_asks_nobody(rendered, page):
    dialogs, asked = [], []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    paths = sorted(rendered.site.glob("*.html"))
    assert len(paths) > 1
    for path in paths:
        page.goto(path.as_uri())
        page.wait_for_load_state()
        assert page.title() != "ud"
    assert not dialogs
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_the_pdf_says_each_text(rendered):
    (path,) = rendered.site.glob("*.pdf")
    pages = [page.extract_text() for page in PdfReader(path).pages]
    said = SQUEEZED.sub("", " ".join(pages))
    assert PLANTED not in said
    missing = [text for text in HOSTILE if SQUEEZED.sub("", one_line(text)) not in said]
    assert not missing
