"""survey.proposals: what could be shown of questions of which most is hidden."""

import re
import shutil

import pytest
from conftest import LANGUAGES
from refusals import tells
from waved import count

from evaluation.cli import main
from evaluation.project.folder import Folder
from evaluation.scaffold.folder import create
from evaluation.scaffold.wave import add_wave
from evaluation.survey.proposals import is_much_hidden, proposals

pytestmark = pytest.mark.slow

TOWNS = {"Aarhus": 20, "Odense": 14, "Skive": 1, "Vejle": 2, "Ribe": 1, "Nyborg": 2}
HIGH, SOME, LITTLE, NOT = "I høj grad", "I nogen grad", "I mindre grad", "Slet ikke"
# before and after -> how many; one alone leaves the two highest degrees
DEGREES = {
    **{(HIGH, HIGH): 12, (HIGH, SOME): 5, (SOME, HIGH): 6, (SOME, SOME): 8},
    **{(SOME, LITTLE): 1, (LITTLE, LITTLE): 5, (NOT, NOT): 3},
}


def column(counts: dict, shift: int = 0) -> list:
    cells = [answer for answer, k in counts.items() for _ in range(k)]
    return cells[shift:] + cells[:shift]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two waves of forty known people: a question with rare options, a scale, and yes and no."""
    root = tmp_path_factory.mktemp("made")
    for wave, shift in ((1, 0), (2, 3)):
        answers = zip(
            column(TOWNS, shift),
            [pair[wave - 1] for pair in column(DEGREES)],
            column({"Ja": 30, "Nej": 10}, wave),
            strict=True,
        )
        lines = ["nr;By;Brugte du det?;Fik du hjælp?"]
        lines += [f"k{number:02};{';'.join(row)}" for number, row in enumerate(answers)]
        (root / f"{wave}.csv").write_text("\n".join(lines), "utf-8")
    create(root / "mit", root / "1.csv", "da", "nr", {"By": "options"})
    add_wave(root / "mit", root / "2.csv", "nr")
    return root / "mit"


@pytest.fixture
def folder(made, tmp_path):
    return shutil.copytree(made, tmp_path / "mit")


def pasted(root, told: str) -> None:
    """Write the lines of a proposal where it says that they stand."""
    said, *lines = told.splitlines()
    path = root / "data/raw/codebook.yml"
    text = path.read_text("utf-8").splitlines()
    row = int(re.search(r"(?:linje|line) (\d+)", said)[1])
    if "under linje" in said or "below line" in said:
        text[row:row] = lines
    else:
        after = row
        while re.match(r"\s{5,}", text[after]):
            after += 1
        text[row - 1 : after] = lines
    path.write_text("\n".join(text) + "\n", "utf-8")


def hidden(root) -> dict[str, list[bool]]:
    """Question -> which of its counts, and of its changes, a build hides."""
    folder = Folder(count(root))
    tables = [folder.read(name) for name in ("indicators", "changes")]
    return {
        name: [
            bool(each)
            for table in tables
            for each in table.loc[table["question"] == name, "suppressed"]
        ]
        for name in tables[0]["question"].unique()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lines_that_are_proposed_show_more_when_they_are_pasted(folder, capsys, language):
    config = folder / "evaluation.yml"
    config.write_text(re.sub(r"\[da\]", f"[{language}]", config.read_text("utf-8")), "utf-8")
    book = folder / "data/raw/codebook.yml"
    book.write_text(re.sub(r"( +)da:", rf"\1{language}:", book.read_text("utf-8")), "utf-8")
    before = hidden(folder)
    assert sum(before["by"]) * 2 > len(before["by"]) and is_much_hidden(Folder(folder))
    assert main(["check", str(folder)]) == 1, "what is proposed is no fault"
    printed = capsys.readouterr().out
    (told,) = [each for each in proposals(Folder(folder)) if each.startswith("by:")]
    assert printed.count(told) == 1
    pasted(folder, told)
    after = hidden(folder)
    shown = [here.count(False) for here in (before["by"], after["by"])]
    assert shown[1] > shown[0] and sum(after["by"]) * 2 <= len(after["by"])
    assert {name: after[name] for name in after if name != "by"} == {
        name: before[name] for name in before if name != "by"
    }
    assert not [each for each in proposals(Folder(folder)) if each.startswith("by:")]


def test_a_proposal_takes_the_place_of_what_joins_options_already(folder):
    (told,) = [each for each in proposals(Folder(folder)) if each.startswith("by:")]
    book = folder / "data/raw/codebook.yml"
    text = book.read_text("utf-8")
    rare = "    collapse:\n      - {code: few, label: {da: Få}, options: [ribe, skive]}\n"
    book.write_text(text.replace("    type: single\n", f"    type: single\n{rare}", 1), "utf-8")
    (again,) = [each for each in proposals(Folder(folder)) if each.startswith("by:")]
    tells(again, "i stedet for collapse i linje 4")
    assert again.splitlines()[1:] == told.splitlines()[1:]
    pasted(folder, again)
    assert not [each for each in proposals(Folder(folder)) if each.startswith("by:")]


def test_another_headline_is_proposed_where_changes_are_hidden(folder):
    found = hidden(folder)
    (proposed,) = [each for each in proposals(Folder(folder)) if "headline" in each]
    assert found["brugte_du_det"][-1]
    pasted(folder, proposed)
    assert not hidden(folder)["brugte_du_det"][-1]


def test_where_nothing_would_help_that_is_told_once_with_all_questions(folder):
    config = folder / "evaluation.yml"
    config.write_text(config.read_text("utf-8") + "\nmin_cell: 30\n", "utf-8")
    told = proposals(Folder(folder))
    named = [each for each in told if each.endswith("by, brugte_du_det, fik_du_hjaelp.")]
    assert len(named) == 1 and "udelad" in named[0]


def test_nothing_is_proposed_where_nothing_is_hidden(folder, repository):
    config = folder / "evaluation.yml"
    reason = "\nmin_cell: 1\nmin_cell_reason: {da: Til afprøvning.}\n"
    config.write_text(config.read_text("utf-8") + reason, "utf-8")
    assert proposals(Folder(folder)) == [] == proposals(Folder(repository))
    assert not is_much_hidden(Folder(count(folder)))
