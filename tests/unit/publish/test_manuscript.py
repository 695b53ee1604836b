"""manuscript: an executed chapter as Markdown cells, in which nothing is left to run."""

from base64 import b64decode

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from evaluation.base.errors import InputError
from evaluation.base.markdown import attribute
from evaluation.notebook import edition
from evaluation.notebook.inline import METADATA
from evaluation.notebook.inline_values import shown
from evaluation.publish.manuscript import manuscripts

SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'
TABLE = "| a |\n|---|\n| 1 |"


def prose(source, **values):
    recorded = [
        {"expression": name, "result": {"data": shown(value, "da")._repr_mimebundle_()}}
        for name, value in values.items()
    ]
    return new_markdown_cell(source, metadata={METADATA: recorded} if recorded else {})


def code(data=None, stream=None, tags=(), **options):
    outputs = [new_output("execute_result", data, execution_count=1)] if data else []
    outputs += [new_output("stream", name=stream, text="ord\n")] if stream else []
    cell = new_code_cell("x", outputs=outputs, metadata={"tags": list(tags)})
    edition.write_options(cell, {name.replace("_", "-"): value for name, value in options.items()})
    return cell


def made(*cells, file="notebooks/a.ipynb", **others):
    chapters = {file: new_notebook(cells=[prose("# Titel"), *cells])}
    chapters |= {
        f"{name}.ipynb": new_notebook(cells=[prose(text)]) for name, text in others.items()
    }
    return manuscripts(chapters)[file].cells[1:]


def test_inline_expressions_stand_as_their_escaped_results():
    (cell,) = made(prose("Der er `{python} n` af *dem*.", n="14 *af* 16"))
    assert cell.source == "Der er 14 \\*af\\* 16 af *dem*."
    assert METADATA not in cell.metadata


def test_a_table_is_a_div_with_its_caption():
    (cell,) = made(code({"text/markdown": TABLE}, label="tbl-a", tbl_cap="Det's \\*."))
    assert cell.source == f"::: {{#tbl-a}}\n\n{TABLE}\n\nDet's \\*.\n\n:::"


def test_a_figure_is_an_attached_picture_with_its_alternative_text():
    options = {"label": "fig-a", "fig_cap": "En figur.", "fig_alt": 'Et "tal" {{< env HOME >}}'}
    (cell,) = made(code({"image/svg+xml": SVG, "text/plain": "x"}, **options))
    assert "{{" not in cell.source and '"tal"' not in cell.source
    assert b64decode(cell.attachments["fig-a.svg"]["image/svg+xml"]).decode() == SVG


def test_a_picture_in_png_is_attached_as_jupyter_recorded_it():
    (cell,) = made(code({"image/png": "iVBORw0KGgo=\n"}, fig_alt="Søjler"))
    (content,) = cell.attachments.values()
    assert b64decode(content["image/png"]).startswith(b"\x89PNG")


def test_a_drawing_that_describes_itself_needs_no_other_words():
    for words in ("14 af 16", "<b>Ja</b>: 14 af 16"):
        (cell,) = made(code({"image/svg+xml": SVG, "text/plain": words}))
        assert f'fig-alt="{attribute(words)}"' in cell.source


def test_code_that_only_prepares_leaves_nothing():
    hidden = {"text/plain": "1"}
    assert not made(
        code(),
        code(hidden, tags=["parameters"]),
        code(hidden, tags=["injected-parameters"]),
        code(hidden, include=False),
        code(hidden, output=False),
        code(stream="stderr"),
    )


def test_no_shortcode_is_left_in_what_code_gives():
    (cell,) = made(code({"text/markdown": "a {{< env HOME >}}"}))
    assert cell.source == "a \\{\\{< env HOME >}}"


def test_a_chapter_opens_with_an_empty_line_so_that_its_heading_keeps_its_attributes():
    chapters = {"a.ipynb": new_notebook(cells=[prose("\n\n# Forord {#sec-a .unnumbered}")])}
    assert manuscripts(chapters)["a.ipynb"].cells[0].source == "\n# Forord {#sec-a .unnumbered}"


@pytest.mark.parametrize(
    ("reference", "link"),
    [
        ("Se @sec-front.", "Se [Forord](../index.ipynb#sec-front)."),
        ("Se [afsnit @sec-front].", "Se [afsnit Forord](../index.ipynb#sec-front)."),
        ("Se [-@sec-front].", "Se [Forord](../index.ipynb#sec-front)."),
        ("Se @sec-numbered og a@sec-front.", "Se @sec-numbered og a@sec-front."),
    ],
)
@pytest.mark.parametrize("mark", [".unnumbered", "-"])
def test_a_reference_to_a_heading_without_a_number_says_its_title(reference, link, mark):
    (cell,) = made(prose(reference), index=f"# Forord {{#sec-front {mark}}}")
    assert cell.source == link


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (code(stream="stdout"), "prints"),
        (code({"text/html": "<b>x</b>", "text/plain": "x"}), "text/html"),
        (code({"text/plain": "1"}), "text/plain"),
        (code({"image/png": "x", "text/plain": "<Figure size 640x480>"}), "alternative text"),
        (code({"text/markdown": "x"}, column="margin"), "column: margin"),
        (code({"text/markdown": "x"}, label="lst-a"), "lst-a"),
        (prose("Der er `{python} n`."), "Found: 'n'"),
        (prose("Der er `{python}n`."), "single backticks"),
        (prose("Der er ``{python} n``."), "single backticks"),
    ],
)
def test_what_no_page_can_show_is_refused_with_file_and_cell(cell, told):
    with pytest.raises(InputError, match=told) as refusal:
        made(cell)
    assert f"notebooks/a.ipynb, cell {cell.id}" in str(refusal.value)
