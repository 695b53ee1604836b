"""No page breaks WCAG 2.1 A or AA as far as axe-core can tell, in light and in dark."""

import pytest
from conftest import LANGUAGES
from playwright.sync_api import expect

from .axe import contrast, violations
from .visits import CHAPTER, PAINTED, paths

SCHEMES = ("light", "dark")
# texts at the least, in each scheme, of all kinds that the site has
MEASURED = 100
OPEN_NOTES = "() => document.querySelectorAll('details').forEach((note) => { note.open = true; })"


def test_no_page_breaks_a_rule(page, site, from_disk):
    found = []
    for path in paths(site):
        page.goto(from_disk + path)
        page.evaluate(OPEN_NOTES)
        found += [f"{path}: {told}" for told in violations(page)]
    assert not found, "\n".join(found)


def test_all_text_stands_out_from_its_ground(new_page, site, from_disk):
    """A window so tall that the sidebar shows all of itself, else part of it cannot be measured."""
    page = new_page(height=2400)
    found = []
    seen, measured = {scheme: {} for scheme in SCHEMES}, dict.fromkeys(SCHEMES, 0)
    for path in paths(site):
        page.goto(from_disk + path)
        page.evaluate(OPEN_NOTES)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function(f"(scheme) => ({PAINTED})() === scheme", arg=scheme)
            poor, passed = contrast(page, seen[scheme])
            found += [f"{path} ({scheme}): {told}" for told in poor]
            measured[scheme] += passed
    assert not found, "\n".join(found)
    assert min(measured.values()) > MEASURED


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_open_menu_with_search_results_breaks_no_rule(new_page, from_disk, language, scheme):
    page = new_page(360, color_scheme=scheme)
    page.goto(f"{from_disk}{language}/{CHAPTER}")
    page.locator(".menu-button").click()
    assert violations(page) == []
    page.locator("#search-input").fill("alliancen")
    expect(page.locator("#search-results mark").first).to_be_visible()
    assert violations(page) == []
    assert contrast(page)[0] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_highlighted_hits_stand_out_from_their_ground(new_page, from_disk, language, scheme):
    page = new_page(height=2400, color_scheme=scheme)
    page.goto(f"{from_disk}{language}/{CHAPTER}?q=alliancen")
    expect(page.locator("main mark.search-hit").first).to_be_visible()
    poor, passed = contrast(page)
    assert poor == []
    assert passed >= 4


def test_too_little_contrast_is_found(page, from_disk):
    """The measure itself: a grey on white of 2.8 to 1 is refused."""
    page.goto(f"{from_disk}da/{CHAPTER}")
    page.add_style_tag(content="main p, main p * { color: #999999 !important; }")
    assert any("color-contrast" in told for told in contrast(page)[0])
