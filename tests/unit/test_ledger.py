"""The number ledger of a chapter."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from evaluation import inline, ledger
from evaluation.provenance import MEDIA_TYPE

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
    first, second, third = ledger.entries(chapter)
    assert (first.id, first.value) == ("results-1", "12 of 16")
    assert first.sentence == "Of those asked, 12 of 16 said yes."
    assert ledger.source_of(first) == "data/raw/figures.csv: 3"
    assert (second.value, second.file, second.k) == ("30", "", None)
    assert third.sentence == "About 30, e.g. 12 of 16 again."
    assert first.chapter == "Results"


def test_numbers_become_links_and_the_entries_stay_the_same(chapter):
    before = ledger.entries(chapter)
    ledger.link(chapter, "93_ledger.ipynb")
    source = chapter.cells[1].source
    assert "[[`{python} a`](93_ledger.ipynb#ledger-results-1)]{#number-results-1 .number}" in source
    assert "#ledger-results-3)" in source
    assert ledger.entries(chapter) == before


def test_an_expression_that_gives_nothing_has_no_entry_and_no_link(chapter):
    before = ledger.entries(chapter)
    cell = chapter.cells[1]
    cell.source = cell.source.replace("See @fig-x.", "`{python} note` See @fig-x.")
    cell.metadata[inline.METADATA].append(recorded("note", ""))
    assert ledger.entries(chapter) == before
    ledger.link(chapter, "93_ledger.ipynb")
    assert " `{python} note` See" in cell.source
    assert ledger.entries(chapter) == before


def test_the_ledger_chapter_does_not_link_to_itself(chapter):
    chapter.cells.append(new_code_cell("number_ledger.listing(report)"))
    before = chapter.cells[1].source
    ledger.link(chapter, "93_ledger.ipynb")
    assert chapter.cells[1].source == before


def test_the_table_has_a_row_per_number(chapter):
    table = ledger.table([("31.ipynb", chapter)])
    assert table["id"].tolist() == ["results-1", "results-2", "results-3"]
    assert table["k"].tolist()[0] == 12 and table["k"].isna().tolist() == [False, True, False]
    assert ledger.table([]).empty
