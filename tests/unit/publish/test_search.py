"""What the search knows: sections in the report's language, and how words are inflected."""

import json

import pytest

from evaluation.publish.embedded import pandoc, search
from evaluation.publish.embedded.book import Book

TEXT = """Før det første.

## Metode {#metode}

Ord\u200bet »en *forening*«.

::: {lang="en"}
English words.
:::

## `call` {#call}

::: {lang="en"}
What it does.
:::

## Uden tekst {#uden}
"""


def records(language: str) -> list[dict]:
    return search.records("a/b.html", "1 Titel", pandoc.parse(TEXT, "b"), language)


def test_a_section_is_known_by_what_is_written_in_the_language_of_the_report():
    assert [(record["href"], record["text"]) for record in records("da")] == [
        ("a/b.html", "Før det første."),
        ("a/b.html#metode", "Ordet »en forening«."),
        ("a/b.html#uden", ""),
    ]
    english = {record["href"]: record["text"] for record in records("en")}
    assert english["a/b.html#call"] == "What it does."


def test_a_page_is_shown_in_the_turn_of_its_kind(tmp_path):
    files = ("a.qmd", "b.qmd", "c.qmd", "d.qmd")
    book = Book(
        *(tmp_path, "da", "T", "", (), None),
        chapters=files[:1],
        appendices=files[1:],
        bibliography=None,
        toc_depth=3,
        annexes=files[2:3],
        site_only=files[3:],
    )
    found = [(file, search.records(file, file, [], "da")) for file in files]
    known = json.loads(search.index(book, found, {}))
    assert [record["turn"] for record in known["records"]] == [0, 1, 2, 2]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("da", ["forening", "foreninger", "foreningernes"]),
        ("da", ["frivillig", "frivillige"]),
        ("en", ["community", "communities"]),
        ("en", ["volunteer", "volunteers", "volunteering"]),
    ],
)
def test_the_forms_of_a_word_begin_with_one_root(language, forms):
    roots, endings = search.inflections([" ".join(forms)], language)
    (root,) = roots
    assert all(form.startswith(root) for form in forms)
    assert {form.removeprefix(root) for form in forms} == set(endings)
