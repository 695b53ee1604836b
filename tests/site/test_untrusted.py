"""Configuration and labels are text: they never become HTML, Typst or a path."""

import pytest
from conftest import copy_folder, evaluation
from pages import pages, pdf_words, site, words

TEXT = "<b>x</b> #pagebreak() *s* $y$ `z`{=typst} @ref"
KNOWLEDGE = '"Viden om aktivt medborgerskab og demokratisk deltagelse"'


@pytest.fixture(scope="module")
def built_with_hostile_texts(tmp_path_factory):
    folder = copy_folder(tmp_path_factory.mktemp("hostile") / "evaluation")
    for file, old, new in (
        ("_quarto-da.yml", "subtitle: ", f'subtitle: "{TEXT}" #'),
        ("_quarto.yml", "author: ", f'author: "{TEXT}" #'),
        ("data/raw/codebook.yml", KNOWLEDGE, f'"{TEXT}"'),
    ):
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text, (file, old)
        path.write_text(text.replace(old, new), encoding="utf-8")
    done = evaluation("build", str(folder), "-p", "language=da")
    assert done.returncode == 0, done.stderr
    return folder


def test_hostile_texts_are_shown_letter_by_letter_on_the_site(built_with_hostile_texts):
    found = pages(built_with_hostile_texts, "da")
    front = found["index.html"]
    assert TEXT in words(front.find(class_="subtitle"))
    assert TEXT in words(front.find(class_="author"))
    figure = found["notebooks/32_partnerships.html"].find(id="fig-development")
    assert TEXT in figure.img["alt"]
    codebook = found["notebooks/91_codebook.html"]
    assert TEXT in words(codebook.main.find("h2"))
    assert not [page for page in found.values() if page.main.find("b")]


def test_hostile_texts_are_shown_letter_by_letter_in_the_pdf(built_with_hostile_texts):
    text = pdf_words(built_with_hostile_texts, "da")
    assert TEXT in text
    drawing = site(built_with_hostile_texts, "da").rglob("fig-development-output-1.svg")
    assert "<b>x</b>" not in next(drawing).read_text("utf-8")
