"""survey.margins, weighting and item_nonresponse: who answered of those who could have."""

import pandas as pd
import pytest
from refusals import refusal, tells
from test_groups import PLACE, VIEW, question

from evaluation.project.codebook import Codebook
from evaluation.stats.contingency import fisher_freeman_halton
from evaluation.stats.weights import weighted_share
from evaluation.survey.groups import by_group
from evaluation.survey.item_nonresponse import item_nonresponse
from evaluation.survey.margins import response_by_group
from evaluation.survey.measures import measures
from evaluation.survey.waves import indicators_by_wave
from evaluation.survey.weighting import respondent_weights, weighted_shares

BOOK = Codebook({}, {"place": PLACE, "view": VIEW})
VIEWS = {
    "north": {"good": 9, "fair": 6, "poor": 4, "bad": 5},
    "south": {"good": 4, "fair": 3, "poor": 6, "bad": 3},
}


def rows() -> pd.DataFrame:
    pairs = [
        (place, view) for place, of in VIEWS.items() for view, k in of.items() for _ in range(k)
    ]
    table = pd.DataFrame(pairs, columns=["place", "view"])
    return table.assign(respondent=range(len(table)), wave=1, origin="survey")


def margins(**counts: int) -> pd.DataFrame:
    table = pd.DataFrame(
        [("place", *item) for item in counts.items()], columns=["question", "option", "count"]
    )
    return table.set_index(pd.Index(range(2, len(table) + 2)))


REGISTER = margins(north=48, south=64)


def published(min_cell: int = 3, table: pd.DataFrame | None = None) -> pd.DataFrame:
    return indicators_by_wave(rows() if table is None else table, BOOK, None, min_cell)


def test_respondents_are_held_against_all_who_could_have_answered():
    table = response_by_group(REGISTER, BOOK, published()).set_index("option")
    assert table[["k", "population"]].to_numpy().tolist() == [[24, 48], [16, 64]]
    # 40 of 112 answered
    assert table["expected"].tolist() == pytest.approx([40 * 48 / 112, 40 * 64 / 112])
    assert set(table["p"]) == {fisher_freeman_halton([[24, 16], [24, 48]]).p}


@pytest.mark.parametrize(
    ("given", "parts"),
    [
        (margins(north=48), ("each option of place", "south")),
        (margins(north=48, west=2), ("one of its options", "'west'", "row 3")),
        (margins(north=48, south=3), ("no more answered than there are", "16 gave south")),
        (REGISTER.assign(question="view"), ("background: true", "place", "'view'")),
    ],
)
def test_margins_that_are_none_are_refused(given, parts):
    assert tells(refusal(response_by_group, given, BOOK, published()), "margins.csv", *parts)


def test_weights_give_the_groups_the_parts_that_they_have_of_all():
    table = rows()
    weights = respondent_weights(table, BOOK, None, REGISTER)
    assert weights.mean() == pytest.approx(1)
    assert weights[table["place"] == "north"].sum() / weights.sum() == pytest.approx(48 / 112)


def test_of_a_drawn_sample_each_respondent_has_a_weight():
    table = rows()
    design = pd.DataFrame({"respondent": table["respondent"].astype(str), "wave": 1, "weight": 2.0})
    assert set(respondent_weights(table, BOOK, design, None)) == {1.0}
    message = refusal(respondent_weights, table, BOOK, design.iloc[1:], None)
    assert tells(message, "weights.csv", "each respondent of wave 1", "'0'")
    assert respondent_weights(table, BOOK, None, None).isna().all()


def test_margins_of_a_group_that_nobody_answered_of_are_refused():
    north = rows().query("place == 'north'")
    message = refusal(respondent_weights, north, BOOK, None, REGISTER)
    assert tells(message, "margins.csv", "nobody answered of place south")


def shares(min_cell: int, table: pd.DataFrame | None = None) -> pd.DataFrame:
    table = rows() if table is None else table
    told = published(min_cell, table)
    counts = by_group(table, BOOK, told, min_cell)
    weights = respondent_weights(table, BOOK, None, REGISTER)
    found = weighted_shares(table, BOOK, weights, told, counts, min_cell, REGISTER)
    return found.set_index(["question", "option"])


def test_a_weighted_share_is_that_of_all_if_groups_answer_as_they_did():
    found = shares(3)
    share = 48 / 112 * 9 / 24 + 64 / 112 * 4 / 16
    assert found.loc[("view", "good"), "share"] == pytest.approx(share)
    table = rows()
    weights = respondent_weights(table, BOOK, None, REGISTER)
    same = weighted_share((table["view"] == "good").tolist(), weights.tolist()).estimate
    assert found.loc[("view", "good"), ["low", "high"]].tolist() == pytest.approx(
        [same.low, same.high]
    )
    assert 1 < found.loc[("view", "good"), "design_effect"] < 2


def test_no_weighted_share_tells_a_count_of_a_group_that_is_hidden():
    """Two groups: the share with weights and the one without are two equations for two counts."""
    table = rows()
    few = table[~((table["place"] == "south") & (table["view"] == "bad"))]
    few = pd.concat([few, table.query("place == 'south' and view == 'bad'").iloc[:1]])
    few = few.reset_index(drop=True)
    assert shares(1, few)["suppressed"].sum() == 0
    found = shares(3, few)
    assert found.loc["view", "suppressed"].all() and found.loc["view", "share"].isna().all()
    assert not found.loc["place", "suppressed"].any()


# who left out a question


def test_it_is_told_how_many_left_out_each_question():
    more = question("more", "single", "yes", "no", base=("view", "good"))
    book = Codebook({}, {"place": PLACE, "view": VIEW, "more": more})
    table = pd.concat([rows()] * 3, ignore_index=True)
    table["respondent"] = range(len(table))
    table.loc[:3, "place"] = None
    good = table["view"] == "good"
    table["more"] = pd.Series("yes", table.index).where(good)
    table.loc[table.index[good][:20], "more"] = "no"
    table.loc[table.index[good][-4:], "more"] = None
    told = indicators_by_wave(table, book, None, 3)
    found = item_nonresponse(table, book, told, measures(table, book, 3, told)).set_index(
        "question"
    )
    assert found[["asked", "answered"]].to_numpy().tolist() == [[120, 116], [120, 120], [39, 35]]
    hidden = told.assign(n=told["n"].mask(told["question"] == "view"))
    found = item_nonresponse(table, book, hidden, measures(table, book, 3, hidden))
    kept_back = found.set_index("question")["suppressed"].to_dict()
    assert kept_back == {"place": False, "view": True, "more": False}
