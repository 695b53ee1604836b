"""The PDF as a publication: its standards, its outline, and pages that a reader can use."""

import re
import xml.etree.ElementTree as ElementTree

import pytest
from conftest import LANGUAGES
from pages import PDF, pages, pdf, pdf_texts, printed, site, words

LARGEST = 3_000_000  # bytes
LARGEST_SITE = 9_000_000
MIDDLE = 842 / 2  # points above the foot of an A4 page
CONTENTS = {"da": "Indholdsfortegnelse", "en": "Table of contents"}
TITLE = {"da": "Evaluering af ALLIANCEN", "en": "Evaluation of ALLIANCEN"}
LEDGER = {"da": "Talregnskab", "en": "Number ledger"}
LEDGER_HEADER = {"da": "Kilde: linje", "en": "Source: line"}
STANDARDS = {
    "{http://www.aiim.org/pdfua/ns/id/}part": "1",
    "{http://www.aiim.org/pdfa/ns/id/}part": "2",
    "{http://www.aiim.org/pdfa/ns/id/}conformance": "A",
}


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def document(built, language):
    return pdf(built, language)


@pytest.fixture(scope="module")
def texts(built, language):
    return [" ".join(text.split()) for text in pdf_texts(built, language)]


@pytest.fixture(scope="module")
def chapters(document):
    """Title without number -> page, from 0, of the first level of the outline, in order."""
    return {
        re.sub(r"^[A-Z\d]+ ", "", entry.title): document.get_destination_page_number(entry)
        for entry in document.outline
        if not isinstance(entry, list)
    }


def squeezed(text):
    """Text without blanks and hyphens: where a line breaks is no matter."""
    return re.sub(r"[\s\u00ad-]", "", text)


def test_it_declares_both_standards(document):
    found = {}
    for element in ElementTree.fromstring(document.root_object["/Metadata"].get_data()).iter():
        found.update({element.tag: element.text, **element.attrib})
    assert {name: found.get(name) for name in STANDARDS} == STANDARDS


def test_it_has_what_the_standards_ask_of_a_reader(document):
    root = document.root_object
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/OutputIntents"]
    assert all(page["/Tabs"] == "/S" for page in document.pages)
    assert not [page for page in document.pages if page.mediabox.width != pytest.approx(595.276)]


def test_every_figure_is_described(document):
    alternatives = [
        element.get("/Alt") for element in elements(document) if element["/S"] == "/Figure"
    ]
    assert len(alternatives) > 10
    assert all(alternatives)


def test_every_table_has_header_cells(document):
    tables = [element for element in elements(document) if element["/S"] == "/Table"]
    assert len(tables) > 10
    for table in tables:
        assert "/TH" in {element["/S"] for element in below(table)}


def elements(document):
    return below(document.root_object["/StructTreeRoot"])


def below(element):
    """The elements of the structure below one, in reading order."""
    waiting = [element]
    while waiting:
        current = waiting.pop()
        if "/S" in current:
            yield current
        children = current.get("/K", [])
        children = children if isinstance(children, list) else [children]
        children = [child.get_object() for child in children]
        waiting += [child for child in reversed(children) if isinstance(child, dict)]


def test_the_outline_leads_to_every_chapter(built, language, texts, chapters):
    headings = [
        squeezed(words(page.find_all("h1")[-1])) for page in pages(built, language).values()
    ]
    for heading in headings:
        assert any(heading.endswith(squeezed(title)) for title in chapters), heading
    assert list(chapters.values()) == sorted(set(chapters.values())), "a page of its own, in order"
    for title, page in chapters.items():
        assert squeezed(title) in squeezed(texts[page])


def test_each_page_of_a_chapter_names_the_chapter_and_the_report(language, texts, chapters):
    starts = sorted((page, title) for title, page in chapters.items())
    assert len(texts) > len(starts) > 8
    for number, text in enumerate(texts):
        current = [title for page, title in starts if page < number]
        if not current or number in chapters.values():
            continue
        # with the number of the chapter before its title
        head = squeezed(text)[: len(squeezed(current[-1] + TITLE[language])) + 12]
        assert squeezed(current[-1]) in head and squeezed(TITLE[language]) in head, number + 1


def test_only_the_last_page_of_a_chapter_is_half_empty(built, language, texts, chapters):
    ends = {page - 1 for page in chapters.values()} | {0, len(texts) - 1}
    half_empty = [
        number + 1
        for number, page in enumerate(printed(built, language))
        if number not in ends and page.lowest > MIDDLE
    ]
    assert half_empty == []


def test_the_header_of_a_long_table_stands_on_each_of_its_pages(language, texts, chapters):
    start = chapters[LEDGER[language]]
    end = min(page for page in chapters.values() if page > start)
    assert end - start > 5
    for text in texts[start + 1 : end]:
        assert squeezed(LEDGER_HEADER[language]) in squeezed(text)


def test_the_cover_says_which_edition_it_is(language, texts):
    assert squeezed(TITLE[language]) in squeezed(texts[0])
    assert "2026" in texts[0] and "0.2.0" in texts[0]
    assert CONTENTS[language] in texts[1]


def test_it_is_small_enough_to_send_and_the_site_to_publish(built, language):
    assert (site(built, language) / PDF[language]).stat().st_size < LARGEST
    files = [path for path in site(built, language).rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < LARGEST_SITE
