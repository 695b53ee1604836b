"""evidence.chapters.capacity: lists beside each other, findings per topic, what is not found."""

import pytest
from pipe_tables import cells

from evaluation.language.texts import LANGUAGES
from evaluation.methods.evidence.chapters import capacity

LISTS = [
    ("challenges_municipality", "challenges_association", 4, 3),
    ("questions_municipality", "questions_association", 5, 5),
    ("advice_municipality_do", "advice_municipality_avoid", 5, 5),
    ("advice_association_do", "advice_association_avoid", 5, 5),
]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("left", "right", "longer", "shorter"), LISTS)
def test_lists_stand_side_by_side_in_full(da, en, language, left, right, longer, shorter):
    report = {"da": da, "en": en}[language]
    rows = cells(capacity.side_by_side(report, left, right))
    assert len(rows) == longer + 1
    frameworks = report.read("frameworks")
    for column, (family, length) in enumerate(((left, longer), (right, shorter))):
        listed = frameworks[frameworks["family"] == family][language].tolist()
        shown = [row[column].strip() for row in rows[1:]]
        assert shown == listed + [""] * (longer - length)


def test_an_unknown_list_names_those_that_exist(da):
    with pytest.raises(KeyError, match=r"process_topics.*not wishes"):
        capacity.side_by_side(da, "wishes")


@pytest.mark.slow
def test_topics_tell_the_findings_of_every_document(da, en):
    assert (
        "Fundraising (Als Research: 6, Social- og Boligstyrelsen: 0, Dansk Flygtningehjælp: 1,"
        " VIVE/RUC: 0, VIVE: 0)" in capacity.topics(en, "process_topics").alt
    )
    assert capacity.topics(da, "process_topics").alt.count("Als Research: ") == 8


def test_findings_on_an_element_are_counted_by_direction(da):
    total = capacity.finding_count(da, "process_topics_leadership_roles", "000")
    hinders = capacity.finding_count(da, "process_topics_leadership_roles", "000", "hinders")
    assert (total, hinders) == ("seks", "tre")
    lines = total.origin.rows
    assert len(lines) == 6 and total.origin.file == "data/raw/findings.csv"
    assert capacity.finding_count(da, "process_topics_vision", "000") == "nul"


def test_topics_without_a_finding_are_named(da, en):
    assert (
        capacity.untouched(da, "process_topics", "000")
        == "”vision”, ”samarbejdsplan” og ”monitorering og evaluering”"
    )
    assert (
        capacity.untouched(en, "process_topics", "000")
        == "“vision”, “cooperation plan” and “monitoring and evaluation”"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_own_finding_on_a_topic_stands_once(da, en, language):
    report = {"da": da, "en": en}[language]
    source = capacity.own_findings(report, "process_topics", "000").source
    codings = report.read("codings")
    topics = codings["element"].str.startswith("process_topics_")
    wanted = codings[topics & (codings["document"] == "000")]["finding"].unique()
    bullets = [line for line in source.split("\n") if line.startswith("- ")]
    assert len(bullets) == len(wanted) == 14
    assert len(set(bullets)) == 14
    headings = [line.partition(" {#")[0] for line in source.split("\n") if line.startswith("#")]
    joined = {"da": "### Strategi og handlingsplan", "en": "### Strategy and action plan"}
    assert headings[0] == joined[language] and len(headings) == 4


def test_a_finding_is_followed_by_where_it_stands(en):
    source = capacity.own_findings(en, "process_topics", "000").source
    assert r"[(section 3\.3; hinders; interview)]{.source}" in source
