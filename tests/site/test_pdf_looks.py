"""The looks of the PDF that an author chooses, in a book of a few lines."""

import io
import shutil
from itertools import pairwise

import pytest
from conftest import REPOSITORY
from pypdf import PdfReader

from evaluation.publish.embedded import render as embedded
from evaluation.publish.embedded.book import read_book
from evaluation.publish.stage import copy_fonts

PROJECT = """
project:
  type: book
lang: da
edition: Anden udgave, udkast
book:
  title: Prøvebog
  author: En Forfatter
  chapters: [index.qmd, 1.qmd]
format:
  html:
    css: _extensions/rapport/theme.css
  rapport-typst:
    citeproc: true
    callout-icon: false
    pdf-standard: [ua-1, a-2a]
    font-paths: _extensions/rapport/fonts
"""
LOOKS = """
# Udseende

::: {.key-findings}
Hovedfundet først.
:::

::: {.voice}
En forening fortæller om sit møde.

Interview, afsnit to
:::

::: {.voice}
En stemme uden ophav.
:::

> Gengivet med andre ord.

| Mål | Status |
|-----|--------|
| Et | [Nået]{.status .status-achieved} |
| To | [Delvist nået]{.status .status-partly} |
| Tre | [Ændret]{.status .status-reshaped} |
| Fire | [Ikke nået]{.status .status-not_achieved} |
| Fem | [Åben]{.status .status-open} |
| Seks | [Ukendt]{.status .status-unheard_of} |
"""
ROWS = "\n".join(f"| Række {number} | Tekst |" for number in range(30))
TALL = f"""
# Store tabeller

Indledningen.

::: {{#tbl-tall}}
| A | B |
|---|---|
{ROWS}

En høj tabel
:::

## Videre

{"Brødtekst, der løber videre. " * 60}
"""


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="{height}"/>'
FIGURE = "::: {{#fig-{name}}}\n![]({name}.svg){{fig-alt='En prøve'}}\n\nBillede {name}\n:::\n"


@pytest.fixture
def book(tmp_path):
    """Renders a book with one chapter; returns the text of its pages after cover and contents."""
    for name, height in {"low": 120, "tall": 500, "tower": 560}.items():
        (tmp_path / f"{name}.svg").write_text(DRAWING.format(height=height), "utf-8")
    (tmp_path / "_quarto.yml").write_text(PROJECT, "utf-8")
    (tmp_path / "_quarto-da.yml").write_text("lang: da\n", "utf-8")
    (tmp_path / "index.qmd").write_text("# Forord {.unnumbered}\n\nKort.\n", "utf-8")
    shutil.copytree(REPOSITORY / "_extensions", tmp_path / "_extensions", dirs_exist_ok=True)
    copy_fonts(tmp_path)

    def render(chapter, **how):
        (tmp_path / "1.qmd").write_text(chapter, "utf-8")
        site = embedded.render(tmp_path, read_book(tmp_path, "da"), ("pdf",))
        document = (site / "Prøvebog.pdf").read_bytes()
        return [page.extract_text(**how) for page in PdfReader(io.BytesIO(document)).pages]

    return render


LINKED = """
# Lænker

Se mere: Se [andet sted](#sec-other). Der er [[7](#sec-other)]{#number-1 .number} foreninger.

| A | B |
|---|---|
| Navn | [3](#sec-other) |

## Andet {#sec-other}

Tekst.
"""


def test_the_cover_says_title_author_and_edition(book):
    cover = book(LOOKS)[0]
    for words in ("Prøvebog", "En Forfatter", "Anden udgave, udkast"):
        assert words in cover


def test_voices_findings_and_statuses_are_set_with_all_their_words(book):
    text = " ".join(book(LOOKS)[-1].split())
    for words in (
        "Hovedfundet først.",
        "En forening fortæller om sit møde. Interview, afsnit to",
        "En stemme uden ophav.",
        "Gengivet med andre ord.",
        *("Nået", "Delvist nået", "Ændret", "Ikke nået", "Åben", "Ukendt"),
    ):
        assert words in text
    assert "rapport-" not in text


def test_a_tall_table_never_stands_above_the_title_of_its_chapter(book):
    pages = [page for page in book(TALL) if "Store tabeller" in page and "Indledningen" in page]
    assert len(pages) == 1
    text = pages[0]
    title, opening = text.index("Store tabeller"), text.index("Indledningen")
    assert title < opening
    assert "Række 0" not in text or text.index("Række 0") > opening


def test_a_table_that_fits_on_a_page_is_not_split(book):
    holding = [page for page in book(TALL) if "Række" in page]
    assert len(holding) == 1
    assert "Række 0" in holding[0] and "Række 29" in holding[0] and "En høj tabel" in holding[0]


def test_a_table_longer_than_a_page_repeats_its_header(book):
    rows = "\n".join(f"| Række {number} | Tekst |" for number in range(150))
    table = f"# Lang\n\n::: {{#tbl-long}}\n| Hoved | B |\n|---|---|\n{rows}\n\nLang tabel\n:::\n"
    holding = [page for page in book(table) if "Række" in page]
    assert len(holding) > 2
    assert all("Hoved" in page for page in holding)


def test_a_row_longer_than_a_page_is_shown_to_its_end(book):
    words = " ".join(f"led{number}" for number in range(1500))
    pages = book(f"# Lang\n\n| A | B |\n|---|--------|\n| x | {words} |\n| y |  |\n")
    holding = [page.split() for page in pages if "led" in page]
    assert len(holding) > 1
    shown = [word for page in holding for word in page if word.startswith("led")]
    assert shown == [f"led{number}" for number in range(1500)]
    assert all(page[-1].isdigit() for page in holding), "the page number is the last, not below it"


def test_figures_and_tables_stand_in_order_and_in_their_section(book):
    text = "Brødtekst, der løber videre. " * 40
    floats = [FIGURE.format(name=name) for name in ("tall", "low", "tower")]
    table = f"::: {{#tbl-rows}}\n| A | B |\n|---|---|\n{ROWS}\n\nRækkerne\n:::\n"
    chapter = [
        *("# Prøver", text, "## Første", text, floats[0], text, floats[1], text, table),
        *("## Anden", text, floats[2], "### Tredje", text),
    ]
    shown = "\n".join(book("\n\n".join(chapter))[2:])
    marks = ["1.1 Første", "Billede tall", "Billede low", "Rækkerne", "Række 29", "1.2 Anden"]
    places = [shown.index(mark) for mark in [*marks, "Billede tower", "1.2.1 Tredje"]]
    assert places == sorted(places)


def test_the_words_of_a_tables_head_never_run_into_one_another(book):
    """The text of each head, with where it begins and the least that it takes."""
    heads = ["Emne", "Måling", "Ikke påbegyndt", "Påbegyndt", "Fuldstændigt gennemført", "Svar"]
    rows = (
        f"| {' | '.join(heads)} |\n|------------|--:|--:|--:|--:|--:|\n| x | 1 | 2 | 3 | 4 | 5 |\n"
    )
    words = {word for head in heads for word in head.split()}
    seen = []

    def see(text, matrix, _, __, size):
        for word in text.split():
            if word in words:
                seen.append((round(matrix[5]), matrix[4], matrix[4] + 0.4 * size * len(word)))

    book(f"# Hoveder\n\n{rows}", visitor_text=see)
    assert len(seen) >= len(words), "no word of a head is broken"
    for line in {place for place, *_ in seen}:
        spans = sorted(span for place, *span in seen if place == line)
        assert all(end <= start for (_, end), (start, _) in pairwise(spans)), spans


def test_a_link_within_the_report_tells_its_page(book):
    (page,) = [text for text in book(LINKED) if "Se mere" in text]
    assert "Se andet sted (s. 4)." in " ".join(page.split())


def test_numbers_and_links_of_tables_are_words_on_paper(book):
    text = " ".join(" ".join(book(LINKED)).split())
    assert "Der er 7 foreninger" in text and "Navn 3" in text
