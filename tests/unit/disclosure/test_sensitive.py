"""disclosure.sensitive: questions that touch what is nobody else's business, by their words."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from evaluation.disclosure.sensitive import sensitive_words
from evaluation.language import sensitive
from evaluation.project.codebook import Codebook, Group, Option, Question
from evaluation.project.folder import Folder

LIST = Path(__file__).parents[2] / "data/sensitive/questions.csv"
NOBODY = Codebook({}, {})
# part -> the least share of sensitive questions that are found, the most of others
BOUNDS = {"tuned": (0.95, 0.05), "second": (0.70, 0.05)}


def asked(question: str, *options: str, name: str = "q", kind: str = "single", **more) -> Question:
    texts = {"da": question}
    given = tuple(Option(str(at), {"da": option}) for at, option in enumerate(options))
    return Question(name, kind, texts, texts, given, **more)


def listed() -> list[dict[str, str]]:
    with LIST.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def looks_sensitive(row: dict[str, str]) -> bool:
    question = asked(row["question"], *row["options"].split(" | "), name=row["name"])
    return sensitive_words(question, NOBODY) is not None


@pytest.mark.parametrize("part", BOUNDS)
def test_of_the_listed_questions_most_are_told_apart(part):
    rows = [row for row in listed() if row["part"] == part]
    least, most = BOUNDS[part]
    found = [looks_sensitive(row) for row in rows if row["kind"]]
    alarms = [row["question"] for row in rows if not row["kind"] and looks_sensitive(row)]
    assert sum(found) >= least * len(found) > 30
    assert len(alarms) <= most * sum(not row["kind"] for row in rows), alarms


@pytest.mark.parametrize("language", ["da", "no", "sv", "en", "de"])
def test_each_language_is_known_as_well_as_the_others(language):
    tuned = [row for row in listed() if (row["part"], row["language"]) == ("tuned", language)]
    found = [looks_sensitive(row) for row in tuned if row["kind"]]
    alarms = [looks_sensitive(row) for row in tuned if not row["kind"]]
    assert sum(found) >= 0.95 * len(found) > 15
    assert sum(alarms) <= 0.05 * len(alarms) and len(alarms) > 10


def test_each_kind_that_is_promised_is_in_the_list():
    kinds = {row["kind"] for row in listed()} - {""}
    assert kinds == set(sensitive._content()) - {sensitive.HARMLESS}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Hvordan er din helbredstilstand?", "helbredstilstand"),
        ("Hat sich Ihre Religionszugehörigkeit geändert?", "religionszugehörigkeit"),
        ("Har nogen i familien en hjertekarsygdom?", "hjertekarsygdom"),
        ("Wie oft haben Sie Kopfschmerzen?", "kopfschmerzen"),
        ("HAR DU GÆLD?", "gæld"),
        ("Hvilket parti ville du stemme på?", "parti … stemme"),
    ],
)
def test_words_are_found_in_compounds_other_letters_and_apart(question, words):
    assert sensitive_words(asked(question, "A", "B"), NOBODY) == words


def test_letters_that_are_put_together_are_the_same_letters():
    whole = asked("Får du førtidspension, eller har du haft ångest?", "A", "B")
    apart = asked("Fa\u030ar du haft a\u030angest?", "A", "B")
    assert sensitive_words(whole, NOBODY) == "førtidspension"
    assert sensitive_words(apart, NOBODY) == "ångest"


def test_an_answer_tells_it_where_the_question_does_not():
    assert sensitive_words(asked("Hvad lever du af?", "Løn", "Kontanthjælp"), NOBODY)


def test_a_theme_among_the_answers_is_no_state_of_who_answers():
    question = asked("Hvad skal bladet handle om?", "Sundhed", "Medicin", "Fagforeninger")
    assert sensitive_words(question, NOBODY) is None


def test_the_stem_of_a_battery_tells_it_of_each_of_its_questions():
    stem = {"da": "Har din sygdom gjort det svært at"}
    question = asked("gå på arbejde", "Ja", "Nej", group="g")
    book = Codebook({"g": Group("g", {"da": "Hverdagen"}, stem)}, {"q": question})
    assert sensitive_words(question, book) == "sygdom"


def test_the_name_of_a_variable_tells_it():
    assert sensitive_words(asked("Q12", "1", "2", name="hiv_status"), NOBODY) == "hiv"
    assert sensitive_words(asked("Q12", "1", "2", name="race"), NOBODY) == "race"
    assert sensitive_words(asked("Q12", "1", "2", name="race_result"), NOBODY) is None


@pytest.mark.parametrize("kind", ["number", "text"])
def test_numbers_and_texts_have_no_count_of_an_answer_that_all_gave(kind):
    assert sensitive_words(asked("Hvor mange sygedage?", kind=kind), NOBODY) is None


@pytest.mark.parametrize("folder", [".", "examples/broen"])
def test_the_questions_of_this_repository_look_harmless(repository, folder):
    book = Folder(repository / folder).codebook()
    assert [each.id for each in book.questions.values() if sensitive_words(each, book)] == []


def entries() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (section, entry)
        for section in (sensitive.ANYWHERE, sensitive.ASKED, sensitive.NAMED, sensitive.HARMLESS)
        for listed in sensitive._entries(section).values()
        for entry in listed
    ]


def test_no_word_is_written_twice_and_none_is_empty():
    written = entries()
    assert all(word.strip("*") for _, entry in written for run in entry for word in run)
    assert all(run for _, entry in written for run in entry)
    assert [one for one, times in Counter(written).items() if times > 1] == []
