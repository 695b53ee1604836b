"""new, add-wave: questions about who answers are marked and fill a table."""

import pytest
from refusals import tells
from waved import count, show

from evaluation.project.codebook import Codebook, Option, Question
from evaluation.project.folder import Folder
from evaluation.scaffold.folder import create
from evaluation.scaffold.inference import Doubt
from evaluation.scaffold.respondents import MOST, with_backgrounds
from evaluation.scaffold.wave import add_wave

SCALE = ("Meget tilfreds", "Tilfreds", "Hverken eller", "Utilfreds", "Meget utilfreds")
ASKED = {
    "Køn": ("Kvinde", "Mand"),
    "Hvilken kommune bor du i?": ("Odense", "Nyborg", "Assens"),
    "Hvor tilfreds er du?": SCALE,
}


def marked(kind="single", several=3, **fields) -> bool:
    options = tuple(Option(f"o{at}", {"en": f"Place {at}"}) for at in range(several))
    text = {"en": "Which municipality do you live in?"}
    asked = Question("place", kind, text, text, options, **fields)
    book, _ = with_backgrounds(Codebook({}, {"place": asked}), ())
    return book.questions["place"].background


def test_only_what_makes_groups_is_marked():
    assert marked() and marked(several=MOST)
    assert not marked(several=1) and not marked(several=MOST + 1)
    assert not marked("multiple") and not marked("text", 0) and not marked("number", 0)
    # what is judged on a scale, or beside other things
    assert not marked("ordinal") and not marked(group="battery")


def test_groups_need_no_order_and_other_doubts_stay():
    text, options = {"en": "Gender"}, tuple(Option(code, {"en": code}) for code in "abc")
    book = Codebook({}, {name: Question(name, "single", text, text, options) for name in ("g",)})
    _, doubts = with_backgrounds(book, (Doubt("no_order", "g"), Doubt("sensitive", "g")))
    assert [(each.rule, each.named) for each in doubts] == [
        ("sensitive", "g"),
        ("background", "g (gender)"),
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("who")
    create(root / "mit", export(root / "svar.csv", ASKED))
    count(root / "mit")
    return Folder(root / "mit")


def export(path, asked, turn=9):
    """Forty who give each question one of its answers, in turns that shift every so many."""
    rows = [
        ";".join(answers[(number + number // turn) % len(answers)] for answers in asked.values())
        for number in range(40)
    ]
    path.write_text("\n".join([";".join(asked), *rows]), "utf-8")
    return path


@pytest.mark.slow
def test_a_marked_question_is_told_with_the_line_to_change(folder):
    book = folder.codebook()
    assert [each.id for each in book.backgrounds] == ["koen", "hvilken_kommune_bor_du_i"]
    told = {doubt.about: doubt for doubt, _ in folder.doubts()}
    tells(told["koen"].told, "koen (køn)")
    tells(told["koen"].change, "background: false", "koen", "data/raw/codebook.yml")
    path = folder.root / "data/raw/codebook.yml"
    before = path.read_text("utf-8")
    path.write_text(before.replace("background: true", "background: false"), "utf-8")
    assert folder.codebook().backgrounds == []
    path.write_text(before, "utf-8")


@pytest.mark.slow
def test_one_table_tells_who_answered_and_no_other_chapter_does(folder):
    shown = show(folder.root / "notebooks/29_respondents.ipynb", "da")
    source = shown["tbl-block-29"].source
    assert source.count("Køn") == source.count("Hvilken kommune bor du i?") == 1
    for answer in (*ASKED["Køn"], *ASKED["Hvilken kommune bor du i?"]):
        assert f"| {answer} |" in source
    assert "13 af 40" in source.replace("\u00a0", " ")
    (largest,) = [value for name, value in shown.items() if "largest" in name]
    tells(str(largest), "”Køn”", "”Hvilken kommune bor du i?”")
    others = sorted((folder.root / "notebooks").glob("3*_answers.ipynb"))
    assert others
    for path in others:
        assert "koen" not in path.read_text("utf-8")


@pytest.mark.slow
def test_a_later_wave_may_ask_who_answers_for_the_first_time(tmp_path):
    first = {"Hvor tilfreds er du?": SCALE}
    create(tmp_path / "mit", export(tmp_path / "a.csv", first))
    folder = Folder(tmp_path / "mit")
    assert not (folder.root / "notebooks/29_respondents.ipynb").exists()
    again = first | {"Alder": ("18-29", "30-49", "50+")}
    add_wave(folder.root, export(tmp_path / "b.csv", again, turn=7))
    count(folder.root)
    shown = show(folder.root / "notebooks/29_respondents.ipynb", "da")
    assert "Alder" in shown["tbl-block-29"].source
    for wave in (1, 2):
        show(folder.root / "notebooks/29_respondents.ipynb", "da", wave=wave)
