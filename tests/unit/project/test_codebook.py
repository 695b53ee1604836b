"""project.codebook: the schema of the survey."""

import pytest
from refusals import refusal, tells

from evaluation.project.codebook import load_codebook, write_codebook
from evaluation.project.folder import Folder

FILE = "data/raw/codebook.yml, row "


@pytest.fixture
def text(repository):
    return (repository / "data/raw/codebook.yml").read_text("utf-8")


@pytest.fixture
def changed(text, tmp_path):
    """Loads this evaluation's codebook with the first of some passage replaced."""

    def load(old: str, new: str):
        assert old in text
        path = tmp_path / "codebook.yml"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return load_codebook(path)

    return load


def test_a_question_is_not_filtered_by_the_codes_of_open_answers(tmp_path):
    texts = "question: {da: a, en: a}, label: {da: a, en: a}"
    path = tmp_path / "codebook.yml"
    path.write_text(
        f"""questions:
  - {{id: wrote, type: text, {texts}}}
  - {{id: codes, type: multiple, coding_of: wrote, {texts},
     options: [{{code: good, label: {{da: a, en: a}}}}]}}
  - {{id: why, type: text, base: {{question: codes, option: good}}, {texts}}}
""",
        "utf-8",
    )
    tells(refusal(load_codebook, path), "base of why is a question that was asked", "codes: good")


@pytest.mark.parametrize("decided", [True, False, None])
def test_what_was_decided_of_a_sensitive_question_is_written_as_it_was_read(tmp_path, decided):
    said = "" if decided is None else f"sensitive: {str(decided).lower()}, "
    path = tmp_path / "codebook.yml"
    path.write_text(
        f"questions: [{{id: ill, type: text, {said}question: {{da: a, en: a}},"
        " label: {da: a, en: a}}]",
        "utf-8",
    )
    book = load_codebook(path)
    assert book.questions["ill"].sensitive is decided
    write_codebook(book, path)
    assert load_codebook(path) == book


def row_of(text: str, passage: str) -> int:
    return text[: text.index(passage)].count("\n") + 1


@pytest.mark.slow
def test_the_codebook_of_the_repository_is_read(repository):
    codebook = load_codebook(repository / "data/raw/codebook.yml")
    assert len(codebook.questions) == 18
    assert [question.id for question in codebook.in_group("development")] == [
        "development_knowledge",
        "development_local_network",
        "development_activities",
        "development_national_network",
        "development_new_members",
        "development_funding",
    ]
    filtered = codebook.questions["received_funds"]
    assert filtered.base == ("applied_for_funds", "yes")
    assert codebook.questions["equal_terms"].codes[-1] == "dont_know"
    assert codebook.questions["equal_terms"].options[-1].off_scale
    assert not codebook.questions["equal_terms"].options[0].off_scale


def test_a_missing_codebook_is_refused(tmp_path):
    message = refusal(load_codebook, tmp_path / "codebook.yml")
    tells(message, "data/raw/codebook.yml: the file exists, but it is missing. Remedy: restore it")


@pytest.mark.slow
def test_an_unknown_type_is_refused_with_row_value_and_the_types_that_exist(changed, text):
    message = refusal(changed, "type: ordinal", "type: ordnal")
    tells(message, f"{FILE}{row_of(text, 'type: ordinal')}:", "'ordnal'", "Remedy: use one of the")
    tells(message, "single, multiple, ordinal, number, text")


@pytest.mark.slow
def test_a_duplicate_question_id_is_refused_with_row_value_and_remedy(changed, text):
    message = refusal(changed, "- id: members_change", "- id: volunteers_change")
    tells(message, f"{FILE}{row_of(text, '- id: members_change')}:", "'volunteers_change'")
    tells(message, "a question id is used once", "Remedy: rename one")


@pytest.mark.slow
def test_a_duplicate_group_id_is_refused(changed):
    group = "  - id: development\n    label: {da: x, en: x}\n"
    tells(refusal(changed, "groups:\n", f"groups:\n{group}"), "group id", "'development'")


@pytest.mark.slow
def test_a_duplicate_code_is_refused_with_row_question_value_and_remedy(changed, text):
    message = refusal(changed, "{code: unchanged,", "{code: increased,")
    tells(message, f"{FILE}{row_of(text, '{code: unchanged,')}:", "'increased'")
    tells(message, "once in volunteers_change", "Remedy: rename one")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("base", "found"),
    [
        ('{question: applied_for_fund, option: "yes"}', "'applied_for_fund: yes'"),
        ("{question: applied_for_funds, option: maybe}", "'applied_for_funds: maybe'"),
        ('{question: local_meetings, option: "yes"}', "'local_meetings: yes'"),
        ('{question: received_funds, option: "yes"}', "'received_funds: yes'"),
    ],
)
def test_a_base_that_is_no_earlier_answer_is_refused(changed, base, found):
    message = refusal(changed, '{question: applied_for_funds, option: "yes"}', base)
    tells(message, FILE, "base of received_funds", found, "Remedy: name a question above")


@pytest.mark.slow
def test_a_headline_that_does_not_exist_is_refused(changed):
    message = refusal(changed, "headline: [increased]", "headline: [rising]")
    tells(message, FILE, "headline of volunteers_change", "'rising'", "Remedy: ")


@pytest.mark.slow
def test_the_remedy_for_a_headline_names_the_codes_that_exist(changed):
    message = refusal(changed, "headline: [increased]", "headline: [rising]")
    tells(message.partition("Remedy: ")[2], "increased, unchanged, decreased")


@pytest.mark.slow
def test_a_group_that_is_not_declared_is_refused(changed):
    message = refusal(changed, "group: development\n", "group: developmen\n")
    tells(message, FILE, "'developmen'", "Remedy: declare it under groups")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (', en: "Change in the number of volunteers"}\n    label', "}\n    label", "question"),
        ('{da: "Har søgt midler", en: "Has applied for funds"}', '{en: "x"}', "label"),
        ('label: {da: "Ja", en: "Yes"}', 'label: {da: "Ja", en: ""}', "options.0.label"),
    ],
)
def test_a_text_missing_in_one_language_is_refused_with_row_and_remedy(changed, old, new, place):
    message = refusal(changed, old, new)
    tells(message, FILE, place, "Remedy: give the text in each language, as {da: ..., en: ...}")


@pytest.mark.slow
def test_a_duplicate_key_is_refused_with_its_row(changed, text):
    message = refusal(changed, "    type: multiple\n", "    type: multiple\n    type: single\n")
    tells(message, f"{FILE}{row_of(text, 'type: multiple') + 1}:", 'duplicate key "type"')


@pytest.mark.slow
def test_a_question_with_answers_has_options(changed):
    message = refusal(changed, "    options: &yes_no\n", "    unused: &yes_no\n")
    tells(message, FILE)


@pytest.mark.slow
def test_an_id_that_no_column_could_bear_is_refused(changed):
    message = refusal(changed, "- id: members_change", "- id: Medlemmer 2")
    tells(message, "'Medlemmer 2'", "Remedy: use lower-case letters, digits and underscores")


def test_a_codebook_in_another_encoding_is_refused(text, tmp_path):
    path = tmp_path / "codebook.yml"
    path.write_bytes(text.replace("”", '"').encode("cp1252", "replace"))
    tells(refusal(load_codebook, path), "data/raw/codebook.yml", "UTF-8", "Remedy: save it")


# one language, and the codes of an export

ONE = """\
questions:
  - id: q
    type: single
    question: {da: "Er I med?"}
    label: {da: Med}
    options:
      - {code: "1", label: {da: Ja}}
      - {code: "2_a", label: {da: Nej}}
"""


@pytest.fixture
def one(tmp_path):
    """Loads a small Danish codebook with some passage replaced."""

    def load(old: str = "", new: str = "", languages: tuple[str, ...] = ("da",)):
        assert old in ONE
        path = tmp_path / "codebook.yml"
        path.write_text(ONE.replace(old, new, 1), "utf-8")
        return load_codebook(path, languages=languages)

    return load


def test_a_report_in_one_language_needs_its_texts_alone(one):
    codebook = one()
    assert codebook.questions["q"].label == {"da": "Med"}
    assert codebook.questions["q"].codes == ["1", "2_a"]
    assert one("{da: Med}", "{da: Med, en: Part}").questions["q"].label["en"] == "Part"


def test_the_remedy_names_the_languages_of_the_report(one):
    message = refusal(one, "label: {da: Med}", "label: {en: Part}")
    tells(message, f"{FILE}5:", "has the entry da", "Remedy: give the text in each language")
    assert message.endswith("as {da: ...}.")
    message = refusal(one, languages=("da", "en"))
    tells(message, FILE, "has the entries da, en. Found: da", "as {da: ..., en: ...}")


def test_a_language_that_no_report_has_is_refused(one):
    tells(refusal(one, "{da: Med}", "{da: Med, sv: Med}"), FILE, "'sv'")


@pytest.mark.parametrize(("code", "found"), [("1", "1"), ('"-9"', "'-9'"), ('"Ja"', "'Ja'")])
def test_a_code_that_no_column_could_bear_is_refused(one, code, found):
    message = refusal(one, 'code: "1"', f"code: {code}")
    tells(message, f"{FILE}7:", found, "Remedy: use lower-case letters, digits", "quotes")


def test_a_question_id_begins_with_a_letter(one):
    tells(refusal(one, "id: q", 'id: "1q"'), FILE, "'1q'", "starting with a letter")


def test_a_folder_asks_its_codebook_for_its_own_languages(folder):
    path = folder / "data/raw/codebook.yml"
    path.write_text(ONE, "utf-8")
    tells(refusal(Folder(folder).codebook), "has the entries da, en")
    config = folder / "evaluation.yml"
    told = config.read_text("utf-8")
    config.write_text(told.replace("languages: [da, en]", "languages: [da]"), "utf-8")
    assert list(Folder(folder).codebook().questions) == ["q"]
