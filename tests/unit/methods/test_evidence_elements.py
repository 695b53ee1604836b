"""evidence.chapters.elements: elements of frameworks with findings that are coded under them."""

import re

import pytest
from pipe_tables import cells

from evaluation.methods.evidence.chapters import elements
from evaluation.project.folder import Folder
from evaluation.report.sources import document_names

# what names the document, where it is beside the number, and the number with its place
LINK = re.compile(r"\[(?:([^\[\]]+)\\:\s)?(\d+)\]\(94_findings\.ipynb#f-([\w-]+)-(\d{3})\)")


def told(report, *names, **where) -> int:
    return int(elements.count(report, *names, **where))


@pytest.mark.slow
def test_a_count_takes_in_what_stands_under_an_element_and_counts_a_finding_once(processed, da):
    codings = Folder(processed).read("codings")
    frameworks = Folder(processed).read("frameworks")
    under = frameworks.loc[frameworks["parent"] == "phases_before_start", "id"]
    assert len(under) == 4
    coded = codings[codings["element"].isin(["phases_before_start", *under])]
    assert told(da, "phases_before_start") == coded["finding"].nunique() < len(coded)


def test_the_count_of_a_family_is_that_of_all_its_elements_and_their_advice(da):
    parts = [
        *("phases_before_start", "phases_start_up", "phases_formalisation"),
        *("phases_project_period", "phases_anchoring"),
    ]
    assert told(da, "phases") == told(da, *parts) < sum(told(da, part) for part in parts)


def test_directions_and_documents_split_the_findings(da):
    whole = told(da, "bridge_steps_hosting")
    for column, values in (
        ("direction", ("promotes", "hinders", "mixed")),
        ("document", ("000", "001", "002", "003", "004")),
    ):
        split = [told(da, "bridge_steps_hosting", **{column: value}) for value in values]
        assert sum(split) == whole


def test_a_count_leads_to_the_lines_of_its_findings(processed, da):
    origin = elements.count(da, "phases_anchoring", document="000").origin
    lines = (processed / origin.file).read_text("utf-8").splitlines()
    assert len(origin.rows) == 2
    for line in origin.rows:
        assert ",000," in lines[line - 1] and "phases_anchoring" in lines[line - 1]


def test_no_findings_lead_to_the_elements_that_have_none(processed, da):
    none = elements.count(da, "bridge_steps_hosting", document="000")
    lines = (processed / none.origin.file).read_text("utf-8").splitlines()
    found = [lines[line - 1].partition(",")[0] for line in none.origin.rows]
    assert none == "0" and "bridge_steps_hosting" in found == list(none.origin.about)


def test_a_share_is_the_count_of_a_direction_out_of_all(da, en):
    parts = {report: elements.share(report, "hinders", "phases_anchoring") for report in (da, en)}
    hindering = elements.count(da, "phases_anchoring", direction="hinders")
    assert parts[da] == f"{hindering}\u00a0af\u00a0{elements.count(da, 'phases_anchoring')}"
    assert parts[en] == parts[da].replace("af", "of")


def test_a_name_that_is_neither_an_element_nor_a_family_is_an_error(da):
    with pytest.raises(KeyError, match="phase_two"):
        elements.count(da, "phases", "phase_two")


@pytest.mark.slow
@pytest.mark.parametrize("family", ["phases", "bridge_steps"])
def test_the_figure_tells_the_findings_of_every_element_by_direction(da, en, family):
    listed = elements.elements(da, family)
    for report in (da, en):
        alt = elements.by_direction(report, family).alt
        for _, element in listed.iterrows():
            counts = {
                direction: elements.count(report, element["id"], direction=direction)
                for direction in elements.DIRECTIONS
            }
            parts = [
                f"{report.texts(f'evidence.elements.directions.{direction}')}: {number}"
                for direction, number in counts.items()
                if number != "0"
            ]
            whole = elements.count(report, element["id"])
            assert sum(map(int, counts.values())) == int(whole)
            word = {"da": "fund", "en": "findings"}[report.language]
            assert f"{element[report.language]} ({whole} {word}): {', '.join(parts)}" in alt


@pytest.mark.slow
def test_every_element_and_its_advice_has_a_row_in_the_order_of_the_document(da, en):
    for report in (da, en):
        rows = cells(elements.nested(report, "phases", "phase_advice"))[1:]
        frameworks = report.read("frameworks")
        advice = frameworks[frameworks["family"] == "phase_advice"][report.language].tolist()
        phases = frameworks[frameworks["family"] == "phases"][report.language].tolist()
        assert len(rows) == len(advice) + len(phases)
        labels = [row[0] for row in rows]
        assert [label.split("**")[1] for label in labels if label.startswith("**")] == phases
        assert [label for label in labels if not label.startswith("**")] == advice


@pytest.mark.slow
def test_the_phase_without_advice_says_why(da, en):
    for report, why in ((da, "endnu ikke var prøvet"), (en, "had not yet been tried")):
        rows = cells(elements.nested(report, "phases", "phase_advice"))
        assert rows[-1][0].startswith("**") and why in rows[-1][0]


@pytest.mark.slow
def test_every_number_leads_to_the_findings_of_its_element_and_document(processed, da):
    counts = Folder(processed).read("recurrence").set_index(["element", "document"])["findings"]
    called = document_names(da.folder)
    for source in (
        elements.nested(da, "bridge_steps", "bridge_advice").source,
        elements.listed(da, "structural").source,
        elements.beside(da, "citizen_enablers", "citizen_barriers").source,
    ):
        links = LINK.findall(source)
        assert links
        for name, number, element, document in links:
            assert name.replace("\\", "") in ("", called[document])
            assert counts[element.replace("-", "_"), document] == int(number)


def test_a_number_stands_in_the_column_of_its_document(da):
    heads, *rows = cells(elements.listed(da, "structural"))
    called = document_names(da.folder)
    found = [
        (heads[at], match[4])
        for row in rows
        for at, cell in enumerate(row)
        if (match := LINK.search(cell))
    ]
    assert len(found) > 5
    assert all(head == called[document] for head, document in found)


@pytest.mark.slow
def test_a_list_holds_the_elements_of_every_framework_under_its_name(da, en):
    families = ("decisive", "relational", "structural", "organisational")
    for report in (da, en):
        labels = [row[0] for row in cells(elements.listed(report, *families))[1:]]
        names = report.read("families").set_index("id")[report.language]
        expected = []
        for family in families:
            expected.append(f"**{names[family]}**")
            expected += elements.elements(report, family)[report.language].tolist()
        assert labels == expected and len(labels) == 8 + 6 + 10 + 3 + 4


@pytest.mark.slow
def test_every_number_of_a_table_or_figure_remembers_its_findings(processed, da):
    lines = (processed / "data/raw/findings.csv").read_text("utf-8").splitlines()
    for shown, about in (
        (elements.nested(da, "phases", "phase_advice"), "phase"),
        (elements.listed(da, "relational"), "relational"),
        (elements.beside(da, "citizen_enablers", "citizen_barriers"), "citizen"),
        (elements.by_direction(da, "bridge_steps"), "bridge"),
    ):
        assert len(shown.numbers) >= 15
        for number in shown.numbers:
            assert int(number.value.rpartition("\u00a0")[2]) == len(number.origin.rows)
            assert all(about in lines[line - 1] for line in number.origin.rows)


@pytest.mark.slow
def test_lists_of_unequal_length_stand_beside_each_other(da):
    rows = cells(elements.beside(da, "relational", "organisational"))[1:]
    assert len(rows) == 6
    assert all(first for first, _ in rows)
    assert [bool(second) for _, second in rows] == [True] * 3 + [False] * 3


def test_an_element_that_nobody_speaks_of_says_so(da, monkeypatch):
    codings = da.read("codings")
    monkeypatch.setitem(da._read, "codings", codings[codings["element"] != "relational_dialogue"])
    rows = cells(elements.listed(da, "relational"))[2:]
    assert [row[1] == "ingen fund" for row in rows] == [False] * 5 + [True]


def test_the_steps_without_findings_of_the_evaluation_are_those_the_chapter_names(da):
    own = {
        step: elements.count(da, step, document="000")
        for step in elements.elements(da, "bridge_steps")["id"]
    }
    assert [step.removeprefix("bridge_steps_") for step, n in own.items() if n == "0"] == [
        "accompaniment",
        "hosting",
        "community",
    ]
