"""What stands behind a number of the prose, beside its link."""

from dataclasses import replace

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from evaluation.notebook import inline, ledger, number_notes
from evaluation.notebook.ledger import Entry
from evaluation.report.provenance import MEDIA_TYPE, told
from evaluation.report.report import Report
from evaluation.report.sources import Sources

NOTHING = Entry("", "", "", (), None, None, "", ())


def note(report: Report, number) -> dict[str, str]:
    """The note at what an expression of a chapter gives."""
    origin = number.origin
    entry = replace(
        NOTHING, about=origin.about, k=origin.k, n=origin.n, file=origin.file, rows=origin.rows
    )
    return number_notes.note(entry, report, Sources(report.folder, report.texts))


def test_a_share_says_its_counts_its_bounds_what_was_asked_and_where_it_was_printed(en):
    said = note(en, en.share("applied_for_funds").full)
    assert said == {
        "count": "Count: 12\u00a0of\u00a016",
        "bounds": "With those who did not answer: between 12 and 17\u00a0of\u00a021",
        "asked": "Question: Has the association applied for funds while you have been part of"
        " ALLIANCEN?",
        "answer": "Answer: Yes",
        "source": "Source: Als Research, section 3.3, p.\u00a014",
    }


def test_a_question_of_a_battery_is_said_with_its_stem(da):
    said = note(da, da.share("development_knowledge").full)
    question = da.question("development_knowledge")
    stem = da.codebook.groups[question.group].question["da"]
    assert said["asked"] == f"Spørgsmål: {stem} {question.question['da']}"


def test_a_sentence_about_several_questions_says_how_many_or_what_they_share(en):
    stem = next(iter(en.codebook.groups.values())).question["en"]
    assert note(en, en.counts("development"))["asked"] == f"Question: {stem}"
    counts = [en.share(question).k for question in ("applied_for_funds", "local_meetings")]
    several = note(en, told("both", *counts))
    assert several["several"] == "Questions: two in the questionnaire"
    assert "bounds" not in several


def test_a_share_of_all_has_no_bounds_and_a_fact_says_what_it_is(en):
    said = note(en, en.share_of_facts("survey_responses", "associations").full)
    assert said["count"] == "Count: 16\u00a0of\u00a021"
    assert not {"bounds", "asked", "about"} & said.keys()
    assert note(en, en.fact("municipalities"))["about"].startswith("Counted: ")


def test_the_bounds_of_those_who_did_not_give_the_answer_are_not_those_of_who_did(en):
    """The origin of `rest` is that of the share, and so are its counts."""
    assert note(en, en.share("applied_for_funds").rest.full).get("bounds") is None


def test_a_hidden_count_has_no_note_that_tells_it(suppressed):
    from evaluation import open_report

    report = open_report("en", suppressed)
    hidden = [
        share
        for question in report.codebook.questions.values()
        for option in question.options
        if report.has_answers(question.id)
        and (share := report.share(question.id, option.code)).hidden
    ]
    assert hidden
    for share in hidden:
        assert not {"count", "bounds"} & note(report, share.full).keys()


def test_what_a_note_says_is_text_in_the_attributes_of_the_number(en):
    hostile = '"}]{.x} <script>alert(1)</script> {{< env HOME >}} `{python} 1`'
    cell = new_markdown_cell(
        "# Results {#sec-results}\n\nOf those asked, `{python} a`.",
        metadata={
            inline.METADATA: [
                {
                    "expression": "a",
                    "result": {
                        "status": "ok",
                        "data": {"text/plain": "'12'", MEDIA_TYPE: {"about": [], "k": 1, "n": 2}},
                    },
                }
            ]
        },
    )
    notebook = new_notebook(cells=[cell])
    ledger.link(notebook, "93.ipynb")
    sources = Sources(en.folder, en.texts)
    sources.words = lambda file, rows: hostile
    number_notes.add(notebook, en, sources)
    source = notebook.cells[0].source
    assert source.count("{#number-results-1 .number data-count=") == 1
    value = source.partition('data-source="')[2].partition('"')[0]
    assert not set("<>{}`[]") & set(value)
    assert source.endswith('"}.')


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_words_of_a_note_are_there_in_both_languages(language, request):
    report = request.getfixturevalue(language)
    assert set(report.texts.below("number_note")) == {
        *("count", "bounds", "asked", "answer", "several", "about", "source")
    }
