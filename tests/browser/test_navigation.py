"""Finding one's way: the contents of a page, addresses of its places, and the other language."""

import pytest
from conftest import LANGUAGES
from playwright.sync_api import expect

from .visits import CHAPTER, WAYS

OTHER = dict(zip(LANGUAGES, reversed(LANGUAGES), strict=True))
CONTENTS = {"da": "På denne side", "en": "On this page"}
STATES = {
    "da": ("Mørk visning: fra", "Mørk visning: til"),
    "en": ("Dark view: off", "Dark view: on"),
}
LEAST = 24
# places that the chapter does not have
MOVED = {
    "sec-evidence-change": "notebooks/45_theory.html",
    "tbl-contributions": "notebooks/45_theory.html",
    "sec-theory": "notebooks/45_theory.html",
}
COPIED = """() => {
  window.copied = [];
  const write = async (text) => { window.copied.push(text); };
  Object.defineProperty(navigator, "clipboard", { value: { writeText: write } });
}"""
NAMES = "frames => frames.map((frame) => frame.ariaLabel)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_script_the_switch_leads_to_the_same_chapter(new_page, from_disk, language):
    page = new_page(java_script_enabled=False)
    page.goto(f"{from_disk}{language}/{CHAPTER}")
    page.locator("a[data-language-switch]").click()
    expect(page).to_have_url(f"{from_disk}{OTHER[language]}/{CHAPTER}")
    expect(page.locator("html")).to_have_attribute("lang", OTHER[language])


@pytest.mark.parametrize(
    ("address", "language"), list(zip(WAYS, LANGUAGES, strict=True)), indirect=["address"]
)
def test_an_address_of_a_place_that_is_on_another_page_now_leads_there(page, address, language):
    root = f"{address}{language}/"
    for place, wanted in MOVED.items():
        page.goto(f"{root}{CHAPTER}#{place}")
        expect(page).to_have_url(f"{root}{wanted}#{place}")
        expect(page.locator(f"#{place}")).to_be_in_viewport()
    page.goto(f"{root}{CHAPTER}#constructor")
    expect(page.locator("main h1")).to_be_in_viewport()


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_middling_screen_the_contents_are_folded_above_the_text(new_page, from_disk, language):
    page = new_page(1000)
    page.goto(f"{from_disk}{language}/{CHAPTER}")
    title, link = page.locator("#toc-title"), page.locator("#TOC a").last
    expect(title).to_have_text(CONTENTS[language])
    assert title.bounding_box()["y"] < page.locator("main h1").bounding_box()["y"]
    expect(link).to_be_hidden()
    page.locator("#TOC summary").focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(link).to_be_visible()
    beside = page.locator("#TOC").bounding_box()["x"]
    text = page.locator("main").bounding_box()
    assert beside >= text["x"] + text["width"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_figures_and_tables_have_an_address_to_copy(page, from_disk, language):
    page.add_init_script(f"({COPIED})()")
    page.goto(f"{from_disk}{language}/{CHAPTER}?q=alliancen")
    buttons = page.locator("main button.copy-link")
    places = page.locator("main section.level2[id], main .quarto-float[id]")
    assert buttons.count() >= places.count() > 5
    names = buttons.evaluate_all(NAMES)
    assert len(set(names)) == len(names) and all(names)
    for button in buttons.all()[:3]:
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= LEAST
    figure = page.locator("#fig-funds")
    figure.locator("button.copy-link").focus()
    page.keyboard.press("Enter")
    address = f"{from_disk}{language}/{CHAPTER}#fig-funds"
    page.wait_for_function("window.copied.length")
    assert page.evaluate("window.copied") == [address]
    expect(page.locator("main > [role=status]")).to_have_text(
        page.locator("main").get_attribute("data-copied")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switch_to_dark_says_its_state_and_is_large_enough(page, from_disk, language):
    page.goto(f"{from_disk}{language}/index.html")
    switch = page.locator("button.theme-switch")
    light, dark = STATES[language]
    expect(switch).to_have_text(light, use_inner_text=True)
    assert switch.bounding_box()["height"] >= LEAST
    switch.click()
    expect(switch).to_have_text(dark, use_inner_text=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_tables_of_a_page_are_called_the_same(page, from_disk, language):
    page.goto(f"{from_disk}{language}/{CHAPTER}")
    names = page.locator(".table-scroll").evaluate_all(NAMES)
    assert len(names) > 2 and len(set(names)) == len(names)
    caption = page.locator(".quarto-float-tbl figcaption").first.inner_text()
    assert names[0] == " ".join(caption.split())
