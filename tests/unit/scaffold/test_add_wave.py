"""new, add-wave: several waves of a survey in one folder, whole or not at all."""

import csv
import io
import random
import re
import shutil
from functools import partial
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from conftest import LANGUAGES
from exports import sample
from pipe_tables import cells
from refusals import refusal, tells
from waved import contents, count, show

from evaluation.cli import main
from evaluation.language.texts import texts
from evaluation.notebook import inline, ledger
from evaluation.notebook.execute import execute
from evaluation.project import parameters
from evaluation.project.folder import Folder
from evaluation.publish.embedded.book import read_book
from evaluation.report.chapters import open_answers, questions, waves
from evaluation.report.report import open_report
from evaluation.scaffold.folder import create
from evaluation.scaffold.keys import apart, known_again
from evaluation.scaffold.wave import add_wave
from evaluation.survey.check import check

pytestmark = pytest.mark.slow

SCALE = ("Enig", "Hverken/eller", "Uenig", "Ved ikke")
HEADER = ["mail", "Møderne er nyttige", "Har du fået hjælp?", "Alder", "Hvilken by?"]


def answers(wave: int, number: int) -> dict[str, str]:
    """What a person answers in a wave; most answer the same again, and some do not."""
    turned = number * 7 + (wave - 1) * (number % 4)
    return {
        "mail": f"p{number:02d}@example.org",
        "Møderne er nyttige": SCALE[turned % 4],
        "Har du fået hjælp?": "Ja" if turned % 3 else "Nej",
        "Alder": str(30 + number + wave),
        "Hvilken by?": ("Aarhus", "Odense")[turned % 2],
    }


def rows_of(wave: int, numbers=range(40)) -> list[dict[str, str]]:
    return [answers(wave, number) for number in numbers]


def exported(root: Path, name: str, rows: list[dict[str, str]], header=None) -> Path:
    """An export in semicolons from rows of cells by heading."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, header or list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    (root / name).write_text(stream.getvalue(), "utf-8-sig")
    return root / name


@pytest.fixture
def write(tmp_path):
    return partial(exported, tmp_path)


@pytest.fixture(scope="module")
def one_wave(tmp_path_factory):
    root = tmp_path_factory.mktemp("one")
    create(root / "mit", exported(root, "first.csv", rows_of(1)), key="mail")
    return root / "mit"


@pytest.fixture
def folder(one_wave, tmp_path):
    """A folder of one wave, whose respondents are known by their address."""
    return shutil.copytree(one_wave, tmp_path / "mit")


def survey(folder) -> pd.DataFrame:
    return pd.read_csv(folder / "data/raw/survey.csv", dtype=str, keep_default_na=False)


# who is who


def test_with_a_key_the_same_people_are_the_same_respondents(folder, write):
    told = "\n".join(add_wave(folder, write("b.csv", rows_of(2, range(5, 50))), "mail"))
    table = survey(folder)
    ids = {wave: set(part["respondent"]) for wave, part in table.groupby("wave")}
    assert {wave: len(part) for wave, part in ids.items()} == {"1": 40, "2": 45}
    assert len(ids["1"] & ids["2"]) == 35
    tells(told, "Antal respondenter: 45.", "måling 2", "35 af dem")
    assert "mail" not in Folder(folder).codebook().questions, "who is who is no question"


def test_a_column_of_a_wave_is_read_as_its_owner_says(folder, write):
    rows = [row | {"Kode": "AB"[n % 2]} for n, row in enumerate(rows_of(2))]
    export = ["add-wave", str(folder), "--from", str(write("b.csv", rows)), "--key", "mail"]
    assert main([*export, "--read", "Koden=text"]) == 2
    assert main([*export, "--read", "Kode=technical"]) == 0
    assert "kode" not in Folder(folder).codebook().questions


def test_without_a_key_nobody_is_taken_for_anybody(tmp_path, write):
    rows = [row | {"id": str(n)} for n, row in enumerate(rows_of(1))]
    later = [row | {"id": str(n)} for n, row in enumerate(rows_of(2))]
    create(tmp_path / "mit", write("a.csv", rows))
    told = "\n".join(add_wave(tmp_path / "mit", write("b.csv", later)))
    table = survey(tmp_path / "mit")
    assert table["respondent"].is_unique and len(table) == 80
    tells(told, "Ingen af dem kan genkendes", "tværsnit")


@pytest.mark.parametrize("wave", [2, 3, 12])
@pytest.mark.parametrize(
    "taken", [set(), {"1", "2"}, {"wave2:1"}, {"wave3:1", "wave3::2"}, {"wave12:1", "wave2::1"}]
)
def test_ids_of_a_wave_without_a_key_collide_with_none(wave, taken):
    made = apart(pd.Series(["1", "2", ":1", "wave2:1"]), wave, taken)
    assert made.is_unique and taken.isdisjoint(made)


def test_a_folder_without_a_key_is_not_matched_by_one(tmp_path, write):
    create(tmp_path / "mit", write("a.csv", rows_of(1)))
    before = contents(tmp_path / "mit")
    message = refusal(add_wave, tmp_path / "mit", write("b.csv", rows_of(2)), "mail")
    tells(message, "evaluation.yml", "not identified by a key", "leave --key out")
    assert contents(tmp_path / "mit") == before


# errors


@pytest.mark.parametrize(
    ("change", "key", "parts"),
    [
        (lambda rows: rows[3].update(mail=""), "mail", ("row 5, column mail", "not empty")),
        (
            lambda rows: rows[3].update(mail="p00@example.org"),
            "mail",
            ("row 5, column mail", "once in a wave", "p00@example.org"),
        ),
        (
            lambda rows: rows[3].update(mail="wave2:1"),
            "mail",
            ("row 5, column mail", "wave without keys"),
        ),
        (lambda rows: None, "cpr", ("a column of the export", "mail", "column cpr")),
        (lambda rows: rows.clear(), "mail", ()),
    ],
)
def test_a_wave_that_cannot_be_used_changes_no_file(folder, write, change, key, parts):
    rows = rows_of(2)
    change(rows)
    before = contents(folder)
    tells(refusal(add_wave, folder, write("b.csv", rows, HEADER), key), "b.csv", *parts)
    assert contents(folder) == before


def test_the_same_answers_are_not_added_twice(folder, write):
    first, second = write("a.csv", rows_of(1)), write("b.csv", rows_of(2))
    before = contents(folder)
    tells(refusal(add_wave, folder, first, "mail"), "all those of wave 1")
    assert contents(folder) == before
    add_wave(folder, second, "mail")
    before = contents(folder)
    tells(refusal(add_wave, folder, second, "mail"), "all those of wave 2")
    # without a key, and with what was answered after the first export
    tells(refusal(add_wave, folder, second), "all those of wave 2")
    longer = write("c.csv", rows_of(2, range(43))[::-1])
    tells(refusal(add_wave, folder, longer, "mail"), "all those of wave 2")
    assert contents(folder) == before


def test_the_same_answers_without_a_key_are_not_added_twice(tmp_path, write):
    create(tmp_path / "mit", write("a.csv", rows_of(1)))
    second = write("b.csv", rows_of(2))
    add_wave(tmp_path / "mit", second)
    tells(refusal(add_wave, tmp_path / "mit", second), "all those of wave 2")


def test_a_question_that_was_told_apart_is_known_again(tmp_path, write):
    # answers that few gave look like options, and those of the next wave like a text
    def rows(wave):
        said = [f"Vi mangler nummer {number} af {wave}" for number in range(40)]
        what = ("Mad", "Tid") * 20 if wave == 1 else said
        return [
            {**row, "Hvad mangler I?": told} for row, told in zip(rows_of(wave), what, strict=True)
        ]

    root = tmp_path / "mit"
    create(root, write("a.csv", rows(1)), key="mail")
    add_wave(root, write("b.csv", rows(2)), "mail")
    before = contents(root)
    again = refusal(add_wave, root, write("b.csv", rows(2)), "mail")
    assert tells(again, "all those of wave 2") and contents(root) == before
    add_wave(root, write("c.csv", rows(3)), "mail")
    asked = [name for name in Folder(root).codebook().questions if name.startswith("hvad_mangler")]
    assert asked == ["hvad_mangler_i", "hvad_mangler_i_2"]
    assert survey(root)["hvad_mangler_i_2"].str.contains("af 3").sum() == 40


def test_another_survey_is_no_wave(folder, write):
    before = contents(folder)
    rows = [{"Farve": ("Rød", "Grøn")[n % 2], "Antal": str(n)} for n in range(20)]
    tells(refusal(add_wave, folder, write("b.csv", rows)), "b.csv", "asks a question", "new")
    assert contents(folder) == before


def test_an_answer_that_a_filter_keeps_out_is_refused_with_its_place(folder, write):
    path = folder / "data/raw/codebook.yml"
    text = path.read_text("utf-8")
    base = "\n    base: {question: har_du_faaet_hjaelp, option: ja}"
    path.write_text(re.sub(r"(  - id: hvilken_by\n    type: single)", rf"\1{base}", text), "utf-8")
    table = survey(folder)
    table.loc[table["har_du_faaet_hjaelp"] == "nej", "hvilken_by"] = ""
    table.to_csv(folder / "data/raw/survey.csv", index=False)
    before = contents(folder)
    tells(
        refusal(add_wave, folder, write("b.csv", rows_of(2)), "mail"),
        "b.csv, row 2, column hvilken_by",
        "asked of those who answered ja to har_du_faaet_hjaelp",
    )
    assert contents(folder) == before


def test_a_file_that_cannot_be_replaced_leaves_the_others_as_they_were(folder, write, monkeypatch):
    from evaluation.base import whole_files as module

    replace, done = module.os.replace, []

    def failing(source, target):
        if str(target).endswith("_quarto.yml") and ".new-files-" not in str(target) and not done:
            done.append(target)
            raise PermissionError(13, "Permission denied", str(target))
        replace(source, target)

    before = contents(folder)
    monkeypatch.setattr(module.os, "replace", failing)
    tells(refusal(add_wave, folder, write("b.csv", rows_of(2)), "mail"), "Permission denied")
    assert done and contents(folder) == before


# what stays


def test_what_the_author_wrote_stays(folder, write):
    codebook, config = folder / "data/raw/codebook.yml", folder / "evaluation.yml"
    codebook.write_text(
        "# mine\n"
        + codebook.read_text("utf-8").replace("type: ordinal", "type: ordinal  # asked of all"),
        "utf-8",
    )
    config.write_text(
        config.read_text("utf-8").replace("population: null", "population: 72"), "utf-8"
    )
    rows = [row | {"Nyt spørgsmål?": ("Ja", "Nej")[n % 2]} for n, row in enumerate(rows_of(2))]
    before, declared = codebook.read_text("utf-8"), config.read_text("utf-8")
    add_wave(folder, write("b.csv", rows), "mail")
    assert codebook.read_text("utf-8").startswith(before), "what is new stands below"
    changed = [
        (old, new)
        for old, new in zip(
            declared.splitlines(), config.read_text("utf-8").splitlines(), strict=True
        )
        if old != new
    ]
    assert changed == [
        ("population: 72", "population: {1: 72, 2: null}"),
        ("    value: 1", "    value: 2"),
    ]


def test_the_rows_of_earlier_waves_stay_byte_for_byte(folder, write):
    path = folder / "data/raw/survey.csv"
    quoted = path.read_bytes().replace(b"p00@example.org", b'"p00@example.org"').rstrip(b"\n")
    path.write_bytes(quoted)
    add_wave(folder, write("b.csv", rows_of(2)), "mail")
    assert path.read_bytes().startswith(quoted + b"\n")
    assert len(Folder(folder).read_survey()) == 80


@pytest.mark.parametrize("new", [False, True])
def test_an_answer_is_text_in_a_spreadsheet_and_itself_in_the_library(tmp_path, write, new):
    texts = ["=1+1", "'=x", "@SUM(A1)", "- nej", 'et, "to"', "a\rb"]
    rows = [row | {"Andet?": texts[n % 6] + f" {n}"} for n, row in enumerate(rows_of(1))]
    create(tmp_path / "mit", write("a.csv", rows), key="mail")
    rows = [row | {"Andet?": texts[n % 5] + f" {n + 1}"} for n, row in enumerate(rows_of(2))]
    rows = [row | ({"Nyt?": ("Ja", "Nej")[n % 2]} if new else {}) for n, row in enumerate(rows)]
    add_wave(tmp_path / "mit", write("b.csv", rows), "mail")
    raw = survey(tmp_path / "mit")
    assert not raw["andet"].str.contains("^[=@+-]").any()
    table = Folder(tmp_path / "mit").read_survey()
    second = table.loc[table["wave"] == 2, "andet"].tolist()
    assert second == [row["Andet?"] for row in rows]


def test_with_new_questions_the_earlier_answers_stay_cell_for_cell(folder, write):
    before = survey(folder)
    rows = [row | {"Nyt spørgsmål?": ("Ja", "Nej")[n % 2]} for n, row in enumerate(rows_of(2))]
    add_wave(folder, write("b.csv", rows), "mail")
    after = survey(folder)
    assert (after.loc[after["wave"] == "1", list(before)] == before).all(axis=None)
    assert (after.loc[after["wave"] == "1", "nyt_spoergsmaal"] == "").all()


def test_open_answers_are_added_to_the_sheet_on_which_people_code(tmp_path, write):
    rows = [
        row | {"Andet?": f"Svar nummer {n}" if n % 3 else ""} for n, row in enumerate(rows_of(1))
    ]
    create(tmp_path / "mit", write("a.csv", rows), key="mail")
    sheet = tmp_path / "mit/data/raw/open_answers.csv"
    sheet.write_text(sheet.read_text("utf-8").replace("nummer 1,,", "nummer 1,,yes"), "utf-8")
    codebook = tmp_path / "mit/data/raw/codebook.yml"
    sorting = (
        "  - id: sorted\n    type: multiple\n    question: {da: Andet?}\n    label: {da: Andet}\n"
    )
    sorting += "    coding_of: andet\n    options:\n      - {code: praise, label: {da: Ros}}\n"
    codebook.write_text(codebook.read_text("utf-8") + sorting, "utf-8")
    before = sheet.read_bytes()
    rows = [row | {"Andet?": f"Nyt, {n}" if n % 2 else ""} for n, row in enumerate(rows_of(2))]
    told = "\n".join(add_wave(tmp_path / "mit", write("b.csv", rows), "mail"))
    assert "sorted" not in told, "nobody is asked for the codes"
    assert sheet.read_bytes().startswith(before)
    added = pd.read_csv(sheet, dtype=str, keep_default_na=False).iloc[-20:]
    assert set(added["wave"]) == {"2"} and set(added["approved"]) == {""}
    assert added["answer"].tolist() == [f"Nyt, {n}" for n in range(1, 40, 2)]
    count(tmp_path / "mit")
    for wave, approved in ((1, 1), (2, 0)):
        found = open_answers.quotations(open_report("da", tmp_path / "mit", wave), "andet")
        assert found.source.count("Svar nummer 1") == approved


# questions


def test_the_order_of_rows_and_columns_of_an_export_does_not_matter(folder, tmp_path, write):
    shutil.copytree(folder, tmp_path / "other")
    add_wave(folder, write("b.csv", rows_of(2)), "mail")
    add_wave(tmp_path / "other", write("c.csv", rows_of(2)[::-1], HEADER[::-1]), "mail")
    tables = [
        survey(each).sort_values(["wave", "respondent"]) for each in (folder, tmp_path / "other")
    ]
    assert tables[0].to_numpy().tolist() == tables[1].to_numpy().tolist()


STRUCTURE = "questionName;variableName;questionType;subType;questionText;choiceValue;choiceText"


def surveyxact(path, asked: dict[str, tuple[str, dict[str, str]]], rows: list[list]):
    """An export of SurveyXact; asked: variable -> (wording, code -> label), the key first."""
    path.mkdir()
    lines = [STRUCTURE, "nr;nr;Open;String;Nummer;;"]
    lines += [f"{name};{name};Closed;Single;{text};;" for name, (text, _) in asked.items()]
    (path / "structure.csv").write_text("\n".join(lines), "utf-8-sig")
    labels = [
        f"{name};{code};{label}"
        for name, (_, codes) in asked.items()
        for code, label in codes.items()
    ]
    (path / "labels.csv").write_text("\n".join(labels), "utf-8-sig")
    data = [";".join(["nr", *asked]), *(";".join(map(str, row)) for row in rows)]
    (path / "dataset.csv").write_text("\n".join(data), "utf-8-sig")
    return path


YES_NO = {"1": "Ja", "2": "Nej"}
DEGREES = {"1": "I høj grad", "2": "I nogen grad", "3": "I mindre grad", "4": "Slet ikke"}
FIRST = {"s_1": ("Er du med?", YES_NO), "s_2": ("Bliver du hørt?", DEGREES)}


@pytest.fixture
def second(tmp_path):
    """Add a wave with these questions to a folder with `FIRST`; returns what is told, the folder
    and the answers of the wave by question."""

    def second(asked, code=lambda n, name: str(1 + n % 2)):
        rows = [[f"r{n}", 1 + n % 2, 1 + n % 4] for n in range(24)]
        create(tmp_path / "mit", surveyxact(tmp_path / "a", FIRST, rows), key="nr")
        rows = [[f"r{n}", *(code(n, name) for name in asked)] for n in range(24)]
        told = add_wave(tmp_path / "mit", surveyxact(tmp_path / "b", asked, rows), "nr")
        table = survey(tmp_path / "mit")
        return "\n".join(told), tmp_path / "mit", table[table["wave"] == "2"]

    return second


def test_a_question_that_moved_to_another_name_is_known_by_its_wording(second):
    asked = {"s_1": ("Er du ny?", YES_NO), "s_2": FIRST["s_1"], "s_3": FIRST["s_2"]}
    told, folder, rows = second(asked, lambda n, name: {"s_1": 1, "s_2": 2, "s_3": 3}[name])
    assert set(rows["s_1"]) == {"2"} and set(rows["s_2"]) == {"3"}
    new = [name for name in Folder(folder).codebook().questions if name not in ("s_1", "s_2")]
    assert len(new) == 1 and set(rows[new[0]]) == {"1"}
    tells(told, "s_1 hedder s_2", "s_2 hedder s_3", new[0])


def test_a_question_with_quite_other_answers_is_another_one(second):
    asked = {"s_1": ("Hvilken farve?", {"1": "Rød", "2": "Grøn"}), "s_2": FIRST["s_2"]}
    told, folder, rows = second(asked)
    assert set(rows["s_1"]) == {""} and set(rows["s_1_2"]) == {"1", "2"}
    tells(
        told, "s_1 er i denne fil et andet spørgsmål", "s_1_2", "ikke har med", "s_1 (Er du med?)"
    )
    assert Folder(folder).codebook().questions["s_1"].question == {"da": "Er du med?"}


def test_a_question_in_other_words_is_told(second):
    told, _, rows = second({"s_1": ("Deltager du?", YES_NO), "s_2": FIRST["s_2"]})
    assert set(rows["s_1"]) == {"1", "2"}
    tells(told, "s_1 har fået en anden ordlyd", "Er du med?", "Deltager du?")


def test_an_answer_with_another_code_is_known_by_its_label(second):
    turned = {"1": "Nej", "2": "Ja"}
    told, _, rows = second({"s_1": ("Er du med?", turned), "s_2": FIRST["s_2"]}, lambda n, name: 1)
    assert set(rows["s_1"]) == {"2"}, "1 means no in this file, and 2 in the codebook"
    tells(told, "s_1: svarmulighederne har andre koder", "1 → 2, 2 → 1")


@pytest.mark.parametrize("seed", range(5))
def test_codes_and_columns_in_any_order_give_the_same_rows(tmp_path, seed):
    drawn = random.Random(seed)
    given = [[drawn.choice(list(codes)) for _, codes in FIRST.values()] for _ in range(30)]
    first = [[drawn.choice(list(codes)) for _, codes in FIRST.values()] for _ in range(30)]
    before = surveyxact(tmp_path / "a", FIRST, [[f"r{n}", *row] for n, row in enumerate(first)])
    plain = surveyxact(tmp_path / "b", FIRST, [[f"r{n}", *row] for n, row in enumerate(given)])
    # other codes for the same answers, and the questions the other way round
    turned, codes = {}, {}
    for name, (text, labels) in reversed(FIRST.items()):
        codes[name] = dict(zip(labels, drawn.sample(list(labels), len(labels)), strict=True))
        turned[name] = (text, {codes[name][code]: label for code, label in labels.items()})
    rows = [
        [f"r{n}", *(codes[name][row[list(FIRST).index(name)]] for name in turned)]
        for n, row in enumerate(given)
    ]
    shuffled = surveyxact(tmp_path / "c", turned, drawn.sample(rows, len(rows)))
    tables = []
    for name, export in (("plain", plain), ("shuffled", shuffled)):
        create(tmp_path / name, before, key="nr")
        add_wave(tmp_path / name, export, "nr")
        tables.append(survey(tmp_path / name).sort_values(["wave", "respondent"]))
    assert tables[0].to_numpy().tolist() == tables[1].to_numpy().tolist()


def test_a_key_under_another_name_is_told(folder, write):
    rows = [{("e-mail" if k == "mail" else k): v for k, v in row.items()} for row in rows_of(2)]
    told = "\n".join(add_wave(folder, write("b.csv", rows), "e-mail"))
    tells(told, "40 af dem", "før kendt på mail og bliver nu kendt på e-mail")


def test_a_code_with_another_label_is_told(second):
    asked = {"s_1": ("Er du med?", {"1": "Ja", "2": "Slet ikke"}), "s_2": FIRST["s_2"]}
    told, folder, rows = second(asked)
    assert set(rows["s_1"]) == {"1", "2"}
    tells(told, "s_1: en kode har fået en anden tekst", "”Nej”", "”Slet ikke”")
    assert Folder(folder).codebook().questions["s_1"].codes == ["1", "2"]


def test_a_scale_with_a_further_answer_is_told_and_kept_in_order(second):
    longer = {"1": "I høj grad", "2": "I nogen grad", "5": "Hverken/eller", "3": "I mindre grad"}
    told, folder, rows = second(
        {"s_1": FIRST["s_1"], "s_2": ("Bliver du hørt?", longer | {"4": "Slet ikke"})},
        lambda n, name: 5 if name == "s_2" and n % 2 else 1,
    )
    assert set(rows["s_2"]) == {"1", "5"}
    tells(told, "s_2: skalaen har fået svaret ”Hverken/eller”")
    options = Folder(folder).codebook().questions["s_2"].options
    labels = [option.label["da"] for option in options]
    assert labels == ["I høj grad", "I nogen grad", "Hverken/eller", "I mindre grad", "Slet ikke"]


def test_a_step_above_those_of_the_headline_is_of_the_headline_too(second):
    """Who agrees to a higher degree agrees: a share of the second wave counts both."""
    longer = {"9": "I meget høj grad"} | DEGREES
    _, folder, rows = second(
        {"s_1": FIRST["s_1"], "s_2": ("Bliver du hørt?", longer)},
        lambda n, name: 9 if name == "s_2" and n % 2 else 1,
    )
    asked = Folder(folder).codebook().questions["s_2"]
    assert asked.headline == ("9", "1", "2")
    assert rows["s_2"].isin(asked.headline).all()


@pytest.mark.parametrize(
    ("key", "again"),
    [("1", "001"), ("anna@x.dk", "Anna@x.dk"), ("BO", "bo"), ("bo", "bo"), ("ny", "ny")],
)
def test_a_key_is_known_again_in_the_letters_that_people_write(key, again):
    known = {"001", "002", "Anna@x.dk", "bo", "Ib", "IB"}
    assert list(known_again(pd.Series([key]), known)) == [again]
    # which of two is meant nobody knows
    assert list(known_again(pd.Series(["ib"]), known)) == ["ib"]


def test_an_option_is_added_to_its_own_question_where_others_share_the_list(folder, write):
    path = folder / "data/raw/codebook.yml"
    text = path.read_text("utf-8")
    shared = "\n  - id: igen\n    type: single\n    question: {da: Igen?}\n    label: {da: Igen}\n"
    text = text.replace("options:\n      - code: enig", "options: &scale\n      - code: enig")
    path.write_text(text.rstrip("\n") + shared + "    options: *scale\n", "utf-8")
    table = survey(folder).assign(igen="")
    table.to_csv(folder / "data/raw/survey.csv", index=False)
    rows = rows_of(2)
    rows[0]["Møderne er nyttige"] = rows[1]["Møderne er nyttige"] = "Helt enig"
    add_wave(folder, write("b.csv", rows), "mail")
    known = Folder(folder).codebook().questions
    assert "helt_enig" in known["moederne_er_nyttige"].codes
    assert "helt_enig" not in known["igen"].codes


def test_a_report_in_two_languages_gets_texts_in_both(folder, write):
    path, config = folder / "data/raw/codebook.yml", folder / "evaluation.yml"
    path.write_text(
        re.sub(r"( +)da: (.*)", r"\1da: \2\n\1en: \2", path.read_text("utf-8")), "utf-8"
    )
    declared = config.read_text("utf-8").replace("[da]", "[da, en]")
    config.write_text(declared, "utf-8")
    rows = [row | {"Nyt spørgsmål?": ("Ja", "Nej")[n % 2]} for n, row in enumerate(rows_of(2))]
    told = "\n".join(add_wave(folder, write("b.csv", rows), "mail"))
    tells(told, "nyt_spoergsmaal", "oversæt")
    count(folder)
    (chapter,) = sorted((folder / "notebooks").glob("31_answers.ipynb"))
    for language, yes in (("da", "”Ja”"), ("en", "“Ja”")):
        assert yes in str(show(chapter, language)['questions.all_said(report, "nyt_spoergsmaal")'])


# the report


@pytest.fixture(scope="module")
def counted(one_wave, tmp_path_factory):
    root = tmp_path_factory.mktemp("two")
    folder = shutil.copytree(one_wave, root / "mit")
    rows = [row | {"Nyt spørgsmål?": ("Ja", "Nej")[n % 3 == 0]} for n, row in enumerate(rows_of(2))]
    for row in rows:
        del row["Hvilken by?"]
    add_wave(folder, exported(root, "b.csv", rows), "mail")
    return count(folder)


@pytest.fixture
def two_waves(counted, tmp_path):
    """A folder of two waves: by? was dropped, a new question was asked."""
    return shutil.copytree(counted, tmp_path / "mit")


def may_be_empty(name: str) -> bool:
    """Whether an expression has a sentence only where there is something to tell."""
    return name.startswith(("questions.compared", "overview.period", "overview.further"))


def test_the_book_has_the_new_chapters_and_every_notebook_runs(two_waves):
    book = read_book(two_waves, "da")
    assert book.chapters[-2:] == ("notebooks/31_answers.ipynb", "notebooks/85_waves.ipynb")
    for wave in (1, 2):
        for file in (*book.chapters, *book.appendices[:2]):
            for name, value in show(two_waves / file, "da", wave=wave).items():
                assert str(value) or may_be_empty(name), (file, name)


def test_chapters_show_the_wave_of_the_parameter(two_waves):
    config = two_waves / "evaluation.yml"
    declared = config.read_text("utf-8").replace("population: null", "population: {1: 50, 2: null}")
    config.write_text(declared, "utf-8")
    count(two_waves)
    for wave, people in ((1, "40\u00a0af\u00a050 (80\u00a0%)"), (2, "40")):
        front = show(two_waves / "index.ipynb", "da", wave=wave)
        tells(str(front["overview.answered(report)"]), people)
    both = [open_report("da", two_waves, wave).share("moederne_er_nyttige") for wave in (1, 2)]
    assert both[0].k != both[1].k
    for wave in (1, 2):
        report = open_report("da", two_waves, wave)
        tells(questions.caption(report, "alder"), f"Svar fra måling {wave}.")
    assert open_report("da", two_waves).share("moederne_er_nyttige").k == both[1].k
    assert both[0].origin.about == ("moederne_er_nyttige.enig@1",)


@pytest.mark.parametrize("population", ["null", "50", "{1: 50, 2: null}", "{1: null, 2: null}"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_told_of_a_population_until_it_is_set(two_waves, language, population):
    config = two_waves / "evaluation.yml"
    config.write_text(
        config.read_text("utf-8")
        .replace("population: null", f"population: {population}")
        .replace("languages: [da]", f"languages: [{language}]")
        .replace("choices: [da]", f"choices: [{language}]"),
        "utf-8",
    )
    book = two_waves / "data/raw/codebook.yml"
    book.write_text(
        re.sub(r"( +)da: (.*)", r"\1da: \2\n\1en: \2", book.read_text("utf-8"))
        if language == "en"
        else book.read_text("utf-8"),
        "utf-8",
    )
    notebook = nbformat.read(two_waves / "notebooks/90_methods.ipynb", as_version=4)
    assert inline.EXPRESSION.search("\n".join(cell.source for cell in notebook.cells))
    count(two_waves)
    told = {
        file: show(two_waves / "notebooks" / file, language, **wave)
        for file, wave in (("90_methods.ipynb", {"wave": 2}), ("85_waves.ipynb", {}))
    }
    table, answered = told["90_methods.ipynb"]["tbl-bounds"], told["85_waves.ipynb"]["tbl-waves"]
    said = [
        getattr(each, "source", str(each)) for shown in told.values() for each in shown.values()
    ]
    assert not re.search(r"\bNone\b|\bnan\b|\bNaN\b|<NA>", "\n".join(said))
    known = population == "50"
    assert len(cells(table)[0]) == (6 if known else 4), "no empty columns"
    assert all(all(row) for row in cells(table))
    shares = [row[-1] for row in cells(answered)[1:]]
    whole = [population != "{1: null, 2: null}" and population != "null", known]
    assert ["50" in share and "%" in share for share in shares] == whole
    assert ["100" in share for share in shares] == [False, False]
    words = texts(language)
    of = words(f"bounds.{'known' if known else 'unknown'}.text")
    assert told["90_methods.ipynb"]['survey.on_bounds(report, "text")'] == of
    report = open_report(language, two_waves)
    front = words(f"questions.reservation.{'known' if known else 'unknown'}")
    assert questions.reservation(report) == front
    kinds = [(each.kind, each.file, each.column) for each in check(Folder(two_waves))]
    assert kinds.count(("doubt", "evaluation.yml", "population")) == (0 if known else 1)


def test_what_tells_no_number_has_no_entry_in_the_ledger(two_waves):
    count(two_waves)
    source, target = two_waves / "notebooks/90_methods.ipynb", two_waves / "executed.ipynb"
    execute(source, target, {"language": "da"})
    found = ledger.entries(nbformat.read(target, as_version=4), texts("da"))
    assert not [each for each in found if "on_bounds" in each.expression]
    assert [each for each in found if "privacy.statement" in each.expression]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", ("I måling 2 svarede ingen på dette", "fra måling 1")),
        ("en", ("Nobody answered this in wave 2", "from wave 1")),
    ],
)
def test_a_question_that_the_wave_left_out_says_of_which_wave_it_is(two_waves, language, words):
    path = two_waves / "data/raw/codebook.yml"
    path.write_text(
        re.sub(r"( +)da: (.*)", r"\1da: \2\n\1en: \2", path.read_text("utf-8")), "utf-8"
    )
    report = open_report(language, two_waves)
    for told in (questions.said, questions.caption):
        tells(told(report, "hvilken_by"), *words)
    assert questions.figure(report, "hvilken_by").alt
    early = open_report(language, two_waves, 1)
    assert not any(part in questions.said(early, "hvilken_by") for part in words)


def test_a_chapter_of_its_own_that_shows_a_question_left_out_is_told_what_to_do(two_waves):
    report = open_report("da", two_waves)
    message = refusal(report.answers, "hvilken_by")
    tells(message, "hvilken_by was not in wave 2, but in 1", "questions.figure")
    assert report.share("hvilken_by", "aarhus", wave=1).k


def test_a_wave_that_is_not_there_is_refused_by_command_and_report(two_waves, capsys):
    assert main(["build", str(two_waves), "-p", "wave=7"]) == 2
    tells(capsys.readouterr().err, "waves of the survey are 1, 2", "7")
    report = open_report("da", two_waves, 7)
    tells(refusal(report.share, "moederne_er_nyttige"), "waves of the survey are 1, 2", "7")
    config = two_waves / "evaluation.yml"
    config.write_text(config.read_text("utf-8").replace("value: 2", "value: 3"), "utf-8")
    assert main(["build", str(two_waves)]) == 2
    tells(capsys.readouterr().err, "evaluation.yml, row", "waves of the survey are 1, 2")


@pytest.mark.parametrize(
    ("population", "parts"),
    [
        ("{1: 50, 2: 39}", ("column population", "40 who answered in wave 2", "39")),
        ("{1: 50}", ("each wave of the survey", "add the number of wave 2")),
        ("39", ("40 who answered in wave 1",)),
        ("{one: 50, 2: 50}", ("number for each wave", "one")),
        ("{1: 0, 2: 50}", ("population",)),
    ],
)
def test_a_population_that_cannot_be_is_refused_with_its_line(two_waves, capsys, population, parts):
    config = two_waves / "evaluation.yml"
    text = config.read_text("utf-8")
    assert "population: null\n" in text
    config.write_text(text.replace("population: null", f"population: {population}"), "utf-8")
    assert main(["build", str(two_waves)]) == 2
    line = 1 + text[: text.index("population: null")].count("\n")
    tells(capsys.readouterr().err, f"evaluation.yml, row {line}", *parts)


@pytest.mark.parametrize(
    ("language", "pairs", "sections", "new", "left"),
    [
        (
            "da",
            "de 40, der svarede i begge målinger",
            "Ingen fra måling 1 kan genkendes i måling 2",
            "Nye spørgsmål i måling 2:",
            "som måling 2 ikke har med",
        ),
        (
            "en",
            "the 40 who answered both",
            "Nobody from wave 1 can be recognised in wave 2",
            "New questions in wave 2:",
            "that wave 2 leaves out",
        ),
    ],
)
def test_the_chapter_says_how_the_waves_are_compared(
    two_waves, tmp_path, write, language, pairs, sections, new, left
):
    path = two_waves / "data/raw/codebook.yml"
    path.write_text(
        re.sub(r"( +)da: (.*)", r"\1da: \2\n\1en: \2", path.read_text("utf-8")), "utf-8"
    )
    shown = show(two_waves / "notebooks/85_waves.ipynb", language)
    tells(shown["waves.compared(report)"], pairs, "McNemar")
    listed = next(value.source for value in shown.values() if new in getattr(value, "source", ""))
    tells(listed, left, "Nyt spørgsmål", "Hvilken by")
    # the same waves without a key
    create(tmp_path / "uden", write("c.csv", rows_of(1)), language)
    add_wave(tmp_path / "uden", write("d.csv", rows_of(2, range(2, 42))))
    shown = show(count(tmp_path / "uden") / "notebooks/85_waves.ipynb", language)
    tells(shown["waves.compared(report)"], sections, "Fisher", "Holm")
    assert len(cells(shown["tbl-wave-changes"])[0]) == 4, "no columns on those who changed"


@pytest.mark.parametrize(
    ("language", "told"),
    [("da", "40 og 40 er flere, end der er"), ("en", "40 and 40 are more than there are")],
)
def test_more_answers_than_people_are_no_independent_samples(tmp_path, write, language, told):
    create(tmp_path / "uden", write("c.csv", rows_of(1)), language)
    add_wave(tmp_path / "uden", write("d.csv", rows_of(2, range(2, 42))))
    config = tmp_path / "uden" / "evaluation.yml"
    text = config.read_text("utf-8")
    said = []
    for population in ("79", "80", "null", "{1: 79, 2: null}"):
        declared = text.replace("population: null", f"population: {population}")
        config.write_text(declared, "utf-8")
        said.append(str(waves.compared(open_report(language, count(tmp_path / "uden")))))
    assert told in said[0] and told not in said[1]
    assert said[2] == said[3] == said[1], "where nobody knows how many there are, nothing is said"


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_who_are_known_again_are_not_followed(tmp_path, write, language):
    create(tmp_path / "mit", write("a.csv", rows_of(1)), language, "mail")
    add_wave(tmp_path / "mit", write("b.csv", rows_of(2, range(38, 78))), "mail")
    report = open_report(language, count(tmp_path / "mit"))
    assert set(report.read("changes")["method"]) == {"sections"}
    tells(waves.compared(report), "2", "Fisher")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notebook_takes_the_parameters_of_its_folder(tmp_path, write, language):
    create(tmp_path / "mit", write("a.csv", rows_of(1)), language, "mail")
    add_wave(tmp_path / "mit", write("b.csv", rows_of(2)), "mail")
    config = Folder(tmp_path / "mit").config()
    paths = list((tmp_path / "mit").rglob("*.ipynb"))
    assert {"10", "85", "92", "93"} < {path.name[:2] for path in paths}
    for path in paths:
        given = parameters.injected(config, path, {"language": language, "wave": 1})
        assert given.get("language", language) == language
        # what is about all waves takes none, nor what no build executes
        none = ("00", "01", "10", "85", "92", "93")
        assert ("wave" in given) == (path.name[:2] not in none), path


# a real export


def test_a_real_export_is_a_wave_of_itself_by_its_key(tmp_path):
    source = sample("surveyxact", "ex_survey2_semicolon_ansi")
    for name, turned in (("a", 0), ("b", 1)):
        (tmp_path / name).mkdir()
        for part in ("structure", "labels", "dataset"):
            lines = (source / f"{part}.csv").read_text("cp1252").splitlines()
            if part == "structure":
                lines.append("nr;nr;Open;String;Nummer;;")
            if part == "dataset":
                # each person gives the answers of the next one in the second wave
                header, rows = lines[0], lines[1:]
                rows = rows[turned:] + rows[:turned]
                rows = [f"{row};{n}" for n, row in enumerate(rows)]
                lines = [f"{header};nr", *rows]
            (tmp_path / name / f"{part}.csv").write_text("\n".join(lines), "cp1252")
    create(tmp_path / "mit", tmp_path / "a", key="nr")
    before = (tmp_path / "mit/data/raw/survey.csv").read_bytes()
    told = "\n".join(add_wave(tmp_path / "mit", tmp_path / "b", "nr"))
    assert (tmp_path / "mit/data/raw/survey.csv").read_bytes().startswith(before)
    rows = survey(tmp_path / "mit")
    first, second = (part for _, part in rows.groupby("wave"))
    assert set(first["respondent"]) == set(second["respondent"])
    asked = list(first.columns[2:])
    turned = first[asked].to_numpy().tolist()
    assert second[asked].to_numpy().tolist() == turned[1:] + turned[:1]
    assert not re.search(r"ordlyd|kode har|andet spørgsmål|Nye spørgsmål", told)
