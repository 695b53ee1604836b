"""open answers: coded on a sheet, counted as respondents, quoted where approved."""

import pandas as pd
import pytest
from refusals import refusal, tells

from evaluation.project.codebook import Codebook, Option, Question
from evaluation.survey import open_answers
from evaluation.survey import responses as survey
from evaluation.survey.indicators import indicators
from evaluation.survey.waves import indicators_by_wave

ANSWERS = {
    "1": "Mødet var godt",
    "2": "For langt, men godt",
    "3": "",
    "4": "Ring til Ahmed på 40 12 34 56",
    "5": "=SUM(1)",
    "6": "godt",
}


def named(text: str) -> dict[str, str]:
    return {"da": text, "en": text}


@pytest.fixture
def codebook():
    codes = (Option("good", named("Godt")), Option("long", named("Langt")))
    wrote = Question("wrote", "text", named("Hvad synes du?"), named("Mening"))
    sorted_as = Question(
        "meaning", "multiple", named("Hvad synes du?"), named("Mening"), codes, coding_of="wrote"
    )
    return Codebook({}, {"wrote": wrote, "meaning": sorted_as})


@pytest.fixture
def rows():
    return pd.DataFrame(
        {"respondent": list(ANSWERS), "wave": 1, "wrote": list(ANSWERS.values())},
        index=range(2, 2 + len(ANSWERS)),
    ).astype({"wave": "Int64"})


@pytest.fixture
def responses(rows, codebook):
    return survey.responses(rows, codebook, "data/raw/survey.csv")


@pytest.fixture
def coding(rows, codebook):
    """The sheet of four coders' hours: one answer is not coded yet."""
    sheet = open_answers.sheet(rows, codebook).reset_index(drop=True)
    sheet.index += 2
    sheet["codes"] = ["good", "long; good", "", "long", "good"]
    sheet["approved"] = ["yes", "no", "yes", "yes", "yes"]
    return sheet


def test_the_sheet_holds_every_answer_once(rows, codebook):
    sheet = open_answers.sheet(rows, codebook)
    assert list(sheet.columns) == ["question", "respondent", "wave", "answer", "codes", "approved"]
    assert dict(zip(sheet["respondent"], sheet["answer"], strict=True)) == {
        name: answer for name, answer in ANSWERS.items() if answer
    }
    assert set(sheet["codes"]) | set(sheet["approved"]) == {""}


def test_codes_are_counted_by_respondents_among_those_coded(responses, coding, codebook):
    table = indicators(open_answers.coded(responses, coding, codebook), codebook, 10)
    counts = {row.option: (row.k, row.n) for row in table.itertuples()}
    # four answers are coded; one of them has two codes
    assert counts == {"good": (3, 4), "long": (2, 4)}
    bounds = table.set_index("option")[["lower_bound", "upper_bound"]]
    # nobody knows what the six others would have written
    assert bounds.loc["good"].tolist() == [3, 9]


def test_only_approved_answers_are_quoted_and_what_names_a_person_is_masked(
    responses, coding, codebook
):
    masks = {"phone": "[telefon]", "name": "[navn]"}
    answers = open_answers.masked(responses, codebook, masks, ("Ahmed",))
    coded = open_answers.coded(responses, coding, codebook)
    published = indicators_by_wave(coded, codebook, 10, 1)
    quoted = open_answers.quotations(answers, coding, codebook, published)
    assert quoted["answer"].tolist() == [
        "Ring til [navn] på [telefon]",
        "Mødet var godt",
        "godt",
        "=SUM(1)",
    ]
    assert quoted["codes"].tolist() == ["", "good", "good", "long"]
    assert "respondent" not in quoted


def test_a_hidden_count_is_not_told_by_its_quotations(responses, coding, codebook):
    coded = open_answers.coded(responses, coding, codebook)
    published = indicators_by_wave(coded, codebook, 10, 1)
    published["suppressed"] = published["option"] == "long"
    quoted = open_answers.quotations(responses, coding, codebook, published)
    assert "=SUM(1)" in quoted["answer"].tolist()
    assert not quoted["codes"].str.contains("long").any()


@pytest.mark.parametrize(
    "column, value, told",
    [
        ("question", "meaning", ["row 2, column question", "is an open question", "wrote"]),
        ("respondent", "3", ["row 2, column respondent", "answered wrote in wave 1", "'3'"]),
        ("answer", "Mødet var skidt", ["row 2, column answer", "is the answer in the survey"]),
        ("codes", "good;goood", ["row 2, column codes", "'goood'", "use good, long"]),
    ],
)
def test_a_row_that_does_not_fit_the_survey_is_refused(
    responses, coding, codebook, column, value, told
):
    coding.loc[2, column] = value
    message = refusal(open_answers.coded, responses, coding, codebook)
    assert tells(message, "data/raw/open_answers.csv", *told)
    assert "skidt" not in message  # an answer does not go into logs


@pytest.mark.slow
def test_line_ends_of_a_spreadsheet_do_not_change_an_answer(responses, coding, codebook):
    responses["wrote"] = responses["wrote"].replace("Mødet var godt", "Mødet\nvar godt")
    coding.loc[2, "answer"] = "Mødet\r\nvar  godt"
    assert open_answers.coded(responses, coding, codebook)["meaning.good"].iloc[0]
