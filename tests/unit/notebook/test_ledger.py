"""The number ledger of a chapter."""

import json
from dataclasses import replace

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from evaluation.language.texts import texts
from evaluation.notebook import edition, inline, ledger
from evaluation.report.provenance import MEDIA_TYPE, PLACED, Origin, Told
from evaluation.report.tables import Column, Markdown, pipe_table

ENGLISH = texts("en")
ORIGIN = {"about": ["q.yes"], "file": "data/raw/figures.csv", "rows": [3], "k": 12, "n": 16}


def recorded(expression, value, origin=None):
    data = {"text/plain": repr(value)} | ({MEDIA_TYPE: origin} if origin else {})
    return {"expression": expression, "result": {"status": "ok", "data": data, "metadata": {}}}


@pytest.fixture
def chapter():
    first = new_markdown_cell("# Results {#sec-results}\n")
    second = new_markdown_cell(
        "Of those asked, `{python} a` said *yes* [@sommer2025, sec. 3]. See @fig-x.\n\n"
        "- About `{python} b`, e.g. `{python} a` again (@tbl-y).\n",
        metadata={inline.METADATA: [recorded("a", "12 of 16", ORIGIN), recorded("b", "30")]},
    )
    return new_notebook(cells=[first, second])


def test_each_number_has_its_sentence_value_and_source_in_order(chapter):
    first, second, third = ledger.entries(chapter, ENGLISH)
    assert (first.id, first.value) == ("results-1", "12 of 16")
    assert first.sentence == "Of those asked, 12 of 16 said yes."
    assert ledger.source_of(first) == "data/raw/figures.csv: 3"
    assert (second.value, second.file, second.k) == ("30", "", None)
    assert third.sentence == "About 30, e.g. 12 of 16 again."
    assert first.chapter == "Results"


def test_a_value_of_several_sentences_is_whole_in_the_ledger(chapter):
    chapter.cells[1] = new_markdown_cell(
        "First this. `{python} a` Then this.",
        metadata={inline.METADATA: [recorded("a", "None of 16 is hidden. They are public.")]},
    )
    (entry,) = ledger.entries(chapter, ENGLISH)
    assert entry.sentence == entry.value == "None of 16 is hidden. They are public."


def test_numbers_become_links_and_the_entries_stay_the_same(chapter):
    before = ledger.entries(chapter, ENGLISH)
    assert not ledger.has_links(chapter)
    ledger.link(chapter, "93_ledger.ipynb")
    source = chapter.cells[1].source
    assert ledger.has_links(chapter)
    assert "[[`{python} a`](93_ledger.ipynb#ledger-results-1)]{#number-results-1 .number}" in source
    assert "#ledger-results-3)" in source
    assert ledger.entries(chapter, ENGLISH) == before


def test_an_expression_that_gives_nothing_has_no_entry_and_no_link(chapter):
    before = ledger.entries(chapter, ENGLISH)
    cell = chapter.cells[1]
    cell.source = cell.source.replace("See @fig-x.", "`{python} note` See @fig-x.")
    cell.metadata[inline.METADATA].append(recorded("note", ""))
    assert ledger.entries(chapter, ENGLISH) == before
    ledger.link(chapter, "93_ledger.ipynb")
    assert " `{python} note` See" in cell.source
    assert ledger.entries(chapter, ENGLISH) == before


def test_the_ledger_chapter_does_not_link_to_itself(chapter):
    chapter.cells.append(new_code_cell("number_ledger.listing(report)"))
    before = chapter.cells[1].source
    ledger.link(chapter, "93_ledger.ipynb")
    assert chapter.cells[1].source == before


def test_the_table_has_a_row_per_number(chapter):
    table = ledger.table([("31.ipynb", chapter)], ENGLISH)
    assert table["id"].tolist() == ["results-1", "results-2", "results-3"]
    assert table["k"].tolist()[0] == 12 and table["k"].isna().tolist() == [False, True, False]
    assert ledger.table([], ENGLISH).empty


CELL = """#| label: tbl-y
#| tbl-cap:
#|   da: '`{python} a`, igen `{python} a`, og `{python} b`.'
#|   en: 'All `{python} a`, again `{python} a`, and `{python} b` (*n*).'
shown = something_else()
shown = view.table(
    report, "all"
)
shown"""


def output(shown) -> dict:
    """An output as Jupyter stores what a cell shows: tuples have become lists."""
    return new_output("execute_result", json.loads(json.dumps(shown._repr_mimebundle_())))


@pytest.fixture
def with_table(chapter):
    """A chapter with a table, as the executors and `edition` leave it."""
    told = Told("12 of 16", Origin(**ORIGIN))
    table = pipe_table([Column("Question", 9), Column("Figure", 9)], [["Funds", [told, "more"]]])
    chapter.cells.append(new_code_cell(CELL, id="c-1"))
    edition.begin(chapter, "en")
    chapter.cells[-2].outputs = [output(table)]
    chapter.cells[-1].metadata[inline.METADATA] = [
        recorded("a", "12 of 16", ORIGIN),
        recorded("b", "30"),
    ]
    edition.finish(chapter)
    return chapter


def test_each_number_in_a_caption_has_an_entry_with_the_caption_as_its_sentence(with_table):
    captions = [entry for entry in ledger.entries(with_table, ENGLISH) if entry.place][:3]
    assert [(entry.id, entry.value, entry.expression) for entry in captions] == [
        ("results-tbl-y-1", "12 of 16", "a"),
        ("results-tbl-y-2", "12 of 16", "a"),
        ("results-tbl-y-3", "30", "b"),
    ]
    assert {entry.sentence for entry in captions} == {"All 12 of 16, again 12 of 16, and 30 (n)."}
    assert ledger.source_of(captions[0]) == "data/raw/figures.csv: 3"
    assert ledger.source_of(captions[2]) == ""


def test_each_number_in_a_table_has_an_entry_with_its_row_and_column(with_table):
    entry = ledger.entries(with_table, ENGLISH)[-1]
    assert (entry.id, entry.place, entry.output) == ("results-tbl-y-4", "tbl-y", "tbl-y")
    assert (entry.value, entry.k, entry.n) == ("12 of 16", 12, 16)
    assert (entry.row, entry.column) == ("Funds", "Figure")
    assert entry.sentence == "Table tbl-y: Funds, Figure"
    assert entry.expression == 'view.table( report, "all" )'


def test_entries_in_prose_are_counted_by_themselves(with_table):
    prose = [entry.id for entry in ledger.entries(with_table, ENGLISH) if not entry.place]
    assert prose == ["results-1", "results-2", "results-3"]


def test_a_table_of_several_sections_has_its_numbers_in_their_sections(chapter):
    told = Told("12", Origin(**ORIGIN))
    table = pipe_table([Column("Answer", 9), Column("Count", 9)], [["Yes", told]])
    numbers = tuple(
        replace(number, anchor="sec-funds", section="Funds") for number in table.numbers
    )
    cell = new_code_cell("view.sections(report)", id="c-9")
    cell.outputs = [output(Markdown(table.source, numbers))]
    chapter.cells.append(cell)
    entry = ledger.entries(chapter, ENGLISH)[-1]
    assert (entry.id, entry.place, entry.output) == ("results-sec-funds-1", "sec-funds", "c-9")
    assert entry.sentence == "Funds: Yes, Count"


@pytest.mark.parametrize("option", ["include: false", "output: false"])
def test_what_a_chapter_does_not_show_is_not_in_the_ledger(chapter, option):
    told = Told("12", Origin(**ORIGIN))
    table = pipe_table([Column("Answer", 9), Column("Count", 9)], [["Yes", told]])
    cell = new_code_cell(f"#| label: tbl-z\n#| {option}\nview.table(report)")
    cell.outputs = [output(table)]
    before = ledger.entries(chapter, ENGLISH)
    chapter.cells.append(cell)
    assert ledger.entries(chapter, ENGLISH) == before


def test_the_description_that_a_drawing_has_of_its_own_is_no_number(chapter):
    cell = new_code_cell("#| label: fig-a\n#| fig-alt: '`{python} figure.alt`'\nfigure", id="c-1")
    chapter.cells.append(cell)
    edition.begin(chapter, "en")
    cell.outputs = [new_output("display_data", {"text/plain": "Bars, 16 answers."})]
    chapter.cells[-1].metadata[inline.METADATA] = [recorded("figure.alt", "Bars, 16 answers.")]
    edition.finish(chapter)
    assert PLACED not in cell.outputs[0].metadata


@pytest.mark.parametrize(
    ("source", "expression"),
    [
        ("#| label: fig-a\nreport.ranked('a')", "report.ranked('a')"),
        ("figure = report.ranked('a')\nfigure", "report.ranked('a')"),
        ("from library import figure\nfigure", "figure"),
        ("%matplotlib inline\nreport.ranked('a')", "report.ranked('a')"),
    ],
)
def test_the_expression_of_a_table_or_figure_says_how_it_was_made(chapter, source, expression):
    told = Told("12", Origin(**ORIGIN))
    table = pipe_table([Column("Answer", 9), Column("Count", 9)], [["Yes", told]])
    chapter.cells.append(new_code_cell(source, outputs=[output(table)]))
    assert ledger.entries(chapter, ENGLISH)[-1].expression == expression


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([4], "4"),
        ([4, 5], "4, 5"),
        ([2, 3, 4], "2–4"),
        ([2, 3, 4, 7, 9, 10, 11], "2–4, 7, 9–11"),
        ([5, 4, 3], "5, 4, 3"),
    ],
)
def test_lines_without_a_gap_are_shown_as_a_span(rows, shown):
    assert ledger.spans(rows) == shown


@pytest.mark.parametrize("rows", [(), (4,), (2, 3, 4, 9), (1, 2, 5, 7)])
def test_the_lines_of_a_source_are_read_as_they_were_written(chapter, rows):
    entry = replace(ledger.entries(chapter, ENGLISH)[0], rows=rows)
    assert ledger.rows_of(ledger.source_of(entry)) == (entry.file, list(rows))


def test_a_number_in_a_heading_is_listed_under_it_and_no_link():
    source = (
        "# T {#sec-t}\n\n## `{python} a` members {#sec-m .unnumbered}\n\n### `{python} a`\n\n"
        "There are `{python} a`."
    )
    results = {inline.METADATA: [recorded("a", "5")]}
    notebook = new_notebook(cells=[new_markdown_cell(source, metadata=results)])
    listed = ledger.entries(notebook, ENGLISH)
    assert [(entry.id, entry.place) for entry in listed] == [
        ("t-sec-m-1", "sec-m"),
        ("t-sec-t-1", "sec-t"),
        ("t-1", ""),
    ]
    ledger.link(notebook, "93.ipynb")
    assert notebook.cells[0].source.count("](93.ipynb#ledger-t-1)]{#number-t-1 .number}") == 1
    assert notebook.cells[0].source.count(".number}") == 1
