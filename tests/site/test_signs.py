"""Any sign that somebody wrote is in the PDF, or stands there as a substitute; the page has it."""

import io
import shutil

import pytest
from conftest import REPOSITORY
from pypdf import PdfReader

from evaluation.base.fonts import SUBSTITUTE
from evaluation.publish.embedded import render
from evaluation.publish.embedded.book import read_book
from evaluation.publish.stage import copy_fonts

PROJECT = """project: {type: book}
book:
  title: Prøvebog
  author: [En Forfatter]
  date: 2026-01-02
  chapters: [index.qmd]
format:
  html:
    css: _extensions/rapport/theme.css
  rapport-typst:
    pdf-standard: [ua-1, a-2a]
"""
# what people write in a questionnaire, and what a word processor leaves
SHOWN = {
    "signs": "• ▪ ➢ ✓ → ≥ ∑ ½ ℓ ☎ ★ ☐ ☑ ✔ 😀 ❤",
    "Greek and Cyrillic": "Ελλάδα Кирилиця",
    "Vietnamese": "Tiếng Việt",
    "Chinese": "你好",
    "Japanese": "日本語ひらがな",
    "Korean": "한국어",
    "Thai": "สวัสดี",
    "Tigrinya": "ትግርኛ",
    "Arabic": "مرحبا",
    "Farsi": "فارسی پژوهش",
    "Hebrew": "שלום",
    "Hindi": "नमस्ते",
    "Bengali": "বাংলা",
    "Tamil": "தமிழ்",
    "Telugu": "తెలుగు",
    "Khmer": "ខ្មែរ",
    "Lao": "ລາວ",
    "Burmese": "မြန်မာ",
    "blanks and joiners": "a\u2009b\u202fc\u200bd\u200de\u2060f\u00adg\ufeffh",
}
SUBSTITUTED = {
    "emoji": "🙂",
    "emoji with a tone and joined": "👍🏽 👩‍👩‍👧",
    "a flag": "🇩🇰",
    "private use": "\ue000",
    "a bullet of a word processor": "\uf0b7",
    "unassigned": "\u0378",
    "another plane": "\U0001f9ff\U00012000",
}


@pytest.fixture
def made(tmp_path):
    (tmp_path / "_quarto.yml").write_text(PROJECT, "utf-8")
    (tmp_path / "_quarto-da.yml").write_text("lang: da\n", "utf-8")
    shutil.copytree(REPOSITORY / "_extensions", tmp_path / "_extensions")

    def render_text(text: str) -> tuple[str, str]:
        chapter = f"# Titel {text}\n\nSvar: {text}.\n\n| {text} |\n|---|\n| {text} |\n"
        (tmp_path / "index.qmd").write_text(chapter, "utf-8")
        copy_fonts(tmp_path)
        site = render.render(tmp_path, read_book(tmp_path, "da"))
        pages = PdfReader(io.BytesIO((site / "Prøvebog.pdf").read_bytes())).pages
        words = "".join(page.extract_text() for page in pages)
        return (site / "index.html").read_text("utf-8"), words

    return render_text


@pytest.mark.parametrize("text", SHOWN.values(), ids=SHOWN)
def test_what_is_written_is_in_page_and_pdf(made, text):
    page, words = made(text)
    assert text in page
    assert SUBSTITUTE not in words
    # a PDF names its glyphs in an order of its own where letters are joined
    seen = {sign for sign in text if sign.isalnum() or sign in "•▪➢✓→≥∑½ℓ☎★☐☑✔😀❤"}
    assert len(seen & set(words)) >= len(seen) / 2


@pytest.mark.parametrize("text", SUBSTITUTED.values(), ids=SUBSTITUTED)
def test_what_no_font_has_is_in_the_page_and_has_a_substitute_in_the_pdf(made, text):
    page, words = made(text)
    assert text in page
    assert SUBSTITUTE in words and "Svar" in words
