"""notebook.sentences: what a reader sees of a cell, a sentence at a time, with its values
marked."""

import pytest

from evaluation.notebook.sentences import END, START, sentences, unmarked
from evaluation.report.provenance import Wording


def read(markdown: str, **values: str) -> list[str]:
    """The sentences of a text, values in square brackets."""
    results = {name: {"data": {"text/plain": repr(text)}} for name, text in values.items()}
    found = sentences(markdown, results)
    return [sentence.replace(START, "[").replace(END, "]") for sentence in found]


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        ("Det gælder `{python} s`. Så det.", ["Det gælder [12 af 16].", "Så det."]),
        ("I alt ca. 30, dvs. mange. Nej!", ["I alt ca. 30, dvs. mange.", "Nej!"]),
        ("Det er sådan: Ingen kom.", ["Det er sådan:", "Ingen kom."]),
        ("## Titel {#sec-x .unnumbered}\n\nTekst.", ["Titel", "Tekst."]),
        ('::: {.callout-note title="Bemærk"}\nTekst.\n:::', ["Tekst."]),
        (
            "En [kilde](https://example.org/2025) *siger* det [@a, s. 3].[^n]",
            ["En kilde siger det."],
        ),
        ("[^n]: Her er noten.", ["Her er noten."]),
        ("Se @fig-x (@tbl-y).", ["Se …."]),
        (
            "Disse:\n\n- den ene\n- den anden `{python} s`\n",
            ["Disse:", "den ene", "den anden [12 af 16]"],
        ),
        ("Det er så. `{python} note` Nu dette.", ["Det er så.", "[Her: 100 %.]", "Nu dette."]),
        ("Det er så. `{python} none` Nu dette.", ["Det er så.", "Nu dette."]),
        ("`{python} none`", []),
        ("", []),
    ],
)
def test_a_text_is_read_as_it_is_seen(markdown, seen):
    assert read(markdown, s="12 af 16", note="Her: 100 %.", none="") == seen


def test_a_number_that_links_to_its_entry_reads_like_any_other():
    linked = "Her har [[`{python} s`](93_x.ipynb#ledger-a-1)]{#number-a-1 .number} søgt."
    assert (
        read(linked, s="12") == read("Her har `{python} s` søgt.", s="12") == ["Her har [12] søgt."]
    )


def test_marks_are_taken_away_again():
    assert unmarked(f"a {START}12{END} b") == "a 12 b"


def test_an_expression_without_a_result_is_an_error():
    with pytest.raises(KeyError):
        sentences("`{python} s`", {})


def test_emphasis_around_a_value_is_no_part_of_the_sentence():
    results = {"x": {"data": {"text/plain": "'3 of 4 (75%)'"}}}
    (found,) = sentences("- **`{python} x`** have answered.", results)
    assert found == f"{START}3 of 4 (75%){END} have answered."


def test_words_that_tell_no_number_stand_unmarked_in_their_sentence():
    results = {
        "words": {"data": Wording("shows nothing.")._repr_mimebundle_()},
        "k": {"data": {"text/plain": "'3 of 4'"}},
    }
    found = sentences("@tbl-a `{python} words` Of these `{python} k` answered.", results)
    assert found == ["… shows nothing.", f"Of these {START}3 of 4{END} answered."]
