"""report.chapters: what a chapter shows, on the data of this evaluation."""

import re

import pytest
from pipe_tables import cells

from evaluation.base.markdown import escape
from evaluation.methods.evidence.chapters import objectives
from evaluation.project.folder import Folder
from evaluation.report import tables
from evaluation.report.chapters import survey
from evaluation.report.report import open_report
from evaluation.report.shares import Share

DIGITS = re.compile(r"\d+")


@pytest.mark.slow
def test_all_shares_lists_every_headline_with_counts_and_bounds(da, en):
    danish, english = cells(survey.all_shares(da)), cells(survey.all_shares(en))
    assert len(danish) == len(english) == 18  # one header and all questions but one
    row = next(row for row in english if row[0] == "Has applied for funds")
    assert row == [
        "Has applied for funds",
        "Yes",
        "12\u00a0of\u00a016",
        "75%",
        "between 12 and 17\u00a0of\u00a021",
        # methods.md 0.4: exact hypergeometric M in [13, 17]
        "between 13 and 17\u00a0of\u00a021",
    ]
    filtered = next(row for row in english if row[0] == "Has received funds")
    assert filtered[2:] == ["11\u00a0of\u00a012", "92%", "–", "–"]
    numbers = [[re.findall(r"\d+", cell) for cell in row[2:]] for row in danish]
    assert numbers == [[re.findall(r"\d+", cell) for cell in row[2:]] for row in english]


def test_the_data_basis_says_where_a_number_is_not_stated(da):
    rows = cells(survey.data_basis(da))
    assert len(rows) == 8
    listed = next(row for row in rows if row[1] == "Spørgeskema til foreningerne")
    assert listed[:1] + listed[2:4] == ["Spørgeskema", "16", "21"]
    assert "ikke oplyst" in {row[2] for row in rows}


@pytest.mark.slow
def test_every_objective_is_in_the_table_of_its_part(processed, da, en):
    listed = Folder(processed).read("objectives")
    for part, rows in listed.groupby("part"):
        for report in (da, en):
            table = cells(objectives.table(report, part))
            assert len(table) == len(rows) + 1
            assert all(cell for row in table for cell in row)


def test_an_unknown_part_names_those_that_exist(da):
    with pytest.raises(KeyError, match="overall, partnerships"):
        objectives.table(da, "whole")


def test_only_the_objectives_that_the_source_states_and_judges_are_counted(processed, da):
    listed = Folder(processed).read("objectives")
    verdicts = listed["verdict"].unique()
    assert objectives.judged(da, *verdicts) == "otte"
    assert objectives.judged(da) == "nul"
    assert (objectives.count(da), objectives.unjudged(da), objectives.added(da)) == (
        *("ti", "to", "to"),
    )


def test_an_overview_begins_with_what_was_not_reached_and_draws_each_unit_that_answered(da):
    _, *rows = cells(objectives.overview(da))
    verdicts = [row[1] for row in rows]
    assert "status-not_as_intended" in verdicts[0] and "status-reshaped" in verdicts[1]
    assert [da.texts("verdicts.unjudged") in verdict for verdict in verdicts[2:4]] == [True] * 2
    assert all("status-achieved" in verdict for verdict in verdicts[4:]) and len(rows) == 10
    applied = next(row[2] for row in rows if "midler" in row[0])
    assert "12\u00a0af\u00a016" in applied and f"[{'■' * 12}{'□' * 4}]" in applied
    numbers = objectives.overview(da).numbers
    assert {number.row for number in numbers} <= {row[0] for row in rows}


def test_units_are_drawn_of_few_and_never_of_a_hidden_share(da):
    texts = da.texts
    assert "■■□" in tables.with_units("2 af 3", Share(2, 3, texts)).source
    hidden = Share(None, 3, texts)
    assert tables.with_units(hidden.full, hidden).source == escape(hidden.full)
    assert "■" not in tables.with_units("1 af 41", Share(1, 41, texts)).source


def test_objectives_are_named_by_their_verdict(da):
    sentence = objectives.named(da, "not_as_intended", "not_achieved")
    assert sentence.startswith("At skabe lokale aktørnetværk") and sentence.endswith(".")
    assert objectives.named(da) == da.texts("evidence.no_objective")


def test_what_is_the_authors_own_reading_says_so_where_it_stands(da):
    _, equal_terms = cells(objectives.table(da, "local_network"))[1:]
    assert equal_terms[1].endswith(da.texts("evidence.ours.verdict"))
    added = [
        row for row in cells(objectives.table(da, "national_network")) if "ikke nævnt" in row[0]
    ]
    assert len(added) == 2


@pytest.mark.slow
def test_objectives_of_an_earlier_version_are_all_the_sources(da):
    earlier = open_report("da", da.folder.root)
    earlier._read["objectives"] = da.read("objectives").drop(columns="ours")
    assert objectives.count(earlier) == "tolv" and objectives.added(earlier) == "nul"
    assert "vores" not in objectives.table(earlier, "local_network").source


def test_the_printed_table_of_quantifiers_is_the_one_that_is_used(da):
    rows = cells(survey.quantifiers(da))[1:]
    assert ["næsten to tredjedele", "60\u00a0%–2/3"] in rows
    assert ["to tredjedele", "præcis 2/3"] in [[cell.strip() for cell in row] for row in rows]
    assert len(rows) == 20


@pytest.mark.slow
def test_the_codebook_shows_every_question_with_its_wording_and_answers(da, en):
    for report, base in (
        (da, "der svarede Ja til Har søgt midler"),
        (en, "who answered Yes to Has"),
    ):
        source = re.sub(r"\\(.)", r"\1", survey.codebook(report).source)
        questions = report.codebook.questions
        for question in questions.values():
            assert f"{{#sec-q-{question.id.replace('_', '-')}}}" in source
            assert question.question[report.language] in source
            for option in question.options:
                assert f"| {option.label[report.language]} | {option.code} |" in source
        assert base in source


@pytest.mark.slow
def test_every_number_in_a_table_of_data_remembers_where_it_comes_from(da, en):
    for report in (da, en):
        tables = {
            survey.data_basis: survey.data_basis(report),
            survey.all_shares: survey.all_shares(report),
            **{
                part: objectives.table(report, part)
                for part in ("overall", "partnerships", "local_network", "national_network")
            },
        }
        for name, table in tables.items():
            remembered = " ".join(number.value for number in table.numbers)
            shown = " ".join(cell for row in cells(table)[1:] for cell in row)
            assert sorted(DIGITS.findall(shown)) == sorted(DIGITS.findall(remembered)), name
            for number in table.numbers:
                assert number.origin.file and number.origin.rows and number.origin.about


def test_the_number_of_a_source_of_data_is_named_after_the_source(en):
    numbers = {(number.row, number.column): number for number in survey.data_basis(en).numbers}
    answered = numbers["Survey of the associations", "Number"]
    assert answered.value == "16" and answered.origin.file == "data/raw/data_basis.csv"


def test_key_figures_name_what_they_are_about(en):
    number = objectives.table(en, "overall").numbers[0]
    assert number.value == (
        "Knowledge of active citizenship and democratic participation – changed for the better:"
        " 14\u00a0of\u00a016 (88%)"
    )
    assert (number.origin.k, number.origin.n) == (14, 16)


@pytest.mark.slow
def test_the_counts_of_the_codebook_stand_in_the_section_of_their_question(da):
    numbers = [
        number
        for number in survey.codebook(da).numbers
        if number.anchor == "sec-q-applied-for-funds"
    ]
    assert {number.section for number in numbers} == {"Har søgt midler"}
    assert [(number.row, number.value, number.origin.k) for number in numbers] == [
        ("Ja", "12", 12),
        ("Ja", "75\u00a0%", 12),
        ("Nej", "4", 4),
        ("Nej", "25\u00a0%", 4),
    ]
