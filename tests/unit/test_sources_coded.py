"""The coded documents: every section of every one, every list as printed, nothing copied."""

import os
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from conftest import REPOSITORY

from evaluation.methods.evidence.tables import DIRECTIONS, TABLES
from evaluation.project.raw_tables import read_raw_table

RAW = REPOSITORY / "data/raw"
SOURCES = Path(os.environ.get("EVALUATION_SOURCES", REPOSITORY.parent / "shared" / "sources"))
DOCUMENTS = ("000", "001", "002", "003", "004")
RUN = 8  # words in a row that make a copy

# how many entries the lists and models of the documents have, as printed there
ENTRIES = {
    "activities": 3,
    "parameters": 9,
    "phases": 5,
    "bridge_steps": 4,
    "process_topics": 8,
    "decisive": 8,
    "core_elements": 9,
    "core_challenges": 7,
    "facilitation": 13,
    "citizen_enablers": 13,
    "citizen_barriers": 13,
    "organisation_enablers": 4,
    "organisation_barriers": 4,
    "relational": 6,
    "structural": 10,
    "organisational": 3,
    "influencing_factors": 18,
}


def raw(name: str) -> pd.DataFrame:
    return read_raw_table(RAW / f"{name}.csv", name)


@pytest.fixture(scope="module")
def findings() -> pd.DataFrame:
    return raw("findings")


@pytest.fixture(scope="module")
def sections() -> pd.DataFrame:
    return raw("sections")


@pytest.fixture(scope="module")
def frameworks() -> pd.DataFrame:
    return raw("frameworks")


@pytest.mark.slow
@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_section_of_a_document_has_findings_or_a_reason_in_both_languages(
    document, findings, sections
):
    listed = sections[sections["document"] == document]
    assert not listed.empty
    with_findings = set(listed.loc[listed["status"] == "findings", "section"])
    assert with_findings == set(findings.loc[findings["document"] == document, "section"])
    without = listed[listed["status"] == "none"]
    assert (without[["reason_da", "reason_en"]] != "").all(axis=None)


def test_no_section_is_listed_of_a_document_that_is_not_there(sections):
    assert set(sections["document"]) == set(raw("documents")["id"]) == set(DOCUMENTS)


def test_there_are_as_many_findings_as_promised(findings):
    assert len(findings) >= 150


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_has_findings_that_promote_and_findings_that_hinder(document, findings):
    own = set(findings.loc[findings["document"] == document, "direction"])
    assert own <= set(DIRECTIONS)
    assert {"promotes", "hinders"} <= own


@pytest.mark.parametrize("name", TABLES)
def test_whatever_is_said_in_one_language_is_said_in_the_other(name):
    table = raw(name)
    for danish in [column for column in table if column == "da" or column.endswith("_da")]:
        english = f"{danish.removesuffix('da')}en"
        one_sided = table[(table[danish].str.strip() == "") != (table[english].str.strip() == "")]
        assert one_sided.empty, f"{danish}, {english}: rows {list(one_sided.index)}"


def test_a_finding_is_not_the_same_words_in_both_languages(findings):
    assert (findings["da"] != findings["en"]).all()


@pytest.mark.parametrize(("family", "entries"), ENTRIES.items())
def test_a_list_has_as_many_entries_as_its_document_prints(family, entries, frameworks):
    assert (frameworks["family"] == family).sum() == entries


def test_every_framework_has_entries_of_its_own_document(frameworks):
    families = raw("families").set_index("id")["document"]
    assert set(frameworks["family"]) == set(families.index)
    assert (frameworks["family"].map(families) == frameworks["document"]).all()


def test_an_element_belongs_to_one_theme_at_most_and_every_theme_has_elements(frameworks):
    gathered = raw("theme_elements")
    assert gathered["element"].is_unique
    assert set(gathered["theme"]) == set(raw("cross_themes")["id"])


# nothing is copied


def words(text: str) -> list[str]:
    """The words of a text in small letters, with words that a line end divides as one."""
    return re.findall(r"\w+", re.sub(r"(?<=\w)-\n(?=\w)", "", text).lower())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


def own_texts() -> dict[str, str]:
    """Everything that is told about the documents: place -> text.

    Titles and the lists of themes, which are names, stand as printed.
    """
    told = {}
    for name in [*TABLES, "statements", "objectives", "data_basis", "glossary"]:
        table = raw(name)
        for column in table:
            if re.search(r"(?<!title)(^|_)(da|en)$", column):
                told |= {
                    f"{name}.csv, {row}, {column}": cell for row, cell in table[column].items()
                }
    for path in sorted((REPOSITORY / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, 4).cells:
            if cell.cell_type == "markdown":
                told[f"{path.name}, {cell.id}"] = cell.source
    return told


def test_eight_words_in_a_row_are_found_across_lines_and_signs():
    copied = runs("»Et netværk,\nder samler mange for-\neninger fra hele landet«")
    assert runs("et netværk der samler mange foreninger fra hele") <= copied
    assert not runs("et netværk der samler mange foreninger fra") & copied


@pytest.mark.slow
def test_what_is_told_of_every_kind_of_table_is_looked_at():
    places = {place.partition(",")[0] for place in own_texts()}
    kinds = ("findings", "frameworks", "conclusions", "links", "projects", "cases", "traditions")
    assert {f"{name}.csv" for name in kinds} < places
    assert "40_evidence.ipynb" in places


def test_no_paraphrase_repeats_eight_words_in_a_row_from_a_source():
    paths = sorted(SOURCES.glob("00?_*.txt"))
    if not paths:
        pytest.skip(f"the text of the documents is not part of the repository: none in {SOURCES}")
    assert [path.name[:3] for path in paths] == list(DOCUMENTS)
    copied = set().union(*(runs(path.read_text("utf-8")) for path in paths))
    found = {
        place: " ".join(min(repeated))
        for place, text in own_texts().items()
        if (repeated := runs(text) & copied)
    }
    assert found == {}
