"""scaffold.unnamed: texts of an export that name somebody, before anything of it is published."""

from dataclasses import replace

import pandas as pd
import pytest

from evaluation.exchange.reading.export import Export, Remark
from evaluation.exchange.reading.names import question_id
from evaluation.project.codebook import Codebook, Option, Question
from evaluation.scaffold.unnamed import unnamed

LABELS = {
    "1": "Mad",
    "2": "Andet: ring 22 33 44 55",
    "3": "Skriv til lise@example.dk",
    "4": "Sport",
}


def export(kind, wording="Hvad laver I?", labels=LABELS, name="q"):
    options = tuple(Option(code, {"da": label}) for code, label in labels.items())
    question = Question(name, kind, {"da": wording}, {"da": wording}, options)
    if kind == "multiple":
        rows = pd.DataFrame(
            {
                f"{name}.{code}": ["1" if at == number else "0" for at in range(5)]
                for number, code in enumerate(labels)
            }
        )
    else:
        rows = pd.DataFrame({name: [*labels, ""]})
    people = pd.Series(map(str, range(len(rows))))
    return Export(rows, Codebook({}, {name: question}), people, "da", "SPSS")


def test_options_that_tell_of_people_are_one():
    found = unnamed(export("single"))
    (question,) = found.codebook.questions.values()
    assert [option.label["da"] for option in question.options] == ["Mad", "Sport", "Andre svar"]
    assert list(found.responses["q"]) == ["1", "other_answers", "other_answers", "4", ""]
    assert [(each.rule, each.place, each.value) for each in found.remarks] == [
        ("labels_withheld", "q", "2")
    ]


def test_what_few_gave_and_what_tells_of_people_is_one_option():
    few = export("single", labels={"1": "Mad", "2": "Karen Holm", "other_answers": "Andre svar"})
    found = unnamed(few)
    assert [option.label["da"] for option in found.codebook.questions["q"].options] == [
        "Mad",
        "Andre svar",
    ]
    assert list(found.responses["q"]) == ["1", "other_answers", "other_answers", ""]


def test_a_question_of_names_alone_is_text():
    names = export("single", labels={"1": "Karen Holm", "2": "Holm, Mette"})
    assert unnamed(names).codebook.questions["q"].type == "text"


def test_a_question_of_such_options_alone_is_text_and_told():
    found = unnamed(export("single", labels={"1": "8000 Aarhus C", "2": "5000 Odense C"}))
    (question,) = found.codebook.questions.values()
    assert (question.type, question.options) == ("text", ())
    assert list(found.responses["q"]) == ["8000 Aarhus C", "5000 Odense C", ""]
    assert [each.rule for each in found.remarks] == ["may_be_names"]


def test_ticks_of_such_options_are_those_of_one():
    found = unnamed(export("multiple"))
    assert list(found.responses["q.other_answers"]) == ["0", "1", "1", "0", "0"]
    assert set(found.responses) == {"q.1", "q.4", "q.other_answers"}


@pytest.mark.parametrize(
    "label",
    [
        *("Karen Holm", "karen holm", "KAREN HOLM", "Holm, Karen", "Mette-Marie Friis"),
        *("Mettes bror kom", "til Johannes' fest", "min lærer Birthe", "Fru Hansen var sød"),
        *("Sagsbehandler Pia Nielsen", "Frau Schneider hilft", "pastor Lindqvist"),
    ],
)
def test_an_option_that_names_a_person_is_no_label_in_whatever_form(label):
    found = unnamed(export("single", labels={"1": "Mad", "2": label, "3": "Sport"}))
    labels = [option.label["da"] for option in found.codebook.questions["q"].options]
    assert labels == ["Mad", "Sport", "Andre svar"]
    assert [each.rule for each in found.remarks] == ["labels_withheld"]
    # who has looked at them says so
    seen = unnamed(
        export("single", labels={"1": "Mad", "2": label, "3": "Sport"}), {"q": "options"}
    )
    assert len(seen.codebook.questions["q"].options) == 3
    assert label in str(seen.codebook.questions["q"].options)


@pytest.mark.parametrize(
    "label",
    [
        *(
            "Anna Ancher Skolen",
            "Maria Kirke",
            "Marie Curie Institute",
            "Victoria Park",
            "Christian",
        ),
        *("Sankt Hans aften", "Per mail", "Roman Catholic", "HR Manager", "Dr. phil.", "MS Teams"),
        *("August", "Rosa", "Mark og skov", "Fru og mand", "Jordan", "Fall 2023", "Snap 3 gange"),
    ],
)
def test_what_is_called_like_a_person_is_a_label(label):
    labels = {"1": label, "2": "Mad"}
    assert len(unnamed(export("single", labels=labels)).codebook.questions["q"].options) == 2
    assert unnamed(export("single", labels=labels)).remarks == ()


@pytest.mark.parametrize("kind", ["single", "multiple"])
def test_a_question_that_tells_of_somebody_is_masked_and_its_id_too(kind):
    wording = "Skrev du til lise@example.dk?"
    found = unnamed(export(kind, wording, name="skrev_du_til_lise_example_dk"))
    (question,) = found.codebook.questions.values()
    assert question.question == {"da": "Skrev du til [e-mail]?"}
    assert question.id == "skrev_du_til_e_mail"
    assert {column.partition(".")[0] for column in found.responses} == {question.id}
    # the name of a variable tells nobody, and is what its owner knows it by
    assert list(unnamed(export(kind, wording)).codebook.questions) == ["q"]


@pytest.mark.parametrize(
    ("wording", "masked"),
    [
        ("Hvor tilfreds er du med Karen Holm?", "Hvor tilfreds er du med [navn]?"),
        ("Was Ahmed Hassan Ali of help to you?", "Was [navn] of help to you?"),
        ("Karen Holm", "[navn]"),
        ("Karen Holm, Anna Berg og de andre", "[navn] og de andre"),
    ],
)
def test_a_name_in_a_question_is_masked_and_told(wording, masked):
    found = unnamed(export("single", wording, {"1": "Ja", "2": "Nej"}))
    (question,) = found.codebook.questions.values()
    assert question.question == {"da": masked}
    held = unnamed(export("single", wording, {"1": "Ja", "2": "Nej"}, question_id(wording, set())))
    assert not {"holm", "hassan"} & {*next(iter(held.codebook.questions)).split("_")}
    assert [each.rule for each in found.remarks] == ["names_masked"]


@pytest.mark.parametrize(
    "wording",
    [
        "How Satisfied Are You With Our Service?",
        "Will You Recommend It To Others?",
        "Har du hørt om Røde Kors?",
        "Hvad synes du om Aarhus Kommune?",
        "I am satisfied with Microsoft Teams",
    ],
)
def test_capitals_alone_are_no_name(wording):
    found = unnamed(export("single", wording, {"1": "Ja", "2": "Nej"}))
    assert found.codebook.questions["q"].question == {"da": wording} and not found.remarks


def test_what_tells_of_nobody_is_left_alone():
    before = export("single", labels={"1": "Mad", "2": "Sport"})
    after = unnamed(before)
    assert after.codebook == before.codebook
    assert after.responses.equals(before.responses)


def test_what_is_told_of_a_file_names_nobody():
    notes = Remark("notes_left_out", "a.xlsx", "Status 2025, Lavet af Karen Holm, karen@example.dk")
    alike = Remark("options_alike", "q", "karen holm, Karen Holm")
    read = export("single", labels={"1": "karen holm", "2": "Karen Holm"})
    found = unnamed(replace(read, remarks=(notes, alike)))
    text = " ".join(each.text("da") for each in found.remarks)
    assert "Karen" not in text and "karen" not in text and "Status 2025" in text


def test_where_most_options_are_persons_the_others_are_too():
    read = export("single", labels={"1": "Karen Holm", "2": "Ahmed Hassan", "3": "Skytte"})
    (question,) = unnamed(read).codebook.questions.values()
    assert question.type == "text"


def test_the_name_of_a_section_tells_of_nobody_either():
    told = export("single")
    question = replace(told.codebook.questions["q"], section="Skriv til lise@example.dk")
    found = unnamed(replace(told, codebook=Codebook({}, {"q": question})))
    assert "lise" not in found.codebook.questions["q"].section
