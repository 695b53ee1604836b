"""The PDFs as publications: their standards, their outline, and pages that a reader can use."""

import re
import xml.etree.ElementTree as ElementTree

import pytest
from conftest import LANGUAGES
from pages import ANNEXES, PAGE, PDF, VOLUMES, pages, pdf, pdf_texts, printed, site, squeezed, words
from report_numbers import SITE_ONLY

LARGEST = 3_000_000  # bytes, of both PDFs
LARGEST_SITE = 10_000_000
MOST_PAGES = {"report": 75, "annexes": 110}
# a page of a tall figure has its caption for a text
FIGURE = re.compile(r"\n(?:Figur|Figure)\s[\w.]+:")
MIDDLE = 842 / 2  # points above the foot of an A4 page
CONTENTS = {"da": "Indholdsfortegnelse", "en": "Table of contents"}
TITLE = {"da": "Evaluering af ALLIANCEN", "en": "Evaluation of ALLIANCEN"}
ANNEXES_TITLE = {"da": "Data og bilag", "en": "Data and annexes"}
# where what a PDF does not hold is, in its own words
SAID = {
    "da": ("Bilag G (i Data og bilag)", "Kun på webstedet: Bilag H", "Bilag A (i rapporten)"),
    "en": (
        "Appendix G (in Data and annexes)",
        "On the website only: Appendix H",
        "Appendix A (in the report)",
    ),
}
STANDARDS = {
    "{http://www.aiim.org/pdfua/ns/id/}part": "1",
    "{http://www.aiim.org/pdfa/ns/id/}part": "2",
    "{http://www.aiim.org/pdfa/ns/id/}conformance": "A",
}


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module", params=VOLUMES, ids=MOST_PAGES)
def volume(request):
    """The names of a PDF in each language."""
    return request.param


@pytest.fixture(scope="module")
def document(built, language, volume):
    return pdf(built, language, volume)


@pytest.fixture(scope="module")
def texts(built, language, volume):
    return [" ".join(text.split()) for text in pdf_texts(built, language, volume)]


@pytest.fixture(scope="module")
def title(language, volume):
    more = "" if volume is PDF else f": {ANNEXES_TITLE[language]}"
    return TITLE[language] + more


@pytest.fixture(scope="module")
def chapters(document):
    """Title without number -> page, from 0, of the first level of the outline, in order."""
    return {
        re.sub(r"^[A-Z\d]+ ", "", entry.title): document.get_destination_page_number(entry)
        for entry in document.outline
        if not isinstance(entry, list)
    }


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


def test_every_figure_is_described(document, volume):
    alternatives = [
        element.get("/Alt") for element in elements(document) if element["/S"] == "/Figure"
    ]
    assert all(alternatives)
    assert len(alternatives) > 10 or volume is ANNEXES


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


def test_the_outlines_lead_to_every_chapter_that_is_printed(built, language):
    printed = [
        squeezed(entry.title)
        for names in VOLUMES
        for entry in pdf(built, language, names).outline
        if not isinstance(entry, list)
    ]
    for path, page in pages(built, language).items():
        heading = squeezed(words(page.find_all("h1")[-1])).replace("—", "")
        assert any(heading.endswith(title) for title in printed) == (path not in SITE_ONLY), path


def test_each_chapter_of_the_outline_begins_a_page(texts, chapters):
    assert list(chapters.values()) == sorted(set(chapters.values())), "a page of its own, in order"
    for title, page in chapters.items():
        assert squeezed(title) in squeezed(texts[page])


def test_each_page_of_a_chapter_names_the_chapter_and_the_pdf(title, texts, chapters):
    starts = sorted((page, name) for name, page in chapters.items())
    assert len(texts) > len(starts) > 5
    for number, text in enumerate(texts):
        current = [name for page, name in starts if page < number]
        if not current or number in chapters.values():
            continue
        # with the number of the chapter before its title
        head = squeezed(text)[: len(squeezed(current[-1] + title)) + 12]
        assert squeezed(current[-1]) in head and squeezed(title) in head, number + 1


def test_only_the_last_page_of_a_chapter_is_half_empty(built, language, volume, texts, chapters):
    # cover and colophon are no text that runs on
    ends = {page - 1 for page in chapters.values()} | {0, 1, len(texts) - 1}
    half_empty = [
        number + 1
        for number, page in enumerate(printed(built, language, volume))
        if number not in ends and page.lowest > MIDDLE and not FIGURE.search(page.text)
    ]
    assert half_empty == []


def test_the_cover_says_what_this_is_and_its_back_whose(language, title, texts):
    assert squeezed(title) in squeezed(texts[0])
    assert "2026" in texts[0] and "0.2.0" in texts[0] and "Als Research" in texts[0]
    assert "Diversity Works" in texts[1] and "Nordea Fonden" in texts[1] and "MIT" in texts[1]
    assert CONTENTS[language] in texts[2]


def test_it_is_no_longer_than_somebody_reads(texts, volume):
    assert len(texts) <= MOST_PAGES["report" if volume is PDF else "annexes"]


def test_appendices_have_the_letters_of_the_site(built, language):
    letters = [
        entry.title[0]
        for names in VOLUMES
        for entry in pdf(built, language, names).outline
        if not isinstance(entry, list) and re.match(r"[A-Z] ", entry.title)
    ]
    assert letters == list("ABCDEFG")


def test_what_a_pdf_refers_to_and_does_not_hold_is_said_in_words(built, language):
    report, annexes = (squeezed(" ".join(pdf_texts(built, language, names))) for names in VOLUMES)
    in_annexes, on_site, in_report = map(squeezed, SAID[language])
    assert in_annexes in report and on_site in report and in_report in annexes


def test_no_link_of_a_pdf_leads_to_a_file_beside_it(document):
    addresses = [
        str(mark["/A"]["/URI"])
        for page in document.pages
        for mark in (each.get_object() for each in page.get("/Annots", []))
        if "/URI" in mark.get("/A", {})
    ]
    assert [address for address in addresses if "://" not in address] == []


def test_every_page_of_the_site_links_to_each_pdf(built, language):
    for path, page in pages(built, language).items():
        links = [link["href"].rpartition("/")[2] for link in page.select(".sidebar-tools a")]
        assert links == [names[language] for names in (PDF, PAGE, ANNEXES)], path


def test_they_are_small_enough_to_send_and_the_site_to_publish(built, language):
    files = [path for path in site(built, language).rglob("*") if path.is_file()]
    printed = [path.stat().st_size for path in files if path.suffix == ".pdf"]
    assert len(printed) == len((PDF, PAGE, ANNEXES)) and sum(printed) < LARGEST
    assert sum(path.stat().st_size for path in files) < LARGEST_SITE
