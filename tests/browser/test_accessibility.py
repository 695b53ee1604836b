"""What a reader opens on a page breaks no rule of WCAG 2.2 A or AA, in light and in dark."""

import pytest
from conftest import LANGUAGES
from playwright.sync_api import expect

from .axe import contrast, violations
from .visits import CHAPTER, SOURCES_SHOWN

SCHEMES = ("light", "dark")


@pytest.mark.parametrize(("language", "scheme"), list(zip(LANGUAGES, SCHEMES, strict=True)))
def test_an_open_menu_with_search_results_breaks_no_rule(new_page, from_disk, language, scheme):
    page = new_page(360, color_scheme=scheme)
    page.goto(f"{from_disk}{language}/{CHAPTER}")
    page.locator(".menu-button").click()
    assert violations(page) == []
    page.locator("#search-input").fill("alliancen")
    expect(page.locator("#search-results mark").first).to_be_visible()
    assert violations(page) == []
    assert contrast(page)[0] == []


@pytest.mark.parametrize(("language", "scheme"), list(zip(LANGUAGES, SCHEMES, strict=True)))
def test_highlighted_hits_stand_out_from_their_ground(new_page, from_disk, language, scheme):
    page = new_page(height=2400, color_scheme=scheme)
    page.add_init_script(SOURCES_SHOWN)
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
