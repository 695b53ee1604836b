"""A table stands in a frame that scrolls, by keyboard too, and that has a name."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from evaluation.publish.embedded import html
from evaluation.publish.embedded.book import Book
from evaluation.publish.embedded.editions import Reading, edition
from evaluation.publish.embedded.kept import Kept
from evaluation.publish.embedded.words import words_of

CAPTIONED = """
::: {{#tbl-answers}}
{table}

What was answered
:::
"""


def rendered(root: Path, text: str) -> BeautifulSoup:
    """The text of a book's only page on its website."""
    (root / "theme.css").write_text("", encoding="utf-8")
    book = Book(
        root=root,
        language="en",
        title="Book",
        subtitle="",
        authors=(),
        date=None,
        chapters=("index.qmd",),
        appendices=(),
        bibliography=None,
        toc_depth=3,
        html={"css": "theme.css"},
    )
    kept = Kept(root / "kept")
    files = html.site(edition(Reading(book, [text], "html", kept), words_of("en", {})), kept)
    return BeautifulSoup(files["index.html"], "lxml").main


def table(first: str, second: str) -> str:
    return f"| {first} | {second} |\n|---|--:|\n| Yes | 14 |\n| No | 2 |\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "name"),
    [("{table}", "Answer Number"), (CAPTIONED, "Table 1.1: What was answered")],
    ids=["in the text", "as a float"],
)
def test_a_frame_is_reached_by_keyboard_and_named_after_caption_or_heading(tmp_path, place, name):
    main = rendered(tmp_path, "# Page\n\n" + place.format(table=table("Answer", "Number")))
    (found,) = main.find_all("table")
    frame = found.parent
    assert (frame["tabindex"], frame["role"]) == ("0", "region")
    assert frame["aria-label"] == name


@pytest.mark.slow
def test_a_heading_never_becomes_markup_of_the_frame(tmp_path):
    main = rendered(tmp_path, "# Page\n\n" + table('Said: "x" onfocus="y"', r"\<b\>n\</b\>"))
    frame = main.find("table").parent
    assert frame["aria-label"] == "Said: “x” onfocus=“y” <b>n</b>"
    assert set(frame.attrs) == {"class", "tabindex", "role", "aria-label", "data-hint"}
    assert not main.find_all("b")


@pytest.mark.slow
def test_each_table_has_a_frame_of_its_own(tmp_path):
    text = "\n".join(table("Answer", name) for name in ("2024", "2025"))
    frames = rendered(tmp_path, f"# Page\n\n{text}").find_all(class_="table-scroll")
    assert [frame["aria-label"] for frame in frames] == ["Answer 2024", "Answer 2025"]
    assert all(len(frame.find_all("table")) == 1 for frame in frames)
