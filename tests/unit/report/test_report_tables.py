"""report.tables: untrusted text in Markdown means itself."""

import json
import subprocess

import pypandoc
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evaluation.base.markdown import escape, one_line
from evaluation.publish.embedded.pandoc import READER
from evaluation.report.provenance import OWN, PLACED, Origin, Told
from evaluation.report.tables import Column, Markdown, bullets, pipe_table

READERS = ["markdown", READER]
HOSTILE = [
    "<script>alert(1)</script>",
    "$x$ og $$y$$",
    "@ref og [@ref, s. 3] og -@ref",
    "{{< include secret.qmd >}}",
    "`code` og ``kode``",
    "`{python} 1 + 1`",
    "`<b>`{=html}",
    "#hash",
    "## Titel {#sec-x}",
    "backslash \\",
    "\\",
    "\\textbf{x} \\(y\\)",
    "a | b || c",
    "- punkt",
    "+ punkt",
    "* punkt *fed* __fed__",
    "1. punkt",
    "(1) punkt",
    "a) punkt",
    "I. punkt",
    "(@) eksempel",
    ": definition",
    "~ definition",
    "> citat",
    "| linjeblok",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "---",
    "===",
    "+---+---+",
    "[tekst](https://example.org) ![billede](x.png) [tekst]{.klasse}",
    "[^1] og [^1]: note",
    "[ref]: https://example.org",
    "<https://example.org> https://example.org www.example.org a@b.dk",
    "&amp; &lt; &#35; AT&T",
    "~~gennemstreget~~ H~2~O x^2^",
    "\"anførsel\" og 'apostrof' ... -- ---",
    ":::: {.callout-note}",
    "::: {.content-hidden}",
    "```{=html}",
    "~~~",
    "% titel",
    "---\ntitle: x\n---",
    "*[HTML]: x",
    ":smile:",
    "a  b\tc\n\nd",
    "    indrykket",
    "æøå ÆØÅ é ü ”citat” – …",
    "a\u00a0b \u00a0",
    "\u200b\ufeff\u2028",
    "0\r\x1b 0 \x00 1",
    "مرحبا 你好 🙂",
    "<!-- skjult -->",
    "x\\\ny",
    "{.klasse}",
    "A: b; c, d? e/f!",
]
# everything a file in UTF-8 can hold
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
markup = st.text(st.sampled_from("\\`*_{}[]()#+-.!|<>~^$@'\"&=:%;,/? a1\n\u00a0"), max_size=20)


def pandoc(markdown: str, reader: str = "markdown") -> list:
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", reader, "-t", "json"],
        input=markdown.encode(),
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    return json.loads(done.stdout)["blocks"]


def plain(inlines: list) -> str:
    """The text of inlines that hold nothing but text."""
    assert {inline["t"] for inline in inlines} <= {"Str", "Space"}, inlines
    return "".join(inline.get("c", " ") for inline in inlines)


def paragraphs(blocks: list) -> list[str]:
    assert {block["t"] for block in blocks} <= {"Para"}, blocks
    return [plain(block["c"]) for block in blocks]


@pytest.mark.parametrize("reader", READERS)
def test_hostile_text_comes_back_from_pandoc_letter_by_letter(reader):
    document = "\n\n".join(escape(text) for text in HOSTILE)
    assert paragraphs(pandoc(document, reader)) == [one_line(text) for text in HOSTILE]


@pytest.mark.parametrize("text", ["<script>", "$x$", "# x", "\\", "[ref]: x"])
def test_the_same_text_without_escape_would_not_come_back(text):
    with pytest.raises(AssertionError):
        assert paragraphs(pandoc(text)) == [text]
    assert paragraphs(pandoc(escape(text))) == [text]


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(anything | markup, max_size=25))
def test_any_text_comes_back_from_pandoc_letter_by_letter(texts):
    document = "\n\n".join(escape(text) for text in texts)
    assert paragraphs(pandoc(document)) == [one_line(text) for text in texts if one_line(text)]


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(anything | markup, min_size=1, max_size=25))
def test_any_text_inside_a_sentence_comes_back_too(texts):
    document = "\n\n".join(f"før ({escape(text)}) efter" for text in texts)
    assert paragraphs(pandoc(document)) == [f"før ({one_line(text)}) efter" for text in texts]


def test_a_shortcode_is_not_left_for_quarto_to_find():
    assert "{{<" not in escape("{{< include x >}}")
    assert "`{python}" not in escape("`{python} x`")


def test_escaped_text_stands_on_one_line():
    assert escape("a\n\n b\t\tc\r\nd ") == "a b c d"


def test_no_break_spaces_stay():
    assert one_line("88\u00a0%\u00a0") == "88\u00a0%\u00a0"


def table_cells(markdown: str, reader: str = "markdown") -> tuple[list, list, list]:
    """(alignments, heading cells, rows of cells) of the one table in a document."""
    (block,) = pandoc(markdown, reader)
    assert block["t"] == "Table", block
    _, _, columns, head, bodies, _ = block["c"]

    def cells(row):
        told = []
        for cell in row[1]:
            told.append("".join(plain(part["c"]) for part in cell[4]))
        return told

    body = [cells(row) for row in bodies[0][3]] if bodies else []
    return [column[0]["t"] for column in columns], cells(head[1][0]), body


COLUMNS = [Column("Spørgsmål", 30), Column("Antal | n", 10, numeric=True)]


@pytest.mark.parametrize("reader", READERS)
def test_a_table_keeps_hostile_cells_in_their_cells(reader):
    rows = [[text, "1"] for text in HOSTILE]
    _, head, body = table_cells(pipe_table(COLUMNS, rows).source, reader)
    assert head == ["Spørgsmål", "Antal | n"]
    assert body == [[one_line(text), "1"] for text in HOSTILE]


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(anything | markup, anything | markup), max_size=12))
def test_a_table_keeps_any_cells_in_their_cells(rows):
    _, _, body = table_cells(pipe_table(COLUMNS, [list(row) for row in rows]).source)
    assert body == [[one_line(cell).strip(" ") for cell in row] for row in rows]


def test_numbers_stand_to_the_right_and_texts_to_the_left():
    alignments, _, _ = table_cells(pipe_table(COLUMNS, [["a", "1"]]).source)
    assert alignments[1] == "AlignRight"
    assert alignments[0] in ("AlignLeft", "AlignDefault")


def test_the_rule_below_the_header_has_the_widths_of_the_columns():
    rule = pipe_table(COLUMNS, []).source.split("\n")[1]
    assert [len(part) for part in rule.strip("|").split("|")] == [30, 10]


def test_a_row_of_another_length_is_an_error():
    with pytest.raises(ValueError, match="1 cells in a table of 2 columns"):
        pipe_table(COLUMNS, [["a"]])


def test_bullets_are_one_list_of_plain_items():
    (block,) = pandoc(bullets(HOSTILE).source)
    assert block["t"] == "BulletList"
    assert [plain(item[0]["c"]) for item in block["c"]] == [one_line(text) for text in HOSTILE]


def test_markdown_shows_itself_as_markdown():
    bundle = Markdown("**a**")._repr_mimebundle_()
    assert bundle["text/markdown"] == "**a**"


@example("```")
@given(markup)
def test_escape_is_the_same_every_time(text):
    assert escape(text) == escape(one_line(text))


def test_a_table_carries_the_numbers_that_remember_where_they_come_from():
    share = Told("12 af 16", Origin(("a.yes",), "data/raw/x.csv", (4,), 12, 16))
    fact = Told("21", Origin(("b",), "data/raw/facts.csv", (2,)))
    columns = [Column("Nr.", 5), Column("Spørgsmål", 20), Column("Svar", 20)]
    table = pipe_table(columns, [["1", "Midler", [share, "plain", fact]], ["2", "Råd", "5"]], 1)
    assert "12 af 16; plain; 21" in table.source
    carried = table._repr_mimebundle_()[PLACED]
    assert [(entry["value"], entry["row"], entry["column"]) for entry in carried] == [
        ("12 af 16", "Midler", "Svar"),
        ("21", "Midler", "Svar"),
    ]
    assert carried[0]["origin"] == {
        **{"about": ("a.yes",), "file": "data/raw/x.csv", "rows": (4,)},
        **{"k": 12, "n": 16, "own": False},
    }


def test_a_table_says_whether_numbers_stand_in_it_that_do_not_remember_where_they_come_from():
    share = Told("12 af 16", Origin(("a.yes",), "data/raw/x.csv", (4,), 12, 16))
    columns = [Column("Spørgsmål", 20), Column("Svar", 20)]
    known = pipe_table(columns, [["Råd i 2025", [share, "plain"]]])
    assert not known.own and OWN not in known._repr_mimebundle_()
    for cell in ("5", [share, "5"], pipe_table(columns, [["a", "5"]])):
        table = pipe_table(columns, [["Midler", share], ["Råd", cell]])
        assert table.own and {OWN, PLACED} <= table._repr_mimebundle_().keys()


def test_a_table_without_such_numbers_carries_nothing_but_its_text():
    table = pipe_table([Column("A", 5)], [["1"]])
    assert set(table._repr_mimebundle_()) == {"text/markdown", "text/plain"}
