"""exchange.reading.limesurvey_responses: responses as LimeSurvey's database has them."""

import shutil
import zipfile

import pytest
from exports import rules
from limesurvey_files import structure
from one_survey import FORMS, database_xml
from refusals import refusal, tells

from evaluation.exchange.reading.recognise import read_export

ASKED = [
    {
        "code": "q1",
        "type": "L",
        "text": "Hvor?",
        "answers": {"1": "Nord", "2": "Syd"},
        "other": "Y",
    },
    {"code": "q2", "type": "M", "text": "Hvad?", "sub": {"a": "Mad", "b": "Råd"}},
    {
        **{"code": "q3", "type": "1", "text": "Hvordan?", "sub": {"x": "Møde"}},
        **{"answers": {"1": "Godt"}, "second": {"1": "Ofte"}},
    },
    {"code": "q4", "type": "T", "text": "Hvorfor?"},
]
NAMES = [
    *("id", "submitdate", "lastpage", "startlanguage", "ipaddr"),
    *("123X7X1", "123X7X1other", "123X7X2a", "123X7X2b", "123X7X5x#0", "123X7X5x#1", "123X7X7"),
]
ROWS = [
    ["1", "2025-03-31 10:00:00", "2", "da", "10.0.0.1", "1", "", "Y", "", "1", "1", "Fordi {vi}"],
    ["2", "2025-03-31 11:00:00", "2", "da", "10.0.0.2", "-oth-", "Ø", "", "", "1", None, "a\nb\tc"],
    ["3", None, "1", "da", "10.0.0.3", "2", "", None, None, None, None, None],
]


def corrected(cell: str | None) -> str:
    """A cell as LimeSurvey writes it for corrections."""
    if cell is None:
        return "{question_not_shown}"
    for sign, name in (("{", "{lbrace}"), ("\n", "{newline}"), ("\t", "{tab}")):
        cell = cell.replace(sign, name)
    return cell


def for_corrections(path):
    lines = [[f"Spørgsmål {name}" for name in NAMES], NAMES]
    lines += [[corrected(cell) for cell in row] for row in ROWS]
    path.write_text("\n".join("\t".join(line) for line in lines) + "\n", "utf-8")
    return path


def archived(path):
    return path.write_text(database_xml([NAMES, *ROWS]), "utf-8")


def in_a_folder(folder, kind):
    folder.mkdir()
    structure(folder / "skema.lss", ASKED)
    if kind == "archive":
        archived(folder / "svar.lsr")
    else:
        for_corrections(folder / f"svar.{kind}")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["archive", "vv", "csv", "txt"])
def test_responses_of_the_database_are_read_by_the_numbers_of_their_questions(tmp_path, kind):
    export = read_export(in_a_folder(tmp_path / "a", kind))
    assert list(export.respondents) == ["1", "2", "3"]
    assert export.responses.to_dict("list") == {
        "q1": ["1", "other", "2"],
        "q1_other": ["", "Ø", ""],
        # who was not shown the question is not one who chose nothing
        **{"q2.a": ["1", "0", ""], "q2.b": ["0", "0", ""]},
        **{"q3_x_0": ["1", "1", ""], "q3_x_1": ["1", "", ""]},
        "q4": ["Fordi {vi}", "a\nb\tc", ""],
    }
    assert rules(export) == ["not_completed"]
    assert "ipaddr" not in export.background


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["archive", "vv"])
def test_responses_without_their_questions_are_refused_and_the_remedy_works(tmp_path, kind):
    folder = in_a_folder(tmp_path / "a", kind)
    (responses,) = folder.glob("svar.*")
    message = refusal(read_export, responses)
    tells(message, responses.name, "LimeSurvey without their questions", ".lss", "into a folder")
    both = tmp_path / "b"
    both.mkdir()
    shutil.copy(folder / "skema.lss", both)
    shutil.copy(responses, both)
    assert len(read_export(both).responses) == 3


@pytest.mark.slow
def test_an_archive_that_unpacks_to_more_than_memory_is_refused_and_the_remedy_works(
    tmp_path, monkeypatch
):
    path = FORMS["LimeSurvey, an archive"].write(tmp_path)
    monkeypatch.setattr("evaluation.exchange.reading.limesurvey.LARGEST", 1 << 10)
    tells(refusal(read_export, path), "svar.lsa", "the structure (.lss) and the responses as CSV")
    (tmp_path / "b").mkdir()
    assert len(read_export(FORMS["LimeSurvey"].write(tmp_path / "b")).responses) == 8


def test_entities_in_an_archive_are_not_followed(tmp_path):
    path = tmp_path / "svar.lsa"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(structure(tmp_path / "skema.lss", ASKED), "a.lss")
        text = database_xml([NAMES, *ROWS])
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        archive.writestr("a.lsr", bomb + text.replace("Nord", "&b;"))
    tells(refusal(read_export, path), "svar.lsr", "without entities", "or export it again")


def test_an_archive_of_a_survey_that_nobody_answered_waits_for_answers(tmp_path):
    path = tmp_path / "svar.lsa"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(structure(tmp_path / "skema.lss", ASKED), "a.lss")
    assert "no_answers" in rules(read_export(path))
