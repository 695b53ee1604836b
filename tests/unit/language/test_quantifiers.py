"""language.quantifiers: words for shares, and what the words of others stand for."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.language.quantifiers import PERCENTAGE, QUANTIFIERS, phrases_in, quantifier, read
from evaluation.language.texts import LANGUAGES, texts

shares = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def words_found(text: str, language: str) -> list[str]:
    return [phrase.words for phrase in phrases_in(text, language)]


def fits(words: str, k: int, n: int, language: str = "da") -> bool:
    return all(F(k, n) in span for span in read(words, language).spans)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", [key for _, _, key in QUANTIFIERS])
def test_every_quantifier_of_the_report_is_found_whole_in_a_text(language, key):
    told = texts(language)(f"quantifiers.{key}")
    (phrase,) = phrases_in(f"xx {told} xx", language)
    assert (phrase.start, phrase.end, phrase.words) == (3, 3 + len(told), told)


@pytest.mark.slow
@given(shares)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_report_mean_about_the_same_in_the_field(language, share):
    """The report's table is stricter or a little wider, but always close to the field's."""
    (phrase,) = phrases_in(texts(language)(f"quantifiers.{quantifier(*share)}"), language)
    near = F(5, 100)
    assert phrase.shares.low - near <= F(*share) <= phrase.shares.high + near


# document 000 as the field's use of words; the facts file lists these as right
@pytest.mark.parametrize(
    ("words", "k", "n"),
    [
        ("knap 2/3", 10, 16),
        ("næsten 2/3", 10, 16),
        ("over halvdelen", 10, 16),
        ("over to tredjedele", 11, 16),
        ("lidt over halvdelen", 9, 16),
        ("næsten en tredjedel", 5, 16),
        ("halvdelen", 8, 16),
        ("¾", 12, 16),
        ("størstedelen", 13, 16),
        ("størstedelen", 11, 12),
        ("langt størstedelen", 13, 16),
        ("en stor del", 12, 16),
        ("kun 6 %", 1, 16),
        ("hele 92 %", 11, 12),
        ("alle", 16, 16),
        ("en enkelt", 1, 16),
        ("generelt", 13, 16),
    ],
)
def test_words_that_are_used_rightly_fit(words, k, n):
    assert fits(words, k, n)


@pytest.mark.parametrize(
    ("words", "k", "n"),
    [
        ("to tredjedele", 12, 16),  # methods.md 6.2: document 000, p. 13
        ("to tredjedele", 10, 16),
        ("knap 2/3", 11, 16),
        ("over to tredjedele", 10, 16),
        ("over to tredjedele", 2, 3),
        ("lidt over halvdelen", 10, 16),
        ("halvdelen", 9, 16),
        ("tre fjerdedele", 13, 16),
        ("størstedelen", 8, 16),
        ("langt størstedelen", 11, 16),
        ("en stor del", 8, 16),
        ("alle", 15, 16),
        ("næsten alle", 16, 16),
        ("ikke alle", 16, 16),
        ("ingen", 1, 16),
        ("et mindretal", 8, 16),
        ("kun 50 %", 8, 16),
        ("mindst halvdelen", 7, 16),
        ("højst halvdelen", 9, 16),
        ("cirka en fjerdedel", 5, 16),
    ],
)
def test_words_that_do_not_fit_are_told(words, k, n):
    assert not fits(words, k, n)


@pytest.mark.parametrize(
    ("danish", "english"),
    [
        ("to tredjedele", "two thirds"),
        ("to tredjedele", "two-thirds"),
        ("knap halvdelen", "just under half"),
        ("over en fjerdedel", "more than a quarter"),
        ("mindst tre fjerdedele", "at least three quarters"),
        ("langt de fleste", "the vast majority"),
        ("de fleste", "most of"),
        ("et mindretal", "a minority"),
        ("stort set alle", "nearly all"),
        ("omkring en femtedel", "about one fifth"),
    ],
)
def test_both_languages_read_the_same_shares(danish, english):
    (one,), (other,) = phrases_in(danish, "da"), phrases_in(english, "en")
    assert one.shares == other.shares


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "at få midler"),
        ("da", "i alt, alt i alt, frem for alt"),
        ("da", "af alle 21 foreninger"),
        ("da", "hele netværket og hele tiden"),
        ("da", "den enkelte forening, hver enkelte"),
        ("da", "det kan kun være"),
        ("da", "flest, færrest, flere, oftest og størst"),
        ("da", "resten og generelt og mange"),
        ("en", "in all, at all, all the same, of all 21 associations"),
        ("en", "most widespread, most often, the most answers, most progress, at most"),
        ("en", "that can only be"),
        ("en", "the first half, the other half, half-up, on behalf of"),
        ("en", "a third party"),
        ("en", "the largest number, the smallest number, generally, many"),
    ],
)
def test_words_that_name_no_share_in_running_text_are_left_alone(language, text):
    assert words_found(text, language) == []


def test_the_longest_phrase_is_found_and_each_place_once():
    text = "Langt de fleste, lidt over halvdelen og\nnæsten alle; kun 3"
    assert words_found(text, "da") == [
        "Langt de fleste",
        "lidt over halvdelen",
        "næsten alle",
        "kun",
    ]


def test_a_phrase_over_a_line_break_or_a_no_break_space_is_found():
    assert (
        len(phrases_in("to\ntredjedele", "da")) == len(phrases_in("to\u00a0tredjedele", "da")) == 1
    )


def test_a_quoted_quantifier_is_read_with_all_it_says():
    reading = read("størstedelen (81 %)", "da")
    assert (len(reading.spans), reading.percentages, reading.rank) == (1, (81,), None)
    assert read("færrest", "da").rank == "fewest"
    assert read("flest (88 %)", "da").rank == "most"
    assert read("", "da") == read("mange", "da")


@pytest.mark.parametrize("words", ["en del", "størstdelen", "to tredjedele og lidt til", "81"])
def test_words_in_no_table_are_refused_by_name(words):
    with pytest.raises(ValueError, match="no table of quantifiers has the words"):
        read(words, "da")


@given(st.integers(0, 100))
def test_every_whole_percentage_is_read(value):
    assert read(f"{value} %", "da").percentages == (value,)
    assert PERCENTAGE.findall(f"{value}%") == [str(value)]
