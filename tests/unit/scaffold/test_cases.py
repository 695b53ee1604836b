"""new, add-wave: small exports of the kinds that people bring, each with its right answer."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from conftest import REPOSITORY
from refusals import refusal, tells

from evaluation.disclosure.suppression import suppress
from evaluation.project.codebook import Codebook, Option, write_codebook
from evaluation.project.folder import Folder
from evaluation.scaffold.folder import create
from evaluation.scaffold.wave import add_wave
from evaluation.survey.check import check
from evaluation.survey.indicators import indicators
from evaluation.survey.responses import responses

CASES = REPOSITORY / "tests" / "data" / "cases"


class Made:
    """A folder made from a case: its questions, and every file that may be passed on."""

    def __init__(self, target: Path, name: str, **options):
        self.told = create(target, CASES / name, **options)
        self.folder = Folder(target)
        self.questions = self.folder.codebook().questions
        self.rows = self.folder.read_survey()

    def labels(self, name: str) -> list[str]:
        return [next(iter(option.label.values())) for option in self.questions[name].options]

    def n(self, name: str) -> int:
        return int((self.rows[self.questions[name].columns] != "").any(axis=1).sum())

    def share(self, name: str, code: str) -> str:
        question = self.questions[name]
        if question.type == "multiple":
            return f"{(self.rows[f'{name}.{code}'] == '1').sum()} of {self.n(name)}"
        return f"{(self.rows[name] == code).sum()} of {self.n(name)}"

    def headline(self, name: str) -> str:
        question = self.questions[name]
        return f"{self.rows[name].isin(question.headline).sum()} of {self.n(name)}"

    def types(self) -> list[str]:
        return [question.type for question in self.questions.values()]

    def published(self) -> str:
        """The files of the folder that are written of the questions: not the raw rows."""
        root = self.folder.root
        files = [*root.rglob("*.ipynb"), *root.glob("*.*"), root / "data/raw/codebook.yml"]
        return "\n".join(file.read_text("utf-8") for file in files if file.is_file())


@pytest.fixture
def made(tmp_path):
    return lambda name, **options: Made(tmp_path / "mit", name, **options)


@pytest.mark.slow
def test_numbers_of_persons_in_cells_of_numbers_are_kept_out(made):
    found = made("cpr_as_number.csv")
    assert found.types() == ["single"]
    everything = "\n".join(
        file.read_text("utf-8")
        for file in found.folder.root.rglob("*")
        if file.suffix in {".csv", ".yml", ".md", ".ipynb"}
    )
    assert "1011991262" not in everything and "22674287" not in everything
    tells("\n".join(found.told), "CPR-nummer, Telefon")


@pytest.mark.slow
def test_contact_and_technical_columns_are_no_questions(made):
    found = made("repeated_names.csv")
    assert list(found.questions) == ["was_it_useful", "which_parts_did_you_use"]
    assert found.labels("which_parts_did_you_use") == ["A", "B", "C"]
    assert "anna" not in found.published().casefold()


@pytest.mark.slow
def test_a_comment_box_is_text(made):
    found = made("open_read_as_closed.csv")
    assert found.types() == ["single", "text"]
    assert "Mette" not in found.published() and "diabetes" not in found.published()


@pytest.mark.slow
def test_a_second_line_of_headings_is_no_respondent(made):
    found = made("surveymonkey_two_headers.csv")
    assert len(found.rows) == 12
    assert found.labels("which_parts_did_you_use") == ["Walks", "Talks", "Meals"]
    assert found.share("which_parts_did_you_use", "talks") == "3 of 12"


@pytest.mark.slow
def test_three_lines_of_headings_are_no_respondents(made):
    found = made("qualtrics_three_headers.csv")
    assert len(found.rows) == 12
    wordings = [question.question["en"] for question in found.questions.values()]
    assert wordings == ["How satisfied are you?", "How old are you?"]
    assert found.types() == ["number", "number"]


@pytest.mark.slow
def test_what_was_filled_in_beforehand_is_no_answer(made):
    found = made("sx_prefilled")
    assert found.share("s_1", "1") == "4 of 8"
    assert list(found.questions) == ["s_1"]


@pytest.mark.slow
def test_lists_in_cells_and_batteries_of_a_form(made):
    found = made("multi_in_one_cell.csv")
    first, second, *items = found.questions.values()
    assert found.share(first.id, "sprogcafe") == "27 of 60"
    assert found.labels(second.id) == ["Nord", "Syd"]
    assert len({item.group for item in items}) == 1 and items[0].options == items[1].options


@pytest.mark.slow
def test_labels_or_blanks_are_ticks(made):
    found = made("multi_label_or_blank.csv")
    assert found.types() == ["multiple"]
    assert found.share("aktiviteter", "sprogcafe") == "31 of 60"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "options"), [("multi_valgt.csv", 3), ("not_selected.csv", 3)])
def test_words_for_chosen_and_not_are_ticks(made, name, options):
    found = made(name)
    assert found.types() == ["multiple"]
    (question,) = found.questions
    assert len(found.labels(question)) == options and found.n(question) == len(found.rows)


@pytest.mark.slow
def test_a_scale_is_whole_and_no_neutral_answer_is_counted(made, tmp_path):
    found = made("scale_without_an_end.csv")
    assert found.headline("jeg_har_faaet_hjaelp") == "6 of 60"
    add_wave(tmp_path / "mit", CASES / "scale_wave_2.csv")
    folder = Folder(tmp_path / "mit")
    again, rows = folder.codebook().questions["jeg_har_faaet_hjaelp"], folder.read_survey()
    assert again == found.questions["jeg_har_faaet_hjaelp"]
    second = rows[rows["wave"].astype(int) == 2]
    assert second[again.id].isin(again.headline).sum() == 32


@pytest.mark.slow
def test_a_dash_is_no_answer(made):
    found = made("dash_missing.csv")
    assert (found.n("age"), found.n("region")) == (11, 13)
    assert found.labels("region") == ["North", "South"]


@pytest.mark.slow
def test_answers_beside_the_scale_are_set_apart_in_combinations_too(made):
    found = made("dont_know_variants.csv")
    first, second = found.questions.values()
    for question, label in ((first, "Don't know/Refused"), (second, "Ikke relevant/ ved ikke")):
        beside = [next(iter(o.label.values())) for o in question.options if o.off_scale]
        assert beside == [label]


@pytest.mark.slow
def test_missing_codes_are_doubted_until_they_are_decided(made):
    found = made("missing_codes.csv")
    assert pd.to_numeric(found.rows["satisfaction_1_5"]).min() == 3
    doubts = [each for each in check(found.folder) if each.kind == "doubt"]
    assert {"-99 × 4", "999 × 3", "99 × 8"} <= {
        value for each in doubts for value in ("-99 × 4", "999 × 3", "99 × 8") if value in each.rule
    }
    (found.folder.root / "data/raw/doubts.yml").unlink()
    assert [each.column for each in check(found.folder) if each.kind == "doubt"] == ["population"]


@pytest.mark.slow
def test_values_declared_missing_are_not_in_n(made):
    found = made("spss_declared_missing.sav")
    assert found.share("q1", "1") == "9 of 16"
    tells("\n".join(found.told), "Refused × 1", "Not asked (filter) × 3")


@pytest.mark.slow
def test_an_identical_wave_changes_nothing(made, tmp_path):
    found = made("two_codes_one_label_1.sav", key="id")
    add_wave(tmp_path / "mit", CASES / "two_codes_one_label_2.sav", key="id")
    folder = Folder(tmp_path / "mit")
    assert folder.codebook().questions == found.questions
    rows = folder.read_survey().astype({"wave": int}).set_index("respondent")
    before, after = (rows.loc[rows["wave"] == wave, "q2"] for wave in (1, 2))
    assert before.to_dict() == after.to_dict()


@pytest.mark.slow
def test_a_key_is_known_again_without_its_zeros(made, tmp_path):
    made("key_zeros_1.csv", key="member")
    add_wave(tmp_path / "mit", CASES / "key_zeros_2.xlsx", key="member")
    rows = Folder(tmp_path / "mit").read_survey()
    assert rows["respondent"].nunique() == 8 and len(rows) == 16


@pytest.mark.slow
def test_other_is_not_who_was_never_asked(made):
    assert made("limesurvey_other").share("q1", "other") == "3 of 12"


@pytest.mark.slow
def test_a_form_without_answers_makes_a_folder_that_waits_for_them(made):
    found = made("form_only")
    assert found.rows.empty and found.types() == ["single", "number"]
    tells("\n".join(found.told), "evaluation add-wave")


@pytest.mark.slow
def test_a_form_in_another_language_asks_for_one_and_takes_it(made, tmp_path):
    message = refusal(create, tmp_path / "mit", CASES / "form_svenska")
    option, language = message.rstrip(".").split("Remedy: ")[1].split()[-2:]
    assert option == "--language"
    assert made("form_svenska", language=language).share("useful", "ja") == "3 of 4"


@pytest.mark.slow
def test_only_open_questions_make_a_folder(made):
    found = made("only_open.csv")
    assert found.types() == ["text", "text", "number"]
    table = responses(found.rows, found.folder.codebook(), "survey.csv")
    counted = indicators(table, found.folder.codebook(), population=5)
    assert counted.empty and suppress(counted, found.folder.codebook(), 3).empty


@pytest.mark.slow
def test_letters_of_any_alphabet_are_kept(made):
    found = made("emoji_and_arabic.csv")
    assert "العربية" in found.labels("language") and "😀" in found.labels("mood")
    assert found.share("which_of_these_did_you_use", "website") == "10 of 12"


@pytest.mark.slow
def test_names_and_numbers_of_people_are_no_options(made):
    found = made("text_as_options.csv")
    assert list(found.questions) == ["tilfreds", "andet_skriv_hvad"]
    assert found.questions["andet_skriv_hvad"].type == "text"
    for personal in ("Karen", "20 12", "20123456", "bo@example", "0101501000"):
        assert personal not in found.published()


# what was not sure, and what was read


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cells", "reading", "shown"),
    [
        (["Karen Holm", "Ahmed Hassan", "Jens Krogh"], "text", "text"),
        (["Karen Holm", "Ahmed Hassan", "Jens Krogh"], "options", "single"),
        (["20 12 34 50", "20 12 34 51", "20 12 34 52"], "text", "text"),
    ],
)
def test_who_knows_better_says_what_a_column_is(tmp_path, cells, reading, shown):
    path = tmp_path / "svar.csv"
    path.write_text("\n".join(["q9;Er I med?", *(f"{cell};Ja" for cell in cells * 6)]), "utf-8")
    told = "\n".join(create(tmp_path / "a", path))
    tells(told, "Kolonnen q9 ser ud til at vise, hvem en person er", '--read "q9=text"')
    assert "q9" not in Folder(tmp_path / "a").codebook().questions
    create(tmp_path / "b", path, readings={"q9": reading})
    assert Folder(tmp_path / "b").codebook().questions["q9"].type == shown


@pytest.mark.slow
def test_a_reading_of_a_column_that_is_not_there_is_refused(tmp_path):
    path = tmp_path / "svar.csv"
    path.write_text("alder;sted\n30;Nord\n40;Syd\n", "utf-8")
    message = refusal(create, tmp_path / "mit", path, readings={"aldre": "text"})
    named = message.split("use one of ")[1].split(",")[0]
    create(tmp_path / "mit", path, readings={named: "text"})
    assert Folder(tmp_path / "mit").codebook().questions["alder"].type == "text"


@pytest.mark.slow
def test_a_wide_file_is_told_on_a_screen_and_whole_on_the_page(tmp_path):
    path = tmp_path / "svar.csv"
    header = [f"Emne {number}" for number in range(120)]
    rows = [
        ";".join(("Rød", "Grøn", "Blå")[(at + row) % 3] for at in range(120)) for row in range(30)
    ]
    path.write_text("\n".join([";".join(header), *rows]), "utf-8")
    told = create(tmp_path / "mit", path)
    assert len(told) <= 32
    page = (tmp_path / "mit/REVIEW.md").read_text("utf-8")
    assert page.index("--read" if "--read" in page else "ordinal") < page.index("emne")
    assert all(f"emne\\_{number}\\:" in page for number in range(120))


# each remedy works when it is followed


def followed(change: str) -> dict[str, str]:
    """The readings that a line to change names."""
    return dict(re.findall(r'--read "(.+?)=(\w+)"', change))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (["Karen Holm", "Ahmed Hassan", "Jens Krogh"] * 6, "text"),
        (
            ["Green Tea", "Black Tea", "Red Wine", "Dark Beer", "Ice Water", "Hot Soup"] * 4,
            "single",
        ),
        (["1", "2", "3", "-99"] * 6, "text"),
        (["Rød"] * 10 + ["Blå"] * 9 + ["Grøn"] * 4 + ["Gul"], "text"),
        (["Rød"] * 4 + ["Blå"] * 2 + ["Grøn"] * 2, "single"),
    ],
)
def test_the_line_to_change_changes_what_it_says(tmp_path, column, kind):
    path = tmp_path / "svar.csv"
    path.write_text("\n".join(["q9;Er I med?", *(f"{cell};Ja" for cell in column)]), "utf-8")
    create(tmp_path / "a", path)
    doubts = Folder(tmp_path / "a").doubts()
    readings = followed(" ".join(doubt.change for doubt, _ in doubts))
    assert readings, doubts
    create(tmp_path / "b", path, readings=readings)
    found = Folder(tmp_path / "b").codebook().questions["q9"]
    assert found.type == kind
    if kind == "single":
        assert len(found.options) == len(set(column))


@pytest.mark.slow
def test_the_line_to_change_works_where_the_heading_names_somebody(tmp_path):
    path = tmp_path / "svar.csv"
    cells = ["Rød"] * 10 + ["Blå"] * 9 + ["Grøn"] * 4 + ["Gul"]
    heading = "Hvad synes du om Karen Holms kursus?"
    path.write_text("\n".join([f"{heading};Er I med?", *(f"{c};Ja" for c in cells)]), "utf-8")
    create(tmp_path / "a", path)
    readings = followed(" ".join(doubt.change for doubt, _ in Folder(tmp_path / "a").doubts()))
    assert readings and "holm" not in str(readings)
    create(tmp_path / "b", path, readings=readings)
    ((name, kind),) = readings.items()
    assert Folder(tmp_path / "b").codebook().questions[name].type == kind


@pytest.mark.slow
def test_numbers_that_are_codes_become_a_scale_by_a_line_of_the_codebook(tmp_path):
    path = tmp_path / "svar.csv"
    path.write_text("\n".join(["q9;Er I med?", *(f"{1 + at % 5};Ja" for at in range(30))]), "utf-8")
    create(tmp_path / "a", path)
    folder = Folder(tmp_path / "a")
    ((doubt, line),) = folder.doubts()
    tells(doubt.change, "type: ordinal", "options", "data/raw/codebook.yml")
    codebook = folder.codebook()
    options = tuple(Option(str(code), {"da": f"Trin {code}"}) for code in range(5, 0, -1))
    asked = replace(codebook.questions["q9"], type="ordinal", options=options)
    questions = codebook.questions | {"q9": asked}
    write_codebook(Codebook(codebook.groups, questions), folder.root / "data/raw/codebook.yml")
    assert set(folder.read_survey()["q9"]) == set("12345")
    lines = (folder.root / "data/raw/doubts.yml").read_text("utf-8").splitlines()
    kept = lines[: line - 1]
    (folder.root / "data/raw/doubts.yml").write_text("\n".join(kept), "utf-8")
    doubts = [each.column for each in check(folder) if each.kind == "doubt"]
    assert folder.doubts() == [] and doubts == ["population"]


@pytest.mark.slow
def test_what_a_doubt_of_codes_says_to_change_works(tmp_path):
    path = tmp_path / "svar.csv"
    rows = [f"{at % 3 + 1};{('Ja', 'Nej')[at % 2]}" for at in range(12)]
    path.write_text("\n".join(["Hvor tit kommer du?;Er I med?", *rows]), "utf-8")
    create(tmp_path / "a", path)
    folder = Folder(tmp_path / "a")
    ((doubt, _),) = folder.doubts()
    tells(doubt.change, "type: ordinal", "options", doubt.about, "data/raw/codebook.yml")
    asked = folder.codebook()
    options = tuple(Option(code, {"da": f"svar {code}"}) for code in "321")
    closed = replace(asked.questions[doubt.about], type="ordinal", options=options)
    write_codebook(
        Codebook(asked.groups, asked.questions | {doubt.about: closed}),
        folder.root / "data/raw/codebook.yml",
    )
    (folder.root / "data/raw/doubts.yml").unlink()
    (population,) = check(folder)
    # what the doubt that is left says to change works too
    tells(population.remedy, "evaluation.yml, linje 6")
    lines = (folder.root / population.file).read_text("utf-8").splitlines()
    assert lines[population.row - 1] == "population: null"
    lines[population.row - 1] = "population: 20"
    (folder.root / population.file).write_text("\n".join(lines), "utf-8")
    assert check(folder) == []


@pytest.mark.slow
def test_doubts_in_another_form_are_refused_with_a_remedy(made):
    found = made("missing_codes.csv")
    path = found.folder.root / "data/raw/doubts.yml"
    path.write_text("- about: age\n", "utf-8")
    tells(refusal(found.folder.doubts), "doubts.yml, row 1", "delete the whole entry")


@pytest.mark.slow
def test_texts_in_another_language_than_the_report_are_a_doubt(tmp_path):
    path = tmp_path / "svar.csv"
    rows = [("Sehr zufrieden", "Ja"), ("Zufrieden", "Nein"), ("Unzufrieden", "Ja")] * 8
    lines = ["Wie zufrieden sind Sie?;Haben Sie sich wohl gefühlt?", *map(";".join, rows)]
    path.write_text("\n".join(lines), "utf-8")
    create(tmp_path / "a", path, "da")
    about = [doubt.about for doubt, _ in Folder(tmp_path / "a").doubts()]
    assert about == [
        "svar.csv",
        "wie_zufrieden_sind_sie",
    ]  # and of four steps, whose middle is none


@pytest.mark.slow
def test_a_wave_adds_what_is_not_sure_of_its_new_questions(tmp_path):
    for name, heading, cell in (("1", "x", "Ja"), ("2", "Score", "3")):
        lines = [f"Er I med?;{heading}", *(f"{('Ja', 'Nej')[at % 2]};{cell}" for at in range(12))]
        (tmp_path / f"{name}.csv").write_text("\n".join(lines), "utf-8")
    create(tmp_path / "a", tmp_path / "1.csv")
    assert Folder(tmp_path / "a").doubts() == []
    add_wave(tmp_path / "a", tmp_path / "2.csv")
    assert [doubt.about for doubt, _ in Folder(tmp_path / "a").doubts()] == ["score"]


@pytest.mark.slow
def test_an_identical_wave_of_a_plain_table_is_known_by_its_labels(tmp_path):
    towns = ["Aarhus"] * 9 + ["Odense"] * 6 + ["Anholt"] * 3
    again = ["Aarhus"] * 10 + ["Odense"] * 7 + ["Anholt"]
    for name, cells in (("1", towns), ("2", again)):
        lines = [
            "By;Kontaktperson er god",
            *(f"{cell};{('Ja', 'Nej')[at % 2]}" for at, cell in enumerate(cells)),
        ]
        (tmp_path / f"{name}.csv").write_text("\n".join(lines), "utf-8")
    create(tmp_path / "a", tmp_path / "1.csv")
    before = Folder(tmp_path / "a").codebook()
    add_wave(tmp_path / "a", tmp_path / "2.csv")
    assert Folder(tmp_path / "a").codebook() == before
