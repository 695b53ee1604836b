"""notebook.figure_data: the numbers of a figure below it, as a table and as a file."""

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from evaluation.language.texts import texts
from evaluation.notebook import figure_data
from evaluation.report.provenance import ASKED, PLACED


def number(row, column, value, k=None, n=None):
    origin = {"about": [], "file": "", "rows": [], "k": k, "n": n}
    place = {"value": value, "row": row, "column": column, "anchor": "", "section": ""}
    return {**place, "origin": origin}


def cell(label, numbers, asked=()):
    data = {"image/svg+xml": "<svg/>", PLACED: numbers}
    if asked:
        data[ASKED] = list(asked)
    output = new_output("display_data", data=data)
    return new_code_cell(f"#| label: {label}\nfigure", outputs=[output])


BARS = [
    number("Sport", "Share", "3 of 4 (75%)", 3, 4),
    number("Food", "Share", "0 of 4 (0%)", 0, 4),
]


def below(notebook, language="en", downloads="../downloads"):
    figure_data.add(notebook, texts(language), downloads)
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def test_each_figure_with_numbers_has_them_below_and_nothing_else_has():
    notebook = new_notebook(
        cells=[cell("fig-a", BARS), cell("tbl-b", BARS), cell("fig-c", []), new_code_cell("1")]
    )
    (text,) = below(notebook)
    assert [each.cell_type for each in notebook.cells[:2]] == ["code", "markdown"]
    assert "{#data-fig-a .figure-data}" in text and 'collapse="true"' in text
    assert "../downloads/fig-a_en.csv" in text
    assert text.startswith('::::: {.content-visible when-format="html"}')


def test_a_file_has_a_line_for_each_number_with_the_counts_behind_it():
    notebook = new_notebook(cells=[cell("fig-a", BARS)])
    ((name, table),) = figure_data.files(notebook, texts("da"))
    assert name == "fig-a_da.csv"
    assert table.to_dict("records") == [
        {"row": "Sport", "column": "Share", "value": "3 of 4 (75%)", "k": 3, "n": 4},
        {"row": "Food", "column": "Share", "value": "0 of 4 (0%)", "k": 0, "n": 4},
    ]


@pytest.mark.parametrize("several", [2, figure_data.MOST_COLUMNS])
def test_few_columns_stand_side_by_side(several):
    numbers = [number("a", f"c{at}", f"v{at}") for at in range(several)]
    table = pd.DataFrame(
        [{**each, **each["origin"]} for each in [*numbers, number("b", "c0", "w")]]
    )
    lines = figure_data.table(table, texts("en")).source.split("\n")
    assert len(lines) == 2 + 2
    assert [cell.strip() for cell in lines[3].split("|")[1:4]] == ["b", "w", ""]


def test_many_columns_and_several_numbers_in_a_place_have_a_line_each():
    many = [number("a", f"c{at}", "v") for at in range(figure_data.MOST_COLUMNS + 1)]
    for numbers in (many, [number("a", "c", "v"), number("a", "c", "w")]):
        table = pd.DataFrame([{**each, **each["origin"]} for each in numbers])
        lines = figure_data.table(table, texts("en")).source.split("\n")
        assert len(lines) == 2 + len(numbers)


def test_questions_and_labels_are_text_whatever_they_hold():
    hostile = "<b>|x|</b> [y](z) $m$ {{< q >}}"
    notebook = new_notebook(cells=[cell("fig-a", [number(hostile, hostile, "1")], [hostile])])
    (text,) = below(notebook)
    assert hostile not in text and "<b>" not in text and "{{<" not in text
