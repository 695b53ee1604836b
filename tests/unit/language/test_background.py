"""Questions that ask who answers, in six languages, and those that only touch the same things."""

import pytest

from evaluation.language.background import about_respondent

ABOUT = [
    *("Køn", "Hvad er dit køn?", "Hvor gammel er du?", "Alder (år)", "Hvilken kommune bor du i?"),
    *("I hvilken region arbejder du?", "Hvilken skole går du på?", "Bopælskommune"),
    *("Hvad er din højeste fuldførte uddannelse?", "Hvilken type forening er du medlem af?"),
    *("Hvor længe har du været ansat?", "Anciennitet", "Hvad er din stilling?"),
    *("What is your gender?", "Age group", "Which municipality do you live in?"),
    *("What is the highest level of education you have completed?", "Employment status"),
    *("How many employees does your organisation have?", "Which school do you attend?"),
    *("How long have you worked here?", "Your role"),
    *("Kön", "Hur gammal är du?", "I vilken kommun bor du?", "Högsta avslutade utbildning"),
    *("Kjønn", "Hvilket fylke bor du i?", "Hva er din høyeste fullførte utdanning?"),
    *("Welches Geschlecht haben Sie?", "Ihr Alter", "In welchem Bundesland wohnen Sie?"),
    *("Was ist Ihr höchster Schulabschluss?", "Zu welcher Altersgruppe gehören Sie?"),
    *("Quel est votre sexe ?", "Quel âge avez-vous ?", "Dans quelle région habitez-vous ?"),
]
OTHERS = [
    *("Hvor tilfreds er du med skolen?", "Synes du, at kommunen gør nok?", "Kommunens indsats"),
    *("Hvilken skole vil du anbefale?", "Er uddannelse vigtigt for dig?", "Rollen er klar for mig"),
    *("Har du fået viden om køn og ligestilling?", "Hvad er din holdning til alder?"),
    *("Har bestyrelsen den rette størrelse?", "Hvor ofte deltager du?", "Alderdom"),
    *("How satisfied are you with your role?", "Does age matter in this job?"),
    *("What do you think of the school?", "What is your favourite genre?"),
    *("Is your department well led?", "Gender equality is important to us"),
    *("Hur nöjd är du med skolan?", "Hvor fornøyd er du med kommunen?"),
    *("Wie zufrieden sind Sie mit der Schule?", "Que pensez-vous de la région ?", "", "?"),
]


@pytest.mark.parametrize("text", ABOUT)
def test_a_question_about_the_respondent_is_known_in_any_letters(text):
    assert about_respondent(text) and about_respondent(text.upper())


@pytest.mark.parametrize("text", OTHERS)
def test_a_question_about_something_else_is_not(text):
    assert about_respondent(text) is None


def test_the_words_found_are_told():
    assert about_respondent("I hvilken kommune bor du?") == "hvilken kommune bor"
    assert about_respondent("What is your gender?") == "what is your gender"
