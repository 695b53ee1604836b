"""scaffold.inference: order, answers beside the scale and headline from the wording of the
options."""

from itertools import combinations, permutations

import pytest

from evaluation.language.scales import is_beside, is_worded, neutral, places, ranks
from evaluation.project.codebook import Codebook, Option, Question
from evaluation.scaffold.inference import Doubt, infer

SCALES = [
    ("da", ["I meget høj grad", "I høj grad", "I nogen grad", "I mindre grad", "Slet ikke"]),
    ("da", ["I høj grad", "I nogen grad", "Hverken/eller", "I mindre grad", "Slet ikke"]),
    ("da", ["Meget enig", "Enig", "Hverken enig eller uenig", "Uenig", "Meget uenig"]),
    ("da", ["Helt enig", "Delvist enig", "Hverken/eller", "Delvist uenig", "Helt uenig"]),
    ("da", ["Meget tilfreds", "Tilfreds", "Hverken/eller", "Utilfreds", "Meget utilfreds"]),
    ("da", ["Altid", "Ofte", "Sommetider", "Sjældent", "Aldrig"]),
    ("da", ["Hver uge", "Hver måned", "Sjældnere", "Aldrig"]),
    ("da", ["Meget bedre", "Bedre", "Uændret", "Værre", "Meget værre"]),
    ("en", ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree"]),
    ("en", ["To a great extent", "To some extent", "To a small extent", "Not at all"]),
    ("en", ["Very satisfied", "Satisfied", "Neutral", "Dissatisfied", "Very dissatisfied"]),
    ("en", ["Excellent", "Very good", "Good", "Fair", "Poor"]),
    ("en", ["Very likely", "Likely", "Neither likely nor unlikely", "Unlikely"]),
    (
        "no",
        ["I svært stor grad", "I stor grad", "I noen grad", "I liten grad", "Ikke i det hele tatt"],
    ),
    ("no", ["Svært enig", "Enig", "Verken enig eller uenig", "Uenig", "Svært uenig"]),
    ("no", ["Daglig", "Ukentlig", "Månedlig", "Sjeldnere", "Aldri"]),
    ("sv", ["Instämmer helt", "Instämmer delvis", "Tar delvis avstånd", "Instämmer inte alls"]),
    ("sv", ["I mycket hög grad", "I hög grad", "I någon grad", "I låg grad", "Inte alls"]),
    ("sv", ["Mycket nöjd", "Ganska nöjd", "Varken nöjd eller missnöjd", "Ganska missnöjd"]),
]
BESIDE = ["Ved ikke", "Ved ikke / ikke relevant", "Don’t know", "Not applicable", "N/A", "Vet ikke"]
BESIDE += ["Vet ej", "Ønsker ikke at svare", "Prefer not to say", "Ikke relevant"]


def question(labels, kind="single"):
    options = tuple(Option(f"o{at}", {"da": label}) for at, label in enumerate(labels))
    return Question("q", kind, {"da": "Q?"}, {"da": "Q"}, options)


def inferred(labels, kind="single"):
    found, doubts = infer(Codebook({}, {"q": question(labels, kind)}), "da")
    return found.questions["q"], doubts


@pytest.mark.parametrize(("language", "labels"), SCALES)
def test_the_order_of_a_known_scale_is_found_however_it_is_listed(language, labels):
    for shuffled in permutations(labels):
        found = ranks(list(shuffled))
        assert [label for _, label in sorted(zip(found, shuffled, strict=True))] == labels


@pytest.mark.parametrize("beside", BESIDE)
def test_an_answer_beside_the_scale_is_set_apart_and_stands_last(beside):
    assert is_beside(beside)
    found, _ = inferred([beside, "Enig", "Hverken/eller", "Uenig"])
    assert found.type == "ordinal"
    assert [option.code for option in found.options] == ["o1", "o2", "o3", "o0"]
    assert [option.off_scale for option in found.options] == [False, False, False, True]


@pytest.mark.parametrize(
    "labels",
    [
        ["Rød", "Grøn", "Blå"],
        ["Enig", "Uenig", "Fodbold"],
        ["Enig", "Tilfreds", "Ofte"],
        ["1", "2", "4"],
        ["Enig", "Enig", "Uenig"],
        ["Enig", "Uenig"],
    ],
)
def test_no_order_is_made_up(labels):
    assert ranks(labels) is None
    assert inferred(labels)[0].type == "single"


def test_what_has_three_options_and_no_known_order_is_a_doubt():
    assert inferred(["Rød", "Grøn", "Blå"])[1] == (Doubt("no_order", "q"),)
    assert inferred(["Ja", "Nej", "Ved ikke"])[1] == ()


@pytest.mark.parametrize(
    "labels", [list("54321"), ["5 - Meget enig", "4", "3", "2", "1 - Meget uenig"]]
)
def test_numbers_in_a_row_are_a_scale_with_the_highest_first(labels):
    assert ranks(labels) == [0, 1, 2, 3, 4]
    assert ranks(labels[::-1]) == [4, 3, 2, 1, 0]


@pytest.mark.parametrize(
    "labels",
    [
        ["Under 18 år", "18-29 år", "30–49 år", "50 år eller derover"],
        ["0", "1-4", "5-9", "10 eller flere"],
        ["Under 1.000 kr.", "1.000-4.999 kr.", "5.000 kr. eller mere"],
    ],
)
def test_ranges_are_put_in_order_but_are_no_scale_from_good_to_bad(labels):
    assert places(labels) == list(range(len(labels)))
    found, doubts = inferred(labels[::-1])
    assert [option.label["da"] for option in found.options] == labels
    assert (found.type, found.headline, doubts) == ("single", (), ())


def test_ranges_that_overlap_have_no_order():
    assert places(["18-30", "25-40", "41-60"]) is None


def test_the_headline_is_what_lies_above_the_middle():
    assert inferred(SCALES[2][1])[0].headline == ("o0", "o1")
    assert inferred(["Enig", "Hverken/eller", "Uenig"])[0].headline == ("o0",)
    assert inferred(["Enig", "Delvist enig", "Delvist uenig", "Uenig"])[0].headline == ("o0", "o1")


def test_of_yes_and_no_the_headline_is_yes_wherever_it_stands():
    assert inferred(["Nej", "Ja"])[0].headline == ("o1",)
    assert inferred(["Ja", "Nej", "Ved ikke"])[0].headline == ("o0",)
    assert inferred(["Mand", "Kvinde"])[0].headline == ()


def test_a_scale_listed_out_of_order_is_a_doubt():
    rules = {doubt.rule for doubt in inferred(["Enig", "Uenig", "Hverken/eller"])[1]}
    assert rules == {"reordered"}
    assert {doubt.rule for doubt in inferred(["3", "1", "2"])[1]} == {"headline", "reordered"}


@pytest.mark.parametrize(("language", "labels"), SCALES)
def test_no_headline_counts_a_neutral_answer_whoever_is_left_of_a_scale(language, labels):
    for several in range(3, len(labels) + 1):
        for kept in combinations(labels, several):
            found, _ = inferred(list(kept))
            told = {option.code: option.label["da"] for option in found.options}
            words = ("verken", "neither", "neutral", "uændret", "varken")
            counted = [told[code].casefold() for code in found.headline]
            assert not [label for label in counted if any(word in label for word in words)]


@pytest.mark.parametrize("kind", ["multiple", "number", "text"])
def test_questions_of_other_types_stay_as_they_are(kind):
    labels = ["Enig", "Hverken/eller", "Uenig"] if kind == "multiple" else []
    found, doubts = inferred(labels, kind)
    assert (found, doubts) == (question(labels, kind), ())


@pytest.mark.parametrize(
    "labels",
    [
        ["Rigtig godt", "Godt", "Hverken godt eller skidt", "Skidt"],
        ["Completely agree", "Mostly agree", "Mixed feelings", "Mostly disagree"],
        ["Mycket nöjd", "Nöjd", "Både nöjd och missnöjd", "Missnöjd"],
        ["Trifft zu", "Trifft eher zu", "Weder noch", "Trifft eher nicht zu", "Trifft nicht zu"],
    ],
)
def test_the_neutral_step_is_known_by_what_it_says(labels):
    assert neutral(labels) == {2}
    assert ranks(labels) == sorted(ranks(labels))


@pytest.mark.parametrize(
    "label",
    [
        "Kan ikke svare på det",
        "Does not apply to my organisation",
        "N/A - did not attend",
        "Det kan jeg ikke vurdere",
        "Vet ikke/ikke relevant for meg",
    ],
)
def test_no_answer_is_known_whomever_it_is_said_of(label):
    assert is_beside(label)


def test_a_note_that_somebody_wrote_makes_no_label():
    assert is_worded("Ved ikke (spontant)") and is_worded("(DO NOT READ) Refused")
    assert not is_worded("Ved ikke (min chef er syg)")
    assert not is_worded("Ved ikke - spørg min chef")
    assert not is_worded("Hverken min mor eller min far")


@pytest.mark.parametrize(
    "labels",
    [
        # one thing in degrees, from the most to the least
        ("Extremely useful", "Very useful", "Moderately useful", "Slightly useful"),
        ("Very confident", "Somewhat confident", "Not so confident", "Not at all confident"),
        ("Meget relevant", "Relevant", "Mindre relevant", "Ikke relevant"),
        ("Meget interesseret", "Noget interesseret", "Lidt interesseret"),
        ("Ganske viktig", "Litt viktig", "Ikke viktig"),
        ("Mycket trygg", "Ganska trygg", "Inte alls trygg"),
        ("Sehr hilfreich", "Eher hilfreich", "Weniger hilfreich", "Gar nicht hilfreich"),
        ("Très utile", "Assez utile", "Peu utile", "Pas du tout utile"),
        # and its opposite
        ("Meget tryg", "Tryg", "Hverken tryg eller utryg", "Utryg", "Meget utryg"),
        ("Sehr sicher", "Eher sicher", "Eher unsicher", "Sehr unsicher"),
        ("Stämmer helt", "Stämmer ganska bra", "Stämmer ganska dåligt", "Stämmer inte alls"),
        ("Stemmer helt", "Stemmer ganske godt", "Stemmer ikke"),
        ("Passer fuldstændigt", "Passer delvist", "Passer slet ikke"),
    ],
)
def test_degrees_of_one_thing_are_a_scale_in_whatever_order_they_are_listed(labels):
    found, _ = inferred(sorted(labels))
    assert found.type == "ordinal"
    assert [option.label["da"] for option in found.options] == list(labels)


@pytest.mark.parametrize(
    "labels",
    [
        ("Aktiv", "Ikke aktiv", "Ny"),
        ("Gift", "Ikke gift", "Samlevende"),
        ("Ryger", "Ikke-ryger", "Tidligere ryger"),
        ("Very loud", "Somewhat dark", "Not cold"),
    ],
)
def test_options_that_only_begin_alike_are_no_scale(labels):
    found, _ = inferred(labels)
    assert found.type == "single"


def test_a_neutral_answer_between_opposites_is_in_no_headline():
    found, _ = inferred(["Utryg", "Hverken tryg eller utryg", "Tryg", "Meget tryg"])
    assert found.headline == tuple(
        option.code for option in found.options if option.label["da"] in ("Tryg", "Meget tryg")
    )


@pytest.mark.parametrize(
    "label",
    [
        *("Ved ikke/har ikke prøvet det", "Ikke relevant for min forening", "Unsure / N/A"),
        *("I'd rather not answer", "I would prefer not to disclose", "Unable to rate"),
        *("Vil helst ikke oplyse det", "Ønsker ikke å oppgi", "Vill inte uppge", "Osäker"),
        *("Möchte ich nicht beantworten", "Je ne souhaite pas préciser", "Vet ikke/usikker"),
        *("Har ikke grundlag for at svare", "Je ne suis pas concerné(e)", "Skipped"),
    ],
)
def test_who_does_not_want_to_say_or_cannot_stands_beside_the_scale(label):
    found, _ = inferred(["Helt enig", "Enig", "Uenig", label])
    assert [option.off_scale for option in found.options] == [False, False, False, True]


@pytest.mark.parametrize("label", ["Ved ikke, nej", "Vil ikke anbefale", "Måske", "Sikker"])
def test_what_answers_after_all_is_on_the_scale(label):
    assert not is_beside(label)


@pytest.mark.parametrize(
    "label",
    [
        *("Har ikke modtaget tilbuddet", "Har ikke brukt det", "Har inte deltagit"),
        *(
            "I have not used it",
            "Did not attend",
            "Habe ich nicht genutzt",
            "Je n'ai pas participé",
        ),
    ],
)
def test_who_has_not_tried_it_stands_beside_a_known_scale_alone(label):
    found, _ = inferred(["Meget god", "God", "Dårlig", label])
    assert [option.off_scale for option in found.options] == [False, False, False, True]
    found, _ = inferred(["Bil", "Cykel", "Tog", label])
    assert not any(option.off_scale for option in found.options)


def test_a_step_that_is_worded_like_no_answer_stays_beside_without_its_scale():
    found, _ = inferred(
        ["Meget relevant", "Relevant", "Mindre relevant", "Ikke relevant", "Ved ikke"]
    )
    beside = [option.label["da"] for option in found.options if option.off_scale]
    assert beside == ["Ved ikke"]
