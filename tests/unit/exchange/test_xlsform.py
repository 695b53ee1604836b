"""exchange.reading.xlsform: forms of KoboToolbox and ODK, with every form of their answers."""

import pytest
from exports import rules, told, write_workbook, written
from refusals import refusal, tells
from source_packages import sample_of, samples

from evaluation.base.errors import InputError
from evaluation.exchange.reading.recognise import read_export
from evaluation.exchange.reading.xlsform import read, recognises

SURVEY = [
    ["type", "name", "label::English (en)", "label::Dansk (da)", "relevant", "appearance"],
    ["start", "start", "", "", "", ""],
    ["note", "velkomst", "Welcome", "Velkommen", "", ""],
    ["select_one ofte", "moeder", "How often?", "Hvor <b>ofte</b> mødes I?", "", ""],
    ["select_multiple hvem", "deltagere", "Who?", "Hvem deltager?", "", ""],
    ["begin_group", "enighed", "Agree?", "Hvor enige er I?", "", ""],
    ["select_one enig", "aaben", "Open", "Vi er åbne", "", ""],
    ["select_one enig", "mange", "Many", "Vi er mange", "", ""],
    ["end_group", "", "", "", "", ""],
    ["begin_group", "tal", "Numbers", "Tal", "${moeder} = '1'", ""],
    ["integer", "medlemmer", "Members", "Hvor mange medlemmer?", "", ""],
    ["end_group", "", "", "", "", ""],
    ["decimal", "timer", "Hours", "Hvor mange timer?", "selected(${deltagere}, 'unge')", ""],
    ["date", "siden", "Since", "Hvornår begyndte I?", "", ""],
    ["text", "andet", "More", "Andet?", "${medlemmer} > 3", ""],
    ["select_one_from_file byer.csv", "by", "Town", "By", "", ""],
    ["geopoint", "sted", "Place", "Sted", "", ""],
    ["begin_repeat", "barn", "Child", "Barn", "", ""],
    ["text", "navn", "Name", "Navn", "", ""],
    ["end_repeat", "", "", "", "", ""],
]
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::Dansk (da)"],
    *(["ofte", 1, "Weekly", "Ugentligt"], ["ofte", 2, "Monthly", "Månedligt"]),
    *(["hvem", "boern", "Children", "Børn"], ["hvem", "unge", "Young", "Unge"]),
    ["hvem", "aeldre", "Old", "Ældre"],
    *(["enig", "1", "Yes", "Enig"], ["enig", "2", "No", "Uenig"], ["enig", "-9", "?", "Ved ikke"]),
]
SHEETS = {"survey": SURVEY, "choices": CHOICES, "settings": [["form_title"], ["Møder"]]}


def cells(lines: str) -> list[list[str]]:
    return [line.strip().split("|") for line in lines.strip().splitlines()]


NAMES = cells("""
    start|moeder|deltagere|enighed/aaben|enighed/mange|tal/medlemmer|timer|siden|andet|_id|_uuid
    2025-01-02|1|boern aeldre|1|-9|12||2010-05-31|Tak|71|a
    2025-01-03|2||2|||2.5|1999-12-01||72|b
    2025-01-04||unge||||||Nej|75|c
""")
SPLIT = cells("""
    start|moeder|deltagere|deltagere/boern|deltagere/unge|deltagere/aeldre|aaben|mange|medlemmer|timer|siden|andet|_id|velkomst
    2025-01-02|1|boern aeldre|1|0|1|1|-9|12||2010-05-31|Tak|71|
    2025-01-03|2|||||2|||2.5|1999-12-01||72|
    2025-01-04||unge|0|1|0||||||Nej|75|
""")
LABELS = cells("""
    start|Hvor <b>ofte</b> mødes I?|Hvem deltager?|Hvem deltager?/Børn|Hvem deltager?/Unge|Hvem deltager?/Ældre|Hvor enige er I?/Vi er åbne|Hvor enige er I?/Vi er mange|Tal/Hvor mange medlemmer?|Hvor mange timer?|Hvornår begyndte I?|Andet?|_id
    2025-01-02|Ugentligt|Børn Ældre|1|0|1|Enig|Ved ikke|12||2010-05-31|Tak|71
    2025-01-03|Månedligt|||||Uenig|||2.5|1999-12-01||72
    2025-01-04||Unge|0|1|0||||||Nej|75
""")  # noqa: E501 - one row of the file is one line
EXPECTED = {
    "moeder": ["1", "2", ""],
    "deltagere.boern": ["1", "", "0"],
    "deltagere.unge": ["0", "", "1"],
    "deltagere.aeldre": ["1", "", "0"],
    "aaben": ["1", "2", ""],
    "mange": ["minus_9", "", ""],
    "medlemmer": ["12", "", ""],
    "timer": ["", "2.5", ""],
    "siden": ["2010-05-31", "1999-12-01", ""],
    "andet": ["Tak", "", "Nej"],
}
LEFT_OUT = {
    "languages_left_out": [("skema.xlsx", "en")],
    "choices_left_out": [("by", "select_one_from_file byer.csv")],
    "type_left_out": [("sted", "geopoint")],
    "repeat_left_out": [("barn", "")],
    "filter_left_out": [("andet", "${medlemmer} > 3")],
}


def form(folder, **sheets):
    folder.mkdir(exist_ok=True)
    return write_workbook(folder / "skema.xlsx", SHEETS | sheets)


def small(folder, rows, choices=CHOICES, header=("type", "name", "label")):
    return form(folder, survey=[list(header), *rows], choices=choices, settings=[["form_title"]])


def with_answers(folder, rows, delimiter=";"):
    (folder / "svar.csv").write_bytes(written(rows, delimiter, "utf-8-sig"))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("rows", [NAMES, SPLIT, LABELS], ids=["names", "columns", "labels"])
def test_names_labels_and_columns_of_choices_give_the_same_answers(tmp_path, rows, kind):
    form(tmp_path / "a")
    if kind == "csv":
        with_answers(tmp_path / "a", rows)
    else:
        write_workbook(tmp_path / "a" / "svar.xlsx", {"Møder": rows})
    export = read_export(tmp_path / "a")
    assert export.format == "XLSForm"
    assert export.responses.to_dict("list") == EXPECTED
    assert list(export.respondents) == ["71", "72", "75"]
    assert list(export.background["start"]) == ["2025-01-02", "2025-01-03", "2025-01-04"]
    assert {rule: told(export, rule) for rule in rules(export)} == LEFT_OUT


def test_the_questions_are_those_of_the_form_in_danish(tmp_path):
    export = read(form(tmp_path / "a"))
    questions = export.codebook.questions
    assert export.language == "da"
    assert questions["moeder"].question == {"da": "Hvor ofte mødes I?"}
    assert [(name, asked.type) for name, asked in questions.items()] == [
        *(("moeder", "single"), ("deltagere", "multiple"), ("aaben", "single")),
        *(("mange", "single"), ("medlemmer", "number"), ("timer", "number")),
        *(("siden", "text"), ("andet", "text")),
    ]
    assert [(option.code, option.label) for option in questions["aaben"].options] == [
        *(("1", {"da": "Enig"}), ("2", {"da": "Uenig"}), ("minus_9", {"da": "Ved ikke"})),
    ]
    assert {name: asked.group for name, asked in questions.items() if asked.group} == {
        **{"aaben": "enighed", "mange": "enighed"}
    }
    assert export.codebook.groups["enighed"].label == {"da": "Hvor enige er I?"}
    assert {name: asked.base for name, asked in questions.items() if asked.base} == {
        **{"medlemmer": ("moeder", "1"), "timer": ("deltagere", "unge")}
    }
    assert "no_answers" in rules(export)


@pytest.mark.parametrize("mark", ["/", "-", ".", ":"])
def test_groups_are_told_from_names_by_every_mark(tmp_path, mark):
    form(tmp_path / "a")
    rows = [[name.replace("/", mark) for name in NAMES[0]], *NAMES[1:]]
    assert read(with_answers(tmp_path / "a", rows)).responses.to_dict("list") == EXPECTED


def test_questions_of_one_name_in_two_groups_are_two(tmp_path):
    rows = [
        *(["begin group", "a", ""], ["text", "x", ""], ["end group", "", ""]),
        *(["begin group", "b", ""], ["text", "x", ""], ["end group", "", ""]),
    ]
    small(tmp_path / "a", rows)
    export = read(with_answers(tmp_path / "a", [["b/x", "a/x"], ["to", "et"]]))
    assert export.responses.iloc[0].to_dict() == {"x": "et", "x_2": "to"}


@pytest.mark.parametrize(
    "kind",
    [
        *("select_one enig or_other", "select one from enig or specify other"),
        "select1 enig or_other",
    ],
)
def test_a_choice_to_be_written_is_an_option_and_a_text(tmp_path, kind):
    small(tmp_path / "a", [[kind, "q", "Enig?"]])
    rows = [["q", "q_other"], ["other", "måske"], ["1", ""]]
    export = read(with_answers(tmp_path / "a", rows))
    assert export.responses.to_dict("list") == {"q": ["other", "1"], "q_other": ["måske", ""]}
    assert export.codebook.questions["q"].options[-1].label == {"da": "Andet"}


def test_who_had_to_answer_is_kept_where_it_is_known_who_was_asked(tmp_path):
    rows = [
        ["select_one enig", "a", "Enig?", "yes", ""],
        ["integer", "b", "Hvor mange?", "TRUE", "${a} = '1'"],
        ["integer", "c", "Hvor lidt?", "true()", "${a} != '1'"],
        ["text", "d", "Hvad?", "no", ""],
    ]
    small(tmp_path / "a", rows, header=("type", "name", "label", "required", "relevant"))
    answers = [["a", "b", "c", "d"], ["1", "2", "", "x"]]
    questions = read(with_answers(tmp_path / "a", answers)).codebook.questions
    assert questions["b"].base == ("a", "1")
    assert [name for name, asked in questions.items() if asked.required] == ["a", "b"]


@pytest.mark.parametrize(
    ("kind", "read_as"),
    [
        *(("select_one enig", "single"), ("select one enig", "single")),
        *(("select_multiple enig", "multiple"), ("select all that apply from enig", "multiple")),
        *(("int", "number"), ("range", "number"), ("string", "text"), ("dateTime", "text")),
    ],
)
def test_every_name_of_a_type_is_known(tmp_path, kind, read_as):
    export = read(small(tmp_path / "a", [[kind, "q", "Enig?"]]))
    assert export.codebook.questions["q"].type == read_as


@pytest.mark.parametrize(
    ("header", "language", "text"),
    [
        (("type", "name", "label"), "da", "Hvor mange er I?"),
        (("type", "name", "label::English"), "en", "Hvor mange er I?"),
        (("type", "name", "label:dansk"), "da", "Hvor mange er I?"),
        (("type", "name", "label :: Deutsch (de)"), "de", "Hvor mange er I?"),
        (("Type", "Name", "Label::French"), "french", "Hvor mange er I?"),
        (("type", "name", "hint"), "da", "q"),
    ],
)
def test_the_language_of_a_form_is_that_of_its_columns(tmp_path, header, language, text):
    export = read(small(tmp_path / "a", [["integer", "q", "Hvor mange er I?"]], header=header))
    assert export.codebook.questions["q"].question == {language: text}


def test_the_default_language_is_that_of_texts_without_one(tmp_path):
    path = form(
        tmp_path / "a",
        survey=[["type", "name", "label", "label::French"], ["text", "q", "Hello", "Salut"]],
        settings=[["default_language"], ["English (en)"]],
    )
    assert read(path).codebook.questions["q"].question == {"en": "Hello"}


@pytest.mark.parametrize(
    ("column", "cell", "parts"),
    [
        ("moeder", "7", ("1, 2",)),
        ("deltagere", "boern hunde", ("boern, unge, aeldre", "'hunde'", "column per choice")),
        ("tal/medlemmer", "mange", ("numbers",)),
    ],
)
def test_an_answer_that_its_question_does_not_have_is_refused(tmp_path, column, cell, parts):
    form(tmp_path / "a")
    rows = [list(row) for row in NAMES]
    rows[2][NAMES[0].index(column)] = cell
    message = refusal(read, with_answers(tmp_path / "a", rows))
    tells(message, f"svar.csv, row 3, column {column}", *parts)


def test_a_choice_column_that_is_neither_0_nor_1_is_refused(tmp_path):
    form(tmp_path / "a")
    rows = [list(row) for row in SPLIT]
    rows[1][3] = "ja"
    message = refusal(read, with_answers(tmp_path / "a", rows))
    tells(message, "svar.csv, row 2, column deltagere/boern", "1 (chosen) or 0", "'ja'")


@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        ([["select_one nix", "q", "?"]], ("row 2", "listed on the sheet choices", "'nix'")),
        ([["text", "", "?"]], ("row 2", "a question has a name")),
        ([["begin group", "g", ""], ["text", "q", "?"]], ("row 2", "also ends", "'g'")),
        ([["text", "q", "?"], ["end group", "", ""]], ("row 3", "ends where it has begun")),
        ([["geopoint", "sted", "?"]], ("has a question", "sted (geopoint)")),
    ],
)
def test_a_form_that_cannot_be_understood_is_refused(tmp_path, rows, parts):
    tells(refusal(read, small(tmp_path / "a", rows)), "skema.xlsx", *parts)


def test_a_workbook_without_a_form_is_none(tmp_path):
    assert not recognises(write_workbook(tmp_path / "a.xlsx", {"survey": [["a", "b"], [1, 2]]}))
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 and no end")
    assert not recognises(tmp_path / "b.xlsx")
    assert not recognises(tmp_path)


# real files

# single, multiple, number, text
READ = {
    "ODKValidateWarnings.xlsx": (0, 0, 1, 1),
    "allow_comment_rows_test.xls": (0, 0, 0, 1),
    "choice_filter_test.xlsx": (3, 0, 0, 0),
    "excel_with_macros.xlsm": (1, 0, 0, 0),
    "flat_xlsform_test.xlsx": (8, 1, 3, 9),
    "or_other.xlsx": (2, 0, 0, 1),
    "select_one_external.xlsx": (3, 0, 0, 0),
    "sms_info.xls": (1, 1, 1, 2),
    "specify_other.xls": (1, 0, 0, 1),
    "table-list.xls": (2, 2, 0, 0),
    "unknown_question_type.xls": (28, 0, 1, 7),
    "widgets.xls": (10, 7, 2, 6),
    "yes_or_no_question.xls": (1, 0, 0, 0),
}
REFUSED = {
    "another_loop.xls": "loop_vehicle_types",
    "bad_calc.xlsx": "calculate",
    "calculate.xls": "calculate",
    "cascading_select_test.xls": "cascading_select lga",
    "gps.xls": "location (gps)",
    "group_names_must_be_unique.xls": "geopoint",
    "hidden.xls": "hidden",
    "include_json.xls": "include",
    "not_closed_group_test.xls": "a group that begins also ends",
    "old_cascades.xls": "cascading_select cities",
    "pull_data.xlsx": "calculate",
    "repeat_date_test.xls": "repeat_test",
    "search_and_select.xlsx": "select_one fruits",
    "simple_loop.xls": "my_table",
    "tutorial.xls": "member",
}


@pytest.mark.slow
def test_every_real_form_is_read_or_refused_by_name():
    kinds = ("single", "multiple", "number", "text")
    forms, refused, counted = 0, {}, {}
    for path in samples("pyxform", ".xls", ".xlsx", ".xlsm").values():
        if not recognises(path):
            # its questions are on a sheet called Sheet1
            assert path.name == "survey_no_name.xlsx"
            continue
        forms += 1
        try:
            export = read(path)
        except InputError as error:
            refused[path.name] = str(error)
            continue
        types = [asked.type for asked in export.codebook.questions.values()]
        counted[path.name] = tuple(types.count(kind) for kind in kinds)
        assert all(remark.text("en") for remark in export.remarks)
    assert forms == 57
    assert set(refused) == set(REFUSED)
    for name, message in refused.items():
        tells(message, name, REFUSED[name], "Remedy: ")
    assert {name: counted[name] for name in READ} == READ
    assert len(counted) == 41


@pytest.mark.slow
def test_a_real_form_of_the_old_workbook_format_in_detail():
    export = read(sample_of("pyxform", "widgets.xls"))
    groups = {name: asked.group for name, asked in export.codebook.questions.items() if asked.group}
    assert len(set(groups.values())) == len(export.codebook.groups) == 4
    table_list = read(sample_of("pyxform", "table-list.xls"))
    assert len(table_list.codebook.groups) == 2
    many = read(sample_of("pyxform", "unknown_question_type.xls"))
    assert told(many, "languages_left_out")[0][1] == "italian, japanese, macedonian"
