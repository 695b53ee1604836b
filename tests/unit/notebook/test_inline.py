"""notebook.inline: expressions in Markdown as Quarto reads them."""

import pytest
from nbformat.v4 import new_markdown_cell

from evaluation.notebook.inline import expressions, markdown, plain_text, resolve, results


def text(value: str) -> dict:
    """A result as Jupyter answers for a string."""
    return {"status": "ok", "data": {"text/plain": repr(value)}, "metadata": {}}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("`{python} a.b`", ["a.b"]),
        ('x `{python} f("y")` z', ['f("y")']),
        ("(`{python} a`)", ["a"]),
        ("a\n`{python} b`\n`{python} c`", ["b", "c"]),
        ("`{python} a` og `{python} b` og `{python} a`", ["a", "b"]),
        ("`{python}\ta `", ["a"]),
        ("`{python} a`, `{python} b`", ["a", "b"]),
        ("ingen", []),
        ("`{python}a`", []),
        ("``{python} a``", []),
        ("`{r} a`", []),
        ("`kode`", []),
    ],
)
def test_expressions_are_found_where_quarto_finds_them(source, found):
    # quarto.md 1: (?:^|[^`])`{python}[ \t]([^`]+)`
    assert expressions(source) == found


def test_every_expression_is_replaced_and_the_text_around_it_stays():
    source = "før (`{python} a`), `{python} b`.\n`{python} a`"
    values = {"a": text("A"), "b": text("B")}
    assert resolve(source, values) == "før (A), B.\nA"


def test_an_expression_without_result_is_an_error():
    with pytest.raises(KeyError):
        resolve("`{python} a`", {})


def test_a_text_result_is_escaped_and_a_markdown_result_is_not():
    assert markdown(text("*a*")) == r"\*a\*"
    assert markdown({"data": {"text/plain": "*a*", "text/markdown": "*a*"}}) == "*a*"


@pytest.mark.parametrize(
    "value", ["", "a", "12 af 16 (75\u00a0%)", "it's", 'say "x"', "a\\b", "a\nb", "'", "{x}", "æ"]
)
def test_a_text_loses_the_quotes_that_python_put_around_it(value):
    assert plain_text(text(value)) == value


@pytest.mark.parametrize(("shown", "told"), [("16", "16"), ("None", "None"), ("0.5", "0.5")])
def test_a_result_that_is_no_text_is_told_as_it_stands(shown, told):
    assert plain_text({"data": {"text/plain": shown}}) == told


@pytest.mark.parametrize("shown", ["", '"Foreningerne" siger', "'s"])
def test_the_plain_form_of_an_object_may_be_empty_or_start_with_a_quote(shown):
    assert plain_text({"data": {"text/plain": shown}}) == shown


def test_backslashes_in_a_result_are_not_read_as_groups():
    values = {"a": {"data": {"text/plain": "", "text/markdown": r"\1 \g<0> \n"}}}
    assert resolve("x `{python} a` y", values) == r"x \1 \g<0> \n y"


def test_results_are_read_from_the_place_where_quarto_reads_them():
    cell = new_markdown_cell("`{python} a`")
    assert results(cell) == {}
    cell.metadata["user_expressions"] = [{"expression": "a", "result": text("A")}]
    assert results(cell) == {"a": text("A")}
