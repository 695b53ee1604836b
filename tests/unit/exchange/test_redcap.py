"""exchange.reading.redcap: a data dictionary, with its records and without them."""

import shutil

import pytest
from exports import rules, told, written
from refusals import refusal, tells

from evaluation.exchange.reading.recognise import read_export
from evaluation.exchange.reading.redcap_dictionary import NAMES

HEADER = [names[0] for names in NAMES.values()]
FIELDS = [
    {"name": "record_id", "type": "text", "text": "Record ID"},
    {"name": "mail", "type": "text", "text": "Write to us at", "identifier": "y"},
    {"name": "intro", "type": "descriptive", "text": "<p>Welcome</p>"},
    {"name": "member", "type": "yesno", "text": "<b>Are you a member?</b>", "required": "y"},
    {
        **{"name": "does", "type": "checkbox", "text": "What do you do?"},
        **{"choices": "1, Cook, eat | -9, Nothing", "filter": "[member] = '1'"},
    },
    {
        **{"name": "m1", "type": "radio", "text": "The food", "choices": "1, Good | 2, Bad"},
        **{"matrix": "opinion", "section": "What do you think of", "filter": "[does(1)] = '1'"},
    },
    {
        **{"name": "m2", "type": "radio", "text": "The room", "choices": "1, Good | 2, Bad"},
        **{"matrix": "opinion", "filter": "[member] = '1' and [does(1)] = '1'"},
    },
    {"name": "age", "type": "text", "text": "Age", "format": "integer"},
    {"name": "photo", "type": "file", "text": "A photo"},
]
NAMED = [
    *("record_id", "redcap_survey_identifier", "skema_timestamp", "mail", "member", "does___1"),
    *("does____9", "m1", "m2", "age", "photo", "skema_complete"),
]
RECORDS = [
    ["1", "", "2025-03-31 10:00", "a@b.dk", "1", "1", "0", "2", "1", "34", "x.jpg", "2"],
    ["2", "", "2025-03-31 11:00", "c@d.dk", "0", "0", "0", "", "", "", "", "2"],
]
LABELS = [
    *("Record ID", "Survey Identifier", "Survey Timestamp", "Write to us at"),
    *("Are you a member?", "What do you do? (choice=Cook, eat)"),
    *("What do you do? (choice=Nothing)", "The food", "The room", "Age", "A photo", "Complete?"),
]
WORDED = [
    [
        *("1", "", "2025-03-31 10:00", "a@b.dk", "Yes", "Checked", "Unchecked", "Bad", "Good"),
        *("34", "x.jpg", "Complete"),
    ],
    [
        *("2", "", "2025-03-31 11:00", "c@d.dk", "No", "Unchecked", "Unchecked", "", "", "", ""),
        "Complete",
    ],
]


def dictionary(path, fields=FIELDS, at=0):
    rows = [[names[at] for names in NAMES.values()]]
    rows += [[field.get(part, "") for part in NAMES] for field in fields]
    path.write_bytes(written(rows, ",", "utf-8"))
    return path


def project(folder, header=NAMED, rows=RECORDS, at=0):
    folder.mkdir()
    dictionary(folder / "dictionary.csv", at=at)
    (folder / "records.csv").write_bytes(written([header, *rows], ",", "utf-8"))
    return folder


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize(("header", "rows"), [(NAMED, RECORDS), (LABELS, WORDED)])
def test_records_are_what_the_dictionary_says_of_them(tmp_path, header, rows, at):
    export = read_export(project(tmp_path / "a", header, rows, at))
    assert export.format == "REDCap"
    asked = export.codebook.questions
    assert {name: question.type for name, question in asked.items()} == {
        **{"member": "single", "does": "multiple", "m1": "single", "m2": "single"},
        "age": "number",
    }
    assert export.responses.to_dict("list") == {
        **{"member": ["1", "0"], "does.1": ["1", "0"], "does.minus_9": ["0", "0"]},
        **{"m1": ["2", ""], "m2": ["1", ""], "age": ["34", ""]},
    }
    assert list(export.respondents) == ["1", "2"]
    assert asked["member"].question == {"en": "Are you a member?"}
    assert asked["member"].required and not asked["does"].required
    assert [option.label["en"] for option in asked["does"].options] == ["Cook, eat", "Nothing"]
    assert asked["does"].base == ("member", "1")
    assert asked["m1"].base == ("does", "1")
    assert export.codebook.groups["opinion"].question == {"en": "What do you think of"}
    assert {asked["m1"].group, asked["m2"].group} == {"opinion"}
    assert told(export, "filter_left_out") == [("m2", FIELDS[6]["filter"])]


def test_what_the_dictionary_calls_an_identifier_is_kept_out_and_told(tmp_path):
    export = read_export(project(tmp_path / "a"))
    assert told(export, "identity_beside") == [("", "mail")]
    assert told(export, "file_upload_left_out") == [("photo", "")]
    assert "not_described" not in rules(export)


def test_a_dictionary_alone_waits_for_its_records(tmp_path):
    export = read_export(dictionary(tmp_path / "dictionary.csv"))
    assert "no_answers" in rules(export)
    assert list(export.codebook.questions) == ["member", "does", "m1", "m2", "age"]


@pytest.mark.parametrize(
    ("field", "parts"),
    [
        ({"type": "hologram"}, ("type of a field", "hologram")),
        ({"type": "radio", "choices": "Good | Bad"}, ("1, Yes | 2, No", "Good | Bad")),
        ({"type": "radio", "choices": ""}, ("codes and labels",)),
    ],
)
def test_a_field_that_cannot_be_read_is_refused_with_its_row_and_the_remedy_works(
    tmp_path, field, parts
):
    wrong = [FIELDS[0], {"name": "x", "text": "X", **field}]
    path = dictionary(tmp_path / "dictionary.csv", wrong)
    tells(refusal(read_export, path), "dictionary.csv", "row 3", *parts, "export the data diction")
    assert read_export(dictionary(path)).format == "REDCap"


def test_a_checkbox_with_another_sign_is_refused_with_its_row(tmp_path):
    rows = [[*RECORDS[0][:5], "maybe", *RECORDS[0][6:]]]
    folder = project(tmp_path / "a", rows=rows)
    tells(refusal(read_export, folder), "records.csv", "row 2", "does___1", "maybe", "Remedy: ")
    shutil.rmtree(folder)
    assert len(read_export(project(folder)).responses) == 2
