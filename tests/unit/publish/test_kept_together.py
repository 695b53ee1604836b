"""Lines break where reading does not."""

import pytest

from evaluation.publish.kept_together import kept_together


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Det er (81 %) af dem.", "Det er (81~%) af dem."),
        ("Se afs. 3.4 og kap. 2, ca. 5.", "Se afs.~3.4 og kap.~2, ca.~5."),
        ("Her er n = 16 og p < 0.05.", "Her er n~=~16 og p~<~0.05."),
        # an item of a list, the end of a sentence, and a line of a table
        ("1. 5 af 6\n2. 3 af 6", "1. 5 af 6\n2. 3 af 6"),
        ("Det var foreningerne. 5 svarede.", "Det var foreningerne. 5 svarede."),
        ("| a | n = 3 |\n|---|---|", "| a | n~=~3 |\n|---|---|"),
        # as a cell of a table is escaped
        (r"ca\. 5 \(81 \%\), n \= 16", r"ca\.~5 \(81~\%\), n~\=~16"),
    ],
)
def test_what_is_read_as_one_stays_on_a_line(text, said):
    assert kept_together(text) == said.replace("~", "\u00a0")


@pytest.mark.parametrize(
    "text",
    [
        "`n = 16`",
        "```\nn = 16\n```",
        "    n = 16",
        "$n = 16$",
        "## Spørgsmål, n = 16",
        "[@sommer, s. 12]",
        "![](a.svg){fig-alt='n = 16'}",
        "[x](a b. 3)",
    ],
)
def test_code_headings_citations_and_addresses_are_as_written(text):
    assert kept_together(text) == text
