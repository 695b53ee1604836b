"""What holds for every page of the site. Each is opened once from disk and once from a server, and
everything that is asked of it is asked there: a browser takes minutes to open them all again.
"""

import csv
import io
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import pytest
from conftest import LANGUAGES
from playwright.sync_api import Page

from evaluation.publish.embedded.book import read_book

from .axe import contrast_of_marked, mark, violations
from .conftest import opened_page
from .visits import FIGURE_DATA, PAINTED, SOURCES_SHOWN, paths, troubles

OTHER = dict(zip(LANGUAGES, reversed(LANGUAGES), strict=True))
SCHEMES = ("light", "dark")
# texts at the least, in each scheme, of all kinds that the site has
MEASURED = 100
# so tall that the sidebar shows all of itself: what is scrolled away cannot be measured
TALL, USUAL = 2400, 900
WIDE, NARROW = 1440, 320
# pixels: what is longer is two chapters, or belongs into an appendix
LONGEST = 12_000
PAPER = 642  # the text area of A4 with the margins of theme.css, 170 mm, in CSS pixels
LAYOUTS = (
    ("screen", WIDE),
    ("print", PAPER),
    ("screen", 768),
    ("screen", 360),
    ("screen", NARROW),
)
# a picture that cannot be drawn is no error to a browser, but it has no width
UNDRAWN = "() => [...document.images].filter((i) => !i.naturalWidth).map((i) => i.src)"
HEIGHT = "() => document.scrollingElement.scrollHeight"
OPEN_NOTES = "() => document.querySelectorAll('details').forEach((note) => { note.open = true; })"
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
SWITCH = "() => [...document.querySelectorAll('a[data-language-switch]')].map((a) => a.href)"
OFFERED = """() => [...document.querySelectorAll("a[href]")].map((link) => link.href)
  .filter((address) => address.includes("/downloads/") || address.endsWith(".pdf"))"""
# address of the file, and the first cell of each row, of the numbers under each figure
DATA = """(notes) => notes.map((note) => [
  note.querySelector("a[download], a[href$='.csv']").href,
  [...note.querySelectorAll("tbody tr > :first-child")].map((cell) => cell.textContent.trim()),
])"""


class Seen(NamedTuple):
    """A page as it was found: lists are of what is wrong, but `frames` of all that scroll."""

    height: int
    switch: list[str]
    wide: list[str]
    frames: list[dict]
    broken: list[str]
    poor: list[str]


class Site(NamedTuple):
    """path -> page; what went wrong in loading them; how much text was measured by scheme."""

    pages: dict[str, Seen]
    troubles: list[str]
    measured: dict[str, int]


@pytest.fixture(scope="module")
def on_disk(browser, site, from_disk) -> Site:
    found, kinds, measured = {}, {}, dict.fromkeys(SCHEMES, 0)
    with opened_page(browser) as page:
        # quiet numbers are meant not to stand out until the reader asks for it
        page.add_init_script(SOURCES_SHOWN)
        wrong = troubles(page, from_disk)
        for path in paths(site):
            page.emulate_media(media="screen", color_scheme=SCHEMES[0])
            page.set_viewport_size({"width": WIDE, "height": TALL})
            wrong += loaded(page, from_disk, path)
            height, switch = page.evaluate(HEIGHT), page.evaluate(SWITCH)
            page.evaluate(OPEN_NOTES)
            broken = violations(page)
            wide, frames = list(too_wide(page)), page.evaluate(FRAMES)
            poor = []
            if mark(page, kinds):
                for width, scheme in product((WIDE, NARROW), SCHEMES):
                    page.set_viewport_size({"width": width, "height": TALL})
                    page.emulate_media(color_scheme=scheme)
                    page.wait_for_function(f"(scheme) => ({PAINTED})() === scheme", arg=scheme)
                    told, passed = contrast_of_marked(page)
                    poor += [f"{scheme}, {width} px: {each}" for each in told]
                    measured[scheme] += passed
                # on a phone other things are shown, of the same kinds on every page
                broken += [f"{NARROW} px: {each}" for each in violations(page)]
            found[path] = Seen(height, switch, wide, frames, broken, poor)
    return Site(found, wrong, measured)


def loaded(page: Page, address: str, path: str) -> Iterator[str]:
    """What is wrong with a page when it has loaded."""
    page.goto(address + path, wait_until="load")
    if not page.locator("main").inner_text().strip():
        yield f"{path}: shows nothing"
    # else a browser asks the server for one, and tells that there is none
    if not page.locator("link[rel=icon]").count():
        yield f"{path}: names no icon"
    yield from (f"{path}: not drawn: {source}" for source in page.evaluate(UNDRAWN))


def too_wide(page: Page) -> Iterator[str]:
    """Where the page does not fit; the window is as narrow as a phone's afterwards."""
    for media, width in LAYOUTS:
        page.emulate_media(media=media)
        page.set_viewport_size({"width": width, "height": USUAL})
        if wide := page.evaluate(TOO_WIDE):
            yield f"{media}, {width} px: {', '.join(wide)}"


class Served(NamedTuple):
    """What went wrong in loading pages; address -> the page that offers it; path -> the address of
    the file and the first cells of each table under a figure."""

    troubles: list[str]
    offered: dict[str, str]
    data: dict[str, list[tuple[str, list[str]]]]


@pytest.fixture(scope="module")
def on_server(browser, site, from_server) -> Served:
    offered, data = {}, {}
    with opened_page(browser, WIDE, USUAL) as page:
        wrong = troubles(page, from_server)
        for path in paths(site):
            wrong += loaded(page, from_server, path)
            offered |= dict.fromkeys(page.evaluate(OFFERED), path)
            data[path] = page.locator(FIGURE_DATA).evaluate_all(DATA)
    return Served(wrong, offered, data)


def told(site: Site, kind: str) -> list[str]:
    return [f"{path}: {each}" for path, seen in site.pages.items() for each in getattr(seen, kind)]


def test_it_loads_from_disk_without_an_error_or_a_foreign_request(on_disk):
    assert not on_disk.troubles


def test_it_loads_from_a_server_without_an_error_or_a_foreign_request(on_server):
    assert not on_server.troubles


def test_it_breaks_no_rule(on_disk):
    assert told(on_disk, "broken") == []


def test_all_its_text_stands_out_from_its_ground(on_disk):
    assert told(on_disk, "poor") == []
    assert min(on_disk.measured.values()) > MEASURED


def test_it_is_no_wider_than_the_window_or_the_paper(on_disk):
    assert told(on_disk, "wide") == []


def test_no_chapter_is_longer_than_a_reader_scrolls(on_disk, built):
    chapters = [
        f"{language}/{file.rpartition('.')[0]}.html"
        for language in LANGUAGES
        for file in read_book(built, language).chapters
    ]
    assert len(chapters) > 20
    heights = {path: on_disk.pages[path].height for path in chapters}
    assert {path: height for path, height in heights.items() if height > LONGEST} == {}


def test_every_frame_that_scrolls_is_reached_and_named_for_the_keyboard(on_disk):
    frames = [(path, frame) for path, seen in on_disk.pages.items() for frame in seen.frames]
    assert frames
    for path, frame in frames:
        assert frame["tabIndex"] == 0, f"{path}: {frame}"
        assert frame["role"] == "region", f"{path}: {frame}"
        assert frame["label"], f"{path}: {frame}"


def test_on_a_phone_only_a_matrix_of_numbers_scrolls(on_disk):
    frames = [(path, frame) for path, seen in on_disk.pages.items() for frame in seen.frames]
    assert [found for found in frames if "matrix" not in found[1]["name"]] == []


def test_it_leads_to_its_counterpart(on_disk, site, from_disk):
    inner = {path: seen for path, seen in on_disk.pages.items() if "/" in path}
    assert {path.partition("/")[0] for path in inner} == set(LANGUAGES)
    for path, seen in inner.items():
        language, _, rest = path.partition("/")
        assert seen.switch == [f"{from_disk}{OTHER[language]}/{rest}"]
        assert (site / OTHER[language] / rest).is_file(), path


def test_every_file_that_it_offers_is_there_and_not_empty(on_server, page, from_server):
    for address, path in on_server.offered.items():
        got = page.request.get(address)
        assert got.ok, f"{path}: {address} is answered with {got.status}"
        assert got.body().strip(), f"{path}: {address} is empty"
    for language in LANGUAGES:
        own = [path for path in on_server.offered if path.startswith(f"{from_server}{language}/")]
        assert any(path.endswith(".pdf") for path in own), language
        assert any("/downloads/" in path for path in own), language


def test_its_figures_offer_their_numbers_as_a_file(on_server, page, from_server):
    """The file says what the table says: each row of the table begins with words of the file."""
    assert any(on_server.data.values())
    for path, tables in on_server.data.items():
        for address, first in tables:
            assert address.startswith(f"{from_server}{path.partition('/')[0]}/downloads/")
            text = page.request.get(address).body().decode("utf-8-sig")
            rows = list(csv.reader(io.StringIO(text)))
            assert len(rows) > 1, f"{path}: {address}"
            assert {cell for row in rows for cell in row} >= set(first), f"{path}: {address}"
