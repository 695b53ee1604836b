"""evidence.chapters.collaboration: the register of projects, the cases and what came of them."""

import pytest
from pipe_tables import cells

from evaluation.methods.evidence.chapters import collaboration, elements
from evaluation.project.folder import Folder


def test_every_project_is_in_the_register_with_its_partners(processed, da, en):
    listed = Folder(processed).read("projects")
    for report in (da, en):
        rows = cells(collaboration.projects(report))[1:]
        assert len(rows) == len(listed) == 15
        for row, (_, project) in zip(rows, listed.iterrows(), strict=True):
            partners = project[f"partners_{report.language}"]
            assert row[0] == f"**{project['name']}:** {partners}"
            target, purpose = (
                project[f"{part}_{report.language}"] for part in ("target", "purpose")
            )
            assert row[1:] == [f"*{target}:* {purpose}"]


def test_the_cases_stand_beside_each_other_in_every_aspect(da, en):
    for report, first in ((da, "Grow Your Life, Fredericia"), (en, "Grow Your Life, Fredericia")):
        table = cells(collaboration.cases(report))
        assert table[0][1] == first and len(table[0]) == 3
        assert len(table) == 13 and all(cell for row in table for cell in row)
    assert collaboration.case_count(en) == "two"


def test_the_outcomes_are_a_matrix_of_effects_and_needs(processed, da, en):
    assert cells(collaboration.outcomes(en))[1] == [
        "Effect of the volunteers’ skills",
        "To a large extent",
        "To a lesser extent",
    ]
    for report in (da, en):
        table = cells(collaboration.outcomes(report))
        assert [len(row) for row in table] == [3] * 6
        texts = {cell for row in table[1:] for cell in row[1:]}
        assert texts == set(Folder(processed).read("case_outcomes")[report.language])
    assert collaboration.outcome_count(da) == "fem"


def test_a_count_leads_to_the_table_it_is_taken_from(processed, da):
    origin = collaboration.case_count(da).origin
    lines = (processed / origin.file).read_text("utf-8").splitlines()
    named = [lines[line - 1].split(",")[1] for line in origin.rows]
    assert named == list(origin.about) == ["fredericia", "koebenhavn"]


def test_the_phases_without_findings_of_the_evaluation_are_those_the_chapter_names(da):
    own = {
        phase: elements.count(da, phase, document="000")
        for phase in elements.elements(da, "phases")["id"]
    }
    assert [phase for phase, number in own.items() if number == "0"] == [
        "phases_start_up",
        "phases_formalisation",
    ]


@pytest.mark.slow
def test_the_numbers_in_the_texts_remember_the_line_they_are_from(processed, da, en):
    for report in (da, en):
        for table in (collaboration.projects(report), collaboration.cases(report)):
            for number in table.numbers:
                (line,) = number.origin.rows
                lines = (processed / number.origin.file).read_text("utf-8").splitlines()
                assert number.value in lines[line - 1]
                assert number.origin.about[0] in lines[line - 1]
        ages = [number.value for number in collaboration.projects(report).numbers]
        assert ages[:4] == ["10", "25", "6", "12"] and "2.0" in ages
    assert [n.value for n in collaboration.cases(da).numbers] == [
        n.value for n in collaboration.cases(en).numbers
    ]
