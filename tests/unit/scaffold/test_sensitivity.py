"""new, add-wave: questions that look sensitive are marked until somebody decides."""

import re
from pathlib import Path

import pytest
from refusals import tells

from evaluation.cli import main
from evaluation.language.texts import LANGUAGES
from evaluation.project.doubts import FILE as DOUBTS
from evaluation.project.folder import Folder
from evaluation.scaffold.folder import create
from evaluation.scaffold.wave import add_wave
from evaluation.survey.check import check

pytestmark = pytest.mark.slow

ILL, UNION, USEFUL = (
    "Har du en kronisk sygdom?",
    "Er du medlem af en fagforening?",
    "Var det nyttigt?",
)
BOOK = "data/raw/codebook.yml"


def export(path: Path, *headings: str, answers=("Ja", "Nej")) -> Path:
    """Twenty who give each question one of the answers in turn."""
    rows = [
        ";".join(answers[(number + at) % len(answers)] for at, _ in enumerate(headings))
        for number in range(20)
    ]
    path.write_text("\n".join([";".join(headings), *rows]), "utf-8")
    return path


@pytest.fixture
def folder(tmp_path):
    """Made of an export that asks of an illness."""
    create(tmp_path / "mit", export(tmp_path / "svar.csv", ILL, USEFUL))
    return Folder(tmp_path / "mit")


def marks(folder: Folder) -> dict[str, bool | None]:
    return {
        question.question["da"]: question.sensitive
        for question in folder.codebook().questions.values()
    }


def problems(folder: Folder, kind: str) -> list[tuple[str | None, str | None]]:
    return [(each.column, each.value) for each in check(folder) if each.kind == kind]


def test_a_question_that_looks_sensitive_is_marked_and_doubted(folder):
    assert marks(folder) == {ILL: True, USEFUL: None}
    ((doubt, _),) = folder.doubts()
    (asked, _) = folder.codebook().questions
    assert doubt.about == asked
    tells(doubt.told, asked, "(kronisk)")
    tells(doubt.change, "sensitive: false", asked, BOOK)
    assert "(kronisk)" in re.sub(r"\\", "", (folder.root / "REVIEW.md").read_text("utf-8"))
    assert problems(folder, "doubt") == [("population", None), (asked, None)]
    # whoever was told of a doubt needs no second warning
    assert problems(folder, "sensitive") == []


def test_what_the_doubt_says_to_change_works(folder):
    book = folder.root / BOOK
    book.write_text(book.read_text("utf-8").replace("sensitive: true", "sensitive: false"), "utf-8")
    (folder.root / DOUBTS).unlink()
    assert marks(folder) == {ILL: False, USEFUL: None}
    assert problems(folder, "sensitive") == []
    assert problems(folder, "doubt") == [("population", None)]


def test_a_question_that_nobody_decided_is_told_until_somebody_does(folder, capsys):
    book = folder.root / BOOK
    text = book.read_text("utf-8")
    (folder.root / DOUBTS).unlink()
    book.write_text(re.sub(r"\n +sensitive: true", "", text), "utf-8")
    (asked, _) = folder.codebook().questions
    assert problems(folder, "sensitive") == [(None, "kronisk")]
    (told,) = [each for each in check(folder) if each.kind == "sensitive"]
    assert f"id: {asked}" in book.read_text("utf-8").splitlines()[told.row - 1]
    assert main(["check", str(folder.root)]) == 1
    tells(capsys.readouterr().out, BOOK, "kronisk", "sensitive: true", "sensitive: false")
    settings = folder.root / "evaluation.yml"
    reason = "\n".join(f"  {language}: ja" for language in LANGUAGES)
    settings.write_text(
        settings.read_text("utf-8") + f"\nmin_cell: 1\nmin_cell_reason:\n{reason}\n", "utf-8"
    )
    assert problems(folder, "sensitive") == []


def test_a_new_question_of_a_later_wave_is_marked_and_what_was_decided_stays(folder, tmp_path):
    book = folder.root / BOOK
    book.write_text(book.read_text("utf-8").replace("sensitive: true", "sensitive: false"), "utf-8")
    again = export(tmp_path / "igen.csv", ILL, USEFUL, UNION, answers=("Nej", "Nej", "Ja"))
    told = add_wave(folder.root, again)
    assert marks(folder) == {ILL: False, USEFUL: None, UNION: True}
    *_, new = folder.codebook().questions
    (last, _) = folder.doubts()[-1]
    assert (last.about, len(folder.doubts())) == (new, 2)
    tells(last.change, f"sensitive: false i stedet for true ved {new}")
    tells("\n".join(told), f"{new} (fagforening)")


def test_the_doubt_of_a_new_question_names_it_as_the_folder_does(tmp_path):
    """The folder has a question of that name already, with other answers."""
    rows = [f"{('Før', 'Aldrig')[number % 2]};{('Ja', 'Nej')[number % 2]}" for number in range(20)]
    (tmp_path / "svar.csv").write_text("\n".join([f"{UNION};{USEFUL}", *rows]), "utf-8")
    create(tmp_path / "mit", tmp_path / "svar.csv")
    folder = Folder(tmp_path / "mit")
    add_wave(folder.root, export(tmp_path / "igen.csv", UNION, USEFUL))
    before, _, new = folder.codebook().questions
    assert before != new and new.startswith(before)
    told = {doubt.about: doubt.change for doubt, _ in folder.doubts()}
    tells(told[new], f"ved {new} i {BOOK}")
