"""exchange.reading.spss: labels, missing values, sets and encodings, in written files and in real
ones."""

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from exports import rules, told, with_sets
from refusals import refusal, tells
from source_packages import sample_of, samples

from evaluation.base.errors import InputError
from evaluation.exchange.reading.recognise import read_export
from evaluation.exchange.reading.spss import read, recognises
from evaluation.project.codebook import load_codebook, write_codebook
from evaluation.project.rows import read_rows
from evaluation.scaffold.rows import write_rows

NOTHING = float("nan")


def write(path, columns: dict, **described):
    pyreadstat.write_sav(pd.DataFrame(columns), path, **described)
    return path


def question(export, name):
    return export.codebook.questions[name]


def options(export, name):
    return [
        (option.code, option.label[export.language], option.off_scale)
        for option in question(export, name).options
    ]


def test_labelled_values_are_options_and_missing_ones_are_no_answers_and_told(tmp_path):
    path = write(
        tmp_path / "svar.sav",
        {"Tilfreds": [1.0, 2.0, -9.0, 8.0, NOTHING, 3.0]},
        column_labels={"Tilfreds": "Hvor tilfreds er du på jobbet?"},
        variable_value_labels={
            "Tilfreds": {1: "Meget", 2: "Noget", 3: "Slet ikke", -9: "Ønsker ikke at svare"}
        },
        missing_ranges={"Tilfreds": [-9, 8]},
    )
    export = read(path)
    assert options(export, "tilfreds") == [
        ("1", "Meget", False),
        ("2", "Noget", False),
        ("3", "Slet ikke", False),
    ]
    assert told(export, "missing_not_counted") == [
        ("Tilfreds", "-9 = Ønsker ikke at svare × 1, 8 × 1")
    ]
    assert export.language == "da"
    assert question(export, "tilfreds").question == {"da": "Hvor tilfreds er du på jobbet?"}
    assert list(export.responses["tilfreds"]) == ["1", "2", "", "", "", "3"]


def test_a_range_of_missing_values_is_no_answer(tmp_path):
    path = write(
        tmp_path / "a.sav",
        {"x": [1.0, 95.0, 97.0, 99.0], "y": [18.0, 40.0, 96.5, 120.0]},
        variable_value_labels={"x": {1: "Yes", 2: "No", 97: "Refused"}},
        missing_ranges={"x": [{"lo": 95, "hi": 99}], "y": [{"lo": 90, "hi": 100}]},
    )
    export = read(path)
    assert list(export.responses["x"]) == ["1", "", "", ""]
    assert [option[2] for option in options(export, "x")] == [False, False]
    assert list(export.responses["y"]) == ["18", "40", "", "120"]


def test_a_scale_with_labels_at_its_ends_has_all_its_steps(tmp_path):
    path = write(
        tmp_path / "a.sav",
        {"score": [0.0, 7.0, 10.0]},
        variable_value_labels={"score": {0: "Not at all", 10: "Completely"}},
    )
    export = read(path)
    assert [code for code, _, _ in options(export, "score")] == [str(step) for step in range(11)]
    assert options(export, "score")[7][1] == "7"
    assert list(export.responses["score"]) == ["0", "7", "10"]


def test_a_number_with_a_few_labels_stays_a_number_and_tells_them(tmp_path):
    path = write(
        tmp_path / "a.sav",
        {"alder": [34.0, 97.0, 99.0, 18.5, NOTHING]},
        variable_value_labels={"alder": {97: "97 år og derover", 99: "Uoplyst"}},
        missing_ranges={"alder": [99]},
    )
    export = read(path)
    assert question(export, "alder").type == "number"
    assert list(export.responses["alder"]) == ["34", "97", "", "18.5", ""]
    assert told(export, "labels_unused") == [("alder", "97 = 97 år og derover")]
    assert told(export, "missing_not_counted") == [("alder", "99 = Uoplyst × 1")]


def test_a_value_whose_label_says_that_there_is_no_answer_is_not_counted_and_told(tmp_path):
    path = write(
        tmp_path / "a.sav",
        {"years": [3.0, 12.0, 14.0, 0.0, 99.0, 99.0]},
        variable_value_labels={
            "years": {0: "Under a year", 99: "(DO NOT READ) Don't know/Refused"}
        },
    )
    export = read(path)
    assert list(export.responses["years"]) == ["3", "12", "14", "0", "", ""]
    assert told(export, "beside_not_counted") == [
        ("years", "99 = (DO NOT READ) Don't know/Refused × 2")
    ]
    assert told(export, "labels_unused") == [("years", "0 = Under a year")]


def test_labels_that_repeat_their_numbers_make_no_options_of_amounts(tmp_path):
    years = [8.0, 12.0, 15.0, 16.0, 17.0]
    path = write(
        tmp_path / "a.sav",
        {"educ": years, "age": [18.0, 30.0, 54.0, 80.0, 88.0], "scale": [1.0, 2.0, 3.0, 4.0, 5.0]},
        variable_value_labels={
            "educ": {int(year): f"{year:.0f}" for year in years},
            "age": {**{age: str(age) for age in range(18, 88)}, 88: "88 and more"},
            "scale": {step: str(step) for step in range(1, 6)},
        },
    )
    export = read(path)
    assert [question(export, name).type for name in ("educ", "age", "scale")] == [
        *("number", "number", "single")
    ]
    assert told(export, "labels_unused") == [("age", "88 = 88 and more")]


def test_what_a_tool_records_with_labels_is_no_question(tmp_path):
    path = write(
        tmp_path / "a.sav",
        {"Status": [0.0, 0.0, 1.0], "Finished": [1.0, 0.0, 1.0], "Q1": [1.0, 2.0, 1.0]},
        column_labels={"Status": "Response Type", "Finished": "Finished", "Q1": "Was it useful?"},
        variable_value_labels={
            "Status": {0: "IP Address", 1: "Survey Preview"},
            "Finished": {0: "False", 1: "True"},
            "Q1": {1: "Yes", 2: "No"},
        },
    )
    export = read_export(path)
    assert list(export.codebook.questions) == ["q1"]
    assert told(export, "technical_beside") == [("", "status, finished")]


def test_answers_on_a_scale_are_told_of_however_few_people(tmp_path):
    asked = {"nps": "How likely are you to recommend us?", "n": "How many are you?"}
    path = write(
        tmp_path / "a.sav",
        {"nps": [0.0, 7.0, 9.0], "n": [2.0, 7.0, 9.0], "sex": [1.0, 2.0, 1.0]},
        column_labels=asked,
        variable_value_labels={"sex": {1: "Male", 2: "Female"}},
    )
    assert told(read(path), "number_or_code") == [("nps", "0, 7, 9")]


def test_numbers_that_may_mark_a_missing_answer_are_told(tmp_path):
    path = write(
        tmp_path / "a.sav",
        {"age": [20.0, 35.0, 60.0, 999.0], "sex": [1.0, 2.0, 1.0, 2.0]},
        variable_value_labels={"sex": {1: "Male", 2: "Female"}},
    )
    assert told(read(path), "may_be_missing") == [("age", "999 × 1")]


def test_few_small_numbers_without_labels_may_be_codes_and_are_told(tmp_path):
    path = write(
        tmp_path / "a.sav",
        {"sex": [1.0, 2.0] * 5, "married": [0.0, 1.0] * 5, "pay": [10.5 * n for n in range(10)]},
        variable_value_labels={"sex": {1: "Male", 2: "Female"}},
    )
    assert told(read(path), "number_or_code") == [("married", "0, 1")]


def test_numbers_of_places_are_no_quantities(tmp_path):
    path = write(
        tmp_path / "a.sav",
        {"area": [302.0, 616.0, 201.0], "sex": [1.0, 2.0, 2.0]},
        column_labels={"area": "Area code"},
        variable_value_labels={"sex": {1: "Male", 2: "Female"}},
    )
    export = read_export(path)
    assert question(export, "area").type == "text"
    assert list(export.responses["area"]) == ["302", "616", "201"]


def test_variables_of_chosen_and_not_chosen_are_one_question_in_any_language(tmp_path):
    names = ["m1", "m2", "m3"]
    path = write(
        tmp_path / "a.sav",
        {name: [0.0, 1.0, 0.0] for name in names},
        column_labels=["Mot : L'avenir / le futur", "Mot : Le nucléaire", "Mot : La santé"],
        variable_value_labels={name: {0: "Non cité", 1: "Cité"} for name in names},
    )
    export = read(path)
    (asked,) = export.codebook.questions.values()
    assert asked.type == "multiple"
    assert [label for _, label, _ in options(export, asked.id)] == [
        *("L'avenir / le futur", "Le nucléaire", "La santé")
    ]


def test_a_code_without_a_label_is_an_option_and_told(tmp_path):
    path = write(
        tmp_path / "a.sav",
        {"sex": [1.0, 2.0, 5.0]},
        variable_value_labels={"sex": {1: "Male", 2: "Female"}},
    )
    export = read(path)
    assert options(export, "sex")[-1] == ("5", "5", False)
    assert told(export, "code_without_label") == [("sex", "5")]


def test_numbers_days_times_and_texts_are_written_as_an_export_has_them(tmp_path):
    moment = pd.Timestamp("2025-03-31 13:05:09")
    path = write(
        tmp_path / "a.sav",
        {
            "n": [3.0, -0.25, 1 / 3, 1e15],
            "dag": [moment.date(), None, moment.date(), None],
            "tid": [moment, pd.NaT, moment, pd.NaT],
            "tekst": ["æøå »citat«", "  ", None, "a\u00a0b"],
        },
    )
    export = read(path)
    assert list(export.responses["n"]) == ["3", "-0.25", "0.333333333", "1000000000000000"]
    assert list(export.responses["dag"]) == ["2025-03-31", "", "2025-03-31", ""]
    assert list(export.responses["tid"])[:2] == ["2025-03-31 13:05:09", ""]
    assert list(export.responses["tekst"]) == ["æøå »citat«", "", "", "a\u00a0b"]
    assert [asked.type for asked in export.codebook.questions.values()] == [
        *("number", "text", "text", "text")
    ]


def test_labelled_texts_are_options(tmp_path):
    path = write(
        tmp_path / "a.sav",
        {"land": ["DK", "SE", "DK", ""]},
        variable_value_labels={"land": {"DK": "Danmark", "SE": "Sverige"}},
    )
    export = read(path)
    assert list(export.responses["land"]) == ["dk", "se", "dk", ""]
    assert [label for _, label, _ in options(export, "land")] == ["Danmark", "Sverige"]


def test_a_set_of_dichotomies_is_one_question(tmp_path):
    path = write(
        tmp_path / "a.sav",
        {
            "medie1": [1.0, 0.0, NOTHING, 9.0],
            "medie2": [NOTHING, 0.0, NOTHING, 1.0],
            "andet": [1.0, 2.0, 3.0, 4.0],
        },
        column_labels={"medie1": "Avis", "medie2": "Radio", "andet": "Andet"},
        missing_ranges={"medie1": [9]},
    )
    export = read(with_sets(path, "$medier=D1 1 11 Hvilke er d medie1 medie2"))
    assert list(export.codebook.questions) == ["medier", "andet"]
    assert question(export, "medier").type == "multiple"
    assert [label for _, label, _ in options(export, "medier")] == ["Avis", "Radio"]
    rows = export.responses[["medier.medie1", "medier.medie2"]].to_numpy().tolist()
    assert rows == [["1", "0"], ["0", "0"], ["", ""], ["0", "1"]]


def test_a_set_of_categories_is_one_question(tmp_path):
    labels = {1: "Television", 2: "Radio", 3: "Internet"}
    path = write(
        tmp_path / "a.sav",
        {"first": [1.0, 3.0, NOTHING], "second": [2.0, NOTHING, NOTHING]},
        variable_value_labels={"first": labels, "second": labels},
    )
    export = read(with_sets(path, "$news=C 21 What do you listen to first second"))
    assert question(export, "news").question == {"en": "What do you listen to"}
    assert options(export, "news") == [(str(code), label, False) for code, label in labels.items()]
    rows = export.responses.to_numpy().tolist()
    assert rows == [["1", "1", "0"], ["0", "0", "1"], ["", "", ""]]


@pytest.mark.parametrize("line", ["$s=D3 Yes 5 label v1 v2", "$s=C 5 label v1 v2"])
def test_a_set_that_cannot_be_read_leaves_its_variables_as_they_are(tmp_path, line):
    path = write(tmp_path / "a.sav", {"v1": ["Yes", "No"], "v2": ["", "Yes"]})
    export = read(with_sets(path, line))
    assert export.responses.to_dict("list") == {"v1": ["Yes", "No"], "v2": ["", "Yes"]}
    assert told(export, "set_left_out") == [("s", "")]


def test_the_variable_that_identifies_the_respondents_is_no_question(tmp_path):
    path = write(tmp_path / "a.sav", {"RESPID": [12.0, 7.0], "x": [1.0, 2.0]})
    export = read(path)
    assert list(export.codebook.questions) == ["x"]
    assert list(export.respondents) == ["12", "7"]
    path = write(tmp_path / "b.sav", {"RESPID": [7.0, 7.0], "x": [1.0, 2.0]})
    assert list(read(path).codebook.questions) == ["respid", "x"]
    assert list(read(path).respondents) == ["1", "2"]


@pytest.mark.parametrize("ending", ["sav", "zsav", "por"])
def test_every_form_of_the_file_is_known_by_its_content(tmp_path, ending):
    table = pd.DataFrame({"X1": [1.0, 2.0], "X2": ["Ja", "Nej"]})
    path = tmp_path / f"a.{ending}"
    if ending == "por":
        pyreadstat.write_por(table, path)
    else:
        pyreadstat.write_sav(table, path, compress=ending == "zsav")
    renamed = path.rename(tmp_path / "a.csv")
    assert recognises(renamed)
    export = read_export(renamed)
    assert export.format == "SPSS"
    assert export.responses.to_numpy().tolist() == [["1", "Ja"], ["2", "Nej"]]


def test_letters_of_another_encoding_than_the_file_says_are_kept_and_told(tmp_path):
    path = write(tmp_path / "a.sav", {"x": ["Sk@@", "Ja"]})
    path.write_bytes(path.read_bytes().replace(b"Sk@@", "Skøn".encode("cp1252")))
    export = read(path)
    assert list(export.responses["x"]) == ["Skøn", "Ja"]
    assert "encoding_replaced" in rules(export)


def test_long_labels_are_whole(tmp_path):
    label = "Hvor enig er du i følgende udsagn om foreningen? " * 5
    path = write(
        tmp_path / "a.sav",
        {"x": [1.0, 2.0]},
        column_labels={"x": label},
        variable_value_labels={"x": {1: "Æ" * 50, 2: "Nej"}},
    )
    export = read(path)
    assert question(export, "x").question["da"] == label.strip()
    assert options(export, "x")[0][1] == "Æ" * 50


def test_names_that_are_no_ids_become_different_ones(tmp_path):
    path = write(tmp_path / "a.sav", {"Q.1": [1.0], "Q_1": [2.0], "Wave": [3.0], "ØL": [4.0]})
    export = read(path)
    assert list(export.codebook.questions) == ["q_1", "q_1_2", "wave_2", "oel"]
    assert export.responses.to_numpy().tolist() == [["1", "2", "3", "4"]]


def test_a_file_without_rows_has_its_questions(tmp_path):
    path = write(
        tmp_path / "a.sav",
        {"x": np.array([], dtype=float)},
        variable_value_labels={"x": {1: "Ja", 2: "Nej"}},
    )
    export = read(path)
    assert len(export.responses) == 0
    assert [code for code, _, _ in options(export, "x")] == ["1", "2"]
    assert "no_answers" in rules(export)


def test_a_date_outside_the_calendar_is_refused_with_its_row(tmp_path):
    path = write(tmp_path / "a.sav", {"d": [13e9, 1e300]}, variable_format={"d": "DATE11"})
    tells(refusal(read, path), "a.sav, row 2, column d", "1582 and 9999")


# real files


@pytest.mark.slow
def test_every_real_file_is_read():
    found = {}
    for name, path in samples("savReaderWriter", ".sav", ".zsav").items():
        assert recognises(path), name
        try:
            export = read(path)
        except InputError as error:
            pytest.fail(f"{name}: {error}")
        found[path.name] = (len(export.responses), len(export.codebook.questions))
    assert found == {
        "Employee data.sav": (474, 9),
        "July 2004 Selective Exposure.sav": (1510, 191),
        "all_numeric.sav": (100, 2),
        "all_numeric_datetime_uncompressed.sav": (100, 2),
        "all_numeric_uncompressed.sav": (100, 2),
        "gerhard.sav": (4, 4),
        "gerhard_out.sav": (4, 4),
        "german.sav": (1, 6),
        "greetings.sav": (12, 3),
        "leading_zero.sav": (2, 1),
        "metadata_copy_test.sav": (4, 7),
        "scheiß Encoding.sav": (10, 1),
        "spssio_test.sav": (9, 17),
        "test_dates.sav": (4, 13),
        "time_test.sav": (1, 3),
        "zlib_compressed.zsav": (2, 4),
    }


@pytest.mark.slow
def test_a_real_survey_in_windows_1252(tmp_path):
    export = read(sample_of("savReaderWriter", "July 2004 Selective Exposure.sav"))
    assert export.language == "en"
    assert list(export.respondents[:3]) == ["66", "72", "73"]
    q22 = question(export, "q22")
    assert q22.question["en"].startswith("**Q22 Which of the following comes closest")
    assert options(export, "q20")[1:] == [
        ("2", "Getting news from sources that DON’T HAVE a particular polit", False),
        ("9", "Don’t know/Refused", False),
    ]
    raw, _ = pyreadstat.read_sav(
        sample_of("savReaderWriter", "July 2004 Selective Exposure.sav"), user_missing=True
    )
    for name in ("q1", "q20", "c9"):
        counts = {f"{code:.0f}": n for code, n in raw[name].value_counts().items()}
        answers = export.responses[name]
        assert answers[answers != ""].value_counts().to_dict() == counts
    # 9 is declared missing here and means that the question was not put
    assert not {"8", "9"} & {option.code for option in question(export, "mod2").options}
    write_codebook(export.codebook, tmp_path / "codebook.yml")
    write_rows(export, tmp_path / "survey.csv")
    codebook = load_codebook(tmp_path / "codebook.yml", languages=("en",))
    assert codebook == export.codebook
    rows = read_rows(tmp_path / "survey.csv", codebook, "survey.csv")
    assert len(rows) == 1510


@pytest.mark.slow
def test_the_sets_of_a_real_file():
    export = read(sample_of("savReaderWriter", "spssio_test.sav"))
    assert [label for _, label, _ in options(export, "ages")] == ["27 y.o.", "34 y.o.", "50 y.o."]
    chosen = export.responses[["v.v1", "v.v2", "v.v3"]].to_numpy().tolist()
    assert chosen[:4] == [["1", "1", "1"], ["0", "0", "0"], ["1", "0", "1"], ["0", "0", "0"]]
    assert told(export, "set_left_out") == [("incomes", "")]


@pytest.mark.slow
def test_real_labels_and_letters():
    staff = read(sample_of("savReaderWriter", "Employee data.sav"))
    assert options(staff, "jobcat") == [
        ("1", "Clerical", False),
        ("2", "Custodial", False),
        ("3", "Manager", False),
    ]
    assert staff.responses["jobcat"].value_counts().to_dict() == {"1": 363, "3": 84, "2": 27}
    greetings = read(sample_of("savReaderWriter", "greetings.sav")).responses["greeting"]
    assert {"Здравствуйте", "Grüezi", "สวัสดี"} <= set(greetings)
    dates = read(sample_of("savReaderWriter", "test_dates.sav")).responses
    assert list(dates["var_adate"]) == ["2010-08-11", "1910-01-12", "", ""]


def test_days_of_a_week_and_months_are_what_they_are_shown_as(tmp_path):
    path = write(
        tmp_path / "a.sav",
        {"day": [1.0, 7.0, 2.0], "month": [13500864000.0, 10326873600.0, NOTHING]},
        variable_format={"day": "WKDAY9", "month": "MONTH9"},
    )
    export = read(path)
    assert options(export, "day")[0][1] == "Sunday" and question(export, "day").type == "single"
    assert list(export.responses["month"]) == ["2010-08-11", "1910-01-12", ""]


@pytest.mark.parametrize(("yes", "no"), [("Valgt", "Ikke valgt"), ("Selected", "Not selected")])
def test_variables_that_say_in_words_what_was_chosen_are_one_question(tmp_path, yes, no):
    names = {"q_1": "Hvilke medier? - Avis", "q_2": "Hvilke medier? - Radio"}
    path = write(
        tmp_path / "a.sav",
        {"q_1": [1.0, 2.0, 2.0], "q_2": [2.0, 1.0, 2.0]},
        column_labels=names,
        variable_value_labels={name: {1: yes, 2: no} for name in names},
    )
    (asked,) = read(path).codebook.questions.values()
    assert asked.type == "multiple" and len(asked.options) == 2
