"""What editors send back is not written again: notebooks, words and the report's own data."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from written import REPORT, texts_of

from evaluation.language.texts import LANGUAGES

TERMS = YAML(typ="safe").load((Path(__file__).parent / "terms.yml").read_text("utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_uses_a_refused_wording(language):
    terms = [
        (re.compile(term["refused"], re.IGNORECASE), term["instead"]) for term in TERMS[language]
    ]
    found = [
        f"{path.relative_to(REPORT)}: “{hit[0]}” in “{text[:120]}”; write: {instead}"
        for path, text in texts_of(language)
        for pattern, instead in terms
        if (hit := pattern.search(text))
    ]
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_every_kind_are_read(language):
    kinds = {path.suffix for path, _ in texts_of(language)}
    assert kinds == {".ipynb", ".yml", ".csv"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Alt efter hvad de tavse foreninger ville have svaret."),
        ("da", "Ord vælges ikke efter øremål."),
        ("da", "Yderpunkterne gælder hele netværket."),
        ("en", "If the silent are a random part"),
        ("en", "The local network of actors"),
        ("en", "How often something was found worth writing."),
    ],
)
def test_a_refused_wording_is_found(language, text):
    assert any(re.search(term["refused"], text, re.IGNORECASE) for term in TERMS[language])
