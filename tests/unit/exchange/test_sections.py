"""The sections of a questionnaire, where the program of the survey keeps them."""

import pytest
from exports import write_workbook, written
from limesurvey_files import structure

from evaluation.exchange.reading.recognise import read_export
from evaluation.exchange.reading.redcap_dictionary import NAMES


def limesurvey(folder, version):
    asked = [
        {"code": "a", "type": "N", "text": "Alder?", "group": 0},
        {"code": "b", "type": "Y", "text": "Nyttigt?", "group": 1},
    ]
    structure(folder / "s.lss", asked, version=version, groups=("Om dig", "Om mødet"))
    return folder


def older(folder):
    return limesurvey(folder, 300)


def newer(folder):
    return limesurvey(folder, 638)


def xlsform(folder):
    survey = [
        *(["type", "name", "label"], ["begin_group", "g", "Om dig"], ["integer", "a", "Alder?"]),
        *(["end_group", "", ""], ["begin_group", "h", "Om mødet"], ["begin_group", "i", "Indre"]),
        *(["integer", "b", "Hvor mange?"], ["end_group", "", ""], ["end_group", "", ""]),
        ["integer", "c", "Til sidst?"],
    ]
    write_workbook(folder / "form.xlsx", {"survey": survey, "choices": [["list_name", "name"]]})
    return folder / "form.xlsx"


def redcap(folder):
    fields = [
        {"name": "record_id", "type": "text", "text": "Record ID"},
        {"name": "a", "type": "yesno", "text": "Member?", "section": "Om dig"},
        {"name": "b", "type": "yesno", "text": "Useful?", "section": "Om mødet"},
        {
            **{"name": "c", "type": "radio", "text": "Food", "choices": "1, Good | 2, Bad"},
            **{"matrix": "m", "section": "What do you think of"},
        },
        {"name": "d", "type": "yesno", "text": "Again?"},
    ]
    rows = [[names[0] for names in NAMES.values()]]
    rows += [[field.get(part, "") for part in NAMES] for field in fields]
    (folder / "d.csv").write_bytes(written(rows, ",", "utf-8"))
    return folder / "d.csv"


@pytest.mark.parametrize(
    "make, expected",
    [
        (older, ["Om dig", "Om mødet"]),
        (newer, ["Om dig", "Om mødet"]),
        (xlsform, ["Om dig", "Om mødet", ""]),
        # the heading of a matrix is the stem of its fields
        (redcap, ["Om dig", "Om mødet", "Om mødet", "Om mødet"]),
    ],
    ids=["limesurvey-3", "limesurvey-5", "xlsform", "redcap"],
)
def test_a_question_knows_its_section(tmp_path, make, expected):
    questions = read_export(make(tmp_path)).codebook.questions
    found = {name: each.section for name, each in questions.items() if name != "record_id"}
    assert list(found.values()) == expected
