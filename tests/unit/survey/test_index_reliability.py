"""survey.reliability: whether the items of an index measure one thing."""

from dataclasses import replace

import pandas as pd
import pytest
from test_groups import VIEW

from evaluation.project.codebook import Codebook, Question
from evaluation.project.computed import Index
from evaluation.stats.reliability import cronbach_alpha, mcdonald_omega
from evaluation.survey.computed import with_computed
from evaluation.survey.reliability import reliability

TEXT = {"da": "?", "en": "?"}
ITEMS = ("one", "two", "three")
BOOK = Codebook(
    {},
    {
        **{name: replace(VIEW, id=name) for name in ITEMS},
        "all": Question("all", "number", TEXT, TEXT, index=Index(ITEMS, reversed=("three",))),
        "pair": Question("pair", "number", TEXT, TEXT, index=Index(ITEMS[:2])),
    },
)


def rows(size: int) -> pd.DataFrame:
    codes = VIEW.codes
    columns = {
        "one": [codes[i % 4] for i in range(size)],
        "two": [codes[(i + (i % 5 == 0)) % 4] for i in range(size)],
        "three": [codes[3 - (i + (i % 3 == 0)) % 4] for i in range(size)],
    }
    table = pd.DataFrame(columns).assign(respondent=range(size), wave=1, origin="survey")
    return with_computed(table, BOOK)


def test_alpha_and_omega_are_those_of_the_items_with_the_reversed_ones_turned():
    table, places = rows(60), {code: at for at, code in enumerate(VIEW.codes, start=1)}
    items = table[[*ITEMS]].replace(places).astype(float)
    items["three"] = 5 - items["three"]
    found = reliability(table, BOOK).set_index(["question", "item"])
    assert found.loc[("all", ""), "alpha"] == round(cronbach_alpha(items).alpha.value, 3)
    assert found.loc[("all", ""), "omega"] == round(mcdonald_omega(items).omega.value, 3)
    assert set(found.loc["all"].index) == {"", *ITEMS}
    # two items have no factor, and no alpha without one of them
    assert pd.isna(found.loc[("pair", ""), "omega"])
    assert found.loc["pair", "alpha_without"].isna().all()


@pytest.mark.parametrize(("size", "refused"), [(29, "few"), (30, "")])
def test_few_carry_no_coefficient(size, refused):
    table = reliability(rows(size), BOOK)
    whole = table[table["item"] == ""]
    assert set(whole["refused"]) == {refused} and whole["omega"].isna().all()


def test_items_that_all_answered_alike_carry_none():
    table = with_computed(rows(60).assign(one="good"), BOOK)
    assert set(reliability(table, BOOK)["refused"]) == {"alike"}
