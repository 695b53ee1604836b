"""A book as Quarto renders it: recorded by hand, compared with what the embedded renderer makes.

The record is in `parity/expected-*.yml`. Where Quarto is installed, it is compared with Quarto too.
"""

import pytest
import structure
from conftest import LANGUAGES, REPOSITORY, same_tree
from ruamel.yaml import YAML

from evaluation.publish import quarto
from evaluation.publish.embedded import render
from evaluation.publish.embedded.book import read_book
from evaluation.publish.engines import find_quarto
from evaluation.publish.stage import stage_book

BOOK = REPOSITORY / "tests/site/parity"
PROGRAM, WHY_NOT = find_quarto()
ENGINES = {
    "embedded": render.render,
    "quarto": lambda root, book: quarto.render(PROGRAM, root, book),
}
WITH_QUARTO = pytest.mark.skipif(PROGRAM is None, reason=f"not compared with Quarto: {WHY_NOT}")


@pytest.fixture(scope="module", params=["embedded", pytest.param("quarto", marks=WITH_QUARTO)])
def sites(request, tmp_path_factory):
    """Language -> site, rendered from the same sources."""
    return {
        language: rendered(
            request.param, tmp_path_factory.mktemp(f"{request.param}-{language}"), language
        )
        for language in LANGUAGES
    }


def rendered(engine: str, root, language: str):
    """The site in a language, rendered from clean in a folder."""
    book = read_book(BOOK, language)
    chapters = {file: BOOK / file for file in book.pages if file.endswith(".ipynb")}
    stage_book(BOOK, root, language, chapters)
    return ENGINES[engine](root, book)


@pytest.mark.parametrize("sites", ["embedded"], indirect=True)
def test_rendered_elsewhere_from_clean_every_file_is_the_same_byte_by_byte(sites, tmp_path_factory):
    for language, site in sites.items():
        assert list(site.glob("*.pdf"))
        same_tree(site, rendered("embedded", tmp_path_factory.mktemp(language), language))


@pytest.fixture(params=LANGUAGES)
def book(request, sites):
    """The site in a language, and what is recorded of it."""
    recorded = (BOOK / f"expected-{request.param}.yml").read_text("utf-8")
    return sites[request.param], YAML(typ="safe").load(recorded)


def test_pages_and_their_names_are_those_recorded(book):
    site, recorded = book
    assert structure.language(site) == recorded["language"]
    assert structure.sidebar(site) == recorded["sidebar"]
    assert list(structure.described(site)) == list(recorded["pages"])


@pytest.mark.parametrize(
    "part",
    [
        *["title", "heading", "headings", "floats", "references", "links", "callouts"],
        *["citations", "notes", "works", "previous", "next"],
    ],
)
def test_every_page_holds_what_is_recorded(book, part):
    site, recorded = book
    found = {path: page[part] or None for path, page in structure.described(site).items()}
    assert found == {path: page.get(part) for path, page in recorded["pages"].items()}


def test_pages_say_what_is_recorded_and_keep_to_themselves_what_is_not_for_them(book):
    site, recorded = book
    for path, page in structure.described(site).items():
        expected = recorded["pages"][path]
        assert all(text in page["text"] for text in expected.get("says", [])), path
        assert not any(text in page["text"] for text in expected.get("keeps_to_itself", [])), path


def test_the_contents_of_a_page_are_its_headings(book):
    site, recorded = book
    assert any("contents" in page for page in recorded["pages"].values())
    for path, page in structure.described(site).items():
        expected = recorded["pages"][path]
        if "contents" in expected:
            assert page["contents"] == expected["contents"]
            assert page["listed"] == [
                [" ".join(filter(None, [heading.get("number"), heading["text"]])), place]
                for heading in expected["headings"]
                for place in [f"{path}#{heading['id']}"]
            ]


def test_the_search_has_a_record_for_each_section(book):
    site, recorded = book
    found = structure.searched(site)
    sections = {
        f"{path}#{heading['id']}"
        for path, page in recorded["pages"].items()
        for heading in page.get("headings", [])
        if heading["level"] > 1
    }
    assert sections == {place for place, _, section, _ in found if section}
    assert [turn for *_, turn in found] == sorted(turn for *_, turn in found)


def test_a_page_says_what_it_is_to_those_who_find_or_share_it(book):
    site, recorded = book
    for path, page in structure.described(site).items():
        told = page["about"]
        assert " ".join(told["og:title"].split()) == " ".join(
            recorded["pages"][path]["title"].split()
        )
        assert told["description"] == told["og:description"] != ""
        assert told["icon"].startswith("data:image/svg+xml")


def test_the_pdf_says_what_is_recorded(book):
    site, recorded = book
    ((name, text),) = structure.pdf_texts(site).items()
    text = " ".join(text.replace("\u00a0", " ").split())
    assert name == recorded["pdf"]["name"]
    for part in recorded["pdf"]["says"]:
        assert part in text
    for part in recorded["pdf"]["keeps_to_itself"]:
        assert part not in text
