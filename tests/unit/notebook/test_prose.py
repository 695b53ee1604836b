"""notebook.prose: no number is typed, and no word contradicts a number."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from evaluation.language.quantifiers import quantifier
from evaluation.language.texts import LANGUAGES, texts
from evaluation.notebook import edition, inline
from evaluation.notebook.prose import (
    Contradiction,
    QuantifierConflict,
    check,
    quantifier_conflicts,
    typed_numbers,
    typed_ranks,
    warnings,
)
from evaluation.report.shares import QUANTIFIERS, Share

# words that name a share without a number
PLAIN = {"none", "few", "great_majority", "almost_all", "all"}


def found(text: str, language: str = "da", allowed: tuple[str, ...] = ()) -> list[str]:
    return [number.number for number in typed_numbers(text, language, allowed)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Der var 16 foreninger.", ["16"]),
        ("Det er 62,5 % af 1.234.", ["62,5", "1.234"]),
        ("I 2025 sluttede det.", ["2025"]),
        ("3/4 af dem", ["3", "4"]),
        ("**16** og *21*", ["16", "21"]),
        ("| celle | 16 |", ["16"]),
        ("## De 3 dele", ["3"]),
        ("K3", ["3"]),
        ("ATLAS.ti kender ti.", ["ti"]),
        ("## [Fag på Vg1 \\(i \\[5\\] år\\)]{.asked} og 3 {#sec-a}", ["3"]),
    ],
)
def test_digits_are_found_wherever_they_are_typed(text, numbers):
    assert found(text) == numbers


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("value", range(2, 13))
def test_number_words_up_to_twelve_are_found_in_both_languages(language, value):
    word = texts(language).number_word(value)
    assert found(f"xx {word} xx", language) == [word]
    assert found(f"{word.capitalize()}, xx", language) == [word.capitalize()]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("key", [key for _, _, key in QUANTIFIERS if key not in PLAIN])
def test_every_fraction_the_library_can_say_is_found_where_it_is_typed(language, key):
    assert found(f"xx {texts(language)(f'quantifiers.{key}')} xx", language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("tretten foreninger", "da"),
        ("tredive foreninger", "da"),
        ("thirteen associations", "en"),
        ("thirty associations", "en"),
    ],
)
def test_larger_number_words_are_found_too(text, language):
    assert found(text, language) == [text.split()[0]]


def test_words_that_only_contain_a_number_word_are_left_alone():
    assert found("tonen, femininum, nitter, totalt, tidlig") == []
    assert found("often, tents, behalf, network", "en") == []


def test_a_number_word_of_the_other_language_is_left_alone():
    assert found("to find ti", "en") == []


@pytest.mark.parametrize(
    "text",
    [
        '`{python} report.share("applied_for_funds").full` har søgt',
        "(`{python} report.share_of(1, 16).percent`)",
        '`{python} report.year("2025")`',
        'fra `{python} report.year("period_start") + 2022` til',
        "`{python} a16`: `{python} b21`",
        "Se @fig-development2 og [-@tbl-3].",
        "# Titel {#sec-local-3}",
        "## Titel {#sec-3 .unnumbered data-x=4}",
        "Se [@sommer2025, afsnit 3.4].",
        "[se @sommer2025, s. 12; @vive2023, kap. 2]",
        "@sommer2025 konkluderer",
        "@sommer2025 [afsnit 3.4] konkluderer",
        "[kilden](https://example.org/2025/01)",
        "tekst[^note-1]",
        "[^note-1]: tekst",
        "1. første\n2. anden",
        "   3. tredje",
        "<!-- husk 16 -->",
        "`kode 16`",
        "Hele netværket",
    ],
)
def test_numbers_that_are_no_statement_are_left_alone(text):
    assert found(text) == []


def test_a_number_beside_an_expression_is_found():
    assert found("`{python} a.full` af 21 [@sommer2025, s. 3]") == ["21"]


def test_a_number_in_the_text_of_a_link_or_footnote_is_found():
    assert found("[de 16 svar](https://example.org/2025)[^n-1]\n\n[^n-1]: Kun 2 svar.") == [
        "16",
        "2",
    ]


def test_names_that_hold_a_number_can_be_allowed():
    assert found("Projekt 21 har 16", allowed=("Projekt 21",)) == ["16"]


def test_a_finding_names_its_line_and_its_text():
    text = "# Titel\n\n<!-- en\nkommentar -->\nDer var  \n`{python} x` og 16 foreninger.\n"
    (finding,) = typed_numbers(text, "da")
    assert (finding.line, finding.number) == (6, "16")
    assert finding.text == "`{python} x` og 16 foreninger."


def test_the_linter_looks_at_the_language_of_the_text():
    assert found("tre", "da") == ["tre"]
    assert found("tre", "en") == []
    assert found("three", "en") == ["three"]


# quantifiers beside shares


def recorded(values: dict[str, str]) -> dict[str, dict]:
    """Expression -> result as the kernel records it."""
    return {name: {"data": {"text/plain": repr(text)}} for name, text in values.items()}


def conflicts(text: str, language: str = "da", **counts) -> list[QuantifierConflict]:
    """Conflicts in a text with expressions `s`, `t`, … given as (k, n) or as words."""
    values = {
        name: value if isinstance(value, str) else Share(*value, texts(language)).full
        for name, value in counts.items()
    }
    markdown = re.sub(r"\[(\w)\]", r"`{python} \1`", text)
    return quantifier_conflicts(markdown, recorded(values), language)


def told(text: str, language: str = "da", **counts) -> list[tuple[str, str]]:
    return [(found.words, found.fitting) for found in conflicts(text, language, **counts)]


@pytest.mark.parametrize(
    ("language", "text", "fitting", "other"),
    [
        ("da", "Tre fjerdedele af foreningerne ([s]) har søgt.", (12, 16), (11, 16)),
        ("da", "De fleste foreninger, i alt [s], har søgt.", (12, 16), (8, 16)),
        ("da", "Flertallet har søgt: [s].", (9, 16), (7, 16)),
        ("da", "Det gælder langt de fleste ([s]) [@a, s. 3].", (13, 16), (12, 16)),
        ("da", "Kun [s] har søgt.", (3, 16), (12, 16)),
        ("da", "Alle har søgt ([s]).", (16, 16), (15, 16)),
        ("da", "Ingen ([s]) har søgt.", (0, 16), (1, 16)),
        ("da", "Et *mindretal* har søgt ([s]).", (7, 16), (9, 16)),
        ("da", "Her har [s], altså tre fjerdedele, søgt.", (12, 16), (13, 16)),
        ("da", "Her har [s] søgt midler, dvs. over halvdelen.", (9, 16), (7, 16)),
        ("en", "Three quarters of them ([s]) have applied.", (12, 16), (11, 16)),
        ("en", "Most associations, [s], have applied.", (12, 16), (8, 16)),
        ("en", "Most of them have applied: [s].", (9, 16), (7, 16)),
        ("en", "The great majority ([s]) have applied.", (13, 16), (12, 16)),
        ("en", "Only [s] have applied.", (3, 16), (12, 16)),
        ("en", "All have applied ([s]).", (16, 16), (15, 16)),
        ("en", "A minority have applied ([s]).", (7, 16), (9, 16)),
        ("en", "Here [s], that is three quarters, have applied.", (12, 16), (13, 16)),
    ],
)
def test_a_typed_quantifier_is_a_finding_once_its_share_no_longer_fits(
    language, text, fitting, other
):
    assert conflicts(text, language, s=fitting) == []
    (found,) = conflicts(text, language, s=other)
    assert found.share == Share(*other, texts(language)).full
    assert found.fitting == Share(*other, texts(language)).words


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quantifier_of_the_report_fits_its_own_shares_and_no_others(language):
    words = texts(language)
    for k in range(61):
        for _, _, key in QUANTIFIERS:
            found = told("Xx [q] ([s]).", language, q=words(f"quantifiers.{key}"), s=(k, 60))
            fitting = words(f"quantifiers.{quantifier(k, 60)}")
            expected = [] if key == quantifier(k, 60) else [(words(f"quantifiers.{key}"), fitting)]
            assert found == expected


def test_a_finding_tells_the_sentence_the_words_and_those_that_would_fit():
    text = "Først dette. I @fig-x har *to tredjedele* søgt ([s]) [@a, s. 13].[^n] Så det."
    assert conflicts(text, s=(12, 16)) == [
        QuantifierConflict(
            sentence="I … har to tredjedele søgt (12\u00a0af\u00a016 (75\u00a0%)).",
            words="to tredjedele",
            share="12\u00a0af\u00a016 (75\u00a0%)",
            fitting="tre fjerdedele",
        )
    ]


def test_a_share_without_a_percentage_and_a_large_one_are_judged_too():
    assert told("Halvdelen ([s]) har søgt.", s="12\u00a0af\u00a016")
    assert not told("Halvdelen ([s]) har søgt.", s="1.234\u00a0af\u00a02.468 (50\u00a0%)")
    assert told("Half ([s]) have applied.", "en", s="1,235\u00a0of\u00a02,468 (50%)")


def test_shares_listed_after_a_colon_may_fit_together():
    text = "Tilfredse er alle: [s] i høj grad og [t] i nogen grad."
    assert told(text, s=(12, 16), t=(4, 16)) == []
    assert told(text, s=(12, 16), t=(3, 16)) == [("alle", "tre fjerdedele")]
    assert told(text, s=(12, 16), t=(4, 12)) == [("alle", "tre fjerdedele")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Alle blev spurgt. Her svarede [s]."),
        ("da", "Alle blev spurgt; [s] svarede."),
        ("da", "Alle blev spurgt, og [s] svarede."),
        ("da", "Selv om alle blev spurgt, svarede [s]."),
        ("da", "Alle kan være med ([b]), og [s] er det."),
        ("da", "Flest, [s], har søgt, og færrest har fået."),
        ("da", "Det kan kun være [s]."),
        ("da", "Det gælder [s] i hele netværket, mens alle kender det."),
        ("da", "Af alle foreninger har [s] søgt."),
        ("da", "Alle kender det.\n\n- Her har [s] søgt\n- Der [s]"),
        ("da", "Alle [c] foreninger er med."),
        ("en", "All were asked. Here [s] answered."),
        ("en", "All were asked, and [s] answered."),
        ("en", "Although all were asked, [s] answered."),
        ("en", "Meetings took place all the same: [s] held one."),
        ("en", "In all, [c] meetings were held, and [s] attended."),
        ("en", "Progress is most widespread here, where [s] see it."),
        ("en", "The largest number, [s], see it."),
        ("en", "Of all the associations, [s] have applied."),
        ("en", "The remaining [s] have not."),
    ],
)
def test_words_that_are_about_something_else_are_no_finding(language, text):
    bounds = {"da": "mellem 16 og 21\u00a0af\u00a021", "en": "between 16 and 21\u00a0of\u00a021"}
    values = {"s": (5, 16), "b": bounds[language], "c": "21"}
    assert told(text, language, **values) == []


def test_a_number_that_links_to_its_entry_is_read_like_any_other():
    linked = "Halvdelen ([[`{python} s`](93_x.ipynb#ledger-a-1)]{#number-a-1 .number}) har søgt."
    results = recorded({"s": "12\u00a0af\u00a016 (75\u00a0%)"})
    assert [found.words for found in quantifier_conflicts(linked, results, "da")] == ["Halvdelen"]


def test_an_expression_without_a_result_is_an_error():
    with pytest.raises(KeyError):
        quantifier_conflicts("Halvdelen (`{python} s`)", {}, "da")


# places in an order


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("da", "Flest, `{python} a.full`, har søgt.", "Flest"),
        ("da", "Her ses det. Øverst ligger viden med `{python} a.full`.", "Øverst"),
        ("da", "Det er *mest udbredt* her: `{python} a.full` [@x, s. 2].", "mest udbredt"),
        ("en", "The largest number, `{python} a.full`, have applied.", "The largest number"),
        ("en", "Knowledge comes first with `{python} a.full`.", "comes first"),
        ("en", "It is followed by skills with `{python} a.full`.", "followed by"),
    ],
)
def test_a_place_in_an_order_is_found_where_it_is_typed_beside_a_number(language, text, words):
    (found,) = typed_ranks(text, language)
    assert found.words == words and words in found.sentence and "a.full" not in found.sentence


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Øverst ligger `{python} order.first.label` med `{python} order.first.full`."),
        ("da", "Ansøgning ligger nederst. Her er `{python} a.full`."),
        ("da", "Det nederste tal er `{python} a.k`, det øverste `{python} a.n`."),
        ("da", 'Søgning ligger `{python} order.standing("x")`, fulgt af andet.'),
        ("en", "In all, `{python} a.full` came at the meeting held first."),
    ],
)
def test_a_place_that_is_computed_or_has_no_number_beside_it_is_left_alone(language, text):
    assert typed_ranks(text, language) == []


# a chapter


def chapter(*cells, language: str = "da", **values: str):
    """An executed edition of Markdown texts (and code cells), not finished yet."""
    made = [
        new_markdown_cell(cell, id=f"{language}-{number}", metadata={"tags": [language]})
        if isinstance(cell, str)
        else cell
        for number, cell in enumerate(cells, start=1)
    ]
    notebook = new_notebook(cells=made)
    edition.begin(notebook, language)
    for cell in notebook.cells:
        cell.metadata[inline.METADATA] = [
            {"expression": expression, "result": result}
            for expression, result in recorded(values).items()
            if cell.cell_type == "markdown" and expression in inline.expressions(cell.source)
        ]
    return notebook


FIGURE = """#| label: fig-a
#| fig-cap: {da: 'Alle (`{python} s`) har søgt.', en: 'All (`{python} s`) have applied.'}
#| fig-alt: 'Søjler: `{python} s`'
figure"""


def test_a_chapter_without_contradictions_passes():
    text = "Tre fjerdedele (`{python} s`) har søgt. Alle er spurgt."
    assert check(chapter(text, s="12\u00a0af\u00a016 (75\u00a0%)"), "da") is None


@pytest.mark.parametrize(
    ("language", "words", "value", "fitting"),
    [
        ("da", "Alle", "12\u00a0af\u00a016", "tre fjerdedele"),
        ("en", "All", "12\u00a0of\u00a016", "three quarters"),
    ],
)
def test_a_caption_that_contradicts_its_number_is_refused_by_file_place_and_words(
    language, words, value, fitting
):
    notebook = chapter("# Xx", new_code_cell(FIGURE, id="code-7"), language=language, s=value)
    with pytest.raises(Contradiction) as refused:
        check(notebook, language)
    message = str(refused.value.refusal("notebooks/31_x.ipynb"))
    assert message.startswith("Rule broken in notebooks/31_x.ipynb, cell code-7, fig-cap: ")
    assert f"Found: '{words}'." in message and f"Remedy: write “{fitting}”" in message
    assert value in message


def test_an_alternative_text_is_checked_too():
    code = FIGURE.replace("Søjler:", "Alle har søgt:").replace("Alle (", "Her (")
    notebook = chapter(new_code_cell(code, id="code-7"), s="12\u00a0af\u00a016")
    with pytest.raises(Contradiction, match="cell code-7, fig-alt: Alle"):
        check(notebook, "da")


def test_one_refusal_lists_every_contradiction_of_the_chapter():
    notebook = chapter(
        "Alle (`{python} s`) har søgt.",
        "Ingen (`{python} s`) har søgt. Halvdelen (`{python} t`) har fået.",
        s="12\u00a0af\u00a016",
        t="6\u00a0af\u00a012",
    )
    with pytest.raises(Contradiction) as refused:
        check(notebook, "da")
    message = str(refused.value.refusal("notebooks/31_x.ipynb"))
    assert "“Alle (12\u00a0af\u00a016) har søgt.”" in message
    assert "the same goes for “Ingen” in cell da-2 (write “tre fjerdedele”)" in message
    assert "Halvdelen" not in message and "\n" not in message


def test_a_passage_that_could_not_be_evaluated_is_left_to_whoever_reports_why():
    assert check(chapter("Alle (`{python} s`) har søgt."), "da") is None


def test_what_is_typed_is_told_with_its_place_its_sentence_and_a_remedy():
    notebook = new_notebook(
        cells=[
            new_markdown_cell("Xx.\nHer er `{python} s`. I 16 byer.", metadata={"tags": ["da"]}),
            new_markdown_cell(
                "Ten towns. Lowest comes `{python} s`.", id="en-9", metadata={"tags": ["en"]}
            ),
            new_code_cell("#| tbl-cap: {da: 'Af 21', en: 'Of all'}\ntable", id="code-1"),
        ]
    )
    notebook.cells[0].id = "da-3"
    remedy = " Remedy: compute it with an inline expression."
    assert warnings(notebook, "da") == [
        f"cell da-3, line 2: a number is typed, '16' in “I 16 byer.”.{remedy}",
        f"cell code-1, tbl-cap, line 1: a number is typed, '21' in “Af 21”.{remedy}",
    ]
    assert warnings(notebook, "en") == [
        f"cell en-9, line 1: a number is typed, 'Ten' in “Ten towns.”.{remedy}",
        "cell en-9: a place in an order is typed, 'Lowest' in “Lowest comes ….”. "
        "Remedy: name what report.order(…) puts there.",
    ]


# the chapters of this report


def executed(built, language) -> list:
    """The Markdown cells of the built chapters that hold numbers."""
    folder = built / "reports/executed" / language / "notebooks"
    cells = [
        cell
        for path in sorted(folder.glob("*.ipynb"))
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown" and inline.results(cell)
    ]
    assert cells
    return cells


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_built_chapters_hold_no_conflict(built, language):
    for cell in executed(built, language):
        assert quantifier_conflicts(cell.source, inline.results(cell), language) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_share_that_changes_under_its_words_is_found_in_the_built_chapters(built, language):
    """One share at a time becomes one that no words in the chapters fit."""
    share = re.compile(r"^(\d+)(\s(?:af|of)\s)(\d+)( \(.*\))?$")
    found = []
    for cell in executed(built, language):
        results = inline.results(cell)
        for expression, result in results.items():
            match = share.match(inline.plain_text(result))
            if match:
                value = f"1{match[2]}{match[3]}"
                changed = results | recorded({expression: value})
                found += quantifier_conflicts(cell.source, changed, language)
    assert len(found) >= 8
    assert texts(language)("quantifiers.few") in {conflict.fitting for conflict in found}
    for conflict in found:
        assert conflict.words in conflict.sentence
        assert conflict.share in conflict.sentence
        assert conflict.words != conflict.fitting
