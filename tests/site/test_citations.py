"""Citations: linked to one list of the five sources, the same in both formats."""

import pytest
from conftest import LANGUAGES
from pages import pages, pdf_words, words

AUTHORS = ("Sommer", "og Boligstyrelsen", "Dansk Flygtningehjælp", "Espersen", "VIVE")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_five_sources_are_listed_once_and_each_is_cited(built, language):
    found = pages(built, language)
    entries = found["references.html"].select("#refs .csl-entry")
    assert len(entries) == 5
    assert all(any(author in words(entry) for entry in entries) for author in AUTHORS)
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
    assert all(author in text for author in AUTHORS)


def test_a_locator_is_written_in_the_language_of_the_edition(built):
    danish, english = (
        words(pages(built, language)["notebooks/32_partnerships.html"].main)
        for language in LANGUAGES
    )
    assert "Sommer 2025, afs. 3.1" in danish and "Sommer 2025, sec. 3.1" in english
