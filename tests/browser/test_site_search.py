"""The search finds Danish words, shows them where they stand, and is used from the keyboard."""

import json
import re
import unicodedata

import pytest
from conftest import LANGUAGES
from playwright.sync_api import expect

from evaluation.publish.embedded.search import inflections

from .visits import WAYS, focused, pairwise, troubles

WORD = re.compile(r"[^\W\d_]{5,}")
WIDTHS = (1440, 360)
HIT_IN_VIEW = """() => [...document.querySelectorAll("mark.search-hit")].some((hit) => {
  const { top, bottom } = hit.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
})"""


def words_with(site, language: str, letter: str) -> list[str]:
    """The words of an edition that hold a letter, the rarest first."""
    script = (site / language / "site_libs/search-index.js").read_text("utf-8")
    known = json.loads(script.removeprefix("window.SEARCH_INDEX = ").rstrip(";\n"))
    found: dict[str, int] = {}
    for record in known["records"]:
        for word in {word.lower() for word in WORD.findall(record["text"])}:
            found[word] = found.get(word, 0) + (letter in word)
    return sorted(filter(found.get, found), key=lambda word: (found[word], word))


@pytest.mark.parametrize(
    ("address", "language", "letters"),
    pairwise(WAYS, LANGUAGES, ("æ", "øå")),
    indirect=["address"],
)
def test_a_word_with_a_danish_letter_is_found_and_highlighted(
    page, site, address, language, letters
):
    found = troubles(page, address)
    for letter in letters:
        page.goto(f"{address}{language}/index.html")
        word_is_found(page, words_with(site, language, letter)[0])
    assert not found


def word_is_found(page, word: str) -> None:
    page.locator("#search-input").fill(word.upper())
    # other forms of the word may stand in a chapter, which comes first
    result = (
        page.locator("#search-results a").filter(has_text=re.compile(word, re.IGNORECASE)).first
    )
    expect(result).to_be_visible()
    result.click()
    hit = page.locator("mark.search-hit").filter(has_text=re.compile(word, re.IGNORECASE)).first
    expect(hit).to_be_in_viewport()


@pytest.mark.parametrize(
    ("address", "language", "width"), pairwise(WAYS, LANGUAGES, WIDTHS), indirect=["address"]
)
def test_search_is_used_from_the_keyboard(new_page, site, address, language, width):
    word = words_with(site, language, "ø")[0]
    page = new_page(width)
    page.goto(f"{address}{language}/index.html")
    page.keyboard.press("/")
    assert focused(page)["id"] == "search-input"
    page.keyboard.type(word)
    expect(page.locator("#search-results a").first).to_be_visible()
    page.keyboard.press("Enter")
    assert focused(page)["href"].startswith(f"{address}{language}/")
    page.keyboard.press("Enter")
    # the word may stand above the section that the result is about
    page.wait_for_function(HIT_IN_VIEW)
    assert page.url.startswith(f"{address}{language}/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_of_two_signs_is_the_same_and_what_is_not_in_the_report_is_said_not_to_be_found(
    page, site, from_disk, language
):
    word = words_with(site, language, "å")[0]
    page.goto(f"{from_disk}{language}/index.html")
    page.locator("#search-input").fill(unicodedata.normalize("NFD", word))
    expect(page.locator("#search-results a").first).to_contain_text(re.compile(word, re.IGNORECASE))
    page.locator("#search-input").fill("qwxz")
    expect(page.locator("#quarto-search [role=status]")).to_have_text(
        page.locator("#quarto-search").get_attribute("data-none")
    )
    expect(page.locator("#search-results")).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_escape_empties_the_search_and_gives_the_chapters_back(page, from_disk, language):
    page.goto(f"{from_disk}{language}/index.html")
    page.keyboard.press("/")
    page.keyboard.type("alliancen")
    expect(page.locator("#search-results")).to_be_visible()
    expect(page.locator(".sidebar-list")).to_be_hidden()
    assert page.locator("#quarto-search [role=status]").inner_text()
    page.keyboard.press("Escape")
    expect(page.locator("#search-results")).to_be_hidden()
    expect(page.locator(".sidebar-list")).to_be_visible()
    expect(page.locator("#search-input")).to_have_value("")


def test_a_slash_typed_in_the_search_stays_in_it(page, from_disk):
    page.goto(f"{from_disk}da/index.html")
    page.keyboard.press("/")
    page.keyboard.type("2024/25")
    expect(page.locator("#search-input")).to_have_value("2024/25")


# (page, section, text, turn) of a small report in Danish
SECTIONS = [
    ("opslag.html", "", "Forening, foreninger og en forening til.", 2),
    ("kapitel.html", "Venskab", "En venskabsforening i 2024. Svarene er 3,5 og 12 i alt.", 0),
    ("kapitel.html", "Netværk", "Foreningsnetværket mødes, 3 gange og 5 gange.", 0),
    ("bilag.html", "Netværk", "Det lokale netværk og andre netværker, som er lokale.", 1),
    *(("opslag.html", f"Fund {name}", "Kapaciteten i en forening.", 2) for name in "abcdefghi"),
]


@pytest.fixture
def small(page, from_server):
    """A page of the site whose search knows the sections of a small report alone."""
    records = [
        {
            "href": href + (f"#{section}" if section else ""),
            "title": href.removesuffix(".html").capitalize(),
            **{"section": section, "text": text, "turn": turn},
        }
        for href, section, text, turn in SECTIONS
    ]
    texts = [record[part] for record in records for part in ("title", "section", "text")]
    roots, endings = inflections(texts, "da")
    known = json.dumps({"records": records, "roots": roots, "endings": endings})
    page.route(
        "**/search-index.js", lambda asked: asked.fulfill(body=f"window.SEARCH_INDEX = {known};")
    )
    page.goto(f"{from_server}da/index.html")
    page.locator("#search-input").focus()
    page.wait_for_function("window.SEARCH_INDEX")
    return page


def found(page, query: str) -> list[str]:
    """The sections that a query finds, as they are listed."""
    page.locator("#search-input").fill(query)
    return page.locator("#search-results .result-section").all_inner_texts()


def test_chapters_come_first_and_what_is_there_to_look_things_up_in_last(small):
    sections = found(small, "forening")
    assert sections == ["Netværk", "Venskab", "Opslag", "Fund a", "Fund b"]
    assert small.locator(".result-page").all_inner_texts() == ["Kapitel", "Opslag"]


def test_all_results_are_counted_and_can_be_reached_by_keyboard(small):
    found(small, "forening")
    expect(small.locator("#quarto-search [role=status]")).to_have_text("12 resultater på 2 sider")
    more = small.locator("button.result-more")
    expect(more).to_have_accessible_name("Vis 7 flere: Opslag")
    more.focus()
    small.keyboard.press("Enter")
    assert focused(small)["text"].startswith("Fund c")
    assert len(small.locator("#search-results .result-section").all()) == 12
    assert more.count() == 0


@pytest.mark.parametrize(
    ("query", "sections"),
    [
        # inflected, also as the report never has it, and within compounds
        ("netværkene", {"Netværk"}),
        ("venskaber", {"Venskab"}),
        ("3,5", {"Venskab"}),
        ("5", {"Netværk"}),
        ("2", set()),
        ("12", {"Venskab"}),
        ('"lokale netværk"', {"Netværk"}),
        ('"netværk lokale"', set()),
        ("»som er lokale«", {"Netværk"}),
        # in a title of a page and in its section
        ("kapitel netværk", {"Netværk"}),
    ],
)
def test_words_are_found_in_all_their_forms_and_numbers_and_phrases_as_they_are(
    small, query, sections
):
    assert set(found(small, query)) == sections


def test_a_slip_of_the_keyboard_finds_what_was_meant_and_says_so(small):
    assert set(found(small, "venskapsforening")) == {"Venskab"}
    expect(small.locator("#quarto-search [role=status]")).to_contain_text("venskabsforening")
    assert found(small, "Venskap") == []


def test_a_result_leads_to_the_words_that_were_found(small, from_server):
    found(small, "foreninger")
    href = small.locator("#search-results a").first.get_attribute("href")
    assert href.startswith(f"{from_server}da/kapitel.html?q=foreningsnetv")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_script_there_is_no_field_that_does_nothing(new_page, from_disk, language):
    page = new_page(java_script_enabled=False)
    page.goto(f"{from_disk}{language}/index.html")
    expect(page.locator("#quarto-search")).to_be_hidden()
