"""The matrix of elements and documents: each number leads to the findings that it counts."""

import re
from itertools import takewhile

import pytest
from conftest import LANGUAGES
from pages import pages, words

from evaluation.project.folder import Folder
from evaluation.report.sources import document_names

MATRIX = "notebooks/97_elements.html"
LISTING = "notebooks/94_findings.html"


@pytest.fixture(scope="module")
def built_pages(built):
    return {language: pages(built, language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def places(built_pages):
    """Language -> id -> element of the list of findings."""
    return {
        language: {tag["id"]: tag for tag in found[LISTING].find_all(id=True)}
        for language, found in built_pages.items()
    }


def cells(found) -> list[tuple[str, str, str, int]]:
    """(element, document, href, number) of each number in the tables of the matrix."""
    gathered = []
    for table in found[MATRIX].select("[id^=matrix-] table"):
        documents = [words(heading) for heading in table.select("thead th")][1:-1]
        for row in table.select("tbody tr"):
            element, *counts, _ = row.select("td, th")
            for document, cell in zip(documents, counts, strict=True):
                if words(cell):
                    gathered.append((words(element), document, cell.a["href"], int(words(cell))))
    return gathered


def behind(places, href: str) -> list:
    """What a link leads to: the first item that a document has on an element, and the others."""
    page, _, place = href.partition("#")
    assert page == LISTING.rpartition("/")[2]
    item = places[place].find_parent("li")
    others = item.find_next_siblings("li")
    # the items of the next document begin with a place of their own
    return [item, *takewhile(lambda other: not other.select_one("[id^=f-]"), others)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_matrix_leads_to_its_element_and_document(
    built, built_pages, places, language
):
    found, called = built_pages[language], document_names(Folder(built))
    numbers = cells(found)
    assert len(numbers) > 300
    for element, document, href, _ in numbers:
        item = behind(places[language], href)[0]
        assert words(item.find_previous(["h2", "h3", "h4", "h5"])) == element
        assert called[item.select_one("[id^=f-]")["id"].rpartition("-")[2]] == document


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_matrix_is_that_of_the_findings_it_leads_to(
    built_pages, places, language
):
    """Findings stand there in full, or as links to where they do, with document and section."""
    found = built_pages[language]
    numbers = cells(found)
    assert numbers
    for _, document, href, number in numbers:
        items = behind(places[language], href)
        sources = [source for item in items for source in item.select("span.source")]
        in_full = [source for source in sources if source.get("id")]
        references = [link for source in sources for link in source.select("a")]
        assert len(in_full) + len(references) == number, href
        for link in references:
            place = places[language][link["href"].partition("#")[2]]
            assert words(link) in words(place)
            in_full.append(place)
        for source in in_full:
            place, direction, basis = words(source).split("; ")
            assert re.fullmatch(rf"{re.escape(document)}, (afsnit|section) \S.*", place), place
            assert direction and basis and words(source.find_parent("li")) != words(source)


def test_every_finding_stands_in_full_once_and_in_both_languages(built_pages):
    ids = {
        language: [tag["id"] for tag in found[LISTING].select("span.source[id]")]
        for language, found in built_pages.items()
    }
    assert ids["da"] == ids["en"]
    assert len(ids["da"]) == len(set(ids["da"])) >= 150


def test_both_languages_have_the_same_matrix(built_pages):
    danish, english = (
        [(href, number) for _, _, href, number in cells(built_pages[language])]
        for language in LANGUAGES
    )
    assert danish == english
