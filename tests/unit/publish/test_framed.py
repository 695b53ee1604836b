"""Tables of a finished page: a list of things becomes cards, a matrix of numbers scrolls."""

import pytest
from bs4 import BeautifulSoup

from evaluation.publish.embedded.words import words_of
from evaluation.publish.framed import framed

RIGHT = ' style="text-align: right;"'


def table(heads: list[str], *rows: list[str], numeric: int = 0) -> str:
    """A table as pandoc writes it; numeric: how many of the last columns hold numbers."""

    def line(tag: str, cells: list[str]) -> str:
        first = len(cells) - numeric
        shown = [
            f"<{tag}{RIGHT if at >= first else ''}>{cell}</{tag}>" for at, cell in enumerate(cells)
        ]
        return f'<tr class="row">\n{"".join(shown)}\n</tr>'

    body = "\n".join(line("td", row) for row in rows)
    head = line("th", heads)
    return f'<table class="table">\n<thead>\n{head}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>'


def frame(text: str):
    (found,) = BeautifulSoup(framed(text, words_of("en")), "lxml").select(".table-scroll")
    return found


LISTS = {
    "texts": table(["Goal", "Verdict"], ["One", "Met"], ["Two", "Not met"]),
    "a text beside numbers": table(
        ["Element", "A", "B", "Basis"], ["One", "1", "2", "survey"], ["Two", "3", "4", "survey"]
    ),
    "numbers of several kinds": table(
        ["Question", "n", "Share"], ["One", "16", "75 %"], ["Two", "12", "8 %"], numeric=2
    ),
    "a single row": table(["Topic", "Yes", "No"], ["One", "12", "4"], numeric=2),
}
MATRICES = {
    "counts": table(["Topic", "A", "B"], ["One", "1", "1,250"], ["Two", "12", "0"], numeric=2),
    "shares": table(
        ["Topic", "Yes", "No"],
        ["One", "12 (75 %)", "4 (25 %)"],
        ["Two", "hidden", "hidden"],
        numeric=2,
    ),
    "one column": table(["Topic", "Share"], ["One", "12 of 16 (75 %)"], numeric=1),
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_a_list_of_things_is_shown_as_cards(text):
    assert frame(text)["class"] == ["table-scroll", "cards"]


@pytest.mark.parametrize("text", MATRICES.values(), ids=MATRICES)
def test_a_matrix_of_numbers_of_one_kind_scrolls_and_says_so(text):
    found = frame(text)
    assert found["class"] == ["table-scroll", "matrix"]
    assert found["data-hint"] == words_of("en")["table_scrolls"]


def test_a_card_labels_each_value_with_the_head_of_its_column():
    found = frame(table(["Goal", "<em>What</em> “x” &amp; y"], ["One", '<b id="a">Met</b>']))
    assert [cell["data-label"] for cell in found.select("td")] == ["Goal", "What “x” & y"]
    assert found.select_one("td b#a").text == "Met"


def test_those_who_hear_a_card_still_hear_a_table():
    found = frame(LISTS["texts"])
    roles = [(tag.name, tag["role"]) for tag in found.select("table, thead, tbody, tr, th, td")]
    assert roles == [
        ("table", "table"),
        *[("thead", "rowgroup"), ("tr", "row"), *[("th", "columnheader")] * 2],
        ("tbody", "rowgroup"),
        *[("tr", "row"), *[("td", "cell")] * 2] * 2,
    ]


def test_a_table_whose_cells_span_others_stays_a_table():
    text = table(["Goal", "Verdict"], ["One", "Met"]).replace("<td", '<td colspan="1"', 1)
    assert "cards" not in frame(text)["class"]


def test_a_head_cannot_break_out_of_its_label():
    head = "x&quot; onfocus=&quot;y&quot; &lt;img src=x&gt;"
    page = BeautifulSoup(framed(table([head, "Verdict"], ["One", "Met"]), words_of("en")), "lxml")
    assert not page.find_all("img")
    assert not page.select("[onfocus]")
    assert page.select_one("td")["data-label"] == 'x" onfocus="y" <img src=x>'


def test_a_page_without_tables_stays_as_it_is():
    page = "<p>One &lt;table&gt; of words</p>"
    assert framed(page, words_of("en")) == page
