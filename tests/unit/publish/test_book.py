"""book: what _quarto.yml may say of the foot of the pages."""

import pytest
from refusals import refusal, tells

from evaluation.publish.embedded.book import read_book

CONFIG = """project: {{type: book}}
book:
  chapters: [index.qmd]
  page-footer:
    left: Edition 1
    right:
      - {entry}
"""


def written(tmp_path, entry):
    (tmp_path / "_quarto.yml").write_text(CONFIG.format(entry=entry), "utf-8")
    (tmp_path / "_quarto-en.yml").write_text("lang: en\nbook: {title: Report}\n", "utf-8")
    (tmp_path / "index.qmd").touch()
    return tmp_path


def test_the_foot_has_a_text_and_links_to_chapters(tmp_path):
    book = read_book(written(tmp_path, "{text: Start, href: index.qmd}"), "en")
    assert book.footer["left"] == "Edition 1"
    assert [dict(entry) for entry in book.footer["right"]] == [
        {"text": "Start", "href": "index.qmd"}
    ]


@pytest.mark.parametrize(
    "entry",
    [
        "{text: Gone, href: gone.qmd}",
        "{text: Anchor, href: index.qmd#sec-a}",
        "{text: None}",
        "{href: index.qmd}",
    ],
)
def test_a_link_that_quarto_would_leave_dead_is_refused_with_its_line(tmp_path, entry):
    told = refusal(read_book, written(tmp_path, entry), "en")
    tells(told, "_quarto.yml", "row 7", "page-footer")
