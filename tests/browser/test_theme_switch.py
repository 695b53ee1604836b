"""Light or dark: the system decides until the reader does, and the reader's choice is kept."""

import re

import pytest
from conftest import LANGUAGES
from playwright.sync_api import Page, expect

from .axe import contrast, violations
from .visits import CHAPTER, PAINTED, SOURCES_SHOWN, WAYS, pairwise

SCHEMES = ("light", "dark")
OTHER = dict(zip(SCHEMES, reversed(SCHEMES), strict=True))


def expect_scheme(page: Page, scheme: str) -> None:
    """The page says that it is light or dark, to scripts and to screen readers, and looks so."""
    expect(page.locator("body")).to_have_class(re.compile(rf"\bquarto-{scheme}\b"))
    expect(page.locator("body")).not_to_have_class(re.compile(rf"\bquarto-{OTHER[scheme]}\b"))
    pressed = "true" if scheme == "dark" else "false"
    expect(page.locator("button.theme-switch")).to_have_attribute("aria-pressed", pressed)
    assert page.evaluate(PAINTED) == scheme


@pytest.mark.parametrize(
    ("address", "language", "system"), pairwise(WAYS, LANGUAGES, SCHEMES), indirect=["address"]
)
def test_without_a_choice_the_system_decides_then_the_switch_by_keyboard_and_mouse(
    new_page, address, language, system
):
    page = new_page(color_scheme=system)
    page.goto(f"{address}{language}/{CHAPTER}")
    expect_scheme(page, system)
    page.emulate_media(color_scheme=OTHER[system])
    expect_scheme(page, OTHER[system])
    page.emulate_media(color_scheme=system)
    expect_scheme(page, system)
    for key in ("Enter", " "):
        page.locator("button.theme-switch").focus()
        page.keyboard.press(key)
        expect_scheme(page, OTHER[system])
        assert page.evaluate("localStorage.getItem('theme')") == OTHER[system]
        page.locator("button.theme-switch").click()
        expect_scheme(page, system)
        assert page.evaluate("localStorage.getItem('theme')") == system


@pytest.mark.parametrize(("language", "system"), list(zip(LANGUAGES, SCHEMES, strict=True)))
def test_the_choice_outlives_the_page_and_the_language(new_page, from_server, language, system):
    page = new_page(color_scheme=system)
    page.goto(f"{from_server}{language}/{CHAPTER}")
    page.locator("button.theme-switch").click()
    page.locator('.page-navigation a[rel="next"]').click()
    page.wait_for_url(lambda url: CHAPTER not in url)
    expect_scheme(page, OTHER[system])
    page.locator("a[data-language-switch]").click()
    expect(page.locator("html")).not_to_have_attribute("lang", language)
    expect_scheme(page, OTHER[system])
    page.reload()
    expect_scheme(page, OTHER[system])
    page.emulate_media(color_scheme=OTHER[system])
    page.emulate_media(color_scheme=system)
    expect_scheme(page, OTHER[system])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_narrow_page_has_the_switch_within_reach(new_page, from_disk, language):
    page = new_page(360, color_scheme="light")
    page.goto(f"{from_disk}{language}/{CHAPTER}")
    switch = page.locator("button.theme-switch")
    if not switch.is_visible():
        page.locator(".menu-button").click()
    switch.click()
    expect_scheme(page, "dark")


@pytest.mark.parametrize(("language", "system"), list(zip(LANGUAGES, SCHEMES, strict=True)))
def test_the_chosen_scheme_breaks_no_rule(new_page, from_disk, language, system):
    page = new_page(height=2400, color_scheme=system)
    page.add_init_script(SOURCES_SHOWN)
    page.goto(f"{from_disk}{language}/{CHAPTER}")
    page.locator("button.theme-switch").click()
    expect_scheme(page, OTHER[system])
    assert violations(page) == []
    assert contrast(page)[0] == []


def test_a_dark_page_is_printed_on_white(new_page, from_disk):
    page = new_page(color_scheme="dark")
    page.goto(f"{from_disk}da/{CHAPTER}")
    page.emulate_media(media="print", color_scheme="dark")
    ink = page.locator("main p").first.evaluate("p => getComputedStyle(p).color")
    assert max(map(int, re.findall(r"\d+", ink)[:3])) < 80
    assert page.evaluate(PAINTED) == "light"
