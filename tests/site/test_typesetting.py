"""The published pages are set as their language sets them, whoever wrote a text: an author, a table
or the library."""

import re

import pytest
from conftest import LANGUAGES
from pages import own_pages
from report_numbers import NOT_COUNTED
from typography import slips

# code, what is hidden in attributes, and the list of works, which follows the citation style
UNSET = "code, pre, kbd, script, style, #refs"
BLOCKS = "h1, h2, h3, h4, h5, p, li, dt, dd, td, th, figcaption, blockquote"
UNPARTED = re.compile(r"\d %")


@pytest.fixture(scope="module")
def texts(built):
    """Language -> (path, text of a block or alternative text)."""
    found = {}
    for language in LANGUAGES:
        found[language] = []
        for path, page in own_pages(built, language).items():
            if path in NOT_COUNTED:
                continue
            for tag in page.select(UNSET):
                tag.decompose()
            blocks = [tag.get_text() for tag in page.select(BLOCKS)]
            blocks += [image["alt"] for image in page.select("img[alt]")]
            found[language] += [(path, block) for block in blocks]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_ranges_and_quotation_marks_are_those_of_the_language(texts, language):
    found = {(path, slip) for path, text in texts[language] for slip in slips(text, language)}
    assert found == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_can_part_a_number_from_its_percent_sign(texts, language):
    assert {(path, text) for path, text in texts[language] if UNPARTED.search(text)} == set()
    signs = [text for _, text in texts[language] if re.search(r"\d\u00a0?%", text)]
    assert len(signs) > 100
