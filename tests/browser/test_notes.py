"""Notes that are folded away, and among them the numbers under each figure."""

import io

import pytest
from conftest import LANGUAGES
from playwright.sync_api import expect
from pypdf import PdfReader

from .visits import CHAPTER, FIGURE_DATA, NOTE

# a search finds a word within others too
ONLY_IN_NOTES = """(parts) => {
  const words = (text) => text.toLowerCase().match(/\\p{L}{5,}/gu) || [];
  const rest = document.querySelector("main").cloneNode(true);
  rest.querySelectorAll("details").forEach((note) => note.remove());
  const known = words(rest.textContent);
  return parts.flatMap((part) => words(part.textContent))
    .filter((word) => !known.some((other) => other.includes(word)));
}"""


@pytest.fixture(params=LANGUAGES)
def chapter(request, from_disk, page):
    """A chapter with figures, opened from disk."""
    page.goto(f"{from_disk}{request.param}/{CHAPTER}")
    return page


def test_a_note_opens_and_closes_by_keyboard(chapter):
    note = chapter.locator(NOTE).first
    body = note.locator(".callout-body")
    expect(body).to_be_hidden()
    note.locator("summary").focus()
    for key in ("Enter", " "):
        chapter.keyboard.press(key)
        expect(body).to_be_visible()
        chapter.keyboard.press(key)
        expect(body).to_be_hidden()


def test_notes_are_open_on_paper_and_as_before_afterwards(chapter):
    notes = chapter.locator(NOTE)
    notes.nth(1).locator("summary").click()
    bodies = notes.locator(".callout-body").all_text_contents()
    printed = chapter.pdf()
    pages = PdfReader(io.BytesIO(printed)).pages
    told = "".join("".join(page.extract_text() for page in pages).split())
    for body in bodies:
        last = body.strip().splitlines()[-1]
        assert told.count("".join(last.split())) >= bodies.count(body)
    states = notes.evaluate_all("notes => notes.map((note) => note.open)")
    assert states == [index == 1 for index in range(len(states))]


def test_a_search_hit_in_a_note_opens_it(chapter):
    words = chapter.locator(FIGURE_DATA).locator("td, th, p").evaluate_all(ONLY_IN_NOTES)
    assert words
    chapter.goto(f"{chapter.url}?q={words[0]}")
    expect(chapter.locator(f"{NOTE} mark.search-hit").first).to_be_in_viewport()


def test_every_figure_has_its_numbers_under_it_folded_away(chapter):
    figures = chapter.locator("main [id^='fig-']:has(img)")
    assert figures.count() > 1
    assert chapter.locator(FIGURE_DATA).count() == figures.count()
    for note in chapter.locator(FIGURE_DATA).all():
        expect(note.locator("table")).to_be_hidden()
        note.locator("summary").click()
        expect(note.locator("table")).to_be_visible()
        assert note.locator("tbody td").count() >= 2
        assert note.locator("a[download], a[href$='.csv']").count() == 1
