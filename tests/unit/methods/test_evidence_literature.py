"""evidence.chapters.literature: a search is drawn as far as it is reported, and no further."""

import pandas as pd
import pytest
from legibility import legible, record_drawings
from pipe_tables import cells

from evaluation.language.texts import LANGUAGES
from evaluation.methods.evidence.chapters import literature
from evaluation.project.folder import Folder
from evaluation.report import figures
from evaluation.report.report import Report
from evaluation.report.sources import document_names

COLUMNS = ["id", "da", "en", "value", "reported", "note_da", "note_en"]


def with_tables(language: str, **tables: pd.DataFrame) -> Report:
    """A report that reads these tables and no others."""
    report = Report.__new__(Report)
    Report.__init__(report, Folder.__new__(Folder), language)
    report._read = tables
    return report


def searched(*steps: tuple[int | None, str]) -> pd.DataFrame:
    """A search with these values, each reported (`true`) or not."""
    rows = [
        [f"s{number}", f"Trin {number}", f"Step {number}", value, told, "Grund.", "Reason."]
        for number, (value, told) in enumerate(steps)
    ]
    table = pd.DataFrame(rows, columns=COLUMNS).astype({"value": "Int64"})
    return table.assign(row=range(2, 2 + len(rows)))


@pytest.fixture
def drawn(monkeypatch) -> list:
    return record_drawings(monkeypatch, figures)


def boxes(figure) -> int:
    """How many rectangles stand on a drawing, wherever they lie on each other counted once."""
    outlines = [patch.get_path().vertices.round(4) for patch in figure.axes[0].patches]
    return len({outline.tobytes() for outline in outlines if len(outline) == 5})


def words(figure) -> set[str]:
    return {text.get_text() for text in figure.axes[0].texts}


@pytest.mark.slow
def test_a_step_without_a_number_gets_no_box(drawn):
    table = searched((358, "true"), (None, "false"), (40, "true"), (None, "true"))
    drawing = literature.search(with_tables("en", search_steps=table))
    assert boxes(drawn[0]) == 2
    assert {"358", "40"} < words(drawn[0])
    assert "Step 1: not stated. Reason." in drawing.alt
    assert "Step 3: not stated. Reason." in drawing.alt


@pytest.mark.slow
def test_one_more_reported_number_is_one_more_box(drawn):
    for told in ("false", "true"):
        table = searched((358, "true"), (190, told))
        literature.search(with_tables("en", search_steps=table))
    assert list(map(boxes, drawn)) == [1, 2]


def test_a_number_that_nobody_reported_is_not_told(drawn):
    table = searched((358, "true"), (190, "false"))
    drawing = literature.search(with_tables("en", search_steps=table))
    assert "190" not in drawing.alt
    assert "190" not in words(drawn[0])


def test_zero_is_a_number(drawn):
    literature.search(with_tables("en", search_steps=searched((0, "true"), (None, "false"))))
    assert boxes(drawn[0]) == 1
    assert "0" in words(drawn[0])


def test_a_search_of_which_nothing_is_reported_has_no_box(drawn):
    table = searched((None, "false"), (7, "false"))
    drawing = literature.search(with_tables("da", search_steps=table))
    assert boxes(drawn[0]) == 0
    assert drawing.alt.count("ikke oplyst") == 2


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_of_the_source_has_the_one_box_that_it_reports(da, en, language, drawn):
    report = {"da": da, "en": en}[language]
    drawing = literature.search(report)
    assert boxes(drawn[0]) == 1 and "358" in words(drawn[0])
    listed = report.read("search_steps")
    for _, step in listed[listed["reported"] == "false"].iterrows():
        assert step[language] in drawing.alt
        assert step[f"note_{language}"].rstrip(".") in drawing.alt
    legible(drawn[0])
    assert literature.search(report) == drawing


def test_steps_are_counted_with_and_without_a_number(da, en):
    assert literature.step_count(da) == "otte"
    assert (literature.step_count(da, True), literature.step_count(da, False)) == ("én", "syv")
    assert literature.step_count(en, False).origin.file == "data/raw/search_steps.csv"


def test_every_source_is_listed_and_their_sum_is_marked_as_ours(da, en):
    danish, english = cells(literature.sources(da)), cells(literature.sources(en))
    assert danish[0] == ["Kilde", "Hits", "Udvalgt"]
    assert len(danish) == 27  # heading, 25 sources, sum
    assert ["SocIndex", "39", "33"] in danish
    assert ["VIVE", "ikke oplyst", "5"] in danish
    assert ["Dansk Evalueringsselskab", "not stated", "0"] in english
    # the sum of the selected items as printed, section 5.1
    assert english[-1] == ["Sum, calculated here", "–", "190"]
    assert [row[2] for row in danish][1:] == [row[2] for row in english][1:]
    assert literature.with_hits(da) == "tre"


def test_a_share_selected_needs_printed_hits(en):
    assert literature.selected(en, "web_of_knowledge").full == "21\u00a0of\u00a0518 (4%)"
    assert literature.selected(en, "socindex").count_of_n == "33\u00a0of\u00a039"
    with pytest.raises(KeyError, match="socindex, ibss, web_of_knowledge, not for vive"):
        literature.selected(en, "vive")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_criterion_stands_with_what_it_leaves_out(da, en, language):
    report = {"da": da, "en": en}[language]
    rows = cells(literature.criteria(report, "inclusion_criteria", "exclusion_criteria"))
    assert len(rows) == 5
    frameworks = report.read("frameworks")
    left_out = frameworks[frameworks["family"] == "exclusion_criteria"][language]
    told = [part for row in rows[1:] for part in row[1].split(". ")]
    assert told == left_out.tolist()


@pytest.mark.parametrize(("table", "aspects"), [("core_questions", 3), ("evaluation", 9)])
def test_every_tradition_answers_every_aspect(da, en, table, aspects):
    for report in (da, en):
        rows = cells(literature.comparison(report, table))[1:]
        assert len(rows) == 4 * aspects
        for first in range(0, len(rows), 4):
            aspect, *answers = rows[first : first + 4]
            assert aspect[0].startswith("**") and not aspect[1].strip()
            assert [name for name, _ in answers] == [name for name, _ in rows[1:4]]
            assert all(text for _, text in answers)


def test_an_unknown_table_names_those_that_exist(da):
    with pytest.raises(KeyError, match="core_questions, evaluation, not costs"):
        literature.comparison(da, "costs")


@pytest.mark.slow
def test_the_levels_hold_every_finding_once(da):
    findings = da.read("findings")
    alt, names = literature.levels(da).alt, document_names(da.folder)
    for level, document in (("citizen", "000"), ("organisation", "003")):
        count = ((findings["level"] == level) & (findings["document"] == document)).sum()
        assert f"{names[document]}: {count}" in alt
    told = [int(cell.split(": ")[1]) for cell in _cells(alt)]
    assert sum(told) == len(findings)


def _cells(alt: str) -> list[str]:
    """The cells `VIVE: 5` of a description of a grid."""
    inner = [part.partition(")")[0] for part in alt.split(" (")[1:]]
    return [cell for part in inner for cell in part.split(", ")]
