"""Texts are set as their language sets them: ranges, quotation marks and apostrophes."""

import re

import pytest
from typography import slips
from written import REPORT, texts_of

from evaluation.language.texts import LANGUAGES

# what somebody is to type at a command line, and markup
TYPED = re.compile(r'--[\w-]+ "[^"]*"|\{[^}]*\}|\]\([^)]*\)')


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_set_as_its_language_sets_it(language):
    found = [
        f"{path.relative_to(REPORT)}: {slip}"
        for path, text in texts_of(language)
        for slip in slips(TYPED.sub("", text), language)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Unge på 10-25 år"),
        ("da", "Det gælder 59 %-73 % af dem."),
        ("da", "De kalder det “samskabelse”."),
        ("da", "De kalder det »samskabelse«."),
        ("en", 'They call it "co-creation".'),
        ("en", "They call it ”co-creation”."),
        ("en", "The evaluator's own words"),
    ],
)
def test_what_a_typesetter_corrects_is_found(language, text):
    assert slips(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Unge på 10–25 år kalder det ”samskabelse”, siger Diversity Works’ egne."),
        ("en", "Those aged 10–25 call it “co-creation”, in the evaluator’s words."),
        ("en", "Version 0.2.0 of 2026-11-30, doi 10.1186/s12874-016-0200-9"),
    ],
)
def test_what_is_set_right_and_what_is_no_text_stays(language, text):
    assert slips(text, language) == []
