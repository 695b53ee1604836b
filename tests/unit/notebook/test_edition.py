"""notebook.edition: one language of a notebook."""

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from ruamel.yaml import YAML

from evaluation.notebook import edition, inline
from evaluation.report.provenance import PLACED

LANGUAGES = ("da", "en")
CODE = """#| label: fig-a
#| fig-cap:
#|   da: 'Svar: `{python} n` af "alle".'
#|   en: 'Answers: `{python} n` of "all".'
#| fig-alt: '`{python} figure.alt`'
#| echo: false
figure = report.answers("a")
figure"""


def cell_of(cells, label):
    return next(cell for cell in cells if edition.read_options(cell).get("label") == label)


def executed(notebook, values: dict):
    """What an executor does: run code cells, evaluate inline expressions of Markdown cells."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 1
            cell.outputs = [new_output("display_data", {"text/plain": "x"})]
        elif found := inline.expressions(cell.source):
            cell.metadata["user_expressions"] = [
                {
                    "expression": expression,
                    "result": {
                        "status": "ok",
                        "data": {"text/plain": repr(values.get(expression, "værdi"))},
                        "metadata": {},
                    },
                }
                for expression in found
            ]
    return notebook


@pytest.fixture
def notebook():
    return new_notebook(
        cells=[
            new_markdown_cell("# Titel", id="da-1", metadata={"tags": ["da"]}),
            new_markdown_cell("# Title", id="en-1", metadata={"tags": ["en"]}),
            new_code_cell('language = "da"', id="p", metadata={"tags": ["parameters"]}),
            new_code_cell("import evaluation", id="c-1"),
            new_code_cell(CODE, id="c-2"),
            new_markdown_cell("`{python} n` svar", id="da-2", metadata={"tags": ["da"]}),
            new_markdown_cell("`{python} n` answers", id="en-2", metadata={"tags": ["en"]}),
            new_markdown_cell("---", id="both"),
        ]
    )


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def chapters(repository):
    paths = sorted((repository / "notebooks").glob("*.ipynb"))
    assert paths
    return [nbformat.read(path, as_version=4) for path in paths]


def test_an_edition_keeps_its_own_cells_and_those_of_both_languages(notebook):
    edition.begin(notebook, "en")
    assert [cell.id for cell in notebook.cells] == [
        *["en-1", "p", "c-1", "c-2", "c-2-options", "en-2", "both"]
    ]


def test_captions_are_chosen_in_the_language_of_the_edition(notebook):
    edition.begin(notebook, "en")
    options = edition.read_options(cell_of(notebook.cells, "fig-a"))
    assert options["fig-cap"] == 'Answers: `{python} n` of "all".'
    assert options["echo"] is False


def test_a_caption_resolves_and_its_value_is_escaped(notebook):
    edition.begin(notebook, "da")
    executed(notebook, {"n": "1*6*"})
    edition.finish(notebook)
    options = edition.read_options(cell_of(notebook.cells, "fig-a"))
    assert options["fig-cap"] == r'Svar: 1\*6\* af "alle".'


def test_an_alternative_text_is_one_line_of_text(notebook):
    edition.begin(notebook, "da")
    executed(notebook, {"figure.alt": 'Søjler "x"\n\n a\\b <i> *c*\u00a0%'})
    edition.finish(notebook)
    alt = edition.read_options(cell_of(notebook.cells, "fig-a"))["fig-alt"]
    assert alt == 'Søjler "x" a\\b <i> *c*\u00a0%'


def test_the_numbers_of_a_caption_are_kept_beside_the_output_and_not_on_the_cell(notebook):
    edition.begin(notebook, "en")
    executed(notebook, {"n": "12"})
    before = dict(cell_of(notebook.cells, "fig-a").metadata)
    edition.finish(notebook)
    cell = cell_of(notebook.cells, "fig-a")
    first, second = cell.outputs[0].metadata[PLACED]
    assert (first["expression"], first["value"]) == ("n", "12")
    assert first["text"] == 'Answers: 12 of "all".'
    assert (second["expression"], second["value"]) == ("figure.alt", "værdi")
    # Quarto writes the metadata of a cell into the page
    assert cell.metadata == before
    nbformat.validate(notebook)


def test_finishing_removes_the_helper_cells_and_nothing_else(notebook):
    edition.begin(notebook, "da")
    executed(notebook, {})
    edition.finish(notebook)
    assert [cell.id for cell in notebook.cells] == ["da-1", "p", "c-1", "c-2", "da-2", "both"]


def test_finishing_twice_changes_nothing(notebook):
    edition.begin(notebook, "da")
    edition.finish(executed(notebook, {}))
    before = nbformat.writes(notebook)
    edition.finish(notebook)
    assert nbformat.writes(notebook) == before


def test_the_code_below_the_options_stays_as_it_is(notebook, language):
    edition.begin(notebook, language)
    edition.finish(executed(notebook, {}))
    source = cell_of(notebook.cells, "fig-a").source
    assert source.endswith('\nfigure = report.answers("a")\nfigure')
    assert source.count("figure = ") == 1


def test_the_prose_keeps_its_expressions_and_results_for_quarto(notebook):
    edition.begin(notebook, "da")
    edition.finish(executed(notebook, {}))
    prose = next(cell for cell in notebook.cells if cell.id == "da-2")
    assert prose.source == "`{python} n` svar"
    assert prose.metadata["user_expressions"][0]["expression"] == "n"


def test_every_chapter_becomes_an_edition_without_the_other_language(chapters, language):
    other = {"da": "en", "en": "da"}[language]
    for chapter in chapters:
        kept = [cell.id for cell in chapter.cells if other not in edition.tags(cell)]
        edition.begin(chapter, language)
        found = [
            cell.id for cell in chapter.cells if "option-expressions" not in edition.tags(cell)
        ]
        assert found == kept
        for cell in chapter.cells:
            for option in edition.read_options(cell).values():
                assert not isinstance(option, dict)


@pytest.mark.slow
def test_every_caption_and_alternative_text_of_every_chapter_resolves(chapters, language):
    count = 0
    for chapter in chapters:
        edition.begin(chapter, language)
        edition.finish(executed(chapter, {}))
        nbformat.validate(chapter)
        for cell in chapter.cells:
            for key, value in edition.read_options(cell).items():
                assert "{python}" not in str(value), (cell.id, key)
                count += "værdi" in str(value)
    assert count > 20


# all that can be printed, line breaks and tabs
printable = st.characters(exclude_categories=["C"], include_characters="\n\t\u200b\ufeff")
options_of = st.dictionaries(
    st.sampled_from(["label", "fig-cap", "fig-alt", "tbl-cap", "classes"]),
    st.text(printable, max_size=40) | st.booleans() | st.integers(),
    min_size=1,
)


@pytest.mark.slow
@given(options_of)
def test_options_stay_literal_yaml_whatever_text_they_hold(options):
    cell = new_code_cell("x = 1\nx")
    edition.write_options(cell, options)
    assert edition.read_options(cell) == options
    assert cell.source.endswith("x = 1\nx")
    lines = cell.source.split("\n")[: len(options)]
    assert all(line.startswith("#| ") for line in lines)
    as_quarto_reads = "\n".join(line.removeprefix("#| ") for line in lines)
    assert YAML(typ="safe").load(as_quarto_reads) == options


@pytest.mark.parametrize("sign", ["\x7f", "\x85", "\x92"])
def test_a_sign_that_yaml_cannot_hold_does_not_stop_the_report(sign):
    # \x92 is an apostrophe of Windows that was decoded wrongly
    cell = new_code_cell("x")
    edition.write_options(cell, {"fig-cap": f"forening{sign}s"})
    assert edition.read_options(cell) == {"fig-cap": f"forening{sign}s"}


def test_options_replace_those_that_were_there():
    cell = new_code_cell(CODE)
    edition.write_options(cell, {"label": "fig-b"})
    assert edition.read_options(cell) == {"label": "fig-b"}
    assert cell.source.count("#|") == 1


def test_a_comment_below_the_code_is_no_option():
    assert edition.read_options(new_code_cell("#| a: 1\nx = 1\n#| b: 2")) == {"a": 1}
    assert edition.read_options(new_code_cell("# a: 1\nx")) == {}
    assert edition.read_options(new_markdown_cell("#| a: 1")) == {}


PREFACE = """Forord

::: {.content-visible when-profile="da"}
Dansk

::: {.callout-note}
Indre
:::
:::

::: {.content-visible when-profile="en"}
English

:::: {.callout-note}
Inner
::::
:::

Slut"""


def test_a_page_keeps_the_blocks_of_its_language_and_loses_those_of_the_other():
    danish = edition.text_in_language(PREFACE, "da")
    assert [word in danish for word in ("Forord", "Dansk", "Indre", "Slut")] == [True] * 4
    assert "English" not in danish
    assert "Inner" not in danish
    english = edition.text_in_language(PREFACE, "en")
    assert [word in english for word in ("Forord", "English", "Inner", "Slut")] == [True] * 4
    assert "Dansk" not in english
    assert "Indre" not in english
    for text in (danish, english):
        assert text.count(":::") % 2 == 0


def test_the_prose_of_an_edition_is_its_cells_captions_and_alternative_texts(notebook, language):
    edition.begin(notebook, language)
    executed(notebook, {"n": "16"})
    found = {place: (text, list(results)) for place, text, results in edition.prose(notebook)}
    assert list(found) == [
        *[f"cell {language}-1", "cell c-2, fig-cap", "cell c-2, fig-alt"],
        *[f"cell {language}-2", "cell both"],
    ]
    assert found["cell c-2, fig-cap"][0].startswith("Svar" if language == "da" else "Answers")
    assert found["cell c-2, fig-cap"][1] == found["cell c-2, fig-alt"][1] == ["n", "figure.alt"]
    assert found[f"cell {language}-2"][1] == ["n"]
    assert found["cell both"] == ("---", [])


@pytest.mark.parametrize("line", ["#| [a, b]", "#| fig-cap: [a", "#| words", "#| a: b: c"])
def test_options_that_cannot_be_read_name_their_cell(line):
    cell = new_code_cell(f"{line}\n1", id="figure")
    with pytest.raises(edition.OptionsError) as refused:
        edition.read_options(cell)
    assert refused.value.args == ("figure", line.removeprefix("#| "))
