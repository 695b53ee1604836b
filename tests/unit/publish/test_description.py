"""The sentence by which a page is told where it is found or shared."""

import pytest

from evaluation.publish.embedded import pandoc
from evaluation.publish.embedded.description import MOST, description


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Først det *ene*. Så det andet.", "Først det ene."),
        ("Se m.fl. Andersen, f.eks. Bo og J. Hansen (afs. 2.1). Så det andet.",
         "Se m.fl. Andersen, f.eks. Bo og J. Hansen (afs. 2.1)."),
        ("Det steg med 3.5. Afsnit to.", "Det steg med 3.5."),
        ("::: {.callout-note}\nEn note.\n:::\n\n## Titel\n\n| a |\n|---|\n| b |\n\nTeksten. Mere.",
         "Teksten."),
        ("::: {.in-brief}\nProjektet\n:   Et net\u200bværk. Mere.\n:::", "Et netværk."),
        ("", "Undertitlen"),
    ],
)  # fmt: skip
def test_it_is_the_first_of_the_text(text, told):
    assert description(pandoc.parse(text, "text"), "Undertitlen") == told


def test_a_long_one_is_cut_between_words():
    told = description(pandoc.parse("mange ord " * 90, "text"), "")
    assert len(told) <= MOST and told.endswith((" ord …", " mange …"))
