"""Groupings and indices: what a codebook computes from the answers to other questions."""

import pandas as pd
import pytest
from refusals import refusal, tells

from evaluation.project.codebook import load_codebook, write_codebook
from evaluation.survey.groups import by_group, numbers_by_group
from evaluation.survey.measures import measures
from evaluation.survey.responses import responses
from evaluation.survey.waves import indicators_by_wave

TEXT = "question: {en: Q}\n    label: {en: Q}"
SCALE = (
    "options: ["
    + ", ".join(f"{{code: '{level}', label: {{en: '{level}'}}}}" for level in range(1, 6))
    + ", {code: dk, label: {en: dk}, off_scale: true}]"
)
ASKED = f"""questions:
  - id: age
    type: number
    {TEXT}
  - id: town
    type: single
    {TEXT}
    options:
      - {{code: a, label: {{en: A}}}}
      - {{code: b, label: {{en: B}}}}
      - {{code: c, label: {{en: C}}}}
""" + "".join(
    f"  - id: t{item}\n    type: ordinal\n    {TEXT}\n    {SCALE}\n" for item in (1, 2, 3)
)
BAND = f"""  - id: band
    type: ordinal
    background: true
    {TEXT}
    grouping: {{of: age, bands: {{young: [null, 29], old: [30, null]}}}}
    options: [{{code: young, label: {{en: Y}}}}, {{code: old, label: {{en: O}}}}]
"""
PART = f"""  - id: part
    type: single
    {TEXT}
    grouping: {{of: town, joins: {{east: [a, b], west: [c]}}}}
    options: [{{code: east, label: {{en: E}}}}, {{code: west, label: {{en: W}}}}]
"""
TRUST = f"""  - id: trust
    type: number
    {TEXT}
    index: {{items: [t1, t2, t3], reversed: [t3], minimum: 2}}
"""
BOOK = ASKED + BAND + PART + TRUST


@pytest.fixture
def book_of(tmp_path):
    def book_of(text: str):
        path = tmp_path / "codebook.yml"
        path.write_text(text, "utf-8")
        return load_codebook(path, "codebook.yml", ("en",))

    return book_of


def rows(*answers: dict[str, object]) -> pd.DataFrame:
    columns = ["age", "town", "t1", "t2", "t3"]
    table = pd.DataFrame(
        [{name: each.get(name, "") for name in columns} for each in answers], columns=columns
    )
    table["age"] = pd.to_numeric(table["age"].replace("", None)).astype(float)
    return table.assign(respondent=range(1, len(table) + 1), wave=1)


def test_worked_answers(book_of):
    table = responses(
        rows(
            {"age": 29, "town": "a", "t1": "5", "t2": "4", "t3": "1"},
            {"age": 30, "town": "c", "t1": "5", "t2": "dk", "t3": "2"},
            {"t1": "3"},
        ),
        book_of(BOOK),
        "survey.csv",
    )
    assert table["band"].tolist() == ["young", "old", None]
    assert table["part"].fillna("").tolist() == ["east", "west", ""]
    # the third counts from the other end: 6 - 1 and 6 - 2
    assert table["trust"].tolist()[:2] == pytest.approx([(5 + 4 + 5) / 3, (5 + 4) / 2])
    assert pd.isna(table["trust"][2])


def test_a_sum_of_fewer_items_is_made_up_by_the_mean_of_the_others(book_of):
    book = book_of(BOOK.replace("minimum: 2}", "minimum: 2, by: sum}"))
    table = responses(rows({"t1": "5", "t3": "2"}), book, "survey.csv")
    assert table["trust"].tolist() == [pytest.approx(3 * (5 + 4) / 2)]


def test_a_codebook_is_written_as_it_was_read(book_of, tmp_path):
    book = book_of(BOOK)
    write_codebook(book, tmp_path / "again.yml")
    assert load_codebook(tmp_path / "again.yml", "again.yml", ("en",)) == book


def test_what_is_computed_is_no_column_of_the_survey(book_of, tmp_path):
    from evaluation.project.rows import columns_of

    assert set(columns_of(book_of(BOOK))) == {"respondent", "wave", "age", "town", "t1", "t2", "t3"}


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("of: age", "of: nothing", "an earlier question of type number"),
        ("of: age", "of: town", "an earlier question of type number"),
        ("old: [30, null]", "others: [30, null]", "has its options, young, old"),
        ("old: [30, null]", "old: [29, null]", "do not overlap"),
        ("old: [30, null]", "old: [50, 40]", "begin below their end"),
        ("west: [c]", "west: [a]", "takes each option of town at most once"),
        ("west: [c]", "west: [z]", "takes each option of town at most once"),
        ("[t1, t2, t3]", "[t1, t2, band2]", "names earlier questions with one answer each"),
        ("[t1, t2, t3]", "[t1, age, t3]", "scales of the same length"),
        ("reversed: [t3]", "reversed: [age]", "names some of its items"),
        ("minimum: 2", "minimum: 4", "at most the number of its items"),
        (PART, PART + PART.replace("id: part", "id: parts"), "one question groups"),
    ],
)
def test_what_cannot_be_computed_is_refused(book_of, before, after, rule):
    assert before in BOOK
    message = refusal(book_of, BOOK.replace(before, after))
    assert tells(message, "codebook.yml", rule)


def many(book) -> pd.DataFrame:
    people = [
        {
            "age": 20 + i % 40,
            "town": "abc"[i % 3],
            "t1": str(1 + i % 5),
            "t2": str(1 + i % 4),
            "t3": str(1 + i % 3),
        }
        for i in range(120)
    ]
    return responses(rows(*people), book, "survey.csv")


@pytest.mark.parametrize("min_cell", [1, 3])
def test_where_counts_are_hidden_what_is_grouped_is_told_by_its_groups_only(book_of, min_cell):
    """One who is in a town of few is else the difference of the towns and their part."""
    book = book_of(BOOK)
    table = many(book)
    published = indicators_by_wave(table, book, None, min_cell)
    told = measures(table, book, min_cell, published).set_index("question")
    hidden = set(published.loc[published["suppressed"], "question"])
    assert hidden == ({"town"} if min_cell > 1 else set())
    assert told["suppressed"].to_dict() == {"age": min_cell > 1, "trust": False}
    by = by_group(table, book, published, min_cell)
    numbers = numbers_by_group(table, book, published, by, min_cell)
    assert numbers.groupby("question")["suppressed"].all()["age"] == (min_cell > 1)
    assert not numbers.loc[numbers["question"] == "trust", "suppressed"].any()
    assert by.groupby("question")["suppressed"].all()["town"] == (min_cell > 1)
