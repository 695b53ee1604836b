"""The page of the library: every function told with its arguments, and nothing else than told."""

import inspect
import re

import pytest

from evaluation.publish import reference
from evaluation.publish.embedded import pandoc
from evaluation.publish.embedded.blocks import visible

ENTRIES = [
    pytest.param(module, name, item, id=f"{module.__name__.removeprefix('evaluation.')}.{name}")
    for module in reference.MODULES
    for name, item in reference.public(module).items()
]
SHARED = r"^- (?:\w+, )*{}(?:, \w+)*: "


@pytest.mark.parametrize(("module", "name", "item"), ENTRIES)
def test_every_entry_tells_what_it_does_and_takes(module, name, item):
    """Arguments are told in the docstring, or once for all functions in that of the module."""
    told = item.__doc__
    assert told and told.strip()
    if inspect.isclass(item):
        return
    for argument in inspect.signature(item).parameters:
        here = re.search(rf"(?<!\w){argument}(?!\w)", told)
        above = re.search(SHARED.format(argument), module.__doc__, re.MULTILINE)
        assert argument == "self" or here or above, argument


def test_what_is_not_told_would_be_found():
    assert not re.search(
        SHARED.format("k"), reference.intervals.__doc__.replace("- k:", "- m:"), re.M
    )
    assert re.search(SHARED.format("units"), reference.coding_quality.__doc__, re.M)


def test_methods_with_a_source_name_it():
    for module, names in {
        reference.intervals: [
            "wilson",
            "clopper_pearson",
            "jeffreys",
            "hypergeometric",
            "worst_case",
        ],
        reference.comparisons: ["mcnemar", "sign_test", "fisher", "mann_whitney", "tau_b", "holm"],
        reference.goals: ["attainment_score"],
        reference.coding_quality: ["alpha", "cohen_kappa", "fleiss_kappa", "saturation"],
    }.items():
        for name in names:
            assert re.search(r"\b(18|19|20)\d\d\b", getattr(module, name).__doc__), name


def test_signatures_are_written_as_they_are_called():
    assert reference.signature("wilson", reference.intervals.wilson) == (
        "wilson(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]"
    )
    long = reference.signature("vectors", reference.audit.vectors).split("\n")
    assert long[0] == "vectors(" and long[-1] == ") -> Iterator[tuple[int, ...]]"
    assert "    *," in long and "    percentages: Sequence[int]," in long
    assert reference.signature("Sum", reference.disclosure.Sum) == (
        "Sum(cells: tuple[str, ...], low: int, high: int)"
    )
    assert reference.signature("open_report", reference.report.open_report).endswith(") -> Report")
    assert "resample: str = 'units'" in reference.signature(
        "a", reference.coding_quality.alpha_interval
    )
    assert reference.signature("Report.label", reference.report.Report.label) == (
        "Report.label(question: Question) -> str"
    )


def shown(docstring):
    return [
        (block["t"], pandoc.plain([block]).strip())
        for block in pandoc.parse(reference.text(docstring), "a docstring")
    ]


def test_a_docstring_is_shown_letter_by_letter():
    hostile = "P(X >= k) > a_b/2, *c*, <b>bold</b>, $x$, [link](file:x), @fig-x, {{< x >}}"
    assert shown(hostile) == [("Para", hostile)]
    assert shown("One `two_three` four.") == [("Para", "One two_three four.")]


def test_lists_and_paragraphs_of_a_docstring_stay():
    told = "First:\n\n    a_b = 1\n\nThen:\n- one\n  more\n- two\nLast, with\n\n1. this\n2. that"
    blocks = shown(told)
    assert [kind for kind, _ in blocks] == [
        *["Para", "CodeBlock", "Para", "BulletList", "Para", "OrderedList"]
    ]
    assert blocks[1][1] == "a_b = 1" and blocks[4][1] == "Last, with"


def test_the_page_has_a_section_a_module_and_an_anchor_an_entry():
    parsed = pandoc.parse(reference.reference().source, "the page")
    assert visible(parsed, "da", "typst") == []
    blocks = visible(parsed, "da", "html")
    headings = [block["c"] for block in blocks if block["t"] == "Header"]
    anchors = [heading[1][0] for heading in headings]
    assert len(set(anchors)) == len(anchors) == len(reference.MODULES) + len(ENTRIES)
    assert "api-stats-intervals-wilson" in anchors and "api-report-report-Report-share" in anchors
    assert [heading[0] for heading in headings[:3]] == [2, 3, 3]
    others = [block for block in blocks if block["t"] != "Header"]
    assert all(block["t"] == "Div" and block["c"][0][2] == [["lang", "en"]] for block in others)
