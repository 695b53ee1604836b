"""survey.crosstabs: pairs of answers, and rows that have none."""

from itertools import product
from random import Random

import pandas as pd
import pytest
from refusals import refusal, tells

from evaluation.project.codebook import Codebook, Option, Question
from evaluation.project.folder import Folder
from evaluation.stats.contingency import fisher
from evaluation.survey.crosstabs import crosstab, published
from evaluation.survey.reconstruction import counts, responses


def survey() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "respondent": range(1, 6),
            "origin": "survey",
            "applied": pd.Series(["yes", "yes", "no", "no", None], dtype="str"),
            "topics.funds": pd.array([True, True, True, False, True], dtype="boolean"),
        }
    )


def test_a_crosstab_counts_pairs_of_answers():
    table = crosstab(survey(), "applied", "topics.funds")
    assert table.to_dict("index") == {"no": {False: 1, True: 1}, "yes": {False: 0, True: 2}}
    assert fisher(table.to_numpy()).p == 1


def test_reconstructed_rows_are_not_crosstabulated():
    rows = survey().assign(origin="reconstructed")
    message = refusal(crosstab, rows, "applied", "topics.funds")
    assert tells(
        message,
        "column origin",
        "which answers go together was never published",
        "'reconstructed'",
        "applied and topics.funds one at a time",
    )


def test_one_reconstructed_row_is_enough_to_refuse():
    rows = survey()
    rows.loc[3, "origin"] = "reconstructed"
    refusal(crosstab, rows, "applied", "topics.funds")


@pytest.mark.slow
def test_the_published_evaluation_has_rows_that_are_refused(repository):
    folder = Folder(repository)
    codebook = folder.codebook()
    rows = responses(counts(folder.read_raw("published_figures"), codebook), codebook)
    questions = [name for name in rows if name not in ("respondent", "origin")]
    refusal(crosstab, rows, questions[0], questions[1])


@pytest.mark.parametrize("absent", ["origin", "applied", "topics.funds"])
def test_a_crosstab_needs_both_columns_and_where_the_rows_come_from(absent):
    with pytest.raises(ValueError, match=f"no column {absent}"):
        crosstab(survey().drop(columns=absent), "applied", "topics.funds")


# as it may be published


def question(name: str, kind: str, *codes: str) -> Question:
    text = {"en": name}
    return Question(name, kind, text, text, tuple(Option(code, text) for code in codes))


BOOK = Codebook(
    {},
    {
        "place": question("place", "single", "north", "south"),
        "view": question("view", "ordinal", "good", "bad"),
        "topics": question("topics", "multiple", "funds"),
    },
)
SHOWN = pd.DataFrame({"question": ["place", "view", "topics"], "suppressed": False})


def told(counts: dict[tuple[str, str], int], min_cell: int, indicators=SHOWN) -> list:
    """k of each pair of answers, None where it is hidden."""
    pairs = [pair for pair, k in counts.items() for _ in range(k)]
    rows = pd.DataFrame(pairs, columns=["place", "view"]).assign(origin="survey")
    table = published(rows, None, "place", "view", BOOK, indicators, min_cell)
    assert table["suppressed"].tolist() == table["k"].isna().tolist()
    return [None if pd.isna(k) else k for k in table["k"]]


def four(*k: int) -> dict[tuple[str, str], int]:
    return dict(zip(product(("north", "south"), ("good", "bad")), k, strict=True))


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        (four(6, 5, 5, 8), [6, 5, 5, 8]),
        # one cell of four gives each other away by the sums
        (four(6, 1, 5, 8), [None] * 4),
        # that nobody of the north finds it bad tells that all find it good
        (four(6, 0, 5, 8), [None] * 4),
    ],
)
def test_small_cells_are_hidden_with_what_gives_them_away(counts, shown):
    assert told(counts, 3) == shown
    assert told(counts, 1) == list(counts.values())


@pytest.mark.slow
def test_a_table_and_the_same_turned_hide_the_same_cells():
    """The one would else show what the other hides."""
    codes = [str(number) for number in range(4)]
    book = {name: question(name, "single", *codes) for name in ("place", "view")}
    shown = pd.DataFrame({"question": [*book], "suppressed": False})
    for seed in range(8):
        draw = Random(seed)
        pairs = [
            pair for pair in product(codes, codes) for _ in range(draw.choice([1, 4, 4, 5, 9]))
        ]
        rows = pd.DataFrame(pairs, columns=["place", "view"]).assign(origin="survey")
        hidden = [
            {frozenset({(names[0], one.row), (names[1], one.column)}) for one in found.itertuples()}
            for names in (("place", "view"), ("view", "place"))
            for found in [published(rows, None, *names, Codebook({}, book), shown, 3)]
            for found in [found[found["suppressed"]]]
        ]
        assert hidden[0] == hidden[1]


def test_nothing_is_told_where_a_count_of_one_question_is_hidden_by_itself():
    assert told(four(6, 5, 5, 8), 3, SHOWN.assign(suppressed=[False, True, False])) == [None] * 4


def test_groups_are_made_by_answers_that_exclude_each_other():
    with pytest.raises(ValueError, match="several answers to topics"):
        published(survey(), None, "topics", "place", BOOK, SHOWN, 3)


NEW = [("new", "north", "good"), ("newer", "south", "bad"), ("newest", "south", "bad")]


@pytest.mark.parametrize("hidden", [True, False])
def test_what_the_only_newcomer_of_a_group_answered_is_not_the_difference_of_two_waves(hidden):
    """Three came to the survey, so that its own counts are shown; one of them to the north."""
    stayed = [
        (f"{place}-{view}-{number}", place, view)
        for (place, view), k in four(6, 5, 5, 8).items()
        for number in range(k)
    ]
    came = NEW if hidden else [(name, "south", "bad") for name, _, _ in NEW]
    rows = pd.DataFrame(
        [*((1, *each) for each in stayed), *((2, *each) for each in (*stayed, *came))],
        columns=["wave", "respondent", "place", "view"],
    ).assign(origin="survey")

    def shown(wave: int, min_cell: int) -> list:
        return published(rows, wave, "place", "view", BOOK, SHOWN, min_cell)["k"].tolist()

    assert shown(1, 3) == [6, 5, 5, 8]
    assert [pd.isna(k) for k in shown(2, 3)] == [hidden] * 4
    assert shown(2, 1) == ([7, 5, 5, 10] if hidden else [6, 5, 5, 11])
