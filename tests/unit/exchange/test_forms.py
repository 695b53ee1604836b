"""exchange.reading.drafting and its forms: several answers, batteries, scales, missing marks."""

import pandas as pd
import pytest
from exports import told, written

from evaluation.exchange.reading.forms import missing, several
from evaluation.exchange.reading.forms.closed import closed
from evaluation.exchange.reading.recognise import read_export
from evaluation.language.scales import is_beside, is_known, neutral, on_one_scale, ranks
from evaluation.project.codebook import OTHER_ANSWERS


@pytest.fixture
def export(tmp_path):
    def read(columns: dict[str, list[str]], readings=None, delimiter="\t"):
        path = tmp_path / "svar.csv"
        rows = [list(columns), *(list(row) for row in zip(*columns.values(), strict=True))]
        path.write_bytes(written(rows, delimiter, "utf-8"))
        return read_export(path, readings)

    return read


def labels(export, name):
    return [next(iter(o.label.values())) for o in export.codebook.questions[name].options]


def ticks(export, name):
    question = export.codebook.questions[name]
    return {code: list(export.responses[f"{name}.{code}"]) for code in question.codes}


LISTS = [("Mad",), ("Råd", "Mad"), ("Sport",), ("Mad", "Sport"), ("Råd",), ("Sport", "Råd", "Mad")]


@pytest.mark.parametrize(
    ("separator", "end"), [(", ", ""), (";", ""), (";", ";"), ("\n", ""), ("|", ""), ("; ", "")]
)
def test_several_answers_in_a_cell_are_options(export, separator, end):
    cells = [separator.join(each) + end for each in LISTS * 3]
    found = export({"Er I med?": ["Ja"] * 18, "Hvad laver I?": cells})
    assert labels(found, "hvad_laver_i") == ["Mad", "Råd", "Sport"]
    assert ticks(found, "hvad_laver_i")["mad"] == ["1", "1", "0", "1", "0", "1"] * 3


def test_an_option_may_hold_the_separator(export):
    lists = [
        tuple({"Mad": "Mad, drikke og kage", "Råd": "Råd (penge, bolig)"}.get(o, o) for o in each)
        for each in LISTS
    ]
    cells = [", ".join(each) for each in lists * 3]
    found = export({"Er I med?": ["Ja"] * 18, "Hvad laver I?": cells})
    assert labels(found, "hvad_laver_i") == ["Mad, drikke og kage", "Råd (penge, bolig)", "Sport"]


@pytest.mark.parametrize(
    "cells",
    [
        ["Ja, ofte", "Ja, sjældent", "Nej"],
        ["Enig, men kun delvist", "Uenig, helt", "Ved ikke"],
        ["Jeg kan godt lide det, og vi ses", "Det var fint, men langt", "Nej"],
    ],
)
def test_commas_in_answers_do_not_divide_them(cells):
    assert several.answers(pd.Series(cells * 5)) is None


def test_who_ticks_nothing_is_asked_unless_nothing_else_was_answered(export):
    found = export(
        {"Alder": ["30", "40", "", "50"], "Hvad? - Mad": ["Mad", "", "", "Mad"]}
        | {"Hvad? - Råd": ["Råd", "", "", ""]}
    )
    assert ticks(found, "hvad") == {"mad": ["1", "0", "", "1"], "raad": ["1", "0", "", "0"]}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("chosen", "other"),
    [
        *(("1", "0"), ("Valgt", "Ikke valgt"), ("Selected", "Not selected"), ("TRUE", "FALSE")),
        *(("Ja", "Nej"), ("Yes", "No"), ("X", ""), ("x", ""), ("1", ""), ("Checked", "Unchecked")),
        *(("Ausgewählt", "Nicht ausgewählt"), ("Vald", "Inte vald"), ("Sand", "Falsk")),
    ],
)
@pytest.mark.parametrize("name", ["Hvad? [{}]", "Hvad? - {}", "Hvad?: {}", "Hvad/{}"])
def test_a_column_an_option_is_one_question_whatever_marks_it(export, chosen, other, name):
    ticked = {"Mad": [chosen, other, chosen], "Råd": [other, chosen, chosen]}
    columns = {name.format(option): cells for option, cells in ticked.items()}
    found = export({"Er I med?": ["Ja", "Nej", "Ja"], **columns})
    assert ticks(found, "hvad") == {"mad": ["1", "0", "1"], "raad": ["0", "1", "1"]}


@pytest.mark.parametrize("nothing", ["", "Not selected", "Ikke valgt"])
def test_a_column_with_its_own_label_is_an_option(export, nothing):
    cells = {"q4_1": ["Far", nothing, "Far", "Far"], "q4_2": ["Mor", "Mor", nothing, "Mor"]}
    found = export({"Alder": ["1", "2", "3", "4"], **cells})
    assert labels(found, "q4") == ["Far", "Mor"]
    assert ticks(found, "q4")["mor"] == ["1", "1", "0", "1"]


def test_other_in_words_is_an_option_and_a_text(export):
    found = export(
        {"Er I med?": ["Ja"] * 3, "Hvad? [Mad]": ["Mad", "", "Mad"], "Hvad? [Råd]": ["", "Råd", ""]}
        | {"Hvad? [Andet, skriv hvad]": ["", "strikker med Bo", "går ture i skoven"]}
    )
    assert labels(found, "hvad") == ["Mad", "Råd", "Andet, skriv hvad"]
    assert found.codebook.questions["hvad_andet_skriv_hvad"].type == "text"


def test_a_summary_beside_its_parts_is_counted_once(export):
    found = export(
        {"Hvad?": ["Mad, Råd", "Råd", ""], "Hvad?/Mad": ["1", "0", ""], "Hvad?/Råd": ["1", "1", ""]}
    )
    assert list(found.codebook.questions) == ["hvad"]
    assert told(found, "summary_left_out") == [("Hvad?", "")]


@pytest.mark.parametrize("name", ["Hvor enig er du? [{}]", "Hvor enig er du? - {}", "q7_{}"])
def test_a_battery_has_one_scale(export, name):
    found = export(
        {name.format("Godt"): ["Enig", "Uenig", "Enig"] * 3}
        | {name.format("Nyttigt"): ["Meget enig", "Hverken enig eller uenig", "Enig"] * 3}
    )
    first, second = found.codebook.questions.values()
    assert first.options == second.options and len(first.options) == 5
    assert first.group is not None and first.group == second.group


# known scales


@pytest.mark.parametrize(
    ("given", "whole"),
    [
        (["Enig", "Hverken enig eller uenig", "Meget uenig"], 5),
        (["Agree", "Neither agree nor disagree", "Strongly disagree"], 5),
        (["Nöjd", "Varken nöjd eller missnöjd", "Mycket nöjd"], 5),
        (["Enig", "Verken enig eller uenig", "Svært enig"], 5),
        (["Zufrieden", "Teils teils", "Sehr zufrieden"], 5),
        (["Enig", "Hverken enig eller uenig", "Uenig"], 3),
        (["Good", "Fair", "Excellent"], 4),
        (["Enig", "Uenig"], 2),
        (["Ja", "Nej"], 2),
    ],
)
def test_a_known_scale_is_whole_though_nobody_chose_an_end(export, given, whole):
    found = export({"q": given * 3, "Alder": ["30", "41", "52"][: len(given)] * 3})
    assert len(labels(found, "q")) == whole
    assert all(label[:1].isupper() for label in labels(found, "q"))


# labels


@pytest.mark.slow
def test_what_few_wrote_is_no_label(export):
    cells = (
        ["Nej"] * 20 + ["Nej tak"] * 5 + ["Min chef mobbede mig i foråret", "Jeg blev sendt hjem"]
    )
    found = export({"Andet du vil sige?": cells, "x": ["Ja", "Nej", "Ja"] * 9})
    assert found.codebook.questions["andet_du_vil_sige"].type == "text"
    towns = ["Aarhus"] * 12 + ["Odense"] * 10 + ["Aalborg"] * 5 + ["Anholt"] * 2
    found = export({"By": towns, "x": (["Ja", "Nej"] * 15)[:29]})
    assert labels(found, "by") == ["Aalborg", "Aarhus", "Odense", "Andre svar"]
    assert list(found.responses["by"])[-1] == OTHER_ANSWERS
    assert "Anholt" not in str(found.codebook) + str(found.remarks)


def test_a_label_that_an_earlier_wave_has_stays_one_though_few_chose_it():
    cells = pd.Series(["Aarhus"] * 5 + ["Odense"] * 4 + ["Anholt"])
    assert "Anholt" not in closed([cells]).labels
    assert "Anholt" in closed([cells], {"Anholt", "Aarhus"}).labels


# marks of no answer


@pytest.mark.slow
@pytest.mark.parametrize("mark", ["-", ".", "NA", "n/a", "#N/A", "NULL", "-99", "99", "999"])
def test_a_mark_of_no_answer_is_no_option_and_told(export, mark):
    found = export({"q": ["Ja", "Nej", mark] * 4, "y": ["a"] * 12})
    assert labels(found, "q") == ["Ja", "Nej"]
    assert told(found, "marks_left_out")[0][1] == f"{mark} × 4"
    kept = export({"q": ["Ja", "Nej", mark] * 4, "y": ["a"] * 12}, {"q": "text"})
    assert list(kept.responses["q"])[2] == mark


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["1", "5", "-99", "3"], {"-99": 1}),
        (["1", "5", "9999", "3"], {"9999": 1}),
        (["45", "23", "999", "67"], {"999": 1}),
        (["88", "97", "99", "91"], {}),
        (["-9", "-12", "-3", "4"], {}),
        (["120", "999", "1500"], {}),
    ],
)
def test_a_number_far_from_all_others_marks_a_missing_answer(cells, found):
    assert missing.without_codes(pd.Series(cells))[1] == found


def test_words_in_free_text_are_left_alone(export):
    found = export(
        {"Hvad mangler I?": ["N/A", "Mere tid til alt", "Et sted", "None"], "x": ["1"] * 4}
    )
    assert next(iter(found.responses["hvad_mangler_i"])) == "N/A"


def test_numbers_with_a_unit_are_numbers(export):
    found = export({"Timer": ["3 timer", "ca. 12 timer", "1,5 timer", "40"], "x": ["1"] * 4})
    assert list(found.responses["timer"]) == ["3", "12", "1.5", "40"]
    assert told(found, "unit_left_out") == [("timer", "timer")]


@pytest.mark.parametrize(
    ("label", "known"),
    [
        *(
            ("5 - I høj grad", True),
            ("3", True),
            ("1 (lav)", True),
            ("18-29 år", True),
            ("10+", True),
        ),
        *(("Under 1.000 kr.", True), ("3 eller flere", True), ("Mere end 5 timer", True)),
        *(
            ("20123456", False),
            ("3 gange har jeg ringet til Bo Lind", False),
            ("Nørregade 12", False),
        ),
        *(
            ("ring til 20123456", False),
            ("svar 1", False),
            ("2 - min leder Bo mobbede mig hele tiden", False),
        ),
    ],
)
def test_a_number_makes_no_sentence_a_known_answer(label, known):
    assert is_known(label) is known


@pytest.mark.parametrize(
    "label",
    ["Ne sait pas", "(DO NOT READ) Don't know", "Ved ikke (spontant)", "Dk/Ref", "Not provided"],
)
def test_no_answer_is_known_in_further_languages_and_with_notes(label):
    assert is_beside(label)


def test_a_scale_is_known_in_words_that_are_run_together():
    assert on_one_scale(["StronglyAgree", "Agree", "StronglyDisagree"])


def test_sums_in_the_last_row_are_nobodys_answers(export):
    cells = ["Nord", "Syd"] * 6
    found = export({"Afdeling": [*cells, "I alt"], "Kurser": ["2", "7"] * 6 + ["54"]})
    assert len(found.responses) == 12
    assert told(found, "totals_left_out") == [("svar.csv", "I alt")]


def test_a_name_of_a_sum_among_answers_is_an_answer(export):
    cells = ["Delvis", "Total"] * 6
    found = export({"Renovering": cells, "x": ["Ja"] * 12})
    assert len(found.responses) == 12


def test_a_ranking_in_one_cell_is_text_and_told(export):
    cells = ["Mad;Snak;Musik;", "Snak;Mad;Musik;", "Musik;Snak;Mad;"]
    found = export({"Rangér følgende": cells * 4, "x": ["Ja"] * 12})
    assert found.codebook.questions["ranger_foelgende"].type == "text"
    assert told(found, "ranking_as_text") == [("ranger_foelgende", "")]


def test_what_is_written_beside_an_option_is_no_option_of_its_own(export):
    found = export(
        {
            "q3_1 Mad": ["1", "", "1", ""],
            "q3_2 Andet": ["", "1", "1", ""],
            "q3_andet": ["", "strik", "skak", ""],
            "x": ["svar"] * 4,
        }
    )
    assert labels(found, "q3") == ["Mad", "Andet"]
    assert list(found.responses["q3_andet"]) == ["", "strik", "skak", ""]


def test_about_so_many_is_a_number(export):
    found = export({"Hvor mange ansatte?": ["5", "12", "ved ikke", "ca. 30"] * 5, "x": ["Ja"] * 20})
    assert list(found.responses["hvor_mange_ansatte"][:4]) == ["5", "12", "", "30"]


def test_a_heading_twice_that_is_an_answer_is_a_heading(export):
    scale = ["Meget tilfreds", "Tilfreds", "Utilfreds"] * 4
    found = export({"Tilfreds": scale, " Tilfreds": scale, "x": ["Ja"] * 12})
    assert list(found.codebook.questions) == ["tilfreds", "tilfreds_2", "x"]


def test_a_step_of_a_scale_alone_is_no_tick(export):
    found = export({"Q1": ["Neutral", "", "Neutral", "Neutral"] * 3, "x": ["svar"] * 12})
    assert found.codebook.questions["q1"].type == "single"


def test_an_item_that_is_only_numbered_keeps_its_heading(export):
    cells = ["Ja", "Nej", "Ved ikke"] * 3
    found = export({"Q1_1": cells, "Q1_2": cells, "x": ["svar"] * 9})
    first = found.codebook.questions["q1_1"]
    assert first.group and first.question == {"da": "Q1_1"}


def test_other_with_what_somebody_wrote_is_no_label(export):
    cells = ["Mad", "Råd", "Mad, Råd", "Andet: min nabo Else", "Mad, Andet: min nabo Else"] * 4
    found = export({"Hvad bruger du?": cells, "x": ["Ja"] * 20})
    assert labels(found, "hvad_bruger_du") == ["Mad", "Råd", "Andre svar"]


def test_marks_in_columns_without_a_stem_are_one_question(export):
    found = export({"Alder": ["30", "41", "52"], "Avis": ["x", "", ""], "Radio": ["X", "X", ""]})
    (several,) = (q for q in found.codebook.questions.values() if q.type == "multiple")
    assert labels(found, several.id) == ["Avis", "Radio"]


@pytest.mark.parametrize("cells", [["12. marts 2024", "1. april 2024"], ["10:30", "11:45"]])
def test_days_and_times_are_no_options(export, cells):
    found = export({"Hvornår?": cells * 6, "x": ["Ja", "Nej"] * 6})
    assert found.codebook.questions["hvornaar"].type == "text"


def test_a_row_counted_is_no_answer(export):
    found = export({"_index": [str(row + 1) for row in range(12)], "q": ["Ja", "Nej"] * 6})
    assert list(found.codebook.questions) == ["q"]


def test_numbers_with_a_decimal_point_may_be_codes_all_the_same(export):
    """As programs write whole numbers beside empty cells."""
    found = export({"a": ["1.0", "2.0", "", "3.0"] * 5, "x": ["svar"] * 20})
    assert told(found, "number_or_code") == [("a", "1, 2, 3")]


def test_ticks_may_have_a_word_for_not_asked(export):
    cells = ["Yes", "No", "N/A", "Yes", "No"] * 3
    found = export({"Who? [A]": cells, "Who? [B]": cells, "x": ["svar"] * 15})
    assert ticks(found, "who")["a"][:3] == ["1", "0", ""]


@pytest.mark.parametrize(("yes", "no"), [("Oui", "Non"), ("Sí", "No"), ("Ja", "Nein")])
def test_ticks_are_known_in_other_languages(export, yes, no):
    found = export({"Q [A]": [yes, no, no], "Q [B]": [no, no, yes], "x": ["svar"] * 3})
    assert ticks(found, "q") == {"a": ["1", "0", "0"], "b": ["0", "0", "1"]}


def test_columns_with_a_code_of_their_own_are_options(export):
    found = export(
        {
            "role.dev": ["2", "", "2", ""],
            "role.exec": ["", "3", "", ""],
            "role.sales": ["", "", "", "4"],
            "x": ["svar"] * 4,
        }
    )
    assert ticks(found, "role") == {
        "dev": ["1", "0", "1", "0"],
        "exec": ["0", "1", "0", "0"],
        "sales": ["0", "0", "0", "1"],
    }


def test_only_no_is_an_answer_and_no_option_that_was_ticked(export):
    found = export({"Har du en kat?": ["Nej", "", "Nej", "Nej"] * 3, "x": ["svar"] * 12})
    assert found.codebook.questions["har_du_en_kat"].type != "multiple"


@pytest.mark.parametrize(
    "long", [" og det er meget vigtigt for os alle sammen at huske på" * 2, ""]
)
def test_texts_that_recur_are_told_though_they_are_long(export, long):
    cells = [f"Svar {at}{long} fra os" for at in (1, 2, 3)] * 6
    found = export({"Hvad?": [*cells, *(f"Nr. {at}{long}" for at in range(3))], "x": ["1"] * 21})
    kept = found.codebook.questions["hvad"].type == "text"
    assert told(found, "may_be_options") == ([("hvad", "")] if kept else [])


@pytest.mark.slow
def test_lists_that_are_not_sure_are_told_and_read_as_options_when_somebody_says_so(export):
    lists = ["Bus og tog, Cykel", "Cykel, Gang i skoven", "Bus og tog, Gang i skoven"]
    lists += ["Bus og tog, Cykel, Gang i skoven"]
    columns = {"Hvordan?": lists, "x": ["svar", "s", "t", "u"]}
    assert told(export(columns), "may_be_options") == [("hvordan", "")]
    found = export(columns, {"Hvordan?": "options"})
    assert labels(found, "hvordan") == ["Bus og tog", "Cykel", "Gang i skoven"]


def test_an_item_of_a_battery_may_speak_of_describing(export):
    """A heading of free text above the answers of its neighbours is one of them."""
    cells = ["Enig", "Uenig", "Enig", "Hverken enig eller uenig"] * 5
    found = export(
        {f"Det her [{item}]": cells for item in ("hjælper", "kan beskriv alt", "virker")}
    )
    questions = found.codebook.questions.values()
    assert [(q.type, bool(q.group)) for q in questions] == [("single", True)] * 3


def test_other_answers_end_a_battery(export):
    cells = ["Enig", "Uenig", "Enig", "Hverken enig eller uenig"] * 5
    columns = {f"Det her [{item}]": cells for item in ("hjælper", "virker")}
    found = export(columns | {"Det her [Andre]": ["noget helt for sig", *[""] * 19]})
    assert [bool(q.group) for q in found.codebook.questions.values()] == [True, True, False]


@pytest.mark.parametrize("word", ["NA", "null", "#N/A", "NaN"])
def test_what_a_program_writes_for_no_text_is_none(export, word):
    found = export({"Kommentar": ["Det var en god dag", word, "Mere tid til alt"], "x": ["1"] * 3})
    assert list(found.responses["kommentar"])[1] == ""
    assert ("kommentar", f"{word} × 1") in told(found, "marks_left_out")


def test_words_beside_an_option_are_no_option_whatever_their_column_is_called(export):
    """A tool may number the columns of a question, that of the words too."""
    said = ["", "Andet", "", "Andet"] * 5
    words = ["", "Naboen", "", "Min kusine kom forbi"] * 5
    columns = {"q_1": ["Mad", "", "Mad", "Mad"] * 5, "q_2": ["", "Råd", "Råd", ""] * 5}
    found = export({**columns, "q_3": said, "q_4": words, "x": ["Ja", "Nej"] * 10})
    assert labels(found, "q") == ["Mad", "Råd", "Andet"]
    alone = export({**columns, "q_4": words, "x": ["Ja", "Nej"] * 10})
    assert labels(alone, "q") == ["Mad", "Råd", "Andre svar"]


def test_a_heading_may_begin_as_markup_does(export):
    found = export({"[1] Er I med?": ["Ja", "Nej"] * 6, "<b>Alder</b>": ["30", "41"] * 6})
    assert [question.type for question in found.codebook.questions.values()] == ["single", "number"]


@pytest.mark.parametrize(
    "steps",
    [
        ("Stimme eher zu", "Teils, teils", "Stimme eher nicht zu", "Stimme gar nicht zu"),
        ("Sehr gut", "Weder gut noch schlecht", "Schlecht"),
        ("D'accord", "Ni d’accord ni pas d’accord", "Pas d'accord"),
        ("Très satisfaite", "Ni satisfaite ni insatisfaite", "Insatisfaite"),
    ],
)
def test_scales_of_further_languages_have_their_neutral_step(steps):
    assert ranks(list(steps)) == sorted(ranks(list(steps)))
    assert neutral(list(steps)) == {1}


def test_what_names_no_answer_in_short_stands_beside_the_scale():
    assert all(map(is_beside, ("k.A.", "N.S.P.", "Weiß nicht / k. A.", "n/a")))


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["1: Helt uenig", "2: Uenig", "3: Hverken/eller", "4: Enig"], [6, 5, 3, 1]),
        (["Strongly agree (1)", "Agree (2)", "Disagree (3)"], [0, 1, 5]),
        # where only the ends have words, these say which end is more
        (["1 - Meget enig", "2", "3", "4", "5 - Meget uenig"], [0, 1, 2, 3, 4]),
        (["1 - Meget uenig", "2", "3", "4", "5 - Meget enig"], [4, 3, 2, 1, 0]),
        (["1 = slemt", "2", "3 = fint"], [2, 1, 0]),
    ],
)
def test_a_number_beside_the_words_does_not_turn_a_scale(labels, expected):
    assert ranks(labels) == expected


def test_a_number_before_no_answer_makes_no_step_of_it():
    assert is_beside("9: Ved ikke") and is_beside("99 - Ønsker ikke at svare")
    assert is_beside("Don't know (9)") and not is_beside("9") and not is_beside("3: Enig")


@pytest.mark.parametrize("at", [2, 3])
def test_words_beside_an_option_are_text_wherever_their_column_stands(export, at):
    columns = {
        "Q5_1": ["Far", "", "Far", ""] * 9,
        "Q5_2": ["", "Mor", "Mor", ""] * 9,
        "Q5_3": ["", "", "Andet", ""] * 9,
    }
    names = list(columns)
    names.insert(at, "Q5_3_TEXT")
    columns["Q5_3_TEXT"] = ["", "", "min moster", ""] * 9
    found = export({name: columns[name] for name in names} | {"x": ["Ja", "Nej"] * 18})
    assert labels(found, "q5") == ["Far", "Mor", "Andet"]
    assert found.codebook.questions["q5_3_text"].type == "text"


def test_other_alone_is_a_tick(export):
    found = export({"Avis": ["Andet", "", "", ""] * 9, "x": ["Ja", "Nej"] * 18})
    assert found.codebook.questions["avis"].type == "multiple"


@pytest.mark.parametrize(
    "steps",
    [
        ("Meget positiv", "Positiv", "Neutral", "Negativ"),
        ("Langt bedre", "Lidt bedre", "Uændret", "Lidt værre"),
        ("Definitely", "Probably", "Might or might not", "Probably not"),
    ],
)
def test_further_scales_have_an_order_and_a_middle(steps):
    assert ranks(list(steps)) == [0, 1, 2, 3] and neutral(list(steps)) == {2}


@pytest.mark.parametrize("word", ["ubesvaret", "inget svar", "nicht beantwortet", "Ubesvart"])
def test_numbers_beside_a_word_for_no_answer_are_numbers(export, word):
    found = export({"Alder": ["31", word, "25"] * 6, "x": ["Ja", "Nej", "Ja"] * 6})
    assert found.codebook.questions["alder"].type == "number"


def test_a_unit_may_be_one_or_many(export):
    found = export({"Timer": ["1 time", "2 timer", "1,5 time", "12"], "x": ["1"] * 4})
    assert list(found.responses["timer"]) == ["1", "2", "1.5", "12"]


@pytest.mark.parametrize(
    "said",
    [
        ("Nej", "nej", "Nej tak", "Næ"),
        ("Nei", "nei", "nope", "alt bra"),
        ("Nej", "Nej!", "Inget", "Tack för hjälpen"),
        ("No", "Nothing", "Good", "Thank you"),
        ("Nein", "keine", "Alles gut", "Nichts"),
        ("Non", "Rien", "RAS", "Merci beaucoup"),
    ],
)
def test_a_box_in_which_people_say_that_they_have_nothing_to_say_is_text(export, said):
    cells = [*said * 6, "min mand er syg", "mere tid til samtaler", ""]
    found = export({"Er I med?": ["Ja"] * 27, "Q9": cells})
    assert found.codebook.questions["q9"].type == "text"


def test_other_in_words_beside_a_list_leaves_the_list(export):
    cells = [*("Bus", "Bil", "Cykel") * 6, "min nabo kørte mig", "til fods"]
    found = export({"Er I med?": ["Ja"] * 20, "Q9": cells})
    assert labels(found, "q9") == ["Bil", "Bus", "Cykel", "Andre svar"]


@pytest.mark.parametrize(
    "mark", ["(leer)", "(vide)", "(tom)", "(empty)", "[no answer]", "[ingen svar]", "<ohne>"]
)
def test_a_note_in_brackets_is_no_answer_in_whatever_language(export, mark):
    found = export({"Q1": [*("Ja", "Nej") * 5, mark, mark], "Q2": ["3"] * 12})
    assert labels(found, "q1") == ["Ja", "Nej"]
    assert told(found, "marks_left_out") == [("q1", f"{mark} × 2")]


def test_options_that_all_stand_in_brackets_are_answers():
    cells = pd.Series(["(god)", "(dårlig)"] * 4)
    assert list(missing.without_words(cells)[0]) == list(cells)


@pytest.mark.parametrize(
    ("cells", "marks"),
    [
        (["1", "2", "3", "4", "5", "9", "9"], "9 × 2"),
        (["1", "2", "3", "4", "8", "9"], "8 × 1, 9 × 1"),
        # steps, and numbers that are counted
        (["1", "2", "3", "4", "5", "6", "7"], None),
        (["0", "2", "5", "9", "12", "3", "1"], None),
        (["31", "22", "47", "9", "8", "35"], None),
    ],
)
def test_numbers_beyond_a_gap_are_doubted_and_counted(export, cells, marks):
    found = export({"Q1": cells * 3, "Q2": ["Ja"] * len(cells) * 3})
    counted = [(name, value) for name, value in told(found, "may_be_missing")]
    three = marks and ", ".join(f"{m[0]} × {3 * int(m[-1])}" for m in marks.split(", "))
    assert counted == ([("q1", three)] if marks else [])
    assert (found.responses["q1"] != "").all()


def test_other_of_limesurvey_is_an_option_and_its_text_a_question(export):
    cells = [*("A1", "A2", "-oth-") * 4]
    found = export({"Q1": cells, "Q1[other]": ["", "", "til hest"] * 4, "Q2": ["Ja"] * 12})
    assert labels(found, "q1") == ["A1", "A2", "Andre svar"]
    assert (found.responses["q1"] == OTHER_ANSWERS).sum() == 4


@pytest.mark.parametrize("separator", [" / ", "/", " + ", " • "])
def test_further_signs_may_stand_between_answers(export, separator):
    cells = [separator.join(each) for each in LISTS * 3]
    found = export({"Er I med?": ["Ja"] * 18, "Hvad laver I?": cells})
    assert labels(found, "hvad_laver_i") == ["Mad", "Råd", "Sport"]


@pytest.mark.parametrize("sign", ["; ", ", ", "|"])
def test_lists_of_the_same_options_in_other_orders_are_a_ranking(export, sign):
    orders = [("Pris", "Ro", "Mad"), ("Ro", "Pris", "Mad"), ("Mad", "Ro", "Pris")]
    found = export({"Er I med?": ["Ja"] * 9, "Q1": [sign.join(each) for each in orders * 3]})
    assert found.codebook.questions["q1"].type == "text"
    assert [name for name, _ in told(found, "ranking_as_text")] == ["q1"]


@pytest.mark.parametrize("end", ["? ", "... ", "… "])
def test_items_behind_a_question_without_a_sign_are_one_battery(export, end):
    stem = f"Hvor enig er du i følgende om forløbet{end}"
    items = ("Jeg blev hørt", "Jeg fik redskaber", "Det var for kort")
    steps = ["Enig", "Hverken enig eller uenig", "Uenig"]
    found = export({stem + item: steps * 3 for item in items})
    assert len(found.codebook.groups) == 1
    assert [q.question["da"] for q in found.codebook.questions.values()] == list(items)


def test_a_scale_of_numbers_with_worded_ends_is_whole_though_nobody_chose_a_step(export):
    steps = ["0 - Slet ikke", *map(str, (1, 2, 3, 4, 5, 6, 8, 9)), "10 - Meget"]
    found = export({"Q1": steps * 3, "Q2": ["Ja"] * 30})
    assert "7" in labels(found, "q1") and len(labels(found, "q1")) == 11


def test_a_list_as_programs_write_it_is_several_answers(export):
    cells = ['["Mad", "Sport"]', '["Mad"]', "[]", '["Råd, hjælp"]'] * 4
    found = export({"Q1": cells, "Q2": ["Ja"] * 16})
    assert labels(found, "q1") == ["Mad", "Råd, hjælp", "Sport"]
    assert ticks(found, "q1")["mad"] == ["1", "1", "0", "0"] * 4


def test_columns_of_one_question_are_one_wherever_they_stand(export):
    chosen = {"Mad": ["Valgt", "Ikke valgt"], "Råd": ["Ikke valgt", "Valgt"]}
    found = export(
        {
            "Hvad? - Mad": chosen["Mad"] * 4,
            "Glad?": ["Ja", "Nej"] * 4,
            "Hvad? - Råd": chosen["Råd"] * 4,
        }
    )
    assert {name: q.type for name, q in found.codebook.questions.items()} == {
        "hvad": "multiple",
        "glad": "single",
    }
    assert ticks(found, "hvad")["raad"] == ["0", "1"] * 4


@pytest.mark.parametrize("sign", ["…", "...", "//", "*", "–"])
def test_punctuation_alone_is_no_answer(sign):
    cells = pd.Series(["Enig", "Uenig", sign])
    assert missing.without_signs(cells)[1] == {sign: 1}


@pytest.mark.parametrize("answer", ["★★", "+", "👍", "5", "§ 1"])
def test_signs_that_say_something_are_answers(answer):
    assert missing.without_signs(pd.Series(["Enig", answer]))[1] == {}


def test_options_in_brackets_behind_a_question_are_of_it(export):
    parts = {"Mail": ["Ja", "Nej"], "Brev": ["Nej", "Ja"]}
    asked = {f"Hvordan vil du kontaktes? ({part})": cells * 3 for part, cells in parts.items()}
    found = export({"Alder (år)": ["30", "40"] * 3, **asked})
    assert labels(found, "hvordan_vil_du_kontaktes") == ["Mail", "Brev"]
