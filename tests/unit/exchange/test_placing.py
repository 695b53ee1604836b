"""exchange.reading.placing: what a column is, by its heading and the shape of its cells."""

import pandas as pd
import pytest

from evaluation.exchange.reading.export import Export
from evaluation.exchange.reading.placing import Place, place
from evaluation.exchange.reading.placing.withheld import withheld
from evaluation.project.codebook import Codebook, Question

CPR = ("010150-1000", "020251-1007", "030352-1003", "151080-2345", "311299-4321")
STREETS = ("Nørregade 12, 1165 København", "Østergade 3", "Vestervej 44", "Parkvej 2")
DANISH = ("Karen Holm", "Ahmed Hassan", "Birgitte Poulsen", "Jens Krogh")


def placed(heading: str, *cells: str) -> Place:
    # few texts of many respondents are no less of a person than many
    return place(heading, pd.Series(cells * (6 if len(cells) < 4 else 1), dtype=object))


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        # in five languages, and as tools name them
        ("E-mail", ("anna@example.no", "")),
        ("E-postadress", ("anna@example.se", "erik@example.se")),
        ("RecipientEmail", ("anna@example.se", "erik@example.se")),
        ("Mobilnr.", ("20123456", "30123456", "40123456")),
        ("Din leders telefon", ("20 12 34 50", "20 12 34 51")),
        ("Rufnummer", ("030 123456", "040 654321")),
        ("CPR-nr", CPR),
        ("Hvad er dit CPR-nummer?", CPR),
        ("Personnummer", ("19850101-1234", "850203-2345")),
        ("Fødselsnummer", ("01018512345", "02029054321")),
        ("Kontaktperson", DANISH),
        ("Hvem er din sagsbehandler?", DANISH),
        ("Navn", ("Bo", "Ib", "Else")),
        ("Mail", ("anonymous",)),
        ("deviceid", ("ee.humanitarian:abc12345",)),
        ("Vorname", ("Hans", "Petra")),
        ("lastname", ("Holm", "Berg", "Lund")),
        ("Navn (frivilligt)", ("Anne", "bo j.", "Mette")),
        ("Deltagernes navne", ("Anna Berg, Li Wei", "Jens Krogh", "Ahmed Hassan og Bo Lund")),
        ("Udfyldt af", ("anne holm", "bo jensen", "anne holm")),
        ("Name", ("Anna Example", "Bo Eksempel")),
        ("Date of birth", ("01-02-1980", "13-04-1990")),
        ("Hjemadresse", STREETS),
        ("LocationLatitude", ("55.6761", "56.1629")),
        ("lon", ("12.038235997", "12.040766791")),
        ("IPAddress", ("192.0.2.0", "192.0.2.1")),
        ("Medlemsnummer", ("1001", "1002", "1003", "1004")),
        ("Sagsnr.", ("2024-0011", "2024-0012", "2024-0013")),
        ("ExternalReference", ("a8s7d6f5", "b9s8d7f6", "c1s2d3f4", "d4f5g6h7")),
        # nothing in the heading tells
        ("Q1", ("anna@example.no", "ola@example.no")),
        ("Q2", ("1011991262", "1901672936", "2307963363", "102521556")),
        ("Q3", CPR),
        ("Q4", ("+45 20 12 34 56", "+46 70 123 45 67", "0047 91234567", "20 12 34 56")),
        ("Q5", ("20123456", "30123451", "40123452", "50123453", "61234567", "51234567")),
        ("Q6", ("55.6761, 12.5683", "56.1629, 10.2039", "55.4038, 10.4024")),
        ("Hvor bor du?", STREETS),
        ("Vad heter du?", ("Anna Svensson", "Erik Berg", "Lars Ek")),
        ("Who helped you most?", ("Karen Holm", "Ahmed Hassan", "Li Wei")),
        ("Q7", DANISH),
    ],
)
def test_what_tells_who_a_person_is_is_identity(heading, cells):
    assert placed(heading, *cells).role == "identity"


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Har du en e-mail?", ("Ja", "Nej", "Ved ikke")),
        ("Mail sendt", ("Ja", "Nej")),
        ("Telefonisk rådgivning", ("Meget god", "God", "Dårlig")),
        ("Hvor mange gange har du brugt telefonen?", ("1", "2", "3")),
        ("Hvordan fik du kontakt? (telefon, mail)", ("Telefon", "Mail", "Fremmøde")),
        ("Name of your municipality", ("Aarhus", "Odense", "Aalborg")),
        ("Hvor bor du?", ("Aarhus", "Odense", "Aalborg")),
        ("Fødselsår", ("1980", "1990", "2000", "1975")),
        ("Indkomst", ("250000", "310000", "275500", "410000", "520000", "360000")),
        ("Din vægt (kg)", ("82", "75", "66")),
        ("Køn", ("Mand", "Kvinde", "Andet")),
        ("Stilling", ("Leder", "Medarbejder", "Konsulent")),
        ("How did you hear of us?", ("Word Of Mouth", "Social Media", "Radio Ad")),
        ("When did you start?", ("2024-01-01", "2024-02-13")),
        ("Language", ("Dansk", "العربية", "Soomaali")),
        ("score", ("1", "2", "1")),
        ("Enhed", ("Børn og unge", "Plejecenter Øst", "Skoleafdelingen")),
        ("Status", ("In work", "On leave", "Retired")),
    ],
)
def test_questions_about_such_things_are_answers(heading, cells):
    assert placed(heading, *cells) == Place("answer")


@pytest.mark.parametrize(
    ("heading", "cells", "kind"),
    [
        ("Tidsstempel", ("2025/03/01 10:22:33", "2025/03/02 10:22:33"), "period"),
        ("Start time", ("7/2/20 11:00:22", "7/2/20 11:01:22"), "period"),
        ("Zeitstempel", ("01.02.2024 10:00:00", "02.02.2024 10:00:00"), "period"),
        ("Tidsmerke", ("2025-01-01 10.00.00", "2025-01-02 10.00.00"), "period"),
        ("Duration (in seconds)", ("120", "340"), "time_used"),
        ("Progress", ("100", "60"), "status"),
        ("UserLanguage", ("DA", "EN"), "language"),
        ("Collector ID", ("1", "1"), "device"),
        ("Status", ("IP Address", "Survey Preview"), "status"),
        ("Enhed", ("iPhone", "Desktop", "Android tablet"), "thing"),
    ],
)
def test_what_a_tool_records_is_technical(heading, cells, kind):
    assert placed(heading, *cells) == Place("technical", kind)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("vægt", ("0.5", "1.2", "1.3", "0.9")),
        ("poids1", ("0.5", "1.2", "1.3", "0.9")),
        ("finalwgt", ("10005", "34120", "8100", "22001")),
    ],
)
def test_a_weight_is_no_answer(heading, cells):
    assert placed(heading, *cells).role == "weight"


def test_numbers_with_decimals_are_no_telephones():
    assert placed("bmi", "22.0459", "27.12804", "31.50012", "19.9931") == Place("answer")


def test_what_tells_rows_apart_without_a_heading_is_nobodys_answer():
    assert placed("column 1", *(str(7 * at % 1009) for at in range(1, 20))).role == "identity"


def test_a_number_is_no_language():
    assert placed("lang", "46", "32", "51", "20") == Place("answer")


@pytest.mark.parametrize(
    "cells",
    [
        ("Nej", "ring til Bo, 20123456"),
        ("Ja", "skriv til bo@example.dk"),
        ("x", "y", "bor Nygade 4"),
    ],
)
def test_a_column_with_something_personal_in_it_is_text_whatever_it_is_called(cells):
    assert placed("Andet", *cells).role == "text"


def test_who_is_asked_for_is_no_list_of_options_where_the_cells_name_somebody():
    assert placed("Tak til en kollega", "Ali fra IT", "Til Mette fra kantinen").role != "answer"
    assert placed("Tak til en kollega", "stor tak til Mette", "til Ali").role == "text"
    assert placed("Hvem hjalp dig?", "Rådgiveren", "Min mor") == Place("answer")


@pytest.mark.parametrize(
    ("heading", "cells", "role"),
    [
        ("Postnummer", ("8000", "5000", "2100"), "text"),
        ("State code", ("12", "7", "45"), "text"),
        ("How many lines of code do you write a day?", ("12", "7", "45"), "answer"),
        ("Interview date", ("61404", "61504", "62404"), "technical"),
        ("Start date", ("20250301", "20250302", "20250303"), "technical"),
    ],
)
def test_numbers_of_places_and_days_are_no_quantities(heading, cells, role):
    assert placed(heading, *cells).role == role


def test_questions_of_any_format_that_name_people_are_kept_out_and_told():
    def question(name, wording, kind="text"):
        return Question(name, kind, {"da": wording}, {"da": wording})

    asked = [
        question("q1", "Hvem hjalp dig mest?"),
        question("q2", "E-mail"),
        question("q3", "Hvorfor?"),
    ]
    answers = pd.DataFrame({"q1": DANISH, "q2": ["a@b.dk"] * 4, "q3": ["Fordi", "", "", "Ja"]})
    codebook = Codebook({}, {each.id: each for each in asked})
    export = Export(answers, codebook, pd.Series(list("abcd")), "da", "SPSS")
    found = withheld(export)
    assert list(found.codebook.questions) == list(found.responses) == ["q3"]
    assert list(found.background) == ["q2", "q1"]
    told = {remark.rule: remark.text("en") for remark in found.remarks}
    assert "q2" in told["identity_beside"] and "q1" in told["may_be_identity"]
    assert withheld(export, ["hvem hjalp dig mest"]).responses.columns.tolist() == ["q1", "q3"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("heading", "cells", "role"),
    [
        # names as people type them, and numbers in place of names
        ("your name (optional)", ("bodil holm", "villy", "aase berg", "ib"), "identity"),
        ("Recipient First Name", ("10294", "10301", "10300", "10305"), "identity"),
        ("diarist_id", ("D001", "D002", "D003", "D004", "D005"), "identity"),
        ("P0S1", ("40520344", "38417516", "44564289", "31403646", "40507333") * 4, "identity"),
        ("Hvilken medarbejder talte du med", ("Torkild Kvisthave", "Ragna Dalgas"), "identity"),
        # what tools count, whatever they call it
        ("rownames", tuple(map(str, range(1, 31))), "technical"),
        ("Svar", tuple(map(str, range(13, 613, 20))), "identity"),
        ("submitted_at", ("2026-05-14 09:49:07.1434+00", "2026-05-15 10:00:00.1+00"), "technical"),
        ("Timing - Page Submit", ("56.593", "122.48", "143.143"), "technical"),
        # and what is answered
        ("Hvor mange kom?", tuple(map(str, range(13, 613, 20))), "answer"),
        ("Alder", ("31", "45", "52", "31"), "answer"),
        ("Hvad synes du om din sagsbehandler?", ("flink", "god", "flink og hurtig"), "answer"),
    ],
)
def test_headings_and_cells_of_real_exports(heading, cells, role):
    assert placed(heading, *cells).role == role


@pytest.mark.parametrize(
    "text",
    [
        *("2019 2020 2021 var svære år", "DKK 40123456", "CVR-nr. 30 12 34 56", "version 1.2.3.4"),
        *("motorvej 3 km herfra", "3,14159265", "20230401"),
    ],
)
def test_years_amounts_and_versions_name_nobody(text):
    assert placed("Hvad?", text, "Mad", "Sport", "Råd").role == "answer"


def test_a_number_that_persons_have_in_several_rows_is_no_quantity():
    rows = [str(1 + row // 4) for row in range(100)]
    assert placed("individual", *rows) == Place("identity", "repeated", sure=False)
    # a table may be in the order of an answer
    assert placed("years", *(str(1 + row // 20) for row in range(100))).role == "answer"
    assert placed("income", *(str(1 + row // 40) for row in range(900))).role == "answer"


def test_days_that_a_spreadsheet_counted_are_days():
    """As a table holds them that was saved without the format of its cells."""
    assert placed("Geburtsdatum", "31234", "25569").role == "identity"
    assert placed("Start time", "45123.52", "45124.61").role == "technical"


@pytest.mark.parametrize("heading", ["Startdatum", "Enddatum", "Slutdato", "Date de début"])
def test_a_day_that_a_tool_records_is_no_answer_whichever_part_comes_first(heading):
    assert placed(heading, "01/02/2024", "02/03/2024").role == "technical"


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        # names in languages whose names nobody listed
        ("Prénom usuel", ("Amélie", "Maëlys", "Solène")),
        ("Nombre y apellidos", ("Begoña Sáez", "Xavi Puig", "Íñigo Ruiz")),
        ("Achternaam", ("de Vries", "van Dijk", "Jansen", "Bakker")),
        ("Sukunimi", ("Virtanen", "Mäkinen", "Nieminen")),
        ("Né(e) le", ("13/02/1980", "01/12/1975")),
        ("Courriel", ("u1 at orange.fr", "u2 at orange.fr")),
        # whatever the heading
        ("Which one was it?", ("J. Nowak", "K. Holmberg", "S. Okafor")),
        ("Spm 4", ("@anna_b", "@bo.k", "@dilan77", "@per_h")),
        ("Lærerens initialer", ("MHO", "KRF", "LDA")),
        ("Medarb.nr.", ("48213", "10977", "33104", "70021")),
    ],
)
def test_names_and_numbers_of_persons_are_known_by_kind(heading, cells):
    assert placed(heading, *cells).role == "identity"


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Din socialrådgiver", ("Thygesen", "Bundgaard", "Vestergaard")),
        ("Hvilken tolk havde du?", ("Svitlana", "Abdirahman", "Nguyen")),
        ("Which tutor did you have?", ("Okafor", "Nowak", "Holmberg")),
    ],
)
def test_who_somebody_has_is_text_until_a_person_decides(heading, cells):
    assert placed(heading, *cells) == Place("text", "person", sure=False)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Medarbejdertype", ("Fastansat", "Vikar", "Elev")),
        ("Hold", ("Hold A.", "Hold B.", "Hold D.")),
        ("What volunteer work do you do?", ("Cooking", "Driving", "Teaching")),
        ("Hvilken frivillig indsats er din?", ("Lektiecafé", "Besøgsven", "Café")),
        ("Hvad svarer du?", ("A. Ja", "B. Nej", "C. Begge")),
        ("Hvilken dag kommer du?", ("Mandag", "Tirsdag", "Onsdag")),
        ("Antal kunder", ("1200", "4800", "3100", "2200")),
        ("Din leder lytter", ("Enig", "Uenig", "Ved ikke")),
    ],
)
def test_what_only_looks_like_persons_stays_an_answer(heading, cells):
    assert placed(heading, *cells).role == "answer"


@pytest.mark.parametrize("heading", ["wt_final", "Stikprøve_vægt"])
def test_weights_are_known_by_their_decimals(heading):
    assert placed(heading, "812.4415", "1204.0073", "651.991").role == "weight"
    assert placed("Vægt (kg)", "81.5", "70.2", "64").role == "answer"


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Svarstatus", ("Gennemført", "Delvist gennemført")),
        ("Siste side", ("5",)),
        ("Start-Sprache", ("de",)),
    ],
)
def test_what_a_tool_records_is_known_in_further_languages(heading, cells):
    assert placed(heading, *cells).role == "technical"


def test_names_in_small_letters_that_recur_are_text_until_a_person_decides():
    assert placed("Fornavn", "dorthea", "jarl", "brix") == Place("text", "person", sure=False)


@pytest.mark.parametrize("contact", ["Mail", "Telefon", "Kontaktperson", "Facebook", "Lærer"])
@pytest.mark.parametrize("chosen", [None, "X", "1", "Valgt"])
@pytest.mark.parametrize("other", ["", "0", "Ikke valgt"])
def test_an_option_that_is_called_like_a_contact_is_ticked(contact, chosen, other):
    if (chosen is None or chosen == "X") and other:
        return
    cells = [chosen or contact, other] * 10
    assert place(f"Hvordan hørte du om os? - {contact}", pd.Series(cells)).role == "answer"


def test_one_word_in_all_cells_of_a_contact_is_what_a_tool_writes():
    assert placed("Kontakt - Mail", "anonymous").role == "identity"


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Q5", ("Fr. Müller", "Hr. Schmidt", "Frau Yilmaz")),
        ("Ihre Beraterin / Ihr Berater", ("Fr. Müller", "Hr. Schmidt")),
        ("Q5", ("Mrs Brown", "Mr. Jones", "Ms Lee")),
        ("Q5", ("Mme Dupont", "Mlle Petit")),
        ("Q5", ("Fru Hansen", "Hr. Holm")),
    ],
)
def test_names_behind_a_title_are_of_persons(heading, cells):
    assert placed(heading, *cells).role == "identity"


def test_initials_are_text_where_a_person_is_asked_for():
    assert placed("Hvem havde du samtale med?", "KH", "AB", "M.J.").role == "text"
    assert placed("Hvilken linje går du på?", "HF", "EUD").role == "answer"


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Submission Date", ("Mar 5, 2024", "Apr 12, 2024")),
        ("Startdatum", ("5. März 2024", "12. April 2024")),
    ],
)
def test_a_day_in_words_that_a_tool_records_is_technical(heading, cells):
    found = placed(heading, *cells)
    assert (found.role, found.kind) == ("technical", "period")


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Respondent status", ("Complete", "Not started")),
        ("Svarsstatus", ("Besvarad", "Ej besvarad")),
        ("Einladungsstatus", ("Beendet", "Eingeladen")),
        ("État de la réponse", ("Terminé", "Partiel")),
        ("Deltagerstatus", ("Gennemført", "Venter på svar")),
    ],
)
def test_how_far_somebody_came_is_no_answer_in_any_language(heading, cells):
    found = placed(heading, *cells)
    assert (found.role, found.kind) == ("technical", "status")


def test_numbers_that_are_computed_and_about_one_are_weights_whatever_they_are_called():
    cells = ("0.8123", "1.3371", "0.9912", "1.1034", "0.6555")
    assert placed("w1", *cells).role == "weight"
    assert placed("Hvor mange liter drikker du om dagen?", *cells).role == "answer"
    assert placed("liter", "0.8", "1.33", "0.9", "1.1", "0.65").role == "answer"


def test_names_in_small_letters_are_no_options():
    names = ("mette", "søren", "fatima", "jonas k")
    assert placed("Hvem er din mentor?", *names).role == "identity"
    assert placed("Q5", *names).role == "text"
    assert placed("Q5", "mad", "sport", "musik", "glad").role == "answer"


def test_names_behind_what_somebody_is_are_of_persons():
    cells = ("Lærer Lone", "Lærer Henrik", "Pædagog Aisha")
    assert placed("Hvilken voksen taler du mest med?", *cells).role == "identity"
    assert placed("Hvem taler du med?", "Lærer", "Pædagog", "Leder").role == "answer"
