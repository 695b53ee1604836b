"""exchange.reading.surveyxact: the real exports, and a small survey in every form that exports
have."""

import shutil
from functools import cache

import pytest
from exports import rules, sample, told, write_workbook, written
from refusals import refusal, tells

from evaluation.exchange.reading.dialects import read_grid
from evaluation.exchange.reading.recognise import read_export
from evaluation.exchange.reading.surveyxact_files import STRUCTURE as NAMES

STRUCTURE = [
    *[
        ["respondentid", "responde", "Open", "Double", "Respondent-ID", "", ""],
        ["closeTime", "closetim", "Open", "Date", "Lukket", "", ""],
        ["s_1", "s_1", "Closed", "Single", "Er I med?", "", ""],
        ["s_2", "s_2_1", "Closed", "Multiple", "Hvad laver I?", "1", "Mad"],
        ["s_2", "s_2_2", "Closed", "Multiple", "Hvad laver I?", "3", "Råd; og sport"],
        ["s_3", "s_3", "Closed", "Single", "Hvor tilfredse er I? - Med mødet", "", ""],
        ["s_4", "s_4", "Closed", "Single", "Hvor tilfredse er I? - Med maden", "", ""],
        ["s_5", "s_5", "Open", "Double", "Hvor mange er I?", "", ""],
        ["s_6", "s_6", "Open", "Date", "Hvornår begyndte I?", "", ""],
        ["s_7", "s_7", "Open", "String", "Hvad mangler?", "", ""],
        ["s_8", "s_8_1", "Closed", "Multiple", "Vi vil kontaktes", "1", "Ja tak"],
        ["b_1", "b_1_1", "Closed", "Single", "Kommune", "", ""],
        ["statoverall", "stato_1", "Closed", "Multiple", "Samlet status", "1", "Distribueret"],
        ["statoverall", "stato_2", "Closed", "Multiple", "Samlet status", "2", "Gennemført"],
    ]
]
TICK = [["0", "Ikke valgt"], ["1", "Valgt"]]
SCALE = [["5", "Meget"], ["1", "Slet ikke"], ["-9", "Ved ikke"]]
LABELS = [
    *[["s_1", "1", "Ja"], ["s_1", "2", "Nej æøå"]],
    *[[name, *tick] for name in ("s_2_1", "s_2_2", "s_8_1") for tick in TICK],
    *[[name, *point] for name in ("s_3", "s_4") for point in SCALE],
    *[[name, *tick] for name in ("stato_1", "stato_2") for tick in TICK],
]
ANSWERS = """\
901|2025-01-02 10:00|1|1|0|5|-9|12,5|31-03-2025|Mere tid,¶og æbler|0|101|0|1
902||2|0|0|1||7||"Intet"|0|147|0|1
903|||0|0||||||0|147|1|0"""
DATASET = [
    [row[1] for row in STRUCTURE],
    *(row.replace("¶", "\n").split("|") for row in ANSWERS.splitlines()),
]


def write_trio(folder, delimiter, encoding):
    folder.mkdir()
    tables = {
        "structure": [NAMES, *STRUCTURE],
        "labels": LABELS,
        "dataset": DATASET,
    }
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_bytes(written(rows, delimiter, encoding))
    return folder


@pytest.fixture
def trio(tmp_path):
    return write_trio(tmp_path / "eksport", ";", "cp1252")


@pytest.fixture
def export(trio):
    return read_export(trio)


@pytest.mark.slow
def test_questions_are_what_was_asked(export):
    assert export.format == "SurveyXact"
    assert export.language == "da"
    found = {name: question.type for name, question in export.codebook.questions.items()}
    assert found == {
        "s_1": "single",
        "s_2": "multiple",
        "s_3": "single",
        "s_4": "single",
        "s_5": "number",
        "s_6": "text",
        "s_7": "text",
        "s_8": "multiple",
    }


@pytest.mark.slow
def test_options_keep_the_codes_the_texts_and_the_order_of_the_file(export):
    questions = export.codebook.questions
    assert questions["s_2"].codes == ["1", "3"]
    assert [option.label for option in questions["s_2"].options] == [
        {"da": "Mad"},
        {"da": "Råd; og sport"},
    ]
    assert questions["s_3"].codes == ["5", "1", "minus_9"]
    assert questions["s_1"].options[1].label == {"da": "Nej æøå"}


@pytest.mark.slow
def test_a_battery_is_a_group_with_its_stem(export):
    (group,) = export.codebook.groups.values()
    assert group.question == {"da": "Hvor tilfredse er I?"}
    items = export.codebook.in_group(group.id)
    assert [(question.id, question.label["da"]) for question in items] == [
        ("s_3", "Med mødet"),
        ("s_4", "Med maden"),
    ]


@pytest.mark.slow
def test_answers_are_codes_numbers_days_and_text(export):
    first = export.responses.iloc[0].to_dict()
    assert first == {
        "s_1": "1",
        "s_2.1": "1",
        "s_2.3": "0",
        "s_3": "5",
        "s_4": "minus_9",
        "s_5": "12.5",
        "s_6": "2025-03-31",
        "s_7": "Mere tid,\nog æbler",
        "s_8.1": "0",
    }
    assert list(export.respondents) == ["901", "902", "903"]
    assert list(export.respondents.index) == list(export.responses.index) == [2, 4, 5]


@pytest.mark.slow
def test_nothing_ticked_is_no_answer_but_an_empty_box_of_its_own_is(export):
    second, third = export.responses.iloc[1], export.responses.iloc[2]
    assert list(second[["s_2.1", "s_2.3"]]) == ["", ""]
    assert second["s_8.1"] == "0"
    assert (third == "").all()
    assert told(export, "nothing_ticked") == [("s_2", "1")]
    assert told(export, "without_answers") == [("dataset.csv", "1")]


@pytest.mark.slow
def test_what_is_no_question_is_told_and_kept_beside_the_answers(export):
    assert told(export, "recorded") == [("", "respondentid, closeTime, statoverall")]
    assert told(export, "background") == [("b_1_1", "Kommune")]
    assert told(export, "completion") == [("", "Distribueret 1, Gennemført 2")]
    assert list(export.background) == ["responde", "closetim", "b_1_1", "stato_1", "stato_2"]
    assert list(export.background["stato_2"]) == ["1", "1", "0"]
    assert list(export.background.index) == list(export.responses.index)


def same(first, second) -> bool:
    """Whether two exports give the same answers and questions, wherever in their files."""
    return (
        first.codebook == second.codebook
        and list(first.respondents) == list(second.respondents)
        and first.responses.reset_index(drop=True).equals(second.responses.reset_index(drop=True))
    )


def number_or_text(cell):
    return float(cell) if cell.lstrip("-").isdigit() else cell or None


@pytest.mark.slow
def test_a_workbook_gives_the_same_whatever_the_order_of_sheets_and_columns(tmp_path, export):
    order = [6, 2, 0, 4, 1, 5, 3]
    structure = [[row[at] for at in order] for row in [NAMES, *STRUCTURE]]
    words = [[f"Svar på {cell}" if cell else None for cell in row] for row in DATASET[1:]]
    sheets = {
        "Labels": [[name, number_or_text(value), text] for name, value, text in LABELS],
        "Variables": [["variableName", "variableDescription"], ["s_1", "Er I med?"]],
        "Dataset": [DATASET[0], *([*map(number_or_text, row)] for row in DATASET[1:])],
        "Complete": [DATASET[0], *words],
        "Structure": structure,
    }
    assert same(export, read_export(write_workbook(tmp_path / "dataset.xlsx", sheets)))
    backwards = [row[::-1] for row in sheets["Dataset"]]
    turned = {**dict(reversed(sheets.items())), "Dataset": backwards}
    assert same(export, read_export(write_workbook(tmp_path / "b.xlsx", turned)))


@pytest.mark.slow
def test_names_of_files_do_not_matter_and_one_of_them_is_enough(trio, export):
    (trio / "dataset.csv").rename(trio / "svar 2025.csv")
    (trio / "labels.csv").rename(trio / "a.csv")
    (trio / "LÆSMIG.txt").write_text("Hentet i går\n", "utf-8")
    assert same(export, read_export(trio))
    assert same(export, read_export(trio / "a.csv"))


def test_another_table_in_the_folder_is_read_as_what_it_is(trio):
    (trio / "andet.csv").write_text("sted;alder\nNord;3\nSyd;4\n", "utf-8")
    assert list(read_export(trio / "andet.csv").responses) == ["sted", "alder"]


@pytest.mark.slow
def test_an_extra_cell_at_the_end_of_lines_is_no_harm(trio, export):
    path = trio / "structure.csv"
    lines = path.read_text("cp1252").splitlines()
    path.write_text("\n".join(f"{row};" if "Multiple" in row else row for row in lines), "cp1252")
    assert same(export, read_export(trio))


@pytest.mark.slow
def test_the_long_names_of_the_web_service_are_understood(trio, export):
    for name in ("dataset.csv", "labels.csv"):
        path = trio / name
        text = path.read_text("cp1252").replace("stato_", "statoverall_")
        path.write_text(text.replace("responde;", "respondentid;"), "cp1252")
    assert same(export, read_export(trio))


@pytest.mark.slow
def test_answers_in_words_are_taken_for_their_codes(trio, export):
    path = trio / "dataset.csv"
    text = path.read_text("cp1252")
    words = text.replace(";1;1;0;5;-9;", ";Ja;Valgt;Ikke valgt;Meget;Ved ikke;")
    words = words.replace("902;;2;0;0;1;;", "902;;Nej æøå;Ikke valgt;Ikke valgt;Slet ikke;;")
    assert words.count("Ikke valgt") == 3
    path.write_text(words, "cp1252")
    assert same(export, read_export(trio))


@pytest.mark.slow
def test_labels_may_have_a_line_of_names_and_other_variables(trio, export):
    path = trio / "labels.csv"
    text = path.read_text("cp1252")
    path.write_text(f"variableName;value;label\n{text}s_99;1;Ukendt\n", "cp1252")
    assert same(export, read_export(trio))


def test_a_row_of_labels_with_too_few_cells_is_refused_with_its_line(trio):
    path = trio / "labels.csv"
    path.write_text(path.read_text("cp1252").replace("s_1;2;Nej æøå", "s_1;2"), "cp1252")
    tells(
        refusal(read_export, trio), "labels.csv, row 2", "2 cells", "variable, a value and a text"
    )


@pytest.mark.slow
def test_a_code_without_a_label_stands_as_it_is_and_is_told(trio):
    path = trio / "dataset.csv"
    path.write_text(path.read_text("cp1252").replace(";1;1;0;5;-9", ";8;1;0;5;-9"), "cp1252")
    export = read_export(trio)
    assert export.codebook.questions["s_1"].codes == ["1", "2", "8"]
    assert told(export, "code_without_label") == [("s_1", "8")]


@pytest.mark.slow
def test_columns_that_do_not_fit_are_left_out_and_told(trio):
    path = trio / "dataset.csv"
    text = path.read_text("cp1252").replace("s_5;", "ukendt;")
    path.write_text(text, "cp1252")
    export = read_export(trio)
    assert "s_5" not in export.codebook.questions
    assert told(export, "not_described") == [("ukendt", "")]
    assert told(export, "no_column") == [("s_5", "Hvor mange er I?")]


@pytest.mark.slow
def test_numbers_that_are_none_become_text_and_are_told(trio):
    path = trio / "dataset.csv"
    path.write_text(path.read_text("cp1252").replace("12,5", "mange"), "cp1252")
    export = read_export(trio)
    assert export.codebook.questions["s_5"].type == "text"
    assert told(export, "not_numbers") == [("s_5", "")]


def test_an_answer_that_is_no_tick_is_refused_with_its_row(trio):
    path = trio / "dataset.csv"
    path.write_text(path.read_text("cp1252").replace("902;;2;0;", "902;;2;7;"), "cp1252")
    tells(refusal(read_export, trio), "dataset.csv, row 4, column s_2_1", "'7'", "0 or 1")


def test_an_export_without_a_part_is_refused_by_its_name(trio):
    (trio / "labels.csv").unlink()
    (trio / "LÆSMIG.txt").write_text("Hentet i går\n", "utf-8")
    tells(refusal(read_export, trio), "eksport", "one labels", "Remedy: export it again")


@pytest.mark.slow
def test_a_structure_without_a_dataset_has_its_questions(trio, export):
    (trio / "dataset.csv").unlink()
    alone = read_export(trio)
    assert alone.responses.empty and list(alone.responses) == list(export.responses)
    assert alone.codebook == export.codebook


def test_another_table_in_the_place_of_the_dataset_is_refused(trio):
    (trio / "dataset.csv").write_text("a;b\n1;2\n", "utf-8")
    tells(refusal(read_export, trio), "one dataset", "Remedy: export it again")


def test_a_part_that_cannot_be_read_is_refused_for_what_is_wrong_with_it(trio):
    path = trio / "dataset.csv"
    path.write_text(path.read_text("cp1252") + '"x', "cp1252")
    tells(refusal(read_export, trio), "dataset.csv, row 6", "quotes")


def test_two_exports_in_a_folder_are_refused(trio):
    shutil.copy(trio / "dataset.csv", trio / "dataset (2).csv")
    tells(refusal(read_export, trio), "dataset (2).csv", "Remedy: keep one export in the folder")


def test_a_workbook_without_its_structure_is_refused_as_one(tmp_path):
    sheets = {"Labels": LABELS, "Dataset": DATASET}
    path = write_workbook(tmp_path / "halv.xlsx", sheets)
    tells(refusal(read_export, path), "halv.xlsx", "one structure", "tick every box")


def test_a_structure_without_a_column_is_refused_by_its_name(trio):
    path = trio / "structure.csv"
    path.write_text(path.read_text("cp1252").replace("choiceText", "tekst", 1), "cp1252")
    tells(refusal(read_export, trio), "structure.csv, row 1", "choiceText is missing")


# the real exports


@cache
def real(name: str):
    return read_export(sample("surveyxact", name))


@pytest.mark.slow
def test_both_real_exports_give_the_same_answers_and_questions():
    ansi, utf16 = real("ex_survey2_semicolon_ansi"), real("ex_survey2_tab_utf16")
    assert ansi.responses.equals(utf16.responses)
    assert ansi.codebook == utf16.codebook
    assert ansi.respondents.equals(utf16.respondents)
    assert set(rules(ansi)) - set(rules(utf16)) == {"encoding_assumed"}


@pytest.mark.slow
def test_the_comma_dialect_of_the_real_export_gives_the_same(tmp_path):
    expected = real("ex_survey2_tab_utf16")
    for name in ("dataset", "labels", "structure"):
        rows = read_grid(sample("surveyxact", "ex_survey2_tab_utf16", f"{name}.csv")).rows
        (tmp_path / f"{name}.csv").write_bytes(written(rows, ",", "cp1252"))
    found = read_export(tmp_path)
    assert found.responses.equals(expected.responses)
    assert found.codebook == expected.codebook


@pytest.mark.slow
def test_the_real_export_has_the_answers_that_its_file_counts():
    export = real("ex_survey2_semicolon_ansi")
    questions = export.codebook.questions
    assert len(export.responses) == 999
    assert sum(question.type == "multiple" for question in questions.values()) == 3
    assert sum(question.type == "text" for question in questions.values()) == 6
    assert len(questions) == 210
    assert export.responses["s_2"].value_counts().to_dict() == {
        **{"": 575, "5": 291, "1": 47, "4": 42, "3": 17, "2": 16, "6": 11}
    }
    assert questions["b_1"].question == {"da": "Er du jente eller gutt?"}
    assert questions["v_1"].codes == [*map(str, range(1, 14)), "16", "14", "15"]
    answered = export.responses["v_1.1"] != ""
    assert answered.sum() == 422
    assert told(export, "without_answers") == [("dataset.csv", "574")]
    assert told(export, "completion")[0][1].startswith("Ny 0, Distribuert 574, Noen svar 85")


@pytest.mark.slow
def test_the_batteries_of_the_real_export_are_groups_and_its_letters_intact():
    codebook = real("ex_survey2_tab_utf16").codebook
    sizes = [len(codebook.in_group(group)) for group in codebook.groups]
    assert sizes == [58, 18, 19, 14, 7, 7, 4, 3, 59]
    assert codebook.questions["p_44"].label == {"da": "Økonomi og ledelse"}
    assert codebook.questions["b_6_1"].question == {"da": "Hvor ble du født?"}
