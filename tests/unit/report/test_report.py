"""report.report: what a chapter opens, on the data of this evaluation."""

import re
import shutil
from xml.etree import ElementTree

import pytest
from legibility import legible, record_drawings

from evaluation.project.folder import Folder
from evaluation.report import figures
from evaluation.report.report import open_report

# numbers


def test_a_headline_reads_as_in_the_example(da, en):
    assert da.share("applied_for_funds").full == "12\u00a0af\u00a016 (75\u00a0%)"
    assert en.share("applied_for_funds").full == "12\u00a0of\u00a016 (75%)"


def test_bounds_are_those_of_methods_md(da):
    # methods.md 0.4
    assert da.share("applied_for_funds").bounds == "mellem 12 og 17\u00a0af\u00a021"
    assert da.share("development_knowledge").bounds == "mellem 14 og 19\u00a0af\u00a021"


def test_several_options_of_one_answer_add_up(da):
    share = da.share("advice_satisfaction", "neutral", "lesser")
    assert (share.k, share.n, share.lower, share.upper) == (3, 16, 3, 8)


def test_all_options_of_one_answer_are_everybody(da):
    share = da.share("equal_terms", *da.question("equal_terms").codes)
    assert (share.k, share.n) == (16, 16)


def test_a_filtered_question_has_no_bounds(da):
    assert da.share("received_funds").population is None


def test_several_options_that_one_association_may_choose_do_not_add_up(da):
    with pytest.raises((KeyError, ValueError), match="advice_topics"):
        da.share("advice_topics", "funding", "practical")


def test_an_unknown_question_names_those_that_exist(da):
    with pytest.raises(KeyError, match=r"applied_for_fund: .*applied_for_funds, received_funds"):
        da.share("applied_for_fund")


def test_an_unknown_option_names_those_that_exist(da):
    with pytest.raises(KeyError, match=r"applied_for_funds has the options yes, no, not maybe"):
        da.share("applied_for_funds", "maybe")


def test_a_question_without_headline_wants_its_options_named(da):
    with pytest.raises(KeyError, match="advice_topics has the options funding, activities"):
        da.share("advice_topics")


@pytest.mark.slow
def test_a_question_without_data_is_an_error_that_says_so(processed, tmp_path):
    target = tmp_path / "evaluation"
    shutil.copytree(processed, target)
    folder = Folder(target)
    table = folder.read("indicators")
    folder.write("indicators", table[table["question"] != "local_meetings"])
    with pytest.raises(KeyError, match="local_meetings"):
        open_report("da", target).share("local_meetings")


def test_the_sum_of_101_is_told_and_not_corrected(da, en):
    # methods.md 0.3
    assert da.percent_sum("volunteers_change") == "101\u00a0%"
    assert en.percent_sum("equal_terms") == "101%"
    assert en.percent_sum("members_change") == "100%"


def test_a_note_on_rounding_stands_only_where_the_percentages_do_not_make_up_the_whole(da, en):
    assert en.rounding_note("equal_terms") == (
        "Rounded to whole percentages, the answers add up to 101%; the counts are right."
    )
    assert "tilsammen 101\u00a0%" in da.rounding_note("volunteers_change")
    assert da.rounding_note("members_change") == en.rounding_note("local_meetings") == ""
    with pytest.raises(ValueError, match="advice_topics"):
        da.rounding_note("advice_topics")


def test_the_other_answers_are_those_that_somebody_gave(da, en):
    assert da.others("advice_satisfaction").replace("\u00a0", " ") == (
        "De øvrige svarede i nogen grad (1 af 16), hverken/eller (2 af 16) "
        "og i mindre grad (1 af 16)."
    )
    assert en.others("advice_satisfaction", "high", "some", "neutral").replace("\u00a0", " ") == (
        "The last one answered to a small extent (1 of 16)."
    )
    assert en.others("community_importance", "high", "some") == ""


def test_facts_are_told_as_number_word_year_or_value(da, en):
    assert da.fact("associations") == "21"
    assert da.fact_word("municipalities") == "ti"
    assert en.fact_word("municipalities") == "ten"
    assert da.year("period_start") == "2022"
    assert da.value("associations") == 21


def test_a_rough_fact_says_that_it_is_rough(processed, da, en):
    facts = Folder(processed).read("facts")
    rough = facts[facts["approximate"] == "true"]["id"]
    assert len(rough)
    for name in rough:
        assert da.fact(name).startswith("ca.\u00a0")
        assert en.fact(name).startswith("about\u00a0")


def test_an_unknown_fact_names_those_that_exist(da):
    with pytest.raises(KeyError, match=r"period_start, .*not association'"):
        da.fact("association")


def test_shares_of_facts_are_calculated(da):
    # methods.md 0: 16\u00a0of\u00a021 answered
    share = da.share_of_facts("survey_responses", "associations")
    assert share.full == "16\u00a0af\u00a021 (76\u00a0%)"
    assert da.word(share.rest.k) == "fem"


# lists


@pytest.mark.slow
def test_a_list_has_an_entry_for_every_row_in_both_languages(processed, da, en):
    themes = Folder(processed).read("themes")
    for name in themes["list"].unique():
        assert len(da.items(name)) == len(en.items(name)) == (themes["list"] == name).sum()
        assert da.bullets(name).source.count("\n") == len(da.items(name)) - 1
        assert da.count(name) == da.word(len(da.items(name)))


def test_an_entry_in_a_sentence_begins_small(da, en):
    assert ", a broad network of associations" in en.enumeration("benefits")
    assert da.enumeration("meeting_topics").startswith("forebyggelse af kriminalitet")


def test_an_unknown_list_names_those_that_exist(da):
    with pytest.raises(KeyError, match=r"project_parts, .*not parts"):
        da.items("parts")


# figures


@pytest.mark.slow
def test_a_battery_is_drawn_largest_first_with_all_its_counts(da):
    alt = da.ranked("development").alt
    # methods.md 0.1; document 000 prints 88, 81, 75, 75, 63, 50 %
    assert [int(k) for k in re.findall(r"(\d+)\saf\s16 \(", alt)] == [14, 13, 12, 12, 10, 8]
    assert [int(p) for p in re.findall(r"\((\d+)\u00a0%\)", alt)] == [88, 81, 75, 75, 63, 50]


@pytest.mark.slow
def test_the_options_of_a_multiple_choice_question_are_drawn_most_chosen_first(en):
    alt = en.ranked("advice_topics").alt
    assert [int(k) for k in re.findall(r"(\d+)\sof\s16 \(", alt)] == [10, 8, 7, 4, 1]


def test_the_counts_in_a_sentence_are_in_the_order_of_the_figure(da, en):
    assert da.counts("development") == "14, 13, 12, 12, 10 og 8"
    assert en.counts("advice_topics") == "10, 8, 7, 4 and 1"


def test_the_order_of_a_sentence_is_that_of_the_figure(da, en):
    order = en.order("development")
    assert (order.first.share.k, order.last.share.k) == (14, 8)
    assert order.standing("development_funding") == "last"
    counts = re.findall(r"\((\d+)\sof", order.between)
    assert [int(k) for k in counts] == [13, 12, 12, 10]
    assert da.order("advice_topics").first.label == "indholdet i aktiviteter"
    assert da.order("advice_topics").first.share.origin.about == ("advice_topics.activities",)


def test_a_figure_of_nothing_is_an_error(da):
    with pytest.raises(KeyError, match="developments"):
        da.ranked("developments")


@pytest.mark.slow
def test_answers_to_questions_with_the_same_options_share_a_figure(da):
    drawing = da.answers("volunteers_change", "members_change")
    ElementTree.fromstring(drawing.svg)
    title = ["10", "9"]
    assert re.findall(r"(\d+)\saf\s16", drawing.alt) == [*title, "10", "6", "9", "5", "2"]


def test_answers_to_questions_with_other_options_do_not(da):
    with pytest.raises(ValueError, match="volunteers_change, equal_terms do not share"):
        da.answers("volunteers_change", "equal_terms")


def test_a_single_question_says_who_answered_what_and_who_did_not(en):
    drawing = en.answers("applied_for_funds")
    assert drawing.alt.replace("\u00a0", " ") == (
        "Has applied for funds: three quarters answered “Yes” (12 of 16). Horizontal stacked bars. "
        "Has applied for funds (16 answers): Yes: 12 of 16 (75%), No: 4 of 16 (25%), "
        "Did not answer: 5 of 21."
    )
    assert [(one.row, one.column) for one in drawing.numbers] == [
        ("Has applied for funds", "Yes"),
        ("Has applied for funds", "No"),
        ("Has applied for funds", "Did not answer"),
    ]


def test_many_answers_without_a_scale_are_bars_whose_numbers_name_the_question(en, monkeypatch):
    monkeypatch.setattr("evaluation.report.report.STACKED", 1)
    drawing = en.answers("applied_for_funds")
    assert "Horizontal bars, 16 answers. Yes: " in drawing.alt
    assert [(one.row, one.column) for one in drawing.numbers] == [
        ("Has applied for funds", "Yes"),
        ("Has applied for funds", "No"),
        ("Has applied for funds", "Did not answer"),
    ]


def test_several_questions_are_ranked_by_their_headlines(en):
    drawing = en.ranked("applied_for_funds", "local_meetings", "contact_outside")
    shares = re.findall(r"(\d+)\sof\s16 \(", drawing.alt)
    assert shares == ["13", "13", "12"]
    assert len(drawing.asked) == 3


@pytest.mark.slow
def test_what_a_figure_finds_is_told_of_what_is_shown(processed, suppressed):
    def found(root, *names):
        report = open_report("en", root)
        return report.ranked(*names).alt.replace("\u00a0", " ").split(". Horizontal")[0]

    assert found(processed, "development") == (
        "Largest share: knowledge of active citizenship and democratic participation (14 of 16). "
        "Smallest: applying for funds (8 of 16)"
    )
    assert found(suppressed, "development").endswith(", among those shown")
    assert "14 of 16" not in found(suppressed, "development")
    tied = found(processed, "local_meetings", "contact_outside")
    assert tied.startswith("The same share throughout: 13 of 16")


@pytest.mark.slow
def test_answers_on_a_scale_stand_to_either_side_of_its_middle_from_three_questions_on(en):
    scale = "Horizontal bars to either side of the middle of the scale. "
    assert scale in en.answers("meeting_satisfaction", "equal_terms", "community_importance").alt
    alt = en.answers("meeting_satisfaction").alt
    assert scale not in alt
    assert alt.endswith("None: Neither, To a small extent, Not at all, Don’t know.")


@pytest.mark.slow
def test_both_languages_draw_the_same_numbers(da, en):
    for name in ("equal_terms", "received_funds", "community_importance"):
        danish = re.findall(r"(\d+)\saf\s(\d+) \((\d+)", da.answers(name).alt)
        english = re.findall(r"(\d+)\sof\s(\d+) \((\d+)", en.answers(name).alt)
        assert danish == english != []


@pytest.mark.slow
def test_every_question_can_be_drawn_legibly_in_both_languages(da, en, monkeypatch):
    drawn = record_drawings(monkeypatch, figures)
    for report in (da, en):
        report.ranked("development")
        for question in report.codebook.questions.values():
            draw = report.ranked if question.type == "multiple" else report.answers
            draw(question.id)
    assert len(drawn) == 2 * 19
    for figure in drawn:
        legible(figure)
