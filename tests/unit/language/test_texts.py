"""language.texts: the library's own words and number formats."""

import json
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest
from ruamel.yaml import YAML

import evaluation
from evaluation.base.methods import methods
from evaluation.language.texts import LANGUAGES, texts
from evaluation.project.codebook import SCHEMA
from evaluation.publish.embedded.words import words_of
from evaluation.report.shares import QUANTIFIERS

# whose words -> the folder with a file, or a folder of files, for each language
FILES = {
    "language": Path(evaluation.__file__).parent / "language/locales",
    "publish": Path(evaluation.__file__).parent / "publish/locales",
    **{name: method.folder / "words" for name, method in methods().items()},
}


def entries(whose: str, language: str) -> dict[str, str]:
    """Key (nested with dots) -> text of somebody's words."""
    folder = FILES[whose] / language
    sources = sorted(folder.iterdir()) if folder.is_dir() else [folder.with_suffix(".yml")]
    found = {}

    def collect(prefix, node):
        children = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in children:
            if isinstance(value, str):
                found[f"{prefix}{key}"] = value
            else:
                collect(f"{prefix}{key}.", value)

    for source in sources:
        content = YAML(typ="safe").load(source.read_text("utf-8"))
        assert not {key.split(".")[0] for key in found} & set(content), f"{source} repeats a key"
        collect("", content)
    return found


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.slow
@pytest.mark.parametrize("whose", FILES)
def test_danish_and_english_have_the_same_keys(whose):
    assert list(entries(whose, "da")) == list(entries(whose, "en"))


@pytest.mark.slow
@pytest.mark.parametrize("whose", FILES)
def test_danish_and_english_have_the_same_fields(whose):
    danish, english = entries(whose, "da"), entries(whose, "en")
    different = [key for key in danish if fields(danish[key]) != fields(english[key])]
    assert different == []


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("whose", FILES)
def test_no_text_is_empty(whose, language):
    assert [key for key, text in entries(whose, language).items() if not text.strip()] == []


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quantifier_has_a_text_and_every_text_a_quantifier(language):
    named = {
        key.removeprefix("quantifiers.")
        for key in entries("language", language)
        if key.startswith("quantifiers.")
    }
    assert named == {key for _, _, key in QUANTIFIERS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_quantifiers_share_a_text(language):
    told = [texts(language)(f"quantifiers.{key}") for _, _, key in QUANTIFIERS]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_of_question_has_a_word(language):
    schema = json.loads(SCHEMA.read_text("utf-8"))
    for kind in schema["properties"]["questions"]["items"]["properties"]["type"]["enum"]:
        assert texts(language)(f"types.{kind}")


def test_fields_are_filled_in():
    assert texts("da")("count_of_n", k=14, n=16) == "14\u00a0af\u00a016"
    assert texts("en")("count_of_n", k=14, n=16) == "14\u00a0of\u00a016"


def test_braces_in_a_filled_text_stay_as_they_are():
    assert texts("en")("alt_item", label="{a} {0}", value="{x}") == "{a} {0}: {x}"


def test_an_unknown_text_is_an_error():
    with pytest.raises(KeyError):
        texts("da")("quantifiers.some")


@pytest.mark.parametrize(
    ("value", "danish", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1234, "1.234", "1,234"),
        (1234567, "1.234.567", "1,234,567"),
        (Decimal("62.5"), "62,5", "62.5"),
        (Decimal("1234.5"), "1.234,5", "1,234.5"),
    ],
)
def test_numbers_have_the_marks_of_their_language(value, danish, english):
    # methods.md 5: da_DK writes 1.234,5
    assert texts("da").number(value) == danish
    assert texts("en").number(value) == english


def test_numbers_up_to_twelve_are_words_and_larger_ones_digits():
    assert [texts("da").number_word(n) for n in (0, 1, 2, 12, 13, 1300)] == [
        "nul",
        "én",
        "to",
        "tolv",
        "13",
        "1.300",
    ]
    assert texts("en").number_word(12) == "twelve"


@pytest.mark.parametrize(
    ("items", "told"), [([], ""), (["a"], "a"), (["a", "b"], "a og b"), ([*"abc"], "a, b og c")]
)
def test_an_enumeration_reads_like_a_sentence(items, told):
    assert texts("da").enumeration(items) == told


def test_danish_percent_stands_after_a_no_break_space_and_english_without():
    assert texts("da")("percent", value="88") == "88\u00a0%"
    assert texts("en")("percent", value="88") == "88%"


@pytest.mark.parametrize(
    ("low", "high", "danish"),
    [
        ("20\u00a0%", "25\u00a0%", "20–25\u00a0%"),
        ("30\u00a0%", "1/3", "30\u00a0%–1/3"),
        ("0,71", "0,8", "0,71–0,8"),
    ],
)
def test_a_range_has_an_en_dash_and_one_percent_sign(low, high, danish):
    assert texts("da").span(low, high) == danish


def test_the_book_can_override_a_word_of_the_publication():
    assert words_of("da", {"crossref-sec-prefix": "Afsnit"})["crossref-sec-prefix"] == "Afsnit"
    assert words_of("da")["crossref-fig-title"] == "Figur"
