"""Numbers are quiet links to the ledger; each says at the place what stands behind it."""

import pytest
from conftest import LANGUAGES
from playwright.sync_api import Page, expect

from .axe import contrast, violations
from .visits import CHAPTER, SOURCES_SHOWN

NUMBER = "main .number > a"
NOTE = ".number-note"
LINE = "link => getComputedStyle(link).textDecorationLine"
WORDS = {"da": ("Antal: ", "Kilde: "), "en": ("Count: ", "Source: ")}


@pytest.fixture(params=LANGUAGES)
def chapter(request, from_disk, page) -> Page:
    """A chapter with numbers, opened from disk."""
    page.goto(f"{from_disk}{request.param}/{CHAPTER}")
    return page


def language(page: Page) -> str:
    return page.locator("html").get_attribute("lang")


def test_a_number_says_its_counts_and_source_where_the_mouse_is(chapter):
    number, note = chapter.locator(NUMBER).first, chapter.locator(NOTE)
    assert number.evaluate(LINE) == "none"
    number.hover()
    expect(note).to_be_visible()
    assert number.evaluate(LINE) == "underline"
    for said in WORDS[language(chapter)]:
        expect(note).to_contain_text(said)
    link = note.locator("a")
    assert link.evaluate("link => link.href") == number.evaluate("link => link.href")
    # the mouse may go into the note, and the note stays
    link.hover()
    chapter.wait_for_timeout(500)
    expect(note).to_be_visible()
    chapter.mouse.move(0, 0)
    expect(note).to_have_count(0)


def test_by_keyboard_the_note_is_shown_read_out_and_sent_away(chapter):
    number, note = chapter.locator(NUMBER).first, chapter.locator(NOTE)
    number.focus()
    chapter.keyboard.press("Shift+Tab")
    chapter.keyboard.press("Tab")
    expect(number).to_be_focused()
    expect(note).to_be_visible()
    described = number.get_attribute("aria-describedby")
    assert WORDS[language(chapter)][0] in chapter.locator(f"#{described}").inner_text()
    assert violations(chapter) == []
    chapter.keyboard.press("Escape")
    expect(note).to_have_count(0)
    expect(number).to_be_focused()
    chapter.keyboard.press("Shift+Tab")
    chapter.keyboard.press("Tab")
    chapter.keyboard.press("Tab")
    expect(note.locator("a")).to_be_focused()
    chapter.keyboard.press("Tab")
    # what has the focus now may be a number with a note of its own
    expect(number).not_to_have_attribute("aria-describedby", described)


def test_the_note_is_within_a_narrow_window(new_page, from_disk):
    page = new_page(320)
    page.goto(f"{from_disk}da/{CHAPTER}")
    for number in page.locator(NUMBER).all()[:6]:
        number.hover()
        expect(page.locator(NOTE)).to_have_count(1)
        box = page.locator(NOTE).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 320
        page.keyboard.press("Escape")
    assert page.evaluate("document.scrollingElement.scrollWidth") == 320


def test_what_a_note_says_is_never_markup(page, from_disk):
    page.goto(f"{from_disk}da/{CHAPTER}")
    hostile = "<img src=x onerror=alert(1)>"
    number = page.locator(NUMBER).first
    number.evaluate("(link, text) => { link.parentElement.dataset.asked = text; }", hostile)
    number.hover()
    expect(page.locator(NOTE)).to_contain_text(hostile)
    assert page.locator(f"{NOTE} img").count() == 0


def test_the_switch_shows_which_numbers_are_links_on_every_page_from_then_on(new_page, from_server):
    page = new_page()
    page.goto(f"{from_server}da/{CHAPTER}")
    switch = page.locator("button.sources-switch")
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert switch.bounding_box()["height"] >= 24
    switch.focus()
    page.keyboard.press("Enter")
    expect(switch).to_have_attribute("aria-pressed", "true")
    page.locator("a[data-language-switch]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert page.locator(NUMBER).first.evaluate(LINE) == "underline"
    switch.click()
    page.reload()
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert page.locator(NUMBER).first.evaluate(LINE) == "none"


def test_without_a_script_a_number_still_leads_to_its_entry(new_page, from_disk):
    page = new_page(java_script_enabled=False)
    page.goto(f"{from_disk}da/{CHAPTER}")
    number = page.locator(NUMBER).first
    entry = number.get_attribute("href").partition("#")[2]
    number.click()
    page.wait_for_url(f"**#{entry}")
    assert page.locator(f"#{entry}").count() == 1
    assert page.locator("button.sources-switch").count() == 0


def test_shown_numbers_stay_shown_in_print_as_text_only(new_page, from_disk):
    page = new_page()
    page.add_init_script(SOURCES_SHOWN)
    page.goto(f"{from_disk}da/{CHAPTER}")
    page.locator(NUMBER).first.hover()
    expect(page.locator(NOTE)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(NOTE)).to_be_hidden()


@pytest.mark.parametrize(("width", "scheme"), [(1440, "dark"), (768, "light"), (320, "dark")])
def test_the_entry_that_a_number_leads_to_is_marked_and_below_no_bar(
    new_page, from_disk, width, scheme
):
    page = new_page(width, color_scheme=scheme)
    page.goto(f"{from_disk}da/{CHAPTER}")
    page.locator(NUMBER).nth(8).click()
    row = page.locator("tr:has(:target)")
    expect(row).to_be_in_viewport()
    bar = page.locator("#quarto-header").evaluate("bar => bar.getBoundingClientRect().bottom")
    assert row.bounding_box()["y"] >= bar
    ground = "row => getComputedStyle(row).backgroundColor"
    others = page.locator("tr:not(:has(:target))")
    assert row.evaluate(ground) != others.first.evaluate(ground)
    assert contrast(page)[0] == []
