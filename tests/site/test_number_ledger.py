"""The number ledger: no number in the report without its origin, linked both ways."""

import csv
import re

import pytest
from conftest import LANGUAGES
from pages import pages, pdf_words, site, words

LEDGER = "notebooks/93_number_ledger.html"
CHAPTERS = [
    f"notebooks/{name}"
    for name in (
        "30_introduction.html",
        "31_conclusions.html",
        "32_partnerships.html",
        "33_capacity_building.html",
        "34_local_network.html",
        "35_national_network.html",
    )
]
NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*")


def records(built, language):
    path = site(built, language) / f"downloads/number_ledger_{language}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def prose(page):
    """The text of a page without captions, tables, headings, citations and references."""
    for tag in page.select(
        "h1, h2, h3, figcaption, table, .citation, a.quarto-xref, nav, #footnotes, sup,"
        " .footnote-ref, .table-scroll"
    ):
        tag.decompose()
    return words(page.main)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_links_to_its_entry_and_back(built, language):
    found = pages(built, language)
    entries = {tag["id"]: tag for tag in found[LEDGER].select("[id^=ledger-]")}
    links = {}
    for path in [*CHAPTERS, "notebooks/90_methods.html", "notebooks/92_audit.html"]:
        for tag in found[path].select("span.number"):
            identifier = tag["id"].removeprefix("number-")
            links[identifier] = (path, words(tag), tag.a["href"])
    assert len(links) > 150
    assert {f"ledger-{identifier}" for identifier in links} == set(entries)
    for identifier, (path, text, href) in links.items():
        entry = entries[f"ledger-{identifier}"]
        assert href == f"93_number_ledger.html#ledger-{identifier}"
        assert entry.a["href"] == f"{path.rpartition('/')[2]}#number-{identifier}"
        assert words(entry) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_download_holds_every_entry_with_expression_and_source(built, language):
    listed = records(built, language)
    shown = pages(built, language)[LEDGER].select("[id^=ledger-]")
    assert [f"ledger-{row['id']}" for row in listed] == [tag["id"] for tag in shown]
    for row in listed:
        assert row["expression"] and row["sentence"]
        assert row["value"] in row["sentence"], row
        assert re.fullmatch(r"(data/raw/\w+\.csv(, )?)+: \d+(, \d+)*", row["source"]), row


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_line_holds_what_the_number_is_about(built, language):
    for row in records(built, language):
        file, _, lines = row["source"].partition(": ")
        assert "," not in file, row
        text = (built / file).read_text("utf-8").splitlines()
        for name in row["about"].split(", "):
            assert any(
                name.partition(".")[0] in text[int(line) - 1] for line in lines.split(", ")
            ), row


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_in_the_prose_is_in_the_ledger(built, language):
    for path in CHAPTERS:
        page = pages(built, language)[path]
        listed = " ".join(words(tag) for tag in page.select("span.number"))
        for tag in page.select("span.number"):
            tag.decompose()
        assert listed
        assert not NUMBER.findall(prose(page)), path


def test_the_ledgers_of_both_languages_have_the_same_numbers(built):
    danish, english = (
        sorted(
            (row["id"].split("-")[0], row["k"], row["n"], row["source"])
            for row in records(built, language)
        )
        for language in LANGUAGES
    )
    assert danish == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_of_the_ledger_stand_in_the_pdf(built, language):
    text = pdf_words(built, language)
    for row in records(built, language):
        # words may be hyphenated on paper, numbers are not
        assert not NUMBER.search(row["value"]) or row["value"].replace("\u00a0", " ") in text, row
