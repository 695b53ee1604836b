"""survey.reconstruction: from published figures to counts, and to a response table that has
them."""

from fractions import Fraction
from itertools import product
from math import floor

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refusals import refusal, tells

from evaluation.base.rounding import percent
from evaluation.project.codebook import Codebook, Option, Question, column_of, load_codebook
from evaluation.project.raw_tables import read_raw_table
from evaluation.survey.reconstruction import counts, responses

FILE = "data/raw/published_figures.csv, row "
NONE = {"da": "x", "en": "x"}


@pytest.fixture(scope="module")
def codebook(repository):
    return load_codebook(repository / "data/raw/codebook.yml")


@pytest.fixture(scope="module")
def figures(repository):
    path = repository / "data/raw/published_figures.csv"
    return read_raw_table(path, "published_figures")


@pytest.fixture(scope="module")
def rebuilt(figures, codebook):
    return counts(figures, codebook)


@pytest.fixture
def changed(repository, codebook, tmp_path):
    """Counts from this evaluation's figures with the first of each passage replaced."""

    def read(*changes: tuple[str, str]):
        content = (repository / "data/raw/published_figures.csv").read_text("utf-8")
        for old, new in changes:
            assert old in content
            content = content.replace(old, new, 1)
        path = tmp_path / "figures.csv"
        path.write_text(content, "utf-8")
        return counts(read_raw_table(path, "published_figures"), codebook)

    return read


def question(name: str, kind: str, *codes: str, base=None) -> Question:
    return Question(name, kind, NONE, NONE, tuple(Option(code, NONE) for code in codes), base=base)


def book(*questions: Question) -> Codebook:
    return Codebook({}, {each.id: each for each in questions})


def table_of(*rows: tuple) -> pd.DataFrame:
    """A count table from (question, option, k, n)."""
    table = pd.DataFrame(rows, columns=["question", "option", "k", "n"])
    return table.assign(basis="printed", section="1")


# counts


def possible(row) -> list[int]:
    """Counts behind a printed figure, by exact fractions."""
    if pd.isna(row["percent"]):
        return [int(row["count"])]
    n = int(row["n"])
    shown = [k for k in range(n + 1) if floor(Fraction(100 * k, n) + Fraction(1, 2)) == row.percent]
    return [k for k in shown if pd.isna(row["count"]) or k == row["count"]]


@pytest.mark.slow
def test_every_published_question_has_exactly_one_count_vector(figures, codebook, rebuilt):
    # methods.md 0.1, by brute force over all vectors of possible counts
    assert figures["question"].nunique() == 18
    for name, printed in figures.groupby("question", sort=False):
        vectors = list(product(*(possible(row) for _, row in printed.iterrows())))
        asked = codebook.questions[name]
        if asked.type != "multiple" and len(printed) == len(asked.codes):
            vectors = [vector for vector in vectors if sum(vector) == printed["n"].iloc[0]]
        assert len(vectors) == 1, name
        found = rebuilt[rebuilt["question"] == name].set_index("option")["k"]
        assert tuple(found[printed["option"]]) == vectors[0], name


def test_counts_print_the_percentages_they_come_from(figures, rebuilt):
    both = figures.merge(rebuilt, on=["question", "option", "n"], validate="one_to_one")
    assert len(both) == len(figures)
    printed = both[both["percent"].notna()]
    assert [percent(k, n) for k, n in zip(printed["k"], printed["n"], strict=True)] == printed[
        "percent"
    ].tolist()


def test_exclusive_answers_add_up_to_those_who_answered(codebook, rebuilt):
    exclusive = [
        answers
        for name, answers in rebuilt.groupby("question")
        if codebook.questions[name].type != "multiple"
    ]
    assert len(exclusive) > 10
    for answers in exclusive:
        assert answers["k"].sum() == answers["n"].iloc[0], answers["question"].iloc[0]


def test_the_two_figures_that_total_101_are_kept_as_they_are(figures, codebook, rebuilt):
    # methods.md 0.3: volunteers 63+38, equal terms 69+13+13+6
    options = figures["question"].value_counts()
    totals = {
        name: sum(percent(k, n) for k, n in zip(answers["k"], answers["n"], strict=True))
        for name, answers in rebuilt.groupby("question")
        if codebook.questions[name].type != "multiple" and options[name] == len(answers)
    }
    assert len(totals) == 11
    assert {name: total for name, total in totals.items() if total != 100} == {
        "volunteers_change": 101,
        "equal_terms": 101,
    }


def test_the_one_option_that_was_not_printed_takes_what_is_left(rebuilt):
    rows = rebuilt[rebuilt["question"] == "development_knowledge"].set_index("option")
    assert rows["k"].to_dict() == {"improved": 14, "not_improved": 2}
    assert rows["basis"].to_dict() == {"improved": "printed", "not_improved": "implied"}


def test_a_percentage_that_no_count_gives_is_refused_with_those_that_are_possible(changed):
    message = refusal(changed, ("improved,63,", "improved,64,"))
    tells(message, f"{FILE}6, column percent: a whole number of 16 answers gives", "Found: 64")
    tells(
        message, "Remedy: check it against the source; possible are 0, 6, 13, 19, 25,", "94, 100."
    )


def test_a_number_that_only_half_even_rounding_prints_is_refused(changed):
    tells(refusal(changed, ("improved,63,", "improved,62,")), f"{FILE}6", "Found: 62")


def test_counts_that_do_not_add_up_to_n_are_refused(changed):
    message = refusal(changed, ("unchanged,38", "unchanged,31"))
    tells(message, f"{FILE}14, column percent: the counts of volunteers_change add up to n = 16")
    tells(message, "but no counts do. Found: '63, 31, 0'", "Remedy: check the percentages and n")


def test_percentages_beyond_one_hundred_together_are_refused(changed):
    tells(refusal(changed, ("unchanged,38", "unchanged,44")), "add up to n = 16", "'63, 44, 0'")


def test_percentages_that_several_counts_give_are_refused():
    figures = pd.DataFrame(
        [("q", "a", 33, None, 300, "printed", "1"), ("q", "b", 67, None, 300, "printed", "1")],
        columns=["question", "option", "percent", "count", "n", "basis", "section"],
        index=[2, 3],
    ).astype({"percent": "Int64", "count": "Int64", "n": "Int64"})
    message = refusal(counts, figures, book(question("q", "single", "a", "b")))
    tells(message, f"{FILE}3", "add up to n = 300, but 3 sets of counts do")


def test_a_count_in_print_settles_what_the_percentage_leaves_open():
    figures = pd.DataFrame(
        [("q", "a", 33, 99, 300, "printed", "1"), ("q", "b", 67, None, 300, "printed", "1")],
        columns=["question", "option", "percent", "count", "n", "basis", "section"],
    ).astype({"percent": "Int64", "count": "Int64", "n": "Int64"})
    table = counts(figures, book(question("q", "single", "a", "b")))
    assert table["k"].tolist() == [99, 201]


def test_a_count_that_contradicts_its_percentage_is_refused(changed):
    message = refusal(changed, ("some,6,1,", "some,6,2,"))
    tells(message, f"{FILE}19, column count", "Found: 2", "Remedy: ")


def test_a_count_beyond_n_is_refused_in_its_own_column(changed):
    tells(refusal(changed, ("other,,1,16", "other,,17,16")), f"{FILE}28, column count", "Found: 17")


def test_a_figure_without_number_is_refused(changed):
    message = refusal(changed, ("other,,1,16", "other,,,16"))
    tells(message, f"{FILE}28, column percent", "a percentage or a count")


def test_the_row_with_another_n_is_the_one_that_is_refused(changed):
    message = refusal(
        changed, ("volunteers_change,decreased,0,,16", "volunteers_change,decreased,0,,12")
    )
    tells(message, f"{FILE}14, column n", "volunteers_change", "Found: 12", "Remedy: ")


def test_an_unknown_question_is_refused_with_the_questions_that_exist(changed):
    message = refusal(changed, ("applied_for_funds,no", "applied_for_fund,no"))
    tells(message, f"{FILE}9, column question", "Found: 'applied_for_fund'", "local_meetings")


def test_an_unknown_option_is_refused_with_the_options_that_exist(changed):
    message = refusal(changed, ("applied_for_funds,no", "applied_for_funds,nej"))
    tells(message, f"{FILE}9, column option", "applied_for_funds", "Found: 'nej'")
    tells(message, "Remedy: use one of yes, no")


def test_a_refusal_names_the_line_of_the_file_also_below_a_blank_line(changed):
    message = refusal(
        changed,
        ("development_knowledge", "\ndevelopment_knowledge"),
        ("improved,63,", "improved,64,"),
    )
    tells(message, f"{FILE}7, column percent", "Found: 64")


# responses


@pytest.fixture(scope="module")
def table(rebuilt, codebook):
    return responses(rebuilt, codebook)


def test_the_reconstruction_has_every_margin_of_the_counts(rebuilt, codebook, table):
    assert len(table) == 16
    for row in rebuilt.itertuples():
        if codebook.questions[row.question].type == "multiple":
            column = table[f"{row.question}.{row.option}"]
            assert (column.sum(), column.notna().sum()) == (row.k, row.n), row
        else:
            column = table[row.question]
            assert ((column == row.option).sum(), column.notna().sum()) == (row.k, row.n), row


def test_the_reconstruction_asks_only_those_whom_the_filter_lets_through(table):
    answered = table["received_funds"].notna()
    assert (answered == (table["applied_for_funds"] == "yes")).all()
    assert answered.sum() == 12


def test_the_reconstruction_says_in_every_row_that_it_is_one(table):
    assert set(table["origin"]) == {"reconstructed"}
    assert table["respondent"].tolist() == list(range(1, 17))


def test_the_reconstruction_has_no_column_besides_its_questions(codebook, table):
    known = {"respondent", "origin"}
    for asked in codebook.questions.values():
        multiple = asked.type == "multiple"
        known |= {column_of(asked, code) for code in asked.codes} if multiple else {asked.id}
    assert set(table.columns) == known


def test_a_filter_that_lets_another_number_through_is_refused(changed, codebook):
    table = changed(
        ("received_funds,yes,92,,12", "received_funds,yes,91,,11"),
        ("received_funds,no,8,,12", "received_funds,no,9,,11"),
    )
    message = refusal(responses, table, codebook)
    tells(
        message, "data/raw/published_figures.csv", "received_funds is asked of those who answered"
    )
    tells(message, "yes to applied_for_funds", "Found: 11", "n = 11, but 12 gave that answer")


def test_a_question_filtered_by_a_multiple_choice_answer_is_asked_of_those_who_chose_it():
    topics = question("topics", "multiple", "money", "people")
    useful = question("useful", "single", "yes", "no", base=("topics", "money"))
    table = responses(
        table_of(
            ("topics", "money", 3, 5),
            ("topics", "people", 2, 5),
            ("useful", "yes", 2, 3),
            ("useful", "no", 1, 3),
        ),
        book(topics, useful),
    )
    assert (table["useful"].notna() == table["topics.money"]).all()


@st.composite
def surveys(draw):
    """A filter question, one behind its filter, a multiple-choice one with fewer answers."""
    n = draw(st.integers(1, 30))
    asked = draw(st.sampled_from(["yes", "no"]))
    through = draw(st.integers(0, n))
    chosen = draw(st.integers(0, through))
    few = draw(st.integers(1, n))
    ticks = draw(st.lists(st.integers(0, few), min_size=1, max_size=4))
    questions = [
        question("filter", "single", "yes", "no"),
        question("behind", "ordinal", "high", "low", base=("filter", asked)),
        question("many", "multiple", *(f"m{i}" for i in range(len(ticks)))),
    ]
    rows = [
        ("filter", code, through if code == asked else n - through, n) for code in ("yes", "no")
    ]
    if through:
        rows += [("behind", "high", chosen, through), ("behind", "low", through - chosen, through)]
    rows += [("many", f"m{i}", k, few) for i, k in enumerate(ticks)]
    return book(*questions), table_of(*rows)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(surveys())
def test_every_reconstruction_has_its_margins_and_respects_its_filter(survey):
    codebook, published = survey
    table = responses(published, codebook)
    for row in published.itertuples():
        if codebook.questions[row.question].type == "multiple":
            column = table[f"{row.question}.{row.option}"]
            assert (column.sum(), column.notna().sum()) == (row.k, row.n)
        else:
            column = table[row.question]
            assert ((column == row.option).sum(), column.notna().sum()) == (row.k, row.n)
    if "behind" in table:
        _, asked = codebook.questions["behind"].base
        assert (table["behind"].notna() == (table["filter"] == asked)).all()
