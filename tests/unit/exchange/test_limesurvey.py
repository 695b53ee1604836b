"""exchange.reading.limesurvey: structure files of old and new versions, with every form of
responses."""

import pytest
from exports import rules, told, written
from limesurvey_files import GID, SID, structure
from refusals import refusal, tells
from source_packages import samples

from evaluation.exchange.reading.limesurvey import read, recognises
from evaluation.exchange.reading.recognise import read_export

LIST = {
    **{"code": "Q1", "type": "L", "text": "Hvor <b>ofte</b> mødes I?", "other": "Y"},
    "answers": {"A1": "Ugentligt", "A2": "Månedligt", "A3": "Årligt &amp; sjældnere"},
}
SEVERAL = {
    **{"code": "Q2", "type": "M", "text": "Hvem deltager?"},
    "sub": {"SQ001": "Børn", "SQ002": "Unge", "SQ003": "Ældre"},
}
ARRAY = {
    **{"code": "Q3", "type": "F", "text": "Hvor enige er I?"},
    "sub": {"a": "Vi er åbne", "b": "Vi er mange"},
    "answers": {"1": "Enig", "2": "Uenig", "-9": "Ved ikke"},
}
NUMBER = {"code": "Q4", "type": "N", "text": "Hvor mange medlemmer?"}
YES = {"code": "Q5", "type": "Y", "text": "Har I et hus?"}
DATE = {"code": "Q6", "type": "D", "text": "Hvornår begyndte I?"}
ASKED = [LIST, SEVERAL, ARRAY, NUMBER, YES, DATE]
SHORT = [
    *("id", "submitdate", "ipaddr", "Q1", "Q1[other]", "Q2[SQ001]", "Q2[SQ002]", "Q2[SQ003]"),
    *("Q3[a]", "Q3[b]", "Q4", "Q5", "Q6", "groupTime7"),
]


def cells(lines: str) -> list[list[str]]:
    return [line.strip().split("|") for line in lines.strip().splitlines()]


CODES = [
    SHORT,
    *cells("""
        3|2025-01-02 10:00:00|10.0.0.1|A1||Y||Y|1|-9|12.0000000000|Y|2010-05-31 00:00:00|3.2
        4||10.0.0.2|-oth-|Når vi vil||||2|||N||1
        9|2025-01-03 10:00:00|10.0.0.3|A3||N|N|N|||2.5||1999-12-01 00:00:00|2
    """),
]
FULL = [
    [
        *("Response ID", "Date submitted", "IP address", "Hvor ofte mødes I?"),
        *("Hvor ofte mødes I? [Other]", "Hvem deltager? [Børn]", "Hvem deltager? [Unge]"),
        *("Hvem deltager? [Ældre]", "Hvor enige er I? [Vi er åbne]"),
        *("Hvor enige er I? [Vi er mange]", "Hvor mange medlemmer?", "Har I et hus?"),
        *("Hvornår begyndte I?", "Group time: A"),
    ],
    *cells("""
        3|2025-01-02 10:00:00|10.0.0.1|Ugentligt||Yes|No|Yes|Enig|Ved ikke|12|Ja|2010-05-31|3.2
        4||10.0.0.2|Other|Når vi vil||||Uenig|N/A||Nej||1
        9|2025-01-03 10:00:00|10.0.0.3|Årligt & sjældnere||No|No|No|||2.5||1999-12-01|2
    """),
]
JOINED = [
    [
        "Q1_other" if name == "Q1[other]" else name.replace("[", "_").replace("]", "")
        for name in SHORT
    ],
    *CODES[1:],
]
BOTH = [
    [
        f"{name}. {text}" if name.startswith("Q") else name
        for name, text in zip(SHORT, FULL[0], strict=True)
    ],
    *CODES[1:],
]
EXPECTED = {
    "q1": ["a1", "other", "a3"],
    "q1_other": ["", "Når vi vil", ""],
    "q2.sq001": ["1", "", "0"],
    "q2.sq002": ["0", "", "0"],
    "q2.sq003": ["1", "", "0"],
    "q3_a": ["1", "2", ""],
    "q3_b": ["minus_9", "", ""],
    "q4": ["12", "", "2.5"],
    "q5": ["y", "n", ""],
    "q6": ["2010-05-31", "", "1999-12-01"],
}


def survey(folder, asked, rows, **options):
    folder.mkdir(exist_ok=True)
    structure(folder / "skema.lss", asked, **options)
    (folder / "svar.csv").write_bytes(written(rows, ",", "utf-8-sig"))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("version", [178, 355, 426, 638, 641])
@pytest.mark.parametrize(
    "rows", [CODES, FULL, JOINED, BOTH], ids=["codes", "full texts", "expression codes", "both"]
)
def test_codes_and_full_texts_of_every_version_give_the_same_answers(tmp_path, rows, version):
    export = read_export(survey(tmp_path / "a", ASKED, rows, version=version))
    assert export.format == "LimeSurvey"
    assert export.responses.to_dict("list") == EXPECTED
    assert list(export.respondents) == ["3", "4", "9"]
    assert told(export, "not_completed") == [("svar.csv", "1")]
    assert list(export.background) == ["id", "submitdate"]
    assert rules(export) == ["not_completed"]


def test_the_questions_are_those_of_the_structure(tmp_path):
    export = read(survey(tmp_path / "a", ASKED, CODES))
    questions = export.codebook.questions
    assert [(name, asked.type) for name, asked in questions.items()] == [
        *(("q1", "single"), ("q1_other", "text"), ("q2", "multiple"), ("q3_a", "single")),
        *(("q3_b", "single"), ("q4", "number"), ("q5", "single"), ("q6", "text")),
    ]
    assert questions["q1"].question == {"da": "Hvor ofte mødes I?"}
    assert [(option.code, option.label["da"]) for option in questions["q1"].options] == [
        *(("a1", "Ugentligt"), ("a2", "Månedligt"), ("a3", "Årligt & sjældnere")),
        ("other", "Andet"),
    ]
    assert questions["q3_a"].group == questions["q3_b"].group == "q3"
    assert export.codebook.groups["q3"].question == {"da": "Hvor enige er I?"}
    assert [option.label["da"] for option in questions["q5"].options] == ["Ja", "Nej"]


@pytest.mark.parametrize("version", [355, 638])
def test_danish_is_taken_of_several_languages_and_the_others_told(tmp_path, version):
    asked = [{**YES, "text": {"en": "Do you own a house?", "da": "Har I et hus?", "de": "Haus?"}}]
    path = structure(tmp_path / "a.lss", asked, ("en", "da", "de"), version)
    export = read(path)
    assert export.language == "da"
    assert export.codebook.questions["q5"].question == {"da": "Har I et hus?"}
    assert told(export, "languages_left_out") == [("a.lss", "en, de")]


def test_a_survey_in_neither_danish_nor_english_keeps_its_language(tmp_path):
    export = read(structure(tmp_path / "a.lss", [YES], ("de",)))
    assert export.language == "de"
    assert [option.label for option in export.codebook.questions["q5"].options] == [
        {"de": "Yes"},
        {"de": "No"},
    ]


EVERY_TYPE = [
    ("5", {}, ["Q"], ["3"], {"q": "3"}),
    ("!", {"answers": {"x1": "A"}}, ["Q"], ["x1"], {"q": "x1"}),
    ("O", {"answers": {"1": "A"}}, ["Q", "Q[comment]"], ["1", "så"], {"q": "1", "q_comment": "så"}),
    ("G", {}, ["Q"], ["F"], {"q": "f"}),
    (
        "P",
        {"sub": {"1": "A", "2": "B"}},
        ["Q[1]", "Q[1comment]", "Q[2]", "Q[2comment]"],
        ["Y", "ja da", "", ""],
        {"q.1": "1", "q.2": "0", "q_1comment": "ja da", "q_2comment": ""},
    ),
    ("A", {"sub": {"1": "A"}}, ["Q[1]"], ["5"], {"q_1": "5"}),
    ("B", {"sub": {"1": "A"}}, ["Q[1]"], ["10"], {"q_1": "10"}),
    ("C", {"sub": {"1": "A"}}, ["Q[1]"], ["U"], {"q_1": "u"}),
    ("E", {"sub": {"1": "A"}}, ["Q[1]"], ["D"], {"q_1": "d"}),
    ("H", {"sub": {"1": "A"}, "answers": {"x": "X"}}, ["Q[1]"], ["x"], {"q_1": "x"}),
    (
        "1",
        {"sub": {"s": "A"}, "answers": {"a": "Høj"}, "second": {"b": "Lav"}},
        ["Q[s][1]", "Q[s][2]"],
        ["a", "b"],
        {"q_s_0": "a", "q_s_1": "b"},
    ),
    ("K", {"sub": {"1": "A"}}, ["Q[1]"], ["2.5000000000"], {"q_1": "2.5"}),
    ("Q", {"sub": {"1": "A"}}, ["Q[1]"], ["tekst"], {"q_1": "tekst"}),
    (";", {"sub": {"r": "A"}, "side": {"c": "B"}}, ["Q[r_c]"], ["tekst"], {"q_r_c": "tekst"}),
    (":", {"sub": {"r": "A"}, "side": {"c": "B"}}, ["Q[r_c]"], ["7"], {"q_r_c": "7"}),
    ("S", {}, ["Q"], ["kort"], {"q": "kort"}),
    ("T", {}, ["Q"], ["lang\ntekst"], {"q": "lang\ntekst"}),
    ("U", {}, ["Q"], ["<b>"], {"q": "<b>"}),
    ("*", {}, ["Q"], ["42"], {"q": "42"}),
    (
        "R",
        {"answers": {"x": "X", "y": "Y"}},
        ["Q[1]", "Q[2]"],
        ["y", "x"],
        {"q_1": "y", "q_2": "x"},
    ),
]


@pytest.mark.parametrize(
    ("kind", "parts", "header", "row", "expected"), EVERY_TYPE, ids=[each[0] for each in EVERY_TYPE]
)
def test_every_type_of_question_is_read(tmp_path, kind, parts, header, row, expected):
    asked = [{"code": "Q", "type": kind, "text": "Hvad?", **parts}]
    export = read(survey(tmp_path / "a", asked, [["id", *header], ["1", *row]]))
    assert export.responses.iloc[0].to_dict() == expected
    assert rules(export) == []


@pytest.mark.parametrize(
    ("kind", "rule"),
    [("|", "file_upload_left_out"), ("I", "language_switch_left_out"), ("?", "type_left_out")],
)
def test_what_cannot_be_counted_is_left_out_by_name(tmp_path, kind, rule):
    asked = [YES, {"code": "Q9", "type": kind, "text": "Vælg"}]
    rows = [["id", "Q5", "Q9", "Q9[filecount]"], ["1", "Y", "x", "1"]]
    export = read(survey(tmp_path / "a", asked, rows))
    assert list(export.responses) == ["q5"]
    assert [(remark.rule, remark.place) for remark in export.remarks] == [(rule, "Q9")]


def test_a_filter_is_kept_where_it_is_one_answer_to_one_question(tmp_path):
    asked = [
        *(YES, SEVERAL),
        {**NUMBER, "code": "N1", "relevance": '((Q5.NAOK == "Y"))'},
        {**NUMBER, "code": "N2", "relevance": "Q2_SQ002.NAOK == 'Y'"},
        {**NUMBER, "code": "N3", "relevance": f'(({SID}X{GID}X1.NAOK == "N"))'},
        {**NUMBER, "code": "N4", "relevance": '((Q5.NAOK == "Y") and (Q2_SQ001.NAOK == "Y"))'},
        {**NUMBER, "code": "N5", "relevance": '((Q5.NAOK != "Y"))'},
        {**NUMBER, "code": "N6", "relevance": '((Q9.NAOK == "Y"))'},
    ]
    export = read(structure(tmp_path / "a.lss", asked))
    bases = {name: asked.base for name, asked in export.codebook.questions.items()}
    assert bases == {
        **{"q5": None, "q2": None, "n1": ("q5", "y"), "n2": ("q2", "sq002"), "n3": ("q5", "n")},
        **{"n4": None, "n5": None, "n6": None},
    }
    assert [place for place, _ in told(export, "filter_left_out")] == ["N4", "N5", "N6"]


def test_who_had_to_answer_is_kept_where_it_is_known_who_was_asked(tmp_path):
    asked = [
        {**YES, "mandatory": "Y"},
        {**NUMBER, "code": "N1", "mandatory": "Y", "relevance": '((Q5.NAOK == "Y"))'},
        {**NUMBER, "code": "N2", "mandatory": "Y", "relevance": '((Q5.NAOK != "Y"))'},
        {**NUMBER, "code": "N3", "mandatory": "S"},  # respondents are asked, not made, to answer
    ]
    questions = read(structure(tmp_path / "a.lss", asked)).codebook.questions
    assert [name for name, asked in questions.items() if asked.required] == ["q5", "n1"]


def test_columns_and_questions_that_do_not_meet_are_told(tmp_path):
    export = read(survey(tmp_path / "a", [YES, NUMBER], [["id", "Q5", "ny"], ["1", "Y", "x"]]))
    assert told(export, "column_missing") == [("svar.csv", "Q4")]
    assert told(export, "not_described") == [("ny", "")]
    assert list(export.responses["q4"]) == [""]


@pytest.mark.parametrize(
    ("column", "cell", "parts"),
    [
        ("Q1", "A7", ("A1, A2, A3",)),
        ("Q2[SQ001]", "måske", ("chosen (Y, Yes)",)),
        ("Q4", "mange", ("numbers",)),
    ],
)
def test_an_answer_that_its_question_does_not_have_is_refused(tmp_path, column, cell, parts):
    rows = [list(row) for row in CODES]
    rows[2][SHORT.index(column)] = cell
    message = refusal(read, survey(tmp_path / "a", ASKED, rows))
    tells(message, f"svar.csv, row 3, column {column}", f"'{cell}'", *parts)


def test_a_label_that_two_options_share_is_refused(tmp_path):
    asked = [{**LIST, "other": "N", "answers": {"A1": "Ja", "A2": "Ja"}}]
    assert (
        read(survey(tmp_path / "a", asked, [["id", "Q1"], ["1", "A2"]])).responses.iat[0, 0] == "a2"
    )
    message = refusal(read, survey(tmp_path / "b", asked, [["id", "Q1"], ["1", "Ja"]]))
    tells(message, "svar.csv, row 2, column Q1", "two options", "export the codes")


def test_a_folder_with_two_tables_is_refused(tmp_path):
    folder = survey(tmp_path / "a", ASKED, CODES)
    (folder / "mere.csv").write_bytes(written(CODES, ",", "utf-8"))
    tells(refusal(read, folder), "one file of answers", "mere.csv, svar.csv")


@pytest.mark.parametrize(
    ("content", "told_of"),
    [
        (
            '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><document>'
            "<LimeSurveyDocType>Survey</LimeSurveyDocType>&b;</document>",
            "without entities of its own",
        ),
        ("<document><LimeSurveyDocType>Survey</LimeSurveyDocType>", "well-formed"),
        (
            "<document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>",
            "names its language",
        ),
    ],
)
def test_xml_that_is_broken_or_dangerous_is_refused(tmp_path, content, told_of):
    path = tmp_path / "a.lss"
    path.write_text(content, "utf-8")
    assert recognises(path)
    tells(refusal(read, path), "a.lss", told_of)


def test_a_survey_without_questions_is_refused(tmp_path):
    path = structure(tmp_path / "a.lss", [{"code": "X", "type": "X", "text": "Velkommen"}])
    tells(refusal(read, path), "a.lss", "has a question")


@pytest.mark.slow
def test_every_real_structure_is_read():
    files = samples("citric", ".lss", ".lsq")
    found = {}
    for path in files.values():
        if not recognises(path):
            found[path.name] = None
            continue
        export = read(path)
        assert "no_answers" in rules(export)
        found[path.name] = [
            (name, asked.type, len(asked.options))
            for name, asked in export.codebook.questions.items()
        ]
    assert found == {
        # one question by itself, which is no survey
        "free_text.lsq": None,
        "answers.lss": [
            ("q01", "multiple", 3),
            *((f"q02_sq00{number}", "single", 5) for number in range(1, 6)),
        ],
        "limesurvey_survey_432535.lss": [("g01q01", "single", 5), ("g01q02", "text", 0)],
        "survey.lss": [("g01q01", "text", 0), ("g01q02", "single", 5), ("g02q04", "single", 2)],
    }
    (upload,) = (path for path in files.values() if path.name == "survey.lss")
    export = read(upload)
    assert told(export, "file_upload_left_out") == [("G02Q03", "")]
    assert export.codebook.questions["g01q01"].question == {"en": "Text for first question"}
