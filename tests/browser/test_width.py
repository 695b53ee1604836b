"""No page is wider than the window or the paper; what is, scrolls in a frame of its own."""

import pytest
from conftest import LANGUAGES

from .visits import CHAPTER, paths

WIDTHS = (360, 768, 1440)
PAPER = 642  # the text area of A4 with the margins of theme.css, 170 mm, in CSS pixels
TOO_WIDE = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const framed = (element) => element !== root
    && (getComputedStyle(element).overflowX !== "visible" || framed(element.parentElement));
  const wide = [...document.body.querySelectorAll("*")].filter((element) =>
    element.getBoundingClientRect().right > root.clientWidth + 0.5 && !framed(element));
  const named = (element) => `${element.tagName.toLowerCase()}.${element.className}`.slice(0, 60);
  return [`${root.scrollWidth} px in ${root.clientWidth}`, ...wide.slice(0, 4).map(named)];
}"""
FRAMES = """() => [...document.querySelectorAll("main *")].filter((element) =>
    element.scrollWidth > element.clientWidth + 1
    && ["auto", "scroll"].includes(getComputedStyle(element).overflowX))
  .map((element) => ({
    name: `${element.tagName.toLowerCase()}.${element.className}`,
    role: element.getAttribute("role"), label: element.ariaLabel, tabIndex: element.tabIndex,
  }))"""


def test_no_page_is_wider_than_the_window_or_the_paper(page, site, from_disk):
    found = []
    for path in paths(site):
        page.goto(from_disk + path)
        for media, width in [*(("screen", width) for width in WIDTHS), ("print", PAPER)]:
            page.emulate_media(media=media)
            page.set_viewport_size({"width": width, "height": 900})
            if wide := page.evaluate(TOO_WIDE):
                found.append(f"{path} ({media}, {width} px): {', '.join(wide)}")
    assert not found, "\n".join(found)


def test_every_frame_that_scrolls_is_reached_and_named_for_the_keyboard(new_page, site, from_disk):
    page = new_page(360)
    seen = 0
    for path in paths(site):
        page.goto(from_disk + path)
        for frame in page.evaluate(FRAMES):
            seen += 1
            assert frame["tabIndex"] == 0, f"{path}: {frame}"
            assert frame["role"] == "region", f"{path}: {frame}"
            assert frame["label"], f"{path}: {frame}"
    assert seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_arrow_keys_move_a_table_that_is_wider_than_the_page(new_page, from_disk, language):
    page = new_page(360)
    page.goto(f"{from_disk}{language}/{CHAPTER}")
    frame = page.locator(".table-scroll").filter(visible=True).first
    frame.evaluate("frame => { frame.firstElementChild.style.minWidth = '60rem'; frame.focus(); }")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
