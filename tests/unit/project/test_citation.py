"""project.citation: the edition of a report, from CITATION.cff."""

from datetime import date

import pytest
from babel.dates import format_date
from conftest import LANGUAGES
from refusals import refusal, tells
from ruamel.yaml import YAML

from evaluation.project.citation import Citation, load_citation

COMPLETE = {
    "title": "Report",
    "version": "1.2.0",
    "date-released": "2026-03-31",
    "authors": [{"name": "House"}, {"family-names": "Lind", "given-names": "Eva"}],
}


def written(tmp_path, content):
    with (tmp_path / "CITATION.cff").open("w", encoding="utf-8") as stream:
        YAML().dump(content, stream)
    return tmp_path


def test_title_edition_day_and_authors_are_read(tmp_path):
    assert load_citation(written(tmp_path, COMPLETE)) == Citation(
        "Report", "1.2.0", date(2026, 3, 31), ("House", "Eva Lind")
    )


@pytest.mark.parametrize("key", COMPLETE)
def test_what_is_missing_is_named(tmp_path, key):
    content = {name: value for name, value in COMPLETE.items() if name != key}
    tells(refusal(load_citation, written(tmp_path, content)), "CITATION.cff", key)


def test_a_day_that_is_none_is_refused_with_its_line(tmp_path):
    content = {**COMPLETE, "date-released": "2026-02-30"}
    told = refusal(load_citation, written(tmp_path, content))
    tells(told, "CITATION.cff", "row 3", "date-released", "2026-02-30")


def profile_edition(repository, language):
    return YAML(typ="safe").load(repository / f"_quarto-{language}.yml")["edition"]


def test_the_foot_of_every_page_and_the_cover_tell_the_edition_that_is_cited(repository):
    cited = load_citation(repository)
    book = YAML(typ="safe").load(repository / "_quarto.yml")["book"]
    assert book["date"] == cited.released.isoformat()
    for language in LANGUAGES:
        profile = YAML(typ="safe").load(repository / f"_quarto-{language}.yml")["book"]
        day = format_date(cited.released, "long", locale={"da": "da", "en": "en_GB"}[language])
        assert profile["page-footer"]["left"].endswith(f" {cited.version}, {day}")
        assert cited.version in profile_edition(repository, language)
