"""Citations: linked to one list of the sources and of the methods, the same in both formats."""

import re

import pytest
from conftest import LANGUAGES
from pages import pages, pdf_words, words

SOURCES = ("Sommer", "og Boligstyrelsen", "Dansk Flygtningehjælp", "Espersen", "VIVE")
METHODS = ("Krippendorff", "Manski", "Wang", "Wilson", "Zapf")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_work_is_listed_once_and_cited(built, language):
    found = pages(built, language)
    entries = found["references.html"].select("#refs .csl-entry")
    authors = (*SOURCES, *METHODS)
    assert len(entries) == len(authors)
    assert all(any(author in words(entry) for entry in entries) for author in authors)
    linked = set()
    for path, page in found.items():
        if path != "references.html":
            assert page.find(id="refs") is None, path
        for link in page.select("span.citation a"):
            file, _, anchor = link["href"].partition("#")
            assert file.endswith("references.html"), link["href"]
            linked.add(anchor)
    assert linked == {entry["id"] for entry in entries}
    text = pdf_words(built, language)
    assert all(author in text for author in authors)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_works_on_methods_have_a_link_and_are_marked_as_english(built, language):
    entries = pages(built, language)["references.html"].select("#refs .csl-entry")
    of_methods = [entry for entry in entries if words(entry).startswith(METHODS)]
    assert len(of_methods) >= len(METHODS)
    for entry in of_methods:
        assert entry.select_one("[lang=en]")
        assert re.match(r"https://doi\.org/10\.\d{4,}/\S", entry.a["href"])


def test_a_locator_is_written_in_the_language_of_the_edition(built):
    danish, english = (
        words(pages(built, language)["notebooks/32_partnerships.html"].main)
        for language in LANGUAGES
    )
    assert "Sommer 2025, afs. 3.1" in danish and "Sommer 2025, sec. 3.1" in english
