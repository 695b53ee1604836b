"""methods.source_audit.scores: published figures against themselves, and words against figures."""

from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil, floor

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refusals import refusal, tells

from evaluation.base.rounding import counts_printed_as
from evaluation.disclosure import collapse
from evaluation.language.texts import LANGUAGES, texts
from evaluation.methods.source_audit import scores
from evaluation.methods.source_audit.scores import ROUNDINGS
from evaluation.methods.source_audit.tables import CLAIMS
from evaluation.notebook.prose import typed_numbers
from evaluation.project.codebook import load_codebook
from evaluation.project.raw_tables import read_raw_table
from evaluation.survey.indicators import indicators
from evaluation.survey.reconstruction import counts, responses


@pytest.fixture(scope="module")
def raw(repository):
    return lambda name: read_raw_table(repository / "data/raw" / f"{name}.csv", name)


@pytest.fixture(scope="module")
def codebook(repository):
    return load_codebook(repository / "data/raw/codebook.yml")


@pytest.fixture(scope="module")
def figures(raw):
    return raw("published_figures")


@pytest.fixture(scope="module")
def table(figures, codebook):
    return indicators(responses(counts(figures, codebook), codebook), codebook, 21)


# counts behind percentages

EXACT = {
    "half_up": lambda share: floor(share + Fraction(1, 2)),
    "half_even": round,
    "truncation": floor,
    "ceiling": ceil,
}


@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_the_counts_behind_a_percentage_are_all_that_print_it(rounding):
    for n in range(1, 61):
        behind = {value: scores.counts_behind(value, n, rounding) for value in range(101)}
        for k in range(n + 1):
            printed = EXACT[rounding](Fraction(100 * k, n))
            assert [value for value, found in behind.items() if k in found] == [printed]


@pytest.mark.slow
def test_half_up_counts_are_those_of_the_reports_own_rounding():
    for n in range(1, 121):
        for value in range(101):
            assert scores.counts_behind(value, n) == counts_printed_as(value, n)


# methods.md section 2, row GRIM: scrutiny's data set pigs1
@pytest.mark.parametrize("rounding", ["half_up", "half_even"])
def test_means_that_no_whole_numbers_have_are_found(rounding):
    means = [7.22, 4.74, 5.23, 2.57, 6.77, 2.68, 7.01, 7.38, 3.14, 6.89, "5.00", 0.24]
    sizes = [32, 25, 29, 24, 27, 28, 29, 26, 27, 31, 25, 28]
    found = [
        "T" if scores.sums_behind(Decimal(str(mean)), n, rounding) else "F"
        for mean, n in zip(means, sizes, strict=True)
    ]
    assert " ".join(found) == "T F F F F T F T F F T F"


def test_what_is_no_mean_and_no_rounding_is_refused():
    with pytest.raises(ValueError, match=r"not 0\.50 of 0"):
        scores.sums_behind(Decimal("0.50"), 0)
    with pytest.raises(ValueError, match="rounding is one of half_up"):
        scores.counts_behind(50, 16, "half_down")


printed = st.integers(1, 24).flatmap(
    lambda n: st.tuples(st.lists(st.integers(0, 100), min_size=1, max_size=4), st.just(n))
)


@pytest.mark.slow
@given(printed, st.sampled_from(list(ROUNDINGS)), st.booleans(), st.booleans())
def test_the_vectors_are_all_combinations_of_counts_that_add_up(
    case, rounding, exclusive, complete
):
    percentages, n = case
    every = product(*(scores.counts_behind(value, n, rounding) for value in percentages))
    allowed = {(True, True): lambda s: s == n, (True, False): lambda s: s <= n}
    wanted = [v for v in every if allowed.get((exclusive, complete), lambda s: True)(sum(v))]
    options = {"exclusive": exclusive, "complete": complete}
    assert list(scores.vectors(percentages, n, rounding, **options)) == wanted


@pytest.mark.slow
@given(st.integers(1, 2000), st.data())
def test_counts_that_were_printed_are_always_among_the_vectors(n, data):
    first = data.draw(st.integers(0, n))
    behind = (first, n - first)
    percentages = [EXACT["half_up"](Fraction(100 * k, n)) for k in behind]
    assert behind in set(scores.vectors(percentages, n))


def test_options_of_a_multiple_choice_question_stand_alone():
    # document 000, section 3.3.2: more choices than respondents
    assert list(scores.vectors([50, 63, 25, 44], 16, exclusive=False)) == [(8, 10, 4, 7)]
    assert list(scores.vectors([50, 63, 25, 44], 16)) == []


# methods.md 0.1 and facts B: one vector each, under half-up rounding alone
@pytest.mark.slow
def test_every_question_of_the_report_has_one_vector_under_half_up(figures, codebook):
    totals = scores.question_totals(figures, codebook)
    half_up = totals[totals["rounding"] == "half_up"]
    assert set(half_up["question"]) == set(codebook.questions)
    assert set(half_up["vectors"]) == {1}


def test_sums_of_101_are_artefacts_and_nothing_else_is_found(figures, codebook):
    # methods.md 0.3
    totals = scores.question_totals(figures, codebook).query("rounding == 'half_up'")
    assert totals.query("finding != 'ok'")[["question", "total", "finding"]].values.tolist() == [
        ["volunteers_change", 101, "artefact"],
        ["equal_terms", 101, "artefact"],
    ]


def test_seven_figures_are_impossible_under_half_even_and_none_under_half_up(figures):
    # methods.md 0.1
    found = scores.printed_figures(figures).query("finding == 'impossible'")
    assert sorted(found.query("rounding == 'half_even'")["percent"]) == [13] * 4 + [63] * 3
    assert found.query("rounding == 'half_up'").empty
    assert len(found.query("rounding == 'truncation'")) > 7


def question(figures, codebook, name, percentages):
    """The half-up finding about a question with other percentages printed."""
    rows = figures[figures["question"] == name].copy()
    rows["percent"] = pd.array(percentages, dtype="Int64")
    totals = scores.question_totals(rows, codebook)
    return totals.set_index("rounding").loc["half_up"]


def test_a_total_that_no_counts_explain_is_an_error(figures, codebook):
    found = question(figures, codebook, "volunteers_change", [63, 44, 0])
    assert (found["total"], found["vectors"], found["finding"]) == (107, 0, "error")


@pytest.mark.parametrize(
    ("percentages", "total", "finding"),
    [([50, 31, 19], 100, "ok"), ([44, 44, 13], 101, "artefact"), ([44, 38, 6], 88, "error")],
)
def test_a_total_is_judged_by_the_counts_behind_it(figures, codebook, percentages, total, finding):
    found = question(figures, codebook, "members_change", percentages)
    assert (found["total"], found["finding"]) == (total, finding)


def test_a_percentage_without_a_count_is_impossible(figures, codebook):
    assert question(figures, codebook, "volunteers_change", [62, 38, 0])["finding"] == "impossible"


def test_shares_above_n_are_an_error_where_one_option_only_is_printed(figures, codebook):
    rows = figures[figures["question"] == "members_change"].iloc[:2].copy()
    rows["percent"] = pd.array([63, 44], dtype="Int64")
    found = scores.question_totals(rows, codebook).set_index("rounding").loc["half_up"]
    assert pd.isna(found["total"])
    assert found["finding"] == "error"


def test_a_question_with_several_n_is_refused(figures, codebook):
    rows = figures[figures["question"] == "members_change"].copy()
    rows.loc[rows.index[0], "n"] = 15
    with pytest.raises(ValueError, match="members_change has one n, not 15, 16"):
        scores.question_totals(rows, codebook)


def test_sixteen_is_the_only_size_that_gives_all_figures(figures):
    # methods.md 0.2 and 6.3; the facts name the next ones
    percentages = figures.query("n == 16")["percent"].dropna()
    sizes = scores.sample_sizes(percentages, range(5, 32))
    assert sizes.query("finding == 'ok'")["n"].tolist() == [16]
    beyond = scores.sample_sizes(percentages, range(1, 53))
    assert beyond.query("finding == 'ok'")["n"].tolist() == [16, 32, 48, 52]
    assert scores.sample_sizes(percentages, range(1, 32), "half_even")["misfits"].min() > 0


# totals and parts


def test_the_projects_can_be_spread_in_five_ways():
    # methods.md 6.4: 25 projects, 17 associations, at most 3
    ways = scores.spreads(25, 17, 3)
    assert ways == [(9, 8, 0), (10, 6, 1), (11, 4, 2), (12, 2, 3), (13, 0, 4)]


@pytest.mark.slow
@given(st.integers(0, 14), st.integers(0, 6), st.integers(1, 4))
def test_spreads_are_all_there_are(total, units, maximum):
    wanted = [
        way
        for way in product(range(units + 1), repeat=maximum)
        if sum(way) == units and sum(n * size for size, n in enumerate(way, 1)) == total
    ]
    assert scores.spreads(total, units, maximum) == wanted


def test_a_spread_of_less_than_nothing_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        scores.spreads(3, 2, 0)
    with pytest.raises(ValueError, match="things, units"):
        scores.spreads(-1, 2, 3)


def test_the_literature_search_does_not_add_up_to_its_total(raw):
    # methods.md 6.5: document 003, section 5
    (found,) = scores.stated_totals(raw("totals")).to_dict("records")
    assert (found["document"], found["section"], found["page"]) == ("003", "5", 63)
    assert (found["total"], found["parts"], found["number"]) == (358, 190, 25)
    assert (found["difference"], found["finding"]) == (168, "unexplained")


def test_no_source_selected_more_than_it_found(raw):
    parts = raw("totals").dropna(subset=["found"])
    assert (parts["value"] <= parts["found"]).all()


@pytest.mark.parametrize(("value", "finding"), [(190, "ok"), (189, "error"), (191, "unexplained")])
def test_parts_are_compared_with_the_total_they_belong_to(raw, value, finding):
    totals = raw("totals")
    totals.loc[totals["kind"] == "total", "value"] = value
    assert scores.stated_totals(totals)["finding"].tolist() == [finding]


def test_a_list_without_a_total_is_refused(raw):
    totals = raw("totals").query("kind == 'part'")
    message = refusal(scores.stated_totals, totals)
    tells(message, "data/raw/totals.csv, row 27, column kind", "0 totals, 25 parts", "one total")


# prose


@pytest.fixture(scope="module")
def verdicts(raw, table, codebook):
    return scores.statement_verdicts(raw("statements"), table, codebook, "da").set_index("id")


@pytest.mark.slow
def test_the_contradiction_that_is_there_is_found_and_no_other(verdicts):
    # methods.md 6.2: p. 13 says two thirds of 12 of 16
    (row,) = verdicts.query("verdict == 'contradicts'").itertuples()
    assert (row.Index, row.section, row.page) == ("r_activities", "3.3", 13)
    assert (row.quantifier, row.k, row.n) == ("to tredjedele", 12, 16)


def test_statements_that_claim_more_than_was_asked_are_found_and_no_others(verdicts):
    # facts, section B: motivated, active, therefore, in another way; and a cause on p. 5
    assert verdicts.query("verdict == 'overreaches'").index.tolist() == [
        "c_activities_cause",
        "c_motivated",
        "r_volunteers_fulfilled",
        "r_local_network_cause",
        "r_other_meetings",
    ]


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("c_volunteers", "knap 2/3"),
        ("r_volunteers", "næsten 2/3"),
        ("r_equal_high", "over to tredjedele (69 %)"),
        ("r_members", "lidt over halvdelen (56 %)"),
        ("r_members_unchanged", "næsten en tredjedel"),
        ("r_received", "hele 92 %"),
        ("c_contact", "langt størstedelen (81 %)"),
        ("r_all_satisfied", "alle"),
        ("r_funding_fewest", "færrest"),
    ],
)
def test_words_that_agree_with_their_figure_pass(verdicts, id, words):
    # methods.md 6.2 and facts, section B, rows 7-11
    assert (verdicts.loc[id, "quantifier"], verdicts.loc[id, "verdict"]) == (words, "agrees")


def test_statements_without_a_figure_are_not_assessed(verdicts):
    unknown = verdicts.query("verdict == 'not_assessable'")
    assert set(unknown["indicator"]) == {""}
    assert unknown["k"].isna().all()
    assert verdicts.query("indicator == ''")["verdict"].eq("not_assessable").all()


def statement(**cells) -> pd.DataFrame:
    row = {"id": "s", "quantifier": "", "indicator": "", "claim": "same"} | cells
    return pd.DataFrame([row], index=[7])


def verdict(table, codebook, **cells) -> str:
    return scores.statement_verdicts(statement(**cells), table, codebook, "da")["verdict"].item()


@pytest.mark.parametrize(
    ("quantifier", "indicator", "claim", "wanted"),
    [
        ("¾", "applied_for_funds", "same", "agrees"),
        ("¾", "applied_for_funds", "cause", "overreaches"),
        ("halvdelen", "applied_for_funds", "cause", "contradicts"),
        ("76 %", "applied_for_funds", "same", "contradicts"),
        ("størstedelen (74 %)", "applied_for_funds", "same", "contradicts"),
        ("", "applied_for_funds", "more", "overreaches"),
        ("mange", "applied_for_funds", "same", "not_assessable"),
        ("alle", "meeting_satisfaction.high+some", "same", "agrees"),
        ("alle", "meeting_satisfaction.high", "same", "contradicts"),
        ("¾", "development_activities;development_national_network", "same", "agrees"),
        ("¾", "development_activities;development_funding", "same", "contradicts"),
        ("flest", "development_knowledge", "same", "agrees"),
        ("flest", "development_local_network", "same", "contradicts"),
        ("flest", "advice_topics.activities", "same", "agrees"),
        ("færrest", "advice_topics.other", "same", "agrees"),
        ("færrest", "advice_topics.volunteer_management", "same", "contradicts"),
    ],
)
def test_a_statement_gets_the_verdict_of_its_figure(
    table, codebook, quantifier, indicator, claim, wanted
):
    cells = {"quantifier": quantifier, "indicator": indicator, "claim": claim}
    assert verdict(table, codebook, **cells) == wanted


def test_a_hidden_figure_is_not_assessed(table, codebook):
    hidden = table.astype({"k": "Int64"})
    hidden.loc[hidden["id"] == "applied_for_funds.yes", "k"] = pd.NA
    assert verdict(hidden, codebook, quantifier="¾", indicator="applied_for_funds") == "hidden"


def test_a_rank_among_hidden_figures_is_not_assessed(table, codebook):
    hidden = table.astype({"k": "Int64"})
    hidden.loc[hidden["id"] == "development_funding.improved", "k"] = pd.NA
    assert verdict(hidden, codebook, quantifier="flest", indicator="development_knowledge") == (
        "hidden"
    )


def test_a_statement_on_a_part_of_collapsed_options_is_not_assessed(table, codebook):
    joined = collapse(table, codebook, codebook.collapses)
    told = {"quantifier": "halvdelen", "indicator": "advice_satisfaction.neutral+lesser"}
    assert verdict(joined, codebook.collapsed(), **told) == "hidden"
    told["indicator"] = "advice_satisfaction.neutral+lesser+not_at_all"
    assert verdict(joined, codebook.collapsed(), **told) == "contradicts"


def test_the_figure_that_does_not_fit_is_the_one_that_is_told(table, codebook):
    rows = statement(quantifier="¾", indicator="development_activities;development_funding")
    found = scores.statement_verdicts(rows, table, codebook, "da").iloc[0]
    assert (found["k"], found["n"]) == (8, 16)


@pytest.mark.slow
def test_a_changed_figure_turns_an_agreement_into_a_contradiction(raw, table, codebook):
    changed = table.copy()
    changed.loc[changed["id"] == "volunteers_change.increased", "k"] = 11
    changed.loc[changed["id"] == "volunteers_change.unchanged", "k"] = 5
    found = scores.statement_verdicts(raw("statements"), changed, codebook, "da").set_index("id")
    assert {"c_volunteers", "r_volunteers"} <= set(found.query("verdict == 'contradicts'").index)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"indicator": "applied"}, "belongs to a question of the codebook"),
        ({"indicator": "applied_for_funds.maybe"}, "names options of applied_for_funds"),
        ({"indicator": "members_change.unchanged+unchanged"}, "each once"),
        ({"indicator": "advice_topics"}, "a question with a headline"),
        ({"indicator": "advice_topics.funding+other"}, "are not summed"),
        ({"indicator": "applied_for_funds", "quantifier": "flest"}, "a rank compares"),
    ],
)
def test_an_indicator_that_does_not_exist_is_refused(table, codebook, cells, told):
    message = refusal(scores.statement_verdicts, statement(**cells), table, codebook, "da")
    tells(message, "data/raw/statements.csv, row 7, column indicator", told, cells["indicator"])


def test_a_quantifier_in_no_table_is_refused(table, codebook):
    message = refusal(
        scores.statement_verdicts, statement(quantifier="størstdelen"), table, codebook, "da"
    )
    tells(
        message, "row 7, column quantifier", "størstdelen", "Remedy: correct it, or add the words"
    )


def test_paraphrases_and_notes_hold_no_number_of_their_own(raw):
    statements = raw("statements")
    for language in LANGUAGES:
        for column in (f"paraphrase_{language}", f"note_{language}"):
            assert [text for text in statements[column] if typed_numbers(text, language)] == []


def test_a_note_is_there_in_both_languages_and_for_whatever_does_not_agree(raw, verdicts):
    assert ((verdicts["note_da"] == "") == (verdicts["note_en"] == "")).all()
    assert (verdicts.query("verdict != 'agrees'")["note_da"] != "").all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_word(language):
    told = texts(language)
    codes = {
        "findings": ("ok", "artefact", "impossible", "error", "unexplained"),
        "verdicts": ("agrees", "contradicts", "overreaches", "not_assessable"),
        "claims": CLAIMS,
        "roundings": ROUNDINGS,
    }
    assert all(told(f"source_audit.{kind}.{code}") for kind in codes for code in codes[kind])
