"""The search finds Danish words, shows them where they stand, and is used from the keyboard."""

import json
import re
import unicodedata

import pytest
from conftest import LANGUAGES
from playwright.sync_api import expect

from .visits import WAYS, focused, pairwise, troubles

WORD = re.compile(r"[^\W\d_]{5,}")
WIDTHS = (1440, 360)


def words_with(site, language: str, letter: str) -> list[str]:
    """The words of an edition that hold a letter, the rarest first."""
    script = (site / language / "site_libs/search-index.js").read_text("utf-8")
    records = json.loads(script.removeprefix("window.SEARCH_INDEX = ").rstrip(";\n"))
    found: dict[str, int] = {}
    for record in records:
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
    result = page.locator("#search-results a").first
    expect(result).to_be_visible()
    assert word in result.inner_text().lower()
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
    expect(page.locator("mark.search-hit").first).to_be_in_viewport()
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
