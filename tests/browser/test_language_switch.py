"""The link to the other language leads to the same place, and back."""

import pytest
from conftest import LANGUAGES
from playwright.sync_api import expect

from .visits import CHAPTER, WAYS, pairwise

OTHER = dict(zip(LANGUAGES, reversed(LANGUAGES), strict=True))


@pytest.mark.parametrize(
    ("address", "language", "place"),
    pairwise(WAYS, LANGUAGES, ("", "#fig-funds")),
    indirect=["address"],
)
def test_the_switch_keeps_page_and_anchor_and_leads_back(page, address, language, place):
    other = OTHER[language]
    start = f"{address}{language}/{CHAPTER}{place}"
    page.goto(start)
    page.locator(f'a[data-language-switch="{other}"]').click()
    expect(page).to_have_url(f"{address}{other}/{CHAPTER}{place}")
    expect(page.locator("html")).to_have_attribute("lang", other)
    if place:
        expect(page.locator(place)).to_be_in_viewport()
    page.locator(f'a[data-language-switch="{language}"]').click()
    expect(page).to_have_url(start)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switch_follows_the_reader_to_another_anchor(page, from_disk, language):
    page.goto(f"{from_disk}{language}/{CHAPTER}")
    page.evaluate("location.hash = '#fig-change'")
    page.locator("a[data-language-switch]").click()
    expect(page.locator("#fig-change")).to_be_in_viewport()
    expect(page.locator("html")).to_have_attribute("lang", OTHER[language])
