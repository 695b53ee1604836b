"""The number ledger: no number in the report without its origin, linked both ways."""

import copy
import gzip
import re
from collections import Counter
from posixpath import dirname, relpath

import pytest
from bs4 import NavigableString
from conftest import LANGUAGES
from pages import pages, pdf_words, site, squeezed, words
from report_numbers import (
    LEDGER,
    SITE_ONLY,
    chapter_pages,
    differences,
    ledger,
    numbers,
    page_numbers,
    pdf_alternatives,
    pdf_numbers,
    places,
    rows_of,
    shown_numbers,
)

# what stands for a value that is a sentence of its own, in the entry beside it
WHOLE_SENTENCE = {"da": "hele sætningen", "en": "the whole sentence"}
TEXT = ("prose", "caption", "cells")
SOURCE_SECTION = re.compile(r"\d+(?:\.\d+)*")
WHOLE = re.compile(r"\d+")
SOURCE = re.compile(r"data/raw/\w+\.csv: \d+(–\d+)?(, \d+(–\d+)?)*|evaluation\.yml|CITATION\.cff")
# numbers that nothing was calculated for: where they stand, what they look like, what they are
ALLOWED = {
    "the year of a cited work and the sections in it": (
        "span.citation",
        re.compile(rf"\d{{4}}|{SOURCE_SECTION.pattern}"),
    ),
    "years, volumes, pages and addresses in the list of works": ("#refs .csl-entry", WHOLE),
    "the section of the source where a question is printed": (
        "section[id^=sec-q-] > p",
        re.compile(rf"\b(?:Afsnit|Section)\s{SOURCE_SECTION.pattern}"),
    ),
    "the section of the source that a finding stands in": (
        "span.source:not(:has(> a))",
        SOURCE_SECTION,
    ),
    "the section of the source that an audited figure or statement stands in": (
        "[id^=tbl-audit-] td:nth-child(2)",
        SOURCE_SECTION,
    ),
    "the findings that a number in the matrix leads to": ("[id^=matrix-] td a", WHOLE),
    "the name of an element": (
        "[id^=matrix-] td:first-child, [id^=matrix-] h3, h4.unnumbered",
        WHOLE,
    ),
    "what a document says, retold": ("li:has(span.source)", SOURCE_SECTION),
    "the limits between words for shares, which are chosen": (
        "#tbl-quantifiers td:nth-child(2)",
        re.compile(r"\d+(?=–)|\d+\s?%|\d/\d"),
    ),
}


def allowed(page, reason: str) -> list[tuple[NavigableString, str, int]]:
    """The texts of a page where numbers are allowed for a reason, each with the rest of it and how
    many there are."""
    selector, pattern = ALLOWED[reason]
    texts = {
        id(text): text for tag in page.main.select(selector) for text in tag.find_all(string=True)
    }
    return [(text, *pattern.subn("", text)) for text in texts.values()]


@pytest.fixture(scope="module")
def chapters(built):
    """Language -> path -> page; tests change a copy."""
    return {language: chapter_pages(built, language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def shown(chapters):
    """Language -> path -> what each place of the page says."""
    return {
        language: {path: places(page) for path, page in edition.items()}
        for language, edition in chapters.items()
    }


@pytest.fixture(scope="module")
def calculated(built):
    """Language -> path -> page without the numbers that are allowed."""
    found = {language: chapter_pages(built, language) for language in LANGUAGES}
    for edition in found.values():
        for page in edition.values():
            for reason in ALLOWED:
                for text, rest, _ in allowed(page, reason):
                    text.replace_with(NavigableString(rest))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_every_page_is_in_the_ledger_for_its_place(built, calculated, language):
    """Prose, captions, cells of tables and alternative texts hold the numbers that the ledger has
    for them: as often, and no others."""
    rows = ledger(built, language)
    found = {
        path: differences(page, rows_of(path, rows), language)
        for path, page in calculated[language].items()
    }
    assert {path: places for path, places in found.items() if places} == {}
    assert sum(len(rows_of(path, rows)) for path in calculated[language]) == len(rows) > 400


@pytest.mark.parametrize("reason", ALLOWED)
def test_what_is_allowed_is_there(chapters, reason):
    for language in LANGUAGES:
        found = [allowed(page, reason) for page in chapters[language].values()]
        assert any(count for texts in found for *_, count in texts)


MUTATIONS = {
    "typed in the caption of a table": ("90_methods", "#tbl-bounds figcaption", "caption"),
    "typed in the caption of a figure": (
        "32_partnerships",
        "#fig-development figcaption",
        "caption",
    ),
    "typed in a cell": ("90_methods", "#tbl-bounds td", "cells"),
    "typed in a cell of the codebook": ("91_codebook", "#sec-q-equal-terms td", "cells"),
    "typed in prose": ("31_conclusions", "#sec-conclusions-objectives p", "prose"),
    "typed in a heading": ("31_conclusions", "h2", "prose"),
    "typed in a note": ("32_partnerships", "#footnotes li", "prose"),
    "typed where other numbers are allowed": ("90_methods", "#tbl-quantifiers td", "cells"),
}


@pytest.mark.parametrize(
    ("mutation", "typed"),
    [*((mutation, "7") for mutation in MUTATIONS)]
    + [("typed in prose", typed) for typed in ("62,5\u00a0%", "12.000", "¾", "1/3", "abc7d")],
)
def test_a_typed_number_is_found(built, calculated, mutation, typed):
    name, selector, kind = MUTATIONS[mutation]
    path = f"notebooks/{name}.html"
    page = copy.deepcopy(calculated["da"][path])
    page.main.select_one(selector).append(f" {typed}")
    found = differences(page, rows_of(path, ledger(built, "da")), "da")
    assert [place[1] for place in found] == [kind]
    assert list(found.values()) == [numbers(typed, "da")] != [Counter()]


def test_a_number_typed_in_an_alternative_text_is_found(built, calculated):
    path = "notebooks/32_partnerships.html"
    page = copy.deepcopy(calculated["da"][path])
    page.main.select_one("#fig-development img")["alt"] += " 7"
    found = differences(page, rows_of(path, ledger(built, "da")), "da")
    assert found == {("fig-development", "alt"): Counter({"7": 1})}


def test_a_number_that_is_gone_is_missed(built, calculated):
    path = "notebooks/32_partnerships.html"
    page = copy.deepcopy(calculated["da"][path])
    page.main.select_one("#fig-development").extract()
    found = differences(page, rows_of(path, ledger(built, "da")), "da")
    assert {place for place, _ in found} == {"fig-development"}


def test_both_languages_carry_the_same_numbers_in_every_place(shown):
    danish, english = (
        {
            path: {kind: shown_numbers(found, language, (kind,)) for kind in (*TEXT, "alt")}
            for path, found in shown[language].items()
        }
        for language in LANGUAGES
    )
    assert danish == english
    assert sum(sum(kinds["cells"].values()) for kinds in danish.values()) > 300


def test_a_number_changed_in_one_language_is_found(chapters):
    path = "notebooks/90_methods.html"
    page = copy.deepcopy(chapters["da"][path])
    before = page_numbers(page, "da", TEXT)
    cell = page.main.select("#tbl-bounds td")[3]
    assert words(cell) == "88 %"
    cell.string = "87\u00a0%"
    english = page_numbers(chapters["en"][path], "en", TEXT)
    assert before == english != page_numbers(page, "da", TEXT)


@pytest.mark.parametrize(
    ("danish", "english"),
    [("1.234", "1,234"), ("62,5\u00a0%", "62.5%"), ("12.345,5", "12,345.5"), ("3.3.2", "3.3.2")],
)
def test_numbers_are_compared_whatever_their_notation(danish, english):
    assert numbers(danish, "da") == numbers(english, "en") != Counter()
    assert numbers("1.234", "da") != numbers("1.234", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_site_and_pdf_carry_the_same_numbers_in_every_chapter(built, shown, language):
    in_pdf = pdf_numbers(built, language)
    assert list(in_pdf) == [path for path in shown[language] if path not in SITE_ONLY]
    for path, found in in_pdf.items():
        assert found == shown_numbers(shown[language][path], language, TEXT), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_site_and_pdf_carry_the_same_alternative_texts(built, chapters, language):
    on_pages = [
        image["alt"]
        for page in chapters[language].values()
        for image in page.main.select("img:not(.figure-phone)")
    ]
    assert pdf_alternatives(built, language) == on_pages
    assert len(on_pages) > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_in_prose_links_to_its_entry_and_back(built, language):
    found = pages(built, language)
    entries = {tag["id"]: tag for tag in found[LEDGER].select("[id^=ledger-]")}
    links = {
        tag["id"].removeprefix("number-"): (path, tag)
        for path, page in found.items()
        for tag in page.select("span.number")
    }
    assert len(links) > 150
    assert set(links) == {row["id"] for row in ledger(built, language) if not row["place"]}
    for identifier, (path, tag) in links.items():
        entry = entries[f"ledger-{identifier}"]
        assert tag.a["href"] == f"{relpath(LEDGER, dirname(path))}#ledger-{identifier}"
        assert entry.a["href"] == f"{relpath(path, dirname(LEDGER))}#number-{identifier}"
        assert words(entry) in (words(tag), WHOLE_SENTENCE[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_in_a_caption_has_an_entry_that_leads_to_its_table_or_figure(built, language):
    page = pages(built, language)[LEDGER]
    captions = [row for row in ledger(built, language) if row["place"] and not row["column"]]
    assert len(captions) > 15
    for row in captions:
        entry = page.find(id=f"ledger-{row['id']}")
        file = relpath(row["file"], dirname(LEDGER)).replace(".ipynb", ".html")
        assert entry.a["href"] == f"{file}#{row['place']}"
        assert words(entry) == row["value"].replace("\u00a0", " ")


def lines_of(spans: str) -> list[int]:
    """Every line that `2–4, 7` names."""
    found = []
    for span in filter(None, spans.split(", ")):
        first, _, last = span.partition("–")
        found += range(int(first), int(last or first) + 1)
    return found


def says_source(shown: str, source: str) -> bool:
    """Whether an entry ends with the file and lines of a source, or with how many lines it has."""
    file, _, spans = source.removeprefix("data/raw/").partition(": ")
    lines = lines_of(spans)
    many = re.search(rf"([\d.,]+) (?:rækker i|rows in) {re.escape(file)}$", shown)
    if many:
        return int(re.sub(r"\D", "", many[1])) == len(lines) > 3
    return shown.endswith(file if not lines else f" {spans}") and file in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_of_a_table_or_figure_stand_under_its_link(built, language):
    """All of them, each line with the counts and the source that its numbers have in common."""
    page = pages(built, language)[LEDGER]
    rows = {row["id"]: row for row in ledger(built, language) if row["column"]}
    outputs: dict[str, list[str]] = {}
    for line in page.select("tr"):
        cells = [words(cell) for cell in line.select("td")]
        if line.select("td strong"):
            link = line.a["href"].partition("#")[2] if line.a else "code-02"
            values = outputs.setdefault(link, [])
        entry = line.select_one("[id^=ledger-]")
        row = rows.get(entry["id"].removeprefix("ledger-")) if entry else None
        if row:
            values += cells[0].split("; ")
            assert cells[1] == row["row"] and row["column"] in cells[2]
            assert [cells[3], cells[4]] == [row["k"] or "–", row["n"] or "–"]
            assert says_source(cells[5].replace("\u200b", ""), row["source"]), row
            if row["place"] != row["output"]:
                places_of = [link["href"].partition("#")[2] for link in line.select("a[href]")]
                assert row["place"] in places_of
    listed: dict[str, list[str]] = {}
    for row in rows.values():
        listed.setdefault(row["output"], []).append(row["value"].replace("\u00a0", " "))
    assert {output: sorted(values) for output, values in outputs.items()} == {
        output: sorted(values) for output, values in listed.items()
    }
    assert {"tbl-bounds", "fig-contact", "code-02"} <= set(outputs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_says_where_a_number_was_printed_and_gives_the_table(built, language):
    page = pages(built, language)[LEDGER]
    row = next(row for row in ledger(built, language) if row["value"].startswith("12\u00a0"))
    line = page.find(id=f"ledger-{row['id']}").find_parent("tr")
    source = line.select("td")[-1]
    assert words(source).startswith("Als Research, ")
    file, _, lines = row["source"].partition(": ")
    offered = site(built, language) / dirname(LEDGER) / source.a["href"]
    # the lines are those of the file that readers get
    for line_number in lines_of(lines):
        given, raw = (path.read_text("utf-8").split("\n") for path in (offered, built / file))
        assert given[line_number - 1] == raw[line_number - 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_of_many_rows_is_no_column_of_line_numbers(built, language):
    cells = pages(built, language)[LEDGER].select("tr > td:last-child")
    assert max(len(words(cell)) for cell in cells) < 300


def test_the_page_of_the_ledger_is_light_enough_for_a_phone(built):
    """As servers send it: the roles and labels of its cells repeat."""
    for language in LANGUAGES:
        assert len(gzip.compress((site(built, language) / LEDGER).read_bytes())) < 75_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_download_holds_expression_and_source_of_every_number(built, language):
    for row in ledger(built, language):
        assert row["expression"] and row["sentence"]
        assert (row["column"] or row["value"]) in row["sentence"], row
        assert SOURCE.fullmatch(row["source"]), row


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_line_holds_what_the_number_is_about(built, language):
    for row in ledger(built, language):
        file, _, lines = row["source"].partition(": ")
        text = (built / file).read_text("utf-8").splitlines()
        named = [text[line - 1] for line in lines_of(lines)] if lines else text
        for name in row["about"].split(", "):
            assert any(name.partition(".")[0] in line for line in named), row


def test_the_ledgers_of_both_languages_have_the_same_numbers(built):
    danish, english = (
        sorted(
            (row["id"].split("-")[0], row["place"], row["k"], row["n"], row["source"])
            for row in ledger(built, language)
        )
        for language in LANGUAGES
    )
    assert danish == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_of_the_ledger_stand_in_the_pdf(built, language):
    text = squeezed(pdf_words(built, language))
    for row in ledger(built, language):
        # figures are drawn
        if not row["column"] and re.search(r"\d", row["value"]):
            assert squeezed(row["value"]) in text, row
