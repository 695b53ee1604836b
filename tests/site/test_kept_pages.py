"""A rendering makes only what changed, and what it makes is what a rendering from nothing makes."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.publish.embedded import pandoc
from evaluation.publish.embedded.book import read_book
from evaluation.publish.embedded.render import render

CONFIG = """project: {type: book}
bibliography: references.bib
book:
  title: A book
  author: [A. Author]
  chapters: [index.qmd, one.qmd, two.qmd]
  appendices: [references.qmd]
format:
  html: {css: theme.css}
"""
WORKS = """@book{smith, author = {Smith, Ann}, title = {On one}, year = {2020}, publisher = {P}}
@book{jones, author = {Jones, Bo}, title = {On two}, year = {2021}, publisher = {P}}
"""
TEXTS = {
    "index.qmd": "# Front {.unnumbered}\n\nSee @sec-one and @tbl-two.\n",
    "one.qmd": "# One {#sec-one}\n\nAs [@smith] says.\n\n## Part {#sec-part}\n\nMore.\n",
    "two.qmd": "# Two {#sec-two}\n\n::: {#tbl-two}\n\n| a | b |\n|---|--:|\n| c | 1 |\n\n"
    "A table\n\n:::\n",
    "references.qmd": "# Works {.unnumbered}\n\n::: {#refs}\n:::\n",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("book")
    (root / "_quarto.yml").write_text(CONFIG, "utf-8")
    (root / "_quarto-en.yml").write_text("lang: en\n", "utf-8")
    (root / "references.bib").write_text(WORKS, "utf-8")
    (root / "theme.css").write_text("", "utf-8")
    return root


def pages(root: Path, texts: dict[str, str], keep: Path | None) -> dict[str, str]:
    for name, text in texts.items():
        (root / name).write_text(text, "utf-8")
    output = render(root, read_book(root, "en"), ("html",), keep=keep)
    return {
        path.relative_to(output).as_posix(): path.read_text("utf-8")
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def made(monkeypatch) -> list[str]:
    """What pandoc was started for."""
    asked: list[str] = []
    run = pandoc.run

    def counted(arguments, text, what):
        asked.append(what)
        return run(arguments, text, what)

    monkeypatch.setattr(pandoc, "run", counted)
    return asked


@pytest.mark.parametrize(
    ("file", "old", "new", "again"),
    [
        ("one.qmd", "More.", "More, and more.", {"one.qmd"}),
        # a work that is not cited any more leaves the list
        ("one.qmd", "[@smith]", "nobody", {"one.qmd", "references.qmd", "the report"}),
        # any page may refer to a place by its number
        ("one.qmd", "# One {", "# One {.unnumbered ", set(TEXTS)),
    ],
)
def test_only_what_changed_is_made_again(book, tmp_path, made, file, old, new, again):
    keep = tmp_path / "kept"
    pages(book, TEXTS, keep)
    assert set(made) >= set(TEXTS)
    made.clear()
    pages(book, TEXTS, keep)
    assert made == []
    assert old in TEXTS[file]
    changed = pages(book, TEXTS | {file: TEXTS[file].replace(old, new)}, keep)
    assert set(made) == again
    assert changed == pages(book, TEXTS | {file: TEXTS[file].replace(old, new)}, None)


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["one.qmd", "two.qmd"]),
        st.sampled_from(
            [
                "\nA sentence.\n",
                "\nAs @jones says.\n",
                "\n## Section {#sec-more-FILE}\n",
                "\nSee @sec-part.\n",
                "\n::: {#fig-more-FILE}\n\nText\n\nA caption\n\n:::\n",
                "\n::: {.callout-note}\n\nNote[^n].\n\n:::\n\n[^n]: Said below.\n",
            ]
        ),
    ),
    max_size=4,
    unique=True,
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(edits=EDITS)
def test_whatever_is_edited_the_pages_are_those_of_a_rendering_from_nothing(book, tmp_path, edits):
    texts = dict(TEXTS)
    keep = tmp_path / "kept"
    for file, added in edits:
        texts[file] += added.replace("FILE", Path(file).stem)
        shown = pages(book, texts, keep)
    if edits:
        assert shown == pages(book, texts, None)
