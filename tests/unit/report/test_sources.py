"""Where numbers come from, in words."""

import pytest

from evaluation.project.folder import FIGURES
from evaluation.project.raw_tables.published import TABLES
from evaluation.report.sources import OF_OWN_DOCUMENT, Sources, short_name

HEADER = "id,document,section,page,secret\n"


@pytest.fixture
def words(processed, en):
    return Sources(en.folder, en.texts).words


def test_a_row_is_where_it_was_printed(words):
    assert words(FIGURES, [2]) == "Als Research, section 3.2, p.\u00a010"


def test_rows_of_one_place_are_said_once_and_others_one_after_the_other(words):
    assert words(FIGURES, [2, 3]) == words(FIGURES, [2])
    assert words(FIGURES, [2, 10]).startswith("Als Research, section 3.2, p.\u00a010, ")


def test_too_many_places_are_not_named(words):
    assert words("data/raw/findings.csv", range(2, 300)) == ""


def test_nothing_is_said_of_what_is_not_known(words):
    assert words("CITATION.cff", []) == words("data/raw/second_codings.csv", [2]) == ""
    assert words("data/raw/not_there.csv", [2]) == words(FIGURES, [9999]) == ""
    assert words("data/raw/facts.csv, data/raw/themes.csv", [2]) == ""


def test_a_section_with_a_name_is_quoted_and_several_are_joined(folder, en):
    from evaluation.project.folder import Folder

    (folder / "data/raw/findings.csv").write_text(
        f'{HEADER}a,x,Good advice,4,s\nb,x,2;3.2,,s\n"c\nd",x,bilag_1,,s\ne,x,5,,s\n', "utf-8"
    )
    words = Sources(Folder(folder), en.texts).words
    file = "data/raw/findings.csv"
    assert words(file, [2]) == "x, the section “Good advice”, p.\u00a04"
    assert words(file, [3]) == "x, section 2 and 3.2"
    assert words(file, [4]) == "x, the section “bilag 1”"
    assert words(file, [6]) == "x, section 5"


def test_the_tables_that_name_no_document_are_those_of_what_one_has_published():
    assert set(OF_OWN_DOCUMENT) == set(TABLES)
    assert not any("document" in columns for columns, _ in TABLES.values())


def test_a_document_without_a_short_name_is_called_by_author_and_year():
    document = {"author": "Hansen", "year": 2024}
    assert short_name(document) == "Hansen 2024"
    assert short_name({**document, "short": "Institute 2024"}) == "Institute 2024"
