"""methods.evidence.chapter: who says what, how it fits the figures, and what is argued from it."""

import re

import pytest
from pipe_tables import cells

from evaluation.methods.evidence import chapter as evidence
from evaluation.methods.evidence.scores import COUNTED
from evaluation.project.folder import Folder
from evaluation.report.report import open_report
from evaluation.report.sources import document_names

DOCUMENTS = ("000", "001", "002", "003", "004")
FAMILIES = ("decisive", "core_elements", "facilitation")
SIGNED = re.compile(r"(\d+)([+−±])")


@pytest.fixture(params=["da", "en"])
def report(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def tables(processed):
    return Folder(processed).read


def plain(text: str) -> str:
    return text.replace("\\", "").replace("\u00a0", " ")


def rows(shown) -> list[list[str]]:
    return [[plain(cell) for cell in row] for row in cells(shown)[1:]]


@pytest.mark.slow
def test_directions_levels_and_documents_split_the_findings(da):
    whole = int(evidence.count(da))
    for column, values in (
        ("direction", ("promotes", "hinders", "mixed")),
        ("level", ("organisation", "intervention", "citizen")),
        ("document", DOCUMENTS),
    ):
        assert sum(int(evidence.count(da, **{column: value})) for value in values) == whole


def test_elements_are_counted_all_or_by_framework(da):
    assert int(evidence.element_count(da, "phases", "decisive")) == 13
    assert int(evidence.element_count(da)) > 300


def test_the_documents_are_listed_with_short_name_kind_findings_and_basis(report):
    shown = rows(evidence.sources(report))
    assert [row[0] for row in shown] == list(document_names(report.folder).values())
    assert list(document_names(report.folder)) == list(DOCUMENTS)
    assert sum(int(row[3]) for row in shown) == int(evidence.count(report))
    assert all("*" in row[2] and row[4] for row in shown)


@pytest.mark.slow
def test_every_number_of_a_table_or_figure_remembers_its_lines(report):
    for shown in (
        evidence.sources(report),
        evidence.theme_figure(report),
        evidence.joint_display(report),
        evidence.gaps(report),
        evidence.links(report),
        evidence.contributions(report),
    ):
        assert shown.numbers
        for number in shown.numbers:
            assert re.search(r"\d", number.value), number
            assert number.origin.file.startswith("data/raw/") and number.origin.rows, number


@pytest.mark.slow
def test_the_figure_of_themes_holds_every_count_of_the_table(report, tables):
    alt = evidence.theme_figure(report).alt
    names = tables("cross_themes").set_index("id")[report.language]
    recurrence = list(tables("theme_recurrence").itertuples())
    assert recurrence
    called = document_names(report.folder)
    for row in recurrence:
        told = re.search(rf"{re.escape(names[row.theme])} \(([^)]*)\)", alt).group(1)
        assert f"{called[row.document]}: {row.findings}" in told.split(", ")


def test_what_is_said_of_themes_follows_the_findings(processed, report, tables):
    told_by = tables("theme_recurrence").groupby("theme")["document"].agg(set)
    everywhere = (told_by.map(len) == len(DOCUMENTS)).sum()
    shown = plain(evidence.themes_of_all(report))
    assert re.findall(r"\d+", shown) == [str(everywhere), str(len(tables("cross_themes")))]
    names = tables("cross_themes").set_index("id")[report.language]
    missed = evidence.themes_missed(report)
    for theme, name in names.items():
        lowered = name[:1].lower() + name[1:]
        assert (lowered in missed) == (told_by[theme] != set(DOCUMENTS)), theme


def test_a_theme_of_one_document_is_named(report):
    counts = report.read("theme_recurrence")
    anchoring = (counts["theme"] == "anchoring") & (counts["document"] != "001")
    changed = open_report(report.language, report.folder.root)
    changed._read["theme_recurrence"] = counts[~anchoring]
    name = report.read("cross_themes").set_index("id").loc["anchoring", report.language]
    assert name.lower() in evidence.themes_of_one(changed)
    assert name.lower() not in evidence.themes_of_one(report)


def test_what_a_document_has_most_findings_on(da, en):
    assert evidence.main_theme(da, "001") == "flest fund om ”følgeskab, værtsskab og fællesskab”"
    assert evidence.main_theme(en, "001") == (
        "most findings on “accompaniment, hosting and community”"
    )


@pytest.mark.slow
def test_the_joint_display_tells_reading_relation_and_directions(report, tables):
    shown = rows(evidence.joint_display(report))
    joint = tables("joint_display")
    assert len(shown) == len(joint) > 0
    for row, told in zip(joint.itertuples(), shown, strict=True):
        assert told[1].endswith(report.texts(f"evidence.readings.{row.reading}"))
        for prefix, cell in (("own", told[2]), ("other", told[3])):
            relation = report.texts(f"evidence.classes.{getattr(row, f'{prefix}_class')}")
            assert cell.startswith(relation)
            counted = {sign: int(number) for number, sign in SIGNED.findall(cell)}
            assert sum(counted.values()) == getattr(row, f"{prefix}_findings")
            assert counted.get("−", 0) == getattr(row, f"{prefix}_hinders")


@pytest.mark.slow
def test_the_parts_of_a_split_name_only_what_occurs(da, en):
    split = "otte samstemmende, syv supplerende og to uden fund"
    assert evidence.joint_split(da, "own_class") == split
    assert evidence.joint_split(en, "reading") == "13 points up and four open"
    assert evidence.strength_split(en) == "five moderate, three limited and two weak"
    assert evidence.link_split(da) == "ti kun her, fem begge veje og fem antaget"


def test_the_gaps_begin_with_the_themes_that_the_evaluation_says_least_about(report, tables):
    shown = rows(evidence.gaps(report))
    on_theme = [int(row[2]) for row in shown]
    assert on_theme == sorted(on_theme)
    missing = tables("gaps")
    assert sorted(on_theme) == sorted(missing["theme_findings"])
    assert sorted(int(row[3]) for row in shown) == sorted(missing["other_documents"])
    k, n = map(int, re.findall(r"\d+", plain(evidence.gap_share(report, *FAMILIES))))
    assert (k, n) == (len(missing), 30)


def test_a_link_tells_what_it_assumes_and_how_many_passages_are_about_it(report, tables):
    shown = rows(evidence.links(report))
    assert shown
    for row, told in zip(tables("link_evidence").to_dict("records"), shown, strict=True):
        assert " → " in told[0] and told[1] == row[report.language]
        assert told[2].startswith(report.texts(f"evidence.links.{row['class']}"))
        names = ("own_supports", "other_supports", "contradicts", "mixed", "aims")
        found = [row[name] for name in names]
        assert list(map(int, re.findall(r"\d+", told[2]))) == [k for k in found if k]


@pytest.mark.slow
def test_every_passage_stands_under_what_it_is_about_with_its_direction(report, tables):
    for shown, coded in ((evidence.relations, "relations"), (evidence.claims, "claims")):
        source = shown(report).source
        assert source.count("\n- ") == len(tables(coded))
    against = report.texts("evidence.passage_directions.contradicts")
    assert f"; {against}; " in evidence.relations(report).source


@pytest.mark.slow
def test_the_diagram_names_both_ends_of_every_link(report, tables):
    alt = evidence.theory_of_change(report).alt
    names = tables("frameworks").set_index("id")[report.language]
    links = list(tables("link_evidence").itertuples())
    assert links
    for row in links:
        ends = {"source": names[row.from_element], "target": names[row.to_element]}
        assert report.texts("evidence.link", **ends) in alt


def test_a_conclusion_has_its_findings_points_and_strength(report, tables):
    shown = rows(evidence.contributions(report))
    assert shown
    for row, told in zip(tables("contributions").to_dict("records"), shown, strict=True):
        assert told[0] == row[report.language]
        counts = [row[name] for name in COUNTED if row[name]]
        assert list(map(int, re.findall(r"\d+", told[1]))) == counts
        points = list(filter(None, row["points"].split(";")))
        assert told[2].split(", ") == (
            [report.texts(f"evidence.points.{point}") for point in points] or ["–"]
        )
        assert told[3] == report.texts(f"evidence.strengths.{row['strength']}")


def test_every_conclusion_has_rivals_and_the_rule_has_a_line_for_every_point(report, tables):
    blocks = evidence.rivals(report).source.split("\n\n")
    assert len(blocks) == 2 * len(tables("contributions"))
    assert all(block.startswith("**") for block in blocks[::2])
    assert all(block.startswith("- ") for block in blocks[1::2])
    assert len(evidence.strength_rule(report).source.splitlines()) == len(evidence.POINTS)


def test_a_matrix_has_a_row_for_every_element_and_links_every_number(report, tables):
    shown = rows(evidence.matrix(report, "decisive"))
    assert len(shown) == 8
    counts = tables("recurrence")
    counts = counts[counts["element"].str.startswith("decisive_")]
    linked = [cell for row in shown for cell in row[1:-1] if cell]
    assert len(linked) == len(counts)
    for row in counts.itertuples():
        place = f"{row.element.replace('_', '-')}-{row.document}"
        assert f"[{row.findings}](94_findings.ipynb#f-{place})" in linked


@pytest.mark.slow
def test_where_small_counts_are_hidden_nothing_is_compared_with_them(suppressed, tables):
    report = open_report("en", suppressed)
    hidden = report.read("joint_display")
    hidden = hidden[hidden["reading"] == "hidden"]
    assert set(hidden["own_class"]) | set(hidden["other_class"]) <= {"not_compared"}
    assert len(rows(evidence.joint_display(report))) == len(tables("joint_display"))


def test_every_theme_is_explained(report, tables):
    shown = rows(evidence.themes(report))
    themes = tables("cross_themes")
    assert shown == themes[[report.language, f"definition_{report.language}"]].values.tolist()
