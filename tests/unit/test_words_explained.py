"""The glossary of this report: every term is met in it, and every source can be looked up."""

import re

import nbformat
import pandas as pd
import pytest
from conftest import LANGUAGES, REPOSITORY

from evaluation.language.texts import texts
from evaluation.project.raw_tables import read_raw_table

RAW = REPOSITORY / "data/raw"


def raw(name: str) -> pd.DataFrame:
    return read_raw_table(RAW / f"{name}.csv", name)


@pytest.fixture(scope="module")
def glossary() -> pd.DataFrame:
    return raw("glossary")


def met(language: str) -> str:
    """What a reader of the report meets in a language: prose, registers, headings of tables."""
    told = list(texts(language).below("columns").values())
    for path in [REPOSITORY / "index.ipynb", *(REPOSITORY / "notebooks").glob("*.ipynb")]:
        for cell in nbformat.read(path, 4).cells:
            if language in cell.metadata.get("tags", []):
                told.append(re.sub(r"`[^`\n]*`|\{#[^}]*\}", "", cell.source))
    for path in RAW.glob("*.csv"):
        if path.stem != "glossary":
            table = raw(path.stem)
            for column in table.columns[table.columns.str.fullmatch(f"(.*_)?{language}")]:
                told += list(table[column])
    return "\n".join(told)


def inflected(term: str) -> str:
    """A pattern of a term whose words may have endings."""
    words = [re.escape(word) for word in re.findall(r"[\w’-]+", term)]
    return r"\b" + r"\w*\s+".join(words)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_met_in_the_report(glossary, language):
    prose = met(language).replace("'", "’")
    terms = set(glossary[f"term_{language}"])
    assert {term for term in terms if not re.search(inflected(term), prose, re.IGNORECASE)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_has_one_name_and_a_name_one_term(glossary, language):
    names = glossary[["id", f"term_{language}"]].drop_duplicates()
    assert names["id"].is_unique and names[f"term_{language}"].is_unique


@pytest.mark.slow
def test_every_source_of_an_explanation_can_be_looked_up(glossary):
    keys = set(re.findall(r"^@\w+\{([^,]+),", (REPOSITORY / "references.bib").read_text(), re.M))
    assert set(glossary["document"]) - {""} <= keys
    cited = glossary[glossary["document"] != ""]
    sections = {part for section in cited["section"] for part in re.split(r"(?<=\d), ", section)}
    assert sections <= set(raw("sections")["section"])
    assert (glossary.loc[glossary["document"] == "", "section"] == "").all()
