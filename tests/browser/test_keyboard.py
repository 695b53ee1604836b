"""The navigation is used with the keyboard alone, and one sees where one is.

Both editions have the same navigation and script, in words of their own: what takes many keys is
done in one of them.
"""

import pytest
from conftest import LANGUAGES
from playwright.sync_api import expect

from .visits import CHAPTER, focused

WIDTHS = (1440, 360)
PHONE = WIDTHS[1]
SCHEMES = ("light", "dark")
MOST_STOPS = 500
NAVIGATION = """() => [...document.querySelectorAll(
  ".language-switch a, .sidebar :is(a, button, input), #TOC a, .page-navigation a"
)].filter((element) => element.checkVisibility()).map((element) => element.href || element.id)"""


WITH_MATRIX = "notebooks/42_inclusion.html"


def stops(page) -> list[dict]:
    """What the Tab key leads to, from the top of the page until it leaves it."""
    found = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = focused(page)
        if stop["tag"] == "body" or (found and "skip-link" in stop["classes"]):
            return found
        found.append(stop)
    raise AssertionError(f"{MOST_STOPS} presses of Tab do not leave the page: {found[-3:]}")


def tab_to(page, locator) -> None:
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if locator.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{MOST_STOPS} presses of Tab do not lead to {locator}")


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_the_first_stop_leads_past_the_navigation_to_the_content(
    new_page, from_disk, language, width
):
    page = new_page(width)
    page.goto(f"{from_disk}{language}/{CHAPTER}")
    page.keyboard.press("Tab")
    first = focused(page)
    assert "skip-link" in first["classes"]
    assert first["shown"]
    page.keyboard.press("Enter")
    assert focused(page)["id"] == "quarto-document-content"
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


@pytest.mark.parametrize(("language", "scheme"), list(zip(LANGUAGES, SCHEMES, strict=True)))
def test_every_stop_of_a_page_is_seen_and_all_navigation_is_among_them(
    new_page, from_disk, language, scheme
):
    page = new_page(color_scheme=scheme)
    page.goto(f"{from_disk}{language}/{CHAPTER}")
    found = stops(page)
    assert set(page.evaluate(NAVIGATION)) <= {stop["href"] or stop["id"] for stop in found}
    assert [stop for stop in found if not (stop["shown"] and stop["ringed"])] == []


def test_enter_follows_a_chapter_a_section_and_the_next_page(page, from_disk):
    root = f"{from_disk}da/"
    page.goto(f"{root}index.html")
    tab_to(page, page.locator(f'.sidebar-link[href$="{CHAPTER}"]'))
    page.keyboard.press("Enter")
    expect(page).to_have_url(root + CHAPTER)
    section = page.locator("#TOC a").nth(1)
    tab_to(page, section)
    page.keyboard.press("Enter")
    expect(page).to_have_url(section.evaluate("link => link.href"))
    following = page.locator('.page-navigation a[rel="next"]')
    address = following.evaluate("link => link.href")
    tab_to(page, following)
    page.keyboard.press("Enter")
    expect(page).to_have_url(address)


def test_the_menu_of_a_narrow_page_opens_and_closes_also_from_inside(new_page, from_disk):
    page = new_page(PHONE)
    page.goto(f"{from_disk}en/{CHAPTER}")
    button, chapters = page.locator(".menu-button"), page.locator("#quarto-sidebar")
    expect(chapters).to_be_hidden()
    tab_to(page, button)
    for key, close in (("Enter", "Escape"), ("Enter", "Enter"), (" ", "Escape"), (" ", " ")):
        page.keyboard.press(key)
        expect(button).to_have_attribute("aria-expanded", "true")
        expect(chapters).to_be_visible()
        page.keyboard.press(close)
        expect(button).to_have_attribute("aria-expanded", "false")
        expect(chapters).to_be_hidden()
        expect(button).to_be_focused()
    button.click()
    page.locator(".sidebar-link").nth(2).focus()
    page.keyboard.press("Escape")
    expect(chapters).to_be_hidden()
    expect(button).to_be_focused()


def test_a_chapter_is_reached_from_the_menu_of_a_narrow_page(new_page, from_disk):
    page = new_page(PHONE)
    page.goto(f"{from_disk}en/index.html")
    tab_to(page, page.locator(".menu-button"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator(f'.sidebar-link[href$="{CHAPTER}"]'))
    assert focused(page)["shown"]
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{from_disk}en/{CHAPTER}")
    expect(page.locator("main")).to_be_visible()


def test_arrow_keys_move_a_table_that_is_wider_than_the_page(new_page, from_disk):
    page = new_page(PHONE)
    page.goto(f"{from_disk}da/{WITH_MATRIX}")
    page.evaluate(
        "() => document.querySelectorAll('details').forEach((note) => { note.open = true; })"
    )
    frame = page.locator(".table-scroll.matrix").first
    frame.evaluate("frame => { frame.firstElementChild.style.minWidth = '60rem'; frame.focus(); }")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
